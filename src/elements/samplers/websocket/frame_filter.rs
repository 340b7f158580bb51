//! Frame filters: they discard frames before a sampler sees them, and leave a part in its result for each.
//!
//! They nest as in the plugin (`FrameFilter`): the last one in scope reads the connection, the first one is the outermost.
//! Each subtracts the time that it has waited from what is left of the read timeout, even after a frame that it lets
//! through; so a frame that comes at the very end of the time is lost, and a read timeout of 0, which is for ever without
//! filters, ends with the first frame.

use std::sync::Arc;

use smallvec::SmallVec;

use super::limits::ReadTimeout;
use super::received_frame::FrameKind;
use super::{Failure, OpenConnection, ReceivedFrame, RunSettings};
use crate::model::{Clock, Fault, Label, SampleResult, VirtualUser};
use crate::protocol::websocket::Opcode;

/// A frame filter in the scope of a sampler.
pub struct FrameFilter {
    name: Label,
    rule: Box<dyn FilterRule>,
}

/// Decides which frames a filter discards.
pub trait FilterRule: Send + Sync {
    /// The rule for one sample.
    ///
    /// # Errors
    /// What the sample fails with, before anything is read.
    fn get(&self, vu: &mut VirtualUser) -> Result<FrameTest, Fault>;
}

/// What a filter discards, for one sample.
#[derive(Clone)]
pub struct FrameTest {
    /// Looks at one frame.
    pub discards: Arc<Judge>,
    /// Whether pings that are discarded are answered.
    pub replies: bool,
}

/// Says whether a frame is discarded.
type Judge = dyn Fn(FilteredFrame<'_>) -> Result<bool, Fault> + Send + Sync;

/// A frame as filters see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilteredFrame<'a> {
    /// Text, or a further fragment of one.
    Text(&'a str),
    /// Bytes, or further ones.
    Binary(&'a [u8]),
    /// A ping.
    Ping,
    /// A pong.
    Pong,
    /// The end.
    Close,
}

impl FrameFilter {
    /// A filter with that name and rule.
    pub fn new(name: Label, rule: impl FilterRule + 'static) -> Self {
        Self { name, rule: Box::new(rule) }
    }
}

/// The filters of one sample, outermost first.
pub(super) struct FilterChain(SmallVec<[(Arc<str>, Result<FrameTest, Fault>); 2]>);

/// How much is left of a filter's time, and since when it waits. Milliseconds.
#[derive(Clone, Copy)]
struct Waiting {
    left: i64,
    since: i64,
}

/// What reading frames for one sample needs.
pub(super) struct Reader<'a> {
    pub connection: &'a mut OpenConnection,
    pub filters: &'a FilterChain,
    pub settings: &'a RunSettings,
    pub result: &'a mut SampleResult,
    pub clock: Clock,
}

impl FilterChain {
    /// The filters as they are now.
    pub fn new(filters: &[Arc<FrameFilter>], vu: &mut VirtualUser) -> Result<Self, Fault> {
        let each = filters.iter().map(|filter| Ok((filter.name.get(vu)?, filter.rule.get(vu))));
        each.collect::<Result<_, _>>().map(Self)
    }
}

impl Reader<'_> {
    /// Reads the next frame that no filter discards.
    pub async fn receive(&mut self, timeout: ReadTimeout) -> Result<ReceivedFrame, Failure> {
        let filters = self.filters.0.as_slice();
        if filters.is_empty() {
            return self.connection.receive(timeout.wait()).await;
        }
        let mut tests = SmallVec::<[&FrameTest; 2]>::new();
        for (_, test) in filters {
            tests.push(test.as_ref().map_err(|fault| Failure::Exception(fault.to_string().into()))?);
        }
        let now = self.clock.now();
        let mut waiting: SmallVec<[Waiting; 2]> =
            smallvec::smallvec![Waiting { left: timeout.0, since: now }; filters.len()];
        loop {
            let innermost = waiting[waiting.len() - 1];
            let frame = self.connection.receive(ReadTimeout(innermost.left).wait()).await?;
            let now = self.clock.now();
            let Some(again) = self.pass(&frame, &tests, &mut waiting, now).await? else { return Ok(frame) };
            let now = self.clock.now();
            let left = waiting[again].left;
            waiting[again..].fill(Waiting { left, since: now });
        }
    }

    /// Shows a frame to the filters, from the innermost outwards; the one that discards it reads again.
    async fn pass(
        &mut self,
        frame: &ReceivedFrame,
        tests: &[&FrameTest],
        waiting: &mut [Waiting],
        now: i64,
    ) -> Result<Option<usize>, Failure> {
        let text = if frame.kind == FrameKind::Text { frame.text() } else { "".into() };
        let seen = match frame.kind {
            FrameKind::Text => FilteredFrame::Text(&text),
            FrameKind::Binary => FilteredFrame::Binary(&frame.payload),
            FrameKind::Ping => FilteredFrame::Ping,
            FrameKind::Pong => FilteredFrame::Pong,
            FrameKind::Close => FilteredFrame::Close,
        };
        for (place, test) in tests.iter().enumerate().rev() {
            let discards = (test.discards)(seen).map_err(|fault| Failure::Exception(fault.to_string().into()))?;
            if discards {
                self.discard(frame, place, test.replies, waiting[place].since, now).await?;
            }
            let waiting = &mut waiting[place];
            let spent = now - waiting.since;
            if spent >= waiting.left {
                return Err(Failure::TimedOut);
            }
            waiting.left -= spent;
            if discards {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Leaves a part for a frame in the result, and answers it if it is a ping and that is asked for.
    async fn discard(
        &mut self,
        frame: &ReceivedFrame,
        place: usize,
        replies: bool,
        since: i64,
        now: i64,
    ) -> Result<(), Failure> {
        let name = &self.filters.0[place].0;
        let label = format!("Discarded {} frame (by filter '{name}')", frame.type_name());
        let mut part = SampleResult::starting(label.into(), since);
        part.end = now;
        part.response_message = format!("Received {frame}").into();
        part.headers_size = frame.headers_size();
        part.body_size = frame.payload.len() as u64;
        if replies && frame.kind == FrameKind::Ping {
            part.sent_bytes = self.connection.send(Opcode::PONG, &frame.payload).await?;
        }
        frame.show_data(&mut part);
        if self.settings.counts_filtered_frames {
            self.result.headers_size += part.headers_size;
            self.result.body_size += part.body_size;
            self.result.sent_bytes += part.sent_bytes;
        }
        self.result.store_part(part, self.settings.renames_parts);
        Ok(())
    }
}
