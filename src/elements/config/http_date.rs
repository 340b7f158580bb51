//! Moments in HTTP headers, read as leniently as Java's `SimpleDateFormat` reads them for Apache HttpClient: months and days by
//! short or long name in any case, numbers beyond their range carried over, anything after the date ignored.

use jiff::fmt::strtime::BrokenDownTime;

/// A way to write a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `EEE, dd MMM yyyy HH:mm:ss zzz`.
    Rfc1123,
    /// `EEE, dd-MMM-yy HH:mm:ss zzz`, also Netscape's.
    Rfc1036,
    /// `EEE MMM d HH:mm:ss yyyy`.
    Asctime,
}

/// The forms that HTTP knows.
pub(super) const HTTP_FORMS: &[DateForm] = &[DateForm::Rfc1123, DateForm::Rfc1036, DateForm::Asctime];

/// Names of time zones, with their hours from Greenwich.
const ZONES: [(&str, i64); 12] = [
    ("GMT", 0),
    ("UTC", 0),
    ("UT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("Z", 0),
];

/// Milliseconds since 1970 of a moment in the first of these forms that fits.
pub(super) fn parse(text: &str, forms: &[DateForm]) -> Option<i64> {
    let text =
        if text.len() > 1 && text.starts_with('\'') && text.ends_with('\'') { &text[1..text.len() - 1] } else { text };
    forms.iter().find_map(|form| Reader { rest: text }.moment(*form))
}

/// Milliseconds since 1970. Numbers beyond their range are carried over; months count from 0.
pub(super) fn millis(year: i64, month: i64, day: i64, [hour, minute, second]: [i64; 3]) -> i64 {
    let (year, month) = (year + month.div_euclid(12), month.rem_euclid(12) + 1);
    // Years begin in March, so that the leap day is their last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    ((days + day - 1) * 86_400 + hour * 3600 + minute * 60 + second) * 1000
}

/// What is left of a text.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn moment(&mut self, form: DateForm) -> Option<i64> {
        self.day_of_week()?;
        if form == DateForm::Asctime {
            self.literal(' ')?;
            let month = self.month()?;
            self.literal(' ')?;
            let day = self.number()?.0;
            self.literal(' ')?;
            let time = self.time()?;
            self.literal(' ')?;
            let year = self.number()?.0;
            return Some(millis(year, month, day, time));
        }
        self.literal(',')?;
        self.literal(' ')?;
        let separator = if form == DateForm::Rfc1036 { '-' } else { ' ' };
        let day = self.number()?.0;
        self.literal(separator)?;
        let month = self.month()?;
        self.literal(separator)?;
        let year = match self.number()? {
            (year, 2) if form == DateForm::Rfc1036 => 2000 + year,
            (year, _) => year,
        };
        self.literal(' ')?;
        let time = self.time()?;
        self.literal(' ')?;
        let offset = self.zone()?;
        Some(millis(year, month, day, time) - offset * 60_000)
    }

    fn time(&mut self) -> Option<[i64; 3]> {
        let hour = self.number()?.0;
        self.literal(':')?;
        let minute = self.number()?.0;
        self.literal(':')?;
        Some([hour, minute, self.number()?.0])
    }

    fn literal(&mut self, char: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(char)?;
        Some(())
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// What a name says, in the first of these forms that fits.
    fn name(&mut self, forms: [&str; 2]) -> Option<BrokenDownTime> {
        self.skip_blanks();
        let (said, length) = forms.iter().find_map(|form| BrokenDownTime::parse_prefix(form, self.rest).ok())?;
        self.rest = &self.rest[length..];
        Some(said)
    }

    fn day_of_week(&mut self) -> Option<()> {
        self.name(["%A", "%a"]).map(drop)
    }

    /// A month, counted from 0.
    fn month(&mut self) -> Option<i64> {
        let month = self.name(["%B", "%b"])?.month()?;
        Some(i64::from(month) - 1)
    }

    /// A number and how many digits it has.
    fn number(&mut self) -> Option<(i64, usize)> {
        self.skip_blanks();
        let digits = self.rest.len() - self.rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let number: i32 = self.rest[..digits].parse().ok()?;
        self.rest = &self.rest[digits..];
        Some((number.into(), digits))
    }

    /// A time zone, in minutes from Greenwich.
    fn zone(&mut self) -> Option<i64> {
        self.skip_blanks();
        let named = ZONES
            .iter()
            .find(|(name, _)| self.rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        let hours = match named {
            Some((name, hours)) => {
                self.rest = &self.rest[name.len()..];
                Some(hours * 60)
            }
            None => None,
        };
        let sign = match self.rest.chars().next() {
            Some('+') => 1,
            Some('-') => -1,
            _ => return hours,
        };
        let digits: Vec<i64> = self.rest[1..].chars().filter(|char| *char != ':').map_while(digit).take(4).collect();
        match digits[..] {
            [a, b, c, d] => Some(sign * ((a * 10 + b) * 60 + c * 10 + d)),
            _ => hours,
        }
    }
}

fn digit(char: char) -> Option<i64> {
    char.to_digit(10).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_leniently() {
        let check = |text: &str, seconds: Option<i64>| {
            assert_eq!(parse(text, HTTP_FORMS), seconds.map(|seconds| seconds * 1000), "{text}");
        };
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777));
        check("Sunday, 06-Nov-94 08:49:37 GMT", Some(3_939_871_777));
        check("Sun, 06-Nov-1994 08:49:37 GMT", Some(784_111_777));
        check("Sun Nov  6 08:49:37 1994", Some(784_111_777));
        check("'sun, 6 november 1994 08:49:37 GMT'", Some(784_111_777));
        check("Sun, 06 Nov 1994 08:49:37 +0100", Some(784_108_177));
        check("Sun, 06 Nov 1994 08:49:37 PST and more", Some(784_140_577));
        check("Sun, 36 Nov 1994 25:00:00 GMT", Some(786_762_000));
        check("Thu, 29 Feb 2024 00:00:00 GMT", Some(1_709_164_800));
        check("06 Nov 1994 08:49:37 GMT", None);
        check("Sun, 06 Nov 1994", None);
        check("0", None);
        check("", None);
    }
}
