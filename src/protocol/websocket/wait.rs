//! How long to wait for the other side.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};

/// How long to wait for bytes. Giving up loses nothing: a later read goes on where this one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Without an end.
    Forever,
    /// As long as the next bytes come within this time, however long the whole takes: a socket's read timeout.
    Idle(Duration),
    /// Until then.
    Until(Instant),
}

/// Nothing came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing came in time")]
pub struct TimedOut;

impl Wait {
    /// `Idle` with that time, or `Forever` without one.
    #[must_use]
    pub fn idle(limit: Option<Duration>) -> Self {
        limit.map_or(Self::Forever, Self::Idle)
    }

    /// Waits for one step. What is ready at once is never late.
    pub(super) async fn on<F: Future>(self, step: F) -> Result<F::Output, TimedOut> {
        match self {
            Self::Forever => Ok(step.await),
            Self::Idle(limit) => timeout(limit, step).await.map_err(|_| TimedOut),
            Self::Until(deadline) => timeout_at(deadline, step).await.map_err(|_| TimedOut),
        }
    }
}
