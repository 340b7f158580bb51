//! One simulated user.

use std::any::{Any, TypeId};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rustc_hash::FxHashMap;
use tokio::time::Instant;

use super::local::{FIRST_MADE_NOW, NEXT_MADE_NOW};
use super::locks::Locks;
use super::{
    GroupRun, Interrupted, Label, Local, NextAction, OnSampleError, Overrides, PlannedSampler, Run, SampleResult, Stop,
    UserHandle, Variables,
};

/// The variable that says whether the last sample was good.
const LAST_SAMPLE_OK: &str = "JMeterThread.last_sample_ok";

/// All that changes while a user works through a plan. The plan's elements are shared by all users and never change.
pub struct VirtualUser {
    /// What all users share.
    pub run: Arc<Run>,
    /// What the users of the group share.
    pub group: Arc<GroupRun>,
    /// What others may do to this user.
    pub handle: Arc<UserHandle>,
    /// JMeter's thread name: `GROUP 1-1`.
    pub thread_name: Arc<str>,
    /// The user's number in its group, from 0.
    pub thread_number: u32,
    /// The variables. There are none yet while those of the Test Plan are being made.
    pub variables: Variables,
    /// Whether [`VirtualUser::variables`] may be used already.
    pub has_variables: bool,
    /// JMeter's `prev`: the newest result. Nobody else owns it while post-processors and assertions work on it.
    pub previous: Option<Arc<SampleResult>>,
    /// The name of the sampler whose turn it is, evaluated where somebody asks.
    pub sampler_name: Arc<Label>,
    /// The sampler whose turn it is, for scripts.
    pub sampler: Option<Arc<PlannedSampler>>,
    /// The sampler before it.
    pub previous_sampler: Option<Arc<PlannedSampler>>,
    /// Transactions without parent samples that ended since the last step, to be told to listeners.
    pub finished_transactions: Vec<SampleResult>,
    /// Changes to the current sampler, dropped after its sample.
    pub overrides: Overrides,
    /// The locks of Critical Section Controllers that the user has.
    pub locks: Locks,
    /// The turn of the group's loop, from 1; 0 before the first.
    pub iteration: u32,
    /// Where to go after the current sample.
    pub next_action: NextAction,
    /// What a failing sample does: what the group says, and nothing in the branches of a Parallel Controller.
    pub on_sample_error: OnSampleError,
    /// When the schedule ends, in milliseconds since 1970.
    pub end: Option<i64>,
    /// When a Sample Timeout interrupts the current sample.
    pub sample_deadline: Option<Instant>,
    /// Whether somebody may read what the current sampler's result contains.
    pub contents_are_read: bool,
    /// When an arrival was meant to be, for groups that pace, in milliseconds since 1970.
    pub intended_start: Option<i64>,
    /// The user has a place among those of arrivals at work, which are limited.
    has_place: bool,
    running: bool,
    has_begun: bool,
    evaluation: u64,
    /// A sleep was interrupted: all later ones are.
    stays_awake: bool,
    random: SmallRng,
    locals: Vec<Option<Box<dyn Any + Send>>>,
    /// The state of which there is one for each user.
    owned: FxHashMap<TypeId, Box<dyn Any + Send>>,
    /// The state of what has no slot.
    made_locals: FxHashMap<u32, Box<dyn Any + Send>>,
}

impl VirtualUser {
    /// A user that has done nothing yet.
    #[must_use]
    pub fn new(run: Arc<Run>, group: Arc<GroupRun>, number: u32, name: Arc<str>, variables: Variables) -> Self {
        let handle = group.add_user(name.clone());
        let random = match run.seed {
            Some(seed) => SmallRng::seed_from_u64(seed ^ (u64::from(group.number) << 32) ^ u64::from(number)),
            None => SmallRng::from_rng(&mut rand::rng()),
        };
        Self {
            on_sample_error: group.on_sample_error,
            run,
            group,
            handle,
            thread_name: name,
            thread_number: number,
            variables,
            has_variables: true,
            previous: None,
            sampler_name: Arc::default(),
            sampler: None,
            previous_sampler: None,
            finished_transactions: Vec::new(),
            overrides: Overrides::default(),
            locks: Locks::default(),
            iteration: 0,
            next_action: NextAction::Continue,
            end: None,
            sample_deadline: None,
            contents_are_read: true,
            intended_start: None,
            has_place: false,
            running: true,
            has_begun: false,
            evaluation: 0,
            stays_awake: false,
            random,
            locals: Vec::new(),
            owned: FxHashMap::default(),
            made_locals: FxHashMap::default(),
        }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.run.clock.now()
    }

    /// Whether the user goes on: neither it nor its group nor the test was stopped. A user that has started takes its first
    /// sample even then: in JMeter, whose stopping takes a moment, it would be in the middle of it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let stopping = self.handle.is_stopping() || self.group.is_stopping();
        self.running && (!stopping || (!self.has_begun && self.run.stopping() != Stop::Now))
    }

    /// Says that the user is at its first sample, or waits for it.
    pub fn begin(&mut self) {
        self.has_begun = true;
    }

    /// Ends the user after its current sample.
    pub fn stop_thread(&mut self) {
        self.running = false;
    }

    /// Whether the user itself was stopped.
    #[must_use]
    pub fn was_stopped(&self) -> bool {
        !self.running
    }

    /// Ends the test, and this user with it.
    pub fn stop_test(&mut self, how: Stop) {
        self.running = false;
        self.run.stop(how);
    }

    /// Counts the user as one that is at work.
    pub fn wake_up(&self) {
        self.run.active.fetch_add(1, Ordering::Relaxed);
        self.group.active.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts the user as one that is not at work: it waits for an arrival, or has ended.
    pub fn rest(&mut self) {
        self.run.active.fetch_sub(1, Ordering::Relaxed);
        self.group.active.fetch_sub(1, Ordering::Relaxed);
        if std::mem::take(&mut self.has_place) {
            self.run.pacing.free_place();
        }
    }

    /// The user arrives now, which was to be at that time. It has taken a place among those at work.
    pub fn arrive(&mut self, due: Instant) {
        self.has_place = true;
        self.intended_start = Some(self.run.clock.at(due));
        self.run.pacing.arrive(Instant::now().saturating_duration_since(due));
    }

    /// Waits for something in the middle of a sample or a pause.
    ///
    /// # Errors
    /// [`Interrupted`] when the test was stopped at once or the sample took longer than a Sample Timeout allows; what was
    /// waited for is dropped.
    pub async fn interruptible<F: Future>(&mut self, future: F) -> Result<F::Output, Interrupted> {
        let done = self.handle.guard(self.sample_deadline, pin!(future)).await;
        if done.is_err() && self.sample_deadline.take_if(|deadline| *deadline <= Instant::now()).is_some() {
            let name = self.sampler_name.clone().get(self).unwrap_or_default();
            log::warn!(target: "o.a.j.m.SampleTimeout", "Call Done interrupting '{name}' of {}", self.thread_name);
        }
        done
    }

    /// Sleeps in the middle of a sample, a pause or a timer. In JMeter their threads stay interrupted once they were: the user
    /// sleeps no more.
    ///
    /// # Errors
    /// As [`VirtualUser::interruptible`].
    pub async fn sleep(&mut self, millis: u64) -> Result<(), Interrupted> {
        let pace = if self.stays_awake { Duration::ZERO } else { Duration::from_millis(millis) };
        let done = self.interruptible(tokio::time::sleep(pace)).await;
        self.stays_awake |= done.is_err();
        if self.stays_awake { Err(Interrupted) } else { Ok(()) }
    }

    /// Waits for a lock of the whole run; a user that has it already gets it at once.
    pub async fn take_lock(&mut self, name: &Arc<str>) {
        if self.locks.take_again(name) {
            return;
        }
        let lock = self.run.lock(name);
        if let Ok(guard) = self.interruptible(lock.lock_owned()).await {
            self.locks.add(name.clone(), guard);
        }
    }

    /// Whether the last sample was good: what While Controllers and scripts look at.
    #[must_use]
    pub fn last_sample_ok(&self) -> bool {
        self.variables.text(LAST_SAMPLE_OK).is_some_and(|text| text.as_ref() == "true")
    }

    /// Says whether the last sample was good.
    pub fn set_last_sample_ok(&mut self, good: bool) {
        self.variables.put(LAST_SAMPLE_OK, good);
    }

    /// The result that post-processors and assertions work on, to change it; `None` before the first sample.
    pub fn result_mut(&mut self) -> Option<&mut SampleResult> {
        self.previous.as_mut().map(Arc::make_mut)
    }

    /// This user's own state of an element, made at its first use.
    pub fn local<T: Default + Send + 'static>(&mut self, local: &Local<T>) -> &mut T {
        let slot = local.slot as usize;
        let state = if local.slot >= FIRST_MADE_NOW {
            self.made_locals.entry(local.slot).or_insert_with(|| Box::new(T::default()))
        } else {
            if self.locals.len() <= slot {
                self.locals.resize_with(slot + 1, || None);
            }
            self.locals[slot].get_or_insert_with(|| Box::new(T::default()))
        };
        if !state.is::<T>() {
            *state = Box::new(T::default());
        }
        state.downcast_mut().expect("a slot belongs to one type")
    }

    /// Something of which this user has one, whoever asks for it. Made at its first use.
    pub fn own<T: Default + Send + 'static>(&mut self) -> &mut T {
        let owned = self.owned.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        owned.downcast_mut().expect("a type has a place of its own")
    }

    /// Does something, and forgets the state of all that was made meanwhile, for instance of the functions in a text that is
    /// evaluated only once.
    pub fn forgetting<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let first = NEXT_MADE_NOW.load(Ordering::Relaxed);
        let done = work(self);
        self.made_locals.retain(|slot, _| *slot < first);
        done
    }

    /// Lets properties with functions be evaluated anew, where `function.cache.per.iteration` keeps their texts: JMeter
    /// does so after each sample and each turn of a controller (`recoverRunningVersion`).
    pub fn evaluate_anew(&mut self) {
        self.evaluation += 1;
    }

    /// The number of the evaluation: texts of another one do not count any more.
    pub(super) fn evaluation(&self) -> u64 {
        self.evaluation
    }

    /// Takes this user's state of an element away, to use it beside the user; [`VirtualUser::local`] makes a new one.
    pub fn take_local<T: Default + Send + 'static>(&mut self, local: &Local<T>) -> T {
        std::mem::take(self.local(local))
    }

    /// Puts back what [`VirtualUser::take_local`] took.
    pub fn put_local<T: Default + Send + 'static>(&mut self, local: &Local<T>, state: T) {
        *self.local(local) = state;
    }

    /// A random number, evenly from [0, 1).
    pub fn random(&mut self) -> f64 {
        self.random.random()
    }

    /// A random place in a list of that many things; 0 in an empty one.
    pub fn random_index(&mut self, length: usize) -> usize {
        if length == 0 { 0 } else { self.random.random_range(0..length) }
    }

    /// The source of random numbers: repeatable with `--seed`.
    pub fn random_source(&mut self) -> &mut SmallRng {
        &mut self.random
    }

    /// Another user of the same thread for one branch of a Parallel Controller: the same variables, its own place in the tree.
    /// Its handle is known to the group, and must be forgotten at its end.
    #[must_use]
    pub fn branch(&mut self, thread_name: Arc<str>) -> Self {
        let seed = self.random.random();
        Self {
            on_sample_error: OnSampleError::Continue,
            run: self.run.clone(),
            group: self.group.clone(),
            handle: self.group.add_user(thread_name.clone()),
            thread_name,
            thread_number: self.thread_number,
            variables: self.variables.clone(),
            has_variables: true,
            previous: self.previous.clone(),
            sampler_name: Arc::default(),
            sampler: self.sampler.clone(),
            previous_sampler: self.previous_sampler.clone(),
            finished_transactions: Vec::new(),
            overrides: Overrides::default(),
            locks: Locks::default(),
            iteration: self.iteration,
            next_action: NextAction::Continue,
            end: self.end,
            sample_deadline: self.sample_deadline,
            contents_are_read: self.contents_are_read,
            intended_start: None,
            has_place: false,
            running: true,
            has_begun: true,
            evaluation: 0,
            stays_awake: false,
            random: SmallRng::seed_from_u64(seed),
            locals: Vec::new(),
            owned: FxHashMap::default(),
            made_locals: FxHashMap::default(),
        }
    }

    /// Threads of the group and of the whole test that are running now.
    #[must_use]
    pub fn active_threads(&self) -> (u32, u32) {
        (self.group.active.load(Ordering::Relaxed), self.run.active.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::{FunctionTable, OnSampleError, Properties};

    /// A user for tests, alone in its group.
    pub(crate) fn user() -> VirtualUser {
        let (properties, system) = (Properties::default(), Properties::default());
        let run = Run::new("plan.jmx".into(), properties, system, FunctionTable::default(), Some(1));
        let group = GroupRun::new("users".into(), 1, 1, OnSampleError::Continue, true);
        VirtualUser::new(Arc::new(run), Arc::new(group), 0, "users 1-1".into(), Variables::default())
    }

    #[test]
    fn a_user_keeps_its_own_state() {
        let mut vu = user();
        let (count, name) = (Local::<u32>::in_slot(3), Local::<String>::in_slot(0));
        *vu.local(&count) += 1;
        *vu.local(&count) += 1;
        vu.local(&name).push('x');
        assert_eq!((*vu.local(&count), vu.local(&name).as_str()), (2, "x"));
        let (kept, forgotten) = (
            Local::<u32>::made_now(),
            vu.forgetting(|vu| {
                let made = Local::<u32>::made_now();
                *vu.local(&made) = 7;
                made
            }),
        );
        *vu.local(&kept) += 1;
        assert_eq!((*vu.local(&kept), *vu.local(&forgotten)), (1, 0));
    }
}
