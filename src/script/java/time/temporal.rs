//! `LocalDate`, `LocalTime`, `LocalDateTime`, `ZonedDateTime`, `OffsetDateTime` and `Instant`: one table, because what one has
//! the others mostly have as well.

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

use super::duration::{Duration, Period};
use super::formatter::Formatter;
use super::zone::{self, ZoneId};
use super::{text, unit};
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::java::date::default_zone;
use crate::script::java::date_time_format::Moment;
use crate::script::java::enumeration;
use crate::script::java::string::COMPARABLE;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

macro_rules! class {
    ($name:ident, $full:literal) => {
        /// The class of that name in `java.time`.
        pub static $name: Static =
            Static::new(|| Class::new($full).extends(&[&COMPARABLE]).statics(STATICS).methods(METHODS));
    };
}

class!(LOCAL_DATE, "java.time.LocalDate");
class!(LOCAL_TIME, "java.time.LocalTime");
class!(LOCAL_DATE_TIME, "java.time.LocalDateTime");
class!(ZONED_DATE_TIME, "java.time.ZonedDateTime");
class!(OFFSET_DATE_TIME, "java.time.OffsetDateTime");
class!(INSTANT, "java.time.Instant");

/// A date, a time, or both, with or without a zone.
#[derive(Clone, Debug, PartialEq)]
pub enum Temporal {
    /// `LocalDate`.
    Date(Date),
    /// `LocalTime`.
    Time(Time),
    /// `LocalDateTime`.
    DateTime(DateTime),
    /// `ZonedDateTime`.
    Zoned(Zoned),
    /// `OffsetDateTime`.
    Offset(Zoned),
    /// `Instant`.
    Instant(Timestamp),
}

impl HostObject for Temporal {
    fn class(&self) -> ClassRef {
        ClassRef::Java(match self {
            Self::Date(_) => &LOCAL_DATE,
            Self::Time(_) => &LOCAL_TIME,
            Self::DateTime(_) => &LOCAL_DATE_TIME,
            Self::Zoned(_) => &ZONED_DATE_TIME,
            Self::Offset(_) => &OFFSET_DATE_TIME,
            Self::Instant(_) => &INSTANT,
        })
    }

    fn plain_text(&self) -> Option<String> {
        let both = |moment: DateTime| format!("{}T{}", text::date(moment.date()), text::time(moment.time(), false));
        Some(match self {
            Self::Date(date) => text::date(*date),
            Self::Time(time) => text::time(*time, false),
            Self::DateTime(moment) => both(*moment),
            Self::Offset(moment) => format!("{}{}", both(moment.datetime()), text::offset(moment.offset().seconds())),
            Self::Zoned(moment) => {
                let local = format!("{}{}", both(moment.datetime()), text::offset(moment.offset().seconds()));
                match moment.time_zone().iana_name() {
                    Some(name) => format!("{local}[{name}]"),
                    None => local,
                }
            }
            Self::Instant(instant) => {
                let moment = instant.to_zoned(TimeZone::UTC);
                format!("{}T{}Z", text::date(moment.date()), text::time(moment.time(), true))
            }
        })
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }

    fn hash(&self) -> Option<i32> {
        self.plain_text().map(|text| crate::script::java::text::hash(&text))
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        let other = other.downcast::<Self>()?;
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.cmp(b)),
            _ => Some(self.timestamp().ok()?.cmp(&other.timestamp().ok()?)),
        }
    }
}

fn unsupported(what: &str) -> Thrown {
    Thrown::new("java.time.temporal.UnsupportedTemporalTypeException", format!("Unsupported field: {what}"))
}

fn invalid(error: &jiff::Error) -> Thrown {
    Thrown::new("java.time.DateTimeException", error.to_string())
}

impl Temporal {
    /// The moment of so many milliseconds since 1970.
    pub fn instant(millis: i64) -> Outcome<Value> {
        let instant = Timestamp::from_millisecond(millis).map_err(|error| invalid(&error))?;
        Ok(Value::object(Self::Instant(instant)))
    }

    /// The date.
    pub fn date(&self) -> Outcome<Date> {
        match self {
            Self::Date(date) => Ok(*date),
            Self::DateTime(moment) => Ok(moment.date()),
            Self::Zoned(moment) | Self::Offset(moment) => Ok(moment.date()),
            _ => Err(unsupported("EpochDay")),
        }
    }

    fn time(&self) -> Outcome<Time> {
        match self {
            Self::Time(time) => Ok(*time),
            Self::DateTime(moment) => Ok(moment.time()),
            Self::Zoned(moment) | Self::Offset(moment) => Ok(moment.time()),
            Self::Instant(instant) => Ok(instant.to_zoned(TimeZone::UTC).time()),
            Self::Date(_) => Err(unsupported("HourOfDay")),
        }
    }

    fn timestamp(&self) -> Outcome<Timestamp> {
        match self {
            Self::Zoned(moment) | Self::Offset(moment) => Ok(moment.timestamp()),
            Self::Instant(instant) => Ok(*instant),
            _ => Err(unsupported("InstantSeconds")),
        }
    }

    /// The moment as patterns print it.
    pub fn moment(&self) -> Moment {
        match self {
            Self::Date(date) => Moment::from(*date),
            Self::Time(time) => Moment { time: Some(*time), ..Moment::default() },
            Self::DateTime(moment) => {
                Moment { date: Some(moment.date()), time: Some(moment.time()), ..Moment::default() }
            }
            Self::Zoned(moment) => Moment::from(moment),
            Self::Offset(moment) => Moment { zone: None, ..Moment::from(moment) },
            Self::Instant(_) => Moment::default(),
        }
    }

    /// The same moment in a zone, where it is one.
    pub fn in_zone(&self, zone: &TimeZone) -> Self {
        match self {
            Self::Zoned(moment) | Self::Offset(moment) => Self::Zoned(moment.with_time_zone(zone.clone())),
            Self::Instant(instant) => Self::Zoned(instant.to_zoned(zone.clone())),
            other => other.clone(),
        }
    }

    /// The text in one of the ISO formats.
    pub fn iso(&self, name: &str) -> Outcome<String> {
        let seconds = |time: Time| text::time(time, true);
        Ok(match name {
            "BASIC_ISO_DATE" => text::date(self.date()?).replace('-', ""),
            "ISO_LOCAL_DATE" => text::date(self.date()?),
            "ISO_DATE" => text::date(self.date()?),
            "ISO_LOCAL_TIME" | "ISO_TIME" => seconds(self.time()?),
            "ISO_LOCAL_DATE_TIME" => format!("{}T{}", text::date(self.date()?), seconds(self.time()?)),
            "ISO_INSTANT" => Self::Instant(self.timestamp()?).plain_text().unwrap_or_default(),
            name => {
                let local = format!("{}T{}", text::date(self.date()?), seconds(self.time()?));
                match self {
                    Self::Zoned(moment) | Self::Offset(moment) => {
                        let zone = moment.time_zone().iana_name().filter(|_| name != "ISO_OFFSET_DATE_TIME");
                        let zone = zone.map(|name| format!("[{name}]")).unwrap_or_default();
                        format!("{local}{}{zone}", text::offset(moment.offset().seconds()))
                    }
                    _ => local,
                }
            }
        })
    }

    fn plus(&self, span: Span) -> Outcome<Self> {
        let moved = match self {
            Self::Date(date) => date.checked_add(span).map(Self::Date),
            Self::Time(time) => Ok(Self::Time(time.wrapping_add(span))),
            Self::DateTime(moment) => moment.checked_add(span).map(Self::DateTime),
            Self::Zoned(moment) => moment.checked_add(span).map(Self::Zoned),
            Self::Offset(moment) => moment.checked_add(span).map(Self::Offset),
            Self::Instant(instant) => {
                instant.to_zoned(TimeZone::UTC).checked_add(span).map(|moment| Self::Instant(moment.timestamp()))
            }
        };
        moved.map_err(|error| invalid(&error))
    }

    /// The same with another date and time.
    fn with(&self, date: Option<Date>, time: Option<Time>) -> Outcome<Self> {
        let zoned = |moment: &Zoned| {
            let local = date.unwrap_or(moment.date()).to_datetime(time.unwrap_or(moment.time()));
            local.to_zoned(moment.time_zone().clone()).map_err(|error| invalid(&error))
        };
        Ok(match self {
            Self::Date(own) => Self::Date(date.unwrap_or(*own)),
            Self::Time(own) => Self::Time(time.unwrap_or(*own)),
            Self::DateTime(own) => Self::DateTime(date.unwrap_or(own.date()).to_datetime(time.unwrap_or(own.time()))),
            Self::Zoned(moment) => Self::Zoned(zoned(moment)?),
            Self::Offset(moment) => Self::Offset(zoned(moment)?),
            Self::Instant(instant) => Self::Instant(zoned(&instant.to_zoned(TimeZone::UTC))?.timestamp()),
        })
    }
}

/// So many whole units lie between two moments.
pub fn between(from: &Temporal, to: &Temporal, unit: &str) -> Outcome<i64> {
    if let Some(nanos) = unit::nanos(unit) {
        let local = |temporal: &Temporal| -> Outcome<i128> {
            Ok(match temporal {
                Temporal::Date(date) => date.to_datetime(Time::midnight()),
                Temporal::Time(time) => Date::constant(1970, 1, 1).to_datetime(*time),
                Temporal::DateTime(moment) => *moment,
                other => return Ok(other.timestamp()?.as_nanosecond()),
            }
            .to_zoned(TimeZone::UTC)
            .map_err(|error| invalid(&error))?
            .timestamp()
            .as_nanosecond())
        };
        return Ok(((local(to)? - local(from)?) / nanos) as i64);
    }
    let (from, to) = (from.date()?, to.date()?);
    let span = from.until((jiff::Unit::Month, to)).map_err(|error| invalid(&error))?;
    let months = i64::from(span.get_months());
    Ok(match unit {
        "MONTHS" => months,
        "YEARS" => months / 12,
        _ => months / 120,
    })
}

/// A text in ISO's form, whatever it has.
pub fn read_iso(text: &str) -> Option<Moment> {
    if let Ok(moment) = text.parse::<Zoned>() {
        return Some(Moment::from(&moment));
    }
    if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text)
        && let Some(offset) = pieces.to_numeric_offset()
    {
        let (date, time) = (pieces.date(), pieces.time());
        return Some(Moment { date: Some(date), time, offset: Some(offset.seconds()), ..Moment::default() });
    }
    if text.contains('T') || text.contains(' ') {
        let moment: DateTime = text.parse().ok()?;
        return Some(Moment { date: Some(moment.date()), time: Some(moment.time()), ..Moment::default() });
    }
    if let Ok(date) = text.parse::<Date>() {
        return Some(Moment::from(date));
    }
    text.parse::<Time>().ok().map(|time| Moment { time: Some(time), ..Moment::default() })
}

/// The class that a static method is called on.
fn called(c: &Call<'_, '_>) -> &'static str {
    match c.this {
        Value::Class(class) => class.java().simple_name(),
        _ => "",
    }
}

fn made(temporal: Temporal) -> Outcome {
    ok(Value::object(temporal))
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

const STATICS: &[Row] = &[
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

fn zoned(local: &Temporal, zone: &TimeZone) -> Outcome {
    let moment = local.date()?.to_datetime(local.time()?);
    made(Temporal::Zoned(moment.to_zoned(zone.clone()).map_err(|error| invalid(&error))?))
}

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

const METHODS: &[Row] = steps!(
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
