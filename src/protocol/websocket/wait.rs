//! How long to wait for the other side.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout, timeout_at};

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

/// Waits for something that takes many steps, as long as each comes within `limit`. `progress` changes with each step.
pub(super) async fn while_it_goes_on<F: Future + Unpin>(
    limit: Duration,
    mut future: F,
    progress: impl Fn(&F) -> u64,
) -> Result<F::Output, TimedOut> {
    let mut alarm = pin!(sleep(limit));
    let mut last = progress(&future);
    poll_fn(|cx| {
        let polled = Pin::new(&mut future).poll(cx);
        let now = progress(&future);
        if now != last {
            last = now;
            alarm.as_mut().reset(Instant::now() + limit);
        }
        if polled.is_ready() { polled.map(Ok) } else { alarm.as_mut().poll(cx).map(|()| Err(TimedOut)) }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_goes_on_is_waited_for() {
        let check = async |steps: &[u64], expected: Result<(), TimedOut>, after: u64| {
            let (start, done) = (Instant::now(), Cell::new(0));
            let work = async {
                for step in steps {
                    sleep(Duration::from_secs(*step)).await;
                    done.set(done.get() + 1);
                }
            };
            let result = while_it_goes_on(Duration::from_secs(6), pin!(work), |_| done.get()).await;
            assert_eq!((result, start.elapsed().as_secs()), (expected, after), "{steps:?}");
        };
        check(&[], Ok(()), 0).await;
        check(&[5, 5, 5, 5], Ok(()), 20).await;
        check(&[7], Err(TimedOut), 6).await;
        check(&[5, 5, 7, 5], Err(TimedOut), 16).await;
    }
}
