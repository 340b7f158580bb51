//! `sampler.getHeaderManager()`: the headers of the current request (`HeaderManager`, `Header`).

use std::sync::Arc;

use parking_lot::Mutex;

use super::sampler::Sampler;
use super::variables::user;
use crate::model::{AskedSampler, CurrentHeader};
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
    headers: Mutex<Vec<CurrentHeader>>,
    sampler: Option<Arc<dyn AskedSampler>>,
}

impl HostObject for Manager {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MANAGER)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        let headers = self.headers.lock().clone();
        Some(headers.iter().map(|found| header(&found.name, &found.value)).collect())
    }
}

fn manager(headers: Vec<CurrentHeader>, sampler: Option<Arc<dyn AskedSampler>>) -> Value {
    Value::object(Manager { headers: Mutex::new(headers), sampler })
}

struct Header {
    pair: Mutex<(String, String)>,
    /// The manager that it stands in, and where.
    place: Option<(Value, usize)>,
}

impl HostObject for Header {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&HEADER)
    }

    fn plain_text(&self) -> Option<String> {
        let own = self.pair.lock();
        Some(format!("{}\t{}", own.0, own.1))
    }
}

fn header(name: &str, value: &str) -> Outcome {
    header_at(name, value, None)
}

fn header_at(name: &str, value: &str, place: Option<(Value, usize)>) -> Outcome {
    ok(Value::object(Header { pair: Mutex::new((name.to_owned(), value.to_owned())), place }))
}

fn added((name, value): (String, String)) -> CurrentHeader {
    CurrentHeader { name, value, planned: None }
}

fn pairs(headers: &[CurrentHeader]) -> Vec<(String, String)> {
    headers.iter().map(|header| (header.name.clone(), header.value.clone())).collect()
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
        Ok(headers) => ok(manager(headers, Some(asked.clone()))),
        Err(fault) => Err(Thrown::new("java.lang.RuntimeException", fault.to_string())),
    }
}

/// Adds the headers to those of the current sampler, but for those of whose name there is one.
pub(super) fn set_current(c: &mut Call<'_, '_>) -> Outcome {
    let new = pairs(&c.arg_as::<Manager>(0)?.headers.lock());
    let asked = c.this_as::<Sampler>()?.0.asked.clone();
    let vu = user(c.machine);
    let mut headers = match asked.filter(|asked| asked.has_headers()).map(|asked| asked.headers(vu)) {
        Some(Ok(headers)) => pairs(&headers),
        Some(Err(fault)) => return Err(Thrown::new("java.lang.RuntimeException", fault.to_string())),
        None => Vec::new(),
    };
    for (name, value) in new {
        if !headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            headers.push((name, value));
        }
    }
    vu.overrides.set_list(HEADERS, headers);
    Ok(Value::Null)
}

const CONSTRUCTORS: &[Row] = &[new("", |_| ok(manager(Vec::new(), None)))];
const HEADER_CONSTRUCTORS: &[Row] =
    &[new("", |_| header("", "")), new("String, String", |c| header(c.text(0)?, c.text(1)?))];

const METHODS: &[Row] = &[
    row("size", "", |c| ok(own(c)?.headers.lock().len() as i32)),
    row("get", "int", |c| {
        let at = usize::try_from(c.int(0)).unwrap_or(usize::MAX);
        let found = own(c)?.headers.lock().get(at).cloned();
        found.map_or(Ok(Value::Null), |found| header_at(&found.name, &found.value, Some((c.this.clone(), at))))
    }),
    row("getHeader", "int", |c| c.machine.invoke(c.this, "get", c.args)),
    row("getHeaders", "", |c| {
        let headers = own(c)?.headers.lock().clone();
        let place = |at| Some((c.this.clone(), at));
        let all = headers.iter().enumerate().map(|(at, found)| header_at(&found.name, &found.value, place(at)));
        let all: Outcome<Vec<Value>> = all.collect();
        ok(all?)
    }),
    row("add", "Header?", |c| {
        let new = match c.arg(0) {
            Value::Null => (String::new(), String::new()),
            _ => c.arg_as::<Header>(0)?.pair.lock().clone(),
        };
        change(c, |headers| headers.push(added(new)))
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
        change(c, |headers| headers.retain(|other| !other.name.eq_ignore_ascii_case(&name)))
    }),
    row("getFirstHeaderNamed", "String", |c| {
        let name = c.text(0)?.clone();
        let headers = own(c)?.headers.lock().clone();
        let Some(at) = headers.iter().position(|other| other.name.eq_ignore_ascii_case(&name)) else {
            return Ok(Value::Null);
        };
        header_at(&headers[at].name, &headers[at].value, Some((c.this.clone(), at)))
    }),
    row("clear", "", |c| change(c, Vec::clear)),
];

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Manager> {
    c.this_as::<Manager>()
}

fn change(c: &mut Call<'_, '_>, work: impl FnOnce(&mut Vec<CurrentHeader>)) -> Outcome {
    let own = own(c)?;
    work(&mut own.headers.lock());
    own.tell(c.machine);
    Ok(Value::Null)
}

impl Manager {
    /// Makes its headers those of the sampler.
    fn tell(&self, machine: &mut Machine<'_>) {
        let Some(sampler) = &self.sampler else { return };
        let (headers, vu) = (self.headers.lock().clone(), user(machine));
        if !sampler.keep_headers(&headers, vu) {
            vu.overrides.set_list(HEADERS, pairs(&headers));
        }
    }
}

/// Changes a header, and with it the one in its manager.
fn change_header(c: &mut Call<'_, '_>, work: impl FnOnce(&mut (String, String), String)) -> Outcome {
    let text = c.text(0)?.to_string();
    let own = c.this_as::<Header>()?;
    work(&mut own.pair.lock(), text);
    if let Some((manager, at)) = &own.place
        && let Some(manager) = manager.downcast::<Manager>()
    {
        if let Some(place) = manager.headers.lock().get_mut(*at) {
            *place = added(own.pair.lock().clone());
        }
        manager.tell(c.machine);
    }
    Ok(Value::Null)
}

const HEADER_METHODS: &[Row] = &[
    row("getName", "", |c| ok(c.this_as::<Header>()?.pair.lock().0.clone())),
    row("getValue", "", |c| ok(c.this_as::<Header>()?.pair.lock().1.clone())),
    row("setName", "String", |c| change_header(c, |pair, name| pair.0 = name)),
    row("setValue", "String", |c| change_header(c, |pair, value| pair.1 = value)),
];
