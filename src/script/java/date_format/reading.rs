//! How a pattern reads: leniently, what is too large runs on into the next day, month or year.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

use crate::script::java::date_time_format::Style;
use crate::script::java::locale::Language;

/// Names are read however they are written.
const STYLES: [Style; 2] = [Style::Full, Style::Short];

pub(super) struct Reading<'t> {
    text: &'t str,
    at: usize,
    found: Found,
    language: &'static Language,
}

impl<'t> Reading<'t> {
    pub(super) fn new(text: &'t str, language: &'static Language) -> Self {
        Self { text, at: 0, found: Found::default(), language }
    }

    /// The moment that was read, in milliseconds since 1970, and where the text goes on.
    pub(super) fn end(&self, zone: &TimeZone) -> Result<(i64, usize), usize> {
        self.found.millis(zone).map(|millis| (millis, self.at)).ok_or(0)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    pub(super) fn literal(&mut self, literal: &str) -> Result<(), usize> {
        if !self.rest().starts_with(literal) {
            return Err(self.at);
        }
        self.at += literal.len();
        Ok(())
    }

    fn number(&mut self, most: Option<usize>) -> Result<(i64, usize), usize> {
        let blank = self.rest().len() - self.rest().trim_start().len();
        self.at += blank;
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('-'));
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let digits = most.map_or(digits, |most| digits.min(most));
        let number = rest[..sign + digits].parse().map_err(|_| self.at)?;
        self.at += sign + digits;
        Ok((number, digits))
    }

    /// The number of the name that comes next.
    fn name(&mut self, names: &[&[&'static str]]) -> Result<i64, usize> {
        let rest = self.rest();
        let mut best: Option<(usize, usize)> = None;
        for list in names {
            for (number, name) in list.iter().enumerate() {
                let fits =
                    rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name) || start == *name);
                if fits && best.is_none_or(|(_, length)| name.len() > length) {
                    best = Some((number, name.len()));
                }
            }
        }
        let (number, length) = best.ok_or(self.at)?;
        self.at += length;
        Ok(number as i64)
    }

    pub(super) fn field(&mut self, letter: char, count: usize, next_is_number: bool) -> Result<(), usize> {
        let most = next_is_number.then_some(count);
        let language = self.language;
        let names = || language.names();
        match letter {
            'y' | 'Y' => {
                let (year, digits) = self.number(most)?;
                // Two digits mean a year near to this one.
                self.found.year = Some(if count <= 2 && digits == 2 { near(year) } else { year });
            }
            'M' | 'L' if count > 2 => {
                self.found.month = Some(self.name(&STYLES.map(|style| names().months(style, false)))? + 1);
            }
            'M' | 'L' => self.found.month = Some(self.number(most)?.0),
            'd' => self.found.day = Some(self.number(most)?.0),
            'D' => self.found.day_of_year = Some(self.number(most)?.0),
            'H' | 'k' => self.found.hour = Some(self.number(most)?.0 % if letter == 'k' { 24 } else { i64::MAX }),
            'h' | 'K' => self.found.half_hour = Some(self.number(most)?.0),
            'm' => self.found.minute = self.number(most)?.0,
            's' => self.found.second = self.number(most)?.0,
            'S' => self.found.milli = self.number(most)?.0,
            'a' => self.found.half = Some(self.name(&[names().halves()])?),
            'E' => drop(self.name(&STYLES.map(|style| names().days(style, false)))?),
            'G' => drop(self.name(&[&language.eras])?),
            'z' | 'Z' | 'X' => self.zone()?,
            _ => drop(self.number(most)?),
        }
        Ok(())
    }

    fn zone(&mut self) -> Result<(), usize> {
        let start = self.at;
        let rest = self.rest();
        if let Some(sign) = rest.chars().next().filter(|char| matches!(char, '+' | '-')) {
            let digits: String = rest[1..].chars().take_while(|char| char.is_ascii_digit() || *char == ':').collect();
            let bare = digits.replace(':', "");
            let (hours, minutes): (i32, i32) = match bare.len() {
                1 | 2 => (bare.parse().map_err(|_| start)?, 0),
                4 => (bare[..2].parse().map_err(|_| start)?, bare[2..].parse().map_err(|_| start)?),
                _ => return Err(start),
            };
            let seconds = hours * 3600 + minutes * 60;
            self.found.offset = Some(if sign == '-' { -seconds } else { seconds });
            self.at += 1 + digits.len();
            return Ok(());
        }
        let name: String =
            rest.chars().take_while(|char| char.is_alphanumeric() || matches!(char, '/' | '_')).collect();
        self.at += name.len();
        match &*name {
            "" => Err(start),
            "Z" | "UTC" | "GMT" => {
                self.found.offset = Some(0);
                // `GMT+01:00`
                if self.rest().starts_with(['+', '-']) { self.zone() } else { Ok(()) }
            }
            name => {
                let seconds = match name {
                    "EST" => -5 * 3600,
                    "EDT" => -4 * 3600,
                    "CST" => -6 * 3600,
                    "PST" => -8 * 3600,
                    "PDT" => -7 * 3600,
                    "CET" => 3600,
                    "CEST" => 7200,
                    "IST" => 19800,
                    name => {
                        self.found.zone = Some(TimeZone::get(name).map_err(|_| start)?);
                        return Ok(());
                    }
                };
                self.found.offset = Some(seconds);
                Ok(())
            }
        }
    }
}

fn near(year: i64) -> i64 {
    let now = i64::from(Zoned::now().year());
    let century = now - now % 100;
    [century + year, century + year - 100].into_iter().find(|year| *year <= now + 20).unwrap_or(century + year)
}

/// What was read so far.
#[derive(Default)]
struct Found {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: Option<i64>,
    half: Option<i64>,
    half_hour: Option<i64>,
    minute: i64,
    second: i64,
    milli: i64,
    offset: Option<i32>,
    zone: Option<TimeZone>,
}

impl Found {
    fn millis(&self, zone: &TimeZone) -> Option<i64> {
        let hour =
            self.hour.or_else(|| self.half_hour.map(|hour| hour % 12 + self.half.unwrap_or(0) * 12)).unwrap_or(0);
        let start = DateTime::new(i16::try_from(self.year.unwrap_or(1970)).ok()?, 1, 1, 0, 0, 0, 0).ok()?;
        let days = self.day_of_year.unwrap_or_else(|| self.day.unwrap_or(1)) - 1;
        let months = if self.day_of_year.is_some() { 0 } else { self.month.unwrap_or(1) - 1 };
        // What is too large runs on into the next month or day.
        let date = start.checked_add(Span::new().months(months)).ok()?.checked_add(Span::new().days(days)).ok()?;
        let seconds = hour * 3600 + self.minute * 60 + self.second;
        let local = date
            .checked_add(Span::new().try_seconds(seconds).ok()?)
            .ok()?
            .checked_add(Span::new().try_milliseconds(self.milli).ok()?)
            .ok()?;
        let zone = match (self.offset, &self.zone) {
            (Some(seconds), _) => TimeZone::fixed(jiff::tz::Offset::from_seconds(seconds).ok()?),
            (None, Some(own)) => own.clone(),
            (None, None) => zone.clone(),
        };
        Some(local.to_zoned(zone).ok()?.timestamp().as_millisecond())
    }
}
