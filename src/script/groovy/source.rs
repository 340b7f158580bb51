//! Conditions of assertions in the words of Groovy's compiler: `(x > 9)`, `vars.get(none)?.trim()`.

use std::sync::Arc;

use super::ast::{Access, Call, Entry, Expr, Item, Name, Prefix, Slot};
use crate::script::java::object::plain_text;
use crate::script::value::Value;

/// A variable that stands in a condition.
pub enum Variable {
    /// A local one.
    Local(Slot),
    /// One of the script.
    Name(Arc<str>),
}

/// The variables in a condition that the message of a failed assertion shows: those that stand by themselves.
pub fn variables(expression: &Expr, found: &mut Vec<Variable>) {
    match expression {
        Expr::Recorded(_, inner) | Expr::Prefix(_, inner) | Expr::Cast(_, inner) | Expr::Coerce(_, inner) => {
            variables(inner, found);
        }
        Expr::Local(slot) if !found.iter().any(|other| matches!(other, Variable::Local(other) if other == slot)) => {
            found.push(Variable::Local(*slot));
        }
        Expr::Name(name) if !found.iter().any(|other| matches!(other, Variable::Name(other) if other == name)) => {
            found.push(Variable::Name(name.clone()));
        }
        Expr::Binary(_, sides) | Expr::Both(sides) | Expr::Either(sides) => {
            variables(&sides.0, found);
            variables(&sides.1, found);
        }
        _ => {}
    }
}

/// The words for an expression; `names` gives the names of local variables.
pub fn words(expression: &Expr, names: &dyn Fn(Slot) -> Arc<str>) -> String {
    let inner = |expression: &Expr| words(expression, names);
    match expression {
        Expr::Recorded(_, part) => inner(part),
        Expr::Literal(Value::Null) => "null".into(),
        Expr::Literal(value) => plain_text(value).unwrap_or_default(),
        Expr::Local(slot) => names(*slot).to_string(),
        Expr::Name(name) | Expr::UnknownClass(name) => name.to_string(),
        Expr::This => "this".into(),
        Expr::Super => "super".into(),
        Expr::Class(class) => class.name().to_string(),
        Expr::List(list) => format!("[{}]", items(list, names)),
        Expr::Map(entries) => map(entries, names),
        Expr::Binary(operator, sides) => format!("({} {} {})", inner(&sides.0), operator.symbol(), inner(&sides.1)),
        Expr::Both(sides) => format!("({} && {})", inner(&sides.0), inner(&sides.1)),
        Expr::Either(sides) => format!("({} || {})", inner(&sides.0), inner(&sides.1)),
        Expr::Prefix(Prefix::Not, operand) => format!("!({})", inner(operand)),
        Expr::Prefix(Prefix::Minus, operand) => format!("-({})", inner(operand)),
        Expr::Prefix(_, operand) => inner(operand),
        Expr::InstanceOf(value, class, negated) => {
            format!("({} {}instanceof {})", inner(value), if *negated { "!" } else { "" }, class.name())
        }
        Expr::Ternary(parts) => format!("({}) ? {} : {}", inner(&parts.0), inner(&parts.1), inner(&parts.2)),
        Expr::Elvis(sides) => format!("({}) ?: {}", inner(&sides.0), inner(&sides.1)),
        Expr::Property(parts, access) => format!("{}{}{}", inner(&parts.0), dot(*access), name(&parts.1, names)),
        Expr::Index(object, list, _) => format!("{}[{}]", inner(object), items(list, names)),
        Expr::Call(call) => method(call, names),
        Expr::Invoke(callee, args) => format!("{}({})", inner(callee), items(args, names)),
        Expr::New(new) => format!("new {}({})", new.class.name(), items(&new.args, names)),
        Expr::Range(ends, exclusive) => {
            format!("({}..{}{})", inner(&ends.0), if *exclusive { "<" } else { "" }, inner(&ends.1))
        }
        Expr::GString(texts, values) => {
            let mut out = String::new();
            for (at, text) in texts.iter().enumerate() {
                out.push_str(text);
                if let Some(value) = values.get(at) {
                    out.push('$');
                    out.push_str(&inner(value));
                }
            }
            out
        }
        Expr::Cast(target, value) => format!("({}) {}", target.class.name(), inner(value)),
        Expr::Coerce(target, value) => format!("{} as {}", inner(value), target.class.name()),
        _ => "{ -> ... }".into(),
    }
}

fn items(list: &[Item], names: &dyn Fn(Slot) -> Arc<str>) -> String {
    let texts: Vec<_> = list
        .iter()
        .map(|item| match item {
            Item::One(value) => words(value, names),
            Item::Spread(value) => format!("*{}", words(value, names)),
        })
        .collect();
    texts.join(", ")
}

fn map(entries: &[Entry], names: &dyn Fn(Slot) -> Arc<str>) -> String {
    if entries.is_empty() {
        return "[:]".into();
    }
    let texts: Vec<_> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Pair(key, value) => format!("{}:{}", words(key, names), words(value, names)),
            Entry::Spread(value) => format!("*:{}", words(value, names)),
        })
        .collect();
    format!("[{}]", texts.join(", "))
}

fn method(call: &Call, names: &dyn Fn(Slot) -> Arc<str>) -> String {
    let object = call.object.as_ref().map_or_else(|| "this".to_owned(), |object| words(object, names));
    format!("{object}{}{}({})", dot(call.access), name(&call.name, names), items(&call.args, names))
}

fn name(member: &Name, names: &dyn Fn(Slot) -> Arc<str>) -> String {
    match member {
        Name::Fixed(name) => name.to_string(),
        Name::Dynamic(expression) => words(expression, names),
    }
}

fn dot(access: Access) -> &'static str {
    match access {
        Access::Plain => ".",
        Access::Safe => "?.",
        Access::Spread => "*.",
        Access::Field => ".@",
    }
}
