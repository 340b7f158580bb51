//! From names to addresses.
//!
//! Answers are kept as Java keeps them (`networkaddress.cache.ttl`, `networkaddress.cache.negative.ttl`): good ones for
//! 30 seconds, bad ones for 10. Users who ask for the same name at the same time wait for one look-up.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rustc_hash::FxBuildHasher;
use tokio::time::Instant;

use super::LookupError;

mod dns;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_secs(30);
/// How long it is kept that there is no answer.
const FAILURE_KEPT: Duration = Duration::from_secs(10);

/// Finds the addresses of hosts: in its own table, else from the system or from given DNS servers.
#[derive(Debug)]
pub struct Resolver {
    hosts: HashMap<Arc<str>, Vec<String>, FxBuildHasher>,
    servers: Vec<SocketAddr>,
    kept: Duration,
    cache: Mutex<HashMap<Arc<str>, Slot, FxBuildHasher>>,
}

/// What is known of a name. Whoever looks it up holds the lock.
type Slot = Arc<tokio::sync::Mutex<Option<Answer>>>;

#[derive(Debug, Clone)]
struct Answer {
    until: Instant,
    addresses: Result<Arc<[IpAddr]>, Arc<str>>,
}

impl Default for Resolver {
    /// Asks the system.
    fn default() -> Self {
        Self { hosts: HashMap::default(), servers: Vec::new(), kept: KEPT, cache: Mutex::default() }
    }
}

impl Resolver {
    /// Asks DNS servers instead of the system.
    #[must_use]
    pub fn with_servers(self, servers: Vec<SocketAddr>) -> Self {
        Self { servers, ..self }
    }

    /// Knows a host by itself. Each address may also be a name, which is then looked up, and left out if nobody knows it; none at
    /// all is an answer, too. Hosts that differ from it in case only have none.
    #[must_use]
    pub fn with_host(mut self, name: impl Into<Arc<str>>, addresses: Vec<String>) -> Self {
        self.hosts.insert(name.into(), addresses);
        self
    }

    /// Keeps good answers for that time instead of 30 seconds.
    #[must_use]
    pub fn with_time_to_live(self, kept: Duration) -> Self {
        Self { kept, ..self }
    }

    /// Forgets all answers.
    pub fn clear(&self) {
        *self.cache.lock() = HashMap::default();
    }

    /// Whether it knows the host by itself.
    pub fn knows(&self, host: &Arc<str>) -> bool {
        self.hosts.contains_key(host)
    }

    /// The addresses of a host, IPv4 before IPv6 as Java orders them.
    ///
    /// # Errors
    /// If nobody knows the host.
    pub async fn addresses(&self, host: &Arc<str>) -> Result<Arc<[IpAddr]>, LookupError> {
        let Some(names) = self.hosts.get(host) else {
            if let Some(address) = literal(host) {
                return Ok(Arc::new([address]));
            }
            let differs_in_case = self.hosts.keys().any(|known| known.eq_ignore_ascii_case(host));
            return if differs_in_case { Ok(Arc::new([])) } else { self.look_up(host).await };
        };
        let mut addresses = Vec::new();
        for name in names {
            match literal(name) {
                Some(address) => addresses.push(address),
                None => match self.look_up(&Arc::from(name.as_str())).await {
                    Ok(found) => addresses.extend_from_slice(&found),
                    Err(error) => log::warn!("no static address for {host}: {error}"),
                },
            }
        }
        Ok(addresses.into())
    }

    /// The addresses of a name that is not in the own table.
    async fn look_up(&self, host: &Arc<str>) -> Result<Arc<[IpAddr]>, LookupError> {
        let slot = self.cache.lock().entry(host.clone()).or_default().clone();
        let mut answer = slot.lock().await;
        let now = Instant::now();
        let fail = |reason: &Arc<str>, is_remembered| LookupError {
            host: host.clone(),
            reason: reason.clone(),
            is_remembered,
            by_servers: !self.servers.is_empty(),
        };
        if let Some(known) = answer.as_ref().filter(|known| now < known.until) {
            return known.addresses.clone().map_err(|reason| fail(&reason, true));
        }
        let found = if self.servers.is_empty() { ask_system(host).await } else { dns::ask(&self.servers, host).await };
        let addresses = found.map(in_order).map_err(|error| Arc::from(reason(&error)));
        let kept = if addresses.is_ok() { self.kept } else { FAILURE_KEPT };
        *answer = Some(Answer { until: Instant::now() + kept, addresses: addresses.clone() });
        addresses.map_err(|reason| fail(&reason, false))
    }
}

/// The address that a host's name is; IPv6 may have brackets.
fn literal(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(host).parse().ok()
}

async fn ask_system(host: &str) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect())
}

/// The system's order, but IPv4 first, and none twice.
fn in_order(addresses: Vec<IpAddr>) -> Arc<[IpAddr]> {
    let mut ordered: Vec<IpAddr> = Vec::with_capacity(addresses.len());
    for address in addresses {
        if !ordered.contains(&address) {
            ordered.push(address);
        }
    }
    ordered.sort_by_key(IpAddr::is_ipv6);
    ordered.into()
}

/// What the system said, without the standard library's introduction.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.strip_prefix("failed to lookup address information: ").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests;
