//! How a user, a group or the whole test is told what to do next.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use futures_util::task::AtomicWaker;
use tokio::time::Instant;

/// What a failed sample does to its user (`ThreadGroup.on_sample_error`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnSampleError {
    /// Nothing.
    #[default]
    Continue,
    /// The user starts the next turn of the group's loop.
    StartNextLoop,
    /// The user ends.
    StopThread,
    /// The test ends; users finish their samples.
    StopTest,
    /// The test ends; samples are interrupted.
    StopTestNow,
}

impl OnSampleError {
    /// The word of a plan; unknown ones mean [`OnSampleError::Continue`].
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "startnextloop" => Self::StartNextLoop,
            "stopthread" => Self::StopThread,
            "stoptest" => Self::StopTest,
            "stoptestnow" => Self::StopTestNow,
            _ => Self::Continue,
        }
    }

    /// What JMeter's log says of it when a group starts.
    #[must_use]
    pub fn log_text(self) -> &'static str {
        match self {
            Self::Continue => "Thread will continue on error",
            Self::StartNextLoop => "Thread will start next loop on error",
            Self::StopThread => "Thread will stop on error",
            Self::StopTest => "Test will stop on error",
            Self::StopTestNow => "Test will stop abruptly on error",
        }
    }
}

/// Where a user goes after a sample (`JMeterContext.TestLogicalAction`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NextAction {
    /// To the next sampler.
    #[default]
    Continue,
    /// To the next turn of the group's loop.
    StartNextThreadLoop,
    /// To the next turn of the innermost loop around.
    StartNextLoop,
    /// Behind the innermost loop around.
    BreakLoop,
}

/// How far the stopping of a test has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stop {
    /// Not at all.
    #[default]
    No,
    /// Users end after the sample that they are in.
    Graceful,
    /// Samples and pauses are interrupted.
    Now,
}

/// What others may do to a user while it runs.
#[derive(Debug, Default)]
pub struct UserHandle {
    order: u64,
    stopping: AtomicBool,
    interrupted: AtomicBool,
    waker: AtomicWaker,
}

/// A sample or a pause was cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interrupted;

impl UserHandle {
    /// The handle of the user that started after so many others of its group.
    #[must_use]
    pub fn new(order: u64) -> Self {
        Self { order, ..Self::default() }
    }

    /// How many users of its group started before it.
    #[must_use]
    pub fn order(&self) -> u64 {
        self.order
    }

    /// Lets the user end after its current sample.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the user was told to end.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Cuts short what the user is waiting for now, or else next.
    pub fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Release);
        self.waker.wake();
    }

    /// Runs a future until it is done, the user is interrupted or that instant has come. It stays where it is pinned: large
    /// ones would be copied from one future into the next.
    ///
    /// # Errors
    /// [`Interrupted`]; the future is not to be polled again then.
    pub async fn guard<F: Future>(
        &self,
        deadline: Option<Instant>,
        future: Pin<&mut F>,
    ) -> Result<F::Output, Interrupted> {
        let interruptible = self.interruptible(future);
        match deadline {
            None => interruptible.await,
            Some(deadline) => tokio::time::timeout_at(deadline, interruptible).await.unwrap_or(Err(Interrupted)),
        }
    }

    async fn interruptible<F: Future>(&self, mut future: Pin<&mut F>) -> Result<F::Output, Interrupted> {
        std::future::poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            self.waker.register(context.waker());
            if self.interrupted.swap(false, Ordering::Acquire) {
                return Poll::Ready(Err(Interrupted));
            }
            Poll::Pending
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_guard_ends_with_its_future_its_deadline_or_an_interrupt() {
        let handle = UserHandle::default();
        let start = Instant::now();
        assert_eq!(handle.guard(None, pin!(async { 7 })).await, Ok(7));
        let long = || tokio::time::sleep(Duration::from_mins(1));
        assert_eq!(handle.guard(Some(start + Duration::from_secs(1)), pin!(long())).await, Err(Interrupted));
        let interrupter = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            handle.interrupt();
        };
        let mut waiting = pin!(long());
        let (ended, ()) = tokio::join!(handle.guard(None, waiting.as_mut()), interrupter);
        assert_eq!((ended, start.elapsed()), (Err(Interrupted), Duration::from_secs(3)));
        assert_eq!(handle.guard(None, pin!(async { 8 })).await, Ok(8), "an interrupt counts once");
    }
}
