//! WebSocket Ping/Pong Frame Filter of Peter Doornbosch's plugin: discards pings, pongs or both, and may answer pings.

use std::sync::Arc;

use crate::elements::samplers::websocket::{FilterRule, FilteredFrame, FrameFilter, FrameTest, no_constant};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.PingFrameFilter", "WebSocket Ping/Pong Frame Filter", |fields| {
        let rule = PingFrameFilter {
            reply_to_ping: fields.prop("replyToPing", false),
            filter_type: fields.text("filterType", "FilterAll"),
        };
        Element::config(FrameFilter::new(Label::new(fields.name()), rule))
    });

struct PingFrameFilter {
    reply_to_ping: Prop<bool>,
    filter_type: Prop<String>,
}

impl FilterRule for PingFrameFilter {
    fn get(&self, vu: &mut VirtualUser) -> Result<FrameTest, Fault> {
        let replies = self.reply_to_ping.get(vu)?;
        let (pings, pongs) = match &*self.filter_type.text(vu)? {
            "FilterAll" => (true, true),
            "FilterPingOnly" => (true, false),
            "FilterPongOnly" => (false, true),
            other => {
                // The plugin finds out when it looks at a frame.
                let fault = no_constant("PingFrameFilter.PingFilterType", other);
                return Ok(FrameTest { discards: Arc::new(move |_| Err(fault.clone())), replies });
            }
        };
        let discards = move |frame: FilteredFrame<'_>| {
            Ok(frame == FilteredFrame::Ping && pings || frame == FilteredFrame::Pong && pongs)
        };
        Ok(FrameTest { discards: Arc::new(discards), replies })
    }
}
