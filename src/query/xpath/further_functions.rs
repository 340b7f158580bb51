//! The functions that `XPath` 3.1 has beyond those of 1.0, as far as expressions about documents use them.

use super::core_functions::text_argument;
use super::decimal::Decimal;
use super::evaluate::{Focus, Scope, Values};
use super::number_functions::{aggregate, format_number, rounded};
use super::{Item, XPathError, compare};
use crate::query::dom::Document;
use crate::query::regex::{Dialect, Pattern, compiled};
use crate::query::xpath::ast::Comparison;
use crate::query::xpath::item::parse_double;

const NAMES: &[&str] = &[
    "abs",
    "avg",
    "codepoints-to-string",
    "compare",
    "data",
    "day-from-date",
    "deep-equal",
    "distinct-values",
    "empty",
    "ends-with",
    "exactly-one",
    "exists",
    "format-number",
    "head",
    "index-of",
    "insert-before",
    "lower-case",
    "matches",
    "max",
    "min",
    "month-from-date",
    "one-or-more",
    "remove",
    "replace",
    "reverse",
    "root",
    "round-half-to-even",
    "string-join",
    "string-to-codepoints",
    "subsequence",
    "tail",
    "tokenize",
    "unordered",
    "upper-case",
    "year-from-date",
    "zero-or-one",
    "xs:boolean",
    "xs:date",
    "xs:dateTime",
    "xs:decimal",
    "xs:double",
    "xs:float",
    "xs:int",
    "xs:integer",
    "xs:long",
    "xs:string",
];

/// Functions that the standard has and that are not here.
const MISSING: &[&str] = &[
    "adjust-dateTime-to-timezone",
    "analyze-string",
    "apply",
    "available-environment-variables",
    "base-uri",
    "contains-token",
    "current-date",
    "current-dateTime",
    "current-time",
    "dateTime",
    "days-from-duration",
    "default-collation",
    "doc",
    "doc-available",
    "document-uri",
    "encode-for-uri",
    "environment-variable",
    "error",
    "escape-html-uri",
    "filter",
    "fold-left",
    "fold-right",
    "for-each",
    "for-each-pair",
    "format-date",
    "format-dateTime",
    "format-integer",
    "format-time",
    "function-lookup",
    "generate-id",
    "has-children",
    "hours-from-dateTime",
    "implicit-timezone",
    "in-scope-prefixes",
    "innermost",
    "iri-to-uri",
    "json-doc",
    "json-to-xml",
    "node-name",
    "normalize-unicode",
    "outermost",
    "parse-json",
    "parse-xml",
    "path",
    "QName",
    "random-number-generator",
    "resolve-QName",
    "resolve-uri",
    "serialize",
    "sort",
    "trace",
    "unparsed-text",
    "xml-to-json",
    "year-from-dateTime",
    "month-from-dateTime",
    "day-from-dateTime",
    "minutes-from-dateTime",
    "seconds-from-dateTime",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

pub(super) fn is_missing(name: &str) -> bool {
    MISSING.contains(&name) || name.starts_with("map:") || name.starts_with("array:") || name.starts_with("math:")
}

pub(super) fn dynamic<T>(message: impl Into<String>) -> Result<T, XPathError> {
    Err(XPathError::Dynamic(message.into()))
}

/// Calls a function with these arguments.
pub(super) fn call(scope: &Scope<'_>, name: &str, arguments: &[Vec<Item>], focus: &Focus) -> Values {
    let document = scope.document;
    let here: Vec<Item> = focus.item.iter().cloned().collect();
    let first = arguments.first().unwrap_or(&here);
    let text = |place: usize| -> Result<String, XPathError> {
        arguments.get(place).map_or(Ok(String::new()), |values| text_argument(scope, name, place, values))
    };
    let number = |place: usize| arguments.get(place).map_or(f64::NAN, |values| scope.number_of(values));
    let one = |item: Item| Ok(vec![item]);
    if let Some(to) = name.strip_prefix("xs:") {
        return match first.first() {
            Some(item) => one(cast(scope, to, &item.atomic(document))?),
            None => Ok(Vec::new()),
        };
    }
    match name {
        "upper-case" => one(Item::Text(text(0)?.to_uppercase())),
        "lower-case" => one(Item::Text(text(0)?.to_lowercase())),
        "ends-with" => one(Item::Boolean(text(0)?.ends_with(&text(1)?))),
        "compare" => one(Item::Integer(text(0)?.cmp(&text(1)?) as i128)),
        "matches" => one(Item::Boolean(pattern(&text(1)?, &text(2)?)?.is_in(&text(0)?))),
        "replace" => one(Item::Text(replace(&text(0)?, &*pattern(&text(1)?, &text(3)?)?, &text(2)?))),
        "tokenize" => tokenize(&text(0)?, arguments.len(), &text(1)?, &text(2)?),
        "string-join" => {
            let texts: Vec<_> = first.iter().map(|item| item.text(document)).collect();
            one(Item::Text(texts.join(&text(1)?)))
        }
        "codepoints-to-string" => {
            let code = |item: &Item| char::from_u32(item.number(document) as u32);
            one(Item::Text(first.iter().filter_map(code).collect()))
        }
        "string-to-codepoints" => Ok(text(0)?.chars().map(|char| Item::Integer(u32::from(char).into())).collect()),
        "exists" => one(Item::Boolean(!first.is_empty())),
        "empty" => one(Item::Boolean(first.is_empty())),
        "data" => Ok(first.iter().map(|item| item.atomic(document)).collect()),
        "reverse" => Ok(first.iter().rev().cloned().collect()),
        "head" => Ok(first.iter().take(1).cloned().collect()),
        "tail" => Ok(first.iter().skip(1).cloned().collect()),
        "zero-or-one" if first.len() > 1 => {
            dynamic("fn:zero-or-one called with a sequence containing more than one item")
        }
        "one-or-more" if first.is_empty() => dynamic("fn:one-or-more called with a sequence containing no items"),
        "exactly-one" if first.len() != 1 => {
            dynamic("fn:exactly-one called with a sequence not containing exactly one item")
        }
        "unordered" | "zero-or-one" | "one-or-more" | "exactly-one" => Ok(first.clone()),
        "root" => one(Item::Node(Document::ROOT)),
        "subsequence" => {
            let round = |number: f64| (number + 0.5).floor();
            let start = round(number(1));
            let end = if arguments.len() > 2 { start + round(number(2)) } else { f64::INFINITY };
            let is_in = |place: usize| (place + 1) as f64 >= start && ((place + 1) as f64) < end;
            let kept = first.iter().enumerate().filter(|(place, _)| is_in(*place));
            Ok(kept.map(|(_, item)| item.clone()).collect())
        }
        "remove" => {
            let place = number(1) as usize;
            let kept = first.iter().enumerate().filter(|(at, _)| at + 1 != place);
            Ok(kept.map(|(_, item)| item.clone()).collect())
        }
        "insert-before" => {
            let place = (number(1).max(1.0) as usize - 1).min(first.len());
            let mut items = first.clone();
            items.splice(place..place, arguments.get(2).cloned().unwrap_or_default());
            Ok(items)
        }
        "index-of" => {
            let mut places = Vec::new();
            for (place, item) in first.iter().enumerate() {
                if compare::general(scope, Comparison::Equal, std::slice::from_ref(item), &arguments[1])
                    .unwrap_or(false)
                {
                    places.push(Item::Integer(place as i128 + 1));
                }
            }
            Ok(places)
        }
        "distinct-values" => Ok(distinct(scope, first)),
        "deep-equal" => {
            let texts = |items: &[Item]| items.iter().map(|item| item.text(document)).collect::<Vec<_>>();
            one(Item::Boolean(texts(first) == texts(arguments.get(1).unwrap_or(&here))))
        }
        "sum" | "avg" | "max" | "min" => aggregate(scope, name, first),
        "abs" | "floor" | "ceiling" | "round" | "round-half-to-even" => {
            let places = if arguments.len() > 1 { number(1) as u32 } else { 0 };
            first.iter().map(|item| rounded(scope, name, item, places)).collect()
        }
        "format-number" => one(Item::Text(format_number(number(0), &text(1)?))),
        "year-from-date" | "month-from-date" | "day-from-date" => {
            let date = text(0)?;
            let part = match name {
                "year-from-date" => date.get(0..4),
                "month-from-date" => date.get(5..7),
                _ => date.get(8..10),
            };
            Ok(part.and_then(|part| part.parse().ok()).map(Item::Integer).into_iter().collect())
        }
        _ => Err(XPathError::Unsupported(format!("the XPath function {name}()"))),
    }
}

/// A value as one of another type.
fn cast(scope: &Scope<'_>, to: &str, item: &Item) -> Result<Item, XPathError> {
    let text = item.text(scope.document);
    let trimmed = text.trim();
    let cannot = |kind: &str| dynamic(format!("Cannot convert string \"{text}\" to {kind}"));
    match to {
        "string" => Ok(Item::Text(text)),
        "boolean" => match trimmed {
            "true" | "1" => Ok(Item::Boolean(true)),
            "false" | "0" => Ok(Item::Boolean(false)),
            _ => cannot("a boolean"),
        },
        "double" | "float" => match parse_double(trimmed) {
            number if number.is_nan() && trimmed != "NaN" => cannot("a double"),
            number => Ok(Item::Double(number)),
        },
        "decimal" => match item {
            Item::Double(number) => {
                Decimal::parse(&format!("{number:.18}")).map_or_else(|| cannot("a decimal"), |it| Ok(Item::Decimal(it)))
            }
            _ => Decimal::parse(trimmed).map_or_else(|| cannot("a decimal"), |it| Ok(Item::Decimal(it))),
        },
        "date" | "dateTime" => {
            let is_date = trimmed.len() >= 10 && trimmed.as_bytes()[4] == b'-' && trimmed.as_bytes()[7] == b'-';
            if is_date { Ok(Item::Date(trimmed.to_owned())) } else { cannot("a date") }
        }
        _ => match item {
            Item::Double(_) | Item::Decimal(_) => Ok(Item::Integer(item.number(scope.document).trunc() as i128)),
            _ => trimmed.parse().map_or_else(|_| cannot("an integer"), |number| Ok(Item::Integer(number))),
        },
    }
}

fn distinct(scope: &Scope<'_>, items: &[Item]) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::new();
    for item in items.iter().map(|item| item.atomic(scope.document)) {
        let is_same = |known: &Item| {
            compare::general(scope, Comparison::Equal, std::slice::from_ref(known), std::slice::from_ref(&item))
                .unwrap_or(false)
        };
        if !kept.iter().any(is_same) {
            kept.push(item);
        }
    }
    kept
}

/// A regular expression with the flags `s`, `m`, `i` and `x`, and `q` for a plain text.
fn pattern(text: &str, flags: &str) -> Result<std::sync::Arc<Pattern>, XPathError> {
    let flags_known: String = flags.chars().filter(|flag| "smix".contains(*flag)).collect();
    let mut source = String::new();
    if !flags_known.is_empty() {
        source = format!("(?{flags_known})");
    }
    if flags.contains('q') {
        source.push_str(&regex::escape(text));
    } else {
        source.push_str(text);
    }
    compiled(&source, Dialect::Java)
        .map_err(|error| XPathError::Dynamic(format!("Syntax error in regular expression: {error}")))
}

/// All matches replaced; `$1` is a group, a backslash makes what follows plain.
fn replace(text: &str, pattern: &Pattern, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for found in pattern.matches(text) {
        let range = found.range();
        out.push_str(&text[end..range.start]);
        end = range.end;
        let mut chars = by.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' => out.extend(chars.next()),
                '$' => {
                    let group = chars.next().and_then(|digit| digit.to_digit(10)).unwrap_or(0);
                    out.push_str(found.group(group as usize).unwrap_or_default());
                }
                _ => out.push(char),
            }
        }
    }
    out.push_str(&text[end..]);
    out
}

fn tokenize(text: &str, arguments: usize, separator: &str, flags: &str) -> Values {
    if arguments < 2 {
        return Ok(text.split_ascii_whitespace().map(|part| Item::Text(part.to_owned())).collect());
    }
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let pattern = pattern(separator, flags)?;
    let (mut parts, mut end) = (Vec::new(), 0);
    for found in pattern.matches(text) {
        let range = found.range();
        if range.is_empty() {
            return dynamic("The regular expression in tokenize() must not be one that matches a zero-length string");
        }
        parts.push(Item::Text(text[end..range.start].to_owned()));
        end = range.end;
    }
    parts.push(Item::Text(text[end..].to_owned()));
    Ok(parts)
}
