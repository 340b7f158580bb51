//! WebSocket (RFC 6455) with compression (RFC 7692), in two layers over any async byte stream.
//!
//! * [`Connection`] reads and writes single frames and does nothing by itself. [`FrameRules`] and [`HandshakeRules`] say
//!   how much of what the RFCs forbid is taken.
//! * [`Client`] on top of it is a complete, strict client for whole messages.
//!
//! [`open`] makes the stream, [`upgrade`] does the opening handshake on it. Frames, handshakes and compression are plain
//! functions of bytes and do no IO.

mod client;
mod close_code;
mod connect;
mod connection;
mod decoder;
mod deflate;
mod encoder;
mod ending;
mod extension;
mod fragments;
mod frame;
mod handshake;
mod inbound;
mod keep_alive;
mod mask;
mod message;
mod opcode;
mod outbound;
mod proxy;
mod socket;
mod stream;
mod utf8;
mod wait;

pub use client::{Client, ClientOptions, ClientRequest, Event, OpenError, Opening};
pub use close_code::{CloseCode, ClosePayload, ClosePayloadError};
pub use connect::{ConnectError, ConnectTimeouts, ConnectTimes, Endpoint, TcpError, open};
pub use connection::{Connection, ReadError};
pub use decoder::{Conformance, FrameDecoder, FrameError, FrameRules, MaskBit, UnexpectedEnd};
pub use deflate::{Deflater, InflateError, Inflater};
pub use encoder::{encode, encode_with_key};
pub use ending::{Cause, Ending, Initiator};
pub use extension::{DeflateOffer, DeflateParameters, ExtensionError, agree};
pub use fragments::{DataKind, FragmentError, Fragments};
pub use frame::{Frame, FrameHeader};
pub use handshake::{
    Agreement, ConnectionHeader, Extensions, HandshakeError, HandshakeKey, HandshakeRules, HeadError, HeadReader,
    InvalidHeader, MAX_HEAD, Refusal, ResponseHead, Subprotocols, UpgradeRequest, Upgraded, is_upgrade_header, upgrade,
};
pub use keep_alive::{Due, Heartbeat, KeepAlive};
pub use mask::mask;
pub use message::Message;
pub use opcode::Opcode;
pub use proxy::{Proxy, ProxyError};
pub use socket::Socket;
pub use stream::Stream;
pub use utf8::{InvalidUtf8, Utf8Check};
pub use wait::{TimedOut, Wait};
