//! Brings results from users to sinks.
//!
//! Users of one worker put their results into one list, without waking anybody; one thread empties the lists many times a
//! second and calls the sinks, which need no locks. A user never waits for a file: only when the lists hold more than
//! [`LIMIT`] results do users pause, and the report says how often.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::model::Clock;
use crate::results::{SampleEvent, Sink};

/// So many results may wait to be written.
const LIMIT: usize = 200_000;
/// How often the lists are emptied while results come in.
const BATCH: Duration = Duration::from_millis(5);
/// How often sinks are called even without results.
const TICK: Duration = Duration::from_millis(250);

/// The users' end of the line.
#[derive(Clone)]
pub struct Collector(Arc<Shared>);

struct Shared {
    waiting: Mutex<Vec<Delivery>>,
    wake: Condvar,
    count: AtomicUsize,
    paused: AtomicUsize,
    closed: AtomicBool,
}

struct Delivery {
    event: SampleEvent,
    sinks: Arc<[u32]>,
}

/// How it went.
#[derive(Debug, Default)]
pub struct CollectorReport {
    /// Results delivered.
    pub results: u64,
    /// How often a user had to pause because results could not be written fast enough.
    pub pauses: usize,
    /// What went wrong with a sink, which got no more results after that.
    pub errors: Vec<String>,
}

impl Collector {
    /// Starts the thread that calls these sinks. [`Collector::finish`] ends it.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub fn start(sinks: Vec<Box<dyn Sink>>, clock: Clock) -> io::Result<(Self, JoinHandle<CollectorReport>)> {
        let shared = Arc::new(Shared {
            waiting: Mutex::default(),
            wake: Condvar::new(),
            count: AtomicUsize::new(0),
            paused: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        });
        let theirs = shared.clone();
        let thread =
            std::thread::Builder::new().name("collector".into()).spawn(move || deliver(&theirs, sinks, clock))?;
        Ok((Self(shared), thread))
    }

    /// Sends a result to those sinks.
    pub fn send(&self, event: SampleEvent, sinks: &Arc<[u32]>) {
        if sinks.is_empty() {
            return;
        }
        let first = {
            let mut waiting = self.0.waiting.lock();
            waiting.push(Delivery { event, sinks: sinks.clone() });
            waiting.len() == 1
        };
        self.0.count.fetch_add(1, Ordering::Relaxed);
        if first {
            self.0.wake.notify_one();
        }
    }

    /// Waits while far too many results wait to be written.
    pub async fn ready(&self) {
        while self.0.count.load(Ordering::Relaxed) > LIMIT {
            self.0.paused.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Delivers what is left and lets the sinks finish.
    pub fn finish(&self) {
        self.0.closed.store(true, Ordering::Release);
        self.0.wake.notify_one();
    }
}

fn deliver(shared: &Shared, sinks: Vec<Box<dyn Sink>>, clock: Clock) -> CollectorReport {
    let mut report = CollectorReport::default();
    let mut sinks: Vec<Option<Box<dyn Sink>>> = sinks.into_iter().map(Some).collect();
    let mut batch = Vec::new();
    let mut last_tick = clock.now();
    loop {
        let closed = shared.closed.load(Ordering::Acquire);
        {
            let mut waiting = shared.waiting.lock();
            if waiting.is_empty() && !closed {
                shared.wake.wait_for(&mut waiting, TICK);
                if !waiting.is_empty() && !shared.closed.load(Ordering::Acquire) {
                    // Let more come together: one wake-up for many.
                    shared.wake.wait_for(&mut waiting, BATCH);
                }
            }
            std::mem::swap(&mut *waiting, &mut batch);
        }
        report.results += batch.len() as u64;
        for delivery in batch.drain(..) {
            for sink in delivery.sinks.iter() {
                call(&mut sinks[*sink as usize], &mut report, |sink| sink.sample(&delivery.event));
            }
            shared.count.fetch_sub(1, Ordering::Relaxed);
        }
        let now = clock.now();
        if now - last_tick >= TICK.as_millis() as i64 {
            last_tick = now;
            sinks.iter_mut().for_each(|sink| call(sink, &mut report, |sink| sink.tick(now)));
        }
        if closed && shared.waiting.lock().is_empty() {
            sinks.iter_mut().for_each(|sink| call(sink, &mut report, |sink| sink.finish(now)));
            report.pauses = shared.paused.load(Ordering::Relaxed);
            return report;
        }
    }
}

/// Calls a sink; one that fails is not called again.
fn call(
    slot: &mut Option<Box<dyn Sink>>,
    report: &mut CollectorReport,
    work: impl FnOnce(&mut dyn Sink) -> io::Result<()>,
) {
    let Some(sink) = slot else { return };
    if let Err(error) = work(sink.as_mut()) {
        log::error!(target: "o.a.j.r.ResultCollector", "Results cannot be written any more: {error}");
        report.errors.push(error.to_string());
        *slot = None;
    }
}
