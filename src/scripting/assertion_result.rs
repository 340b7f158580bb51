//! `AssertionResult`: what an assertion says of a result.

use parking_lot::Mutex;

use crate::model::AssertionResult;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::{HostObject, Outcome, Value, ok};

/// `org.apache.jmeter.assertions.AssertionResult`.
pub static CLASS: Static = Static::new(|| {
    Class::new("org.apache.jmeter.assertions.AssertionResult").constructors(CONSTRUCTORS).methods(METHODS)
});

struct Judgement(Mutex<AssertionResult>);

impl HostObject for Judgement {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.0.lock().name.clone())
    }
}

/// The object of a judgement.
#[must_use]
pub fn object(judgement: AssertionResult) -> Value {
    Value::object(Judgement(Mutex::new(judgement)))
}

/// The judgement in an object.
#[must_use]
pub fn judgement(value: &Value) -> Option<AssertionResult> {
    value.downcast::<Judgement>().map(|own| own.0.lock().clone())
}

const CONSTRUCTORS: &[Row] = &[
    new("", |_| ok(object(AssertionResult::default()))),
    new("String", |c| {
        let name = c.text_or_null(0).map(std::string::ToString::to_string).unwrap_or_default();
        ok(object(AssertionResult::passed(name)))
    }),
];

const METHODS: &[Row] = &[
    row("getName", "", |c| read(c, |own| own.name.clone())),
    row("isFailure", "", |c| read(c, |own| own.failure)),
    row("setFailure", "boolean", |c| change(c, |own| own.failure = c.bool(0))),
    row("isError", "", |c| read(c, |own| own.error)),
    row("setError", "boolean", |c| change(c, |own| own.error = c.bool(0))),
    row("getFailureMessage", "", |c| read(c, |own| own.message.clone())),
    row("setFailureMessage", "String", |c| {
        change(c, |own| own.message = c.text_or_null(0).map(std::string::ToString::to_string))
    }),
    row("setResultForNull", "", |c| {
        change(c, |own| {
            (own.failure, own.error) = (true, false);
            own.message = Some("Response was null".into());
        })
    }),
    row("setResultForFailure", "String", |c| {
        let message = c.text_or_null(0).map(std::string::ToString::to_string);
        change(c, |own| {
            (own.failure, own.error) = (true, false);
            own.message = message;
        })
    }),
];

fn read<T: Into<Value>>(c: &Call<'_, '_>, work: impl FnOnce(&AssertionResult) -> T) -> Outcome {
    ok(work(&c.this_as::<Judgement>()?.0.lock()))
}

fn change(c: &Call<'_, '_>, work: impl FnOnce(&mut AssertionResult)) -> Outcome {
    work(&mut c.this_as::<Judgement>()?.0.lock());
    Ok(Value::Null)
}
