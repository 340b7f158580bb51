//! What `${}` stands for before the test runs.

use std::cell::RefCell;

use crate::functions::FUNCTIONS;
use crate::model::{FunctionTable, Template, VirtualUser};

/// Functions whose values are known before the test runs, and that change nothing. All others stay as they are written.
const KNOWN: &[&str] =
    &["__P", "__property", "__V", "__env", "__TestPlanName", "__intSum", "__longSum", "__doubleSum", "__isPropDefined"];

/// Puts in what is known: properties and the variables that users start with.
pub(super) struct Resolver {
    main: RefCell<VirtualUser>,
    functions: FunctionTable,
}

impl Resolver {
    /// A resolver with the variables of JMeter's main thread.
    pub(super) fn new(main: VirtualUser) -> Self {
        let known = FUNCTIONS.iter().copied().filter(|function| KNOWN.contains(&function.name));
        Self { main: RefCell::new(main), functions: FunctionTable::of(&known.collect::<Vec<_>>()) }
    }

    /// The text with what is known; what is not stays as it is written. In one line.
    pub(super) fn now(&self, text: &str) -> String {
        let main = &mut self.main.borrow_mut();
        let template = Template::parse(text, &self.functions, main, &mut Vec::new());
        let known = template.ok().and_then(|template| Some(template.eval(main).ok()?.into_owned()));
        in_one_line(known.as_deref().unwrap_or(text))
    }
}

/// The text without line breaks, and without anything else that would move the cursor.
pub(super) fn in_one_line(text: &str) -> String {
    let clean: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
