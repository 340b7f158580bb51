//! The exceptions by which scripts stop their user or the test, and what ends a script means for its element.

use crate::model::Fault;
use crate::script::class::{Class, Static};
use crate::script::java::throwable;
use crate::script::{ErrorKind, ScriptError};

/// `org.apache.jorphan.util.JMeterStopThreadException`.
pub static STOP_THREAD: Static = Static::new(|| class("org.apache.jorphan.util.JMeterStopThreadException"));
/// `org.apache.jorphan.util.JMeterStopTestException`.
pub static STOP_TEST: Static = Static::new(|| class("org.apache.jorphan.util.JMeterStopTestException"));
/// `org.apache.jorphan.util.JMeterStopTestNowException`.
pub static STOP_TEST_NOW: Static = Static::new(|| class("org.apache.jorphan.util.JMeterStopTestNowException"));

fn class(name: &'static str) -> Class {
    Class::new(name).child_of(throwable::class("java.lang.RuntimeException")).constructors(throwable::CONSTRUCTORS)
}

/// What ends more than the script: a stop, or one of Java's errors. `None` for exceptions, which elements deal with.
#[must_use]
pub fn fault(error: &ScriptError) -> Option<Fault> {
    let message = || error.message.clone().unwrap_or_default();
    match (error.kind, error.class.as_str()) {
        (ErrorKind::Stopped, _) => Some(Fault::StopThread("the test was stopped".into())),
        (ErrorKind::Error, _) => Some(Fault::Error(error.text())),
        (_, name) if name == STOP_THREAD.name => Some(Fault::StopThread(message())),
        (_, name) if name == STOP_TEST.name => Some(Fault::StopTest(message())),
        (_, name) if name == STOP_TEST_NOW.name => Some(Fault::StopTestNow(message())),
        _ => None,
    }
}
