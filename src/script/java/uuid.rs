//! `java.util.UUID`.

use std::cmp::Ordering;

use md5::{Digest, Md5};

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, illegal_argument, ok};
use crate::script::value::Value;

/// `java.util.UUID`.
pub static UUID: Static =
    Static::new(|| Class::new("java.util.UUID").constructors(NEW).statics(STATICS).methods(METHODS));

/// 128 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Uuid(u128);

impl Uuid {
    /// A random one: version 4.
    pub fn random(machine: &mut Machine<'_>) -> Self {
        let bits = (u128::from(machine.host.random()) << 64) | u128::from(machine.host.random());
        Self::of_version(bits, 4)
    }

    fn of_version(bits: u128, version: u128) -> Self {
        let bits = bits & !(0xf << 76) | version << 76;
        Self(bits & !(0b11 << 62) | 0b10 << 62)
    }
}

impl HostObject for Uuid {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&UUID)
    }

    fn plain_text(&self) -> Option<String> {
        let digits = format!("{:032x}", self.0);
        let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        Some(parts.join("-"))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }

    fn hash(&self) -> Option<i32> {
        let folded = (self.0 >> 64) as u64 ^ self.0 as u64;
        Some((folded >> 32) as i32 ^ folded as i32)
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        let (own, other) = (self.0, other.downcast::<Self>()?.0);
        let halves = |bits: u128| ((bits >> 64) as i64, bits as i64);
        Some(halves(own).cmp(&halves(other)))
    }
}

const NEW: &[Row] = &[new("long, long", |c| {
    ok(Value::object(Uuid((u128::from(c.long(0) as u64) << 64) | u128::from(c.long(1) as u64))))
})];

const STATICS: &[Row] = &[
    row("randomUUID", "", |c| ok(Value::object(Uuid::random(c.machine)))),
    row("fromString", "String", |c| {
        let text = c.text(0)?;
        let parts: Vec<_> = text.split('-').map(|part| u64::from_str_radix(part, 16)).collect();
        match parts.as_slice() {
            [Ok(a), Ok(b), Ok(c), Ok(d), Ok(e)] => {
                let high = (a & 0xffff_ffff) << 32 | (b & 0xffff) << 16 | (c & 0xffff);
                let low = (d & 0xffff) << 48 | (e & 0xffff_ffff_ffff);
                ok(Value::object(Uuid((u128::from(high) << 64) | u128::from(low))))
            }
            _ => Err(illegal_argument(format!("Invalid UUID string: {text}"))),
        }
    }),
    row("nameUUIDFromBytes", "byte[]", |c| {
        let digest: [u8; 16] = Md5::digest(c.bytes(0)?).into();
        ok(Value::object(Uuid::of_version(u128::from_be_bytes(digest), 3)))
    }),
];

const METHODS: &[Row] = &[
    row("version", "", |c| ok((c.this_as::<Uuid>()?.0 >> 76) as i32 & 0xf)),
    row("variant", "", |_| ok(2)),
    row("getMostSignificantBits", "", |c| ok((c.this_as::<Uuid>()?.0 >> 64) as i64)),
    row("getLeastSignificantBits", "", |c| ok(c.this_as::<Uuid>()?.0 as i64)),
];
