//! Pings at regular intervals, and the time their pongs may take.

use std::time::Duration;

use tokio::time::Instant;

/// How a connection is kept alive and watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeepAlive {
    /// A ping is sent this often.
    pub interval: Duration,
    /// Its pong must come within this time.
    pub timeout: Duration,
}

/// What is to be done when a ping's time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Send a ping with this payload.
    Ping([u8; 8]),
    /// Give up: the last one was not answered.
    Unanswered,
}

/// Where the pings of one connection are.
#[derive(Debug)]
pub struct Heartbeat {
    rules: KeepAlive,
    count: u64,
    /// When the next ping is sent, or the last one is given up.
    at: Instant,
    /// Whether the last ping waits for its pong.
    waits: bool,
}

impl Heartbeat {
    /// The first ping is due after one interval.
    #[must_use]
    pub fn new(rules: KeepAlive) -> Self {
        Self { rules, count: 0, at: Instant::now() + rules.interval, waits: false }
    }

    /// When [`Self::due`] is to be called.
    #[must_use]
    pub fn at(&self) -> Instant {
        self.at
    }

    /// Tells what is to be done now that the time has come.
    pub fn due(&mut self) -> Due {
        if self.waits {
            return Due::Unanswered;
        }
        self.waits = true;
        self.count += 1;
        self.at = Instant::now() + self.rules.timeout;
        Due::Ping(self.count.to_be_bytes())
    }

    /// Takes note of a pong, and says whether it is the one for the last ping: only that counts.
    pub fn pong(&mut self, payload: &[u8]) -> bool {
        let is_awaited = self.waits && payload == self.count.to_be_bytes();
        if is_awaited {
            self.waits = false;
            self.at = Instant::now() + self.rules.interval;
        }
        is_awaited
    }
}
