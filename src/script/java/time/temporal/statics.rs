//! What the classes of moments make: `now`, `of`, `parse`. One table serves all, and looks at the class that it is called on.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Temporal, invalid, made, read_iso, zoned};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::date::default_zone;
use crate::script::java::date_time_format::Moment;
use crate::script::java::time::formatter::Formatter;
use crate::script::java::time::unit;
use crate::script::java::time::zone::ZoneId;
use crate::script::machine::{Outcome, Thrown};
use crate::script::value::Value;

pub(super) const STATICS: &[Row] = &[
    row("now", "Object?", |c| {
        let zone = c.arg(0).downcast::<ZoneId>().map_or_else(default_zone, |zone| zone.zone.clone());
        let instant = Timestamp::from_millisecond(c.machine.host.now()).unwrap_or_default();
        let moment = instant.to_zoned(zone);
        as_class(called(c), &Moment::from(&moment), "")
    }),
    row("of", "int, int, int?, int?, int?, int?, int?", |c| {
        let part = |at: usize| c.int_or(at, 0);
        let time = |from: usize| {
            let (hour, minute) = (part(from) as i8, part(from + 1) as i8);
            Time::new(hour, minute, part(from + 2) as i8, part(from + 3)).map_err(|error| invalid(&error))
        };
        if called(c) == "LocalTime" {
            return made(Temporal::Time(time(0)?));
        }
        let date = Date::new(part(0) as i16, part(1) as i8, part(2) as i8).map_err(|error| invalid(&error))?;
        made(if called(c) == "LocalDate" {
            Temporal::Date(date)
        } else {
            Temporal::DateTime(date.to_datetime(time(3)?))
        })
    }),
    row("of", "LocalDate, LocalTime", |c| {
        let (date, time) = (c.arg_as::<Temporal>(0)?.date()?, c.arg_as::<Temporal>(1)?.time()?);
        made(Temporal::DateTime(date.to_datetime(time)))
    }),
    row("of", "LocalDateTime, ZoneId", |c| zoned(c.arg_as::<Temporal>(0)?, &c.arg_as::<ZoneId>(1)?.zone)),
    row("ofInstant", "Instant, ZoneId", |c| {
        let zone = c.arg_as::<ZoneId>(1)?.zone.clone();
        let moment = c.arg_as::<Temporal>(0)?.timestamp()?.to_zoned(zone);
        as_class(called(c), &Moment::from(&moment), "")
    }),
    row("ofEpochMilli", "long", |c| Temporal::instant(c.long(0))),
    row("ofEpochSecond", "long", |c| Temporal::instant(c.long(0).saturating_mul(1000))),
    row("ofEpochDay", "long", |c| {
        made(Temporal::Date(Date::constant(1970, 1, 1)).plus(unit::span(c.long(0), "DAYS")?)?)
    }),
    row("parse", "CharSequence", |c| {
        let text = c.text_of(0)?;
        let moment = read_iso(&text).ok_or_else(|| {
            let message = format!("Text '{text}' could not be parsed at index 0");
            Thrown::new("java.time.format.DateTimeParseException", message)
        })?;
        as_class(called(c), &moment, &text)
    }),
    row("parse", "CharSequence, DateTimeFormatter", |c| {
        let text = c.text_of(0)?;
        let moment = c.arg_as::<Formatter>(1)?.read(&text)?;
        as_class(called(c), &moment, &text)
    }),
];

/// The class that a static method is called on.
fn called(c: &Call<'_, '_>) -> &'static str {
    match c.this {
        Value::Class(class) => class.java().simple_name(),
        _ => "",
    }
}

/// What a moment is for a class.
fn as_class(class: &str, moment: &Moment, text: &str) -> Outcome {
    let failed = || {
        Thrown::new(
            "java.time.format.DateTimeParseException",
            format!("Text '{text}' could not be parsed: Unable to obtain {class} from TemporalAccessor"),
        )
    };
    let local = || Some(moment.date?.to_datetime(moment.time?));
    let temporal = match class {
        "LocalDate" => moment.date.map(Temporal::Date),
        "LocalTime" => moment.time.map(Temporal::Time),
        "LocalDateTime" => local().map(Temporal::DateTime),
        "Instant" => moment.to_zoned().ok().map(|moment| Temporal::Instant(moment.timestamp())),
        "OffsetDateTime" => moment.to_zoned().ok().map(|moment| {
            let zone = TimeZone::fixed(moment.offset());
            Temporal::Offset(moment.with_time_zone(zone))
        }),
        _ => moment.to_zoned().ok().map(Temporal::Zoned),
    };
    made(temporal.ok_or_else(failed)?)
}
