//! How much was sent and received, and how many there were.

use super::object::{change, read};
use crate::script::Value;
use crate::script::class::{Row, row};

pub(super) const METHODS: &[Row] = &[
    row("getBytes", "", |c| read(c, |result| result.received() as i32)),
    row("getBytesAsLong", "", |c| read(c, crate::model::SampleResult::received)),
    row("setBytes", "long", |c| change(c, |result| result.bytes = u64::try_from(c.long(0)).unwrap_or(0))),
    row("getBodySize", "", |c| read(c, |result| result.received_body() as i32)),
    row("getBodySizeAsLong", "", |c| read(c, |result| result.received_body() as i64)),
    row("setBodySize", "long", |c| change(c, |result| result.body_size = u64::try_from(c.long(0)).unwrap_or(0))),
    row("getHeadersSize", "", |c| read(c, |result| result.headers_size as i32)),
    row("setHeadersSize", "int", |c| change(c, |result| result.headers_size = c.long(0))),
    row("getSentBytes", "", |c| read(c, |result| result.sent_bytes as i64)),
    row("setSentBytes", "long", |c| change(c, |result| result.sent_bytes = u64::try_from(c.long(0)).unwrap_or(0))),
    row("getSampleCount", "", |c| read(c, |result| result.sample_count as i32)),
    row("setSampleCount", "int", |c| change(c, |result| result.sample_count = u32::try_from(c.int(0)).unwrap_or(0))),
    row("getErrorCount", "", |c| read(c, |result| result.error_count() as i32)),
    row("setErrorCount", "int", |_| Ok(Value::Null)),
    row("getGroupThreads", "", |c| read(c, |result| result.group_threads as i32)),
    row("setGroupThreads", "int", |c| change(c, |result| result.group_threads = u32::try_from(c.int(0)).unwrap_or(0))),
    row("getAllThreads", "", |c| read(c, |result| result.all_threads as i32)),
    row("setAllThreads", "int", |c| change(c, |result| result.all_threads = u32::try_from(c.int(0)).unwrap_or(0))),
];
