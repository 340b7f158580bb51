//! The functions about numbers that `XPath` 3.1 has with more kinds of numbers than 1.0.

use super::decimal::Decimal;
use super::evaluate::{Scope, Values};
use super::further_functions::dynamic;
use super::{Item, XPathError};

/// `sum`, `avg`, `max`, `min`.
pub(super) fn aggregate(scope: &Scope<'_>, name: &str, items: &[Item]) -> Values {
    let document = scope.document;
    let atoms: Vec<Item> = items.iter().map(|item| item.atomic(document)).collect();
    if atoms.is_empty() {
        return Ok(if name == "sum" { vec![Item::Integer(0)] } else { Vec::new() });
    }
    let all_texts = atoms.iter().all(|item| matches!(item, Item::Text(_) | Item::Date(_)));
    if all_texts && matches!(name, "max" | "min") {
        let mut texts = atoms;
        texts.sort_by_key(|item| item.text(document));
        return Ok(if name == "max" { texts.pop() } else { texts.into_iter().next() }.into_iter().collect());
    }
    let exact: Option<Vec<Decimal>> = atoms.iter().map(Item::decimal).collect();
    if let Some(exact) = exact {
        let all_whole = atoms.iter().all(|item| matches!(item, Item::Integer(_)));
        let sum = || exact.iter().fold(Decimal::whole(0), |sum, one| sum.add(one));
        let result = match name {
            "sum" => Some(sum()),
            "avg" => sum().divide(&Decimal::whole(exact.len() as i128)),
            "max" => exact.iter().max().cloned(),
            _ => exact.iter().min().cloned(),
        };
        let whole = |number: Decimal| match number.to_string().parse() {
            Ok(whole) if all_whole => Item::Integer(whole),
            _ => Item::Decimal(number),
        };
        return Ok(result.map(whole).into_iter().collect());
    }
    let mut numbers = Vec::with_capacity(atoms.len());
    for item in &atoms {
        let number = item.number(document);
        if number.is_nan() && item.text(document).trim() != "NaN" {
            return dynamic(format!("Cannot convert string \"{}\" to a double", item.text(document)));
        }
        numbers.push(number);
    }
    let sum: f64 = numbers.iter().sum();
    Ok(vec![Item::Double(match name {
        "sum" => sum,
        "avg" => sum / numbers.len() as f64,
        "max" => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        _ => numbers.iter().copied().fold(f64::INFINITY, f64::min),
    })])
}

/// A number without its sign, or without places.
pub(super) fn rounded(scope: &Scope<'_>, name: &str, item: &Item, places: u32) -> Result<Item, XPathError> {
    let item = item.atomic(scope.document);
    if let Item::Integer(number) = item {
        return Ok(Item::Integer(if name == "abs" { number.abs() } else { number }));
    }
    if let Item::Decimal(number) = &item {
        return Ok(Item::Decimal(match name {
            "abs" => number.abs(),
            "floor" => number.floor(),
            "ceiling" => number.negative().floor().negative(),
            _ => number.round(places),
        }));
    }
    let number = item.number(scope.document);
    if number.is_nan() && matches!(item, Item::Text(_)) {
        return dynamic(format!("The required item type of the first argument of fn:{name}() is xs:numeric"));
    }
    let unit = 10_f64.powi(places as i32);
    Ok(Item::Double(match name {
        "abs" => number.abs(),
        "floor" => number.floor(),
        "ceiling" => number.ceil(),
        "round-half-to-even" => (number * unit).round_ties_even() / unit,
        _ => (number * unit + 0.5).floor() / unit,
    }))
}

/// A number as a picture of `#`, `0`, `.` and `,` shows it.
pub(super) fn format_number(number: f64, picture: &str) -> String {
    let is_active = |char: char| matches!(char, '#' | '0' | '.' | ',' | '%');
    let start = picture.find(is_active).unwrap_or(0);
    let end = picture.rfind(is_active).map_or(0, |at| at + 1);
    let (prefix, active, suffix) = (&picture[..start], &picture[start..end], &picture[end..]);
    let is_percent = active.contains('%');
    let (whole, places) = active.split_once('.').unwrap_or((active, ""));
    let minimum_whole = whole.matches('0').count();
    let (least, most) = (places.matches('0').count(), places.matches(['0', '#']).count());
    let group = whole.rfind(',').map(|at| whole.len() - at - 1);
    let text = format!("{:.most$}", number.abs() * if is_percent { 100.0 } else { 1.0 });
    let (digits, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{:0>minimum_whole$}", digits.trim_start_matches('0'));
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && group.is_some_and(|size| size > 0 && (digits.len() - place).is_multiple_of(size)) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let mut fraction = fraction.to_owned();
    while fraction.len() > least && fraction.ends_with('0') {
        fraction.pop();
    }
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if number < 0.0 { "-" } else { "" };
    let percent = if is_percent { "%" } else { "" };
    format!("{prefix}{sign}{grouped}{point}{fraction}{percent}{suffix}")
}
