//! What is wrong with a plan: where, what, and what to do.

use std::fmt;
use std::sync::Arc;

use crate::jmx::{Node, Position};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing, changes nothing: a listener that only draws was skipped.
    Note,
    /// The plan runs as in JMeter, but likely not as meant: a number that is none counts as 0.
    Warning,
    /// The element is one that Loadline does not have. The run stops before it starts, unless told otherwise.
    Unsupported,
    /// The plan cannot run. JMeter would refuse it, too.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Unsupported => "unsupported",
            Self::Error => "error",
        }
    }
}

/// One problem of a plan.
#[derive(Debug, Clone)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file.
    pub file: Arc<str>,
    /// Where in it.
    pub position: Position,
    /// The element, for instance `HTTP Request "Login"`.
    pub element: String,
    /// The property at fault, for instance `HTTPSampler.port`.
    pub property: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of a whole element.
    pub fn of(node: &Node, title: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            file: node.file.clone(),
            position: node.position,
            element: named(title, node.name()),
            property: None,
            message: message.into(),
            help: None,
        }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem, at one of the element's properties.
    #[must_use]
    pub fn at_property(mut self, name: &str, position: Position) -> Self {
        self.property = Some(name.into());
        self.position = position;
        self
    }
}

/// How messages call an element: what it is, and its name.
fn named(title: &str, name: &str) -> String {
    let short: String = name.chars().take(60).map(|char| if char.is_control() { ' ' } else { char }).collect();
    format!("{title} \"{short}\"")
}

impl fmt::Display for Problem {
    /// `plan.jmx:120:8: HTTP Request "Login": HTTPSampler.port: expected a number, found "80a"`, and a line of help.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: ", self.file, self.position, self.element)?;
        if let Some(property) = &self.property {
            write!(f, "{property}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// All problems found so far.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one. The same at the same place counts once: a Module Controller's target is loaded once more.
    pub fn add(&mut self, problem: Problem) {
        let same = |other: &Problem| {
            other.position == problem.position && other.message == problem.message && other.file == problem.file
        };
        if !self.0.iter().any(same) {
            self.0.push(problem);
        }
    }

    /// All of them, in the plan's order.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| problem.position);
        self.0
    }

    /// Whether there is one as bad as that, or worse.
    #[must_use]
    pub fn any(&self, severity: Severity) -> bool {
        self.0.iter().any(|problem| problem.severity >= severity)
    }
}
