//! The stores were made by `keytool -genkeypair -alias ALIAS -keyalg EC -dname CN=ALIAS -storepass changeit`, for the aliases first,
//! second and third.

use super::*;

const PKCS12: &[u8] = include_bytes!("users.p12");
const JKS: &[u8] = include_bytes!("users.jks");
const JCEKS_STORE: &[u8] = include_bytes!("users.jceks");

fn read(data: &[u8], password: &str) -> String {
    match KeyStore::read(data, password) {
        Ok(store) => {
            let names = |(alias, key): &(String, Arc<CertifiedKey>)| {
                // The name is in the certificate as it is.
                let is_own = key.cert[0].windows(alias.len()).any(|window| window == alias.as_bytes());
                format!("{alias} {} {is_own}", key.cert.len())
            };
            store.keys.iter().map(names).collect::<Vec<_>>().join(", ")
        }
        Err(error) => error,
    }
}

#[test]
fn stores_are_told_apart_by_their_content() {
    let check = |data: &[u8], password: &str, expected: &str| assert_eq!(read(data, password), expected);
    check(PKCS12, "changeit", "first 1 true, second 1 true, third 1 true");
    check(JKS, "changeit", "second 1 true, third 1 true, first 1 true");
    check(PKCS12, "wrong", "MAC tag mismatch");
    check(JKS, "wrong", "the password is wrong, or the file was changed");
    check(
        JCEKS_STORE,
        "changeit",
        "it is of the type JCEKS: convert it with keytool -importkeystore -deststoretype PKCS12",
    );
    check(&JKS[..9], "changeit", "the file is cut off");
}

#[test]
fn pem_has_one_key() {
    let made = rcgen::generate_simple_self_signed(vec!["user".to_owned()]).unwrap();
    let pem = format!("{}{}", made.signing_key.serialize_pem(), made.cert.pem());
    assert_eq!(KeyStore::read(pem.as_bytes(), "").map(|store| store.keys.len()), Ok(1));
}
