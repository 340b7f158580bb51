//! JSR223 Timer: a script says how long to wait.

use std::sync::Arc;

use super::{Delay, Timer};
use crate::elements::scripts::Jsr223;
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, VirtualUser};
use crate::scripting;

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223Timer", "JSR223 Timer", |fields| {
    let script = Jsr223::load(fields, "org.apache.jmeter.timers.JSR223Timer");
    let hooks = script.hooks();
    Element::timer(Jsr223Timer(script)).with_hooks(hooks)
});

const LOG: &str = "o.a.j.t.JSR223Timer";

struct Jsr223Timer(Arc<Jsr223>);

impl Timer for Jsr223Timer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let Some(run) = self.0.run_or_log(LOG, Vec::new(), vu)? else { return Ok(Delay::Millis(0)) };
        let text = scripting::text(&run.script, &run.value, vu).unwrap_or_default();
        let Some(text) = text else {
            log::warn!(target: LOG, "Script did not return a value");
            return Ok(Delay::Millis(0));
        };
        let millis = java::parse_long(&text).unwrap_or_else(|| {
            let name = self.0.name(vu).unwrap_or_default();
            log::error!(
                target: LOG,
                "Problem in JSR223 script, {name} java.lang.NumberFormatException: For input string: \"{text}\""
            );
            0
        });
        Ok(Delay::Millis(millis))
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
