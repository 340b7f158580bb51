//! The client's side of the handshake.

use super::HandshakeKey;

/// The headers that the handshake itself sets.
const UPGRADE_HEADERS: [&str; 5] = ["Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"];

/// Whether the handshake itself sets this header, so that a user's one would come twice.
#[must_use]
pub fn is_upgrade_header(name: &str) -> bool {
    UPGRADE_HEADERS.iter().any(|upgrade| upgrade.eq_ignore_ascii_case(name))
}

/// The request to upgrade a connection. It is sent as it stands here: the names in their case, the headers in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpgradeRequest {
    /// The path and the query; through a proxy's tunnel some clients send the whole URL.
    pub target: String,
    /// All headers, names and values.
    pub headers: Vec<(String, String)>,
    /// The key, which is among the headers too.
    pub key: HandshakeKey,
}

/// A header that would be read as two.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the header {name:?} contains a line break")]
pub struct InvalidHeader {
    /// Its name.
    pub name: String,
}

impl UpgradeRequest {
    /// A request with `Host` first, then the headers of the user without those that the handshake itself sets, then
    /// `Upgrade`, `Connection`, `Sec-WebSocket-Key` and `Sec-WebSocket-Version`.
    #[must_use]
    pub fn new<N, V>(target: impl Into<String>, host: &str, user_headers: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let key = HandshakeKey::random();
        let mut headers = vec![("Host".to_owned(), host.to_owned())];
        let user_headers = user_headers.into_iter().map(|(name, value)| (name.into(), value.into()));
        headers.extend(user_headers.filter(|(name, _)| !is_upgrade_header(name)));
        let ending = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Key", key.as_str()),
            ("Sec-WebSocket-Version", "13"),
        ];
        headers.extend(ending.map(|(name, value)| (name.to_owned(), value.to_owned())));
        Self { target: target.into(), headers, key }
    }

    /// The request as it is sent.
    ///
    /// # Errors
    /// When a header contains a line break.
    pub fn write(&self) -> Result<Vec<u8>, InvalidHeader> {
        let mut lines = format!("GET {} HTTP/1.1\r\n", self.target);
        for (name, value) in &self.headers {
            if [name, value].iter().any(|part| part.contains(['\r', '\n'])) {
                return Err(InvalidHeader { name: name.clone() });
            }
            lines.extend([name, ": ", value, "\r\n"]);
        }
        lines.push_str("\r\n");
        Ok(lines.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_its_headers_in_order_and_as_written() {
        let user = [("x-b", "2"), ("X-API-key", "1"), ("x-b", "3"), ("HOST", "other"), ("connection", "close")];
        let request = UpgradeRequest::new("/chat?room=1", "example.com:80", user);
        let expected = format!(
            "GET /chat?room=1 HTTP/1.1\r\nHost: example.com:80\r\nx-b: 2\r\nX-API-key: 1\r\nx-b: 3\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n\r\n",
            request.key.as_str()
        );
        assert_eq!(String::from_utf8(request.write().unwrap()).unwrap(), expected);
    }

    #[test]
    fn no_header_can_smuggle_another_in() {
        for (name, value) in [("X", "a\r\nY: b"), ("X", "a\nb"), ("X\r", "a")] {
            let request = UpgradeRequest::new("/", "h:80", [(name, value)]);
            assert_eq!(request.write(), Err(InvalidHeader { name: name.to_owned() }));
        }
    }
}
