//! Users that arrive at their times, however many are at work: what is overdue starts at once, and the times that follow stay
//! where they are.

use std::time::Duration;

use tokio::time::Instant;

use super::launch::{Launch, NewUser};
use super::wait_until;
use crate::elements::thread_groups::{Arrivals, Arriving, Look, UserPool};
use crate::model::{Fault, GroupRun, Stop, VirtualUser};

const OPEN_LOG: &str = "o.a.j.t.o.OpenModelThreadGroup";

/// Lets users arrive. `starter` evaluates properties.
///
/// # Errors
/// When a property cannot be evaluated.
pub(super) async fn carry_out(
    mut arrivals: Arrivals,
    begin: Instant,
    group: &GroupRun,
    launcher: &impl Launch,
    starter: &mut VirtualUser,
) -> Result<(), Fault> {
    let mut doors = Doors { group, launcher, next: 0 };
    match &arrivals.users {
        Arriving::New { end } => {
            let (start, end) = (starter.run.test_start(), *end);
            while let Some(due) = next(&mut arrivals, start, group, starter).await? {
                if starter.run.pacing.take_place() {
                    doors.open(due);
                }
            }
            end_schedule(start + end, group).await;
        }
        Arriving::Pooled(pool) => {
            let pool = pool.clone();
            let mut scheduled = 0;
            while let Some(due) = next(&mut arrivals, begin, group, starter).await? {
                scheduled += 1;
                doors.admit(due, &pool, starter)?;
                if pool.is_limit_reached() {
                    break;
                }
            }
            if !group.is_closed() && !pool.is_limit_reached() {
                pool.set_limit(scheduled);
            }
            group.until(|group| group.is_closed() || pool.at_work(group) == 0).await;
            group.close();
            pool.close();
        }
    }
    Ok(())
}

/// Waits for the next arrival and gives its time; none if there is none, or if the group was closed.
async fn next(
    arrivals: &mut Arrivals,
    start: Instant,
    group: &GroupRun,
    starter: &mut VirtualUser,
) -> Result<Option<Instant>, Fault> {
    while let Some(due) = arrivals.timetable.due() {
        let due = start + due;
        if !wait_until(due, group).await {
            return Ok(None);
        }
        if arrivals.timetable.look(starter)? == Look::Arrival {
            return Ok(Some(due));
        }
    }
    Ok(None)
}

/// Where users come in.
struct Doors<'a, L> {
    group: &'a GroupRun,
    launcher: &'a L,
    /// The number of the next new user.
    next: u32,
}

impl<L: Launch> Doors<'_, L> {
    fn open(&mut self, due: Instant) {
        self.launcher.launch(NewUser { number: self.next, end: None, due: Some(due) });
        self.next += 1;
    }

    /// Lets a user of the pool arrive, or else a new one; nobody if there are as many as there may be.
    fn admit(&mut self, due: Instant, pool: &UserPool, starter: &mut VirtualUser) -> Result<(), Fault> {
        let limit = pool.concurrency_limit(starter)?;
        let pacing = &starter.run.pacing;
        if !pacing.take_place() || pool.release(due) {
            return Ok(());
        }
        if limit.is_some_and(|limit| pool.at_work(self.group) >= limit) {
            pacing.free_place();
            pacing.drop_arrival();
            return Ok(());
        }
        self.open(due);
        Ok(())
    }
}

/// At the end of an open schedule who is still at work is interrupted.
async fn end_schedule(end: Instant, group: &GroupRun) {
    let left = end.saturating_duration_since(Instant::now());
    if left > Duration::ZERO {
        let seconds = left.as_secs();
        log::info!(
            target: OPEN_LOG,
            "There will be no more events, so will wait for {seconds} sec till the end of the schedule"
        );
    }
    if !wait_until(end, group).await {
        return;
    }
    let running = group.thread_names();
    if running.is_empty() {
        log::info!(target: OPEN_LOG, "There will be no more events, will shutdown the thread pool");
        return;
    }
    log::info!(
        target: OPEN_LOG,
        "Test schedule finished, however, there are {} thread(s) still running. Will interrupt the threads. If you want to keep \
         some time for the threads to complete, consider adding pause(10 min) at the end of the schedule.",
        running.len()
    );
    for name in running {
        log::info!(target: OPEN_LOG, "Terminating thread {name}");
    }
    group.stop(Stop::Now);
}
