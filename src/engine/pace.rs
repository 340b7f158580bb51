//! Waits that end on time, for those who start users.
//!
//! A runtime's timers go in steps of a millisecond, which adds up to two before somebody is woken. Here a thread that has
//! nothing else to do sleeps until the very instant.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::time::Instant;

/// Runs a future on this thread, with [`sleep_until`] for waits. Other waits of a runtime do not work in it, what wakes it
/// from other threads does.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let outer = ALARMS.replace(Some(Alarms::default()));
    let output = loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            break output;
        }
        rest();
    };
    ALARMS.set(outer);
    output
}

/// Waits until an instant: to some hundredths of a millisecond inside [`block_on`], as the runtime can elsewhere.
pub(super) async fn sleep_until(due: Instant) {
    if ALARMS.with_borrow(Option::is_some) {
        Sleep { due, is_set: false }.await;
    } else {
        tokio::time::sleep_until(due).await;
    }
}

thread_local! {
    /// Who is to be woken when, while this thread is in [`block_on`].
    static ALARMS: RefCell<Option<Alarms>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Alarms {
    queue: BinaryHeap<Reverse<Alarm>>,
}

struct Alarm {
    due: Instant,
    waker: Waker,
}

impl PartialEq for Alarm {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due
    }
}

impl Eq for Alarm {}

impl PartialOrd for Alarm {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Alarm {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.due.cmp(&other.due)
    }
}

/// Wakes who is due; with nobody due, sleeps until somebody is or until something else wakes this thread.
fn rest() {
    let now = Instant::now();
    let (mut due, mut next) = (Vec::new(), None);
    ALARMS.with_borrow_mut(|alarms| {
        let Some(Alarms { queue }) = alarms else { return };
        while queue.peek().is_some_and(|Reverse(alarm)| alarm.due <= now) {
            due.extend(queue.pop().map(|Reverse(alarm)| alarm.waker));
        }
        next = queue.peek().map(|Reverse(alarm)| alarm.due);
    });
    if due.is_empty() {
        match next {
            Some(next) => std::thread::park_timeout(next - now),
            None => std::thread::park(),
        }
    }
    due.into_iter().for_each(Waker::wake);
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

struct Sleep {
    due: Instant,
    is_set: bool,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.due {
            return Poll::Ready(());
        }
        // The waker is that of the group of users, which stays the same as long as it waits.
        if !std::mem::replace(&mut self.is_set, true) {
            let alarm = Alarm { due: self.due, waker: context.waker().clone() };
            ALARMS.with_borrow_mut(|alarms| {
                if let Some(Alarms { queue }) = alarms {
                    queue.push(Reverse(alarm));
                }
            });
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::StreamExt;
    use futures_util::stream::FuturesUnordered;

    use super::*;

    #[test]
    fn sleeps_end_in_their_order_and_not_early() {
        // Late enough that all have begun to sleep before the first one is due.
        let start = Instant::now() + Duration::from_millis(20);
        let order = RefCell::new(Vec::new());
        let sleep = async |millis| {
            sleep_until(start + Duration::from_millis(millis)).await;
            assert!(start.elapsed() >= Duration::from_millis(millis));
            order.borrow_mut().push(millis);
        };
        let mut sleeps: FuturesUnordered<_> = [3, 1, 2, 0].into_iter().map(sleep).collect();
        block_on(async { while sleeps.next().await.is_some() {} });
        assert_eq!(*order.borrow(), [0, 1, 2, 3]);
    }

    #[test]
    fn other_threads_wake_it() {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || sender.send(7));
        assert_eq!(block_on(receiver), Ok(7));
        assert_eq!(thread.join().unwrap(), Ok(()));
    }
}
