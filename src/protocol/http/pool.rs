//! The idle connections of one user.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::Route;
use super::connection::Connection;

/// Keeps connections until they are wanted again, the last one first.
#[derive(Debug, Default)]
pub(super) struct Pool {
    idle: Vec<(Arc<Route>, Box<Connection>)>,
    /// Connections of earlier generations are not taken back.
    generation: u32,
}

impl Pool {
    /// Takes a connection for that route out of the pool.
    pub(super) fn take(&mut self, route: &Arc<Route>, now: Instant) -> Option<Box<Connection>> {
        loop {
            let index = self.idle.iter().rposition(|(other, _)| is_same(other, route))?;
            let (_, connection) = self.idle.remove(index);
            if !connection.is_expired(now) {
                return Some(connection);
            }
        }
    }

    /// Marks a new connection as one of today's.
    pub(super) fn adopt(&self, connection: &mut Connection) {
        connection.generation = self.generation;
    }

    /// Takes a connection back.
    pub(super) fn give_back(&mut self, route: &Arc<Route>, connection: Box<Connection>) {
        if connection.generation == self.generation {
            let now = connection.used;
            self.idle.retain(|(_, other)| !other.is_expired(now));
            self.idle.push((route.clone(), connection));
        }
    }

    /// Closes the idle connections of a route.
    pub(super) fn close(&mut self, route: &Route) {
        self.idle.retain(|(other, _)| **other != *route);
    }

    /// Closes all idle connections, and those in use as soon as they come back.
    pub(super) fn clear(&mut self) {
        self.idle = Vec::new();
        self.generation = self.generation.wrapping_add(1);
    }

    /// How many connections are idle.
    pub(super) fn len(&self) -> usize {
        self.idle.len()
    }
}

impl Connection {
    /// Notes that a response has come and until when the connection may be used (`PoolEntry.updateExpiry`).
    pub(super) fn rest(&mut self, now: Instant, time_to_live: Option<Duration>, keep_alive: Option<Duration>) {
        self.used = now;
        let dies = time_to_live.map(|duration| self.created + duration);
        let closes = keep_alive.map(|duration| now + duration);
        self.expires = [dies, closes].into_iter().flatten().min();
    }

    fn is_expired(&self, now: Instant) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }
}

/// Users mostly ask for the very route that they asked for before.
fn is_same(one: &Arc<Route>, other: &Arc<Route>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}
