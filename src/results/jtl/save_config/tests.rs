use super::*;
use crate::jmx;
use crate::results::jtl::columns::Column;
use crate::results::sink::tests::properties;

const SAVE: &str = "jmeter.save.saveservice.";

fn config(set: &[(&str, &str)]) -> Result<SaveConfig, DelimiterError> {
    let set: Vec<(String, &str)> = set.iter().map(|(name, value)| (format!("{SAVE}{name}"), *value)).collect();
    let set: Vec<(&str, &str)> = set.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    SaveConfig::from_properties(&properties(&set), false)
}

fn columns(fields: FieldSet) -> String {
    Column::of(fields).map(Column::name).collect::<Vec<_>>().join(",")
}

#[test]
fn properties_choose_the_columns() {
    let check = |set: &[(&str, &str)], expected: &str| assert_eq!(columns(config(set).unwrap().fields), expected);
    check(
        &[],
        "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,\
         sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect",
    );
    check(
        &[
            ("timestamp_format", "NONE"),
            ("time", "yes"),
            ("response_message", "false"),
            ("data_type", ""),
            ("thread_counts", "0"),
            ("filename", "TRUE"),
            ("encoding", "true"),
            ("sample_count", "true"),
            ("hostname", "True"),
        ],
        "label,responseCode,threadName,success,failureMessage,bytes,sentBytes,URL,Filename,Latency,Encoding,\
         SampleCount,ErrorCount,Hostname,IdleTime,Connect",
    );
}

#[test]
fn properties_choose_the_rest() {
    let plain = config(&[]).unwrap();
    assert!(plain.fields.has(Field::FieldNames) && !plain.fields.has(Field::Xml));
    assert!(plain.fields.has(Field::Subresults) && plain.fields.has(Field::Assertions));
    assert!(config(&[("output_format", "xml")]).unwrap().fields.has(Field::Xml));
    assert!(!config(&[("output_format", "json")]).unwrap().fields.has(Field::Xml));
    let kind = |text| match config(&[("timestamp_format", text)]).unwrap().time_format {
        TimeFormat::Millis => "ms",
        TimeFormat::Pattern(_) => "pattern",
    };
    assert_eq!([kind("MS"), kind("none"), kind("HH:mm"), kind("b")], ["ms", "ms", "pattern", "ms"]);
}

#[test]
fn a_delimiter_is_one_character_that_can_be_told_from_values() {
    let check = |text, expected: Result<u8, &str>| {
        let given = config(&[("default_delimiter", text)]).map(|config| config.delimiter);
        assert_eq!(given.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    };
    check(";", Ok(b';'));
    check("\\t", Ok(b'\t'));
    check("\t", Ok(b'\t'));
    check("_", Ok(b'_'));
    check("x", Err("Delimiter 'x' must not be alphanumeric or \"."));
    check("\"", Err("Delimiter '\"' must not be alphanumeric or \"."));
    check("||", Err("Delimiter '||' must be of length 1."));
    check("", Err("Delimiter '' must be of length 1."));
    check("\u{1}", Err("Delimiter (code 1) must be printable."));
    check("é", Err("Delimiter (code 233) must be printable."));
}

fn own(value: &str) -> Result<OwnConfig, Vec<(Position, String)>> {
    let plan = format!(
        "<jmeterTestPlan><hashTree><ResultCollector>\n<objProp><name>saveConfig</name>{value}</objProp>\n\
         </ResultCollector><hashTree/></hashTree></jmeterTestPlan>"
    );
    let plan = jmx::read(plan.as_bytes(), "plan.jmx".into()).unwrap();
    OwnConfig::read(&plan.nodes[0].properties[0])
}

fn own_fields(fields: &str) -> Result<OwnConfig, Vec<(Position, String)>> {
    own(&format!("<value class=\"SampleSaveConfiguration\">{fields}</value>"))
}

#[test]
fn a_listener_writes_only_what_it_names() {
    let all = config(&[("default_delimiter", ";"), ("timestamp_format", "yyyy")]).unwrap();
    let check = |fields: &str, expected: &str| {
        let config = all.with(&own_fields(fields).unwrap());
        assert_eq!((columns(config.fields).as_str(), config.delimiter), (expected, b';'));
    };
    check("", "");
    check("<label>TRUE</label><code>yes</code><url>true</url><formatter/>", "label,URL");
    check("<timestamp>true</timestamp><assertionsResultsToSave>0</assertionsResultsToSave>", "timeStamp");
    let old = own_fields("<delimiter>|</delimiter><printMilliseconds>true</printMilliseconds><varCount>2</varCount>");
    let old = all.with(&old.unwrap());
    assert_eq!((old.delimiter, matches!(old.time_format, TimeFormat::Millis)), (b'|', true));
}

#[test]
fn faults_of_a_listener_have_their_place() {
    let check = |given: Result<OwnConfig, Vec<(Position, String)>>, expected: &str| {
        let faults = given.unwrap_err().iter().map(|(at, fault)| format!("{at} {fault}")).collect::<Vec<_>>();
        assert_eq!(faults.join("; "), expected);
    };
    check(
        own_fields("\n<label>true</label>\n  <nope>true</nope><x/>"),
        "4:3 a result has no field nope; 4:20 a result has no field x",
    );
    check(
        own_fields("<assertionsResultsToSave>a</assertionsResultsToSave>"),
        "2:72 expected a whole number in assertionsResultsToSave, found \"a\"",
    );
    check(own_fields("<delimiter>ab</delimiter>"), "2:72 Delimiter 'ab' must be of length 1.");
    check(own("<value class=\"com.example.Other\"/>"), "2:33 there is no class com.example.Other");
    check(own(""), "2:1 it holds no value");
}
