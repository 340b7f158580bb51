//! `LocalDate`, `LocalTime`, `LocalDateTime`, `ZonedDateTime`, `OffsetDateTime` and `Instant`: one table, because what one has
//! the others mostly have as well.

mod methods;
mod statics;

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

use super::{text, unit};
use crate::java::string_hash;
use crate::script::class::{Class, ClassRef, Static};
use crate::script::host::HostObject;
use crate::script::java::date_time_format::Moment;
use crate::script::java::string::COMPARABLE;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

macro_rules! class {
    ($name:ident, $full:literal, $constants:expr) => {
        /// The class of that name in `java.time`.
        pub static $name: Static = Static::new(|| {
            let class = Class::new($full).extends(&[&COMPARABLE]).constants($constants);
            class.statics(statics::STATICS).methods(methods::METHODS)
        });
    };
}

class!(LOCAL_DATE, "java.time.LocalDate", &[("EPOCH", || Value::object(Temporal::Date(date(1970, 1, 1))))]);
class!(
    LOCAL_TIME,
    "java.time.LocalTime",
    &[
        ("MIDNIGHT", || Value::object(Temporal::Time(Time::midnight()))),
        ("MIN", || Value::object(Temporal::Time(Time::midnight()))),
        ("NOON", || Value::object(Temporal::Time(time(12, 0, 0, 0)))),
        ("MAX", || Value::object(Temporal::Time(time(23, 59, 59, 999_999_999)))),
    ]
);
class!(LOCAL_DATE_TIME, "java.time.LocalDateTime", &[]);
class!(ZONED_DATE_TIME, "java.time.ZonedDateTime", &[]);
class!(OFFSET_DATE_TIME, "java.time.OffsetDateTime", &[]);
class!(INSTANT, "java.time.Instant", &[("EPOCH", || Value::object(Temporal::Instant(Timestamp::UNIX_EPOCH)))]);

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
        self.plain_text().map(|text| string_hash(&text))
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

    /// The text in one of the ISO formats. All but those of local times say the offset, where there is one.
    pub fn iso(&self, name: &str) -> Outcome<String> {
        let date = || self.date().map(text::date);
        let time = || self.time().map(text::iso_time);
        let both = || Ok(format!("{}T{}", date()?, time()?));
        let moment = match self {
            Self::Zoned(moment) | Self::Offset(moment) => Some(moment),
            _ => None,
        };
        let offset = moment.map(|moment| text::offset(moment.offset().seconds())).unwrap_or_default();
        let zone = match self {
            Self::Zoned(moment) => moment.time_zone().iana_name().map(|name| format!("[{name}]")).unwrap_or_default(),
            _ => String::new(),
        };
        Ok(match name {
            "BASIC_ISO_DATE" => date()?.replace('-', "") + &offset.replace(':', ""),
            "ISO_LOCAL_DATE" => date()?,
            "ISO_DATE" => date()? + &offset,
            "ISO_LOCAL_TIME" => time()?,
            "ISO_TIME" => time()? + &offset,
            "ISO_LOCAL_DATE_TIME" => both()?,
            "ISO_INSTANT" => Self::Instant(self.timestamp()?).plain_text().unwrap_or_default(),
            "ISO_DATE_TIME" => both()? + &offset + &zone,
            _ if offset.is_empty() => return Err(both().err().unwrap_or_else(|| unsupported("OffsetSeconds"))),
            "ISO_OFFSET_DATE_TIME" => both()? + &offset,
            _ => both()? + &offset + &zone,
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

fn made(temporal: Temporal) -> Outcome {
    ok(Value::object(temporal))
}

fn zoned(local: &Temporal, zone: &TimeZone) -> Outcome {
    let moment = local.date()?.to_datetime(local.time()?);
    made(Temporal::Zoned(moment.to_zoned(zone.clone()).map_err(|error| invalid(&error))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Java 17 prints; nothing where it throws.
    #[test]
    fn iso_formats_say_the_offset() {
        let names = ["ISO_DATE", "ISO_TIME", "BASIC_ISO_DATE", "ISO_DATE_TIME", "ISO_OFFSET_DATE_TIME"];
        let check = |temporal: Temporal, expected: [&str; 5]| {
            let texts = names.map(|name| temporal.iso(name).unwrap_or_default());
            assert_eq!(texts, expected);
        };
        let local: DateTime = "2020-01-02T03:04:05".parse().unwrap();
        let fraction: DateTime = "2020-01-02T03:04:05.050".parse().unwrap();
        let zoned = |zone: TimeZone| local.to_zoned(zone).unwrap();
        check(
            Temporal::Zoned(zoned(TimeZone::get("Europe/Berlin").unwrap())),
            [
                "2020-01-02+01:00",
                "03:04:05+01:00",
                "20200102+0100",
                "2020-01-02T03:04:05+01:00[Europe/Berlin]",
                "2020-01-02T03:04:05+01:00",
            ],
        );
        check(
            Temporal::Offset(zoned(TimeZone::fixed(jiff::tz::offset(0)))),
            ["2020-01-02Z", "03:04:05Z", "20200102Z", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"],
        );
        check(Temporal::DateTime(fraction), ["2020-01-02", "03:04:05.05", "20200102", "2020-01-02T03:04:05.05", ""]);
        check(Temporal::DateTime(local), ["2020-01-02", "03:04:05", "20200102", "2020-01-02T03:04:05", ""]);
    }
}
