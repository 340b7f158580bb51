//! What a script sees of its surroundings, and what objects have to offer.

use std::any::Any;
use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Duration;

use super::class::ClassRef;
use super::machine::{Machine, Outcome};
use super::value::Value;

/// The program that a script runs in.
///
/// Everything that a script does to the outside goes through here, so that the host decides what "now", "sleep" and
/// "print" mean.
pub trait Host {
    /// What the host's own objects work on: their methods downcast it.
    fn state(&mut self) -> &mut dyn Any;

    /// Milliseconds since 1970.
    fn now(&mut self) -> i64;

    /// `System.nanoTime`.
    fn nanos(&mut self) -> i64 {
        self.now().wrapping_mul(1_000_000)
    }

    /// `Thread.sleep`; `false` when the script has to stop at once.
    fn sleep(&mut self, time: Duration) -> bool;

    /// Whether a script that is still running has to stop. Asked now and then.
    fn should_stop(&mut self) -> bool {
        false
    }

    /// A text for standard output.
    fn print(&mut self, text: &str);

    /// A text for standard error.
    fn print_error(&mut self, text: &str) {
        self.print(text);
    }

    /// 64 random bits for everything that is not seeded by the script.
    fn random(&mut self) -> u64 {
        rand::random()
    }

    /// `Thread.currentThread().getName()`.
    fn thread_name(&mut self) -> Arc<str> {
        "main".into()
    }

    /// A system property.
    fn system_property(&mut self, name: &str) -> Option<Arc<str>> {
        super::java::system::property(name)
    }

    /// Sets a system property, or removes it, and gives what it was.
    fn set_system_property(&mut self, name: &str, value: Option<Arc<str>>) -> Option<Arc<str>> {
        super::java::system::set_property(name, value)
    }
}

/// An object that scripts can hold.
///
/// Its class has the table of its methods. What the table cannot say (properties of any name, for instance) the object
/// answers itself: `None` means that the table decides.
pub trait HostObject: Any + Send + Sync {
    /// Its class.
    fn class(&self) -> ClassRef;

    /// `toString`; `None` is Java's `CLASS@HASH`.
    ///
    /// # Errors
    /// What a method of the script throws.
    fn text(&self, _machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        Ok(self.plain_text())
    }

    /// The text of objects that need no machine to make it.
    fn plain_text(&self) -> Option<String> {
        None
    }

    /// Reads a property.
    fn get(&self, _machine: &mut Machine<'_>, _this: &Value, _name: &str) -> Option<Outcome> {
        None
    }

    /// Changes a property.
    fn set(&self, _machine: &mut Machine<'_>, _this: &Value, _name: &str, _value: &Value) -> Option<Outcome> {
        None
    }

    /// Calls a method.
    fn call(&self, _machine: &mut Machine<'_>, _this: &Value, _name: &str, _args: &[Value]) -> Option<Outcome> {
        None
    }

    /// `equals` for an object that is not the same one.
    fn equals(&self, _other: &Value) -> bool {
        false
    }

    /// `hashCode`; `None` is the identity.
    fn hash(&self) -> Option<i32> {
        None
    }

    /// `compareTo`; `None` when the two cannot be compared.
    fn compare(&self, _other: &Value) -> Option<Ordering> {
        None
    }

    /// What `for (x in object)` runs over; `None` when it is no collection.
    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        None
    }

    /// Groovy's truth; `None` when any such object is true.
    fn truth(&self, _machine: &mut Machine<'_>) -> Option<Outcome<bool>> {
        None
    }
}

/// A host without objects of its own: for tools and tests.
#[derive(Default)]
pub struct Standalone {
    /// What was printed.
    pub printed: String,
    /// How long scripts slept.
    pub slept: Duration,
    /// The time that scripts see, in milliseconds since 1970.
    pub now: i64,
}

impl Host for Standalone {
    fn state(&mut self) -> &mut dyn Any {
        self
    }

    fn now(&mut self) -> i64 {
        self.now + self.slept.as_millis() as i64
    }

    fn sleep(&mut self, time: Duration) -> bool {
        self.slept += time;
        true
    }

    fn print(&mut self, text: &str) {
        self.printed.push_str(text);
    }
}
