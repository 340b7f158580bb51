//! WebSocket Sampler of Maciej Zaleski's older plugin: sends a text and waits for messages that match a pattern.

use super::websocket::MessageSampler;
use crate::elements::ElementType;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "JMeter.plugins.functional.samplers.websocket.WebSocketSampler",
    "WebSocket Sampler",
    MessageSampler::load,
);
