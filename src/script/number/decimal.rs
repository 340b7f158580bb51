//! `java.math.BigDecimal`: what Groovy's `1.50` is.
//!
//! The scale is part of the value: `1.10 * 1.10` is `1.2100`, and `1.0` does not equal `1.00` for `equals`.

mod division;
mod scale;
mod text;

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive, Zero};

use scale::power_of_ten;

use super::Rounding;
use crate::java::double_text;

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

    /// `hashCode`.
    #[must_use]
    pub fn hash_code(&self) -> i32 {
        integer_hash(&self.unscaled).wrapping_mul(31).wrapping_add(self.scale)
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

fn digits(number: &BigInt) -> i32 {
    match number.to_u64().or_else(|| number.magnitude().to_u64()) {
        Some(0) => 1,
        Some(small) => small.ilog10() as i32 + 1,
        None => number.magnitude().to_string().len() as i32,
    }
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
