//! `${__machineIP(variable)}`: the address that this machine's name stands for.

use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs};
use std::sync::LazyLock;

use super::call::call;
use crate::model::{Arity, FunctionType};

/// Looked for once. A name that nobody knows is this machine itself.
static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let name = gethostname::gethostname();
    let found = (name.to_string_lossy().as_ref(), 0).to_socket_addrs();
    let address = found.ok().and_then(|mut found| found.next()).map(|address| address.ip());
    address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_string()
});

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__machineIP",
    arity: Arity::Between(0, 1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            parameters.store(0, &ADDRESS, vu)?;
            Ok(ADDRESS.clone())
        })
    },
};
