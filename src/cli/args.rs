//! What may stand on the command line: JMeter's own options, with or without `run` before them, and Loadline's commands.

mod absent_flags;
mod property_flags;
mod proxy_flags;
mod run_flags;

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use absent_flags::AbsentFlags;
use property_flags::property_options;
pub(super) use property_flags::{PropertyFlags, PropertyOption};
use proxy_flags::ProxyFlags;
pub(super) use run_flags::RunFlags;

use super::exit_code;

/// What the command line asks for.
pub(super) enum Command {
    /// Run a plan.
    Run(Box<RunOptions>),
    /// Look at plans without running them.
    Check(CheckOptions),
    /// Draw a plan and its load.
    Show(ShowOptions),
    /// Start the built-in target.
    Serve(ServeOptions),
    /// Run the demonstration.
    Demo(DemoOptions),
    /// Help or the version: a text to print.
    Told(String),
}

/// Options of a run.
pub(super) struct RunOptions {
    /// The plan's file; `-` is standard input.
    pub plan: PathBuf,
    /// Everything else.
    pub flags: RunFlags,
    /// Property options, in the order given: later ones win.
    pub properties: Vec<PropertyOption>,
}

/// The version, and whose plans run.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (runs plans of Apache JMeter 5.6.3)");

#[derive(Parser)]
#[command(
    name = "loadline", version = VERSION, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true,
    about = "Runs Apache JMeter test plans headless and natively, without a JVM",
    after_help = exit_code::HELP,
    args_conflicts_with_subcommands = true
)]
struct Line {
    #[command(subcommand)]
    command: Option<Subcommands>,
    /// Accepted and needed for nothing: Loadline has no window.
    #[arg(short = 'n', long = "nongui")]
    non_gui: bool,
    /// The test plan (.jmx)
    #[arg(short = 't', long = "testfile", value_name = "PLAN")]
    plan: Option<PathBuf>,
    #[command(flatten)]
    flags: RunFlags,
    #[command(flatten)]
    general: General,
}

#[derive(Subcommand)]
enum Subcommands {
    /// Run a test plan
    #[command(version = VERSION, disable_help_flag = true, disable_version_flag = true, after_help = exit_code::HELP)]
    Run(Box<RunLine>),
    /// Say what Loadline makes of plans, without running them
    #[command(version = VERSION, disable_help_flag = true, disable_version_flag = true)]
    Check(CheckLine),
    /// Draw a plan before it runs: its tree, and the load of each thread group over time
    #[command(version, disable_help_flag = true, disable_version_flag = true)]
    Show(ShowLine),
    /// Start the built-in target: something to run plans against
    #[command(version = VERSION, disable_help_flag = true, disable_version_flag = true)]
    Serve(ServeLine),
    /// Run a plan against the built-in target, to see what a run looks like
    #[command(version, disable_help_flag = true, disable_version_flag = true)]
    Demo(DemoLine),
}

#[derive(Args)]
struct DemoLine {
    #[command(flatten)]
    options: DemoOptions,
    #[command(flatten)]
    general: General,
}

/// Options of `demo`.
#[derive(Args)]
pub(super) struct DemoOptions {
    /// The file for results (JTL); those of an earlier run stay in it
    #[arg(short = 'l', long = "logfile", value_name = "RESULTS", default_value = "results.jtl")]
    pub results: PathBuf,
}

#[derive(Args)]
struct ServeLine {
    #[command(flatten)]
    options: ServeOptions,
    #[command(flatten)]
    general: General,
}

/// Options of `serve`.
#[derive(Args)]
pub(super) struct ServeOptions {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The port to listen on; 0 is any free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Speak TLS, with a certificate made on the spot that nobody vouches for
    #[arg(long)]
    pub tls: bool,
}

#[derive(Args)]
struct RunLine {
    /// The test plan (.jmx); - is standard input
    plan: PathBuf,
    #[command(flatten)]
    flags: RunFlags,
    #[command(flatten)]
    general: General,
}

#[derive(Args)]
struct CheckLine {
    #[command(flatten)]
    options: CheckOptions,
    #[command(flatten)]
    general: General,
}

/// Options of `check`.
#[derive(Args)]
pub(super) struct CheckOptions {
    /// The test plans (.jmx)
    #[arg(required = true)]
    pub plans: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub given: PropertyFlags,
    /// Property options, in the order given.
    #[arg(skip)]
    pub properties: Vec<PropertyOption>,
}

#[derive(Args)]
struct ShowLine {
    #[command(flatten)]
    options: ShowOptions,
    #[command(flatten)]
    general: General,
}

/// Options of `show`.
#[derive(Args)]
pub(super) struct ShowOptions {
    /// The test plan (.jmx); - is standard input
    pub plan: PathBuf,
    /// Write the load curves as a picture, too
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub given: PropertyFlags,
    /// Property options, in the order given.
    #[arg(skip)]
    pub properties: Vec<PropertyOption>,
}

/// How `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// Lines to read.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

#[derive(Args)]
struct General {
    /// Print help
    #[arg(short = 'h', long = "help", action = ArgAction::Help)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'v', long = "version", action = ArgAction::Version)]
    version: Option<bool>,
}

/// Reads the command line.
///
/// # Errors
/// What is wrong with it, to be printed.
pub(super) fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let command = <Line as clap::CommandFactory>::command();
    let mut matches = match command.try_get_matches_from(words.into_iter().map(as_help)) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => return Ok(Command::Told(error.to_string())),
        Err(error) => return Err(error.to_string()),
    };
    let nested = matches.subcommand().map(|(_, nested)| nested.clone());
    let properties = property_options(nested.as_ref().unwrap_or(&matches));
    let line = Line::from_arg_matches_mut(&mut matches).map_err(|error| error.to_string())?;
    let (plan, flags) = match line.command {
        Some(Subcommands::Check(check)) => return Ok(Command::Check(CheckOptions { properties, ..check.options })),
        Some(Subcommands::Show(show)) => return Ok(Command::Show(ShowOptions { properties, ..show.options })),
        Some(Subcommands::Serve(serve)) => return Ok(Command::Serve(serve.options)),
        Some(Subcommands::Demo(demo)) => return Ok(Command::Demo(demo.options)),
        Some(Subcommands::Run(run)) => (run.plan, run.flags),
        None => {
            let flags = check_jmeter_line(&line.flags, line.plan.is_some())?;
            (line.plan.unwrap_or_default(), flags)
        }
    };
    flags.proxy.check()?;
    flags.absent.check()?;
    Ok(Command::Run(Box::new(RunOptions { plan, flags, properties })))
}

/// JMeter prints help for `-?`.
fn as_help(word: OsString) -> OsString {
    if word == "-?" { "--help".into() } else { word }
}

/// What JMeter itself would not run.
fn check_jmeter_line(flags: &RunFlags, has_plan: bool) -> Result<RunFlags, String> {
    if flags.absent.report_only.is_none() && !has_plan {
        return Err("no test plan was given: loadline run PLAN, or loadline -n -t PLAN; see loadline --help".into());
    }
    let mut flags = flags.clone();
    flags.log.get_or_insert_with(|| "jmeter.log".into());
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_options(line: &str) -> RunOptions {
        match parse(std::iter::once("loadline").chain(line.split(' ')).map(OsString::from)) {
            Ok(Command::Run(options)) => *options,
            Ok(_) => panic!("not a run: {line}"),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn jmeter_options_work_with_and_without_run() {
        for line in
            ["-n -t p.jmx -l r.jtl -Jx=1", "-nt p.jmx -lr.jtl -J x=1", "run p.jmx --logfile r.jtl --jmeterproperty=x=1"]
        {
            let options = run_options(line);
            assert_eq!(options.plan, PathBuf::from("p.jmx"), "{line}");
            assert_eq!(options.flags.results, Some(PathBuf::from("r.jtl")), "{line}");
            assert_eq!(options.properties, [PropertyOption::JMeter("x".into(), Some("1".into()))], "{line}");
        }
        assert_eq!(run_options("-n -t p.jmx").flags.log, Some(PathBuf::from("jmeter.log")));
        assert_eq!(run_options("run p.jmx").flags.log, None);
    }

    #[test]
    fn property_options_keep_their_order() {
        let options = run_options("-n -t p.jmx -Ja=1 -q f.properties -Ja= -Jb -Da=x=y");
        let expected = [
            PropertyOption::JMeter("a".into(), Some("1".into())),
            PropertyOption::JMeterFile("f.properties".into()),
            PropertyOption::JMeter("a".into(), None),
            PropertyOption::JMeter("b".into(), None),
            PropertyOption::System("a".into(), Some("x=y".into())),
        ];
        assert_eq!(options.properties, expected);
    }

    #[test]
    fn wrong_lines_are_refused() {
        let check = |line: &str, expected: &str| match parse(
            std::iter::once("loadline").chain(line.split(' ')).map(OsString::from),
        ) {
            Err(error) => assert!(error.contains(expected), "{line}: {error}"),
            Ok(_) => panic!("accepted: {line}"),
        };
        check("-n", "no test plan was given");
        check("-n -t", "a value is required");
        check("-n -t p.jmx --unknown", "unexpected argument '--unknown'");
        check("-n -t p.jmx word", "word");
        check("-n -t p.jmx -H host", "needs both its host");
        check("-n -t p.jmx -H host -P x", "must be a number");
        check("-n -t p.jmx -e -o out", "reports");
        check("-n -t p.jmx -r", "remote");
    }
}
