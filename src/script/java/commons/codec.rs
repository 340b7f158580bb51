//! Commons Codec: `Base64`, `Hex`, `DigestUtils`, `HmacUtils`.

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::java::coding::{encoded, leniently_decoded};
use crate::script::java::digest::{authenticated, digested, hex};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `org.apache.commons.codec.binary.Base64`.
pub static BASE64: Static = Static::new(|| {
    Class::new("org.apache.commons.codec.binary.Base64")
        .constructors(BASE64_NEW)
        .statics(BASE64_STATICS)
        .methods(BASE64_METHODS)
});
/// `org.apache.commons.codec.binary.Hex`.
pub static HEX: Static = Static::new(|| Class::new("org.apache.commons.codec.binary.Hex").statics(HEX_STATICS));
/// `org.apache.commons.codec.digest.DigestUtils`.
pub static DIGEST_UTILS: Static =
    Static::new(|| Class::new("org.apache.commons.codec.digest.DigestUtils").statics(DIGEST_STATICS));
/// `org.apache.commons.codec.digest.HmacUtils`.
pub static HMAC_UTILS: Static =
    Static::new(|| Class::new("org.apache.commons.codec.digest.HmacUtils").statics(HMAC_STATICS));

struct Base64;

impl HostObject for Base64 {
    fn class(&self) -> crate::script::class::ClassRef {
        crate::script::class::ClassRef::Java(&BASE64)
    }
}

const BASE64_NEW: &[Row] = &[new("Object...", |_| ok(Value::object(Base64)))];

const BASE64_STATICS: &[Row] = &[
    row("encodeBase64", "byte[], boolean?", |c| ok(encoded(&c.bytes(0)?).into_bytes())),
    row("encodeBase64String", "byte[]", |c| ok(encoded(&c.bytes(0)?))),
    row("encodeBase64URLSafeString", "byte[]", |c| {
        ok(encoded(&c.bytes(0)?).replace('+', "-").replace('/', "_").trim_end_matches('='))
    }),
    row("decodeBase64", "String", |c| ok(leniently_decoded(c.text(0)?))),
    row("decodeBase64", "byte[]", |c| ok(leniently_decoded(&String::from_utf8_lossy(&c.bytes(0)?)))),
];

const BASE64_METHODS: &[Row] = &[
    row("encode", "byte[]", |c| ok(encoded(&c.bytes(0)?).into_bytes())),
    row("encodeToString", "byte[]", |c| ok(encoded(&c.bytes(0)?))),
    row("encodeAsString", "byte[]", |c| ok(encoded(&c.bytes(0)?))),
    row("decode", "String", |c| ok(leniently_decoded(c.text(0)?))),
    row("decode", "byte[]", |c| ok(leniently_decoded(&String::from_utf8_lossy(&c.bytes(0)?)))),
];

const HEX_STATICS: &[Row] = &[
    row("encodeHexString", "byte[]", |c| ok(hex(&c.bytes(0)?))),
    row("encodeHex", "byte[]", |c| {
        let units = hex(&c.bytes(0)?);
        ok(Value::Array(std::sync::Arc::new(crate::script::collection::Array::chars(units.encode_utf16()))))
    }),
    row("decodeHex", "Object", |c| {
        let text = c.text_of(0)?;
        ok(unhex(&text)?)
    }),
];

/// The bytes of hexadecimal digits.
///
/// # Errors
/// When they are none.
pub fn unhex(text: &str) -> Outcome<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return Err(Thrown::new("java.lang.NumberFormatException", "odd number of characters in hex string"));
    }
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16);
    let bytes: Result<Vec<u8>, _> = (0..text.len()).step_by(2).map(byte).collect();
    bytes.map_err(|_| Thrown::new("java.lang.NumberFormatException", format!("For input string: \"{text}\"")))
}

/// A text or bytes.
fn data(c: &mut Call<'_, '_>, at: usize) -> Outcome<Vec<u8>> {
    match c.arg(at) {
        Value::Array(array) if array.is_bytes() => Ok(array.to_bytes()),
        Value::Null => Err(Thrown::bare("java.lang.NullPointerException")),
        _ => Ok(c.text_of(at)?.as_bytes().to_vec()),
    }
}

fn digest(c: &mut Call<'_, '_>, name: &str) -> Outcome<Vec<u8>> {
    let data = data(c, 0)?;
    digested(name, &data)
}

const DIGEST_STATICS: &[Row] = &[
    row("md5", "Object", |c| ok(digest(c, "MD5")?)),
    row("md5Hex", "Object", |c| ok(hex(&digest(c, "MD5")?))),
    row("sha1", "Object", |c| ok(digest(c, "SHA-1")?)),
    row("sha1Hex", "Object", |c| ok(hex(&digest(c, "SHA-1")?))),
    row("shaHex", "Object", |c| ok(hex(&digest(c, "SHA-1")?))),
    row("sha256", "Object", |c| ok(digest(c, "SHA-256")?)),
    row("sha256Hex", "Object", |c| ok(hex(&digest(c, "SHA-256")?))),
    row("sha384Hex", "Object", |c| ok(hex(&digest(c, "SHA-384")?))),
    row("sha512", "Object", |c| ok(digest(c, "SHA-512")?)),
    row("sha512Hex", "Object", |c| ok(hex(&digest(c, "SHA-512")?))),
];

fn hmac(c: &mut Call<'_, '_>, name: &str) -> Outcome<Vec<u8>> {
    let (key, data) = (data(c, 0)?, data(c, 1)?);
    authenticated(name, &key, &data)
}

const HMAC_STATICS: &[Row] = &[
    row("hmacMd5Hex", "Object, Object", |c| ok(hex(&hmac(c, "HmacMD5")?))),
    row("hmacSha1", "Object, Object", |c| ok(hmac(c, "HmacSHA1")?)),
    row("hmacSha1Hex", "Object, Object", |c| ok(hex(&hmac(c, "HmacSHA1")?))),
    row("hmacSha256", "Object, Object", |c| ok(hmac(c, "HmacSHA256")?)),
    row("hmacSha256Hex", "Object, Object", |c| ok(hex(&hmac(c, "HmacSHA256")?))),
    row("hmacSha512Hex", "Object, Object", |c| ok(hex(&hmac(c, "HmacSHA512")?))),
];
