//! The users of a group of arrivals that wait for the next one, and the counts of arrivals.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::LoadLog;
use crate::java;
use crate::model::{Fault, Fields, GroupRun, Prop, VirtualUser};

/// Users at rest, and what is known of the others.
pub struct UserPool {
    /// `ConcurrencyLimit`: at most so many users at work; arrivals beyond are lost.
    concurrency_limit: Prop<String>,
    /// `ArrivalsLimit` at first, then what was scheduled; 0 for none.
    limit: AtomicU64,
    arrivals: AtomicU64,
    completions: AtomicU64,
    abandonments: AtomicU64,
    /// Those that wait, the last to come on top. Sending the time of the arrival wakes one.
    waiting: Mutex<Vec<oneshot::Sender<Instant>>>,
    log: LoadLog,
}

impl UserPool {
    /// A pool as the group's properties want it.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        let limit = fields.text_now("ArrivalsLimit", "0");
        Self {
            concurrency_limit: fields.text("ConcurrencyLimit", ""),
            limit: AtomicU64::new(java::parse_long(&limit).and_then(|limit| limit.try_into().ok()).unwrap_or(0)),
            arrivals: AtomicU64::new(0),
            completions: AtomicU64::new(0),
            abandonments: AtomicU64::new(0),
            waiting: Mutex::default(),
            log: LoadLog::load(fields),
        }
    }

    /// Where arrivals are written.
    #[must_use]
    pub fn log(&self) -> &LoadLog {
        &self.log
    }

    /// At most so many users may be at work, if there is a limit now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn concurrency_limit(&self, starter: &mut VirtualUser) -> Result<Option<usize>, Fault> {
        let limit = java::parse_long(&self.concurrency_limit.text(starter)?);
        Ok(limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0))
    }

    /// Lets no further iteration begin, nor any step of one, once there were so many arrivals.
    pub fn set_limit(&self, limit: u64) {
        self.limit.store(limit, Ordering::SeqCst);
    }

    /// Whether there were as many arrivals as there may be.
    #[must_use]
    pub fn is_limit_reached(&self) -> bool {
        let limit = self.limit.load(Ordering::SeqCst);
        limit > 0 && self.arrivals.load(Ordering::SeqCst) >= limit
    }

    /// Whether somebody has arrived.
    #[must_use]
    pub fn has_arrivals(&self) -> bool {
        self.arrivals.load(Ordering::SeqCst) > 0
    }

    /// Users of the group that are at work.
    #[must_use]
    pub fn at_work(&self, group: &GroupRun) -> usize {
        (group.alive.load(Ordering::SeqCst) as usize).saturating_sub(self.waiting.lock().len())
    }

    /// Lets a waiting user arrive; `false` if there is none.
    pub fn release(&self, due: Instant) -> bool {
        loop {
            let Some(user) = self.waiting.lock().pop() else { return false };
            // One that has gone away meanwhile hears nothing.
            if user.send(due).is_ok() {
                return true;
            }
        }
    }

    /// Sends all waiting users home.
    pub fn close(&self) {
        self.waiting.lock().clear();
    }

    /// A user waits for its next arrival, whose time is [`VirtualUser::intended_start`] then; none if there will be no
    /// further one.
    pub async fn next_arrival(&self, vu: &mut VirtualUser) {
        let (sender, receiver) = oneshot::channel();
        vu.intended_start = None;
        self.waiting.lock().push(sender);
        vu.rest();
        vu.group.notify();
        if vu.group.is_closed() {
            self.close();
        }
        let released = vu.interruptible(receiver).await;
        vu.wake_up();
        if let Ok(Ok(due)) = released {
            vu.arrive(due);
        }
    }

    /// A user begins an iteration.
    pub fn arrival(&self, iteration: u64, vu: &VirtualUser) {
        if self.arrivals.fetch_add(1, Ordering::SeqCst) == 0 {
            vu.group.notify();
        }
        self.write("ARRIVAL", iteration, vu);
    }

    /// A user has completed an iteration.
    pub fn completion(&self, iteration: u64, vu: &VirtualUser) {
        self.completions.fetch_add(1, Ordering::Relaxed);
        self.write("COMPLETION", iteration, vu);
    }

    /// A user has given up an iteration.
    pub fn abandonment(&self, iteration: u64, vu: &VirtualUser) {
        self.abandonments.fetch_add(1, Ordering::Relaxed);
        self.write("ABANDONMENT", iteration, vu);
    }

    fn write(&self, marker: &'static str, iteration: u64, vu: &VirtualUser) {
        if self.log.is_open() {
            let label = format!("{}.{iteration}", vu.thread_number);
            self.log.write(marker, label, vu.thread_name.clone());
        }
    }

    /// What there is to say at the end of the test.
    pub fn report(&self) {
        let [arrivals, completions, abandonments] =
            [&self.arrivals, &self.completions, &self.abandonments].map(|count| count.load(Ordering::SeqCst));
        log::info!(
            target: "c.b.j.t.a.ArrivalsThreadGroup",
            "Done {arrivals} arrivals, {completions} completions, {abandonments} abandonments"
        );
    }
}
