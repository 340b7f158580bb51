//! Where connections of HTTP/2 are kept: one for each route, used by several requests at once.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::Http2Connection;
use crate::protocol::http::Route;

/// The connections of one user, or, if the client's settings hold one, of all users.
#[derive(Debug, Default)]
pub struct Http2Connections {
    routes: Mutex<Vec<Slot>>,
}

#[derive(Debug)]
struct Slot {
    route: Arc<Route>,
    connection: Option<Http2Connection>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Http2Connections {
    /// The connection for a route, if it is still of use.
    pub(in crate::protocol::http) fn get(&self, route: &Route, now: Instant) -> Option<Http2Connection> {
        let mut routes = self.routes.lock();
        let slot = routes.iter_mut().find(|slot| *slot.route == *route)?;
        slot.connection.take_if(|connection| !connection.is_usable(now));
        slot.connection.clone()
    }

    /// Whoever holds it makes the route's connection, while others wait for that.
    pub(in crate::protocol::http) fn turn(&self, route: &Arc<Route>) -> Arc<tokio::sync::Mutex<()>> {
        self.with_slot(route, |slot| slot.turn.clone())
    }

    pub(in crate::protocol::http) fn put(&self, route: &Arc<Route>, connection: Http2Connection) {
        self.with_slot(route, |slot| slot.connection = Some(connection));
    }

    /// Lets go of all connections. Each is closed when its last request has ended.
    pub(in crate::protocol::http) fn clear(&self) {
        *self.routes.lock() = Vec::new();
    }

    /// Lets go of a route's connection.
    pub(in crate::protocol::http) fn close(&self, route: &Route) {
        self.routes.lock().retain(|slot| *slot.route != *route);
    }

    fn with_slot<T>(&self, route: &Arc<Route>, work: impl FnOnce(&mut Slot) -> T) -> T {
        let mut routes = self.routes.lock();
        if let Some(slot) = routes.iter_mut().find(|slot| *slot.route == **route) {
            return work(slot);
        }
        let mut slot = Slot { route: route.clone(), connection: None, turn: Arc::default() };
        let result = work(&mut slot);
        routes.push(slot);
        result
    }
}
