//! The TLS sessions of one user.

use std::collections::VecDeque;

use parking_lot::Mutex;
use rustls::NamedGroup;
use rustls::client::{ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::ServerName;

/// How many servers are remembered, and how many tickets for each: a user has few of both, and there are many users.
const MOST_SERVERS: usize = 8;
const MOST_TICKETS: usize = 2;

/// Remembers a user's sessions until they are cleared.
#[derive(Debug, Default)]
pub(in crate::protocol::http) struct SessionStore {
    servers: Mutex<VecDeque<Server>>,
}

#[derive(Debug)]
struct Server {
    name: ServerName<'static>,
    group: Option<NamedGroup>,
    tls12: Option<Box<Tls12ClientSessionValue>>,
    tickets: VecDeque<Box<Tls13ClientSessionValue>>,
}

impl SessionStore {
    /// Forgets everything.
    pub(in crate::protocol::http) fn clear(&self) {
        *self.servers.lock() = VecDeque::new();
    }

    /// Calls `change` for a server, which is remembered from then on.
    fn remember(&self, name: ServerName<'static>, change: impl FnOnce(&mut Server)) {
        let mut servers = self.servers.lock();
        if let Some(server) = servers.iter_mut().find(|server| server.name == name) {
            change(server);
            return;
        }
        if servers.len() == MOST_SERVERS {
            servers.pop_front();
        }
        let mut server = Server { name, group: None, tls12: None, tickets: VecDeque::new() };
        change(&mut server);
        servers.push_back(server);
    }

    /// Calls `look` for a server that is remembered.
    fn recall<T>(&self, name: &ServerName<'_>, look: impl FnOnce(&mut Server) -> Option<T>) -> Option<T> {
        self.servers.lock().iter_mut().find(|server| server.name == *name).and_then(look)
    }
}

impl ClientSessionStore for SessionStore {
    fn set_kx_hint(&self, name: ServerName<'static>, group: NamedGroup) {
        self.remember(name, |server| server.group = Some(group));
    }

    fn kx_hint(&self, name: &ServerName<'_>) -> Option<NamedGroup> {
        self.recall(name, |server| server.group)
    }

    fn set_tls12_session(&self, name: ServerName<'static>, session: Tls12ClientSessionValue) {
        self.remember(name, |server| server.tls12 = Some(Box::new(session)));
    }

    fn tls12_session(&self, name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.recall(name, |server| server.tls12.as_deref().cloned())
    }

    fn remove_tls12_session(&self, name: &ServerName<'static>) {
        self.recall(name, |server| server.tls12.take());
    }

    fn insert_tls13_ticket(&self, name: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        self.remember(name, |server| {
            if server.tickets.len() == MOST_TICKETS {
                server.tickets.pop_front();
            }
            server.tickets.push_back(Box::new(ticket));
        });
    }

    fn take_tls13_ticket(&self, name: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.recall(name, |server| server.tickets.pop_back().map(|ticket| *ticket))
    }
}
