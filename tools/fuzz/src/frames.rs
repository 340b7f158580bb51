//! WebSocket frames.

use bytes::BytesMut;
use loadline::protocol::websocket::{Conformance, Frame, FrameDecoder, FrameRules, MaskBit};

pub(crate) const SEEDS: &[&[u8]] = &[
    b"\x81\x05Hello\x89\x04ping\x88\x02\x03\xe8",
    b"\x01\x03Hel\x80\x02lo",
    b"\x82\x7e\x01\x00",
    b"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00",
    b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58",
];

/// Byte by byte or at once, the same frames come out and the same error.
pub(crate) fn decode(data: &[u8]) {
    for mask_bit in [MaskBit::Ignored, MaskBit::Forbidden, MaskBit::Required] {
        for conformance in [Conformance::Strict { compression: true }, Conformance::Lenient] {
            let rules = FrameRules { max_payload: 1 << 16, mask_bit, conformance };
            assert_eq!(frames(data, data.len().max(1), rules), frames(data, 1, rules));
        }
    }
}

fn frames(data: &[u8], piece: usize, rules: FrameRules) -> (Vec<Frame>, Option<String>) {
    let (mut decoder, mut buffer, mut found) = (FrameDecoder::new(rules), BytesMut::new(), Vec::new());
    for piece in data.chunks(piece) {
        buffer.extend_from_slice(piece);
        loop {
            match decoder.decode(&mut buffer) {
                Ok(Some(frame)) => found.push(frame),
                Ok(None) => break,
                Err(error) => return (found, Some(error.to_string())),
            }
        }
    }
    (found, None)
}
