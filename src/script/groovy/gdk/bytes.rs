//! Arrays of bytes as texts: Base64 and hexadecimal.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::script::class::{Row, row};
use crate::script::java::array::own;
use crate::script::java::digest::{digested, hex};
use crate::script::machine::ok;

/// The methods of arrays.
pub const METHODS: &[Row] = &[
    row("encodeBase64", "boolean?", |c| {
        let text = STANDARD.encode(own(c.this)?.to_bytes());
        ok(if c.bool(0) { chunked(&text) } else { text })
    }),
    row("encodeBase64Url", "boolean?", |c| ok(URL_SAFE_NO_PAD.encode(own(c.this)?.to_bytes()))),
    row("md5", "", |c| ok(hex(&digested("MD5", &own(c.this)?.to_bytes())?))),
    row("sha256", "", |c| ok(hex(&digested("SHA-256", &own(c.this)?.to_bytes())?))),
    row("digest", "String", |c| ok(hex(&digested(c.text(0)?, &own(c.this)?.to_bytes())?))),
    row("encodeHex", "", |c| ok(hex(&own(c.this)?.to_bytes()))),
];

/// Lines of 76 characters, as mail has them.
fn chunked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 38);
    for (at, char) in text.chars().enumerate() {
        if at > 0 && at % 76 == 0 {
            out.push_str("\r\n");
        }
        out.push(char);
    }
    out.push_str("\r\n");
    out
}
