//! Users that each have their own life: each starts at its time.

use tokio::time::Instant;

use super::launch::{Launch, NewUser};
use super::wait_until;
use crate::elements::thread_groups::Lifetime;
use crate::model::GroupRun;

/// Starts each user at its time, counted from that instant.
pub(super) async fn carry_out(lives: &[Lifetime], begin: Instant, group: &GroupRun, launcher: &impl Launch) {
    let mut in_order: Vec<(u32, &Lifetime)> = (0..).zip(lives).collect();
    in_order.sort_by_key(|(_, life)| life.start);
    for (number, life) in in_order {
        if !wait_until(begin + life.start, group).await {
            return;
        }
        launcher.launch(NewUser { number, end: life.end.map(|end| begin + end), due: None });
    }
}
