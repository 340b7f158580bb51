//! `java.util.Calendar`: a moment in its fields.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use parking_lot::Mutex;

use super::date::{Date, Zone, default_zone, zoned};
use super::date_format::calendar_day;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.util.Calendar`.
pub static CALENDAR: Static =
    Static::new(|| Class::new("java.util.Calendar").statics(STATICS).methods(METHODS).constants(CONSTANTS));
/// `java.util.GregorianCalendar`.
pub static GREGORIAN_CALENDAR: Static =
    Static::new(|| Class::new("java.util.GregorianCalendar").extends(&[&CALENDAR]).constructors(NEW));

struct Calendar(Mutex<Zoned>);

impl HostObject for Calendar {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&GREGORIAN_CALENDAR)
    }

    fn plain_text(&self) -> Option<String> {
        Some(format!("java.util.GregorianCalendar[time={}]", self.0.lock().timestamp().as_millisecond()))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| *self.0.lock() == *other.0.lock())
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        let other = other.downcast::<Self>()?.0.lock().timestamp();
        Some(self.0.lock().timestamp().cmp(&other))
    }
}

const YEAR: i32 = 1;
const MONTH: i32 = 2;
const WEEK_OF_YEAR: i32 = 3;
const WEEK_OF_MONTH: i32 = 4;
const DAY_OF_MONTH: i32 = 5;
const DAY_OF_YEAR: i32 = 6;
const DAY_OF_WEEK: i32 = 7;
const AM_PM: i32 = 9;
const HOUR: i32 = 10;
const HOUR_OF_DAY: i32 = 11;
const MINUTE: i32 = 12;
const SECOND: i32 = 13;
const MILLISECOND: i32 = 14;
const ZONE_OFFSET: i32 = 15;

const CONSTANTS: &[Constant] = &[
    ("ERA", || 0.into()),
    ("YEAR", || YEAR.into()),
    ("MONTH", || MONTH.into()),
    ("WEEK_OF_YEAR", || WEEK_OF_YEAR.into()),
    ("WEEK_OF_MONTH", || WEEK_OF_MONTH.into()),
    ("DATE", || DAY_OF_MONTH.into()),
    ("DAY_OF_MONTH", || DAY_OF_MONTH.into()),
    ("DAY_OF_YEAR", || DAY_OF_YEAR.into()),
    ("DAY_OF_WEEK", || DAY_OF_WEEK.into()),
    ("AM_PM", || AM_PM.into()),
    ("HOUR", || HOUR.into()),
    ("HOUR_OF_DAY", || HOUR_OF_DAY.into()),
    ("MINUTE", || MINUTE.into()),
    ("SECOND", || SECOND.into()),
    ("MILLISECOND", || MILLISECOND.into()),
    ("ZONE_OFFSET", || ZONE_OFFSET.into()),
    ("SUNDAY", || 1.into()),
    ("MONDAY", || 2.into()),
    ("TUESDAY", || 3.into()),
    ("WEDNESDAY", || 4.into()),
    ("THURSDAY", || 5.into()),
    ("FRIDAY", || 6.into()),
    ("SATURDAY", || 7.into()),
    ("JANUARY", || 0.into()),
    ("FEBRUARY", || 1.into()),
    ("MARCH", || 2.into()),
    ("APRIL", || 3.into()),
    ("MAY", || 4.into()),
    ("JUNE", || 5.into()),
    ("JULY", || 6.into()),
    ("AUGUST", || 7.into()),
    ("SEPTEMBER", || 8.into()),
    ("OCTOBER", || 9.into()),
    ("NOVEMBER", || 10.into()),
    ("DECEMBER", || 11.into()),
    ("AM", || 0.into()),
    ("PM", || 1.into()),
];

fn made(moment: Zoned) -> Outcome {
    ok(Value::object(Calendar(Mutex::new(moment))))
}

const STATICS: &[Row] = &[row("getInstance", "Object?, Object?", now)];

fn now(c: &mut Call<'_, '_>) -> Outcome {
    let zone = c.args.iter().find_map(|arg| arg.downcast::<Zone>()).map_or_else(default_zone, |zone| zone.zone.clone());
    let millis = c.machine.host.now();
    made(zoned(millis, &zone))
}

const NEW: &[Row] = &[
    new("", now),
    new("TimeZone", now),
    new("int, int, int, int?, int?, int?", |c| {
        let mut moment = zoned(0, &default_zone());
        set_all(&mut moment, c, 0)?;
        made(moment)
    }),
];

/// Sets year, month, day and perhaps the time from arguments.
fn set_all(moment: &mut Zoned, c: &Call<'_, '_>, from: usize) -> Outcome<()> {
    set_field(moment, DAY_OF_MONTH, 1)?;
    set_field(moment, YEAR, c.int(from))?;
    set_field(moment, MONTH, c.int(from + 1))?;
    set_field(moment, DAY_OF_MONTH, c.int(from + 2))?;
    for (at, field) in [HOUR_OF_DAY, MINUTE, SECOND].into_iter().enumerate() {
        if from + 3 + at < c.count() {
            set_field(moment, field, c.int(from + 3 + at))?;
        }
    }
    Ok(())
}

const METHODS: &[Row] = &[
    row("getTime", "", |c| ok(Date::value(own(c)?.timestamp().as_millisecond()))),
    row("getTimeInMillis", "", |c| ok(own(c)?.timestamp().as_millisecond())),
    row("setTime", "Date", |c| {
        let millis = c.arg_as::<Date>(0)?.millis();
        change(c, |moment| {
            *moment = zoned(millis, moment.time_zone());
            Ok(())
        })
    }),
    row("setTimeInMillis", "long", |c| {
        let millis = c.long(0);
        change(c, |moment| {
            *moment = zoned(millis, moment.time_zone());
            Ok(())
        })
    }),
    row("get", "int", |c| ok(field(&own(c)?, c.int(0)))),
    row("set", "int, int", |c| {
        let (field, value) = (c.int(0), c.int(1));
        change(c, |moment| set_field(moment, field, value))
    }),
    row("set", "int, int, int, int?, int?, int?", |c| {
        let mut moment = own(c)?;
        set_all(&mut moment, c, 0)?;
        change(c, |own| {
            *own = moment;
            Ok(())
        })
    }),
    row("add", "int, int", |c| {
        let (field, count) = (c.int(0), c.int(1));
        change(c, |moment| add(moment, field, i64::from(count)))
    }),
    row("roll", "int, int", |c| {
        let (field, count) = (c.int(0), c.int(1));
        change(c, |moment| add(moment, field, i64::from(count)))
    }),
    row("clear", "", |c| {
        change(c, |moment| {
            let start = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
            *moment = start.to_zoned(moment.time_zone().clone()).map_err(|error| invalid(&error))?;
            Ok(())
        })
    }),
    row("clear", "int", |c| {
        let field = c.int(0);
        change(c, |moment| set_field(moment, field, i32::from(field == DAY_OF_MONTH)))
    }),
    row("getTimeZone", "", |c| {
        let zone = own(c)?.time_zone().clone();
        ok(Value::object(Zone::named(zone.iana_name().unwrap_or("UTC"))))
    }),
    row("setTimeZone", "TimeZone", |c| {
        let zone: TimeZone = c.arg_as::<Zone>(0)?.zone.clone();
        change(c, |moment| {
            *moment = moment.with_time_zone(zone);
            Ok(())
        })
    }),
    row("getActualMaximum", "int", |c| {
        let moment = own(c)?;
        ok(match c.int(0) {
            DAY_OF_MONTH => i32::from(moment.days_in_month()),
            DAY_OF_YEAR => i32::from(moment.days_in_year()),
            MONTH => 11,
            HOUR_OF_DAY => 23,
            MINUTE | SECOND => 59,
            MILLISECOND => 999,
            _ => 7,
        })
    }),
    row("setLenient", "boolean", |_| Ok(Value::Null)),
    row("setFirstDayOfWeek", "int", |_| Ok(Value::Null)),
    row("getFirstDayOfWeek", "", |_| ok(1)),
    row("clone", "", |c| made(own(c)?)),
    row("toInstant", "", |c| super::time::instant(own(c)?.timestamp().as_millisecond())),
    row("before", "Object", |c| {
        ok(c.arg(0).downcast::<Calendar>().is_some_and(|other| *other.0.lock() > own(c).unwrap_or_default()))
    }),
    row("after", "Object", |c| {
        ok(c.arg(0).downcast::<Calendar>().is_some_and(|other| *other.0.lock() < own(c).unwrap_or_default()))
    }),
];

fn own(c: &Call<'_, '_>) -> Outcome<Zoned> {
    Ok(c.this_as::<Calendar>()?.0.lock().clone())
}

fn change(c: &Call<'_, '_>, work: impl FnOnce(&mut Zoned) -> Outcome<()>) -> Outcome {
    work(&mut c.this_as::<Calendar>()?.0.lock())?;
    Ok(Value::Null)
}

fn invalid(error: &jiff::Error) -> Thrown {
    Thrown::new("java.lang.IllegalArgumentException", error.to_string())
}

/// A field of a moment.
#[must_use]
pub fn field(moment: &Zoned, field: i32) -> i32 {
    match field {
        0 => 1,
        YEAR => moment.year().into(),
        MONTH => i32::from(moment.month()) - 1,
        WEEK_OF_YEAR => moment.date().iso_week_date().week().into(),
        WEEK_OF_MONTH => (i32::from(moment.day()) - 1) / 7 + 1,
        DAY_OF_MONTH => moment.day().into(),
        DAY_OF_YEAR => moment.day_of_year().into(),
        DAY_OF_WEEK => calendar_day(moment.weekday()),
        AM_PM => i32::from(moment.hour() >= 12),
        HOUR => i32::from(moment.hour()) % 12,
        HOUR_OF_DAY => moment.hour().into(),
        MINUTE => moment.minute().into(),
        SECOND => moment.second().into(),
        MILLISECOND => moment.millisecond().into(),
        ZONE_OFFSET => moment.offset().seconds() * 1000,
        _ => 0,
    }
}

/// Sets a field; too much runs on into the next larger one.
fn set_field(moment: &mut Zoned, to: i32, value: i32) -> Outcome<()> {
    let now = field(moment, to);
    add(moment, to, i64::from(value) - i64::from(now))
}

fn add(moment: &mut Zoned, field: i32, count: i64) -> Outcome<()> {
    let span = Span::new();
    let span = match field {
        YEAR => span.try_years(count),
        MONTH => span.try_months(count),
        WEEK_OF_YEAR | WEEK_OF_MONTH => span.try_weeks(count),
        DAY_OF_MONTH | DAY_OF_YEAR | DAY_OF_WEEK => span.try_days(count),
        AM_PM => span.try_hours(count * 12),
        HOUR | HOUR_OF_DAY => span.try_hours(count),
        MINUTE => span.try_minutes(count),
        SECOND => span.try_seconds(count),
        _ => span.try_milliseconds(count),
    };
    let moved = span.and_then(|span| moment.checked_add(span)).map_err(|error| invalid(&error))?;
    *moment = moved;
    Ok(())
}
