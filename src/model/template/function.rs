//! The contract between templates and the functions they call.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Template;
use crate::model::{Fault, VirtualUser};

/// A call of a function as it stands in one place of a plan. Its state, for instance a counter, is its own; what it keeps
/// for each user belongs to the [`VirtualUser`].
pub trait Function: Send + Sync {
    /// The text that the call stands for.
    ///
    /// # Errors
    /// Where JMeter throws an exception that costs the sample.
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault>;

    /// What the text depends on.
    fn depends_on(&self) -> Dependence {
        Dependence::Unknown
    }
}

/// What an evaluated text depends on, from little to much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dependence {
    /// On properties at most: it stays the same for all users until one is set.
    Properties,
    /// On the user's variables and the like as well. Evaluating it once more than JMeter would shows nowhere.
    User,
    /// On anything; evaluating it may change something.
    Unknown,
}

/// Makes a call from its parameters, or says why that is impossible.
pub type Make = fn(Vec<Template>, &mut VirtualUser) -> Result<Arc<dyn Function>, String>;

/// A function: its name, and how a call of it is made.
pub struct FunctionType {
    /// The name with its two underscores.
    pub name: &'static str,
    /// How many parameters it takes.
    pub arity: Arity,
    /// Makes the call from its parameters. What JMeter evaluates before the test starts is evaluated here, with a user
    /// that has the start variables.
    pub make: Make,
}

/// How many parameters a function takes.
#[derive(Debug, Clone, Copy)]
pub enum Arity {
    /// So many.
    Exactly(usize),
    /// From the first to the second.
    Between(usize, usize),
    /// So many or more.
    AtLeast(usize),
}

impl Arity {
    /// The complaint about a wrong number of parameters, in JMeter's words.
    pub(super) fn check(self, name: &str, actual: usize) -> Result<(), String> {
        let (fits, expected) = match self {
            Self::Exactly(count) => (actual == count, format!("Expected: {count}.")),
            Self::Between(low, high) => ((low..=high).contains(&actual), format!("Expected: >= {low} and <= {high}")),
            Self::AtLeast(low) => (actual >= low, format!("Expected at least: {low}.")),
        };
        if fits {
            return Ok(());
        }
        Err(format!("{name} called with wrong number of parameters. Actual: {actual}. {expected}"))
    }
}

/// All functions by name.
#[derive(Default, Clone)]
pub struct FunctionTable(FxHashMap<&'static str, &'static FunctionType>);

impl FunctionTable {
    /// A table of those functions.
    #[must_use]
    pub fn of(functions: &[&'static FunctionType]) -> Self {
        Self(functions.iter().map(|function| (function.name, *function)).collect())
    }

    /// The function of that name, `__` included.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static FunctionType> {
        self.0.get(name).copied()
    }

    /// The name most like that one, for help with a misspelt function.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        let lower = name.to_ascii_lowercase();
        self.0.keys().copied().find(|known| known.to_ascii_lowercase() == lower)
    }
}
