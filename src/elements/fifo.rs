//! The queues of the plugin `jpgc-fifo`: what one user puts in another takes out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use tokio::sync::Notify;

/// All queues of a run, by name.
#[derive(Default)]
pub(super) struct Fifos(Mutex<FxHashMap<String, Arc<Fifo>>>);

/// One queue.
#[derive(Default)]
pub(super) struct Fifo {
    values: Mutex<VecDeque<String>>,
    arrived: Notify,
}

impl Fifos {
    /// The queue of that name, made when it is first asked for.
    pub fn named(&self, name: &str) -> Arc<Fifo> {
        let mut fifos = self.0.lock();
        match fifos.get(name) {
            Some(fifo) => fifo.clone(),
            None => fifos.entry(name.to_owned()).or_default().clone(),
        }
    }
}

impl Fifo {
    /// Puts a value at the end.
    pub fn put(&self, value: String) {
        self.values.lock().push_back(value);
        self.arrived.notify_one();
    }

    /// Takes the value at the front, waiting for one that long; for ever for `None`.
    pub async fn take(&self, wait: Option<Duration>) -> Option<String> {
        let taking = async {
            loop {
                if let Some(value) = self.values.lock().pop_front() {
                    return value;
                }
                self.arrived.notified().await;
            }
        };
        match wait {
            Some(wait) => tokio::time::timeout(wait, taking).await.ok(),
            None => Some(taking.await),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn first_in_first_out() {
        let fifos = Arc::new(Fifos::default());
        let second = Some(Duration::from_secs(1));
        assert_eq!(fifos.named("a").take(second).await, None);
        fifos.named("a").put("1".into());
        fifos.named("a").put("2".into());
        assert_eq!(fifos.named("b").take(Some(Duration::ZERO)).await, None);
        assert_eq!(fifos.named("a").take(None).await.as_deref(), Some("1"));
        assert_eq!(fifos.named("a").take(second).await.as_deref(), Some("2"));
        let waiting = tokio::spawn({
            let fifo = fifos.named("a");
            async move { fifo.take(None).await }
        });
        tokio::task::yield_now().await;
        fifos.named("a").put("3".into());
        assert_eq!(waiting.await.unwrap().as_deref(), Some("3"));
    }
}
