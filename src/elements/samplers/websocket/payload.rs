//! What a sampler sends: a text, a text of STOMP or bytes, typed into the plan or from a file.

use std::borrow::Cow;
use std::io;

use super::Failure;
use super::failure::Trouble;
use crate::elements::hex_text;
use crate::model::{Fault, Fields, Prop, VirtualUser};
use crate::protocol::websocket::Opcode;

/// How many bytes of a file results show.
const SHOWN: usize = 100;

/// The properties that say what is sent.
pub(in crate::elements::samplers) struct Payload {
    /// `payloadType`, which plans of version 1.2.8 and before do not have.
    kind: Option<Prop<String>>,
    /// `binaryPayload`: what they have instead.
    is_binary: Prop<bool>,
    data: Prop<String>,
    from_file: Prop<bool>,
    file: Prop<String>,
}

/// The kind of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PayloadKind {
    Text,
    /// Bytes in hexadecimal.
    Binary,
    /// A text in which `^@` stands for NUL.
    Stomp,
}

/// A payload that is ready to be sent.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub opcode: Opcode,
    bytes: Option<Vec<u8>>,
    /// What results show of it; the payload itself if it is a text.
    pub shown: Cow<'a, str>,
}

impl<'a> Prepared<'a> {
    /// What is sent.
    pub fn into_bytes(self) -> Cow<'a, [u8]> {
        match (self.bytes, self.shown) {
            (Some(bytes), _) => bytes.into(),
            (None, Cow::Borrowed(text)) => text.as_bytes().into(),
            (None, Cow::Owned(text)) => text.into_bytes().into(),
        }
    }
}

impl Payload {
    pub fn load(fields: &Fields<'_>) -> Self {
        let has_kind = fields.raw("payloadType").is_some();
        Self {
            kind: has_kind.then(|| fields.text("payloadType", "")),
            is_binary: fields.prop("binaryPayload", false),
            data: fields.text("requestData", ""),
            from_file: fields.prop("loadDataFromFile", false),
            file: fields.text("dataFile", ""),
        }
    }

    /// What kind it is.
    pub(super) fn kind(&self, vu: &mut VirtualUser) -> Result<PayloadKind, Fault> {
        let Some(kind) = &self.kind else {
            return Ok(if self.is_binary.get(vu)? { PayloadKind::Binary } else { PayloadKind::Text });
        };
        Ok(match &*kind.text(vu)? {
            "Text" => PayloadKind::Text,
            "Binary" => PayloadKind::Binary,
            "TextStomp" => PayloadKind::Stomp,
            other => {
                log::warn!(target: "e.l.j.w.WebsocketGeneralSampler", "Wrong value found for payloadType: '{other}'");
                PayloadKind::Text
            }
        })
    }

    /// Makes it ready to be sent.
    pub(super) async fn prepare(&self, kind: PayloadKind, vu: &mut VirtualUser) -> Result<Prepared<'_>, Trouble> {
        if !self.from_file.get(vu)? {
            return Ok(typed(kind, self.data.text(vu)?)?);
        }
        let file = self.file.text(vu)?;
        let read = vu.interruptible(tokio::fs::read(&*file)).await.map_err(|_| Failure::Interrupted)?;
        Ok(of_file(kind, read.map_err(|error| cannot_load(&file, &error))?))
    }
}

fn typed(kind: PayloadKind, data: Cow<'_, str>) -> Result<Prepared<'_>, Failure> {
    match kind {
        PayloadKind::Text => Ok(Prepared { opcode: Opcode::TEXT, bytes: None, shown: data }),
        PayloadKind::Stomp => Ok(Prepared { opcode: Opcode::TEXT, bytes: None, shown: stomp(data) }),
        PayloadKind::Binary => match hex_text::parse(&data) {
            Ok(bytes) => Ok(Prepared { opcode: Opcode::BINARY, bytes: Some(bytes), shown: data }),
            Err(_) => Err(Failure::Payload(format!("Request data is not binary: {data}"))),
        },
    }
}

fn of_file(kind: PayloadKind, bytes: Vec<u8>) -> Prepared<'static> {
    let text = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    match kind {
        PayloadKind::Text => Prepared { opcode: Opcode::TEXT, bytes: None, shown: text(bytes).into() },
        PayloadKind::Stomp => Prepared { opcode: Opcode::TEXT, bytes: None, shown: stomp(text(bytes).into()) },
        PayloadKind::Binary => {
            let shown = hex_text::show_first(&bytes, SHOWN, "...").into();
            Prepared { opcode: Opcode::BINARY, bytes: Some(bytes), shown }
        }
    }
}

fn stomp(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains("^@") { text.replace("^@", "\0").into() } else { text }
}

fn cannot_load(file: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound if !file.is_empty() => {
            Failure::Payload(format!("Request data cannot be loaded, file '{file}' not found"))
        }
        io::ErrorKind::PermissionDenied => {
            Failure::Payload(format!("Request data cannot be loaded, file '{file}' not readable"))
        }
        // Java takes an empty name for the working directory.
        io::ErrorKind::NotFound | io::ErrorKind::IsADirectory => Failure::io("Is a directory"),
        _ => Failure::reading(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(prepared: Result<Prepared<'_>, Failure>, expected: Result<(&[u8], &str), &str>) {
        match (prepared, expected) {
            (Err(Failure::Payload(message)), Err(expected)) => assert_eq!(message, expected),
            (Ok(prepared), Ok((bytes, shown))) => {
                assert_eq!(prepared.shown, shown);
                assert_eq!(&*prepared.into_bytes(), bytes);
            }
            (prepared, _) => panic!("{prepared:?}"),
        }
    }

    #[test]
    fn typed_payloads() {
        let check = |kind, data: &str, expected| check(typed(kind, data.into()), expected);
        check(PayloadKind::Text, "é ^@", Ok(("é ^@".as_bytes(), "é ^@")));
        check(PayloadKind::Stomp, "SEND\n\n^@^@", Ok((b"SEND\n\n\0\0", "SEND\n\n\0\0")));
        check(PayloadKind::Binary, "0xca fe 0x1", Ok((&[0xCA, 0xFE, 1], "0xca fe 0x1")));
        check(PayloadKind::Binary, "", Ok((b"", "")));
        check(PayloadKind::Binary, "0xzz", Err("Request data is not binary: 0xzz"));
    }

    #[test]
    fn payloads_of_files() {
        let check = |kind, bytes: &[u8], expected| check(Ok(of_file(kind, bytes.to_vec())), Ok(expected));
        check(PayloadKind::Text, b"a\xFF${x}", ("a\u{FFFD}${x}".as_bytes(), "a\u{FFFD}${x}"));
        check(PayloadKind::Stomp, b"a^@", (b"a\0", "a\0"));
        check(PayloadKind::Binary, b"\xFF\x00", (b"\xFF\x00", "0xff 0x00"));
        let shown = format!("{}...", ["0x07"; 100].join(" "));
        check(PayloadKind::Binary, &[7; 101], (&[7; 101], &shown));
    }
}
