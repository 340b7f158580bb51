//! `${__RandomDate(format,start,end,locale,variable)}`: a random day from the start on and before the end.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use rand::RngExt;

use super::call::{Parameters, call};
use super::date_time_format::{DateTimeFormat, Field, Locale, Moment, date_of, epoch_day};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

const LOG: &str = "o.a.j.f.RandomDate";

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__RandomDate", arity: Arity::Between(3, 5), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let locale = match parameters.trimmed(3, vu)?.as_str() {
        "" => Locale::default(),
        name => Locale::named(name).map_err(Fault::illegal_argument)?,
    };
    let pattern = parameters.trimmed(0, vu)?;
    let pattern = if pattern.is_empty() { "yyyy-MM-dd" } else { &pattern };
    let format = match DateTimeFormat::new(pattern, locale) {
        Ok(format) => format,
        Err(message) => {
            log::error!(
                target: LOG,
                "Format date pattern '{pattern}' is invalid (see \
                 https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html): {message}"
            );
            return Ok(String::new());
        }
    };
    let now = Timestamp::from_millisecond(vu.now()).unwrap_or_default().to_zoned(TimeZone::system());
    let (start, end) = (parameters.trimmed(1, vu)?, parameters.trimmed(2, vu)?);
    let first = if start.is_empty() { epoch_day(now.date()) } else { day("Start Date", &start, &format, &now) };
    let bound = day("End date", &end, &format, &now);
    if bound < first {
        log::error!(target: LOG, "End Date '{end}' must be greater than Start Date '{start}'");
        return Ok(String::new());
    }
    if bound == first {
        return Err(Fault::illegal_argument("bound must be greater than origin"));
    }
    let date = date_of(vu.random_source().random_range(first..bound));
    let result = format.print(&date.map(Moment::from).unwrap_or_default());
    let result = result.map_err(|message| Fault::exception("java.time.DateTimeException", message))?;
    parameters.store(4, &result, vu)?;
    Ok(result)
}

/// The day of a date since 1970; 0 if it cannot be read.
fn day(what: &str, text: &str, format: &DateTimeFormat, now: &Zoned) -> i64 {
    let defaults = [(Field::DayOfMonth, 1), (Field::MonthOfYear, 1), (Field::YearOfEra, i64::from(now.year()))];
    let date = format.read(text, &defaults, None).ok().and_then(|moment| moment.date);
    if date.is_none() {
        log::error!(target: LOG, "Failed to parse {what} '{text}'");
    }
    date.map_or(0, epoch_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Template;
    use crate::model::user;

    #[test]
    fn days() {
        let mut vu = user();
        let mut check = |texts: [&str; 5], expected: &str| {
            let parameters = Parameters::new(texts.into_iter().map(Template::literal).collect());
            let result = run(&parameters, &mut vu);
            assert_eq!(result.unwrap_or_else(|fault| fault.to_string()), expected, "{texts:?}");
            let stored = vu.variables.text("v").map(|text| text.to_string());
            vu.variables.remove("v");
            assert_eq!(stored.unwrap_or_default(), if texts[4].is_empty() { "" } else { expected });
        };
        check(["", "2006-01-02", "2006-01-03", "", "v"], "2006-01-02");
        check(["d MMM yyyy", "2 janv. 2006", "3 janv. 2006", "fr_FR", "v"], "2 janv. 2006");
        check(["", "x", "1970-01-02", "", ""], "1970-01-01");
        check(["", "2006-01-02", "2006-01-01", "", ""], "");
        check(["{", "2006-01-02", "2006-01-01", "", ""], "");
        check(
            ["", "2006-01-02", "2006-01-02", "", ""],
            "java.lang.IllegalArgumentException: bound must be greater than origin",
        );
        check(
            ["", "2006-01-02", "2006-01-03", "French", ""],
            "java.lang.IllegalArgumentException: Invalid locale format: French",
        );
    }
}
