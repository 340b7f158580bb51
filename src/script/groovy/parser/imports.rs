//! Imports, and what a name means by them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::ast::Unknown;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;

/// What was imported.
#[derive(Default)]
pub struct Imports {
    /// Classes by the name they have here.
    classes: FxHashMap<Arc<str>, Option<ClassRef>>,
    /// Packages (or classes) whose members are all known.
    packages: Vec<String>,
    /// Static members by the name they have here: the class and the member.
    members: FxHashMap<Arc<str>, (ClassRef, Arc<str>)>,
    /// Classes whose static members are all known.
    holders: Vec<ClassRef>,
}

/// The packages that need no import.
const DEFAULTS: [&str; 6] = ["java.lang", "java.util", "java.io", "java.net", "groovy.lang", "groovy.util"];

/// Whether classes of that path come with Java, Groovy or what is commonly used with them.
fn is_known_package(path: &[Arc<str>]) -> bool {
    const KNOWN: [&str; 12] = [
        "java.",
        "javax.",
        "groovy.",
        "groovyx.",
        "org.apache.",
        "org.codehaus.",
        "org.w3c.",
        "org.xml.",
        "com.jayway.",
        "com.fasterxml.",
        "com.google.",
        "net.minidev.",
    ];
    let path = path.join(".");
    KNOWN.iter().any(|known| path.starts_with(known))
}

impl Parser {
    /// `import`, whose word was read.
    pub(super) fn import(&mut self) -> Parsed<()> {
        let line = self.line();
        let is_static = self.eat_name("static");
        let mut parts = vec![self.any_name()?];
        let mut takes_all = false;
        while self.eat(".") {
            if self.eat("*") {
                takes_all = true;
                break;
            }
            parts.push(self.any_name()?);
        }
        let alias = if self.eat_name("as") { Some(self.any_name()?) } else { None };
        match (is_static, takes_all) {
            (false, true) => {
                let package = parts.join(".");
                self.imports.packages.push(package);
            }
            (false, false) => {
                let class = self.qualified(&parts.join("."));
                let name = alias.or_else(|| parts.last().cloned()).unwrap_or_default();
                // One that exists in Java matters only where it is used.
                if class.is_none() && !is_known_package(&parts) {
                    self.unknown_class(&parts.join("."), line);
                }
                self.imports.classes.insert(name, class);
            }
            (true, true) => match self.qualified(&parts.join(".")) {
                Some(class) => self.imports.holders.push(class),
                None => self.unknown_class(&parts.join("."), line),
            },
            (true, false) => {
                let member = parts.pop().unwrap_or_default();
                match self.qualified(&parts.join(".")) {
                    Some(class) => {
                        let name = alias.unwrap_or_else(|| member.clone());
                        self.imports.members.insert(name, (class, member));
                    }
                    None => self.unknown_class(&parts.join("."), line),
                }
            }
        }
        Ok(())
    }

    /// A name, also one that is a word of the language.
    pub(super) fn any_name(&mut self) -> Parsed<Arc<str>> {
        match self.word().name().cloned() {
            Some(name) => {
                self.advance();
                Ok(name)
            }
            None => self.fail(),
        }
    }

    /// Remembers a type that does not exist here.
    pub(super) fn unknown_class(&mut self, name: &str, line: u32) {
        self.remember(Unknown { name: name.to_owned(), line, is_type: true });
    }

    /// Remembers a path that looks like a class and leads nowhere.
    pub(super) fn unknown_path(&mut self, name: &str, line: u32) {
        self.remember(Unknown { name: name.to_owned(), line, is_type: false });
    }

    fn remember(&mut self, unknown: Unknown) {
        let known = &mut self.declarations.unknown;
        if !known.iter().any(|other| other.name == unknown.name && other.is_type == unknown.is_type) {
            known.push(unknown);
        }
    }

    /// The class of a full name.
    pub(super) fn qualified(&self, name: &str) -> Option<ClassRef> {
        let own = self.declarations.classes.iter().find(|class| *class.name == *name);
        own.map(|class| ClassRef::Script(class.clone())).or_else(|| self.library.named(name).map(ClassRef::Java))
    }

    /// The class that a simple name means.
    pub(super) fn class_named(&self, name: &str) -> Option<ClassRef> {
        if let Some(class) = self.declarations.classes.iter().find(|class| *class.name == *name) {
            return Some(ClassRef::Script(class.clone()));
        }
        if let Some(class) = self.imports.classes.get(name) {
            return class.clone();
        }
        let of_package = |package: &str| self.library.member(package, name);
        let found = self.imports.packages.iter().find_map(|package| of_package(package));
        let found = found.or_else(|| DEFAULTS.iter().find_map(|package| of_package(package)));
        let found = found.or_else(|| match name {
            "BigDecimal" | "BigInteger" => of_package("java.math"),
            _ => None,
        });
        found.map(ClassRef::Java)
    }

    /// The static member that a name means by an import.
    pub(super) fn static_member(&self, name: &str, is_call: bool) -> Option<(ClassRef, Arc<str>)> {
        if let Some((class, member)) = self.imports.members.get(name) {
            return Some((class.clone(), member.clone()));
        }
        let dialect = crate::script::class::Dialect::Groovy;
        let has = |class: &&ClassRef| match class {
            ClassRef::Java(java) if is_call => java.table(dialect).has_static(name),
            ClassRef::Java(java) => java.constant(name).is_some(),
            _ => false,
        };
        self.imports.holders.iter().find(has).map(|class| (class.clone(), name.into()))
    }
}
