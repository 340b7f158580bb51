use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::elements::Role;
use crate::jmx;
use crate::model::{
    DataType, Fields, FunctionTable, GroupRun, Loading, NextAction, OnSampleError, Properties, Run, Scope, Variables,
};
use crate::results::SampleEvent;

struct Loaded {
    listener: Option<Arc<dyn Listener>>,
    problems: Vec<String>,
    run: Arc<Run>,
    vu: VirtualUser,
}

/// The first element of a plan in that folder.
fn load(element: &str, folder: &Path) -> Loaded {
    let plan = format!("<jmeterTestPlan><hashTree>\n{element}<hashTree/></hashTree></jmeterTestPlan>");
    let plan = jmx::read(plan.as_bytes(), "plan.jmx".into()).unwrap();
    let node = &plan.nodes[0];
    let run =
        Run::new(folder.join("plan.jmx"), Properties::default(), Properties::default(), FunctionTable::default(), None);
    let run = Arc::new(run);
    let user = || {
        let group = GroupRun::new("users".into(), 1, 1, OnSampleError::Continue, true);
        VirtualUser::new(run.clone(), Arc::new(group), 0, "users 1-1".into(), Variables::default())
    };
    let loading = Loading::new(run.clone(), user());
    let element_type = ELEMENTS.iter().find(|element| element.class == node.class()).unwrap();
    let element = (element_type.load)(&Fields::new(&loading, node, element_type.title, &Scope::default()));
    let listener = match element.role {
        Role::Listener(listener) => Some(listener),
        _ => None,
    };
    let problems = loading.finish().1.sorted().iter().map(ToString::to_string).collect();
    Loaded { listener, problems, vu: user(), run }
}

impl Loaded {
    fn hears(&mut self, result: &mut SampleResult) {
        let listener = self.listener.as_ref().unwrap();
        assert!(listener.is_called());
        listener.sample_occurred(result, &mut self.vu).unwrap();
    }
}

fn sample(label: &str, successful: bool) -> SampleResult {
    let mut result = SampleResult::starting(label.into(), 1000);
    result.successful = successful;
    result.set_text(format!("data of {label}"));
    result
}

const SAVE: &str = "<objProp><name>saveConfig</name><value class=\"SampleSaveConfiguration\">\
    <label>true</label><success>true</success><fieldNames>true</fieldNames></value></objProp>";

/// What a listener of that class writes of a good and a bad sample.
fn collected(class: &str, properties: &str) -> String {
    let folder = TempDir::new().unwrap();
    let file = "<stringProp name=\"filename\">~/out/r.csv</stringProp><intProp name=\"interval_grouping\">5</intProp>";
    let loaded = load(&format!("<{class} testname=\"l\">{SAVE}{properties}{file}</{class}>"), folder.path());
    assert_eq!(loaded.problems, [""; 0]);
    let mut consumers = Consumers::new(loaded.run, Box::new(std::io::sink()), false).unwrap();
    let listener = loaded.listener.unwrap();
    assert_eq!((listener.results_file(), listener.is_called()), (Some("~/out/r.csv"), false));
    let mut sink = listener.sink(&mut consumers).unwrap().unwrap();
    for result in [sample("good", true), sample("bad", false)] {
        let event = SampleEvent { result: result.into(), variables: [].into(), is_transaction: false };
        sink.sample(&event).unwrap();
    }
    sink.finish(0).unwrap();
    fs::read_to_string(folder.path().join("out/r.csv")).unwrap()
}

#[test]
fn result_collectors_write_their_file() {
    let flag = |name: &str| format!("<boolProp name=\"ResultCollector.{name}\">true</boolProp>");
    let plain = "ResultCollector";
    assert_eq!(collected(plain, ""), "label,success\ngood,true\nbad,false\n");
    assert_eq!(collected(plain, &flag("error_logging")), "label,success\nbad,false\n");
    assert_eq!(collected(plain, &flag("success_only_logging")), "label,success\ngood,true\n");
    let counting = "label,success,grpThreads,allThreads\ngood,true,0,0\nbad,false,0,0\n";
    assert_eq!(collected("kg.apc.jmeter.vizualizers.CorrectedResultCollector", ""), counting);
}

#[test]
fn a_result_collector_without_a_file_does_nothing() {
    let loaded = load("<ResultCollector><stringProp name=\"filename\"/></ResultCollector>", Path::new(""));
    let mut consumers = Consumers::new(loaded.run, Box::new(std::io::sink()), false).unwrap();
    let listener = loaded.listener.unwrap();
    assert!(listener.sink(&mut consumers).unwrap().is_none() && listener.results_file().is_none());
}

#[test]
fn an_unknown_field_keeps_the_plan_from_running() {
    let save = SAVE.replace("<success>true</success>", "\n <nope/>");
    let loaded = load(&format!("<ResultCollector testname=\"Tree\">{save}</ResultCollector>"), Path::new(""));
    let expected = "plan.jmx:3:2: Listener \"Tree\": saveConfig: a result has no field nope\n  \
                    help: JMeter loads no plan with such a listener";
    assert_eq!(loaded.problems, [expected]);
}

#[test]
fn a_summariser_counts_under_its_name() {
    let loaded = load("<Summariser testname=\"mine\"/>", Path::new(""));
    let mut consumers = Consumers::new(loaded.run, Box::new(std::io::sink()), false).unwrap();
    assert!(loaded.listener.unwrap().sink(&mut consumers).unwrap().is_some());
}

#[test]
fn a_result_action_marks_failed_results() {
    let check = |action: &str, successful: bool, expected: (bool, bool, bool, NextAction)| {
        let property = format!("<intProp name=\"OnError.action\">{action}</intProp>");
        let mut result = sample("a", successful);
        load(&format!("<ResultAction>{property}</ResultAction>"), Path::new("")).hears(&mut result);
        let marks = (result.stop_thread, result.stop_test, result.stop_test_now, result.next_action);
        assert_eq!(marks, expected, "{action}");
    };
    let on = NextAction::Continue;
    check("0", false, (false, false, false, on));
    check("1", false, (true, false, false, on));
    check("2", false, (false, true, false, on));
    check("3", false, (false, false, true, on));
    check("4", false, (false, false, false, NextAction::StartNextThreadLoop));
    check("5", false, (false, false, false, NextAction::StartNextLoop));
    check("6", false, (false, false, false, NextAction::BreakLoop));
    check("3", true, (false, false, false, on));
}

/// The files that a Save Responses element with those properties makes of a good page, a bad sample and a transaction
/// of two, with their texts; then the variables.
fn saved(properties: &str) -> String {
    let folder = TempDir::new().unwrap();
    let mut loaded = load(&format!("<ResultSaver>{properties}</ResultSaver>"), folder.path());
    assert_eq!(loaded.problems, [""; 0]);
    let mut page = sample("page", true);
    page.content_type = "text/html; charset=utf-8".into();
    let mut transaction = sample("tx", true);
    transaction.response_message = "Number of samples in transaction : 2, number of failing samples : 0".into();
    transaction.data_type = DataType::Unknown;
    transaction.store_part(sample("one", true), false);
    transaction.store_part(sample("two", true), false);
    for mut result in [page, sample("bad", false), transaction] {
        loaded.hears(&mut result);
        let parts = result.sub_results.iter().map(|part| &part.file_name);
        let named = std::iter::once(&result.file_name).chain(parts).filter(|name| !name.is_empty());
        named.for_each(|name| assert!(Path::new(name.as_ref()).exists(), "{name}"));
    }
    let mut lines: Vec<String> = fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            format!("{} {}", file.file_name().display(), fs::read_to_string(file.path()).unwrap())
        })
        .collect();
    lines.sort();
    let name = |path: Arc<str>| Path::new(&*path).file_name().unwrap().display().to_string();
    let variables = loaded.vu.variables.all();
    lines.extend(variables.into_iter().map(|(variable, path)| format!("{variable}={}", name(path.text()))));
    lines.join("\n")
}

#[test]
fn a_result_saver_saves_each_response() {
    let text = |name: &str, value: &str| format!("<stringProp name=\"FileSaver.{name}\">{value}</stringProp>");
    let check = |set: &[(&str, &str)], expected: &str| {
        let properties: String = set.iter().map(|(name, value)| text(name, value)).collect();
        assert_eq!(saved(&properties), expected);
    };
    check(
        &[("filename", "~/out/a"), ("variablename", "v")],
        "a1.html data of page\na2.unknown data of bad\na3.unknown data of one\na4.unknown data of two\n\
         v=a2.unknown\nv1=a3.unknown\nv2=a4.unknown",
    );
    check(&[("filename", "~/out/b"), ("errorsonly", "true"), ("skipsuffix", "true")], "b1 data of bad");
    check(
        &[("filename", "~/out/c"), ("successonly", "true"), ("numberPadLen", "3"), ("ignoreTC", "false")],
        "c001.html data of page\nc002.unknown data of tx\nc003.unknown data of one\nc004.unknown data of two",
    );
    check(&[("filename", "~/out/d"), ("skipautonumber", "true"), ("skipsuffix", "true")], "d data of two");
    let stamped = saved(&(text("filename", "~/out/e") + &text("addTimstamp", "true") + &text("errorsonly", "true")));
    let digits = stamped.replace(|char: char| char.is_ascii_digit(), "9");
    assert_eq!(digits, "e99999999-9999_9.unknown data of bad");
}

#[test]
fn a_prefix_of_the_plan_folder_loses_its_slash() {
    let folder = TempDir::new().unwrap();
    let property = "<stringProp name=\"FileSaver.filename\">~/out/</stringProp>";
    load(&format!("<ResultSaver>{property}</ResultSaver>"), folder.path()).hears(&mut sample("a", true));
    assert!(folder.path().join("out1.unknown").exists(), "as in JMeter");
}
