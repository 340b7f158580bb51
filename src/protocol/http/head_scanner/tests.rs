use proptest::prelude::*;

use super::*;

fn scan(text: &[u8]) -> Result<Option<ScannedHead>, HeadError> {
    HeadScanner::default().scan(text, false)
}

/// The same, but byte by byte.
fn scan_bytes(text: &[u8]) -> Result<Option<ScannedHead>, HeadError> {
    let mut scanner = HeadScanner::default();
    for end in 0..=text.len() {
        if let Some(head) = scanner.scan(&text[..end], false)? {
            return Ok(Some(head));
        }
    }
    Ok(None)
}

fn framing(headers: &str) -> FramingFields {
    let text = format!("HTTP/1.1 200 OK\r\n{}\r\n\r\n", headers.replace('|', "\r\n"));
    scan(text.as_bytes()).unwrap().unwrap().framing
}

#[test]
fn a_head_ends_with_an_empty_line() {
    let check = |text: &str, end| assert_eq!(scan(text.as_bytes()).unwrap().map(|head| head.end), end, "{text:?}");
    check("HTTP/1.1 200 OK\r\n\r\nbody", Some(19));
    check("HTTP/1.1 200 OK\n\nbody", Some(17));
    check("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", Some(25));
    check("HTTP/1.1 200 OK\r\nA: b\r\n", None);
    check("HTTP/1.1 200 OK\r\nA: b\r\n \r\n\r\n", Some(28));
    check("HTTP/1.1 200 OK\r\n", None);
    check("", None);
}

#[test]
fn a_head_may_be_ended_by_the_stream() {
    let check = |text: &str, code: Option<u32>| {
        let head = HeadScanner::default().scan(text.as_bytes(), true);
        assert_eq!(head.ok().flatten().map(|head| head.status_line.code), code, "{text:?}");
    };
    check("HTTP/1.1 200 OK", Some(200));
    check("HTTP/1.1 200 OK\r\nA: b", Some(200));
    check("HTTP/1.1 200 OK\r\nA: b\r\n", Some(200));
    check("HTTP/1.1 200 OK\r\nA", None);
    check("HTTP/1.1 2", None);
    check("junk", None);
}

#[test]
fn the_first_transfer_encoding_counts_and_the_last_length_that_is_one() {
    assert_eq!(framing("Content-Length: 5|content-length: 6|Content-Length: x").content_length, Some(6));
    assert_eq!(framing("Content-Length: 5|Content-Length: 6").content_lengths, 2);
    let encoding = |headers| framing(headers).transfer_encoding;
    assert_eq!(encoding("Transfer-Encoding:  chunked "), Some(TransferEncoding::Chunked));
    assert_eq!(encoding("Transfer-Encoding: gzip ,chunked;q=1"), Some(TransferEncoding::ChunkedLast));
    assert_eq!(encoding("Transfer-Encoding: identity|Transfer-Encoding: chunked"), Some(TransferEncoding::Other));
}

#[test]
fn the_server_s_patience_is_read() {
    let check = |headers, seconds: Option<u64>| {
        assert_eq!(framing(headers).keep_alive, seconds.map(Duration::from_secs), "{headers}");
    };
    check("Keep-Alive: timeout=5, max=100", Some(5));
    check("Keep-Alive: max=100|Keep-Alive: Timeout = \"7\"", Some(7));
    check("Keep-Alive: timeout=soon, timeout=8", Some(8));
    check("Keep-Alive: 5", None);
    check("Keep-Alive: timeout=-5", Some(0));
}

#[test]
fn folded_headers_are_one() {
    let framing = framing("Content-Length:|\t 12|Connection: a,|   close");
    assert_eq!(framing.content_length, Some(12));
    assert!(framing.connection.unwrap().close);
}

#[test]
fn bytes_may_come_one_by_one() {
    for text in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nFolded: a\r\n b\r\n\tc\r\nConnection: close\r\n\r\nbody",
        "junk\n\nHTTP/1.0 404 \nA:b\n\nbody",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/x 200 OK\r\n\r\n",
    ] {
        assert_eq!(format!("{:?}", scan(text.as_bytes())), format!("{:?}", scan_bytes(text.as_bytes())), "{text:?}");
    }
}

/// Something like a head, and often one.
fn heads() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        "[A-Za-z-]{1,8}: [ -~]{0,12}",
        "(Content-Length|Transfer-Encoding|Connection|Keep-Alive): ?[a-z0-9=, ]{0,9}",
        "[ \t]{1,2}[a-z]{0,4}",
        "[ -~]{0,8}",
    ];
    let end = prop_oneof![Just("\r\n"), Just("\n")];
    let lines = proptest::collection::vec((line, end), 0..8);
    let status = prop_oneof!["HTTP/1\\.[01] [1-5][0-9]{2} [a-z ]{0,5}", "[ -~]{0,20}"];
    (status, lines).prop_map(|(status, lines)| {
        let rest: String = lines.into_iter().map(|(line, end)| line + end).collect();
        format!("{status}\r\n{rest}\r\n").into_bytes()
    })
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(bytes: Vec<u8>, ended: bool) {
        let _ = HeadScanner::default().scan(&bytes, ended);
    }

    #[test]
    fn it_does_not_matter_how_bytes_come(bytes in heads()) {
        prop_assert_eq!(format!("{:?}", scan(&bytes)), format!("{:?}", scan_bytes(&bytes)));
    }

    /// Whatever a strict parser understands means the same here.
    #[test]
    fn httparse_agrees(bytes in heads()) {
        let mut headers = [httparse::EMPTY_HEADER; 16];
        let mut strict = httparse::Response::new(&mut headers);
        if let Ok(httparse::Status::Complete(end)) = strict.parse(&bytes) {
            let ours = scan(&bytes).unwrap().unwrap();
            prop_assert_eq!(ours.end, end);
            prop_assert_eq!(ours.status_line.code, u32::from(strict.code.unwrap()));
            prop_assert_eq!(&bytes[ours.status_line.reason], strict.reason.unwrap().trim().as_bytes());
            let close = strict.headers.iter().any(|header| header.name.eq_ignore_ascii_case("connection")
                && String::from_utf8_lossy(header.value).split(',').any(|token| token.trim() == "close"));
            prop_assert_eq!(ours.framing.connection.is_some_and(|tokens| tokens.close), close);
        }
    }
}

#[test]
fn the_last_content_type_counts() {
    let check = |headers: &str, expected: Option<&str>, is_folded| {
        let text = format!("junk\r\nHTTP/1.1 200 OK\r\n{}\r\n\r\n", headers.replace('|', "\r\n"));
        let scanned = scan(text.as_bytes()).unwrap().unwrap();
        let head = &text[scanned.start..scanned.end];
        assert_eq!(scanned.framing.content_type.map(|value| &head[value]), expected, "{headers}");
        assert_eq!(scanned.framing.is_folded, is_folded, "{headers}");
    };
    check("A: b", None, false);
    check("Content-Type: a|content-type:b", Some("b\r\n"), false);
    check("Content-Type: a| ;c=d|B: c", Some(" a\r\n ;c=d\r\n"), true);
}
