//! The functions of `XPath` 1.0, which 3.1 has as well.

use super::ast::Expr;
use super::evaluate::{Focus, Scope};
use super::{Item, XPathError};
use crate::query::dom::Document;

const NAMES: &[&str] = &[
    "boolean",
    "ceiling",
    "concat",
    "contains",
    "count",
    "false",
    "floor",
    "id",
    "lang",
    "last",
    "local-name",
    "name",
    "namespace-uri",
    "normalize-space",
    "not",
    "number",
    "position",
    "round",
    "starts-with",
    "string",
    "string-length",
    "substring",
    "substring-after",
    "substring-before",
    "sum",
    "translate",
    "true",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Calls a function; `None` if 3.1 has another of that name for these arguments.
pub(super) fn call(
    scope: &Scope<'_>,
    name: &str,
    arguments: &[Expr],
    focus: &Focus,
) -> Result<Option<Vec<Item>>, XPathError> {
    let mut values = Vec::with_capacity(arguments.len());
    for argument in arguments {
        values.push(scope.values(argument, focus)?);
    }
    let document = scope.document;
    // Without an argument a function is about the node where the expression is.
    let first = || values.first().cloned().unwrap_or_else(|| focus.item.iter().cloned().collect());
    let text = |place: usize| -> Result<String, XPathError> {
        match values.get(place) {
            Some(values) => text_argument(scope, name, place, values),
            None => Ok(scope.text_of(&first())),
        }
    };
    let number = |place: usize| values.get(place).map_or(f64::NAN, |values| scope.number_of(values));
    let needed = match name {
        "contains" | "starts-with" | "substring-after" | "substring-before" | "substring" => 2,
        "translate" => 3,
        "count" | "sum" | "boolean" | "not" | "floor" | "ceiling" | "round" | "lang" | "id" => 1,
        "concat" if scope.is_one() => 2,
        _ => 0,
    };
    if values.len() < needed {
        return Err(XPathError::Syntax(match scope.is_one() {
            true => format!("{name}() function requires {needed} arguments!"),
            false => format!("Function {name} must have {needed} arguments"),
        }));
    }
    let one = |item: Item| Ok(Some(vec![item]));
    match name {
        "last" => one(scope.count(focus.size)),
        "position" => one(scope.count(focus.position)),
        "count" => one(scope.count(values[0].len())),
        "true" => one(Item::Boolean(true)),
        "false" => one(Item::Boolean(false)),
        "not" => one(Item::Boolean(!scope.truth_of(&values[0])?)),
        "boolean" => one(Item::Boolean(scope.truth_of(&values[0])?)),
        "name" => one(Item::Text(node_name(document, &first(), |name| name.qualified().to_owned()))),
        "local-name" => one(Item::Text(node_name(document, &first(), |name| name.local().to_owned()))),
        "namespace-uri" => {
            one(Item::Text(node_name(document, &first(), |name| name.uri().unwrap_or_default().to_owned())))
        }
        "string" => one(Item::Text(text(0)?)),
        "concat" => {
            let mut joined = String::new();
            for place in 0..values.len() {
                joined.push_str(&text(place)?);
            }
            one(Item::Text(joined))
        }
        "starts-with" => one(Item::Boolean(text(0)?.starts_with(&text(1)?))),
        "contains" => one(Item::Boolean(text(0)?.contains(&text(1)?))),
        "substring-before" => one(Item::Text(text(0)?.split_once(&text(1)?).map_or("", |(before, _)| before).into())),
        "substring-after" => one(Item::Text(text(0)?.split_once(&text(1)?).map_or("", |(_, after)| after).into())),
        "substring" => {
            let length = (values.len() > 2).then(|| number(2));
            one(Item::Text(substring(&text(0)?, number(1), length)))
        }
        "string-length" => one(scope.count(text(0)?.chars().count())),
        "normalize-space" => one(Item::Text(text(0)?.split_ascii_whitespace().collect::<Vec<_>>().join(" "))),
        "translate" => one(Item::Text(translate(&text(0)?, &text(1)?, &text(2)?))),
        "lang" => one(Item::Boolean(has_language(document, focus, &text(0)?))),
        "id" => Ok(Some(by_id(document, &values[0]))),
        // 3.1 knows more kinds of numbers.
        "number" => one(Item::Double(scope.number_of(&first()))),
        "sum" | "floor" | "ceiling" | "round" if !scope.is_one() => Ok(None),
        "sum" => one(Item::Double(values[0].iter().map(|item| item.number(document)).fold(0.0, |sum, one| sum + one))),
        "floor" => one(Item::Double(number(0).floor())),
        "ceiling" => one(Item::Double(number(0).ceil())),
        "round" => one(Item::Double((number(0) + 0.5).floor())),
        _ => Ok(None),
    }
}

/// The text of an argument. In 3.1 it has to be one value.
pub(super) fn text_argument(
    scope: &Scope<'_>,
    function: &str,
    place: usize,
    values: &[Item],
) -> Result<String, XPathError> {
    if values.len() > 1 && !scope.is_one() {
        const PLACES: &[&str] = &["first", "second", "third", "fourth"];
        let shown: Vec<_> = values.iter().take(2).map(|item| shown(scope.document, item)).collect();
        let more = if values.len() > 2 { ", ..." } else { "" };
        return Err(XPathError::Dynamic(format!(
            "A sequence of more than one item is not allowed as the {} argument of fn:{function}() ({}{more}) ",
            PLACES.get(place).unwrap_or(&"last"),
            shown.join(", ")
        )));
    }
    Ok(scope.text_of(values))
}

fn shown(document: &Document, item: &Item) -> String {
    match item {
        Item::Node(node) => match document.name(*node) {
            Some(name) if document.is_element(*node) => format!("<{}>", name.qualified()),
            _ => format!("\"{}\"", document.text(*node)),
        },
        other => format!("\"{}\"", other.text(document)),
    }
}

fn node_name(document: &Document, values: &[Item], part: impl Fn(&crate::query::dom::Name) -> String) -> String {
    let Some(Item::Node(node)) = values.first() else { return String::new() };
    match document.kind(*node) {
        crate::query::dom::Kind::Instruction(target, _) => target.clone(),
        _ => document.name(*node).map(part).unwrap_or_default(),
    }
}

/// Places count from 1, and are rounded.
fn substring(text: &str, start: f64, length: Option<f64>) -> String {
    let round = |number: f64| (number + 0.5).floor();
    let first = round(start);
    let end = length.map_or(f64::INFINITY, |length| first + round(length));
    let is_in = |place: usize| {
        let place = (place + 1) as f64;
        place >= first && place < end
    };
    text.chars().enumerate().filter(|(place, _)| is_in(*place)).map(|(_, char)| char).collect()
}

fn translate(text: &str, from: &str, to: &str) -> String {
    let to: Vec<char> = to.chars().collect();
    let translated = text.chars().filter_map(|char| match from.chars().position(|known| known == char) {
        Some(place) => to.get(place).copied(),
        None => Some(char),
    });
    translated.collect()
}

fn has_language(document: &Document, focus: &Focus, wanted: &str) -> bool {
    let Some(Item::Node(node)) = focus.item else { return false };
    let around = std::iter::successors(Some(node), |node| document.parent(*node));
    let language = around.into_iter().find_map(|node| document.attribute(node, "xml:lang"));
    let wanted = wanted.to_lowercase();
    language.is_some_and(|language| {
        let language = language.to_lowercase();
        language == wanted || language.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('-'))
    })
}

/// Elements by their `xml:id`: what else is an identifier only a DTD says.
fn by_id(document: &Document, values: &[Item]) -> Vec<Item> {
    let texts: Vec<String> = values.iter().map(|item| item.text(document)).collect();
    let wanted: Vec<&str> = texts.iter().flat_map(|text| text.split_ascii_whitespace()).collect();
    let has_id =
        |node: &crate::query::dom::NodeId| document.attribute(*node, "xml:id").is_some_and(|id| wanted.contains(&id));
    document.descendants(Document::ROOT).into_iter().filter(has_id).map(Item::Node).collect()
}
