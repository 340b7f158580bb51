//! From a head of HTTP/1.1 to one of HTTP/2.

use http::header::{CONNECTION, HOST, HeaderName, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderMap, HeaderValue, Method, Uri, Version};

use crate::protocol::http::{Error, Route};

/// How many headers there are room for at first.
const USUAL_HEADERS: usize = 64;

/// The request that a head of HTTP/1.1 stands for.
pub(super) fn of_http1(bytes: &[u8], route: &Route) -> Result<http::Request<()>, Error> {
    let mut headers = vec![httparse::EMPTY_HEADER; USUAL_HEADERS];
    loop {
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(bytes) {
            Ok(_) => return convert(&parsed, route),
            Err(httparse::Error::TooManyHeaders) => {
                let more = headers.len() * 4;
                headers.clear();
                headers.resize(more, httparse::EMPTY_HEADER);
            }
            Err(error) => return Err(invalid(error)),
        }
    }
}

fn convert(parsed: &httparse::Request<'_, '_>, route: &Route) -> Result<http::Request<()>, Error> {
    let mut headers = HeaderMap::with_capacity(parsed.headers.len());
    let mut authority = None;
    for header in parsed.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(invalid)?;
        let value = HeaderValue::from_bytes(header.value).map_err(invalid)?;
        if name == HOST {
            authority = Some(String::from_utf8_lossy(header.value).into_owned());
        } else if !is_of_connection(&name) {
            headers.append(name, value);
        }
    }
    let target = parsed.path.unwrap_or("/");
    let mut request = http::Request::new(());
    *request.method_mut() = Method::from_bytes(parsed.method.unwrap_or_default().as_bytes()).map_err(invalid)?;
    *request.version_mut() = Version::HTTP_2;
    *request.uri_mut() = if target.starts_with('/') {
        let scheme = if route.tls.is_some() { "https" } else { "http" };
        let authority = authority.unwrap_or_else(|| route.authority.to_string());
        Uri::builder().scheme(scheme).authority(authority).path_and_query(target).build().map_err(invalid)?
    } else {
        target.parse().map_err(invalid)?
    };
    *request.headers_mut() = headers;
    Ok(request)
}

/// Headers that make no sense in HTTP/2 (RFC 9113, section 8.2.2).
fn is_of_connection(name: &HeaderName) -> bool {
    [CONNECTION, TRANSFER_ENCODING, UPGRADE].contains(name)
        || matches!(name.as_str(), "keep-alive" | "proxy-connection" | "http2-settings")
}

/// Headers as lines, each ended by CR LF.
pub(super) fn header_lines(headers: &HeaderMap) -> Vec<u8> {
    let mut lines = Vec::new();
    for (name, value) in headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            lines.extend_from_slice(part);
        }
    }
    lines
}

fn invalid(error: impl std::fmt::Display) -> Error {
    Error::InvalidRequest(error.to_string())
}
