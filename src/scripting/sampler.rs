//! `sampler`: the current sampler, whose properties scripts read and change for one sample.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::variables::user;
use crate::model::{PlannedSampler, Template, VirtualUser};
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, row};
use crate::script::{HostObject, Machine, Outcome, Thrown, Value, ok};

/// The property that holds a name.
const NAME: &str = "TestElement.name";

/// A sampler of the plan.
pub struct Sampler(pub Arc<PlannedSampler>);

impl HostObject for Sampler {
    fn class(&self) -> ClassRef {
        ClassRef::Java(class_of(&self.0.class))
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        property(&self.0, NAME, user(machine)).map(|name| name.map(|name| name.to_string()))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| Arc::ptr_eq(&self.0, &other.0))
    }
}

static CLASSES: LazyLock<Mutex<FxHashMap<String, &'static Class>>> = LazyLock::new(Mutex::default);

/// The class of samplers that a plan calls so.
fn class_of(name: &str) -> &'static Class {
    if let Some(known) = CLASSES.lock().get(name) {
        return known;
    }
    let package = match name {
        _ if name.starts_with("HTTPSampler") => "org.apache.jmeter.protocol.http.sampler",
        "JSR223Sampler" | "BeanShellSampler" | "BSFSampler" | "JavaSampler" => {
            "org.apache.jmeter.protocol.java.sampler"
        }
        _ => "org.apache.jmeter.sampler",
    };
    // Made once and kept for ever, as all classes are.
    let full: &'static str = Box::leak(format!("{package}.{name}").into_boxed_str());
    let class = Class::new(full).methods(METHODS);
    let class = if name.starts_with("HTTPSampler") { class.also(super::http_sampler::METHODS) } else { class };
    let class: &'static Class = Box::leak(Box::new(class));
    CLASSES.lock().insert(name.to_owned(), class);
    class
}

/// The sampler whose turn it is.
#[must_use]
pub fn current(vu: &mut VirtualUser) -> Value {
    vu.sampler.clone().map_or(Value::Null, |planned| Value::object(Sampler(planned)))
}

/// The sampler before it.
#[must_use]
pub fn previous(vu: &mut VirtualUser) -> Value {
    vu.previous_sampler.clone().map_or(Value::Null, |planned| Value::object(Sampler(planned)))
}

/// The text of a property now; `None` when there is none of that name.
///
/// # Errors
/// When a function in it fails.
pub fn property(planned: &Arc<PlannedSampler>, name: &str, vu: &mut VirtualUser) -> Outcome<Option<Arc<str>>> {
    let is_current = vu.sampler.as_ref().is_some_and(|current| Arc::ptr_eq(current, planned));
    if is_current && let Some(text) = vu.overrides.text(name) {
        return Ok(Some(text.into()));
    }
    let text = if name == NAME { Some(planned.name.as_str()) } else { planned.text(name) };
    text.map(|text| evaluated(text, vu)).transpose()
}

/// A text of the plan with its references evaluated.
///
/// # Errors
/// When a function in it fails.
pub fn evaluated(text: &str, vu: &mut VirtualUser) -> Outcome<Arc<str>> {
    if !text.contains("${") {
        return Ok(text.into());
    }
    let run = vu.run.clone();
    match Template::parse(text, &run.functions, vu, &mut Vec::new()) {
        Ok(template) => {
            let text = vu.forgetting(|vu| template.eval(vu).map(Cow::into_owned));
            text.map(Into::into).map_err(|fault| Thrown::new("java.lang.RuntimeException", fault.to_string()))
        }
        Err(_) => Ok(text.into()),
    }
}

/// The text of a property of the sampler that a method is called on.
pub(super) fn own(c: &mut Call<'_, '_>, name: &str) -> Outcome<Option<Arc<str>>> {
    let planned = c.this_as::<Sampler>()?.0.clone();
    property(&planned, name, user(c.machine))
}

/// Changes a property for this sample.
pub(super) fn set(c: &mut Call<'_, '_>, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Outcome {
    user(c.machine).overrides.set_text(name, value);
    Ok(Value::Null)
}

/// Changes a property to the first argument; `null` empties it.
pub(super) fn set_to_argument(c: &mut Call<'_, '_>, name: &'static str) -> Outcome {
    let value = c.text_or_null(0).map(ToString::to_string);
    set(c, name, value.unwrap_or_default())
}

/// What every sampler has.
const METHODS: &[Row] = &[
    row("getName", "", |c| ok(own(c, NAME)?)),
    row("setName", "String", |c| set_to_argument(c, NAME)),
    row("getComment", "", |c| ok(own(c, "TestPlan.comments")?.unwrap_or_default())),
    row("isEnabled", "", |_| ok(true)),
    row("setEnabled", "boolean", |_| Ok(Value::Null)),
    row("getThreadName", "", |c| ok(user(c.machine).thread_name.clone())),
    row("getPropertyAsString", "String, String?", |c| {
        let found = own(c, &c.text(0)?.clone())?;
        ok(found.or_else(|| c.text_or_null(1).cloned()).unwrap_or_default())
    }),
    row("getPropertyAsInt", "String, int?", |c| {
        let found = own(c, &c.text(0)?.clone())?;
        ok(found.and_then(|text| text.parse::<i32>().ok()).unwrap_or_else(|| c.int_or(1, 0)))
    }),
    row("getPropertyAsLong", "String, long?", |c| {
        let found = own(c, &c.text(0)?.clone())?;
        ok(found.and_then(|text| text.parse::<i64>().ok()).unwrap_or_else(|| c.long(1)))
    }),
    row("getPropertyAsBoolean", "String, boolean?", |c| {
        let found = own(c, &c.text(0)?.clone())?;
        ok(found.map_or_else(|| c.bool(1), |text| text.eq_ignore_ascii_case("true")))
    }),
    row("setProperty", "String, Object", |c| {
        let (name, value) = (c.text(0)?.to_string(), c.text_of(1)?);
        set(c, name, &*value)
    }),
    row("removeProperty", "String", |c| {
        let name = c.text(0)?.to_string();
        set(c, name, "")
    }),
];
