//! What matters of an element, in a few words: one function for each class, in one table for each family.

mod config;
mod controllers;
mod listeners;
mod processors;
mod samplers;
mod thread_groups;
mod timers;

use super::facts::Facts;

/// A class, and what there is to say about an element of it.
type Row = (&'static str, fn(&Facts<'_>) -> Vec<String>);

const TABLES: [&[Row]; 7] = [
    thread_groups::ROWS,
    controllers::ROWS,
    samplers::ROWS,
    timers::ROWS,
    processors::ROWS,
    config::ROWS,
    listeners::ROWS,
];

/// Of an element that is in no table, so many of its properties are shown.
const MOST: usize = 3;

/// What there is to say about an element of that class.
pub(super) fn of(class: &str, facts: &Facts<'_>) -> Vec<String> {
    let known = TABLES.into_iter().flatten().find(|(known, _)| *known == class);
    let details = match known {
        Some((_, say)) => say(facts),
        None => facts.telling().into_iter().take(MOST).map(|(name, value)| format!("{name} = {value}")).collect(),
    };
    details.into_iter().filter(|detail| !detail.is_empty()).collect()
}

/// The words if the condition holds; nothing otherwise.
fn when(holds: bool, words: impl Into<String>) -> String {
    if holds { words.into() } else { String::new() }
}

/// A text with words around it; nothing if the text is empty.
fn around(before: &str, text: &str, after: &str) -> String {
    when(!text.is_empty(), format!("{before}{text}{after}"))
}

/// `name = value`, row by row.
fn assignments(rows: Vec<(String, String)>) -> Vec<String> {
    rows.into_iter().map(|(name, value)| format!("{name} = {value}")).collect()
}

/// The word at that place; nothing if there is none.
fn word(words: &[&str], place: Option<i64>) -> String {
    let place = place.and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| words.get(place)).copied().unwrap_or_default().to_owned()
}
