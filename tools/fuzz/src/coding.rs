//! Compressed bodies.

use bytes::Bytes;
use loadline::protocol::http::{Body, ContentCoding};

pub(crate) const SEEDS: &[&[u8]] = &[
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00",
    b"\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27",
    b"\x0b\x01\x80\x61\x62\x63\x03",
    b"\x28\xb5\x2f\xfd\x20\x03\x19\x00\x00\x61\x62\x63",
];

/// The most that may come out.
const LIMIT: usize = 1 << 16;

/// Whatever the bytes claim, no more comes out than asked for.
pub(crate) fn decode(data: &[u8]) {
    for coding in [ContentCoding::Gzip, ContentCoding::Deflate, ContentCoding::Brotli, ContentCoding::Zstd] {
        let body = Body { data: Bytes::copy_from_slice(data), length: data.len() as u64 };
        if let Ok(decoded) = coding.decode(&body, LIMIT) {
            assert!(decoded.data.len() <= LIMIT, "{coding:?}");
        }
    }
}
