//! Where the labels of an axis are.

/// Steps that people count time in, in seconds.
const TIMES: [f64; 20] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 21_600.0,
    43_200.0, 86_400.0,
];

/// The distance between labels on an axis of so many seconds with room for so many labels.
pub(super) fn time_step(span: f64, most: usize) -> f64 {
    let least = span / most.max(1) as f64;
    TIMES.into_iter().find(|step| *step >= least).unwrap_or_else(|| (least / 86_400.0).ceil() * 86_400.0)
}

/// The distance between labels on an axis up to that value with room for so many labels: 1, 2 or 5 times a power of ten.
pub(super) fn value_step(peak: f64, most: usize) -> f64 {
    let least = peak / most.max(1) as f64;
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= least * 0.999);
    step.unwrap_or(10.0 * power)
}

/// The labels from 0 up to that value.
pub(super) fn labels(step: f64, up_to: f64) -> impl Iterator<Item = f64> {
    let last = (up_to / step + 1e-6).floor() as u32;
    (0..=last).map(move |place| f64::from(place) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let check = |span, most, expected: f64| assert_eq!(time_step(span, most).to_string(), expected.to_string());
        check(10.0, 5, 2.0);
        check(70.0, 6, 15.0);
        check(7200.0, 6, 1800.0);
        check(0.0, 6, 0.1);
        check(1_000_000.0, 5, 259_200.0);
        let check = |peak, most, expected: f64| assert_eq!(value_step(peak, most).to_string(), expected.to_string());
        check(20.0, 4, 5.0);
        check(7.0, 4, 2.0);
        check(0.3, 3, 0.1);
        check(1000.0, 5, 200.0);
        assert_eq!(labels(2.0, 7.0).collect::<Vec<_>>(), [0.0, 2.0, 4.0, 6.0]);
    }
}
