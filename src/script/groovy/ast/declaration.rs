//! Scripts, classes, and what they declare.

use std::sync::{Arc, OnceLock};

use super::Code;
use crate::script::class::ClassRef;
use crate::script::groovy::cast::Target;
use crate::script::groovy::definition::GroovyClass;

/// A script.
#[derive(Debug)]
pub struct Program {
    /// The script's own statements.
    pub code: Arc<Code>,
    /// Its methods.
    pub methods: Vec<Arc<Method>>,
    /// Its classes, the numbered ones without a name last.
    pub classes: Vec<Arc<GroovyClass>>,
    /// Its `@Field`s.
    pub fields: Vec<Field>,
    /// Classes that it names and that do not exist here.
    pub unknown: Vec<Unknown>,
}

/// A class that a script names and that does not exist here.
#[derive(Debug)]
pub struct Unknown {
    /// Its name.
    pub name: String,
    /// The line, from 1.
    pub line: u32,
    /// Whether Groovy's compiler looks for it: a type, not just the path of an expression.
    pub is_type: bool,
}

/// A method.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: Arc<str>,
    /// What it does.
    pub code: Arc<Code>,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Whether it has no body.
    pub is_abstract: bool,
    /// Its result's type; `Object` when none was written.
    pub result: Target,
    /// Whether it gives nothing.
    pub is_void: bool,
}

/// A field or property of a class.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub target: Target,
    /// What it is at first; a function without parameters.
    pub value: Option<Arc<Code>>,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Whether it is `final`.
    pub is_final: bool,
    /// Whether others see it as a property.
    pub is_property: bool,
    /// Whether it is made when it is first read: `@Lazy`.
    pub is_lazy: bool,
}

/// What a class is, known once its body was read.
#[derive(Debug, Default)]
pub struct Body {
    /// Its superclass and interfaces.
    pub parents: Vec<ClassRef>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its methods.
    pub methods: Vec<Arc<Method>>,
    /// Its constructors.
    pub constructors: Vec<Arc<Code>>,
    /// What runs when an object is made, before the constructor.
    pub initializers: Vec<Arc<Code>>,
    /// What runs when the class is first used.
    pub static_initializers: Vec<Arc<Code>>,
    /// The constants of an enumeration: names and arguments.
    pub constants: Vec<(Arc<str>, Arc<Code>)>,
    /// What annotations add.
    pub traits: Traits,
    /// The class around it.
    pub outer: Option<ClassRef>,
}

/// What annotations add to a class.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// It is an enumeration.
    pub is_enum: bool,
    /// It is an interface.
    pub is_interface: bool,
    /// It is a trait: an interface with fields and bodies.
    pub is_trait: bool,
    /// It is abstract.
    pub is_abstract: bool,
    /// `@Canonical`, `@ToString`: a text of all properties.
    pub has_text: bool,
    /// `@ToString(includeNames = true)`
    pub has_names_in_text: bool,
    /// `@Canonical`, `@EqualsAndHashCode`
    pub has_equality: bool,
    /// `@Canonical`, `@TupleConstructor`
    pub has_tuple_constructor: bool,
    /// `@Immutable`
    pub is_immutable: bool,
}

/// A body that is set once.
pub type LateBody = OnceLock<Body>;
