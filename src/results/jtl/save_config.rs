//! Which parts of a result a results file holds: the properties `jmeter.save.saveservice.*` say so, or a listener for its
//! own file (`SampleSaveConfiguration`).
//!
//! A listener that says anything says everything: a part that its `saveConfig` does not name is not written, whatever the
//! properties say. What it cannot say (delimiter, format of times, processing instruction) comes from the properties.

use std::sync::Arc;

use super::date_pattern::DatePattern;
use crate::java;
use crate::jmx::{Position, Property};
use crate::model::{Properties, SampleResult};
use crate::results::sample_variables;

/// Before the names of all properties here.
const PREFIX: &str = "jmeter.save.saveservice.";
const LOG: &str = "o.a.j.s.SampleSaveConfiguration";

/// A part of a result, or of a file, that is written or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "they are named as in the plan")]
pub enum Field {
    Timestamp,
    Time,
    Label,
    Code,
    Message,
    ThreadName,
    DataType,
    Success,
    FailureMessage,
    Bytes,
    SentBytes,
    ThreadCounts,
    Url,
    FileName,
    Latency,
    Encoding,
    SampleCount,
    Hostname,
    IdleTime,
    ConnectTime,
    Subresults,
    Assertions,
    ResponseData,
    ResponseDataOnError,
    SamplerData,
    RequestHeaders,
    ResponseHeaders,
    FieldNames,
    Xml,
    IntendedStart,
}

/// What JMeter does not have: when samples of paced load were meant to begin.
const INTENDED_START: &str = "loadline.save.intended_start";

/// Each field with its property, its name in a plan, and whether it is written when nobody says anything. Two have no
/// property of the kind: `timestamp_format` and `output_format` are no truth values.
const FIELDS: [(Field, &str, &str, bool); 29] = [
    (Field::Timestamp, "", "timestamp", true),
    (Field::Time, "time", "time", true),
    (Field::Label, "label", "label", true),
    (Field::Code, "response_code", "code", true),
    (Field::Message, "response_message", "message", true),
    (Field::ThreadName, "thread_name", "threadName", true),
    (Field::DataType, "data_type", "dataType", true),
    (Field::Success, "successful", "success", true),
    (Field::FailureMessage, "assertion_results_failure_message", "saveAssertionResultsFailureMessage", true),
    (Field::Bytes, "bytes", "bytes", true),
    (Field::SentBytes, "sent_bytes", "sentBytes", true),
    (Field::ThreadCounts, "thread_counts", "threadCounts", true),
    (Field::Url, "url", "url", true),
    (Field::FileName, "filename", "fileName", false),
    (Field::Latency, "latency", "latency", true),
    (Field::Encoding, "encoding", "encoding", false),
    (Field::SampleCount, "sample_count", "sampleCount", false),
    (Field::Hostname, "hostname", "hostname", false),
    (Field::IdleTime, "idle_time", "idleTime", true),
    (Field::ConnectTime, "connect_time", "connectTime", true),
    (Field::Subresults, "subresults", "subresults", true),
    (Field::Assertions, "assertions", "assertions", true),
    (Field::ResponseData, "response_data", "responseData", false),
    (Field::ResponseDataOnError, "response_data.on_error", "responseDataOnError", false),
    (Field::SamplerData, "samplerData", "samplerData", false),
    (Field::RequestHeaders, "requestHeaders", "requestHeaders", false),
    (Field::ResponseHeaders, "responseHeaders", "responseHeaders", false),
    (Field::FieldNames, "print_field_names", "fieldNames", true),
    (Field::Xml, "", "xml", false),
];

/// Some fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldSet(u32);

impl FieldSet {
    /// Whether a field is one of them.
    #[must_use]
    pub fn has(self, field: Field) -> bool {
        self.0 & (1 << field as u32) != 0
    }

    /// Adds a field, or takes it out.
    pub fn set(&mut self, field: Field, written: bool) {
        let bit = 1 << field as u32;
        self.0 = if written { self.0 | bit } else { self.0 & !bit };
    }

    /// The same fields and one more.
    #[must_use]
    pub fn with(mut self, field: Field) -> Self {
        self.set(field, true);
        self
    }
}

/// How times are written in CSV; XML always has milliseconds.
#[derive(Debug, Clone)]
pub enum TimeFormat {
    /// Milliseconds since 1970.
    Millis,
    /// By a pattern, in the machine's time zone.
    Pattern(Arc<DatePattern>),
}

/// What a results file holds, and how.
#[derive(Debug, Clone)]
pub struct SaveConfig {
    /// What is written.
    pub fields: FieldSet,
    /// How times are written.
    pub time_format: TimeFormat,
    /// Between the columns of CSV: a printable ASCII character or a tab.
    pub delimiter: u8,
    /// A line after the head of XML; empty for none.
    pub xml_pi: Arc<str>,
    /// The variables that are written with each result.
    pub variables: Arc<[Arc<str>]>,
    /// The encoding of results that name none.
    pub default_encoding: Arc<str>,
    /// The name of this machine.
    pub hostname: Arc<str>,
    /// `sampleresult.timestamp.start`: a result's time is that of its start, not of its end.
    pub stamps_start: bool,
    /// Each result reaches the file at once.
    pub flushes_each: bool,
    /// `TestPlan.functional_mode`: XML has the data of all requests and responses.
    pub functional_mode: bool,
}

/// Why results cannot be written as the properties say. Nothing runs then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DelimiterError {
    /// It is not one character.
    #[error("Delimiter '{0}' must be of length 1.")]
    Length(String),
    /// It may be part of a value without quotes.
    #[error("Delimiter '{0}' must not be alphanumeric or \".")]
    Alphanumeric(char),
    /// It cannot be seen.
    #[error("Delimiter (code {0}) must be printable.")]
    Unprintable(u32),
}

impl SaveConfig {
    /// What the properties say.
    ///
    /// # Errors
    /// When the delimiter is none.
    pub fn from_properties(properties: &Properties, functional_mode: bool) -> Result<Self, DelimiterError> {
        let text = |name: &str, default: &str| properties.text(&format!("{PREFIX}{name}"), default);
        let mut fields = FieldSet::default();
        for (field, property, _, by_default) in FIELDS {
            let given = if property.is_empty() { None } else { properties.get(&format!("{PREFIX}{property}")) };
            fields.set(field, given.map_or(by_default, |text| java::parse_boolean(&text)));
        }
        let time_format = text("timestamp_format", "ms");
        fields.set(Field::Timestamp, !time_format.eq_ignore_ascii_case("none"));
        fields.set(Field::IntendedStart, properties.flag(INTENDED_START, false));
        fields.set(Field::Xml, is_xml(&text("output_format", "csv")));
        Ok(Self {
            fields,
            time_format: TimeFormat::parse(&time_format),
            delimiter: delimiter(&text("default_delimiter", ","))?,
            xml_pi: text("xml_pi", ""),
            variables: sample_variables(properties),
            default_encoding: properties.text("sampleresult.default.encoding", "UTF-8"),
            hostname: gethostname::gethostname().to_string_lossy().into(),
            stamps_start: properties.flag("sampleresult.timestamp.start", false),
            flushes_each: java::parse_boolean(&text("autoflush", "false")),
            functional_mode,
        })
    }

    /// The same, as a listener wants it.
    #[must_use]
    pub fn with(&self, own: &OwnConfig) -> Self {
        let mut config = Self { fields: own.fields, ..self.clone() };
        config.fields.set(Field::IntendedStart, self.fields.has(Field::IntendedStart));
        config.delimiter = own.delimiter.unwrap_or(self.delimiter);
        if own.millis {
            config.time_format = TimeFormat::Millis;
        }
        config
    }

    /// The time that stands for a result.
    #[must_use]
    pub fn time_stamp(&self, result: &SampleResult) -> i64 {
        if self.stamps_start { result.start } else { result.end }
    }
}

impl TimeFormat {
    /// The format of that name. A faulty pattern is reported and counts as milliseconds: JMeter would go on with rows
    /// that lack the column.
    fn parse(text: &str) -> Self {
        if text.eq_ignore_ascii_case("ms") || text.eq_ignore_ascii_case("none") {
            return Self::Millis;
        }
        match DatePattern::parse(text) {
            Ok(pattern) => Self::Pattern(pattern.into()),
            Err(error) => {
                let property = format!("{PREFIX}timestamp_format");
                log::error!(
                    target: LOG,
                    "Invalid pattern value {text} for property {property}: {error}; times are written in milliseconds"
                );
                Self::Millis
            }
        }
    }
}

fn is_xml(format: &str) -> bool {
    if !matches!(format, "csv" | "xml") {
        log::warn!(target: LOG, "{PREFIX}output_format has unexpected value: '{format}' - assuming 'csv' format");
    }
    format == "xml"
}

fn delimiter(text: &str) -> Result<u8, DelimiterError> {
    let text = if text == "\\t" { "\t" } else { text };
    let mut units = text.chars();
    let (Some(char), None) = (units.next(), units.next()) else { return Err(DelimiterError::Length(text.into())) };
    match char {
        _ if char.len_utf16() > 1 => Err(DelimiterError::Length(text.into())),
        '"' => Err(DelimiterError::Alphanumeric(char)),
        _ if char.is_ascii_alphanumeric() => Err(DelimiterError::Alphanumeric(char)),
        '\t' | ' '..='~' => Ok(char as u8),
        _ => Err(DelimiterError::Unprintable(char.into())),
    }
}

/// What a listener says in the plan (`saveConfig`).
#[derive(Debug, Clone, Default)]
pub struct OwnConfig {
    /// What is written; all else is not.
    pub fields: FieldSet,
    /// Another delimiter, which old versions saved.
    pub delimiter: Option<u8>,
    /// Times in milliseconds even if the properties have a pattern, which old versions saved.
    pub millis: bool,
}

/// Classes of the object that a listener keeps it in.
const CLASSES: [&str; 2] = ["SampleSaveConfiguration", "org.apache.jmeter.samplers.SampleSaveConfiguration"];

impl OwnConfig {
    /// Reads the property `saveConfig`.
    ///
    /// # Errors
    /// What JMeter could not load, each fault with its place: it refuses the whole plan for a field that it does not know.
    pub fn read(property: &Property) -> Result<Self, Vec<(Position, String)>> {
        let Some(object) = property.value() else { return Err(vec![(property.position, "it holds no value".into())]) };
        let class = object.attribute("class").unwrap_or_default();
        if !CLASSES.contains(&class) {
            return Err(vec![(object.position, format!("there is no class {class}"))]);
        }
        let (mut own, mut faults) = (Self::default(), Vec::new());
        for field in object.nested() {
            if let Err(fault) = own.read_field(&field.tag, field.text().unwrap_or_default()) {
                faults.push((field.position, fault));
            }
        }
        if faults.is_empty() { Ok(own) } else { Err(faults) }
    }

    fn read_field(&mut self, name: &str, text: &str) -> Result<(), String> {
        if let Some((field, ..)) = FIELDS.iter().find(|(_, _, in_plan, _)| *in_plan == name) {
            self.fields.set(*field, java::parse_boolean(text));
            return Ok(());
        }
        match name {
            // Which assertions' results are written never depends on it.
            "assertionsResultsToSave" if java::parse_int(text).is_none() => {
                Err(format!("expected a whole number in {name}, found \"{text}\""))
            }
            "assertionsResultsToSave" | "formatter" | "varCount" => Ok(()),
            "delimiter" => {
                self.delimiter = Some(delimiter(text).map_err(|error| error.to_string())?);
                Ok(())
            }
            "printMilliseconds" => {
                self.millis = java::parse_boolean(text);
                Ok(())
            }
            _ => Err(format!("a result has no field {name}")),
        }
    }
}

#[cfg(test)]
mod tests;
