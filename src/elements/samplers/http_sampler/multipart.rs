//! Bodies of `multipart/form-data` as Apache's `MultipartEntityBuilder` writes them.

use std::fmt::Write;

use rand::RngExt;

use super::body::{Body, Data, FILE_NOT_SHOWN, bytes_piece, file_piece, unreadable};
use super::files::File;
use super::form;
use super::parameters::Parameter;
use crate::java::Charset;
use crate::model::{Fault, VirtualUser};
use crate::protocol::http::BodyPiece;

/// A multipart body while its parts are added.
pub(super) struct Multipart {
    boundary: String,
    charset: Charset,
    charset_name: String,
    /// Only what browsers of old wrote, in the charset of the body; otherwise all headers in UTF-8.
    is_browser_compatible: bool,
    pieces: Vec<BodyPiece>,
    /// What comes before the next file.
    pending: Vec<u8>,
    length: u64,
    /// What results show of it, which is read in its charset when it is whole.
    shown: Vec<u8>,
    failure: Option<Fault>,
}

impl Multipart {
    pub fn new(charset: Charset, charset_name: &str, is_browser_compatible: bool, vu: &mut VirtualUser) -> Self {
        Self {
            boundary: boundary(vu),
            charset,
            charset_name: charset_name.to_owned(),
            is_browser_compatible,
            pieces: Vec::new(),
            pending: Vec::new(),
            length: 0,
            shown: Vec::new(),
            failure: None,
        }
    }

    pub fn add_parameter(&mut self, parameter: &Parameter, vu: &mut VirtualUser) -> Result<(), Fault> {
        let name = parameter.name.text(vu)?;
        if form::is_skipped(&name) {
            return Ok(());
        }
        let given = parameter.content_type.text(vu)?;
        let kind = if given.contains(';') {
            ContentType::parse(&given)?
        } else {
            ContentType::new(&given, self.charset, &self.charset_name)?
        };
        let value = parameter.value.text(vu)?;
        self.add_head(&name, None, &kind, "8bit");
        // Without a charset of its own the value is ASCII.
        self.add_text(&value, kind.charset.unwrap_or(Charset::ASCII));
        self.add_text("\r\n", Charset::ASCII);
        Ok(())
    }

    pub fn add_file(&mut self, file: &File, vu: &VirtualUser) -> Result<(), Fault> {
        if file.path.is_empty() {
            return Err(Fault::illegal_argument("Filename must not be null or empty"));
        }
        let kind = ContentType::parse(&file.mime_type)?;
        if file.parameter.trim().is_empty() {
            return Err(Fault::exception("java.lang.IllegalStateException", "Name is blank"));
        }
        let names = if self.is_browser_compatible { self.charset } else { Charset::UTF_8 };
        self.add_head(&file.parameter, Some(&percent_encoded(&with_entities(file.name(), names))), &kind, "binary");
        self.shown.extend_from_slice(FILE_NOT_SHOWN.as_bytes());
        let path = file.location(vu);
        match file_piece(&path) {
            Ok((piece, length)) => {
                self.flush();
                self.pieces.push(piece);
                self.length += length;
            }
            Err(error) => self.failure = self.failure.take().or_else(|| Some(unreadable(&path, &error))),
        }
        self.add_text("\r\n", Charset::ASCII);
        Ok(())
    }

    pub fn finish(mut self) -> Body {
        self.add_boundary();
        self.add_text("--\r\n", Charset::ASCII);
        self.flush();
        let content_type = format!("multipart/form-data; boundary={}; charset={}", self.boundary, self.charset_name);
        let data = match self.failure {
            Some(fault) => Data::Unreadable(fault),
            None => Data::Pieces(self.pieces),
        };
        let shown = self.charset.decode(&self.shown).into_owned();
        Body { data, length: self.length, content_type: Some(content_type), shown }
    }

    fn add_head(&mut self, name: &str, file_name: Option<&str>, kind: &ContentType, encoding: &str) {
        let mut place = format!("form-data; name=\"{}\"", escaped(name));
        if let Some(file_name) = file_name {
            let _ = write!(place, "; filename=\"{}\"", escaped(file_name));
        }
        self.add_boundary();
        self.add_text("\r\n", Charset::ASCII);
        self.add_field("Content-Disposition", &place);
        if !self.is_browser_compatible || file_name.is_some() {
            self.add_field("Content-Type", &kind.text);
        }
        if !self.is_browser_compatible {
            self.add_field("Content-Transfer-Encoding", encoding);
        }
        self.add_text("\r\n", Charset::ASCII);
    }

    /// Each text is encoded by itself, which shows where a charset begins with a mark (`AbstractMultipartForm`).
    fn add_field(&mut self, name: &str, value: &str) {
        let charset = if self.is_browser_compatible { self.charset } else { Charset::UTF_8 };
        self.add_text(name, charset);
        self.add_text(": ", Charset::ASCII);
        self.add_text(value, charset);
        self.add_text("\r\n", Charset::ASCII);
    }

    fn add_boundary(&mut self) {
        self.add_text("--", Charset::ASCII);
        let bytes = self.charset.encode(&self.boundary);
        self.add_bytes(&bytes);
    }

    fn add_text(&mut self, text: &str, charset: Charset) {
        match charset == Charset::UTF_8 || text.is_ascii() && charset == Charset::ASCII {
            true => self.add_bytes(text.as_bytes()),
            false => self.add_bytes(&charset.encode(text)),
        }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.shown.extend_from_slice(bytes);
        self.pending.extend_from_slice(bytes);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.length += self.pending.len() as u64;
            self.pieces.push(bytes_piece(std::mem::take(&mut self.pending)));
        }
    }
}

/// 30 to 40 characters (`MultipartEntityBuilder.generateBoundary`).
fn boundary(vu: &mut VirtualUser) -> String {
    const CHARACTERS: &[u8] = b"-_1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let random = vu.random_source();
    let length = random.random_range(30..=40);
    (0..length).map(|_| char::from(CHARACTERS[random.random_range(0..CHARACTERS.len())])).collect()
}

/// A name inside quotes.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        if matches!(char, '"' | '\\' | '\r') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// Quotes and line breaks in file names (`ConversionUtils.percentEncode`).
fn percent_encoded(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Characters that a charset lacks, as numbers (`ConversionUtils.encodeWithEntities`, which forgets the semicolon).
fn with_entities(name: &str, charset: Charset) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        let text = char.encode_utf8(&mut [0; 4]).to_owned();
        if char != '?' && charset.encode(&text) == b"?" {
            let _ = write!(out, "&#{}", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

/// The type of a part.
struct ContentType {
    text: String,
    charset: Option<Charset>,
}

impl ContentType {
    /// `ContentType.create`.
    fn new(mime_type: &str, charset: Charset, charset_name: &str) -> Result<Self, Fault> {
        if mime_type.trim().is_empty() {
            return Err(Fault::illegal_argument("MIME type may not be blank"));
        }
        if mime_type.contains(['"', ',', ';']) {
            return Err(Fault::illegal_argument("MIME type may not contain reserved characters"));
        }
        let text = format!("{}; charset={charset_name}", mime_type.to_lowercase());
        Ok(Self { text, charset: Some(charset) })
    }

    /// `ContentType.parse`: what is there is written anew.
    fn parse(text: &str) -> Result<Self, Fault> {
        let first = split(text, ',').find(|element| !element.trim().is_empty());
        let Some(first) = first else {
            return Err(Fault::exception("org.apache.http.ParseException", format!("Invalid content type: {text}")));
        };
        let mut parts = split(first, ';');
        let mut kind = Self { text: parts.next().unwrap_or_default().trim().to_owned(), charset: None };
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
            let (name, value) = (name.trim(), value.map(|value| unquoted(value.trim())));
            if name.eq_ignore_ascii_case("charset") && kind.charset.is_none() {
                let named = value.as_deref().map(str::trim).filter(|value| !value.is_empty());
                kind.charset = named.map(form::charset).transpose()?;
            }
            let _ = write!(kind.text, "; {name}");
            if let Some(value) = value {
                let _ = write!(kind.text, "={}", quoted(&value));
            }
        }
        Ok(kind)
    }
}

/// Splits at a character, but not inside quotes.
fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |char: char| {
        if char == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = !is_escaped && is_quoted && char == '\\';
        char == at && !is_quoted
    })
}

fn unquoted(value: &str) -> String {
    match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => value.to_owned(),
    }
}

fn quoted(value: &str) -> String {
    const SEPARATORS: &[char] =
        &[' ', ';', ',', ':', '@', '(', ')', '<', '>', '\\', '"', '/', '[', ']', '?', '=', '{', '}', '\t'];
    if !value.contains(SEPARATORS) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    fn shown(parameters: &[Parameter], browser: bool) -> String {
        let vu = &mut user();
        let mut parts = Multipart::new(Charset::UTF_8, "UTF-8", browser, vu);
        parts.boundary = "B".into();
        parameters.iter().for_each(|parameter| parts.add_parameter(parameter, vu).unwrap());
        let body = parts.finish();
        assert_eq!(body.length, body.shown.len() as u64);
        body.shown
    }

    #[test]
    fn parts_have_their_headers() {
        let parameters = [Parameter::new("a\"b", "1 \u{e9}", true), Parameter::new("", "lost", true)];
        let strict = "--B\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\
                      Content-Transfer-Encoding: 8bit\r\n\r\n1 \u{e9}\r\n--B--\r\n";
        assert_eq!(shown(&parameters, false), strict);
        let browser = "--B\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n1 \u{e9}\r\n--B--\r\n";
        assert_eq!(shown(&parameters, true), browser);
    }

    #[test]
    fn charsets_with_a_mark() {
        let vu = &mut user();
        let mut parts = Multipart::new(Charset::named("UTF-16").unwrap(), "UTF-16", true, vu);
        parts.boundary = "B".into();
        parts.add_parameter(&Parameter::new("a", "1", true), vu).unwrap();
        let body = parts.finish();
        let Data::Pieces(pieces) = body.data else { panic!("no pieces") };
        let [BodyPiece::Bytes(bytes)] = &pieces[..] else { panic!("not one piece: {pieces:?}") };
        assert!(bytes.starts_with(b"--\xFE\xFF\0B\r\n\xFE\xFF\0C\0o"), "{bytes:?}");
        assert!(bytes.ends_with(b"\r\n\r\n\xFE\xFF\0\x31\r\n--\xFE\xFF\0B--\r\n"), "{bytes:?}");
    }

    #[test]
    fn types_are_written_anew() {
        let check = |given: &str, expected: &str| {
            let text = ContentType::parse(given).map(|kind| kind.text).map_err(|fault| fault.to_string());
            assert_eq!(text.as_deref().unwrap_or_else(|fault| fault), expected);
        };
        check("text/plain", "text/plain");
        check("Text/Plain;charset=utf-8;x=\"a b\"", "Text/Plain; charset=utf-8; x=\"a b\"");
        check("", "org.apache.http.ParseException: Invalid content type: ");
        check("text/plain; charset=bogus", "java.nio.charset.UnsupportedCharsetException: bogus");
    }

    #[test]
    fn file_names_fit_their_charset() {
        let latin1 = Charset::named("ISO-8859-1").unwrap();
        assert_eq!(percent_encoded(&with_entities("a\"\u{e9}\u{20ac}?.txt", latin1)), "a%22\u{e9}&#8364?.txt");
    }
}
