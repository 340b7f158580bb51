use bytes::BytesMut;
use futures_util::{SinkExt, StreamExt};
use proptest::prelude::*;
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_tungstenite::{accept_async, tungstenite};

use super::*;
use crate::protocol::websocket::{ConnectTimeouts, DeflateOffer, Endpoint, ReadError};

const TEXT: FrameHeader = FrameHeader::new(Opcode::TEXT).unmasked();
const BINARY: FrameHeader = FrameHeader::new(Opcode::BINARY).unmasked();
const MORE: FrameHeader = FrameHeader::new(Opcode::CONTINUATION).unmasked();
const PING: FrameHeader = FrameHeader::new(Opcode::PING).unmasked();
const PONG: FrameHeader = FrameHeader::new(Opcode::PONG).unmasked();
const CLOSE: FrameHeader = FrameHeader::new(Opcode::CLOSE).unmasked();
const DEFLATE: DeflateParameters = DeflateParameters {
    server_no_context_takeover: false,
    client_no_context_takeover: false,
    server_window_bits: 15,
    client_window_bits: 15,
};

fn options() -> ClientOptions {
    ClientOptions { max_message: 10_000, ..ClientOptions::default() }
}

/// A client, and the frames of its server.
fn connected(
    deflate: Option<DeflateParameters>,
    options: ClientOptions,
) -> (Client<DuplexStream>, Connection<DuplexStream>) {
    let (near, far) = duplex(100_000);
    let rules = FrameRules::strict_client(0, false);
    let client = Client::new(Connection::new(near, BytesMut::new(), rules), deflate, options);
    let rules = FrameRules::strict_server(1 << 20, deflate.is_some());
    (client, Connection::new(far, BytesMut::new(), rules))
}

/// What the client makes of these frames: its messages and its ending; and the close frame that it sends.
async fn receive(
    frames: &[(FrameHeader, &[u8])],
    deflate: Option<DeflateParameters>,
) -> (Vec<String>, Ending, Vec<u8>) {
    let (mut client, mut server) = connected(deflate, options());
    let serve = async {
        for (header, payload) in frames {
            server.write_frame(*header, payload).await.unwrap();
        }
        let closed = loop {
            match server.read_frame(Wait::Idle(Duration::from_mins(1))).await {
                Ok(frame) if frame.header.opcode == Opcode::CLOSE => break frame.payload.to_vec(),
                Ok(_) => {}
                Err(_) => break Vec::new(),
            }
        };
        drop(server);
        closed
    };
    let read = async {
        let mut messages = Vec::new();
        loop {
            match client.read().await {
                Ok(Message::Text(text)) => messages.push(text),
                Ok(Message::Binary(bytes)) => messages.push(format!("{bytes:?}")),
                Err(ending) => return (messages, ending),
            }
        }
    };
    let ((messages, ending), closed) = tokio::join!(read, serve);
    assert_eq!(client.ending(), Some(&ending));
    assert_eq!(client.next().await, Err(ending.clone()));
    assert_eq!(client.send_text("too late").await, Err(ending.clone()));
    (messages, ending, closed)
}

#[tokio::test]
async fn messages_are_put_together_across_control_frames() {
    let frames: &[(FrameHeader, &[u8])] = &[
        (TEXT, b"whole"),
        (TEXT.not_final(), b"\xE2"),
        (PING, b"ping"),
        (MORE.not_final(), b""),
        (MORE, b"\x9C\x93 parts"),
        (BINARY, b"\xFF"),
        (TEXT, b""),
        (CLOSE, b"\x03\xE8done"),
    ];
    let (messages, ending, closed) = receive(frames, None).await;
    assert_eq!(messages, ["whole", "✓ parts", r#"b"\xff""#, ""]);
    assert_eq!(ending.to_string(), "normal closure (code 1000 Normal Closure): done");
    assert_eq!((ending.initiator, closed.as_slice()), (Initiator::Remote, &b"\x03\xE8"[..]));
}

#[tokio::test]
async fn every_ending_by_the_server_has_its_cause_and_its_answer() {
    let check = async |payload: &[u8], cause: Cause, answer: &[u8]| {
        let (_, ending, closed) = receive(&[(CLOSE, payload)], None).await;
        assert_eq!((ending.cause, closed.as_slice()), (cause, answer), "{payload:x?}");
    };
    check(b"", Cause::NormalClosure, b"").await;
    check(b"\x03\xE9restarting", Cause::EndpointShutdown, b"\x03\xE9").await;
    check(b"\x03\xEA", Cause::ProtocolError, b"\x03\xEA").await;
    check(b"\x03\xF0no", Cause::PolicyViolation, b"\x03\xF0").await;
    check(b"\x03\xF3", Cause::ServerError, b"\x03\xF3").await;
    check(b"\x0F\xA0", Cause::Application, b"\x0F\xA0").await;
}

#[tokio::test]
async fn what_breaks_the_protocol_is_closed_with_its_code() {
    let check = async |frames: &[(FrameHeader, &[u8])], deflate, expected: &str| {
        let (_, ending, closed) = receive(frames, deflate).await;
        assert_eq!((ending.to_string().as_str(), ending.initiator), (expected, Initiator::Local));
        let (code, reason) = closed.split_at(2);
        assert_eq!((code, reason), (&ending.code.0.to_be_bytes()[..], ending.reason.as_bytes()), "{expected}");
    };
    let protocol = "protocol error (code 1002 Protocol Error)";
    let invalid = "invalid data (code 1007 Invalid Payload Data)";
    let big = "message too big (code 1009 Message Too Big)";
    check(&[(TEXT.compressed(), b"")], None, &format!("{protocol}: reserved bits are set")).await;
    check(&[(FrameHeader::new(Opcode::TEXT), b"")], None, &format!("{protocol}: a server must not mask its frames"))
        .await;
    let stray = "a continuation frame came without a message to continue";
    check(&[(MORE, b"")], None, &format!("{protocol}: {stray}")).await;
    let early = "a new message began before the last one had ended";
    check(&[(TEXT.not_final(), b""), (TEXT, b"")], None, &format!("{protocol}: {early}")).await;
    check(&[(CLOSE, b"\x03")], None, &format!("{protocol}: a close frame with a payload of one byte")).await;
    check(&[(CLOSE, b"\x03\xEC")], None, &format!("{protocol}: a close frame with the code 1004")).await;
    let reason = "a close frame whose reason is not valid UTF-8";
    check(&[(CLOSE, b"\x03\xE8\xFF")], None, &format!("{invalid}: {reason}")).await;
    let utf8 = "a text is not valid UTF-8";
    check(&[(TEXT, b"\xC3")], None, &format!("{invalid}: {utf8}")).await;
    check(&[(TEXT.not_final(), b"a"), (MORE, b"\xFF")], None, &format!("{invalid}: {utf8}")).await;
    check(&[(TEXT.not_final(), b"a\xC3"), (MORE, b"")], None, &format!("{invalid}: {utf8}")).await;
    let frame = "a frame of 10001 bytes is larger than the limit of 10000";
    check(&[(BINARY, &[0; 10_001])], None, &format!("{big}: {frame}")).await;
    let message = "a message is larger than 10000 bytes";
    check(&[(BINARY.not_final(), &[0; 9000]), (MORE, &[0; 1001])], None, &format!("{big}: {message}")).await;

    let compressed = |bytes: &[u8]| {
        let mut output = Vec::new();
        Deflater::new(true, 15, 9).deflate(bytes, true, &mut output);
        output
    };
    let bomb = "a compressed message becomes larger than 10000 bytes";
    check(&[(TEXT.compressed(), &compressed(&[b'a'; 10_001]))], Some(DEFLATE), &format!("{big}: {bomb}")).await;
    let nonsense = "the compressed data is not valid: invalid block type";
    check(&[(TEXT.compressed(), b"\xFF\xFF")], Some(DEFLATE), &format!("{invalid}: {nonsense}")).await;
    check(&[(TEXT.compressed(), &compressed(b"\xFF"))], Some(DEFLATE), &format!("{invalid}: {utf8}")).await;
    check(&[(PING.compressed(), b"")], Some(DEFLATE), &format!("{protocol}: reserved bits are set")).await;
}

#[tokio::test(start_paused = true)]
async fn a_frame_that_went_wrong_is_not_waited_for() {
    let check = async |bytes: &[u8], expected: CloseCode| {
        let (near, mut far) = duplex(1000);
        let connection = Connection::new(near, BytesMut::new(), FrameRules::strict_client(0, false));
        let mut client = Client::new(connection, None, ClientOptions { max_message: 1000, ..options() });
        for byte in bytes {
            sleep(Duration::from_secs(1)).await;
            far.write_all(&[*byte]).await.unwrap();
            let _ = timeout_at(Instant::now(), client.next()).await;
        }
        let ending = client.read().await.unwrap_err();
        assert_eq!((ending.code, ending.initiator), (expected, Initiator::Local), "{bytes:x?}");
    };
    check(b"\x81\x64abc\xE2\x9C\x93\xF4\x90", CloseCode::INVALID_PAYLOAD).await;
    check(b"\x01\x01\xE2\x80\x64\x9C\x22", CloseCode::INVALID_PAYLOAD).await;
    check(b"\x80\x64", CloseCode::PROTOCOL_ERROR).await;
    check(b"\x02\x01a\x80\x7E\x03\xE8", CloseCode::MESSAGE_TOO_BIG).await;
}

#[tokio::test]
async fn pings_are_answered_and_told() {
    let (mut client, mut server) = connected(None, options());
    for payload in [&b""[..], b"1", &[7; 125]] {
        server.write_frame(PING, payload).await.unwrap();
        assert_eq!(client.next().await, Ok(Event::Ping(Bytes::copy_from_slice(payload))));
        let answer = server.read_frame(Wait::Forever).await.unwrap();
        assert_eq!((answer.header, &answer.payload[..]), (FrameHeader::new(Opcode::PONG), payload));
    }
    client.ping(b"are you there?").await.unwrap();
    let asked = server.read_frame(Wait::Forever).await.unwrap();
    server.write_frame(PONG, &asked.payload).await.unwrap();
    assert_eq!(client.next().await, Ok(Event::Pong(Bytes::from_static(b"are you there?"))));
}

#[tokio::test]
async fn of_many_pings_to_a_client_that_cannot_write_the_last_one_is_answered() {
    let (near, far) = duplex(64);
    let rules = FrameRules::strict_client(0, false);
    let mut client = Client::new(Connection::new(near, BytesMut::new(), rules), None, options());
    let mut server = Connection::new(far, BytesMut::new(), FrameRules::strict_server(1000, false));
    let serve = async {
        for number in 0..=255_u8 {
            server.write_frame(PING, &[number; 100]).await.unwrap();
        }
        server.write_frame(TEXT, b"enough").await.unwrap();
        let mut answers = Vec::new();
        while answers.last() != Some(&255) {
            answers.push(server.read_frame(Wait::Forever).await.unwrap().payload[0]);
        }
        answers
    };
    let read = async {
        assert_eq!(client.read().await, Ok(Message::Text("enough".to_owned())));
        client.read().await
    };
    let answers = tokio::select! {
        answers = serve => answers,
        early = read => panic!("{early:?}"),
    };
    assert!(answers.len() < 60 && answers.is_sorted(), "{answers:?}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_kept_alive_until_a_ping_is_not_answered() {
    let keep_alive = KeepAlive { interval: Duration::from_secs(30), timeout: Duration::from_secs(10) };
    let (mut client, mut server) = connected(None, ClientOptions { keep_alive: Some(keep_alive), ..options() });
    let start = Instant::now();
    let serve = async {
        for at in [30, 61] {
            let ping = server.read_frame(Wait::Forever).await.unwrap();
            assert_eq!((ping.header.opcode, start.elapsed().as_secs()), (Opcode::PING, at));
            sleep(Duration::from_secs(1)).await;
            server.write_frame(PONG, &ping.payload).await.unwrap();
        }
        server.read_frame(Wait::Forever).await.unwrap();
        server.write_frame(PONG, b"another one").await.unwrap();
        server.read_frame(Wait::Forever).await.unwrap_err()
    };
    let (ending, end) = tokio::join!(client.read(), serve);
    assert_eq!(ending.unwrap_err().to_string(), "ping time-out (code 1006 Abnormal Closure): a ping was not answered");
    assert_eq!(start.elapsed().as_secs(), 30 + 1 + 30 + 1 + 30 + 10);
    assert!(matches!(end, ReadError::Ended(_)));
}

#[tokio::test(start_paused = true)]
async fn closing_waits_for_the_other_side() {
    let (mut client, mut server) = connected(None, options());
    let serve = async {
        server.write_frame(TEXT, b"dropped").await.unwrap();
        let close = server.read_frame(Wait::Forever).await.unwrap();
        assert_eq!((close.header.opcode, &close.payload[..6]), (Opcode::CLOSE, &b"\x03\xE8\xC3\xA9\xC3\xA9"[..]));
        assert_eq!(close.payload.len(), 2 + 122);
        server.write_frame(CLOSE, b"\x03\xE8").await.unwrap();
        drop(server);
    };
    let long = "é".repeat(100);
    let ((), ending) = tokio::join!(serve, client.close(CloseCode::NORMAL_CLOSURE, &long));
    assert_eq!((ending.cause, ending.initiator), (Cause::NormalClosure, Initiator::Local));

    let (mut client, mut server) = connected(None, options());
    let serve = async {
        assert_eq!(server.read_frame(Wait::Forever).await.unwrap().payload.len(), 0);
        server.write_frame(CLOSE, b"").await.unwrap();
        drop(server);
    };
    let ((), ending) = tokio::join!(serve, client.close(CloseCode::ABNORMAL_CLOSURE, "unsayable"));
    assert_eq!((ending.cause, ending.code), (Cause::NormalClosure, CloseCode::NO_STATUS_RECEIVED));

    let (mut client, _server) = connected(None, options());
    let start = Instant::now();
    let ending = client.close(CloseCode::GOING_AWAY, "").await;
    let expected = "close time-out (code 1006 Abnormal Closure): the close frame was not answered";
    assert_eq!((ending.to_string().as_str(), ending.initiator), (expected, Initiator::Local));
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test]
async fn a_close_that_was_given_up_goes_on_while_reading() {
    let (mut client, mut server) = connected(None, options());
    let deadline = Instant::now();
    assert!(timeout_at(deadline, client.close(CloseCode::NORMAL_CLOSURE, "bye")).await.is_err());
    assert!(client.send_text("no more").await.is_err());
    server.write_frame(TEXT, b"last words").await.unwrap();
    let close = server.read_frame(Wait::Forever).await.unwrap();
    server.write_frame(CLOSE, &close.payload).await.unwrap();
    drop(server);
    assert_eq!(client.read().await, Ok(Message::Text("last words".to_owned())));
    let ending = client.read().await.unwrap_err();
    assert_eq!((ending.reason.as_str(), ending.initiator), ("bye", Initiator::Local));
}

#[tokio::test]
async fn a_connection_that_is_lost() {
    let (mut client, server) = connected(None, options());
    drop(server);
    let ending = client.read().await.unwrap_err();
    assert_eq!(ending.to_string(), "abnormal closure (code 1006 Abnormal Closure): the connection ended");
    let (mut client, server) = connected(None, options());
    drop(server);
    let ending = client.send_text("anyone?").await.unwrap_err();
    assert_eq!((ending.cause, ending.initiator), (Cause::NetworkError, Initiator::Unknown));

    let (mut client, mut server) = connected(None, options());
    server.write_frame(TEXT, b"unread").await.unwrap();
    server.write_frame(CLOSE, b"\x03\xE9maintenance").await.unwrap();
    drop(server);
    let ending = client.send_text("anyone?").await.unwrap_err();
    assert_eq!(ending.to_string(), "endpoint shutdown (code 1001 Going Away): maintenance");
}

#[tokio::test]
async fn both_directions_are_compressed() {
    let (mut client, mut server) = connected(Some(DEFLATE), options());
    let (mut inflater, mut deflater) = (Inflater::new(true, 15), Deflater::new(true, 15, 6));
    let mut sizes = Vec::new();
    for text in ["Hello, hello, hello", "Hello, hello, hello", ""] {
        client.send_text(text).await.unwrap();
        let frame = server.read_frame(Wait::Forever).await.unwrap();
        assert_eq!(frame.header, FrameHeader::new(Opcode::TEXT).compressed());
        let mut received = Vec::new();
        inflater.inflate(&frame.payload, true, 1000, &mut received).unwrap();
        assert_eq!(received, text.as_bytes());
        sizes.push(frame.payload.len());

        let (first, rest) = received.split_at(received.len() / 2);
        let mut fragments = [Vec::new(), Vec::new()];
        deflater.deflate(first, false, &mut fragments[0]);
        deflater.deflate(rest, true, &mut fragments[1]);
        server.write_frame(TEXT.compressed().not_final(), &fragments[0]).await.unwrap();
        server.write_frame(PING, b"").await.unwrap();
        server.write_frame(MORE, &fragments[1]).await.unwrap();
        assert_eq!(client.read().await, Ok(Message::Text(text.to_owned())));
        server.read_frame(Wait::Forever).await.unwrap();
    }
    server.write_frame(TEXT, b"not compressed").await.unwrap();
    assert_eq!(client.read().await, Ok(Message::Text("not compressed".to_owned())));
    assert!(sizes[0] > 10 && sizes[1] < 10 && sizes[2] == 1, "{sizes:?}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), size in 1..20_usize, text: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (near, mut far) = duplex(100_000);
            let rules = FrameRules::strict_client(0, false);
            let mut client = Client::new(Connection::new(near, BytesMut::new(), rules), Some(DEFLATE), options());
            let start: &[u8] = if text { b"\x41\x00" } else { b"" };
            for piece in [start, &bytes].concat().chunks(size) {
                far.write_all(piece).await.unwrap();
                let _ = timeout_at(Instant::now(), client.next()).await;
            }
            far.shutdown().await.unwrap();
            while client.next().await.is_ok() {}
            assert!(client.ending().is_some());
        });
    }
}

#[tokio::test]
async fn another_implementation_echoes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
        while let Some(Ok(message)) = socket.next().await {
            match message {
                tungstenite::Message::Text(_) | tungstenite::Message::Binary(_) => socket.send(message).await.unwrap(),
                _ => {}
            }
        }
    });
    let endpoint = Endpoint { host: "127.0.0.1".to_owned(), port, addresses: Vec::new(), tls: None, proxy: None };
    let request =
        ClientRequest { target: "/".to_owned(), deflate: Some(DeflateOffer::default()), ..ClientRequest::default() };
    let timeouts = ConnectTimeouts { connect: None, read: None };
    let (mut client, opening) = Client::open(&endpoint, &request, timeouts, ClientOptions::default()).await.unwrap();
    assert_eq!((opening.head.status, opening.agreement.deflate), (101, None));
    for size in [0, 1, 125, 126, 65_535, 65_536, 1 << 20] {
        let text = "é".repeat(size / 2);
        client.send_text(&text).await.unwrap();
        assert!(client.read().await == Ok(Message::Text(text)), "{size}");
        client.send_binary(&vec![0xFF; size]).await.unwrap();
        assert!(client.read().await == Ok(Message::Binary(vec![0xFF; size].into())), "{size}");
    }
    let ending = client.close(CloseCode::NORMAL_CLOSURE, "done").await;
    assert_eq!((ending.cause, ending.initiator), (Cause::NormalClosure, Initiator::Local));
    server.await.unwrap();
}
