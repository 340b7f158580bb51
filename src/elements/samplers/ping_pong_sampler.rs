//! WebSocket Ping/Pong of Peter Doornbosch's plugin: sends a ping and waits for a pong, or only sends a pong.

use super::websocket::{Connects, FrameSampler, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.PingPongSampler", "WebSocket Ping/Pong", |fields| {
        let send = Send::Ping(fields.text("type", "PingPong"));
        FrameSampler::load(fields, &Connects::Never, send, Receive::Pong)
    });
