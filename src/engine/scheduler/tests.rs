//! The lists of starts, under paused time.

use std::sync::atomic::Ordering;

use parking_lot::Mutex;

use super::launch::{Launch, NewUser};
use super::*;
use crate::elements::thread_groups::{Levels, Lifetime, Look, Timetable};
use crate::model::{OnSampleError, StoppedBy};

/// Notes who starts when. Users live for a time, or until the group stops.
struct Notes {
    begin: Instant,
    group: Arc<GroupRun>,
    life: Duration,
    starts: Mutex<Vec<(u128, u32)>>,
}

impl Notes {
    fn new(life: u64) -> Self {
        let group = GroupRun::new("g".into(), 1, 0, OnSampleError::Continue, true).stopped_by(StoppedBy::Flag);
        let life = Duration::from_millis(life);
        Self { begin: Instant::now(), group: Arc::new(group), life, starts: Mutex::default() }
    }

    fn starts(&self) -> Vec<(u128, u32)> {
        self.starts.lock().clone()
    }

    fn elapsed(&self) -> u128 {
        self.begin.elapsed().as_millis()
    }

    /// Stops the group after that time.
    fn stop_after(&self, millis: u64) {
        let group = self.group.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            group.stop(Stop::Graceful);
        });
    }
}

impl Launch for Notes {
    fn launch(&self, user: NewUser) {
        self.starts.lock().push((self.elapsed(), user.number));
        self.group.alive.fetch_add(1, Ordering::SeqCst);
        let (group, life) = (self.group.clone(), self.life);
        tokio::spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(life) => {}
                () = group.until(GroupRun::is_stopping) => {}
            }
            group.alive.fetch_sub(1, Ordering::SeqCst);
            group.notify();
        });
    }
}

fn life(start: u64) -> Lifetime {
    Lifetime { start: Duration::from_millis(start), end: None }
}

#[tokio::test(start_paused = true)]
async fn lifetimes_start_at_their_times() {
    let notes = Notes::new(10);
    lifetimes::carry_out(&[life(500), life(0), life(20), life(500)], notes.begin, &notes.group, &notes).await;
    assert_eq!(notes.starts(), [(0, 1), (20, 2), (500, 0), (500, 3)]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_a_ramp() {
    let notes = Notes::new(10);
    notes.stop_after(600);
    lifetimes::carry_out(&[life(0), life(500), life(1000)], notes.begin, &notes.group, &notes).await;
    assert_eq!((notes.starts(), notes.elapsed()), (vec![(0, 0), (500, 1)], 600));
}

/// Times in milliseconds.
struct Times(Vec<u64>);

impl Timetable for Times {
    fn due(&mut self) -> Option<Duration> {
        self.0.first().copied().map(Duration::from_millis)
    }

    fn look(&mut self, _: &mut VirtualUser) -> Result<Look, Fault> {
        self.0.remove(0);
        Ok(Look::Arrival)
    }

    fn corners(&self, _: &mut VirtualUser) -> Result<Vec<(f64, f64)>, Fault> {
        Ok(Vec::new())
    }
}

async fn arrive(notes: &Notes, times: &[u64], end: u64, starter: &mut VirtualUser) {
    starter.run.test_start();
    let users = Arriving::New { end: Duration::from_millis(end) };
    let arrivals = Arrivals { timetable: Box::new(Times(times.to_vec())), users };
    arrivals::carry_out(arrivals, notes.begin, &notes.group, notes, starter).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn arrivals_count_from_the_start_of_the_test_and_what_is_overdue_starts_at_once() {
    let mut starter = crate::model::virtual_user::tests::user();
    starter.run.test_start();
    tokio::time::advance(Duration::from_millis(100)).await;
    let notes = Notes::new(10);
    arrive(&notes, &[0, 50, 130, 200], 400, &mut starter).await;
    assert_eq!(notes.starts(), [(0, 0), (0, 1), (30, 2), (100, 3)]);
    assert_eq!(notes.elapsed(), 300);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_an_open_schedule_stops_its_users() {
    for (life, stopped) in [(5000, true), (50, false)] {
        let notes = Notes::new(life);
        let handle = notes.group.add_user("g 1-1".into());
        if !stopped {
            notes.group.remove_user(&handle);
        }
        arrive(&notes, &[0], 100, &mut crate::model::virtual_user::tests::user()).await;
        assert_eq!(notes.group.is_stopping(), stopped);
    }
}

#[tokio::test(start_paused = true)]
async fn concurrency_goes_up_second_by_second_and_replaces_who_ends() {
    let check = async |target, ramp_up, hold, life, expected: &[(u128, u32)]| {
        let notes = Notes::new(life);
        let levels = Levels::of(target, ramp_up, hold);
        let mut starter = crate::model::virtual_user::tests::user();
        concurrency::carry_out(&levels, notes.begin, &notes.group, &notes, &mut starter).await.unwrap();
        assert_eq!(notes.starts(), expected, "{target} {ramp_up} {hold}");
        assert!(notes.group.is_closed());
        notes.elapsed()
    };
    assert_eq!(check(2, "", "1", 5000, &[(0, 0), (0, 1)]).await, 1000);
    // It looks every second from the first user on, and so sees the end late.
    assert_eq!(check(4, "2", "1", 5000, &[(250, 0), (1250, 1), (1250, 2), (2250, 3)]).await, 3250);
    assert_eq!(check(1, "", "1", 400, &[(0, 0), (400, 1), (800, 2)]).await, 1200);
    assert_eq!(check(2, "", "0", 5000, &[]).await, 0);
    assert_eq!(check(0, "", "0", 5000, &[]).await, 0);
}
