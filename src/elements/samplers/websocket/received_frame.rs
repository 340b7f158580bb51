//! A frame as the samplers see it: inflated, and with the words for it that results contain.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use crate::elements::hex_text;
use crate::model::SampleResult;
use crate::protocol::websocket::{CloseCode, ClosePayload};

/// Shown in place of a fragment that cannot be inflated before the rest of its message is there.
pub(super) const INCOMPLETE: &str =
    "<not showing response data, because it is compressed and at this stage incomplete>";

/// A frame that came in.
#[derive(Debug, Clone)]
pub(super) struct ReceivedFrame {
    pub kind: FrameKind,
    /// Whether its message ends with it.
    pub fin: bool,
    /// Whether it is a further fragment of a message.
    pub is_continuation: bool,
    /// What it says: inflated, if it was compressed.
    pub payload: Bytes,
    /// Whether the payload only stands for one that is not complete yet.
    pub is_incomplete: bool,
    /// All its bytes on the wire.
    pub wire_size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl ReceivedFrame {
    /// What the codes of results call it.
    pub fn type_name(&self) -> &'static str {
        match (self.kind, self.is_continuation, self.fin) {
            (FrameKind::Close, ..) => "close",
            (FrameKind::Ping, ..) => "ping",
            (FrameKind::Pong, ..) => "pong",
            (_, true, true) => "final continuation",
            (_, true, false) => "continuation",
            (FrameKind::Text, _, true) => "text",
            (FrameKind::Text, _, false) => "non-final text",
            (FrameKind::Binary, _, true) => "binary",
            (FrameKind::Binary, _, false) => "non-final binary",
        }
    }

    /// Its text; what is no UTF-8 becomes U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.payload)
    }

    /// Its text as bytes, without a copy where it is UTF-8.
    pub fn text_bytes(&self) -> Bytes {
        match self.text() {
            Cow::Borrowed(_) => self.payload.clone(),
            Cow::Owned(text) => text.into(),
        }
    }

    /// What it adds to the size of headers. Less than nothing if it was compressed well.
    pub fn headers_size(&self) -> i64 {
        self.wire_size as i64 - self.payload.len() as i64
    }

    /// The status and the reason of a close frame. The plugin takes the status for a number with a sign.
    pub fn close(&self) -> (Option<i16>, Option<Cow<'_, str>>) {
        let status = ClosePayload::read(&self.payload).code.map(|code| code.0 as i16);
        let reason = self.payload.get(2..).filter(|reason| !reason.is_empty()).map(String::from_utf8_lossy);
        (status, reason)
    }

    /// The code of a close frame, or the one that stands for none.
    pub fn close_code(&self) -> CloseCode {
        ClosePayload::read(&self.payload).code.unwrap_or(CloseCode::NO_STATUS_RECEIVED)
    }

    /// Makes its data that of a result.
    pub fn show_data(&self, result: &mut SampleResult) {
        match self.kind {
            FrameKind::Text => {
                result.response_data = self.text_bytes();
                result.data_encoding = "UTF-8".into();
            }
            FrameKind::Binary => result.response_data = self.payload.clone(),
            FrameKind::Close | FrameKind::Ping | FrameKind::Pong => {}
        }
    }
}

impl fmt::Display for ReceivedFrame {
    /// As results tell of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FrameKind::Text => write!(f, "Text frame with text '{}'", self.text()),
            FrameKind::Binary if self.payload.is_empty() => f.write_str("Binary frame, empty payload"),
            FrameKind::Binary => {
                let start = hex_text::show_first(&self.payload, 16, " ...");
                write!(f, "Binary frame, payload (length {}): {start}", self.payload.len())
            }
            FrameKind::Ping => f.write_str("Ping").and_then(|()| self.application_data(f)),
            FrameKind::Pong => f.write_str("Pong").and_then(|()| self.application_data(f)),
            FrameKind::Close => {
                let (status, reason) = self.close();
                let status = status.map_or_else(|| "null".to_owned(), |status| status.to_string());
                let reason = reason.as_deref().unwrap_or("null");
                write!(f, "Close frame with status code {status} and close reason '{reason}'")
            }
        }
    }
}

impl ReceivedFrame {
    fn application_data(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.payload.is_empty() {
            f.write_str(" frame with no application data")
        } else {
            write!(f, " frame with application data '{}'", self.text())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FrameKind::{Binary, Close, Ping, Pong, Text};
    use super::*;

    #[test]
    fn frames_have_the_plugins_words() {
        let check = |kind, fin, is_continuation, payload: &'static [u8], type_name: &str, words: &str| {
            let payload = Bytes::from_static(payload);
            let frame = ReceivedFrame { kind, fin, is_continuation, payload, is_incomplete: false, wire_size: 0 };
            assert_eq!((frame.type_name(), frame.to_string().as_str()), (type_name, words));
        };
        check(Text, true, false, b"a\xFF", "text", "Text frame with text 'a\u{FFFD}'");
        check(Text, false, false, b"", "non-final text", "Text frame with text ''");
        check(Text, false, true, b"b", "continuation", "Text frame with text 'b'");
        check(Binary, true, true, b"\x01\x02", "final continuation", "Binary frame, payload (length 2): 0x01 0x02");
        check(Binary, false, false, b"", "non-final binary", "Binary frame, empty payload");
        let bytes = "0x30 0x31 0x32 0x33 0x34 0x35 0x36 0x37 0x38 0x39 0x30 0x31 0x32 0x33 0x34 0x35 ...";
        check(
            Binary,
            true,
            false,
            b"01234567890123456",
            "binary",
            &format!("Binary frame, payload (length 17): {bytes}"),
        );
        check(Ping, true, false, b"pp", "ping", "Ping frame with application data 'pp'");
        check(Pong, true, false, b"", "pong", "Pong frame with no application data");
        check(Close, true, false, b"\x03\xE9bye", "close", "Close frame with status code 1001 and close reason 'bye'");
        check(Close, true, false, b"\x9C\x40", "close", "Close frame with status code -25536 and close reason 'null'");
        check(Close, true, false, b"\x03", "close", "Close frame with status code null and close reason 'null'");
    }
}
