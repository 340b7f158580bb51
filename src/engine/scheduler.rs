//! Carries out a plan: starts thread groups in their order and users at their times, and waits for them to end.

mod arrivals;
mod concurrency;
mod launch;
mod lifetimes;

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use launch::Launcher;

use super::compile::{ExecutionPlan, GroupPlan};
use super::sample::Surroundings;
use super::{Collector, Workers, pace};
use crate::elements::thread_groups::{Arrivals, Arriving, GroupStart, Phase, Schedule, UserPool};
use crate::model::{Fault, GroupRun, Run, Stop, Variables, VirtualUser};
use crate::results::sample_variables;

/// So many milliseconds a stop waits for users to begin.
const PATIENCE: u32 = 100;
const ENGINE: &str = "o.a.j.e.StandardJMeterEngine";

/// How a run went, apart from its results.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Thread names of users that did not end when the test was stopped at once.
    pub stuck: Vec<Arc<str>>,
    /// Thread groups that could not start, with the reason.
    pub failed_groups: Vec<String>,
}

/// Runs all thread groups of a plan: setUp groups, then the others, then tearDown groups. `main` evaluates what groups read
/// when they start; `start` are the variables that users begin with. To be run by [`pace::block_on`].
pub async fn run(
    plan: &ExecutionPlan,
    main: &mut VirtualUser,
    start: Variables,
    collector: Collector,
    workers: &Workers,
) -> Outcome {
    let run = main.run.clone();
    run.test_start();
    log::info!(target: ENGINE, "Running the test!");
    let mut scheduler = Scheduler { plan, run: run.clone(), start, collector, workers, outcome: Outcome::default() };
    scheduler.phase(Phase::SetUp, main).await;
    let set_up_well = run.stopping() == Stop::No;
    scheduler.phase(Phase::Main, main).await;
    if set_up_well && run.stopping() != Stop::No && plan.settings.tear_down_on_shutdown {
        run.resume();
    }
    scheduler.phase(Phase::TearDown, main).await;
    log::info!(target: ENGINE, "Notifying test listeners of end of test");
    plan.hooks.iter().for_each(|hook| hook.test_ended());
    scheduler.outcome
}

struct Scheduler<'a> {
    plan: &'a ExecutionPlan,
    run: Arc<Run>,
    start: Variables,
    collector: Collector,
    workers: &'a Workers,
    outcome: Outcome,
}

/// The users of a group: done when the last one has ended.
type Users = Pin<Box<dyn Future<Output = ()>>>;

impl Scheduler<'_> {
    /// Runs the groups of one phase, together or one by one.
    async fn phase(&mut self, phase: Phase, main: &mut VirtualUser) {
        let groups = self.plan.groups.iter().filter(|group| group.group.phase() == phase);
        let mut running = FuturesUnordered::new();
        for (number, group) in (1..).zip(groups) {
            if self.run.stopping() != Stop::No || !self.outcome.stuck.is_empty() {
                break;
            }
            let Some((group, schedule)) = self.start_group(group, number, main) else { continue };
            // JMeter starts the next group only after the first arrival in this one.
            let pool = match &schedule {
                Schedule::Arrivals(Arrivals { users: Arriving::Pooled(pool), .. }) => Some(pool.clone()),
                _ => None,
            };
            let starter = main.branch(format!("{}-ThreadStarter", group.group.name).into());
            let group_run = group.group.clone();
            running.push(Box::pin(carry_out(group, schedule, starter)) as Users);
            if self.plan.settings.serialized {
                self.wait_for(&mut running, std::future::pending()).await;
            } else if let Some(pool) = pool {
                self.wait_for(&mut running, first_arrival(&group_run, &pool)).await;
            }
        }
        if phase == Phase::Main {
            log::info!(target: ENGINE, "All thread groups have been started");
        }
        self.wait_for(&mut running, std::future::pending()).await;
        self.run.clear_groups();
    }

    /// Waits until all these users have ended or that has happened. Users that go on after a stop at once are given up.
    async fn wait_for(&mut self, running: &mut FuturesUnordered<Users>, event: impl Future<Output = ()>) {
        let (mut event, mut end) = (pin!(event), pin!(last_moment(self.run.clone())));
        let mut stops = pin!(pass_on_stops(self.run.clone()));
        loop {
            tokio::select! {
                biased;
                () = &mut stops => {}
                ended = running.next() => if ended.is_none() { return },
                () = &mut event => return,
                () = &mut end => {
                    self.outcome.stuck = self.run.groups().iter().flat_map(|group| group.thread_names()).collect();
                    running.clear();
                    return;
                }
            }
        }
    }

    /// Gets ready what starts the users of a group; nothing if the group cannot start.
    fn start_group(&mut self, group: &GroupPlan, number: u32, main: &mut VirtualUser) -> Option<(Launcher, Schedule)> {
        let (name, start) = match group.name.get(main).and_then(|name| Ok((name, group.group.start(main)?))) {
            Ok(started) => started,
            Err(fault) => {
                self.report_bad_start(group, main, &fault);
                return None;
            }
        };
        let GroupStart { users, on_sample_error, same_user, thread_name_suffix, stopped_by, schedule, ramp_up } = start;
        log::info!(target: ENGINE, "Starting ThreadGroup: {number} : {name}");
        log::info!(target: ENGINE, "Starting {users} threads for group {name}.");
        log::info!(target: ENGINE, "{}", on_sample_error.log_text());
        if let Some(ramp_up) = ramp_up {
            let text = format!("Starting thread group... number={number} threads={users} {ramp_up}");
            log::info!(target: "o.a.j.t.ThreadGroup", "{text}");
        }
        let group_run = GroupRun::new(name.clone(), number, users, on_sample_error, same_user).stopped_by(stopped_by);
        let group_run = Arc::new(group_run);
        self.run.add_group(group_run.clone());
        let surroundings = Arc::new(Surroundings {
            collector: self.collector.clone(),
            hooks: group.hooks.clone(),
            transactions: group.transactions.clone(),
            sample_variables: sample_variables(&self.run.properties),
            timer_factor: self.run.properties.decimal("timer.factor", 1.0),
            parts: None,
            heard: None,
        });
        let launcher = Launcher {
            run: self.run.clone(),
            group: group_run,
            prefix: format!("{name}{thread_name_suffix} {number}-"),
            start: self.start.clone(),
            controller: group.controller.clone(),
            surroundings,
            spawner: self.workers.spawner(),
            blocks: group.blocks,
            users: TaskTracker::new(),
        };
        Some((launcher, schedule))
    }

    /// A group with a bad duration or delay is left out. Of any other fault JMeter's engine dies without a word; here the
    /// test ends as if it were stopped.
    #[allow(clippy::print_stdout, reason = "JMeter says it on its console")]
    fn report_bad_start(&mut self, group: &GroupPlan, main: &mut VirtualUser, fault: &Fault) {
        let name = group.name.get(main).unwrap_or_default();
        let message = format!("Error occurred starting thread group :{name}, error message:{fault}");
        log::error!(target: ENGINE, "{message}");
        println!("{message}");
        if !matches!(fault, Fault::StopTest(_)) {
            self.outcome.failed_groups.push(format!("thread group \"{name}\" could not start: {fault}"));
            self.run.stop(Stop::Graceful);
        }
    }
}

/// Starts the users of a group as its schedule says, and waits for the last of them.
async fn carry_out(launcher: Launcher, schedule: Schedule, mut starter: VirtualUser) {
    let begin = Instant::now();
    let group = launcher.group.clone();
    let done = match schedule {
        Schedule::Lifetimes(lives) => {
            lifetimes::carry_out(&lives, begin, &group, &launcher).await;
            Ok(())
        }
        Schedule::Concurrency(levels) => concurrency::carry_out(&levels, begin, &group, &launcher, &mut starter).await,
        Schedule::Arrivals(arrivals) => arrivals::carry_out(arrivals, begin, &group, &launcher, &mut starter).await,
    };
    starter.group.remove_user(&starter.handle);
    if let Err(fault) = done {
        log::error!(target: ENGINE, "{} starts no further users: {fault}", starter.thread_name);
        group.close();
    }
    launcher.users.close();
    launcher.users.wait().await;
}

/// Waits for the first arrival in a group, or its end.
async fn first_arrival(group: &GroupRun, pool: &UserPool) {
    group.until(|group| group.is_closed() || pool.has_arrivals()).await;
}

/// Tells groups of a stop, but not before those have begun who were told to start: as in JMeter, whose engine stops groups on
/// a thread of its own, those who start together all take their first sample, whatever one of them does.
async fn pass_on_stops(run: Arc<Run>) {
    for how in [Stop::Graceful, Stop::Now] {
        run.stopped(how).await;
        let launched = run.launched.load(Ordering::SeqCst);
        for _ in 0..PATIENCE {
            pace::sleep_until(Instant::now() + Duration::from_millis(1)).await;
            if run.started.load(Ordering::SeqCst) >= launched {
                break;
            }
        }
        run.stop_groups();
    }
    std::future::pending::<()>().await;
}

/// Waits until the test was stopped at once, and for as long as users may take to end then.
async fn last_moment(run: Arc<Run>) {
    loop {
        run.stopped(Stop::Now).await;
        let wait = u64::try_from(run.properties.integer("jmeterengine.threadstop.wait", 5000)).unwrap_or(0);
        pace::sleep_until(Instant::now() + Duration::from_millis(wait)).await;
        if run.stopping() == Stop::Now {
            return;
        }
    }
}

/// Waits for an instant; `false` if the group was closed before.
async fn wait_until(due: Instant, group: &GroupRun) -> bool {
    if group.is_closed() || due <= Instant::now() {
        return !group.is_closed();
    }
    tokio::select! {
        () = pace::sleep_until(due) => true,
        () = group.until(GroupRun::is_closed) => false,
    }
}

#[cfg(test)]
mod tests;
