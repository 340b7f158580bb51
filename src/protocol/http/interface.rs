//! The addresses of the machine's own network devices.

use std::net::IpAddr;

/// Why a device has no address to offer.
#[derive(Debug, thiserror::Error)]
pub enum InterfaceError {
    /// There is no such device.
    #[error("there is no network interface {0}")]
    NoSuchInterface(String),
    /// The system does not tell.
    #[error("cannot list the network interfaces: {0}")]
    Io(#[from] std::io::Error),
}

/// The addresses of a network device such as `eth0`, in the system's order.
///
/// # Errors
/// If there is no such device.
pub fn interface_addresses(name: &str) -> Result<Vec<IpAddr>, InterfaceError> {
    let addresses: Vec<IpAddr> =
        if_addrs::get_if_addrs()?.iter().filter(|found| found.name == name).map(if_addrs::Interface::ip).collect();
    if addresses.is_empty() { Err(InterfaceError::NoSuchInterface(name.to_owned())) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_has_a_loopback_device() {
        let loopback = if_addrs::get_if_addrs().unwrap().into_iter().find(if_addrs::Interface::is_loopback).unwrap();
        assert!(interface_addresses(&loopback.name).unwrap().iter().any(IpAddr::is_loopback));
    }

    #[test]
    fn a_device_that_is_not_there_is_an_error() {
        let error = interface_addresses("no-such0").unwrap_err();
        assert_eq!(error.to_string(), "there is no network interface no-such0");
    }
}
