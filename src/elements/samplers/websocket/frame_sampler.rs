//! The course of a sample: settings are checked, a connection is made or taken, a frame is sent, a frame is read
//! (`WebsocketSampler.sample`).

use std::sync::Arc;

use super::connecting::{Checked, Opened};
use super::connections::EndOfUser;
use super::failure::Trouble;
use super::limits::{DEFAULT_READ_TIMEOUT, ReadTimeout};
use super::open_connection::State;
use super::{Connecting, Failure, FrameFilter, OpenConnection, Receive, RunSettings, Send};
use crate::elements::samplers::{Sampled, Sampler, Sampling};
use crate::elements::{Element, Hooks, Role};
use crate::model::{Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::protocol::websocket::ResponseHead;

/// A sampler of frames: all of the plugin's samplers are one, and differ in what they send and read.
pub(in crate::elements::samplers) struct FrameSampler {
    name: Label,
    pub(super) settings: Arc<RunSettings>,
    pub(super) filters: Vec<Arc<FrameFilter>>,
    /// `loadline.connection`: which of its user's connections.
    connection: Prop<String>,
    /// How to make a connection, for samplers that do so.
    connecting: Option<Connecting>,
    /// `createNewConnection`.
    creates: Prop<bool>,
    read_timeout: Prop<String>,
    pub(super) send: Send,
    pub(super) receive: Receive,
    /// `loadline.latency`: the time to the first byte that comes is the sample's latency, which is 0 in the plugin.
    pub(super) measures_latency: Prop<bool>,
    /// `loadline.explainEnd`: a message tells why the connection is gone.
    explains_end: Prop<bool>,
}

/// Whether a sampler makes connections.
pub(in crate::elements::samplers) enum Connects {
    Always,
    /// If `createNewConnection` says so; this is what its absence says.
    IfAsked(bool),
    Never,
}

type New<'a> = Option<(&'a Connecting, Checked)>;

impl FrameSampler {
    /// The sampler that does this.
    pub fn load(fields: &Fields<'_>, connects: &Connects, send: Send, receive: Receive) -> Element {
        let settings = RunSettings::of(fields);
        let (connecting, creates) = match connects {
            Connects::Always => (Some(Connecting::load(fields)), Prop::fixed("", true)),
            Connects::IfAsked(absent) => (Some(Connecting::load(fields)), fields.prop("createNewConnection", *absent)),
            Connects::Never => (None, Prop::fixed("", false)),
        };
        fields.skip(&["TLS", "server", "port", "path", "connectTimeout", "readTimeout"]);
        let hooks = EndOfUser::new(&settings).map(|end| Arc::new(end) as Arc<dyn Hooks>);
        let sampler = Self {
            name: Label::new(fields.name()),
            filters: fields.scope.all().collect(),
            connection: fields.text("loadline.connection", ""),
            connecting,
            creates,
            read_timeout: fields.text("readTimeout", DEFAULT_READ_TIMEOUT),
            send,
            receive,
            measures_latency: fields.prop("loadline.latency", false),
            explains_end: fields.prop("loadline.explainEnd", false),
            settings,
        };
        Element { role: Role::Sampler(Arc::new(sampler)), hooks }
    }
}

impl Sampler for FrameSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.run(vu))
    }
}

impl FrameSampler {
    async fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        result.successful = false;
        let (new, timeout) = match self.check(vu)? {
            Ok(checked) => checked,
            Err(complaint) => {
                result.response_code = "Sampler error".into();
                result.response_message = format!("Sampler error: {complaint}").into();
                return Ok(Some(result));
            }
        };
        let slot = self.connection.text(vu)?;
        let mut held = vu.local(&self.settings.connections).take(&slot);
        let is_new = new.is_some();
        if is_new {
            // The old one ends before the new one is made, without a word.
            drop(held.take());
        } else if held.is_none() {
            self.tell_missing(&mut result);
            return Ok(Some(result));
        }
        let worked = self.work(new, timeout, &mut held, &mut result, vu).await;
        let stays = |connection: &OpenConnection| {
            connection.is_connected() || is_new && connection.state == State::ClosedServer
        };
        if let Some(connection) = held.filter(|connection| stays(connection)) {
            vu.local(&self.settings.connections).put(&slot, connection);
        }
        match worked {
            Ok(()) => result.successful = true,
            Err(Trouble::Failure(failure)) => self.tell(&failure, &mut result, vu)?,
            Err(Trouble::Fault(fault)) => return Err(fault),
        }
        Ok(Some(result))
    }

    /// Checks what the plugin checks before anything else: what a new connection needs, and the read timeout unless
    /// nothing will be read. A read timeout that is not checked and is none counts as the default one, where the plugin
    /// loses the sample.
    fn check(&self, vu: &mut VirtualUser) -> Result<Result<(New<'_>, ReadTimeout), String>, Fault> {
        let new = match &self.connecting {
            Some(connecting) if self.creates.get(vu)? => match connecting.check(vu)? {
                Ok(checked) => Some((connecting, checked)),
                Err(complaint) => return Ok(Err(complaint)),
            },
            _ => None,
        };
        let only_writes = matches!((&self.send, &self.receive), (Send::Data(_), Receive::Nothing));
        Ok(match ReadTimeout::read(&self.read_timeout.text(vu)?) {
            Ok(timeout) => Ok((new, timeout)),
            Err(_) if only_writes => ReadTimeout::read(DEFAULT_READ_TIMEOUT).map(|timeout| (new, timeout)),
            Err(complaint) => Err(complaint),
        })
    }

    async fn work(
        &self,
        new: New<'_>,
        timeout: ReadTimeout,
        held: &mut Option<Box<OpenConnection>>,
        result: &mut SampleResult,
        vu: &mut VirtualUser,
    ) -> Result<(), Trouble> {
        let mut answer = None;
        if let Some((connecting, checked)) = new {
            let opened = connect(connecting, &checked, timeout, &self.settings, result, vu).await?;
            answer = Some(opened.head);
            *held = Some(Box::new(opened.connection));
        }
        let Some(connection) = held else { return Ok(()) };
        if answer.is_none() {
            begin_on_existing(connection, result, vu)?;
        }
        let exchanged = self.exchange(connection, timeout, result, vu).await;
        result.end = vu.now();
        let received = exchanged?;
        match answer {
            Some(answer) => {
                result.response_code = "101".into();
                result.response_message = "Switching Protocols".into();
                result.response_headers = headers_text(&answer).into();
            }
            None => {
                result.response_code = "200".into();
                result.response_message = "OK".into();
            }
        }
        self.receive.tell(received, result, vu);
        Ok(())
    }

    /// There is no connection to be used. The plugin gives such samples no time at all; here they have that at which they
    /// were taken.
    fn tell_missing(&self, result: &mut SampleResult) {
        let message = match self.send {
            Send::Close(_) => {
                result.sampler_data = Some("No request sent.".into());
                result.response_message = "No connection; nothing to close.".into();
                return;
            }
            Send::Ping(_) => "Sampler must use existing connection, but there is no connection",
            _ => "Sampler configured for using existing connection, but there is no connection",
        };
        log::error!(target: "e.l.j.w.WebsocketSampler", "Sampler '{}': there is no connection to re-use", result.label);
        result.response_code = "Sampler error".into();
        result.response_message = message.into();
    }

    fn tell(&self, failure: &Failure, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
        match failure {
            Failure::Unexpected(frame) if matches!(self.receive, Receive::Close) => {
                result.response_code = "WebSocket error: unsuccesful close.".into();
                result.response_message = format!("WebSocket error: received not a close frame, but {frame}").into();
                // The plugin forgets the end of such a sample.
                result.end = result.start;
            }
            failure => {
                result.end = vu.now();
                failure.tell(result, self.explains_end.get(vu)?);
            }
        }
        log::debug!(target: "e.l.j.w.WebsocketSampler", "Sampler '{}': {}", result.label, result.response_message);
        Ok(())
    }
}

/// Makes a new connection, and says in the result what came of it.
async fn connect(
    connecting: &Connecting,
    checked: &Checked,
    timeout: ReadTimeout,
    settings: &RunSettings,
    result: &mut SampleResult,
    vu: &mut VirtualUser,
) -> Result<Opened, Trouble> {
    // What goes wrong before the plugin's own handling of exceptions costs the sample.
    let order = connecting.order(checked, timeout, settings, vu).map_err(Trouble::Fault)?;
    result.request_headers = order.headers.text().into();
    result.start = vu.now();
    result.sampler_data = Some(format!("Connect URL:\n{}\n", order.address.url()).into());
    let opened = vu.interruptible(order.carry_out(settings)).await;
    let opened = opened.map_err(|_| Failure::Interrupted)??;
    result.connect = vu.now() - result.start;
    result.headers_size = opened.head.size as i64;
    result.sent_bytes = opened.request_size as u64;
    Ok(opened)
}

/// Goes on with a connection, if it is still one.
fn begin_on_existing(
    connection: &OpenConnection,
    result: &mut SampleResult,
    vu: &mut VirtualUser,
) -> Result<(), Failure> {
    result.start = vu.now();
    let url = &connection.url;
    if connection.is_connected() {
        result.sampler_data = Some(format!("Connect URL:\n{url}\n(using existing connection)\n").into());
        return Ok(());
    }
    result.sampler_data = Some(format!("Connect URL:\n{url}\n").into());
    let state = connection.state;
    let exception = format!("java.lang.IllegalStateException: Cannot connect when state is {state}");
    Err(Failure::Exception(exception.into()))
}

/// The headers of a response as the plugin shows them: sorted, several of one name together, without the status line.
fn headers_text(head: &ResponseHead) -> String {
    let mut sorted: Vec<(&str, String)> = Vec::new();
    for (name, value) in &head.headers {
        match sorted.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, known)) => known.extend([", ", value]),
            None => sorted.push((name, value.clone())),
        }
    }
    sorted.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    let lines: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}
