use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::*;

async fn target() -> SocketAddr {
    let options = TargetOptions { address: ([127, 0, 0, 1], 0).into(), tls: false };
    let target = Target::listen(&options).await.unwrap();
    let address = target.address().unwrap();
    tokio::spawn(target.serve());
    address
}

/// Sends one request and gives status line and body.
async fn ask(address: SocketAddr, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = request.replacen("\r\n\r\n", "\r\nHost: x\r\nConnection: close\r\n\r\n", 1);
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn routes_answer() {
    let address = target().await;
    for (request, head, body) in [
        ("GET / HTTP/1.1", "200 OK", "Loadline"),
        ("GET /echo?a=1 HTTP/1.1", "200 OK", "\"query\":\"a=1\""),
        ("GET /status/418 HTTP/1.1", "418 I'm a teapot", "teapot"),
        ("GET /status/99 HTTP/1.1", "400 Bad Request", "status"),
        ("GET /delay/1 HTTP/1.1", "200 OK", "/delay/1"),
        ("GET /redirect/2 HTTP/1.1", "location: /redirect/1", ""),
        ("GET /redirect/1 HTTP/1.1", "location: /echo", ""),
        ("GET /bytes/5 HTTP/1.1", "content-length: 5", "abcde"),
        ("GET /cookies/set?a=1&b=2 HTTP/1.1", "set-cookie: b=2; Path=/", ""),
        ("GET /cookies HTTP/1.1\r\nCookie: a=1; b=2", "200 OK", "{\"a\":\"1\",\"b\":\"2\"}"),
        ("GET /login HTTP/1.1", "405 Method Not Allowed", "POST"),
        ("GET /nowhere HTTP/1.1", "404 Not Found", "nothing"),
        ("GET /ws/echo HTTP/1.1", "426 Upgrade Required", "handshake"),
    ] {
        let (got, text) = ask(address, &format!("{request}\r\n\r\n")).await;
        assert!(got.contains(head) && text.contains(body), "{request}: {got} {text}");
    }
}

#[tokio::test]
async fn logging_in_gives_a_token() {
    let address = target().await;
    let post = |path: &str, more: &str, body: &str| {
        format!("POST {path} HTTP/1.1{more}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    };
    let (head, _) = ask(address, &post("/login", "", "user=ada&password=wrong")).await;
    assert!(head.contains("401"), "{head}");
    let (_, body) = ask(address, &post("/login", "", "user=ada&password=secret")).await;
    let token = body.split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let bearer = format!("\r\nAuthorization: Bearer {token}");
    let (_, body) = ask(address, &format!("GET /profile HTTP/1.1{bearer}\r\n\r\n")).await;
    assert!(body.contains("\"user\":\"ada\""), "{body}");
    let (head, _) = ask(address, &post("/logout", &bearer, "")).await;
    assert!(head.contains("200"), "{head}");
    let (head, _) = ask(address, &format!("GET /profile HTTP/1.1{bearer}\r\n\r\n")).await;
    assert!(head.contains("401"), "{head}");
}

#[tokio::test]
async fn websocket_routes_talk() {
    let address = target().await;
    let first = |path: &'static str, subprotocol: Option<&'static str>| async move {
        let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
        if let Some(name) = subprotocol {
            request.headers_mut().insert("Sec-WebSocket-Protocol", name.parse().unwrap());
        }
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        if path == "/ws/echo" || path.starts_with("/ws/fragments") {
            socket.send(Message::text("hello")).await.unwrap();
        }
        socket.next().await.unwrap().unwrap().to_string()
    };
    assert_eq!(first("/ws/echo", None).await, "hello");
    // The client puts the fragments together.
    assert_eq!(first("/ws/fragments?size=2", None).await, "hello");
    assert_eq!(first("/ws/ping?every=50", None).await, "still there?");
    assert_eq!(first("/ws/push?every=1", None).await, "message 1");
    assert_eq!(first("/ws/subprotocol", None).await, "none");
    assert_eq!(first("/ws/subprotocol", Some("stomp, mqtt")).await, "stomp");
    assert_eq!(first("/ws/close?code=1001&reason=bye", None).await, "bye");
    assert!(first("/ws/headers", None).await.contains("sec-websocket-key"));
}
