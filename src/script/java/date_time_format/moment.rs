//! A moment, as far as it is known: with a date, a time, an offset and a zone, or only some of these.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

use super::Field;
use super::locale::Locale;

/// A moment, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    /// The date.
    pub date: Option<Date>,
    /// The time of day.
    pub time: Option<Time>,
    /// Seconds east of Greenwich.
    pub offset: Option<i32>,
    /// The zone.
    pub zone: Option<TimeZone>,
    /// What was read and makes neither a date nor a time.
    pub others: Vec<(Field, i64)>,
}

impl From<&Zoned> for Moment {
    fn from(zoned: &Zoned) -> Self {
        Self {
            date: Some(zoned.date()),
            time: Some(zoned.time()),
            offset: Some(zoned.offset().seconds()),
            zone: Some(zoned.time_zone().clone()),
            others: Vec::new(),
        }
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self { date: Some(date), ..Self::default() }
    }
}

impl Moment {
    /// That many milliseconds since 1970, as a zone has it.
    ///
    /// # Errors
    /// When that is beyond all time.
    pub fn at(millis: i64, zone: &TimeZone) -> Result<Self, String> {
        let instant = Timestamp::from_millisecond(millis).map_err(|error| error.to_string())?;
        Ok(Self::from(&instant.to_zoned(zone.clone())))
    }

    /// The same moment with a zone, for arithmetic: the zone, or else the offset.
    ///
    /// # Errors
    /// When something is missing.
    pub fn to_zoned(&self) -> Result<Zoned, String> {
        let (Some(date), Some(time)) = (self.date, self.time) else {
            return Err("Unable to obtain ZonedDateTime".into());
        };
        let offset = self.offset.and_then(|seconds| Offset::from_seconds(seconds).ok());
        let local = date.to_datetime(time);
        let zone = match (&self.zone, offset) {
            (Some(zone), _) => zone.clone(),
            (None, Some(offset)) => TimeZone::fixed(offset),
            (None, None) => return Err("Unable to obtain ZoneId".into()),
        };
        // An offset says more than a zone does.
        let instant = match offset {
            Some(offset) => offset.to_timestamp(local).map_err(|error| error.to_string())?,
            None => zone.to_timestamp(local).map_err(|error| error.to_string())?,
        };
        Ok(instant.to_zoned(zone))
    }

    /// The same instant as a zone has it, if the moment is known in another one (`DateTimePrintContext.adjust`). Without
    /// an instant only the zone changes.
    ///
    /// # Errors
    /// When the instant is beyond all time.
    pub fn in_zone(self, zone: &TimeZone) -> Result<Self, String> {
        match &self.zone {
            Some(own) if own != zone && self.date.is_some() && self.time.is_some() => {
                Ok(Self::from(&self.to_zoned()?.with_time_zone(zone.clone())))
            }
            Some(_) => Ok(Self { zone: Some(zone.clone()), ..self }),
            None => Ok(self),
        }
    }

    /// So many nanoseconds later.
    ///
    /// # Errors
    /// When that is beyond all time.
    pub fn plus(zoned: &Zoned, nanos: i128) -> Result<Zoned, String> {
        let total = zoned.timestamp().as_nanosecond() + nanos;
        let instant = Timestamp::from_nanosecond(total).map_err(|error| error.to_string())?;
        Ok(instant.to_zoned(zoned.time_zone().clone()))
    }

    /// The value of a field.
    pub(super) fn get(&self, field: Field, locale: &Locale) -> Result<i64, String> {
        let known = self.date.and_then(|date| of_date(field, date, locale));
        let known = known.or_else(|| self.time.and_then(|time| of_time(field, time)));
        let known = known.or_else(|| match field {
            Field::OffsetSeconds => self.offset.map(i64::from),
            _ => self.others.iter().find(|(other, _)| *other == field).map(|(_, value)| *value),
        });
        known.ok_or_else(|| format!("Unsupported field: {}", field.name()))
    }
}

/// What a date says of a field.
pub(super) fn of_date(field: Field, date: Date, locale: &Locale) -> Option<i64> {
    let (year, day) = (i64::from(date.year()), i64::from(date.day()));
    let weekday = i64::from(date.weekday().to_monday_one_offset());
    Some(match field {
        Field::Era => i64::from(year > 0),
        Field::Year => year,
        Field::YearOfEra if year > 0 => year,
        Field::YearOfEra => 1 - year,
        Field::QuarterOfYear => (i64::from(date.month()) + 2) / 3,
        Field::MonthOfYear => i64::from(date.month()),
        Field::DayOfYear => i64::from(date.day_of_year()),
        Field::DayOfMonth => day,
        Field::AlignedDayOfWeekInMonth => (day - 1) % 7 + 1,
        Field::DayOfWeek => weekday,
        Field::ModifiedJulianDay => epoch_day(date) + 40_587,
        Field::LocalizedDayOfWeek => local_weekday(weekday, locale),
        Field::WeekOfMonth => week_of(day, local_weekday(weekday, locale), locale),
        Field::WeekOfYear => week_of_year(date, locale).1,
        Field::WeekBasedYear => week_of_year(date, locale).0,
        _ => return None,
    })
}

/// What a time says of a field.
pub(super) fn of_time(field: Field, time: Time) -> Option<i64> {
    let hour = i64::from(time.hour());
    let nanos = time.duration_since(Time::midnight()).as_nanos() as i64;
    Some(match field {
        Field::AmPmOfDay => hour / 12,
        Field::HourOfAmPm => hour % 12,
        Field::ClockHourOfAmPm => (hour + 11) % 12 + 1,
        Field::HourOfDay => hour,
        Field::ClockHourOfDay => (hour + 23) % 24 + 1,
        Field::MinuteOfHour => i64::from(time.minute()),
        Field::SecondOfMinute => i64::from(time.second()),
        Field::MilliOfSecond => i64::from(time.subsec_nanosecond()) / 1_000_000,
        Field::NanoOfSecond => i64::from(time.subsec_nanosecond()),
        Field::MilliOfDay => nanos / 1_000_000,
        Field::NanoOfDay => nanos,
        _ => return None,
    })
}

/// Days since 1970.
pub fn epoch_day(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// The date of that many days since 1970.
pub fn date_of(epoch_day: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(SignedDuration::from_hours(epoch_day.checked_mul(24)?)).ok()
}

fn local_weekday(weekday: i64, locale: &Locale) -> i64 {
    (weekday - locale.first_day).rem_euclid(7) + 1
}

/// The week in which a day of a month or a year is; 0 if that week belongs to the one before.
fn week_of(day: i64, weekday: i64, locale: &Locale) -> i64 {
    let start = (day - weekday).rem_euclid(7);
    let offset = if start + 1 > locale.least_days { 7 - start } else { -start };
    (7 + offset + day - 1) / 7
}

/// The week-based year and the week in it.
fn week_of_year(date: Date, locale: &Locale) -> (i64, i64) {
    let weekday = local_weekday(i64::from(date.weekday().to_monday_one_offset()), locale);
    let year = i64::from(date.year());
    let week = week_of(i64::from(date.day_of_year()), weekday, locale);
    if week == 0 {
        let last = Date::new(date.year() - 1, 12, 31).unwrap_or(date);
        let weekday = local_weekday(i64::from(last.weekday().to_monday_one_offset()), locale);
        return (year - 1, week_of(i64::from(last.day_of_year()), weekday, locale));
    }
    if week >= 50 {
        let first = Date::new((date.year() + 1).min(9999), 1, 1).unwrap_or(date);
        let weekday = local_weekday(i64::from(first.weekday().to_monday_one_offset()), locale);
        // The week of the next year's first day, if that belongs to the next year.
        let start = epoch_day(first) - (weekday - 1);
        if week_of(1, weekday, locale) == 1 && epoch_day(date) >= start {
            return (year + 1, 1);
        }
    }
    (year, week)
}
