//! WebSocket Single Write Sampler of Peter Doornbosch's plugin: sends a text or bytes and reads nothing.

use super::websocket::{Connects, FrameSampler, Payload, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "eu.luminis.jmeter.wssampler.SingleWriteWebSocketSampler",
    "WebSocket Single Write Sampler",
    |fields| FrameSampler::load(fields, &Connects::IfAsked(false), Send::Data(Payload::load(fields)), Receive::Nothing),
);
