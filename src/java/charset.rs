//! Java's charsets, by name.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, EncoderResult, Encoding, GBK, UTF_16BE, UTF_16LE};

/// A charset that Java knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Charset(Kind);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// The web takes it for windows-1252; Java does not.
    Latin1,
    Ascii,
    /// With a mark that tells the order of bytes, or else the big end first.
    Utf16,
    Of(&'static Encoding),
}

impl Charset {
    /// The default one.
    pub const UTF_8: Self = Self(Kind::Of(encoding_rs::UTF_8));
    /// Seven bits.
    pub const ASCII: Self = Self(Kind::Ascii);

    /// The charset of that name, in any case and perhaps in quotes; `None` if there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("UTF-8") {
            return Some(Self::UTF_8);
        }
        let name = name.trim().trim_matches('"').to_ascii_lowercase();
        Some(Self(match name.as_str() {
            "iso-8859-1" | "iso8859-1" | "iso8859_1" | "iso_8859-1" | "latin1" | "l1" | "cp819" => Kind::Latin1,
            "us-ascii" | "ascii" | "iso646-us" => Kind::Ascii,
            "utf-16" | "utf_16" | "utf16" | "unicode" => Kind::Utf16,
            "utf-16be" | "utf_16be" | "x-utf-16be" => Kind::Of(UTF_16BE),
            "utf-16le" | "utf_16le" | "x-utf-16le" => Kind::Of(UTF_16LE),
            "utf_8" => Kind::Of(encoding_rs::UTF_8),
            name => {
                let windows = name.strip_prefix("cp125").map(|number| format!("windows-125{number}"));
                Kind::Of(Encoding::for_label(windows.as_deref().unwrap_or(name).as_bytes())?)
            }
        }))
    }

    /// The charset of exactly that name in any case (`Charset.forName`); `None` if there is none.
    #[must_use]
    pub fn for_name(name: &str) -> Option<Self> {
        Self::named(name).filter(|_| Self::is_legal_name(name))
    }

    /// Whether a charset may have that name (`Charset.checkName`).
    #[must_use]
    pub fn is_legal_name(name: &str) -> bool {
        name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+.:_".contains(&byte))
    }

    /// What Java calls the charset of that name (`Charset.forName(name).name()`).
    #[must_use]
    pub fn java_name(name: &str) -> Option<&'static str> {
        const OWN_NAMES: &[(&str, &str)] = &[
            ("gb2312", "GB2312"),
            ("big5-hkscs", "Big5-HKSCS"),
            ("tis-620", "TIS-620"),
            ("ms932", "windows-31j"),
            ("windows-31j", "windows-31j"),
            ("ms949", "x-windows-949"),
            ("windows-949", "x-windows-949"),
            ("iso-8859-9", "ISO-8859-9"),
            ("latin5", "ISO-8859-9"),
        ];
        if let Some((_, own)) = OWN_NAMES.iter().find(|(label, _)| label.eq_ignore_ascii_case(name)) {
            return Some(own);
        }
        match Self::named(name)?.0 {
            Kind::Latin1 => Some("ISO-8859-1"),
            Kind::Ascii => Some("US-ASCII"),
            Kind::Utf16 => Some("UTF-16"),
            Kind::Of(encoding) => match encoding.name() {
                "gb18030" => Some("GB18030"),
                "macintosh" => Some("x-MacRoman"),
                "windows-874" => Some("x-windows-874"),
                name => Some(name),
            },
        }
    }

    /// The bytes as a text. What means nothing becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.0 {
            Kind::Latin1 => encoding_rs::mem::decode_latin1(bytes),
            Kind::Ascii => match std::str::from_utf8(bytes) {
                Ok(text) if text.is_ascii() => text.into(),
                _ => bytes.iter().map(|byte| ascii(*byte)).collect::<String>().into(),
            },
            Kind::Utf16 => match (bytes.strip_prefix(&[0xFE, 0xFF]), bytes.strip_prefix(&[0xFF, 0xFE])) {
                (Some(rest), _) => UTF_16BE.decode_without_bom_handling(rest).0,
                (_, Some(rest)) => UTF_16LE.decode_without_bom_handling(rest).0,
                _ => UTF_16BE.decode_without_bom_handling(bytes).0,
            },
            Kind::Of(encoding) => encoding.decode_without_bom_handling(bytes).0,
        }
    }

    /// The text in bytes. Characters that the charset does not have become question marks.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        let units = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        match self.0 {
            Kind::Latin1 => text.chars().map(|char| u8::try_from(char as u32).unwrap_or(b'?')).collect(),
            Kind::Ascii => text.chars().map(|char| if char.is_ascii() { char as u8 } else { b'?' }).collect(),
            Kind::Utf16 => [vec![0xFE, 0xFF], units(u16::to_be_bytes)].concat(),
            Kind::Of(encoding) if encoding == UTF_16BE => units(u16::to_be_bytes),
            Kind::Of(encoding) if encoding == UTF_16LE => units(u16::to_le_bytes),
            // Java's GBK has the euro where GB 18030 has it, the web's has it in one byte.
            Kind::Of(encoding) if encoding == GBK && text.contains('\u{20ac}') => {
                let parts: Vec<_> = text.split('\u{20ac}').map(|part| encode(encoding, part)).collect();
                parts.join(&[0xA2, 0xE3][..])
            }
            Kind::Of(encoding) => encode(encoding, text),
        }
    }

    /// Decodes bytes that come piece by piece.
    #[must_use]
    pub fn decoder(self) -> Decoder {
        Decoder(match self.0 {
            Kind::Latin1 => Decoding::Latin1,
            Kind::Ascii => Decoding::Ascii,
            Kind::Utf16 => Decoding::Of(UTF_16BE.new_decoder()),
            Kind::Of(encoding) => Decoding::Of(encoding.new_decoder_without_bom_handling()),
        })
    }
}

/// Bytes on their way to being a text.
pub struct Decoder(Decoding);

enum Decoding {
    Latin1,
    Ascii,
    Of(encoding_rs::Decoder),
}

impl Decoder {
    /// Appends what the next bytes mean; `last` tells that there are no more.
    pub fn decode(&mut self, mut bytes: &[u8], last: bool, out: &mut String) {
        let decoder = match &mut self.0 {
            Decoding::Latin1 => return out.push_str(&encoding_rs::mem::decode_latin1(bytes)),
            Decoding::Ascii => return out.extend(bytes.iter().map(|byte| ascii(*byte))),
            Decoding::Of(decoder) => decoder,
        };
        loop {
            out.reserve(bytes.len().max(16));
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, out, last);
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => out.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }
}

fn ascii(byte: u8) -> char {
    if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER }
}

fn encode(encoding: &'static Encoding, mut text: &str) -> Vec<u8> {
    let mut encoder = encoding.new_encoder();
    let mut out = Vec::with_capacity(text.len() + 16);
    loop {
        out.reserve(encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or(text.len()));
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true);
        text = &text[read..];
        match result {
            EncoderResult::InputEmpty => return out,
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => out.push(b'?'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_by_name() {
        let check = |name: &str, text: &str, bytes: &[u8]| {
            let charset = Charset::named(name).unwrap();
            assert_eq!((charset.encode(text).as_slice(), charset.decode(bytes).as_ref()), (bytes, text), "{name}");
            let (mut decoder, mut out) = (charset.decoder(), String::new());
            for byte in bytes {
                decoder.decode(&[*byte], false, &mut out);
            }
            decoder.decode(&[], true, &mut out);
            assert_eq!(out, text, "{name} byte by byte");
        };
        check("UTF-8", "é€", b"\xC3\xA9\xE2\x82\xAC");
        check("iso-8859-1", "é\u{80}", b"\xE9\x80");
        check("\"US-ASCII\"", "abc", b"abc");
        check("Cp1252", "é€", b"\xE9\x80");
        check("UTF-16", "aé", b"\xFE\xFF\0a\0\xE9");
        check("utf-16le", "aé", b"a\0\xE9\0");
        check("Shift_JIS", "日", b"\x93\xFA");
        assert_eq!(Charset::named("no-such"), None);
        assert_eq!(Charset::for_name("\"UTF-8\""), None);
        assert_eq!(Charset::for_name("utf-8"), Some(Charset::UTF_8));
    }

    #[test]
    fn charsets_have_names_in_java() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(Charset::java_name(name), expected, "{name}");
        check("utf8", Some("UTF-8"));
        check("LATIN1", Some("ISO-8859-1"));
        check("cp1250", Some("windows-1250"));
        check("gb2312", Some("GB2312"));
        check("sjis", Some("Shift_JIS"));
        check("no-such", None);
    }

    #[test]
    fn what_cannot_be_said() {
        assert_eq!(Charset::named("ascii").unwrap().encode("aé"), b"a?");
        assert_eq!(Charset::named("GBK").unwrap().encode("a\u{20ac}\u{17e}"), b"a\xA2\xE3?");
        assert_eq!(Charset::named("windows-1252").unwrap().encode("a日"), b"a?");
        assert_eq!(Charset::UTF_8.decode(b"a\xFFb"), "a\u{FFFD}b");
        assert_eq!(Charset::named("UTF-16").unwrap().decode(b"\xFF\xFEa\0"), "a");
    }
}
