//! The classes of Groovy's own values.

use crate::script::class::{Class, Static};
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
