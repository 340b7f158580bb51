//! jp@gc - Throughput Shaping Timer: samples per second that follow a table, for all users in its scope together.
//!
//! The property `NAME.load_profile` or `load_profile` takes the place of the table.

use std::sync::Arc;
use std::sync::OnceLock;

use super::shaper::{Row, Shaper};
use super::{Delay, Timer};
use crate::elements::thread_groups::load_property::{Chunk, chunks};
use crate::elements::{Element, ElementType, Hooks};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, Run, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.timers.VariableThroughputTimer", "jp@gc - Throughput Shaping Timer", load);

const PROPERTY: &str = "load_profile";

struct VariableThroughputTimer {
    name: Label,
    /// Start rate, end rate, seconds.
    rows: Vec<Vec<Prop<String>>>,
    /// The rows, where they never change.
    fixed: OnceLock<Arc<[Row]>>,
    shaper: Arc<Shaper>,
}

fn load(fields: &Fields<'_>) -> Element {
    let rows = fields.rows(PROPERTY);
    if rows.is_empty() {
        fields.warn(PROPERTY, "the table is empty: the test ends with the first sample");
    }
    let (name, shaper) = (Label::new(fields.name()), Arc::new(Shaper::new(fields.raw_name())));
    Element::timer_with_hooks(VariableThroughputTimer { name, rows, fixed: OnceLock::new(), shaper })
}

impl Hooks for VariableThroughputTimer {
    fn test_started(&self, main: &mut VirtualUser) -> Result<(), String> {
        let name = self.name.get(main).map_err(|fault| fault.to_string())?;
        if let Some(property) = load_property(&main.run, &name) {
            let _ = self.fixed.set(rows_of(&property).into());
        } else if self.rows.iter().flatten().all(|cell| cell.as_fixed().is_some()) {
            let rows = self.read(main).map_err(|fault| fault.to_string())?;
            let _ = self.fixed.set(rows);
        }
        Ok(())
    }
}

impl Timer for VariableThroughputTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let rows = match self.fixed.get() {
            Some(rows) => rows.clone(),
            None => self.read(vu)?,
        };
        let (shaper, run, group) = (self.shaper.clone(), vu.run.clone(), vu.group.clone());
        Ok(Delay::Until(Box::pin(async move { shaper.pass(&rows, &run, &group).await })))
    }
}

impl VariableThroughputTimer {
    fn read(&self, vu: &mut VirtualUser) -> Result<Arc<[Row]>, Fault> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut cell = |column: usize| match row.get(column) {
                Some(cell) => Ok(cell.text(vu)?.into_owned()),
                None => Ok(String::new()),
            };
            let rate = |text: &str| java::parse_double(text).unwrap_or(0.0);
            let (from, to) = (rate(&cell(0)?), rate(&cell(1)?));
            rows.push(Row { from, to, seconds: java::parse_int(&cell(2)?).unwrap_or(0) });
        }
        Ok(rows.into())
    }
}

/// The property that takes the place of a timer's table, if there is one.
fn load_property(run: &Run, name: &str) -> Option<Arc<str>> {
    let set = |name: &str| run.properties.get(name).filter(|text| !text.is_empty());
    set(&format!("{name}.{PROPERTY}")).filter(|_| !name.is_empty()).or_else(|| set(PROPERTY))
}

/// The rows of such a property: `const(RATE,TIME) line(FROM,TO,TIME) step(FROM,TO,BY,TIME)`.
fn rows_of(property: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for chunk in chunks(property) {
        match rows_of_chunk(&chunk) {
            Some(more) => rows.extend(more),
            None => {
                let target = "k.a.j.t.VariableThroughputTimer";
                log::warn!(target: target, "Wrong load chunk {} will be ignored", chunk.text);
            }
        }
    }
    rows
}

fn rows_of_chunk(chunk: &Chunk<'_>) -> Option<Vec<Row>> {
    let row = |from: i32, to: i32, seconds| Row { from: from.into(), to: to.into(), seconds };
    Some(match chunk.name.as_str() {
        "const" => vec![row(chunk.number(0)?, chunk.number(0)?, chunk.seconds(1)?)],
        "line" => vec![row(chunk.number(0)?, chunk.number(1)?, chunk.seconds(2)?)],
        "step" => {
            let (from, to, by) = (chunk.number(0)?, chunk.number(1)?, chunk.number(2)?);
            let by = usize::try_from(by).ok().filter(|by| *by > 0)?;
            let seconds = chunk.seconds(3)?;
            // Steps up reach the last rate, steps down stop before it.
            let rates: Vec<i32> =
                if from > to { (to + 1..=from).rev().step_by(by).collect() } else { (from..=to).step_by(by).collect() };
            rates.into_iter().map(|rate| row(rate, rate, seconds)).collect()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_replaces_the_table() {
        let check = |property: &str, expected: &[(f64, f64, i32)]| {
            let rows = rows_of(property).into_iter().map(|row| (row.from, row.to, row.seconds));
            assert_eq!(rows.collect::<Vec<_>>(), expected, "{property}");
        };
        check("const(6,1s) line(6,12,1m)", &[(6.0, 6.0, 1), (6.0, 12.0, 60)]);
        check("step(4,8,4,1s)", &[(4.0, 4.0, 1), (8.0, 8.0, 1)]);
        check("Step(8,2,3,2)", &[(8.0, 8.0, 2), (5.0, 5.0, 2)]);
        check("odd(3) const(1) step(1,5,0,1s) const(2,2)", &[(2.0, 2.0, 2)]);
    }
}
