//! Decimal numbers with eighteen places.

use std::fmt;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// A decimal number, in units of the eighteenth place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(BigInt);

const PLACES: usize = 18;

fn one() -> BigInt {
    BigInt::from(10_u64.pow(PLACES as u32))
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i128) -> Self {
        Self(BigInt::from(number) * one())
    }

    /// Reads digits with a point; `None` if the text is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && places.is_empty() || !all_digits(whole) || !all_digits(places) {
            return None;
        }
        let places: String = places.chars().chain(std::iter::repeat('0')).take(PLACES).collect();
        let units: BigInt = format!("{whole}{places}").parse().ok()?;
        Some(Self(if is_negative { -units } else { units }))
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// The difference.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// The product.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0 / one())
    }

    /// The quotient; `None` for a division by zero.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 * one() / &other.0))
    }

    /// The whole part of the quotient; `None` for a division by zero.
    #[must_use]
    pub fn divide_whole(&self, other: &Self) -> Option<i128> {
        if other.0.is_zero() { None } else { (&self.0 / &other.0).to_i128() }
    }

    /// What a division leaves; `None` for a division by zero.
    #[must_use]
    pub fn modulo(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 % &other.0))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negative(&self) -> Self {
        Self(-&self.0)
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        let rest = &self.0 % one();
        let whole = &self.0 - &rest;
        Self(if rest.is_negative() { whole - one() } else { whole })
    }

    /// Rounded to so many places, halves upwards.
    #[must_use]
    pub fn round(&self, places: u32) -> Self {
        let unit = BigInt::from(10).pow((PLACES as u32).saturating_sub(places));
        let half = &unit / 2;
        let shifted = Self(&self.0 + half);
        let rest = ((&shifted.0 % &unit) + &unit) % &unit;
        Self(shifted.0 - rest)
    }

    /// The nearest double.
    #[must_use]
    pub fn to_double(&self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:0>1$}", self.0.abs().to_string(), PLACES + 1);
        let (whole, places) = digits.split_at(digits.len() - PLACES);
        let places = places.trim_end_matches('0');
        let sign = if self.0.is_negative() { "-" } else { "" };
        if places.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{places}") }
    }
}
