//! Units of time, days of the week, months.

use jiff::Span;

use super::temporal::{Temporal, between};
use crate::script::class::{Class, Row, Static, row};
use crate::script::java::enumeration::{Constant, ENUM};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.time.temporal.ChronoUnit`.
pub static CHRONO_UNIT: Static = Static::new(|| {
    Class::new("java.time.temporal.ChronoUnit").extends(&[&ENUM]).methods(METHODS).enumeration(&[
        "NANOS",
        "MICROS",
        "MILLIS",
        "SECONDS",
        "MINUTES",
        "HOURS",
        "HALF_DAYS",
        "DAYS",
        "WEEKS",
        "MONTHS",
        "YEARS",
        "DECADES",
    ])
});
/// `java.time.DayOfWeek`.
pub static DAY_OF_WEEK: Static = Static::new(|| {
    Class::new("java.time.DayOfWeek").extends(&[&ENUM]).methods(NUMBERED).enumeration(&[
        "MONDAY",
        "TUESDAY",
        "WEDNESDAY",
        "THURSDAY",
        "FRIDAY",
        "SATURDAY",
        "SUNDAY",
    ])
});
/// `java.time.Month`.
pub static MONTH: Static = Static::new(|| {
    Class::new("java.time.Month").extends(&[&ENUM]).methods(NUMBERED).enumeration(&[
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ])
});

const METHODS: &[Row] = &[row("between", "Object, Object", |c| {
    let (from, to) = (c.arg_as::<Temporal>(0)?, c.arg_as::<Temporal>(1)?);
    ok(between(from, to, unit(c.this)?)?)
})];

const NUMBERED: &[Row] = &[row("getValue", "", |c| ok(c.this_as::<Constant>()?.ordinal() as i32 + 1))];

/// The name of a unit.
pub fn unit(value: &Value) -> Outcome<&'static str> {
    value.downcast::<Constant>().map(Constant::name).ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))
}

/// So many of a unit.
pub fn span(count: i64, unit: &str) -> Outcome<Span> {
    let span = Span::new();
    let made = match unit {
        "NANOS" => span.try_nanoseconds(count),
        "MICROS" => span.try_microseconds(count),
        "MILLIS" => span.try_milliseconds(count),
        "SECONDS" => span.try_seconds(count),
        "MINUTES" => span.try_minutes(count),
        "HOURS" => span.try_hours(count),
        "HALF_DAYS" => span.try_hours(count.saturating_mul(12)),
        "DAYS" => span.try_days(count),
        "WEEKS" => span.try_weeks(count),
        "MONTHS" => span.try_months(count),
        "DECADES" => span.try_years(count.saturating_mul(10)),
        _ => span.try_years(count),
    };
    made.map_err(|error| Thrown::new("java.time.DateTimeException", error.to_string()))
}

/// The nanoseconds of a unit that always takes the same time; days count as 24 hours.
pub fn nanos(unit: &str) -> Option<i128> {
    Some(match unit {
        "NANOS" => 1,
        "MICROS" => 1_000,
        "MILLIS" => 1_000_000,
        "SECONDS" => 1_000_000_000,
        "MINUTES" => 60_000_000_000,
        "HOURS" => 3_600_000_000_000,
        "HALF_DAYS" => 43_200_000_000_000,
        "DAYS" => 86_400_000_000_000,
        "WEEKS" => 604_800_000_000_000,
        _ => return None,
    })
}
