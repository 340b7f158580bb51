//! Decimal numbers as texts: `1.50`, `1E+3`.

use num_traits::{Signed, Zero};

use super::{Decimal, MOST_DIGITS};

impl Decimal {
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
