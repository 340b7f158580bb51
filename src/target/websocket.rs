//! The WebSocket routes.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::upgrade::{self, Upgraded};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::routes::{Answer, headers, plain};

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// The largest message that is echoed.
const LIMIT: usize = 64 << 20;

/// What the server does on an open connection.
enum Talk {
    Echo,
    /// The same in frames of so many bytes.
    Fragments(usize),
    /// Echoes, and pings every so often; closes if a ping is not answered before the next.
    Ping(Duration),
    Push(Duration),
    Close(u16, String),
    Say(String),
}

/// Accepts the handshake of a WebSocket client, whether it names a subprotocol or not.
pub(super) fn answer(mut request: Request<Incoming>, route: &str) -> Answer {
    let Some(accept) = accept_key(&request) else {
        let mut answer = plain(StatusCode::UPGRADE_REQUIRED, "a WebSocket handshake is what this wants");
        answer.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        return answer;
    };
    let subprotocol = chosen_subprotocol(&request);
    let query = request.uri().query().unwrap_or_default().to_owned();
    let field = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let talk = match route {
        "echo" => Talk::Echo,
        "fragments" => Talk::Fragments(field("size").and_then(|text| text.parse().ok()).unwrap_or(5).max(1)),
        "ping" => Talk::Ping(every(field("every"))),
        "push" => Talk::Push(every(field("every"))),
        "close" => {
            let code = field("code").and_then(|text| text.parse().ok()).unwrap_or(1000);
            Talk::Close(code, field("reason").unwrap_or_default())
        }
        "subprotocol" => Talk::Say(subprotocol.clone().unwrap_or_else(|| "none".into())),
        "headers" => Talk::Say(headers(request.headers()).to_string()),
        _ => return plain(StatusCode::NOT_FOUND, "there is no such WebSocket route: see /"),
    };
    let upgraded = upgrade::on(&mut request);
    drop(tokio::spawn(async move {
        if let Ok(upgraded) = upgraded.await {
            let config = WebSocketConfig::default()
                .read_buffer_size(4096)
                .write_buffer_size(0)
                .max_message_size(Some(LIMIT))
                .max_frame_size(Some(LIMIT));
            let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
            // A client that goes away ends the talk.
            let _ = hold(socket, talk).await;
        }
    }));
    let mut answer = plain(StatusCode::SWITCHING_PROTOCOLS, "");
    let answered = answer.headers_mut();
    answered.remove(header::CONTENT_TYPE);
    answered.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    answered.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    answered.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    if let Some(subprotocol) = subprotocol.and_then(|name| HeaderValue::from_str(&name).ok()) {
        answered.insert(header::SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    answer
}

/// A time in milliseconds, at least one; a second if there is none.
fn every(millis: Option<String>) -> Duration {
    Duration::from_millis(millis.and_then(|text| text.parse().ok()).unwrap_or(1000).max(1))
}

/// The answer to the handshake's key; `None` if the request is no handshake (RFC 6455, section 4.2.1).
fn accept_key(request: &Request<Incoming>) -> Option<HeaderValue> {
    let has = |name: header::HeaderName, word: &str| {
        let values = request.headers().get_all(name);
        values
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
    };
    let is_handshake = has(header::UPGRADE, "websocket")
        && has(header::CONNECTION, "upgrade")
        && has(header::SEC_WEBSOCKET_VERSION, "13");
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY).filter(|_| is_handshake)?;
    HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()
}

/// The first subprotocol that the client names.
fn chosen_subprotocol(request: &Request<Incoming>) -> Option<String> {
    let named = request.headers().get(header::SEC_WEBSOCKET_PROTOCOL)?.to_str().ok()?;
    named.split(',').map(str::trim).find(|name| !name.is_empty()).map(str::to_owned)
}

async fn hold(mut socket: Socket, talk: Talk) -> Result<(), Error> {
    match talk {
        Talk::Echo => {
            while let Some(message) = socket.next().await {
                match message? {
                    data @ (Message::Text(_) | Message::Binary(_)) => socket.send(data).await?,
                    Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => {
                        socket.flush().await?;
                    }
                }
            }
            Ok(())
        }
        Talk::Fragments(size) => {
            while let Some(message) = socket.next().await {
                if let data @ (Message::Text(_) | Message::Binary(_)) = message? {
                    send_in_fragments(&mut socket, &data, size).await?;
                }
            }
            Ok(())
        }
        Talk::Ping(every) => ping(socket, every).await,
        Talk::Push(every) => push(socket, every).await,
        Talk::Close(code, reason) => {
            let frame = CloseFrame { code: CloseCode::from(code), reason: reason.into() };
            socket.close(Some(frame)).await?;
            drain(socket).await
        }
        Talk::Say(text) => {
            socket.send(Message::text(text)).await?;
            drain(socket).await
        }
    }
}

async fn send_in_fragments(socket: &mut Socket, message: &Message, size: usize) -> Result<(), Error> {
    let kind = if message.is_text() { Data::Text } else { Data::Binary };
    let payload = message.clone().into_data();
    let mut at = 0;
    loop {
        let end = (at + size).min(payload.len());
        let (is_first, is_last) = (at == 0, end == payload.len());
        let opcode = OpCode::Data(if is_first { kind } else { Data::Continue });
        socket.send(Message::Frame(Frame::message(payload.slice(at..end), opcode, is_last))).await?;
        if is_last {
            return Ok(());
        }
        at = end;
    }
}

async fn ping(mut socket: Socket, every: Duration) -> Result<(), Error> {
    let mut clock = tokio::time::interval(every);
    let mut is_answered = true;
    loop {
        tokio::select! {
            _ = clock.tick() => {
                if !std::mem::take(&mut is_answered) {
                    let reason = "a ping was not answered".into();
                    socket.close(Some(CloseFrame { code: CloseCode::Policy, reason })).await?;
                    return drain(socket).await;
                }
                socket.send(Message::Ping(Bytes::from_static(b"still there?"))).await?;
            }
            message = socket.next() => match message {
                Some(message) => match message? {
                    Message::Pong(_) => is_answered = true,
                    data @ (Message::Text(_) | Message::Binary(_)) => socket.send(data).await?,
                    _ => {}
                },
                None => return Ok(()),
            },
        }
    }
}

async fn push(mut socket: Socket, every: Duration) -> Result<(), Error> {
    let mut clock = tokio::time::interval(every);
    let mut number = 0_u64;
    loop {
        tokio::select! {
            _ = clock.tick() => {
                number += 1;
                socket.send(Message::text(format!("message {number}"))).await?;
            }
            message = socket.next() => match message {
                Some(message) => drop(message?),
                None => return Ok(()),
            },
        }
    }
}

/// Reads until the client has closed.
async fn drain(mut socket: Socket) -> Result<(), Error> {
    while let Some(message) = socket.next().await {
        message?;
    }
    Ok(())
}
