use std::sync::atomic::Ordering;

use expect_test::{Expect, expect};

use super::*;
use crate::results::sink::tests::{event, run, sample};

/// What is written to it can be looked at.
#[derive(Clone, Default)]
struct Console(Arc<Mutex<Vec<u8>>>);

impl Write for Console {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Console {
    fn check(&self, expected: &Expect) {
        expected.assert_eq(&String::from_utf8(self.0.lock().clone()).unwrap());
    }
}

fn summaries(set: &[(&str, &str)]) -> (Summaries, Console) {
    let console = Console::default();
    (Summaries::new(run(set), Box::new(console.clone())), console)
}

#[test]
fn lines() {
    let check = |count: Count, expected: &str| assert_eq!(line("summary", '=', &count), expected);
    check(
        Count::new(0),
        "summary =      0 in 00:00:00 = ******/s Avg:     0 Min: 9223372036854775807 Max: -9223372036854775808 Err:     0 (0.00%)",
    );
    let count = Count { samples: 4, errors: 1, sum: 1203, min: 0, max: 1201, start: 1000, end: 2500 };
    check(
        count.clone(),
        "summary =      4 in 00:00:02 =    2.7/s Avg:   300 Min:     0 Max:  1201 Err:     1 (25.00%)",
    );
    check(
        Count { samples: 1_234_567, errors: 1, end: 3_661_400, ..count.clone() },
        "summary = 1234567 in 01:01:00 =  337.3/s Avg:     0 Min:     0 Max:  1201 Err:     1 (0.00%)",
    );
    check(
        Count { start: 2500, ..count },
        "summary =      4 in 00:00:00 = ******/s Avg:   300 Min:     0 Max:  1201 Err:     1 (25.00%)",
    );
}

/// Reports of totals that hear of one sample at each of those seconds: samples since the last report, and all.
fn reports(interval: i64, seconds: &[i64]) -> Vec<(i64, i64, Option<i64>)> {
    let mut totals = Totals::new("summary", 0);
    let mut reports = Vec::new();
    for second in seconds {
        totals.delta.add(&sample("a", 1), second * 1000);
        if let Some(Report { delta: Some(delta), total }) = totals.report(second * 1000, interval) {
            reports.push((*second, delta.samples, total.map(|total| total.samples)));
        }
    }
    reports
}

#[test]
fn a_report_comes_with_a_sample_early_in_an_interval() {
    assert_eq!(reports(30, &[59, 60, 61, 65, 66, 90, 95, 96, 126]), [(60, 2, None), (90, 4, Some(6))]);
    assert_eq!(reports(6, &[7, 10, 13, 14, 19]), [(7, 1, None), (13, 2, Some(3)), (19, 2, Some(5))]);
    assert_eq!(reports(0, &[60, 90]), [], "no interval, no reports");
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_run_tells_each_name_once() {
    let (mut summaries, console) = summaries(&[("summariser.interval", "0")]);
    let mut sinks = ["summary", "other", "summary"].map(|name| summaries.sink(name));
    let mut failed = sample("b", 30);
    failed.successful = false;
    let mut transaction = sample("tx", 99);
    transaction.response_message = "Number of samples in transaction : 1, number of failing samples : 0".into();
    tokio::time::advance(std::time::Duration::from_secs(2)).await;
    sinks[0].sample(&event(sample("a", 10))).unwrap();
    sinks[2].sample(&event(failed)).unwrap();
    sinks[1].sample(&event(transaction)).unwrap();
    let now = summaries.settings.run.clock.now();
    for sink in &mut sinks {
        sink.finish(now).unwrap();
    }
    console.check(&expect![[r#"
        summary =      2 in 00:00:02 =    1.0/s Avg:    20 Min:    10 Max:    30 Err:     1 (50.00%)
        other =      0 in 00:00:00 = ******/s Avg:     0 Min: 9223372036854775807 Max: -9223372036854775808 Err:     0 (0.00%)
    "#]]);
}

#[tokio::test(start_paused = true)]
async fn what_is_left_after_a_report_is_told_first() {
    let (mut summaries, console) = summaries(&[("summariser.ignore_transaction_controller_sample_result", "false")]);
    let mut sink = summaries.sink("all");
    let run = summaries.settings.run.clone();
    let mut transaction = sample("tx", 7);
    transaction.response_message = "Number of samples in transaction : 0".into();
    // To the start of the next half minute, so that the sample brings a report.
    let until = 30_000 - run.clock.now().rem_euclid(30_000);
    tokio::time::advance(std::time::Duration::from_millis(until as u64)).await;
    let now = run.clock.now();
    let totals = summaries.totals[0].clone();
    (totals.lock().delta.start, totals.lock().total.start) = (now - 4000, now - 4000);
    run.active.store(2, Ordering::Relaxed);
    run.started.store(3, Ordering::Relaxed);
    run.finished.store(1, Ordering::Relaxed);
    sink.sample(&event(transaction.clone())).unwrap();
    tokio::time::advance(std::time::Duration::from_secs(2)).await;
    sink.sample(&event(transaction)).unwrap();
    sink.finish(run.clock.now()).unwrap();
    console.check(&expect![[r#"
        all +      1 in 00:00:04 =    0.2/s Avg:     7 Min:     7 Max:     7 Err:     0 (0.00%) Active: 2 Started: 3 Finished: 1
        all +      1 in 00:00:02 =    0.5/s Avg:     7 Min:     7 Max:     7 Err:     0 (0.00%) Active: 2 Started: 3 Finished: 1
        all =      2 in 00:00:06 =    0.3/s Avg:     7 Min:     7 Max:     7 Err:     0 (0.00%)
    "#]]);
}
