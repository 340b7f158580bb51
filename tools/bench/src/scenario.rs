//! The scenarios.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Result;
use tempfile::TempDir;

use crate::http::Protocol;
use crate::jtl::{lags, percentile, starts};
use crate::process::{finish, pinned, run, so_far};

/// A figure that was measured.
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub wanted: Option<Wanted>,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub enum Wanted {
    AtMost(f64),
    AtLeast(f64),
}

impl Wanted {
    pub fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(f, "at most {limit}"),
            Self::AtLeast(limit) => write!(f, "at least {limit}"),
        }
    }
}

pub fn figure(name: &'static str, value: f64, unit: &'static str, wanted: impl Into<Option<Wanted>>) -> Figure {
    Figure { name, value, unit, wanted: wanted.into() }
}

/// What the scenarios run.
pub struct Bench {
    pub binary: PathBuf,
}

impl Bench {
    /// 100,000 users start within 20 s.
    pub fn ramp(&self) -> Result<Vec<Figure>> {
        const USERS: u32 = 100_000;
        const SECONDS: u32 = 20;
        let folder = TempDir::new()?;
        let results = folder.path().join("results.jtl");
        let mut command = self.loadline("ramp.jmx", folder.path());
        let used =
            run(command.arg("-l").arg(&results).args([format!("-Jusers={USERS}"), format!("-Jramp={SECONDS}")]))?;
        let ramp = f64::from(SECONDS) * 1000.0;
        let starts = starts(&results)?;
        let lags = lags(&starts, ramp / f64::from(USERS));
        Ok(vec![
            figure("users started", starts.len() as f64, "", Wanted::AtLeast(f64::from(USERS))),
            figure("99 % start within", percentile(&lags, 99.0), "ms", None),
            figure("the latest start, of the ramp", percentile(&lags, 100.0) / ramp * 100.0, "%", Wanted::AtMost(2.0)),
            figure("processor time for a user", used.cpu.as_secs_f64() * 1e6 / f64::from(USERS), "µs", None),
            figure("memory for a user", used.megabytes * 1024.0 / f64::from(USERS), "KB", Wanted::AtMost(30.0)),
        ])
    }

    /// 10,000 users wait: what they use between the third and the eighth second.
    pub fn idle(&self) -> Result<Vec<Figure>> {
        const USERS: u32 = 10_000;
        let folder = TempDir::new()?;
        let start = Instant::now();
        let mut command = Command::new(&self.binary);
        plan(&mut command, "idle.jmx", folder.path());
        let child = command.arg(format!("-Jusers={USERS}")).stdout(Stdio::null()).spawn()?;
        let wait = |until: u64| std::thread::sleep(Duration::from_secs(until).saturating_sub(start.elapsed()));
        wait(3);
        let (before, kilobytes) = so_far(child.id())?;
        wait(8);
        let (after, _) = so_far(child.id())?;
        finish(child, start)?;
        let empty = self.startup()?[1].value * 1024.0;
        Ok(vec![
            figure(
                "processor time in 5 s",
                after.saturating_sub(before).as_secs_f64() * 1000.0,
                "ms",
                Wanted::AtMost(20.0),
            ),
            figure("memory for a waiting user", (kilobytes - empty) / f64::from(USERS), "KB", Wanted::AtMost(30.0)),
        ])
    }

    /// 2,000 arrivals a second for 20 s, each one HTTP request to the built-in target.
    pub fn arrivals(&self) -> Result<Vec<Figure>> {
        const RATE: f64 = 2000.0;
        const SECONDS: f64 = 20.0;
        let folder = TempDir::new()?;
        let results = folder.path().join("results.jtl");
        let target = self.target(Protocol::Http)?;
        let mut command = pinned(0, &self.binary);
        plan(&mut command, "arrivals.jmx", folder.path());
        let used =
            run(command.args(["--workers", "1"]).arg("-l").arg(&results).arg(format!("-Jport={}", target.port)))?;
        let starts = starts(&results)?;
        let lags = lags(&starts, 1000.0 / RATE);
        let launched = starts.len() as f64 / (RATE * SECONDS) * 100.0;
        Ok(vec![
            figure("launched", launched, "%", Wanted::AtLeast(99.9)),
            figure("99 % start within", percentile(&lags, 99.0), "ms", Wanted::AtMost(2.0)),
            figure("the latest start", percentile(&lags, 100.0), "ms", None),
            figure("processor time for an arrival", used.cpu.as_secs_f64() * 1e6 / starts.len() as f64, "µs", None),
            figure("memory", used.megabytes, "MB", None),
        ])
    }

    /// One user takes one sample.
    pub fn startup(&self) -> Result<Vec<Figure>> {
        let folder = TempDir::new()?;
        let mut command = self.loadline("startup.jmx", folder.path());
        let used = run(command.arg("-l").arg(folder.path().join("results.jtl")))?;
        Ok(vec![
            figure("wall", used.wall.as_secs_f64() * 1000.0, "ms", Wanted::AtMost(20.0)),
            figure("memory", used.megabytes, "MB", Wanted::AtMost(15.0)),
            figure("processor time", used.cpu.as_secs_f64() * 1000.0, "ms", None),
        ])
    }

    fn loadline(&self, name: &str, folder: &Path) -> Command {
        let mut command = Command::new(&self.binary);
        plan(&mut command, name, folder);
        command
    }
}

/// Runs one of the plans beside this file, with its log in that folder.
pub fn plan(command: &mut Command, name: &str, folder: &Path) {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(name);
    command.arg("-n").arg("-t").arg(plan).arg("-j").arg(folder.join("run.log")).arg("-Jsummariser.name=");
    command.arg("-Ljmeter=ERROR");
}
