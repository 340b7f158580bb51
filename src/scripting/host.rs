//! Running a script on behalf of a virtual user.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use rand::RngExt;
use tokio::runtime::{Handle, RuntimeFlavor};

use super::LIBRARY;
use super::cache::compiled;
use crate::model::{Stop, VirtualUser};
use crate::script::class::Dialect;
use crate::script::{Bindings, Host, Language, Limits, Machine, Script, ScriptError, Value};

/// The text of a script's value; `None` for Java's `null`.
pub type Evaluated = Result<Option<Arc<str>>, ScriptError>;

/// Evaluates a text with those bindings, and gives the text of its value.
///
/// # Errors
/// What the script throws, or why it is none.
pub fn evaluate(language: Language, text: &str, bindings: &Bindings, vu: &mut VirtualUser) -> Evaluated {
    let script = compiled(language, text)?;
    let value = run(&script, bindings, vu)?;
    self::text(&script, &value, vu)
}

/// Runs a script with those bindings.
///
/// # Errors
/// What the script throws.
pub fn run(script: &Script, bindings: &Bindings, vu: &mut VirtualUser) -> Result<Value, ScriptError> {
    keeping_nobody_waiting(script.blocks(), || script.run(bindings, &mut UserHost(vu), Limits::default()))
}

/// Work that may wait: on the workers that may be blocked, other users go on meanwhile.
fn keeping_nobody_waiting<T>(blocks: bool, work: impl FnOnce() -> T) -> T {
    let may_be_blocked =
        || Handle::try_current().is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    if blocks && may_be_blocked() { tokio::task::block_in_place(work) } else { work() }
}

/// The text of a value of that script; `None` for Java's `null`.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn text(script: &Script, value: &Value, vu: &mut VirtualUser) -> Evaluated {
    match value {
        Value::Null => Ok(None),
        value => script.text(value, &mut UserHost(vu)).map(Some),
    }
}

/// The text of any value, as Java's `toString` gives it.
///
/// # Errors
/// What a `toString` of a script throws.
pub fn plain_text(value: &Value, vu: &mut VirtualUser) -> Result<String, ScriptError> {
    let mut host = UserHost(vu);
    let mut machine = Machine::new(&mut host, LIBRARY.clone(), Dialect::Java, Limits::default());
    machine.text(value).map(|text| text.to_string()).map_err(|thrown| machine.script_error(thrown))
}

/// The program around a script, for one virtual user.
pub(super) struct UserHost<'a>(pub &'a mut VirtualUser);

impl Host for UserHost<'_> {
    fn state(&mut self) -> &mut dyn Any {
        self.0
    }

    fn now(&mut self) -> i64 {
        self.0.now()
    }

    #[allow(clippy::disallowed_methods, reason = "scripts that sleep run where they keep nobody waiting")]
    fn sleep(&mut self, time: Duration) -> bool {
        std::thread::sleep(time);
        !self.should_stop()
    }

    fn should_stop(&mut self) -> bool {
        self.0.run.stopping() == Stop::Now
    }

    #[allow(clippy::print_stdout, reason = "it is what the script asks for")]
    fn print(&mut self, text: &str) {
        print!("{text}");
    }

    #[allow(clippy::print_stderr, reason = "it is what the script asks for")]
    fn print_error(&mut self, text: &str) {
        eprint!("{text}");
    }

    fn random(&mut self) -> u64 {
        self.0.random_source().random()
    }

    fn thread_name(&mut self) -> Arc<str> {
        self.0.thread_name.clone()
    }

    fn system_property(&mut self, name: &str) -> Option<Arc<str>> {
        self.0.run.system.get(name).or_else(|| crate::script::java::system::property(name))
    }

    fn set_system_property(&mut self, name: &str, value: Option<Arc<str>>) -> Option<Arc<str>> {
        let before = self.system_property(name);
        match value {
            Some(value) => drop(self.0.run.system.set(name, value)),
            None => drop(self.0.run.system.remove(name)),
        }
        before
    }
}
