//! Arithmetic.

use super::ast::Operator;
use super::evaluate::Scope;
use super::{Item, XPathError};

/// The value of `left operator right`.
pub(super) fn join(scope: &Scope<'_>, operator: Operator, left: &Item, right: &Item) -> Result<Item, XPathError> {
    let (left, right) = (operand(scope, left), operand(scope, right));
    if !left.is_number() || !right.is_number() {
        return Err(XPathError::Dynamic(format!(
            "Arithmetic operator is not defined for arguments of types ({}, {})",
            left.type_name(),
            right.type_name()
        )));
    }
    let exact = match (&left, &right) {
        (Item::Integer(left), Item::Integer(right)) => match operator {
            Operator::Add => left.checked_add(*right).map(Item::Integer),
            Operator::Subtract => left.checked_sub(*right).map(Item::Integer),
            Operator::Multiply => left.checked_mul(*right).map(Item::Integer),
            Operator::Modulo => left.checked_rem(*right).map(Item::Integer),
            Operator::Divide | Operator::DivideWhole => None,
        },
        _ => None,
    };
    if let Some(exact) = exact {
        return Ok(exact);
    }
    let by_zero = || XPathError::Dynamic("Integer division by zero".into());
    if let (Some(left), Some(right)) = (left.decimal(), right.decimal()) {
        return Ok(match operator {
            Operator::Add => Item::Decimal(left.add(&right)),
            Operator::Subtract => Item::Decimal(left.subtract(&right)),
            Operator::Multiply => Item::Decimal(left.multiply(&right)),
            Operator::Divide => Item::Decimal(left.divide(&right).ok_or_else(by_zero)?),
            Operator::DivideWhole => Item::Integer(left.divide_whole(&right).ok_or_else(by_zero)?),
            Operator::Modulo => Item::Decimal(left.modulo(&right).ok_or_else(by_zero)?),
        });
    }
    let (left, right) = (left.number(scope.document), right.number(scope.document));
    Ok(match operator {
        Operator::Add => Item::Double(left + right),
        Operator::Subtract => Item::Double(left - right),
        Operator::Multiply => Item::Double(left * right),
        Operator::Divide => Item::Double(left / right),
        Operator::DivideWhole if right == 0.0 => return Err(by_zero()),
        Operator::DivideWhole => Item::Integer((left / right).trunc() as i128),
        Operator::Modulo => Item::Double(left % right),
    })
}

/// The value with the other sign.
pub(super) fn negative(scope: &Scope<'_>, value: &Item) -> Result<Item, XPathError> {
    match operand(scope, value) {
        Item::Integer(number) => Ok(Item::Integer(-number)),
        Item::Decimal(number) => Ok(Item::Decimal(number.negative())),
        Item::Double(number) => Ok(Item::Double(-number)),
        other => {
            let message = format!("Unary negation is not defined for arguments of type {}", other.type_name());
            Err(XPathError::Dynamic(message))
        }
    }
}

/// What has no type is a number here.
fn operand(scope: &Scope<'_>, item: &Item) -> Item {
    match item {
        Item::Untyped(_) => Item::Double(item.number(scope.document)),
        _ if scope.is_one() => Item::Double(item.number(scope.document)),
        _ => item.clone(),
    }
}
