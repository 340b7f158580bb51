//! Who is logged in.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

/// Every user has the same password.
const PASSWORD: &str = "secret";

/// Tokens and the users that they belong to.
#[derive(Default)]
pub(super) struct Sessions {
    users: Mutex<FxHashMap<String, String>>,
    tokens: AtomicU64,
}

impl Sessions {
    /// A new token, if the password is right.
    pub(super) fn log_in(&self, user: &str, password: &str) -> Option<String> {
        if user.is_empty() || password != PASSWORD {
            return None;
        }
        let token = format!("token-{:08x}", self.tokens.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b1));
        self.users.lock().insert(token.clone(), user.to_owned());
        Some(token)
    }

    /// Whose token it is.
    pub(super) fn user(&self, token: &str) -> Option<String> {
        self.users.lock().get(token).cloned()
    }

    /// Makes a token worthless.
    pub(super) fn log_out(&self, token: &str) -> bool {
        self.users.lock().remove(token).is_some()
    }
}
