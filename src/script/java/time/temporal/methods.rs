//! What moments can do. One table serves all their classes: a method says itself what it needs and what lacks it.

use std::cmp::Ordering;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Temporal, between, invalid, made, unsupported, zoned};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::host::HostObject;
use crate::script::java::enumeration;
use crate::script::java::time::duration::{Duration, Period};
use crate::script::java::time::formatter::Formatter;
use crate::script::java::time::unit;
use crate::script::java::time::zone::{self, ZoneId};
use crate::script::machine::{Outcome, ok};

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Temporal> {
    c.this_as::<Temporal>()
}

fn add(c: &Call<'_, '_>, name: &str, sign: i64) -> Outcome {
    made(own(c)?.plus(unit::span(c.long(0).saturating_mul(sign), name)?)?)
}

macro_rules! steps {
    ($(($plus:literal, $minus:literal, $unit:literal)),*; $($other:expr,)*) => {
        &[
            $(row($plus, "long", |c| add(c, $unit, 1)), row($minus, "long", |c| add(c, $unit, -1)),)*
            $($other,)*
        ]
    };
}

pub(super) const METHODS: &[Row] = steps!(
    ("plusYears", "minusYears", "YEARS"),
    ("plusMonths", "minusMonths", "MONTHS"),
    ("plusWeeks", "minusWeeks", "WEEKS"),
    ("plusDays", "minusDays", "DAYS"),
    ("plusHours", "minusHours", "HOURS"),
    ("plusMinutes", "minusMinutes", "MINUTES"),
    ("plusSeconds", "minusSeconds", "SECONDS"),
    ("plusMillis", "minusMillis", "MILLIS"),
    ("plusNanos", "minusNanos", "NANOS");
    row("plus", "long, ChronoUnit", |c| add(c, unit::unit(c.arg(1))?, 1)),
    row("minus", "long, ChronoUnit", |c| add(c, unit::unit(c.arg(1))?, -1)),
    row("plus", "Object", |c| amount(c, 1)),
    row("minus", "Object", |c| amount(c, -1)),
    row("getYear", "", |c| ok(i32::from(own(c)?.date()?.year()))),
    row("getMonthValue", "", |c| ok(i32::from(own(c)?.date()?.month()))),
    row("getMonth", "", |c| ok(enumeration::constant(&unit::MONTH, own(c)?.date()?.month() as usize - 1))),
    row("getDayOfMonth", "", |c| ok(i32::from(own(c)?.date()?.day()))),
    row("getDayOfYear", "", |c| ok(i32::from(own(c)?.date()?.day_of_year()))),
    row("getDayOfWeek", "", |c| {
        let day = own(c)?.date()?.weekday().to_monday_zero_offset();
        ok(enumeration::constant(&unit::DAY_OF_WEEK, day as usize))
    }),
    row("lengthOfMonth", "", |c| ok(i32::from(own(c)?.date()?.days_in_month()))),
    row("lengthOfYear", "", |c| ok(i32::from(own(c)?.date()?.days_in_year()))),
    row("isLeapYear", "", |c| ok(own(c)?.date()?.in_leap_year())),
    row("getHour", "", |c| ok(i32::from(own(c)?.time()?.hour()))),
    row("getMinute", "", |c| ok(i32::from(own(c)?.time()?.minute()))),
    row("getSecond", "", |c| ok(i32::from(own(c)?.time()?.second()))),
    row("getNano", "", |c| ok(own(c)?.time()?.subsec_nanosecond())),
    row("withYear", "int", |c| with_date(c, |date, year| date.with().year(year as i16).build())),
    row("withMonth", "int", |c| with_date(c, |date, month| date.with().month(month as i8).build())),
    row("withDayOfMonth", "int", |c| with_date(c, |date, day| date.with().day(day as i8).build())),
    row("withDayOfYear", "int", |c| with_date(c, |date, day| date.with().day_of_year(day as i16).build())),
    row("withHour", "int", |c| with_time(c, |time, hour| time.with().hour(hour as i8).build())),
    row("withMinute", "int", |c| with_time(c, |time, minute| time.with().minute(minute as i8).build())),
    row("withSecond", "int", |c| with_time(c, |time, second| time.with().second(second as i8).build())),
    row("withNano", "int", |c| with_time(c, |time, nano| time.with().subsec_nanosecond(nano).build())),
    row("format", "DateTimeFormatter", |c| ok(c.arg_as::<Formatter>(0)?.print(own(c)?)?)),
    row("isBefore", "Object", |c| ok(own(c)?.compare(c.arg(0)).is_some_and(Ordering::is_lt))),
    row("isAfter", "Object", |c| ok(own(c)?.compare(c.arg(0)).is_some_and(Ordering::is_gt))),
    row("isEqual", "Object", |c| ok(own(c)?.compare(c.arg(0)).is_some_and(Ordering::is_eq))),
    row("compareTo", "Object", |c| ok(own(c)?.compare(c.arg(0)).map_or(0, |order| order as i32))),
    row("until", "Object, ChronoUnit", |c| {
        ok(between(own(c)?, c.arg_as::<Temporal>(0)?, unit::unit(c.arg(1))?)?)
    }),
    row("toLocalDate", "", |c| made(Temporal::Date(own(c)?.date()?))),
    row("toLocalTime", "", |c| made(Temporal::Time(own(c)?.time()?))),
    row("toLocalDateTime", "", |c| made(Temporal::DateTime(own(c)?.date()?.to_datetime(own(c)?.time()?)))),
    row("toInstant", "Object?", |c| match (own(c)?, c.arg(0).downcast::<ZoneId>()) {
        (local @ Temporal::DateTime(_), Some(zone)) => {
            let moment = local.date()?.to_datetime(local.time()?).to_zoned(zone.zone.clone());
            made(Temporal::Instant(moment.map_err(|error| invalid(&error))?.timestamp()))
        }
        (other, _) => made(Temporal::Instant(other.timestamp()?)),
    }),
    row("toEpochMilli", "", |c| ok(own(c)?.timestamp()?.as_millisecond())),
    row("getEpochSecond", "", |c| ok(own(c)?.timestamp()?.as_second())),
    row("toEpochSecond", "Object?", |c| match (own(c)?, c.arg(0).downcast::<ZoneId>()) {
        (local @ Temporal::DateTime(_), Some(zone)) => {
            let moment = local.date()?.to_datetime(local.time()?).to_zoned(zone.zone.clone());
            ok(moment.map_err(|error| invalid(&error))?.timestamp().as_second())
        }
        (other, _) => ok(other.timestamp()?.as_second()),
    }),
    row("toEpochDay", "", |c| {
        let span = Date::constant(1970, 1, 1).until(own(c)?.date()?).map_err(|error| invalid(&error))?;
        ok(i64::from(span.get_days()))
    }),
    row("atZone", "ZoneId", |c| {
        let zone = &c.arg_as::<ZoneId>(0)?.zone;
        match own(c)? {
            Temporal::Instant(instant) => made(Temporal::Zoned(instant.to_zoned(zone.clone()))),
            local => zoned(local, zone),
        }
    }),
    row("atOffset", "ZoneId", |c| {
        let zone = c.arg_as::<ZoneId>(0)?.zone.clone();
        match own(c)? {
            Temporal::Instant(instant) => made(Temporal::Offset(instant.to_zoned(zone))),
            local => {
                let moment = local.date()?.to_datetime(local.time()?).to_zoned(zone);
                made(Temporal::Offset(moment.map_err(|error| invalid(&error))?))
            }
        }
    }),
    row("atStartOfDay", "", |c| made(Temporal::DateTime(own(c)?.date()?.to_datetime(Time::midnight())))),
    row("atStartOfDay", "ZoneId", |c| {
        let start = Temporal::DateTime(own(c)?.date()?.to_datetime(Time::midnight()));
        zoned(&start, &c.arg_as::<ZoneId>(0)?.zone)
    }),
    row("atTime", "int, int, int?", |c| {
        let time = Time::new(c.int(0) as i8, c.int(1) as i8, c.int_or(2, 0) as i8, 0).map_err(|error| invalid(&error))?;
        made(Temporal::DateTime(own(c)?.date()?.to_datetime(time)))
    }),
    row("atTime", "LocalTime", |c| {
        made(Temporal::DateTime(own(c)?.date()?.to_datetime(c.arg_as::<Temporal>(0)?.time()?)))
    }),
    row("withZoneSameInstant", "ZoneId", |c| {
        let zone = c.arg_as::<ZoneId>(0)?.zone.clone();
        made(Temporal::Zoned(own(c)?.timestamp()?.to_zoned(zone)))
    }),
    row("withZoneSameLocal", "ZoneId", |c| {
        let local = Temporal::DateTime(own(c)?.date()?.to_datetime(own(c)?.time()?));
        zoned(&local, &c.arg_as::<ZoneId>(0)?.zone)
    }),
    row("withOffsetSameInstant", "ZoneId", |c| {
        let zone = c.arg_as::<ZoneId>(0)?.zone.clone();
        made(Temporal::Offset(own(c)?.timestamp()?.to_zoned(zone)))
    }),
    row("toOffsetDateTime", "", |c| match own(c)? {
        Temporal::Zoned(moment) => {
            let zone = TimeZone::fixed(moment.offset());
            made(Temporal::Offset(moment.with_time_zone(zone)))
        }
        other => made(other.clone()),
    }),
    row("getZone", "", |c| match own(c)? {
        Temporal::Zoned(moment) | Temporal::Offset(moment) => ok(zone::value(moment.time_zone())),
        _ => Err(unsupported("ZoneId")),
    }),
    row("getOffset", "", |c| match own(c)? {
        Temporal::Zoned(moment) | Temporal::Offset(moment) => ok(zone::value(&TimeZone::fixed(moment.offset()))),
        _ => Err(unsupported("OffsetSeconds")),
    }),
    row("truncatedTo", "ChronoUnit", |c| {
        let nanos = unit::nanos(unit::unit(c.arg(0))?).unwrap_or(1).min(86_400_000_000_000);
        let time = own(c)?.time()?;
        let since = Time::midnight().until(time).map_err(|error| invalid(&error))?;
        let all = since.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|error| invalid(&error))?;
        let kept = all.as_nanos() - all.as_nanos() % nanos;
        let time = Time::midnight().wrapping_add(jiff::SignedDuration::from_nanos(kept as i64));
        made(own(c)?.with(None, Some(time))?)
    }),
);

fn amount(c: &Call<'_, '_>, sign: i64) -> Outcome {
    if let Some(Duration(nanos)) = c.arg(0).downcast() {
        let nanos = (*nanos as i64).saturating_mul(sign);
        return made(own(c)?.plus(unit::span(nanos, "NANOS")?)?);
    }
    let Period(span) = c.arg_as::<Period>(0)?;
    made(own(c)?.plus(if sign < 0 { span.negate() } else { *span })?)
}

fn with_date(c: &Call<'_, '_>, work: impl FnOnce(Date, i32) -> Result<Date, jiff::Error>) -> Outcome {
    let date = work(own(c)?.date()?, c.int(0)).map_err(|error| invalid(&error))?;
    made(own(c)?.with(Some(date), None)?)
}

fn with_time(c: &Call<'_, '_>, work: impl FnOnce(Time, i32) -> Result<Time, jiff::Error>) -> Outcome {
    let time = work(own(c)?.time()?, c.int(0)).map_err(|error| invalid(&error))?;
    made(own(c)?.with(None, Some(time))?)
}
