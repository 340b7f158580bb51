//! `prev`, `SampleResult`, `sampleResult`: results as scripts see and change them (`SampleResult`, `HTTPSampleResult`).

mod http;
mod object;
mod parts;
mod sizes;
mod state;
mod texts;
mod times;

pub use object::{holding, new_result, result_of, shared};
pub use texts::set_text;

use crate::script::class::{Class, Row, Static, new};
use crate::script::{Value, ok};

/// `org.apache.jmeter.samplers.SampleResult`.
pub static CLASS: Static = Static::new(|| {
    Class::new("org.apache.jmeter.samplers.SampleResult")
        .constructors(CONSTRUCTORS)
        .statics(times::STATICS)
        .methods(texts::METHODS)
        .also(times::METHODS)
        .also(sizes::METHODS)
        .also(state::METHODS)
        .also(parts::METHODS)
        .constants(&[("TEXT", || Value::text("text")), ("BINARY", || Value::text("bin"))])
});
/// `org.apache.jmeter.protocol.http.sampler.HTTPSampleResult`.
pub static HTTP_CLASS: Static = Static::new(|| {
    Class::new("org.apache.jmeter.protocol.http.sampler.HTTPSampleResult")
        .constructors(http::CONSTRUCTORS)
        .methods(http::METHODS)
        .extends(&[&CLASS])
});

const CONSTRUCTORS: &[Row] = &[
    new("", |_| ok(new_result(object::blank()))),
    new("long, long", |c| {
        let result = times::stamped(c.machine, c.long(0), c.long(1));
        ok(new_result(result))
    }),
    new("SampleResult", |c| {
        let copy = result_of(c.arg(0)).unwrap_or_default();
        ok(new_result(copy))
    }),
];
