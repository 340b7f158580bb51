//! `loadline demo`: a real plan against the built-in target, to see what a run looks like.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::{fs, io};

use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::args::{self, Command, DemoOptions};
use super::{complain, exit_code, run, tell};
use crate::target::{Target, TargetOptions};

/// The files of the demonstration, which the program carries with it.
const FILES: [(&str, &str); 2] =
    [("demo.jmx", include_str!("../../plans/demo.jmx")), ("demo.csv", include_str!("../../plans/demo.csv"))];

/// Starts the target, runs the plan against it and gives the exit code.
pub(super) fn demo(options: &DemoOptions) -> u8 {
    let prepared = start_target().and_then(|(target, address)| Ok((target, address, unpack()?)));
    let (target, address, folder) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return complain(&format!("the demonstration cannot start: {error}"), exit_code::BAD_PLAN),
    };
    tell(&format!("The built-in target listens on http://{address}/"));
    let code = run_plan(&folder.path().join(FILES[0].0), address, &options.results);
    target.shutdown_background();
    if code == exit_code::DONE {
        let results = options.results.display();
        tell(&format!("The results are in {results}. Next: loadline check PLAN, loadline run PLAN -l {results}"));
    }
    code
}

/// The target on a free port, with threads of its own.
fn start_target() -> io::Result<(Runtime, SocketAddr)> {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let options = TargetOptions { address: (Ipv4Addr::LOCALHOST, 0).into(), tls: false };
    let target = runtime.block_on(Target::listen(&options))?;
    let address = target.address()?;
    runtime.spawn(target.serve());
    Ok((runtime, address))
}

fn unpack() -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("loadline-demo-").tempdir()?;
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text)?;
    }
    Ok(folder)
}

/// Runs the plan as the command line would.
fn run_plan(plan: &Path, address: SocketAddr, results: &Path) -> u8 {
    let mut words = vec!["loadline".into(), "run".into(), plan.into(), "-l".into(), results.into()];
    words.extend([format!("-Jserver={}", address.ip()), format!("-Jport={}", address.port())].map(Into::into));
    match args::parse(words) {
        Ok(Command::Run(options)) => run::run(&options),
        Ok(_) => unreachable!("`run` is a run"),
        Err(message) => complain(&message, exit_code::USAGE),
    }
}
