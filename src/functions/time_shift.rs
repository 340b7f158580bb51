//! `${__timeShift(format,date,duration,locale,variable)}`: a date, or now, with a duration added.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::call::{Parameters, store};
use super::java_duration;
use crate::java;
use crate::model::{Arity, Fault, Function, FunctionType, Template, VirtualUser};
use crate::script::java::date_time_format::{DateTimeFormat, Field, Locale, Moment};

const LOG: &str = "o.a.j.f.TimeShift";

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__timeShift",
    arity: Arity::Between(4, 5),
    make: |parameters, vu| Ok(Arc::new(TimeShift::new(parameters, vu)?)),
};

struct TimeShift {
    parameters: Parameters,
    pattern: String,
    /// `None` for milliseconds since 1970.
    format: Option<Result<DateTimeFormat, String>>,
    variable: String,
    zone: TimeZone,
}

impl TimeShift {
    /// Format, locale and variable are looked at once, before the test.
    fn new(parameters: Vec<Template>, vu: &mut VirtualUser) -> Result<Self, String> {
        let parameters = Parameters::new(parameters);
        let mut text = |place| parameters.trimmed(place, vu).map_err(|fault| fault.to_string());
        let pattern = text(0)?;
        let has_locale = parameters.count() > 4;
        let locale = if has_locale { text(3)? } else { String::new() };
        let variable = text(if has_locale { 4 } else { 3 })?;
        let locale = if locale.is_empty() { Locale::default() } else { Locale::named(&locale)? };
        let format = (!pattern.is_empty()).then(|| DateTimeFormat::new(&pattern, locale));
        Ok(Self { parameters, pattern, format, variable, zone: TimeZone::system() })
    }

    fn result(&self, date: &str, amount: &str, now: &Zoned) -> Result<String, Fault> {
        let format = match &self.format {
            None => None,
            Some(Ok(format)) => Some(format),
            Some(Err(message)) => {
                log::error!(
                    target: LOG,
                    "Format date pattern '{}' is invalid (see \
                     https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html): {message}",
                    self.pattern
                );
                return Ok(String::new());
            }
        };
        let mut zoned = if date.is_empty() { now.clone() } else { self.read(date, format, now) };
        if !amount.is_empty() {
            match java_duration::nanos(amount) {
                Some(nanos) => zoned = Moment::plus(&zoned, nanos).map_err(date_time_exception)?,
                None => log::error!(
                    target: LOG,
                    "Failed to parse the amount duration '{amount}' to shift (see \
                     https://docs.oracle.com/javase/8/docs/api/java/time/Duration.html#parse-java.lang.CharSequence-) "
                ),
            }
        }
        match format {
            Some(format) => format.print(&Moment::from(&zoned)).map_err(date_time_exception),
            None => Ok(zoned.timestamp().as_nanosecond().div_euclid(1_000_000).to_string()),
        }
    }

    /// The date to shift; now if it cannot be read.
    fn read(&self, date: &str, format: Option<&DateTimeFormat>, now: &Zoned) -> Zoned {
        let read = match format {
            Some(format) => format.read(date, &defaults(now), None).and_then(|moment| moment.to_zoned()),
            None => java::parse_long(date)
                .and_then(|millis| Timestamp::from_millisecond(millis).ok())
                .map(|instant| instant.to_zoned(self.zone.clone()))
                .ok_or_else(|| format!("For input string: \"{date}\"")),
        };
        read.unwrap_or_else(|message| {
            let pattern = &self.pattern;
            log::error!(target: LOG, "Failed to parse the date '{date}' to shift with formatter '{pattern}': {message}");
            now.clone()
        })
    }
}

/// What a date is where its format does not say it.
fn defaults(now: &Zoned) -> [(Field, i64); 9] {
    [
        (Field::NanoOfSecond, 0),
        (Field::MilliOfSecond, 0),
        (Field::SecondOfMinute, 0),
        (Field::MinuteOfHour, 0),
        (Field::HourOfDay, 0),
        (Field::DayOfMonth, 1),
        (Field::MonthOfYear, 1),
        (Field::YearOfEra, i64::from(now.year())),
        (Field::OffsetSeconds, i64::from(now.offset().seconds())),
    ]
}

fn date_time_exception(message: String) -> Fault {
    Fault::exception("java.time.DateTimeException", message)
}

impl Function for TimeShift {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let amount = self.parameters.trimmed(2, vu)?;
        let date = self.parameters.trimmed(1, vu)?;
        let now = Timestamp::from_millisecond(vu.now()).map_err(|error| date_time_exception(error.to_string()))?;
        let result = self.result(&date, &amount, &now.to_zoned(self.zone.clone()))?;
        store(&self.variable, &result, vu);
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::user;

    #[test]
    fn shifts() {
        let mut vu = user();
        let now = Timestamp::from_millisecond(1_136_189_045_123).unwrap().to_zoned(TimeZone::UTC);
        let mut check = |format: &str, date, amount, expected: &str| {
            let parameters = [format, "", "", "fr", ""].into_iter().map(Template::literal).collect();
            let mut shift = TimeShift::new(parameters, &mut vu).unwrap();
            shift.zone = TimeZone::UTC;
            let result = shift.result(date, amount, &now);
            assert_eq!(result.unwrap_or_else(|fault| fault.to_string()), expected, "{format} {date} {amount}");
        };
        check("", "", "", "1136189045123");
        check("", "1000", "PT1S", "2000");
        check("", "x", "-P1D", "1136102645123");
        check("yyyy-MM-dd", "2026-02-30", "P1D", "2026-03-01");
        check("yyyy-MM-dd", "", "PT16H", "2006-01-03");
        check("yyyy-MM-dd", "yesterday", "P1X", "2006-01-02");
        check("dd MMMM", "1 août", "P31D", "02 février");
        check("dd MMMM", "01 août", "P31D", "01 septembre");
        check("yyyy-MM-dd HH:mm VV", "2006-03-26 00:30 Europe/Paris", "PT2H", "2006-03-26 04:30 Europe/Paris");
        check("{", "", "", "");
    }
}
