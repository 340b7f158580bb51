//! `java.nio.charset`: texts as bytes and back.

use encoding_rs::Encoding;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.nio.charset.Charset`.
pub static CHARSET: Static = Static::new(|| Class::new("java.nio.charset.Charset").statics(STATICS).methods(METHODS));
/// `java.nio.charset.StandardCharsets`.
pub static STANDARD_CHARSETS: Static =
    Static::new(|| Class::new("java.nio.charset.StandardCharsets").constants(STANDARD));

const STATICS: &[Row] = &[
    row("forName", "String", |c| match Charset::named(c.text(0)?) {
        Some(charset) => ok(Value::object(charset)),
        None => Err(Thrown::new("java.nio.charset.UnsupportedCharsetException", c.text(0)?.to_string())),
    }),
    row("defaultCharset", "", |_| ok(Value::object(Charset::UTF_8))),
    row("isSupported", "String", |c| ok(Charset::named(c.text(0)?).is_some())),
];

const METHODS: &[Row] = &[
    row("name", "", |c| ok(c.this_as::<Charset>()?.name)),
    row("displayName", "", |c| ok(c.this_as::<Charset>()?.name)),
];

const STANDARD: &[Constant] = &[
    ("UTF_8", || Value::object(Charset::UTF_8)),
    ("ISO_8859_1", || Value::object(Charset { name: "ISO-8859-1" })),
    ("US_ASCII", || Value::object(Charset { name: "US-ASCII" })),
    ("UTF_16", || Value::object(Charset { name: "UTF-16" })),
    ("UTF_16BE", || Value::object(Charset { name: "UTF-16BE" })),
    ("UTF_16LE", || Value::object(Charset { name: "UTF-16LE" })),
];

/// An encoding of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    name: &'static str,
}

impl HostObject for Charset {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CHARSET)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.name.to_owned())
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }
}

impl Charset {
    /// What Java uses when nobody says otherwise.
    pub const UTF_8: Self = Self { name: "UTF-8" };

    /// The encoding of that name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const OWN: [(&str, &str); 14] = [
            ("UTF-8", "UTF-8"),
            ("UTF8", "UTF-8"),
            ("ISO-8859-1", "ISO-8859-1"),
            ("ISO8859_1", "ISO-8859-1"),
            ("ISO8859-1", "ISO-8859-1"),
            ("LATIN1", "ISO-8859-1"),
            ("US-ASCII", "US-ASCII"),
            ("ASCII", "US-ASCII"),
            ("UTF-16", "UTF-16"),
            ("UTF16", "UTF-16"),
            ("UTF-16BE", "UTF-16BE"),
            ("UTF-16LE", "UTF-16LE"),
            ("CP1252", "windows-1252"),
            ("CP1251", "windows-1251"),
        ];
        if let Some((_, canonical)) = OWN.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return Some(Self { name: canonical });
        }
        Encoding::for_label(name.as_bytes()).map(|encoding| Self { name: encoding.name() })
    }

    /// The bytes of a text; what the encoding lacks becomes `?`.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        let single =
            |limit: u32| text.chars().map(|char| if (char as u32) < limit { char as u8 } else { b'?' }).collect();
        match self.name {
            "UTF-8" => text.as_bytes().to_vec(),
            "ISO-8859-1" => single(256),
            "US-ASCII" => single(128),
            "UTF-16" => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
            "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            other => Encoding::for_label(other.as_bytes())
                .map_or_else(|| text.as_bytes().to_vec(), |encoding| encoding.encode(text).0.into_owned()),
        }
    }

    /// The text of bytes; what is no text becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        let wide = |bytes: &[u8], big: bool| {
            let unit = |pair: &[u8]| {
                let pair = [pair[0], pair.get(1).copied().unwrap_or_default()];
                if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
            };
            String::from_utf16_lossy(&bytes.chunks(2).map(unit).collect::<Vec<_>>())
        };
        match (self.name, bytes) {
            ("UTF-8", _) => String::from_utf8_lossy(bytes).into_owned(),
            ("ISO-8859-1", _) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            ("US-ASCII", _) => {
                bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '\u{fffd}' }).collect()
            }
            ("UTF-16", [0xff, 0xfe, rest @ ..]) => wide(rest, false),
            ("UTF-16", [0xfe, 0xff, rest @ ..]) => wide(rest, true),
            ("UTF-16" | "UTF-16BE", _) => wide(bytes, true),
            ("UTF-16LE", _) => wide(bytes, false),
            (other, _) => Encoding::for_label(other.as_bytes()).map_or_else(
                || String::from_utf8_lossy(bytes).into_owned(),
                |encoding| encoding.decode_without_bom_handling(bytes).0.into_owned(),
            ),
        }
    }
}

impl Call<'_, '_> {
    /// The encoding that an argument names, by name or as a `Charset`; UTF-8 when it is missing.
    ///
    /// # Errors
    /// `UnsupportedEncodingException`.
    pub fn charset(&self, at: usize) -> Outcome<Charset> {
        match self.arg(at) {
            Value::Null if at >= self.count() => Ok(Charset::UTF_8),
            Value::Str(name) => Charset::named(name)
                .ok_or_else(|| Thrown::new("java.io.UnsupportedEncodingException", name.to_string())),
            other => other.downcast().copied().ok_or_else(|| Thrown::bare("java.lang.NullPointerException")),
        }
    }
}
