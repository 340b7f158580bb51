//! WebSocket Single Read Sampler of Peter Doornbosch's plugin: reads one frame.

use super::websocket::{Connects, DataProps, FrameSampler, GatheringProps, Receive, Send};
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler",
    "WebSocket Single Read Sampler",
    |fields| {
        let data = DataProps {
            kind: fields.text("dataType", ""),
            is_binary: fields.prop("binaryPayload", false),
            optional: fields.prop("optional", false),
        };
        let receive = Receive::Data(data, GatheringProps::load(fields));
        FrameSampler::load(fields, &Connects::IfAsked(false), Send::Nothing, receive)
    },
);
