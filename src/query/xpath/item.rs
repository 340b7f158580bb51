//! What expressions are about.

use super::decimal::Decimal;
use crate::query::dom::{Document, NodeId};

/// One value: a node, or something that is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A node of the document.
    Node(NodeId),
    /// A text.
    Text(String),
    /// The text of a node, whose type is not known.
    Untyped(String),
    /// A truth value.
    Boolean(bool),
    /// A whole number (3.1).
    Integer(i128),
    /// A decimal number (3.1).
    Decimal(Decimal),
    /// A number; in 1.0 all numbers are of this kind.
    Double(f64),
    /// A date or a time, as a text (3.1).
    Date(String),
}

impl Item {
    /// The value as a text.
    #[must_use]
    pub fn text(&self, document: &Document) -> String {
        match self {
            Self::Node(node) => document.text(*node),
            Self::Text(text) | Self::Untyped(text) | Self::Date(text) => text.clone(),
            Self::Boolean(truth) => truth.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Double(number) => double_text(*number),
        }
    }

    /// The value as a text in 1.0, where no number has an exponent.
    #[must_use]
    pub fn plain_text(&self, document: &Document) -> String {
        match self {
            Self::Double(number) => plain(*number),
            other => other.text(document),
        }
    }

    /// The value as a number; not a number if it is none.
    #[must_use]
    pub fn number(&self, document: &Document) -> f64 {
        match self {
            Self::Boolean(truth) => f64::from(u8::from(*truth)),
            Self::Integer(number) => *number as f64,
            Self::Decimal(number) => number.to_double(),
            Self::Double(number) => *number,
            other => parse_double(&other.text(document)),
        }
    }

    /// The value without its node.
    pub(super) fn atomic(&self, document: &Document) -> Self {
        match self {
            Self::Node(node) => Self::Untyped(document.text(*node)),
            other => other.clone(),
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Decimal(_) | Self::Double(_))
    }

    /// The decimal number that it is, if it is one.
    pub(super) fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::whole(*number)),
            Self::Decimal(number) => Some(number.clone()),
            _ => None,
        }
    }

    /// The name of its type.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Node(_) => "node()",
            Self::Text(_) => "xs:string",
            Self::Untyped(_) => "xs:untypedAtomic",
            Self::Boolean(_) => "xs:boolean",
            Self::Integer(_) => "xs:integer",
            Self::Decimal(_) => "xs:decimal",
            Self::Double(_) => "xs:double",
            Self::Date(_) => "xs:date",
        }
    }
}

/// The number that a text is: white space around it is allowed, exponents are too (3.1).
pub(super) fn parse_double(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    match text {
        "INF" => f64::INFINITY,
        "-INF" => f64::NEG_INFINITY,
        _ if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E')) => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// A number without an exponent.
fn plain(number: f64) -> String {
    match number {
        _ if number.is_nan() => "NaN".into(),
        _ if number.is_infinite() => if number > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        _ if number == 0.0 => "0".into(),
        _ => number.to_string(),
    }
}

/// A number as `XPath` 3.1 writes doubles.
fn double_text(number: f64) -> String {
    let size = number.abs();
    if number.is_infinite() {
        return if number > 0.0 { "INF" } else { "-INF" }.into();
    }
    if number.is_nan() || number == 0.0 && number.is_sign_positive() || (1e-6..1e6).contains(&size) {
        return plain(number);
    }
    if number == 0.0 {
        return "-0".into();
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}
