//! `${__dateTimeConvert(text,source format,target format,variable)}`: a date in another format.

use jiff::tz::TimeZone;

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::script::java::date_time_format::{DateTimeFormat, Locale, Moment};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__dateTimeConvert",
    arity: Arity::Between(3, 4),
    make: |parameters, _| call(parameters, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?.into_owned();
    let source = parameters.text(1, vu)?.into_owned();
    let target = parameters.text(2, vu)?.into_owned();
    match convert(&text, &source, &target, &TimeZone::system()) {
        Ok(result) => {
            parameters.store(3, &result, vu)?;
            Ok(result)
        }
        Err(message) => {
            log::error!(
                target: "o.a.j.f.DateTimeConvertFunction",
                "Error calling __dateTimeConvert function with value {text}, source format {source}, \
                 target format {target}, {message}"
            );
            Ok(String::new())
        }
    }
}

/// Without a source format the text is a number of milliseconds since 1970.
fn convert(text: &str, source: &str, target: &str, zone: &TimeZone) -> Result<String, String> {
    let target = DateTimeFormat::new(target, Locale::default())?;
    let moment = if source.is_empty() {
        Moment::at(java::parse_long(text).ok_or_else(|| format!("For input string: \"{text}\""))?, zone)?
    } else {
        DateTimeFormat::new(source, Locale::default())?.read(text, &[], Some(zone))?
    };
    target.print(&moment.in_zone(zone)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions() {
        let check = |text, source, target, expected: &str| {
            let result = convert(text, source, target, &TimeZone::get("Asia/Tokyo").unwrap());
            assert_eq!(result.unwrap_or_else(|error| error), expected, "{text}");
        };
        check("02/01/2006", "dd/MM/yyyy", "yyyy-MM-dd", "2006-01-02");
        check("1136189045123", "", "yyyy-MM-dd HH:mm", "2006-01-02 17:04");
        check("2006-01-02 08:04Z", "yyyy-MM-dd HH:mmX", "HH:mm", "08:04");
        check("2006-01-02 08:04 UTC", "yyyy-MM-dd HH:mm VV", "HH:mm", "17:04");
        check("02/01/2006", "dd/MM/yyyy", "HH", "Unsupported field: HourOfDay");
        check("x", "", "HH", "For input string: \"x\"");
        check("x", "HH", "HH", "Text 'x' could not be parsed at index 0");
    }
}
