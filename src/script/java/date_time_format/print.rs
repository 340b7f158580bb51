//! Printing a moment.

use std::fmt::Write;

use jiff::tz::TimeZone;

use super::locale::{Locale, Style};
use super::pattern::{Item, Number, OffsetForm, Presence, Sign};
use super::{Field, Moment, zone_names};

/// Appends a moment as the items say.
pub(super) fn print(items: &[Item], moment: &Moment, locale: &Locale, out: &mut String) -> Result<(), String> {
    items.iter().try_for_each(|item| print_item(item, moment, locale, out))
}

fn print_item(item: &Item, moment: &Moment, locale: &Locale, out: &mut String) -> Result<(), String> {
    match item {
        Item::Literal(literal) => out.push_str(literal),
        Item::Number(number) => print_number(number, moment, locale, out)?,
        Item::Fraction { digits, .. } => {
            let nanos = format!("{:09}", moment.get(Field::NanoOfSecond, locale)?);
            out.push_str(&nanos[..*digits]);
        }
        Item::Text { field, style, alone } => out.push_str(text(*field, *style, *alone, moment, locale)?),
        Item::DayPeriod => out.push_str(day_period(moment, locale)?),
        Item::Offset { form, zero } => print_offset(*form, zero, moment, locale, out)?,
        Item::LocalizedOffset { full } => print_localized_offset(*full, moment, locale, out)?,
        Item::ZoneId => out.push_str(&zone_id(zone(moment)?)),
        Item::ZoneText { full, generic } => {
            let instant = moment.to_zoned().ok().map(|zoned| zoned.timestamp());
            out.push_str(&zone_names::name(zone(moment)?, instant.filter(|_| !generic), *full));
        }
        Item::Optional(items) => {
            // A part that cannot be printed is left out.
            let length = out.len();
            if print(items, moment, locale, out).is_err() {
                out.truncate(length);
            }
        }
        Item::Padded(width, item) => {
            let mut text = String::new();
            print_item(item, moment, locale, &mut text)?;
            let length = text.chars().count();
            if length > *width {
                return Err(format!("Cannot print as output of {length} characters exceeds pad width of {width}"));
            }
            let _ = write!(out, "{text:>width$}");
        }
    }
    Ok(())
}

fn print_number(number: &Number, moment: &Moment, locale: &Locale, out: &mut String) -> Result<(), String> {
    let value = moment.get(number.field, locale)?;
    let shown = if number.reduced { value.abs() % 100 } else { value };
    let digits = shown.unsigned_abs().to_string();
    let name = number.field.name();
    if digits.len() > number.most {
        let most = number.most;
        return Err(format!(
            "Field {name} cannot be printed as the value {value} exceeds the maximum print width of {most}"
        ));
    }
    match number.sign {
        Sign::ExceedsPad if shown >= 0 && digits.len() > number.least => out.push('+'),
        Sign::NotNegative if shown < 0 => {
            return Err(format!(
                "Field {name} cannot be printed as the value {value} cannot be negative according to the SignStyle"
            ));
        }
        _ if shown < 0 => out.push('-'),
        _ => {}
    }
    let _ = write!(out, "{digits:0>width$}", width = number.least);
    Ok(())
}

fn text<'l>(field: Field, style: Style, alone: bool, moment: &Moment, locale: &'l Locale) -> Result<&'l str, String> {
    let value = moment.get(field, locale)?;
    let (texts, first) = match field {
        Field::MonthOfYear => (locale.months(style, alone), 1),
        Field::DayOfWeek => (locale.days(style, alone), 1),
        Field::QuarterOfYear => (locale.quarters(style, alone), 1),
        Field::AmPmOfDay => (locale.halves(), 0),
        _ => (locale.eras(style), 0),
    };
    let text = usize::try_from(value - first).ok().and_then(|place| texts.get(place));
    text.copied().ok_or_else(|| format!("Unsupported field: {}", field.name()))
}

/// English day periods; other languages have morning and afternoon only.
fn day_period(moment: &Moment, locale: &Locale) -> Result<&'static str, String> {
    let hour = moment.get(Field::HourOfDay, locale)?;
    let is_sharp = moment.time.is_some_and(|time| time.minute() == 0 && time.second() == 0);
    if !locale.is_english() {
        return Ok(locale.halves()[usize::from(hour >= 12)]);
    }
    Ok(match hour {
        0 if is_sharp => "midnight",
        12 if is_sharp => "noon",
        6..12 => "in the morning",
        12..18 => "in the afternoon",
        18..21 => "in the evening",
        _ => "at night",
    })
}

fn print_offset(
    form: OffsetForm,
    zero: &str,
    moment: &Moment,
    locale: &Locale,
    out: &mut String,
) -> Result<(), String> {
    let seconds = moment.get(Field::OffsetSeconds, locale)?;
    if seconds == 0 {
        out.push_str(zero);
        return Ok(());
    }
    let size = seconds.unsigned_abs();
    let (hours, minutes, rest) = (size / 3600, size / 60 % 60, size % 60);
    let colon = if form.colon { ":" } else { "" };
    let mut text = format!("{}{hours:02}", if seconds < 0 { '-' } else { '+' });
    if is_shown(form.minutes, minutes) || form.minutes != Presence::Never && is_shown(form.seconds, rest) {
        let _ = write!(text, "{colon}{minutes:02}");
        if is_shown(form.seconds, rest) {
            let _ = write!(text, "{colon}{rest:02}");
        }
    }
    // Less than is shown counts as nothing.
    let shown_as_zero =
        hours == 0 && (minutes == 0 || form.minutes == Presence::Never) && !is_shown(form.seconds, rest);
    out.push_str(if shown_as_zero { zero } else { &text });
    Ok(())
}

fn is_shown(presence: Presence, value: u64) -> bool {
    match presence {
        Presence::Never => false,
        Presence::IfAny => value != 0,
        Presence::Always => true,
    }
}

fn print_localized_offset(full: bool, moment: &Moment, locale: &Locale, out: &mut String) -> Result<(), String> {
    let seconds = moment.get(Field::OffsetSeconds, locale)?;
    out.push_str("GMT");
    if seconds == 0 {
        return Ok(());
    }
    let size = seconds.unsigned_abs();
    let (hours, minutes, rest) = (size / 3600, size / 60 % 60, size % 60);
    out.push(if seconds < 0 { '-' } else { '+' });
    let _ = if full { write!(out, "{hours:02}:{minutes:02}") } else { write!(out, "{hours}") };
    if !full && (minutes != 0 || rest != 0) {
        let _ = write!(out, ":{minutes:02}");
    }
    if rest != 0 {
        let _ = write!(out, ":{rest:02}");
    }
    Ok(())
}

fn zone(moment: &Moment) -> Result<&TimeZone, String> {
    moment.zone.as_ref().ok_or_else(|| "Unable to extract ZoneId from temporal".to_owned())
}

/// A zone's name, or its offset if it has no other.
pub(super) fn zone_id(zone: &TimeZone) -> String {
    if let Some(name) = zone.iana_name() {
        return name.to_owned();
    }
    match zone.to_fixed_offset() {
        Ok(offset) if offset.seconds() == 0 => "Z".into(),
        Ok(offset) => {
            let size = offset.seconds().unsigned_abs();
            let sign = if offset.seconds() < 0 { '-' } else { '+' };
            let seconds = if size % 60 == 0 { String::new() } else { format!(":{:02}", size % 60) };
            format!("{sign}{:02}:{:02}{seconds}", size / 3600, size / 60 % 60)
        }
        Err(_) => "SYSTEM".into(),
    }
}
