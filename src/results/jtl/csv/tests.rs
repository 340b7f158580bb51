use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::model::{AssertionResult, DataType};
use crate::results::sink::tests::{event, event_with, properties, sample};

fn config(set: &[(&str, &str)]) -> SaveConfig {
    let mut config = SaveConfig::from_properties(&properties(set), false).unwrap();
    config.hostname = "host".into();
    config
}

fn written(config: &SaveConfig, events: &[SampleEvent]) -> String {
    let mut out = Vec::new();
    write_head(config, &mut out);
    let mut format = CsvFormat::new(config.clone());
    for event in events {
        format.write(event, &mut out);
    }
    String::from_utf8(out).unwrap()
}

fn check(set: &[(&str, &str)], events: &[SampleEvent], expected: &Expect) {
    expected.assert_eq(&written(&config(set), events));
}

fn all() -> SampleResult {
    let mut all = sample("a, b", 70);
    all.idle = 5;
    all.response_code = "500".into();
    all.response_message = "say \"hi\"".into();
    (all.latency, all.connect, all.sent_bytes, all.headers_size) = (30, 10, 7, 11);
    (all.group_threads, all.all_threads) = (2, 3);
    all.successful = false;
    all.assertions = vec![
        AssertionResult::passed("good"),
        AssertionResult::failed("bad", "two\nlines"),
        AssertionResult::error("worse", "never seen"),
    ];
    all.url = Some("http://x/?a=1,2".into());
    all.data_encoding = "ISO-8859-1".into();
    all.file_name = "out/1.txt".into();
    all
}

#[test]
fn columns_of_a_result() {
    check(
        &[("sampleresult.timestamp.start", "true")],
        &[event(sample(" spaces\tand é ", 5)), event(all())],
        &expect![[r#"
            timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect
            1000,5, spaces	and é ,200,OK,users 1-1,text,true,,1,0,1,1,null,0,0,0
            1000,65,"a, b",500,"say ""hi""",users 1-1,text,false,"two
            lines",12,7,2,3,"http://x/?a=1,2",30,5,10
        "#]],
    );
    let rare =
        ["filename", "encoding", "sample_count", "hostname"].map(|name| format!("jmeter.save.saveservice.{name}"));
    let mut set: Vec<(&str, &str)> = rare.iter().map(|name| (name.as_str(), "true")).collect();
    set.extend([("sample_variables", "v,my var")]);
    let others =
        ["response_message", "thread_name", "data_type", "assertion_results_failure_message", "url", "latency"];
    let others = others.map(|name| format!("jmeter.save.saveservice.{name}"));
    set.extend(others.iter().map(|name| (name.as_str(), "false")));
    check(
        &set,
        &[event_with(sample("a", 5), &[None, Some("")]), event_with(all(), &[Some("1,2"), Some("x")])],
        &expect![[r#"
            timeStamp,elapsed,label,responseCode,success,bytes,sentBytes,grpThreads,allThreads,Filename,Encoding,SampleCount,ErrorCount,Hostname,IdleTime,Connect,"v","my var"
            1005,5,a,200,true,1,0,1,1,,UTF-8,1,0,host,0,0,null,
            1070,65,"a, b",500,false,12,7,2,3,out/1.txt,ISO-8859-1,1,1,host,5,10,"1,2",x
        "#]],
    );
}

#[test]
fn the_intended_start_of_paced_samples() {
    let mut paced = sample("paced", 5);
    paced.intended_start = Some(990);
    let others = ["thread_name", "data_type", "bytes", "sent_bytes", "thread_counts", "url", "latency", "idle_time"];
    let others = others.map(|name| format!("jmeter.save.saveservice.{name}"));
    let mut set: Vec<(&str, &str)> = others.iter().map(|name| (name.as_str(), "false")).collect();
    set.push(("loadline.save.intended_start", "true"));
    check(
        &set,
        &[event(paced), event(sample("free", 5))],
        &expect![[r#"
            timeStamp,elapsed,label,responseCode,responseMessage,success,failureMessage,Connect,intendedStart
            1005,5,paced,200,OK,true,,0,990
            1005,5,free,200,OK,true,,0,
        "#]],
    );
}

/// A plain set of columns: label and success only.
fn few() -> SaveConfig {
    let fields = crate::results::jtl::FieldSet::default().with(Field::Label).with(Field::Success);
    SaveConfig { fields, ..config(&[]) }
}

#[test]
fn parts_follow_their_parent() {
    let mut root = sample("root", 1);
    for depth in (0..13).rev() {
        let mut parent = sample(&format!("depth {depth}"), 1);
        std::mem::swap(&mut parent, &mut root);
        root.store_part(parent, false);
    }
    root.store_part(sample("second", 1), false);
    let without = written(&few(), &[event(root.clone())]);
    assert_eq!(without, "label,success\ndepth 0,true\n");
    let fields = few().fields.with(Field::Subresults);
    let labels = written(&SaveConfig { fields, ..few() }, &[event_with(root, &[])]);
    let labels: Vec<&str> = labels.lines().skip(1).filter_map(|line| line.strip_suffix(",true")).collect();
    let mut expected: Vec<String> = (0..12).map(|depth| format!("depth {depth}")).collect();
    expected.push("second".into());
    assert_eq!(labels, expected, "the last level is the eleventh below the result");
}

#[test]
fn times_by_a_pattern_are_quoted_like_any_value() {
    let fields = few().fields.with(Field::Timestamp);
    let pattern = crate::results::jtl::DatePattern::parse_in("dd MMM yy, EEE", jiff::tz::TimeZone::UTC).unwrap();
    let config = SaveConfig { fields, time_format: TimeFormat::Pattern(pattern.into()), ..few() };
    let expected = "timeStamp,label,success\n\"01 Jan 70, Thu\",a,true\n";
    assert_eq!(written(&config, &[event(sample("a", 1))]), expected);
}

#[test]
fn another_delimiter() {
    let config = SaveConfig { delimiter: b'\t', ..few() };
    let events = ["a, b", "a\tb", "a;b"].map(|label| event(sample(label, 1)));
    assert_eq!(written(&config, &events), "label\tsuccess\na, b\ttrue\n\"a\tb\"\ttrue\na;b\ttrue\n");
    let nothing = SaveConfig { fields: crate::results::jtl::FieldSet::default(), ..few() };
    assert_eq!(written(&nothing, &events[..1]), "\n\n");
}

proptest! {
    /// What is written can be read by anybody.
    #[test]
    fn the_csv_crate_reads_the_same_values(
        texts in proptest::collection::vec("[a,;\" \r\n\té€|]{0,6}", 5),
        numbers in proptest::collection::vec(any::<i32>(), 4),
        semicolon in any::<bool>(),
    ) {
        let mut result = sample(&texts[0], 0);
        result.response_code = texts[1].clone().into();
        result.response_message = texts[2].clone().into();
        result.thread_name = Arc::from(texts[3].as_str());
        result.assertions.push(AssertionResult::failed("x", texts[4].clone()));
        (result.start, result.end) = (numbers[0].into(), numbers[1].into());
        (result.latency, result.connect) = (numbers[2].into(), numbers[3].into());
        result.data_type = DataType::Binary;
        let delimiter = if semicolon { b';' } else { b',' };
        let config = SaveConfig { delimiter, ..config(&[]) };
        let text = written(&config, &[event(result.clone())]);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let elapsed = result.elapsed().to_string();
        let ours = [
            &result.end.to_string(), &elapsed, &texts[0], &texts[1], &texts[2], &texts[3], "bin", "true", &texts[4], "1",
            "0", "1", "1", "null", &result.latency.to_string(), "0", &result.connect.to_string(),
        ];
        prop_assert_eq!(row.iter().collect::<Vec<_>>(), ours);
    }
}
