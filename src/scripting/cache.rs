//! Compiled scripts, by their text: the same text is compiled once in a run, whoever evaluates it.

use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::LIBRARY;
use crate::script::{Language, Script, ScriptError, compile};

/// What compiling a text came to.
pub type Compiled = Result<Arc<Script>, ScriptError>;

/// No more texts are kept: one that changes with every sample would fill the memory.
const LIMIT: usize = 10_000;

type Cache = FxHashMap<(Language, Arc<str>), Compiled>;

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// The script of that text.
///
/// # Errors
/// Why it is no script of the language.
pub fn compiled(language: Language, text: &str) -> Compiled {
    let key = (language, Arc::from(text));
    if let Some(known) = CACHE.lock().get(&key) {
        return known.clone();
    }
    let script = compile(language, text, &LIBRARY);
    let mut cache = CACHE.lock();
    if cache.len() >= LIMIT {
        cache.clear();
    }
    cache.insert(key, script.clone());
    script
}
