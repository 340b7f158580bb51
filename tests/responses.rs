//! How much of a large response is kept: what somebody in scope may read, and never more than is allowed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::start_servers;

const LENGTH: u32 = 3_000_000;

/// A pre-processor, which reads the response before its sampler.
const LINK_PARSER: &str = r#"<AnchorModifier guiclass="g" testclass="AnchorModifier" testname="links"/><hashTree/>"#;

/// One request for so many bytes, with elements below and after it.
fn plan(below: &str, after: &str) -> String {
    format!(
        r#"<jmeterTestPlan version="1.2"><hashTree><TestPlan guiclass="g" testclass="TestPlan" testname="plan"/><hashTree>
<ThreadGroup guiclass="g" testclass="ThreadGroup" testname="users">
<elementProp name="ThreadGroup.main_controller" elementType="LoopController" testname="loop"><boolProp name="LoopController.continue_forever">false</boolProp><stringProp name="LoopController.loops">1</stringProp></elementProp>
<stringProp name="ThreadGroup.num_threads">1</stringProp></ThreadGroup><hashTree>
<HTTPSamplerProxy guiclass="g" testclass="HTTPSamplerProxy" testname="request"><stringProp name="HTTPSampler.domain">${{__P(server)}}</stringProp>
<stringProp name="HTTPSampler.port">${{__P(port)}}</stringProp><stringProp name="HTTPSampler.path">/bytes/{LENGTH}</stringProp></HTTPSamplerProxy>
<hashTree>{below}</hashTree>{after}</hashTree></hashTree></hashTree></jmeterTestPlan>"#
    )
}

/// Fails the sample unless that many bytes of the body are there.
fn has_bytes(count: u32) -> String {
    format!(
        r#"<SizeAssertion guiclass="g" testclass="SizeAssertion" testname="size">
<stringProp name="Assertion.test_field">SizeAssertion.response_data</stringProp><stringProp name="SizeAssertion.size">{count}</stringProp>
<intProp name="SizeAssertion.operator">1</intProp></SizeAssertion><hashTree/>"#
    )
}

/// A sampler of that name, with elements below it.
fn debug_sampler(name: &str, below: &str) -> String {
    format!(r#"<DebugSampler guiclass="g" testclass="DebugSampler" testname="{name}"/><hashTree>{below}</hashTree>"#)
}

#[test]
fn unread_responses_are_cut_and_counted() {
    const LIMIT: &str = "httpsampler.max_bytes_to_store_per_request";
    let servers = start_servers();
    let check = |below: &str, after: &str, limit: Option<&str>, is_told: bool| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plan.jmx"), plan(below, after)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_loadline"));
        command.current_dir(folder.path()).args(["run", "plan.jmx", "-l", "r.jtl", "-j", "run.log"]);
        command.args(servers.properties().map(|(name, value)| format!("-J{name}={value}")));
        command.args(limit.map(|limit| format!("-J{LIMIT}={limit}"))).stdin(Stdio::null());
        assert!(command.output().unwrap().status.success(), "{below} {after} {limit:?}");
        let results = fs::read_to_string(folder.path().join("r.jtl")).unwrap();
        let row: Vec<&str> = results.lines().nth(1).unwrap().split(',').collect();
        assert_eq!(
            (row[7], row[9].parse::<u32>().unwrap() > LENGTH),
            ("true", true),
            "{below} {after} {limit:?} {results}"
        );
        let log = fs::read_to_string(folder.path().join("run.log")).unwrap();
        assert_eq!(log.contains("1048576 bytes that are kept"), is_told, "{below} {after} {limit:?} {log}");
    };
    check("", "", None, true);
    check("", "", Some("0"), false);
    check("", "", Some("10"), false);
    check(&has_bytes(LENGTH), "", None, false);
    // What comes later may read it, too.
    check("", &debug_sampler("next", ""), None, true);
    check("", &debug_sampler("next", LINK_PARSER), None, false);
    check("", &debug_sampler("${__regexFunction(z$,$0$)}", ""), None, false);
    check("", &debug_sampler("${__jexl3(prev)}", ""), None, false);
}
