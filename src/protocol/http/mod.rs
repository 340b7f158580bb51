//! The HTTP client that measures itself: requests go out byte for byte as they are given, responses come back byte for
//! byte as they were received, and every exchange says when what happened and how many bytes it took.
//!
//! A [`Client`] is one user. It sends a [`Request`] along a [`Route`] and brings back an [`Exchange`]: the [`Response`]
//! or the [`Error`], and what was [`Measured`]. Where servers are unclear, it understands what Apache HttpClient 4
//! understands, since so many tests were made with that one.
//!
//! | | |
//! |---|---|
//! | the user | `client`, `settings`, `pool`, `connection`, `http1`, `http2` |
//! | the way | `route`, `resolver`, `connect`, `tls`, `stream`, `interface` |
//! | the request | `request`, `send` |
//! | the response | `receive`; without IO `response_reader`, `head_scanner`, `body_decoder`, `chunked`, `field` |
//! | what comes of it | `exchange`, `response`, `response_head`, `content_coding`, `error` |

mod body_decoder;
mod chunked;
mod client;
mod connect;
mod connection;
mod content_coding;
mod error;
mod exchange;
mod field;
mod head_scanner;
mod http1;
mod http2;
mod interface;
mod pool;
mod receive;
mod request;
mod resolver;
mod response;
mod response_head;
mod response_reader;
mod route;
mod send;
mod settings;
mod slow_stream;
mod stream;
#[cfg(test)]
mod tests;
mod tls;

pub use body_decoder::BodyError;
pub use chunked::{ChunkError, ChunkedDecoder};
pub use client::Client;
pub use content_coding::{CodingError, ContentCoding, Decoded};
pub use error::{ConnectCause, ConnectError, Error, LookupError, TlsError, TlsFailure};
pub use exchange::{Exchange, Measured, Timing, Tunnel};
pub use head_scanner::{HeadError, HeadScanner};
pub use http2::Http2Connections;
pub use interface::{InterfaceError, interface_addresses};
pub use request::{BodyPiece, Request, RequestBody, RequestHead, RequestHeadBuilder};
pub use resolver::Resolver;
pub use response::{Body, Response};
pub use response_head::{Header, ResponseHead};
pub use response_reader::{AnswerTo, ResponseReader};
pub use route::{Proxy, Route};
pub use settings::Settings;
pub use tls::{TlsConfig, TlsConfigError, TlsOptions, TlsVersions, Trust, identity_from_pem};
