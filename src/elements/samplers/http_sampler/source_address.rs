//! The local address that requests come from (`HTTPAbstractImpl.getIpSourceAddress`).

use std::net::{IpAddr, ToSocketAddrs};
use std::sync::Arc;

use super::failure;
use crate::model::{Fault, Fields, Prop, Properties, VirtualUser};
use crate::protocol::http::{Resolver, interface_addresses};

/// The address or device that a sampler names.
#[derive(Debug)]
pub(super) struct SourceAddress {
    source: Prop<String>,
    kind: Prop<i32>,
}

/// An address that requests come from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Address(IpAddr),
    /// A name of this machine, or an address in writing.
    Host(Arc<str>),
}

impl SourceAddress {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self { source: fields.text("HTTPSampler.ipSource", ""), kind: fields.prop("HTTPSampler.ipSourceType", 0) }
    }

    /// The address now; `None` for any.
    pub fn now(&self, vu: &mut VirtualUser) -> Result<Option<Source>, Fault> {
        let source = self.source.text(vu)?;
        if source.trim().is_empty() {
            return Ok(None);
        }
        let (fits, kind): (fn(&IpAddr) -> bool, &str) = match self.kind.get(vu)? {
            0 => return Ok(Some(Source::Host(source.as_ref().into()))),
            1 => (|_| true, "InetAddress"),
            2 => (IpAddr::is_ipv4, "Inet4Address"),
            3 => (IpAddr::is_ipv6, "Inet6Address"),
            other => {
                let message = format!("Index {other} out of bounds for length 4");
                return Err(Fault::exception("java.lang.ArrayIndexOutOfBoundsException", message));
            }
        };
        let unknown = |message: String| Fault::exception("java.net.UnknownHostException", message);
        let addresses = interface_addresses(&source).map_err(|_| unknown(format!("Cannot find interface {source}")))?;
        match addresses.into_iter().find(fits) {
            Some(address) => Ok(Some(Source::Address(address))),
            None => Err(unknown(format!("Interface {source} does not have address of type {kind}"))),
        }
    }

    /// Whether there never is one.
    pub fn is_absent(&self) -> bool {
        self.source.as_fixed().is_some_and(|source| source.trim().is_empty())
    }
}

impl Source {
    /// The address, found by its name if need be.
    pub async fn address(&self, resolver: &Resolver) -> Result<IpAddr, Fault> {
        match self {
            Self::Address(address) => Ok(*address),
            Self::Host(host) => match resolver.addresses(host).await {
                Ok(addresses) => addresses.first().copied().ok_or_else(|| unknown_host(host)),
                Err(error) => Err(failure::unknown_host(&error)),
            },
        }
    }
}

fn unknown_host(host: &str) -> Fault {
    Fault::exception("java.net.UnknownHostException", format!("{host}: Name or service not known"))
}

/// The address that all requests come from if they have none of their own (`httpclient.localaddress`).
#[derive(Debug)]
pub(super) struct LocalAddress {
    pub address: IpAddr,
    /// The address as `java.net.InetAddress` prints it.
    pub shown: String,
}

impl LocalAddress {
    /// The one that the property names. Nothing runs yet that a look-up could hold up.
    pub fn of_run(properties: &Properties) -> Option<Self> {
        let name = properties.get("httpclient.localaddress").filter(|name| !name.is_empty())?;
        let found = (&*name, 0).to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
        if found.is_none() {
            log::warn!(target: "o.a.j.p.h.s.HTTPHCAbstractImpl", "{name}: Name or service not known");
        }
        found.map(|found| Self { address: found.ip(), shown: failure::resolved(&name, found.ip()) })
    }
}
