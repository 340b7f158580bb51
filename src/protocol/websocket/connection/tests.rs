use std::time::Duration;

use tokio::io::{AsyncReadExt, DuplexStream, duplex};
use tokio::time::{Instant, sleep, timeout};

use super::*;
use crate::protocol::websocket::{Opcode, Stream};

const SECOND: Wait = Wait::Idle(Duration::from_secs(1));
const TEXT: FrameHeader = FrameHeader::new(Opcode::TEXT);

fn connected(capacity: usize) -> (Connection<DuplexStream>, DuplexStream) {
    let (near, far) = duplex(capacity);
    (Connection::new(near, BytesMut::new(), FrameRules::lenient(1 << 30)), far)
}

async fn read_text(connection: &mut Connection<DuplexStream>, wait: Wait) -> Result<String, String> {
    let frame = connection.read_frame(wait).await.map_err(|error| error.to_string())?;
    Ok(String::from_utf8(frame.payload.to_vec()).unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_timeout_in_the_middle_of_a_frame_loses_nothing() {
    let (mut connection, mut far) = connected(1000);
    let bytes = b"\x81\x7E\x00\x80";
    for byte in bytes {
        far.write_all(&[*byte]).await.unwrap();
        assert_eq!(read_text(&mut connection, SECOND).await.unwrap_err(), "nothing came in time");
    }
    far.write_all(&[b'a'; 100]).await.unwrap();
    assert_eq!(read_text(&mut connection, SECOND).await.unwrap_err(), "nothing came in time");
    far.write_all(&[b'a'; 28]).await.unwrap();
    far.write_all(b"\x81\x01b").await.unwrap();
    assert_eq!(read_text(&mut connection, SECOND).await.unwrap(), "a".repeat(128));
    assert_eq!(read_text(&mut connection, SECOND).await.unwrap(), "b");
    assert_eq!(connection.bytes_received(), 135);
}

#[tokio::test(start_paused = true)]
async fn an_idle_limit_begins_anew_with_every_byte_and_a_deadline_does_not() {
    let (mut connection, mut far) = connected(1000);
    tokio::spawn(async move {
        for byte in b"\x81\x05Hello".repeat(2) {
            sleep(Duration::from_millis(900)).await;
            far.write_all(&[byte]).await.unwrap();
        }
    });
    let start = Instant::now();
    assert_eq!(read_text(&mut connection, SECOND).await.unwrap(), "Hello");
    assert_eq!(start.elapsed(), Duration::from_millis(6300));
    let deadline = Wait::Until(Instant::now() + Duration::from_secs(1));
    assert_eq!(read_text(&mut connection, deadline).await.unwrap_err(), "nothing came in time");
    assert_eq!(start.elapsed(), Duration::from_millis(7300));
    assert_eq!(read_text(&mut connection, Wait::Forever).await.unwrap(), "Hello");
    assert_eq!(read_text(&mut connection, Wait::Forever).await.unwrap_err(), "the connection ended");
}

#[tokio::test(start_paused = true)]
async fn what_is_there_is_never_late() {
    let (mut connection, mut far) = connected(1000);
    far.write_all(b"\x81\x01a\x81\x01b").await.unwrap();
    let past = Wait::Until(Instant::now());
    sleep(Duration::from_secs(1)).await;
    assert_eq!(read_text(&mut connection, past).await.unwrap(), "a");
    assert_eq!(read_text(&mut connection, past).await.unwrap(), "b");
    assert_eq!(read_text(&mut connection, past).await.unwrap_err(), "nothing came in time");
}

#[tokio::test(start_paused = true)]
async fn a_write_that_is_given_up_is_finished_by_the_next_read_or_write() {
    let (mut connection, far) = connected(64);
    let mut server = Connection::new(far, BytesMut::new(), FrameRules::strict_server(1 << 20, false));
    for finishing_read in [true, false] {
        let given_up = timeout(Duration::from_secs(1), connection.write_frame(TEXT, &[b'x'; 500])).await;
        assert!(given_up.is_err());
        let rest = async {
            if finishing_read {
                connection.read_frame(Wait::Idle(Duration::from_millis(500))).await.unwrap_err();
            }
            connection.write_frame(TEXT, b"next").await.unwrap()
        };
        let read = async { [server.read_frame(SECOND).await.unwrap(), server.read_frame(SECOND).await.unwrap()] };
        let (size, frames) = tokio::join!(rest, read);
        assert_eq!(frames.map(|frame| frame.payload.len()), [500, 4]);
        assert_eq!(size, 10);
    }
    assert_eq!(connection.bytes_sent(), 2 * (508 + 10));
}

#[tokio::test]
async fn every_end_is_told_apart() {
    for (bytes, expected) in [
        (&b""[..], "the connection ended"),
        (b"\x81\x05He", "the connection ended in a frame's payload: 2 of 5 bytes came"),
        (b"\x81\x7F\0\0", "the connection ended in a frame's length: 2 of 8 bytes came"),
        (b"\x82\x7F\0\0\0\xFF\0\0\0\0", "a frame of 1095216660480 bytes is larger than the limit of 1073741824"),
    ] {
        let (mut connection, mut far) = connected(1000);
        far.write_all(bytes).await.unwrap();
        drop(far);
        assert_eq!(read_text(&mut connection, Wait::Forever).await.unwrap_err(), expected);
        assert_eq!(read_text(&mut connection, Wait::Forever).await.unwrap_err(), "the connection ended");
    }
    let (mut connection, far) = connected(1000);
    drop(far);
    let error = connection.write_frame(TEXT, b"to nobody").await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    assert!(connection.outbound.is_empty());
}

#[tokio::test]
async fn an_open_connection_that_waits_holds_no_buffer() {
    let (mut connection, far) = connected(100_000);
    let mut server = Connection::new(far, BytesMut::new(), FrameRules::strict_server(1 << 30, false));
    for size in [0, 64, 4096, 16 << 20] {
        let payload: Vec<u8> = (0..size).map(|i| (i >> 8) as u8).collect();
        let echo = async {
            let frame = server.read_frame(Wait::Forever).await.unwrap();
            server.write_frame(TEXT.unmasked(), &frame.payload).await.unwrap();
        };
        let ask = async {
            connection.write_frame(TEXT, &payload).await.unwrap();
            connection.read_frame(Wait::Forever).await.unwrap()
        };
        let (frame, ()) = tokio::join!(ask, echo);
        assert!(frame.payload == payload, "{size} bytes");
        assert_eq!((connection.inbound.buffer.capacity(), connection.outbound.buffer.capacity()), (0, 0));
    }
    assert!(size_of::<Connection<Stream>>() <= 256, "{}", size_of::<Connection<Stream>>());
}

#[tokio::test]
async fn ending_the_stream_sends_no_close_frame() {
    let (mut connection, mut far) = connected(1000);
    connection.write_frame(TEXT.unmasked(), b"bye").await.unwrap();
    connection.shutdown().await.unwrap();
    let mut received = Vec::new();
    far.read_to_end(&mut received).await.unwrap();
    assert_eq!(received, b"\x81\x03bye");
}
