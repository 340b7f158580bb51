//! Load as users meet it: what the end of a run says about arrivals, what a seed repeats, what an empty loop costs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A plan with these groups.
fn plan(groups: &str) -> String {
    format!(
        r#"<jmeterTestPlan version="1.2"><hashTree><TestPlan guiclass="g" testclass="TestPlan" testname="plan"/>
<hashTree>{groups}</hashTree></hashTree></jmeterTestPlan>"#
    )
}

fn group(class: &str, properties: &str, elements: &str) -> String {
    format!(
        r#"<{class} guiclass="g" testclass="{class}" testname="users">{properties}</{class}><hashTree>{elements}</hashTree>"#
    )
}

/// Properties of a Thread Group of two users with so many loops.
fn loops(count: &str) -> String {
    format!(
        r#"<elementProp name="ThreadGroup.main_controller" elementType="LoopController" testname="loop"><boolProp name="LoopController.continue_forever">false</boolProp><stringProp name="LoopController.loops">{count}</stringProp></elementProp>
<stringProp name="ThreadGroup.num_threads">2</stringProp>"#
    )
}

fn schedule(text: &str) -> String {
    format!(r#"<stringProp name="OpenModelThreadGroup.schedule">{text}</stringProp>"#)
}

/// A sampler that takes so many milliseconds, with elements below it.
fn sleeps(name: &str, millis: u32, below: &str) -> String {
    format!(
        r#"<JavaSampler guiclass="g" testclass="JavaSampler" testname="{name}">
<elementProp name="arguments" elementType="Arguments"><collectionProp name="Arguments.arguments">
<elementProp name="a" elementType="Argument"><stringProp name="Argument.name">Sleep_Time</stringProp><stringProp name="Argument.value">{millis}</stringProp></elementProp>
<elementProp name="b" elementType="Argument"><stringProp name="Argument.name">Sleep_Mask</stringProp><stringProp name="Argument.value">0</stringProp></elementProp>
</collectionProp></elementProp><stringProp name="classname">org.apache.jmeter.protocol.java.test.JavaTest</stringProp></JavaSampler>
<hashTree>{below}</hashTree>"#
    )
}

fn loadline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadline"));
    command.current_dir(folder).args(["run", "plan.jmx"]).args(arguments).stdin(Stdio::null());
    command
}

/// Runs a plan and gives what it said at its end, and its results.
fn run(plan: &str, arguments: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.jmx"), plan).unwrap();
    let output = loadline(folder.path(), arguments).args(["-l", "r.jtl"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let results = fs::read_to_string(folder.path().join("r.jtl")).unwrap();
    (String::from_utf8(output.stderr).unwrap(), results)
}

#[test]
fn late_arrivals_are_counted() {
    // The time of an open schedule begins with the test: what the setUp group takes makes the first arrivals late.
    let prepare = group("SetupThreadGroup", &loops("1"), &sleeps("prepare", 300, ""));
    let open = group("OpenModelThreadGroup", &schedule("rate(20/s) even_arrivals(1 s)"), &sleeps("arrival", 0, ""));
    let (said, results) = run(&plan(&(prepare + &open)), &[]);
    assert!(said.contains("schedule lag: ") && said.contains(" of 20 arrivals started more than 10 ms late"), "{said}");
    assert_eq!(results.matches(",arrival,").count(), 20, "late ones start all the same");
}

#[test]
fn a_bound_on_users_at_work_drops_arrivals() {
    let check = |arguments: &[&str], started: usize, expected: Option<&str>| {
        let times = schedule("rate(20/s) even_arrivals(500 ms) pause(2 s)");
        let open = group("OpenModelThreadGroup", &times, &sleeps("arrival", 1500, ""));
        let (said, results) = run(&plan(&open), arguments);
        assert_eq!(results.matches(",arrival,").count(), started, "{said}");
        let dropped = said.lines().find(|line| line.starts_with("dropped: "));
        assert_eq!(dropped.map(|line| line.split(", because").next().unwrap()), expected, "{said}");
    };
    check(&["--max-in-flight", "4"], 4, Some("dropped: 6 of 10 arrivals"));
    check(&[], 10, None);
}

#[test]
fn a_seed_repeats_all_that_is_random() {
    let order = format!(
        r#"<RandomOrderController guiclass="g" testclass="RandomOrderController" testname="order"/><hashTree>{}</hashTree>"#,
        ["a", "b", "c", "d"].map(|name| sleeps(name, 0, "")).concat()
    );
    let numbers = "${__Random(1,1000000)} ${__RandomString(8,abcdef)} ${__UUID}";
    let plan = plan(&group("ThreadGroup", &loops("5"), &(order + &sleeps(numbers, 0, ""))));
    let labels = |seed: &str| {
        let (_, results) = run(&plan, &["--seed", seed]);
        let mut rows: Vec<(String, String)> = Vec::new();
        for row in results.lines().skip(1) {
            let columns: Vec<&str> = row.split(',').collect();
            rows.push((columns[5].to_owned(), columns[2].to_owned()));
        }
        // Users run side by side; each has its own order.
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows
    };
    let first = labels("7");
    assert_eq!(first.len(), 2 * 5 * 5);
    assert_eq!(first, labels("7"));
    assert_ne!(first, labels("8"));
}

/// Processor time that a process has used so far, in milliseconds; nothing if it has ended.
#[cfg(target_os = "linux")]
fn processor_time(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10)
}

#[test]
#[cfg(target_os = "linux")]
fn a_loop_without_samplers_keeps_no_processor_busy() {
    let empty = r#"<WhileController guiclass="g" testclass="WhileController" testname="empty"><stringProp name="WhileController.condition">true</stringProp></WhileController><hashTree/>"#;
    let two_seconds = r#"<boolProp name="ThreadGroup.scheduler">true</boolProp><stringProp name="ThreadGroup.duration">2</stringProp>"#;
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(&group("ThreadGroup", &(loops("-1") + two_seconds), empty));
    fs::write(folder.path().join("plan.jmx"), plan).unwrap();
    let mut child = loadline(folder.path(), &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut used = 0;
    while child.try_wait().unwrap().is_none() {
        used = processor_time(child.id()).unwrap_or(used);
        std::thread::park_timeout(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success(), "it ends with its schedule");
    assert!(used < 700, "{used} ms of processor time in 2 s");
}
