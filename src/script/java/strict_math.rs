//! `java.lang.StrictMath.log`: the logarithm whose last digit decides what `Random.nextGaussian` gives.
//!
//! The method is that of the "freely distributable math library": the number is taken apart into a power of two and a
//! factor near one, whose logarithm a polynomial gives.

const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const POLYNOMIAL: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// The natural logarithm of a positive, normal number.
#[must_use]
pub fn ln(number: f64) -> f64 {
    let bits = number.to_bits();
    let mut high = (bits >> 32) as i32;
    let mut power = (high >> 20) - 1023;
    high &= 0xf_ffff;
    let carry = (high + 0x9_5f64) & 0x10_0000;
    power += carry >> 20;
    let factor = f64::from_bits((((high | (carry ^ 0x3ff0_0000)) as u64) << 32) | (bits & 0xffff_ffff));
    let rest = factor - 1.0;
    let shift = f64::from(power);
    if (0xf_ffff & (2 + high)) < 3 {
        // So near to one that the first terms of the series are enough.
        let square = rest * rest * (0.5 - 0.333_333_333_333_333_3 * rest);
        return match (rest == 0.0, power) {
            (true, _) => shift * LN2_HIGH + shift * LN2_LOW,
            (false, 0) => rest - square,
            (false, _) => shift * LN2_HIGH - ((square - shift * LN2_LOW) - rest),
        };
    }
    let [l1, l2, l3, l4, l5, l6, l7] = POLYNOMIAL;
    let s = rest / (2.0 + rest);
    let z = s * s;
    let w = z * z;
    let even = w * (l2 + w * (l4 + w * l6));
    let odd = z * (l1 + w * (l3 + w * (l5 + w * l7)));
    let sum = odd + even;
    if ((high - 0x6_147a) | (0x6_b851 - high)) > 0 {
        let half = 0.5 * rest * rest;
        if power == 0 {
            return rest - (half - s * (half + sum));
        }
        return shift * LN2_HIGH - ((half - (s * (half + sum) + shift * LN2_LOW)) - rest);
    }
    if power == 0 {
        return rest - s * (rest - sum);
    }
    shift * LN2_HIGH - ((s * (rest - sum) - shift * LN2_LOW) - rest)
}

#[cfg(test)]
mod tests {
    #[test]
    fn logarithms() {
        for number in [1e-300, 0.3, 0.999_999_9, 1.0, 1.5, 2.0, 1e10] {
            assert!((super::ln(number) - f64::ln(number)).abs() <= f64::EPSILON * f64::ln(number).abs());
        }
    }
}
