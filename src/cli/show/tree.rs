//! A plan's tree, drawn with lines.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::outline::{Item, Outline};
use super::quantity::counted;
use super::style::{Paint, Style};
use crate::elements::FAMILIES;

/// Between two details.
const SEPARATOR: &str = " · ";
/// Details begin no further to the right than that, so that there is room for some words.
const DEEPEST: usize = 60;

/// The tree in at most so many columns, and what there is in it.
pub(super) fn draw(outline: &Outline, columns: usize, style: Style) -> String {
    let mut text = String::new();
    let mut drawing = Drawing { text: &mut text, columns, style };
    drawing.item(&outline.plan, "", "");
    let counts = outline.counts.iter().map(|(count, name)| match count {
        1 => format!("1 {}", singular(name)),
        count => format!("{count} {name}"),
    });
    let mut counts: Vec<String> = counts.collect();
    if outline.disabled > 0 {
        counts.push(format!("{} disabled and left out", counted(outline.disabled as f64, "element")));
    }
    text.push('\n');
    for line in wrap(&counts, columns, 0, 0) {
        let _ = writeln!(text, "{}", style.paint(Paint::Dim, &line));
    }
    text
}

struct Drawing<'a> {
    text: &'a mut String,
    columns: usize,
    style: Style,
}

impl Drawing<'_> {
    /// Draws an item and all below it. `first` stands before its own line, `rest` before those that follow.
    fn item(&mut self, item: &Item, first: &str, rest: &str) {
        let mut details = item.missing.clone().map_or_else(|| item.details.clone(), |missing| vec![missing]);
        if item.family.is_some_and(|family| FAMILIES[family].name == "thread groups") {
            details.push(counted(item.count_of("samplers") as f64, "sampler"));
        }
        let bar = if item.children.is_empty() { "    " } else { "│   " };
        let has_other_name = !item.name.is_empty() && item.name != item.title;
        let name = if has_other_name { format!("\"{}\"", item.name) } else { String::new() };
        let space = if has_other_name { " " } else { "" };
        let head = first.width() + item.title.width() + space.len() + name.width() + 2;
        let follows = rest.width() + bar.width();
        let mut lines = wrap(&details, self.columns, head, follows).into_iter();
        let (kind, detail) = (Self::paint_of(item), if item.missing.is_some() { Paint::Red } else { Paint::Dim });
        let _ = write!(self.text, "{}{}", self.style.paint(Paint::Dim, first), self.style.paint(kind, &item.title));
        let _ = write!(self.text, "{space}{}", self.style.paint(Paint::Bold, &name));
        match lines.next().filter(|line| !line.is_empty()) {
            Some(line) => drop(writeln!(self.text, "  {}", self.style.paint(detail, &line))),
            None => self.text.push('\n'),
        }
        for line in lines {
            let before = self.style.paint(Paint::Dim, &format!("{rest}{bar}"));
            let _ = writeln!(self.text, "{before}{}", self.style.paint(detail, &line));
        }
        let last = item.children.len().saturating_sub(1);
        for (place, child) in item.children.iter().enumerate() {
            let (branch, below) = if place == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            self.item(child, &format!("{rest}{branch}"), &format!("{rest}{below}"));
        }
    }

    fn paint_of(item: &Item) -> Paint {
        match item.family.map(|family| FAMILIES[family].name) {
            Some("thread groups") => Paint::Green,
            Some("controllers") => Paint::Yellow,
            Some("samplers") => Paint::Cyan,
            Some("timers") => Paint::Magenta,
            Some("config elements") => Paint::Blue,
            _ if item.missing.is_some() => Paint::Red,
            _ => Paint::Dim,
        }
    }
}

/// The details in lines: the first has room after so many columns, the others after so many. A detail that is too long for
/// a line of its own is cut.
fn wrap(details: &[String], columns: usize, head: usize, follows: usize) -> Vec<String> {
    let room =
        |line: usize| columns.saturating_sub(if line == 0 { head } else { follows }).max(columns.min(DEEPEST) / 2);
    let mut lines = vec![String::new()];
    for detail in details {
        let taken = lines.last().map_or(0, |line| line.width());
        let before = if taken == 0 { 0 } else { SEPARATOR.width() };
        let fits = taken + before + detail.width() <= room(lines.len() - 1);
        // A first line without room stays empty: the detail gets a line of its own.
        if !fits && (taken > 0 || lines.len() == 1 && detail.width() <= room(1)) {
            lines.push(String::new());
        }
        let room = room(lines.len() - 1);
        let line = lines.last_mut().expect("there is a first line");
        if !line.is_empty() {
            line.push_str(SEPARATOR);
        }
        line.push_str(&cut(detail, room));
    }
    lines
}

/// The text in at most so many columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for char in text.chars() {
        short.push(char);
        if short.width() + 1 > columns {
            short.pop();
            break;
        }
    }
    short.push('…');
    short
}

/// The name of one element of a family.
fn singular(family: &str) -> &str {
    family.strip_suffix('s').unwrap_or(family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_wrapped() {
        let check = |details: &[&str], columns, head, expected: &[&str]| {
            let details: Vec<String> = details.iter().map(|detail| (*detail).to_owned()).collect();
            assert_eq!(wrap(&details, columns, head, 4), expected);
        };
        check(&[], 80, 10, &[""]);
        check(&["a", "b"], 80, 10, &["a · b"]);
        check(&["twelve chars", "twelve again", "x"], 40, 20, &["twelve chars", "twelve again · x"]);
        check(&["x".repeat(30).as_str()], 40, 30, &["", "x".repeat(30).as_str()]);
        check(&["x".repeat(50).as_str()], 40, 4, &[format!("{}…", "x".repeat(35)).as_str()]);
    }
}
