//! Results as XML: one element for a result, with its parts inside.
//!
//! The elements, attributes and their order are those of `SampleResultConverter` and `HTTPResultConverter`, the spaces and
//! escapes those of XStream. Characters that XML 1.0 forbids are written as references all the same, as JMeter does.

use super::save_config::{Field, SaveConfig};
use crate::model::{AssertionResult, Compared, DataType, SampleResult};
use crate::results::SampleEvent;

/// What a file begins with.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// What closes a file.
pub(super) const END_TAG: &str = "</testResults>";

/// Appends what a file begins with.
pub(super) fn write_head(config: &SaveConfig, out: &mut Vec<u8>) {
    out.extend_from_slice(HEAD.as_bytes());
    if !config.xml_pi.is_empty() {
        out.extend_from_slice(config.xml_pi.as_bytes());
        out.push(b'\n');
    }
    out.extend_from_slice(b"<testResults version=\"1.2\">\n");
}

/// Writes results as elements.
pub(super) struct XmlFormat {
    config: SaveConfig,
    /// The names of the variables as attributes.
    variables: Vec<String>,
}

impl XmlFormat {
    pub(super) fn new(config: SaveConfig) -> Self {
        let variables = config.variables.iter().map(|name| attribute_name(name)).collect();
        Self { config, variables }
    }

    /// Appends a result and its parts.
    pub(super) fn write(&self, event: &SampleEvent, out: &mut Vec<u8>) {
        self.write_sample(&event.result, event, 0, out);
        out.push(b'\n');
    }

    fn write_sample(&self, result: &SampleResult, event: &SampleEvent, depth: usize, out: &mut Vec<u8>) {
        let tag = if result.http.is_some() { "httpSample" } else { "sample" };
        put(out, &["<", tag]);
        self.write_attributes(result, event, out);
        let without_children = out.len();
        out.push(b'>');
        self.write_children(result, event, depth + 1, out);
        if out.len() == without_children + 1 {
            out.truncate(without_children);
            out.extend_from_slice(b"/>");
        } else {
            new_line(depth, out);
            close(tag, out);
        }
    }

    fn write_attributes(&self, result: &SampleResult, event: &SampleEvent, out: &mut Vec<u8>) {
        let has = |field| self.config.fields.has(field);
        let number = |field, name: &str, value: i64, out: &mut Vec<u8>| {
            if has(field) {
                put(out, &[" ", name, "=\"", itoa::Buffer::new().format(value), "\""]);
            }
        };
        let text = |field, name: &str, value: &str, out: &mut Vec<u8>| {
            if has(field) {
                write_attribute(name, value, out);
            }
        };
        number(Field::Time, "t", result.elapsed(), out);
        number(Field::IdleTime, "it", result.idle, out);
        number(Field::Latency, "lt", result.latency, out);
        number(Field::ConnectTime, "ct", result.connect, out);
        number(Field::Timestamp, "ts", self.config.time_stamp(result), out);
        result.intended_start.into_iter().for_each(|start| number(Field::IntendedStart, "its", start, out));
        text(Field::Success, "s", if result.successful { "true" } else { "false" }, out);
        text(Field::Label, "lb", &result.label, out);
        text(Field::Code, "rc", &result.response_code, out);
        text(Field::Message, "rm", &result.response_message, out);
        text(Field::ThreadName, "tn", &result.thread_name, out);
        text(Field::DataType, "dt", result.data_type.word(), out);
        text(Field::Encoding, "de", &result.data_encoding, out);
        number(Field::Bytes, "by", result.received(), out);
        number(Field::SentBytes, "sby", i64::try_from(result.sent_bytes).unwrap_or(i64::MAX), out);
        number(Field::SampleCount, "sc", result.sample_count.into(), out);
        number(Field::SampleCount, "ec", result.error_count().into(), out);
        number(Field::ThreadCounts, "ng", result.group_threads.into(), out);
        number(Field::ThreadCounts, "na", result.all_threads.into(), out);
        text(Field::Hostname, "hn", &self.config.hostname, out);
        for (name, value) in self.variables.iter().zip(event.variables.iter()) {
            write_attribute(name, value.as_deref().unwrap_or_default(), out);
        }
    }

    fn write_children(&self, result: &SampleResult, event: &SampleEvent, depth: usize, out: &mut Vec<u8>) {
        let has = |field| self.config.fields.has(field);
        if has(Field::Assertions) {
            for assertion in &result.assertions {
                write_assertion(assertion, depth, out);
            }
        }
        if has(Field::Subresults) {
            for part in &result.sub_results {
                new_line(depth, out);
                self.write_sample(part, event, depth, out);
            }
        }
        if has(Field::ResponseHeaders) {
            write_string("responseHeader", &result.response_headers, depth, out);
        }
        if has(Field::RequestHeaders) {
            write_string("requestHeader", &result.request_headers, depth, out);
        }
        let all_data = self.config.functional_mode || has(Field::ResponseDataOnError) && !result.successful;
        if all_data || has(Field::ResponseData) {
            self.write_response(result, depth, out);
        }
        if has(Field::FileName) {
            write_string("responseFile", &result.file_name, depth, out);
        }
        if all_data || has(Field::SamplerData) {
            write_request(result, depth, out);
        }
        if has(Field::Url) {
            write_url(result, depth, out);
        }
    }

    fn write_response(&self, result: &SampleResult, depth: usize, out: &mut Vec<u8>) {
        let mut write = |text: &str| write_string("responseData", text, depth, out);
        if result.data_type != DataType::Text {
            let kind = result.data_type.word();
            return write(&format!("Non-TEXT response data, cannot record: ({kind})"));
        }
        let default = &self.config.default_encoding;
        match result.decoded(default) {
            Some(text) => write(&text),
            None => write(&format!(
                "Unsupported encoding in response data, cannot record: java.io.UnsupportedEncodingException: {}",
                result.encoding(default)
            )),
        }
    }
}

/// What was sent.
fn write_request(result: &SampleResult, depth: usize, out: &mut Vec<u8>) {
    let Some(http) = &result.http else {
        if let Some(data) = &result.sampler_data {
            write_string("samplerData", data, depth, out);
        }
        return;
    };
    write_string("cookies", &http.cookies, depth, out);
    write_string("method", &http.method, depth, out);
    write_string("queryString", &http.query_string, depth, out);
    if let Some(location) = &http.redirect_location {
        write_string("redirectLocation", location, depth, out);
    }
}

fn write_url(result: &SampleResult, depth: usize, out: &mut Vec<u8>) {
    match &result.url {
        Some(url) => write_element("java.net.URL", url, depth, out),
        // An HTTP request without an address, for instance of an unknown protocol.
        None if result.http.is_some() => {
            new_line(depth, out);
            out.extend_from_slice(b"<null/>");
        }
        None => {}
    }
}

fn write_assertion(assertion: &AssertionResult, depth: usize, out: &mut Vec<u8>) {
    // The class without an alias, as XStream writes it.
    let tag = match assertion.compared {
        Some(_) => "org.apache.jmeter.assertions.CompareAssertionResult",
        None => "assertionResult",
    };
    new_line(depth, out);
    put(out, &["<", tag, ">"]);
    write_element("name", &assertion.name, depth + 1, out);
    write_element("failure", if assertion.failure { "true" } else { "false" }, depth + 1, out);
    write_element("error", if assertion.error { "true" } else { "false" }, depth + 1, out);
    if let Some(message) = &assertion.message {
        write_element("failureMessage", message, depth + 1, out);
    }
    if let Some(compared) = &assertion.compared {
        write_compared(compared, depth + 1, out);
    }
    new_line(depth, out);
    close(tag, out);
}

fn write_compared(compared: &Compared, depth: usize, out: &mut Vec<u8>) {
    new_line(depth, out);
    if *compared == Compared::default() {
        return put(out, &["<comparedResults/>"]);
    }
    put(out, &["<comparedResults>"]);
    write_element("baseResult", &compared.base, depth + 1, out);
    write_element("secondaryResult", &compared.secondary, depth + 1, out);
    new_line(depth, out);
    close("comparedResults", out);
}

/// An element that says that it holds a text.
fn write_string(tag: &str, text: &str, depth: usize, out: &mut Vec<u8>) {
    new_line(depth, out);
    put(out, &["<", tag, " class=\"java.lang.String\">"]);
    escape(text, Place::Element, out);
    close(tag, out);
}

fn write_element(tag: &str, text: &str, depth: usize, out: &mut Vec<u8>) {
    new_line(depth, out);
    put(out, &["<", tag, ">"]);
    escape(text, Place::Element, out);
    close(tag, out);
}

fn write_attribute(name: &str, value: &str, out: &mut Vec<u8>) {
    put(out, &[" ", name, "=\""]);
    escape(value, Place::Attribute, out);
    out.push(b'"');
}

fn close(tag: &str, out: &mut Vec<u8>) {
    put(out, &["</", tag, ">"]);
}

fn new_line(depth: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + 2 * depth, b' ');
}

fn put(out: &mut Vec<u8>, texts: &[&str]) {
    for text in texts {
        out.extend_from_slice(text.as_bytes());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Element,
    Attribute,
}

fn escape(text: &str, place: Place, out: &mut Vec<u8>) {
    // Most texts need no escapes; looking at all their bytes without stopping is fastest.
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if text.bytes().fold(true, |all, byte| all & plain(byte)) {
        return out.extend_from_slice(text.as_bytes());
    }
    let mut plain = 0;
    for (index, char) in text.char_indices() {
        let entity = match char {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&apos;",
            '\t' | '\n' if place == Place::Element => continue,
            _ if char.is_control() || is_no_character(char) => "",
            _ => continue,
        };
        put(out, &[&text[plain..index], entity]);
        if entity.is_empty() {
            put(out, &[&format!("&#x{:x};", u32::from(char))]);
        }
        plain = index + char.len_utf8();
    }
    put(out, &[&text[plain..]]);
}

/// Those below U+10000 that Unicode sets apart: Java escapes them as it does all that have no meaning yet.
fn is_no_character(char: char) -> bool {
    matches!(char, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// A variable's name as XStream writes it: `_` doubled, `$` as `_-`. Names that XML does not allow are escaped, too, where
/// JMeter would write a file that nobody can read.
fn attribute_name(variable: &str) -> String {
    let mut name = String::with_capacity(variable.len());
    for (index, char) in variable.char_indices() {
        match char {
            '_' => name.push_str("__"),
            '$' => name.push_str("_-"),
            _ if char.is_alphabetic() || char == ':' => name.push(char),
            _ if index > 0 && (char.is_ascii_digit() || matches!(char, '-' | '.' | '\u{b7}')) => name.push(char),
            _ => name.extend(format!("_.{:04x}", u32::from(char)).chars()),
        }
    }
    name
}

#[cfg(test)]
mod tests;
