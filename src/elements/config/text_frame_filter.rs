//! WebSocket Text Frame Filter of Peter Doornbosch's plugin: discards texts by what they say.

use std::sync::Arc;

use crate::elements::samplers::websocket::{FilterRule, FilteredFrame, FrameFilter, FrameTest, no_constant};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};
use crate::query::regex::{Dialect, compiled};

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.wssampler.TextFrameFilter", "WebSocket Text Frame Filter", |fields| {
        let rule = TextFrameFilter {
            comparison_type: fields.text("comparisonType", "IsPlain"),
            match_value: fields.text("matchValue", ""),
        };
        Element::config(FrameFilter::new(Label::new(fields.name()), rule))
    });

struct TextFrameFilter {
    comparison_type: Prop<String>,
    match_value: Prop<String>,
}

impl FilterRule for TextFrameFilter {
    fn get(&self, vu: &mut VirtualUser) -> Result<FrameTest, Fault> {
        let value = self.match_value.text(vu)?.into_owned();
        let test = test(&self.comparison_type.text(vu)?, value)?;
        let discards = move |frame: FilteredFrame<'_>| Ok(matches!(frame, FilteredFrame::Text(text) if test(text)));
        Ok(FrameTest { discards: Arc::new(discards), replies: false })
    }
}

type Test = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// The test that a comparison stands for.
fn test(comparison: &str, value: String) -> Result<Test, Fault> {
    let regex = || {
        let syntax_error = |error: crate::query::regex::SyntaxError| {
            Fault::exception("java.util.regex.PatternSyntaxException", error.to_string())
        };
        compiled(&value, Dialect::Java).map_err(syntax_error)
    };
    Ok(match comparison {
        "IsPlain" => Box::new(|_| true),
        "Contains" => Box::new(move |text| text.contains(&value)),
        "NotContains" => Box::new(move |text| !text.contains(&value)),
        "Equals" => Box::new(move |text| text == value),
        "NotEquals" => Box::new(move |text| text != value),
        "StartsWith" => Box::new(move |text| text.starts_with(&value)),
        "NotStartsWith" => Box::new(move |text| !text.starts_with(&value)),
        "EndsWith" => Box::new(move |text| text.ends_with(&value)),
        "NotEndsWith" => Box::new(move |text| !text.ends_with(&value)),
        "ContainsRegex" => {
            let regex = regex()?;
            Box::new(move |text| regex.is_in(text))
        }
        "NotContainsRegex" => {
            let regex = regex()?;
            Box::new(move |text| !regex.is_in(text))
        }
        "EqualsRegex" => {
            let regex = regex()?;
            Box::new(move |text| regex.is_whole(text))
        }
        "NotEqualsRegex" => {
            let regex = regex()?;
            Box::new(move |text| !regex.is_whole(text))
        }
        other => return Err(no_constant("ComparisonType", other)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comparison: &str, value: &str, discarded: &[&str], shown: &[&str]) {
        let test = test(comparison, value.to_owned()).unwrap();
        for (texts, expected) in [(discarded, true), (shown, false)] {
            for text in texts {
                assert_eq!(test(text), expected, "{comparison} {value}: {text}");
            }
        }
    }

    #[test]
    fn comparisons_discard_what_they_name() {
        check("IsPlain", "x", &["", "x"], &[]);
        check("Contains", "oi", &["noise"], &["signal"]);
        check("NotContains", "oi", &["signal"], &["noise"]);
        check("Equals", "a", &["a"], &["ab"]);
        check("NotEquals", "a", &["ab"], &["a"]);
        check("StartsWith", "a", &["ab"], &["ba"]);
        check("NotStartsWith", "a", &["ba"], &["ab"]);
        check("EndsWith", "a", &["ba"], &["ab"]);
        check("NotEndsWith", "a", &["ab"], &["ba"]);
        check("ContainsRegex", r"e \d", &["noise 1"], &["noise"]);
        check("NotContainsRegex", "sig.al", &["noise"], &["a signal"]);
        check("EqualsRegex", "noise .*", &["noise 1"], &["a noise 1"]);
        check("NotEqualsRegex", "s.*", &["noise"], &["signal"]);
    }

    #[test]
    fn what_is_no_comparison() {
        let fault = |comparison, value: &str| test(comparison, value.to_owned()).err().unwrap().to_string();
        let unclosed = "java.util.regex.PatternSyntaxException: Unclosed group near index 1\n(";
        assert_eq!(fault("ContainsRegex", "("), unclosed);
        let unknown =
            "java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.ComparisonType.Like";
        assert_eq!(fault("Like", ""), unknown);
    }
}
