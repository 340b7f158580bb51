//! `BeanShell` Timer: a script says how long to wait.

use super::{Delay, Timer};
use crate::elements::scripts::{BeanShell, Properties};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, VirtualUser};
use crate::scripting;

pub(super) const ELEMENT: ElementType = ElementType::new("BeanShellTimer", "BeanShell Timer", |fields| {
    let properties = Properties::of_bean("beanshell.timer.init");
    Element::timer(BeanShellTimer(BeanShell::load(fields, &properties)))
});

const LOG: &str = "o.a.j.t.BeanShellTimer";

struct BeanShellTimer(BeanShell);

impl Timer for BeanShellTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let value = self.0.run_or_log(LOG, "Problem in BeanShell script ", Vec::new(), vu)?;
        let Some(text) = value.and_then(|value| scripting::plain_text(&value, vu).ok()) else {
            return Ok(Delay::Millis(0));
        };
        let millis = java::decode_long(&text).unwrap_or_else(|| {
            log::warn!(target: LOG, "Number format exception while decoding number: '{text}'");
            0
        });
        Ok(Delay::Millis(millis))
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
