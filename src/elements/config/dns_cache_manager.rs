//! DNS Cache Manager: every user finds addresses by itself, and keeps what it has found.
//!
//! Static hosts count with and without own servers. One whose name differs from the request's in case only has no address at all, as in
//! `DNSCacheManager.fromStaticHost`.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use super::http_scope::Names;
use crate::elements::{Element, ElementType, Hooks, Role};
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};
use crate::protocol::http::Resolver;

pub(super) const ELEMENT: ElementType = ElementType::new("DNSCacheManager", "DNS Cache Manager", load);

const LOG: &str = "o.a.j.p.h.c.DNSCacheManager";
/// Where DNS servers listen.
const PORT: u16 = 53;
/// What is found stays found: no test lasts longer.
const FOR_EVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// A manager.
struct DnsCacheManager {
    hosts: Vec<StaticHost>,
    /// Servers to ask instead of the system; none for the system.
    servers: Vec<Prop<String>>,
    clears_each_iteration: bool,
    resolver: Local<Option<Arc<Resolver>>>,
}

/// A host whose addresses the plan has.
struct StaticHost {
    name: Prop<String>,
    /// Addresses or other names, with commas.
    address: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let hosts = fields.items("DNSCacheManager.hosts");
    let host = |row: &Fields<'_>| StaticHost {
        name: row.text("StaticHost.Name", ""),
        address: row.text("StaticHost.Address", ""),
    };
    let servers = fields.texts("DNSCacheManager.servers");
    let asks_servers = fields.flag("DNSCacheManager.isCustomResolver", false);
    let manager = Arc::new(DnsCacheManager {
        hosts: hosts.iter().map(host).collect(),
        servers: if asks_servers { servers } else { Vec::new() },
        clears_each_iteration: fields.flag("DNSCacheManager.clearEachIteration", false),
        resolver: fields.local(),
    });
    let lent: Arc<dyn Names> = manager.clone();
    Element { role: Role::Config(Arc::new(lent)), hooks: Some(manager) }
}

impl Hooks for DnsCacheManager {
    fn iteration_started(&self, vu: &mut VirtualUser) {
        if self.clears_each_iteration {
            *vu.local(&self.resolver) = None;
        }
    }
}

impl Names for DnsCacheManager {
    fn resolver(&self, vu: &mut VirtualUser) -> Option<Arc<Resolver>> {
        if vu.local(&self.resolver).is_none() {
            let made = self.make(vu).unwrap_or_else(|fault| {
                log::error!(target: LOG, "a host or server cannot be evaluated: {fault}");
                Resolver::default()
            });
            *vu.local(&self.resolver) = Some(Arc::new(made));
        }
        vu.local(&self.resolver).clone()
    }
}

impl DnsCacheManager {
    fn make(&self, vu: &mut VirtualUser) -> Result<Resolver, Fault> {
        let mut servers = Vec::with_capacity(self.servers.len());
        for server in &self.servers {
            let name = server.text(vu)?;
            match socket_address(name.trim()) {
                Some(server) => servers.push(server),
                None => log::error!(target: LOG, "Failed to create Extended resolver: {name}"),
            }
        }
        let mut resolver = Resolver::default().with_servers(servers).with_time_to_live(FOR_EVER);
        // Of several hosts of one name the first counts.
        for host in self.hosts.iter().rev() {
            let (name, addresses) = (host.name.text(vu)?, host.address.text(vu)?);
            resolver = resolver.with_host(&*name, addresses_in(&addresses));
        }
        Ok(resolver)
    }
}

/// The addresses of a static host. An empty one is this machine, as everywhere in Java.
fn addresses_in<'a>(list: &'a str) -> Vec<String> {
    let address = |address: &str| if address.is_empty() { "127.0.0.1".into() } else { address.to_owned() };
    // Spaces count but for those around commas.
    let mut parts: Vec<&str> = list.split(',').collect();
    while parts.len() > 1 && parts.last().is_some_and(|part| part.trim().is_empty()) {
        parts.pop();
    }
    let last = list.split(',').count() - 1;
    let within = |(index, part): (usize, &&'a str)| {
        let part = if index > 0 { part.trim_start() } else { part };
        address(if index < last { part.trim_end() } else { part })
    };
    parts.iter().enumerate().map(within).collect()
}

/// Where a DNS server listens: an address or a name, perhaps with a port.
fn socket_address(server: &str) -> Option<SocketAddr> {
    if let Ok(address) = server.parse::<IpAddr>() {
        return Some((address, PORT).into());
    }
    server.parse().ok().or_else(|| (server, PORT).to_socket_addrs().ok()?.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn static_hosts_have_lists_of_addresses() {
        let check = |list: &str, expected: &[&str]| assert_eq!(addresses_in(list), expected, "{list}");
        check("10.0.0.1", &["10.0.0.1"]);
        check("10.0.0.1 , other.host,", &["10.0.0.1", "other.host"]);
        check(" 10.0.0.1 ", &[" 10.0.0.1 "]);
        check("10.0.0.1, 10.0.0.2 ", &["10.0.0.1", "10.0.0.2 "]);
        check("", &["127.0.0.1"]);
    }

    #[test]
    fn servers_have_ports() {
        let check = |server: &str, expected: Option<&str>| {
            assert_eq!(socket_address(server).map(|address| address.to_string()).as_deref(), expected, "{server}");
        };
        check("10.0.0.1", Some("10.0.0.1:53"));
        check("10.0.0.1:5353", Some("10.0.0.1:5353"));
        check("::1", Some("[::1]:53"));
    }
}
