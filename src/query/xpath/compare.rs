//! Comparisons.

use std::cmp::Ordering;

use super::ast::Comparison;
use super::evaluate::Scope;
use super::{Item, XPathError};

/// Whether one value on the left and one on the right compare so.
pub(super) fn general(
    scope: &Scope<'_>,
    comparison: Comparison,
    left: &[Item],
    right: &[Item],
) -> Result<bool, XPathError> {
    if scope.is_one() {
        return Ok(in_one(scope, comparison, left, right));
    }
    for one in left {
        for other in right {
            if atomic(scope, comparison, &one.atomic(scope.document), &other.atomic(scope.document), true)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether two single values compare so.
pub(super) fn single(scope: &Scope<'_>, comparison: Comparison, left: &Item, right: &Item) -> Result<bool, XPathError> {
    if let (Item::Node(left), Item::Node(right)) = (left, right) {
        match comparison {
            Comparison::Is => return Ok(left == right),
            Comparison::Before => return Ok(left < right),
            Comparison::After => return Ok(left > right),
            _ => {}
        }
    }
    atomic(scope, comparison, &left.atomic(scope.document), &right.atomic(scope.document), false)
}

/// The rules of 1.0: booleans count most, then numbers, then texts; nodes take part with their texts.
fn in_one(scope: &Scope<'_>, comparison: Comparison, left: &[Item], right: &[Item]) -> bool {
    let document = scope.document;
    let is_order = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let has_boolean = |items: &[Item]| matches!(items, [Item::Boolean(_)]);
    if has_boolean(left) || has_boolean(right) {
        let truth = |items: &[Item]| f64::from(u8::from(scope.truth_of(items).unwrap_or(true)));
        return holds(comparison, truth(left).partial_cmp(&truth(right)));
    }
    let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
    pairs.into_iter().any(|(one, other)| {
        if is_order || one.is_number() || other.is_number() {
            return holds(comparison, one.number(document).partial_cmp(&other.number(document)));
        }
        holds(comparison, Some(one.plain_text(document).cmp(&other.plain_text(document))))
    })
}

/// The rules of 3.1. Where any pair may compare, what has no type takes that of the other.
fn atomic(
    scope: &Scope<'_>,
    comparison: Comparison,
    left: &Item,
    right: &Item,
    is_general: bool,
) -> Result<bool, XPathError> {
    let document = scope.document;
    let is_text = |item: &Item| matches!(item, Item::Text(_) | Item::Untyped(_) | Item::Date(_));
    let order = match (left, right) {
        (Item::Boolean(left), Item::Boolean(right)) => Some(left.cmp(right)),
        _ if left.is_number() && right.is_number() => match (left.decimal(), right.decimal()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => left.number(document).partial_cmp(&right.number(document)),
        },
        (Item::Untyped(_), other) | (other, Item::Untyped(_)) if is_general && other.is_number() => {
            let check = |item: &Item| match item {
                Item::Untyped(text) if item.number(document).is_nan() && text.trim() != "NaN" => {
                    Err(XPathError::Dynamic(format!("Cannot convert string \"{text}\" to a double")))
                }
                _ => Ok(item.number(document)),
            };
            check(left)?.partial_cmp(&check(right)?)
        }
        (Item::Untyped(text), Item::Boolean(truth)) | (Item::Boolean(truth), Item::Untyped(text)) if is_general => {
            Some((text.trim() == "true" || text.trim() == "1").cmp(truth))
        }
        _ if is_text(left) && is_text(right) => Some(left.text(document).cmp(&right.text(document))),
        _ => {
            return Err(XPathError::Dynamic(format!("Cannot compare {} to {}", left.type_name(), right.type_name())));
        }
    };
    Ok(holds(comparison, order))
}

fn holds(comparison: Comparison, order: Option<Ordering>) -> bool {
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Less | Comparison::Before => order == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater | Comparison::After => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Is => false,
    }
}
