//! `java.util.Locale`, and what differs between languages: marks in numbers, names of eras, months and days.
//!
//! All are those of the CLDR, which Java has used since version 9.

use crate::script::class::{Class, ClassRef, Constant, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::ok;
use crate::script::value::Value;

use super::date_time_format;

/// `java.util.Locale`.
pub static LOCALE: Static = Static::new(|| {
    Class::new("java.util.Locale").constructors(CONSTRUCTORS).statics(STATICS).methods(METHODS).constants(CONSTANTS)
});

/// What a language writes its own way.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code, or that of one country's way with it: `de`, `en_GB`.
    tag: &'static str,
    /// The mark before decimals.
    pub point: char,
    /// The mark between thousands.
    pub comma: char,
    /// The eras as `SimpleDateFormat` names them; `DateTimeFormatter` has names of its own.
    pub eras: [&'static str; 2],
}

/// English.
pub static ENGLISH: &Language = &LANGUAGES[0];

static LANGUAGES: [Language; 20] = [
    Language { tag: "en", point: '.', comma: ',', eras: ["BC", "AD"] },
    Language { tag: "en_GB", point: '.', comma: ',', eras: ["BC", "AD"] },
    Language { tag: "fr", point: ',', comma: '\u{202f}', eras: ["av. J.-C.", "ap. J.-C."] },
    Language { tag: "de", point: ',', comma: '.', eras: ["v. Chr.", "n. Chr."] },
    Language { tag: "es", point: ',', comma: '.', eras: ["a. C.", "d. C."] },
    Language { tag: "it", point: ',', comma: '.', eras: ["a.C.", "d.C."] },
    Language { tag: "pt", point: ',', comma: '.', eras: ["a.C.", "d.C."] },
    Language { tag: "nl", point: ',', comma: '.', eras: ["v.Chr.", "n.Chr."] },
    Language { tag: "pl", point: ',', comma: '\u{a0}', eras: ["p.n.e.", "n.e."] },
    Language { tag: "ru", point: ',', comma: '\u{a0}', eras: ["до н. э.", "н. э."] },
    Language { tag: "tr", point: ',', comma: '.', eras: ["MÖ", "MS"] },
    Language { tag: "sv", point: ',', comma: '\u{a0}', eras: ["f.Kr.", "e.Kr."] },
    Language { tag: "da", point: ',', comma: '.', eras: ["f.Kr.", "e.Kr."] },
    Language { tag: "nb", point: ',', comma: '\u{a0}', eras: ["f.Kr.", "e.Kr."] },
    Language { tag: "fi", point: ',', comma: '\u{a0}', eras: ["eKr.", "jKr."] },
    Language { tag: "cs", point: ',', comma: '\u{a0}', eras: ["př. n. l.", "n. l."] },
    Language { tag: "uk", point: ',', comma: '\u{a0}', eras: ["до н. е.", "н. е."] },
    Language { tag: "ja", point: '.', comma: ',', eras: ["紀元前", "西暦"] },
    Language { tag: "zh", point: '.', comma: ',', eras: ["公元前", "公元"] },
    Language { tag: "ko", point: '.', comma: ',', eras: ["BC", "AD"] },
];

impl Language {
    /// The names of months, days and halves of the day.
    #[must_use]
    pub fn names(&self) -> date_time_format::Locale {
        date_time_format::Locale::named(self.tag).unwrap_or_default()
    }
}

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

/// The language of a `Locale` argument; English when there is none, and for a language that is not known.
#[must_use]
pub fn of(value: &Value) -> &'static Language {
    let Some(Locale { language, country }) = value.downcast() else { return ENGLISH };
    let tagged = |tag: &str| LANGUAGES.iter().find(|language| language.tag == tag);
    tagged(&format!("{language}_{country}")).or_else(|| tagged(language)).unwrap_or(ENGLISH)
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
