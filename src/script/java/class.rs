//! `java.lang.Class`.

use std::sync::Arc;

use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.lang.Class`.
pub static CLASS: Static = Static::new(|| Class::new("java.lang.Class").statics(STATICS).methods(METHODS));

const STATICS: &[Row] = &[row("forName", "String", |c| {
    let name = c.text(0)?;
    match c.machine.library.named(name) {
        Some(class) => ok(Value::class_of(class)),
        None => Err(Thrown::new("java.lang.ClassNotFoundException", name.to_string())),
    }
})];

const METHODS: &[Row] = &[
    row("getName", "", |c| ok(own(c.this)?.name())),
    row("getTypeName", "", |c| ok(own(c.this)?.name())),
    row("getCanonicalName", "", |c| ok(own(c.this)?.name().replace('$', "."))),
    row("getSimpleName", "", |c| ok(own(c.this)?.simple_name())),
    row("getPackage", "", |c| ok(package(own(c.this)?))),
    row("getPackageName", "", |c| ok(package(own(c.this)?))),
    row("getSuperclass", "", |c| {
        let parents = match own(c.this)? {
            ClassRef::Script(class) => class.parents(),
            ClassRef::Java(class) => class.parents().iter().map(|parent| ClassRef::Java(parent)).collect(),
            ClassRef::Array(_) => Vec::new(),
        };
        let parent = parents.into_iter().find(|parent| !matches!(parent, ClassRef::Java(class) if class.is_interface));
        ok(parent.unwrap_or(ClassRef::Java(&super::object::OBJECT)))
    }),
    row("isInstance", "Object", |c| ok(own(c.this)?.is_above(&c.arg(0).class()) && !c.arg(0).is_null())),
    row("isAssignableFrom", "Class", |c| ok(own(c.this)?.is_above(own(c.arg(0))?))),
    row("isInterface", "", |c| ok(matches!(own(c.this)?, ClassRef::Java(class) if class.is_interface))),
    row("isArray", "", |c| ok(matches!(own(c.this)?, ClassRef::Array(_)))),
    row("isEnum", "", |c| ok(matches!(own(c.this)?, ClassRef::Java(class) if !class.enum_names().is_empty()))),
    row("isPrimitive", "", |c| ok(super::primitive::code(&own(c.this)?.name()).is_some())),
    row("getEnumConstants", "", |c| match own(c.this)? {
        ClassRef::Java(class) => ok(super::enumeration::values(class)),
        ClassRef::Script(class) => class.clone().call(c.machine, "values", &[]).unwrap_or(Ok(Value::Null)),
        ClassRef::Array(_) => Ok(Value::Null),
    }),
    row("getComponentType", "", |c| match own(c.this)? {
        ClassRef::Array(component) => ok(ClassRef::clone(component)),
        _ => Ok(Value::Null),
    }),
    row("newInstance", "Object...", |c| {
        let args = c.rest(0);
        c.machine.construct(own(c.this)?, &args)
    }),
    row("getDeclaredConstructor", "Object...", |c| c.this_again()),
    row("getConstructor", "Object...", |c| c.this_again()),
    row("cast", "Object", |c| Ok(c.arg(0).clone())),
    row("getClassLoader", "", |_| Ok(Value::Null)),
    row("desiredAssertionStatus", "", |_| ok(true)),
];

fn own(value: &Value) -> Outcome<&ClassRef> {
    match value {
        Value::Class(class) => Ok(class),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }
}

fn package(class: &ClassRef) -> Arc<str> {
    let name = class.name();
    name.rsplit_once('.').map_or("", |(package, _)| package).into()
}
