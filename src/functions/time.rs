//! `${__time(format,variable)}`: now, in milliseconds since 1970 or as the format says.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::call::{Parameters, store};
use crate::model::{Arity, Fault, Function, FunctionType, Properties, VirtualUser};
use crate::script::java::date_time_format::{DateTimeFormat, Locale, Moment};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__time",
    arity: Arity::Between(0, 2),
    make: |parameters, vu| {
        // Both are looked at once, before the test.
        let parameters = Parameters::new(parameters);
        let format = parameters.text(0, vu).map_err(|fault| fault.to_string())?.into_owned();
        let variable = parameters.trimmed(1, vu).map_err(|fault| fault.to_string())?;
        let format = match format.as_str() {
            "" => Format::Millis,
            format => Format::new(&pattern(format, &vu.run.properties)),
        };
        Ok(Arc::new(Time { format, variable, zone: TimeZone::system() }))
    },
};

struct Time {
    format: Format,
    variable: String,
    zone: TimeZone,
}

enum Format {
    Millis,
    Divided(i64),
    Pattern(DateTimeFormat),
    /// A pattern that is none, which each call tells.
    Wrong(Fault),
}

/// What a format stands for: some patterns have names.
fn pattern(format: &str, properties: &Properties) -> String {
    let default = match format {
        "YMD" => "yyyyMMdd",
        "HMS" => "HHmmss",
        "YMDHMS" => "yyyyMMdd-HHmmss",
        "USER1" | "USER2" => "",
        _ => return format.to_owned(),
    };
    properties.text(&format!("time.{format}"), default).to_string()
}

impl Format {
    fn new(pattern: &str) -> Self {
        let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(divisor) = pattern.strip_prefix('/').filter(is_number) {
            return match divisor.parse() {
                Ok(0) => Self::Wrong(Fault::exception("java.lang.ArithmeticException", "/ by zero")),
                Ok(divisor) => Self::Divided(divisor),
                Err(_) => Self::Wrong(Fault::number_format(divisor)),
            };
        }
        match DateTimeFormat::new(pattern, Locale::default()) {
            Ok(format) => Self::Pattern(format),
            Err(_) => Self::Wrong(Fault::illegal_argument(format!("Unable to parse date format {pattern}"))),
        }
    }

    fn text(&self, millis: i64, zone: &TimeZone) -> Result<String, Fault> {
        match self {
            Self::Millis => Ok(millis.to_string()),
            Self::Divided(divisor) => Ok((millis / divisor).to_string()),
            Self::Pattern(format) => {
                let moment = Moment::at(millis, zone).and_then(|moment| format.print(&moment));
                moment.map_err(|message| Fault::exception("java.time.DateTimeException", message))
            }
            Self::Wrong(fault) => Err(fault.clone()),
        }
    }
}

impl Function for Time {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let result = self.format.text(vu.now(), &self.zone)?;
        store(&self.variable, &result, vu);
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let properties = Properties::default();
        properties.set("time.USER1", "HH.mm");
        let check = |format, expected: &str| {
            let text = Format::new(&pattern(format, &properties)).text(1_136_189_045_123, &TimeZone::UTC);
            assert_eq!(text.unwrap_or_else(|fault| fault.to_string()), expected, "{format}");
        };
        check("/1000", "1136189045");
        check("/0", "java.lang.ArithmeticException: / by zero");
        check("/1000 ", "/1000 ");
        check("YMDHMS", "20060102-080405");
        check("USER1", "08.04");
        check("USER2", "");
        check("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", "2006-01-02T08:04:05.123Z");
        check("sss", "java.lang.IllegalArgumentException: Unable to parse date format sss");
    }
}
