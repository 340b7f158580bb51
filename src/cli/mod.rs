//! The command line.

mod args;
mod check;
mod console;
mod demo;
mod exit_code;
mod fetch;
mod log_file;
mod properties;
mod run;
mod serve;
mod show;
mod stops;

use std::path::Path;
use std::process::ExitCode;

use args::Command;

use crate::jmx::{self, Plan};

/// Does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    let code = match args::parse(std::env::args_os()) {
        Ok(Command::Run(options)) => run::run(&options),
        Ok(Command::Check(options)) => check::check(&options),
        Ok(Command::Show(options)) => show::show(&options),
        Ok(Command::Serve(options)) => serve::serve(&options),
        Ok(Command::Demo(options)) => demo::demo(&options),
        Ok(Command::Told(text)) => {
            tell(&text);
            exit_code::DONE
        }
        Err(message) => complain(&message, exit_code::USAGE),
    };
    ExitCode::from(code)
}

/// Reads a plan from a file, from standard input (`-`) or from its address.
///
/// # Errors
/// What is wrong, with the place and what to do about it.
fn read_plan(path: &Path) -> Result<Plan, String> {
    let read = if fetch::is_address(path) {
        jmx::read(&fetch::fetch(path)?, path.to_string_lossy().into())
    } else {
        jmx::read_file(path)
    };
    read.map_err(|error| match &error.help {
        Some(help) => format!("{error}\n  help: {help}"),
        None => error.to_string(),
    })
}

/// Prints to standard output; nobody listening is no reason to fail.
fn tell(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
}

/// Prints to standard error, and gives the exit code.
fn complain(text: &str, code: u8) -> u8 {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
    code
}
