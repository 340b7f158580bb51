//! The command line as users meet it: exit codes, messages, files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A plan with one group of these numbers of users and loops, and these elements in it.
fn plan(users: &str, loops: &str, elements: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2"><hashTree>
<TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="plan"/><hashTree>
<ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="users">
<elementProp name="ThreadGroup.main_controller" elementType="LoopController">
<boolProp name="LoopController.continue_forever">false</boolProp><stringProp name="LoopController.loops">{loops}</stringProp></elementProp>
<stringProp name="ThreadGroup.num_threads">{users}</stringProp></ThreadGroup><hashTree>
{elements}
</hashTree></hashTree></hashTree></jmeterTestPlan>"#
    )
}

/// A sampler that takes so many milliseconds.
fn sleeps(millis: u32) -> String {
    format!(
        r#"<JavaSampler guiclass="JavaTestSamplerGui" testclass="JavaSampler" testname="sleeps">
<elementProp name="arguments" elementType="Arguments"><collectionProp name="Arguments.arguments">
<elementProp name="Sleep_Time" elementType="Argument"><stringProp name="Argument.name">Sleep_Time</stringProp><stringProp name="Argument.value">{millis}</stringProp></elementProp>
<elementProp name="Sleep_Mask" elementType="Argument"><stringProp name="Argument.name">Sleep_Mask</stringProp><stringProp name="Argument.value">0</stringProp></elementProp>
</collectionProp></elementProp><stringProp name="classname">org.apache.jmeter.protocol.java.test.JavaTest</stringProp></JavaSampler><hashTree/>"#
    )
}

fn loadline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadline"));
    command.current_dir(folder).env("TZ", "UTC").args(arguments).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn exit_codes_and_messages() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    write("good.jmx", plan("1", "1", &sleeps(0)));
    write("broken.jmx", "<jmeterTestPlan><hashTree><TestPlan>".into());
    write(
        "unknown.jmx",
        plan("1", "1", r#"<com.example.X guiclass="g" testclass="com.example.X" testname="x"/><hashTree/>"#),
    );
    let unknown = |class: &str| format!(r#"<{class} guiclass="{class}Gui" testclass="{class}" testname="x"/>"#);
    let below =
        ["com.example.XTimer", "com.example.XConfig", "XAssertion", "com.example.Y"].map(unknown).join("<hashTree/>");
    write(
        "unknown_parts.jmx",
        plan(
            "1",
            "1",
            &format!(
                "{}<hashTree/>{}",
                unknown("XConfig"),
                sleeps(0).replace("<hashTree/>", &format!("<hashTree>{below}<hashTree/></hashTree>"))
            ),
        ),
    );
    write("number.jmx", plan("80a", "1", &sleeps(0)));
    write("function.jmx", plan("1", "${__P(a)b}", &sleeps(0)));
    write("nobody.jmx", plan("1", "1", "").replace("<ThreadGroup ", "<ThreadGroup enabled=\"false\" "));
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let output = loadline(folder.path(), arguments).output().unwrap();
        let text = said(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(expected), "{arguments:?}: {text}");
    };
    check(&["run", "good.jmx"], 0, "summary =      1 in");
    check(&["-n", "-t", "good.jmx"], 0, "... end of run");
    check(&["run", "missing.jmx"], 1, "missing.jmx: the test plan can't be opened: No such file");
    check(&["run", "."], 1, "this is a folder");
    check(&["run", "broken.jmx"], 1, "broken.jmx:1:37: the file ends in the middle of the plan");
    check(
        &["run", "unknown.jmx"],
        3,
        "unknown.jmx:8:1: com.example.X \"x\": there is no element of class com.example.X",
    );
    check(&["run", "unknown.jmx", "--unsupported=skip"], 0, "there is no element of class");
    check(&["run", "unknown.jmx", "--unsupported=sample-error"], 0, "Err:     1 (100.00%)");
    check(&["run", "unknown_parts.jmx"], 3, "XConfig");
    check(&["run", "unknown_parts.jmx", "--unsupported=sample-error"], 0, "summary =      1 in");
    check(&["run", "unknown_parts.jmx", "--unsupported=sample-error"], 0, "Err:     0 (0.00%)");
    check(&["run", "number.jmx"], 0, "ThreadGroup.num_threads: expected a whole number, found \"80a\"");
    check(&["run", "function.jmx"], 1, "function.jmx:6:");
    check(&["run", "nobody.jmx"], 1, "no enabled thread group");
    check(&["check", "good.jmx"], 0, "0 unsupported, 0 errors");
    check(&["check", "unknown.jmx", "good.jmx"], 3, "1 unsupported");
    check(&["check", "--format", "json", "unknown.jmx"], 3, "\"severity\": \"unsupported\"");
    check(&["run"], 2, "<PLAN>");
    check(&["--bogus"], 2, "--bogus");
    check(&["--help"], 0, "Exit codes:");
    check(&["-v"], 0, env!("CARGO_PKG_VERSION"));
}

#[test]
fn nothing_is_written_for_a_plan_that_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.jmx"), plan("1", "${__P(a)b}", &sleeps(0))).unwrap();
    let output = loadline(folder.path(), &["run", "bad.jmx", "-l", "r.jtl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("r.jtl").exists());
}

/// Sends a signal to a process.
fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status();
    assert!(sent.unwrap().success());
}

/// Starts a run of endless short samples, sends signals once results are there, and gives the exit code and the results.
fn stopped_by(name: &str, times: u32, samples: [u32; 2]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("endless.jmx"), plan("2", "-1", &samples.map(sleeps).concat())).unwrap();
    let mut run = loadline(folder.path(), &["run", "endless.jmx", "-l", "r.jtl"]);
    let mut child = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let results = folder.path().join("r.jtl");
    let has_results = || fs::read_to_string(&results).is_ok_and(|text| text.lines().count() > 2);
    for _ in 0..500 {
        if has_results() {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
    for _ in 0..times {
        signal(child.id(), name);
        std::thread::park_timeout(Duration::from_millis(50));
    }
    let code = child.wait().unwrap().code();
    (code, fs::read_to_string(results).unwrap())
}

#[test]
fn signals_end_a_run_with_complete_results() {
    let rows = [
        ("INT", 1, [5, 5], 130),
        ("TERM", 1, [5, 5], 143),
        ("INT", 2, [5, 600_000], 130),
        // These never wait.
        ("TERM", 1, [0, 0], 143),
    ];
    for (name, times, samples, code) in rows {
        let (exit, results) = stopped_by(name, times, samples);
        assert_eq!(exit, Some(code), "{name} {times} {samples:?}");
        let columns = results.lines().next().unwrap().split(',').count();
        assert!(results.ends_with('\n') && results.lines().all(|line| line.split(',').count() == columns), "{results}");
    }
}
