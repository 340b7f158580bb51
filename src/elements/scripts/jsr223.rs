//! The script of a JSR223 element: its language, its parameters, and the names that it sees.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::source::{Failure, Source, Text};
use crate::elements::Hooks;
use crate::jmx::Position;
use crate::model::{Fault, Fields, Label, Prop, Severity, VirtualUser};
use crate::script::class::ClassRef;
use crate::script::collection::Array;
use crate::script::java::string::STRING;
use crate::script::java::writer::Writer;
use crate::script::{Bindings, ErrorKind, Language, Script, Value};
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

/// The properties of an element as they are for one execution: JMeter evaluates all of them before it, each once
/// (`TestBeanHelper.prepare`).
pub struct Prepared<'a> {
    language: Cow<'a, str>,
    parameters: Cow<'a, str>,
    text: Text<'a>,
}

impl Prepared<'_> {
    /// What results show as sent: the text, or the file.
    pub fn shown(&self) -> String {
        if self.text.file.is_empty() { self.text.script.to_string() } else { format!("File: {}", self.text.file) }
    }
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

const FAILS: &str = "the element fails each time that it comes to it";

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
    pub fn load(fields: &Fields<'_>, class: &'static str) -> Arc<Self> {
        let own = Self {
            name: Label::new(fields.name()),
            class,
            language: fields.text("scriptLanguage", ""),
            parameters: fields.text("parameters", ""),
            source: Source::load(fields, "script", "filename"),
        };
        own.check(fields);
        fields.loading.run.announce_reader();
        Arc::new(own)
    }

    /// The element as one that is called when the test starts: its properties are evaluated once then, too.
    pub fn hooks(self: &Arc<Self>) -> Option<Arc<dyn Hooks>> {
        let never_changes =
            self.language.as_fixed().is_some() && self.parameters.as_fixed().is_some() && self.source.never_changes();
        (!never_changes).then(|| self.clone() as Arc<dyn Hooks>)
    }

    /// Says before the run what is wrong with a script that never changes. JMeter says it when it comes there.
    fn check(&self, fields: &Fields<'_>) {
        let Some(name) = self.language.as_fixed() else { return };
        let Some((_, language)) = LANGUAGES.iter().find(|(known, _)| known == name) else {
            let message = format!("there is no script language {name}: each execution fails, as in JMeter on Java 17");
            return fields.warn("scriptLanguage", message);
        };
        let (Some(text), Language::Groovy) = (self.source.literal(), language) else { return };
        let Some(position) = fields.property("script").map(|property| property.position) else { return };
        let at = |line: u32| Position { line: position.line + line.saturating_sub(1), column: 1 };
        let add = |severity, message: String, line: u32, help: &str| {
            let position = if line <= 1 { position } else { at(line) };
            fields.loading.add(fields.problem(severity, message).at_property("script", position).with_help(help));
        };
        match scripting::compiled(*language, text) {
            Err(error) if error.kind == ErrorKind::Compile && !text.trim().is_empty() => {
                let message = error.message.unwrap_or_default();
                let first = message.lines().find(|line| line.starts_with("Script1.groovy")).unwrap_or(&message);
                let what =
                    first.split_once(": ").and_then(|(_, rest)| rest.split_once(": ")).map_or(first, |(_, what)| what);
                let what = what.split(" @ line").next().unwrap_or(what);
                add(Severity::Warning, format!("the script does not compile: {what}"), error.line.unwrap_or(1), FAILS);
            }
            Err(_) => {}
            Ok(script) => {
                for (class, line) in script.unknown_classes() {
                    add(Severity::Warning, format!("this class is not available: {class}"), line, FAILS);
                }
            }
        }
    }

    /// What the element is called.
    pub fn label(&self) -> &Label {
        &self.name
    }

    /// The element's name.
    pub fn name(&self, vu: &mut VirtualUser) -> Result<Arc<str>, Fault> {
        self.name.get(vu)
    }

    /// Whether the script may wait for something.
    pub fn blocks(&self) -> bool {
        self.source.blocks()
    }

    /// Evaluates the properties for an execution.
    ///
    /// # Errors
    /// When a function fails.
    pub fn prepare(&self, vu: &mut VirtualUser) -> Result<Prepared<'_>, Fault> {
        Ok(Prepared {
            language: self.language.text(vu)?,
            parameters: self.parameters.text(vu)?,
            text: self.source.prepare(vu)?,
        })
    }

    /// Runs the script. `names` are what the element adds to what all elements have, `previous` is `prev`.
    ///
    /// # Errors
    /// What the script throws, or why there is none.
    pub fn run(
        &self,
        prepared: &Prepared<'_>,
        previous: &Value,
        names: Names,
        vu: &mut VirtualUser,
    ) -> Result<Run, Failure> {
        let language = &prepared.language;
        let Some((_, language)) = LANGUAGES.iter().find(|(known, _)| *known == *language) else {
            let name = self.name.get(vu)?;
            let message = format!(
                "Cannot find engine named: '{language}', ensure you set language field in JSR223 Test Element: {name}"
            );
            return Err(Failure::script_exception(&message));
        };
        let script = self.source.script(*language, &prepared.text, &self.name, vu)?;
        let bindings = self.bindings(prepared, previous, names, vu)?;
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
        let prepared = self.prepare(vu)?;
        match scripting::with_previous(vu, |vu, previous| self.run(&prepared, previous, names, vu)) {
            Ok(run) => Ok(Some(run)),
            Err(failure) => {
                let message = failure.settle()?;
                let name = self.name.get(vu)?;
                log::error!(target: log, "Problem in JSR223 script, {name} {message}");
                Ok(None)
            }
        }
    }

    fn bindings(
        &self,
        prepared: &Prepared<'_>,
        previous: &Value,
        names: Names,
        vu: &mut VirtualUser,
    ) -> Result<Bindings, Failure> {
        let parameters: Arc<str> = (*prepared.parameters).into();
        // The label and the name of the logger are evaluated apart.
        let label = self.name.get(vu)?;
        let common = [
            scripting::logger(format!("{}.{}", self.class, self.name.get(vu)?)),
            Value::Str(label),
            Value::from(&*prepared.text.file),
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

impl Hooks for Jsr223 {
    fn test_started(&self, main: &mut VirtualUser) -> Result<(), String> {
        self.prepare(main).map(drop).map_err(|fault| fault.to_string())
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
