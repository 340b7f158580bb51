use std::io::Cursor;

use proptest::prelude::*;
use tokio_tungstenite::tungstenite::protocol::frame::FrameSocket;

use super::*;
use crate::protocol::websocket::{encode, encode_with_key};

const LIMIT: u64 = 1 << 20;
const LENIENT: FrameRules = FrameRules::lenient(LIMIT);
const CLIENT: FrameRules = FrameRules::strict_client(LIMIT, false);
const SERVER: FrameRules = FrameRules::strict_server(LIMIT, false);

/// All frames of a stream that comes in pieces of `size` bytes, and what ended it.
fn decode(bytes: &[u8], size: usize, rules: FrameRules) -> (Vec<Frame>, Result<UnexpectedEnd, FrameError>) {
    let (mut decoder, mut buffer, mut frames) = (FrameDecoder::new(rules), BytesMut::new(), Vec::new());
    for piece in bytes.chunks(size) {
        buffer.extend_from_slice(piece);
        loop {
            match decoder.decode(&mut buffer) {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(error) => return (frames, Err(error)),
            }
        }
    }
    (frames, Ok(decoder.end(&mut buffer)))
}

fn frame(header: FrameHeader, payload: &'static [u8], wire_size: u64) -> Frame {
    Frame { header, payload: Bytes::from_static(payload), wire_size }
}

#[test]
fn the_examples_of_the_rfc_however_they_are_cut() {
    let text = FrameHeader::new(Opcode::TEXT).unmasked();
    let rest = FrameHeader::new(Opcode::CONTINUATION).unmasked();
    let ping = FrameHeader::new(Opcode::PING).unmasked();
    let bytes = b"\x81\x05Hello\x01\x03Hel\x89\x05Hello\x80\x02lo\x81\x00";
    let expected = [
        frame(text, b"Hello", 7),
        frame(text.not_final(), b"Hel", 5),
        frame(ping, b"Hello", 7),
        frame(rest, b"lo", 4),
        frame(text, b"", 2),
    ];
    for size in 1..=bytes.len() {
        let (frames, end) = decode(bytes, size, CLIENT);
        assert_eq!((frames.as_slice(), end), (&expected[..], Ok(UnexpectedEnd::BetweenFrames)), "pieces of {size}");
    }
}

#[test]
fn a_client_s_mask_is_taken_off() {
    let bytes = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
    for size in 1..=bytes.len() {
        assert_eq!(decode(&bytes, size, SERVER).0, [frame(FrameHeader::new(Opcode::TEXT), b"Hello", 11)]);
    }
}

#[test]
fn a_lenient_client_takes_the_key_of_a_mask_for_payload() {
    let (frames, end) = decode(&[0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], 3, LENIENT);
    assert_eq!(frames[0], frame(FrameHeader::new(Opcode::TEXT), b"\x37\xFA\x21\x3D\x7F", 7));
    assert_eq!(end, Ok(UnexpectedEnd::InPayload { expected: 0x4D, received: 2 }));
}

#[test]
fn what_the_rfc_forbids_is_refused_as_soon_as_it_is_seen_or_taken() {
    let check = |bytes: &[u8], rules: FrameRules, expected: FrameError| {
        assert_eq!(decode(bytes, 1, rules), (vec![], Err(expected)), "{bytes:x?}");
        assert_eq!(decode(&bytes[..2], 1, LENIENT).1.err(), None);
    };
    for first in [0xC1, 0xA1, 0x91, 0xF1] {
        check(&[first, 0], CLIENT, FrameError::ReservedBits);
    }
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        check(&[0x80 | opcode, 5], CLIENT, FrameError::ReservedOpcode(Opcode::from_bits(opcode)));
    }
    check(&[0x81, 0x85], CLIENT, FrameError::Masked);
    check(&[0x81, 0x05], SERVER, FrameError::NotMasked);
    check(&[0x09, 0x05], CLIENT, FrameError::FragmentedControl(Opcode::PING));
    check(&[0x88, 126, 0, 126], CLIENT, FrameError::LongControl { opcode: Opcode::CLOSE, length: 126 });
    check(&[0x81, 126, 0, 125], CLIENT, FrameError::PaddedLength(125));
    check(&[0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], CLIENT, FrameError::PaddedLength(65535));

    let compression = FrameRules::strict_client(LIMIT, true);
    assert_eq!(decode(&[0xC1, 0], 1, compression).0.len(), 1);
    for first in [0xC0, 0xC9] {
        check(&[first, 0], compression, FrameError::ReservedBits);
    }
    let odd = [0xF3, 2, 1, 2, 0x09, 126, 0, 1, 7];
    let (frames, end) = decode(&odd, 2, LENIENT);
    assert_eq!((frames.len(), end), (2, Ok(UnexpectedEnd::BetweenFrames)));
    assert_eq!(frames.iter().map(|frame| frame.wire_size).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_frame_that_is_too_large_is_told_before_anything_is_allocated() {
    for length in [LIMIT + 1, u64::from(u32::MAX), u64::MAX] {
        let mut buffer = BytesMut::from(&[0x82, 127][..]);
        buffer.extend_from_slice(&length.to_be_bytes());
        let capacity = buffer.capacity();
        for rules in [LENIENT, CLIENT] {
            let error = FrameDecoder::new(rules).decode(&mut buffer.clone());
            assert_eq!(error, Err(FrameError::TooLarge { length, limit: LIMIT }));
        }
        assert_eq!(
            FrameDecoder::new(LENIENT).decode(&mut buffer).map_err(|_| buffer.capacity() <= capacity),
            Err(true)
        );
    }
    let longest = FrameDecoder::new(LENIENT).decode(&mut BytesMut::from(&[0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 0][..]));
    assert_eq!(longest, Ok(None));
}

#[test]
fn a_large_payload_is_handed_over_where_it_was_read() {
    let (mut decoder, mut buffer) = (FrameDecoder::new(LENIENT), BytesMut::new());
    buffer.extend_from_slice(&[0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 0]);
    buffer.extend_from_slice(&[7; 4000]);
    assert_eq!(decoder.decode(&mut buffer), Ok(None));
    assert_eq!(decoder.begun(), Some((FrameHeader::new(Opcode::BINARY).unmasked(), 1 << 20)));
    let (place, room) = (buffer.as_ptr(), buffer.capacity());
    assert!((1 << 20..(1 << 20) + 8192).contains(&room), "{room}");
    buffer.extend_from_slice(&vec![7; (1 << 20) - 4000]);
    let frame = decoder.decode(&mut buffer).unwrap().unwrap();
    assert_eq!((frame.payload.as_ptr(), frame.payload.len(), buffer.len()), (place, 1 << 20, 0));
}

#[test]
fn where_a_stream_ended() {
    let check = |bytes: &[u8], rules, expected| assert_eq!(decode(bytes, 1, rules).1, Ok(expected), "{bytes:x?}");
    check(b"\x81\x01a", LENIENT, UnexpectedEnd::BetweenFrames);
    check(b"\x81", LENIENT, UnexpectedEnd::InHeader);
    check(b"\x81\x7E", LENIENT, UnexpectedEnd::InLength { expected: 2, received: 0 });
    check(b"\x81\x7E\x01", LENIENT, UnexpectedEnd::InLength { expected: 2, received: 1 });
    check(b"\x81\x7F\0\0\0", LENIENT, UnexpectedEnd::InLength { expected: 8, received: 3 });
    check(b"\x81\x05", LENIENT, UnexpectedEnd::InPayload { expected: 5, received: 0 });
    check(b"\x81\x05ab", LENIENT, UnexpectedEnd::InPayload { expected: 5, received: 2 });
    check(b"\x81\x85ab", SERVER, UnexpectedEnd::InMaskingKey);
    let mut decoder = FrameDecoder::new(LENIENT);
    let mut buffer = BytesMut::from(&b"\x81\x05ab"[..]);
    assert_eq!(decoder.decode(&mut buffer), Ok(None));
    assert_eq!(decoder.end(&mut buffer), UnexpectedEnd::InPayload { expected: 5, received: 2 });
    assert_eq!(decoder.end(&mut buffer), UnexpectedEnd::BetweenFrames);
}

fn any_header() -> impl Strategy<Value = FrameHeader> {
    (any::<u8>(), any::<bool>()).prop_map(|(first, masked)| FrameHeader::from_bytes(first, u8::from(masked) << 7))
}

/// Lengths on both sides of where their notation changes.
fn any_payload() -> impl Strategy<Value = Vec<u8>> {
    let length = prop_oneof![0..300_usize, 65_530..65_540_usize, 500..520_usize];
    (length, any::<u8>()).prop_map(|(length, seed)| (0..length).map(|i| (i as u8).wrapping_mul(31) ^ seed).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_encoded_is_decoded_however_it_is_cut(frames in prop::collection::vec((any_header(), any_payload()), 0..5), size in prop_oneof![1..20_usize, 1000..5000_usize]) {
        let rules = FrameRules { mask_bit: MaskBit::Required, ..LENIENT };
        let mut bytes = BytesMut::new();
        let mut expected = Vec::new();
        for (header, payload) in frames {
            let header = FrameHeader { masked: true, ..header };
            let wire_size = encode(header, &payload, &mut bytes) as u64;
            expected.push(Frame { header, payload: payload.into(), wire_size });
        }
        prop_assert_eq!(decode(&bytes, size, rules), (expected, Ok(UnexpectedEnd::BetweenFrames)));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1..20_usize) {
        for rules in [LENIENT, CLIENT, SERVER, FrameRules::lenient(0)] {
            let (frames, _) = decode(&bytes, size, rules);
            prop_assert!(frames.iter().map(|frame| frame.wire_size).sum::<u64>() <= bytes.len() as u64);
        }
    }

    /// The reader of tungstenite, an independent implementation, sees the same frames.
    #[test]
    fn another_implementation_reads_the_same(frames in prop::collection::vec((any_header(), any_payload(), any::<[u8; 4]>()), 0..6), size in 1..3000_usize) {
        let mut bytes = BytesMut::new();
        for (header, payload, key) in &frames {
            if !header.opcode.is_reserved() {
                encode_with_key(*header, *key, payload, &mut bytes);
            }
        }
        // Neither side takes masks off, tungstenite after reading the key, ours with the key as part of the payload.
        let unmasked = FrameRules { mask_bit: MaskBit::Required, ..LENIENT };
        let mut socket = FrameSocket::new(Cursor::new(bytes.to_vec()));
        let mut rest = bytes.clone();
        let mut decoder = FrameDecoder::new(unmasked);
        while let Some(theirs) = socket.read(None).unwrap() {
            decoder.set_rules(if theirs.header().mask.is_some() { unmasked } else { LENIENT });
            let mut ours = None;
            let mut buffer = BytesMut::new();
            while ours.is_none() {
                let piece = rest.split_to(size.min(rest.len()));
                prop_assert!(!piece.is_empty());
                buffer.extend_from_slice(&piece);
                ours = decoder.decode(&mut buffer).unwrap();
            }
            buffer.unsplit(rest);
            rest = buffer;
            let ours = ours.unwrap();
            let header = theirs.header();
            let flags = (header.is_final, header.rsv1, header.rsv2, header.rsv3, header.mask.is_some());
            let our_flags = (ours.header.fin, ours.header.rsv1, ours.header.rsv2, ours.header.rsv3, ours.header.masked);
            prop_assert_eq!((u8::from(header.opcode), flags), (ours.header.opcode.bits(), our_flags));
            let mut payload = theirs.payload().to_vec();
            if let Some(key) = header.mask {
                mask(&mut payload, key);
            }
            prop_assert_eq!(&payload[..], &ours.payload[..]);
        }
        prop_assert!(rest.is_empty());
    }
}
