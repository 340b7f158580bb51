//! `Arguments`, `Argument` and `HTTPArgument`: the parameters of requests as scripts change them.

use std::sync::Arc;

use parking_lot::Mutex;

use super::variables::user;
use crate::model::{Parameter, Prop, VirtualUser};
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Map;
use crate::script::{HostObject, Machine, Outcome, Thrown, Value, ok};

/// What stands in place of the parameters of the current sampler when it is overridden: a `Vec<Parameter>`.
pub const PARAMETERS: &str = "HTTPsampler.Arguments";

/// `org.apache.jmeter.config.Arguments`.
pub static ARGUMENTS: Static = Static::new(|| {
    Class::new("org.apache.jmeter.config.Arguments").constructors(LIST_CONSTRUCTORS).methods(LIST_METHODS)
});
/// `org.apache.jmeter.config.Argument`.
pub static ARGUMENT: Static = Static::new(|| {
    Class::new("org.apache.jmeter.config.Argument").constructors(ARGUMENT_CONSTRUCTORS).methods(METHODS)
});
/// `org.apache.jmeter.protocol.http.util.HTTPArgument`.
pub static HTTP_ARGUMENT: Static = Static::new(|| {
    Class::new("org.apache.jmeter.protocol.http.util.HTTPArgument")
        .extends(&[&ARGUMENT])
        .constructors(HTTP_CONSTRUCTORS)
        .methods(HTTP_METHODS)
});

/// A list of arguments: one of its own, or that of the current sampler, which it then changes.
struct Arguments {
    list: Mutex<Vec<Parameter>>,
    is_sampler: bool,
}

impl HostObject for Arguments {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&ARGUMENTS)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        Some(Ok(self.list.lock().iter().map(|parameter| argument(parameter.clone())).collect()))
    }
}

/// The object of a list.
#[must_use]
pub fn of(list: Vec<Parameter>, is_sampler: bool) -> Value {
    Value::object(Arguments { list: Mutex::new(list), is_sampler })
}

/// The list in an object.
#[must_use]
pub fn list(value: &Value) -> Option<Vec<Parameter>> {
    value.downcast::<Arguments>().map(|arguments| arguments.list.lock().clone())
}

struct Argument {
    parameter: Mutex<Parameter>,
    is_http: bool,
}

impl HostObject for Argument {
    fn class(&self) -> ClassRef {
        ClassRef::Java(if self.is_http { &HTTP_ARGUMENT } else { &ARGUMENT })
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        let parameter = self.parameter.lock().clone();
        let vu = user(machine);
        let (name, metadata, value) =
            (now(&parameter.name, vu)?, now(&parameter.metadata, vu)?, now(&parameter.value, vu)?);
        Ok(Some(format!("{name}{metadata}{value}")))
    }
}

fn argument(parameter: Parameter) -> Value {
    Value::object(Argument { parameter: Mutex::new(parameter), is_http: true })
}

fn now(prop: &Prop<String>, vu: &mut VirtualUser) -> Outcome<String> {
    let text = prop.text(vu).map(std::borrow::Cow::into_owned);
    text.map_err(|fault| Thrown::new("java.lang.RuntimeException", fault.to_string()))
}

const LIST_CONSTRUCTORS: &[Row] = &[new("", |_| ok(of(Vec::new(), false)))];

const LIST_METHODS: &[Row] = &[
    row("getArgumentCount", "", |c| ok(own(c)?.list.lock().len() as i32)),
    row("getArgument", "int", |c| {
        let list = own(c)?.list.lock().clone();
        let at = usize::try_from(c.int(0)).unwrap_or(usize::MAX);
        ok(list.get(at).cloned().map(argument))
    }),
    row("getArgument", "String", |c| {
        let at = position(c)?;
        ok(at.map(|at| own(c).map(|own| argument(own.list.lock()[at].clone()))).transpose()?)
    }),
    row("addArgument", "String, String", |c| add(c, "")),
    row("addArgument", "String, String, String", |c| {
        let metadata = c.text_or_null(2).cloned().unwrap_or_default();
        add(c, &metadata)
    }),
    row("addArgument", "Argument", |c| {
        let parameter = c.arg_as::<Argument>(0)?.parameter.lock().clone();
        change(c, |list| list.push(parameter))
    }),
    row("removeArgument", "String", |c| {
        let Some(at) = position(c)? else { return Ok(Value::Null) };
        change(c, |list| drop(list.remove(at)))
    }),
    row("removeArgument", "int", |c| {
        let at = usize::try_from(c.int(0)).unwrap_or(usize::MAX);
        change(c, |list| {
            if at < list.len() {
                list.remove(at);
            }
        })
    }),
    row("removeAllArguments", "", |c| change(c, Vec::clear)),
    row("clear", "", |c| change(c, Vec::clear)),
    row("getArgumentsAsMap", "", |c| {
        let list = own(c)?.list.lock().clone();
        let mut pairs = Vec::with_capacity(list.len());
        for parameter in list {
            let vu = user(c.machine);
            pairs.push((now(&parameter.name, vu)?.into(), now(&parameter.value, vu)?.into()));
        }
        ok(Value::Map(Arc::new(Map::with(pairs))))
    }),
];

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Arguments> {
    c.this_as::<Arguments>()
}

/// Where the argument with the name in the first argument is.
fn position(c: &mut Call<'_, '_>) -> Outcome<Option<usize>> {
    let wanted = c.text_or_null(0).cloned().unwrap_or_default();
    let list = own(c)?.list.lock().clone();
    for (at, parameter) in list.iter().enumerate() {
        if now(&parameter.name, user(c.machine))? == *wanted {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn add(c: &mut Call<'_, '_>, metadata: &str) -> Outcome {
    let name = c.text_or_null(0).cloned().unwrap_or_default();
    let value = c.text_or_null(1).cloned().unwrap_or_default();
    let mut parameter = Parameter::new(&*name, &*value, true);
    parameter.metadata = Prop::fixed("Argument.metadata", metadata.to_owned());
    change(c, |list| list.push(parameter))
}

fn change(c: &mut Call<'_, '_>, work: impl FnOnce(&mut Vec<Parameter>)) -> Outcome {
    let own = own(c)?;
    let mut list = own.list.lock();
    work(&mut list);
    if own.is_sampler {
        user(c.machine).overrides.set_list(PARAMETERS, list.clone());
    }
    Ok(Value::Null)
}

const ARGUMENT_CONSTRUCTORS: &[Row] = &[
    new("", |_| made("", "", "", false, true)),
    new("String, String", |c| made(text(c, 0), text(c, 1), "", false, true)),
    new("String, String, String", |c| made(text(c, 0), text(c, 1), text(c, 2), false, true)),
];

const HTTP_CONSTRUCTORS: &[Row] = &[
    new("", |_| made("", "", "=", true, true)),
    new("String, String", |c| made(text(c, 0), text(c, 1), "=", true, true)),
    new("String, String, boolean", |c| made(text(c, 0), text(c, 1), "=", true, !c.bool(2))),
    new("String, String, String", |c| made(text(c, 0), text(c, 1), text(c, 2), true, true)),
    new("String, String, String, boolean", |c| made(text(c, 0), text(c, 1), text(c, 2), true, !c.bool(3))),
];

fn text<'c>(c: &Call<'c, '_>, at: usize) -> &'c str {
    c.text_or_null(at).map_or("", |text| text)
}

fn made(name: &str, value: &str, metadata: &str, is_http: bool, encodes: bool) -> Outcome {
    let mut parameter = Parameter::new(name, value, encodes);
    parameter.metadata = Prop::fixed("Argument.metadata", metadata.to_owned());
    ok(Value::object(Argument { parameter: Mutex::new(parameter), is_http }))
}

const METHODS: &[Row] = &[
    row("getName", "", |c| read(c, |own| own.name.clone())),
    row("setName", "String", |c| write(c, |own, text| own.name = Prop::fixed("Argument.name", text))),
    row("getValue", "", |c| read(c, |own| own.value.clone())),
    row("setValue", "String", |c| write(c, |own, text| own.value = Prop::fixed("Argument.value", text))),
    row("getMetaData", "", |c| read(c, |own| own.metadata.clone())),
    row("setMetaData", "String", |c| write(c, |own, text| own.metadata = Prop::fixed("Argument.metadata", text))),
];

const HTTP_METHODS: &[Row] = &[
    row("getEncodedValue", "", |c| read(c, |own| own.value.clone())),
    row("getContentType", "", |c| read(c, |own| own.content_type.clone())),
    row("setAlwaysEncoded", "boolean", |c| {
        let encodes = c.bool(0);
        c.this_as::<Argument>()?.parameter.lock().always_encode = Prop::fixed("HTTPArgument.always_encode", encodes);
        Ok(Value::Null)
    }),
    row("isAlwaysEncoded", "", |c| {
        let prop = c.this_as::<Argument>()?.parameter.lock().always_encode.clone();
        ok(prop.get(user(c.machine)).unwrap_or(false))
    }),
];

fn read(c: &mut Call<'_, '_>, field: impl FnOnce(&Parameter) -> Prop<String>) -> Outcome {
    let prop = field(&c.this_as::<Argument>()?.parameter.lock());
    ok(now(&prop, user(c.machine))?)
}

fn write(c: &mut Call<'_, '_>, field: impl FnOnce(&mut Parameter, String)) -> Outcome {
    let value = text(c, 0).to_owned();
    field(&mut c.this_as::<Argument>()?.parameter.lock(), value);
    Ok(Value::Null)
}
