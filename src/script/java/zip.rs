//! `java.util.zip`: gzip and checksums.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{MOST_SIZE, ok};
use crate::script::value::Value;

/// `java.util.zip.CRC32`.
pub static CRC32: Static = Static::new(|| Class::new("java.util.zip.CRC32").constructors(NEW).methods(METHODS));

/// A checksum.
struct Checksum(Mutex<flate2::Crc>);

impl HostObject for Checksum {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CRC32)
    }
}

const NEW: &[Row] = &[new("", |_| ok(Value::object(Checksum(Mutex::default()))))];

const METHODS: &[Row] = &[
    row("update", "byte[]", |c| {
        c.this_as::<Checksum>()?.0.lock().update(&c.bytes(0)?);
        Ok(Value::Null)
    }),
    row("update", "int", |c| {
        c.this_as::<Checksum>()?.0.lock().update(&[c.int(0) as u8]);
        Ok(Value::Null)
    }),
    row("getValue", "", |c| ok(i64::from(c.this_as::<Checksum>()?.0.lock().sum()))),
    row("reset", "", |c| {
        c.this_as::<Checksum>()?.0.lock().reset();
        Ok(Value::Null)
    }),
];

/// Packs bytes.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Unpacks bytes; `None` when they are not packed.
#[must_use]
pub fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    MultiGzDecoder::new(bytes).take(MOST_SIZE as u64).read_to_end(&mut out).ok()?;
    Some(out)
}
