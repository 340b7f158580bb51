//! What is known of a connection from sample to sample: the last messages, what is looked for in them, and the log that
//! results have as their message (`ServiceSocket`).

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Arc;

use crate::elements::samplers::websocket::ReceivedFrame;
use crate::elements::samplers::websocket::received_frame::FrameKind;
use crate::query::regex::{Dialect, Pattern, compiled};

/// A conversation with a server.
pub(super) struct Conversation {
    log: String,
    backlog: VecDeque<String>,
    /// How many messages came, frames counted too.
    count: usize,
    response: Looked,
    disconnect: Looked,
    /// The fragments of a text so far.
    fragments: String,
    /// The status of a close frame other than 1000.
    pub error: Option<u16>,
    /// There was a connection.
    pub was_open: bool,
}

/// What is looked for.
struct Looked {
    text: String,
    /// None if the text is no regular expression.
    pattern: Option<Arc<Pattern>>,
}

/// What a frame means for the sample that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    Nothing,
    /// The response.
    Response,
    /// What the connection is to be closed for.
    Disconnect,
}

impl Conversation {
    /// A new connection.
    pub fn new(response: String, disconnect: String) -> Self {
        let mut conversation = Self {
            log: String::from("\n\n[Execution Flow]\n - Opening new connection\n"),
            backlog: VecDeque::new(),
            count: 0,
            response: Looked { text: String::new(), pattern: None },
            disconnect: Looked { text: String::new(), pattern: None },
            fragments: String::new(),
            error: None,
            was_open: false,
        };
        conversation.look_for_response(response);
        conversation.look_for_disconnect(disconnect);
        conversation
    }

    /// The next sample on the same connection.
    pub fn go_on(&mut self) {
        self.log = String::from("\n\n[Execution Flow]\n - Reusing exising connection\n");
        self.error = None;
    }

    pub fn look_for_response(&mut self, text: String) {
        self.response = self.looked(text, "response message");
    }

    pub fn look_for_disconnect(&mut self, text: String) {
        self.disconnect = self.looked(text, "disconnect");
    }

    fn looked(&mut self, text: String, what: &str) -> Looked {
        self.note(&format!("Using {what} pattern \"{text}\""));
        match compiled(&text, Dialect::Java) {
            Ok(pattern) => Looked { text, pattern: Some(pattern) },
            Err(error) => {
                self.note(&format!("Invalid {what} regular expression pattern: {error}"));
                Looked { text, pattern: None }
            }
        }
    }

    /// Adds a line to the log.
    pub fn note(&mut self, line: &str) {
        let _ = writeln!(self.log, " - {line}");
    }

    /// Takes a frame, and the message that it ends, if that is a text.
    pub fn hear(&mut self, frame: &ReceivedFrame, limit: usize) -> Heard {
        let text = frame.text();
        let mut heard = self.record("frame", "Frame", &text, frame.payload.len(), limit);
        if frame.kind == FrameKind::Text {
            self.fragments.push_str(&text);
            if frame.fin {
                let message = std::mem::take(&mut self.fragments);
                let length = message.encode_utf16().count();
                let of_message = self.record("message", "Message", &message, length, limit);
                heard = if heard == Heard::Nothing { of_message } else { heard };
            }
        }
        heard
    }

    fn record(&mut self, what: &str, title: &str, text: &str, length: usize, limit: usize) -> Heard {
        self.count += 1;
        let number = self.count;
        while !self.backlog.is_empty() && self.backlog.len() >= limit {
            self.backlog.pop_front();
        }
        self.backlog.push_back(format!("[{title} {number}]\n{text}\n\n"));
        let is_in = |looked: &Looked| looked.pattern.as_ref().is_none_or(|pattern| pattern.is_in(text));
        let (heard, words) = if is_in(&self.response) {
            (Heard::Response, "matched response pattern")
        } else if !self.disconnect.text.is_empty() && is_in(&self.disconnect) {
            (Heard::Disconnect, "matched connection close pattern")
        } else {
            (Heard::Nothing, "didn't match any pattern")
        };
        self.note(&format!("Received {what} #{number} ({length} bytes); {words}"));
        heard
    }

    /// Says that the server has closed the connection.
    pub fn closed_by_server(&mut self, status: u16, reason: &str) {
        if status == 1000 {
            self.note("WebSocket conection has been successfully closed by the server");
        } else {
            self.note(&format!("WebSocket conection closed unexpectedly by the server: [{status}] {reason}"));
            self.error = Some(status);
        }
    }

    /// The last messages.
    pub fn response(&self) -> String {
        self.backlog.iter().map(String::as_str).collect()
    }

    /// Forgets the messages.
    pub fn clear(&mut self) {
        self.backlog.clear();
    }

    /// The message of a result.
    pub fn message(&self, problems: &str) -> String {
        format!("{}\n\n[Variables]\n - Message count: {}\n{}", self.log, self.count, problems_text(problems))
    }
}

/// The part of a message that says what went wrong.
pub(super) fn problems_text(problems: &str) -> String {
    format!("\n\n[Problems]\n{problems}")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn frame(kind: FrameKind, fin: bool, text: &'static str) -> ReceivedFrame {
        let payload = Bytes::from_static(text.as_bytes());
        ReceivedFrame { kind, fin, is_continuation: false, payload, is_incomplete: false, wire_size: 0 }
    }

    #[test]
    fn frames_and_messages_are_told_and_kept() {
        let mut conversation = Conversation::new("o$".to_owned(), "bye".to_owned());
        assert_eq!(conversation.hear(&frame(FrameKind::Text, true, "é"), 3), Heard::Nothing);
        assert_eq!(conversation.hear(&frame(FrameKind::Text, false, "hel"), 3), Heard::Nothing);
        assert_eq!(conversation.hear(&frame(FrameKind::Text, true, "lo"), 3), Heard::Response);
        assert_eq!(conversation.response(), "[Frame 3]\nhel\n\n[Frame 4]\nlo\n\n[Message 5]\nhello\n\n");
        assert_eq!(conversation.hear(&frame(FrameKind::Binary, true, "bye"), 1), Heard::Disconnect);
        assert_eq!(conversation.response(), "[Frame 6]\nbye\n\n");
        let expected = "\n\n[Execution Flow]\n - Opening new connection\n - Using response message pattern \"o$\"\n - Using disconnect \
                        pattern \"bye\"\n - Received frame #1 (2 bytes); didn't match any pattern\n - Received message #2 (1 bytes); didn't \
                        match any pattern\n - Received frame #3 (3 bytes); didn't match any pattern\n - Received frame #4 (2 bytes); matched \
                        response pattern\n - Received message #5 (5 bytes); matched response pattern\n - Received frame #6 (3 bytes); \
                        matched connection close pattern\n\n\n[Variables]\n - Message count: 6\n\n\n[Problems]\nx";
        assert_eq!(conversation.message("x"), expected);
    }

    #[test]
    fn no_pattern_and_a_bad_one_match_everything() {
        for pattern in ["", "("] {
            let mut conversation = Conversation::new(pattern.to_owned(), String::new());
            assert_eq!(conversation.hear(&frame(FrameKind::Text, true, "x"), 3), Heard::Response);
        }
    }
}
