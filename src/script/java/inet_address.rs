//! `java.net.InetAddress`.

use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs};

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.net.InetAddress`.
pub static INET_ADDRESS: Static = Static::new(|| Class::new("java.net.InetAddress").statics(STATICS).methods(METHODS));

/// An address, with the name that it was found by.
#[derive(Debug, Clone)]
pub struct InetAddress {
    name: Option<String>,
    address: IpAddr,
}

impl HostObject for InetAddress {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&INET_ADDRESS)
    }

    fn plain_text(&self) -> Option<String> {
        Some(format!("{}/{}", self.name.as_deref().unwrap_or_default(), self.address))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| other.address == self.address)
    }

    fn hash(&self) -> Option<i32> {
        match self.address {
            IpAddr::V4(address) => Some(u32::from(address) as i32),
            IpAddr::V6(_) => None,
        }
    }
}

/// The addresses that the system knows for a name; an address needs no name.
fn addresses(name: &str) -> Outcome<Vec<InetAddress>> {
    if let Ok(address) = name.parse() {
        return Ok(vec![InetAddress { name: None, address }]);
    }
    let found = (name, 0).to_socket_addrs().map(|found| found.map(|found| found.ip()).collect::<Vec<_>>());
    let found = found.unwrap_or_default();
    if found.is_empty() {
        let message = format!("{name}: Name or service not known");
        return Err(Thrown::new("java.net.UnknownHostException", message));
    }
    Ok(found.into_iter().map(|address| InetAddress { name: Some(name.to_owned()), address }).collect())
}

fn first(name: &str) -> Outcome<InetAddress> {
    Ok(addresses(name)?.swap_remove(0))
}

const STATICS: &[Row] = &[
    row("getLocalHost", "", |_| {
        let name = gethostname::gethostname().to_string_lossy().into_owned();
        ok(Value::object(first(&name)?))
    }),
    row("getLoopbackAddress", "", |_| {
        ok(Value::object(InetAddress { name: Some("localhost".into()), address: Ipv4Addr::LOCALHOST.into() }))
    }),
    row("getByName", "String", |c| ok(Value::object(first(c.text(0)?)?))),
    row("getAllByName", "String", |c| ok(addresses(c.text(0)?)?.into_iter().map(Value::object).collect::<Vec<_>>())),
];

const METHODS: &[Row] = &[
    row("getHostAddress", "", |c| ok(c.this_as::<InetAddress>()?.address.to_string())),
    row("getHostName", "", name),
    row("getCanonicalHostName", "", name),
    row("isLoopbackAddress", "", |c| ok(c.this_as::<InetAddress>()?.address.is_loopback())),
    row("isAnyLocalAddress", "", |c| ok(c.this_as::<InetAddress>()?.address.is_unspecified())),
    row("isMulticastAddress", "", |c| ok(c.this_as::<InetAddress>()?.address.is_multicast())),
    row("getAddress", "", |c| {
        let bytes = match c.this_as::<InetAddress>()?.address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        ok(Value::bytes(bytes))
    }),
];

/// The name; an address that was found without one is asked for nothing further.
fn name(c: &mut Call<'_, '_>) -> Outcome {
    let this = c.this_as::<InetAddress>()?;
    ok(this.name.clone().unwrap_or_else(|| this.address.to_string()))
}
