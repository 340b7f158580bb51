//! Regular expressions: matchers, and the methods of texts that take them.

use std::sync::Arc;

use super::super::eval::get_at;
use super::super::format;
use super::super::iterate::{self, arity};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::regex::{Expression, Groups, Matcher, Pattern, Replacement, pattern};
use crate::script::machine::{Machine, Outcome, check_size, ok};
use crate::script::value::Value;

/// A match: its text, or the list of its groups when there are some.
#[must_use]
pub fn found(subject: &str, groups: &Groups) -> Value {
    let text = |at: usize| match groups.get(at).copied().flatten() {
        Some((start, end)) => Value::from(&subject[start..end]),
        None => Value::Null,
    };
    if groups.len() == 1 { text(0) } else { (0..groups.len()).map(text).collect::<Vec<_>>().into() }
}

/// The methods of matchers.
pub const METHODS: &[Row] = &[
    row("getAt", "Number", |c| get_at(c.machine, c.this, c.arg(0))),
    row("size", "", |c| ok(iterate::items(c.machine, c.this)?.len() as i32)),
    row("getCount", "", |c| ok(iterate::items(c.machine, c.this)?.len() as i32)),
    row("hasGroup", "", |c| ok(c.this_as::<Matcher>()?.expression.group_count() > 0)),
    row("toList", "", |c| ok(iterate::items(c.machine, c.this)?)),
];

/// The methods of texts.
pub const TEXT_METHODS: &[Row] = &[
    row("bitwiseNegate", "", |c| ok(Value::object(Pattern(pattern(&c.this_text()?)?)))),
    row("find", "CharSequence", first),
    row("find", "Pattern", first),
    row("find", "CharSequence, Closure", first),
    row("find", "Pattern, Closure", first),
    row("findAll", "CharSequence", all),
    row("findAll", "Pattern", all),
    row("findAll", "CharSequence, Closure", all),
    row("findAll", "Pattern, Closure", all),
    row("eachMatch", "Object, Closure", |c| {
        all(c)?;
        c.this_again()
    }),
    row("matches", "Pattern", |c| ok(c.arg_as::<Pattern>(0)?.0.matches(&c.this_text()?)?)),
    row("replaceAll", "CharSequence, Closure", |c| replaced(c, usize::MAX)),
    row("replaceAll", "Pattern, Closure", |c| replaced(c, usize::MAX)),
    row("replaceFirst", "CharSequence, Closure", |c| replaced(c, 1)),
    row("replaceFirst", "Pattern, Closure", |c| replaced(c, 1)),
    row("replaceAll", "Pattern, CharSequence", |c| {
        let by = Replacement::parse(c.text(1)?)?;
        ok(c.arg_as::<Pattern>(0)?.0.replace_all(&c.this_text()?, &by)?)
    }),
    row("replaceFirst", "Pattern, CharSequence", |c| {
        let by = Replacement::parse(c.text(1)?)?;
        ok(c.arg_as::<Pattern>(0)?.0.replace_first(&c.this_text()?, &by)?)
    }),
    row("replaceAll", "CharSequence, CharSequence", |c| {
        let by = Replacement::parse(c.text(1)?)?;
        ok(pattern(c.text(0)?)?.replace_all(&c.this_text()?, &by)?)
    }),
    row("split", "Pattern", |c| {
        let parts = c.arg_as::<Pattern>(0)?.0.split(&c.this_text()?, 0)?;
        let texts = parts.into_iter().map(Value::from).collect();
        ok(Value::Array(Arc::new(crate::script::collection::Array::texts(texts))))
    }),
    row("isCase", "Object", |c| {
        if c.arg(0).is_null() {
            return ok(false);
        }
        ok(c.this_text()? == c.text_of(0)?)
    }),
];

/// The expression that the first argument is, or is the text of.
fn expression_of(c: &mut Call<'_, '_>) -> Outcome<Arc<Expression>> {
    match c.arg(0).downcast::<Pattern>() {
        Some(pattern) => Ok(pattern.0.clone()),
        None => {
            let text = c.text_of(0)?;
            pattern(&text)
        }
    }
}

/// Calls a closure with a match: its groups as arguments if there are several parameters.
fn call_with_match(machine: &mut Machine<'_>, closure: &Value, subject: &str, groups: &Groups) -> Outcome {
    match found(subject, groups) {
        Value::List(list) if arity(closure) > 1 => machine.call(closure, &list.items()),
        one => machine.call(closure, &[one]),
    }
}

/// The first match; what a closure makes of it if there is one.
fn first(c: &mut Call<'_, '_>) -> Outcome {
    let (subject, expression, closure) = (c.this_text()?, expression_of(c)?, c.arg(1));
    let Some(groups) = expression.find(&subject, 0)? else {
        return if closure.is_null() { Ok(Value::Null) } else { ok("") };
    };
    if closure.is_null() {
        return ok(groups.first().copied().flatten().map(|(start, end)| Value::from(&subject[start..end])));
    }
    call_with_match(c.machine, closure, &subject, &groups)
}

/// All matches; what a closure makes of them if there is one.
fn all(c: &mut Call<'_, '_>) -> Outcome {
    let (subject, expression, closure) = (c.this_text()?, expression_of(c)?, c.arg(1));
    let mut results = Vec::new();
    for groups in expression.find_all(&subject)? {
        results.push(if closure.is_null() {
            groups.first().copied().flatten().map(|(start, end)| Value::from(&subject[start..end])).unwrap_or_default()
        } else {
            call_with_match(c.machine, closure, &subject, &groups)?
        });
    }
    ok(results)
}

fn replaced(c: &mut Call<'_, '_>, most: usize) -> Outcome {
    let (subject, expression) = (c.this_text()?, expression_of(c)?);
    let mut out = String::new();
    let mut at = 0;
    for groups in expression.find_all(&subject)?.iter().take(most) {
        let Some((start, end)) = groups.first().copied().flatten() else { continue };
        out.push_str(&subject[at..start]);
        let new = call_with_match(c.machine, c.arg(1), &subject, groups)?;
        format::write(c.machine, &new, &mut out)?;
        check_size(out.len())?;
        at = end;
    }
    out.push_str(&subject[at..]);
    ok(out)
}
