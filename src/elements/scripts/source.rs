//! Where the text of a script is: in the element, or in a file. Compiled once where it can be.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::model::{Fault, Fields, Label, Local, Prop, VirtualUser};
use crate::script::{Language, Script, ScriptError, may_block};
use crate::scripting;

/// Why a script element has no value.
pub enum Failure {
    /// An exception that the element deals with.
    Exception(String),
    /// A failed `assert`, which an assertion takes for its judgement and everybody else for an error.
    Assertion(String),
    /// More than that: a stop, or one of Java's errors.
    Fault(Fault),
}

impl Failure {
    /// What JMeter's script engines throw, around what the script threw.
    pub fn of(error: &ScriptError) -> Self {
        match scripting::fault(error) {
            Some(_) if error.class == "org.codehaus.groovy.runtime.powerassert.PowerAssertionError" => {
                Self::Assertion(error.message.clone().unwrap_or_default())
            }
            Some(_) if error.class == "java.lang.AssertionError" => Self::Assertion(error.text()),
            Some(fault) => Self::Fault(fault),
            None => Self::script_exception(&error.text()),
        }
    }

    /// The text of the exception that the element deals with.
    ///
    /// # Errors
    /// What is more than that.
    pub fn settle(self) -> Result<String, Fault> {
        match self {
            Self::Exception(message) => Ok(message),
            Self::Assertion(text) => Err(Fault::Error(text)),
            Self::Fault(fault) => Err(fault),
        }
    }

    /// A `ScriptException`.
    pub fn script_exception(text: &str) -> Self {
        Self::Exception(format!("javax.script.ScriptException: {text}"))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What the properties say for one execution.
pub struct Text<'a> {
    /// The text in the element.
    pub script: Cow<'a, str>,
    /// The file that the script is in; empty if it is in the element.
    pub file: Cow<'a, str>,
    is_cached: bool,
}

/// The text of an element's script.
pub struct Source {
    text: Prop<String>,
    file: Prop<String>,
    cache_key: Prop<String>,
    /// What a text that is not literal was when the user came here first.
    first: Local<Option<Arc<Script>>>,
    /// The script of a literal text, compiled at its first use.
    literal: Mutex<Option<(Language, Arc<Script>)>>,
}

/// Scripts of files, by language, path and time of the last change.
type Files = Mutex<FxHashMap<(Language, PathBuf), (std::time::SystemTime, scripting::Compiled)>>;

impl Source {
    /// The script in those properties.
    pub fn load(fields: &Fields<'_>, text: &'static str, file: &'static str) -> Self {
        Self {
            text: fields.text(text, ""),
            file: fields.text(file, ""),
            cache_key: fields.text("cacheKey", ""),
            first: fields.local(),
            literal: Mutex::default(),
        }
    }

    /// Evaluates the properties for an execution.
    pub fn prepare(&self, vu: &mut VirtualUser) -> Result<Text<'_>, Fault> {
        Ok(Text {
            script: self.text.text(vu)?,
            file: self.file.text(vu)?,
            is_cached: &*self.cache_key.text(vu)? != "false",
        })
    }

    /// Whether all properties are literal.
    pub fn never_changes(&self) -> bool {
        [&self.text, &self.file, &self.cache_key].iter().all(|property| property.as_fixed().is_some())
    }

    /// The text in the element, if that is where the script is and it never changes.
    pub fn literal(&self) -> Option<&str> {
        let is_here = self.file.as_fixed().is_some_and(String::is_empty);
        self.text.as_fixed().filter(|_| is_here).map(String::as_str)
    }

    /// Whether the script may wait for something, as far as its words tell.
    pub fn blocks(&self) -> bool {
        self.literal().is_none_or(may_block)
    }

    /// The script, compiled as JMeter does it: a text with references keeps the values of the user's first visit, unless
    /// the cache key is `false`.
    pub fn script(
        &self,
        language: Language,
        now: &Text<'_>,
        name: &Label,
        vu: &mut VirtualUser,
    ) -> Result<Arc<Script>, Failure> {
        if !now.file.is_empty() {
            return of_file(language, &now.file, name, vu);
        }
        if let Some(text) = self.text.as_fixed() {
            if let Some((compiled, script)) = &*self.literal.lock()
                && *compiled == language
            {
                return Ok(script.clone());
            }
            let script = compiled(language, text, name, vu)?;
            *self.literal.lock() = Some((language, script.clone()));
            return Ok(script);
        }
        if now.is_cached
            && let Some(script) = vu.local(&self.first)
        {
            return Ok(script.clone());
        }
        let script = compiled(language, &now.script, name, vu)?;
        if now.is_cached {
            *vu.local(&self.first) = Some(script.clone());
        }
        Ok(script)
    }
}

fn compiled(language: Language, text: &str, name: &Label, vu: &mut VirtualUser) -> Result<Arc<Script>, Failure> {
    if text.trim().is_empty() {
        let name = name.get(vu)?;
        let message = format!("Both script file and script text are empty for element:{name}");
        return Err(Failure::script_exception(&message));
    }
    scripting::compiled(language, text).map_err(|error| Failure::of(&error))
}

fn of_file(language: Language, file: &str, name: &Label, vu: &mut VirtualUser) -> Result<Arc<Script>, Failure> {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.into());
    let Some(changed) = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file) else {
        let name = name.get(vu)?;
        let message = format!("Script file '{}' is not a file for element: {name}", path.display());
        return Err(Failure::script_exception(&message));
    };
    let changed = changed.modified().unwrap_or(std::time::SystemTime::UNIX_EPOCH);
    let files = vu.run.shared::<Files>();
    let mut files = files.lock();
    if let Some((then, known)) = files.get(&(language, path.clone()))
        && *then == changed
    {
        return known.clone().map_err(|error| Failure::of(&error));
    }
    let bytes = std::fs::read(&path).map_err(|error| Failure::Exception(format!("java.io.IOException: {error}")))?;
    let script = scripting::compiled(language, &String::from_utf8_lossy(&bytes));
    files.insert((language, path), (changed, script.clone()));
    script.map_err(|error| Failure::of(&error))
}
