//! From a text to a script that can be run many times.

use std::sync::Arc;

use super::class::Dialect;
use super::error::ScriptError;
use super::host::Host;
use super::library::Library;
use super::machine::{Bindings, Limits, Machine, Outcome};
use super::value::Value;
use super::{beanshell, blocking, groovy, javascript, jexl};

/// A script language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// JEXL 2.1, strict: what `__jexl2` evaluates.
    Jexl2,
    /// JEXL 2.1, lenient: the script language `jexl`, where unknown names are null.
    LenientJexl2,
    /// JEXL 3.2, strict: what `__jexl3` evaluates.
    Jexl3,
    /// JavaScript as Rhino runs it.
    JavaScript,
    /// Groovy 3.
    Groovy,
    /// BeanShell 2.0b6.
    BeanShell,
}

/// A script, ready to run. Threads share it.
pub struct Script {
    language: Language,
    library: Arc<Library>,
    code: Code,
    may_block: bool,
}

enum Code {
    Jexl(jexl::Program),
    JavaScript(javascript::Program),
    Groovy(Arc<groovy::Program>),
    BeanShell(beanshell::Program),
}

/// Reads a script.
///
/// # Errors
/// The text is no script of the language.
pub fn compile(language: Language, text: &str, library: &Arc<Library>) -> Result<Arc<Script>, ScriptError> {
    let code = match language {
        Language::Jexl2 => Code::Jexl(jexl::parse(text, jexl::Version::Two)?),
        Language::LenientJexl2 => Code::Jexl(jexl::parse(text, jexl::Version::LenientTwo)?),
        Language::Jexl3 => Code::Jexl(jexl::parse(text, jexl::Version::Three)?),
        Language::JavaScript => Code::JavaScript(javascript::parse(text)?),
        Language::BeanShell => Code::BeanShell(beanshell::parse(text, library)?),
        Language::Groovy => Code::Groovy(Arc::new(groovy::parse(text, library)?)),
    };
    Ok(Arc::new(Script { language, library: library.clone(), code, may_block: blocking::may_block(text) }))
}

impl Script {
    /// The language it is written in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Runs the script with the host's variables; those that it sets are in the bindings afterwards.
    ///
    /// # Errors
    /// What the script throws.
    pub fn run(&self, bindings: &Bindings, host: &mut dyn Host, limits: Limits) -> Result<Value, ScriptError> {
        self.with_machine(host, limits, |machine| match &self.code {
            Code::Jexl(program) => jexl::run(machine, program, bindings),
            Code::JavaScript(program) => javascript::run(machine, program, bindings),
            Code::Groovy(program) => groovy::run(machine, program, bindings),
            Code::BeanShell(program) => beanshell::run(machine, program, bindings),
        })
    }

    /// Classes that the script names and that do not exist here, with the lines, from 1, where that is known.
    #[must_use]
    pub fn unknown_classes(&self) -> Vec<(String, u32)> {
        match &self.code {
            Code::Groovy(program) => {
                program.unknown.iter().map(|unknown| (unknown.name.clone(), unknown.line)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the script may wait for something (sleep, files, processes, the network), as far as its words tell.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.may_block
    }

    /// The text of a result: Java's `toString`, or JavaScript's.
    ///
    /// # Errors
    /// What a `toString` of the script throws.
    pub fn text(&self, value: &Value, host: &mut dyn Host) -> Result<Arc<str>, ScriptError> {
        match (&self.code, value) {
            (Code::JavaScript(_), Value::Double(number)) => Ok(javascript::number_text(*number).into()),
            (Code::JavaScript(_), Value::Void) => Ok("undefined".into()),
            (Code::JavaScript(_), Value::Class(class)) => Ok(format!("[JavaClass {}]", class.name()).into()),
            _ => self.with_machine(host, Limits::default(), |machine| machine.text(value)),
        }
    }

    fn with_machine<T>(
        &self,
        host: &mut dyn Host,
        limits: Limits,
        work: impl FnOnce(&mut Machine<'_>) -> Outcome<T>,
    ) -> Result<T, ScriptError> {
        let dialect = match self.code {
            Code::Groovy(_) => Dialect::Groovy,
            Code::BeanShell(_) => Dialect::BeanShell,
            _ => Dialect::Java,
        };
        let mut machine = Machine::new(host, self.library.clone(), dialect, limits);
        work(&mut machine).map_err(|thrown| machine.script_error(thrown))
    }
}
