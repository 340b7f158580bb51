//! `${__digest(algorithm,text,salt,upper case,variable)}`: a checksum of a text and a salt.

use md5::Digest;

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__digest", arity: Arity::Between(2, 5), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let algorithm = parameters.text(0, vu)?.into_owned();
    let text = parameters.text(1, vu)?.into_owned();
    let salt = parameters.text(2, vu)?.into_owned();
    let Some(digest) = checksum(&algorithm, format!("{text}{salt}").as_bytes()) else {
        log::error!(
            target: "o.a.j.f.DigestEncodeFunction",
            "Error calling __digest function with value {text}, digest algorithm {algorithm}, salt {salt}, \
             java.security.NoSuchAlgorithmException: {algorithm} MessageDigest not available"
        );
        return Ok("null".into());
    };
    let is_upper = java::parse_boolean(&parameters.text(3, vu)?);
    let result = if is_upper { digest.to_ascii_uppercase() } else { digest };
    parameters.store(4, &result, vu)?;
    Ok(result)
}

/// A checksum in hexadecimal; `None` if Java has no algorithm of that name.
#[must_use]
pub fn checksum(algorithm: &str, data: &[u8]) -> Option<String> {
    Some(match algorithm.to_ascii_uppercase().as_str() {
        "MD2" => hex::<md2::Md2>(data),
        "MD5" => hex::<md5::Md5>(data),
        "SHA" | "SHA1" | "SHA-1" => hex::<sha1::Sha1>(data),
        "SHA224" | "SHA-224" => hex::<sha2::Sha224>(data),
        "SHA256" | "SHA-256" => hex::<sha2::Sha256>(data),
        "SHA384" | "SHA-384" => hex::<sha2::Sha384>(data),
        "SHA512" | "SHA-512" => hex::<sha2::Sha512>(data),
        "SHA512/224" | "SHA-512/224" => hex::<sha2::Sha512_224>(data),
        "SHA512/256" | "SHA-512/256" => hex::<sha2::Sha512_256>(data),
        "SHA3-224" => hex::<sha3::Sha3_224>(data),
        "SHA3-256" => hex::<sha3::Sha3_256>(data),
        "SHA3-384" => hex::<sha3::Sha3_384>(data),
        "SHA3-512" => hex::<sha3::Sha3_512>(data),
        _ => return None,
    })
}

/// The checksum of data, or of a text in UTF-8.
pub(super) fn hex<D: Digest>(data: impl AsRef<[u8]>) -> String {
    D::digest(data.as_ref()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms() {
        let check = |algorithm, expected: &str| {
            let digest = checksum(algorithm, b"abc").unwrap();
            assert!(digest.starts_with(expected), "{algorithm}: {digest}");
        };
        check("MD2", "da853b0d3f88d99b");
        check("md5", "900150983cd24fb0d6963f7d28e17f72");
        check("SHA", "a9993e364706816a");
        check("sha-224", "23097d223405d822");
        check("SHA256", "ba7816bf8f01cfea");
        check("SHA-384", "cb00753f45a35e8b");
        check("SHA-512", "ddaf35a193617aba");
        check("SHA-512/224", "4634270f707b6a54");
        check("SHA-512/256", "53048e2681941ef9");
        check("SHA3-224", "e642824c3f8cf24a");
        check("SHA3-256", "3a985da74fe225b2");
        check("SHA3-384", "ec01498288516fc9");
        check("SHA3-512", "b751850b1a57168a");
        for algorithm in ["MD4", " MD5", "SHA3256", ""] {
            assert_eq!(checksum(algorithm, b"abc"), None, "{algorithm}");
        }
    }
}
