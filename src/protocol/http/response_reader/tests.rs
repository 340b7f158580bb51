use proptest::prelude::*;

use super::*;

/// Reads a response that comes in pieces of so many bytes; `None` if it is not complete.
fn read(input: &[u8], piece: usize) -> Result<Option<(Response, usize)>, Error> {
    let mut reader = ResponseReader::new(AnswerTo::Other, 1 << 20, usize::MAX);
    let mut used = 0;
    for part in input.chunks(piece.max(1)) {
        used += reader.feed(part)?;
        if reader.is_done() {
            return Ok(reader.finish().map(|response| (response, used)));
        }
    }
    reader.end()?;
    Ok(reader.finish().map(|response| (response, used)))
}

fn text(result: &Result<Option<(Response, usize)>, Error>) -> String {
    format!("{result:?}")
}

#[test]
fn pieces_of_any_size_give_the_same_response() {
    for input in [
        "HTTP/1.1 200 OK|Content-Length: 4||bodyHTTP/1.1 200 OK|",
        "HTTP/1.1 103 Early|Link: x||HTTP/1.1 200 OK|Transfer-Encoding: chunked||2;x|ok|0|A: b||next",
        "junk|junk|HTTP/1.0 200 OK|Folded: a| b||until the end",
        "HTTP/1.1 204 No Content|Content-Length: 4||next",
        "HTTP/1.1 200 OK|Content-Length: 9||body",
        "HTTP/1.1 100 Continue||",
        "HTTP/1.1 200 OK|no colon||",
    ] {
        let input = input.replace('|', "\r\n");
        let whole = text(&read(input.as_bytes(), input.len()));
        for piece in 1..input.len() {
            assert_eq!(text(&read(input.as_bytes(), piece)), whole, "{input:?} in pieces of {piece}");
        }
    }
}

#[test]
fn a_head_has_a_limit_however_it_comes() {
    let check = |input: &str, limit, is_fine: bool| {
        for piece in [1, 3, input.len()] {
            let mut reader = ResponseReader::new(AnswerTo::Head, limit, 0);
            let result = input.as_bytes().chunks(piece).try_for_each(|part| reader.feed(part).map(drop));
            assert_eq!(result.is_ok(), is_fine, "{input:?} in pieces of {piece}, {limit}: {result:?}");
        }
    };
    let head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    check(head, head.len(), true);
    check(head, head.len() - 1, false);
    check("no line ever ends", 9, false);
}

#[test]
fn a_head_that_comes_again_is_the_same() {
    let check = |previous: &str, input: &str| {
        let (previous, input) = (previous.replace('|', "\r\n"), input.replace('|', "\r\n"));
        let (previous, _) = read(previous.as_bytes(), previous.len()).unwrap().unwrap();
        let mut reader = ResponseReader::new(AnswerTo::Other, 1 << 20, usize::MAX).after(Some(previous.head.clone()));
        let used = reader.feed(input.as_bytes()).unwrap();
        let head_bytes = reader.head_bytes();
        let again = reader.finish().unwrap();
        let (whole, used_whole) = read(input.as_bytes(), input.len()).unwrap().unwrap();
        assert_eq!((format!("{again:?}"), used), (format!("{whole:?}"), used_whole), "{input:?}");
        assert_eq!(head_bytes, whole.head.as_bytes().len() as u64, "{input:?}");
        Arc::ptr_eq(&again.head, &previous.head)
    };
    let head = "HTTP/1.1 200 OK|Content-Length: 4|A: b||";
    assert!(check(&format!("{head}body"), &format!("{head}othe")));
    assert!(check(&format!("junk|{head}body"), &format!("{head}body")));
    assert!(!check(&format!("{head}body"), "HTTP/1.1 200 OK|Content-Length: 3|A: b||new"));
    assert!(!check(&format!("{head}body"), "HTTP/1.1 200 OK|Content-Length: 4|A: b| folded||body"));
}

#[test]
fn a_body_takes_no_more_memory_than_there_are_bytes() {
    let mut reader = ResponseReader::new(AnswerTo::Other, 1 << 20, usize::MAX);
    reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nbody").unwrap();
    assert!(reader.body.capacity() <= LARGEST_RESERVE);
}

#[test]
fn a_tunnel_has_no_body_but_a_refusal_has() {
    for (code, body) in [(200, ""), (407, "why")] {
        let mut reader = ResponseReader::new(AnswerTo::Connect, 1 << 20, usize::MAX);
        reader.feed(format!("HTTP/1.1 {code} X\r\nContent-Length: 3\r\n\r\nwhy").as_bytes()).unwrap();
        assert!(reader.is_done());
        assert_eq!(reader.finish().unwrap().body.data, body);
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(input: Vec<u8>, piece in 1..9usize) {
        let _ = read(&input, piece);
    }

    #[test]
    fn it_does_not_matter_how_bytes_come(
        headers in "(Content-Length: [0-9]\r\n|Transfer-Encoding: chunked\r\n|A: b\r\n| c\r\n){0,3}",
        rest in "[0-3a\r\n]{0,20}",
        piece in 1..9usize,
    ) {
        let input = format!("HTTP/1.1 200 OK\r\n{headers}\r\n{rest}");
        prop_assert_eq!(text(&read(input.as_bytes(), piece)), text(&read(input.as_bytes(), input.len())));
    }
}
