use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::*;

const TEXT: &[u8] = b"The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog.";

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn br(data: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*data, &mut packed, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    packed
}

fn zstd(data: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
}

fn decode(coding: ContentCoding, data: &[u8], limit: usize) -> Result<Decoded, CodingError> {
    coding.decode(&Body { data: Bytes::copy_from_slice(data), length: data.len() as u64 }, limit)
}

fn all(data: &[u8]) -> [(ContentCoding, Vec<u8>); 5] {
    [
        (ContentCoding::Gzip, gzip(data)),
        (ContentCoding::Deflate, zlib(data)),
        (ContentCoding::Deflate, raw_deflate(data)),
        (ContentCoding::Brotli, br(data)),
        (ContentCoding::Zstd, zstd(data)),
    ]
}

#[test]
fn everything_comes_out_again() {
    for (coding, packed) in all(TEXT) {
        let decoded = decode(coding, &packed, usize::MAX).unwrap();
        assert_eq!((&*decoded.data, decoded.is_cut), (TEXT, false), "{coding:?}");
        let exact = decode(coding, &packed, TEXT.len()).unwrap();
        assert_eq!((&*exact.data, exact.is_cut), (TEXT, false), "{coding:?}");
    }
}

#[test]
fn no_more_comes_out_than_allowed() {
    for (coding, packed) in all(TEXT) {
        let decoded = decode(coding, &packed, 10).unwrap();
        assert_eq!((&*decoded.data, decoded.is_cut), (&TEXT[..10], true), "{coding:?}");
    }
}

#[test]
fn bombs_do_not_explode() {
    let bomb = vec![0; 64 << 20];
    for (coding, packed) in [(ContentCoding::Gzip, gzip(&bomb)), (ContentCoding::Zstd, zstd(&bomb))] {
        let decoded = decode(coding, &packed, 1 << 20).unwrap();
        assert_eq!((decoded.data.len(), decoded.is_cut), (1 << 20, true), "{coding:?}");
    }
}

#[test]
fn several_members_are_one_and_what_follows_is_ignored() {
    let packed = [gzip(b"one "), gzip(b"two"), b"trailing".to_vec()].concat();
    assert_eq!(decode(ContentCoding::Gzip, &packed, usize::MAX).unwrap().data, "one two");
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0][..], b"xx"].concat();
    let packed = [zstd(b"one "), skippable, zstd(b"two")].concat();
    assert_eq!(decode(ContentCoding::Zstd, &packed, usize::MAX).unwrap().data, "one two");
}

#[test]
fn what_is_something_else_is_an_error() {
    assert_eq!(decode(ContentCoding::Gzip, b"plain text", usize::MAX), Err(CodingError::NotGzip));
    for coding in [ContentCoding::Deflate, ContentCoding::Brotli, ContentCoding::Zstd] {
        let error = decode(coding, b"\xff\xffplain text", usize::MAX).unwrap_err();
        assert!(matches!(error, CodingError::Corrupt { coding: told, .. } if told == coding), "{error}");
    }
    let mut packed = gzip(TEXT);
    let checksum = packed.len() - 8;
    packed[checksum] ^= 1;
    let error = decode(ContentCoding::Gzip, &packed, usize::MAX).unwrap_err();
    assert!(matches!(error, CodingError::Corrupt { .. }), "{error}");
}

#[test]
fn an_early_end_is_an_error_unless_the_body_was_cut() {
    for (coding, packed) in all(TEXT) {
        let half = Bytes::copy_from_slice(&packed[..packed.len() - 10]);
        let whole = Body { data: half.clone(), length: half.len() as u64 };
        let error = coding.decode(&whole, usize::MAX).unwrap_err();
        match coding {
            ContentCoding::Gzip | ContentCoding::Deflate => {
                assert!(matches!(&error, CodingError::Truncated { decoded } if TEXT.starts_with(decoded)), "{error}");
            }
            ContentCoding::Brotli | ContentCoding::Zstd => {
                assert!(matches!(error, CodingError::Corrupt { .. }), "{error}");
            }
        }
        let cut = Body { data: half, length: packed.len() as u64 };
        let decoded = coding.decode(&cut, usize::MAX).unwrap();
        assert!(decoded.is_cut && TEXT.starts_with(&decoded.data), "{coding:?}");
    }
}

#[test]
fn ends_within_the_frame_are_told_apart() {
    let packed = gzip(TEXT);
    let check = |length: usize, is_frame: bool| {
        let error = decode(ContentCoding::Gzip, &packed[..length], usize::MAX).unwrap_err();
        assert_eq!(matches!(error, CodingError::FrameTruncated { .. }), is_frame, "{length}: {error}");
    };
    check(1, true);
    check(9, true);
    check(10, false);
    check(packed.len() - 9, false);
    check(packed.len() - 8, true);
    check(packed.len() - 1, true);
}

#[test]
fn codings_are_taken_from_the_first_header() {
    let check = |headers: &str, known: &[ContentCoding], expected: &[ContentCoding]| {
        let text = format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n");
        let scanned = crate::protocol::http::HeadScanner::default().scan(text.as_bytes(), false).unwrap().unwrap();
        let head = ResponseHead::new(text.as_bytes(), scanned);
        assert_eq!(ContentCoding::of_response(&head, known), expected, "{headers}");
    };
    let usual = ContentCoding::USUAL;
    check("A: b", usual, &[]);
    check("Content-Encoding: GZip", usual, &[ContentCoding::Gzip]);
    check("Content-Encoding: x-gzip, br", usual, &[ContentCoding::Gzip, ContentCoding::Brotli]);
    check("Content-Encoding: identity\r\nContent-Encoding: gzip", usual, &[]);
    check("Content-Encoding: zstd", usual, &[]);
    check("Content-Encoding: zstd", &[ContentCoding::Zstd], &[ContentCoding::Zstd]);
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(data: Vec<u8>, flip: proptest::sample::Index) {
        for (coding, mut packed) in all(&data) {
            let _ = decode(coding, &data, 1000);
            let at = flip.index(packed.len());
            packed[at] ^= 0x55;
            let _ = decode(coding, &packed, 1000);
        }
    }
}
