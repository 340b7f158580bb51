//! `java.text.SimpleDateFormat`: patterns of its own, which read leniently.

mod pattern;
mod reading;

pub use pattern::Pattern;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use parking_lot::Mutex;

use super::date::{Date, Zone, default_zone, millis_of, zoned};
use super::locale::{ENGLISH, Language};
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.text.DateFormat`.
pub static DATE_FORMAT: Static = Static::new(|| Class::new("java.text.DateFormat"));
/// `java.text.SimpleDateFormat`.
pub static SIMPLE_DATE_FORMAT: Static = Static::new(|| {
    Class::new("java.text.SimpleDateFormat").extends(&[&DATE_FORMAT]).constructors(NEW).methods(METHODS)
});

struct SimpleDateFormat {
    pattern: Mutex<Pattern>,
    zone: Mutex<TimeZone>,
    is_lenient: Mutex<bool>,
}

impl HostObject for SimpleDateFormat {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&SIMPLE_DATE_FORMAT)
    }
}

const NEW: &[Row] = &[
    new("", |_| made("M/d/yy, h:mm a", ENGLISH)),
    new("String", |c| made(c.text(0)?, ENGLISH)),
    new("String, Locale", |c| {
        let language = super::locale::of(c.arg(1));
        made(c.text(0)?, language)
    }),
];

fn made(pattern: &str, language: &'static Language) -> Outcome {
    let pattern = Mutex::new(Pattern::new(pattern)?.in_language(language));
    ok(Value::object(SimpleDateFormat { pattern, zone: Mutex::new(default_zone()), is_lenient: Mutex::new(true) }))
}

const METHODS: &[Row] = &[
    row("format", "Object", |c| {
        let own = c.this_as::<SimpleDateFormat>()?;
        let Some(millis) = millis_of(c.machine, c.arg(0)) else {
            return Err(match c.arg(0) {
                Value::Null => Thrown::bare("java.lang.NullPointerException"),
                _ => illegal_argument("Cannot format given Object as a Date"),
            });
        };
        let zone = own.zone.lock().clone();
        ok(own.pattern.lock().print(&zoned(millis, &zone)))
    }),
    row("parse", "String", |c| {
        let own = c.this_as::<SimpleDateFormat>()?;
        let (text, zone) = (c.text(0)?, own.zone.lock().clone());
        let pattern = own.pattern.lock().clone();
        let read = pattern.read(text, &zone).ok().filter(|(millis, _)| {
            // What is not lenient must come out as it was read.
            *own.is_lenient.lock() || text.starts_with(&pattern.print(&zoned(*millis, &zone)))
        });
        match read {
            Some((millis, _)) => ok(Date::value(millis)),
            None => Err(Thrown::new("java.text.ParseException", format!("Unparseable date: \"{text}\""))),
        }
    }),
    row("setTimeZone", "TimeZone", |c| {
        *c.this_as::<SimpleDateFormat>()?.zone.lock() = c.arg_as::<Zone>(0)?.zone.clone();
        Ok(Value::Null)
    }),
    row("setLenient", "boolean", |c| {
        *c.this_as::<SimpleDateFormat>()?.is_lenient.lock() = c.bool(0);
        Ok(Value::Null)
    }),
    row("isLenient", "", |c| ok(*c.this_as::<SimpleDateFormat>()?.is_lenient.lock())),
    row("toPattern", "", |c| ok(c.this_as::<SimpleDateFormat>()?.pattern.lock().text.clone())),
    row("applyPattern", "String", |c| {
        let pattern = Pattern::new(c.text(0)?)?;
        *c.this_as::<SimpleDateFormat>()?.pattern.lock() = pattern;
        Ok(Value::Null)
    }),
];

/// The number of a day of the week as calendars have it: Sunday is 1.
#[must_use]
pub fn calendar_day(day: Weekday) -> i32 {
    i32::from(day.to_sunday_one_offset())
}
