//! permessage-deflate in the opening handshake: what is offered and what is agreed on (RFC 7692 section 7.1).

use std::fmt;

const NAME: &str = "permessage-deflate";
const SERVER_NO_TAKEOVER: &str = "server_no_context_takeover";
const CLIENT_NO_TAKEOVER: &str = "client_no_context_takeover";
const SERVER_WINDOW: &str = "server_max_window_bits";
const CLIENT_WINDOW: &str = "client_max_window_bits";

/// What a client offers. Its `Display` is the value of `Sec-WebSocket-Extensions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeflateOffer {
    /// The server is asked to compress each message on its own.
    pub server_no_context_takeover: bool,
    /// The client will compress each message on its own.
    pub client_no_context_takeover: bool,
    /// The window that the server is asked to keep to, 8 to 15 bits.
    pub server_max_window_bits: Option<u8>,
    /// If present, the server may limit the client's window; below 15 it says that the client will use no larger one.
    pub client_max_window_bits: Option<u8>,
}

impl Default for DeflateOffer {
    /// What browsers offer: `permessage-deflate; client_max_window_bits`.
    fn default() -> Self {
        Self {
            server_no_context_takeover: false,
            client_no_context_takeover: false,
            server_max_window_bits: None,
            client_max_window_bits: Some(15),
        }
    }
}

impl fmt::Display for DeflateOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAME)?;
        if self.server_no_context_takeover {
            write!(f, "; {SERVER_NO_TAKEOVER}")?;
        }
        if self.client_no_context_takeover {
            write!(f, "; {CLIENT_NO_TAKEOVER}")?;
        }
        if let Some(bits) = self.server_max_window_bits {
            write!(f, "; {SERVER_WINDOW}={bits}")?;
        }
        match self.client_max_window_bits {
            None => Ok(()),
            Some(15) => write!(f, "; {CLIENT_WINDOW}"),
            Some(bits) => write!(f, "; {CLIENT_WINDOW}={bits}"),
        }
    }
}

/// What client and server agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeflateParameters {
    /// Each message of the server is compressed on its own.
    pub server_no_context_takeover: bool,
    /// Each message of the client is compressed on its own.
    pub client_no_context_takeover: bool,
    /// The server's window, 8 to 15 bits.
    pub server_window_bits: u8,
    /// The largest window that the client may use, 8 to 15 bits.
    pub client_window_bits: u8,
}

/// Why a server's answer to an offer cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionError {
    /// The header cannot be read.
    #[error("the extensions {0:?} cannot be read")]
    Malformed(String),
    /// An extension that was not offered, or the same one twice.
    #[error("the server chose the extension {0:?}, which was not offered")]
    NotOffered(String),
    /// A parameter that does not exist, comes twice, has a wrong value, or was not offered.
    #[error("the server gave {NAME} the parameter {0:?}, which cannot be taken")]
    Parameter(String),
    /// The server leaves out what was asked of it.
    #[error("the server did not agree to {0}")]
    NotGranted(&'static str),
}

/// Reads the value of the server's `Sec-WebSocket-Extensions` as the answer to what was offered.
///
/// # Errors
/// When RFC 6455 or RFC 7692 wants the client to give up because of it.
pub fn agree(offer: Option<&DeflateOffer>, answer: &str) -> Result<Option<DeflateParameters>, ExtensionError> {
    let mut agreed = None;
    for extension in split_unquoted(answer, ',') {
        let mut parts = split_unquoted(extension, ';').map(str::trim);
        match (parts.next().unwrap_or_default(), offer) {
            ("", _) => return Err(ExtensionError::Malformed(answer.to_owned())),
            (NAME, Some(offer)) if agreed.is_none() => agreed = Some(parameters(*offer, parts)?),
            (name, _) => return Err(ExtensionError::NotOffered(name.to_owned())),
        }
    }
    Ok(agreed)
}

fn parameters<'a>(
    offer: DeflateOffer,
    parts: impl Iterator<Item = &'a str>,
) -> Result<DeflateParameters, ExtensionError> {
    let mut seen: Vec<&str> = Vec::new();
    let mut agreed = DeflateParameters {
        server_no_context_takeover: false,
        client_no_context_takeover: offer.client_no_context_takeover,
        server_window_bits: 15,
        client_window_bits: offer.client_max_window_bits.unwrap_or(15),
    };
    for part in parts {
        let refused = || ExtensionError::Parameter(part.to_owned());
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.trim_end(), Some(unquoted(value.trim_start()))),
            None => (part, None),
        };
        if seen.contains(&name) {
            return Err(refused());
        }
        seen.push(name);
        match (name, value) {
            (SERVER_NO_TAKEOVER, None) => agreed.server_no_context_takeover = true,
            (CLIENT_NO_TAKEOVER, None) => agreed.client_no_context_takeover = true,
            (SERVER_WINDOW, Some(value)) => {
                let limit = offer.server_max_window_bits.unwrap_or(15);
                agreed.server_window_bits = window_bits(value, limit).ok_or_else(refused)?;
            }
            (CLIENT_WINDOW, Some(value)) if offer.client_max_window_bits.is_some() => {
                let bits = window_bits(value, 15).ok_or_else(refused)?;
                agreed.client_window_bits = agreed.client_window_bits.min(bits);
            }
            _ => return Err(refused()),
        }
    }
    if offer.server_no_context_takeover && !agreed.server_no_context_takeover {
        return Err(ExtensionError::NotGranted(SERVER_NO_TAKEOVER));
    }
    if offer.server_max_window_bits.is_some() && !seen.contains(&SERVER_WINDOW) {
        return Err(ExtensionError::NotGranted(SERVER_WINDOW));
    }
    Ok(agreed)
}

fn window_bits(value: &str, limit: u8) -> Option<u8> {
    let has_leading_zero = value.starts_with(['0', '+']);
    value.parse().ok().filter(|bits| !has_leading_zero && (8..=limit).contains(bits))
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// Splits at a separator, but not within quotes.
fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '"';
        !quoted && character == separator
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: DeflateParameters = DeflateParameters {
        server_no_context_takeover: false,
        client_no_context_takeover: false,
        server_window_bits: 15,
        client_window_bits: 15,
    };

    #[test]
    fn an_offer_as_it_is_sent() {
        let offer = DeflateOffer {
            server_no_context_takeover: true,
            client_no_context_takeover: true,
            server_max_window_bits: Some(10),
            client_max_window_bits: Some(9),
        };
        let expected = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; \
                        server_max_window_bits=10; client_max_window_bits=9";
        assert_eq!(offer.to_string(), expected);
        assert_eq!(DeflateOffer::default().to_string(), "permessage-deflate; client_max_window_bits");
        let plain = DeflateOffer { client_max_window_bits: None, ..DeflateOffer::default() };
        assert_eq!(plain.to_string(), "permessage-deflate");
    }

    #[test]
    fn an_answer_that_can_be_taken() {
        let offer = DeflateOffer { server_max_window_bits: Some(12), ..DeflateOffer::default() };
        let small = DeflateParameters { server_window_bits: 10, ..DEFAULT };
        let check = |answer: &str, expected| assert_eq!(agree(Some(&offer), answer), Ok(Some(expected)), "{answer}");
        check("permessage-deflate; server_max_window_bits=10", small);
        check("permessage-deflate ;server_max_window_bits = \"10\"", small);
        check(
            "permessage-deflate; server_max_window_bits=12; client_max_window_bits=8; server_no_context_takeover; \
             client_no_context_takeover",
            DeflateParameters {
                server_no_context_takeover: true,
                client_no_context_takeover: true,
                server_window_bits: 12,
                client_window_bits: 8,
            },
        );
        let own = DeflateOffer { client_no_context_takeover: true, ..DeflateOffer::default() };
        let own_agreed = DeflateParameters { client_no_context_takeover: true, ..DEFAULT };
        assert_eq!(agree(Some(&own), "permessage-deflate"), Ok(Some(own_agreed)));
    }

    #[test]
    fn an_answer_that_cannot_be_taken() {
        let offer = DeflateOffer { client_max_window_bits: None, ..DeflateOffer::default() };
        let check = |offer: DeflateOffer, answer: &str, expected: &str| {
            let error = agree(Some(&offer), answer).expect_err(answer);
            assert_eq!(format!("{error:?}"), expected, "{answer}");
        };
        check(offer, "x-webkit-deflate-frame", r#"NotOffered("x-webkit-deflate-frame")"#);
        check(offer, "permessage-deflate, permessage-deflate", r#"NotOffered("permessage-deflate")"#);
        check(offer, "permessage-deflate,", r#"Malformed("permessage-deflate,")"#);
        check(offer, "permessage-deflate; level=9", r#"Parameter("level=9")"#);
        check(offer, "permessage-deflate; client_max_window_bits=9", r#"Parameter("client_max_window_bits=9")"#);
        for bits in ["7", "16", "09", "+9", "x", ""] {
            let answer = format!("permessage-deflate; server_max_window_bits={bits}");
            check(offer, &answer, &format!(r#"Parameter("server_max_window_bits={bits}")"#));
        }
        let small = DeflateOffer { server_max_window_bits: Some(9), ..offer };
        check(small, "permessage-deflate", r#"NotGranted("server_max_window_bits")"#);
        check(small, "permessage-deflate; server_max_window_bits=10", r#"Parameter("server_max_window_bits=10")"#);
        let alone = DeflateOffer { server_no_context_takeover: true, ..offer };
        check(alone, "permessage-deflate", r#"NotGranted("server_no_context_takeover")"#);
        let twice = "permessage-deflate; client_no_context_takeover; client_no_context_takeover";
        check(offer, twice, r#"Parameter("client_no_context_takeover")"#);
        assert_eq!(agree(None, NAME), Err(ExtensionError::NotOffered(NAME.to_owned())));
    }
}
