//! A pattern like `yyyy-MM-dd`, and how it prints.

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::reading::Reading;
use crate::script::java::date_time_format::Style;
use crate::script::java::locale::{ENGLISH, Language};
use crate::script::machine::{Outcome, illegal_argument};

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
    pub(super) text: String,
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

    pub(super) fn in_language(self, language: &'static Language) -> Self {
        Self { language, ..self }
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
        let name_of_month = |style| self.language.names().months(style, false)[moment.month() as usize - 1].to_owned();
        let name_of_day = |style| self.language.names().days(style, false)[day].to_owned();
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
                3 => name_of_month(Style::Short),
                _ => name_of_month(Style::Full),
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
            'E' if count < 4 => name_of_day(Style::Short),
            'E' => name_of_day(Style::Full),
            'u' => padded(day as i64 + 1),
            'a' => self.language.names().halves()[usize::from(hour >= 12)].to_owned(),
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
        let mut reading = Reading::new(text, self.language);
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
        reading.end(zone)
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::script::java::locale::{self, Locale};
    use crate::script::value::Value;

    /// What Java 17 prints, which is read again.
    #[test]
    fn languages_have_names_of_their_own() {
        let check = |language: &str, country: &str, pattern: &str, millis: i64, expected: &str| {
            let language = locale::of(&Value::object(Locale::new(language, country)));
            let pattern = Pattern::new(pattern).unwrap().in_language(language);
            let moment = Timestamp::from_millisecond(millis).unwrap().to_zoned(TimeZone::UTC);
            assert_eq!(pattern.print(&moment), expected);
            assert_eq!(pattern.read(expected, &TimeZone::UTC), Ok((millis, expected.len())));
        };
        check("en", "GB", "EEE d MMM yyyy a G", 0, "Thu 1 Jan 1970 am AD");
        check("en", "GB", "d MMM yyyy", 1_789_257_600_000, "13 Sept 2026");
        check("en", "US", "d MMM yyyy", 1_789_257_600_000, "13 Sep 2026");
        check("nl", "", "dd MMMM yyyy, EEEE", 1_795_219_200_000, "21 november 2026, zaterdag");
        check("fr", "CA", "d MMM yyyy G", 1_795_219_200_000, "21 nov. 2026 ap. J.-C.");
    }
}
