use proptest::prelude::*;

use super::*;
use crate::protocol::http::HeadScanner;

fn head(text: &[u8]) -> Option<ResponseHead> {
    let scanned = HeadScanner::default().scan(text, true).ok()??;
    Some(ResponseHead::new(text, scanned))
}

fn of_lines(lines: &str) -> ResponseHead {
    head(format!("{}\r\n\r\n", lines.replace('|', "\r\n")).as_bytes()).unwrap()
}

#[test]
fn headers_are_looked_up_by_name() {
    let head = of_lines("HTTP/1.1 200 OK|Set-Cookie: a=1|A:  x y |set-COOKIE: b=2|Location: /a|  /b");
    assert_eq!(head.values("Set-Cookie").collect::<Vec<_>>(), [&b"a=1"[..], b"b=2"]);
    assert_eq!(head.first("a").as_deref(), Some(&b"x y"[..]));
    assert_eq!(head.last("location").as_deref(), Some(&b"/a /b"[..]));
    assert_eq!(head.first("b"), None);
    assert!(head.sets_cookies() && head.has_location() && !head.is_encoded());
}

#[test]
fn headers_are_counted_and_measured() {
    let check = |lines: &str, count| {
        let head = of_lines(&format!("HTTP/1.1 200 OK{lines}"));
        assert_eq!(
            (head.headers_count(), head.lines_length()),
            (count, head.lines().map(|line| line.len()).sum()),
            "{lines}"
        );
    };
    check("", 0);
    check("|A: b|Content-Length:   3", 2);
    check("|A: b|  c|\tD|E: f|A: b", 3);
}

#[test]
fn http2_s_head_looks_like_the_others() {
    let mut headers = http::HeaderMap::new();
    headers.insert("location", "/".parse().unwrap());
    let head = ResponseHead::of_http2(http::StatusCode::FOUND, &headers, b"location: /\r\n");
    assert_eq!(head.as_bytes(), b"HTTP/2 302\r\nlocation: /\r\n\r\n");
    assert_eq!((head.status(), head.version(), head.reason()), (302, (2, 0), &b""[..]));
    assert_eq!(head.first("Location").as_deref(), Some(&b"/"[..]));
    assert!(head.has_location());
    assert_eq!((head.headers_count(), head.lines_length()), (1, "location: /".len()));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(rest: Vec<u8>) {
        let text = [b"HTTP/1.1 200 OK\r\n", &rest[..]].concat();
        if let Some(head) = head(&text) {
            let lines = head.lines().count();
            prop_assert_eq!(head.headers().count(), lines);
        }
    }
}
