//! Why a sample failed, in the plugin's words: those of Java 17 where an exception speaks.

use std::borrow::Cow;
use std::io;

use super::ReceivedFrame;
use super::received_frame::FrameKind;
use crate::model::{Fault, SampleResult};
use crate::protocol::websocket::{
    Cause, CloseCode, ConnectError, HandshakeError, HeadError, ProxyError, ReadError, Refusal, TcpError, UnexpectedEnd,
};

/// Why a sample failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nothing came in time.
    TimedOut,
    /// The test was stopped, or the sample took longer than a Sample Timeout allows. The plugin's samplers would wait on.
    Interrupted,
    /// The network failed, or the other side ended the connection or broke the protocol.
    Io(Text, Option<Cause>),
    /// More came than is taken at a time. That is the end of the connection.
    TooLarge(String),
    /// A Java exception, as `toString` prints it.
    Exception(Text),
    /// The server or a proxy did not agree to a WebSocket: the code, and the message.
    Refused(String, Text),
    /// A frame came that is not the one wanted.
    Unexpected(ReceivedFrame),
    /// There is nothing to send: the payload cannot be read.
    Payload(String),
}

type Text = Cow<'static, str>;

/// What ends the work on a sample early: its failure, or what JMeter throws.
#[derive(Debug)]
pub(super) enum Trouble {
    Failure(Failure),
    Fault(Fault),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Fault> for Trouble {
    /// The plugin catches exceptions, but nothing catches what ends users and tests.
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Exception { .. } => Self::Failure(Failure::Exception(fault.to_string().into())),
            fault => Self::Fault(fault),
        }
    }
}

impl Failure {
    /// A failure of the network or the protocol that does not end the connection by itself.
    pub fn io(message: impl Into<Text>) -> Self {
        Self::Io(message.into(), None)
    }

    /// That is larger than allowed.
    pub fn too_large(what: &str, limit: usize) -> Self {
        Self::TooLarge(format!("{what} is larger than loadline.maxFrameSize, {limit} bytes"))
    }

    /// The connection's own ping was not answered.
    pub fn ping_timeout() -> Self {
        Self::Io("a ping was not answered".into(), Some(Cause::PingTimeout))
    }

    /// Whether the connection cannot be used after it, whatever TCP says: what is left of something too large is not
    /// looked for, and who does not answer pings is gone.
    pub fn ends_connection(&self) -> bool {
        matches!(self, Self::TooLarge(_) | Self::Io(_, Some(Cause::PingTimeout)))
    }

    /// An error while reading.
    pub fn reading(error: &io::Error) -> Self {
        let message = match error.kind() {
            io::ErrorKind::ConnectionReset => "Connection reset".into(),
            _ => in_java(error).into(),
        };
        Self::Io(message, Some(Cause::NetworkError))
    }

    /// An error while writing.
    pub fn writing(error: &io::Error) -> Self {
        Self::Io(in_java(error).into(), Some(Cause::NetworkError))
    }

    /// What went wrong, in the words of the exception.
    pub fn message(&self) -> Text {
        match self {
            Self::TimedOut => "Read timed out".into(),
            Self::Interrupted => "Interrupted".into(),
            Self::Io(message, _) | Self::Exception(message) | Self::Refused(_, message) => message.clone(),
            Self::TooLarge(message) | Self::Payload(message) => message.clone().into(),
            Self::Unexpected(frame) => format!("Received: {frame}").into(),
        }
    }

    /// Says in a result what went wrong. `explains` adds why the connection is gone, if it is.
    pub fn tell(&self, result: &mut SampleResult, explains: bool) {
        let (code, message): (Text, Text) = match self {
            Self::TimedOut | Self::Interrupted | Self::Io(..) | Self::TooLarge(_) => {
                ("Websocket I/O error".into(), format!("WebSocket I/O error: {}", self.message()).into())
            }
            Self::Exception(exception) => ("Sampler error".into(), format!("Sampler error: {exception}").into()),
            Self::Refused(code, _) => (code.clone().into(), self.message()),
            Self::Unexpected(frame) => {
                let code = format!("Sampler error: unexpected frame type ({}).", frame.type_name());
                (code.into(), self.message())
            }
            Self::Payload(_) => ("Sampler Error".into(), self.message()),
        };
        result.response_code = code;
        result.response_message = match self.ending().filter(|_| explains) {
            Some(ending) => format!("{message}; {ending}").into(),
            None => message,
        };
    }

    /// Why the connection is gone, with the code that stands for it.
    fn ending(&self) -> Option<String> {
        let (cause, code) = match self {
            Self::Io(_, Some(cause)) => (*cause, CloseCode::ABNORMAL_CLOSURE),
            Self::TooLarge(_) => (Cause::MessageTooBig, CloseCode::MESSAGE_TOO_BIG),
            Self::Unexpected(frame) if frame.kind == FrameKind::Close => {
                let code = frame.close_code();
                (Cause::of(code), code)
            }
            _ => return None,
        };
        Some(format!("{} (code {code})", cause.words()))
    }
}

/// The system's words, as Java has them.
fn in_java(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let message: Text = match error {
            ReadError::TimedOut(_) => return Self::TimedOut,
            ReadError::Io(error) => return Self::reading(&error),
            ReadError::Frame(error) => return Self::io(error.to_string()),
            ReadError::Ended(UnexpectedEnd::InLength { expected: 8, received }) => {
                format!("WebSocket protocol error: expected 8 length bytes, but can only read {received} bytes").into()
            }
            ReadError::Ended(UnexpectedEnd::InPayload { expected, received }) => format!(
                "WebSocket protocol error: expected payload of length {expected}, but can only read {received} bytes"
            )
            .into(),
            ReadError::Ended(_) => "end of stream".into(),
        };
        Self::Io(message, Some(Cause::AbnormalClosure))
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Tcp(error) => error.into(),
            ConnectError::Proxy(error) => error.into(),
            ConnectError::TlsTimedOut => Self::TimedOut,
            // The plugin writes the request without looking at errors: what it sees is the socket that TLS has closed.
            ConnectError::Tls(error) => {
                log::warn!(target: "e.l.w.WebSocketClient", "TLS handshake failed: {error}");
                Self::Io("Socket is closed".into(), Some(Cause::NetworkError))
            }
            error @ ConnectError::ServerName(_) => Self::io(error.to_string()),
        }
    }
}

impl From<TcpError> for Failure {
    fn from(error: TcpError) -> Self {
        match error {
            TcpError::Resolve { host, .. } => Self::io(host),
            TcpError::TimedOut(_) => Self::io("Connect timed out"),
            TcpError::Connect { source, .. } => Self::io(in_java(&source)),
        }
    }
}

impl From<ProxyError> for Failure {
    fn from(error: ProxyError) -> Self {
        match error {
            ProxyError::Tcp(TcpError::Connect { source, .. }) if source.kind() == io::ErrorKind::ConnectionRefused => {
                Self::io(format!("Proxy connection setup error: {}", in_java(&source)))
            }
            ProxyError::Tcp(error) => error.into(),
            ProxyError::TimedOut => Self::TimedOut,
            ProxyError::Io(error) => Self::reading(&error),
            ProxyError::Head(HeadError::NoResponse) => Self::Exception(
                "java.lang.NullPointerException: Cannot invoke \"java.lang.CharSequence.length()\" because \
                 \"this.text\" is null"
                    .into(),
            ),
            ProxyError::Head(error) => error.into(),
            ProxyError::Refused(head) => Self::Refused(
                head.status.to_string(),
                format!("Connecting proxy failed with status code {}", head.status).into(),
            ),
        }
    }
}

impl From<HeadError> for Failure {
    fn from(error: HeadError) -> Self {
        match error {
            HeadError::NoResponse => Self::io("Empty response; connection closed."),
            HeadError::StatusLine(_) => Self::io("Invalid status line"),
            HeadError::TooLarge { .. } => Self::io(error.to_string()),
        }
    }
}

impl From<HandshakeError> for Failure {
    fn from(error: HandshakeError) -> Self {
        let (refusal, head) = match error {
            HandshakeError::InvalidHeader(_) => {
                let exception = "java.lang.IllegalArgumentException: Invalid header; contains new line.";
                return Self::Exception(exception.into());
            }
            HandshakeError::TimedOut => return Self::TimedOut,
            HandshakeError::Io(error) => return Self::reading(&error),
            HandshakeError::Head(error) => return error.into(),
            HandshakeError::Refused { refusal, head } => (refusal, head),
        };
        let message = match refusal {
            Refusal::Status(status) => {
                let message = format!("Got unexpected status {status} with statusLine:{}", head.status_line);
                return Self::Refused(status.to_string(), message.into());
            }
            Refusal::Upgrade => "Server response should contain 'Upgrade' header with value 'websocket'".into(),
            Refusal::Connection => "Server response should contain 'Connection' header with value 'Upgrade'".into(),
            Refusal::NoAccept => "Server response should contain 'Sec-WebSocket-Accept' header".into(),
            Refusal::WrongAccept { .. } => "Server response header 'Sec-WebSocket-Accept' has incorrect value.".into(),
            refusal @ (Refusal::Subprotocol(_) | Refusal::Extension(_)) => refusal.to_string().into(),
        };
        Self::Refused(String::new(), message)
    }
}
