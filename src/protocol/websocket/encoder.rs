//! Frames to bytes: any frame, also one that no RFC allows.

use bytes::{BufMut, BytesMut};

use super::FrameHeader;
use super::mask::mask;

/// The largest header: two bytes, eight of length, four of the key.
const LARGEST_HEADER: usize = 14;

/// Appends a frame to `out` and returns its size in bytes. A masked one gets a fresh random key.
pub fn encode(header: FrameHeader, payload: &[u8], out: &mut BytesMut) -> usize {
    encode_with_key(header, rand::random(), payload, out)
}

/// Appends a frame to `out` and returns its size in bytes. `key` is for the masked ones.
pub fn encode_with_key(header: FrameHeader, key: [u8; 4], payload: &[u8], out: &mut BytesMut) -> usize {
    let start = out.len();
    out.reserve(LARGEST_HEADER + payload.len());
    let mask_bit = u8::from(header.masked) << 7;
    out.put_u8(header.first_byte());
    match payload.len() {
        length @ 0..=125 => out.put_u8(mask_bit + length as u8),
        length @ 126..=0xFFFF => {
            out.put_u8(mask_bit + 126);
            out.put_u16(length as u16);
        }
        length => {
            out.put_u8(mask_bit + 127);
            out.put_u64(length as u64);
        }
    }
    if header.masked {
        out.put_slice(&key);
    }
    let payload_start = out.len();
    out.put_slice(payload);
    if header.masked {
        mask(&mut out[payload_start..], key);
    }
    out.len() - start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::websocket::Opcode;

    const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

    fn check(header: FrameHeader, payload: &[u8], expected: &[u8]) {
        let mut out = BytesMut::from(&b"before"[..]);
        assert_eq!(encode_with_key(header, KEY, payload, &mut out), expected.len());
        assert_eq!(&out[6..], expected);
    }

    #[test]
    fn the_examples_of_the_rfc() {
        let text = FrameHeader::new(Opcode::TEXT);
        check(text.unmasked(), b"Hello", b"\x81\x05Hello");
        check(text, b"Hello", &[0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]);
        check(text.unmasked().not_final(), b"Hel", b"\x01\x03Hel");
        check(FrameHeader::new(Opcode::CONTINUATION).unmasked(), b"lo", b"\x80\x02lo");
        check(FrameHeader::new(Opcode::PING).unmasked(), b"Hello", b"\x89\x05Hello");
        let pong = [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        check(FrameHeader::new(Opcode::PONG), b"Hello", &pong);
        let binary = FrameHeader::new(Opcode::BINARY).unmasked();
        check(binary, &[7; 256], &[&[0x82, 0x7E, 0x01, 0x00][..], &[7; 256]].concat());
        let large = vec![7; 65536];
        check(binary, &large, &[&[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0][..], &large].concat());
    }

    #[test]
    fn the_length_takes_as_few_bytes_as_it_can() {
        for (length, header) in [(0, 2), (125, 2), (126, 4), (65535, 4), (65536, 10)] {
            let mut out = BytesMut::new();
            let size = encode(FrameHeader::new(Opcode::BINARY).unmasked(), &vec![0; length], &mut out);
            assert_eq!(size, header + length);
        }
    }

    #[test]
    fn what_no_rfc_allows_can_be_sent_too() {
        let odd = FrameHeader { rsv1: true, rsv2: true, rsv3: true, ..FrameHeader::new(Opcode::from_bits(0xB)) };
        check(odd.unmasked().not_final(), b"", &[0x7B, 0x00]);
        check(FrameHeader::new(Opcode::PING).unmasked(), &[1; 126], &[&[0x89, 0x7E, 0, 126][..], &[1; 126]].concat());
    }
}
