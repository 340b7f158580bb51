//! Times read from texts.

use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{Offset, TimeZone};

/// What a text has said so far.
pub(super) struct Reading {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    afternoon: bool,
    minute: i8,
    second: i8,
    millisecond: i16,
    /// Minutes east of Greenwich.
    offset: Option<i32>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            year: 1970,
            month: 1,
            day: 1,
            hour: 0,
            afternoon: false,
            minute: 0,
            second: 0,
            millisecond: 0,
            offset: None,
        }
    }
}

impl Reading {
    /// Reads one field and gives the rest. A number ends where the digits end, or, if another field abuts, after as many
    /// digits as the pattern has letters.
    pub(super) fn field<'t>(&mut self, letter: char, width: usize, abuts: bool, text: &'t str) -> Option<&'t str> {
        match letter {
            'G' => return text.strip_prefix("AD"),
            'a' => {
                self.afternoon = text.starts_with("PM");
                return text.strip_prefix("PM").or_else(|| text.strip_prefix("AM"));
            }
            'E' => return named(["%A", "%a"], text).map(|(_, rest)| rest),
            'M' | 'L' if width > 2 => {
                let (said, rest) = named(["%B", "%b"], text)?;
                self.month = said.month()?;
                return Some(rest);
            }
            'X' | 'Z' | 'z' => return self.zone(text),
            _ => {}
        }
        let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(if abuts { end.min(width) } else { end });
        let number: i16 = digits.parse().ok()?;
        let small = || i8::try_from(number).ok();
        match letter {
            // Java takes two digits for the years around now.
            'y' | 'Y' => self.year = if width <= 2 && digits.len() == 2 { 2000 + number } else { number },
            'M' | 'L' => self.month = small()?,
            'd' => self.day = small()?,
            'H' | 'K' => self.hour = small()?,
            'k' => self.hour = small()? % 24,
            'h' => self.hour = small()? % 12,
            'm' => self.minute = small()?,
            's' => self.second = small()?,
            'S' => self.millisecond = number,
            _ => {}
        }
        Some(rest)
    }

    /// A zone: `Z`, `+01`, `+0100`, `+01:00`, or a name, of which only that of UTC says something.
    fn zone<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let name = text.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(text.len());
        if name > 0 {
            if matches!(&text[..name], "Z" | "UTC" | "GMT") {
                self.offset = Some(0);
            }
            return Some(&text[name..]);
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let digits = text.strip_prefix(['+', '-'])?;
        let (hours, rest) = digits.split_at_checked(2)?;
        let tail = rest.strip_prefix(':').unwrap_or(rest);
        let (minutes, rest) = match tail.split_at_checked(2) {
            Some((minutes, rest)) if minutes.bytes().all(|byte| byte.is_ascii_digit()) => (minutes, rest),
            _ => ("0", rest),
        };
        self.offset = Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?));
        Some(rest)
    }

    /// The time that was said, in milliseconds since 1970; in that zone, unless the text named another.
    pub(super) fn millis(self, zone: &TimeZone) -> Option<i64> {
        let hour = if self.afternoon && self.hour < 12 { self.hour + 12 } else { self.hour };
        let nanos = i32::from(self.millisecond) * 1_000_000;
        let local = DateTime::new(self.year, self.month, self.day, hour, self.minute, self.second, nanos).ok()?;
        let zone = match self.offset {
            Some(minutes) => Offset::from_seconds(minutes * 60).ok()?.to_time_zone(),
            None => zone.clone(),
        };
        Some(zone.to_ambiguous_timestamp(local).compatible().ok()?.as_millisecond())
    }
}

/// What the name says that a text begins with, in the first of these forms that fits, and what follows it.
fn named<'t>(forms: [&str; 2], text: &'t str) -> Option<(BrokenDownTime, &'t str)> {
    let (said, length) = forms.iter().find_map(|form| BrokenDownTime::parse_prefix(form, text).ok())?;
    Some((said, &text[length..]))
}
