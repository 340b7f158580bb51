//! What may stand on the command line: JMeter's own options, with or without `run` before them, and Loadline's commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::exit_code;
use crate::engine::Policy;

/// What the command line asks for.
pub(super) enum Command {
    /// Run a plan.
    Run(Box<RunOptions>),
    /// Look at plans without running them.
    Check(CheckOptions),
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

/// An option that sets properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PropertyOption {
    /// `-J name=value`; without a value the property is removed.
    JMeter(String, Option<String>),
    /// `-D name=value`.
    System(String, Option<String>),
    /// `-q FILE`.
    JMeterFile(PathBuf),
    /// `-S FILE`.
    SystemFile(PathBuf),
}

#[derive(Parser)]
#[command(
    name = "loadline", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true,
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
    #[command(version, disable_help_flag = true, disable_version_flag = true, after_help = exit_code::HELP)]
    Run(RunLine),
    /// Say what Loadline makes of plans, without running them
    #[command(version, disable_help_flag = true, disable_version_flag = true)]
    Check(CheckLine),
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

/// Options of a run but its plan.
#[derive(Args, Clone)]
pub(super) struct RunFlags {
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
    /// Proxy host
    #[arg(short = 'H', long = "proxyHost", value_name = "HOST")]
    pub proxy_host: Option<String>,
    /// Proxy port
    #[arg(short = 'P', long = "proxyPort", value_name = "PORT")]
    pub proxy_port: Option<String>,
    /// Proxy scheme
    #[arg(short = 'E', long = "proxyScheme", value_name = "SCHEME")]
    pub proxy_scheme: Option<String>,
    /// Hosts to reach without the proxy, separated by |
    #[arg(short = 'N', long = "nonProxyHosts", value_name = "HOSTS")]
    pub non_proxy_hosts: Option<String>,
    /// User name for the proxy
    #[arg(short = 'u', long = "username", value_name = "USER")]
    pub proxy_user: Option<String>,
    /// Password for the proxy
    #[arg(short = 'a', long = "password", value_name = "PASSWORD")]
    pub proxy_password: Option<String>,
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
    /// Make all that is random repeatable
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Threads that users run on [default: one for each processor]
    #[arg(long, value_name = "COUNT")]
    pub workers: Option<usize>,
    /// At most so many users of arrivals at work at a time; arrivals beyond are dropped and counted
    #[arg(long, value_name = "COUNT")]
    pub max_in_flight: Option<u32>,
    /// What to do with samplers and controllers that Loadline does not have
    #[arg(long, value_enum, default_value_t)]
    pub unsupported: Unsupported,
}

/// Options that set properties.
#[derive(Args, Clone)]
pub(super) struct PropertyFlags {
    /// A JMeter property
    #[arg(short = 'J', long = "jmeterproperty", value_name = "NAME=VALUE")]
    jmeter: Vec<String>,
    /// A JMeter property for remote hosts: no effect here
    #[arg(short = 'G', long = "globalproperty", value_name = "NAME=VALUE")]
    global: Vec<String>,
    /// A Java system property
    #[arg(short = 'D', long = "systemproperty", value_name = "NAME=VALUE")]
    system: Vec<String>,
    /// A file of Java system properties
    #[arg(short = 'S', long = "systemPropertyFile", value_name = "FILE")]
    system_files: Vec<PathBuf>,
    /// A further property file
    #[arg(short = 'q', long = "addprop", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The property file in place of jmeter.properties
    #[arg(short = 'p', long = "propfile", value_name = "FILE")]
    pub main_file: Option<PathBuf>,
}

/// What to do with samplers and controllers that Loadline does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Unsupported {
    /// Refuse the plan
    #[default]
    Fail,
    /// Run it without them
    Skip,
    /// Record a failed sample wherever such a sampler's turn comes
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
    let properties = property_options(nested.as_ref().unwrap_or(&matches))?;
    let line = Line::from_arg_matches_mut(&mut matches).map_err(|error| error.to_string())?;
    let (plan, flags) = match line.command {
        Some(Subcommands::Check(check)) => return Ok(Command::Check(CheckOptions { properties, ..check.options })),
        Some(Subcommands::Run(run)) => (run.plan, run.flags),
        None => {
            let flags = check_jmeter_line(&line.flags, line.plan.is_some())?;
            (line.plan.unwrap_or_default(), flags)
        }
    };
    check_available(&flags)?;
    Ok(Command::Run(Box::new(RunOptions { plan, flags, properties })))
}

/// JMeter prints help for `-?`.
fn as_help(word: OsString) -> OsString {
    if word == "-?" { "--help".into() } else { word }
}

/// What JMeter itself would not run.
fn check_jmeter_line(flags: &RunFlags, has_plan: bool) -> Result<RunFlags, String> {
    if flags.report_only.is_none() && !has_plan {
        return Err("no test plan was given: loadline run PLAN, or loadline -n -t PLAN; see loadline --help".into());
    }
    let mut flags = flags.clone();
    flags.log.get_or_insert_with(|| "jmeter.log".into());
    Ok(flags)
}

/// Options that are known, but not to be had yet.
fn check_available(flags: &RunFlags) -> Result<(), String> {
    if flags.proxy_host.is_some() != flags.proxy_port.is_some() {
        return Err("a proxy needs both its host (-H) and its port (-P)".into());
    }
    if flags.report_at_end || flags.report_folder.is_some() || flags.report_only.is_some() {
        return Err(
            "reports (-e, -o, -g) are not available yet: run without them, and make the report from the results".into(),
        );
    }
    if flags.run_remote || flags.remote_start.is_some() || flags.remote_exit {
        return Err("remote runs (-r, -R, -X) are not available yet: start Loadline on each machine".into());
    }
    Ok(())
}

/// The options that set properties, in the order in which they stand on the command line.
fn property_options(matches: &clap::ArgMatches) -> Result<Vec<PropertyOption>, String> {
    let mut options: Vec<(usize, PropertyOption)> = Vec::new();
    for (id, make) in [("jmeter", jmeter as fn(&str) -> _), ("system", system)] {
        if let (Some(values), Some(places)) = (matches.get_many::<String>(id), matches.indices_of(id)) {
            options.extend(places.zip(values.map(|value| make(value))));
        }
    }
    for (id, make) in [
        ("files", PropertyOption::JMeterFile as fn(PathBuf) -> PropertyOption),
        ("system_files", PropertyOption::SystemFile),
    ] {
        if let (Some(values), Some(places)) = (matches.get_many::<PathBuf>(id), matches.indices_of(id)) {
            options.extend(places.zip(values.cloned().map(make)));
        }
    }
    options.sort_by_key(|(place, _)| *place);
    Ok(options.into_iter().map(|(_, option)| option).collect())
}

fn jmeter(text: &str) -> PropertyOption {
    let (name, value) = assignment(text);
    PropertyOption::JMeter(name, value)
}

fn system(text: &str) -> PropertyOption {
    let (name, value) = assignment(text);
    PropertyOption::System(name, value)
}

/// `name=value`; an empty value is none.
fn assignment(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty())),
        None => (text.to_owned(), None),
    }
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
        check("-n -t p.jmx -e -o out", "reports");
        check("-n -t p.jmx -r", "remote");
    }
}
