//! A meeting point of users: whoever comes waits until enough have come.

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

/// A barrier that can be used again and again. When one user gives up, all others go on as well (`CyclicBarrier`).
#[derive(Default)]
pub(super) struct Barrier {
    state: Mutex<State>,
    opened: Notify,
}

#[derive(Default)]
struct State {
    waiting: u32,
    /// How often the barrier was opened.
    openings: u64,
}

/// Why a user goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    /// The barrier was opened.
    Open,
    /// Nobody came any more.
    TimedOut,
}

impl Barrier {
    /// Waits for so many users, at most until that instant. A user whose wait is dropped opens the barrier for all.
    pub(super) async fn wait(&self, users: u32, deadline: Option<Instant>) -> Passed {
        let openings = {
            let mut state = self.state.lock();
            state.waiting += 1;
            if state.waiting >= users {
                self.open(&mut state);
                return Passed::Open;
            }
            state.openings
        };
        let place = Place { barrier: self, openings };
        let opened = async {
            loop {
                let opened = self.opened.notified();
                if self.state.lock().openings != openings {
                    return;
                }
                opened.await;
            }
        };
        let passed = match deadline {
            None => {
                opened.await;
                Passed::Open
            }
            Some(deadline) => match tokio::time::timeout_at(deadline, opened).await {
                Ok(()) => Passed::Open,
                Err(_) => Passed::TimedOut,
            },
        };
        drop(place);
        passed
    }

    fn open(&self, state: &mut State) {
        state.waiting = 0;
        state.openings += 1;
        self.opened.notify_waiters();
    }
}

/// A user's place before a barrier.
struct Place<'a> {
    barrier: &'a Barrier,
    openings: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.barrier.state.lock();
        if state.openings == self.openings {
            self.barrier.open(&mut state);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn enough_users_open_it_again_and_again() {
        let barrier = Barrier::default();
        for _ in 0..2 {
            let begun = Instant::now();
            let late = async {
                tokio::time::sleep(Duration::from_secs(1)).await;
                barrier.wait(2, None).await
            };
            assert_eq!(tokio::join!(barrier.wait(2, None), late), (Passed::Open, Passed::Open));
            assert_eq!(begun.elapsed(), Duration::from_secs(1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_gives_up_opens_it_for_all() {
        let (barrier, begun) = (Barrier::default(), Instant::now());
        let deadline = Some(begun + Duration::from_millis(700));
        let waits = tokio::join!(barrier.wait(3, deadline), barrier.wait(3, None));
        assert_eq!((waits, begun.elapsed().as_millis()), ((Passed::TimedOut, Passed::Open), 700));
        let dropped = tokio::time::timeout(Duration::from_millis(100), barrier.wait(2, None));
        assert!(tokio::join!(dropped, barrier.wait(3, None)).0.is_err());
    }
}
