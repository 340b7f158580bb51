//! The columns of a results file in CSV: which there are, and their order.

use super::save_config::{Field, FieldSet};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs, reason = "they are named as in the file")]
pub enum Column {
    TimeStamp,
    Elapsed,
    Label,
    ResponseCode,
    ResponseMessage,
    ThreadName,
    DataType,
    Success,
    FailureMessage,
    Bytes,
    SentBytes,
    GroupThreads,
    AllThreads,
    Url,
    Filename,
    Latency,
    Encoding,
    SampleCount,
    ErrorCount,
    Hostname,
    IdleTime,
    Connect,
    IntendedStart,
}

/// All columns in order, each with its name and the field that it belongs to.
pub(super) const COLUMNS: [(Column, &str, Field); 23] = [
    (Column::TimeStamp, "timeStamp", Field::Timestamp),
    (Column::Elapsed, "elapsed", Field::Time),
    (Column::Label, "label", Field::Label),
    (Column::ResponseCode, "responseCode", Field::Code),
    (Column::ResponseMessage, "responseMessage", Field::Message),
    (Column::ThreadName, "threadName", Field::ThreadName),
    (Column::DataType, "dataType", Field::DataType),
    (Column::Success, "success", Field::Success),
    (Column::FailureMessage, "failureMessage", Field::FailureMessage),
    (Column::Bytes, "bytes", Field::Bytes),
    (Column::SentBytes, "sentBytes", Field::SentBytes),
    (Column::GroupThreads, "grpThreads", Field::ThreadCounts),
    (Column::AllThreads, "allThreads", Field::ThreadCounts),
    (Column::Url, "URL", Field::Url),
    (Column::Filename, "Filename", Field::FileName),
    (Column::Latency, "Latency", Field::Latency),
    (Column::Encoding, "Encoding", Field::Encoding),
    (Column::SampleCount, "SampleCount", Field::SampleCount),
    (Column::ErrorCount, "ErrorCount", Field::SampleCount),
    (Column::Hostname, "Hostname", Field::Hostname),
    (Column::IdleTime, "IdleTime", Field::IdleTime),
    (Column::Connect, "Connect", Field::ConnectTime),
    (Column::IntendedStart, "intendedStart", Field::IntendedStart),
];

impl Column {
    /// The column's name in the head of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        COLUMNS[self as usize].1
    }

    /// The columns of those fields, in order.
    pub(super) fn of(fields: FieldSet) -> impl Iterator<Item = Self> {
        COLUMNS.iter().filter(move |(_, _, field)| fields.has(*field)).map(|(column, ..)| *column)
    }
}
