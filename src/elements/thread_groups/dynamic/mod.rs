//! What the thread groups of `BlazeMeter` have in common: a target that their properties steer while the test runs, a
//! controller that asks the group before each iteration, and a log of starts and ends.

mod levels;
mod load_log;
mod rolling_timetable;
mod user_pool;
mod virtual_user_controller;

pub use levels::{Level, Levels};
pub use load_log::LoadLog;
pub use user_pool::UserPool;

pub(super) use levels::unit_factor;
pub(super) use rolling_timetable::{Rates, RollingTimetable};
pub(super) use virtual_user_controller::{Supply, VirtualUserController};
