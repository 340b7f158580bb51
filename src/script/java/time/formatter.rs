//! `DateTimeFormatter`.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::temporal::Temporal;
use super::zone::ZoneId;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::java::date_time_format::{DateTimeFormat, Locale, Moment};
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.time.format.DateTimeFormatter`.
pub static FORMATTER: Static = Static::new(|| {
    Class::new("java.time.format.DateTimeFormatter").statics(STATICS).methods(METHODS).constants(CONSTANTS)
});

/// How moments are printed and read.
#[derive(Clone)]
pub struct Formatter {
    form: Form,
    zone: Option<TimeZone>,
}

#[derive(Clone)]
enum Form {
    Pattern(Arc<DateTimeFormat>),
    /// As the values print themselves.
    Iso(&'static str),
}

impl HostObject for Formatter {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&FORMATTER)
    }
}

impl Formatter {
    /// The text of a moment.
    pub fn print(&self, temporal: &Temporal) -> Outcome<String> {
        let in_zone = match &self.zone {
            Some(zone) => temporal.in_zone(zone),
            None => temporal.clone(),
        };
        match &self.form {
            Form::Pattern(format) => format
                .print(&in_zone.moment())
                .map_err(|message| Thrown::new("java.time.temporal.UnsupportedTemporalTypeException", message)),
            Form::Iso(name) => in_zone.iso(name),
        }
    }

    /// What a text means.
    pub fn read(&self, text: &str) -> Outcome<Moment> {
        let failed = |message: String| Thrown::new("java.time.format.DateTimeParseException", message);
        match &self.form {
            Form::Pattern(format) => format.read(text, &[], self.zone.as_ref()).map_err(failed),
            Form::Iso(_) => super::temporal::read_iso(text)
                .ok_or_else(|| failed(format!("Text '{text}' could not be parsed at index 0"))),
        }
    }
}

fn locale(language: &str) -> Locale {
    Locale::named(language).unwrap_or_default()
}

fn pattern(text: &str, language: &str) -> Outcome {
    match DateTimeFormat::new(text, locale(language)) {
        Ok(format) => ok(Value::object(Formatter { form: Form::Pattern(Arc::new(format)), zone: None })),
        Err(message) => Err(illegal_argument(message)),
    }
}

const STATICS: &[Row] = &[
    row("ofPattern", "String", |c| pattern(c.text(0)?, "en")),
    row("ofPattern", "String, Locale", |c| {
        let language = c.text_of(1)?;
        pattern(c.text(0)?, &language)
    }),
];

macro_rules! iso {
    ($($name:literal),*) => {
        &[$(($name, || Value::object(Formatter { form: Form::Iso($name), zone: None }))),*]
    };
}

const CONSTANTS: &[Constant] = iso!(
    "ISO_DATE",
    "ISO_DATE_TIME",
    "ISO_INSTANT",
    "ISO_LOCAL_DATE",
    "ISO_LOCAL_DATE_TIME",
    "ISO_LOCAL_TIME",
    "ISO_TIME",
    "ISO_OFFSET_DATE_TIME",
    "ISO_ZONED_DATE_TIME",
    "BASIC_ISO_DATE"
);

const METHODS: &[Row] = &[
    row("format", "Object", |c| ok(c.this_as::<Formatter>()?.print(c.arg_as::<Temporal>(0)?)?)),
    row("withZone", "ZoneId", |c| {
        let zone = c.arg_as::<ZoneId>(0)?.zone.clone();
        let own = c.this_as::<Formatter>()?.clone();
        ok(Value::object(Formatter { zone: Some(zone), ..own }))
    }),
    row("withLocale", "Locale", |c| {
        let language = c.text_of(0)?;
        let Formatter { form, zone } = c.this_as::<Formatter>()?.clone();
        let form = match form {
            Form::Pattern(format) => Form::Pattern(Arc::new(format.in_locale(locale(&language)))),
            iso @ Form::Iso(_) => iso,
        };
        ok(Value::object(Formatter { form, zone }))
    }),
];
