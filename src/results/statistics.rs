//! What a test measured, label by label: counts, rates and percentiles.
//!
//! Times are kept in histograms, exact up to two seconds and to a thousandth above, so that those of several machines or
//! intervals can be put together. Samples of Transaction Controllers count under their label but not in the total; where
//! such a sample hides others inside, these count as samples of their own.

use std::sync::Arc;

use hdrhistogram::Histogram;
use rustc_hash::FxHashMap;

use super::jtl::Row;
use crate::model::SampleResult;

/// How many digits of a time are kept.
const DIGITS: u8 = 3;

/// What was measured under each label.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    total: Measures,
    labels: Vec<Label>,
    index: FxHashMap<Arc<str>, usize>,
}

/// What was measured under one label.
#[derive(Debug, Clone)]
pub struct Label {
    /// The label.
    pub label: Arc<str>,
    /// Whether it is that of a Transaction Controller.
    pub is_transaction: bool,
    /// What was measured.
    pub measures: Measures,
}

/// Counts and times of some samples. Times are milliseconds, sizes bytes.
#[derive(Debug, Clone)]
pub struct Measures {
    /// How many.
    pub samples: u64,
    /// How many of them failed.
    pub errors: u64,
    /// Bytes received.
    pub received: i64,
    /// Bytes sent.
    pub sent: i64,
    /// When the first began.
    pub start: i64,
    /// When the last ended.
    pub end: i64,
    /// The shortest; meaningless without samples.
    pub min: i64,
    /// The longest; meaningless without samples.
    pub max: i64,
    sum: i64,
    times: Histogram<u32>,
}

/// What counts of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// How many samples it stands for.
    pub samples: u64,
    /// How many of them failed.
    pub errors: u64,
    /// When it began, in milliseconds since 1970.
    pub start: i64,
    /// When it ended.
    pub end: i64,
    /// How long it took.
    pub elapsed: i64,
    /// Bytes received.
    pub received: i64,
    /// Bytes sent.
    pub sent: i64,
}

impl Statistics {
    /// Counts a result.
    pub fn add(&mut self, result: &SampleResult) {
        let (observation, is_transaction) = (Observation::from(result), result.is_transaction());
        self.label(&result.label, is_transaction).add(&observation);
        if is_transaction {
            result.sub_results.iter().for_each(|part| self.add(part));
        } else {
            self.total.add(&observation);
        }
    }

    /// Counts all that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.total.merge(&other.total);
        for Label { label, is_transaction, measures } in &other.labels {
            self.label(label, *is_transaction).merge(measures);
        }
    }

    /// All samples but those of Transaction Controllers.
    #[must_use]
    pub fn total(&self) -> &Measures {
        &self.total
    }

    /// Each label, in the order of their first samples.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// What was measured under a label.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<&Measures> {
        self.index.get(label).map(|place| &self.labels[*place].measures)
    }

    fn label(&mut self, label: &Arc<str>, is_transaction: bool) -> &mut Measures {
        let place = self.index.get(label).copied().unwrap_or_else(|| {
            self.labels.push(Label { label: label.clone(), is_transaction, measures: Measures::default() });
            self.index.insert(label.clone(), self.labels.len() - 1);
            self.labels.len() - 1
        });
        &mut self.labels[place].measures
    }
}

impl Default for Measures {
    fn default() -> Self {
        let times = Histogram::new(DIGITS).expect("so many digits can be kept");
        let (start, end, min, max) = (i64::MAX, i64::MIN, i64::MAX, i64::MIN);
        Self { samples: 0, errors: 0, received: 0, sent: 0, start, end, min, max, sum: 0, times }
    }
}

impl Measures {
    /// Counts a sample.
    pub fn add(&mut self, sample: &Observation) {
        self.samples += sample.samples;
        self.errors += sample.errors;
        self.received += sample.received;
        self.sent += sample.sent;
        self.start = self.start.min(sample.start);
        self.end = self.end.max(sample.end);
        self.min = self.min.min(sample.elapsed);
        self.max = self.max.max(sample.elapsed);
        self.sum += sample.elapsed;
        // A histogram that grows as needed takes everything.
        let _ = self.times.record(u64::try_from(sample.elapsed).unwrap_or(0));
    }

    /// Counts all that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.samples += other.samples;
        self.errors += other.errors;
        self.received += other.received;
        self.sent += other.sent;
        self.start = self.start.min(other.start);
        self.end = self.end.max(other.end);
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.sum += other.sum;
        let _ = self.times.add(&other.times);
    }

    /// The mean time; 0 without samples.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.samples == 0 { 0.0 } else { self.sum as f64 / self.samples as f64 }
    }

    /// The time that so many percent of the samples did not exceed; 0 without samples.
    #[must_use]
    pub fn percentile(&self, percent: f64) -> i64 {
        if self.times.is_empty() {
            return 0;
        }
        let time = self.times.value_at_quantile(percent / 100.0);
        i64::try_from(time).unwrap_or(i64::MAX).clamp(self.min, self.max)
    }

    /// The part of the samples that failed, from 0 to 1.
    #[must_use]
    pub fn error_rate(&self) -> f64 {
        if self.samples == 0 { 0.0 } else { self.errors as f64 / self.samples as f64 }
    }

    /// From the start of the first sample to the end of the last, in seconds; 0 without samples.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        if self.samples == 0 { 0.0 } else { self.end.saturating_sub(self.start) as f64 / 1000.0 }
    }

    /// Samples per second; 0 while no time has passed.
    #[must_use]
    pub fn rate(&self) -> f64 {
        per_second(self.samples as f64, self.seconds())
    }

    /// Bytes received per second; 0 while no time has passed.
    #[must_use]
    pub fn received_rate(&self) -> f64 {
        per_second(self.received as f64, self.seconds())
    }

    /// Bytes sent per second; 0 while no time has passed.
    #[must_use]
    pub fn sent_rate(&self) -> f64 {
        per_second(self.sent as f64, self.seconds())
    }
}

fn per_second(amount: f64, seconds: f64) -> f64 {
    if seconds > 0.0 { amount / seconds } else { 0.0 }
}

impl From<&SampleResult> for Observation {
    fn from(result: &SampleResult) -> Self {
        Self {
            samples: result.sample_count.into(),
            errors: result.error_count().into(),
            start: result.start,
            end: result.end,
            elapsed: result.elapsed(),
            received: result.received(),
            sent: i64::try_from(result.sent_bytes).unwrap_or(i64::MAX),
        }
    }
}

impl From<&Row<'_>> for Observation {
    fn from(row: &Row<'_>) -> Self {
        Self {
            samples: 1,
            errors: u64::from(!row.successful),
            start: row.start,
            end: row.start + row.elapsed,
            elapsed: row.elapsed,
            received: row.bytes,
            sent: row.sent_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sink::tests::sample;

    fn measured(times: impl IntoIterator<Item = i64>) -> Statistics {
        let mut statistics = Statistics::default();
        times.into_iter().for_each(|time| statistics.add(&sample("a", time)));
        statistics
    }

    #[test]
    fn percentiles() {
        let check = |times: &[i64], percent: f64, expected: i64| {
            let given = measured(times.iter().copied()).total().percentile(percent);
            assert!((given - expected).abs() <= expected / 1000, "{percent}% of {times:?}: {given}");
        };
        check(&[], 50.0, 0);
        check(&[7], 99.9, 7);
        check(&[1, 2, 3, 4], 50.0, 2);
        check(&[1, 2, 3, 4], 100.0, 4);
        check(&[10, 2047, 100_000, 3_600_000], 75.0, 100_000);
        check(&[-5, 3], 0.0, 0);
        let hundred = measured(1..=100);
        assert_eq!([50.0, 95.0, 99.0].map(|percent| hundred.total().percentile(percent)), [50, 95, 99]);
    }

    #[test]
    fn counts_and_rates() {
        let mut statistics = measured([100, 300]);
        let mut failed = sample("b", 2000);
        (failed.successful, failed.sent_bytes) = (false, 40);
        statistics.add(&failed);
        let total = statistics.total();
        assert_eq!((total.samples, total.errors, total.min, total.max), (3, 1, 100, 2000));
        assert_eq!((total.mean(), total.seconds(), total.rate()), (800.0, 2.0, 1.5));
        assert_eq!((total.received_rate(), total.sent_rate()), (1.5, 20.0));
        assert!((total.error_rate() - 1.0 / 3.0).abs() < 1e-9);
        let none = Measures::default();
        assert_eq!((none.mean(), none.rate(), none.error_rate(), none.seconds()), (0.0, 0.0, 0.0, 0.0));
    }

    #[test]
    fn transactions_count_beside_the_total() {
        let mut transaction = sample("tx", 50);
        transaction.response_message = "Number of samples in transaction : 2, number of failing samples : 0".into();
        let mut page = sample("page", 20);
        page.store_part(sample("page-0", 10), false);
        transaction.store_part(page, false);
        transaction.store_part(sample("other", 30), false);
        let mut statistics = Statistics::default();
        statistics.add(&transaction);
        let labels: Vec<_> = statistics.labels().iter().map(|label| (&*label.label, label.is_transaction)).collect();
        assert_eq!(labels, [("tx", true), ("page", false), ("other", false)]);
        assert_eq!((statistics.total().samples, statistics.get("tx").unwrap().samples), (2, 1));
        assert!(statistics.get("page-0").is_none());
    }

    #[test]
    fn statistics_can_be_put_together() {
        let mut all = measured(1..=50);
        all.merge(&measured(51..=100));
        let mut other = Statistics::default();
        other.add(&sample("b", 1000));
        all.merge(&other);
        assert_eq!((all.total().samples, all.get("a").unwrap().percentile(95.0)), (101, 95));
        assert_eq!((all.get("b").unwrap().max, all.total().max, all.labels().len()), (1000, 1000, 2));
    }
}
