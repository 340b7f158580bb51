//! How Java reads and prints numbers.

use num_bigint::{BigInt, Sign};

/// `Integer.parseInt(text, radix)`: an optional sign and digits, nothing else.
#[must_use]
pub fn parse_int(text: &str, radix: u32) -> Option<i32> {
    is_whole(text, radix).then(|| i32::from_str_radix(text, radix).ok())?
}

/// `Long.parseLong(text, radix)`.
#[must_use]
pub fn parse_long(text: &str, radix: u32) -> Option<i64> {
    is_whole(text, radix).then(|| i64::from_str_radix(text, radix).ok())?
}

fn is_whole(text: &str, radix: u32) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    (2..=36).contains(&radix) && !bare.is_empty() && bare.chars().all(|char| char.is_digit(radix))
}

/// `Double.parseDouble`: white space around, an exponent, a `d` or `f` at the end, `NaN` and `Infinity`.
#[must_use]
pub fn parse_double(text: &str) -> Option<f64> {
    let text = text.trim_matches(|char| char <= ' ');
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(bare, "NaN" | "Infinity") {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
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

/// `Long.toString(number, radix)`.
#[must_use]
pub fn radix_text(number: i64, radix: u32) -> String {
    BigInt::from(number).to_str_radix(if (2..=36).contains(&radix) { radix } else { 10 })
}

/// `BigInteger.hashCode`.
#[must_use]
pub fn integer_hash(number: &BigInt) -> i32 {
    let digits = number.magnitude().iter_u32_digits().rev();
    let hash = digits.fold(0_i32, |hash, digit| hash.wrapping_mul(31).wrapping_add(digit as i32));
    if number.sign() == Sign::Minus { hash.wrapping_neg() } else { hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        assert_eq!(parse_int("+12", 10), Some(12));
        assert_eq!(parse_int("-ff", 16), Some(-255));
        for text in ["", "+", " 2", "1.5", "2147483648", "1_000"] {
            assert_eq!(parse_int(text, 10), None, "{text}");
        }
        assert_eq!(parse_long("2147483648", 10), Some(2_147_483_648));
        assert_eq!(parse_double(" 5e2 "), Some(500.0));
        assert_eq!(parse_double("inf"), None);
    }

    #[test]
    fn numbers_are_printed() {
        let check = |number, expected| assert_eq!(double_text(number), expected);
        check(3.0, "3.0");
        check(0.0001, "1.0E-4");
        check(1.234_567_89e8, "1.23456789E8");
        check(f64::from_bits(1), "4.9E-324");
        check(f64::NAN, "NaN");
        assert_eq!(float_text(0.1), "0.1");
        assert_eq!(float_text(1e10), "1.0E10");
        assert_eq!(radix_text(-255, 16), "-ff");
    }
}
