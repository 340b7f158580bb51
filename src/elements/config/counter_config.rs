//! Counter: a variable that counts the turns of the controller around it.

use parking_lot::Mutex;

use crate::elements::{Element, ElementType, Hooks};
use crate::functions::decimal_format::DecimalFormat;
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("CounterConfig", "Counter", load);

struct CounterConfig {
    start: Prop<i64>,
    incr: Prop<i64>,
    end: Prop<String>,
    format: Prop<String>,
    per_user: Prop<bool>,
    name: Prop<String>,
    reset_on_tg_iteration: Prop<bool>,
    /// The next number for all users; `None` before the first.
    global: Mutex<Option<i64>>,
    own: Local<Own>,
}

/// One user's count.
#[derive(Default)]
struct Own {
    next: Option<i64>,
    iteration: Option<u32>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::config_with_hooks(CounterConfig {
        start: fields.prop("CounterConfig.start", 0),
        incr: fields.prop("CounterConfig.incr", 0),
        end: fields.text("CounterConfig.end", ""),
        format: fields.text("CounterConfig.format", ""),
        per_user: fields.prop("CounterConfig.per_user", false),
        name: fields.text("CounterConfig.name", ""),
        reset_on_tg_iteration: fields.prop("CounterConfig.reset_on_tg_iteration", false),
        global: Mutex::default(),
        own: fields.local(),
    })
}

impl Hooks for CounterConfig {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let (start, end, increment) = (self.start.get(vu)?, self.end(vu)?, self.incr.get(vu)?);
        let number = if self.per_user.get(vu)? {
            self.count_own(start, end, increment, vu)?
        } else {
            let mut global = self.global.lock();
            let number = global.filter(|next| *next != i64::MIN && *next <= end).unwrap_or(start);
            *global = Some(number.wrapping_add(increment));
            number
        };
        let text = formatted(number, &self.format.text(vu)?, "o.a.j.m.CounterConfig");
        let name = self.name.text(vu)?;
        vu.variables.put(&name, text);
        Ok(())
    }
}

impl CounterConfig {
    fn end(&self, vu: &mut VirtualUser) -> Result<i64, Fault> {
        let text = self.end.text(vu)?;
        Ok(if text.is_empty() { i64::MAX } else { crate::java::parse_long(&text).unwrap_or(0) })
    }

    fn count_own(&self, start: i64, end: i64, increment: i64, vu: &mut VirtualUser) -> Result<i64, Fault> {
        let resets = self.reset_on_tg_iteration.get(vu)?;
        let iteration = vu.iteration;
        let own = vu.local(&self.own);
        let mut number = own.next.unwrap_or(start);
        if resets && own.iteration.replace(iteration).unwrap_or(1) != iteration {
            number = start;
        }
        let next = number.wrapping_add(increment);
        own.next = Some(if next > end { start } else { next });
        Ok(number)
    }
}

/// A number in that format; as it is, if there is none or it is malformed.
pub(super) fn formatted(number: i64, format: &str, target: &str) -> String {
    if format.is_empty() {
        return number.to_string();
    }
    match DecimalFormat::new(format) {
        Ok(format) => format.format(number),
        Err(_) => {
            log::warn!(target: target, "Error formatting {number} at format {format}, using default");
            number.to_string()
        }
    }
}
