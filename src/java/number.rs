//! How Java reads and prints numbers.

use num_bigint::BigInt;

/// `Integer.parseInt`: an optional sign and digits, nothing else.
#[must_use]
pub fn parse_int(text: &str) -> Option<i32> {
    parse_int_radix(text, 10)
}

/// `Integer.parseInt(text, radix)`.
#[must_use]
pub fn parse_int_radix(text: &str, radix: u32) -> Option<i32> {
    is_whole(text, radix).then(|| i32::from_str_radix(text, radix).ok())?
}

/// `Long.parseLong`.
#[must_use]
pub fn parse_long(text: &str) -> Option<i64> {
    parse_long_radix(text, 10)
}

/// `Long.parseLong(text, radix)`.
#[must_use]
pub fn parse_long_radix(text: &str, radix: u32) -> Option<i64> {
    is_whole(text, radix).then(|| i64::from_str_radix(text, radix).ok())?
}

fn is_whole(text: &str, radix: u32) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    (2..=36).contains(&radix) && !bare.is_empty() && bare.chars().all(|char| char.is_digit(radix))
}

/// `Long.decode`: decimal, `0x`, `#` or octal with a leading `0`, each with an optional sign.
#[must_use]
pub fn decode_long(text: &str) -> Option<i64> {
    let (negative, bare) = match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, bare) = if let Some(hex) = bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")) {
        (16, hex)
    } else if let Some(hex) = bare.strip_prefix('#') {
        (16, hex)
    } else if bare.len() > 1 && bare.starts_with('0') {
        (8, &bare[1..])
    } else {
        (10, bare)
    };
    if !bare.starts_with(|char: char| char.is_digit(radix)) {
        return None;
    }
    let magnitude = i128::from_str_radix(bare, radix).ok()?;
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

/// `Double.parseDouble`: white space around, an exponent, a `d` or `f` at the end, `NaN` and `Infinity`.
#[must_use]
pub fn parse_double(text: &str) -> Option<f64> {
    let text = super::trim(text);
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(bare, "NaN" | "Infinity") {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
}

/// `Boolean.parseBoolean`: the word `true` in any case, and nothing else.
#[must_use]
pub fn parse_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// `Long.toString(number, radix)`.
#[must_use]
pub fn radix_text(number: i64, radix: u32) -> String {
    BigInt::from(number).to_str_radix(if (2..=36).contains(&radix) { radix } else { 10 })
}

/// `Double.toString`: always a decimal point, and `E` notation below 10^-3 and from 10^7 on.
#[must_use]
pub fn double_text(number: f64) -> String {
    if number.to_bits() == 1 {
        return "4.9E-324".into();
    }
    laid_out(number, number.abs(), || format!("{number:E}"), || format!("{number}"))
}

/// `Float.toString`.
#[must_use]
pub fn float_text(number: f32) -> String {
    laid_out(f64::from(number), f64::from(number.abs()), || format!("{number:E}"), || format!("{number}"))
}

fn laid_out(number: f64, size: f64, exponential: impl Fn() -> String, plain: impl Fn() -> String) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = exponential();
        return match text.split_once('E') {
            Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
            _ => text,
        };
    }
    let text = plain();
    if text.contains('.') { text } else { text + ".0" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read() {
        let check = |text, expected| assert_eq!(parse_int(text), expected, "{text}");
        check("12", Some(12));
        check("+3", Some(3));
        check("-03", Some(-3));
        for text in ["", "+", " 2", "1.5", "0x2", "abc", "2147483648", "1_000"] {
            check(text, None);
        }
        assert_eq!(parse_int_radix("-ff", 16), Some(-255));
        assert_eq!(parse_int_radix("1", 37), None);
        assert_eq!(parse_long("2147483648"), Some(2_147_483_648));
        assert_eq!(parse_long_radix("-zz", 36), Some(-1295));
    }

    #[test]
    fn numbers_are_decoded() {
        let check = |text, expected| assert_eq!(decode_long(text), expected, "{text}");
        check("0x64", Some(100));
        check("-#ff", Some(-255));
        check("010", Some(8));
        check("0", Some(0));
        check("-0x8000000000000000", Some(i64::MIN));
        for text in ["", "-", "0x", "0x+5", "--5", "08", "1.5", "0x8000000000000000"] {
            check(text, None);
        }
    }

    #[test]
    fn decimals_are_read() {
        let check = |text, expected| assert_eq!(parse_double(text), expected, "{text}");
        check(" 5e2 ", Some(500.0));
        check("1d", Some(1.0));
        check(".5", Some(0.5));
        check("-Infinity", Some(f64::NEG_INFINITY));
        check("inf", None);
        check("1 2", None);
    }

    #[test]
    fn numbers_are_printed() {
        let check = |number, expected| assert_eq!(double_text(number), expected);
        check(3.0, "3.0");
        check(-0.0, "-0.0");
        check(0.001, "0.001");
        check(0.0001, "1.0E-4");
        check(9_999_999.0, "9999999.0");
        check(1e7, "1.0E7");
        check(1.234_567_89e8, "1.23456789E8");
        check(f64::from_bits(1), "4.9E-324");
        check(f64::NAN, "NaN");
        assert_eq!(float_text(0.1), "0.1");
        assert_eq!(float_text(1e10), "1.0E10");
        assert_eq!(radix_text(-255, 16), "-ff");
    }
}
