//! Pre-processors, post-processors and assertions: what they look at, and what becomes of it.

use super::super::facts::Facts;
use super::super::quantity::millis;
use super::samplers::{excerpt, script};
use super::{Row, around, when};

pub(super) const ROWS: &[Row] = &[
    ("SampleTimeout", |facts| vec![millis(&facts.text("InterruptTimer.timeout"))]),
    ("UserParameters", |facts| vec![facts.texts("UserParameters.names").join(", ")]),
    ("JSR223PreProcessor", script),
    ("JSR223PostProcessor", script),
    ("JSR223Assertion", script),
    ("JSR223Listener", script),
    ("JSR223Timer", script),
    ("BeanShellPreProcessor", script),
    ("BeanShellPostProcessor", script),
    ("BeanShellAssertion", script),
    ("BeanShellListener", script),
    ("BeanShellTimer", script),
    ("RegexExtractor", |facts| extractor(facts, "RegexExtractor.regex", "RegexExtractor.refname")),
    ("JSONPostProcessor", |facts| {
        extractor(facts, "JSONPostProcessor.jsonPathExprs", "JSONPostProcessor.referenceNames")
    }),
    ("JMESPathExtractor", |facts| extractor(facts, "JMESExtractor.jmesPathExpr", "JMESExtractor.referenceName")),
    ("XPathExtractor", |facts| extractor(facts, "XPathExtractor.xpathQuery", "XPathExtractor.refname")),
    ("XPath2Extractor", |facts| extractor(facts, "XPathExtractor2.xpathQuery", "XPathExtractor2.refname")),
    ("HtmlExtractor", |facts| extractor(facts, "HtmlExtractor.expr", "HtmlExtractor.refname")),
    ("BoundaryExtractor", |facts| {
        let (left, right) = (facts.raw("BoundaryExtractor.lboundary"), facts.raw("BoundaryExtractor.rboundary"));
        vec![format!("{left} … {right} → ${{{}}}", facts.text("BoundaryExtractor.refname"))]
    }),
    ("ResponseAssertion", response),
    ("DurationAssertion", |facts| vec![format!("at most {}", millis(&facts.text("DurationAssertion.duration")))]),
    ("SizeAssertion", |facts| vec![around("", &facts.text("SizeAssertion.size"), " bytes")]),
    ("JSONPathAssertion", |facts| {
        let expected = when(facts.flag("JSONVALIDATION"), format!("is {}", excerpt(&facts.text("EXPECTED_VALUE"))));
        vec![facts.raw("JSON_PATH"), when(facts.flag("INVERT"), "not"), expected]
    }),
];

fn extractor(facts: &Facts<'_>, expression: &str, name: &str) -> Vec<String> {
    vec![format!("{} → ${{{}}}", excerpt(&facts.raw(expression)), facts.text(name))]
}

fn response(facts: &Facts<'_>) -> Vec<String> {
    const NOT: i64 = 4;
    let kind = facts.whole("Assertion.test_type").unwrap_or(0);
    let verb = match kind & !NOT & 0x1f {
        1 => "matches",
        8 => "equals",
        _ => "contains",
    };
    let field = facts.raw("Assertion.test_field");
    let field = field.strip_prefix("Assertion.").unwrap_or(&field).replace('_', " ");
    let negated = if kind & NOT == 0 { "" } else { "not: " };
    let wanted: Vec<String> = facts.texts("Asserion.test_strings").iter().map(|text| excerpt(text)).collect();
    vec![format!("{negated}{field} {verb} {}", wanted.join(if kind & 32 == 0 { ", " } else { " or " }))]
}
