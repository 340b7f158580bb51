use proptest::prelude::*;

use super::*;

const LIMIT: usize = 1 << 20;

fn inflate(inflater: &mut Inflater, fragments: &[&[u8]]) -> Result<Vec<u8>, InflateError> {
    let mut output = Vec::new();
    for (i, fragment) in fragments.iter().enumerate() {
        inflater.inflate(fragment, i + 1 == fragments.len(), LIMIT, &mut output)?;
    }
    Ok(output)
}

fn deflate(deflater: &mut Deflater, message: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    deflater.deflate(message, true, &mut output);
    output
}

#[test]
fn the_examples_of_the_rfc() {
    let check = |fragments: &[&[u8]]| {
        assert_eq!(inflate(&mut Inflater::new(true, 15), fragments).unwrap(), b"Hello", "{fragments:x?}");
    };
    check(&[&[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]]);
    check(&[&[0xf2, 0x48, 0xcd], &[0xc9, 0xc9, 0x07, 0x00]]);
    check(&[&[0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00]]);
    check(&[&[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]]);
    check(&[&[0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00]]);
    assert_eq!(inflate(&mut Inflater::new(true, 15), &[&[0x00]]).unwrap(), b"");
}

#[test]
fn a_message_refers_to_the_one_before_it_where_that_is_allowed() {
    let first: &[u8] = &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
    let second: &[u8] = &[0xf2, 0x00, 0x11, 0x00, 0x00];
    let mut inflater = Inflater::new(true, 15);
    assert_eq!(inflate(&mut inflater, &[first]).unwrap(), b"Hello");
    assert_eq!(inflate(&mut inflater, &[second]).unwrap(), b"Hello");
    assert_eq!(inflate(&mut inflater, &[second]).unwrap(), b"Hello");

    let mut alone = Inflater::new(false, 15);
    assert_eq!(inflate(&mut alone, &[first]).unwrap(), b"Hello");
    assert_eq!(inflate(&mut alone, &[second]), Err(InflateError::Invalid { reason: "invalid distance too far back" }));
    assert_eq!(
        inflate(&mut Inflater::new(true, 15), &[second]),
        Err(InflateError::Invalid { reason: "invalid distance too far back" })
    );
}

#[test]
fn the_window_outlives_a_stream_that_ends_with_a_message() {
    let ended: &[u8] = &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00];
    let mut inflater = Inflater::new(true, 15);
    assert_eq!(inflate(&mut inflater, &[ended]).unwrap(), b"Hello");
    assert_eq!(inflate(&mut inflater, &[&[0xf2, 0x00, 0x11, 0x00, 0x00]]).unwrap(), b"Hello");
}

#[test]
fn a_bomb_is_stopped_at_the_limit() {
    let bomb = deflate(&mut Deflater::new(true, 15, 9), &vec![0; 8 << 20]);
    assert!(bomb.len() < 10_000);
    let mut output = Vec::new();
    let result = Inflater::new(true, 15).inflate(&bomb, true, LIMIT, &mut output);
    assert_eq!(result, Err(InflateError::TooLarge { limit: LIMIT }));
    assert!(output.capacity() <= 3 * LIMIT, "{}", output.capacity());
    let exact = deflate(&mut Deflater::new(true, 15, 9), &vec![0; LIMIT]);
    assert_eq!(inflate(&mut Inflater::new(true, 15), &[&exact]).unwrap().len(), LIMIT);
}

#[test]
fn what_is_sent_repeatedly_shrinks_where_that_is_allowed() {
    let message: Vec<u8> = (0..500).map(|i: u32| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let sizes = |takeover| {
        let mut deflater = Deflater::new(takeover, 15, 6);
        [deflate(&mut deflater, &message).len(), deflate(&mut deflater, &message).len()]
    };
    let [first, second] = sizes(true);
    assert!(first > 400 && second < 30, "{first} {second}");
    let [first, second] = sizes(false);
    assert_eq!(first, second);
}

#[test]
fn an_empty_message_is_one_byte() {
    let mut deflater = Deflater::new(true, 15, 6);
    assert_eq!(deflate(&mut deflater, b""), [0]);
    let (mut first, mut last) = (Vec::new(), Vec::new());
    deflater.deflate(b"Hello", false, &mut first);
    deflater.deflate(b"", true, &mut last);
    assert_eq!(inflate(&mut Inflater::new(true, 15), &[&first, &last]).unwrap(), b"Hello");
    let mut inflater = Inflater::new(true, 15);
    assert_eq!(inflate(&mut inflater, &[&first, b"", b"", &last]).unwrap(), b"Hello");
}

#[test]
fn waiting_costs_only_the_history() {
    let (mut deflater, mut inflater) = (Deflater::new(true, 15, 1), Inflater::new(true, 15));
    for _ in 0..100 {
        let compressed = deflate(&mut deflater, &[7; 1000]);
        inflate(&mut inflater, &[&compressed]).unwrap();
    }
    assert!(deflater.state.is_none() && inflater.state.is_none());
    assert_eq!((deflater.history.bytes.len(), inflater.history.bytes.len()), (SENT_HISTORY, 32 * 1024));
}

/// How far back a message of 200 bytes may lie so that its repetition still compresses.
fn farthest_reference(window_bits: u8) -> usize {
    let mut inflater = Inflater::new(true, window_bits);
    let mut deflater = Deflater::new(true, window_bits, 9);
    let byte = |i: u32| (i.wrapping_mul(2_654_435_761) >> 24) as u8;
    let noise = |seed: u32| -> Vec<u8> { (0..200).map(|i| byte(i ^ seed << 8)).collect() };
    let mut farthest = 0;
    for gap in 0..400_u32 {
        let message = [noise(gap), vec![b'.'; gap as usize], noise(gap)].concat();
        let compressed = deflate(&mut deflater, &message);
        assert_eq!(inflate(&mut inflater, &[&compressed]).unwrap(), message);
        if compressed.len() < 300 {
            farthest = farthest.max(200 + gap as usize);
        }
    }
    farthest
}

#[test]
fn a_window_of_8_bits_is_kept_to() {
    let farthest = farthest_reference(8);
    assert!((200..=256).contains(&farthest), "{farthest}");
    assert!(farthest_reference(12) > 512);
}

fn any_message() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        prop::collection::vec(prop::sample::select(b"abcd".to_vec()), 0..3000),
        ("[a-z]{1,20}", 1..3000_usize).prop_map(|(text, times)| text.repeat(times).into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_deflated_is_inflated(messages in prop::collection::vec(any_message(), 1..8), takeover: bool, bits in 8..=15_u8, level in 1..=9_u32, cut in 1..5000_usize) {
        let (mut deflater, mut inflater) = (Deflater::new(takeover, bits, level), Inflater::new(takeover, bits));
        for message in messages {
            let mut output = Vec::new();
            let mut pieces = message.chunks(cut).peekable();
            if pieces.peek().is_none() {
                inflater.inflate(&deflate(&mut deflater, b""), true, LIMIT, &mut output).unwrap();
            }
            while let Some(piece) = pieces.next() {
                let (fin, mut compressed) = (pieces.peek().is_none(), Vec::new());
                deflater.deflate(piece, fin, &mut compressed);
                let (half, rest) = compressed.split_at(compressed.len() / 2);
                inflater.inflate(half, false, LIMIT, &mut output).unwrap();
                inflater.inflate(rest, fin, LIMIT, &mut output).unwrap();
            }
            prop_assert_eq!(output, message);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..100), 1..4)) {
        let mut inflater = Inflater::new(true, 15);
        let mut output = Vec::new();
        for message in messages {
            let _ = inflater.inflate(&message, message.len() % 2 == 0, 10_000, &mut output);
        }
        prop_assert!(output.len() <= 20_000);
    }
}
