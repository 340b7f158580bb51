//! What the samplers of the WebSocket plugins share.
//!
//! A [`FrameSampler`] takes a sample as the plugin by Peter Doornbosch does (`WebsocketSampler`): it makes a connection or
//! takes the one of its user, sends a frame, reads a frame. Its elements only differ in which of these they do. A
//! [`MessageSampler`] is that of the older plugin by Maciej Zaleski, which waits for messages that match a pattern.
//!
//! | | |
//! |---|---|
//! | the sample | `frame_sampler`, `exchange`, `failure`; `message_sampler` |
//! | the connection | `connecting`, `address`, `user_headers`, `limits`, `open_connection`, `inflating`, `resting`, `connections` |
//! | what is sent and read | `payload`, `received_frame`, `frame_filter`, `gathering` |
//! | of the run | `run_settings` |

mod address;
mod connecting;
mod connections;
mod exchange;
mod failure;
mod frame_filter;
mod frame_sampler;
mod gathering;
mod inflating;
mod limits;
mod message_sampler;
mod open_connection;
mod payload;
mod received_frame;
mod resting;
mod run_settings;
mod user_headers;

use address::{Address, AddressProps};
use connecting::Connecting;
use connections::Connections;
pub(in crate::elements) use exchange::no_constant;
pub(super) use exchange::{DataProps, Receive, Send};
use failure::Failure;
pub use frame_filter::{FilterRule, FilteredFrame, FrameFilter, FrameTest};
pub(super) use frame_sampler::{Connects, FrameSampler};
pub(super) use gathering::GatheringProps;
pub(super) use message_sampler::MessageSampler;
use open_connection::OpenConnection;
pub(super) use payload::Payload;
use received_frame::ReceivedFrame;
use resting::Resting;
use run_settings::{RunSettings, StopPolicy};

#[cfg(test)]
mod tests;
