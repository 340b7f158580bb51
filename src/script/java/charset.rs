//! `java.nio.charset`: texts as bytes and back.

use crate::java;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.nio.charset.Charset`.
pub static CHARSET: Static = Static::new(|| Class::new("java.nio.charset.Charset").statics(STATICS).methods(METHODS));
/// `java.nio.charset.StandardCharsets`.
pub static STANDARD_CHARSETS: Static =
    Static::new(|| Class::new("java.nio.charset.StandardCharsets").constants(STANDARD));

const STATICS: &[Row] = &[
    row("forName", "String", |c| match Charset::named(c.text(0)?) {
        Some(charset) => ok(Value::object(charset)),
        None => Err(Thrown::new("java.nio.charset.UnsupportedCharsetException", c.text(0)?.to_string())),
    }),
    row("defaultCharset", "", |_| ok(Value::object(Charset::UTF_8))),
    row("isSupported", "String", |c| ok(Charset::named(c.text(0)?).is_some())),
];

const METHODS: &[Row] = &[
    row("name", "", |c| ok(c.this_as::<Charset>()?.name)),
    row("displayName", "", |c| ok(c.this_as::<Charset>()?.name)),
];

const STANDARD: &[Constant] = &[
    ("UTF_8", || Value::object(Charset::UTF_8)),
    ("ISO_8859_1", || standard("ISO-8859-1")),
    ("US_ASCII", || standard("US-ASCII")),
    ("UTF_16", || standard("UTF-16")),
    ("UTF_16BE", || standard("UTF-16BE")),
    ("UTF_16LE", || standard("UTF-16LE")),
];

/// An encoding of texts, with Java's name for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charset {
    name: &'static str,
    charset: java::Charset,
}

impl HostObject for Charset {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CHARSET)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.name.to_owned())
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }
}

impl Charset {
    /// What Java uses when nobody says otherwise.
    pub const UTF_8: Self = Self { name: "UTF-8", charset: java::Charset::UTF_8 };

    /// The encoding of that name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(Self { name: java::Charset::java_name(name)?, charset: java::Charset::named(name)? })
    }

    /// The bytes of a text; what the encoding lacks becomes `?`.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        self.charset.encode(text)
    }

    /// The text of bytes; what is no text becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        self.charset.decode(bytes).into_owned()
    }
}

/// One of those that every Java has.
fn standard(name: &str) -> Value {
    Charset::named(name).map_or(Value::Null, Value::object)
}

impl Call<'_, '_> {
    /// The encoding that an argument names, by name or as a `Charset`; UTF-8 when it is missing.
    ///
    /// # Errors
    /// `UnsupportedEncodingException`.
    pub fn charset(&self, at: usize) -> Outcome<Charset> {
        match self.arg(at) {
            Value::Null if at >= self.count() => Ok(Charset::UTF_8),
            Value::Str(name) => Charset::named(name)
                .ok_or_else(|| Thrown::new("java.io.UnsupportedEncodingException", name.to_string())),
            other => other.downcast().copied().ok_or_else(|| Thrown::bare("java.lang.NullPointerException")),
        }
    }
}
