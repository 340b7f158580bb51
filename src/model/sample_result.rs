//! What one sample brought.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use bytes::Bytes;

use super::NextAction;
use crate::java::Charset;

/// A short text that is nearly always one of a few fixed ones: a code, a message.
pub type Text = Cow<'static, str>;

/// The result of a sample, with those of its parts. Times are milliseconds since 1970, durations milliseconds, sizes bytes.
/// The fields and their meaning are those of JMeter's `SampleResult`.
#[derive(Debug, Clone, Default)]
pub struct SampleResult {
    /// The name under which it is counted.
    pub label: Arc<str>,
    /// The response code, for HTTP `200`, or `Non HTTP response code: ...`.
    pub response_code: Text,
    /// The response message.
    pub response_message: Text,
    /// The thread name of the user.
    pub thread_name: Arc<str>,
    /// When it began.
    pub start: i64,
    /// When it ended.
    pub end: i64,
    /// Time between that is not counted.
    pub idle: i64,
    /// Since when its time is not counted; 0 while it is.
    pub paused: i64,
    /// Until the first byte of the answer.
    pub latency: i64,
    /// Until the connection was there, TLS included.
    pub connect: i64,
    /// Whether it was good, assertions included.
    pub successful: bool,
    /// Whether the response is a text.
    pub data_type: DataType,
    /// What assertions said.
    pub assertions: Vec<AssertionResult>,
    /// Its parts: redirects, embedded resources, the samples of a transaction.
    pub sub_results: Vec<SampleResult>,
    /// All bytes received, where the next two are 0.
    pub bytes: u64,
    /// Bytes of the response's headers.
    pub headers_size: i64,
    /// Bytes of the response's body as received; 0 if they are those of the data.
    pub body_size: u64,
    /// Bytes sent.
    pub sent_bytes: u64,
    /// The address, where there is one.
    pub url: Option<Arc<str>>,
    /// The request's headers as a text, lines ended by LF.
    pub request_headers: Text,
    /// The response's headers as a text, the status line first.
    pub response_headers: Text,
    /// What was sent; `None` where nothing says so.
    pub sampler_data: Option<Text>,
    /// The response's body, decompressed.
    pub response_data: Bytes,
    /// The encoding that the response names; empty if none.
    pub data_encoding: Text,
    /// The response's content type.
    pub content_type: Text,
    /// The file that the response was saved to, or came from.
    pub file_name: Text,
    /// How many samples it stands for.
    pub sample_count: u32,
    /// Users running in the group when it ended.
    pub group_threads: u32,
    /// Users running in the test when it ended.
    pub all_threads: u32,
    /// When it was meant to begin, for load that is paced.
    pub intended_start: Option<i64>,
    /// What only HTTP results have.
    pub http: Option<Box<HttpDetails>>,
    /// It is to be neither recorded nor counted.
    pub ignored: bool,
    /// It ends its user.
    pub stop_thread: bool,
    /// It ends the test.
    pub stop_test: bool,
    /// It ends the test at once.
    pub stop_test_now: bool,
    /// Where its user goes afterwards.
    pub next_action: NextAction,
    /// The number of the next part's name.
    pub next_part: u32,
}

/// What only HTTP results have (`HTTPSampleResult`).
#[derive(Debug, Clone, Default)]
pub struct HttpDetails {
    /// The method.
    pub method: Text,
    /// The query or the body, as a text.
    pub query_string: Text,
    /// The cookies sent.
    pub cookies: Text,
    /// Where the response redirected to.
    pub redirect_location: Option<Text>,
}

/// What kind of data a response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DataType {
    /// Not known.
    #[default]
    Unknown,
    /// A text.
    Text,
    /// Bytes.
    Binary,
}

impl DataType {
    /// JMeter's word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Text => "text",
            Self::Binary => "bin",
        }
    }
}

/// What an assertion said of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssertionResult {
    /// The assertion's name.
    pub name: String,
    /// The result is not as asked for.
    pub failure: bool,
    /// The assertion itself did not work.
    pub error: bool,
    /// Why.
    pub message: Option<String>,
    /// What was compared, for assertions that compare samples.
    pub compared: Option<Box<Compared>>,
}

/// Two samples that an assertion compared, as texts (`CompareAssertionResult`). Both are empty if they do not differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// The earlier sample.
    pub base: String,
    /// The later one.
    pub secondary: String,
}

impl AssertionResult {
    /// All is as asked for.
    pub fn passed(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Something is not as asked for.
    pub fn failed(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self { name: name.into(), failure: true, error: false, message: Some(message.into()), compared: None }
    }

    /// The assertion did not work.
    pub fn error(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self { name: name.into(), failure: false, error: true, message: Some(message.into()), compared: None }
    }
}

impl SampleResult {
    /// A result that begins now and is good so far.
    #[must_use]
    pub fn starting(label: Arc<str>, start: i64) -> Self {
        Self { label, start, end: start, sample_count: 1, successful: true, ..Self::default() }
    }

    /// What is told of it where nobody asks for its contents: all but its parts, headers, what was sent and what came. The
    /// user keeps those, so that their memory serves the next sample instead of waiting to be looked at by another thread.
    #[must_use]
    pub fn without_contents(&self) -> Self {
        Self {
            label: self.label.clone(),
            response_code: self.response_code.clone(),
            response_message: self.response_message.clone(),
            thread_name: self.thread_name.clone(),
            assertions: self.assertions.clone(),
            body_size: self.received_body(),
            url: self.url.clone(),
            data_encoding: self.data_encoding.clone(),
            file_name: self.file_name.clone(),
            sub_results: Vec::new(),
            request_headers: Text::default(),
            response_headers: Text::default(),
            sampler_data: None,
            response_data: Bytes::new(),
            content_type: Text::default(),
            http: None,
            ..*self
        }
    }

    /// How long it took, without idle time.
    #[must_use]
    pub fn elapsed(&self) -> i64 {
        self.end - self.start - self.idle
    }

    /// Bytes of the response's body as received.
    #[must_use]
    pub fn received_body(&self) -> u64 {
        if self.body_size == 0 { self.response_data.len() as u64 } else { self.body_size }
    }

    /// All bytes received.
    #[must_use]
    pub fn received(&self) -> i64 {
        match self.headers_size.saturating_add_unsigned(self.received_body()) {
            0 => i64::try_from(self.bytes).unwrap_or(i64::MAX),
            sum => sum,
        }
    }

    /// How many samples of those it stands for have failed.
    #[must_use]
    pub fn error_count(&self) -> u32 {
        u32::from(!self.successful)
    }

    /// Sets code, message and success of a good answer.
    pub fn set_ok(&mut self) {
        self.response_code = "200".into();
        self.response_message = "OK".into();
        self.successful = true;
    }

    /// Sets code, message and data of what Java's exception would give (`HTTPSamplerBase.errorResult` and its like).
    pub fn set_text(&mut self, data: impl Into<Bytes>) {
        self.response_data = data.into();
        self.data_type = DataType::Text;
    }

    /// What was asked for, as a text: of an HTTP request its method, address, body and cookies, too
    /// (`HTTPSampleResult.getSamplerData`).
    #[must_use]
    pub fn request_text(&self) -> Option<Cow<'_, str>> {
        let own = self.sampler_data.as_deref();
        let Some(http) = &self.http else { return own.map(Cow::Borrowed) };
        let mut text = http.method.to_string();
        if let Some(url) = &self.url {
            let _ = writeln!(text, " {url}");
            if !["HEAD", "OPTIONS", "TRACE"].contains(&&*http.method) {
                let _ = writeln!(text, "\n{} data:\n{}", http.method, http.query_string);
            }
            match &*http.cookies {
                "" => text.push_str("\n[no cookies]\n"),
                cookies => _ = writeln!(text, "\nCookie Data:\n{cookies}"),
            }
        }
        Some((text + own.unwrap_or_default()).into())
    }

    /// The response as a text in its encoding, or else the default one.
    #[must_use]
    pub fn response_text(&self, default_encoding: &str) -> Cow<'_, str> {
        self.decoded(default_encoding).unwrap_or_else(|| String::from_utf8_lossy(&self.response_data))
    }

    /// The same; `None` when there is no such encoding.
    #[must_use]
    pub fn decoded(&self, default_encoding: &str) -> Option<Cow<'_, str>> {
        Some(Charset::for_name(self.encoding(default_encoding))?.decode(&self.response_data))
    }

    /// The encoding that the response names, or else the default one.
    #[must_use]
    pub fn encoding<'a>(&'a self, default: &'a str) -> &'a str {
        if self.data_encoding.is_empty() { default } else { &self.data_encoding }
    }

    /// Whether it is the sample of a Transaction Controller, by its message
    /// (`TransactionController.isFromTransactionController`).
    #[must_use]
    pub fn is_transaction(&self) -> bool {
        self.response_message.starts_with("Number of samples in transaction")
    }

    /// Adds a part with all it counts (`SampleResult.addSubResult`), renamed to `LABEL-N` unless `subresults.disable_renaming`.
    pub fn add_part(&mut self, mut part: SampleResult, rename: bool) {
        part.thread_name = self.thread_name.clone();
        self.end = self.end.max(part.end);
        self.bytes = u64::try_from(self.received() + part.received()).unwrap_or(0);
        self.sent_bytes += part.sent_bytes;
        self.headers_size += part.headers_size;
        self.body_size = self.received_body() + part.received_body();
        self.store_part(part, rename);
    }

    /// Adds a part without counting it (`SampleResult.storeSubResult`).
    pub fn store_part(&mut self, mut part: SampleResult, rename: bool) {
        if rename {
            part.label = format!("{}-{}", self.label, self.next_part).into();
            self.next_part += 1;
        }
        self.sub_results.push(part);
    }

    /// Fills in what the user's thread knows (`JMeterThread.fillThreadInformation`), for the direct parts, too.
    pub fn fill_thread(&mut self, thread_name: &Arc<str>, active: (u32, u32)) {
        self.fill_thread_itself(thread_name, active);
        for part in &mut self.sub_results {
            part.fill_thread_itself(thread_name, active);
        }
    }

    /// Fills in what the user's thread knows, leaving the parts as they are.
    pub fn fill_thread_itself(&mut self, thread_name: &Arc<str>, (group, all): (u32, u32)) {
        self.thread_name = thread_name.clone();
        (self.group_threads, self.all_threads) = (group, all);
    }
}
