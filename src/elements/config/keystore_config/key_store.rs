//! Files of keys with their certificates: PKCS12, JKS and PEM, told apart by how they begin.

use std::sync::Arc;

use p12_keystore::{CertificateBag, Pkcs12Archive, PrivateKeyBag};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;

use super::{alias_order, der, java_key_store};
use crate::protocol::http::identity_from_pem;

/// How a store of the extended format of Java begins.
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
/// How many certificates a chain has at most.
const LONGEST_CHAIN: usize = 20;

/// The keys of a file, by alias, in Java's order.
pub(super) struct KeyStore {
    pub keys: Vec<(String, Arc<CertifiedKey>)>,
}

impl KeyStore {
    /// Reads a file.
    ///
    /// # Errors
    /// If the format is not known, the password is wrong, or there is no key.
    pub fn read(data: &[u8], password: &str) -> Result<Self, String> {
        let keys = match data {
            _ if data.starts_with(&java_key_store::MAGIC) => read_jks(data, password)?,
            _ if data.starts_with(&JCEKS) => {
                return Err(
                    "it is of the type JCEKS: convert it with keytool -importkeystore -deststoretype PKCS12".into()
                );
            }
            _ if data.windows(11).any(|window| window == b"-----BEGIN ") => {
                let key = identity_from_pem(data, data).map_err(|error| error.to_string())?;
                vec![("1".to_owned(), key)]
            }
            _ => read_pkcs12(data, password)?,
        };
        if keys.is_empty() {
            return Err("No key(s) found".into());
        }
        Ok(Self { keys })
    }
}

fn read_jks(data: &[u8], password: &str) -> Result<Vec<(String, Arc<CertifiedKey>)>, String> {
    let entries = alias_order::hashtable(java_key_store::read(data, password)?);
    let keys = entries.into_iter().filter_map(|(alias, key)| Some((alias, key?)));
    keys.map(|(alias, stored)| Ok((alias, certified(stored.chain, &stored.key)?))).collect()
}

fn read_pkcs12(data: &[u8], password: &str) -> Result<Vec<(String, Arc<CertifiedKey>)>, String> {
    let archive = Pkcs12Archive::from_pkcs12(data, password).map_err(|error| error.to_string())?;
    // Keys without a name are numbered.
    let mut unnamed = 0;
    let mut alias = |name: Option<&String>| {
        if let Some(name) = name {
            return name.to_lowercase();
        }
        unnamed += 1;
        unnamed.to_string()
    };
    let keys = archive.keys.iter().map(|key| (alias(key.friendly_name.as_ref()), key));
    keys.map(|(alias, key)| Ok((alias, certified(chain(key, &archive.certs), key.key.as_der())?))).collect()
}

/// The certificate of a key, and those that vouch for it.
fn chain(key: &PrivateKeyBag, all: &[CertificateBag]) -> Vec<Vec<u8>> {
    let is_own = |certificate: &&CertificateBag| {
        let own = key.local_key_id.as_ref().map(AsRef::as_ref);
        own.is_some() && certificate.local_key_id.as_deref() == own
    };
    let mut chain: Vec<&CertificateBag> = Vec::new();
    let mut next = all.iter().find(is_own).or_else(|| all.first().filter(|_| all.len() == 1));
    while let Some(certificate) = next.filter(|_| chain.len() < LONGEST_CHAIN) {
        chain.push(certificate);
        let issuer = certificate.cert.issuer();
        let is_root = issuer == certificate.cert.subject();
        next = all.iter().find(|other| !is_root && other.cert.subject() == issuer);
    }
    chain.into_iter().map(|certificate| certificate.cert.as_der().to_vec()).collect()
}

fn certified(chain: Vec<Vec<u8>>, key: &[u8]) -> Result<Arc<CertifiedKey>, String> {
    let chain: Vec<CertificateDer<'static>> = chain.into_iter().map(CertificateDer::from).collect();
    let make = |key: Vec<u8>| {
        let key = PrivateKeyDer::try_from(key)?;
        let certified = CertifiedKey::from_der(chain.clone(), key, &ring::default_provider());
        certified.map(Arc::new).map_err(|error| error.to_string())
    };
    make(key.to_vec()).or_else(|error| {
        let own = chain.first().and_then(|own| ParsedCertificate::try_from(own).ok());
        let public = own.map(|own| own.subject_public_key_info());
        match public.and_then(|public| der::with_public_key(key, &public)) {
            Some(whole) => make(whole),
            None => Err(error),
        }
    })
}

#[cfg(test)]
mod tests;
