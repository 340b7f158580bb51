//! Responses of all kinds are understood, and what they are made of is kept and counted.

use super::*;

/// Sends that answer to a request and tells what the client makes of it, and whether it keeps the connection.
async fn check(method: &str, answer: &str, expected: &str) {
    let server = Server::answering(answer).await;
    let (client, route) = (client(), server.route());
    let head = RequestHead::build(method, "/").finish();
    let exchange = client.exchange(&Request::new(&route, &head)).await;
    let kept = if client.idle_connections() == 1 { "kept" } else { "closed" };
    assert_eq!(format!("{}, {kept}", line(&exchange)), expected, "{method}: {answer}");
    let bytes = answer.replace('|', "..").trim_end_matches('$').len() as u64;
    assert_eq!(exchange.measured.received, bytes, "{answer}");
}

#[tokio::test]
async fn the_end_of_a_body_is_found() {
    for (answer, expected) in [
        ("HTTP/1.1 200 OK|Content-Length: 2||ok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|content-length:2 ||ok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|Content-Length: 0||", r#"200 OK "", kept"#),
        ("HTTP/1.1 200 OK||until the end$", r#"200 OK "until the end", closed"#),
        ("HTTP/1.1 200 OK|Content-Length: many||until the end$", r#"200 OK "until the end", closed"#),
        ("HTTP/1.1 200 OK|Content-Length: -2||until the end$", r#"200 OK "until the end", closed"#),
        ("HTTP/1.1 200 OK|Content-Length: 9|Content-Length: 2||ok", r#"200 OK "ok", closed"#),
        ("HTTP/1.1 200 OK|Content-Length: 2|Content-Length: x||ok", r#"200 OK "ok", closed"#),
        ("HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0||", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|Transfer-Encoding: Chunked||2;a=b|ok|1 |!|0;c|Trailer: x||", r#"200 OK "ok!", kept"#),
        ("HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||2|ok|0||", r#"200 OK "ok", closed"#),
        ("HTTP/1.1 200 OK|Transfer-Encoding: identity||until the end$", r#"200 OK "until the end", closed"#),
        ("HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 99||2|ok|0||", r#"200 OK "ok", kept"#),
    ] {
        check("GET", answer, expected).await;
    }
}

#[tokio::test]
async fn some_responses_have_no_body() {
    for (method, answer, expected) in [
        ("HEAD", "HTTP/1.1 200 OK|Content-Length: 5||", r#"200 OK "", kept"#),
        ("head", "HTTP/1.1 200 OK|Transfer-Encoding: chunked||", r#"200 OK "", kept"#),
        ("HEAD", "HTTP/1.1 200 OK||", r#"200 OK "", kept"#),
        ("GET", "HTTP/1.1 204 No Content||", r#"204 No Content "", kept"#),
        ("GET", "HTTP/1.1 204 No Content|Content-Length: 5||", r#"204 No Content "", closed"#),
        ("GET", "HTTP/1.1 204 No Content|Transfer-Encoding: chunked||", r#"204 No Content "", closed"#),
        ("GET", "HTTP/1.1 205 Reset|Content-Length: 5||", r#"205 Reset "", kept"#),
        ("GET", "HTTP/1.1 304 Not Modified|Content-Length: 5||", r#"304 Not Modified "", kept"#),
    ] {
        check(method, answer, expected).await;
    }
}

#[tokio::test]
async fn odd_heads_are_understood() {
    for (answer, expected) in [
        ("HTTP/1.1 200|Content-Length: 2||ok", r#"200  "ok", kept"#),
        ("HTTP/1.1  200   All  is well |Content-Length: 2||ok", r#"200 All  is well "ok", kept"#),
        ("HTTP/1.1 2000 Too much|Content-Length: 2||ok", r#"2000 Too much "ok", kept"#),
        ("HTTP/1.1 600 \u{e9}|Content-Length: 2||ok", "600 \u{e9} \"ok\", kept"),
        ("HTTP/3.7 200 OK|Content-Length: 2||ok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|Content-Length:|  2||ok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|Bad Name@ : x|Content-Length: 2||ok", r#"200 OK "ok", kept"#),
        ("not http||HTTP/1.1 200 OK|Content-Length: 2||ok", r#"200 OK "ok", kept"#),
        ("  HTTP/1.1 200 OK|Content-Length: 2||ok", r#"200 OK "ok", kept"#),
        ("HTTP/1.1 200 OK|Connection: close$", r#"200 OK "", closed"#),
        (
            "HTTP/1.1 103 Early|Link: x||HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 2||ok",
            r#"200 OK "ok", kept"#,
        ),
    ] {
        check("GET", answer, expected).await;
    }
}

#[tokio::test]
async fn the_server_decides_whether_the_connection_stays() {
    for (version, headers, kept) in [
        ("1.1", "", "kept"),
        ("1.1", "Connection: close", "closed"),
        ("1.1", "Connection: Upgrade, Close", "closed"),
        ("1.1", "Connection: keep-alive", "kept"),
        ("1.1", "Connection: keep-alive, close", "closed"),
        ("1.1", "Connection: keep alive", "closed"),
        ("1.1", "Proxy-Connection: close", "closed"),
        ("1.1", "Connection: x|Proxy-Connection: close", "kept"),
        ("1.0", "", "closed"),
        ("1.0", "Connection: Keep-Alive", "kept"),
    ] {
        let headers = if headers.is_empty() { String::new() } else { format!("|{headers}") };
        let answer = format!("HTTP/{version} 200 OK{headers}|Content-Length: 2||ok");
        check("GET", &answer, &format!(r#"200 OK "ok", {kept}"#)).await;
    }
}

#[tokio::test]
async fn heads_are_kept_as_they_came() {
    let head = "HTTP/1.1 200 Fine|X-One:1|x-ONE:  two |Folded: a| \tb|Content-Length: 0||";
    let server = Server::answering(&format!("garbage|{head}")).await;
    let (route, request) = (server.route(), get("/"));
    let exchange = client().exchange(&Request::new(&route, &request)).await;
    let response = exchange.outcome.unwrap();
    assert_eq!(response.head.as_bytes(), head.replace('|', "\r\n").as_bytes());
    let lines: Vec<_> = response.head.lines().map(|line| field::latin1(&line)).collect();
    assert_eq!(lines, ["X-One:1", "x-ONE:  two ", "Folded: a b", "Content-Length: 0"]);
    assert_eq!(response.head.first("X-one").unwrap(), &b"1"[..]);
    assert_eq!(response.head.last("X-one").unwrap(), &b"two"[..]);
    assert_eq!(response.head.first("folded").unwrap(), &b"a b"[..]);
    assert_eq!((response.head.version(), response.head.reason()), ((1, 1), &b"Fine"[..]));
    assert_eq!(exchange.measured.received_head, "garbage..".len() as u64 + response.head.as_bytes().len() as u64);
}

#[tokio::test]
async fn interim_responses_and_trailers_are_told() {
    let answer = "HTTP/1.1 103 Early||HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0|A: 1|B: 2||";
    let server = Server::answering(answer).await;
    let (route, request) = (server.route(), get("/"));
    let response = client().exchange(&Request::new(&route, &request)).await.outcome.unwrap();
    assert_eq!(response.interim_responses, 1);
    assert_eq!(&*response.trailers, b"A: 1\r\nB: 2\r\n");
}

#[tokio::test]
async fn a_header_of_70_000_bytes_is_no_problem() {
    let answer = format!("HTTP/1.1 200 OK|X-Huge: {}|Content-Length: 2||ok", "h".repeat(70_000));
    check("GET", &answer, r#"200 OK "ok", kept"#).await;
}

#[tokio::test]
async fn of_a_large_body_only_the_beginning_is_kept() {
    let length = 3_000_000;
    let server = Server::start(move |mut caller| async move {
        caller.request().await;
        caller.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")).await;
        caller.send("x".repeat(length)).await;
    })
    .await;
    let (route, head) = (server.route(), get("/"));
    let exchange = client().exchange(&Request { body_limit: 10, ..Request::new(&route, &head) }).await;
    let body = exchange.outcome.unwrap().body;
    assert_eq!((&*body.data, body.length, body.is_cut()), (&b"xxxxxxxxxx"[..], length as u64, true));
    assert_eq!(exchange.measured.received - exchange.measured.received_head, length as u64);
}

#[tokio::test(start_paused = true)]
async fn it_is_told_when_what_came() {
    let server = Server::start(|mut caller| async move {
        caller.request().await;
        for part in ["HTTP/1.1 200 OK\r\n", "Content-Length: 4\r\n\r\n", "ab", "cd"] {
            tokio::time::sleep(Duration::from_secs(1)).await;
            caller.send(part).await;
        }
        caller.request().await;
    })
    .await;
    let (route, head) = (server.route(), get("/"));
    let timing = client().exchange(&Request::new(&route, &head)).await.measured.timing;
    let seconds = |instant: tokio::time::Instant| instant.duration_since(timing.start).as_secs();
    assert_eq!(timing.connect_end.map(seconds), Some(0));
    assert_eq!(timing.first_byte.map(seconds), Some(1));
    assert_eq!(timing.body_first_byte.map(seconds), Some(3));
    assert_eq!(seconds(timing.end), 4);
}
