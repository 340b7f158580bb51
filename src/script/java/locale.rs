//! `java.util.Locale`, and what differs between languages: names of months and days, marks in numbers.
//!
//! The names are those of the CLDR, which Java has used since version 9.

use crate::script::class::{Class, ClassRef, Constant, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::ok;
use crate::script::value::Value;

/// `java.util.Locale`.
pub static LOCALE: Static = Static::new(|| {
    Class::new("java.util.Locale").constructors(CONSTRUCTORS).statics(STATICS).methods(METHODS).constants(CONSTANTS)
});

/// What a language writes its own way.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code: `de`.
    pub code: &'static str,
    /// Months, January first.
    pub months: [&'static str; 12],
    /// Months, short, within a date.
    pub short_months: [&'static str; 12],
    /// Days, Monday first.
    pub days: [&'static str; 7],
    /// Days, short.
    pub short_days: [&'static str; 7],
    /// The mark before decimals.
    pub point: char,
    /// The mark between thousands.
    pub comma: char,
    /// The halves of a day.
    pub halves: [&'static str; 2],
    /// The eras.
    pub eras: [&'static str; 2],
}

/// English.
pub static ENGLISH: &Language = &LANGUAGES[0];

static LANGUAGES: [Language; 5] = [
    Language {
        code: "en",
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        short_days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        point: '.',
        comma: ',',
        halves: ["AM", "PM"],
        eras: ["BC", "AD"],
    },
    Language {
        code: "de",
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        short_months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
        days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        short_days: ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
        point: ',',
        comma: '.',
        halves: ["AM", "PM"],
        eras: ["v. Chr.", "n. Chr."],
    },
    Language {
        code: "fr",
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        short_months: [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
        days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        short_days: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
        point: ',',
        comma: '\u{202f}',
        halves: ["AM", "PM"],
        eras: ["av. J.-C.", "ap. J.-C."],
    },
    Language {
        code: "es",
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        short_days: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        point: ',',
        comma: '.',
        halves: ["a. m.", "p. m."],
        eras: ["a. C.", "d. C."],
    },
    Language {
        code: "it",
        months: [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
        short_months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
        days: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
        short_days: ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
        point: ',',
        comma: '.',
        halves: ["AM", "PM"],
        eras: ["a.C.", "d.C."],
    },
];

const COUNTRIES: &[(&str, &str)] = &[
    ("US", "United States"),
    ("GB", "United Kingdom"),
    ("DE", "Germany"),
    ("AT", "Austria"),
    ("CH", "Switzerland"),
    ("FR", "France"),
    ("ES", "Spain"),
    ("IT", "Italy"),
    ("CA", "Canada"),
    ("IN", "India"),
    ("JP", "Japan"),
    ("CN", "China"),
];

/// The language of that code; English when it is not known.
#[must_use]
pub fn language(code: &str) -> &'static Language {
    let code = code.split(['_', '-']).next().unwrap_or_default();
    LANGUAGES.iter().find(|language| language.code.eq_ignore_ascii_case(code)).unwrap_or(ENGLISH)
}

/// The language of a `Locale` argument; English when there is none.
#[must_use]
pub fn of(value: &Value) -> &'static Language {
    value.downcast::<Locale>().map_or(ENGLISH, |locale| language(&locale.language))
}

/// A language and a country.
#[derive(Clone, PartialEq, Eq)]
pub struct Locale {
    language: String,
    country: String,
}

impl Locale {
    /// A locale.
    #[must_use]
    pub fn new(language: &str, country: &str) -> Self {
        Self { language: language.to_lowercase(), country: country.to_uppercase() }
    }
}

impl HostObject for Locale {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&LOCALE)
    }

    fn plain_text(&self) -> Option<String> {
        Some(if self.country.is_empty() {
            self.language.clone()
        } else {
            format!("{}_{}", self.language, self.country)
        })
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }
}

const CONSTRUCTORS: &[Row] = &[
    new("String", |c| ok(Value::object(Locale::new(c.text(0)?, "")))),
    new("String, String, String?", |c| ok(Value::object(Locale::new(c.text(0)?, c.text(1)?)))),
];

const STATICS: &[Row] = &[
    row("getDefault", "Object?", |_| ok(Value::object(Locale::new("en", "")))),
    row("setDefault", "Locale", |_| Ok(Value::Null)),
    row("forLanguageTag", "String", |c| {
        let (language, country) = c.text(0)?.split_once('-').unwrap_or((c.text(0)?, ""));
        ok(Value::object(Locale::new(language, country)))
    }),
];

const METHODS: &[Row] = &[
    row("getLanguage", "", |c| ok(c.this_as::<Locale>()?.language.as_str())),
    row("getCountry", "", |c| ok(c.this_as::<Locale>()?.country.as_str())),
    row("getDisplayCountry", "Locale?", |c| {
        let locale = c.this_as::<Locale>()?;
        let name = COUNTRIES.iter().find(|(code, _)| *code == locale.country).map(|(_, name)| *name);
        ok(name.unwrap_or(&locale.country))
    }),
    row("toLanguageTag", "", |c| ok(c.this_as::<Locale>()?.plain_text().unwrap_or_default().replace('_', "-"))),
];

const CONSTANTS: &[Constant] = &[
    ("ENGLISH", || Value::object(Locale::new("en", ""))),
    ("US", || Value::object(Locale::new("en", "US"))),
    ("UK", || Value::object(Locale::new("en", "GB"))),
    ("CANADA", || Value::object(Locale::new("en", "CA"))),
    ("GERMAN", || Value::object(Locale::new("de", ""))),
    ("GERMANY", || Value::object(Locale::new("de", "DE"))),
    ("FRENCH", || Value::object(Locale::new("fr", ""))),
    ("FRANCE", || Value::object(Locale::new("fr", "FR"))),
    ("ITALIAN", || Value::object(Locale::new("it", ""))),
    ("ITALY", || Value::object(Locale::new("it", "IT"))),
    ("JAPAN", || Value::object(Locale::new("ja", "JP"))),
    ("CHINA", || Value::object(Locale::new("zh", "CN"))),
    ("ROOT", || Value::object(Locale::new("", ""))),
];
