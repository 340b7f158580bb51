//! Options of a run: JMeter's own, and Loadline's.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{AbsentFlags, PropertyFlags, ProxyFlags};
use crate::engine::Policy;

/// Options of a run but its plan.
#[derive(Args, Clone)]
pub struct RunFlags {
    /// The file for results (JTL)
    #[arg(short = 'l', long = "logfile", value_name = "RESULTS")]
    pub results: Option<PathBuf>,
    /// The log file [default: jmeter.log without `run`, none with it]
    #[arg(short = 'j', long = "jmeterlogfile", value_name = "LOG")]
    pub log: Option<PathBuf>,
    /// Delete existing results before the run
    #[arg(short = 'f', long = "forceDeleteResultFile")]
    pub force_delete: bool,
    #[command(flatten)]
    pub given: PropertyFlags,
    /// Log level, or CATEGORY=LEVEL
    #[arg(short = 'L', long = "loglevel", value_name = "[CATEGORY=]LEVEL")]
    pub log_levels: Vec<String>,
    /// JMeter's home: nothing is looked for there
    #[arg(short = 'd', long = "homedir", value_name = "DIR")]
    pub home: Option<PathBuf>,
    #[command(flatten)]
    pub proxy: ProxyFlags,
    #[command(flatten)]
    pub absent: AbsentFlags,
    /// Speak HTTP/2 with servers that choose it during the handshake of TLS
    #[arg(long)]
    pub http2: bool,
    /// Fail requests to servers whose certificate the system does not trust; JMeter trusts everybody
    #[arg(long)]
    pub verify_tls: bool,
    /// Make all that is random repeatable
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Threads that users run on [default: one for each processor]
    #[arg(long, value_name = "COUNT")]
    pub workers: Option<usize>,
    /// At most so many users of arrivals at work at a time; arrivals beyond are dropped and counted
    #[arg(long, value_name = "COUNT")]
    pub max_in_flight: Option<u32>,
    /// What to do with a plan that has elements which Loadline does not have
    #[arg(long, value_enum, default_value_t)]
    pub unsupported: Unsupported,
}

/// What to do with a plan that has elements which Loadline does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Unsupported {
    /// Refuse the plan
    #[default]
    Fail,
    /// Run it without them
    Skip,
    /// Record a failed sample wherever the turn of such a sampler or controller comes; run it without the others
    SampleError,
}

impl From<Unsupported> for Policy {
    fn from(choice: Unsupported) -> Self {
        match choice {
            Unsupported::Fail => Self::Fail,
            Unsupported::Skip => Self::Skip,
            Unsupported::SampleError => Self::SampleError,
        }
    }
}
