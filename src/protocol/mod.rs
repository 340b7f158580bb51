//! Async clients that measure themselves on the wire. They know nothing of test plans.

pub mod http;
pub mod websocket;
