//! Numbers: which of Java's types one is, and how it prints and compares.

use std::borrow::Cow;
use std::cmp::Ordering;

/// A number as it is written.
#[derive(Debug, Clone)]
pub struct Number<'t> {
    source: Cow<'t, str>,
    /// It was calculated: a double, however long its text is.
    is_double: bool,
}

/// Longer decimals than this are not read as doubles but exactly.
const LONGEST_DOUBLE: usize = 18;

/// What Java reads a number as.
#[derive(Debug, PartialEq)]
enum Kind {
    /// `Integer`, `Long` or `BigInteger`.
    Whole,
    /// `Double`.
    Double(f64),
    /// `BigDecimal`.
    Decimal,
}

impl<'t> Number<'t> {
    /// The number written so: digits, perhaps with a sign, a point and an exponent; or `NaN`.
    #[must_use]
    pub fn new(source: impl Into<Cow<'t, str>>) -> Self {
        Self { source: source.into(), is_double: false }
    }

    /// A double.
    #[must_use]
    pub fn double(number: f64) -> Self {
        Self { source: double_text(number).into(), is_double: true }
    }

    /// The same number, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Number<'static> {
        Number { source: self.source.into_owned().into(), ..self }
    }

    /// The nearest double.
    #[must_use]
    pub fn to_double(&self) -> f64 {
        self.source.parse().unwrap_or(f64::NAN)
    }

    /// The double that Java reads the number as; `None` for whole and very long ones.
    #[must_use]
    pub fn as_double(&self) -> Option<f64> {
        match self.kind() {
            Kind::Double(double) => Some(double),
            Kind::Whole | Kind::Decimal => None,
        }
    }

    /// What Java's `toString` gives.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self.kind() {
            Kind::Whole => whole_text(&self.source),
            Kind::Double(double) => double_text(double).into(),
            Kind::Decimal => Decimal::parse(&self.source).map_or_else(|| self.source.clone(), |it| it.text().into()),
        }
    }

    /// The Java class that the number is read into.
    #[must_use]
    pub fn java_class(&self) -> &'static str {
        match self.kind() {
            Kind::Double(double) if double.is_nan() => "java.lang.Float",
            Kind::Double(_) => "java.lang.Double",
            Kind::Decimal => "java.math.BigDecimal",
            Kind::Whole => match whole_text(&self.source).parse::<i64>() {
                Ok(number) if i32::try_from(number).is_ok() => "java.lang.Integer",
                Ok(_) => "java.lang.Long",
                Err(_) => "java.math.BigInteger",
            },
        }
    }

    fn kind(&self) -> Kind {
        let is_whole = self.source.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if is_whole {
            Kind::Whole
        } else if !self.is_double
            && self.source.len() > LONGEST_DOUBLE
            && self.source.bytes().any(|byte| byte.is_ascii_digit())
        {
            Kind::Decimal
        } else {
            Kind::Double(self.to_double())
        }
    }
}

impl PartialEq for Number<'_> {
    /// As Java's `equals`: 1 is not 1.0.
    fn eq(&self, other: &Self) -> bool {
        match (self.kind(), other.kind()) {
            (Kind::Whole, Kind::Whole) | (Kind::Decimal, Kind::Decimal) => self.text() == other.text(),
            (Kind::Double(one), Kind::Double(other)) => one == other || one.is_nan() && other.is_nan(),
            _ => false,
        }
    }
}

/// A whole number without superfluous zeros and signs.
fn whole_text(source: &str) -> Cow<'_, str> {
    let (sign, digits) = match source.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", source),
    };
    let significant = digits.trim_start_matches('0');
    match significant {
        "" => "0".into(),
        _ if significant.len() == digits.len() => source.into(),
        _ => format!("{sign}{significant}").into(),
    }
}

/// `Double.toString`.
fn double_text(number: f64) -> String {
    let size = number.abs();
    if number.is_nan() {
        "NaN".into()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = format!("{number:E}");
        match text.split_once('E') {
            Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
            _ => text,
        }
    } else {
        let text = number.to_string();
        if text.contains('.') { text } else { text + ".0" }
    }
}

/// A decimal number of any length: Java's `BigDecimal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    is_negative: bool,
    /// Without leading zeros; `0` for zero.
    digits: String,
    /// How many of the digits stand behind the point; negative for zeros that follow them.
    scale: i64,
}

impl Decimal {
    /// Reads a number; `None` if it is none, for instance `NaN`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let significant = digits.trim_start_matches('0');
        let digits = if significant.is_empty() { "0".to_owned() } else { significant.to_owned() };
        let scale = fraction.len() as i64 - i64::from(exponent);
        Some(Self { is_negative: is_negative && !significant.is_empty(), digits, scale })
    }

    /// `BigDecimal.toString`: with an exponent where the point stands far from the digits.
    #[must_use]
    pub fn text(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let length = self.digits.len() as i64;
        let exponent = length - 1 - self.scale;
        if self.scale == 0 {
            return format!("{sign}{}", self.digits);
        }
        if self.scale > 0 && exponent >= -6 {
            let zeros = usize::try_from(self.scale - length + 1).unwrap_or(0);
            let padded = "0".repeat(zeros) + &self.digits;
            let (whole, fraction) = padded.split_at(padded.len() - self.scale as usize);
            return format!("{sign}{whole}.{fraction}");
        }
        let (first, rest) = self.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        match exponent {
            0 => format!("{sign}{first}{point}{rest}"),
            _ => format!("{sign}{first}{point}{rest}E{exponent:+}"),
        }
    }

    /// The order of the values: 1 and 1.0 are equal.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let signum = |it: &Self| match (it.digits.as_str(), it.is_negative) {
            ("0", _) => 0,
            (_, false) => 1,
            (_, true) => -1,
        };
        let (one, two) = (signum(self), signum(other));
        if one != two || one == 0 {
            return one.cmp(&two);
        }
        // Of the same sign: by the place of the first digit, then digit by digit.
        let first = |it: &Self| it.digits.len() as i64 - it.scale;
        let digits = |it: &Self| it.digits.trim_end_matches('0').to_owned();
        let size = first(self).cmp(&first(other)).then_with(|| digits(self).cmp(&digits(other)));
        if one > 0 { size } else { size.reverse() }
    }

    /// The whole number nearest to zero, cut to 32 bits: `BigDecimal.intValue`.
    #[must_use]
    pub fn to_int(&self) -> i32 {
        let length = self.digits.len() as i64;
        let whole = if self.scale >= length {
            0
        } else if self.scale >= 0 {
            self.digits[..(length - self.scale) as usize].parse::<i128>().unwrap_or(0)
        } else {
            let power = u32::try_from(-self.scale).ok().and_then(|zeros| 10_i128.checked_pow(zeros)).unwrap_or(0);
            self.digits.parse::<i128>().unwrap_or(0).wrapping_mul(power)
        };
        (if self.is_negative { -whole } else { whole }) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_java() {
        let check = |source: &str, expected| assert_eq!(Number::new(source).text(), expected, "{source}");
        check("7", "7");
        check("007", "7");
        check("-0", "0");
        check("-", "0");
        check("-012", "-12");
        check("123456789012345678901234567890", "123456789012345678901234567890");
        check("1.10", "1.1");
        check("1e5", "100000.0");
        check("1E-7", "1.0E-7");
        check("100000000.5", "1.000000005E8");
        check("-0.0", "-0.0");
        check("1e400", "Infinity");
        check("NaN", "NaN");
        check("0.1234567890123456789012", "0.1234567890123456789012");
        check("1.23456789012345678E+40", "1.23456789012345678E+40");
        check("1234567890123456789.50", "1234567890123456789.50");
    }

    #[test]
    fn decimals() {
        let text = |source: &str| Decimal::parse(source).map(|decimal| decimal.text());
        let check = |source, expected: &str| assert_eq!(text(source).as_deref(), Some(expected), "{source}");
        check("8.950", "8.950");
        check("1.0E7", "1.0E+7");
        check("1E-7", "1E-7");
        check("0.000001", "0.000001");
        check("-12e3", "-1.2E+4");
        check("00.5", "0.5");
        for source in ["", "-", "x", "NaN", "1e", "1.2.3"] {
            assert_eq!(text(source), None, "{source}");
        }
        let compare = |one: &str, two: &str| Decimal::parse(one).unwrap().compare(&Decimal::parse(two).unwrap());
        assert_eq!(compare("1.0", "1"), Ordering::Equal);
        assert_eq!(compare("-2", "-10"), Ordering::Greater);
        assert_eq!(compare("0.09", "0.1"), Ordering::Less);
        assert_eq!(compare("1e3", "999.9"), Ordering::Greater);
        assert_eq!(compare("0", "-0.0"), Ordering::Equal);
        assert_eq!(Decimal::parse("-12.9").unwrap().to_int(), -12);
        assert_eq!(Decimal::parse("1.2e3").unwrap().to_int(), 1200);
    }
}
