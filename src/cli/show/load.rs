//! The load that each thread group is going to make.

use super::quantity::{counted, duration, number};
use super::resolver::in_one_line;
use crate::elements::thread_groups::{LoadCurve, LoadUnit};
use crate::elements::{self, Role};
use crate::engine::Loaded;
use crate::model::VirtualUser;

/// The load of one thread group.
pub(super) struct GroupLoad {
    /// What JMeter's menus call the group's kind.
    pub title: &'static str,
    /// The group's name.
    pub name: String,
    /// Its load over time, or why it cannot start.
    pub curve: Result<LoadCurve, String>,
}

/// The loads of these groups. `main` evaluates properties.
pub(super) fn of_groups(groups: &[Loaded], main: &mut VirtualUser) -> Vec<GroupLoad> {
    let loads = groups.iter().filter_map(|loaded| {
        let Role::ThreadGroup(group) = &loaded.element.role else { return None };
        let name = loaded.name.get(main).map(|name| in_one_line(&name)).unwrap_or_default();
        let title = elements::of_class(loaded.class).map_or(loaded.class, |kind| kind.title);
        let curve = group.start(main).and_then(|start| start.schedule.curve(main));
        Some(GroupLoad { title, name, curve: curve.map_err(|fault| fault.to_string()) })
    });
    loads.collect()
}

/// Seconds that a chart shows of a curve; an open one a bit beyond its last change.
pub(super) fn span(curve: &LoadCurve) -> f64 {
    if curve.is_open { curve.end() * 1.15 } else { curve.end() }
}

/// A curve in words.
pub(super) fn summary(curve: &LoadCurve) -> String {
    let (peak, end) = (curve.peak(), curve.end());
    match curve.unit {
        LoadUnit::Users if peak == 0.0 => "nobody starts".to_owned(),
        LoadUnit::Arrivals if peak == 0.0 => "nobody arrives".to_owned(),
        LoadUnit::Users if curve.is_open && end == 0.0 => format!("{} at once", counted(peak, "user")),
        LoadUnit::Users if curve.is_open => {
            format!("{} within {}, until they end", counted(peak, "user"), duration(end))
        }
        LoadUnit::Users if is_flat(curve) => format!("{} for {}", counted(peak, "user"), duration(end)),
        LoadUnit::Users => format!("at most {} · {}", counted(peak, "user"), duration(end)),
        LoadUnit::Arrivals => {
            let arrivals = counted(curve.total().round(), "arrival");
            format!("at most {}/s · {} · about {arrivals}", number(peak), duration(end))
        }
    }
}

/// Whether there is more to see than a summary says.
pub(super) fn is_worth_drawing(curve: &LoadCurve) -> bool {
    curve.peak() > 0.0 && curve.end() > 0.0 && !is_flat(curve)
}

/// Whether the load is the same from the start to the end.
fn is_flat(curve: &LoadCurve) -> bool {
    curve.total() >= curve.peak() * curve.end() * 0.999
}
