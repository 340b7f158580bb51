//! Reading more than one frame: what users of the plugin have to build loops for. Properties that JMeter ignores ask for it.

use std::sync::Arc;

use bytes::Bytes;

use super::exchange::Wanted;
use super::frame_filter::Reader;
use super::limits::ReadTimeout;
use super::received_frame::FrameKind;
use super::{Failure, ReceivedFrame};
use crate::model::{Fault, Fields, Prop, SampleResult, VirtualUser};
use crate::protocol::websocket::Opcode;
use crate::query::regex::{Dialect, Pattern, SyntaxError, compiled};

/// The properties that ask for more than one frame.
pub(in crate::elements::samplers) struct GatheringProps {
    /// `loadline.wholeMessage`: fragments are read up to the last one.
    whole: Prop<bool>,
    /// `loadline.until`: data in which this regular expression does not occur is skipped.
    until: Prop<String>,
    /// `loadline.messages`: how many are read; each becomes a part of the result.
    messages: Prop<i64>,
    /// `loadline.acceptClose`: a close frame from the server is as good as data, and is answered.
    accepts_close: Prop<bool>,
}

/// The same for one sample.
pub(super) struct Gathering {
    whole: bool,
    until: Option<Arc<Pattern>>,
    messages: usize,
    accepts_close: bool,
    /// Fewer messages than asked for are enough.
    pub optional: bool,
}

impl Default for Gathering {
    /// One frame.
    fn default() -> Self {
        Self { whole: false, until: None, messages: 1, accepts_close: false, optional: false }
    }
}

/// What was read.
#[derive(Default)]
pub(super) struct Gathered {
    /// The data: that of the only frame, or of all messages together.
    pub data: Option<ReceivedFrame>,
    /// The close frame that ended it, or that was asked for.
    pub close: Option<ReceivedFrame>,
    pub headers_size: i64,
    pub body_size: u64,
}

impl GatheringProps {
    pub fn load(fields: &Fields<'_>) -> Self {
        let until = fields.text("loadline.until", "");
        if let Some(Err(error)) = until.as_fixed().map(|text| compiled(text, Dialect::Java)) {
            fields.error("loadline.until", error.to_string());
        }
        Self {
            whole: fields.prop("loadline.wholeMessage", false),
            until,
            messages: fields.prop("loadline.messages", 1),
            accepts_close: fields.prop("loadline.acceptClose", false),
        }
    }

    /// What is asked for now.
    pub(super) fn get(&self, vu: &mut VirtualUser) -> Result<Gathering, Fault> {
        let until = match &*self.until.text(vu)? {
            "" => None,
            text => Some(compiled(text, Dialect::Java).map_err(|error| bad_pattern(&error))?),
        };
        Ok(Gathering {
            whole: self.whole.get(vu)?,
            until,
            messages: usize::try_from(self.messages.get(vu)?).unwrap_or(1).max(1),
            accepts_close: self.accepts_close.get(vu)?,
            optional: false,
        })
    }
}

fn bad_pattern(error: &SyntaxError) -> Fault {
    Fault::exception("java.util.regex.PatternSyntaxException", error.to_string())
}

impl Gathered {
    /// One frame, and nothing else.
    pub fn frame(frame: ReceivedFrame) -> Self {
        let (headers_size, body_size) = (frame.headers_size(), frame.payload.len() as u64);
        let mut gathered = Self { headers_size, body_size, ..Self::default() };
        match frame.kind {
            FrameKind::Close => gathered.close = Some(frame),
            _ => gathered.data = Some(frame),
        }
        gathered
    }

    /// Counts a frame of several. What stands in place of an incomplete one is nothing that came.
    fn count(&mut self, frame: &ReceivedFrame) {
        let shown = if frame.is_incomplete { 0 } else { frame.payload.len() as u64 };
        self.headers_size += frame.wire_size as i64 - shown as i64;
        self.body_size += shown;
    }
}

/// Reads what a sample wants beyond one frame. The read timeout is for all of it.
struct Gatherer<'a, 'r> {
    gathering: &'a Gathering,
    wanted: &'a Wanted,
    reader: &'a mut Reader<'r>,
    /// Milliseconds since 1970.
    deadline: Option<i64>,
    gathered: Gathered,
}

impl Gathering {
    /// Reads what the sample wants.
    pub async fn read(
        &self,
        wanted: &Wanted,
        timeout: ReadTimeout,
        reader: &mut Reader<'_>,
    ) -> Result<Gathered, Failure> {
        if !self.whole && self.until.is_none() && self.messages == 1 && !self.accepts_close {
            return wanted.judge(reader.receive(timeout).await?).map(Gathered::frame);
        }
        let deadline = (timeout.0 > 0).then(|| reader.clock.now() + timeout.0);
        let mut gatherer = Gatherer { gathering: self, wanted, reader, deadline, gathered: Gathered::default() };
        let read = gatherer.read().await;
        let Gathered { headers_size, body_size, .. } = gatherer.gathered;
        read.inspect_err(|_| {
            reader.result.headers_size += headers_size;
            reader.result.body_size += body_size;
        })
    }
}

impl Gatherer<'_, '_> {
    async fn read(&mut self) -> Result<Gathered, Failure> {
        let mut messages = Vec::new();
        while messages.len() < self.gathering.messages {
            let start = self.reader.clock.now();
            match self.message().await {
                Ok(message) if message.kind == FrameKind::Close => {
                    self.answer_close(&message).await;
                    self.gathered.close = Some(message);
                    break;
                }
                Ok(message) => {
                    if self.gathering.messages > 1 {
                        self.add_part(&message, start);
                    }
                    messages.push(message);
                }
                Err(Failure::TimedOut) if self.gathering.optional && !messages.is_empty() => break,
                Err(failure) => return Err(failure),
            }
        }
        let mut gathered = std::mem::take(&mut self.gathered);
        gathered.data = joined(messages);
        Ok(gathered)
    }

    /// The next message or frame that is wanted, or the close frame.
    async fn message(&mut self) -> Result<ReceivedFrame, Failure> {
        loop {
            let first = self.frame().await?;
            if first.kind == FrameKind::Close && self.gathering.accepts_close {
                return Ok(first);
            }
            let first = match self.wanted.judge(first) {
                Ok(frame) => frame,
                // Whoever looks for something looks past everything else.
                Err(Failure::Unexpected(frame)) if self.gathering.until.is_some() && frame.kind != FrameKind::Close => {
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let message = if self.gathering.whole && !first.fin { self.rest(first).await? } else { first };
            match &self.gathering.until {
                Some(pattern) if !pattern.is_in(&message.text()) => {}
                _ => return Ok(message),
            }
        }
    }

    /// Puts the fragments after this one to it. Pings and pongs between them are passed over.
    async fn rest(&mut self, first: ReceivedFrame) -> Result<ReceivedFrame, Failure> {
        let mut payload = Vec::new();
        let mut message = first;
        let mut fragment = message.clone();
        loop {
            if !fragment.is_incomplete {
                payload.extend_from_slice(&fragment.payload);
            }
            if fragment.fin {
                break;
            }
            fragment = loop {
                let next = self.frame().await?;
                match next.kind {
                    FrameKind::Ping | FrameKind::Pong => {}
                    FrameKind::Close => return Err(Failure::Unexpected(next)),
                    FrameKind::Text | FrameKind::Binary => break next,
                }
            };
            message.wire_size += fragment.wire_size;
        }
        (message.fin, message.is_incomplete) = (true, false);
        message.payload = payload.into();
        Ok(message)
    }

    async fn frame(&mut self) -> Result<ReceivedFrame, Failure> {
        let left = match self.deadline {
            None => 0,
            Some(deadline) => match deadline - self.reader.clock.now() {
                left if left > 0 => left,
                _ => return Err(Failure::TimedOut),
            },
        };
        let frame = self.reader.receive(ReadTimeout(left)).await?;
        self.gathered.count(&frame);
        Ok(frame)
    }

    fn add_part(&mut self, message: &ReceivedFrame, start: i64) {
        let result = &mut *self.reader.result;
        let mut part = SampleResult::starting(result.label.clone(), start);
        part.end = self.reader.clock.now();
        part.response_code = "200".into();
        part.response_message = "OK".into();
        part.headers_size = message.headers_size();
        part.body_size = message.payload.len() as u64;
        message.show_data(&mut part);
        result.store_part(part, true);
    }

    /// Does what RFC 6455 wants: the server gets its code back. If that fails, it was gone already.
    async fn answer_close(&mut self, close: &ReceivedFrame) {
        let code = close.payload.get(..2).unwrap_or_default();
        if let Err(failure) = self.reader.connection.send(Opcode::CLOSE, code).await {
            log::debug!(target: "e.l.j.w.WebsocketSampler", "The server's close frame was not answered: {failure:?}");
        }
    }
}

/// All messages as one: texts line by line, bytes one after the other.
fn joined(mut messages: Vec<ReceivedFrame>) -> Option<ReceivedFrame> {
    let mut last = messages.pop()?;
    if messages.is_empty() {
        return Some(last);
    }
    messages.push(last.clone());
    let is_text = messages.iter().all(|message| message.kind == FrameKind::Text);
    let payloads: Vec<Bytes> = messages.into_iter().map(|message| message.payload).collect();
    last.kind = if is_text { FrameKind::Text } else { FrameKind::Binary };
    last.payload = payloads.join(if is_text { &b"\n"[..] } else { b"" }).into();
    Some(last)
}
