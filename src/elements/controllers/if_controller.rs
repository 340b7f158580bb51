//! If Controller: its children, if a condition holds.
//!
//! With `useExpression` the condition holds if its text is the word `true`; otherwise the text is JavaScript, whose result must
//! be `true`. With `evaluateAll` it is asked before every child, and children that were under way start afresh once it does
//! not hold.

use std::sync::Arc;

use super::{Advance, Controller, Cursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};
use crate::script::{Bindings, Language};
use crate::scripting;

pub(super) const ELEMENT: ElementType = ElementType::new("IfController", "If Controller", |fields| {
    Element::controller(IfController {
        name: Label::new(fields.name()),
        condition: fields.text("IfController.condition", ""),
        use_expression: fields.prop("IfController.useExpression", false),
        evaluate_all: fields.prop("IfController.evaluateAll", false),
    })
});

struct IfController {
    name: Label,
    condition: Prop<String>,
    use_expression: Prop<bool>,
    evaluate_all: Prop<bool>,
}

impl Controller for IfController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(IfCursor { definition: self, place })
    }
}

impl IfController {
    fn holds(&self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let condition = self.condition.text(vu)?;
        let condition = condition.trim();
        if self.use_expression.get(vu)? {
            return Ok(condition.eq_ignore_ascii_case("true"));
        }
        let value = scripting::evaluate(Language::JavaScript, condition, &Bindings::new(), vu);
        match value.as_ref().map(|text| text.as_deref().unwrap_or("null")) {
            Ok("true") => Ok(true),
            Ok("false") => Ok(false),
            other => {
                let (name, other) = (self.name.get(vu)?, other.map_or_else(ToString::to_string, str::to_owned));
                log::error!(
                    target: "o.a.j.c.IfController",
                    "{name}: error while processing [{condition}]: expected true or false, got {other}"
                );
                Ok(false)
            }
        }
    }
}

struct IfCursor {
    definition: Arc<IfController>,
    place: Place,
}

impl Cursor for IfCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        let asks = self.place.first || (self.definition.evaluate_all.get(vu)? && !self.place.waiting);
        if !asks || self.definition.holds(vu)? {
            return generic_advance(self, vu);
        }
        self.initialize_children(vu)?;
        self.children_ended(vu)
    }

    /// Even an empty one is asked again in the next turn.
    fn is_done(&mut self, _vu: &mut VirtualUser) -> Result<bool, Fault> {
        Ok(false)
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.initialize_children(vu)?;
        self.rewind(vu);
        Ok(())
    }
}
