//! Operators before a value and between two.

use std::sync::Arc;

use super::{Frame, Step};
use crate::script::collection::Range;
use crate::script::jexl::arithmetic::{apply, equal, order};
use crate::script::jexl::ast::{Node, Operator, Prefix, Version};
use crate::script::jexl::conversion::{self, truth};
use crate::script::jexl::matching::{has_affix, is_empty, matches, size};
use crate::script::value::Value;

impl Frame<'_, '_> {
    pub(super) fn prefix(&mut self, prefix: Prefix, operand: &Node) -> Step {
        if prefix == Prefix::Empty {
            let value = if self.version == Version::Two { self.run(operand)? } else { self.tolerant(operand)? };
            return Ok(Value::Bool(is_empty(self.machine, &value)?));
        }
        let value = self.run(operand)?;
        Ok(match prefix {
            Prefix::Not => Value::Bool(!truth(&value, self.version)?),
            Prefix::Complement => Value::Long(!conversion::long(&value, self.version)?),
            Prefix::Size => size(self.machine, &value, self.version)?,
            Prefix::Plus | Prefix::Minus | Prefix::Empty if value.is_null() => {
                conversion::null_operand(self.version)?;
                Value::Null
            }
            Prefix::Plus | Prefix::Empty => value,
            Prefix::Minus => match (conversion::negated(&value), &value) {
                (Some(negated), _) => negated,
                (None, Value::Bool(truth)) => Value::Bool(!truth),
                (None, other) => return self.fail("", format!("Object negate:({})", other.class().name())),
            },
        })
    }

    pub(super) fn binary(&mut self, operator: Operator, left: &Value, right: &Value) -> Step {
        let version = self.version;
        let machine = &mut *self.machine;
        let truth = match operator {
            Operator::Equal => equal(machine, left, right, version)?,
            Operator::NotEqual => !equal(machine, left, right, version)?,
            Operator::Less => order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_lt),
            Operator::LessOrEqual => {
                left.is_null() && right.is_null()
                    || order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_le)
            }
            Operator::Greater => order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_gt),
            Operator::GreaterOrEqual => {
                left.is_null() && right.is_null()
                    || order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_ge)
            }
            Operator::Matches => matches(machine, left, right, version)?,
            Operator::MatchesNot => !matches(machine, left, right, version)?,
            Operator::StartsWith => has_affix(machine, left, right, |text, affix| text.starts_with(affix))?,
            Operator::StartsNotWith => !has_affix(machine, left, right, |text, affix| text.starts_with(affix))?,
            Operator::EndsWith => has_affix(machine, left, right, |text, affix| text.ends_with(affix))?,
            Operator::EndsNotWith => !has_affix(machine, left, right, |text, affix| text.ends_with(affix))?,
            Operator::Range => {
                let ends = (conversion::long(left, version)?, conversion::long(right, version)?);
                let range = Range::of_ints(ends.0 as i32, ends.1 as i32, false);
                return Ok(Value::Range(Arc::new(range)));
            }
            _ => return Ok(apply(machine, operator, left, right, version)?),
        };
        Ok(Value::Bool(truth))
    }
}
