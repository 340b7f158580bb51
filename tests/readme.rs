//! The README's tables are made from those of the code: `BLESS=1 cargo test --test readme` writes them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use loadline::elements::{FAMILIES, Family};
use loadline::functions::FUNCTIONS;
use loadline::jmx::{self, Node};

/// The tests of this file run at the same time: one writes after the other.
static WRITING: Mutex<()> = Mutex::new(());

#[test]
fn elements() {
    let plans = plans_by_class();
    let mut table = String::new();
    for Family { name, elements } in FAMILIES {
        let _ = writeln!(table, "| {name} | class |\n|---|---|");
        for kind in elements {
            let title = match plans.get(kind.class) {
                Some((_, _, plan)) => format!("[{}]({plan})", kind.title),
                None => kind.title.to_owned(),
            };
            let _ = writeln!(table, "| {title} | `{}` |", kind.class);
        }
        table.push('\n');
    }
    check("elements", table.trim_end());
}

#[test]
fn every_element_has_an_example() {
    let plans = plans_by_class();
    let all = FAMILIES.iter().flat_map(|family| family.elements).map(|kind| kind.class);
    let without: Vec<&str> = all.filter(|class| !plans.contains_key(*class)).collect();
    assert!(without.is_empty(), "no plan in plans/ shows {}", without.join(", "));
}

#[test]
fn functions() {
    let names: Vec<String> = FUNCTIONS.iter().map(|function| format!("`{}`", function.name)).collect();
    check("functions", &names.join(", "));
}

#[test]
fn exit_codes() {
    let help = Command::new(env!("CARGO_BIN_EXE_loadline")).arg("--help").output().expect("help").stdout;
    let help = String::from_utf8(help).expect("text");
    let lines = help.lines().skip_while(|line| *line != "Exit codes:").skip(1);
    let rows: Vec<String> = lines
        .filter_map(|line| line.trim().split_once("  "))
        .map(|(code, meaning)| format!("| {code} | {} |", meaning.trim()))
        .collect();
    check("exit codes", &format!("| code | |\n|---|---|\n{}", rows.join("\n")));
}

/// Compares the text between `<!-- NAME -->` and `<!-- end -->`, or writes it.
fn check(name: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(&file).expect("README.md");
    let (before, rest) = text.split_once(&format!("<!-- {name} -->\n")).expect("the table's begin");
    let (table, after) = rest.split_once("<!-- end -->").expect("the table's end");
    let expected = format!("{expected}\n");
    if table == expected {
        return;
    }
    assert!(std::env::var_os("BLESS").is_some(), "README.md is not up to date: BLESS=1 cargo test --test readme");
    fs::write(&file, format!("{before}<!-- {name} -->\n{expected}<!-- end -->{after}")).expect("README.md is written");
}

/// How well a plan shows an element, best first: it is named like the element's class, it is small, its name.
type Rank = (bool, usize, String);

/// The best example plan of each class.
fn plans_by_class() -> BTreeMap<String, Rank> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    find(&root.join("plans"), &mut files);
    files.sort();
    let mut found: BTreeMap<String, Rank> = BTreeMap::new();
    for file in files {
        let Ok(plan) = jmx::read_file(&file) else { continue };
        let mut classes = Vec::new();
        collect(&plan.nodes, &mut classes);
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        for class in &classes {
            let is_namesake = file.file_stem().is_some_and(|stem| stem.to_string_lossy() == file_name(class));
            let rank = (!is_namesake, classes.len(), name.clone());
            let best = found.entry(class.clone()).or_insert_with(|| rank.clone());
            *best = rank.min(best.clone());
        }
    }
    found
}

/// A class's simple name, as files are named: `once_only_controller` for `OnceOnlyController`.
fn file_name(class: &str) -> String {
    let mut name = String::new();
    for char in class.rsplit('.').next().unwrap_or(class).chars() {
        if char.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(char.to_ascii_lowercase());
    }
    name
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "jmx")
            && !path.components().any(|part| part.as_os_str() == "errors")
        {
            files.push(path);
        }
    }
}

fn collect(nodes: &[Node], classes: &mut Vec<String>) {
    for node in nodes {
        classes.push(node.class().to_owned());
        collect(&node.children, classes);
    }
}
