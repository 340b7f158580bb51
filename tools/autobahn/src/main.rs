//! Drives Loadline's WebSocket client through the Autobahn Testsuite, the reference suite for WebSocket implementations.
//!
//! Start its fuzzing server (`wstest -m fuzzingserver`), then
//!
//! ```text
//! cargo run -p autobahn -- ws://127.0.0.1:9001                all cases
//! cargo run -p autobahn -- ws://127.0.0.1:9001 1. 6.4. 12.1.1  cases whose number begins so
//! ```
//!
//! The client echoes whatever it gets; the server judges. The exit code is 0 if every case is `OK`, `INFORMATIONAL`, or
//! `NON-STRICT` within the limit.

mod suite;
mod tally;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use suite::Suite;
use tally::Tally;

#[derive(Parser)]
#[command(about = "Runs the WebSocket client against an Autobahn Testsuite fuzzing server")]
struct Arguments {
    /// The URL of the server, `ws://127.0.0.1:9001` for example
    server: url::Url,
    /// Only the cases whose number begins so, `6.4.` or `12.1.1` for example
    cases: Vec<String>,
    /// The name under which the server files its report
    #[arg(long, default_value = "loadline")]
    agent: String,
    /// How many cases may be NON-STRICT
    #[arg(long, default_value_t = 4)]
    non_strict: usize,
    /// The longest that a case may take, in seconds
    #[arg(long, default_value_t = 120)]
    timeout: u64,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tally = runtime.block_on(run(&arguments))?;
    println!("{tally}");
    Ok(if tally.is_passed(arguments.non_strict) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(arguments: &Arguments) -> anyhow::Result<Tally> {
    let suite = Suite::new(&arguments.server, &arguments.agent, Duration::from_secs(arguments.timeout))?;
    let mut tally = Tally::default();
    for number in 1..=suite.case_count().await? {
        let id = suite.case_id(number).await?;
        if arguments.cases.is_empty() || arguments.cases.iter().any(|prefix| id.starts_with(prefix)) {
            let ending = suite.run_case(number).await?;
            let behavior = suite.verdict(number).await?;
            tally.add(&id, behavior, &ending);
        }
    }
    suite.write_reports().await?;
    Ok(tally)
}
