//! As many users as wanted: looks every second, and whenever one has ended, and starts as many as are missing.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::Instant;

use super::launch::{Launch, NewUser};
use crate::elements::thread_groups::{Level, Levels};
use crate::engine::pace;
use crate::model::{Fault, GroupRun, Properties, VirtualUser};

const LOG: &str = "c.b.j.t.c.ConcurrencyThreadStarter";
/// How often to look while there are users.
const LOOK: Duration = Duration::from_secs(1);
/// Users that end at once are not replaced faster than that.
const BREATH: Duration = Duration::from_millis(1);

/// Keeps as many users as the levels want, and closes the group at their end. `starter` evaluates properties.
///
/// # Errors
/// When a property cannot be evaluated.
pub(super) async fn carry_out(
    levels: &Levels,
    begin: Instant,
    group: &GroupRun,
    launcher: &impl Launch,
    starter: &mut VirtualUser,
) -> Result<(), Fault> {
    log::info!(target: LOG, "Start supplying threads");
    if levels.target(starter)? <= 0 {
        log::info!(target: LOG, "ThreadStarter will finish, because target concurrency less than 0.");
        group.close();
        return Ok(());
    }
    let settings = Settings::of(&starter.run.properties);
    let mut number = 0;
    let (mut level, mut read) = (levels.read(starter)?, Instant::now());
    while !group.is_closed() {
        let now = Instant::now();
        if !settings.validity.is_zero() && now - read > settings.validity {
            (level, read) = (levels.read(starter)?, now);
        }
        let Some(wanted) = settings.wanted(level, now - begin) else { break };
        while group.alive.load(Ordering::SeqCst) < wanted {
            launcher.launch(NewUser { number, end: None, due: None });
            number += 1;
        }
        let alive = group.alive.load(Ordering::SeqCst);
        let look = now + if alive == 0 { settings.idle } else { LOOK };
        tokio::select! {
            () = pace::sleep_until(look) => {}
            () = group.until(|group| group.is_closed() || group.alive.load(Ordering::SeqCst) < alive) => {
                pace::sleep_until(now + BREATH).await;
            }
        }
    }
    log::info!(target: LOG, "Done supplying threads");
    group.close();
    Ok(())
}

/// Properties of the plugin.
struct Settings {
    /// `dynamic_tg.temporisation`: how often to look while there are no users.
    idle: Duration,
    /// `dynamic_tg.properties_caching_validity`: the group's properties are read again after that; 0 for never.
    validity: Duration,
    /// `dynamic_tg.shift_rampup_start`.
    shift: Duration,
}

impl Settings {
    fn of(properties: &Properties) -> Self {
        let number = |name, default| u64::try_from(properties.integer(name, default)).unwrap_or(0);
        Self {
            idle: Duration::from_millis(number("dynamic_tg.temporisation", 10).max(1)),
            validity: Duration::from_millis(number("dynamic_tg.properties_caching_validity", 20)),
            shift: Duration::from_secs(number("dynamic_tg.shift_rampup_start", 0)),
        }
    }

    fn wanted(&self, level: Level, since: Duration) -> Option<u32> {
        level.users_at(since.saturating_sub(self.shift).as_secs_f64())
    }
}
