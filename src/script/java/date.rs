//! `java.util.Date` and `TimeZone`: moments in milliseconds, and how zones show them.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicI64, Ordering as Atomic};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::date_format::Pattern;
use super::string::COMPARABLE;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Array;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.util.Date`.
pub static DATE: Static = Static::new(|| {
    Class::new("java.util.Date").extends(&[&COMPARABLE]).constructors(NEW).statics(STATICS).methods(METHODS)
});
/// `java.sql.Timestamp`.
pub static TIMESTAMP: Static =
    Static::new(|| Class::new("java.sql.Timestamp").extends(&[&DATE]).constructors(TIMESTAMP_NEW));
/// `java.util.TimeZone`.
pub static TIME_ZONE: Static =
    Static::new(|| Class::new("java.util.TimeZone").statics(ZONE_STATICS).methods(ZONE_METHODS));

/// A moment: milliseconds since 1970, which may be changed.
pub struct Date {
    class: &'static Static,
    millis: AtomicI64,
}

impl Date {
    /// The object of a moment.
    #[must_use]
    pub fn value(millis: i64) -> Value {
        Value::object(Self { class: &DATE, millis: AtomicI64::new(millis) })
    }

    /// Milliseconds since 1970.
    pub fn millis(&self) -> i64 {
        self.millis.load(Atomic::Relaxed)
    }

    /// Changes the moment.
    pub fn set(&self, millis: i64) {
        self.millis.store(millis, Atomic::Relaxed);
    }
}

impl HostObject for Date {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn plain_text(&self) -> Option<String> {
        let pattern = if std::ptr::eq(self.class, &raw const TIMESTAMP) {
            "yyyy-MM-dd HH:mm:ss.S"
        } else {
            "EEE MMM dd HH:mm:ss zzz yyyy"
        };
        Pattern::new(pattern).ok().map(|pattern| pattern.print(&zoned(self.millis(), &default_zone())))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.millis() == other.millis())
    }

    fn hash(&self) -> Option<i32> {
        let millis = self.millis();
        Some((millis ^ (millis as u64 >> 32) as i64) as i32)
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        other.downcast::<Self>().map(|other| self.millis().cmp(&other.millis()))
    }
}

/// The zone of this machine.
#[must_use]
pub fn default_zone() -> TimeZone {
    TimeZone::system()
}

/// A moment as a zone shows it.
#[must_use]
pub fn zoned(millis: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(zone.clone())
}

/// The moment of a date, a calendar or a number.
#[must_use]
pub fn millis_of(machine: &mut Machine<'_>, value: &Value) -> Option<i64> {
    if let Some(date) = value.downcast::<Date>() {
        return Some(date.millis());
    }
    match value {
        Value::Object(_) if value.class().is_a("java.util.Calendar") => {
            machine.invoke(value, "getTimeInMillis", &[]).ok()?.to_i64()
        }
        other => other.to_i64(),
    }
}

/// A date or calendar as a pattern shows it.
///
/// # Errors
/// The pattern is none.
pub fn formatted(machine: &mut Machine<'_>, value: &Value, pattern: &str) -> Outcome<String> {
    let millis = millis_of(machine, value).unwrap_or_default();
    Ok(Pattern::new(pattern)?.print(&zoned(millis, &default_zone())))
}

const NEW: &[Row] = &[
    new("", |c| {
        let now = c.machine.host.now();
        ok(Date::value(now))
    }),
    new("long", |c| ok(Date::value(c.long(0)))),
    new("String", |c| {
        let pattern = Pattern::new("yyyy/MM/dd")?;
        let zone = default_zone();
        match pattern.read(c.text(0)?, &zone) {
            Ok((millis, _)) => ok(Date::value(millis)),
            Err(_) => Err(Thrown::bare("java.lang.IllegalArgumentException")),
        }
    }),
    new("int, int, int, int?, int?, int?", |c| {
        let date = jiff::civil::date((c.int(0) + 1900) as i16, 1, 1).at(0, 0, 0, 0);
        let span = jiff::Span::new()
            .months(c.int(1))
            .days(c.int(2) - 1)
            .hours(c.int_or(3, 0))
            .minutes(c.int_or(4, 0))
            .seconds(c.int_or(5, 0));
        let moment = date.checked_add(span).ok().and_then(|date| date.to_zoned(default_zone()).ok());
        ok(Date::value(moment.map_or(0, |moment| moment.timestamp().as_millisecond())))
    }),
];

const TIMESTAMP_NEW: &[Row] =
    &[new("long", |c| ok(Value::object(Date { class: &TIMESTAMP, millis: AtomicI64::new(c.long(0)) })))];

const STATICS: &[Row] = &[row("from", "Object", |c| {
    let millis = c.machine.invoke(c.arg(0), "toEpochMilli", &[])?;
    ok(Date::value(millis.to_i64().unwrap_or_default()))
})];

const METHODS: &[Row] = &[
    row("getTime", "", |c| ok(c.this_as::<Date>()?.millis())),
    row("setTime", "long", |c| {
        c.this_as::<Date>()?.set(c.long(0));
        Ok(Value::Null)
    }),
    row("before", "Date", |c| ok(c.this_as::<Date>()?.millis() < c.arg_as::<Date>(0)?.millis())),
    row("after", "Date", |c| ok(c.this_as::<Date>()?.millis() > c.arg_as::<Date>(0)?.millis())),
    row("compareTo", "Date", |c| ok(c.this_as::<Date>()?.millis().cmp(&c.arg_as::<Date>(0)?.millis()) as i32)),
    row("clone", "", |c| ok(Date::value(c.this_as::<Date>()?.millis()))),
    row("toInstant", "", |c| super::time::instant(c.this_as::<Date>()?.millis())),
    row("getYear", "", |c| ok(i32::from(own(c)?.year()) - 1900)),
    row("getMonth", "", |c| ok(i32::from(own(c)?.month()) - 1)),
    row("getDate", "", |c| ok(i32::from(own(c)?.day()))),
    row("getDay", "", |c| ok(i32::from(own(c)?.weekday().to_sunday_zero_offset()))),
    row("getHours", "", |c| ok(i32::from(own(c)?.hour()))),
    row("getMinutes", "", |c| ok(i32::from(own(c)?.minute()))),
    row("getSeconds", "", |c| ok(i32::from(own(c)?.second()))),
    row("getTimezoneOffset", "", |c| ok(-own(c)?.offset().seconds() / 60)),
    row("toLocaleString", "", |c| ok(Pattern::new("MMM d, yyyy, h:mm:ss a")?.print(&own(c)?))),
    row("toGMTString", "", |c| {
        let moment = zoned(c.this_as::<Date>()?.millis(), &TimeZone::UTC);
        ok(Pattern::new("d MMM yyyy HH:mm:ss 'GMT'")?.print(&moment))
    }),
];

fn own(c: &crate::script::call::Call<'_, '_>) -> Outcome<Zoned> {
    Ok(zoned(c.this_as::<Date>()?.millis(), &default_zone()))
}

/// A zone with the name that scripts gave to it.
pub struct Zone {
    /// The zone.
    pub zone: TimeZone,
    name: String,
}

impl Zone {
    /// The zone of that name: `Europe/Berlin`, `GMT+2`; GMT when there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let offset = |text: &str| {
            let (hours, minutes) = match text[1..].split_once(':') {
                Some((hours, minutes)) => (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?),
                None if text.len() == 5 => (text[1..3].parse().ok()?, text[3..].parse().ok()?),
                None => (text[1..].parse().ok()?, 0),
            };
            let seconds = hours * 3600 + minutes * 60;
            jiff::tz::Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).ok()
        };
        let signed = ["GMT", "UTC", "UT", ""]
            .iter()
            .filter_map(|prefix| name.strip_prefix(prefix))
            .find(|rest| rest.starts_with(['+', '-']) && rest.is_ascii());
        let zone = match (signed, name) {
            (Some(rest), _) => offset(rest).map(TimeZone::fixed),
            (None, "GMT" | "UTC" | "Z" | "UT") => Some(TimeZone::UTC),
            (None, name) => TimeZone::get(name).ok(),
        };
        match zone {
            Some(zone) => Self { zone, name: name.to_owned() },
            None => Self { zone: TimeZone::UTC, name: "GMT".to_owned() },
        }
    }
}

impl HostObject for Zone {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&TIME_ZONE)
    }

    fn plain_text(&self) -> Option<String> {
        Some(format!("sun.util.calendar.ZoneInfo[id=\"{}\"]", self.name))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.name == other.name)
    }
}

const ZONE_STATICS: &[Row] = &[
    row("getTimeZone", "Object", |c| {
        let name = c.text_of(0)?;
        ok(Value::object(Zone::named(&name)))
    }),
    row("getDefault", "", |_| {
        let zone = default_zone();
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        ok(Value::object(Zone { zone, name }))
    }),
    row("setDefault", "TimeZone", |_| Ok(Value::Null)),
    row("getAvailableIDs", "", |_| {
        let names = jiff::tz::db().available().map(|name| Value::from(name.as_str())).collect();
        ok(Value::Array(std::sync::Arc::new(Array::texts(names))))
    }),
];

const ZONE_METHODS: &[Row] = &[
    row("getID", "", |c| ok(c.this_as::<Zone>()?.name.clone())),
    row("getDisplayName", "", |c| ok(c.this_as::<Zone>()?.name.clone())),
    row("getRawOffset", "", |c| ok(offset_at(&c.this_as::<Zone>()?.zone, 0) * 1000)),
    row("getOffset", "long", |c| ok(offset_at(&c.this_as::<Zone>()?.zone, c.long(0)) * 1000)),
    row("toZoneId", "", |c| super::time::zone_id(&c.this_as::<Zone>()?.name)),
];

fn offset_at(zone: &TimeZone, millis: i64) -> i32 {
    zoned(millis, zone).offset().seconds()
}
