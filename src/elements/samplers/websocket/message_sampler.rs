//! The course of a sample of the older plugin by Maciej Zaleski (`WebSocketSampler.sample`, its newest source of 2021).
//!
//! It sends a text, if there is one, and waits until a message matches a pattern. That none does in time is no failure.
//! A server that cannot be reached is only noticed when the time for connecting is over, as there. Two things are
//! otherwise: pings are answered without being recorded, and no stack traces are shown.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::ClientConfig;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::connecting::Order;
use super::connections::say_goodbye;
use super::limits::ReadTimeout;
use super::open_connection::ConnectionOptions;
use super::user_headers::HeaderSources;
use super::{OpenConnection, Resting, RunSettings};
use crate::elements::samplers::{Sampled, Sampler, Sampling};
use crate::elements::{Element, Hooks, Role};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::protocol::http::{TlsConfig, TlsOptions, Trust};
use crate::protocol::websocket::ConnectTimeouts;

mod conversation;
mod destination;
mod talk;

use conversation::{Conversation, problems_text};
use destination::{Destination, DestinationProps};
use talk::{GOODBYE, Plan, Talk};

/// A sampler of messages.
pub(in crate::elements::samplers) struct MessageSampler {
    name: Label,
    settings: Arc<RunSettings>,
    destination: DestinationProps,
    headers: HeaderSources,
    payload: Prop<String>,
    connection_timeout: Prop<String>,
    response_timeout: Prop<String>,
    ignores_ssl_errors: Prop<bool>,
    /// `streamingConnection`: the connection is kept for the next sampler with its `connectionId`.
    streams: Prop<bool>,
    id: Prop<String>,
    response_pattern: Prop<String>,
    disconnect_pattern: Prop<String>,
    overrides: [Prop<bool>; 2],
    backlog: Prop<String>,
    clears_backlog: Prop<bool>,
    /// TLS that trusts only whom the system trusts.
    strict_tls: OnceLock<Result<Arc<ClientConfig>, String>>,
}

/// The connections that a user keeps, by `connectionId`.
#[derive(Default)]
struct Streams(Vec<(String, Resting, Conversation)>);

/// The largest message, as in the plugin.
const MAX_MESSAGE: usize = 256 << 20;
const DEFAULT_TIMEOUT: i32 = 20_000;
const DEFAULT_BACKLOG: usize = 3;
const LOG: &str = "J.p.f.s.w.WebSocketSampler";

impl MessageSampler {
    pub fn load(fields: &Fields<'_>) -> Element {
        fields.skip(&["implementation", "proxyAddress", "proxyPort", "proxyUsername", "proxyPassword"]);
        let sampler = Arc::new(Self {
            name: Label::new(fields.name()),
            settings: RunSettings::of(fields),
            destination: DestinationProps::load(fields),
            headers: HeaderSources::load(fields),
            payload: fields.text("requestPayload", ""),
            connection_timeout: fields.text("connectionTimeout", "5000"),
            response_timeout: fields.text("responseTimeout", "20000"),
            ignores_ssl_errors: fields.prop("ignoreSslErrors", false),
            streams: fields.prop("streamingConnection", false),
            id: fields.text("connectionId", ""),
            response_pattern: fields.text("responsePattern", ""),
            disconnect_pattern: fields.text("closeConncectionPattern", ""),
            overrides: ["isOverrideResponsePattern", "isOverrideDisconnectPattern"]
                .map(|name| fields.prop(name, false)),
            backlog: fields.text("messageBacklog", "3"),
            clears_backlog: fields.prop("clearBacklog", false),
            strict_tls: OnceLock::new(),
        });
        Element { role: Role::Sampler(sampler.clone()), hooks: Some(sampler) }
    }
}

impl Sampler for MessageSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.run(vu))
    }
}

impl Hooks for MessageSampler {
    /// The plugin closes connections at the end of the test; here they end with their user.
    fn thread_finished(&self, vu: &mut VirtualUser) {
        for (_, resting, _) in std::mem::take(vu.own::<Streams>()).0 {
            if let Some(mut connection) = resting.wake() {
                say_goodbye(&mut connection, GOODBYE);
            }
        }
    }
}

impl MessageSampler {
    async fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        let plan = self.plan(vu)?;
        let encoding = self.destination.encoding.text(vu)?.into_owned();
        result.successful = false;
        result.sampler_data = Some(plan.payload.clone().into());
        let problem = match self.take(&plan, vu).await? {
            Err(problem) => {
                result.response_message = problems_text(&format!(" - {problem}\n\n")).into();
                result.end = vu.now();
                return Ok(Some(result));
            }
            Ok(mut talk) => {
                let clock = vu.run.clock;
                let talked = vu.interruptible(talk.go_on(&plan)).await;
                let problem = talked.unwrap_or_else(|_| Err("Execution interrupted: null".to_owned())).err();
                if problem.is_none() {
                    talk.tell(&encoding, &mut result);
                    if plan.clears_backlog {
                        talk.conversation.clear();
                    }
                }
                result.end = clock.now();
                let text = problem.as_ref().map_or_else(String::new, |problem| format!(" - {problem}\n\n"));
                result.response_message = talk.conversation.message(&text).into();
                if let Some(connection) = talk.connection.filter(|connection| plan.streams && connection.is_connected())
                {
                    vu.own::<Streams>().0.push((plan.id, Resting::new(connection), talk.conversation));
                }
                problem
            }
        };
        result.data_encoding = encoding.into();
        result.successful = problem.is_none() && result.response_code == "200";
        Ok(Some(result))
    }

    fn plan(&self, vu: &mut VirtualUser) -> Result<Plan, Fault> {
        let timeout = |text: &str, what: &str| {
            java::parse_int(text).unwrap_or_else(|| {
                log::warn!(target: LOG, "{what} timeout is not a number; using the default of {DEFAULT_TIMEOUT} ms");
                DEFAULT_TIMEOUT
            })
        };
        let backlog = java::parse_int(&self.backlog.text(vu)?);
        Ok(Plan {
            payload: self.payload.text(vu)?.into_owned(),
            connect_for: timeout(&self.connection_timeout.text(vu)?, "Connection"),
            wait_for: timeout(&self.response_timeout.text(vu)?, "Request"),
            streams: self.streams.get(vu)?,
            id: self.id.text(vu)?.into_owned(),
            backlog: backlog.map_or(DEFAULT_BACKLOG, |backlog| usize::try_from(backlog).unwrap_or(0)),
            clears_backlog: self.clears_backlog.get(vu)?,
        })
    }

    /// Takes the user's connection or makes one, or says why there can be none.
    async fn take(&self, plan: &Plan, vu: &mut VirtualUser) -> Result<Result<Talk, String>, Fault> {
        let destination = match self.destination.get(vu)? {
            Ok(destination) => destination,
            Err(problem) => return Ok(Err(problem)),
        };
        let [response, disconnect] = [&self.response_pattern, &self.disconnect_pattern];
        let (response, disconnect) = (response.text(vu)?.into_owned(), disconnect.text(vu)?.into_owned());
        if let Some(mut talk) = self.resume(plan, vu).await {
            let [overrides_response, overrides_disconnect] = &self.overrides;
            if overrides_response.get(vu)? {
                talk.conversation.look_for_response(response);
            }
            if overrides_disconnect.get(vu)? {
                talk.conversation.look_for_disconnect(disconnect);
            }
            return Ok(Ok(talk));
        }
        let mut conversation = Conversation::new(response, disconnect);
        let connection = self.connect(destination, plan, &mut conversation, vu).await?;
        Ok(Ok(Talk { connection, conversation }))
    }

    /// The connection that was kept, if it is still one.
    async fn resume(&self, plan: &Plan, vu: &mut VirtualUser) -> Option<Talk> {
        let (connection, conversation) = if plan.streams { vu.own::<Streams>().take(&plan.id)? } else { return None };
        let mut talk = Talk { connection: Some(connection), conversation };
        talk.catch_up(plan.backlog).await;
        talk.conversation.go_on();
        talk.connection.is_some().then_some(talk)
    }

    /// Makes a connection. One that cannot be made takes all the time there is.
    async fn connect(
        &self,
        destination: Destination,
        plan: &Plan,
        conversation: &mut Conversation,
        vu: &mut VirtualUser,
    ) -> Result<Option<Box<OpenConnection>>, Fault> {
        conversation.note(&format!("Waiting for the server connection for {} MILLISECONDS", plan.connect_for));
        let limit = Duration::from_millis(u64::try_from(plan.connect_for).unwrap_or(0));
        let deadline = Instant::now() + limit;
        let order = self.order(destination, limit, vu)?;
        let settings = &self.settings;
        let work = async {
            match timeout_at(deadline, order.carry_out(settings)).await {
                Ok(Ok(opened)) => Some(Box::new(opened.connection)),
                Ok(Err(failure)) => {
                    log::warn!(target: LOG, "No connection: {failure:?}");
                    sleep_until(deadline).await;
                    None
                }
                Err(_) => None,
            }
        };
        let connection = vu.interruptible(work).await.unwrap_or(None);
        match connection {
            Some(_) => {
                conversation.was_open = true;
                conversation.note("WebSocket conection has been opened");
                conversation.note("Connection established");
            }
            None => conversation.note("Cannot connect to the remote server"),
        }
        Ok(connection)
    }

    fn order(&self, destination: Destination, limit: Duration, vu: &mut VirtualUser) -> Result<Order, Fault> {
        let Destination { address, host } = destination;
        let mut headers = self.headers.get(&address, vu)?;
        for name in ["Pragma", "Cache-Control"] {
            if headers.value(name).is_none() {
                headers.set(name, "no-cache".to_owned());
            }
        }
        let tls = match (address.tls, self.ignores_ssl_errors.get(vu)?) {
            (false, _) => None,
            (true, true) => Some(self.settings.tls(vu)?),
            (true, false) => Some(self.strict_tls()?),
        };
        Ok(Order {
            address,
            host,
            headers,
            tls,
            proxy: None,
            timeouts: ConnectTimeouts { connect: Some(limit), read: Some(limit) },
            read_timeout: ReadTimeout(limit.as_millis() as i64),
            lenient_upgrade: true,
            compression: false,
            options: ConnectionOptions { max_frame_size: MAX_MESSAGE, auto_pong: true, keep_alive: None },
        })
    }

    fn strict_tls(&self) -> Result<Arc<ClientConfig>, Fault> {
        let made = self.strict_tls.get_or_init(|| {
            let options = TlsOptions { trust: Trust::System, ..TlsOptions::default() };
            TlsConfig::new(&options).map(|tls| tls.client()).map_err(|error| error.to_string())
        });
        made.clone().map_err(|error| Fault::exception("javax.net.ssl.SSLException", error))
    }
}

impl Streams {
    /// Takes a connection.
    fn take(&mut self, id: &str) -> Option<(Box<OpenConnection>, Conversation)> {
        let place = self.0.iter().position(|(known, ..)| known == id)?;
        let (_, resting, conversation) = self.0.swap_remove(place);
        Some((resting.wake()?, conversation))
    }
}
