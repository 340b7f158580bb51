//! Compare Assertion: the samples of one turn of the controller around have to be alike, each like the one before.
//!
//! Once two differ, all later samples of the turn fail, too. What differs stands in the result of the assertion, in XML
//! results files.

use super::Assertion;
use crate::elements::pattern_prop::PatternProp;
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{AssertionResult, Compared, Fault, Fields, Label, Local, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("CompareAssertion", "Compare Assertion", load);

struct CompareAssertion {
    name: Label,
    compare_content: Prop<bool>,
    compare_time: Prop<i64>,
    substitutions: Vec<(PatternProp, Prop<String>)>,
    encoding: std::sync::Arc<str>,
    turn: Local<Turn>,
}

fn load(fields: &Fields<'_>) -> Element {
    let substitutions = fields.items("stringsToSkip");
    let substitutions =
        substitutions.iter().map(|row| (PatternProp::new(row.text("regex", ""), row), row.text("substitute", "")));
    Element::assertion_with_hooks(CompareAssertion {
        name: Label::new(fields.name()),
        compare_content: fields.prop("compareContent", false),
        compare_time: fields.prop("compareTime", 0),
        substitutions: substitutions.collect(),
        encoding: fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8"),
        turn: fields.local(),
    })
}

/// What is known of a turn.
#[derive(Default)]
struct Turn {
    last: Option<Seen>,
    /// The first two that differ in what they hold.
    content: Option<(String, String)>,
    /// The first two that differ in how long they took.
    time: Option<(String, String)>,
}

struct Seen {
    /// What was asked, for the message.
    request: String,
    content: String,
    time: i64,
}

impl Hooks for CompareAssertion {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        *vu.local(&self.turn) = Turn::default();
        Ok(())
    }
}

impl Assertion for CompareAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name(vu);
        let content = self.filtered(result.response_text(&self.encoding).into_owned(), vu)?;
        let (compares_content, most) = (self.compare_content.get(vu)?, self.compare_time.get(vu)?);
        let seen = Seen { request: request(result), content, time: result.elapsed() };
        let turn = vu.local(&self.turn);
        let Some(last) = turn.last.replace(seen) else { return Ok(AssertionResult::passed(name)) };
        let Some(seen) = &turn.last else { return Ok(AssertionResult::passed(name)) };
        if turn.content.is_none() && last.content != seen.content {
            let text = |seen: &Seen| format!("{}{}", seen.request, seen.content);
            turn.content = Some((text(&last), text(seen)));
        }
        if turn.time.is_none() && most >= 0 && (last.time - seen.time).abs() > most {
            let text = |seen: &Seen| format!("{}Response Time: {}", seen.request, seen.time);
            turn.time = Some((text(&last), text(seen)));
        }
        let mut judgement = AssertionResult::passed(name);
        let mut compared = Compared::default();
        if let Some(texts) = turn.content.as_ref().filter(|_| compares_content) {
            judgement.fail("Responses differ in content".into(), &mut compared, texts);
        }
        if let Some(texts) = &turn.time {
            judgement.fail(format!("Responses differ in response time by more than {most} ms"), &mut compared, texts);
        }
        judgement.compared = Some(Box::new(compared));
        Ok(judgement)
    }
}

impl AssertionResult {
    fn fail(&mut self, message: String, compared: &mut Compared, (base, secondary): &(String, String)) {
        self.failure = true;
        self.message = Some(message);
        compared.base.push_str(base);
        compared.secondary.push_str(secondary);
    }
}

impl CompareAssertion {
    /// A response with what need not be alike replaced.
    fn filtered(&self, mut text: String, vu: &mut VirtualUser) -> Result<String, Fault> {
        for (pattern, substitute) in &self.substitutions {
            let pattern = pattern.get(vu)?;
            let pattern = pattern.map_err(|error| Fault::exception(error.java_class(), error.to_string()))?;
            let substitute = substitute.text(vu)?;
            let mut replaced = String::with_capacity(text.len());
            let mut end = 0;
            for found in pattern.matches(&text) {
                let range = found.range();
                replaced.push_str(&text[end..range.start]);
                replaced.push_str(&substitute);
                end = range.end;
            }
            replaced.push_str(&text[end..]);
            text = replaced;
        }
        Ok(text)
    }
}

/// What was asked, as the message shows it.
fn request(result: &SampleResult) -> String {
    format!("{}\n{}\n\n", result.request_text().unwrap_or_default().trim(), result.request_headers)
}
