use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::super::{DeflateOffer, Opcode};
use super::super::{ConnectionHeader, HeadError, Subprotocols};
use super::*;

const GOOD: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                    Sec-WebSocket-Accept: {accept}\r\n\r\n";

/// A server that reads a request and answers with these bytes, `{accept}` replaced by what the key asks for.
async fn server(answer: &'static [u8]) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (mut tcp, _) = listener.accept().await.unwrap();
    tokio::spawn(async move {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(tcp.read_u8().await.unwrap());
        }
        let request = String::from_utf8(request).unwrap();
        let key = request.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
        let accept = super::super::key::accept_of(key);
        for part in answer.split_inclusive(|byte| *byte == b'\n') {
            let part = match part.strip_suffix(b"{accept}\r\n") {
                Some(name) => [name, accept.as_bytes(), b"\r\n"].concat(),
                None => part.to_vec(),
            };
            tcp.write_all(&part).await.unwrap();
        }
    });
    client
}

async fn ask(answer: &'static [u8], rules: &HandshakeRules) -> Result<Upgraded<TcpStream>, HandshakeError> {
    let stream = server(answer).await;
    let request = UpgradeRequest::new("/chat", "example.com:80", [("X-Test", "1")]);
    upgrade(stream, &request, rules, FrameRules::lenient(1000), Wait::Forever).await
}

async fn refusal(answer: &'static str, rules: &HandshakeRules) -> Refusal {
    match ask(answer.as_bytes(), rules).await {
        Err(HandshakeError::Refused { refusal, .. }) => refusal,
        other => panic!("{answer}: {other:?}"),
    }
}

/// `GOOD` without one line, or with another one in its place.
fn but(line: &str, instead: &str) -> &'static str {
    let answer = GOOD.split_inclusive('\n').map(|good| if good.starts_with(line) { instead } else { good });
    String::leak(answer.collect())
}

#[tokio::test]
async fn a_good_answer_leaves_what_follows_to_the_frames() {
    let answer = format!("{GOOD}\x01\x03Hel");
    let mut upgraded = ask(String::leak(answer).as_bytes(), &HandshakeRules::lenient()).await.unwrap();
    assert_eq!(upgraded.head.status_line, "HTTP/1.1 101 Switching Protocols");
    assert_eq!(upgraded.head.size, 97 + 32);
    assert_eq!(upgraded.request_size as u64, upgraded.connection.bytes_sent());
    assert_eq!(upgraded.request_size, 168);
    let frame = upgraded.connection.read_frame(Wait::Forever).await.unwrap();
    assert_eq!((frame.header.opcode, &frame.payload[..]), (Opcode::TEXT, &b"Hel"[..]));
    assert_eq!(upgraded.connection.bytes_received(), 97 + 32 + 5);
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_told_in_order() {
    let lenient = HandshakeRules::lenient();
    let status = "HTTP/1.1 404 Not Found\r\nX: 1\r\n\r\n";
    assert_eq!(refusal(but("HTTP", status), &lenient).await, Refusal::Status(404));
    assert_eq!(refusal("HTTP/1.0 200 OK\n\n", &lenient).await, Refusal::Status(200));
    assert_eq!(refusal("HTTP/1.1 101 OK\r\n\r\n", &lenient).await, Refusal::Upgrade);
    assert_eq!(refusal(but("Upgrade", "Upgrade: h2c\r\n"), &lenient).await, Refusal::Upgrade);
    assert_eq!(refusal(but("Connection", ""), &lenient).await, Refusal::Connection);
    assert_eq!(refusal(but("Connection", "Connection: keep-alive\r\n"), &lenient).await, Refusal::Connection);
    assert_eq!(refusal(but("Sec-", ""), &lenient).await, Refusal::NoAccept);
    let wrong = Refusal::WrongAccept { found: "abc=".to_owned() };
    assert_eq!(refusal(but("Sec-", "Sec-WebSocket-Accept: abc=\r\n"), &lenient).await, wrong);
}

#[tokio::test]
async fn a_refused_answer_is_kept_as_far_as_it_came() {
    let answer = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n\r\nbody";
    let error = ask(answer, &HandshakeRules::lenient()).await.unwrap_err();
    assert_eq!(error.to_string(), "the server answered with the status 401");
    let HandshakeError::Refused { head, .. } = error else { panic!("{error:?}") };
    assert_eq!((head.status_line.as_str(), head.status), ("HTTP/1.1 401 Unauthorized", 401));
}

#[tokio::test]
async fn several_values_of_connection_are_taken_if_the_rules_say_so() {
    let answer = but("Connection", "Connection: keep-alive, Upgrade\r\n");
    assert_eq!(refusal(answer, &HandshakeRules::lenient()).await, Refusal::Connection);
    let rules = HandshakeRules { connection: ConnectionHeader::Contains, ..HandshakeRules::lenient() };
    ask(answer.as_bytes(), &rules).await.unwrap();
    let answer = but("Connection", "connection: keep-alive\r\nCONNECTION: UPGRADE\r\n");
    ask(answer.as_bytes(), &rules).await.unwrap();
}

#[tokio::test]
async fn subprotocols_and_extensions_are_checked_if_the_rules_say_so() {
    let answer = but("Upgrade", "Upgrade: WebSocket\r\nSec-WebSocket-Protocol: mqtt\r\n");
    let agreement = ask(answer.as_bytes(), &HandshakeRules::lenient()).await.unwrap().agreement;
    assert_eq!(agreement, Agreement { subprotocol: Some("mqtt".to_owned()), deflate: None });
    ask(answer.as_bytes(), &HandshakeRules::strict(vec!["mqtt".to_owned()], None)).await.unwrap();
    let rules = HandshakeRules::strict(vec!["stomp".to_owned()], None);
    assert_eq!(refusal(answer, &rules).await, Refusal::Subprotocol("mqtt".to_owned()));
    assert_eq!(rules.subprotocols, Subprotocols::Offered(vec!["stomp".to_owned()]));

    let answer = but("Upgrade", "Upgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");
    assert_eq!(ask(answer.as_bytes(), &HandshakeRules::lenient()).await.unwrap().agreement, Agreement::default());
    let offered = HandshakeRules::strict(vec![], Some(DeflateOffer::default()));
    assert!(ask(answer.as_bytes(), &offered).await.unwrap().agreement.deflate.is_some());
    let refused = refusal(answer, &HandshakeRules::strict(vec![], None)).await;
    assert_eq!(refused.to_string(), "the server chose the extension \"permessage-deflate\", which was not offered");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read() {
    let check = async |answer: &'static [u8], expected: HeadError| {
        let rules = HandshakeRules { max_head: 200, ..HandshakeRules::lenient() };
        match ask(answer, &rules).await {
            Err(HandshakeError::Head(error)) => assert_eq!(error, expected),
            other => panic!("{other:?}"),
        }
    };
    check(b"", HeadError::NoResponse).await;
    check(b"HTTP/2 404\r\n", HeadError::StatusLine("HTTP/2 404".to_owned())).await;
    check(b"SSH-2.0-OpenSSH_9.2", HeadError::StatusLine("SSH-2.0-OpenSSH_9.2".to_owned())).await;
    check(&[b'x'; 300], HeadError::TooLarge { limit: 200 }).await;
}

#[tokio::test(start_paused = true)]
async fn silence_is_told_after_the_time_given() {
    let (near, mut far) = tokio::io::duplex(1000);
    let request = UpgradeRequest::new("/", "h:80", Vec::<(String, String)>::new());
    let start = tokio::time::Instant::now();
    far.write_all(b"HTTP/1.1 101 OK\r\nUpg").await.unwrap();
    let wait = Wait::Idle(Duration::from_secs(6));
    let error = upgrade(near, &request, &HandshakeRules::lenient(), FrameRules::lenient(1000), wait).await.unwrap_err();
    assert!(matches!(error, HandshakeError::TimedOut), "{error:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(6));
}
