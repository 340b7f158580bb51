//! The names of months, days and eras by language, from Unicode's CLDR as Java 17 has them, and the weeks of regions.

use std::sync::LazyLock;

/// One language a line: its tag, then names for each of Java's text styles.
const LOCALES: &str = include_str!("locales.txt");

/// A language and a region.
#[derive(Debug, Clone)]
pub struct Locale {
    names: &'static Names,
    /// The first day of the week, 1 being Monday.
    pub(super) first_day: i64,
    /// How many days the first week of a year has at least.
    pub(super) least_days: i64,
}

/// The texts of a field in one style, in the order of its values.
type Texts = Vec<&'static str>;

#[derive(Debug)]
struct Names {
    tag: &'static str,
    /// Full, short, narrow; each within a date and alone.
    months: [Texts; 6],
    days: [Texts; 6],
    quarters: [Texts; 6],
    halves: Texts,
    /// Full, short, narrow.
    eras: [Texts; 3],
}

/// How a field is written as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `January`
    Full,
    /// `Jan`
    Short,
    /// `J`
    Narrow,
}

static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| LOCALES.lines().filter_map(Names::read).collect());

impl Names {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('|');
        let tag = columns.next()?;
        let mut texts = || Some(columns.next()?.split(',').collect::<Texts>());
        let mut styles = || {
            let mut styles: [Texts; 6] = Default::default();
            for place in 0..6 {
                let own = texts()?;
                // Where a name does not change when it stands alone there is none.
                styles[place] = if own == [""] { styles[place - 1].clone() } else { own };
            }
            Some(styles)
        };
        let (months, days, quarters) = (styles()?, styles()?, styles()?);
        Some(Self { tag, months, days, quarters, halves: texts()?, eras: [texts()?, texts()?, texts()?] })
    }
}

impl Locale {
    /// The locale of that name, for instance `de_DE`; English names for a language that is not known.
    ///
    /// # Errors
    /// For what is no name of a locale (`LocaleUtils.toLocale`).
    pub fn named(name: &str) -> Result<Self, String> {
        Self::found(&name.replace('-', "_")).ok_or_else(|| format!("Invalid locale format: {name}"))
    }

    fn found(name: &str) -> Option<Self> {
        let mut parts = name.split('_');
        let language = parts.next().unwrap_or_default();
        let region = parts.next().unwrap_or_default();
        let is_language = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_region = region.is_empty()
            || region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
            || region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
        if !is_language || !is_region {
            return None;
        }
        let find = |tag: &str| NAMES.iter().find(|names| names.tag == tag);
        let names = find(&format!("{language}_{region}")).or_else(|| find(language)).or_else(|| find("en"))?;
        let (first_day, least_days) = match region {
            "GB" | "DE" | "FR" | "ES" | "IT" | "NL" | "PL" | "RU" | "SE" | "DK" | "NO" | "FI" | "CZ" | "AT" | "CH"
            | "BE" | "IE" => (1, 4),
            "TR" | "UA" => (1, 1),
            "PT" => (7, 4),
            _ => (7, 1),
        };
        Some(Self { names, first_day, least_days })
    }

    /// Whether its names are English ones.
    pub(super) fn is_english(&self) -> bool {
        self.names.tag.starts_with("en")
    }

    /// The names of months in a style, from January on.
    pub fn months(&self, style: Style, alone: bool) -> &'static [&'static str] {
        &self.names.months[place(style, alone)]
    }

    /// The names of days in a style, from Monday on.
    pub fn days(&self, style: Style, alone: bool) -> &'static [&'static str] {
        &self.names.days[place(style, alone)]
    }

    /// The names of quarters in a style.
    pub(super) fn quarters(&self, style: Style, alone: bool) -> &[&'static str] {
        &self.names.quarters[place(style, alone)]
    }

    /// The names of morning and afternoon.
    pub fn halves(&self) -> &'static [&'static str] {
        &self.names.halves
    }

    /// The names of the eras in a style, the earlier first.
    pub(super) fn eras(&self, style: Style) -> &[&'static str] {
        &self.names.eras[place(style, false) / 2]
    }
}

impl Default for Locale {
    /// English in no country, as JMeter starts Java: weeks begin on Monday.
    fn default() -> Self {
        Self { first_day: 1, ..Self::found("en").expect("the table has English names") }
    }
}

fn place(style: Style, alone: bool) -> usize {
    style as usize * 2 + usize::from(alone)
}
