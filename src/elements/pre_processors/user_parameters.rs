//! User Parameters: variables with values of their own for each user.
//!
//! A user takes the list that its number in the group points to, modulo the number of lists; before every sample in scope,
//! or once in each turn of the controller around. Names without a value keep what they have.

use super::PreProcessor;
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("UserParameters", "User Parameters", load);

struct UserParameters {
    names: Vec<Prop<String>>,
    thread_values: Vec<Vec<Prop<String>>>,
    per_iteration: Prop<bool>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::pre_processor_with_hooks(UserParameters {
        names: fields.texts("UserParameters.names"),
        thread_values: fields.rows("UserParameters.thread_values"),
        per_iteration: fields.prop("UserParameters.per_iteration", false),
    })
}

impl PreProcessor for UserParameters {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if self.per_iteration.get(vu)? { Ok(()) } else { self.set(vu) }
    }
}

impl Hooks for UserParameters {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if self.per_iteration.get(vu)? { self.set(vu) } else { Ok(()) }
    }
}

impl UserParameters {
    fn set(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let users = self.thread_values.len().max(1);
        let Some(values) = self.thread_values.get(vu.thread_number as usize % users) else { return Ok(()) };
        for (name, value) in self.names.iter().zip(values) {
            let name = name.text(vu)?;
            let value = value.text(vu)?;
            vu.variables.put(&name, value.as_ref());
        }
        Ok(())
    }
}
