//! Other scales and precisions of a number.

use num_bigint::{BigInt, Sign};
use num_traits::{One, Zero};

use super::{Decimal, MOST_DIGITS, Rounding};

impl Decimal {
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

    pub(super) fn stripped_to(&self, least: i32) -> Self {
        let (mut unscaled, mut scale) = (self.unscaled.clone(), self.scale);
        let ten = BigInt::from(10);
        while scale > least && !unscaled.is_zero() && (&unscaled % &ten).is_zero() {
            unscaled /= &ten;
            scale -= 1;
        }
        Self { unscaled, scale }
    }
}

pub(super) fn power_of_ten(exponent: i64) -> Option<BigInt> {
    if exponent > MOST_DIGITS {
        return None;
    }
    match u32::try_from(exponent).ok()? {
        small @ 0..=18 => Some(BigInt::from(10_u64.pow(small))),
        large => Some(BigInt::from(10).pow(large)),
    }
}

pub(super) fn rounded_quotient(dividend: &BigInt, divisor: &BigInt, rounding: Rounding) -> Option<BigInt> {
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
