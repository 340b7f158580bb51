//! Java's numbers of any size, and how they are rounded.

mod decimal;
mod rounding;

pub use decimal::{Decimal, integer_hash};
pub use rounding::Rounding;
