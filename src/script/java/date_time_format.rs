//! `java.time.format.DateTimeFormatter`: patterns like `yyyy-MM-dd'T'HH:mm:ss.SSSXXX`, for printing and for reading.

mod field;
mod locale;
mod moment;
mod pattern;
mod print;
mod read;
mod resolve;
mod zone_names;

pub use field::Field;
pub use locale::{Locale, Style};
pub use moment::{Moment, date_of, epoch_day};

use pattern::Item;

/// A pattern in a language.
#[derive(Debug, Clone)]
pub struct DateTimeFormat {
    items: Vec<Item>,
    locale: Locale,
}

impl DateTimeFormat {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What Java finds wrong with it.
    pub fn new(pattern: &str, locale: Locale) -> Result<Self, String> {
        Ok(Self { items: pattern::items(pattern)?, locale })
    }

    /// The same pattern in another language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> Self {
        Self { items: self.items.clone(), locale }
    }

    /// The text of a moment.
    ///
    /// # Errors
    /// When the moment lacks what the pattern shows.
    pub fn print(&self, moment: &Moment) -> Result<String, String> {
        let mut text = String::new();
        print::print(&self.items, moment, &self.locale, &mut text)?;
        Ok(text)
    }

    /// The moment that a text means. What the pattern does not say is as in `defaults`; the zone is used if the text
    /// names none.
    ///
    /// # Errors
    /// When the text is not as the pattern says, or means no moment.
    pub fn read(
        &self,
        text: &str,
        defaults: &[(Field, i64)],
        zone: Option<&jiff::tz::TimeZone>,
    ) -> Result<Moment, String> {
        let failed = |why: String| format!("Text '{text}' could not be parsed{why}");
        let read = read::read(&self.items, text, &self.locale).map_err(|place| {
            let place = text.char_indices().take_while(|(at, _)| *at < place).count();
            failed(format!(" at index {place}"))
        })?;
        if read.end < text.len() {
            let place = text[..read.end].chars().count();
            return Err(failed(format!(", unparsed text found at index {place}")));
        }
        resolve::resolve(read, defaults, zone, &self.locale).map_err(|why| failed(format!(": {why}")))
    }
}

#[cfg(test)]
mod tests;
