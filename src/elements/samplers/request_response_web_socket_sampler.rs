//! WebSocket request-response Sampler of Peter Doornbosch's plugin: sends a text or bytes and reads one frame of that kind.
//! It opens a connection, unless it is told to use its user's.

use super::websocket::{Connects, FrameSampler, GatheringProps, Payload, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "eu.luminis.jmeter.wssampler.RequestResponseWebSocketSampler",
    "WebSocket request-response Sampler",
    |fields| {
        let (send, receive) = (Send::Data(Payload::load(fields)), Receive::Answer(GatheringProps::load(fields)));
        FrameSampler::load(fields, &Connects::IfAsked(true), send, receive)
    },
);
