//! WebSocket Close of Peter Doornbosch's plugin: sends a close frame, wants one back, and closes the connection.

use super::websocket::{Connects, FrameSampler, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.CloseWebSocketSampler", "WebSocket Close", |fields| {
        let send = Send::Close(fields.text("statusCode", "1000"));
        FrameSampler::load(fields, &Connects::Never, send, Receive::Close)
    });
