//! The script of a JSR223 element: its language, its parameters, and the names that it sees.

use std::sync::{Arc, LazyLock};

use super::source::{Failure, Source};
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};
use crate::script::class::ClassRef;
use crate::script::collection::Array;
use crate::script::java::string::STRING;
use crate::script::java::writer::Writer;
use crate::script::{Bindings, Language, Script, Value};
use crate::scripting;

/// The script of a JSR223 element.
pub struct Jsr223 {
    name: Label,
    /// The class of the element with its package: the beginning of its logger's name.
    class: &'static str,
    language: Prop<String>,
    parameters: Prop<String>,
    source: Source,
}

/// What a script of an element came to.
pub struct Run {
    /// The script.
    pub script: Arc<Script>,
    /// Its value.
    pub value: Value,
}

/// The names that a family of elements adds.
pub type Names = Vec<(&'static str, Value)>;

/// The languages of JSR223 that JMeter has on Java 17.
const LANGUAGES: [(&str, Language); 12] = [
    ("beanshell", Language::BeanShell),
    ("bsh", Language::BeanShell),
    ("java", Language::BeanShell),
    ("groovy", Language::Groovy),
    ("Groovy", Language::Groovy),
    ("jexl", Language::LenientJexl2),
    ("Jexl", Language::LenientJexl2),
    ("JEXL", Language::LenientJexl2),
    ("jexl2", Language::LenientJexl2),
    ("Jexl2", Language::LenientJexl2),
    ("JEXL2", Language::LenientJexl2),
    ("", Language::Groovy),
];

impl Jsr223 {
    /// The script of an element of that class.
    pub fn load(fields: &Fields<'_>, class: &'static str) -> Self {
        Self {
            name: Label::new(fields.name()),
            class,
            language: fields.text("scriptLanguage", ""),
            parameters: fields.text("parameters", ""),
            source: Source::load(fields, "script", "filename"),
        }
    }

    /// The element's name.
    pub fn name(&self, vu: &mut VirtualUser) -> Result<Arc<str>, Fault> {
        self.name.get(vu)
    }

    /// Whether the script may wait for something.
    pub fn blocks(&self) -> bool {
        false
    }

    /// What results show as sent: the text, or the file.
    pub fn shown(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let file = self.source.file(vu)?;
        if file.is_empty() { self.source.text(vu) } else { Ok(format!("File: {file}")) }
    }

    /// Runs the script. `names` are what the element adds to what all elements have, `previous` is `prev`.
    ///
    /// # Errors
    /// What the script throws, or why there is none.
    pub fn run(&self, previous: &Value, names: Names, vu: &mut VirtualUser) -> Result<Run, Failure> {
        let name = self.name.get(vu)?;
        let language = self.language.text(vu)?;
        let Some((_, language)) = LANGUAGES.iter().find(|(known, _)| *known == language) else {
            let message = format!(
                "Cannot find engine named: '{language}', ensure you set language field in JSR223 Test Element: {name}"
            );
            return Err(Failure::script_exception(&message));
        };
        let script = self.source.script(*language, &name, vu)?;
        let bindings = self.bindings(name, previous, names, vu)?;
        match scripting::run(&script, &bindings, vu) {
            Ok(value) => Ok(Run { script, value }),
            Err(error) => Err(Failure::of(&error)),
        }
    }

    /// Runs the script; an exception is logged, and there is no value then.
    ///
    /// # Errors
    /// What ends more than the script.
    pub fn run_or_log(&self, log: &str, names: Names, vu: &mut VirtualUser) -> Result<Option<Run>, Fault> {
        match scripting::with_previous(vu, |vu, previous| self.run(previous, names, vu)) {
            Ok(run) => Ok(Some(run)),
            Err(Failure::Fault(fault)) => Err(fault),
            Err(Failure::Exception(message)) => {
                let name = self.name.get(vu)?;
                log::error!(target: log, "Problem in JSR223 script, {name} {message}");
                Ok(None)
            }
        }
    }

    fn bindings(
        &self,
        name: Arc<str>,
        previous: &Value,
        names: Names,
        vu: &mut VirtualUser,
    ) -> Result<Bindings, Failure> {
        let parameters: Arc<str> = self.parameters.text(vu)?.into();
        let file = self.source.file(vu)?;
        let common = [
            scripting::logger(format!("{}.{name}", self.class)),
            Value::Str(name),
            Value::from(file),
            arguments(&parameters),
            Value::Str(parameters),
            scripting::context(),
            scripting::variables(),
            scripting::properties(),
            OUT.clone(),
            scripting::current_sampler(vu),
            previous.clone(),
        ];
        let mut all: Vec<(Arc<str>, Value)> = Vec::with_capacity(common.len() + names.len() + 4);
        all.extend(COMMON.iter().cloned().zip(common));
        all.extend(names.into_iter().map(|(name, value)| (name.into(), value)));
        Ok(Bindings::of(all))
    }
}

/// The names that all scripts see.
static COMMON: LazyLock<[Arc<str>; 11]> = LazyLock::new(|| {
    ["log", "Label", "FileName", "args", "Parameters", "ctx", "vars", "props", "OUT", "sampler", "prev"].map(Arc::from)
});

static OUT: LazyLock<Value> = LazyLock::new(|| Value::object(Writer::standard(false)));

/// `args`: the parameters split at blanks.
fn arguments(parameters: &str) -> Value {
    let pieces = parameters.split(' ').filter(|piece| !piece.is_empty()).map(Value::from).collect();
    Value::Array(Arc::new(Array::of(ClassRef::Java(&STRING), pieces)))
}
