//! What a live view shows, as text.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::results::statistics::{Label, Measures, Statistics};

/// All that a live view shows.
pub struct State<'a> {
    /// Since the start of the test, in milliseconds.
    pub elapsed: i64,
    /// How long the test will take, in milliseconds, if that is known.
    pub duration: Option<i64>,
    /// Users that are running.
    pub users: u32,
    /// Samples per second of the last seconds.
    pub rate: f64,
    /// Everything so far.
    pub statistics: &'a Statistics,
}

/// The state in lines of at most `width` columns, with one row for each of at most `labels` labels: those with the most
/// samples.
#[must_use]
pub fn frame(state: &State<'_>, width: usize, labels: usize) -> String {
    let total = state.statistics.total();
    let mut lines = vec![progress(state, width)];
    let (errors, percent) = (count(total.errors), total.error_rate() * 100.0);
    let (users, samples, rate) = (state.users, count(total.samples), rate(state.rate));
    lines.push(format!("{users} users  {samples} samples  {rate}/s  errors {errors} ({percent:.2}%)"));
    let [p50, p95, p99] = [50.0, 95.0, 99.0].map(|percent| millis(total.percentile(percent)));
    let max = if total.samples == 0 { 0 } else { total.max };
    let (received, sent) = (bytes(total.received_rate()), bytes(total.sent_rate()));
    let max = millis(max);
    lines.push(format!("p50 {p50}  p95 {p95}  p99 {p99}  max {max} ms  {received}/s in  {sent}/s out"));
    let shown = busiest(state.statistics.labels(), labels);
    if !shown.is_empty() {
        lines.push(String::new());
        lines.extend(table(shown.iter().map(|label| (&*label.label, &label.measures)), width));
    }
    let hidden = state.statistics.labels().len() - shown.len();
    if hidden > 0 && labels > 0 {
        lines.push(format!("... and {hidden} more"));
    }
    lines.iter().map(|line| fit(line, width) + "\n").collect()
}

/// All labels and the total in a table of at most `width` columns.
#[must_use]
pub fn final_table(statistics: &Statistics, width: usize) -> String {
    let labels = statistics.labels().iter().map(|label| (&*label.label, &label.measures));
    let rows = labels.chain(std::iter::once(("Total", statistics.total())));
    table(rows, width).iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Time passed and, if the end is known, how much of the whole that is.
fn progress(state: &State<'_>, width: usize) -> String {
    let passed = clock(state.elapsed);
    let Some(duration) = state.duration.filter(|duration| *duration > 0) else { return passed };
    let part = (state.elapsed as f64 / duration as f64).clamp(0.0, 1.0);
    let left = clock((duration - state.elapsed).max(0));
    let bar = width.saturating_sub(passed.len() + left.len() + 15).min(40);
    let full = (part * bar as f64).round() as usize;
    let (done, open) = ("=".repeat(full), " ".repeat(bar - full));
    format!("{passed} [{done}{open}] {:3.0}%  {left} left", part * 100.0)
}

/// The labels with the most samples, in their own order.
fn busiest(labels: &[Label], most: usize) -> Vec<&Label> {
    let mut places: Vec<usize> = (0..labels.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(labels[*place].measures.samples));
    places.truncate(most);
    places.sort_unstable();
    places.into_iter().map(|place| &labels[place]).collect()
}

/// A column of the table: its name, its width, and what it shows.
type TableColumn = (&'static str, usize, fn(&Measures) -> String);

/// From left to right, the label before them.
const COLUMNS: [TableColumn; 8] = [
    ("samples", 9, |of| count(of.samples)),
    ("/s", 8, |of| rate(of.rate())),
    ("avg", 7, |of| millis(of.mean().round() as i64)),
    ("p50", 7, |of| millis(of.percentile(50.0))),
    ("p95", 7, |of| millis(of.percentile(95.0))),
    ("p99", 7, |of| millis(of.percentile(99.0))),
    ("max", 7, |of| millis(if of.samples == 0 { 0 } else { of.max })),
    ("errors", 8, |of| count(of.errors)),
];
/// The columns that go first where there is no room.
const LEAST_IMPORTANT: [&str; 5] = ["max", "avg", "p99", "/s", "p50"];
/// A label gets at least so much room, and no more than it needs.
const LABEL: usize = 16;

fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a Measures)>, width: usize) -> Vec<String> {
    let rows: Vec<_> = rows.collect();
    let mut columns = COLUMNS.to_vec();
    let taken = |columns: &[TableColumn]| columns.iter().map(|(_, width, _)| width).sum::<usize>();
    for name in LEAST_IMPORTANT {
        if taken(&columns) + LABEL > width {
            columns.retain(|(column, ..)| *column != name);
        }
    }
    let longest = rows.iter().map(|(label, _)| label.width()).max().unwrap_or(0).max(LABEL);
    let room = longest.min(width.saturating_sub(taken(&columns)));
    let line = |label: &str, cell: &dyn Fn(&TableColumn) -> String| {
        let mut line = pad(label, room);
        for column in &columns {
            let _ = write!(line, "{:>width$}", cell(column), width = column.1);
        }
        line
    };
    let head = line("label", &|(name, ..)| (*name).to_owned());
    std::iter::once(head).chain(rows.iter().map(|(label, of)| line(label, &|(.., show)| show(of)))).collect()
}

/// The text cut and filled up to exactly that many columns.
fn pad(text: &str, width: usize) -> String {
    let mut text = fit(text, width);
    let missing = width - text.width();
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The text in at most that many columns, without anything that would move the cursor.
fn fit(text: &str, width: usize) -> String {
    let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    if text.width() <= width {
        return text;
    }
    let mut short = String::new();
    let mut taken = 1;
    for char in text.chars() {
        taken += char.width().unwrap_or(0);
        if taken > width {
            break;
        }
        short.push(char);
    }
    if width > 0 {
        short.push('…');
    }
    short
}

fn clock(millis: i64) -> String {
    let seconds = millis / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds % 3600 / 60, seconds % 60)
}

fn millis(millis: i64) -> String {
    if millis < 100_000 { millis.to_string() } else { format!("{}s", millis / 1000) }
}

fn count(number: u64) -> String {
    if number < 10_000_000 { number.to_string() } else { format!("{:.1}M", number as f64 / 1e6) }
}

fn rate(rate: f64) -> String {
    match rate {
        _ if rate < 1000.0 => format!("{rate:.1}"),
        _ if rate < 1e6 => format!("{rate:.0}"),
        _ => format!("{:.1}M", rate / 1e6),
    }
}

fn bytes(bytes: f64) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"];
    let steps = (bytes.max(1.0).log2() / 10.0) as usize;
    let unit = steps.min(units.len() - 1);
    let number = bytes / 1024_f64.powi(i32::try_from(unit).unwrap_or(0));
    if unit == 0 { format!("{number:.0} B") } else { format!("{number:.1} {}", units[unit]) }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::results::sink::tests::sample;

    fn statistics(labels: &[(&str, u32)]) -> Statistics {
        let mut statistics = Statistics::default();
        for (label, samples) in labels {
            for place in 0..*samples {
                let mut result = sample(label, 10 + i64::from(place));
                result.successful = place != 7;
                statistics.add(&result);
            }
        }
        statistics
    }

    fn shown(statistics: &Statistics, duration: Option<i64>, width: usize) -> String {
        let frame = frame(&State { elapsed: 83_000, duration, users: 50, rate: 1234.5, statistics }, width, 3);
        frame.lines().for_each(|line| assert!(line.width() <= width, "{line}"));
        frame
    }

    #[test]
    fn a_frame_fits_its_terminal() {
        let some =
            statistics(&[("Login", 4), ("search", 2), ("a rare one", 1), ("Grüße aus 日本語, more than fits", 120)]);
        expect![[r#"
            0:01:23 [=================                       ]  42%  0:01:57 left
            50 users  127 samples  1234/s  errors 1 (0.79%)
            p50 66  p95 123  p99 128  max 129 ms  984 B/s in  0 B/s out

            label                             samples      /s    avg    p50    p95    p99    max  errors
            Login                                   4   307.7     12     11     13     13     13       0
            search                                  2   181.8     11     10     11     11     11       0
            Grüße aus 日本語, more than fits      120   930.2     70     69    123    128    129       1
            ... and 1 more
        "#]]
        .assert_eq(&shown(&some, Some(200_000), 120));
        expect![[r#"
            0:01:23
            50 users  127 samples  1234/s  errors 1 (0.…
            p50 66  p95 123  p99 128  max 129 ms  984 B…

            label                 samples    p95  errors
            Login                       4     13       0
            search                      2     11       0
            Grüße aus 日本語, m…      120    123       1
            ... and 1 more
        "#]]
        .assert_eq(&shown(&some, None, 44));
        for width in [0, 1, 5, 17, 30] {
            shown(&some, Some(1), width);
        }
    }

    #[test]
    fn a_frame_before_the_first_sample() {
        expect![[r#"
            0:01:23
            50 users  0 samples  1234/s  errors 0 (0.00%)
            p50 0  p95 0  p99 0  max 0 ms  0 B/s in  0 B/s out
        "#]]
        .assert_eq(&shown(&Statistics::default(), None, 80));
    }

    #[test]
    fn the_table_at_the_end_has_all_labels() {
        expect![[r#"
            label             samples      /s    avg    p50    p95    p99    max  errors
            a                       2   181.8     11     10     11     11     11       0
            Total                   2   181.8     11     10     11     11     11       0
        "#]]
        .assert_eq(&final_table(&statistics(&[("a", 2)]), 200));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([millis(99_999), millis(123_456)], ["99999", "123s"]);
        assert_eq!([count(9_999_999), count(12_345_678)], ["9999999", "12.3M"]);
        assert_eq!([rate(0.04), rate(999.9), rate(12_345.6), rate(2.5e6)], ["0.0", "999.9", "12346", "2.5M"]);
        assert_eq!([bytes(0.0), bytes(1023.0), bytes(1536.0), bytes(5e15)], ["0 B", "1023 B", "1.5 KB", "4547.5 TB"]);
        assert_eq!([fit("a\tb\u{1b}[2J", 9), fit("日本", 3), fit("ab", 1)], ["a b [2J", "日…", "…"]);
    }
}
