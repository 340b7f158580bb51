//! What only one user may see, and what caches need not ask for again.

use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, StatusCode};
use md5::{Digest, Md5};

use super::routes::{Answer, plain};

/// Who may, in the form of Basic: `user` with the password `secret`.
const BASIC: &str = "Basic dXNlcjpzZWNyZXQ=";
const USER: &str = "user:loadline:secret";
const NONCE: &str = "a-number-used-once";
const ETAG: &str = "\"v1\"";

/// Lets the user in who says so by Basic.
pub(super) fn basic(headers: &HeaderMap) -> Answer {
    match text(headers, header::AUTHORIZATION) {
        BASIC => plain(StatusCode::OK, "welcome, user"),
        _ => refused("Basic realm=\"loadline\""),
    }
}

/// Lets the user in who says so by Digest.
pub(super) fn digest(method: &Method, headers: &HeaderMap) -> Answer {
    let given = text(headers, header::AUTHORIZATION);
    let part = |name: &str| {
        let start = given.find(&format!(" {name}="))? + name.len() + 2;
        Some(given[start..].split(", ").next()?.trim_matches('"').to_owned())
    };
    let expected = || {
        let asked = hash(&format!("{method}:{}", part("uri")?));
        let (count, own) = (part("nc")?, part("cnonce")?);
        Some(hash(&format!("{}:{NONCE}:{count}:{own}:auth:{asked}", hash(USER))))
    };
    match expected().filter(|expected| part("response").as_ref() == Some(expected)) {
        Some(_) => plain(StatusCode::OK, "welcome, user"),
        None => refused(&format!("Digest realm=\"loadline\", nonce=\"{NONCE}\", qop=\"auth\"")),
    }
}

/// A text that stays the same: whoever knows it already gets nothing.
pub(super) fn unchanging(headers: &HeaderMap) -> Answer {
    let is_known = text(headers, header::IF_NONE_MATCH) == ETAG;
    let (status, body) = if is_known { (StatusCode::NOT_MODIFIED, "") } else { (StatusCode::OK, "always the same") };
    let mut answer = plain(status, body);
    answer.headers_mut().insert(header::ETAG, HeaderValue::from_static(ETAG));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    answer
}

fn refused(challenge: &str) -> Answer {
    let mut answer = plain(StatusCode::UNAUTHORIZED, "who is there?");
    if let Ok(challenge) = HeaderValue::from_str(challenge) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn hash(text: &str) -> String {
    Md5::digest(text).iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"))
}
