//! The rules of the house: who may use whom, how long a file may be, and that tables are in order.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use beside itself. Uses go one way.
const MAY_USE: &[(&str, &[&str])] = &[
    ("java", &[]),
    ("jmx", &[]),
    ("query", &["java"]),
    ("script", &["java"]),
    ("protocol", &[]),
    ("target", &[]),
    ("model", &["java", "jmx"]),
    ("results", &["java", "jmx", "model"]),
    ("scripting", &["java", "model", "script"]),
    ("functions", &["java", "jmx", "model", "query", "script", "scripting"]),
    ("elements", &["java", "jmx", "model", "functions", "query", "script", "scripting", "protocol", "results"]),
    ("engine", &["jmx", "model", "results", "elements"]),
    ("cli", &["java", "jmx", "model", "functions", "results", "elements", "engine", "target"]),
];

/// No file is longer, its tests apart.
const LINES: usize = 400;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

fn all_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found.sort();
    found
}

#[test]
fn modules_use_each_other_one_way() {
    let mut wrong = Vec::new();
    for path in all_files() {
        let place = path.strip_prefix(source()).unwrap().to_owned();
        let module = place.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(name, _)| *name == module);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{module} is missing in this test's table"));
        let text = fs::read_to_string(&path).unwrap();
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses crate::{used}", place.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "uses that go the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for path in all_files() {
        if path.ends_with("tests.rs") || path.iter().any(|part| part == "tests") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        if lines > LINES {
            long.push(format!("{}: {lines}", path.strip_prefix(source()).unwrap().display()));
        }
    }
    assert!(long.is_empty(), "files of more than {LINES} lines (split them by noun):\n{}", long.join("\n"));
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    const NAMES: &[&str] = &["utils", "util", "common", "helpers", "misc", "imp", "manager", "v2"];
    let vague = all_files()
        .into_iter()
        .filter(|path| path.file_stem().is_some_and(|stem| NAMES.contains(&stem.to_string_lossy().as_ref())));
    assert_eq!(vague.collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn element_classes_are_unique() {
    let mut seen = BTreeSet::new();
    for kind in loadline::elements::all() {
        assert!(seen.insert(kind.class), "{} stands twice in the tables", kind.class);
        assert!(!kind.title.is_empty(), "{} has no title", kind.class);
    }
}

#[test]
fn functions_are_in_order() {
    let names: Vec<_> = loadline::functions::FUNCTIONS.iter().map(|function| function.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted, "functions stand in alphabetical order, each once");
}
