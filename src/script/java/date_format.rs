//! `java.text.SimpleDateFormat`: patterns of its own, which read leniently.

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use parking_lot::Mutex;

use super::date::{Date, Zone, default_zone, millis_of, zoned};
use super::locale::{ENGLISH, Language};
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.text.DateFormat`.
pub static DATE_FORMAT: Static = Static::new(|| Class::new("java.text.DateFormat"));
/// `java.text.SimpleDateFormat`.
pub static SIMPLE_DATE_FORMAT: Static = Static::new(|| {
    Class::new("java.text.SimpleDateFormat").extends(&[&DATE_FORMAT]).constructors(NEW).methods(METHODS)
});

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Part {
    Text(String),
    /// A letter, so many times.
    Field(char, usize),
}

/// A pattern in a language.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
    language: &'static Language,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `IllegalArgumentException`.
    pub fn new(text: &str) -> Outcome<Self> {
        let mut parts: Vec<Part> = Vec::new();
        let mut chars = text.chars().peekable();
        let push_text = |parts: &mut Vec<Part>, char: char| match parts.last_mut() {
            Some(Part::Text(text)) => text.push(char),
            _ => parts.push(Part::Text(char.to_string())),
        };
        while let Some(char) = chars.next() {
            match char {
                '\'' if chars.next_if_eq(&'\'').is_some() => push_text(&mut parts, '\''),
                '\'' => loop {
                    match chars.next() {
                        None => return Err(illegal_argument("Unterminated quote")),
                        Some('\'') if chars.next_if_eq(&'\'').is_none() => break,
                        Some(char) => push_text(&mut parts, char),
                    }
                },
                _ if char.is_ascii_alphabetic() => {
                    if !"GyMwWDdFEaHkKhmsSzZYuXL".contains(char) {
                        return Err(illegal_argument(format!("Illegal pattern character '{char}'")));
                    }
                    let mut count = 1;
                    while chars.next_if_eq(&char).is_some() {
                        count += 1;
                    }
                    parts.push(Part::Field(char, count));
                }
                _ => push_text(&mut parts, char),
            }
        }
        Ok(Self { text: text.to_owned(), parts, language: ENGLISH })
    }

    /// The text of a moment.
    #[must_use]
    pub fn print(&self, moment: &Zoned) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Field(letter, count) => self.print_field(*letter, *count, moment, &mut out),
            }
        }
        out
    }

    fn print_field(&self, letter: char, count: usize, moment: &Zoned, out: &mut String) {
        let padded = |number: i64| format!("{number:0count$}");
        let day = moment.weekday().to_monday_zero_offset() as usize;
        let hour = i64::from(moment.hour());
        let text = match letter {
            'G' => self.language.eras[1].to_owned(),
            'y' | 'Y' => {
                let year = match letter {
                    'y' => i64::from(moment.year()),
                    _ => i64::from(moment.date().iso_week_date().year()),
                };
                if count == 2 { format!("{:02}", year.rem_euclid(100)) } else { padded(year) }
            }
            'M' | 'L' => match count {
                1 | 2 => padded(moment.month().into()),
                3 => self.language.short_months[moment.month() as usize - 1].to_owned(),
                _ => self.language.months[moment.month() as usize - 1].to_owned(),
            },
            'w' => padded(moment.date().iso_week_date().week().into()),
            'W' => padded(i64::from(
                (moment.day() - 1 + moment.first_of_month().map_or(0, |first| first.weekday().to_monday_zero_offset()))
                    / 7
                    + 1,
            )),
            'D' => padded(moment.day_of_year().into()),
            'd' => padded(moment.day().into()),
            'F' => padded(i64::from((moment.day() - 1) / 7 + 1)),
            'E' if count < 4 => self.language.short_days[day].to_owned(),
            'E' => self.language.days[day].to_owned(),
            'u' => padded(day as i64 + 1),
            'a' => self.language.halves[usize::from(hour >= 12)].to_owned(),
            'H' => padded(hour),
            'k' => padded(if hour == 0 { 24 } else { hour }),
            'K' => padded(hour % 12),
            'h' => padded(if hour % 12 == 0 { 12 } else { hour % 12 }),
            'm' => padded(moment.minute().into()),
            's' => padded(moment.second().into()),
            'S' => padded(moment.millisecond().into()),
            'z' => zone_name(moment),
            'Z' => offset(moment.offset().seconds(), ""),
            _ => match (moment.offset().seconds(), count) {
                (0, _) => "Z".to_owned(),
                (seconds, 1) => offset(seconds, "")[..3].to_owned(),
                (seconds, 2) => offset(seconds, ""),
                (seconds, _) => offset(seconds, ":"),
            },
        };
        out.push_str(&text);
    }

    /// The moment that a text begins with, and where it ends.
    ///
    /// # Errors
    /// Where the text is not as the pattern says.
    pub fn read(&self, text: &str, zone: &TimeZone) -> Result<(i64, usize), usize> {
        let mut reading = Reading { text, at: 0, found: Found::default(), language: self.language };
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                Part::Text(literal) => reading.literal(literal)?,
                Part::Field(letter, count) => {
                    // Digits that follow each other without a mark belong to the next field.
                    let next_is_number =
                        matches!(self.parts.get(at + 1), Some(Part::Field(next, count)) if is_number(*next, *count));
                    reading.field(*letter, *count, next_is_number)?;
                }
            }
        }
        let end = reading.at;
        reading.found.millis(zone).map(|millis| (millis, end)).ok_or(0)
    }
}

fn is_number(letter: char, count: usize) -> bool {
    !(matches!(letter, 'G' | 'E' | 'a' | 'z' | 'Z' | 'X') || matches!(letter, 'M' | 'L') && count > 2)
}

fn zone_name(moment: &Zoned) -> String {
    let zone = moment.time_zone();
    zone.to_offset_info(moment.timestamp()).abbreviation().to_owned()
}

fn offset(seconds: i32, mark: &str) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{mark}{:02}", minutes / 60, minutes % 60)
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

struct Reading<'t> {
    text: &'t str,
    at: usize,
    found: Found,
    language: &'static Language,
}

impl Reading<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn literal(&mut self, literal: &str) -> Result<(), usize> {
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

    fn field(&mut self, letter: char, count: usize, next_is_number: bool) -> Result<(), usize> {
        let most = next_is_number.then_some(count);
        let language = self.language;
        match letter {
            'y' | 'Y' => {
                let (year, digits) = self.number(most)?;
                // Two digits mean a year near to this one.
                self.found.year = Some(if count <= 2 && digits == 2 { near(year) } else { year });
            }
            'M' | 'L' if count > 2 => {
                self.found.month = Some(self.name(&[&language.months, &language.short_months])? + 1);
            }
            'M' | 'L' => self.found.month = Some(self.number(most)?.0),
            'd' => self.found.day = Some(self.number(most)?.0),
            'D' => self.found.day_of_year = Some(self.number(most)?.0),
            'H' | 'k' => self.found.hour = Some(self.number(most)?.0 % if letter == 'k' { 24 } else { i64::MAX }),
            'h' | 'K' => self.found.half_hour = Some(self.number(most)?.0),
            'm' => self.found.minute = self.number(most)?.0,
            's' => self.found.second = self.number(most)?.0,
            'S' => self.found.milli = self.number(most)?.0,
            'a' => self.found.half = Some(self.name(&[&language.halves])?),
            'E' => drop(self.name(&[&language.days, &language.short_days])?),
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

struct SimpleDateFormat {
    pattern: Mutex<Pattern>,
    zone: Mutex<TimeZone>,
    is_lenient: Mutex<bool>,
}

impl HostObject for SimpleDateFormat {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&SIMPLE_DATE_FORMAT)
    }
}

const NEW: &[Row] = &[
    new("", |_| made("M/d/yy, h:mm a", ENGLISH)),
    new("String", |c| made(c.text(0)?, ENGLISH)),
    new("String, Locale", |c| {
        let language = super::locale::of(c.arg(1));
        made(c.text(0)?, language)
    }),
];

fn made(pattern: &str, language: &'static Language) -> Outcome {
    let pattern = Mutex::new(Pattern { language, ..Pattern::new(pattern)? });
    ok(Value::object(SimpleDateFormat { pattern, zone: Mutex::new(default_zone()), is_lenient: Mutex::new(true) }))
}

const METHODS: &[Row] = &[
    row("format", "Object", |c| {
        let own = c.this_as::<SimpleDateFormat>()?;
        let Some(millis) = millis_of(c.machine, c.arg(0)) else {
            return Err(match c.arg(0) {
                Value::Null => Thrown::bare("java.lang.NullPointerException"),
                _ => illegal_argument("Cannot format given Object as a Date"),
            });
        };
        let zone = own.zone.lock().clone();
        ok(own.pattern.lock().print(&zoned(millis, &zone)))
    }),
    row("parse", "String", |c| {
        let own = c.this_as::<SimpleDateFormat>()?;
        let (text, zone) = (c.text(0)?, own.zone.lock().clone());
        let pattern = own.pattern.lock().clone();
        let read = pattern.read(text, &zone).ok().filter(|(millis, _)| {
            // What is not lenient must come out as it was read.
            *own.is_lenient.lock() || text.starts_with(&pattern.print(&zoned(*millis, &zone)))
        });
        match read {
            Some((millis, _)) => ok(Date::value(millis)),
            None => Err(Thrown::new("java.text.ParseException", format!("Unparseable date: \"{text}\""))),
        }
    }),
    row("setTimeZone", "TimeZone", |c| {
        *c.this_as::<SimpleDateFormat>()?.zone.lock() = c.arg_as::<Zone>(0)?.zone.clone();
        Ok(Value::Null)
    }),
    row("setLenient", "boolean", |c| {
        *c.this_as::<SimpleDateFormat>()?.is_lenient.lock() = c.bool(0);
        Ok(Value::Null)
    }),
    row("isLenient", "", |c| ok(*c.this_as::<SimpleDateFormat>()?.is_lenient.lock())),
    row("toPattern", "", |c| ok(c.this_as::<SimpleDateFormat>()?.pattern.lock().text.clone())),
    row("applyPattern", "String", |c| {
        let pattern = Pattern::new(c.text(0)?)?;
        *c.this_as::<SimpleDateFormat>()?.pattern.lock() = pattern;
        Ok(Value::Null)
    }),
];

/// The number of a day of the week as calendars have it: Sunday is 1.
#[must_use]
pub fn calendar_day(day: Weekday) -> i32 {
    i32::from(day.to_sunday_one_offset())
}
