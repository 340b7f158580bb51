//! How clients behave, for all users of a run.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::{Http2Connections, Resolver};

/// What all users of a run have in common.
#[derive(Debug)]
pub struct Settings {
    /// How long a connection may be used after it was made.
    pub time_to_live: Option<Duration>,
    /// A connection that was idle for so long is looked at before it is used. Others are not: if the server has closed
    /// one, the request fails.
    pub validate_after: Option<Duration>,
    /// How long an idle connection may be used if the server does not say.
    pub idle_timeout: Option<Duration>,
    /// How often a request is sent again after its connection failed.
    pub retries: u32,
    /// Requests that may change something are sent again even if the server may have received them.
    pub retries_sent_requests: bool,
    /// The longest head of a response that is accepted, in bytes.
    pub head_limit: usize,
    /// How fast connections without TLS to the first hop are, in bytes a second each way.
    pub plain_rate: Option<NonZeroU32>,
    /// How fast what is inside TLS is, in bytes a second each way.
    pub tls_rate: Option<NonZeroU32>,
    /// Who finds addresses.
    pub resolver: Arc<Resolver>,
    /// Connections of HTTP/2 that all users share, instead of one for each user and route.
    pub shared_http2: Option<Arc<Http2Connections>>,
}

impl Default for Settings {
    /// A minute to live, looked at after 4.9 seconds, no retries, as fast as can be.
    fn default() -> Self {
        Self {
            time_to_live: Some(Duration::from_mins(1)),
            validate_after: Some(Duration::from_millis(4900)),
            idle_timeout: None,
            retries: 0,
            retries_sent_requests: false,
            head_limit: 1 << 20,
            plain_rate: None,
            tls_rate: None,
            resolver: Arc::default(),
            shared_http2: None,
        }
    }
}
