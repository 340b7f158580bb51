//! Measures whole runs of Loadline, as a user sees them: processor time, memory, and how well load keeps to its times.
//!
//! ```text
//! cargo build --release && cargo run --release -p bench            # all scenarios
//! cargo run --release -p bench -- arrivals --binary PATH --runs 5
//! ```
//! Loadline is pinned to processor 0 and its target to processor 1 where `taskset` is there. Each scenario prints what was
//! measured and what is asked for; the exit code is 1 if a figure is not good enough. On a machine with other work, times measure
//! the neighbours: repeat on a quiet one.

#![allow(clippy::disallowed_methods, reason = "it measures real time, and nothing waits for its one thread")]

mod http;
mod jtl;
mod process;
mod scenario;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use http::Protocol;
use scenario::{Bench, Figure};

#[derive(Parser)]
struct Options {
    /// What to measure; everything if nothing is named
    scenarios: Vec<Scenario>,
    /// The executable to measure
    #[arg(long, default_value = "target/release/loadline")]
    binary: PathBuf,
    /// How often to measure each; the median counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// 100,000 users start within 20 s, each takes one sample and waits
    Ramp,
    /// 10,000 users wait
    Idle,
    /// 2,000 arrivals a second for 20 s, each one HTTP request, on one processor
    Arrivals,
    /// One user takes one sample
    Startup,
    /// 64 users ask for 1 KB as fast as they can, beside wrk
    Requests,
    /// The same over TLS
    TlsRequests,
    /// 10,000 users with a connection each wait most of the time
    Connected,
    /// The same over TLS
    TlsConnected,
    /// Bodies of 1 GB, one received and one sent
    Transfer,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let chosen = if options.scenarios.is_empty() { Scenario::value_variants() } else { &options.scenarios };
    let bench = Bench { binary: options.binary.canonicalize()? };
    let mut all_good = true;
    for scenario in chosen {
        let runs = (0..options.runs.max(1)).map(|_| match scenario {
            Scenario::Ramp => bench.ramp(),
            Scenario::Idle => bench.idle(),
            Scenario::Arrivals => bench.arrivals(),
            Scenario::Startup => bench.startup(),
            Scenario::Requests => bench.requests(Protocol::Http),
            Scenario::TlsRequests => bench.requests(Protocol::Https),
            Scenario::Connected => bench.connected(Protocol::Http),
            Scenario::TlsConnected => bench.connected(Protocol::Https),
            Scenario::Transfer => bench.transfer(),
        });
        let runs = runs.collect::<Result<Vec<_>>>()?;
        all_good &= report(*scenario, &runs);
    }
    Ok(ExitCode::from(u8::from(!all_good)))
}

/// Prints the median of each figure with the lowest and the highest; tells whether all are good enough.
fn report(scenario: Scenario, runs: &[Vec<Figure>]) -> bool {
    println!("{scenario:?}");
    let mut all_good = true;
    for (place, figure) in runs[0].iter().enumerate() {
        let mut values: Vec<f64> = runs.iter().map(|run| run[place].value).collect();
        values.sort_by(f64::total_cmp);
        let (low, middle, high) = (values[0], values[values.len() / 2], values[values.len() - 1]);
        let verdict = match figure.wanted {
            None => String::new(),
            Some(wanted) => {
                all_good &= wanted.is_met(middle);
                format!("  {wanted}: {}", if wanted.is_met(middle) { "yes" } else { "NO" })
            }
        };
        println!("  {:<44} {middle:>10.2} {:<3} ({low:.2} to {high:.2}){verdict}", figure.name, figure.unit);
    }
    all_good
}
