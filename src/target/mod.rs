//! The built-in server: something to run a plan against, for demonstrations, tests and benchmarks.
//!
//! | route | answers |
//! |---|---|
//! | `/` | this list, as a page |
//! | `/echo` | the request: method, path, query, headers and body, as JSON |
//! | `/status/CODE` | that status |
//! | `/delay/MS` | after so many milliseconds |
//! | `/redirect/N` | N redirects, the last one to `/echo` |
//! | `/bytes/N` | N bytes, any number |
//! | `/discard` | how long the request's body was, which is not kept |
//! | `/json`, `/html` | a document with something to extract |
//! | `/cookies` | the request's cookies as JSON; `/cookies/set?NAME=VALUE` sets some and goes there |
//! | `POST /login` | a token for the form's `user`, if `password` is `secret`; else 401 |
//! | `/profile` | who the token of `Authorization: Bearer TOKEN` belongs to; else 401 |
//! | `POST /logout` | makes the token worthless |
//! | `/ws/echo` | WebSocket: every message back |
//! | `/ws/fragments?size=N` | WebSocket: every message back, in frames of so many bytes |
//! | `/ws/ping?every=MS` | WebSocket: every message back, and pings; closes with 1008 if one is not answered before the next |
//! | `/ws/push?every=MS` | WebSocket: a numbered message every so often |
//! | `/ws/close?code=N&reason=R` | WebSocket: closes at once with that code |
//! | `/ws/subprotocol` | WebSocket: names the subprotocol chosen, or none |
//! | `/ws/headers` | WebSocket: the handshake's headers as JSON |

mod content;
mod login;
mod protected;
mod routes;
mod server;
mod websocket;

pub use server::{Target, TargetOptions};
