//! jp@gc - Ultimate Thread Group: rows of users, each with its delay, startup, hold and shutdown time.
//!
//! The first user of a row starts last, at the end of the startup time, and ends last
//! (`UltimateThreadGroup.scheduleThread`). The property `threads_schedule` takes the place of the table.

use std::sync::Arc;
use std::time::Duration;

use super::load_property::chunks;
use super::thread_group::main_loop;
use super::{GroupStart, Lifetime, Schedule, ThreadGroup};
use crate::elements::controllers::{Controller, LoopController};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, OnSampleError, Prop, StoppedBy, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.threads.UltimateThreadGroup", "jp@gc - Ultimate Thread Group", load);

/// The property that replaces the table; the table's name in older plans.
const PROPERTY: &str = "threads_schedule";
const LOG: &str = "k.a.j.t.UltimateThreadGroup";

struct UltimateThreadGroup {
    main_loop: Arc<LoopController>,
    on_sample_error: Prop<String>,
    rows: Vec<Vec<Prop<String>>>,
}

fn load(fields: &Fields<'_>) -> Element {
    fields.skip(&["ThreadGroup.same_user_on_next_iteration", "ThreadGroup.num_threads"]);
    let older = fields.rows(PROPERTY);
    let rows = if fields.has("ultimatethreadgroupdata") || older.is_empty() {
        fields.rows("ultimatethreadgroupdata")
    } else {
        fields.warn(PROPERTY, "the table has the name of an older version: it is used all the same");
        older
    };
    Element::thread_group(UltimateThreadGroup {
        main_loop: Arc::new(main_loop(fields)),
        on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
        rows,
    })
}

impl ThreadGroup for UltimateThreadGroup {
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        let rows = self.rows(main)?;
        Schedule::check_users(rows.iter().map(|row| i64::from(row[0]).max(0)).sum())?;
        let lives = lives(&rows);
        Ok(GroupStart {
            users: u32::try_from(lives.len()).unwrap_or(u32::MAX),
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: false,
            thread_name_suffix: "",
            stopped_by: StoppedBy::Flag,
            schedule: Schedule::Lifetimes(lives),
            ramp_up: None,
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        self.main_loop.clone()
    }
}

/// Users, initial delay, startup time, hold and shutdown time, in seconds.
type Row = [i32; 5];

impl UltimateThreadGroup {
    fn rows(&self, main: &mut VirtualUser) -> Result<Vec<Row>, Fault> {
        if let Some(property) = main.run.properties.get(PROPERTY).filter(|text| !text.is_empty()) {
            return Ok(rows_of(&property));
        }
        let mut rows = Vec::with_capacity(self.rows.len());
        for cells in &self.rows {
            let mut row = Row::default();
            for (number, cell) in row.iter_mut().zip(cells) {
                *number = java::parse_int(&cell.text(main)?).unwrap_or(0);
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

/// The rows of the property.
fn rows_of(property: &str) -> Vec<Row> {
    log::info!(target: LOG, "GUI threads profile will be ignored");
    let mut rows = Vec::new();
    for chunk in chunks(property) {
        let row = || {
            let times = [chunk.seconds(1)?, chunk.seconds(2)?, chunk.seconds(3)?, chunk.seconds(4)?];
            (chunk.name == "spawn").then_some([chunk.number(0)?, times[0], times[1], times[2], times[3]])
        };
        match row() {
            Some(row) => rows.push(row),
            None => log::warn!(target: LOG, "Wrong  chunk ignored: {}", chunk.text),
        }
    }
    log::info!(target: LOG, "Setting threads profile from property {PROPERTY}: {property}");
    rows
}

/// When each user of these rows lives.
fn lives(rows: &[Row]) -> Vec<Lifetime> {
    let users: i64 = rows.iter().map(|row| i64::from(row[0])).sum();
    let mut lives = Vec::new();
    for [users_of_row, delay, startup, hold, shutdown] in rows {
        // A row without users is not passed over: the next user takes its times.
        for left in ((*users_of_row).clamp(0, 1)..=*users_of_row).rev() {
            let share = |seconds: i32| match f64::from(left) / f64::from(*users_of_row) {
                share if share.is_nan() => 0,
                share => (1000.0 * f64::from(seconds) * share).floor() as i64,
            };
            let start = 1000 * i64::from(*delay) + share(*startup);
            let end = 1000 * (i64::from(*delay) + i64::from(*startup) + i64::from(*hold)) + share(*shutdown);
            lives.push(Lifetime { start: millis(start), end: Some(millis(end)) });
        }
    }
    lives.truncate(usize::try_from(users).unwrap_or(0));
    lives
}

fn millis(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_user_of_a_row_starts_last() {
        let check = |rows: &[Row], expected: &[(u128, u128)]| {
            let lives = lives(rows).into_iter();
            let lives = lives.map(|life| (life.start.as_millis(), life.end.unwrap().as_millis()));
            assert_eq!(lives.collect::<Vec<_>>(), expected, "{rows:?}");
        };
        check(&[[2, 0, 1, 1, 1]], &[(1000, 3000), (500, 2500)]);
        check(&[[3, 1, 2, 1, 0]], &[(3000, 4000), (2333, 4000), (1666, 4000)]);
        check(&[[1, 0, 0, 5, 0], [2, 5, 0, 1, 2]], &[(0, 5000), (5000, 8000), (5000, 7000)]);
        check(&[[0, 0, 0, 5, 0], [1, 0, 0, 1, 0]], &[(0, 5000)]);
        check(&[], &[]);
        check(&[[-3, 0, 0, 1, 0]], &[]);
    }

    #[test]
    fn a_property_replaces_the_table() {
        assert_eq!(rows_of("spawn(2,0s,1s,1m,0s) spawn(1,1,0,1,1) nonsense(1)"), [[2, 0, 1, 60, 0], [1, 1, 0, 1, 1]]);
    }
}
