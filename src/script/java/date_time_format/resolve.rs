//! From fields to a date and a time, as `java.time.format.Parsed` does it in its smart mode.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::locale::Locale;
use super::moment::{date_of, epoch_day, of_date, of_time};
use super::read::Read;
use super::{Field, Moment};

type Resolved<T> = Result<T, String>;

/// The moment that fields and defaults mean.
pub(super) fn resolve(
    mut read: Read,
    defaults: &[(Field, i64)],
    zone: Option<&TimeZone>,
    locale: &Locale,
) -> Resolved<Moment> {
    for (field, value) in defaults {
        if read.get(*field).is_none() {
            read.set(*field, *value);
        }
    }
    for (field, value) in &read.fields {
        let range = field.range();
        // A day may be said to end at 24 o'clock.
        let is_end = *field == Field::HourOfDay && *value == 24;
        if !range.contains(value) && !is_end {
            return Err(format!(
                "Invalid value for {} (valid values {} - {}): {value}",
                field.name(),
                range.start(),
                range.end()
            ));
        }
    }
    let date = resolve_date(&mut read, locale)?;
    let (time, excess_days) = resolve_time(&mut read)?;
    let date = match date {
        Some(date) if excess_days > 0 => Some(date_of(epoch_day(date) + 1).ok_or("the date is beyond all time")?),
        date => date,
    };
    check(&read, date, time, locale)?;
    let offset = read.get(Field::OffsetSeconds).and_then(|seconds| i32::try_from(seconds).ok());
    let zone = read.zone.take().or_else(|| zone.cloned());
    Ok(Moment { date, time, offset, zone, others: read.fields })
}

/// What was read besides has to agree with the date and the time.
fn check(read: &Read, date: Option<Date>, time: Option<Time>, locale: &Locale) -> Resolved<()> {
    for (field, value) in &read.fields {
        let date_says =
            date.and_then(|date| of_date(*field, date, locale)).map(|says| (says, date.map(|it| it.to_string())));
        let time_says = time.and_then(|time| of_time(*field, time)).map(|says| (says, time.map(|it| it.to_string())));
        if let Some((says, from)) = date_says.or(time_says)
            && says != *value
        {
            let (name, from) = (field.name(), from.unwrap_or_default());
            return Err(format!("Conflict found: Field {name} {says} differs from {name} {value} derived from {from}"));
        }
    }
    Ok(())
}

fn resolve_date(read: &mut Read, locale: &Locale) -> Resolved<Option<Date>> {
    resolve_year(read)?;
    if let Some(day) = read.take(Field::ModifiedJulianDay) {
        return Ok(date_of(day - 40_587));
    }
    let Some(year) = read.get(Field::Year) else { return by_week(read, locale) };
    let year16 = i16::try_from(year).map_err(|_| format!("Invalid value for Year: {year}"))?;
    if let (Some(month), Some(day)) = (read.get(Field::MonthOfYear), read.get(Field::DayOfMonth)) {
        for field in [Field::Year, Field::MonthOfYear, Field::DayOfMonth] {
            read.take(field);
        }
        let first = Date::new(year16, month as i8, 1).map_err(|error| error.to_string())?;
        let day = (day as i8).min(first.days_in_month());
        return Date::new(year16, month as i8, day).map(Some).map_err(|error| error.to_string());
    }
    if let Some(day) = read.get(Field::DayOfYear) {
        read.take(Field::Year);
        read.take(Field::DayOfYear);
        let first = Date::new(year16, 1, 1).map_err(|error| error.to_string())?;
        if day > i64::from(first.days_in_year()) {
            return Err(format!("Invalid date 'DayOfYear {day}' as '{year}' is not a leap year"));
        }
        return Ok(date_of(epoch_day(first) + day - 1));
    }
    by_week(read, locale)
}

/// A year of an era becomes a year. Without an era it is one of ours.
fn resolve_year(read: &mut Read) -> Resolved<()> {
    let Some(year_of_era) = read.take(Field::YearOfEra) else { return Ok(()) };
    let era = read.take(Field::Era);
    let year = if era == Some(0) { 1 - year_of_era } else { year_of_era };
    if let Some(known) = read.get(Field::Year)
        && known != year
    {
        return Err(format!("Conflict found: Year {known} differs from Year {year}"));
    }
    read.set(Field::Year, year);
    Ok(())
}

/// A week-based year, a week and a day of the week.
fn by_week(read: &mut Read, locale: &Locale) -> Resolved<Option<Date>> {
    let (Some(year), Some(week)) = (read.get(Field::WeekBasedYear), read.get(Field::WeekOfYear)) else {
        return Ok(None);
    };
    let day = match (read.get(Field::LocalizedDayOfWeek), read.get(Field::DayOfWeek)) {
        (Some(day), _) => day,
        (None, Some(day)) => (day - locale.first_day).rem_euclid(7) + 1,
        (None, None) => return Ok(None),
    };
    for field in [Field::WeekBasedYear, Field::WeekOfYear, Field::LocalizedDayOfWeek, Field::DayOfWeek] {
        read.take(field);
    }
    let year = i16::try_from(year).map_err(|_| format!("Invalid value for WeekBasedYear: {year}"))?;
    // The first week holds the day that makes it one.
    let holds = Date::new(year, 1, locale.least_days as i8).map_err(|error| error.to_string())?;
    let weekday = (i64::from(holds.weekday().to_monday_one_offset()) - locale.first_day).rem_euclid(7);
    let first = epoch_day(holds) - weekday;
    Ok(date_of(first + (week - 1) * 7 + day - 1))
}

/// The time, and how many days it is past the date.
fn resolve_time(read: &mut Read) -> Resolved<(Option<Time>, i64)> {
    if let Some(hour) = read.take(Field::ClockHourOfDay) {
        update(read, Field::HourOfDay, hour % 24, Field::ClockHourOfDay)?;
    }
    if let Some(hour) = read.take(Field::ClockHourOfAmPm) {
        update(read, Field::HourOfAmPm, hour % 12, Field::ClockHourOfAmPm)?;
    }
    if let (Some(half), Some(hour)) = (read.get(Field::AmPmOfDay), read.get(Field::HourOfAmPm)) {
        read.take(Field::AmPmOfDay);
        read.take(Field::HourOfAmPm);
        update(read, Field::HourOfDay, half * 12 + hour, Field::AmPmOfDay)?;
    }
    for (field, unit) in [(Field::NanoOfDay, 1), (Field::MilliOfDay, 1_000_000)] {
        if let Some(value) = read.take(field) {
            let nanos = value * unit;
            update(read, Field::HourOfDay, nanos / 3_600_000_000_000, field)?;
            update(read, Field::MinuteOfHour, nanos / 60_000_000_000 % 60, field)?;
            update(read, Field::SecondOfMinute, nanos / 1_000_000_000 % 60, field)?;
            update(read, Field::NanoOfSecond, nanos % 1_000_000_000, field)?;
        }
    }
    if let Some(millis) = read.take(Field::MilliOfSecond) {
        let below = read.get(Field::NanoOfSecond).unwrap_or(0) % 1_000_000;
        update(read, Field::NanoOfSecond, millis * 1_000_000 + below, Field::MilliOfSecond)?;
    }
    let parts = [Field::HourOfDay, Field::MinuteOfHour, Field::SecondOfMinute, Field::NanoOfSecond];
    let [hour, minute, second, nano] = parts.map(|field| read.get(field));
    let has_gap = minute.is_none() && (second.is_some() || nano.is_some()) || second.is_none() && nano.is_some();
    let Some(hour) = hour.filter(|_| !has_gap) else { return Ok((None, 0)) };
    for field in parts {
        let _ = read.take(field);
    }
    let (minute, second, nano) = (minute.unwrap_or(0), second.unwrap_or(0), nano.unwrap_or(0));
    if hour == 24 {
        if (minute, second, nano) != (0, 0, 0) {
            return Err("Invalid value for HourOfDay (valid values 0 - 23): 24".into());
        }
        return Ok((Some(Time::midnight()), 1));
    }
    let time = Time::new(hour as i8, minute as i8, second as i8, nano as i32).map_err(|error| error.to_string())?;
    Ok((Some(time), 0))
}

/// Sets a field that another one means, unless it has another value already.
fn update(read: &mut Read, field: Field, value: i64, from: Field) -> Resolved<()> {
    if read.set(field, value) {
        return Ok(());
    }
    let (name, known) = (field.name(), read.get(field).unwrap_or_default());
    Err(format!("Conflict found: {name} {known} differs from {name} {value} while resolving  {}", from.name()))
}
