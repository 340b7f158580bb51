//! Groovy's ranges.

use crate::script::java::text;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::number::Decimal;
use crate::script::value::Value;

/// A range: `1..3`, `'a'..<'d'`, `3..1`.
pub struct Range {
    /// The smaller end.
    pub from: Value,
    /// The larger end, as written.
    pub to: Value,
    /// Whether it runs downward.
    pub is_reverse: bool,
    /// Whether the last item is left out.
    pub is_exclusive: bool,
    items: Items,
}

enum Items {
    /// The first item and how many there are.
    Ints(i64, usize),
    /// All others are few.
    Values(Vec<Value>),
}

impl Range {
    /// The range from one value to another.
    ///
    /// # Errors
    /// `IllegalArgumentException` when there is no way from one to the other.
    pub fn new(machine: &mut Machine<'_>, from: &Value, to: &Value, is_exclusive: bool) -> Outcome<Self> {
        if let (Value::Int(first), Value::Int(last)) = (from, to) {
            return Ok(Self::of_ints(*first, *last, is_exclusive));
        }
        if from.is_null() || to.is_null() {
            return Err(Thrown::new(
                "java.lang.IllegalArgumentException",
                "Must specify a non-null value for the 'from' index in a Range",
            ));
        }
        let is_reverse = machine.compare(from, to)?.is_gt();
        let mut values = Vec::new();
        let (low, high) = if is_reverse { (to, from) } else { (from, to) };
        if let (Some(a), Some(b)) = (text::of(from), text::of(to))
            && text::length(&a) != text::length(&b)
        {
            return Err(Thrown::new(
                "java.lang.IllegalArgumentException",
                "Incompatible Strings for Range: different length",
            ));
        }
        let mut value = low.clone();
        while machine.compare(&value, high)?.is_le() {
            machine.step()?;
            values.push(value.clone());
            if values.len() > 10_000_000 {
                return Err(Thrown::new("java.lang.OutOfMemoryError", "Java heap space"));
            }
            value = increment(machine, &value, 1)?;
        }
        if is_reverse {
            values.reverse();
        }
        if is_exclusive {
            values.pop();
        }
        Ok(Self { from: low.clone(), to: high.clone(), is_reverse, is_exclusive, items: Items::Values(values) })
    }

    /// A range of numbers of the type `int`.
    #[must_use]
    pub fn of_ints(first: i32, last: i32, is_exclusive: bool) -> Self {
        let is_reverse = first > last;
        let count = (i64::from(last) - i64::from(first)).unsigned_abs() as usize + usize::from(!is_exclusive);
        let (low, high) = if is_reverse { (last, first) } else { (first, last) };
        Self {
            from: Value::Int(low + i32::from(is_exclusive && is_reverse && low < high)),
            to: Value::Int(high - i32::from(is_exclusive && !is_reverse && low < high)),
            is_reverse,
            is_exclusive,
            items: Items::Ints(i64::from(first), count),
        }
    }

    /// Whether all its items are of the type `int`.
    #[must_use]
    pub fn is_of_ints(&self) -> bool {
        matches!(self.items, Items::Ints(..))
    }

    /// The ends as written, for slices: the first, and the last if it is not left out.
    #[must_use]
    pub fn ends(&self) -> (i64, i64) {
        match &self.items {
            Items::Ints(first, count) => {
                let step = if self.is_reverse { -1 } else { 1 };
                let last = *count as i64 - i64::from(!self.is_exclusive);
                (*first, *first + step * last)
            }
            Items::Values(values) => {
                let end = |value: Option<&Value>| value.and_then(Value::to_i64).unwrap_or_default();
                (end(values.first()), end(values.last()))
            }
        }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.items {
            Items::Ints(_, count) => *count,
            Items::Values(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Value> {
        match &self.items {
            Items::Ints(first, count) if at < *count => {
                let offset = at as i64;
                Some(Value::Int((first + if self.is_reverse { -offset } else { offset }) as i32))
            }
            Items::Ints(..) => None,
            Items::Values(values) => values.get(at).cloned(),
        }
    }

    /// All items.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        (0..self.len().min(1 << 24)).filter_map(|at| self.get(at)).collect()
    }
}

/// The value that many steps on: Groovy's `next()` and `previous()`.
///
/// # Errors
/// `MissingMethodException` for what cannot be counted, and what its own method throws.
pub fn increment(machine: &mut Machine<'_>, value: &Value, by: i32) -> Outcome {
    Ok(match value {
        Value::Int(number) => Value::Int(number.wrapping_add(by)),
        Value::Long(number) => Value::Long(number.wrapping_add(i64::from(by))),
        Value::Short(number) => Value::Short(number.wrapping_add(by as i16)),
        Value::Byte(number) => Value::Byte(number.wrapping_add(by as i8)),
        Value::Double(number) => Value::Double(number + f64::from(by)),
        Value::Float(number) => Value::Double(f64::from(*number) + f64::from(by)),
        Value::Decimal(number) => number.add(&Decimal::from(i64::from(by))).into(),
        Value::BigInteger(number) => (&**number + by).into(),
        Value::Char(unit) => Value::Char(unit.wrapping_add(by as u16)),
        Value::Str(text) => text::next(text, by).into(),
        other => return machine.invoke(other, if by < 0 { "previous" } else { "next" }, &[]),
    })
}
