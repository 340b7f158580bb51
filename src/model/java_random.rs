//! `java.util.Random`: the same numbers from the same seed, as plans with a seed expect.
//!
//! A linear congruential generator of 48 bits, as the documentation of the Java class prescribes it.

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const INCREMENT: u64 = 0xB;
const MASK: u64 = (1 << 48) - 1;

/// A source of random numbers that gives what Java's gives.
#[derive(Debug, Clone)]
pub struct JavaRandom {
    state: u64,
}

impl JavaRandom {
    /// `new Random(seed)`.
    #[must_use]
    pub fn new(seed: i64) -> Self {
        Self { state: (seed as u64 ^ MULTIPLIER) & MASK }
    }

    /// `nextInt()`.
    pub fn next_int(&mut self) -> i32 {
        self.next(32)
    }

    /// `nextInt(bound)`: from 0 up to the bound, which must be positive; 0 if it is not.
    pub fn next_int_below(&mut self, bound: i32) -> i32 {
        if bound <= 0 {
            return 0;
        }
        let mut bits = self.next(31);
        if bound & (bound - 1) == 0 {
            return ((i64::from(bound) * i64::from(bits)) >> 31) as i32;
        }
        // Numbers from the last, incomplete row of the bound are thrown away.
        loop {
            let value = bits % bound;
            if bits.wrapping_sub(value).wrapping_add(bound - 1) >= 0 {
                return value;
            }
            bits = self.next(31);
        }
    }

    /// `nextLong()`.
    pub fn next_long(&mut self) -> i64 {
        let high = i64::from(self.next(32)) << 32;
        high.wrapping_add(i64::from(self.next(32)))
    }

    /// `nextDouble()`: from [0, 1).
    pub fn next_double(&mut self) -> f64 {
        let high = i64::from(self.next(26)) << 27;
        (high + i64::from(self.next(27))) as f64 / (1_i64 << 53) as f64
    }

    fn next(&mut self, bits: u32) -> i32 {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT) & MASK;
        // Java cuts to 32 bits, sign included.
        (self.state >> (48 - bits)) as u32 as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_java() {
        let mut random = JavaRandom::new(42);
        assert_eq!([(); 3].map(|()| random.next_int()), [-1_170_105_035, 234_785_527, -1_360_544_799]);
        let mut random = JavaRandom::new(42);
        assert_eq!([(); 4].map(|()| random.next_int_below(10)), [0, 3, 8, 4]);
        let mut random = JavaRandom::new(42);
        assert_eq!([(); 3].map(|()| random.next_int_below(8)), [5, 0, 5]);
        assert_eq!(JavaRandom::new(42).next_long(), -5_025_562_857_975_149_833);
        let mut random = JavaRandom::new(-1);
        let doubles = [(); 2].map(|()| random.next_double().to_string());
        assert_eq!(doubles, ["0.26894263088050496", "0.012269981921235296"]);
        let mut random = JavaRandom::new(7);
        let rejecting = [(); 3].map(|()| random.next_int_below(1_500_000_000));
        assert_eq!(rejecting, [1_371_249_164, 20_678_044, 747_989_380]);
        assert_eq!(JavaRandom::new(1).next_int_below(0), 0);
    }
}
