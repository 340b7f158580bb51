//! What can go wrong while an element works.

use std::borrow::Cow;
use std::fmt;

/// Why an element could not do its work. A sample that fails is not a fault but a result: these are the cases in which
/// JMeter throws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A Java exception. In most places it costs the sample: nothing is recorded, the user goes on with the next sampler.
    Exception {
        /// The exception's class, for instance `java.lang.NumberFormatException`.
        class: Cow<'static, str>,
        /// Its message, for instance `For input string: "x"`.
        message: String,
    },
    /// A Java error, which nothing catches: the user ends there.
    Error(String),
    /// `JMeterStopThreadException`: the user ends.
    StopThread(String),
    /// `JMeterStopTestException`: the test ends gracefully.
    StopTest(String),
    /// `JMeterStopTestNowException`: the test ends, what runs is interrupted.
    StopTestNow(String),
}

impl Fault {
    /// A Java exception of that class with that message.
    pub fn exception(class: &'static str, message: impl Into<String>) -> Self {
        Self::Exception { class: class.into(), message: message.into() }
    }

    /// What `Long.parseLong` and its like throw.
    #[must_use]
    pub fn number_format(text: &str) -> Self {
        Self::exception("java.lang.NumberFormatException", format!("For input string: \"{text}\""))
    }

    /// The usual complaint about a parameter.
    pub fn illegal_argument(message: impl Into<String>) -> Self {
        Self::exception("java.lang.IllegalArgumentException", message)
    }
}

impl fmt::Display for Fault {
    /// As Java prints a throwable: class, colon, message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exception { class, message } if message.is_empty() => f.write_str(class),
            Self::Exception { class, message } => write!(f, "{class}: {message}"),
            Self::Error(text) | Self::StopThread(text) | Self::StopTest(text) | Self::StopTestNow(text) => {
                f.write_str(text)
            }
        }
    }
}

impl std::error::Error for Fault {}
