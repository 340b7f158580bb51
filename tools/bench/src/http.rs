//! The scenarios of HTTP: what a request costs beside wrk, what a connection costs, and bodies that do not fit into memory.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::process::{Server, Usage, finish, pinned, run};
use crate::scenario::{Bench, Figure, Wanted, figure, plan};

/// How the target is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Http,
    Https,
}

impl Protocol {
    fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// The built-in target, and where it listens.
pub struct Target {
    _server: Server,
    pub port: String,
}

impl Bench {
    /// The built-in target on processor 1.
    pub fn target(&self, protocol: Protocol) -> Result<Target> {
        let mut command = pinned(1, &self.binary);
        command.args(["serve", "--port", "0"]).args((protocol == Protocol::Https).then_some("--tls"));
        let server = Server::start(&mut command)?;
        let address = server.greeting.split("://").nth(1).and_then(|rest| rest.split('/').next());
        let port = address.and_then(|address| address.rsplit(':').next()).context("the target did not say its port")?;
        Ok(Target { port: port.to_owned(), _server: server })
    }

    /// 64 users ask for 1 KB as fast as they can; wrk does the same, if it is there.
    pub fn requests(&self, protocol: Protocol) -> Result<Vec<Figure>> {
        const USERS: u32 = 64;
        const LOOPS: u32 = 8000;
        let target = self.target(protocol)?;
        let folder = TempDir::new()?;
        let mut command = pinned(0, &self.binary);
        plan(&mut command, "requests.jmx", folder.path());
        command.args([format!("-Jusers={USERS}"), format!("-Jloops={LOOPS}")]);
        let used = run(to(&mut command, &target, protocol).arg("-l").arg(folder.path().join("results.jtl")))?;
        let own = each(&used, f64::from(USERS * LOOPS));
        let mut figures =
            vec![figure("processor time for a request", own, "µs", None), figure("memory", used.megabytes, "MB", None)];
        let url = format!("{}://127.0.0.1:{}/bytes/1024", protocol.name(), target.port);
        if let Some(peer) = wrk(USERS, &url)? {
            figures.push(figure("processor time for a request of wrk", peer, "µs", None));
            figures.push(figure("times what wrk takes", own / peer, "", Wanted::AtMost(1.4)));
        }
        Ok(figures)
    }

    /// 10,000 users, each with a connection, wait most of the time.
    pub fn connected(&self, protocol: Protocol) -> Result<Vec<Figure>> {
        const USERS: u32 = 10_000;
        let target = self.target(protocol)?;
        let folder = TempDir::new()?;
        let mut command = pinned(0, &self.binary);
        plan(&mut command, "connected.jmx", folder.path());
        command.args([format!("-Jusers={USERS}"), "-Jloops=2".into(), "-Jramp=10".into()]);
        let used = run(to(&mut command, &target, protocol).arg("-l").arg(folder.path().join("results.jtl")))?;
        let limit = if protocol == Protocol::Https { 60.0 } else { 25.0 };
        Ok(vec![
            figure("memory for a user", used.megabytes * 1024.0 / f64::from(USERS), "KB", Wanted::AtMost(limit)),
            figure("processor time for a request", each(&used, f64::from(2 * USERS)), "µs", None),
        ])
    }

    /// One user receives 1 GB and sends 1 GB.
    pub fn transfer(&self) -> Result<Vec<Figure>> {
        const BYTES: u64 = 1 << 30;
        let target = self.target(Protocol::Http)?;
        let folder = TempDir::new()?;
        let body = folder.path().join("body");
        File::create(&body)?.set_len(BYTES)?;
        let mut command = pinned(0, &self.binary);
        plan(&mut command, "transfer.jmx", folder.path());
        command.arg(format!("-Jbytes={BYTES}")).arg(format!("-Jfile={}", body.display()));
        let used = run(to(&mut command, &target, Protocol::Http).arg("-l").arg(folder.path().join("results.jtl")))?;
        Ok(vec![
            figure("memory", used.megabytes, "MB", Wanted::AtMost(50.0)),
            figure("wall", used.wall.as_secs_f64() * 1000.0, "ms", None),
        ])
    }
}

fn to<'a>(command: &'a mut Command, target: &Target, protocol: Protocol) -> &'a mut Command {
    command
        .arg(format!("-Jport={}", target.port))
        .arg(format!("-Jprotocol={}", protocol.name()))
        .args(["--workers", "1"])
}

/// Processor time for one of so many, in microseconds.
fn each(used: &Usage, count: f64) -> f64 {
    used.cpu.as_secs_f64() * 1e6 / count
}

/// What a request costs wrk, in microseconds of processor time; `None` if there is no wrk.
fn wrk(users: u32, url: &str) -> Result<Option<f64>> {
    if Command::new("wrk").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Ok(None);
    }
    let start = Instant::now();
    let mut command = pinned(0, "wrk");
    let mut child = command.args(["-t1", &format!("-c{users}"), "-d5s", url]).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().context("no output")?;
    let used = finish(child, start)?;
    let text = std::io::read_to_string(output)?;
    let count = text.split(" requests in").next().and_then(|before| before.split_whitespace().last());
    Ok(Some(each(&used, count.and_then(|count| count.parse().ok()).context("wrk did not say how many requests")?)))
}
