use proptest::prelude::*;

use super::*;

/// The body, how many bytes it took, and whether that was all; pieces of so many bytes are fed.
fn decode(input: &[u8], piece: usize) -> Result<(Vec<u8>, usize, bool), ChunkError> {
    let (mut chunks, mut body, mut used) = (ChunkedDecoder::default(), Vec::new(), 0);
    for part in input.chunks(piece.max(1)) {
        used += chunks.feed(part, |data| body.extend_from_slice(data))?;
        if chunks.is_done() {
            return Ok((body, used, true));
        }
    }
    chunks.end()?;
    Ok((body, used, chunks.is_done()))
}

/// In which `|` stands for CR LF. All ways to cut the input give the same.
fn check(input: &str, expected: &Result<(&str, usize), ChunkError>) {
    let input = input.replace('|', "\r\n");
    for piece in 1..=input.len().max(1) {
        let decoded = decode(input.as_bytes(), piece);
        let decoded = decoded.map(|(body, used, _)| (String::from_utf8(body).unwrap(), used));
        let expected = expected.clone().map(|(body, used)| (body.to_owned(), used));
        assert_eq!(decoded, expected, "{input:?} in pieces of {piece}");
    }
}

#[test]
fn chunks_are_put_together() {
    check("2|ok|0||", &Ok(("ok", 12)));
    check("2|ok|0||next", &Ok(("ok", 12)));
    check("2\nok\n0\n\n", &Ok(("ok", 8)));
    check(" 2 ; name=value |ok|1|!|000;x|A: b| c||", &Ok(("ok!", 47)));
    check("A|0123456789|a|0123456789|0||", &Ok(("01234567890123456789", 35)));
    check("+1|x|0||", &Ok(("x", 12)));
}

#[test]
fn the_end_of_the_stream_may_stand_for_the_last_empty_line() {
    check("2|ok|0|", &Ok(("ok", 10)));
    check("2|ok|0", &Ok(("ok", 8)));
    check("0|A: b", &Ok(("", 7)));
}

#[test]
fn broken_chunks_are_errors() {
    check("xyz|", &Err(ChunkError::BadHeader("xyz".into())));
    check("2 3|", &Err(ChunkError::BadHeader("2 3".into())));
    check("8000000000000000|", &Err(ChunkError::BadHeader("8000000000000000".into())));
    check("-1|", &Err(ChunkError::NegativeSize));
    check("2|okay|", &Err(ChunkError::UnexpectedContent));
    check("2|ok", &Err(ChunkError::MissingLineEnd));
    check("2|o", &Err(ChunkError::Truncated { expected: 2, received: 1 }));
    check("2", &Err(ChunkError::Truncated { expected: 2, received: 0 }));
    check("2|ok|", &Err(ChunkError::MissingLastChunk));
    check("", &Err(ChunkError::MissingLastChunk));
    check("0|no colon||", &Err(ChunkError::InvalidTrailer("no colon".into())));
    check("0|: no name||", &Err(ChunkError::InvalidTrailer(": no name".into())));
}

#[test]
fn lines_and_trailers_have_a_limit() {
    let endless = "x".repeat(2 * LONGEST_LINE);
    assert_eq!(decode(endless.as_bytes(), 1000), Err(ChunkError::TooLong));
    let trailers = format!("0\r\n{}", "A: b\r\n".repeat(LONGEST_LINE));
    assert_eq!(decode(trailers.as_bytes(), 1000), Err(ChunkError::TooLong));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(input: Vec<u8>, piece in 1..9usize) {
        let _ = decode(&input, piece);
    }

    #[test]
    fn what_is_chunked_comes_out_again(chunks: Vec<Vec<u8>>, piece in 1..100usize) {
        let mut input = Vec::new();
        for chunk in chunks.iter().filter(|chunk| !chunk.is_empty()) {
            input.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            input.extend_from_slice(chunk);
            input.extend_from_slice(b"\r\n");
        }
        input.extend_from_slice(b"0\r\n\r\n");
        prop_assert_eq!(decode(&input, piece), Ok((chunks.concat(), input.len(), true)));
    }

    #[test]
    fn it_does_not_matter_how_bytes_come(input in "[0-3;x\r\n|]{0,20}") {
        prop_assert_eq!(decode(input.as_bytes(), 1), decode(input.as_bytes(), input.len()));
    }
}
