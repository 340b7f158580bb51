//! Carries out schedules: starts thread groups in their order and users at their time.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use super::compile::{ExecutionPlan, GroupPlan};
use super::sample::Surroundings;
use super::{Collector, Workers, thread};
use crate::elements::thread_groups::{GroupStart, Lifetime, Phase, Schedule};
use crate::model::{Fault, GroupRun, Run, Stop, Variables, VirtualUser};
use crate::results::sample_variables;

/// Runs all thread groups of a plan: setUp groups, then the others, then tearDown groups. `main` evaluates what groups read
/// when they start; `start` are the variables that users begin with.
pub async fn run(
    plan: &ExecutionPlan,
    main: &mut VirtualUser,
    start: Variables,
    collector: Collector,
    workers: &Workers,
) {
    let run = main.run.clone();
    let mut scheduler = Scheduler { plan, run: run.clone(), start, collector, workers };
    scheduler.phase(Phase::SetUp, main).await;
    let set_up_well = run.stopping() == Stop::No;
    scheduler.phase(Phase::Main, main).await;
    if set_up_well && run.stopping() != Stop::No && plan.settings.tear_down_on_shutdown {
        run.resume();
    }
    scheduler.phase(Phase::TearDown, main).await;
    log::info!(target: "o.a.j.e.StandardJMeterEngine", "Notifying test listeners of end of test");
    plan.hooks.iter().for_each(|hook| hook.test_ended());
}

struct Scheduler<'a> {
    plan: &'a ExecutionPlan,
    run: Arc<Run>,
    start: Variables,
    collector: Collector,
    workers: &'a Workers,
}

impl Scheduler<'_> {
    /// Runs the groups of one phase, together or one by one.
    async fn phase(&mut self, phase: Phase, main: &mut VirtualUser) {
        let groups = self.plan.groups.iter().filter(|group| group.group.phase() == phase);
        let mut running = Vec::new();
        for (number, group) in (1..).zip(groups) {
            if self.run.stopping() != Stop::No {
                break;
            }
            if let Some(users) = self.start_group(group, number, main) {
                if self.plan.settings.serialized {
                    users.await;
                } else {
                    running.push(tokio::spawn(users));
                }
            }
        }
        for users in running {
            let _ = users.await;
        }
        self.run.clear_groups();
    }

    /// Starts a group: what is returned ends when its last user has ended.
    fn start_group(
        &self,
        group: &GroupPlan,
        number: u32,
        main: &mut VirtualUser,
    ) -> Option<impl Future<Output = ()> + Send + use<>> {
        let (name, start) = match group.name.get(main).and_then(|name| Ok((name, group.group.start(main)?))) {
            Ok(started) => started,
            Err(fault) => {
                report_bad_start(group, main, &fault);
                return None;
            }
        };
        let GroupStart { users, on_sample_error, same_user, thread_name_suffix, schedule } = start;
        log::info!(target: "o.a.j.e.StandardJMeterEngine", "Starting ThreadGroup: {number} : {name}");
        log::info!(target: "o.a.j.e.StandardJMeterEngine", "Starting {users} threads for group {name}.");
        let group_run = Arc::new(GroupRun::new(name.clone(), number, users, on_sample_error, same_user));
        self.run.add_group(group_run.clone());
        let surroundings = Arc::new(Surroundings {
            collector: self.collector.clone(),
            hooks: group.hooks.clone(),
            sample_variables: sample_variables(&self.run.properties),
            timer_factor: self.run.properties.decimal("timer.factor", 1.0),
            parts: None,
        });
        let starter = Starter {
            run: self.run.clone(),
            group: group_run,
            prefix: format!("{name}{thread_name_suffix} {number}-"),
            start: self.start.clone(),
            controller: group.controller.clone(),
            surroundings,
            spawn: self.workers.spawner(),
            users: TaskTracker::new(),
        };
        Some(starter.carry_out(schedule))
    }
}

#[allow(clippy::print_stdout, reason = "JMeter says it on its console")]
fn report_bad_start(group: &GroupPlan, main: &mut VirtualUser, fault: &Fault) {
    let name = group.name.get(main).unwrap_or_default();
    let message = format!("Error occurred starting thread group :{name}, error message:{fault}");
    log::error!(target: "o.a.j.e.StandardJMeterEngine", "{message}");
    println!("{message}");
}

/// Starts the users of one group.
struct Starter {
    run: Arc<Run>,
    group: Arc<GroupRun>,
    prefix: String,
    start: Variables,
    controller: Arc<crate::elements::controllers::ControllerPlan>,
    surroundings: Arc<Surroundings>,
    spawn: super::workers::Spawner,
    users: TaskTracker,
}

impl Starter {
    async fn carry_out(self, schedule: Schedule) {
        let begin = Instant::now();
        match schedule {
            Schedule::Lifetimes(lifetimes) => self.lifetimes(begin, lifetimes).await,
        }
        self.users.close();
        self.users.wait().await;
    }

    /// Each user at its time.
    async fn lifetimes(&self, begin: Instant, lifetimes: Vec<Lifetime>) {
        let mut in_order: Vec<(usize, Lifetime)> = lifetimes.into_iter().enumerate().collect();
        in_order.sort_by_key(|(_, life)| life.start);
        for (number, life) in in_order {
            let due = begin + life.start;
            if due > Instant::now() && !self.wait(due).await {
                return;
            }
            if self.group.is_stopping() {
                return;
            }
            let end = life.end.map(|end| self.run.clock.at(begin + end));
            self.start_user(u32::try_from(number).unwrap_or(u32::MAX), end);
        }
    }

    /// Waits for an instant; false if the test is stopped before.
    async fn wait(&self, due: Instant) -> bool {
        // A stop of this group alone is noticed within a second, as in JMeter.
        loop {
            let look = due.min(Instant::now() + Duration::from_secs(1));
            tokio::select! {
                () = tokio::time::sleep_until(look) => {}
                () = self.run.stopped(Stop::Graceful) => return false,
            }
            if look == due || self.group.is_stopping() {
                return !self.group.is_stopping();
            }
        }
    }

    fn start_user(&self, number: u32, end: Option<i64>) {
        let name: Arc<str> = format!("{}{}", self.prefix, number + 1).into();
        let variables = self.start.fresh();
        let mut vu = VirtualUser::new(self.run.clone(), self.group.clone(), number, name, variables);
        vu.end = end;
        let life = thread::live(vu, self.controller.clone(), self.surroundings.clone());
        self.spawn.spawn(self.users.track_future(life));
    }
}
