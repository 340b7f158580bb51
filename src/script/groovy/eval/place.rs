//! Assignments.

use std::sync::Arc;

use super::super::ast::{Access, Expr, Operator, Place, Slot};
use super::super::cast::Target;
use super::super::truth;
use super::{Run, binary, get_at, get_property, put_at, set_property};
use crate::script::beanshell;
use crate::script::class::Dialect;
use crate::script::collection::increment;
use crate::script::machine::{Outcome, null_pointer};
use crate::script::value::Value;

/// A place whose object and index are known, so that they are worked out only once.
enum Reached {
    Local(Slot, Target),
    Name(Arc<str>),
    Property(Value, Arc<str>, Access),
    Index(Value, Value),
}

impl Run<'_, '_> {
    /// `place = value`
    pub(super) fn assign(&mut self, place: &Place, value: &Expr) -> Outcome {
        match place {
            Place::Local(slot, target) => {
                let value = self.eval(value)?;
                let value = if target.is_anything() { value } else { target.cast(self.machine, value)? };
                self.set_local(*slot, value.clone());
                Ok(value)
            }
            Place::Name(name) => {
                let value = self.eval(value)?;
                self.set_name(name, value.clone())?;
                Ok(value)
            }
            Place::Many(places) => {
                let value = self.eval(value)?;
                let items = super::super::iterate::items(self.machine, &value)?;
                for (at, place) in places.iter().enumerate() {
                    let target = self.reach(place)?;
                    self.store(&target, items.get(at).cloned().unwrap_or_default())?;
                }
                Ok(value)
            }
            place => {
                let target = self.reach(place)?;
                let value = self.eval(value)?;
                self.store(&target, value.clone())?;
                Ok(value)
            }
        }
    }

    fn reach(&mut self, place: &Place) -> Outcome<Reached> {
        Ok(match place {
            Place::Local(slot, target) => Reached::Local(*slot, target.clone()),
            Place::Name(name) => Reached::Name(name.clone()),
            Place::Property(object, name, access) => {
                let object = self.eval(object)?;
                let name = self.member_name(name)?;
                Reached::Property(object, name, *access)
            }
            Place::Index(object, items) => {
                let object = self.eval(object)?;
                Reached::Index(object, self.index(items)?)
            }
            Place::Many(_) => return Err(null_pointer("several places at once")),
        })
    }

    fn load(&mut self, target: &Reached) -> Outcome {
        match target {
            Reached::Local(slot, _) => Ok(self.local(*slot)),
            Reached::Name(name) => self.name(name),
            Reached::Property(object, name, _) => get_property(self.machine, object, name),
            Reached::Index(object, index) => get_at(self.machine, object, index),
        }
    }

    fn store(&mut self, target: &Reached, value: Value) -> Outcome<()> {
        match target {
            Reached::Local(slot, target) => {
                let value = if target.is_anything() { value } else { target.cast(self.machine, value)? };
                self.set_local(*slot, value);
                Ok(())
            }
            Reached::Name(name) => self.set_name(name, value),
            Reached::Property(object, _, Access::Safe) if object.is_null() => Ok(()),
            Reached::Property(object, name, access) => {
                if object.is_same(self.this) || *access == Access::Field {
                    // Code of the class reaches its fields directly.
                    if super::super::instance::set_field(self.machine, object, name, value.clone())? {
                        return Ok(());
                    }
                }
                set_property(self.machine, object, name, value)
            }
            Reached::Index(object, index) => put_at(self.machine, object, index, value),
        }
    }

    /// `place += value`
    pub(super) fn update(&mut self, place: &Place, operator: Operator, value: &Expr) -> Outcome {
        if let Place::Local(slot, target) = place
            && target.is_anything()
        {
            let left = self.local(*slot);
            let right = self.eval(value)?;
            let result = self.operate(operator, &left, &right)?;
            self.set_local(*slot, result.clone());
            return Ok(result);
        }
        let target = self.reach(place)?;
        let left = self.load(&target)?;
        let right = self.eval(value)?;
        let result = self.operate(operator, &left, &right)?;
        self.store(&target, result.clone())?;
        match target {
            Reached::Local(slot, _) => Ok(self.local(slot)),
            _ => Ok(result),
        }
    }

    fn operate(&mut self, operator: Operator, left: &Value, right: &Value) -> Outcome {
        match self.machine.dialect {
            Dialect::BeanShell => beanshell::binary(self.machine, operator, left, right),
            _ => binary(self.machine, operator, left, right),
        }
    }

    /// `place ?= value`
    pub(super) fn assign_if_false(&mut self, place: &Place, value: &Expr) -> Outcome {
        let target = self.reach(place)?;
        let old = self.load(&target)?;
        if truth::of(self.machine, &old)? {
            return Ok(old);
        }
        let value = self.eval(value)?;
        self.store(&target, value.clone())?;
        Ok(value)
    }

    /// `place++`, `--place`
    pub(super) fn step(&mut self, place: &Place, by: i32, gives_old: bool) -> Outcome {
        if let Place::Local(slot, _) = place
            && self.machine.dialect != Dialect::BeanShell
            && let Value::Int(number) = &mut self.machine.slots[self.base + *slot as usize]
        {
            let old = *number;
            *number = old.wrapping_add(by);
            return Ok(Value::Int(if gives_old { old } else { *number }));
        }
        let target = self.reach(place)?;
        let old = self.load(&target)?;
        if old.is_null() {
            let method = if by > 0 { "next" } else { "previous" };
            return Err(null_pointer(format!("Cannot invoke method {method}() on null object")));
        }
        let new = increment(self.machine, &old, by)?;
        self.store(&target, new.clone())?;
        Ok(if gives_old { old } else { new })
    }

    /// `def (a, b) = value`
    pub(super) fn declare_many(&mut self, slots: &[(Slot, Target)], value: &Expr) -> Outcome {
        let value = self.eval(value)?;
        for (at, (slot, target)) in slots.iter().enumerate() {
            let item = match &value {
                Value::List(list) => list.get(at).unwrap_or_default(),
                Value::Null => return Err(null_pointer("Cannot invoke method getAt() on null object")),
                other => get_at(self.machine, other, &Value::Int(at as i32))?,
            };
            let item = if target.is_anything() { item } else { target.cast(self.machine, item)? };
            self.declare(*slot, item);
        }
        Ok(value)
    }
}
