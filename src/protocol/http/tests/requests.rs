//! Requests go out as they are given.

use std::io::Write;
use std::path::Path;

use bytes::Bytes;
use tokio::io::AsyncReadExt;

use super::*;

async fn echoed(head: &RequestHead, body: RequestBody<'_>) -> (String, u64) {
    let server = Server::echo().await;
    let route = server.route();
    let exchange = client().exchange(&Request { body, ..Request::new(&route, head) }).await;
    let text = String::from_utf8(exchange.outcome.unwrap().body.data.into()).unwrap();
    assert_eq!(exchange.measured.sent, text.len() as u64);
    (text, exchange.measured.sent)
}

#[tokio::test]
async fn heads_are_sent_byte_for_byte() {
    let head = RequestHead::build("GeT", "/a?b=|c|&d=[]")
        .header("SOAPAction", "x")
        .header("X-b", "")
        .header("dnt", "  1 ")
        .header("X-b", "again")
        .finish();
    let (text, _) = echoed(&head, RequestBody::Empty).await;
    assert_eq!(text, "GeT /a?b=|c|&d=[] HTTP/1.1\r\nSOAPAction: x\r\nX-b: \r\ndnt:   1 \r\nX-b: again\r\n\r\n");
}

#[tokio::test]
async fn bodies_may_come_in_pieces_and_from_files() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"0123456789").unwrap();
    let path: Arc<Path> = file.path().into();
    let pieces = [
        BodyPiece::Bytes(Bytes::from_static(b"<")),
        BodyPiece::File { path: path.clone(), range: 2..5 },
        BodyPiece::Bytes(Bytes::from_static(b"|")),
        BodyPiece::File { path, range: 0..10 },
        BodyPiece::Bytes(Bytes::from_static(b">")),
    ];
    let head = RequestHead::build("POST", "/").header("Content-Length", "16").finish();
    let (text, _) = echoed(&head, RequestBody::Pieces(&pieces)).await;
    assert!(text.ends_with("\r\n\r\n<234|0123456789>"), "{text}");
}

#[tokio::test]
async fn large_bodies_arrive_whole() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let content: Vec<u8> = (0..1_000_000u32).map(|number| b'a' + (number % 26) as u8).collect();
    file.write_all(&content).unwrap();
    let (path, length) = (Arc::from(file.path()), content.len() as u64);
    let bytes = Bytes::from(content.clone());
    let pieces = [BodyPiece::Bytes(bytes), BodyPiece::File { path, range: 0..length }];
    let head = RequestHead::build("POST", "/").header("Content-Length", (2 * length).to_string()).finish();
    let (text, _) = echoed(&head, RequestBody::Pieces(&pieces)).await;
    assert!(text.as_bytes().ends_with(&[content.clone(), content].concat()));
}

#[tokio::test]
async fn a_file_that_is_missing_or_too_short_is_told() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let missing: Arc<Path> = Path::new("no/such/file").into();
    for (path, kind) in
        [(missing, std::io::ErrorKind::NotFound), (file.path().into(), std::io::ErrorKind::UnexpectedEof)]
    {
        let server = Server::echo().await;
        let (route, head) = (server.route(), get("/"));
        let pieces = [BodyPiece::File { path: path.clone(), range: 0..1 }];
        let request = Request { body: RequestBody::Pieces(&pieces), ..Request::new(&route, &head) };
        match client().exchange(&request).await.outcome {
            Err(Error::RequestBody { path: told, source }) => assert_eq!((told, source.kind()), (path, kind)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn head_and_body_go_out_in_one_write() {
    let server = Server::start(|mut caller| async move {
        let mut bytes = [0; 4096];
        let count = caller.stream.read(&mut bytes).await.unwrap();
        caller.answer(std::str::from_utf8(&bytes[..count]).unwrap()).await;
    })
    .await;
    let (route, head) = (server.route(), RequestHead::build("POST", "/").finish());
    let request = Request { body: RequestBody::Bytes(b"body"), ..Request::new(&route, &head) };
    assert_eq!(line(&client().exchange(&request).await), r#"200 OK "POST / HTTP/1.1\r\n\r\nbody""#);
}

/// A server that answers the head of a request before it reads the body, if it reads it at all.
async fn expecting(answer: &'static str) -> Exchange {
    let server = Server::start(move |mut caller| async move {
        caller.head().await;
        caller.send(answer.replace('|', "\r\n")).await;
        if let Some(body) = caller.bytes(4).await {
            caller.answer(&body).await;
        }
        caller.head().await;
    })
    .await;
    let head = RequestHead::build("POST", "/").header("Expect", "100-continue").finish();
    let route = server.route();
    client().exchange(&Request { body: RequestBody::Bytes(b"body"), ..Request::new(&route, &head) }).await
}

#[tokio::test(start_paused = true)]
async fn a_body_may_wait_for_the_server_s_consent() {
    for (answer, expected, sent) in [
        ("HTTP/1.1 100 Continue||", r#"200 OK "body""#, 41 + 4),
        ("HTTP/1.1 417 No|Content-Length: 2||no", r#"417 No "no""#, 41),
        ("HTTP/1.1 103 Early||", "unexpected interim response 103", 41),
        ("", r#"200 OK "body""#, 41 + 4),
    ] {
        let exchange = expecting(answer).await;
        assert_eq!((line(&exchange).as_str(), exchange.measured.sent), (expected, sent), "{answer}");
    }
}
