//! Options of JMeter that are known here, but not to be had yet.

use std::path::PathBuf;

use clap::Args;

/// Options that are refused with a word about what to do instead.
#[derive(Args, Clone)]
pub struct AbsentFlags {
    /// Report at the end: not available yet
    #[arg(short = 'e', long = "reportatendofloadtests")]
    pub report_at_end: bool,
    /// Folder for the report: not available yet
    #[arg(short = 'o', long = "reportoutputfolder", value_name = "FOLDER")]
    pub report_folder: Option<PathBuf>,
    /// Report of existing results: not available yet
    #[arg(short = 'g', long = "reportonly", value_name = "RESULTS")]
    pub report_only: Option<PathBuf>,
    /// Run on the remote hosts of the properties: not available yet
    #[arg(short = 'r', long = "runremote")]
    pub run_remote: bool,
    /// Run on these remote hosts: not available yet
    #[arg(short = 'R', long = "remotestart", value_name = "HOSTS")]
    pub remote_start: Option<String>,
    /// Let remote hosts exit at the end: not available yet
    #[arg(short = 'X', long = "remoteexit")]
    pub remote_exit: bool,
}

impl AbsentFlags {
    /// What to do instead of the options that were given.
    ///
    /// # Errors
    /// One was given.
    pub fn check(&self) -> Result<(), String> {
        if self.report_at_end || self.report_folder.is_some() || self.report_only.is_some() {
            let message =
                "reports (-e, -o, -g) are not available yet: run without them, and make the report from the results";
            return Err(message.into());
        }
        if self.run_remote || self.remote_start.is_some() || self.remote_exit {
            return Err("remote runs (-r, -R, -X) are not available yet: start Loadline on each machine".into());
        }
        Ok(())
    }
}
