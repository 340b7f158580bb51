//! `bsh.EvalError`: mistakes of the script itself, which it cannot catch.

use crate::script::machine::Thrown;
use crate::script::value::Value;

/// A mistake of the script.
pub fn mistake(message: impl Into<String>) -> Thrown {
    let mut thrown = Thrown::new("bsh.EvalError", message);
    thrown.is_mistake = true;
    thrown
}

/// `name( java.lang.String, int )`
#[must_use]
pub fn described(name: &str, args: &[Value]) -> String {
    if args.is_empty() {
        return format!("{name}()");
    }
    let types: Vec<_> = args.iter().map(type_name).collect();
    format!("{name}( {} )", types.join(", "))
}

fn type_name(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Void => "void".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Byte(_) => "byte".into(),
        Value::Short(_) => "short".into(),
        Value::Char(_) => "char".into(),
        Value::Int(_) => "int".into(),
        Value::Long(_) => "long".into(),
        Value::Float(_) => "float".into(),
        Value::Double(_) => "double".into(),
        other => other.class().name().to_string(),
    }
}

/// What a value that is no value means in an expression.
#[must_use]
pub fn illegal_void() -> Thrown {
    mistake("illegal use of undefined variable, class, or 'void' literal")
}
