//! The one source of time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// The wall clock, read once, and the monotonic clock ever after: times of one run never jump, and stand still or
/// leap in tests whose runtime is paused.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    anchor: Instant,
    /// Microseconds since 1970 at the anchor.
    wall: i64,
}

impl Clock {
    /// A clock that starts now.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "this is where the wall clock is read")]
    pub fn start() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
        Self { anchor: Instant::now(), wall: i64::try_from(wall).unwrap_or(i64::MAX) }
    }

    /// Milliseconds since 1970, as results are stamped.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.at(Instant::now())
    }

    /// Milliseconds since 1970 at that instant.
    #[must_use]
    pub fn at(&self, instant: Instant) -> i64 {
        let micros = match instant.checked_duration_since(self.anchor) {
            Some(since) => self.wall.saturating_add(i64::try_from(since.as_micros()).unwrap_or(i64::MAX)),
            None => {
                let before = self.anchor.duration_since(instant).as_micros();
                self.wall.saturating_sub(i64::try_from(before).unwrap_or(i64::MAX))
            }
        };
        micros.div_euclid(1000)
    }

    /// The instant of that many milliseconds since 1970; now, if that is past.
    #[must_use]
    pub fn instant(&self, millis: i64) -> Instant {
        let since = millis.saturating_mul(1000).saturating_sub(self.wall);
        self.anchor + Duration::from_micros(u64::try_from(since).unwrap_or(0))
    }

    /// When the clock was started.
    #[must_use]
    pub fn started(&self) -> Instant {
        self.anchor
    }
}
