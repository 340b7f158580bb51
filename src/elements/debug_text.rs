//! What Debug Sampler and Debug `PostProcessor` show: variables and properties, each kind as a block of `name=value` lines.
//!
//! Names are sorted by their parts, letters as letters and numbers as numbers: `b9` stands before `b10`
//! (`AlphaNumericKeyComparator`).

use std::cmp::Ordering;
use std::fmt::Write;
use std::sync::Arc;

use crate::model::{Fault, Fields, Prop, SampleResult, Value, VirtualUser};

/// Which blocks an element shows, beside the properties of a sampler.
pub(super) struct DebugText {
    variables: Prop<bool>,
    properties: Prop<bool>,
    system_properties: Prop<bool>,
}

/// The blocks, and their names as the request's data.
#[derive(Default)]
pub(super) struct Blocks {
    text: String,
    names: String,
}

impl DebugText {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            variables: fields.prop("displayJMeterVariables", false),
            properties: fields.prop("displayJMeterProperties", false),
            system_properties: fields.prop("displaySystemProperties", false),
        }
    }

    /// Adds the blocks of what is to be shown now.
    pub fn write(&self, blocks: &mut Blocks, vu: &mut VirtualUser) -> Result<(), Fault> {
        if self.variables.get(vu)? {
            let mut rows = texts(vu.variables.all());
            rows.push(package_row(vu));
            blocks.add("JMeterVariables", rows);
        }
        if self.properties.get(vu)? {
            blocks.add("JMeterProperties", texts(vu.run.properties.all()));
        }
        if self.system_properties.get(vu)? {
            blocks.add("SystemProperties", texts(vu.run.system.all()));
        }
        Ok(())
    }
}

/// The variable in which JMeter keeps what belongs to the sampler: an object, shown by its class and identity.
fn package_row(vu: &VirtualUser) -> (Arc<str>, Arc<str>) {
    let identity = Arc::as_ptr(&vu.sampler_name).addr() as u32;
    ("JMeterThread.pack".into(), format!("org.apache.jmeter.threads.SamplePackage@{identity:x}").into())
}

fn texts(all: Vec<(Arc<str>, Value)>) -> Vec<(Arc<str>, Arc<str>)> {
    all.into_iter().map(|(name, value)| (name, value.text())).collect()
}

impl Blocks {
    /// Adds a block of that name.
    pub fn add(&mut self, name: &str, mut rows: Vec<(Arc<str>, Arc<str>)>) {
        rows.sort_by(|one, other| by_parts(&one.0, &other.0));
        let _ = writeln!(self.names, "{name}");
        let _ = writeln!(self.text, "{name}:");
        for (name, value) in rows {
            let _ = writeln!(self.text, "{name}={value}");
        }
        self.text.push('\n');
    }

    /// The result that shows the blocks.
    pub fn into_result(self, label: Arc<str>, start: i64, vu: &VirtualUser) -> SampleResult {
        let mut result = SampleResult::starting(label, start);
        result.set_ok();
        result.set_text(self.text);
        result.data_encoding = vu.run.properties.text("sampleresult.default.encoding", "UTF-8").to_string().into();
        result.sampler_data = Some(self.names.into());
        result.end = vu.now();
        result
    }
}

/// Compares names part by part: what is no digit as UTF-16, digits as numbers.
fn by_parts(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    while !one.is_empty() && !other.is_empty() {
        let (letters, other_letters) = (take(&mut one, false), take(&mut other, false));
        let (digits, other_digits) = (take(&mut one, true), take(&mut other, true));
        let order = letters.encode_utf16().cmp(other_letters.encode_utf16()).then_with(|| {
            let (digits_are, others_are) = (!digits.is_empty(), !other_digits.is_empty());
            let (number, other_number) = (digits.trim_start_matches('0'), other_digits.trim_start_matches('0'));
            digits_are.cmp(&others_are).then(number.len().cmp(&other_number.len())).then(number.cmp(other_number))
        });
        if order != Ordering::Equal || digits.is_empty() {
            return order;
        }
    }
    one.len().cmp(&other.len())
}

/// Takes the digits, or what is none, from the start of a text.
fn take<'t>(text: &mut &'t str, digits: bool) -> &'t str {
    let end = text.find(|char: char| char.is_ascii_digit() != digits).unwrap_or(text.len());
    let (part, rest) = text.split_at(end);
    *text = rest;
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_their_parts() {
        let check = |names: &str| {
            let expected: Vec<&str> = names.split(' ').collect();
            let mut sorted = expected.clone();
            sorted.sort_unstable();
            sorted.sort_by(|one, other| by_parts(one, other));
            assert_eq!(sorted, expected);
        };
        check("B1 JMeterThread.pack START.HMS START.MS __jm _x a b01 b1x b9 b10 empty é");
        check("a a1 a1b a2 a10 a010b");
    }
}
