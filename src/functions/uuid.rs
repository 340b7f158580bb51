//! `${__UUID}`: a random UUID.

use super::call::call;
use crate::model::{Arity, FunctionType, VirtualUser};
use rand::RngExt;

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__UUID",
    arity: Arity::Exactly(0),
    make: |parameters, _| call(parameters, |_, vu| Ok(text(vu))),
};

fn text(vu: &mut VirtualUser) -> String {
    let random: u128 = vu.random_source().random();
    // Version 4, variant 2.
    let bits = random & !(0xF << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{bits:032x}");
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}
