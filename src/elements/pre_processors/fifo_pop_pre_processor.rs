//! Inter-Thread Communication `PreProcessor` of the plugin `jpgc-fifo`: takes a value out of a queue, waiting for one.

use std::time::Duration;

use super::{PreProcessor, Waiting};
use crate::elements::fifo::Fifos;
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new(
    "kg.apc.jmeter.modifiers.FifoPopPreProcessor",
    "Inter-Thread Communication PreProcessor",
    |fields| {
        let seconds = fields.loading.run.properties.integer("kg.apc.jmeter.functions.FifoTimeout", i64::MAX);
        Element::pre_processor(FifoPopPreProcessor {
            fifo_name: fields.text("FifoName", ""),
            variable: fields.text("Variable", ""),
            timeout: fields.text("Timeout", &seconds.to_string()),
        })
    },
);

struct FifoPopPreProcessor {
    fifo_name: Prop<String>,
    variable: Prop<String>,
    timeout: Prop<String>,
}

impl PreProcessor for FifoPopPreProcessor {
    fn process(&self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }

    fn wait<'a>(&'a self, vu: &'a mut VirtualUser) -> Option<Waiting<'a>> {
        Some(Box::pin(self.pop(vu)))
    }
}

impl FifoPopPreProcessor {
    async fn pop(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let timeout = self.timeout.text(vu)?;
        let wait = match timeout.as_ref() {
            "" => None,
            text => {
                let seconds = java::parse_long(text).ok_or_else(|| Fault::number_format(text))?;
                // Longer than a century is for ever.
                u32::try_from(seconds.max(0)).ok().map(|seconds| Duration::from_secs(seconds.into()))
            }
        };
        let fifo = vu.run.shared::<Fifos>().named(&self.fifo_name.text(vu)?);
        let popped = vu.interruptible(fifo.take(wait)).await;
        let variable = self.variable.text(vu)?;
        match popped {
            Ok(Some(value)) => vu.variables.put(&variable, value),
            Ok(None) => drop(vu.variables.remove(&variable)),
            Err(_) => vu.variables.put(&variable, "INTERRUPTED"),
        }
        Ok(())
    }
}
