//! Keystore Configuration: which of the client certificates of a key store users show to servers.
//!
//! The store is named by Java's system properties `javax.net.ssl.keyStore`, `.keyStorePassword` and `.keyStoreType`; without this element
//! its first certificate is shown. Users take turns with the certificates, each at its first request, and with
//! `https.use.cached.ssl.context=false` in every iteration anew; or a variable names the one to show.

mod alias_order;
mod der;
mod java_key_store;
mod key_store;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::sign::CertifiedKey;

use super::http_scope::{ClientKeys, ClientKeysOfRun};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Local, Run, VirtualUser};
use key_store::KeyStore;

pub(super) const ELEMENT: ElementType = ElementType::new("KeystoreConfig", "Keystore Configuration", load);

const LOG: &str = "o.a.j.u.SSLManager";
const FILE: &str = "javax.net.ssl.keyStore";

/// The certificates that users may show.
struct Certificates {
    /// By alias, in Java's order.
    keys: Vec<(String, Arc<CertifiedKey>)>,
    /// The variable that names the alias; empty if users take turns.
    alias_variable: String,
    changes_each_iteration: bool,
    next: AtomicUsize,
    shown: Local<Option<Shown>>,
}

/// What a user shows.
struct Shown {
    key: Option<Arc<CertifiedKey>>,
    iteration: u32,
}

/// Which of the store's keys count, from 0.
#[derive(Debug, Clone, Copy)]
struct Range {
    start: usize,
    /// The last one; none for all.
    end: Option<usize>,
}

fn load(fields: &Fields<'_>) -> Element {
    let run = &fields.loading.run;
    // The store is read now in any case, so that what is wrong with it is known before the run.
    fields.skip(&["preload"]);
    let index = |name: &'static str, property: &str, default: i64| {
        let usual = run.properties.integer(property, default);
        let text = fields.text_now(name, "");
        match text.parse() {
            Ok(index) => index,
            Err(_) if text.is_empty() => usual,
            Err(_) => {
                fields.warn(name, format!("expected a whole number, found \"{text}\": it counts as {usual}"));
                usual
            }
        }
    };
    let start = index("startIndex", "https.keyStoreStartIndex", 0);
    let end = index("endIndex", "https.keyStoreEndIndex", -1);
    if start < 0 || end != -1 && start > end {
        fields.error("startIndex", "Keystore Config error : Alias start index must be lower than Alias end index");
    }
    let range = Range { start: usize::try_from(start).unwrap_or(0), end: usize::try_from(end).ok() };
    let keys = match stored_keys(run) {
        Ok(Some(store)) => range.of(store),
        Ok(None) => {
            fields.warn("preload", format!("the system property {FILE} names no key store: no certificate is shown"));
            Vec::new()
        }
        Err(error) => {
            fields.error("preload", error);
            Vec::new()
        }
    };
    let certificates = Certificates {
        keys,
        alias_variable: fields.text_now("clientCertAliasVarName", ""),
        changes_each_iteration: !run.properties.flag("https.use.cached.ssl.context", true),
        next: AtomicUsize::new(0),
        shown: fields.local(),
    };
    ClientKeysOfRun::put(run, Arc::new(certificates));
    Element::nothing()
}

/// The certificates of a run without this element: the first of the key store, if there is one.
pub(super) fn without_element(run: &Run) -> Option<Arc<dyn ClientKeys>> {
    let store = stored_keys(run).unwrap_or_else(|error| {
        log::error!(target: LOG, "Problem loading keystore: {error}");
        None
    })?;
    Some(Arc::new(Certificates {
        keys: Range { start: 0, end: Some(0) }.of(store),
        alias_variable: String::new(),
        changes_each_iteration: false,
        next: AtomicUsize::new(0),
        shown: Local::made_now(),
    }))
}

/// The keys of the run's key store; `None` if there is no such file.
fn stored_keys(run: &Run) -> Result<Option<KeyStore>, String> {
    let file = run.system.text(FILE, "");
    if file.is_empty() {
        return Ok(None);
    }
    let path = PathBuf::from(&*file);
    if !path.exists() {
        return Err(format!("there is no key store {file}"));
    }
    let password = run.system.text("javax.net.ssl.keyStorePassword", "");
    let data = std::fs::read(&path).map_err(|error| format!("cannot read the key store {file}: {error}"))?;
    KeyStore::read(&data, &password).map(Some).map_err(|error| format!("cannot read the key store {file}: {error}"))
}

impl Range {
    fn of(self, store: KeyStore) -> Vec<(String, Arc<CertifiedKey>)> {
        let length = self.end.map_or(usize::MAX, |end| end - self.start + 1);
        store.keys.into_iter().skip(self.start).take(length).collect()
    }
}

impl ClientKeys for Certificates {
    fn identity(&self, vu: &mut VirtualUser) -> Result<Option<Arc<CertifiedKey>>, Fault> {
        let (iteration, changes) = (vu.iteration, self.changes_each_iteration);
        if let Some(shown) = vu.local(&self.shown).as_ref().filter(|shown| !changes || shown.iteration == iteration) {
            return Ok(shown.key.clone());
        }
        let key = if self.alias_variable.is_empty() { self.next_key() } else { Some(self.named_key(vu)?) };
        *vu.local(&self.shown) = Some(Shown { key: key.clone(), iteration });
        Ok(key)
    }
}

impl Certificates {
    fn next_key(&self) -> Option<Arc<CertifiedKey>> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        self.keys.get(turn.checked_rem(self.keys.len())?).map(|(_, key)| key.clone())
    }

    fn named_key(&self, vu: &VirtualUser) -> Result<Arc<CertifiedKey>, Fault> {
        let variable = &self.alias_variable;
        let alias = vu.variables.text(variable).filter(|alias| !alias.is_empty());
        let Some(alias) = alias else {
            return Err(Fault::illegal_argument(format!("No var called '{variable}' found")));
        };
        let found = self.keys.iter().find(|(known, _)| known == alias.as_ref());
        let missing = || Fault::illegal_argument(format!("No PrivateKey found for alias:'{}'", alias.as_ref()));
        found.map(|(_, key)| key.clone()).ok_or_else(missing)
    }
}
