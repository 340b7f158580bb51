use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::results::jtl::FieldSet;
use crate::results::sink::tests::{event, run, sample};

/// A listener that writes only labels, as CSV with a head, and with more if asked.
fn labels(more: &[Field]) -> OwnConfig {
    let fields = FieldSet::default().with(Field::Label).with(Field::FieldNames);
    OwnConfig { fields: more.iter().fold(fields, |fields, field| fields.with(*field)), ..OwnConfig::default() }
}

/// Writes results with those labels through sinks of those names; a label that begins with `!` failed.
fn write(folder: &Path, sinks: &[(&str, Wanted, OwnConfig)], samples: &[&str]) -> Vec<Result<(), String>> {
    let mut files = JtlFiles::new(run(&[]), false).unwrap();
    let mut opened = Vec::new();
    let results = sinks.iter().map(|(name, wanted, own)| {
        let sink = files.sink(&format!("{}/{name}", folder.display()), Some(own), *wanted)?;
        opened.push(sink);
        Ok(())
    });
    let results = results.collect();
    for label in samples {
        let mut result = sample(label.trim_start_matches('!'), 1);
        result.successful = !label.starts_with('!');
        let event = event(result);
        for sink in &mut opened {
            sink.sample(&event).unwrap();
        }
    }
    for mut sink in opened {
        sink.finish(0).unwrap();
    }
    results
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn sinks_of_one_file_share_it() {
    let folder = TempDir::new().unwrap();
    let all = Wanted::All;
    let other = labels(&[Field::Success]);
    write(
        folder.path(),
        &[("a.csv", all, labels(&[])), ("a.csv", all, other.clone()), ("./a.csv", all, other)],
        &["x", "y"],
    );
    assert_eq!(read(&folder, "a.csv"), "label\nx\nx,true\ny\ny,true\n");
    let xml = labels(&[Field::Xml]);
    write(folder.path(), &[("mixed", all, xml.clone()), ("./mixed", all, labels(&[]))], &["x"]);
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n";
    assert_eq!(read(&folder, "mixed"), format!("{head}<sample lb=\"x\"/>\nx\n\n</testResults>\n"));
}

#[test]
fn each_listener_filters_for_itself() {
    let folder = TempDir::new().unwrap();
    let sinks = ["failed", "successful", "all"].map(|name| {
        let wanted = Wanted::from_flags(name != "successful", name != "failed");
        (name, wanted, labels(&[]))
    });
    write(folder.path(), &sinks, &["good", "!bad"]);
    let check = |name, expected| assert_eq!(read(&folder, name), expected, "{name}");
    check("failed", "label\nbad\n");
    check("successful", "label\ngood\n");
    check("all", "label\ngood\nbad\n");
    assert_eq!(Wanted::from_flags(false, false), Wanted::All);
    let both = [("both", Wanted::Failed, labels(&[])), ("both", Wanted::Successful, labels(&[]))];
    write(folder.path(), &both, &["good", "!bad"]);
    check("both", "label\ngood\nbad\n");
}

#[test]
fn csv_files_are_continued() {
    let folder = TempDir::new().unwrap();
    let check = |before: Option<&str>, expected: &str| {
        let file = folder.path().join("a.csv");
        let _ = fs::remove_file(&file);
        if let Some(text) = before {
            fs::write(&file, text).unwrap();
        }
        write(folder.path(), &[("a.csv", Wanted::All, labels(&[]))], &["x"]);
        assert_eq!(read(&folder, "a.csv"), expected);
    };
    check(None, "label\nx\n");
    check(Some("a,b\n1,2\n"), "a,b\n1,2\nx\n");
    check(Some(""), "x\n");
}

#[test]
fn xml_files_are_continued_if_they_have_an_end() {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n";
    let folder = TempDir::new().unwrap();
    let check = |before: Option<&str>, expected: &str| {
        let file = folder.path().join("a.xml");
        let _ = fs::remove_file(&file);
        if let Some(text) = before {
            fs::write(&file, text).unwrap();
        }
        write(folder.path(), &[("a.xml", Wanted::All, labels(&[Field::Xml]))], &["x"]);
        assert_eq!(read(&folder, "a.xml"), expected);
    };
    let anew = format!("{HEAD}<sample lb=\"x\"/>\n\n</testResults>\n");
    check(None, &anew);
    check(Some(""), &anew);
    check(Some("<testResults></testResults>"), &anew);
    check(Some(&format!("{HEAD}<sample lb=\"never closed, as the run was killed\"/>\n")), &anew);
    let continued = format!("{HEAD}<sample lb=\"x\"/>\n\n<sample lb=\"x\"/>\n\n</testResults>\n");
    check(Some(&anew), &continued);
    check(Some(&format!("{HEAD}<sample lb=\"x\"/>\n\n</testResults> \n \n  ")), &continued);
}

#[test]
fn a_killed_run_keeps_what_a_tick_has_written() {
    let folder = TempDir::new().unwrap();
    let mut files = JtlFiles::new(run(&[]), false).unwrap();
    let name = folder.path().join("new/folder/a.csv");
    let mut sink = files.sink(&name.to_string_lossy(), Some(&labels(&[])), Wanted::All).unwrap();
    let lines = || fs::read_to_string(&name).unwrap().lines().count();
    sink.sample(&event(sample("x", 1))).unwrap();
    assert_eq!(lines(), 1, "the head is there at once");
    sink.tick(0).unwrap();
    assert_eq!(lines(), 2);
    sink.sample(&event(sample("y", 1))).unwrap();
    drop((sink, files));
    assert_eq!(lines(), 3);
}

#[test]
fn a_file_that_cannot_be_opened_is_told() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let sinks = ["folder", "file/below.csv", "good.csv"].map(|name| (name, Wanted::All, labels(&[])));
    let told = write(folder.path(), &sinks, &["x"]);
    assert!(told[0].as_ref().unwrap_err().contains("cannot write results file"), "{told:?}");
    assert!(told[1].is_err() && told[2].is_ok(), "{told:?}");
    assert_eq!(read(&folder, "good.csv"), "label\nx\n");
}
