//! WebSocket Binary Frame Filter of Peter Doornbosch's plugin: discards bytes by what they are.
//!
//! A value that is missing or no hexadecimal text counts as no bytes: `Contains` then discards nothing, `Equals` only empty
//! frames, but `StartsWith` and `EndsWith` discard everything, although the log says that nothing will be filtered.

use std::sync::Arc;

use crate::elements::hex_text;
use crate::elements::samplers::websocket::{FilterRule, FilteredFrame, FrameFilter, FrameTest, no_constant};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.BinaryFrameFilter", "WebSocket Binary Frame Filter", |fields| {
        let rule = BinaryFrameFilter {
            name: fields.raw_name().to_owned(),
            comparison_type: fields.text("comparisonType", "IsPlain"),
            match_value: fields.text("matchValue", ""),
            match_position: fields.text("matchPosition", ""),
        };
        Element::config(FrameFilter::new(Label::new(fields.name()), rule))
    });

struct BinaryFrameFilter {
    name: String,
    comparison_type: Prop<String>,
    match_value: Prop<String>,
    match_position: Prop<String>,
}

impl FilterRule for BinaryFrameFilter {
    fn get(&self, vu: &mut VirtualUser) -> Result<FrameTest, Fault> {
        let comparison = self.comparison_type.text(vu)?;
        let value = if comparison == "IsPlain" { Vec::new() } else { self.value(vu)? };
        let position = java::parse_int(&self.match_position.text(vu)?);
        let test = test(&comparison, value, position)?;
        let discards = move |frame: FilteredFrame<'_>| match frame {
            FilteredFrame::Binary(bytes) => test(bytes),
            _ => Ok(false),
        };
        Ok(FrameTest { discards: Arc::new(discards), replies: false })
    }
}

impl BinaryFrameFilter {
    fn value(&self, vu: &mut VirtualUser) -> Result<Vec<u8>, Fault> {
        let text = self.match_value.text(vu)?;
        let value = hex_text::parse(&text).ok();
        let why = match &value {
            Some(value) if value.is_empty() => "it is missing match value".to_owned(),
            None => format!("it has an invalid (non binary) match value: '{text}'"),
            Some(_) => return Ok(value.unwrap_or_default()),
        };
        log::error!(target: "e.l.j.w.BinaryFrameFilter", "Binary filter '{}' will filter nothing: {why}", self.name);
        Ok(Vec::new())
    }
}

type Test = Box<dyn Fn(&[u8]) -> Result<bool, Fault> + Send + Sync>;

/// The test that a comparison stands for. `position` is for those that ask whether the value occurs.
fn test(comparison: &str, value: Vec<u8>, position: Option<i32>) -> Result<Test, Fault> {
    let occurs = move |bytes: &[u8], value: &[u8]| match position {
        None => Ok(hex_text::contains(bytes, value)),
        Some(position) => occurs_at(bytes, value, position),
    };
    Ok(match comparison {
        "IsPlain" => Box::new(|_| Ok(true)),
        "Contains" => Box::new(move |bytes| occurs(bytes, &value)),
        "NotContains" => Box::new(move |bytes| occurs(bytes, &value).map(|occurs| !occurs)),
        "Equals" => Box::new(move |bytes| Ok(bytes == value)),
        "NotEquals" => Box::new(move |bytes| Ok(bytes != value)),
        "StartsWith" => Box::new(move |bytes| Ok(bytes.starts_with(&value))),
        "NotStartsWith" => Box::new(move |bytes| Ok(!bytes.starts_with(&value))),
        "EndsWith" => Box::new(move |bytes| Ok(bytes.ends_with(&value))),
        "NotEndsWith" => Box::new(move |bytes| Ok(!bytes.ends_with(&value))),
        "ContainsRegex" | "NotContainsRegex" | "EqualsRegex" | "NotEqualsRegex" => {
            Box::new(|_| Err(Fault::exception("java.lang.RuntimeException", "unknown comparison type")))
        }
        other => return Err(no_constant("ComparisonType", other)),
    })
}

fn occurs_at(bytes: &[u8], value: &[u8], position: i32) -> Result<bool, Fault> {
    let Ok(at) = usize::try_from(position) else {
        let fits = !value.is_empty() && i64::from(position) + value.len() as i64 <= bytes.len() as i64;
        let out_of_bounds = "java.lang.ArrayIndexOutOfBoundsException";
        let message = format!("Index {position} out of bounds for length {}", bytes.len());
        return if fits { Err(Fault::exception(out_of_bounds, message)) } else { Ok(false) };
    };
    Ok(!value.is_empty() && bytes.get(at..).is_some_and(|rest| rest.starts_with(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comparison: &str, value: &[u8], position: Option<i32>, discarded: &[&[u8]], shown: &[&[u8]]) {
        let test = test(comparison, value.to_vec(), position).unwrap();
        for (frames, expected) in [(discarded, true), (shown, false)] {
            for bytes in frames {
                assert_eq!(test(bytes), Ok(expected), "{comparison} {value:?}: {bytes:?}");
            }
        }
    }

    #[test]
    fn comparisons_discard_what_they_name() {
        check("IsPlain", &[], None, &[&[], &[1]], &[]);
        check("Contains", &[2], None, &[&[1, 2]], &[&[1]]);
        check("Contains", &[2], Some(1), &[&[1, 2]], &[&[2, 1], &[1]]);
        check("NotContains", &[2], Some(1), &[&[2, 1], &[]], &[&[1, 2]]);
        check("Equals", &[1], None, &[&[1]], &[&[1, 1]]);
        check("NotEquals", &[1], None, &[&[1, 1]], &[&[1]]);
        check("StartsWith", &[1], None, &[&[1, 2]], &[&[2, 1]]);
        check("NotStartsWith", &[1], None, &[&[2, 1]], &[&[1, 2]]);
        check("EndsWith", &[1], None, &[&[2, 1]], &[&[1, 2]]);
        check("NotEndsWith", &[1], None, &[&[1, 2]], &[&[2, 1]]);
    }

    #[test]
    fn no_value_is_at_the_start_and_the_end_of_everything() {
        check("StartsWith", &[], None, &[&[], &[1]], &[]);
        check("EndsWith", &[], None, &[&[], &[1]], &[]);
        check("Contains", &[], None, &[], &[&[], &[1]]);
        check("Equals", &[], None, &[&[]], &[&[1]]);
    }

    #[test]
    fn what_is_no_comparison() {
        let regex = test("EqualsRegex", vec![1], None).unwrap();
        assert_eq!(regex(&[1]).unwrap_err().to_string(), "java.lang.RuntimeException: unknown comparison type");
        assert!(test("Like", vec![1], None).is_err());
    }
}
