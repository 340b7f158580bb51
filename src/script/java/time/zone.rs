//! `ZoneId` and `ZoneOffset`.

use jiff::tz::{Offset, TimeZone};

use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::java::date::{Zone, default_zone};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.time.ZoneId`.
pub static ZONE_ID: Static = Static::new(|| Class::new("java.time.ZoneId").statics(STATICS).methods(METHODS));
/// `java.time.ZoneOffset`.
pub static ZONE_OFFSET: Static = Static::new(|| {
    Class::new("java.time.ZoneOffset").extends(&[&ZONE_ID]).statics(OFFSET_STATICS).constants(CONSTANTS)
});

/// A zone with its name.
pub struct ZoneId {
    /// The zone.
    pub zone: TimeZone,
    name: String,
    is_offset: bool,
}

impl HostObject for ZoneId {
    fn class(&self) -> ClassRef {
        ClassRef::Java(if self.is_offset { &ZONE_OFFSET } else { &ZONE_ID })
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.name.clone())
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.name == other.name)
    }
}

/// The zone of that name.
pub fn named(name: &str) -> Outcome {
    let is_offset = name == "Z" || name.starts_with(['+', '-']);
    let is_known = is_offset
        || matches!(name, "UTC" | "GMT" | "UT")
        || ["UTC", "GMT", "UT"]
            .iter()
            .any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(['+', '-'])));
    if !is_known && TimeZone::get(name).is_err() {
        return Err(Thrown::new("java.time.zone.ZoneRulesException", format!("Unknown time-zone ID: {name}")));
    }
    let zone = Zone::named(name).zone;
    ok(Value::object(ZoneId { zone, name: name.to_owned(), is_offset }))
}

/// The object of a zone.
pub fn value(zone: &TimeZone) -> Value {
    let name = match zone.iana_name() {
        Some("Etc/UTC") | None if zone.to_fixed_offset().is_ok_and(|offset| offset == Offset::UTC) => "Z".to_owned(),
        Some(name) => name.to_owned(),
        None => zone.to_fixed_offset().map_or_else(|_| "Z".into(), |offset| super::text::offset(offset.seconds())),
    };
    Value::object(ZoneId { zone: zone.clone(), is_offset: name.starts_with(['Z', '+', '-']), name })
}

const CONSTANTS: &[Constant] =
    &[("UTC", || Value::object(ZoneId { zone: TimeZone::UTC, name: "Z".into(), is_offset: true }))];

const STATICS: &[Row] = &[
    row("of", "String", |c| named(c.text(0)?)),
    row("systemDefault", "", |_| {
        let zone = default_zone();
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        ok(Value::object(ZoneId { zone, name, is_offset: false }))
    }),
];

const OFFSET_STATICS: &[Row] = &[
    row("of", "String", |c| named(c.text(0)?)),
    row("ofHours", "int", |c| named(&super::text::offset(c.int(0) * 3600))),
    row("ofHoursMinutes", "int, int", |c| named(&super::text::offset(c.int(0) * 3600 + c.int(1) * 60))),
    row("ofTotalSeconds", "int", |c| named(&super::text::offset(c.int(0)))),
];

const METHODS: &[Row] =
    &[row("getId", "", |c| ok(c.this_as::<ZoneId>()?.name.clone())), row("normalized", "", |c| c.this_again())];
