//! The life of one virtual user: from its first step to its last.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::Instant;

use super::sample::Surroundings;
use crate::elements::SamplePackage;
use crate::elements::controllers::{Action, ControllerPlan, Cursor, Step, Wait};
use crate::model::{Fault, NextAction, OnSampleError, Stop, VirtualUser};

/// Users without a sampler rest at most 2^5 ms at a time.
const LONGEST_REST: u32 = 5;

/// Runs a user until it has nothing left to do or is stopped. `due` is when it was to arrive, where users arrive.
pub(super) async fn live(
    mut vu: VirtualUser,
    due: Option<Instant>,
    plan: Arc<ControllerPlan>,
    surroundings: Arc<Surroundings>,
) {
    vu.wake_up();
    vu.run.started.fetch_add(1, Ordering::Relaxed);
    if let Some(due) = due {
        vu.arrive(due);
    }
    log::info!(target: "o.a.j.t.JMeterThread", "Thread started: {}", vu.thread_name);
    // JMeter gives each thread samplers of its own for the transactions, and they have their names from the start.
    let named = surroundings.transactions.iter().try_for_each(|name| name.get(&mut vu).map(drop));
    surroundings.hooks.iter().for_each(|hook| hook.thread_started(&mut vu));

    let mut thread = Thread { vu, root: plan.cursor(), surroundings, last: None, rests: 0 };
    let ended = match named {
        Ok(()) => thread.run().await,
        Err(fault) => Err(fault),
    };
    let Thread { mut vu, surroundings, .. } = thread;
    if let Err(fault) = ended {
        end_by(&fault, &mut vu);
    }

    log::info!(target: "o.a.j.t.JMeterThread", "Thread finished: {}", vu.thread_name);
    surroundings.hooks.iter().for_each(|hook| hook.thread_finished(&mut vu));
    vu.rest();
    vu.run.finished.fetch_add(1, Ordering::Relaxed);
    vu.group.remove_user(&vu.handle);
    vu.group.alive.fetch_sub(1, Ordering::SeqCst);
    vu.group.notify();
}

/// What a branch of a Parallel Controller asks of its user.
pub(super) struct BranchEnd {
    /// To stop, because the branch was stopped.
    pub stops: bool,
    /// To start its group's next turn.
    pub next_thread_loop: bool,
}

/// Runs one branch of a Parallel Controller to its end.
pub(super) async fn live_branch(
    vu: VirtualUser,
    plan: Arc<ControllerPlan>,
    surroundings: Arc<Surroundings>,
) -> BranchEnd {
    let mut thread = Thread { vu, root: plan.cursor(), surroundings, last: None, rests: 0 };
    let action = match thread.turn().await {
        Ok(action) => action,
        Err(fault) => {
            end_by(&fault, &mut thread.vu);
            NextAction::Continue
        }
    };
    thread.vu.group.remove_user(&thread.vu.handle);
    BranchEnd { stops: thread.vu.was_stopped(), next_thread_loop: action == NextAction::StartNextThreadLoop }
}

/// A fault outside of a sample ends the user, or the test.
fn end_by(fault: &Fault, vu: &mut VirtualUser) {
    match fault {
        Fault::Exception { .. } => log::error!(target: "o.a.j.t.JMeterThread", "Test failed! {fault}"),
        Fault::Error(error) => {
            let thread = &vu.thread_name;
            log::error!(target: "o.a.j.JMeter", "Uncaught exception in thread Thread[{thread},5,main] {error}");
        }
        Fault::StopThread(reason) => {
            let thread = &vu.thread_name;
            log::info!(target: "o.a.j.t.JMeterThread", "Stop Thread seen for thread {thread}, reason: {reason}");
        }
        Fault::StopTest(reason) => {
            log::info!(target: "o.a.j.t.JMeterThread", "Stopping Test: {reason}");
            vu.stop_test(Stop::Graceful);
        }
        Fault::StopTestNow(reason) => {
            log::info!(target: "o.a.j.t.JMeterThread", "Stopping Test Now: {reason}");
            vu.stop_test(Stop::Now);
        }
    }
}

struct Thread {
    vu: VirtualUser,
    root: Box<dyn Cursor>,
    surroundings: Arc<Surroundings>,
    /// The sampler of the last sample: its listeners hear of the transactions that end after it.
    last: Option<Arc<SamplePackage>>,
    /// How often in a row the controllers found no sampler.
    rests: u32,
}

impl Thread {
    async fn run(&mut self) -> Result<(), Fault> {
        self.vu.set_last_sample_ok(true);
        let same_user = self.vu.group.same_user;
        self.vu.variables.put("__jmv_SAME_USER", same_user);
        self.root.initialize(&mut self.vu)?;
        while self.vu.is_running() {
            self.turn().await?;
            if self.root.is_done(&mut self.vu)? {
                log::info!(target: "o.a.j.t.JMeterThread", "Thread is done: {}", self.vu.thread_name);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Steps until there is none, or until one leads elsewhere: where to.
    async fn turn(&mut self) -> Result<NextAction, Fault> {
        let mut step = self.next()?;
        while let Some(taken) = step.take().filter(|_| self.vu.is_running()) {
            self.take(&taken).await?;
            self.surroundings.collector.ready().await;
            // Users whose samples never wait let others have their turn, too, and hear of a stop.
            tokio::task::coop::consume_budget().await;
            if self.leaves_path() {
                return self.unwind(&taken);
            }
            step = self.next()?;
        }
        Ok(NextAction::Continue)
    }

    fn next(&mut self) -> Result<Option<Step>, Fault> {
        let step = self.root.next(&mut self.vu)?;
        self.surroundings.report_finished(self.last.as_ref(), &mut self.vu)?;
        Ok(step)
    }

    async fn take(&mut self, step: &Step) -> Result<(), Fault> {
        let done = match &step.action {
            Action::Sample(package) => {
                self.last = Some(package.clone());
                self.rests = 0;
                self.surroundings.execute(package, &step.inside, &mut self.vu).await
            }
            Action::EndTransaction => self.surroundings.end_transaction(&step.inside, &mut self.vu),
            Action::Wait(Wait::Idle) => {
                self.rest().await;
                Ok(())
            }
            Action::Wait(Wait::Arrival(pool)) => {
                pool.next_arrival(&mut self.vu).await;
                Ok(())
            }
            Action::Wait(Wait::Lock(name)) => {
                self.vu.take_lock(name).await;
                Ok(())
            }
        };
        if let Err(fault) = done {
            self.survive(fault)?;
        }
        self.check_end();
        if !self.vu.is_running() && !matches!(step.action, Action::Wait(_)) {
            let inside = if matches!(step.action, Action::EndTransaction) { &step.inside[1..] } else { &step.inside };
            self.surroundings.end_all(inside, &mut self.vu)?;
        }
        Ok(())
    }

    /// Waits because the controllers go round without a sampler: the longer they have, the longer, so that a loop with nothing
    /// in it keeps no processor busy.
    async fn rest(&mut self) {
        let millis = 1 << self.rests.min(LONGEST_REST);
        self.rests += 1;
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    /// A fault in the middle of a sample: mostly it costs only the sample.
    fn survive(&mut self, fault: Fault) -> Result<(), Fault> {
        match fault {
            Fault::Exception { .. } => {
                // The name for the message is evaluated once more: one that fails ends the user.
                let name = self.vu.sampler_name.clone().get(&mut self.vu)?;
                log::error!(target: "o.a.j.t.JMeterThread", "Error while processing sampler: '{name}'. {fault}");
                Ok(())
            }
            Fault::Error(_) => Err(fault),
            Fault::StopThread(reason) => {
                let reason = format!("org.apache.jorphan.util.JMeterStopThreadException: {reason}");
                log::info!(target: "o.a.j.t.JMeterThread", "Stopping Thread: {reason}");
                self.vu.stop_thread();
                Ok(())
            }
            Fault::StopTest(_) | Fault::StopTestNow(_) => {
                end_by(&fault, &mut self.vu);
                self.vu.stop_thread();
                Ok(())
            }
        }
    }

    /// A schedule ends users after the sample that they are in.
    fn check_end(&mut self) {
        if self.vu.end.is_some_and(|end| self.vu.now() >= end) && self.vu.is_running() {
            let name = &self.vu.thread_name;
            log::info!(target: "o.a.j.t.JMeterThread", "Stopping because end time detected by thread: {name}");
            self.vu.stop_thread();
        }
    }

    /// Whether the user does not go on to the next sampler, but to another turn of a loop.
    fn leaves_path(&mut self) -> bool {
        if self.vu.on_sample_error == OnSampleError::StartNextLoop && !self.vu.last_sample_ok() {
            self.vu.next_action = NextAction::StartNextThreadLoop;
        }
        self.vu.next_action != NextAction::Continue
    }

    fn unwind(&mut self, step: &Step) -> Result<NextAction, Fault> {
        let action = std::mem::take(&mut self.vu.next_action);
        let found = match self.root.place().running_child() {
            Some(child) => child.unwind(action, &mut self.vu)?,
            None => false,
        };
        if !found && let Some(main_loop) = self.root.as_loop() {
            match action {
                NextAction::BreakLoop => main_loop.break_off(&mut self.vu)?,
                _ => main_loop.start_next_turn(&mut self.vu),
            }
        }
        self.surroundings.report_finished(self.last.as_ref(), &mut self.vu)?;
        let outermost = step.inside.len().saturating_sub(1);
        self.surroundings.end_transaction(&step.inside[outermost..], &mut self.vu)?;
        self.vu.set_last_sample_ok(true);
        Ok(action)
    }
}
