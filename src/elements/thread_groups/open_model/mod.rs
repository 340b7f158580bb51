//! The schedule language of the Open Model Thread Group, and the times of arrivals that it stands for.

mod arrival_times;
mod schedule;
mod tokens;

pub(super) use arrival_times::{ArrivalTimes, OpenTimetable};
pub(super) use schedule::OpenSchedule;
