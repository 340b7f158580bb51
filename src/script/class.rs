//! Classes of the Java library as tables of methods.
//!
//! A row names a method, the types of its parameters and its body. The types choose between methods of one name and
//! decide what "no such method" means, so bodies need no checks of their own; and the tables are what the
//! documentation prints as "supported".

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use super::java;
use super::machine::Outcome;
use super::value::Value;

pub use super::class_ref::{ClassRef, ScriptClass};
pub use super::table::{Choice, Method, Table};

/// The body of a method.
pub type Body = for<'c, 'h> fn(&mut super::call::Call<'c, 'h>) -> Outcome;

/// A method or constructor.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its name; `new` for constructors.
    pub name: &'static str,
    /// The types of its parameters: `String, int?` has an optional one, `Object...` any number.
    pub parameters: &'static str,
    /// What it does.
    pub body: Body,
}

/// A row of a table.
pub const fn row(name: &'static str, parameters: &'static str, body: Body) -> Row {
    Row { name, parameters, body }
}

/// A row for a constructor.
pub const fn new(parameters: &'static str, body: Body) -> Row {
    Row { name: "new", parameters, body }
}

/// A constant of a class, made when it is read.
pub type Constant = (&'static str, fn() -> Value);

/// Which methods objects have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Those of Java.
    Java,
    /// Those that Groovy adds as well.
    Groovy,
    /// Those of Java, called as BeanShell does.
    BeanShell,
}

/// A class of the Java library or of the host.
pub struct Class {
    /// The full name: `java.lang.String`.
    pub name: &'static str,
    /// Whether it is an interface.
    pub is_interface: bool,
    parents: Vec<&'static Self>,
    pub(super) constructors: &'static [Row],
    pub(super) statics: &'static [Row],
    pub(super) methods: &'static [Row],
    constants: &'static [Constant],
    enumeration: &'static [&'static str],
    tables: [OnceLock<Table>; 2],
}

/// Where a class is kept.
pub type Static = LazyLock<Class>;

impl Class {
    /// A class without any methods yet.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            is_interface: false,
            parents: Vec::new(),
            constructors: &[],
            statics: &[],
            methods: &[],
            constants: &[],
            enumeration: &[],
            tables: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// An interface.
    #[must_use]
    pub fn interface(name: &'static str) -> Self {
        Self { is_interface: true, ..Self::new(name) }
    }

    /// With a superclass and interfaces, the nearest first.
    #[must_use]
    pub fn extends(mut self, parents: &[&'static Static]) -> Self {
        self.parents = parents.iter().map(|parent| &***parent).collect();
        self
    }

    /// With a parent that is made at run time.
    #[must_use]
    pub fn child_of(mut self, parent: &'static Self) -> Self {
        self.parents.push(parent);
        self
    }

    /// With constructors.
    #[must_use]
    pub fn constructors(mut self, rows: &'static [Row]) -> Self {
        self.constructors = rows;
        self
    }

    /// With static methods.
    #[must_use]
    pub fn statics(mut self, rows: &'static [Row]) -> Self {
        self.statics = rows;
        self
    }

    /// With methods.
    #[must_use]
    pub fn methods(mut self, rows: &'static [Row]) -> Self {
        self.methods = rows;
        self
    }

    /// With further methods, for classes that are described in several files.
    #[must_use]
    pub fn also(mut self, rows: &'static [Row]) -> Self {
        // Made once and kept for ever, as all classes are.
        self.methods = Box::leak([self.methods, rows].concat().into_boxed_slice());
        self
    }

    /// With constants.
    #[must_use]
    pub fn constants(mut self, constants: &'static [Constant]) -> Self {
        self.constants = constants;
        self
    }

    /// With the constants of an enumeration.
    #[must_use]
    pub fn enumeration(mut self, names: &'static [&'static str]) -> Self {
        self.enumeration = names;
        self
    }

    /// The name without its package: `String`.
    #[must_use]
    pub fn simple_name(&self) -> &'static str {
        self.name.rsplit(['.', '$']).next().unwrap_or(self.name)
    }

    /// Its superclass and interfaces.
    #[must_use]
    pub fn parents(&self) -> &[&'static Self] {
        &self.parents
    }

    /// The constants of an enumeration, in their order.
    #[must_use]
    pub fn enum_names(&self) -> &'static [&'static str] {
        self.enumeration
    }

    /// The rows that the documentation prints: constructors, static methods, methods.
    #[must_use]
    pub fn rows(&self) -> [&'static [Row]; 3] {
        [self.constructors, self.statics, self.methods]
    }

    /// Whether it is that class or comes from it. Both the full and the simple name count.
    #[must_use]
    pub fn is_a(&self, name: &str) -> bool {
        self.name == name
            || self.simple_name() == name
            || self.parents.iter().any(|parent| parent.is_a(name))
            || matches!(name, "Object" | "java.lang.Object")
    }

    /// The class and all it comes from, the nearest first.
    #[must_use]
    pub fn lineage(&'static self) -> Vec<&'static Self> {
        let mut lineage = vec![self];
        let mut at = 0;
        while at < lineage.len() {
            for parent in &lineage[at].parents {
                if !lineage.iter().any(|known| std::ptr::eq(*known, *parent)) {
                    lineage.push(parent);
                }
            }
            at += 1;
        }
        let object: &'static Self = &java::object::OBJECT;
        lineage.retain(|class| !std::ptr::eq(*class, object));
        lineage.push(object);
        lineage
    }

    /// Its methods, ready to be chosen from.
    pub fn table(&'static self, dialect: Dialect) -> &'static Table {
        self.tables[usize::from(dialect == Dialect::Groovy)].get_or_init(|| Table::of(self, dialect))
    }

    /// A constant or static field.
    #[must_use]
    pub fn constant(&'static self, name: &str) -> Option<Value> {
        if let Some(ordinal) = self.enumeration.iter().position(|other| *other == name) {
            return Some(java::enumeration::constant(self, ordinal));
        }
        let own = self.constants.iter().find(|(other, _)| *other == name).map(|(_, make)| make());
        own.or_else(|| self.parents.iter().find_map(|parent| parent.constant(name)))
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
