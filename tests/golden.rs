//! Every plan in `plans/` is an example for users and a test at once: it runs against the built-in target, and its results
//! must be those of the `.jtl` beside it.
//!
//! Beside `NAME.jmx` may stand `NAME.jtl` (the expected samples), `NAME.err` (the plan is refused: what standard error must hold,
//! line by line), `NAME.FILE.jtl` (what a listener wrote to `${__P(out)}/FILE.jtl`), `NAME.out` (what standard output must hold, part by
//! part), `NAME.args` (more command line arguments, one a line), `NAME.exit` (the expected exit code), `NAME.show` and `NAME.svg` (what
//! `loadline show` draws). `BLESS=1 cargo test --test golden` rewrites the expectations; `git diff` is the review. What stands in a folder
//! `fragments` is there to be included by others.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use support::{Servers, start_servers};

fn main() {
    let arguments = Arguments::from_args();
    let servers = start_servers();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let mut plans = Vec::new();
    find_plans(&root, &mut plans);
    plans.sort();
    let mut trials = Vec::new();
    for plan in plans {
        let name = plan.strip_prefix(&root).unwrap_or(&plan).display().to_string();
        if plan.with_extension("show").exists() {
            let plan = plan.clone();
            trials.push(Trial::test(format!("show {name}"), move || check_picture(&plan)));
        }
        trials.push(Trial::test(name, move || check(&plan, servers)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn find_plans(folder: &Path, plans: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.ends_with("fragments") {
            continue;
        }
        if path.is_dir() {
            find_plans(&path, plans);
        } else if path.extension().is_some_and(|kind| kind == "jmx") {
            plans.push(path);
        }
    }
}

fn check(plan: &Path, servers: Servers) -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    let results = scratch.path().join("results.jtl");
    let folder = plan.parent().unwrap_or(Path::new("."));
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadline"));
    command.current_dir(folder).env("TZ", "UTC").arg("-n").arg("-t").arg(plan.file_name().unwrap_or_default());
    command.arg("-l").arg(&results).arg("-j").arg(scratch.path().join("run.log")).arg("--seed").arg("1");
    for (name, value) in servers.properties() {
        command.arg(format!("-J{name}={value}"));
    }
    command.arg(format!("-Jout={}", scratch.path().display()));
    command.args(beside(plan, "args").unwrap_or_default().lines());
    let done = command.output()?;
    let errors = String::from_utf8_lossy(&done.stderr).into_owned();

    let expected_exit = beside(plan, "exit").and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let exit = done.status.code().unwrap_or(-1);
    if exit != expected_exit {
        return Err(format!("exit code {exit}, expected {expected_exit}\n{errors}").into());
    }
    if plan.with_extension("err").exists() {
        let lines: Vec<&str> = errors.lines().map(str::trim_end).collect();
        return compare(plan, "err", &(lines.join("\n") + "\n"));
    }
    let said = String::from_utf8_lossy(&done.stdout);
    if let Some(missing) = beside(plan, "out").iter().flat_map(|text| text.lines()).find(|line| !said.contains(line)) {
        return Err(format!("standard output lacks {missing:?}:\n{said}").into());
    }
    check_results(plan, scratch.path(), servers)
}

/// Compares the run's results, and those that listeners wrote beside them, with what is expected.
fn check_results(plan: &Path, written: &Path, servers: Servers) -> Result<(), Failed> {
    let is_results = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "jtl");
    let files =
        |folder: &Path| Ok::<_, Failed>(fs::read_dir(folder)?.flatten().map(|entry| entry.path()).filter(is_results));
    for file in files(written)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let beside = if stem == "results" { "jtl".to_owned() } else { format!("{stem}.jtl") };
        compare(plan, &beside, &stable(&fs::read_to_string(&file)?, servers))?;
    }
    let prefix = format!("{}.", plan.file_stem().unwrap_or_default().to_string_lossy());
    for expected in files(plan.parent().unwrap_or(Path::new(".")))? {
        let name = expected.file_name().unwrap_or_default().to_string_lossy();
        let file = name.strip_prefix(&prefix).filter(|file| *file != "jtl");
        if file.is_some_and(|file| !written.join(file).exists()) {
            return Err(format!("nothing was written for {name}").into());
        }
    }
    Ok(())
}

/// What `loadline show` draws of a plan.
fn check_picture(plan: &Path) -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    let svg = scratch.path().join("load.svg");
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadline"));
    command.current_dir(plan.parent().unwrap_or(Path::new("."))).env("COLUMNS", "100").arg("show");
    command.arg(plan.file_name().unwrap_or_default()).arg("--svg").arg(&svg);
    let done = command.output()?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned().into());
    }
    compare(plan, "show", &String::from_utf8_lossy(&done.stdout))?;
    if plan.with_extension("svg").exists() { compare(plan, "svg", &fs::read_to_string(&svg)?) } else { Ok(()) }
}

fn beside(plan: &Path, extension: &str) -> Option<String> {
    fs::read_to_string(plan.with_extension(extension)).ok()
}

/// Compares with the file beside the plan, or writes it.
fn compare(plan: &Path, extension: &str, got: &str) -> Result<(), Failed> {
    let file = plan.with_extension(extension);
    if std::env::var_os("BLESS").is_some() {
        return Ok(fs::write(&file, got)?);
    }
    let expected = fs::read_to_string(&file)
        .map_err(|_| format!("{} is missing: BLESS=1 cargo test --test golden writes it", file.display()))?;
    if expected == got {
        return Ok(());
    }
    let (mut wanted, mut lines, mut differences) = (expected.lines(), got.lines(), String::new());
    for number in 1.. {
        match (wanted.next(), lines.next()) {
            (None, None) => break,
            (want, have) if want != have => {
                let _ = writeln!(differences, "line {number}:\n  expected {want:?}\n  got      {have:?}");
            }
            _ => {}
        }
    }
    Err(format!("{} differs:\n{differences}", file.display()).into())
}

/// What does not change from run to run: no times, no counts of users at work, ports by name; samples by user.
fn stable(results: &str, servers: Servers) -> String {
    const KEPT: &[&str] =
        &["label", "responseCode", "responseMessage", "threadName", "success", "failureMessage", "URL"];
    let mut reader = csv::Reader::from_reader(results.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let places: Vec<usize> = KEPT.iter().filter_map(|kept| header.iter().position(|name| name == *kept)).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records().flatten() {
        rows.push(places.iter().map(|place| without_ports(record.get(*place).unwrap_or_default(), servers)).collect());
    }
    rows.sort_by_key(|row| by_number(row.get(3).map_or("", String::as_str)));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(KEPT);
    rows.iter().for_each(|row| drop(writer.write_record(row)));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A text without the ports, which differ from run to run.
fn without_ports(text: &str, servers: Servers) -> String {
    let [_, (_, plain), (_, tls)] = servers.properties();
    text.replace(&format!(":{plain}"), ":PORT").replace(&format!(":{tls}"), ":TLS_PORT")
}

/// A thread name in the order of its numbers: 2 before 10.
fn by_number(name: &str) -> Vec<(String, u64)> {
    let parts = name.split_inclusive(|char: char| !char.is_ascii_digit());
    parts.map(|part| part.trim().parse().map_or((part.to_owned(), 0), |number| (String::new(), number))).collect()
}
