//! Makes objects of classes of a script.

use std::sync::Arc;

use parking_lot::Mutex;

use super::ast::Code;
use super::closure::distance;
use super::definition::{GroovyClass, as_groovy};
use super::eval::call_code;
use super::instance::{self, Instance};
use crate::script::class::ClassRef;
use crate::script::machine::{Args, Machine, Outcome, Thrown};
use crate::script::parameter::describe;
use crate::script::value::Value;

/// `new Type(args)`, for any class.
///
/// # Errors
/// `GroovyRuntimeException` when no constructor fits, what the constructor throws.
pub fn construct(machine: &mut Machine<'_>, class: &ClassRef, args: Args) -> Outcome {
    if let ClassRef::Script(script) = class {
        return script.clone().construct(machine, args);
    }
    let copy = args.clone();
    match machine.try_construct(class, args)? {
        Some(value) => Ok(value),
        None => {
            // `new Date(time: 5)`: an object without arguments, then its properties.
            if let ([Value::Map(map)], Some(made)) = (copy.as_slice(), machine.try_construct(class, Args::new())?) {
                for (name, value) in map.pairs() {
                    let name = machine.text(&name)?;
                    super::eval::set_property(machine, &made, &name, value)?;
                }
                return Ok(made);
            }
            Err(no_constructor(machine, &class.name(), &copy)?)
        }
    }
}

fn no_constructor(machine: &mut Machine<'_>, class: &str, args: &[Value]) -> Outcome<Thrown> {
    let (types, _) = describe(machine, args)?;
    let message = format!("Could not find matching constructor for: {class}({types})");
    Ok(Thrown::new("groovy.lang.GroovyRuntimeException", message))
}

/// Makes an object of a class of the script.
///
/// # Errors
/// What the constructor throws.
pub fn make(
    machine: &mut Machine<'_>,
    class: &Arc<GroovyClass>,
    args: Args,
    captured: Vec<(Arc<str>, Arc<Mutex<Value>>)>,
) -> Outcome {
    let traits = class.definition().traits;
    if traits.is_interface || traits.is_abstract || traits.is_trait {
        return Err(Thrown::new("java.lang.InstantiationException", class.name.to_string()));
    }
    // The class is prepared by asking for something static.
    class.static_named(machine, "")?;
    let this = Value::Object(Instance::new(class.clone(), captured));
    initialize(machine, class, &this, args)?;
    if traits.is_immutable
        && let Some(instance) = this.downcast::<Instance>()
    {
        instance.freeze();
    }
    Ok(this)
}

/// Gives fields their first values and runs the constructor.
///
/// # Errors
/// What they throw.
pub fn initialize(machine: &mut Machine<'_>, class: &Arc<GroovyClass>, this: &Value, args: Args) -> Outcome<()> {
    for ancestor in class.lineage().iter().rev() {
        for field in ancestor.definition().fields.iter().filter(|field| !field.is_static) {
            let value = if field.is_lazy { Value::Void } else { ancestor.initial(machine, field, this)? };
            instance::put_field(this, &field.name, value);
        }
        for code in &ancestor.definition().initializers {
            call_code(machine, code, this, &ancestor.owner(), Args::new(), &[])?;
        }
    }
    run_constructor(machine, class, this, args)
}

/// Runs the constructor that fits the arguments.
fn run_constructor(machine: &mut Machine<'_>, class: &Arc<GroovyClass>, this: &Value, args: Args) -> Outcome<()> {
    let constructors = &class.definition().constructors;
    let best = |args: &[Value]| {
        let fitting = constructors.iter().filter_map(|code| Some((code, distance(code, args)?)));
        fitting.min_by_key(|(_, distance)| *distance).map(|(code, _)| code.clone())
    };
    if let Some(code) = best(&args) {
        return run_code(machine, class, this, &code, args);
    }
    let named = match args.as_slice() {
        [Value::Map(map)] => Some(map.pairs()),
        _ => None,
    };
    if constructors.is_empty() || (named.is_some() && best(&[]).is_some()) {
        if let Some(code) = named.as_ref().and(best(&[])) {
            run_code(machine, class, this, &code, Args::new())?;
        }
        return match named {
            Some(pairs) => set_all(machine, class, this, pairs),
            None if args.is_empty() => inherit(machine, class, this, args),
            None if class.definition().traits.has_tuple_constructor => in_order(machine, class, this, &args),
            None if class.is_enum() => Ok(()),
            None => {
                if class.name.contains('$') {
                    // A class without a name passes its arguments on.
                    return inherit(machine, class, this, args);
                }
                Err(no_constructor(machine, &class.name, &args)?)
            }
        };
    }
    Err(no_constructor(machine, &class.name, &args)?)
}

fn run_code(machine: &mut Machine<'_>, class: &Arc<GroovyClass>, this: &Value, code: &Code, args: Args) -> Outcome<()> {
    call_code(machine, code, this, &class.owner(), args, &[]).map(drop)
}

/// What happens when no constructor of the class is there: that of its superclass.
fn inherit(machine: &mut Machine<'_>, class: &Arc<GroovyClass>, this: &Value, args: Args) -> Outcome<()> {
    delegate(machine, class, this, true, args)
}

fn set_all(
    machine: &mut Machine<'_>,
    class: &Arc<GroovyClass>,
    this: &Value,
    pairs: Vec<(Value, Value)>,
) -> Outcome<()> {
    for (name, value) in pairs {
        let name = machine.text(&name)?;
        if class.definition().traits.is_immutable && instance::set_field(machine, this, &name, value.clone())? {
            continue;
        }
        super::eval::set_property(machine, this, &name, value)?;
    }
    Ok(())
}

/// `@TupleConstructor`: the properties in their order.
fn in_order(machine: &mut Machine<'_>, class: &Arc<GroovyClass>, this: &Value, args: &[Value]) -> Outcome<()> {
    let fields: Vec<_> =
        class.definition().fields.iter().filter(|field| field.is_property && !field.is_static).collect();
    if args.len() > fields.len() {
        return Err(no_constructor(machine, &class.name, args)?);
    }
    for (field, value) in fields.iter().zip(args) {
        let value = field.target.cast(machine, value.clone())?;
        instance::put_field(this, &field.name, value);
    }
    Ok(())
}

/// `this(args)` or `super(args)`.
///
/// # Errors
/// What the constructor throws.
pub fn delegate(
    machine: &mut Machine<'_>,
    class: &Arc<GroovyClass>,
    this: &Value,
    is_super: bool,
    args: Args,
) -> Outcome<()> {
    if !is_super {
        return run_constructor(machine, class, this, args);
    }
    let parent = class.definition().parents.iter().find(|parent| match parent {
        ClassRef::Script(parent) => !parent.is_interface(),
        ClassRef::Java(parent) => !parent.is_interface,
        ClassRef::Array(_) => false,
    });
    match parent {
        Some(parent @ ClassRef::Script(_)) => match as_groovy(parent) {
            Some(parent) => run_constructor(machine, &parent, this, args),
            None => Ok(()),
        },
        Some(parent @ ClassRef::Java(java)) if java.name != "java.lang.Object" && java.name != "java.lang.Enum" => {
            let base = construct(machine, parent, args)?;
            if let Some(instance) = this.downcast::<Instance>() {
                instance.set_base(base);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
