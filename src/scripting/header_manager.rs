//! `sampler.getHeaderManager()`: the headers of the current request (`HeaderManager`, `Header`).

use parking_lot::Mutex;

use super::sampler::Sampler;
use super::variables::user;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::{HostObject, Machine, Outcome, Thrown, Value, ok};

/// What stands in place of all headers of the current sampler when it is overridden: a `Vec<(String, String)>`.
const HEADERS: &str = "HTTPSampler.header_manager";

/// `org.apache.jmeter.protocol.http.control.HeaderManager`.
pub static MANAGER: Static = Static::new(|| {
    Class::new("org.apache.jmeter.protocol.http.control.HeaderManager").constructors(CONSTRUCTORS).methods(METHODS)
});
/// `org.apache.jmeter.protocol.http.control.Header`.
pub static HEADER: Static = Static::new(|| {
    Class::new("org.apache.jmeter.protocol.http.control.Header")
        .constructors(HEADER_CONSTRUCTORS)
        .methods(HEADER_METHODS)
});

/// Headers of their own, or those of the current sampler, which are then changed with them.
struct Manager {
    headers: Mutex<Vec<(String, String)>>,
    is_sampler: bool,
}

impl HostObject for Manager {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MANAGER)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        let headers = self.headers.lock().clone();
        Some(headers.iter().map(|(name, value)| header(name, value)).collect())
    }
}

fn manager(headers: Vec<(String, String)>, is_sampler: bool) -> Value {
    Value::object(Manager { headers: Mutex::new(headers), is_sampler })
}

struct Header(Mutex<(String, String)>);

impl HostObject for Header {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&HEADER)
    }

    fn plain_text(&self) -> Option<String> {
        let own = self.0.lock();
        Some(format!("{}\t{}", own.0, own.1))
    }
}

fn header(name: &str, value: &str) -> Outcome {
    ok(Value::object(Header(Mutex::new((name.to_owned(), value.to_owned())))))
}

/// The headers of the current sampler; `null` when there is no manager in its scope.
pub(super) fn of_current(c: &mut Call<'_, '_>) -> Outcome {
    let planned = c.this_as::<Sampler>()?.0.clone();
    let Some(asked) = &planned.asked else { return Ok(Value::Null) };
    let vu = user(c.machine);
    if !asked.has_headers() && vu.overrides.list::<Vec<(String, String)>>(HEADERS).is_none() {
        return Ok(Value::Null);
    }
    match asked.headers(vu) {
        Ok(headers) => ok(manager(headers, true)),
        Err(fault) => Err(Thrown::new("java.lang.RuntimeException", fault.to_string())),
    }
}

/// Replaces the headers of the current sampler.
pub(super) fn set_current(c: &mut Call<'_, '_>) -> Outcome {
    let headers = c.arg_as::<Manager>(0)?.headers.lock().clone();
    user(c.machine).overrides.set_list(HEADERS, headers);
    Ok(Value::Null)
}

const CONSTRUCTORS: &[Row] = &[new("", |_| ok(manager(Vec::new(), false)))];
const HEADER_CONSTRUCTORS: &[Row] =
    &[new("", |_| header("", "")), new("String, String", |c| header(c.text(0)?, c.text(1)?))];

const METHODS: &[Row] = &[
    row("size", "", |c| ok(own(c)?.headers.lock().len() as i32)),
    row("get", "int", |c| {
        let at = usize::try_from(c.int(0)).unwrap_or(usize::MAX);
        let found = own(c)?.headers.lock().get(at).cloned();
        found.map_or(Ok(Value::Null), |(name, value)| header(&name, &value))
    }),
    row("getHeader", "int", |c| c.machine.invoke(c.this, "get", c.args)),
    row("getHeaders", "", |c| {
        let headers = own(c)?.headers.lock().clone();
        let all: Outcome<Vec<Value>> = headers.iter().map(|(name, value)| header(name, value)).collect();
        ok(all?)
    }),
    row("add", "Header?", |c| {
        let new = match c.arg(0) {
            Value::Null => (String::new(), String::new()),
            _ => c.arg_as::<Header>(0)?.0.lock().clone(),
        };
        change(c, |headers| headers.push(new))
    }),
    row("remove", "int", |c| {
        let at = usize::try_from(c.int(0)).unwrap_or(usize::MAX);
        change(c, |headers| {
            if at < headers.len() {
                headers.remove(at);
            }
        })
    }),
    row("removeHeaderNamed", "String", |c| {
        let name = c.text(0)?.clone();
        change(c, |headers| headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name)))
    }),
    row("getFirstHeaderNamed", "String", |c| {
        let name = c.text(0)?.clone();
        let headers = own(c)?.headers.lock().clone();
        let found = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(&name));
        found.map_or(Ok(Value::Null), |(name, value)| header(name, value))
    }),
    row("clear", "", |c| change(c, Vec::clear)),
];

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Manager> {
    c.this_as::<Manager>()
}

fn change(c: &mut Call<'_, '_>, work: impl FnOnce(&mut Vec<(String, String)>)) -> Outcome {
    let own = own(c)?;
    let mut headers = own.headers.lock();
    work(&mut headers);
    if own.is_sampler {
        user(c.machine).overrides.set_list(HEADERS, headers.clone());
    }
    Ok(Value::Null)
}

const HEADER_METHODS: &[Row] = &[
    row("getName", "", |c| ok(c.this_as::<Header>()?.0.lock().0.clone())),
    row("getValue", "", |c| ok(c.this_as::<Header>()?.0.lock().1.clone())),
    row("setName", "String", |c| {
        c.this_as::<Header>()?.0.lock().0 = c.text(0)?.to_string();
        Ok(Value::Null)
    }),
    row("setValue", "String", |c| {
        c.this_as::<Header>()?.0.lock().1 = c.text(0)?.to_string();
        Ok(Value::Null)
    }),
];
