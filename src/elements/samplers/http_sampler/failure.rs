//! What goes wrong with a request, in Java's words.

use std::io;
use std::net::IpAddr;

use crate::model::Fault;
use crate::protocol::http::{
    BodyError, ChunkError, CodingError, ConnectCause, ConnectError, ContentCoding, Error, LookupError, TlsError,
    TlsFailure,
};

/// The exception that Apache HttpClient, or Java below it, throws. `host` is where the request goes, with its port as the
/// address has it.
pub(super) fn exception(error: &Error, host: &str) -> Fault {
    const CLOSED: &str = "org.apache.http.ConnectionClosedException";
    match error {
        Error::Lookup(error) => unknown_host(error),
        Error::NoAddress { .. } => Fault::exception(CLOSED, "Connection is closed"),
        Error::Connect(error) => connect_failure(error),
        Error::Bind { source, .. } => Fault::exception("java.net.BindException", system_words(source)),
        Error::Tls(error) => tls_failure(error),
        Error::TunnelRefused(response) => {
            let message = format!("CONNECT refused by proxy: HTTP/1.1 {}", response.head.status());
            Fault::exception("org.apache.http.impl.execchain.TunnelRefusedException", message)
        }
        Error::InvalidRequest(_) | Error::Head(_) => client_protocol(),
        Error::RequestBody { path, source } => super::body::unreadable(path, source),
        Error::Send(error) => socket_failure(error, "Broken pipe (Write failed)"),
        Error::Receive(error) => socket_failure(error, "Connection reset"),
        Error::ReadTimeout => Fault::exception("java.net.SocketTimeoutException", "Read timed out"),
        Error::NoResponse => {
            Fault::exception("org.apache.http.NoHttpResponseException", format!("{host} failed to respond"))
        }
        Error::Body(error) => body_failure(error),
        Error::Http2(error) => Fault::exception("java.io.IOException", error.to_string()),
    }
}

/// What HttpClient throws for everything against the protocol.
pub(super) fn client_protocol() -> Fault {
    Fault::exception("org.apache.http.client.ClientProtocolException", "")
}

/// A sample that was interrupted.
pub(super) fn interrupted() -> Fault {
    Fault::exception("java.net.SocketException", "Socket closed")
}

/// What a body that cannot be decompressed throws.
pub(super) fn coding_failure(error: &CodingError) -> Fault {
    match error {
        CodingError::NotGzip => Fault::exception("java.util.zip.ZipException", "Not in GZIP format"),
        CodingError::FrameTruncated { .. } => Fault::exception("java.io.EOFException", ""),
        CodingError::Truncated { .. } => {
            Fault::exception("java.io.EOFException", "Unexpected end of ZLIB input stream")
        }
        CodingError::Corrupt { coding: ContentCoding::Brotli, .. } => {
            Fault::exception("java.io.IOException", "Brotli stream decoding failed")
        }
        CodingError::Corrupt { coding: ContentCoding::Gzip, reason }
            if matches!(reason.as_str(), "incorrect data check" | "incorrect length check") =>
        {
            Fault::exception("java.util.zip.ZipException", "Corrupt GZIP trailer")
        }
        CodingError::Corrupt { reason, .. } => Fault::exception("java.util.zip.ZipException", reason.clone()),
    }
}

pub(super) fn unknown_host(error: &LookupError) -> Fault {
    let message = match error.is_remembered {
        _ if error.by_servers => format!("Failed to resolve host name: {}", error.host),
        true => error.host.to_string(),
        false => format!("{}: {}", error.host, error.reason),
    };
    Fault::exception("java.net.UnknownHostException", message)
}

fn connect_failure(error: &ConnectError) -> Fault {
    let name = if error.are_given { "" } else { &*error.host };
    let addresses: Vec<String> = error.addresses.iter().map(|address| resolved(name, *address)).collect();
    let (class, reason) = match &error.cause {
        ConnectCause::TimedOut => ("org.apache.http.conn.ConnectTimeoutException", "Connect timed out".to_owned()),
        ConnectCause::HandshakeTimedOut => {
            ("org.apache.http.conn.ConnectTimeoutException", "Read timed out".to_owned())
        }
        ConnectCause::Io(error) => connect_words(error),
    };
    if matches!(class, "java.net.NoRouteToHostException" | "java.net.SocketException") {
        return Fault::exception(class, reason);
    }
    let port = error.port;
    let host = match error.host.contains(':') && !error.host.starts_with('[') {
        true => format!("[{}]", error.host),
        false => error.host.to_string(),
    };
    Fault::exception(class, format!("Connect to {host}:{port} [{}] failed: {reason}", addresses.join(", ")))
}

/// An address as `java.net.InetAddress` prints it: with the name that it was found under.
pub(super) fn resolved(host: &str, address: IpAddr) -> String {
    let is_literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    let address = match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => address.segments().map(|segment| format!("{segment:x}")).join(":"),
    };
    if is_literal { format!("/{address}") } else { format!("{host}/{address}") }
}

fn connect_words(error: &io::Error) -> (&'static str, String) {
    const HOST_CONNECT: &str = "org.apache.http.conn.HttpHostConnectException";
    match error.kind() {
        io::ErrorKind::ConnectionRefused => (HOST_CONNECT, "Connection refused".into()),
        io::ErrorKind::TimedOut => (HOST_CONNECT, "Connection timed out".into()),
        io::ErrorKind::HostUnreachable => ("java.net.NoRouteToHostException", "No route to host".into()),
        io::ErrorKind::NetworkUnreachable => ("java.net.SocketException", "Network is unreachable".into()),
        _ => (HOST_CONNECT, system_words(error)),
    }
}

/// What the system says, without the number of the error.
fn system_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

fn socket_failure(error: &io::Error, otherwise: &str) -> Fault {
    let words = match error.kind() {
        io::ErrorKind::ConnectionReset => "Connection reset".to_owned(),
        io::ErrorKind::BrokenPipe => "Broken pipe".to_owned(),
        io::ErrorKind::TimedOut => "Connection timed out".to_owned(),
        _ if error.raw_os_error().is_some() => system_words(error),
        _ => otherwise.to_owned(),
    };
    Fault::exception("java.net.SocketException", words)
}

fn tls_failure(error: &TlsError) -> Fault {
    const HANDSHAKE: &str = "javax.net.ssl.SSLHandshakeException";
    match &error.failure {
        TlsFailure::Alert(alert) => {
            Fault::exception(HANDSHAKE, format!("Received fatal alert: {}", alert_name(*alert)))
        }
        TlsFailure::Certificate(reason) => Fault::exception(HANDSHAKE, format!("PKIX path building failed: {reason}")),
        TlsFailure::Incompatible(_) => Fault::exception(HANDSHAKE, "Received fatal alert: handshake_failure"),
        TlsFailure::NotTls => Fault::exception("javax.net.ssl.SSLException", "Unsupported or unrecognized SSL message"),
        TlsFailure::Closed => Fault::exception(HANDSHAKE, "Remote host terminated the handshake"),
        TlsFailure::TimedOut => Fault::exception("java.net.SocketTimeoutException", "Read timed out"),
        TlsFailure::Io(error) => socket_failure(error, "Connection reset"),
        TlsFailure::Other(reason) => Fault::exception("javax.net.ssl.SSLException", reason.clone()),
    }
}

fn body_failure(error: &BodyError) -> Fault {
    match error {
        BodyError::Premature { expected, received } => {
            let (expected, received) = (grouped(*expected), grouped(*received));
            let message = format!(
                "Premature end of Content-Length delimited message body (expected: {expected}; received: {received})"
            );
            Fault::exception("org.apache.http.ConnectionClosedException", message)
        }
        BodyError::Chunk(error) => chunk_failure(error),
    }
}

fn chunk_failure(error: &ChunkError) -> Fault {
    let malformed = |message: String| Fault::exception("org.apache.http.MalformedChunkCodingException", message);
    match error {
        ChunkError::BadHeader(header) => malformed(format!("Bad chunk header: {header}")),
        ChunkError::NegativeSize => malformed("Negative chunk size".into()),
        ChunkError::UnexpectedContent => malformed("Unexpected content at the end of chunk".into()),
        ChunkError::MissingLineEnd => malformed("CRLF expected at end of chunk".into()),
        ChunkError::InvalidTrailer(trailer) => malformed(format!("Invalid footer: Invalid header: {trailer}")),
        ChunkError::TooLong => malformed("Maximum line length limit exceeded".into()),
        ChunkError::Truncated { expected, received } => {
            let (expected, received) = (grouped(*expected), grouped(*received));
            let message = format!("Truncated chunk (expected size: {expected}; actual size: {received})");
            Fault::exception("org.apache.http.TruncatedChunkException", message)
        }
        ChunkError::MissingLastChunk => Fault::exception(
            "org.apache.http.ConnectionClosedException",
            "Premature end of chunk coded message body: closing chunk expected",
        ),
    }
}

/// A number with commas (`%,d`).
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The alerts of TLS as `sun.security.ssl.Alert` spells them.
fn alert_name(alert: u8) -> &'static str {
    match alert {
        0 => "close_notify",
        10 => "unexpected_message",
        20 => "bad_record_mac",
        21 => "decryption_failed",
        22 => "record_overflow",
        30 => "decompression_failure",
        40 => "handshake_failure",
        41 => "no_certificate",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        90 => "user_canceled",
        100 => "no_renegotiation",
        109 => "missing_extension",
        110 => "unsupported_extension",
        112 => "unrecognized_name",
        113 => "bad_certificate_status_response",
        115 => "unknown_psk_identity",
        116 => "certificate_required",
        120 => "no_application_protocol",
        _ => "unknown_alert",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas() {
        let check = |number, expected: &str| assert_eq!(grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1_234_567, "1,234,567");
    }

    #[test]
    fn addresses_are_printed_as_java_does() {
        let check = |host: &str, address: &str, expected: &str| {
            assert_eq!(resolved(host, address.parse().unwrap()), expected);
        };
        check("localhost", "127.0.0.1", "localhost/127.0.0.1");
        check("127.0.0.1", "127.0.0.1", "/127.0.0.1");
        check("[::1]", "::1", "/0:0:0:0:0:0:0:1");
    }
}
