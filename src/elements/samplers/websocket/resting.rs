//! A connection between two samples of its user.
//!
//! One that answers pings or sends some is watched by a task of its own meanwhile; what comes is kept for the next sample.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Poll, ready};

use parking_lot::Mutex;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::OpenConnection;

/// A connection that is in no sample.
pub(super) enum Resting {
    /// Nobody looks at it.
    Unwatched(Box<OpenConnection>),
    /// A task looks at it.
    Watched(Watched),
}

/// A connection that a task looks at. The task ends with this.
pub(super) struct Watched {
    shared: Shared,
    task: AbortHandle,
}

/// Locked for as long as the task looks, never while it waits.
type Shared = Arc<Mutex<Option<Box<OpenConnection>>>>;

impl Resting {
    /// Lets a connection rest.
    pub fn new(connection: Box<OpenConnection>) -> Self {
        if !connection.is_watched() || !connection.is_connected() {
            return Self::Unwatched(connection);
        }
        let shared = Arc::new(Mutex::new(Some(connection)));
        let task = tokio::spawn(watch(shared.clone())).abort_handle();
        Self::Watched(Watched { shared, task })
    }

    /// Takes the connection for a sample.
    pub fn wake(self) -> Option<Box<OpenConnection>> {
        match self {
            Self::Unwatched(connection) => Some(connection),
            Self::Watched(watched) => watched.shared.lock().take(),
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.task.abort();
        *self.shared.lock() = None;
    }
}

/// Reads ahead until there is nothing more to watch for, or the connection was taken.
async fn watch(shared: Shared) {
    let mut alarm = pin!(sleep_until(Instant::now()));
    poll_fn(|cx| {
        loop {
            let mut shared = shared.lock();
            let Some(connection) = shared.as_mut() else { return Poll::Ready(()) };
            match pin!(connection.read_ahead()).poll(cx) {
                Poll::Ready(true) => continue,
                Poll::Ready(false) => return Poll::Ready(()),
                Poll::Pending => {}
            }
            let Some(due) = connection.next_beat() else { return Poll::Pending };
            if alarm.deadline() != due {
                alarm.as_mut().reset(due);
            }
            // When it goes off, the connection sends its ping while it reads ahead.
            ready!(alarm.as_mut().poll(cx));
        }
    })
    .await;
}
