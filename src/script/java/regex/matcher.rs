//! `java.util.regex.Pattern` and `Matcher`.

use std::sync::Arc;

use parking_lot::Mutex;

use super::dialect::Flags;
use super::expression::{Expression, Groups, after, expression, expression_with};
use super::replacement::Replacement;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::java::string::texts;
use crate::script::java::text;
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.util.regex.Pattern`.
pub static PATTERN: Static = Static::new(|| {
    Class::new("java.util.regex.Pattern").statics(PATTERN_STATICS).methods(PATTERN_METHODS).constants(CONSTANTS)
});
/// `java.util.regex.MatchResult`.
pub static MATCH_RESULT: Static =
    Static::new(|| Class::interface("java.util.regex.MatchResult").methods(RESULT_METHODS));
/// `java.util.regex.Matcher`.
pub static MATCHER: Static = Static::new(|| {
    Class::new("java.util.regex.Matcher").extends(&[&MATCH_RESULT]).statics(MATCHER_STATICS).methods(MATCHER_METHODS)
});

const CONSTANTS: &[Constant] = &[
    ("UNIX_LINES", || Value::Int(Flags::UNIX_LINES)),
    ("CASE_INSENSITIVE", || Value::Int(Flags::CASE_INSENSITIVE)),
    ("COMMENTS", || Value::Int(Flags::COMMENTS)),
    ("MULTILINE", || Value::Int(Flags::MULTILINE)),
    ("LITERAL", || Value::Int(Flags::LITERAL)),
    ("DOTALL", || Value::Int(Flags::DOTALL)),
    ("UNICODE_CASE", || Value::Int(64)),
    ("CANON_EQ", || Value::Int(128)),
    ("UNICODE_CHARACTER_CLASS", || Value::Int(256)),
];

const PATTERN_STATICS: &[Row] = &[
    row("compile", "String, int?", |c| ok(Value::object(Pattern(expression_with(c.text(0)?, Flags(c.int_or(1, 0)))?)))),
    row("matches", "String, CharSequence", |c| ok(expression(c.text(0)?)?.matches(c.text(1)?)?)),
    row("quote", "String", |c| ok(format!("\\Q{}\\E", c.text(0)?.replace("\\E", "\\E\\\\E\\Q")))),
];

const PATTERN_METHODS: &[Row] = &[
    row("matcher", "CharSequence", |c| {
        ok(Value::object(Matcher::new(c.this_as::<Pattern>()?.0.clone(), c.text(0)?.clone())))
    }),
    row("pattern", "", |c| ok(c.this_as::<Pattern>()?.0.text.clone())),
    row("flags", "", |c| ok(c.this_as::<Pattern>()?.0.flags.0)),
    row("split", "CharSequence, int?", |c| ok(texts(c.this_as::<Pattern>()?.0.split(c.text(0)?, c.int_or(1, 0))?))),
    row("splitAsStream", "CharSequence", |c| {
        let parts = c.this_as::<Pattern>()?.0.split(c.text(0)?, 0)?;
        ok(crate::script::java::stream::of(parts.into_iter().map(Value::from).collect()))
    }),
    row("asPredicate", "", |c| ok(Value::Closure(Arc::new(Finds(c.this_as::<Pattern>()?.0.clone()))))),
];

const RESULT_METHODS: &[Row] = &[
    row("group", "", |c| group(c, 0)),
    row("group", "int", |c| {
        let at = c.int(0);
        group(c, usize::try_from(at).map_err(|_| no_group(at))?)
    }),
    row("group", "String", |c| {
        let at = named(c)?;
        group(c, at)
    }),
    row("groupCount", "", |c| ok(c.this_as::<Matcher>()?.expression.group_count() as i32)),
    row("start", "int?", |c| place(c, |(start, _)| start)),
    row("end", "int?", |c| place(c, |(_, end)| end)),
];

const MATCHER_STATICS: &[Row] =
    &[row("quoteReplacement", "String", |c| ok(c.text(0)?.replace('\\', "\\\\").replace('$', "\\$")))];

const MATCHER_METHODS: &[Row] = &[
    row("find", "", |c| ok(c.this_as::<Matcher>()?.find_next()?)),
    row("find", "int", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let subject = matcher.text();
        match text::byte_at(&subject, c.int(0).max(0) as usize) {
            Some(from) if c.int(0) >= 0 => ok(matcher.find_from(from)?),
            _ => Err(Thrown::new("java.lang.IndexOutOfBoundsException", "Illegal start index")),
        }
    }),
    row("matches", "", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let found = matcher.expression.find_whole(&matcher.text())?;
        ok(matcher.set(found))
    }),
    row("lookingAt", "", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let found = matcher.expression.find_prefix(&matcher.text())?;
        ok(matcher.set(found))
    }),
    row("hitEnd", "", |c| ok(c.this_as::<Matcher>()?.state.lock().groups.is_none())),
    row("reset", "", |c| {
        c.this_as::<Matcher>()?.reset(None);
        c.this_again()
    }),
    row("reset", "CharSequence", |c| {
        c.this_as::<Matcher>()?.reset(Some(c.text(0)?.clone()));
        c.this_again()
    }),
    row("replaceAll", "String", |c| {
        let matcher = c.this_as::<Matcher>()?;
        matcher.reset(None);
        ok(matcher.expression.replace_all(&matcher.text(), &Replacement::parse(c.text(0)?)?)?)
    }),
    row("replaceFirst", "String", |c| {
        let matcher = c.this_as::<Matcher>()?;
        matcher.reset(None);
        ok(matcher.expression.replace_first(&matcher.text(), &Replacement::parse(c.text(0)?)?)?)
    }),
    row("replaceAll", "Function", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let subject = matcher.text();
        let (mut out, mut done) = (String::new(), 0);
        for groups in matcher.expression.find_all(&subject)? {
            let (start, end) = groups[0].unwrap_or_default();
            out.push_str(&subject[done..start]);
            let found = Matcher::new(matcher.expression.clone(), subject.clone());
            found.set(Some(groups.clone()));
            let by = c.invoke(0, &[Value::object(found)])?;
            let by = c.machine.text(&by)?;
            Replacement::parse(&by)?.write(&matcher.expression, &subject, &groups, &mut out)?;
            done = end;
        }
        out.push_str(&subject[done..]);
        ok(out)
    }),
    row("appendReplacement", "Object, String", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let subject = matcher.text();
        let mut out = String::new();
        {
            let mut state = matcher.state.lock();
            let groups = state.groups.clone().ok_or_else(no_match)?;
            let (start, end) = groups[0].unwrap_or_default();
            out.push_str(&subject[state.appended..start]);
            Replacement::parse(c.text(1)?)?.write(&matcher.expression, &subject, &groups, &mut out)?;
            state.appended = end;
        }
        c.machine.invoke(c.arg(0), "append", &[out.into()])?;
        c.this_again()
    }),
    row("appendTail", "Object", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let tail = matcher.text()[matcher.state.lock().appended..].to_owned();
        c.machine.invoke(c.arg(0), "append", &[tail.into()])
    }),
    row("pattern", "", |c| ok(Value::object(Pattern(c.this_as::<Matcher>()?.expression.clone())))),
    row("toMatchResult", "", |c| ok(Value::object(c.this_as::<Matcher>()?.copy()))),
    row("results", "", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let subject = matcher.text();
        let result = |groups| {
            let found = Matcher::new(matcher.expression.clone(), subject.clone());
            found.set(Some(groups));
            Value::object(found)
        };
        let all = matcher.expression.find_all(&subject)?.into_iter().map(result).collect();
        ok(crate::script::java::stream::of(all))
    }),
    row("region", "int, int", |c| {
        let matcher = c.this_as::<Matcher>()?;
        let part = crate::script::java::string::substring(&matcher.text(), c.int(0), c.int(1))?;
        matcher.reset(Some(part.into()));
        c.this_again()
    }),
];

/// `java.util.regex.Pattern`.
pub struct Pattern(pub Arc<Expression>);

impl HostObject for Pattern {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&PATTERN)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.0.text.to_string())
    }
}

/// `Pattern.asPredicate()`.
struct Finds(Arc<Expression>);

impl crate::script::value::Callable for Finds {
    fn call(&self, machine: &mut crate::script::machine::Machine<'_>, args: &[Value]) -> Outcome {
        let subject = machine.text(args.first().unwrap_or(&Value::Null))?;
        ok(self.0.find(&subject, 0)?.is_some())
    }

    fn arity(&self) -> usize {
        1
    }

    fn class(&self) -> ClassRef {
        ClassRef::Java(&crate::script::java::function::PREDICATE)
    }
}

/// `java.util.regex.Matcher`.
pub struct Matcher {
    /// The pattern.
    pub expression: Arc<Expression>,
    state: Mutex<State>,
}

struct State {
    text: Arc<str>,
    groups: Option<Groups>,
    /// Whether the last search failed, which Java's message tells from no search at all.
    has_searched: bool,
    next: Option<usize>,
    appended: usize,
}

impl HostObject for Matcher {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MATCHER)
    }

    fn plain_text(&self) -> Option<String> {
        let state = self.state.lock();
        let last =
            state.groups.as_ref().and_then(|groups| groups[0]).map_or("", |(start, end)| &state.text[start..end]);
        Some(format!(
            "java.util.regex.Matcher[pattern={} region=0,{} lastmatch={last}]",
            self.expression.text,
            text::length(&state.text)
        ))
    }
}

impl Matcher {
    /// A matcher that has not looked yet.
    #[must_use]
    pub fn new(expression: Arc<Expression>, text: Arc<str>) -> Self {
        let state = State { text, groups: None, has_searched: false, next: Some(0), appended: 0 };
        Self { expression, state: Mutex::new(state) }
    }

    fn copy(&self) -> Self {
        let copy = Self::new(self.expression.clone(), self.text());
        copy.set(self.groups());
        copy
    }

    /// The text that it looks into.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        self.state.lock().text.clone()
    }

    /// The groups of the last match.
    #[must_use]
    pub fn groups(&self) -> Option<Groups> {
        self.state.lock().groups.clone()
    }

    /// Begins again, perhaps with another text.
    pub fn reset(&self, text: Option<Arc<str>>) {
        let mut state = self.state.lock();
        let text = text.unwrap_or_else(|| state.text.clone());
        *state = State { text, groups: None, has_searched: false, next: Some(0), appended: 0 };
    }

    fn set(&self, groups: Option<Groups>) -> bool {
        let mut state = self.state.lock();
        state.has_searched = true;
        state.next = match groups.as_ref().and_then(|groups| groups[0]) {
            Some((start, end)) => after(&state.text, start, end),
            None => None,
        };
        state.groups = groups;
        state.groups.is_some()
    }

    /// `find()`.
    ///
    /// # Errors
    /// `StackOverflowError`.
    pub fn find_next(&self) -> Outcome<bool> {
        let next = self.state.lock().next;
        match next {
            Some(from) => self.find_from(from),
            None => {
                // After a failed search Java begins again only if told to.
                self.state.lock().groups = None;
                Ok(false)
            }
        }
    }

    fn find_from(&self, from: usize) -> Outcome<bool> {
        let found = self.expression.find(&self.text(), from)?;
        Ok(self.set(found))
    }
}

fn no_match() -> Thrown {
    Thrown::new("java.lang.IllegalStateException", "No match found")
}

fn no_group(at: i32) -> Thrown {
    Thrown::new("java.lang.IndexOutOfBoundsException", format!("No group {at}"))
}

fn named(c: &Call<'_, '_>) -> Outcome<usize> {
    let name = c.text(0)?;
    let named = c.this_as::<Matcher>()?.expression.group_named(name);
    named.ok_or_else(|| illegal_argument(format!("No group with name <{name}>")))
}

fn group(c: &mut Call<'_, '_>, at: usize) -> Outcome {
    let state = c.this_as::<Matcher>()?.state.lock();
    let groups = state.groups.as_ref().ok_or_else(no_match)?;
    match groups.get(at) {
        Some(group) => ok(group.map(|(start, end)| Value::from(&state.text[start..end]))),
        None => Err(no_group(at as i32)),
    }
}

fn place(c: &mut Call<'_, '_>, end: fn((usize, usize)) -> usize) -> Outcome {
    let at = c.int_or(0, 0);
    let state = c.this_as::<Matcher>()?.state.lock();
    let groups =
        state.groups.as_ref().ok_or_else(|| Thrown::new("java.lang.IllegalStateException", "No match available"))?;
    match groups.get(usize::try_from(at).map_err(|_| no_group(at))?) {
        Some(group) => ok(group.map_or(-1, |group| text::unit_index(&state.text, end(group)) as i32)),
        None => Err(no_group(at)),
    }
}
