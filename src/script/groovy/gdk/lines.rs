//! Texts of several lines.

use super::super::iterate::arity;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::reader::lines;
use crate::script::java::regex::pattern;
use crate::script::machine::{Outcome, ok};
use crate::script::value::Value;

/// The methods of texts.
pub const METHODS: &[Row] = &[
    row("readLines", "", |c| ok(lines(&c.this_text()?).into_iter().map(Value::from).collect::<Vec<_>>())),
    row("eachLine", "Closure", |c| {
        let all = lines(&c.this_text()?);
        each(c, &all, 0, 0)
    }),
    row("eachLine", "int, Closure", |c| {
        let all = lines(&c.this_text()?);
        each(c, &all, c.int(0), 1)
    }),
    row("splitEachLine", "CharSequence, Closure", |c| {
        let all = lines(&c.this_text()?);
        split_each(c, &all)
    }),
    row("normalize", "", |c| ok(c.this_text()?.replace("\r\n", "\n").replace('\r', "\n"))),
    row("denormalize", "", |c| ok(c.this_text()?.replace("\r\n", "\n").replace('\r', "\n"))),
    row("stripMargin", "Object?", |c| {
        let margin = if c.count() > 0 { c.text_of(0)?.chars().next().unwrap_or('|') } else { '|' };
        let text = c.this_text()?;
        let strip = |line: &str| {
            let rest = line.trim_start_matches(|char: char| char <= ' ');
            rest.strip_prefix(margin).unwrap_or(line).to_owned()
        };
        ok(each_line(&text, strip))
    }),
    row("stripIndent", "int?", |c| {
        let text = c.this_text()?;
        let blank = |char: char| char == ' ' || char == '\t';
        let indents = text.lines().filter(|line| !line.trim_matches(blank).is_empty());
        let least = indents.map(|line| line.len() - line.trim_start_matches(blank).len()).min().unwrap_or_default();
        let width = if c.count() > 0 { usize::try_from(c.int(0)).unwrap_or_default() } else { least };
        ok(each_line(&text, |line| line.chars().skip(width).collect()))
    }),
    row("expand", "int?", |c| {
        let stop = usize::try_from(c.int_or(0, 8)).unwrap_or(8).max(1);
        let expand = |line: &str| {
            let mut out = String::new();
            for char in line.chars() {
                if char == '\t' {
                    let width = stop - out.chars().count() % stop;
                    out.extend(std::iter::repeat_n(' ', width));
                } else {
                    out.push(char);
                }
            }
            out
        };
        ok(each_line(&c.this_text()?, expand))
    }),
];

/// Changes each line; the end of the text stays as it is.
fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = lines(text).iter().map(|line| change(line)).collect::<Vec<_>>().join("\n");
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Calls the closure with each line, and its number if it takes two arguments.
pub fn each(c: &mut Call<'_, '_>, lines: &[String], first: i32, closure: usize) -> Outcome {
    let closure = c.arg(closure);
    let takes_number = arity(closure) == 2;
    let first = if c.count() == 1 { 1 } else { first };
    let mut result = Value::Null;
    for (at, line) in lines.iter().enumerate() {
        c.machine.step()?;
        let line = Value::from(line.as_str());
        result = if takes_number {
            c.machine.call(closure, &[line, Value::Int(first + at as i32)])?
        } else {
            c.machine.call(closure, &[line])?
        };
    }
    Ok(result)
}

/// Splits each line at a pattern and calls the closure with the parts.
pub fn split_each(c: &mut Call<'_, '_>, lines: &[String]) -> Outcome {
    let expression = pattern(c.text(0)?)?;
    let mut result = Value::Null;
    for line in lines {
        c.machine.step()?;
        let parts: Vec<Value> = expression.split(line, 0)?.into_iter().map(Value::from).collect();
        result = c.invoke(1, &[parts.into()])?;
    }
    Ok(result)
}
