//! Date patterns of Java (`SimpleDateFormat`), for the times in results files.
//!
//! Where `SimpleDateFormat` and the `FastDateFormat` that JMeter writes with differ, it is as written: `ZZ` is `+01:00`. Names
//! are English, weeks begin on Sunday and the first may be short. A zone's long name (`zzzz`) is not known here: it is
//! written as the short one.

mod reading;

use std::io::Write;
use std::iter::Peekable;
use std::str::Chars;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use reading::Reading;

/// No field is written wider than that.
const WIDEST: usize = 100;

/// A pattern with the time zone that it is meant for.
#[derive(Debug, Clone)]
pub struct DatePattern {
    items: Vec<Item>,
    zone: TimeZone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Text(String),
    /// A letter of the pattern, and how many of it.
    Field(char, usize),
}

impl DatePattern {
    /// The pattern of that text, for the time zone of this machine.
    ///
    /// # Errors
    /// What is wrong with it, in Java's words.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::parse_in(text, TimeZone::system())
    }

    /// The pattern of that text, for a time zone.
    ///
    /// # Errors
    /// What is wrong with it, in Java's words.
    pub fn parse_in(text: &str, zone: TimeZone) -> Result<Self, String> {
        let mut items = Vec::new();
        let mut literal = String::new();
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\'' => quoted(&mut chars, &mut literal)?,
                _ if char.is_ascii_alphabetic() => {
                    let mut width = 1;
                    while chars.next_if_eq(&char).is_some() {
                        width = (width + 1).min(WIDEST);
                    }
                    check(char, width)?;
                    if !literal.is_empty() {
                        items.push(Item::Text(std::mem::take(&mut literal)));
                    }
                    items.push(Item::Field(char, width));
                }
                _ => literal.push(char),
            }
        }
        if !literal.is_empty() {
            items.push(Item::Text(literal));
        }
        Ok(Self { items, zone })
    }

    /// Appends a time, given in milliseconds since 1970.
    pub fn write(&self, millis: i64, out: &mut Vec<u8>) {
        let time = Timestamp::from_millisecond(millis).unwrap_or_default();
        let offset = self.zone.to_offset(time);
        let local = offset.to_datetime(time);
        for item in &self.items {
            let written = match item {
                Item::Text(text) => out.write_all(text.as_bytes()),
                Item::Field('z', width) => match self.zone.to_offset_info(time).abbreviation() {
                    "UTC" if *width > 3 => out.write_all(b"Coordinated Universal Time"),
                    short => out.write_all(short.as_bytes()),
                },
                Item::Field(letter @ ('X' | 'Z'), width) => write_offset(*letter, *width, offset.seconds() / 60, out),
                Item::Field(letter, width) => write_field(*letter, *width, local, out),
            };
            written.expect("a vector takes everything");
        }
    }

    /// The time of a text, in milliseconds since 1970; `None` if it does not begin as the pattern says.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<i64> {
        let mut read = Reading::default();
        let mut rest = text;
        for (place, item) in self.items.iter().enumerate() {
            rest = match item {
                Item::Text(text) => rest.strip_prefix(text.as_str())?,
                Item::Field(letter, width) => {
                    let abuts = matches!(self.items.get(place + 1), Some(Item::Field(..)));
                    read.field(*letter, *width, abuts, rest)?
                }
            };
        }
        read.millis(&self.zone)
    }
}

/// The text after a quote, up to the next one; two quotes are one that is meant.
fn quoted(chars: &mut Peekable<Chars<'_>>, text: &mut String) -> Result<(), String> {
    if chars.next_if_eq(&'\'').is_some() {
        text.push('\'');
        return Ok(());
    }
    loop {
        match chars.next() {
            Some('\'') if chars.next_if_eq(&'\'').is_none() => return Ok(()),
            Some(char) => text.push(char),
            None => return Err("Unterminated quote".into()),
        }
    }
}

fn check(letter: char, width: usize) -> Result<(), String> {
    match letter {
        'X' if width > 3 => Err(format!("invalid ISO 8601 format: length={width}")),
        _ if "GyYMLwWDdFEuaHkKhmsSzZX".contains(letter) => Ok(()),
        _ => Err(format!("Illegal pattern character '{letter}'")),
    }
}

fn write_field(letter: char, width: usize, at: DateTime, out: &mut Vec<u8>) -> std::io::Result<()> {
    let (date, hour) = (at.date(), i64::from(at.hour()));
    let number = match letter {
        'G' => return out.write_all(if at.year() > 0 { b"AD" } else { b"BC" }),
        'a' => return out.write_all(if hour < 12 { b"AM" } else { b"PM" }),
        'E' => return write!(out, "{}", date.strftime(if width < 4 { "%a" } else { "%A" })),
        'M' | 'L' if width > 2 => return write!(out, "{}", date.strftime(if width < 4 { "%b" } else { "%B" })),
        'y' | 'Y' => {
            let year = i64::from(if letter == 'y' { date.year() } else { end_of_week(date).year() });
            let (year, width) = if width == 2 { (year.rem_euclid(100), 2) } else { (year, width.max(4)) };
            return write!(out, "{year:0width$}");
        }
        'M' | 'L' => i64::from(date.month()),
        'd' => i64::from(date.day()),
        'D' => i64::from(date.day_of_year()),
        'F' => i64::from(date.day() - 1) / 7 + 1,
        'u' => i64::from(date.weekday().to_monday_one_offset()),
        'w' => i64::from(end_of_week(date).day_of_year() - 1) / 7 + 1,
        'W' => i64::from(date.day() - 1 + date.first_of_month().weekday().to_sunday_zero_offset()) / 7 + 1,
        'k' if hour == 0 => 24,
        'h' if hour % 12 == 0 => 12,
        'H' | 'k' => hour,
        'K' | 'h' => hour % 12,
        'm' => i64::from(at.minute()),
        's' => i64::from(at.second()),
        _ => i64::from(at.millisecond()),
    };
    write!(out, "{number:0width$}")
}

/// The Saturday of a day's week: the year that it lies in is the year of the week.
fn end_of_week(date: Date) -> Date {
    let days = Weekday::Saturday.to_sunday_zero_offset() - date.weekday().to_sunday_zero_offset();
    date.saturating_add(Span::new().days(days))
}

fn write_offset(letter: char, width: usize, minutes: i32, out: &mut Vec<u8>) -> std::io::Result<()> {
    if minutes == 0 && (letter == 'X' || width == 2) {
        return out.write_all(b"Z");
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    match (letter, width) {
        ('X', 1) => write!(out, "{sign}{hours:02}"),
        ('X', 2) | ('Z', 1) => write!(out, "{sign}{hours:02}{minutes:02}"),
        _ => write!(out, "{sign}{hours:02}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str, zone: &str) -> DatePattern {
        DatePattern::parse_in(text, TimeZone::get(zone).unwrap()).unwrap()
    }

    fn written(text: &str, zone: &str, millis: i64) -> String {
        let mut out = Vec::new();
        pattern(text, zone).write(millis, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// What `FastDateFormat` gives on Java 17.
    #[test]
    fn times_are_written_as_java_does() {
        let check = |text, expected| assert_eq!(written(text, "UTC", 1_795_264_191_693), expected, "{text}");
        check("yyyy/MM/dd HH:mm:ss.SSS", "2026/11/21 12:29:51.693");
        check("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-11-21T12:29:51Z");
        check("dd MMM yy, EEE", "21 Nov 26, Sat");
        check("EEEE MMMM L yyyyy y YYYY", "Saturday November 11 02026 2026 2026");
        check("h K k a u D F w W S SSSS G", "12 0 12 PM 6 325 3 47 3 693 0693 AD");
        check("z Z ZZ ZZZ X XX zzzz", "UTC +0000 Z +00:00 Z Z Coordinated Universal Time");
        check("'o''clock' '' [é]", "o'clock ' [é]");
        let check = |zone, millis, text, expected| assert_eq!(written(text, zone, millis), expected, "{text}");
        check("Europe/Prague", 1_795_264_191_693, "HH z X XX XXX Z ZZ", "13 CET +01 +0100 +01:00 +0100 +01:00");
        check("America/New_York", 1_719_793_805_040, "d HH zzz Z S SS", "30 20 EDT -0400 40 40");
        check("Asia/Kolkata", 0, "HH:mm X XXX", "05:30 +05 +05:30");
        check("UTC", 1_704_067_200_007, "w D k h S SS SSS W", "1 1 24 12 7 07 007 1");
        check("UTC", 1_735_603_199_999, "YYYY w W F u", "2025 1 5 5 1");
        check("UTC", -1, "yyyy YYYY w", "1969 1970 1");
    }

    #[test]
    fn faults_are_told_in_the_words_of_java() {
        let check = |text, expected: &str| assert_eq!(DatePattern::parse(text).unwrap_err(), expected, "{text}");
        check("yyyy'a", "Unterminated quote");
        check("yyyy b", "Illegal pattern character 'b'");
        check("XXXX", "invalid ISO 8601 format: length=4");
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "[yMdHmsSEaXZzk' é-]{0,12}", text in "[0-9+:é A-Za-z-]{0,20}", millis in any::<i64>()) {
            if let Ok(pattern) = DatePattern::parse_in(&pattern, TimeZone::UTC) {
                pattern.write(millis, &mut Vec::new());
                let _ = pattern.read(&text);
            }
        }
    }

    #[test]
    fn what_was_written_can_be_read() {
        let check = |text: &str, zone: &str, millis: i64, expected: i64| {
            let stamp = written(text, zone, millis);
            assert_eq!(pattern(text, zone).read(&stamp), Some(expected), "{text}: {stamp}");
        };
        let time = 1_795_264_191_693;
        check("yyyy/MM/dd HH:mm:ss.SSS", "UTC", time, time);
        check("yyyyMMddHHmmssSSS", "America/New_York", time, time);
        check("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "Asia/Kolkata", time, time);
        check("dd MMMM yy hh:mm:ss.SSS a EEEE Z", "Europe/Prague", time, time);
        check("MM/dd/yy HH:mm:ss", "UTC", time, time / 1000 * 1000);
        check("EEE, d MMM yyyy k:mm:ss z", "UTC", time, time / 1000 * 1000);
        for bad in ["", "2026", "2026-11-21", "2026/13/21 12:29:51.693", "x"] {
            assert_eq!(pattern("yyyy/MM/dd HH:mm:ss.SSS", "UTC").read(bad), None, "{bad}");
        }
    }
}
