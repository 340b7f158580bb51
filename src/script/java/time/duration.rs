//! `Duration` and `Period`.

use std::cmp::Ordering;
use std::fmt::Write;

use super::temporal::{Temporal, between};
use super::{text, unit};
use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.time.Duration`.
pub static DURATION: Static =
    Static::new(|| Class::new("java.time.Duration").statics(STATICS).methods(METHODS).constants(CONSTANTS));
/// `java.time.Period`.
pub static PERIOD: Static =
    Static::new(|| Class::new("java.time.Period").statics(PERIOD_STATICS).methods(PERIOD_METHODS));

/// A span in nanoseconds.
pub struct Duration(pub i128);

impl HostObject for Duration {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&DURATION)
    }

    fn plain_text(&self) -> Option<String> {
        Some(text::duration(self.0))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        other.downcast::<Self>().map(|other| self.0.cmp(&other.0))
    }
}

fn made(nanos: i128) -> Outcome {
    ok(Value::object(Duration(nanos)))
}

const CONSTANTS: &[Constant] = &[("ZERO", || Value::object(Duration(0)))];

fn of(count: i64, name: &str) -> Outcome {
    made(i128::from(count) * unit::nanos(name).unwrap_or(1))
}

const STATICS: &[Row] = &[
    row("ofNanos", "long", |c| of(c.long(0), "NANOS")),
    row("ofMillis", "long", |c| of(c.long(0), "MILLIS")),
    row("ofSeconds", "long", |c| of(c.long(0), "SECONDS")),
    row("ofMinutes", "long", |c| of(c.long(0), "MINUTES")),
    row("ofHours", "long", |c| of(c.long(0), "HOURS")),
    row("ofDays", "long", |c| of(c.long(0), "DAYS")),
    row("of", "long, ChronoUnit", |c| of(c.long(0), unit::unit(c.arg(1))?)),
    row("between", "Object, Object", |c| {
        let (from, to) = (c.arg_as::<Temporal>(0)?, c.arg_as::<Temporal>(1)?);
        made(i128::from(between(from, to, "NANOS")?))
    }),
    row("parse", "String", |c| {
        let span: Result<jiff::SignedDuration, _> = c.text(0)?.parse();
        match span {
            Ok(span) => made(span.as_nanos()),
            Err(_) => {
                Err(Thrown::new("java.time.format.DateTimeParseException", "Text cannot be parsed to a Duration"))
            }
        }
    }),
];

const METHODS: &[Row] = &[
    row("toMillis", "", |c| total(c, "MILLIS")),
    row("toNanos", "", |c| total(c, "NANOS")),
    row("toSeconds", "", |c| total(c, "SECONDS")),
    row("getSeconds", "", |c| total(c, "SECONDS")),
    row("toMinutes", "", |c| total(c, "MINUTES")),
    row("toHours", "", |c| total(c, "HOURS")),
    row("toDays", "", |c| total(c, "DAYS")),
    row("getNano", "", |c| ok((c.this_as::<Duration>()?.0 % 1_000_000_000) as i32)),
    row("toMinutesPart", "", |c| ok((c.this_as::<Duration>()?.0 / 60_000_000_000 % 60) as i32)),
    row("toSecondsPart", "", |c| ok((c.this_as::<Duration>()?.0 / 1_000_000_000 % 60) as i32)),
    row("toHoursPart", "", |c| ok((c.this_as::<Duration>()?.0 / 3_600_000_000_000 % 24) as i32)),
    row("toMillisPart", "", |c| ok((c.this_as::<Duration>()?.0 / 1_000_000 % 1000) as i32)),
    row("plus", "Duration", |c| made(c.this_as::<Duration>()?.0 + c.arg_as::<Duration>(0)?.0)),
    row("minus", "Duration", |c| made(c.this_as::<Duration>()?.0 - c.arg_as::<Duration>(0)?.0)),
    row("plusMillis", "long", |c| more(c, "MILLIS")),
    row("plusSeconds", "long", |c| more(c, "SECONDS")),
    row("plusMinutes", "long", |c| more(c, "MINUTES")),
    row("plusHours", "long", |c| more(c, "HOURS")),
    row("multipliedBy", "long", |c| made(c.this_as::<Duration>()?.0 * i128::from(c.long(0)))),
    row("negated", "", |c| made(-c.this_as::<Duration>()?.0)),
    row("abs", "", |c| made(c.this_as::<Duration>()?.0.abs())),
    row("isNegative", "", |c| ok(c.this_as::<Duration>()?.0 < 0)),
    row("isZero", "", |c| ok(c.this_as::<Duration>()?.0 == 0)),
];

fn total(c: &crate::script::call::Call<'_, '_>, name: &str) -> Outcome {
    ok(c.this_as::<Duration>()?.0.div_euclid(unit::nanos(name).unwrap_or(1)) as i64)
}

fn more(c: &crate::script::call::Call<'_, '_>, name: &str) -> Outcome {
    made(c.this_as::<Duration>()?.0 + i128::from(c.long(0)) * unit::nanos(name).unwrap_or(1))
}

/// Years, months and days.
pub struct Period(pub jiff::Span);

impl HostObject for Period {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&PERIOD)
    }

    fn plain_text(&self) -> Option<String> {
        let mut out = String::from("P");
        let parts = [
            (i32::from(self.0.get_years()), 'Y'),
            (self.0.get_months(), 'M'),
            (self.0.get_days() + self.0.get_weeks() * 7, 'D'),
        ];
        for (count, unit) in parts {
            if count != 0 {
                // Writing to a String cannot fail.
                let _ = write!(out, "{count}{unit}");
            }
        }
        Some(if out == "P" { "P0D".into() } else { out })
    }
}

fn period(count: i64, name: &str) -> Outcome {
    ok(Value::object(Period(unit::span(count, name)?)))
}

const PERIOD_STATICS: &[Row] = &[
    row("ofDays", "int", |c| period(c.long(0), "DAYS")),
    row("ofWeeks", "int", |c| period(c.long(0), "WEEKS")),
    row("ofMonths", "int", |c| period(c.long(0), "MONTHS")),
    row("ofYears", "int", |c| period(c.long(0), "YEARS")),
    row("of", "int, int, int", |c| {
        ok(Value::object(Period(jiff::Span::new().years(c.int(0)).months(c.int(1)).days(c.int(2)))))
    }),
    row("between", "Object, Object", |c| {
        let date = |at: usize| c.arg_as::<Temporal>(at).and_then(Temporal::date);
        let (from, to) = (date(0)?, date(1)?);
        let span = from.until((jiff::Unit::Year, to));
        ok(Value::object(Period(span.unwrap_or_default())))
    }),
];

const PERIOD_METHODS: &[Row] = &[
    row("getDays", "", |c| ok(c.this_as::<Period>()?.0.get_days())),
    row("getMonths", "", |c| ok(c.this_as::<Period>()?.0.get_months())),
    row("getYears", "", |c| ok(i32::from(c.this_as::<Period>()?.0.get_years()))),
    row("toTotalMonths", "", |c| {
        let span = c.this_as::<Period>()?.0;
        ok(i64::from(span.get_years()) * 12 + i64::from(span.get_months()))
    }),
];
