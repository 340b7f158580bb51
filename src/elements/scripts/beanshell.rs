//! The script of a BeanShell element. Its interpreter keeps variables and methods from one execution to the next.

use std::sync::Arc;

use super::source::Failure;
use crate::model::{Fault, Fields, Label, Local, Prop, VirtualUser};
use crate::script::{Bindings, ErrorKind, Language, ScriptError, Value, beanshell, may_block};
use crate::scripting;

/// The names of the properties that an element has its script in.
pub struct Properties {
    /// The text.
    pub script: &'static str,
    /// The file.
    pub file: &'static str,
    /// The parameters.
    pub parameters: &'static str,
    /// Whether to begin with a new interpreter each time.
    pub reset: &'static str,
    /// The JMeter property that names a file to begin with.
    pub init: &'static str,
}

impl Properties {
    /// Those of the elements that are beans.
    pub const fn of_bean(init: &'static str) -> Self {
        Self { script: "script", file: "filename", parameters: "parameters", reset: "resetInterpreter", init }
    }
}

/// The script of a BeanShell element.
pub struct BeanShell {
    name: Label,
    script: Prop<String>,
    file: Prop<String>,
    parameters: Prop<String>,
    reset: Prop<bool>,
    init: &'static str,
    interpreter: Local<Option<Bindings>>,
}

impl BeanShell {
    /// The script in those properties.
    pub fn load(fields: &Fields<'_>, names: &Properties) -> Self {
        fields.loading.run.announce_reader();
        Self {
            name: Label::new(fields.name()),
            script: fields.text(names.script, ""),
            file: fields.text(names.file, ""),
            parameters: fields.text(names.parameters, ""),
            reset: fields.prop(names.reset, false),
            init: names.init,
            interpreter: fields.local(),
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
        self.file.as_fixed().is_none_or(|file| !file.is_empty())
            || self.script.as_fixed().is_none_or(|text| may_block(text))
    }

    /// What results show as sent: the text, or the file.
    pub fn shown(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let file = self.file.text(vu)?.into_owned();
        if file.is_empty() { Ok(self.script.text(vu)?.into_owned()) } else { Ok(file) }
    }

    /// The user's interpreter for this element.
    ///
    /// # Errors
    /// When a property cannot be evaluated, or the file to begin with fails.
    pub fn interpreter(&self, vu: &mut VirtualUser) -> Result<Bindings, Failure> {
        let resets = self.reset.get(vu)?;
        if !resets && let Some(kept) = vu.local(&self.interpreter) {
            return Ok(kept.clone());
        }
        let bindings = beanshell::interpreter("");
        bindings.set("log", scripting::logger("org.apache.jmeter.util.BeanShellTestElement"));
        *vu.local(&self.interpreter) = Some(bindings.clone());
        let init = vu.run.properties.text(self.init, "");
        if !init.is_empty() {
            run_file(&init, &bindings, vu)?;
        }
        Ok(bindings)
    }

    /// Runs the script with those names beside the usual ones.
    ///
    /// # Errors
    /// What the script throws, in JMeter's words.
    pub fn run(
        &self,
        bindings: &Bindings,
        previous: &Value,
        names: Vec<(&'static str, Value)>,
        vu: &mut VirtualUser,
    ) -> Result<Option<Value>, Failure> {
        let file = self.file.text(vu)?.into_owned();
        let parameters = self.parameters.text(vu)?.into_owned();
        bindings.set("Label", Value::Str(self.name.get(vu)?));
        bindings.set("FileName", Value::from(&*file));
        bindings.set("Parameters", Value::from(&*parameters));
        bindings.set("ctx", scripting::context());
        bindings.set("vars", scripting::variables());
        bindings.set("props", scripting::properties());
        bindings.set("prev", previous.clone());
        for (name, value) in names {
            bindings.set(name, value);
        }
        beanshell::with_arguments(bindings, &parameters);
        if !file.is_empty() {
            return run_file(&file, bindings, vu);
        }
        let script = self.script.text(vu)?.into_owned();
        run_text(&script, "eval", bindings, vu)
    }

    /// Runs the script; an exception is logged, and there is no value then.
    ///
    /// # Errors
    /// What ends more than the script.
    pub fn run_or_log(
        &self,
        log: &str,
        problem: &str,
        names: Vec<(&'static str, Value)>,
        vu: &mut VirtualUser,
    ) -> Result<Option<Value>, Fault> {
        let done = scripting::with_previous(vu, |vu, previous| {
            let bindings = self.interpreter(vu)?;
            self.run(&bindings, previous, names, vu)
        });
        match done {
            Ok(value) => Ok(value),
            Err(failure) => {
                let message = failure.settle()?;
                log::warn!(target: log, "{problem}{message}");
                Ok(None)
            }
        }
    }
}

/// `org.apache.jorphan.util.JMeterException`, with the method of the interpreter that failed.
fn failed(method: &str, text: &str) -> String {
    format!("org.apache.jorphan.util.JMeterException: Error invoking bsh method: {method}\t{text}")
}

fn run_file(file: &str, bindings: &Bindings, vu: &mut VirtualUser) -> Result<Option<Value>, Failure> {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.into());
    match std::fs::read(&path) {
        Ok(bytes) => run_text(&String::from_utf8_lossy(&bytes), "source", bindings, vu),
        Err(_) => {
            let text = format!("{} (No such file or directory)", path.display());
            Err(Failure::Exception(failed("source", &text)))
        }
    }
}

fn run_text(text: &str, method: &str, bindings: &Bindings, vu: &mut VirtualUser) -> Result<Option<Value>, Failure> {
    let outcome =
        scripting::compiled(Language::BeanShell, text).and_then(|script| scripting::run(&script, bindings, vu));
    match outcome {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_null())),
        Err(error) => Err(told(&error, method)),
    }
}

fn told(error: &ScriptError, method: &str) -> Failure {
    match scripting::fault(error) {
        Some(fault) if error.kind != ErrorKind::Error => Failure::Fault(fault),
        _ => {
            let text = error.message.clone().unwrap_or_else(|| "null".into());
            log::error!(target: "o.a.j.u.BeanShellInterpreter", "Error invoking bsh method: {method}\t{text}");
            Failure::Exception(failed(method, &text))
        }
    }
}

/// What Java's `Boolean.parseBoolean` makes of a variable of the script.
pub fn boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}
