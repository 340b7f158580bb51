//! WebSocket Open Connection of Peter Doornbosch's plugin: opens a connection for the samplers after it.

use super::websocket::{Connects, FrameSampler, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.OpenWebSocketSampler", "WebSocket Open Connection", |fields| {
        FrameSampler::load(fields, &Connects::Always, Send::Nothing, Receive::Nothing)
    });
