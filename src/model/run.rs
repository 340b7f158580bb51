//! What all users of one run share.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::shared::Shared;
use super::{Clock, FunctionTable, GroupRun, Pacing, Properties, Stop};

/// One run of a test plan.
pub struct Run {
    /// JMeter's properties.
    pub properties: Properties,
    /// Java's system properties.
    pub system: Properties,
    /// The time.
    pub clock: Clock,
    /// The plan's file as the user named it.
    pub plan: PathBuf,
    /// The functions that `${__name()}` may call.
    pub functions: FunctionTable,
    /// Makes all that is random repeatable when given.
    pub seed: Option<u64>,
    /// Users that are running.
    pub active: AtomicU32,
    /// Users that were told to start so far.
    pub launched: AtomicU32,
    /// Users that have started so far.
    pub started: AtomicU32,
    /// Users that have ended so far.
    pub finished: AtomicU32,
    /// How well arrivals kept to their times.
    pub pacing: Pacing,
    results_are_read: AtomicBool,
    test_start: OnceLock<Instant>,
    stop: AtomicU8,
    stopped: Notify,
    /// The locks of Critical Section Controllers.
    locks: Mutex<FxHashMap<Arc<str>, Arc<tokio::sync::Mutex<()>>>>,
    groups: Mutex<Vec<Arc<GroupRun>>>,
    shared: Shared,
}

impl Run {
    /// A run of the plan in that file, which starts now.
    #[must_use]
    pub fn new(
        plan: PathBuf,
        properties: Properties,
        system: Properties,
        functions: FunctionTable,
        seed: Option<u64>,
    ) -> Self {
        Self {
            properties,
            system,
            clock: Clock::start(),
            plan,
            functions,
            seed,
            active: AtomicU32::new(0),
            launched: AtomicU32::new(0),
            started: AtomicU32::new(0),
            finished: AtomicU32::new(0),
            pacing: Pacing::default(),
            results_are_read: AtomicBool::new(false),
            test_start: OnceLock::new(),
            stop: AtomicU8::new(0),
            stopped: Notify::new(),
            locks: Mutex::default(),
            groups: Mutex::default(),
            shared: Shared::default(),
        }
    }

    /// The same run, in which no more than so many users of arrivals are at work at a time (`--max-in-flight`).
    #[must_use]
    pub fn with_max_in_flight(mut self, limit: Option<u32>) -> Self {
        self.pacing.limit = limit;
        self
    }

    /// When the test started, setUp groups included: what schedules count from. The first call says so.
    pub fn test_start(&self) -> Instant {
        *self.test_start.get_or_init(Instant::now)
    }

    /// The text of a property; one that JMeter does not have may be a system property (`JMeterUtils.loadProperties`).
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Arc<str>> {
        self.properties.get(name).or_else(|| self.system.get(name))
    }

    /// Tells that something in the plan may read a user's last result, whichever sampler it is of: scripts, functions and
    /// pre-processors do. Who loads such a thing says so.
    pub fn announce_reader(&self) {
        self.results_are_read.store(true, Ordering::Relaxed);
    }

    /// Whether something was announced that may read any result.
    #[must_use]
    pub fn results_are_read(&self) -> bool {
        self.results_are_read.load(Ordering::Relaxed)
    }

    /// How often any property, the system's included, was set or removed.
    #[must_use]
    pub fn property_changes(&self) -> u64 {
        self.properties.changes() + self.system.changes()
    }

    /// The folder of the plan: where files are looked for after the working directory.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.plan.parent().unwrap_or(Path::new(""))
    }

    /// Where an existing data file is: as named, else in the plan's folder (`FileServer`).
    #[must_use]
    pub fn resolve(&self, file: &str) -> PathBuf {
        let named = PathBuf::from(file);
        if named.is_absolute() || named.exists() { named } else { self.folder().join(named) }
    }

    /// Where a results file is written: as named, or in the plan's folder if the name begins with `~/`
    /// (`FileServer.resolveBaseRelativeName`).
    #[must_use]
    pub fn output_file(&self, name: &str) -> PathBuf {
        match name.strip_prefix(&*self.properties.text("jmeter.save.saveservice.base_prefix", "~/")) {
            Some(rest) => {
                let file: PathBuf = self.folder().join(rest).components().collect();
                std::path::absolute(&file).unwrap_or(file)
            }
            None => name.into(),
        }
    }

    /// Stops the test, as everybody may: a sampler, a listener, a signal. A stop once asked for only gets harder. The scheduler
    /// tells the groups.
    pub fn stop(&self, how: Stop) {
        self.stop.fetch_max(how as u8, Ordering::SeqCst);
        self.stopped.notify_waiters();
    }

    /// Tells the groups how far the stopping has gone.
    pub fn stop_groups(&self) {
        let how = self.stopping();
        self.groups.lock().iter().for_each(|group| group.stop(how));
    }

    /// How far the stopping has gone.
    #[must_use]
    pub fn stopping(&self) -> Stop {
        match self.stop.load(Ordering::SeqCst) {
            0 => Stop::No,
            1 => Stop::Graceful,
            _ => Stop::Now,
        }
    }

    /// Lets users start again after a stop: for the tearDown groups.
    pub fn resume(&self) {
        self.stop.store(0, Ordering::SeqCst);
    }

    /// Waits until the stopping has gone that far.
    pub async fn stopped(&self, how: Stop) {
        loop {
            let notified = self.stopped.notified();
            if self.stopping() >= how {
                return;
            }
            notified.await;
        }
    }

    /// The lock of that name.
    pub fn lock(&self, name: &Arc<str>) -> Arc<tokio::sync::Mutex<()>> {
        self.locks.lock().entry(name.clone()).or_default().clone()
    }

    /// Something of which there is one in a run, for instance the data files that elements have in common. Made when it is
    /// first asked for.
    pub fn shared<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.shared.get()
    }

    /// Makes a group known, so that a stop reaches its users.
    pub fn add_group(&self, group: Arc<GroupRun>) {
        group.stop(self.stopping());
        self.groups.lock().push(group);
    }

    /// Forgets the groups that have ended.
    pub fn clear_groups(&self) {
        self.groups.lock().clear();
    }

    /// The groups that run now.
    #[must_use]
    pub fn groups(&self) -> Vec<Arc<GroupRun>> {
        self.groups.lock().clone()
    }
}
