//! Random Variable: a variable that gets a random number in each turn of the controller around it.
//!
//! With a seed the numbers are those of `java.util.Random`, so that they are the same as in JMeter.

use parking_lot::Mutex;

use super::counter_config::formatted;
use crate::elements::{Element, ElementType, Hooks};
use crate::java;
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("RandomVariableConfig", "Random Variable", load);

struct RandomVariableConfig {
    minimum_value: Prop<String>,
    maximum_value: Prop<String>,
    output_format: Prop<String>,
    per_thread: Prop<bool>,
    random_seed: Prop<String>,
    variable_name: Prop<String>,
    global: Mutex<Option<Numbers>>,
    own: Local<Option<Numbers>>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::config_with_hooks(RandomVariableConfig {
        minimum_value: fields.text("minimumValue", ""),
        maximum_value: fields.text("maximumValue", ""),
        output_format: fields.text("outputFormat", ""),
        per_thread: fields.prop("perThread", false),
        random_seed: fields.text("randomSeed", ""),
        variable_name: fields.text("variableName", ""),
        global: Mutex::default(),
        own: fields.local(),
    })
}

/// A source of numbers in a range.
struct Numbers {
    minimum: i64,
    /// How many numbers there are.
    range: i32,
    random: java::Random,
}

impl Numbers {
    fn next(&mut self) -> i64 {
        self.minimum.wrapping_add(i64::from(self.random.below(self.range)))
    }
}

impl Hooks for RandomVariableConfig {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let Some(number) = self.number(vu)? else { return Ok(()) };
        let text = formatted(number, &self.output_format.text(vu)?, "o.a.j.c.RandomVariableConfig");
        let name = self.variable_name.text(vu)?;
        vu.variables.put(&name, text);
        Ok(())
    }
}

impl RandomVariableConfig {
    /// The next number; `None` if the range is empty.
    fn number(&self, vu: &mut VirtualUser) -> Result<Option<i64>, Fault> {
        if self.per_thread.get(vu)? {
            if vu.local(&self.own).is_none() {
                *vu.local(&self.own) = self.numbers(vu)?;
            }
            return Ok(vu.local(&self.own).as_mut().map(Numbers::next));
        }
        if self.global.lock().is_none() {
            let numbers = self.numbers(vu)?;
            let global = &mut *self.global.lock();
            if global.is_none() {
                *global = numbers;
            }
        }
        Ok(self.global.lock().as_mut().map(Numbers::next))
    }

    fn numbers(&self, vu: &mut VirtualUser) -> Result<Option<Numbers>, Fault> {
        let (least, most) = (self.minimum_value.text(vu)?, self.maximum_value.text(vu)?);
        let number = |text: &str| java::parse_long(text).unwrap_or(0);
        let (minimum, maximum) = (number(&least), number(&most));
        if minimum > maximum {
            let target = "o.a.j.c.RandomVariableConfig";
            log::error!(target: target, "maximum({most}) must be >= minimum({least})");
            return Ok(None);
        }
        let range = maximum.checked_sub(minimum).and_then(|range| range.checked_add(1));
        let range = range.and_then(|range| i32::try_from(range).ok()).unwrap_or_else(|| {
            let target = "o.a.j.c.RandomVariableConfig";
            log::warn!(target: target, "maximum({most}) - minimum({least}) must be <= {}", i32::MAX);
            i32::MAX
        });
        let seed = self.random_seed.text(vu)?;
        let random = match java::parse_long(&seed) {
            Some(seed) => java::Random::new(seed),
            None => {
                if !seed.is_empty() {
                    log::warn!(target: "o.a.j.c.RandomVariableConfig", "Cannot parse random seed: '{seed}'");
                }
                java::Random::new((vu.random() * 2_f64.powi(62)) as i64)
            }
        };
        Ok(Some(Numbers { minimum, range, random }))
    }
}
