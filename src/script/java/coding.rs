//! `java.util.Base64`, `java.net.URLEncoder` and `URLDecoder`.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::java;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.util.Base64`.
pub static BASE64: Static = Static::new(|| Class::new("java.util.Base64").statics(STATICS));
/// `java.util.Base64.Encoder`.
pub static ENCODER: Static = Static::new(|| Class::new("java.util.Base64$Encoder").methods(ENCODER_METHODS));
/// `java.util.Base64.Decoder`.
pub static DECODER: Static = Static::new(|| Class::new("java.util.Base64$Decoder").methods(DECODER_METHODS));
/// `java.net.URLEncoder`.
pub static URL_ENCODER: Static = Static::new(|| Class::new("java.net.URLEncoder").statics(URL_ENCODER_STATICS));
/// `java.net.URLDecoder`.
pub static URL_DECODER: Static = Static::new(|| Class::new("java.net.URLDecoder").statics(URL_DECODER_STATICS));

/// What a coder writes and reads.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Style {
    is_url: bool,
    is_mime: bool,
    pads: bool,
}

const PLAIN: Style = Style { is_url: false, is_mime: false, pads: true };

struct Encoder(Style);
struct Decoder(Style);

impl HostObject for Encoder {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&ENCODER)
    }
}

impl HostObject for Decoder {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&DECODER)
    }
}

fn engine(style: Style) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(style.pads)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(if style.is_url { &alphabet::URL_SAFE } else { &alphabet::STANDARD }, config)
}

/// Bytes as Base64.
#[must_use]
pub fn encoded(bytes: &[u8]) -> String {
    engine(PLAIN).encode(bytes)
}

/// The bytes of Base64, whatever else stands between: line ends, the letters of addresses.
#[must_use]
pub fn leniently_decoded(text: &str) -> Vec<u8> {
    let letters: String = text
        .chars()
        .filter_map(|char| match char {
            '-' => Some('+'),
            '_' => Some('/'),
            char if char.is_ascii_alphanumeric() || matches!(char, '+' | '/') => Some(char),
            _ => None,
        })
        .collect();
    let whole = if letters.len() % 4 == 1 { &letters[..letters.len() - 1] } else { &letters };
    engine(PLAIN).decode(whole).unwrap_or_default()
}

const STATICS: &[Row] = &[
    row("getEncoder", "", |_| ok(Value::object(Encoder(PLAIN)))),
    row("getUrlEncoder", "", |_| ok(Value::object(Encoder(Style { is_url: true, ..PLAIN })))),
    row("getMimeEncoder", "", |_| ok(Value::object(Encoder(Style { is_mime: true, ..PLAIN })))),
    row("getDecoder", "", |_| ok(Value::object(Decoder(PLAIN)))),
    row("getUrlDecoder", "", |_| ok(Value::object(Decoder(Style { is_url: true, ..PLAIN })))),
    row("getMimeDecoder", "", |_| ok(Value::object(Decoder(Style { is_mime: true, ..PLAIN })))),
];

const ENCODER_METHODS: &[Row] = &[
    row("encodeToString", "byte[]", |c| ok(encode(c)?)),
    row("encode", "byte[]", |c| ok(encode(c)?.into_bytes())),
    row("withoutPadding", "", |c| {
        let style = c.this_as::<Encoder>()?.0;
        ok(Value::object(Encoder(Style { pads: false, ..style })))
    }),
];

fn encode(c: &Call<'_, '_>) -> Outcome<String> {
    let style = c.this_as::<Encoder>()?.0;
    let text = engine(style).encode(c.bytes(0)?);
    if !style.is_mime {
        return Ok(text);
    }
    let lines: Vec<_> = text.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    Ok(lines.join("\r\n"))
}

const DECODER_METHODS: &[Row] = &[
    row("decode", "String", |c| decode(c, c.text(0)?)),
    row("decode", "byte[]", |c| {
        let bytes = c.bytes(0)?;
        decode(c, &String::from_utf8_lossy(&bytes))
    }),
];

fn decode(c: &Call<'_, '_>, text: &str) -> Outcome {
    let style = c.this_as::<Decoder>()?.0;
    if style.is_mime {
        return ok(leniently_decoded(text));
    }
    let is_known = |char: &char| {
        char.is_ascii_alphanumeric()
            || *char == '='
            || if style.is_url { matches!(char, '-' | '_') } else { matches!(char, '+' | '/') }
    };
    if let Some(char) = text.chars().find(|char| !is_known(char)) {
        let code = u32::from(char);
        return Err(illegal_argument(format!("Illegal base64 character {code:x}")));
    }
    match engine(style).decode(text) {
        Ok(bytes) => ok(bytes),
        Err(_) => Err(illegal_argument("Last unit does not have enough valid bits")),
    }
}

const URL_ENCODER_STATICS: &[Row] = &[row("encode", "String, Object?", |c| {
    let charset = charset(c)?;
    let mut encoded = String::new();
    java::url_encode(c.text(0)?, charset, &mut encoded);
    ok(encoded)
})];

const URL_DECODER_STATICS: &[Row] = &[row("decode", "String, Object?", |c| {
    let charset = charset(c)?;
    let decoded = java::url_decode(c.text(0)?, charset).map_err(|error| illegal_argument(error.to_string()))?;
    ok(decoded.into_owned())
})];

fn charset(c: &mut Call<'_, '_>) -> Outcome<java::Charset> {
    if c.arg(1).is_null() {
        return Ok(java::Charset::UTF_8);
    }
    let name = c.text_of(1)?;
    java::Charset::named(&name).ok_or_else(|| Thrown::new("java.io.UnsupportedEncodingException", name.to_string()))
}
