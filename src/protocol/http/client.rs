//! The client of one user: its connections, its TLS sessions, and the way of a request through them.

use std::sync::Arc;

use parking_lot::Mutex;
use rustls::ClientConfig;
use tokio::time::Instant;

use super::connect::connect;
use super::connection::{Connection, Peer};
use super::http1::{self, Answer, Stage};
use super::http2::Http2Connection;
use super::pool::Pool;
use super::tls::SessionStore;
use super::{
    Error, Exchange, Http2Connections, Measured, Request, Resolver, Response, Route, Settings, TlsConfig, Tunnel,
};

/// The client of one user. Requests may run side by side; each has its own connection. Dropping a request's future
/// closes the connection that it uses.
#[derive(Debug, Default)]
pub struct Client {
    settings: Arc<Settings>,
    pool: Mutex<Pool>,
    http2: Http2Connections,
    tls: Mutex<Option<Box<UserTls>>>,
}

/// What a user who speaks TLS needs of their own.
#[derive(Debug, Default)]
struct UserTls {
    sessions: Arc<SessionStore>,
    configs: Vec<(Arc<TlsConfig>, Arc<ClientConfig>)>,
}

impl Client {
    /// A client without connections.
    pub fn new(settings: Arc<Settings>) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Sends a request and receives its response.
    pub async fn exchange(&self, request: &Request<'_>) -> Exchange {
        let mut measured = Measured::start(Instant::now());
        loop {
            let mut stage = Stage::Sending;
            match self.attempt(request, &mut measured, &mut stage).await {
                Ok(response) => return Exchange { outcome: Ok(response), measured },
                Err(error) if self.may_retry(&error, request, stage, measured.tries) => measured.start_again(),
                Err(error) => {
                    measured.timing.end = Instant::now();
                    return Exchange { outcome: Err(error), measured };
                }
            }
        }
    }

    /// Closes all connections, those in use after their response, and forgets all TLS sessions.
    pub fn reset(&self) {
        self.pool.lock().clear();
        self.http2.clear();
        if let Some(tls) = self.tls.lock().as_ref() {
            tls.sessions.clear();
        }
    }

    /// Closes the idle connections of a route.
    pub fn close_idle(&self, route: &Route) {
        self.pool.lock().close(route);
        self.http2.close(route);
    }

    /// Who finds addresses for it.
    pub fn resolver(&self) -> &Resolver {
        &self.settings.resolver
    }

    /// How many connections are idle.
    pub fn idle_connections(&self) -> usize {
        self.pool.lock().len()
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        measured: &mut Measured,
        stage: &mut Stage,
    ) -> Result<Response, Error> {
        if request.route.may_speak_http2() {
            return Box::pin(self.attempt_http2(request, measured, stage)).await;
        }
        let connection = self.obtain(request, measured).await?;
        self.attempt_http1(connection, request, measured, stage).await
    }

    async fn attempt_http1(
        &self,
        mut connection: Box<Connection>,
        request: &Request<'_>,
        measured: &mut Measured,
        stage: &mut Stage,
    ) -> Result<Response, Error> {
        (measured.local, measured.remote) = (connection.local, Some(connection.remote));
        let answer = http1::exchange(&mut connection, request, self.settings.head_limit, measured, stage).await?;
        self.release(connection, request.route, &answer, measured.timing.end);
        Ok(answer.response)
    }

    /// Uses the route's connection of HTTP/2, or makes one and sees what the server speaks.
    async fn attempt_http2(
        &self,
        request: &Request<'_>,
        measured: &mut Measured,
        stage: &mut Stage,
    ) -> Result<Response, Error> {
        let (route, now) = (request.route, measured.timing.start);
        let connections = self.settings.shared_http2.as_deref().unwrap_or(&self.http2);
        let turn = connections.turn(route);
        let turn = turn.lock().await;
        let connection = match connections.get(route, now) {
            Some(connection) => {
                measured.is_reused = true;
                connection
            }
            None => {
                let connection = self.obtain(request, measured).await?;
                if !route.speaks_http2 && !connection.stream.has_chosen_http2() {
                    drop(turn);
                    return self.attempt_http1(connection, request, measured, stage).await;
                }
                let settings = &self.settings;
                let begun = Http2Connection::begin(*connection, settings.head_limit, settings.time_to_live).await?;
                connections.put(route, begun.clone());
                begun
            }
        };
        drop(turn);
        measured.is_http2 = true;
        (measured.local, measured.remote) = (connection.local, Some(connection.remote));
        connection.exchange(request, measured, stage).await
    }

    /// A connection all the way to the server.
    async fn obtain(&self, request: &Request<'_>, measured: &mut Measured) -> Result<Box<Connection>, Error> {
        let connection = match self.lease(request.route, measured.timing.start).await {
            Some(connection) => {
                measured.is_reused = true;
                connection
            }
            None => Box::pin(self.connect(request, measured)).await?,
        };
        if connection.is_complete {
            return Ok(connection);
        }
        Box::pin(self.tunnel(connection, request, measured)).await
    }

    /// An idle connection that may be used.
    async fn lease(&self, route: &Arc<Route>, now: Instant) -> Option<Box<Connection>> {
        loop {
            let mut connection = self.pool.lock().take(route, now)?;
            let is_due = self.settings.validate_after.is_some_and(|after| connection.used + after <= now);
            if !is_due || !connection.is_stale().await {
                return Some(connection);
            }
        }
    }

    fn release(&self, mut connection: Box<Connection>, route: &Arc<Route>, answer: &Answer, now: Instant) {
        if answer.keeps_connection {
            let keep_alive = answer.response.head.keep_alive().or(self.settings.idle_timeout);
            connection.last_head = Some(answer.response.head.clone());
            connection.rest(now, self.settings.time_to_live, keep_alive);
            self.pool.lock().give_back(route, connection);
        }
    }

    async fn connect(&self, request: &Request<'_>, measured: &mut Measured) -> Result<Box<Connection>, Error> {
        let tls = request.route.first_tls().map(|config| self.user_tls(config));
        let result = connect(request, &self.settings, tls).await;
        measured.timing.connect_end = Some(Instant::now());
        let mut connection = result?;
        self.pool.lock().adopt(&mut connection);
        Ok(connection)
    }
}

impl Client {
    /// Has the proxy open a tunnel and begins TLS through it. After a refusal the connection stays in the pool, for a
    /// request that answers it.
    async fn tunnel(
        &self,
        mut connection: Box<Connection>,
        request: &Request<'_>,
        measured: &mut Measured,
    ) -> Result<Box<Connection>, Error> {
        let head = request.tunnel.ok_or_else(|| Error::InvalidRequest("a tunnel needs a CONNECT request".into()))?;
        let config = request.route.tls.as_ref().map(|config| self.user_tls(config));
        let mut asked = Measured::start(Instant::now());
        let limit = self.settings.head_limit;
        let answer = http1::ask_for_tunnel(&mut connection, request, head, limit, &mut asked).await;
        let tunnel = Tunnel { sent: asked.sent, received: asked.received, response: None, end: asked.timing.end };
        let tunnel = measured.tunnel.insert(Box::new(tunnel));
        let answer = answer?;
        if !(200..300).contains(&answer.response.head.status()) {
            self.release(connection, request.route, &answer, asked.timing.end);
            return Err(Error::TunnelRefused(Box::new(answer.response)));
        }
        tunnel.response = Some(answer.response);
        connection.is_complete = true;
        let Some(config) = config else { return Ok(connection) };
        let peer = Peer { host: &request.route.host, address: connection.remote };
        let mut connection = connection.secure(config, &peer, request.connect_timeout).await?;
        connection.stream = connection.stream.slowed(self.settings.tls_rate);
        Ok(connection)
    }

    /// The user's own form of a configuration.
    fn user_tls(&self, config: &Arc<TlsConfig>) -> Arc<ClientConfig> {
        let mut tls = self.tls.lock();
        let tls = tls.get_or_insert_default();
        if let Some((_, known)) = tls.configs.iter().find(|(other, _)| Arc::ptr_eq(other, config)) {
            return known.clone();
        }
        let own = config.for_user(&tls.sessions);
        tls.configs.push((config.clone(), own.clone()));
        own
    }

    /// Whether another try is allowed and harmless (`StandardHttpRequestRetryHandler`).
    fn may_retry(&self, error: &Error, request: &Request<'_>, stage: Stage, tries: u32) -> bool {
        tries <= self.settings.retries
            && error.may_be_retried()
            && match stage {
                Stage::Sending => true,
                Stage::Waiting => request.head.is_idempotent() || self.settings.retries_sent_requests,
                Stage::Receiving => false,
            }
    }
}
