//! HTTP responses.

use loadline::protocol::http::{AnswerTo, ResponseReader};

pub(crate) const SEEDS: &[&[u8]] = &[
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 302 Found\nLocation: /\n\nrest",
    b"junk\r\nHTTP/1.1 204\r\nSet-Cookie: a=b\r\n folded\r\n\r\n",
];

/// Byte by byte or at once, the same response comes out or the same error; and no more is kept than asked for.
pub(crate) fn read(data: &[u8]) {
    for answer_to in [AnswerTo::Other, AnswerTo::Head] {
        let whole = response(data, data.len().max(1), answer_to);
        assert_eq!(whole, response(data, 1, answer_to));
        assert_eq!(whole, response(data, 7, answer_to));
    }
}

/// The head, the body and the error that come of the bytes.
fn response(data: &[u8], piece: usize, answer_to: AnswerTo) -> (Vec<u8>, Vec<u8>, Option<String>) {
    let mut reader = ResponseReader::new(answer_to, 4096, 1024);
    let mut error = None;
    'all: for mut piece in data.chunks(piece) {
        while !piece.is_empty() && !reader.is_done() {
            match reader.feed(piece) {
                Ok(taken) => piece = &piece[taken..],
                Err(found) => {
                    error = Some(format!("{found:?}"));
                    break 'all;
                }
            }
        }
    }
    if error.is_none() && !reader.is_done() {
        error = reader.end().err().map(|found| format!("{found:?}"));
    }
    match reader.finish() {
        Some(response) => {
            assert!(response.body.data.len() <= 1024);
            (response.head.as_bytes().to_vec(), response.body.data.to_vec(), error)
        }
        None => (Vec::new(), Vec::new(), error),
    }
}
