//! Division, whose result may not end: exactly, to a scale, to a precision, and as Groovy's `/` does it.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::scale::{power_of_ten, rounded_quotient};
use super::{Decimal, Rounding};

impl Decimal {
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
}
