//! One run of a program, with what it used.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

/// What a run used.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub wall: Duration,
    /// User and system time.
    pub cpu: Duration,
    /// The largest resident size.
    pub megabytes: f64,
}

/// A command pinned to a processor, where that can be done.
pub fn pinned(processor: usize, program: impl AsRef<OsStr>) -> Command {
    let can_pin = Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    let several = std::thread::available_parallelism().is_ok_and(|count| count.get() > processor.max(1));
    if !can_pin || !several {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.arg("-c").arg(processor.to_string()).arg(program);
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Result<Usage> {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().context("cannot be started")?;
    finish(child, start)
}

/// Waits for a process that was started at that time.
pub fn finish(mut child: Child, start: Instant) -> Result<Usage> {
    let done = child.wait4()?;
    let wall = start.elapsed();
    ensure!(done.status.success(), "ended with {}", done.status);
    let used = done.rusage;
    Ok(Usage { wall, cpu: used.utime + used.stime, megabytes: used.maxrss as f64 / 1024.0 / 1024.0 })
}

/// A program that serves until this is dropped.
pub struct Server {
    child: Child,
    /// The line that it prints when it is ready.
    pub greeting: String,
}

impl Server {
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut greeting = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut greeting)?;
        Ok(Self { child, greeting })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time that a running process has used, in ticks of 10 ms, and its resident size in kilobytes (Linux).
pub fn so_far(process: u32) -> Result<(Duration, f64)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    let ticks = field(11) + field(12);
    Ok((Duration::from_millis(ticks * 10), field(21) as f64 * 4.0))
}
