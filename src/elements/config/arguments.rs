//! User Defined Variables: variables that all users start with.
//!
//! All enabled ones of a plan, wherever they stand, are evaluated once before the test starts, in the order of the tree;
//! later elements win, but of two equal names in one element the first. Values see the variables of earlier elements only.

use crate::elements::{Element, ElementType};
use crate::model::{Argument, Fields, arguments};

/// The class of the element, which the loader looks for before it loads anything else.
pub const CLASS: &str = "Arguments";

pub(super) const ELEMENT: ElementType = ElementType::new(CLASS, "User Defined Variables", |fields| {
    // Their variables were set before: see `define`.
    fields.skip_all();
    Element::nothing()
});

/// Sets the variables of a User Defined Variables element.
pub fn define(fields: &Fields<'_>) {
    let property = "Arguments.arguments";
    let arguments: Vec<_> = fields.items(property).iter().map(Argument::load).collect();
    set(fields, property, &arguments);
}

/// Sets the variables of the Test Plan itself.
pub fn define_for_plan(fields: &Fields<'_>) {
    let property = "TestPlan.user_defined_variables";
    set(fields, property, &arguments(fields, property));
}

fn set(fields: &Fields<'_>, property: &str, arguments: &[Argument]) {
    let mut values: Vec<(String, String)> = Vec::new();
    for argument in arguments {
        let main = &mut fields.loading.main.borrow_mut();
        let texts = argument.name.text(main).and_then(|name| Ok((name, argument.value.text(main)?)));
        match texts {
            Ok((name, value)) if !values.iter().any(|(other, _)| *other == name) => {
                values.push((name.into_owned(), value.into_owned()));
            }
            Ok(_) => {}
            Err(fault) => fields.error(property, fault.to_string()),
        }
    }
    for (name, value) in values {
        fields.loading.put_start_variable(&name, value);
    }
}
