//! Java's own format of key stores, JKS: keys are protected by a stream of SHA-1 hashes of the password.

use sha1::{Digest, Sha1};

use super::der;

/// How a store of this format begins.
pub(super) const MAGIC: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];

const HASH: usize = 20;

/// An entry: its alias, and the key with its chain if it is one, both in DER.
pub(super) type StoredEntry = (String, Option<StoredKey>);

/// A key in the form of PKCS #8, and its certificates.
pub(super) struct StoredKey {
    pub key: Vec<u8>,
    pub chain: Vec<Vec<u8>>,
}

/// All entries of a store, in its order. The keys have the password of the store, as Java's TLS demands.
///
/// # Errors
/// If the password is wrong, or the data are no such store.
pub(super) fn read(data: &[u8], password: &str) -> Result<Vec<StoredEntry>, String> {
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (content, hash) = data.split_last_chunk::<HASH>().ok_or("the file is cut off")?;
    let whole = Sha1::new().chain_update(&password).chain_update(b"Mighty Aphrodite").chain_update(content);
    if whole.finalize()[..] != hash[..] {
        return Err("the password is wrong, or the file was changed".into());
    }
    let mut reader = Reader { rest: &content[MAGIC.len()..] };
    read_entries(&mut reader, &password).ok_or_else(|| "the file is damaged, or a key has a password of its own".into())
}

fn read_entries(reader: &mut Reader<'_>, password: &[u8]) -> Option<Vec<StoredEntry>> {
    let version = reader.u32()?;
    let count = reader.u32()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let kind = reader.u32()?;
        let alias = reader.text()?;
        // When it was made.
        reader.take(8)?;
        if kind != 1 {
            reader.certificate(version)?;
            entries.push((alias, None));
            continue;
        }
        let length = reader.u32()?;
        let key = unprotected(reader.take(length as usize)?, password)?;
        let certificates = reader.u32()?;
        let chain = (0..certificates).map(|_| reader.certificate(version)).collect::<Option<Vec<_>>>()?;
        entries.push((alias, Some(StoredKey { key, chain })));
    }
    Some(entries)
}

/// The key inside an `EncryptedPrivateKeyInfo`.
fn unprotected(info: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    // Who protects keys in another way has a store of another kind.
    let (info, _) = der::split(der::SEQUENCE, info)?;
    let (_, info) = der::split(der::SEQUENCE, info)?;
    let (data, _) = der::split(der::OCTETS, info)?;
    let (salt, data) = data.split_at_checked(HASH)?;
    let (hidden, check) = data.split_last_chunk::<HASH>()?;
    let mut key = Vec::with_capacity(hidden.len());
    let mut block = salt.to_vec();
    for part in hidden.chunks(HASH) {
        block = Sha1::new().chain_update(password).chain_update(&block).finalize().to_vec();
        key.extend(part.iter().zip(&block).map(|(byte, mask)| byte ^ mask));
    }
    let hash = Sha1::new().chain_update(password).chain_update(&key).finalize();
    (hash[..] == check[..]).then_some(key)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A text behind its length in two bytes.
    fn text(&mut self) -> Option<String> {
        let length = u16::from_be_bytes(self.take(2)?.try_into().ok()?);
        Some(String::from_utf8_lossy(self.take(length.into())?).into_owned())
    }

    fn certificate(&mut self, version: u32) -> Option<Vec<u8>> {
        if version == 2 {
            // Always X.509.
            self.text()?;
        }
        let length = self.u32()?;
        self.take(length as usize).map(<[u8]>::to_vec)
    }
}
