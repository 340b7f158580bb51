//! From a response to a result: texts, data and sizes as JMeter has them (`HTTPHC4Impl.sample`, `SampleResult`).

use std::fmt::Write;

use bytes::Bytes;
use md5::{Digest, Md5};

use super::failure;
use super::visit::{Visit, details, is_redirect, missing_location};
use crate::model::{DataType, Fault, SampleResult, Text};
use crate::protocol::http::{Body, CodingError, ContentCoding, Measured, Response, ResponseHead};

impl Visit<'_> {
    /// Fills in what came, and takes the body. What was received is counted in any case.
    ///
    /// # Errors
    /// What Java throws for a body that cannot be decompressed.
    pub(super) fn fill(
        &self,
        result: &mut SampleResult,
        response: &mut Response,
        measured: &Measured,
    ) -> Result<(), Fault> {
        self.remember_user();
        let body = std::mem::take(&mut response.body);
        let head = &response.head;
        result.latency = self.latency(response, measured, result);
        if let Some(content_type) = head.content_type() {
            let content_type = content_type_text(&content_type);
            set_encoding_and_type(result, &content_type);
            result.content_type = content_type;
        }
        let codings = ContentCoding::of_response(head, ContentCoding::USUAL);
        let is_decoded = !codings.is_empty() && !head.declares_empty_body() && may_have_body(head, result);
        let body = match is_decoded {
            true => self.decode(body, &codings)?,
            false => body,
        };
        result.response_data = self.kept(body, result.url.as_deref().unwrap_or_default());
        read_meta_tag(result);
        result.response_code = code_text(head.status());
        result.response_message = match head.version() {
            // HTTP/2 has no words for its codes. Those of HTTP/1.1 keep results what they were.
            (2, _) => usual_reason(head.status()).into(),
            _ => message_text(head.reason()),
        };
        result.successful = (200..400).contains(&head.status());
        // Without a text that nobody reads it is known how long that would be.
        let text_length = if self.keeps_headers || is_decoded {
            let text = headers_text(head, is_decoded);
            let length = text.chars().count();
            result.response_headers = text.into();
            length
        } else {
            text_length(head)
        };
        if is_redirect(result) {
            let Some(location) = head.last("Location") else { return Err(missing_location(result)) };
            details(result).redirect_location = Some(latin1(&location).into());
        }
        let (received, sent) = sizes(measured);
        // JMeter takes each line to end with CR LF, and an empty line to follow.
        let size = (text_length + head.headers_count() + 3) as u64;
        result.headers_size = size as i64;
        result.body_size = received.saturating_sub(size);
        result.sent_bytes = sent;
        Ok(())
    }

    fn decode(&self, mut body: Body, codings: &[ContentCoding]) -> Result<Body, Fault> {
        let properties = &self.sampler.http.properties;
        for coding in codings {
            let is_relaxed = match coding {
                ContentCoding::Gzip => properties.relaxes_gzip,
                ContentCoding::Deflate => properties.relaxes_deflate,
                ContentCoding::Brotli | ContentCoding::Zstd => false,
            };
            let (data, is_cut) = match coding.decode(&body, self.decoded_limit()) {
                Ok(decoded) => (decoded.data, decoded.is_cut),
                Err(CodingError::Truncated { decoded } | CodingError::FrameTruncated { decoded }) if is_relaxed => {
                    (decoded, false)
                }
                Err(error) => return Err(failure::coding_failure(&error)),
            };
            // How much there is in all is not known: more.
            body = Body { length: data.len() as u64 + u64::from(is_cut), data };
        }
        Ok(body)
    }

    /// What is kept of a body: its beginning, or its hash.
    fn kept(&self, body: Body, url: &str) -> Bytes {
        let Body { mut data, length } = body;
        if self.hashes && !data.is_empty() {
            let hash = Md5::digest(&data);
            return hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
        }
        data.truncate(self.most_stored);
        if (data.len() as u64) < length {
            self.sampler.http.tell_of_cut(url, self.most_stored);
        }
        data
    }
}

/// Bytes received and sent: those of the tunnel if the proxy refused one.
fn sizes(measured: &Measured) -> (u64, u64) {
    match &measured.tunnel {
        Some(tunnel) if tunnel.response.is_none() => (tunnel.received, tunnel.sent),
        // HttpClient begins to count what it receives when all is sent.
        _ => (measured.received - measured.received_while_sending, measured.sent),
    }
}

/// Whether there is an entity, in HttpClient's words.
pub(super) fn may_have_body(head: &ResponseHead, result: &SampleResult) -> bool {
    let is_head = result.http.as_ref().is_some_and(|http| http.method.eq_ignore_ascii_case("HEAD"));
    !is_head && !matches!(head.status(), 204 | 205 | 304)
}

/// How long the [`headers_text`] of a response that is not decompressed is, in characters.
fn text_length(head: &ResponseHead) -> usize {
    let digits = |number: u32| number.checked_ilog10().unwrap_or(0) as usize + 1;
    let (major, minor) = head.version();
    let version = "HTTP/".len() + digits(major) + ".".len() + digits(minor);
    let status_line = version + " ".len() + digits(head.status()) + " ".len() + head.reason().len() + "\n".len();
    status_line + head.lines_length() + head.headers_count()
}

/// The status line and the headers, one a line. Those that a decompressed body makes untrue come last, each once
/// (`HTTPHC4Impl.RESPONSE_CONTENT_ENCODING`).
fn headers_text(head: &ResponseHead, is_decoded: bool) -> String {
    const MOVED: [&[u8]; 3] = [b"content-length", b"content-encoding", b"content-md5"];
    let mut text = String::with_capacity(head.as_bytes().len());
    let (major, minor) = head.version();
    let _ = write!(text, "HTTP/{major}.{minor} {} ", head.status());
    push_latin1(head.reason(), &mut text);
    text.push('\n');
    let mut moved: [Option<String>; 3] = Default::default();
    for line in head.lines() {
        let name = || line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        match MOVED.iter().position(|moved| is_decoded && name().eq_ignore_ascii_case(moved)) {
            Some(place) => drop(moved[place].get_or_insert_with(|| latin1(&line))),
            None => {
                push_latin1(&line, &mut text);
                text.push('\n');
            }
        }
    }
    for line in moved.iter().flatten() {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The charset and the kind of data that a content type tells (`SampleResult.setEncodingAndType`).
fn set_encoding_and_type(result: &mut SampleResult, content_type: &str) {
    const PREFIX: &str = "charset=";
    if content_type.as_bytes().contains(&b'=')
        && let Some(at) = content_type.to_ascii_lowercase().find(PREFIX)
    {
        let charset = &content_type[at + PREFIX.len()..];
        let charset = charset.split(';').next().unwrap_or_default();
        let is_quoted = charset.starts_with(['"', '\'']) && charset.len() > 1;
        let charset = if is_quoted { &charset[1..charset.len() - 1] } else { charset };
        result.data_encoding = charset.to_owned().into();
    }
    result.data_type = if is_binary(content_type) { DataType::Binary } else { DataType::Text };
}

fn is_binary(content_type: &str) -> bool {
    const TEXTS: &[&str] = &["audio/x-mpegurl", "audio/mpegurl", "video/f4m", "image/svg+xml"];
    let begins = |kinds: &[&str]| kinds.iter().any(|kind| content_type.starts_with(kind));
    !begins(TEXTS) && begins(&["image/", "audio/", "video/"])
}

/// Pages that do not say their charset in the headers may do so in themselves (`HTTPSampleResult.getDataEncodingNoDefault`).
fn read_meta_tag(result: &mut SampleResult) {
    const TAG: &str = "<meta http-equiv=\"content-type\" content=\"";
    if !result.data_encoding.is_empty() || !result.content_type.starts_with("text/html") {
        return;
    }
    let start = &result.response_data[..result.response_data.len().min(2000)];
    let start = latin1(start);
    let Some(at) = start.to_ascii_lowercase().find(TAG) else { return };
    let content = &start[at + TAG.len()..];
    if let Some(end) = content.find('"') {
        set_encoding_and_type(result, &content[..end]);
    }
}

/// A content type as a text. The usual ones cost nothing.
fn content_type_text(bytes: &[u8]) -> Text {
    const USUAL: &[&str] = &[
        "application/json",
        "text/html",
        "text/plain",
        "text/html; charset=utf-8",
        "application/json; charset=utf-8",
        "text/html;charset=UTF-8",
        "application/json;charset=UTF-8",
        "application/octet-stream",
    ];
    match USUAL.iter().find(|usual| usual.as_bytes() == bytes) {
        Some(usual) => (*usual).into(),
        None => latin1(bytes).into(),
    }
}

/// A status code as a text. The usual ones cost nothing.
fn code_text(code: u32) -> Text {
    const USUAL: &[(u32, &str)] = &[
        (200, "200"),
        (201, "201"),
        (204, "204"),
        (302, "302"),
        (304, "304"),
        (301, "301"),
        (400, "400"),
        (401, "401"),
        (403, "403"),
        (404, "404"),
        (500, "500"),
        (502, "502"),
        (503, "503"),
    ];
    match USUAL.iter().find(|(usual, _)| *usual == code) {
        Some((_, text)) => (*text).into(),
        None => code.to_string().into(),
    }
}

fn usual_reason(code: u32) -> &'static str {
    let code = u16::try_from(code).ok().and_then(|code| http::StatusCode::from_u16(code).ok());
    code.and_then(|code| code.canonical_reason()).unwrap_or_default()
}

fn message_text(reason: &[u8]) -> Text {
    match reason {
        b"OK" => "OK".into(),
        b"" => "".into(),
        b"Found" => "Found".into(),
        b"Not Found" => "Not Found".into(),
        b"Created" => "Created".into(),
        b"No Content" => "No Content".into(),
        other => latin1(other).into(),
    }
}

/// Bytes as a text, each a character.
pub(super) fn latin1(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    push_latin1(bytes, &mut text);
    text
}

fn push_latin1(bytes: &[u8], text: &mut String) {
    match std::str::from_utf8(bytes) {
        Ok(ascii) if ascii.is_ascii() => text.push_str(ascii),
        _ => text.extend(bytes.iter().copied().map(char::from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::http::{AnswerTo, ResponseReader};

    fn check(head: &str, is_decoded: bool, expected: &str) {
        let mut reader = ResponseReader::new(AnswerTo::Head, 1 << 16, 0);
        reader.feed(head.replace('|', "\r\n").as_bytes()).unwrap();
        let head = reader.head().unwrap();
        let text = headers_text(head, is_decoded);
        assert_eq!(text.replace('\n', "|"), expected);
        assert!(is_decoded || text.chars().count() == text_length(head), "{text}");
    }

    #[test]
    fn the_length_of_headers_is_known_without_their_text() {
        check("HTTP/1.1 200 OK||", false, "HTTP/1.1 200 OK|");
        check("HTTP/1.0 404||", false, "HTTP/1.0 404 |");
        check("HTTP/1.1 1000 Odd  |A:b|C :  d ||", false, "HTTP/1.1 1000 Odd|A:b|C :  d |");
        check("HTTP/1.1 200 \u{fc}|A: b|  folded||", false, "HTTP/1.1 200 \u{c3}\u{bc}|A: b folded|");
    }

    #[test]
    fn headers_that_are_untrue_come_last_and_once() {
        let head = "HTTP/1.1 200 OK|Content-Encoding: gzip|Content-Length: 9|A: b|Content-Length: 9||";
        check(head, true, "HTTP/1.1 200 OK|A: b|Content-Length: 9|Content-Encoding: gzip|");
        check(head, false, &head[..head.len() - 1]);
    }
}
