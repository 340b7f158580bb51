//! The threads that users run on: one single-threaded runtime for each processor, users dealt out in turn.
//!
//! A user stays where it is: nothing is stolen from one thread by another, which costs a third of the processor time of a
//! work-stealing runtime for users that mostly wait.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::oneshot;

/// Scripts that call themselves need room: it is only taken when it is used.
const STACK: usize = 16 << 20;

/// So many users may be in a script that waits, at the same time.
const MOST_BLOCKED: usize = 50_000;

/// The worker threads of a run.
pub struct Workers {
    spawner: Spawner,
    threads: Vec<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// Starts tasks on the workers.
#[derive(Clone)]
pub struct Spawner(Arc<Turns>);

struct Turns {
    handles: Vec<Handle>,
    next: AtomicUsize,
    /// Where users run whose scripts may block: made when the first one starts.
    patient: OnceLock<Runtime>,
}

impl Drop for Turns {
    fn drop(&mut self) {
        if let Some(runtime) = self.patient.take() {
            runtime.shutdown_background();
        }
    }
}

impl Workers {
    /// So many workers; as many as there are processors for `None`.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub fn start(count: Option<usize>) -> io::Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let (mut handles, mut threads) = (Vec::new(), Vec::new());
        for number in 0..count.unwrap_or(processors).max(1) {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            let (stop, stopped) = oneshot::channel();
            handles.push(runtime.handle().clone());
            let thread = std::thread::Builder::new().name(format!("worker {number}")).stack_size(STACK);
            let thread = thread.spawn(move || {
                let _ = runtime.block_on(stopped);
                // What still runs then was stopped and did not listen: nobody waits for it.
                runtime.shutdown_background();
            })?;
            threads.push((stop, thread));
        }
        Ok(Self {
            spawner: Spawner(Arc::new(Turns { handles, next: AtomicUsize::new(0), patient: OnceLock::new() })),
            threads,
        })
    }

    /// Leaves the workers to themselves: what runs on them did not listen to a stop, and nobody waits for it.
    pub fn abandon(&mut self) {
        self.threads.drain(..).for_each(|(stop, _)| {
            let _ = stop.send(());
        });
    }

    /// What starts tasks on these workers.
    #[must_use]
    pub fn spawner(&self) -> Spawner {
        self.spawner.clone()
    }
}

impl Spawner {
    /// Runs a task on the worker whose turn it is.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let Turns { handles, next, .. } = &*self.0;
        let worker = next.fetch_add(1, Ordering::Relaxed) % handles.len();
        drop(handles[worker].spawn(task));
    }

    /// Runs a task that may block where others do not wait for it; as [`Spawner::spawn`] if there can be no further threads.
    pub fn spawn_patiently(&self, task: impl Future<Output = ()> + Send + 'static) {
        let made = || {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(self.0.handles.len()).max_blocking_threads(MOST_BLOCKED);
            builder.thread_name("blocking worker").thread_stack_size(STACK).enable_all().build()
        };
        if self.0.patient.get().is_none()
            && let Ok(runtime) = made()
            && let Err(late) = self.0.patient.set(runtime)
        {
            late.shutdown_background();
        }
        match self.0.patient.get() {
            Some(runtime) => drop(runtime.spawn(task)),
            None => self.spawn(task),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for (stop, thread) in self.threads.drain(..) {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}
