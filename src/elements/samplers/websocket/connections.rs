//! The connections that a user has: one for all its samplers, as in the plugin, and further ones by name.

use std::sync::Arc;

use super::{OpenConnection, Resting, RunSettings, StopPolicy};
use crate::elements::Hooks;
use crate::model::VirtualUser;
use crate::protocol::websocket::{ClosePayload, Opcode};

/// The connections of one user.
#[derive(Default)]
pub(super) struct Connections {
    /// The one without a name.
    main: Option<Resting>,
    /// `loadline.connection` names the others.
    named: Vec<(Box<str>, Resting)>,
}

impl Connections {
    /// Takes a connection out.
    pub fn take(&mut self, name: &str) -> Option<Box<OpenConnection>> {
        if name.is_empty() {
            return self.main.take()?.wake();
        }
        let place = self.named.iter().position(|(known, _)| known.as_ref() == name)?;
        self.named.swap_remove(place).1.wake()
    }

    /// Puts a connection in, in place of the one that had the name.
    pub fn put(&mut self, name: &str, connection: Box<OpenConnection>) {
        let connection = Resting::new(connection);
        if name.is_empty() {
            self.main = Some(connection);
        } else {
            self.named.retain(|(known, _)| known.as_ref() != name);
            self.named.push((name.into(), connection));
        }
    }

    /// Takes all of them out.
    fn drain(&mut self) -> impl Iterator<Item = Box<OpenConnection>> {
        let named = std::mem::take(&mut self.named).into_iter().map(|(_, connection)| connection);
        self.main.take().into_iter().chain(named).filter_map(Resting::wake)
    }
}

/// Ends the connections of users that end.
pub(super) struct EndOfUser {
    settings: Arc<RunSettings>,
}

impl EndOfUser {
    /// What is to be done at the end of users; nothing if the policy does not ask for anything.
    pub fn new(settings: &Arc<RunSettings>) -> Option<Self> {
        (settings.stop_policy != StopPolicy::None).then(|| Self { settings: settings.clone() })
    }
}

impl Hooks for EndOfUser {
    fn thread_finished(&self, vu: &mut VirtualUser) {
        for mut connection in vu.local(&self.settings.connections).drain() {
            if self.settings.stop_policy == StopPolicy::WsClose {
                say_goodbye(&mut connection, "test thread finished");
            }
        }
    }
}

/// Sends a close frame as far as that goes without waiting: there is always room for so little, unless the other side has
/// long stopped reading.
pub(super) fn say_goodbye(connection: &mut OpenConnection, reason: &str) {
    if !connection.may_close() {
        let state = connection.state;
        log::error!(target: "e.l.j.w.WebsocketSampler", "Closing WebSocket connection failed: Cannot close when state is {state}");
        return;
    }
    let payload = ClosePayload::write(1000, reason);
    let sent = tokio::task::unconstrained(connection.send(Opcode::CLOSE, &payload));
    if let Some(Err(failure)) = futures_util::FutureExt::now_or_never(sent) {
        log::error!(target: "e.l.j.w.WebsocketSampler", "Closing WebSocket connection failed: {failure:?}");
    }
}
