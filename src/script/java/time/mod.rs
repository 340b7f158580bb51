//! `java.time`: dates, times, moments, spans and their formats.

mod duration;
mod formatter;
mod temporal;
mod text;
mod unit;
mod zone;

use super::super::class::Static;
use super::super::machine::{Outcome, ok};
use temporal::Temporal;

/// All classes of the package.
pub static CLASSES: &[&Static] = &[
    &duration::DURATION,
    &duration::PERIOD,
    &formatter::FORMATTER,
    &temporal::INSTANT,
    &temporal::LOCAL_DATE,
    &temporal::LOCAL_DATE_TIME,
    &temporal::LOCAL_TIME,
    &temporal::OFFSET_DATE_TIME,
    &temporal::ZONED_DATE_TIME,
    &unit::CHRONO_UNIT,
    &unit::DAY_OF_WEEK,
    &unit::MONTH,
    &zone::ZONE_ID,
    &zone::ZONE_OFFSET,
];

/// The `Instant` of so many milliseconds since 1970.
///
/// # Errors
/// When that is beyond all time.
pub fn instant(millis: i64) -> Outcome {
    ok(Temporal::instant(millis)?)
}

/// The `ZoneId` of that name.
///
/// # Errors
/// `ZoneRulesException`.
pub fn zone_id(name: &str) -> Outcome {
    zone::named(name)
}
