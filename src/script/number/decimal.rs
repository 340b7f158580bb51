//! `java.math.BigDecimal`: what Groovy's `1.50` is.
//!
//! The scale is part of the value: `1.10 * 1.10` is `1.2100`, and `1.0` does not equal `1.00` for `equals`.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{Rounding, double_text};

/// Digits beyond this are refused, so that no script can fill the memory with one number.
const MOST_DIGITS: i64 = 100_000;

/// A decimal number of any size: `unscaled * 10^-scale`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    unscaled: BigInt,
    scale: i32,
}

impl Decimal {
    /// The number `unscaled * 10^-scale`.
    #[must_use]
    pub fn new(unscaled: BigInt, scale: i32) -> Self {
        Self { unscaled, scale }
    }

    /// `new BigDecimal(text)`; the error is the message of Java's `NumberFormatException`, which may be missing.
    ///
    /// # Errors
    /// The text is no decimal number.
    pub fn parse(text: &str) -> Result<Self, Option<String>> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let bare = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let bad = |char: char| {
            format!(
                "Character {char} is neither a decimal digit number, decimal point, nor \"e\" notation exponential mark."
            )
        };
        if let Some(char) = bare.chars().find(|char| !char.is_ascii_digit() && *char != '.') {
            return Err(Some(bad(char)));
        }
        let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
        if fraction.contains('.') {
            return Err(Some("Character array contains more than one decimal point.".into()));
        }
        if whole.is_empty() && fraction.is_empty() {
            return Err(if text.is_empty() {
                Some("Index 0 out of bounds for length 0".into())
            } else {
                Some("No digits found.".into())
            });
        }
        let exponent = match exponent {
            None => 0,
            Some(digits) => digits.parse::<i64>().map_err(|_| Some("No exponent digits.".to_owned()))?,
        };
        let mut digits = String::with_capacity(mantissa.len());
        digits.push_str(if mantissa.starts_with('-') { "-" } else { "" });
        digits.push_str(whole);
        digits.push_str(fraction);
        let unscaled = digits.parse().map_err(|_| None)?;
        let scale =
            i32::try_from(fraction.len() as i64 - exponent).map_err(|_| Some("Scale out of range.".to_owned()))?;
        Ok(Self { unscaled, scale })
    }

    /// `BigDecimal.valueOf(double)`: by way of the text that Java prints for it.
    #[must_use]
    pub fn of_double(number: f64) -> Option<Self> {
        if number.is_finite() { Self::parse(&double_text(number)).ok() } else { None }
    }

    /// `new BigDecimal(double)`: the exact value of the binary number.
    #[must_use]
    pub fn exactly(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let bits = number.to_bits();
        let exponent = ((bits >> 52) & 0x7ff) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let (mut mantissa, mut power) =
            if exponent == 0 { (fraction, -1074) } else { (fraction | (1 << 52), exponent - 1075) };
        if mantissa == 0 {
            return Some(Self::from(BigInt::zero()));
        }
        let zeros = mantissa.trailing_zeros();
        mantissa >>= zeros;
        power += zeros as i32;
        let mut unscaled = BigInt::from(mantissa);
        let scale = if power < 0 {
            unscaled *= BigInt::from(5).pow(power.unsigned_abs());
            -power
        } else {
            unscaled <<= power.unsigned_abs();
            0
        };
        Some(Self { unscaled: if number < 0.0 { -unscaled } else { unscaled }, scale })
    }

    /// The digits without the point.
    #[must_use]
    pub fn unscaled(&self) -> &BigInt {
        &self.unscaled
    }

    /// How many digits follow the point; negative for thousands written as `1E+3`.
    #[must_use]
    pub fn scale(&self) -> i32 {
        self.scale
    }

    /// How many digits there are.
    #[must_use]
    pub fn precision(&self) -> i32 {
        digits(&self.unscaled)
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match self.unscaled.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    /// The sum, at the larger scale.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        let (left, right, scale) = self.aligned(other);
        Self { unscaled: left + right, scale }
    }

    /// The difference, at the larger scale.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        let (left, right, scale) = self.aligned(other);
        Self { unscaled: left - right, scale }
    }

    /// The product, at the sum of the scales.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        Self { unscaled: &self.unscaled * &other.unscaled, scale: self.scale.saturating_add(other.scale) }
    }

    /// The quotient at a scale; `None` when dividing by zero, or when `Unnecessary` rounding would be needed.
    #[must_use]
    pub fn divide_to_scale(&self, other: &Self, scale: i32, rounding: Rounding) -> Option<Self> {
        if other.unscaled.is_zero() {
            return None;
        }
        let shift = i64::from(scale) - i64::from(self.scale) + i64::from(other.scale);
        let (dividend, divisor) = if shift >= 0 {
            (&self.unscaled * power_of_ten(shift)?, other.unscaled.clone())
        } else {
            (self.unscaled.clone(), &other.unscaled * power_of_ten(-shift)?)
        };
        Some(Self { unscaled: rounded_quotient(&dividend, &divisor, rounding)?, scale })
    }

    /// `divide(other)`: the exact quotient at the preferred scale; `None` when it does not end (or divides by zero).
    #[must_use]
    pub fn divide_exactly(&self, other: &Self) -> Option<Self> {
        let preferred = self.scale.saturating_sub(other.scale);
        if other.unscaled.is_zero() {
            return None;
        }
        if self.unscaled.is_zero() {
            return Some(Self { unscaled: BigInt::zero(), scale: preferred });
        }
        let most = i64::from(self.precision()) + (10 * i64::from(other.precision()) + 2) / 3;
        let scale = preferred.max(0).saturating_add(i32::try_from(most).ok()?);
        let quotient = self.divide_to_scale(other, scale, Rounding::Unnecessary)?;
        Some(quotient.stripped_to(preferred))
    }

    /// Groovy's `/`: exact when that ends, otherwise rounded half up to at least ten places.
    #[must_use]
    pub fn divide_as_groovy(&self, other: &Self) -> Option<Self> {
        if let Some(exact) = self.divide_exactly(other) {
            return Some(exact);
        }
        if other.unscaled.is_zero() {
            return None;
        }
        let precision = self.precision().max(other.precision()) + 10;
        let quotient = self.divide_to_precision(other, precision)?;
        let scale = self.scale.max(other.scale).max(10);
        let quotient = if quotient.scale > scale { quotient.with_scale(scale, Rounding::HalfUp)? } else { quotient };
        Some(quotient)
    }

    /// `divide(other, new MathContext(precision))`, rounding half up.
    #[must_use]
    pub fn divide_to_precision(&self, other: &Self, precision: i32) -> Option<Self> {
        let preferred = self.scale.saturating_sub(other.scale);
        let shift = precision + 3 + other.precision() - self.precision();
        let scale = preferred.saturating_add(shift.max(0));
        let quotient = self.divide_to_scale(other, scale, Rounding::Down)?;
        // One more digit tells an inexact quotient from a tie.
        let exact = quotient.multiply(other).compare(self) == Ordering::Equal;
        let sticky = if exact { quotient } else { quotient.with_sticky_digit() };
        let rounded = sticky.round(precision, Rounding::HalfUp)?;
        Some(if exact { rounded.stripped_to(preferred) } else { rounded })
    }

    fn with_sticky_digit(&self) -> Self {
        let one = if self.signum() < 0 { -BigInt::one() } else { BigInt::one() };
        Self { unscaled: &self.unscaled * 10 + one, scale: self.scale.saturating_add(1) }
    }

    /// The remainder of the division that rounds toward zero.
    #[must_use]
    pub fn remainder(&self, other: &Self) -> Option<Self> {
        if other.unscaled.is_zero() {
            return None;
        }
        let (left, right, scale) = self.aligned(other);
        Some(Self { unscaled: left % right, scale })
    }

    /// `setScale`; `None` when `Unnecessary` rounding would be needed.
    #[must_use]
    pub fn with_scale(&self, scale: i32, rounding: Rounding) -> Option<Self> {
        let shift = i64::from(scale) - i64::from(self.scale);
        let unscaled = if shift >= 0 {
            &self.unscaled * power_of_ten(shift)?
        } else {
            rounded_quotient(&self.unscaled, &power_of_ten(-shift)?, rounding)?
        };
        Some(Self { unscaled, scale })
    }

    /// `round(new MathContext(precision, rounding))`.
    #[must_use]
    pub fn round(&self, precision: i32, rounding: Rounding) -> Option<Self> {
        let surplus = self.precision() - precision;
        if precision <= 0 || surplus <= 0 {
            return Some(self.clone());
        }
        let unscaled = rounded_quotient(&self.unscaled, &power_of_ten(i64::from(surplus))?, rounding)?;
        let rounded = Self { unscaled, scale: self.scale.saturating_sub(surplus) };
        // 9.99 may have become 10.0.
        if rounded.precision() > precision { rounded.round(precision, rounding) } else { Some(rounded) }
    }

    /// `stripTrailingZeros`.
    #[must_use]
    pub fn stripped(&self) -> Self {
        if self.unscaled.is_zero() { Self::from(BigInt::zero()) } else { self.stripped_to(i32::MIN) }
    }

    fn stripped_to(&self, least: i32) -> Self {
        let (mut unscaled, mut scale) = (self.unscaled.clone(), self.scale);
        let ten = BigInt::from(10);
        while scale > least && !unscaled.is_zero() && (&unscaled % &ten).is_zero() {
            unscaled /= &ten;
            scale -= 1;
        }
        Self { unscaled, scale }
    }

    /// The number to a whole power.
    #[must_use]
    pub fn pow(&self, exponent: u32) -> Option<Self> {
        if i64::from(self.precision()) * i64::from(exponent) > MOST_DIGITS {
            return None;
        }
        let scale = self.scale.checked_mul(i32::try_from(exponent).ok()?)?;
        Some(Self { unscaled: self.unscaled.pow(exponent), scale })
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self { unscaled: self.unscaled.abs(), scale: self.scale }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negate(&self) -> Self {
        Self { unscaled: -&self.unscaled, scale: self.scale }
    }

    /// `compareTo`: by value, whatever the scales.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.unscaled.cmp(&other.unscaled);
        }
        let magnitude = |number: &Self| i64::from(number.precision()) - i64::from(number.scale);
        match self.signum().cmp(&other.signum()) {
            Ordering::Equal if self.signum() == 0 => Ordering::Equal,
            Ordering::Equal if magnitude(self) == magnitude(other) => {
                let (left, right, _) = self.aligned(other);
                left.cmp(&right)
            }
            Ordering::Equal if self.signum() > 0 => magnitude(self).cmp(&magnitude(other)),
            Ordering::Equal => magnitude(other).cmp(&magnitude(self)),
            unequal => unequal,
        }
    }

    /// The whole part.
    #[must_use]
    pub fn to_integer(&self) -> BigInt {
        self.with_scale(0, Rounding::Down).map(|whole| whole.unscaled).unwrap_or_default()
    }

    /// The nearest binary number.
    #[must_use]
    pub fn to_double(&self) -> f64 {
        match self.scale {
            0 => self.unscaled.to_f64().unwrap_or(f64::NAN),
            _ => format!("{}E{}", self.unscaled, -i64::from(self.scale)).parse().unwrap_or(f64::NAN),
        }
    }

    /// `toPlainString`: never an exponent.
    #[must_use]
    pub fn plain_text(&self) -> String {
        if self.scale <= 0 {
            let zeros = if self.unscaled.is_zero() { 0 } else { self.scale.unsigned_abs() as usize };
            return format!("{}{}", self.unscaled, "0".repeat(zeros.min(MOST_DIGITS as usize)));
        }
        let digits = self.unscaled.magnitude().to_string();
        let sign = if self.unscaled.is_negative() { "-" } else { "" };
        let places = (self.scale as usize).min(MOST_DIGITS as usize);
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{fraction}")
    }

    /// `hashCode`.
    #[must_use]
    pub fn hash_code(&self) -> i32 {
        super::integer_hash(&self.unscaled).wrapping_mul(31).wrapping_add(self.scale)
    }

    fn aligned(&self, other: &Self) -> (BigInt, BigInt, i32) {
        let scale = self.scale.max(other.scale);
        let raise = |number: &Self| match i64::from(scale) - i64::from(number.scale) {
            0 => number.unscaled.clone(),
            shift => &number.unscaled * power_of_ten(shift).unwrap_or_default(),
        };
        (raise(self), raise(other), scale)
    }
}

impl From<BigInt> for Decimal {
    fn from(unscaled: BigInt) -> Self {
        Self { unscaled, scale: 0 }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self::from(BigInt::from(number))
    }
}

/// `toString`: with an exponent for large scales and for negative ones.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.unscaled.magnitude().to_string();
        let adjusted = digits.len() as i64 - 1 - i64::from(self.scale);
        if self.scale >= 0 && adjusted >= -6 {
            return f.write_str(&self.plain_text());
        }
        f.write_str(if self.unscaled.is_negative() { "-" } else { "" })?;
        f.write_str(&digits[..1])?;
        if digits.len() > 1 {
            write!(f, ".{}", &digits[1..])?;
        }
        if adjusted == 0 { Ok(()) } else { write!(f, "E{adjusted:+}") }
    }
}

fn digits(number: &BigInt) -> i32 {
    match number.to_u64().or_else(|| number.magnitude().to_u64()) {
        Some(0) => 1,
        Some(small) => small.ilog10() as i32 + 1,
        None => number.magnitude().to_string().len() as i32,
    }
}

fn power_of_ten(exponent: i64) -> Option<BigInt> {
    if exponent > MOST_DIGITS {
        return None;
    }
    match u32::try_from(exponent).ok()? {
        small @ 0..=18 => Some(BigInt::from(10_u64.pow(small))),
        large => Some(BigInt::from(10).pow(large)),
    }
}

fn rounded_quotient(dividend: &BigInt, divisor: &BigInt, rounding: Rounding) -> Option<BigInt> {
    let quotient = dividend / divisor;
    let remainder = dividend - &quotient * divisor;
    if remainder.is_zero() {
        return Some(quotient);
    }
    let negative = (dividend.sign() == Sign::Minus) != (divisor.sign() == Sign::Minus);
    let half = (remainder.magnitude() * 2_u32).cmp(divisor.magnitude());
    let is_odd = quotient.magnitude().bit(0);
    if rounding.is_up(negative, half, is_odd)? {
        return Some(quotient + if negative { -BigInt::one() } else { BigInt::one() });
    }
    Some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn texts_are_those_of_java() {
        let check = |text: &str, expected: &str| assert_eq!(decimal(text).to_string(), expected);
        check("1.50", "1.50");
        check("1e3", "1E+3");
        check("1.0E-2", "0.010");
        check("0.0000001", "1E-7");
        check("1.23e-7", "1.23E-7");
        check("-12e5", "-1.2E+6");
        check(".5", "0.5");
        assert_eq!(decimal("1E+3").plain_text(), "1000");
        assert_eq!(decimal("-0.05").plain_text(), "-0.05");
        assert_eq!(
            Decimal::exactly(0.1).unwrap().to_string(),
            "0.1000000000000000055511151231257827021181583404541015625"
        );
        assert_eq!(Decimal::of_double(0.1).unwrap().to_string(), "0.1");
        assert!(Decimal::parse("abc").is_err() && Decimal::parse("").is_err() && Decimal::parse("1.2.3").is_err());
    }

    #[test]
    fn groovy_divides() {
        let check = |left, right, expected: &str| {
            assert_eq!(
                decimal(left).divide_as_groovy(&decimal(right)).unwrap().to_string(),
                expected,
                "{left} / {right}"
            );
        };
        check("7", "2", "3.5");
        check("6", "2", "3");
        check("1", "3", "0.3333333333");
        check("2", "3", "0.6666666667");
        check("100", "7.0", "14.2857142857");
        check("10.00", "4", "2.50");
        assert!(decimal("1").divide_as_groovy(&decimal("0")).is_none());
    }

    #[test]
    fn scales_and_rounding() {
        let check = |number, scale, rounding, expected: &str| {
            assert_eq!(decimal(number).with_scale(scale, rounding).unwrap().to_string(), expected);
        };
        check("2.345", 2, Rounding::HalfUp, "2.35");
        check("1.25", 1, Rounding::HalfEven, "1.2");
        check("-2.5", 0, Rounding::HalfDown, "-2");
        check("-2.1", 0, Rounding::Floor, "-3");
        assert!(decimal("1.5").with_scale(0, Rounding::Unnecessary).is_none());
        assert_eq!(decimal("1.10").compare(&decimal("1.1")), Ordering::Equal);
        assert_eq!(decimal("-5").compare(&decimal("-40.0")), Ordering::Greater);
        assert_eq!(decimal("1.230").stripped().to_string(), "1.23");
        assert_eq!(decimal("9.99").round(2, Rounding::HalfUp).unwrap().to_string(), "10");
    }
}
