//! What a sampler does on its connection: it sends a frame, it reads a frame, and says in its result what came.

use std::borrow::Cow;
use std::fmt::Write;

use super::failure::Trouble;
use super::frame_filter::{FilterChain, Reader};
use super::gathering::{Gathered, Gathering, GatheringProps};
use super::limits::ReadTimeout;
use super::payload::PayloadKind;
use super::received_frame::FrameKind;
use super::{Failure, FrameSampler, OpenConnection, Payload, ReceivedFrame};
use crate::java;
use crate::model::{DataType, Fault, Prop, SampleResult, VirtualUser};
use crate::protocol::websocket::{Cause, ClosePayload, Opcode};

/// The variable that says whether the last data frame ended its message.
const LAST_FRAME_FINAL: &str = "websocket.last_frame_final";

/// The reason in the close frame of a Close sampler.
const CLOSE_REASON: &str = "sampler requested close";

/// What a sampler sends.
pub(in crate::elements::samplers) enum Send {
    Nothing,
    Data(Payload),
    /// `type`: a ping, or a pong that nobody asked for.
    Ping(Prop<String>),
    /// `statusCode`: a close frame with that status.
    Close(Prop<String>),
}

/// What a sampler reads.
pub(in crate::elements::samplers) enum Receive {
    Nothing,
    /// Data of the kind that was sent.
    Answer(GatheringProps),
    /// Data of a kind of its own choice.
    Data(DataProps, GatheringProps),
    /// A pong, after a ping.
    Pong,
    /// A close frame.
    Close,
}

/// The properties of a sampler that only reads.
pub(in crate::elements::samplers) struct DataProps {
    /// `dataType`.
    pub kind: Prop<String>,
    /// `binaryPayload`: what plans of version 1.2.7 and before have instead.
    pub is_binary: Prop<bool>,
    /// `optional`: nothing in time is no failure.
    pub optional: Prop<bool>,
}

/// Which frames a sample takes.
pub(super) enum Wanted {
    Text,
    Binary,
    Data,
    Pong,
    Close,
    /// None: the plan names a kind that does not exist, which the plugin finds out when a frame is there.
    Unknown(String),
}

impl Wanted {
    /// The frame, if it is one of them.
    pub fn judge(&self, frame: ReceivedFrame) -> Result<ReceivedFrame, Failure> {
        let is_wanted = match (self, frame.kind) {
            (Self::Text, kind) => kind == FrameKind::Text,
            (Self::Binary, kind) => kind == FrameKind::Binary,
            (Self::Data, kind) => matches!(kind, FrameKind::Text | FrameKind::Binary),
            (Self::Pong, kind) => kind == FrameKind::Pong,
            (Self::Close, kind) => kind == FrameKind::Close,
            (Self::Unknown(exception), _) => return Err(Failure::Exception(exception.clone().into())),
        };
        if is_wanted { Ok(frame) } else { Err(Failure::Unexpected(frame)) }
    }
}

/// A frame on its way out.
struct Outgoing<'a> {
    opcode: Opcode,
    payload: Cow<'a, [u8]>,
}

impl FrameSampler {
    /// Sends and reads. Nothing is what there was to be read, or what came in time where that is no failure.
    pub(super) async fn exchange(
        &self,
        connection: &mut OpenConnection,
        timeout: ReadTimeout,
        result: &mut SampleResult,
        vu: &mut VirtualUser,
    ) -> Result<Gathered, Trouble> {
        let (outgoing, wanted) = self.plan(result, vu).await?;
        let gathering = self.receive.gathering(vu)?;
        let measures_latency = self.measures_latency.get(vu)?;
        let filters = FilterChain::new(if wanted.is_some() { &self.filters } else { &[] }, vu)?;
        let clock = vu.run.clock;
        let work = async {
            if let Some(Outgoing { opcode, payload }) = outgoing {
                result.sent_bytes = connection.send(opcode, &payload).await?;
            }
            let Some(wanted) = wanted else { return Ok(Gathered::default()) };
            if measures_latency {
                connection.wait_for_data(timeout.wait()).await?;
                result.latency = clock.now() - result.start;
            }
            let mut reader = Reader { connection, filters: &filters, settings: &self.settings, result, clock };
            gathering.read(&wanted, timeout, &mut reader).await
        };
        match vu.interruptible(work).await {
            Ok(Err(Failure::TimedOut)) if gathering.optional => Ok(Gathered::default()),
            Ok(exchanged) => Ok(exchanged?),
            Err(_) => Err(Failure::Interrupted.into()),
        }
    }

    /// What is sent, and what is wanted after that.
    async fn plan(
        &self,
        result: &mut SampleResult,
        vu: &mut VirtualUser,
    ) -> Result<(Option<Outgoing<'_>>, Option<Wanted>), Trouble> {
        let mut answer = Wanted::Text;
        let control = |opcode, payload: Vec<u8>| Some(Outgoing { opcode, payload: payload.into() });
        let outgoing = match &self.send {
            Send::Nothing => None,
            Send::Data(payload) => {
                let kind = payload.kind(vu)?;
                if kind == PayloadKind::Binary {
                    answer = Wanted::Binary;
                }
                let prepared = payload.prepare(kind, vu).await?;
                show_request(&prepared.shown, result);
                Some(Outgoing { opcode: prepared.opcode, payload: prepared.into_bytes() })
            }
            Send::Ping(kind) => match &*kind.text(vu)? {
                "PingPong" => control(Opcode::PING, Vec::new()),
                "Pong" => return Ok((control(Opcode::PONG, Vec::new()), None)),
                other => return Err(no_constant("PingPongSampler.Type", other).into()),
            },
            Send::Close(status) => {
                let status = status.text(vu)?;
                let status = java::parse_int(&status).ok_or_else(|| Fault::number_format(&status))?;
                let request = format!("Requested connection close with status {status} and reason '{CLOSE_REASON}'.");
                result.sampler_data = Some(request.into());
                control(Opcode::CLOSE, ClosePayload::write(status as u16, CLOSE_REASON))
            }
        };
        let wanted = match &self.receive {
            Receive::Nothing => None,
            Receive::Answer(_) => Some(answer),
            Receive::Data(data, _) => Some(data.wanted(vu)?),
            Receive::Pong => Some(Wanted::Pong),
            Receive::Close => Some(Wanted::Close),
        };
        Ok((outgoing, wanted))
    }
}

impl DataProps {
    fn wanted(&self, vu: &mut VirtualUser) -> Result<Wanted, Fault> {
        Ok(match &*self.kind.text(vu)? {
            "Binary" => Wanted::Binary,
            "Any" => Wanted::Data,
            "" if self.is_binary.get(vu)? => Wanted::Binary,
            "Text" | "" => Wanted::Text,
            other => Wanted::Unknown(no_constant("SingleReadWebSocketSampler.DataType", other).to_string()),
        })
    }
}

/// What `Enum.valueOf` throws.
pub(in crate::elements) fn no_constant(of: &str, name: &str) -> Fault {
    Fault::illegal_argument(format!("No enum constant eu.luminis.jmeter.wssampler.{of}.{name}"))
}

/// Adds what is sent to what results show as the request.
fn show_request(shown: &str, result: &mut SampleResult) {
    let mut data = result.sampler_data.take().unwrap_or_default().into_owned();
    data.reserve(shown.len() + "\nRequest data:\n\n".len());
    data.extend(["\nRequest data:\n", shown, "\n"]);
    result.sampler_data = Some(data.into());
}

impl Receive {
    fn gathering(&self, vu: &mut VirtualUser) -> Result<Gathering, Fault> {
        match self {
            Self::Nothing | Self::Pong | Self::Close => Ok(Gathering::default()),
            Self::Answer(gathering) => gathering.get(vu),
            Self::Data(data, gathering) => {
                let mut gathering = gathering.get(vu)?;
                gathering.optional = data.optional.get(vu)?;
                Ok(gathering)
            }
        }
    }

    /// Says in a good result what came.
    pub(super) fn tell(&self, gathered: Gathered, result: &mut SampleResult, vu: &mut VirtualUser) {
        result.headers_size += gathered.headers_size;
        result.body_size += gathered.body_size;
        match (gathered.data, gathered.close) {
            (Some(data), close) => {
                if matches!(data.kind, FrameKind::Text | FrameKind::Binary) {
                    vu.variables.put(LAST_FRAME_FINAL, if data.fin { "true" } else { "false" });
                    data.show_data(result);
                    result.data_type = if data.kind == FrameKind::Text { DataType::Text } else { DataType::Binary };
                }
                if let Some(close) = close {
                    tell_server_close(&close, result);
                }
            }
            (None, Some(close)) if matches!(self, Self::Close) => tell_close(&close, result),
            (None, Some(close)) => {
                tell_close(&close, result);
                tell_server_close(&close, result);
            }
            (None, None) if matches!(self, Self::Data(..)) => {
                result.response_code = "No response".into();
                result.response_message = "Read timeout, no response received.".into();
            }
            (None, None) => {}
        }
    }
}

/// Says that the server has closed the connection, where that is no failure.
fn tell_server_close(frame: &ReceivedFrame, result: &mut SampleResult) {
    let code = frame.close_code();
    let mut message = format!("Connection closed by the server: {} (code {code})", Cause::of(code).words());
    if let (_, Some(reason)) = frame.close() {
        let _ = write!(message, "; close reason: '{reason}'");
    }
    result.response_code = code.0.to_string().into();
    result.response_message = message.into();
}

fn tell_close(frame: &ReceivedFrame, result: &mut SampleResult) {
    let (status, reason) = frame.close();
    let status = status.map_or_else(String::new, |status| status.to_string());
    let (message, data) = match reason {
        Some(reason) => (format!("Connection closed; close reason: '{reason}'.").into(), format!("{status}: {reason}")),
        None => ("Connection closed.".into(), status.clone()),
    };
    result.response_code = status.into();
    result.response_message = message;
    result.set_text(data);
    result.data_encoding = "UTF-8".into();
}
