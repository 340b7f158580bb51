//! A server that misbehaves as the path of the request asks for.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use flate2::{Compress, Compression, FlushCompress};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::protocol::websocket::{
    ClosePayload, Frame, FrameDecoder, FrameHeader, FrameRules, Inflater, Opcode, encode,
};

/// A server in this process. It only works while somebody waits in [`MockServer::serve_during`], as a part of the same
/// task.
pub(super) struct MockServer {
    pub address: SocketAddr,
    listener: TcpListener,
    talks: FuturesUnordered<Pin<Box<dyn Future<Output = ()>>>>,
    /// What it got: requests line by line, then frames as `opcode payload`.
    seen: Seen,
}

type Seen = Arc<Mutex<Vec<String>>>;

impl MockServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, listener, talks: FuturesUnordered::new(), seen: Seen::default() }
    }

    /// Answers as long as that lasts.
    pub async fn serve_during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                accepted = self.listener.accept() => self.talks.push(Box::pin(serve(accepted.unwrap().0, self.seen.clone()))),
                Some(()) = self.talks.next() => {}
            }
        }
    }

    /// What it got since it was asked last.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock())
    }
}

async fn serve(mut tcp: TcpStream, seen: Seen) {
    let Some(mut request) = read_head(&mut tcp).await else { return };
    if request.starts_with("CONNECT") {
        seen.lock().extend(request.lines().map(str::to_owned));
        let refused = request.contains(":407 ");
        let answer =
            if refused { "HTTP/1.1 407 No\r\n\r\n" } else { "HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n" };
        if tcp.write_all(answer.as_bytes()).await.is_err() || refused {
            return;
        }
        let Some(inner) = read_head(&mut tcp).await else { return };
        request = inner;
    }
    seen.lock().extend(request.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    let target = request.split(' ').nth(1).unwrap_or_default();
    let path = target
        .strip_prefix("http://")
        .and_then(|url| url.split_once('/'))
        .map_or(target.trim_start_matches('/'), |(_, path)| path);
    let path = path.split('?').next().unwrap_or_default().to_owned();
    if let Some(answer) = answer(&path, &request).await
        && tcp.write_all(answer.as_bytes()).await.is_ok()
        && answer.contains(" 101 ")
    {
        let compress = Compress::new(Compression::default(), false);
        let mut talk = Talk { tcp, path, request, compress, inflater: Inflater::new(true, 15), seen };
        talk.go_on().await;
    }
}

async fn read_head(tcp: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(tcp.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}

/// The answer to the handshake; none if the connection is to end without one.
async fn answer(path: &str, request: &str) -> Option<String> {
    let status = |status: &str| Some(format!("HTTP/1.1 {status}\r\nContent-Length: 5\r\nLocation: /z\r\n\r\nhello"));
    match path {
        "404" => return status("404 Not Found"),
        "200" => return status("200 OK"),
        "403" => return status("403 Forbidden"),
        "301" => return status("301 Moved Permanently"),
        "eof" => return None,
        "garbage" => return Some("what?\r\n\r\n".to_owned()),
        "http2" => return Some("HTTP/2 404 Not Found\r\n\r\n".to_owned()),
        "hang" => {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            return None;
        }
        _ => {}
    }
    let key = request.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap_or_default();
    let accept = derive_accept_key(key.as_bytes());
    let header = |name: &str, value: &str| {
        let value = match (path, name) {
            ("badaccept", "Sec-WebSocket-Accept") => "xxxx",
            ("noupgrade", "Upgrade") | ("noconn", "Connection") | ("noaccept", "Sec-WebSocket-Accept") => {
                return String::new();
            }
            ("connkeep", "Connection") => "keep-alive, Upgrade",
            _ => value,
        };
        format!("{name}: {value}\r\n")
    };
    let version = if path == "http10" { "1.0" } else { "1.1" };
    let extension = if path.starts_with("deflate") { "Sec-WebSocket-Extensions: permessage-deflate\r\n" } else { "" };
    Some(format!(
        "HTTP/{version} 101 Switching Protocols\r\n{}{}{}{extension}Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n",
        header("Upgrade", "websocket"),
        header("Connection", "Upgrade"),
        header("Sec-WebSocket-Accept", &accept),
    ))
}

struct Talk {
    tcp: TcpStream,
    path: String,
    request: String,
    compress: Compress,
    inflater: Inflater,
    seen: Seen,
}

const TEXT: FrameHeader = FrameHeader::new(Opcode::TEXT).unmasked();
const BINARY: FrameHeader = FrameHeader::new(Opcode::BINARY).unmasked();
const MORE: FrameHeader = FrameHeader::new(Opcode::CONTINUATION).unmasked();
const PING: FrameHeader = FrameHeader::new(Opcode::PING).unmasked();
const PONG: FrameHeader = FrameHeader::new(Opcode::PONG).unmasked();
const CLOSE: FrameHeader = FrameHeader::new(Opcode::CLOSE).unmasked();

impl Talk {
    async fn go_on(&mut self) {
        let (mut decoder, mut buffer) = (FrameDecoder::new(FrameRules::strict_server(1 << 30, true)), BytesMut::new());
        loop {
            match decoder.decode(&mut buffer) {
                Ok(Some(frame)) => {
                    if self.answer(frame).await.is_none() {
                        return;
                    }
                }
                Ok(None) => match self.tcp.read_buf(&mut buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(_) => {}
                },
                Err(_) => return,
            }
        }
    }

    /// Answers a frame; nothing if the connection is to end.
    async fn answer(&mut self, frame: Frame) -> Option<()> {
        let mut payload = frame.payload;
        if frame.header.rsv1 {
            let mut inflated = Vec::new();
            self.inflater.inflate(&payload, true, 1 << 30, &mut inflated).ok()?;
            payload = inflated.into();
        }
        self.seen.lock().push(format!("{} {}", frame.header.opcode, payload.escape_ascii()));
        match frame.header.opcode {
            Opcode::PING if self.path == "noping" => Some(()),
            Opcode::PING => self.send(&[(PONG, &payload)]).await,
            Opcode::PONG => Some(()),
            Opcode::CLOSE => {
                self.close(&payload).await;
                None
            }
            opcode => self.talk(opcode, &payload).await,
        }
    }

    async fn close(&mut self, payload: &[u8]) {
        match self.path.as_str() {
            "noclose" => tokio::time::sleep(Duration::from_secs(3600)).await,
            "closereason" => drop(self.send(&[(CLOSE, &ClosePayload::write(4001, "go away"))]).await),
            "closenostatus" => drop(self.send(&[(CLOSE, b"")]).await),
            _ => drop(self.send(&[(CLOSE, payload)]).await),
        }
    }

    async fn talk(&mut self, opcode: Opcode, payload: &[u8]) -> Option<()> {
        let same = FrameHeader::new(opcode).unmasked();
        if payload == b"hdrs" {
            let request = self.request.clone();
            return self.send(&[(TEXT, request.as_bytes())]).await;
        }
        match self.path.clone().as_str() {
            "pingfirst" => self.send(&[(PING, b"pp"), (same, payload)]).await,
            "close1001" => self.send(&[(CLOSE, &ClosePayload::write(1001, "bye"))]).await,
            "closeempty" => self.send(&[(CLOSE, b"")]).await,
            "drop" => None,
            "rst" => {
                self.tcp.set_zero_linger().ok()?;
                None
            }
            "frag" => self.send(&[(TEXT.not_final(), b"aa"), (MORE.not_final(), b"bb"), (MORE, b"cc")]).await,
            "fragping" => self.send(&[(TEXT.not_final(), b"aa"), (PING, b""), (MORE, b"cc")]).await,
            "fragnew" => self.send(&[(TEXT.not_final(), b"aa"), (TEXT.not_final(), b"new")]).await,
            "fragbin" => self.send(&[(BINARY.not_final(), b"\x01"), (MORE, b"\x02")]).await,
            "badcont" => self.send(&[(MORE, b"cc")]).await,
            "op3" => self.send(&[(FrameHeader::new(Opcode::from_bits(3)).unmasked(), b"cc"), (TEXT, b"next")]).await,
            "masked" => self.send_bytes(b"\x81\x82\x01\x02\x03\x04ik").await,
            "rsv1" => self.send(&[(TEXT.compressed(), b"zz")]).await,
            "partial" => self.send_bytes(b"\x81\x05he").await,
            "partialeof" => self.send_bytes(b"\x81\x05he").await.and(None),
            "lengtheof" => self.send_bytes(b"\x81\x7f\x00\x00").await.and(None),
            "halflength" => self.send_bytes(b"\x81\x7e\x00").await.and(None),
            "huge" => self.send_bytes(b"\x82\x7f\x00\x00\x00\x00\x80\x00\x00\x00").await,
            "large" => self.send_bytes(b"\x82\x7f\x00\x00\x00\x00\x40\x00\x00\x00").await,
            "slow" => {
                for byte in b"\x81\x05hello" {
                    tokio::time::sleep(Duration::from_millis(30)).await;
                    self.send_bytes(&[*byte]).await?;
                }
                Some(())
            }
            "late" => {
                self.send_bytes(b"\x81\x05he").await?;
                tokio::time::sleep(Duration::from_millis(300)).await;
                self.send_bytes(b"llo").await
            }
            "badutf8" => self.send(&[(TEXT, b"a\xffb")]).await,
            "noise" => self.send(&[(TEXT, b"noise 1"), (PING, b"q"), (TEXT, b"noise 2"), (TEXT, payload)]).await,
            "binnoise" => self.send(&[(BINARY, b"\xca\xfe"), (TEXT, payload)]).await,
            "pings" => {
                for number in 0..10 {
                    self.send(&[(PING, format!("{number}").as_bytes())]).await?;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Some(())
            }
            "pinglater" => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                self.send(&[(PING, b"later")]).await
            }
            "deflate" => {
                let compressed = self.deflate(payload);
                self.send(&[(same.compressed(), &compressed)]).await
            }
            "deflatefrag" => {
                let compressed = self.deflate(&payload.repeat(20));
                let (first, rest) = compressed.split_at(4);
                self.send(&[(same.compressed().not_final(), first), (PING, b""), (MORE, rest)]).await
            }
            _ => self.send(&[(same, payload)]).await,
        }
    }

    fn deflate(&mut self, payload: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::with_capacity(payload.len() + 100);
        self.compress.compress_vec(payload, &mut compressed, FlushCompress::Sync).unwrap();
        compressed.truncate(compressed.len() - 4);
        compressed
    }

    async fn send(&mut self, frames: &[(FrameHeader, &[u8])]) -> Option<()> {
        let mut bytes = BytesMut::new();
        for (header, payload) in frames {
            encode(*header, payload, &mut bytes);
        }
        self.send_bytes(&bytes).await
    }

    async fn send_bytes(&mut self, bytes: &[u8]) -> Option<()> {
        self.tcp.write_all(bytes).await.ok()
    }
}
