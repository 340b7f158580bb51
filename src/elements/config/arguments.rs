//! User Defined Variables: variables that all users start with.
//!
//! All enabled ones of a plan, wherever they stand, are evaluated once before the test starts, in the order of the tree;
//! later elements win, but of two equal names in one element the first. Values see the variables of earlier elements only.

use crate::elements::{Element, ElementType};
use crate::model::{Argument, Fields, Loading, arguments};

/// The class of the element, which the loader looks for before it loads anything else.
pub const CLASS: &str = "Arguments";

pub(super) const ELEMENT: ElementType = ElementType::new(CLASS, "User Defined Variables", |fields| {
    // Their variables were set before: see `define`.
    fields.skip_all();
    Element::nothing()
});

/// Sets the variables of a User Defined Variables element.
pub fn define(fields: &Fields<'_>) {
    let rows = fields.items("Arguments.arguments");
    let arguments: Vec<_> = rows.iter().map(Argument::load).collect();
    set(fields.loading, &arguments);
}

/// Sets the variables of the Test Plan itself.
pub fn define_for_plan(fields: &Fields<'_>) {
    let arguments = arguments(fields, "TestPlan.user_defined_variables");
    set(fields.loading, &arguments);
}

fn set(loading: &Loading, arguments: &[Argument]) {
    let mut values: Vec<(String, String)> = Vec::new();
    for argument in arguments {
        let main = &mut loading.main.borrow_mut();
        let (Ok(name), Ok(value)) = (argument.name.text(main), argument.value.text(main)) else { continue };
        if !values.iter().any(|(other, _)| *other == name) {
            values.push((name.into_owned(), value.into_owned()));
        }
    }
    for (name, value) in values {
        loading.put_start_variable(&name, value);
    }
}
