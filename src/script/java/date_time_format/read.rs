//! Reading a text as the items say: which fields have which values.

use jiff::tz::{Offset, TimeZone};

use super::locale::{Locale, Style};
use super::pattern::{Item, Number, OffsetForm, Presence, Sign, Subsequent};
use super::{Field, zone_names};

/// What a text says.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub fields: Vec<(Field, i64)>,
    pub zone: Option<TimeZone>,
    /// Where the text was read to.
    pub end: usize,
}

/// Where the text is not as the items say.
type Refused = usize;

/// Reads a text from its start.
pub(super) fn read(items: &[Item], text: &str, locale: &Locale) -> Result<Read, Refused> {
    let mut reader = Reader { text, locale, read: Read::default() };
    reader.items(items)?;
    Ok(reader.read)
}

struct Reader<'a> {
    text: &'a str,
    locale: &'a Locale,
    read: Read,
}

impl Read {
    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<i64> {
        self.fields.iter().find(|(other, _)| *other == field).map(|(_, value)| *value)
    }

    /// Notes a value; false if the field has another one.
    pub fn set(&mut self, field: Field, value: i64) -> bool {
        match self.get(field) {
            Some(known) => known == value,
            None => {
                self.fields.push((field, value));
                true
            }
        }
    }

    /// Takes the value of a field away.
    pub fn take(&mut self, field: Field) -> Option<i64> {
        let place = self.fields.iter().position(|(other, _)| *other == field)?;
        Some(self.fields.remove(place).1)
    }
}

impl Reader<'_> {
    fn items(&mut self, items: &[Item]) -> Result<(), Refused> {
        items.iter().try_for_each(|item| self.item(item))
    }

    fn rest(&self) -> &str {
        &self.text[self.read.end..]
    }

    fn item(&mut self, item: &Item) -> Result<(), Refused> {
        match item {
            Item::Literal(literal) => self.literal(literal),
            Item::Number(number) => self.number(number),
            Item::Fraction { digits, .. } => self.fraction(*digits),
            Item::Text { field, style, alone } => self.names(*field, *style, *alone),
            Item::Offset { form, zero } => self.offset(*form, zero),
            Item::LocalizedOffset { full } => self.localized_offset(*full),
            Item::ZoneId => self.zone_id(),
            Item::ZoneText { .. } => match zone_names::read(self.rest()) {
                Some((zone, length)) => {
                    self.read.zone = Some(zone);
                    self.read.end += length;
                    Ok(())
                }
                None => self.zone_id(),
            },
            Item::DayPeriod => Err(self.read.end),
            Item::Optional(items) => {
                let before = self.read.clone();
                if self.items(items).is_err() {
                    self.read = before;
                }
                Ok(())
            }
            Item::Padded(width, item) => self.padded(*width, item),
        }
    }

    fn literal(&mut self, literal: &str) -> Result<(), Refused> {
        if !self.rest().starts_with(literal) {
            return Err(self.read.end);
        }
        self.read.end += literal.len();
        Ok(())
    }

    fn padded(&mut self, width: usize, item: &Item) -> Result<(), Refused> {
        let start = self.read.end;
        let Some(padded) = self.rest().get(..width) else { return Err(start) };
        let blanks = padded.len() - padded.trim_start_matches(' ').len();
        let mut inner = Reader { text: &self.text[..start + width], locale: self.locale, read: self.read.clone() };
        inner.read.end += blanks;
        inner.item(item)?;
        if inner.read.end != start + width {
            return Err(start + blanks);
        }
        self.read = inner.read;
        Ok(())
    }

    fn number(&mut self, number: &Number) -> Result<(), Refused> {
        let start = self.read.end;
        let rest = self.rest();
        let sign = rest.chars().next().filter(|char| matches!(char, '+' | '-'));
        let allowed = match (sign, number.sign) {
            (None, _) | (_, Sign::ExceedsPad) | (Some('-'), Sign::Normal) => true,
            (_, Sign::Normal | Sign::NotNegative) => false,
        };
        if !allowed {
            return Err(start);
        }
        let digits = &rest[usize::from(sign.is_some())..];
        let available = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (reserved, most) = match number.subsequent {
            Subsequent::Digits(reserved) => (reserved, number.most + reserved),
            Subsequent::None | Subsequent::Fixed => (0, number.most),
        };
        if available < number.least {
            return Err(start);
        }
        let length = available.min(most).saturating_sub(reserved).max(number.least);
        let Ok(size) = digits[..length].parse::<i64>() else { return Err(start) };
        let exceeds = length > number.least;
        let wrong_sign = match (sign, number.sign) {
            (Some('-'), _) => size == 0,
            (Some('+'), Sign::ExceedsPad) => !exceeds,
            (None, Sign::ExceedsPad) => exceeds,
            _ => false,
        };
        if wrong_sign {
            return Err(start);
        }
        let value = if sign == Some('-') { -size } else { size };
        let value = if number.reduced { 2000 + value } else { value };
        self.set(number.field, value, start)?;
        self.read.end = start + usize::from(sign.is_some()) + length;
        Ok(())
    }

    fn fraction(&mut self, digits: usize) -> Result<(), Refused> {
        let start = self.read.end;
        let fraction = self.rest().get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(nanos) = fraction.and_then(|text| format!("{text:0<9}").parse().ok()) else { return Err(start) };
        self.set(Field::NanoOfSecond, nanos, start)?;
        self.read.end = start + digits;
        Ok(())
    }

    /// The longest of a field's names.
    fn names(&mut self, field: Field, style: Style, alone: bool) -> Result<(), Refused> {
        let start = self.read.end;
        let (texts, first) = match field {
            Field::MonthOfYear => (self.locale.months(style, alone), 1),
            Field::DayOfWeek => (self.locale.days(style, alone), 1),
            Field::QuarterOfYear => (self.locale.quarters(style, alone), 1),
            Field::AmPmOfDay => (self.locale.halves(), 0),
            _ => (self.locale.eras(style), 0),
        };
        let rest = self.rest();
        let named = texts.iter().enumerate().filter(|(_, name)| rest.starts_with(**name));
        // Of equal names only Java knows which is meant: they are not read.
        let longest = named.clone().map(|(_, name)| name.len()).max().ok_or(start)?;
        let mut candidates = named.filter(|(_, name)| name.len() == longest);
        let (place, _) = candidates.next().filter(|_| candidates.next().is_none()).ok_or(start)?;
        self.set(field, place as i64 + first, start)?;
        self.read.end = start + longest;
        Ok(())
    }

    fn offset(&mut self, form: OffsetForm, zero: &str) -> Result<(), Refused> {
        let start = self.read.end;
        let rest = self.rest();
        if rest.starts_with(zero) && !zero.starts_with('+') {
            self.set(Field::OffsetSeconds, 0, start)?;
            self.read.end += zero.len();
            return Ok(());
        }
        let negative = match rest.chars().next() {
            Some('+') => false,
            Some('-') => true,
            _ => return Err(start),
        };
        let mut at = 1;
        let hours = two_digits(rest, at).ok_or(start)?;
        at += 2;
        let mut part = |presence: Presence, before_present: bool| -> Result<(i64, bool), Refused> {
            if presence == Presence::Never || !before_present {
                return Ok((0, false));
            }
            let after_colon = if form.colon { rest[at..].strip_prefix(':').map(|_| at + 1) } else { Some(at) };
            let value = after_colon.and_then(|at| Some((two_digits(rest, at)?, at + 2)));
            match (value, presence) {
                (Some((value, end)), _) => {
                    at = end;
                    Ok((value, true))
                }
                (None, Presence::Always) => Err(start),
                (None, _) => Ok((0, false)),
            }
        };
        let (minutes, has_minutes) = part(form.minutes, true)?;
        let (seconds, _) = part(form.seconds, has_minutes)?;
        if hours > 18 || minutes > 59 || seconds > 59 {
            return Err(start);
        }
        let size = hours * 3600 + minutes * 60 + seconds;
        self.set(Field::OffsetSeconds, if negative { -size } else { size }, start)?;
        self.read.end = start + at;
        Ok(())
    }

    fn localized_offset(&mut self, full: bool) -> Result<(), Refused> {
        let start = self.read.end;
        self.literal("GMT")?;
        let rest = self.rest();
        let Some(sign) = rest.chars().next().filter(|char| matches!(char, '+' | '-')) else {
            return self.set(Field::OffsetSeconds, 0, start);
        };
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).take(2).count();
        if digits == 0 || full && digits < 2 {
            return Err(start);
        }
        let hours: i64 = rest[1..=digits].parse().map_err(|_| start)?;
        let mut at = 1 + digits;
        let mut minutes = 0;
        if let Some(read) = rest[at..].strip_prefix(':').and_then(|_| two_digits(rest, at + 1)) {
            minutes = read;
            at += 3;
        } else if full {
            return Err(start);
        }
        let size = hours * 3600 + minutes * 60;
        self.set(Field::OffsetSeconds, if sign == '-' { -size } else { size }, start)?;
        self.read.end += at;
        Ok(())
    }

    /// The longest name of a zone, or an offset.
    fn zone_id(&mut self) -> Result<(), Refused> {
        let start = self.read.end;
        let rest = self.rest();
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '_' | '-' | '+');
        let length = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        for end in (1..=length).rev() {
            let zone = match &rest[..end] {
                "Z" => Some(TimeZone::fixed(Offset::UTC)),
                name if name.starts_with(char::is_alphabetic) => TimeZone::get(name).ok(),
                _ => None,
            };
            if let Some(zone) = zone {
                self.read.zone = Some(zone);
                self.read.end += end;
                return Ok(());
            }
        }
        let form = OffsetForm { colon: true, minutes: Presence::Always, seconds: Presence::IfAny };
        let mut offset = Reader { text: self.text, locale: self.locale, read: Read { end: start, ..Read::default() } };
        offset.offset(form, "Z")?;
        let seconds = offset.read.get(Field::OffsetSeconds).and_then(|seconds| i32::try_from(seconds).ok());
        self.read.zone = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).map(TimeZone::fixed);
        self.read.end = offset.read.end;
        Ok(())
    }

    fn set(&mut self, field: Field, value: i64, start: usize) -> Result<(), Refused> {
        if self.read.set(field, value) { Ok(()) } else { Err(start) }
    }
}

fn two_digits(text: &str, at: usize) -> Option<i64> {
    let digits = text.get(at..at + 2)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}
