//! Generate Summary Results: summary lines for its scope, under its own name.

use crate::elements::{Element, ElementType};
use crate::model::Fields;
use crate::results::{Consumers, Sink};

use super::Listener;

pub(super) const ELEMENT: ElementType = ElementType::new("Summariser", "Generate Summary Results", load);

struct Summariser {
    name: String,
}

fn load(fields: &Fields<'_>) -> Element {
    let name = fields.name();
    let name = name.text(&mut fields.loading.main.borrow_mut()).map(std::borrow::Cow::into_owned);
    Element::listener(Summariser { name: name.unwrap_or_else(|_| fields.raw_name().to_owned()) })
}

impl Listener for Summariser {
    fn sink(&self, consumers: &mut Consumers) -> Result<Option<Box<dyn Sink>>, String> {
        Ok(Some(consumers.summaries.sink(&self.name)))
    }
}
