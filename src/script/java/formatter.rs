//! `java.util.Formatter`: `String.format("%05.2f|%s", ..)`.

use num_bigint::BigInt;
use num_traits::Signed;

use super::locale::Language;
use super::text;
use crate::script::machine::{Machine, Outcome, Thrown, check_size};
use crate::script::number::{Decimal, Rounding};
use crate::script::value::Value;

/// One `%...` of a format.
#[derive(Default)]
struct Specifier {
    index: Option<usize>,
    reuses_last: bool,
    flags: String,
    width: Option<usize>,
    precision: Option<usize>,
    conversion: char,
    time: char,
    source: String,
}

/// Formats values.
///
/// # Errors
/// The exceptions of Java's formatter, and what a `toString` of the script throws.
pub fn format(machine: &mut Machine<'_>, format: &str, args: &[Value], language: &Language) -> Outcome<String> {
    let mut out = String::with_capacity(format.len() + 16);
    let mut rest = format;
    let (mut ordinary, mut last) = (0, None);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let (specifier, length) = Specifier::parse(&rest[at..])?;
        rest = &rest[at + length..];
        if let Some(width) = specifier.width {
            check_size(width)?;
        }
        match specifier.conversion {
            'n' => out.push('\n'),
            '%' => out.push_str(&specifier.padded("%".into())),
            _ => {
                let index = match specifier.index {
                    Some(index) => index,
                    None if specifier.reuses_last => last.unwrap_or(usize::MAX),
                    None => {
                        ordinary += 1;
                        ordinary - 1
                    }
                };
                let Some(value) = args.get(index) else {
                    return Err(Thrown::new(
                        "java.util.MissingFormatArgumentException",
                        format!("Format specifier '{}'", specifier.source),
                    ));
                };
                last = Some(index);
                out.push_str(&specifier.text(machine, value, language)?);
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}

impl Specifier {
    fn parse(text: &str) -> Outcome<(Self, usize)> {
        let unknown =
            |char: &str| Thrown::new("java.util.UnknownFormatConversionException", format!("Conversion = '{char}'"));
        let bytes = text.as_bytes();
        let mut specifier = Self::default();
        let mut at = 1;
        let digits = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = digits(at);
        if end > at && bytes.get(end) == Some(&b'$') {
            specifier.index = text[at..end].parse::<usize>().ok().and_then(|index| index.checked_sub(1));
            at = end + 1;
        } else if bytes.get(at) == Some(&b'<') {
            specifier.reuses_last = true;
            at += 1;
        }
        while let Some(flag) = bytes.get(at).filter(|byte| b"-#+ 0,(".contains(byte)) {
            specifier.flags.push(char::from(*flag));
            at += 1;
        }
        let end = digits(at);
        specifier.width = text[at..end].parse().ok();
        at = end;
        if bytes.get(at) == Some(&b'.') {
            let end = digits(at + 1);
            specifier.precision = text[at + 1..end].parse().ok();
            at = end;
        }
        let conversion = text[at..].chars().next().ok_or_else(|| unknown("%"))?;
        at += conversion.len_utf8();
        if matches!(conversion, 't' | 'T') {
            specifier.time = text[at..].chars().next().ok_or_else(|| unknown("t"))?;
            at += specifier.time.len_utf8();
        }
        if !"bBhHsScCdoxXeEfgGaAtTn%".contains(conversion) {
            return Err(unknown(&conversion.to_string()));
        }
        specifier.conversion = conversion;
        text[..at].clone_into(&mut specifier.source);
        Ok((specifier, at))
    }

    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }

    fn padded(&self, text: String) -> String {
        let width = self.width.unwrap_or(0);
        let missing = width.saturating_sub(text::length(&text));
        if missing == 0 {
            return text;
        }
        let blanks = " ".repeat(missing);
        if self.has('-') { text + &blanks } else { blanks + &text }
    }

    fn text(&self, machine: &mut Machine<'_>, value: &Value, language: &Language) -> Outcome<String> {
        let plain = match self.conversion.to_ascii_lowercase() {
            'b' => match value {
                Value::Bool(truth) => truth.to_string(),
                other => (!other.is_null()).to_string(),
            },
            's' => machine.text(value)?.to_string(),
            _ if value.is_null() => "null".into(),
            'h' => format!("{:x}", machine.hash(value)?),
            'c' => return self.character(value),
            'd' => return self.whole(value, language),
            'o' | 'x' => return self.bits(value),
            'e' | 'f' | 'g' | 'a' => return self.decimal(value, language),
            _ => String::new(),
        };
        let cut = match self.precision {
            Some(precision) if text::length(&plain) > precision => text::part(&plain, 0, precision),
            _ => plain,
        };
        Ok(self.padded(self.cased(cut)))
    }

    fn cased(&self, text: String) -> String {
        if self.conversion.is_ascii_uppercase() { text.to_uppercase() } else { text }
    }

    fn wrong(&self, value: &Value) -> Thrown {
        Thrown::new(
            "java.util.IllegalFormatConversionException",
            format!("{} != {}", self.conversion, value.class().name()),
        )
    }

    fn character(&self, value: &Value) -> Outcome<String> {
        let char = match value {
            Value::Char(unit) => text::from_unit(*unit),
            Value::Int(_) | Value::Short(_) | Value::Byte(_) => {
                let code = value.to_i64().unwrap_or_default() as u32;
                char::from_u32(code).unwrap_or('\u{fffd}').to_string()
            }
            other => return Err(self.wrong(other)),
        };
        Ok(self.padded(self.cased(char)))
    }

    fn whole(&self, value: &Value, language: &Language) -> Outcome<String> {
        let number = match value {
            Value::Int(_) | Value::Long(_) | Value::Short(_) | Value::Byte(_) => {
                BigInt::from(value.to_i64().unwrap_or_default())
            }
            Value::BigInteger(number) => BigInt::clone(number),
            other => return Err(self.wrong(other)),
        };
        let digits = number.magnitude().to_string();
        let digits = if self.has(',') { grouped(&digits, language.comma) } else { digits };
        Ok(self.signed(number.is_negative(), digits))
    }

    fn bits(&self, value: &Value) -> Outcome<String> {
        let digits = match (value, self.conversion) {
            (Value::Int(number), 'o') => format!("{number:o}"),
            (Value::Int(number), _) => format!("{number:x}"),
            (Value::Long(number), 'o') => format!("{number:o}"),
            (Value::Long(number), _) => format!("{number:x}"),
            (Value::Byte(number), 'o') => format!("{number:o}"),
            (Value::Byte(number), _) => format!("{number:x}"),
            (Value::Short(number), 'o') => format!("{number:o}"),
            (Value::Short(number), _) => format!("{number:x}"),
            (Value::BigInteger(number), 'o') => number.to_str_radix(8),
            (Value::BigInteger(number), _) => number.to_str_radix(16),
            (other, _) => return Err(self.wrong(other)),
        };
        let prefix = match (self.has('#'), self.conversion) {
            (false, _) => "",
            (true, 'o') => "0",
            (true, _) => "0x",
        };
        let width = self.width.unwrap_or(0).saturating_sub(prefix.len());
        let digits = if self.has('0') { format!("{digits:0>width$}") } else { digits };
        Ok(self.padded(self.cased(format!("{prefix}{digits}"))))
    }

    fn decimal(&self, value: &Value, language: &Language) -> Outcome<String> {
        let number = match value {
            Value::Double(_) | Value::Float(_) => {
                let number = value.to_f64().unwrap_or_default();
                if !number.is_finite() {
                    let name = if number.is_nan() { "NaN".into() } else { self.sign(number < 0.0, "Infinity".into()) };
                    return Ok(self.padded(self.cased(name)));
                }
                // As Java does: from the shortest digits, not from the exact value.
                Decimal::of_double(number).unwrap_or_else(|| Decimal::from(0))
            }
            Value::Decimal(number) => Decimal::clone(number),
            other => return Err(self.wrong(other)),
        };
        let is_negative = number.signum() < 0 || matches!(value, Value::Double(number) if number.is_sign_negative());
        let precision = self.precision.unwrap_or(6);
        let size = number.abs();
        let digits = match self.conversion.to_ascii_lowercase() {
            'e' => scientific(&size, precision),
            'g' => general(&size, precision),
            _ => fixed(&size, precision),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole.to_owned(), format!("{}{fraction}", language.point)),
            None => (digits, String::new()),
        };
        let whole = if self.has(',') { grouped(&whole, language.comma) } else { whole };
        Ok(self.cased(self.signed(is_negative, whole + &fraction)))
    }

    /// Digits with their sign, filled up to the width.
    fn signed(&self, is_negative: bool, digits: String) -> String {
        let digits = if self.has('0') {
            let signs = usize::from(is_negative || self.has('+') || self.has(' '));
            let width = self.width.unwrap_or(0).saturating_sub(signs);
            let missing = width.saturating_sub(text::length(&digits));
            "0".repeat(missing) + &digits
        } else {
            digits
        };
        self.padded(self.sign(is_negative, digits))
    }

    fn sign(&self, is_negative: bool, digits: String) -> String {
        match is_negative {
            true if self.has('(') => format!("({digits})"),
            true => format!("-{digits}"),
            false if self.has('+') => format!("+{digits}"),
            false if self.has(' ') => format!(" {digits}"),
            false => digits,
        }
    }
}

fn fixed(size: &Decimal, precision: usize) -> String {
    size.with_scale(precision as i32, Rounding::HalfUp).map(|rounded| rounded.plain_text()).unwrap_or_default()
}

fn scientific(size: &Decimal, precision: usize) -> String {
    let rounded = size.round(precision as i32 + 1, Rounding::HalfUp).unwrap_or_else(|| size.clone());
    let mut digits = rounded.unscaled().to_string();
    let exponent = if size.signum() == 0 { 0 } else { digits.len() as i32 - 1 - rounded.scale() };
    while digits.len() < precision + 1 {
        digits.push('0');
    }
    let fraction = if precision > 0 { format!(".{}", &digits[1..=precision]) } else { String::new() };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}{fraction}e{sign}{:02}", &digits[..1], exponent.abs())
}

fn general(size: &Decimal, precision: usize) -> String {
    let precision = precision.max(1);
    let rounded = size.round(precision as i32, Rounding::HalfUp).unwrap_or_else(|| size.clone());
    let magnitude = rounded.precision() - rounded.scale();
    if size.signum() == 0 || (-3..=precision as i32).contains(&magnitude) {
        return fixed(size, (precision as i32 - magnitude).max(0) as usize);
    }
    scientific(size, precision - 1)
}

/// Digits with a mark between thousands.
#[must_use]
pub fn grouped(digits: &str, mark: char) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::locale::ENGLISH;
    use super::super::object;
    use super::*;
    use crate::script::class::Dialect;
    use crate::script::host::Standalone;
    use crate::script::library::Library;
    use crate::script::machine::Limits;

    #[test]
    fn formats() {
        let mut host = Standalone::default();
        let mut machine = Machine::new(&mut host, Library::java(), Dialect::Java, Limits::default());
        let mut check = |text: &str, args: &[Value], expected: &str| {
            assert_eq!(format(&mut machine, text, args, ENGLISH).unwrap(), expected, "{text}");
        };
        check("%d-%s", &[5.into(), "x".into()], "5-x");
        check("%05d|%,d|%+d", &[42.into(), 1_234_567.into(), 5.into()], "00042|1,234,567|+5");
        check(
            "%.2f|%8.3f|%08.2f",
            &[Decimal::parse("3.145").unwrap().into(), 2.5.into(), (-3.5).into()],
            "3.15|   2.500|-0003.50",
        );
        check("%e", &[12345.678.into()], "1.234568e+04");
        check("%2$s %1$s%n", &["a".into(), "b".into()], "b a\n");
        check("%-8s|%10.4s|", &["ab".into(), "abcdefgh".into()], "ab      |      abcd|");
        check(
            "%x %X %o %c %b %5s %%",
            &[255.into(), 255.into(), 8.into(), 65.into(), Value::Null, Value::Null],
            "ff FF 10 A false  null %",
        );
        let mut fail = |text: &str, args: &[Value]| {
            let thrown = format(&mut machine, text, args, ENGLISH).unwrap_err();
            object::plain_text(&thrown.exception).unwrap()
        };
        assert_eq!(fail("%d", &["x".into()]), "java.util.IllegalFormatConversionException: d != java.lang.String");
        assert_eq!(fail("%d", &[]), "java.util.MissingFormatArgumentException: Format specifier '%d'");
    }
}
