//! `java.util.Random`: the same numbers from the same seed, as plans with a seed expect.

/// Java's linear congruential generator of 48 bits.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

impl Random {
    /// The numbers that belong to a seed.
    #[must_use]
    pub fn new(seed: i64) -> Self {
        Self { state: (seed as u64 ^ MULTIPLIER) & MASK }
    }

    /// The next number from 0 to below the bound (`nextInt(bound)`), which is positive.
    pub fn below(&mut self, bound: i32) -> i32 {
        let mut bits = self.bits(31);
        if bound.count_ones() == 1 {
            return ((i64::from(bound) * i64::from(bits)) >> 31) as i32;
        }
        loop {
            let number = bits % bound;
            // The last numbers would come up less often than the others.
            if bits.wrapping_sub(number).wrapping_add(bound - 1) >= 0 {
                return number;
            }
            bits = self.bits(31);
        }
    }

    /// The next number from [0, 1) (`nextDouble()`).
    pub fn fraction(&mut self) -> f64 {
        let high = i64::from(self.bits(26)) << 27;
        (high + i64::from(self.bits(27))) as f64 / (1_i64 << 53) as f64
    }

    /// The next number of that many bits, at most 32 (`next(bits)`).
    pub fn bits(&mut self, count: u32) -> i32 {
        self.state = (self.state.wrapping_mul(MULTIPLIER).wrapping_add(0xB)) & MASK;
        (self.state >> (48 - count)) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_javas() {
        let check = |seed, bound, expected: [i32; 5]| {
            let mut random = Random::new(seed);
            assert_eq!(std::array::from_fn(|_| random.below(bound)), expected, "{seed} {bound}");
        };
        check(42, 100, [30, 63, 48, 84, 70]);
        check(42, 16, [11, 0, 10, 0, 4]);
        check(-1, i32::MAX, [577_549_913, 943_952_225, 26_349_579, 1_176_895_439, 1_421_815_604]);
        let mut random = Random::new(-1);
        let fractions = [(); 2].map(|()| random.fraction().to_string());
        assert_eq!(fractions, ["0.26894263088050496", "0.012269981921235296"]);
    }
}
