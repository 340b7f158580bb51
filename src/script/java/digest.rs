//! `java.security.MessageDigest`, `javax.crypto.Mac` and the key that it takes.

use std::sync::Arc;

use digest::{Digest, DynDigest};
use hmac::{KeyInit, Mac as _, SimpleHmac};
use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.security.MessageDigest`.
pub static MESSAGE_DIGEST: Static =
    Static::new(|| Class::new("java.security.MessageDigest").statics(DIGEST_STATICS).methods(DIGEST_METHODS));
/// `javax.crypto.Mac`.
pub static MAC: Static = Static::new(|| Class::new("javax.crypto.Mac").statics(MAC_STATICS).methods(MAC_METHODS));
/// `javax.crypto.spec.SecretKeySpec`.
pub static SECRET_KEY_SPEC: Static =
    Static::new(|| Class::new("javax.crypto.spec.SecretKeySpec").constructors(KEY_NEW).methods(KEY_METHODS));

/// The digest of that name; `None` when there is none.
#[must_use]
pub fn named(name: &str) -> Option<Box<dyn DynDigest + Send>> {
    Some(match name.to_ascii_uppercase().as_str() {
        "MD2" => Box::new(md2::Md2::new()),
        "MD5" => Box::new(md5::Md5::new()),
        "SHA" | "SHA1" | "SHA-1" => Box::new(sha1::Sha1::new()),
        "SHA-224" | "SHA224" => Box::new(sha2::Sha224::new()),
        "SHA-256" | "SHA256" => Box::new(sha2::Sha256::new()),
        "SHA-384" | "SHA384" => Box::new(sha2::Sha384::new()),
        "SHA-512" | "SHA512" => Box::new(sha2::Sha512::new()),
        "SHA3-224" => Box::new(sha3::Sha3_224::new()),
        "SHA3-256" => Box::new(sha3::Sha3_256::new()),
        "SHA3-384" => Box::new(sha3::Sha3_384::new()),
        "SHA3-512" => Box::new(sha3::Sha3_512::new()),
        _ => return None,
    })
}

/// The digest of bytes.
///
/// # Errors
/// `NoSuchAlgorithmException`.
pub fn digested(name: &str, bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut digest = named(name).ok_or_else(|| unknown(&format!("{name} MessageDigest not available")))?;
    digest.update(bytes);
    Ok(digest.finalize().into_vec())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[digit as usize])).collect()
}

fn unknown(message: &str) -> Thrown {
    Thrown::new("java.security.NoSuchAlgorithmException", message)
}

struct MessageDigest {
    name: Arc<str>,
    digest: Mutex<Box<dyn DynDigest + Send>>,
}

impl HostObject for MessageDigest {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MESSAGE_DIGEST)
    }
}

const DIGEST_STATICS: &[Row] = &[
    row("getInstance", "String, Object?", |c| {
        let name = c.text(0)?.clone();
        let digest = named(&name).ok_or_else(|| unknown(&format!("{name} MessageDigest not available")))?;
        ok(Value::object(MessageDigest { name, digest: Mutex::new(digest) }))
    }),
    row("isEqual", "byte[], byte[]", |c| ok(c.bytes(0)? == c.bytes(1)?)),
];

const DIGEST_METHODS: &[Row] = &[
    row("update", "byte[]", |c| {
        let bytes = c.bytes(0)?;
        c.this_as::<MessageDigest>()?.digest.lock().update(&bytes);
        Ok(Value::Null)
    }),
    row("update", "byte", |c| {
        c.this_as::<MessageDigest>()?.digest.lock().update(&[c.int(0) as u8]);
        Ok(Value::Null)
    }),
    row("update", "byte[], int, int", |c| {
        let bytes = c.bytes(0)?;
        let (from, count) = (c.int(1).max(0) as usize, c.int(2).max(0) as usize);
        let part = bytes.get(from..from.saturating_add(count)).unwrap_or_default();
        c.this_as::<MessageDigest>()?.digest.lock().update(part);
        Ok(Value::Null)
    }),
    row("digest", "", |c| ok(c.this_as::<MessageDigest>()?.digest.lock().finalize_reset().into_vec())),
    row("digest", "byte[]", |c| {
        let bytes = c.bytes(0)?;
        let mut digest = c.this_as::<MessageDigest>()?.digest.lock();
        digest.update(&bytes);
        ok(digest.finalize_reset().into_vec())
    }),
    row("reset", "", |c| {
        c.this_as::<MessageDigest>()?.digest.lock().reset();
        Ok(Value::Null)
    }),
    row("getAlgorithm", "", |c| ok(c.this_as::<MessageDigest>()?.name.clone())),
    row("getDigestLength", "", |c| ok(c.this_as::<MessageDigest>()?.digest.lock().output_size() as i32)),
];

/// A key for a Mac or a cipher.
pub struct Key {
    /// Its bytes.
    pub bytes: Vec<u8>,
    algorithm: Arc<str>,
}

impl HostObject for Key {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&SECRET_KEY_SPEC)
    }
}

const KEY_NEW: &[Row] = &[
    new("byte[], String", |c| {
        let bytes = c.bytes(0)?;
        if bytes.is_empty() {
            return Err(crate::script::machine::illegal_argument("Empty key"));
        }
        ok(Value::object(Key { bytes, algorithm: c.text(1)?.clone() }))
    }),
    new("byte[], int, int, String", |c| {
        let bytes = c.bytes(0)?;
        let (from, count) = (c.int(1).max(0) as usize, c.int(2).max(0) as usize);
        let bytes = bytes.get(from..from.saturating_add(count)).unwrap_or_default().to_vec();
        ok(Value::object(Key { bytes, algorithm: c.text(3)?.clone() }))
    }),
];

const KEY_METHODS: &[Row] = &[
    row("getEncoded", "", |c| ok(c.this_as::<Key>()?.bytes.clone())),
    row("getAlgorithm", "", |c| ok(c.this_as::<Key>()?.algorithm.clone())),
    row("getFormat", "", |_| ok("RAW")),
];

/// A Mac: what it was given so far is kept until the end.
struct Mac {
    name: Arc<str>,
    key: Mutex<Vec<u8>>,
    data: Mutex<Vec<u8>>,
}

impl HostObject for Mac {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MAC)
    }
}

fn mac(name: &str, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    macro_rules! with {
        ($digest:ty) => {{
            let mut mac = SimpleHmac::<$digest>::new_from_slice(key).ok()?;
            mac.update(data);
            mac.finalize().into_bytes().to_vec()
        }};
    }
    Some(match name.to_ascii_uppercase().as_str() {
        "HMACMD5" => with!(md5::Md5),
        "HMACSHA1" => with!(sha1::Sha1),
        "HMACSHA224" => with!(sha2::Sha224),
        "HMACSHA256" => with!(sha2::Sha256),
        "HMACSHA384" => with!(sha2::Sha384),
        "HMACSHA512" => with!(sha2::Sha512),
        _ => return None,
    })
}

/// A Mac at once, for those who have key and data.
///
/// # Errors
/// `NoSuchAlgorithmException`.
pub fn authenticated(name: &str, key: &[u8], data: &[u8]) -> Outcome<Vec<u8>> {
    mac(name, key, data).ok_or_else(|| unknown(&format!("Algorithm {name} not available")))
}

const MAC_STATICS: &[Row] = &[row("getInstance", "String, Object?", |c| {
    let name = c.text(0)?.clone();
    authenticated(&name, b"k", b"")?;
    ok(Value::object(Mac { name, key: Mutex::default(), data: Mutex::default() }))
})];

const MAC_METHODS: &[Row] = &[
    row("init", "SecretKeySpec", |c| {
        c.this_as::<Mac>()?.key.lock().clone_from(&c.arg_as::<Key>(0)?.bytes);
        Ok(Value::Null)
    }),
    row("update", "byte[]", |c| {
        let bytes = c.bytes(0)?;
        c.this_as::<Mac>()?.data.lock().extend(bytes);
        Ok(Value::Null)
    }),
    row("doFinal", "byte[]?", |c| {
        let own = c.this_as::<Mac>()?;
        let mut data = std::mem::take(&mut *own.data.lock());
        data.extend(c.bytes(0).unwrap_or_default());
        let key = own.key.lock().clone();
        if key.is_empty() {
            return Err(Thrown::new("java.lang.IllegalStateException", "MAC not initialized"));
        }
        ok(authenticated(&own.name, &key, &data)?)
    }),
    row("reset", "", |c| {
        c.this_as::<Mac>()?.data.lock().clear();
        Ok(Value::Null)
    }),
    row("getAlgorithm", "", |c| ok(c.this_as::<Mac>()?.name.clone())),
];
