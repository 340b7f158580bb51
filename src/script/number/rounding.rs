//! `java.math.RoundingMode`.

use std::cmp::Ordering;

/// Which neighbour a number that lies between two is rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
    /// Toward positive infinity.
    Ceiling,
    /// Toward negative infinity.
    Floor,
    /// To the nearer; ties away from zero.
    HalfUp,
    /// To the nearer; ties toward zero.
    HalfDown,
    /// To the nearer; ties to the even digit.
    HalfEven,
    /// Never: having to round is an error.
    Unnecessary,
}

impl Rounding {
    /// All modes, in the order of Java's constants.
    pub const ALL: [(&'static str, Self); 8] = [
        ("UP", Self::Up),
        ("DOWN", Self::Down),
        ("CEILING", Self::Ceiling),
        ("FLOOR", Self::Floor),
        ("HALF_UP", Self::HalfUp),
        ("HALF_DOWN", Self::HalfDown),
        ("HALF_EVEN", Self::HalfEven),
        ("UNNECESSARY", Self::Unnecessary),
    ];

    /// The mode of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(mode, _)| *mode == name).map(|(_, rounding)| *rounding)
    }

    /// Whether the magnitude grows. `half` compares the remainder with one half; `None` when rounding is not allowed.
    #[must_use]
    pub fn is_up(self, is_negative: bool, half: Ordering, is_odd: bool) -> Option<bool> {
        Some(match self {
            Self::Up => true,
            Self::Down => false,
            Self::Ceiling => !is_negative,
            Self::Floor => is_negative,
            Self::HalfUp => half != Ordering::Less,
            Self::HalfDown => half == Ordering::Greater,
            Self::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && is_odd),
            Self::Unnecessary => return None,
        })
    }
}
