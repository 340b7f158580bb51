//! How `java.time` prints itself: seconds and fractions only where they are not zero.

use std::fmt::Write;

use jiff::civil::{Date, Time};

/// `2024-01-31`
#[must_use]
pub fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `10:15`, `10:15:30`, `10:15:30.500`
#[must_use]
pub fn time(time: Time, always_seconds: bool) -> String {
    let mut out = format!("{:02}:{:02}", time.hour(), time.minute());
    let nanos = time.subsec_nanosecond();
    if always_seconds || time.second() > 0 || nanos > 0 {
        let _ = write!(out, ":{:02}", time.second());
    }
    out.push_str(&fraction(nanos));
    out
}

/// `10:15:30`, `10:15:30.5`: as the ISO formats print it, with no more digits than needed.
#[must_use]
pub fn iso_time(time: Time) -> String {
    let fraction = format!(".{:09}", time.subsec_nanosecond());
    let fraction = fraction.trim_end_matches(['0', '.']);
    format!("{:02}:{:02}:{:02}{fraction}", time.hour(), time.minute(), time.second())
}

/// `.123`, `.123456`, `.123456789`; nothing for a whole second.
fn fraction(nanos: i32) -> String {
    match nanos {
        0 => String::new(),
        _ if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        _ if nanos % 1_000 == 0 => format!(".{:06}", nanos / 1_000),
        _ => format!(".{nanos:09}"),
    }
}

/// `Z`, `+02:00`
#[must_use]
pub fn offset(seconds: i32) -> String {
    if seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `PT1H30M`
#[must_use]
pub fn duration(nanos: i128) -> String {
    if nanos == 0 {
        return "PT0S".to_owned();
    }
    let seconds = nanos / 1_000_000_000;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let below = nanos % 1_000_000_000;
    let mut out = String::from("PT");
    for (count, unit) in [(hours, 'H'), (minutes, 'M')] {
        if count != 0 {
            let _ = write!(out, "{count}{unit}");
        }
    }
    if rest != 0 || below != 0 {
        if below < 0 && rest == 0 {
            out.push('-');
        }
        let _ = write!(out, "{rest}");
        if below != 0 {
            let digits = format!("{:09}", below.abs());
            let _ = write!(out, ".{}", digits.trim_end_matches('0'));
        }
        out.push('S');
    }
    out
}
