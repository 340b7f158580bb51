//! Java's numbers: how they are read, printed and rounded.

mod decimal;
mod rounding;
mod text;

pub use decimal::Decimal;
pub use rounding::Rounding;
pub use text::{double_text, float_text, integer_hash, parse_double, parse_int, parse_long, radix_text};
