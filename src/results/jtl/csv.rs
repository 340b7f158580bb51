//! Results as CSV: one row for a result and one for each of its parts.
//!
//! A value that holds the delimiter, a quote or the end of a line is put in quotes; nothing else is changed
//! (`CSVSaveService`).

use super::columns::Column;
use super::save_config::{Field, SaveConfig, TimeFormat};
use crate::model::SampleResult;
use crate::results::SampleEvent;

/// Parts of parts are written down to this depth.
const DEPTH: u32 = 10;

/// Writes results as rows.
pub(super) struct CsvFormat {
    config: SaveConfig,
    columns: Vec<Column>,
    /// For times that are written by a pattern.
    time: Vec<u8>,
}

impl CsvFormat {
    pub(super) fn new(config: SaveConfig) -> Self {
        Self { columns: Column::of(config.fields).collect(), config, time: Vec::new() }
    }

    /// Appends a result and its parts.
    pub(super) fn write(&mut self, event: &SampleEvent, out: &mut Vec<u8>) {
        self.write_row(&event.result, event, out);
        if self.config.fields.has(Field::Subresults) {
            self.write_parts(&event.result, event, 0, out);
        }
    }

    fn write_parts(&mut self, result: &SampleResult, event: &SampleEvent, depth: u32, out: &mut Vec<u8>) {
        if depth > DEPTH {
            return;
        }
        for part in &result.sub_results {
            self.write_row(part, event, out);
            self.write_parts(part, event, depth + 1, out);
        }
    }

    fn write_row(&mut self, result: &SampleResult, event: &SampleEvent, out: &mut Vec<u8>) {
        let delimiter = self.config.delimiter;
        let before = out.len();
        for column in &self.columns {
            write_column(*column, result, &self.config, &mut self.time, out);
            out.push(delimiter);
        }
        for variable in event.variables.iter() {
            write_text(variable.as_deref().unwrap_or("null"), delimiter, out);
            out.push(delimiter);
        }
        // The last delimiter becomes the end of the line.
        if out.len() > before {
            out.pop();
        }
        out.push(b'\n');
    }
}

/// Appends the names of the columns.
pub(super) fn write_head(config: &SaveConfig, out: &mut Vec<u8>) {
    let columns = Column::of(config.fields).map(|column| column.name().to_owned());
    let variables = config.variables.iter().map(|name| format!("\"{name}\""));
    let names: Vec<String> = columns.chain(variables).collect();
    out.extend_from_slice(names.join(char::from(config.delimiter).encode_utf8(&mut [0])).as_bytes());
    out.push(b'\n');
}

fn write_column(column: Column, result: &SampleResult, config: &SaveConfig, time: &mut Vec<u8>, out: &mut Vec<u8>) {
    let mut text = |text: &str| write_text(text, config.delimiter, out);
    let number = match column {
        Column::Label => return text(&result.label),
        Column::ResponseCode => return text(&result.response_code),
        Column::ResponseMessage => return text(&result.response_message),
        Column::ThreadName => return text(&result.thread_name),
        Column::DataType => return out.extend_from_slice(result.data_type.word().as_bytes()),
        Column::Success => return out.extend_from_slice(if result.successful { b"true" } else { b"false" }),
        Column::FailureMessage => return text(failure_message(result)),
        Column::Url => return text(result.url.as_deref().unwrap_or("null")),
        Column::Filename => return text(&result.file_name),
        Column::Encoding => return text(result.encoding(&config.default_encoding)),
        Column::Hostname => return text(&config.hostname),
        Column::TimeStamp => return write_time(config.time_stamp(result), config, time, out),
        Column::IntendedStart => {
            return result.intended_start.into_iter().for_each(|millis| write_time(millis, config, time, out));
        }
        Column::Elapsed => result.elapsed(),
        Column::Bytes => result.received(),
        Column::SentBytes => i64::try_from(result.sent_bytes).unwrap_or(i64::MAX),
        Column::GroupThreads => result.group_threads.into(),
        Column::AllThreads => result.all_threads.into(),
        Column::Latency => result.latency,
        Column::SampleCount => result.sample_count.into(),
        Column::ErrorCount => result.error_count().into(),
        Column::IdleTime => result.idle,
        Column::Connect => result.connect,
    };
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn write_time(millis: i64, config: &SaveConfig, buffer: &mut Vec<u8>, out: &mut Vec<u8>) {
    match &config.time_format {
        TimeFormat::Pattern(pattern) => {
            buffer.clear();
            pattern.write(millis, buffer);
            write_bytes(buffer, config.delimiter, out);
        }
        TimeFormat::Millis => out.extend_from_slice(itoa::Buffer::new().format(millis).as_bytes()),
    }
}

/// The first that any assertion said.
fn failure_message(result: &SampleResult) -> &str {
    result.assertions.iter().find_map(|assertion| assertion.message.as_deref()).unwrap_or_default()
}

fn write_text(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    write_bytes(text.as_bytes(), delimiter, out);
}

fn write_bytes(value: &[u8], delimiter: u8, out: &mut Vec<u8>) {
    // Looking at all bytes without stopping at the first hit is twice as fast: hits are rare, and this takes many at once.
    let special = |byte: u8| byte == delimiter || byte == b'"' || byte == b'\n' || byte == b'\r';
    if !value.iter().fold(false, |found, byte| found | special(*byte)) {
        out.extend_from_slice(value);
        return;
    }
    out.push(b'"');
    for byte in value {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests;
