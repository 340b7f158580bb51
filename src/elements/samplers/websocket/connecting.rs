//! Making a connection: name, TCP, proxy, TLS and the opening handshake.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;

use super::limits::{self, ReadTimeout};
use super::open_connection::{Compression, ConnectionOptions};
use super::user_headers::{HeaderSources, UserHeaders};
use super::{Address, AddressProps, Failure, OpenConnection, RunSettings};
use crate::model::{Fault, Fields, Prop, VirtualUser};
use crate::protocol::websocket::{
    ConnectTimeouts, Connection, ConnectionHeader, DeflateOffer, DeflateParameters, Deflater, Endpoint, Extensions,
    FrameRules, HandshakeRules, Inflater, KeepAlive, Proxy, ResponseHead, Stream, UpgradeRequest, open, upgrade,
};

const EXTENSIONS: &str = "Sec-WebSocket-Extensions";

/// How a sampler makes connections.
pub(super) struct Connecting {
    address: AddressProps,
    connect_timeout: Prop<String>,
    headers: HeaderSources,
    /// `loadline.lenientUpgrade`: a response with `Connection: keep-alive, Upgrade` is taken.
    lenient_upgrade: Prop<bool>,
    /// `loadline.compression`: permessage-deflate is offered, and what is agreed on is used in both directions.
    compression: Prop<bool>,
    /// `loadline.autoPong`.
    auto_pong: Prop<bool>,
    /// `loadline.keepAlive`: the time between pings in milliseconds; 0 is none.
    keep_alive: Prop<i64>,
    /// `loadline.keepAliveTimeout`: the time that a pong may take, in milliseconds.
    keep_alive_timeout: Prop<i64>,
    /// `loadline.maxFrameSize`.
    max_frame_size: Prop<i64>,
}

/// All that is needed for one connection.
pub(super) struct Order {
    pub address: Address,
    /// What `Host` says.
    pub host: String,
    pub headers: UserHeaders,
    pub tls: Option<Arc<ClientConfig>>,
    pub proxy: Option<Arc<Proxy>>,
    pub timeouts: ConnectTimeouts,
    pub read_timeout: ReadTimeout,
    pub lenient_upgrade: bool,
    pub compression: bool,
    pub options: ConnectionOptions,
}

/// What was checked of the settings before anything else.
pub(super) struct Checked {
    port: u16,
    connect_timeout: Duration,
}

/// A new connection.
pub(super) struct Opened {
    pub connection: OpenConnection,
    /// The server's answer.
    pub head: ResponseHead,
    /// The request's size in bytes.
    pub request_size: usize,
}

/// The largest frame that is taken unless the plan says otherwise.
const MAX_FRAME_SIZE: i64 = 64 << 20;

/// How long the pong to a ping of the connection's own may take unless the plan says otherwise, in milliseconds.
const KEEP_ALIVE_TIMEOUT: i64 = 10_000;

impl Connecting {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            address: AddressProps::load(fields),
            connect_timeout: fields.text("connectTimeout", "20000"),
            headers: HeaderSources::load(fields),
            lenient_upgrade: fields.prop("loadline.lenientUpgrade", false),
            compression: fields.prop("loadline.compression", false),
            auto_pong: fields.prop("loadline.autoPong", false),
            keep_alive: fields.prop("loadline.keepAlive", 0),
            keep_alive_timeout: fields.prop("loadline.keepAliveTimeout", KEEP_ALIVE_TIMEOUT),
            max_frame_size: fields.prop("loadline.maxFrameSize", MAX_FRAME_SIZE),
        }
    }

    /// Checks port and timeout, or says what the plugin has against them.
    pub fn check(&self, vu: &mut VirtualUser) -> Result<Result<Checked, String>, Fault> {
        let port = match self.address.port(vu)? {
            Ok(port) => port,
            Err(complaint) => return Ok(Err(complaint)),
        };
        let connect_timeout = limits::connect_timeout(&self.connect_timeout.text(vu)?);
        Ok(connect_timeout.map(|connect_timeout| Checked { port, connect_timeout }))
    }

    /// Evaluates everything that a connection needs.
    pub fn order(
        &self,
        checked: &Checked,
        read_timeout: ReadTimeout,
        settings: &RunSettings,
        vu: &mut VirtualUser,
    ) -> Result<Order, Fault> {
        let address = self.address.get(checked.port, vu)?;
        let mut headers = self.headers.get(&address, vu)?;
        let compression = self.compression.get(vu)?;
        if compression {
            headers.0.retain(|(name, _)| !name.eq_ignore_ascii_case(EXTENSIONS));
            headers.set(EXTENSIONS, DeflateOffer::default().to_string());
        }
        let options = self.options(vu)?;
        let tls = if address.tls { Some(settings.tls(vu)?) } else { None };
        Ok(Order {
            host: address.host_and_port(),
            proxy: settings.proxy_to(&address.host),
            address,
            headers,
            tls,
            timeouts: ConnectTimeouts { connect: Some(checked.connect_timeout), read: read_timeout.duration() },
            read_timeout,
            lenient_upgrade: self.lenient_upgrade.get(vu)?,
            compression,
            options,
        })
    }

    fn options(&self, vu: &mut VirtualUser) -> Result<ConnectionOptions, Fault> {
        let millis = |number: i64| Duration::from_millis(u64::try_from(number).unwrap_or(0));
        let interval = millis(self.keep_alive.get(vu)?);
        let timeout = millis(self.keep_alive_timeout.get(vu)?);
        Ok(ConnectionOptions {
            max_frame_size: usize::try_from(self.max_frame_size.get(vu)?).unwrap_or(0),
            auto_pong: self.auto_pong.get(vu)?,
            keep_alive: (!interval.is_zero()).then_some(KeepAlive { interval, timeout }),
        })
    }
}

impl Order {
    /// Makes the connection.
    pub async fn carry_out(&self, settings: &RunSettings) -> Result<Opened, Failure> {
        self.headers.report_ignored();
        let endpoint = self.endpoint(settings).await?;
        let (stream, _) = open(&endpoint, self.timeouts).await?;
        let target = if endpoint.proxy.is_some() { self.address.http_url() } else { self.address.target.clone() };
        let headers = self.headers.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let request = UpgradeRequest::new(target, &self.host, headers);
        let frame_rules = FrameRules::lenient((self.options.max_frame_size as u64).min(i32::MAX as u64));
        let upgraded = upgrade(stream, &request, &self.rules(), frame_rules, self.read_timeout.wait()).await?;
        let connection = self.connection(upgraded.connection, upgraded.agreement.deflate);
        Ok(Opened { connection, head: upgraded.head, request_size: upgraded.request_size })
    }

    async fn endpoint(&self, settings: &RunSettings) -> Result<Endpoint, Failure> {
        let host = self.address.reachable_host();
        let proxy = self.proxy.clone();
        let addresses = if proxy.is_some() { Vec::new() } else { self.addresses(host, settings).await? };
        Ok(Endpoint { host: host.to_owned(), port: self.address.port, addresses, tls: self.tls.clone(), proxy })
    }

    async fn addresses(&self, host: &str, settings: &RunSettings) -> Result<Vec<IpAddr>, Failure> {
        let found = settings.resolver.addresses(&Arc::from(host)).await;
        found.map(|addresses| addresses.to_vec()).map_err(|_| Failure::io(host.to_owned()))
    }

    fn rules(&self) -> HandshakeRules {
        let lenient = HandshakeRules::lenient();
        HandshakeRules {
            connection: if self.lenient_upgrade { ConnectionHeader::Contains } else { lenient.connection },
            extensions: if self.compression {
                Extensions::Offered(Some(DeflateOffer::default()))
            } else {
                lenient.extensions
            },
            ..lenient
        }
    }

    fn connection(&self, connection: Connection<Stream>, agreed: Option<DeflateParameters>) -> OpenConnection {
        let compression = match agreed {
            Some(agreed) => agreed_compression(agreed),
            None if self.compression => Compression::default(),
            None => self.asked_for_by_header(),
        };
        OpenConnection::new(connection, self.address.url(), compression, self.options)
    }

    /// What the plugin does when a header asks for compression: it inflates what comes, whatever the server has answered.
    fn asked_for_by_header(&self) -> Compression {
        match self.headers.value(EXTENSIONS) {
            Some(asked) if asked.contains("permessage-deflate") => {
                let context_takeover = !asked.contains("server_no_context_takeover");
                Compression { inflater: Some(Box::new(Inflater::new(context_takeover, 15))), deflater: None }
            }
            _ => Compression::default(),
        }
    }
}

fn agreed_compression(agreed: DeflateParameters) -> Compression {
    let inflater = Inflater::new(!agreed.server_no_context_takeover, agreed.server_window_bits);
    let deflater = Deflater::new(!agreed.client_no_context_takeover, agreed.client_window_bits, COMPRESSION_LEVEL);
    Compression { inflater: Some(Box::new(inflater)), deflater: Some(Box::new(deflater)) }
}

/// zlib's fastest.
const COMPRESSION_LEVEL: u32 = 1;
