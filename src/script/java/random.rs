//! `java.util.Random`: the same numbers from the same seed. Its relatives too.

use parking_lot::Mutex;

use crate::java;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, illegal_argument, ok};
use crate::script::value::Value;

use super::stream;

/// `java.util.Random`.
pub static RANDOM: Static = Static::new(|| Class::new("java.util.Random").constructors(NEW).methods(METHODS));
/// `java.security.SecureRandom`.
pub static SECURE_RANDOM: Static = Static::new(|| {
    Class::new("java.security.SecureRandom")
        .extends(&[&RANDOM])
        .constructors(SECURE_NEW)
        .statics(SECURE_STATICS)
        .methods(SECURE_METHODS)
});
/// `java.util.concurrent.ThreadLocalRandom`.
pub static THREAD_LOCAL_RANDOM: Static = Static::new(|| {
    Class::new("java.util.concurrent.ThreadLocalRandom").extends(&[&RANDOM]).statics(THREAD_LOCAL_STATICS)
});
/// `java.util.SplittableRandom`.
pub static SPLITTABLE_RANDOM: Static =
    Static::new(|| Class::new("java.util.SplittableRandom").extends(&[&RANDOM]).constructors(SPLITTABLE_NEW));

/// A source of random numbers.
pub struct Random {
    class: &'static Class,
    state: Mutex<State>,
}

enum State {
    /// Java's 48-bit generator, and the second of a pair of Gaussian numbers.
    Linear(java::Random, Option<f64>),
    /// `SplittableRandom`: seed and gamma.
    Splittable(u64, u64),
}

impl HostObject for Random {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }
}

impl Random {
    /// The generator of a seed.
    #[must_use]
    pub fn seeded(seed: i64) -> Self {
        Self::of(&RANDOM, seed)
    }

    fn of(class: &'static Class, seed: i64) -> Self {
        Self { class, state: Mutex::new(State::Linear(java::Random::new(seed), None)) }
    }

    fn bits(&self, count: u32) -> i32 {
        match &mut *self.state.lock() {
            State::Linear(random, _) => random.bits(count),
            State::Splittable(seed, gamma) => {
                *seed = seed.wrapping_add(*gamma);
                (mix32(*seed) as u32 >> (32 - count)) as i32
            }
        }
    }

    fn long(&self) -> i64 {
        if let State::Splittable(seed, gamma) = &mut *self.state.lock() {
            *seed = seed.wrapping_add(*gamma);
            return mix64(*seed) as i64;
        }
        (i64::from(self.bits(32)) << 32).wrapping_add(i64::from(self.bits(32)))
    }

    /// `nextInt()`.
    pub fn int(&self) -> i32 {
        self.bits(32)
    }

    /// `nextInt(bound)`.
    ///
    /// # Errors
    /// `IllegalArgumentException` for bounds that are not positive.
    pub fn below(&self, bound: i32) -> Outcome<i32> {
        if bound <= 0 {
            return Err(illegal_argument("bound must be positive"));
        }
        if let State::Linear(random, _) = &mut *self.state.lock() {
            return Ok(random.below(bound));
        }
        Ok(self.bounded(bound))
    }

    /// `RandomSupport.boundedNextInt(0, bound)`.
    fn bounded(&self, bound: i32) -> i32 {
        let mut next = self.bits(32);
        let most = bound - 1;
        if bound & most == 0 {
            return next & most;
        }
        loop {
            let positive = (next as u32 >> 1) as i32;
            next = positive % bound;
            if positive.wrapping_add(most).wrapping_sub(next) >= 0 {
                return next;
            }
            next = self.bits(32);
        }
    }

    /// `nextInt(origin, bound)`.
    fn between(&self, origin: i32, bound: i32) -> Outcome<i32> {
        if origin >= bound {
            return Err(illegal_argument("bound must be greater than origin"));
        }
        let range = bound.wrapping_sub(origin);
        if range > 0 {
            return Ok(self.bounded(range) + origin);
        }
        loop {
            let next = self.int();
            if (origin..bound).contains(&next) {
                return Ok(next);
            }
        }
    }

    fn long_between(&self, origin: i64, bound: i64) -> Outcome<i64> {
        if origin >= bound {
            return Err(illegal_argument("bound must be greater than origin"));
        }
        let range = bound.wrapping_sub(origin);
        let mut next = self.long();
        if range > 0 {
            let most = range - 1;
            if range & most == 0 {
                return Ok((next & most) + origin);
            }
            loop {
                let positive = (next as u64 >> 1) as i64;
                next = positive % range;
                if positive.wrapping_add(most).wrapping_sub(next) >= 0 {
                    return Ok(next + origin);
                }
                next = self.long();
            }
        }
        while !(origin..bound).contains(&next) {
            next = self.long();
        }
        Ok(next)
    }

    fn double(&self) -> f64 {
        if let State::Linear(random, _) = &mut *self.state.lock() {
            return random.fraction();
        }
        (self.long() as u64 >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    fn gaussian(&self) -> f64 {
        if let State::Linear(_, saved) = &mut *self.state.lock()
            && let Some(saved) = saved.take()
        {
            return saved;
        }
        loop {
            let (a, b) = (2.0 * self.double() - 1.0, 2.0 * self.double() - 1.0);
            let square = a * a + b * b;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * super::strict_math::ln(square) / square).sqrt();
                if let State::Linear(_, saved) = &mut *self.state.lock() {
                    *saved = Some(b * factor);
                }
                return a * factor;
            }
        }
    }

    fn bytes(&self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 3);
        while bytes.len() < count {
            bytes.extend_from_slice(&self.int().to_le_bytes());
        }
        bytes.truncate(count);
        bytes
    }
}

fn mix64(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

fn mix32(seed: u64) -> i32 {
    let seed = (seed ^ (seed >> 33)).wrapping_mul(0x62a9_d9ed_7997_05f5);
    (((seed ^ (seed >> 28)).wrapping_mul(0xcb24_d0a5_c88c_35b3)) >> 32) as i32
}

const NEW: &[Row] = &[
    new("", |c| {
        let seed = c.machine.host.random() as i64;
        ok(Value::object(Random::seeded(seed)))
    }),
    new("long", |c| ok(Value::object(Random::seeded(c.long(0))))),
];

const SECURE_NEW: &[Row] = &[new("", secure), new("byte[]", secure)];

const SECURE_STATICS: &[Row] = &[row("getInstance", "String, Object?", secure), row("getInstanceStrong", "", secure)];

const SECURE_METHODS: &[Row] = &[
    row("generateSeed", "int", |c| ok(c.this_as::<Random>()?.bytes(c.int(0).max(0) as usize))),
    row("getAlgorithm", "", |_| ok("NativePRNG")),
    row("setSeed", "Object", |_| Ok(Value::Null)),
];

const THREAD_LOCAL_STATICS: &[Row] = &[row("current", "", |c| {
    let seed = c.machine.host.random() as i64;
    ok(Value::object(Random::of(&THREAD_LOCAL_RANDOM, seed)))
})];

const SPLITTABLE_NEW: &[Row] = &[
    new("", |c| {
        let seed = c.machine.host.random();
        ok(splittable(seed))
    }),
    new("long", |c| ok(splittable(c.long(0) as u64))),
];

fn secure(c: &mut Call<'_, '_>) -> Outcome {
    let seed = c.machine.host.random() as i64;
    ok(Value::object(Random::of(&SECURE_RANDOM, seed)))
}

fn splittable(seed: u64) -> Value {
    const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    Value::object(Random { class: &SPLITTABLE_RANDOM, state: Mutex::new(State::Splittable(seed, GOLDEN_GAMMA)) })
}

const METHODS: &[Row] = &[
    row("nextInt", "", |c| ok(c.this_as::<Random>()?.int())),
    row("nextInt", "int", |c| ok(c.this_as::<Random>()?.below(c.int(0))?)),
    row("nextInt", "int, int", |c| ok(c.this_as::<Random>()?.between(c.int(0), c.int(1))?)),
    row("nextLong", "", |c| ok(c.this_as::<Random>()?.long())),
    row("nextLong", "long", |c| match c.long(0) {
        bound if bound <= 0 => Err(illegal_argument("bound must be positive")),
        bound => ok(c.this_as::<Random>()?.long_between(0, bound)?),
    }),
    row("nextLong", "long, long", |c| ok(c.this_as::<Random>()?.long_between(c.long(0), c.long(1))?)),
    row("nextDouble", "", |c| ok(c.this_as::<Random>()?.double())),
    row("nextDouble", "double", |c| ok(c.this_as::<Random>()?.double() * c.double(0))),
    row("nextDouble", "double, double", |c| {
        ok(c.double(0) + c.this_as::<Random>()?.double() * (c.double(1) - c.double(0)))
    }),
    row("nextFloat", "", |c| ok(c.this_as::<Random>()?.bits(24) as f32 / (1 << 24) as f32)),
    row("nextBoolean", "", |c| ok(c.this_as::<Random>()?.bits(1) != 0)),
    row("nextGaussian", "", |c| ok(c.this_as::<Random>()?.gaussian())),
    row("nextBytes", "byte[]", |c| {
        let array = super::array::own(c.arg(0))?;
        array.write_bytes(0, &c.this_as::<Random>()?.bytes(array.len()));
        Ok(Value::Null)
    }),
    row("setSeed", "long", |c| {
        *c.this_as::<Random>()?.state.lock() = State::Linear(java::Random::new(c.long(0)), None);
        Ok(Value::Null)
    }),
    row("ints", "long, int, int", |c| {
        let random = c.this_as::<Random>()?;
        let (from, to) = (c.int(1), c.int(2));
        let next = || {
            if to - from > 0 {
                random.below(to - from).map(|next| Value::Int(next + from))
            } else {
                random.between(from, to).map(Value::Int)
            }
        };
        ok(stream::of_ints((0..c.long(0).clamp(0, 1 << 20)).map(|_| next()).collect::<Outcome<_>>()?))
    }),
    row("ints", "long", |c| {
        let random = c.this_as::<Random>()?;
        ok(stream::of_ints((0..c.long(0).clamp(0, 1 << 20)).map(|_| Value::Int(random.int())).collect()))
    }),
    row("doubles", "long", |c| {
        let random = c.this_as::<Random>()?;
        ok(stream::of_doubles((0..c.long(0).clamp(0, 1 << 20)).map(|_| Value::Double(random.double())).collect()))
    }),
];

/// `Collections.shuffle`.
pub fn shuffle(machine: &mut Machine<'_>, items: &mut [Value], random: Option<&Random>) {
    let own;
    let random = match random {
        Some(random) => random,
        None => {
            own = Random::seeded(machine.host.random() as i64);
            &own
        }
    };
    for at in (1..items.len()).rev() {
        let other = random.below(at as i32 + 1).unwrap_or_default();
        items.swap(at, other as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_give_javas_numbers() {
        assert_eq!(Random::seeded(42).int(), -1_170_105_035);
        let random = Random::seeded(42);
        assert_eq!((0..5).map(|_| random.below(10).unwrap()).collect::<Vec<_>>(), [0, 3, 8, 4, 0]);
        assert_eq!(Random::seeded(42).long(), -5_025_562_857_975_149_833);
        assert_eq!(Random::seeded(42).double().to_string(), "0.7275636800328681");
        let random = Random::seeded(42);
        assert_eq!(format!("{} {}", random.gaussian(), random.gaussian()), "1.1419053154730547 0.9194079489827879");
        assert_eq!(Random::seeded(42).bytes(5), [53, 157, 65, 186, 247]);
        assert!(Random::seeded(1).below(0).is_err());
    }
}
