//! The classes of Groovy's own values.

use super::{closure, script};
use crate::script::class::{Class, Static};
use crate::script::java::function::RUNNABLE;
use crate::script::java::list::LIST;
use crate::script::java::string::{CHAR_SEQUENCE, COMPARABLE};

/// `groovy.lang.GString`.
pub static GSTRING_TYPE: Static =
    Static::new(|| Class::new("groovy.lang.GString").extends(&[&CHAR_SEQUENCE, &COMPARABLE]));
/// The class of every text with values in it.
pub static GSTRING: Static =
    Static::new(|| Class::new("org.codehaus.groovy.runtime.GStringImpl").extends(&[&GSTRING_TYPE]));
/// `groovy.lang.Range`.
pub static RANGE: Static = Static::new(|| Class::interface("groovy.lang.Range").extends(&[&LIST]));
/// `groovy.lang.IntRange`.
pub static INT_RANGE: Static = Static::new(|| Class::new("groovy.lang.IntRange").extends(&[&RANGE]));
/// `groovy.lang.ObjectRange`.
pub static OBJECT_RANGE: Static = Static::new(|| Class::new("groovy.lang.ObjectRange").extends(&[&RANGE]));
/// `groovy.lang.Closure`.
pub static CLOSURE: Static = Static::new(|| {
    Class::new("groovy.lang.Closure").extends(&[&RUNNABLE]).methods(closure::METHODS).constants(closure::CONSTANTS)
});
/// The class of every closure of a script.
pub static SCRIPT_CLOSURE: Static = Static::new(|| Class::new("Script1$_closure1").extends(&[&CLOSURE]));
/// `groovy.lang.Script`.
pub static SCRIPT: Static = Static::new(|| Class::new("groovy.lang.Script").methods(script::METHODS));
/// The class of the script itself.
pub static SCRIPT1: Static = Static::new(|| Class::new("Script1").extends(&[&SCRIPT]));
/// `groovy.lang.Binding`.
pub static BINDING: Static = Static::new(|| {
    Class::new("groovy.lang.Binding").constructors(script::BINDING_NEW).methods(script::BINDING_METHODS)
});
/// `groovy.lang.GroovyObject`: what all classes of scripts come from.
pub static GROOVY_OBJECT: Static = Static::new(|| Class::interface("groovy.lang.GroovyObject"));
/// What `null` is when a method is called on it.
pub static NULL_OBJECT: Static = Static::new(|| Class::new("org.codehaus.groovy.runtime.NullObject"));

/// All classes that a script can name.
pub static ALL: &[&Static] = &[
    &BINDING,
    &CLOSURE,
    &GROOVY_OBJECT,
    &GSTRING_TYPE,
    &INT_RANGE,
    &OBJECT_RANGE,
    &RANGE,
    &SCRIPT,
    &super::expando::EXPANDO,
    &super::json::BUILDER,
    &super::json::CLASSIC,
    &super::json::GENERATOR,
    &super::json::LAZY_MAP,
    &super::json::OPTIONS,
    &super::json::OUTPUT,
    &super::json::PARSER_TYPE,
    &super::json::SLURPER,
    &super::json::STREAMING,
    &super::json::UNESCAPED,
];
