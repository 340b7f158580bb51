//! The value of a function without `return` is that of its last statement.

use super::super::ast::{Kind, Statement};

/// Makes the last statement give the function's value.
pub fn add(body: &mut [Statement]) {
    let Some(last) = body.last_mut() else { return };
    add_to(last);
}

fn add_to(statement: &mut Statement) {
    match &mut statement.kind {
        Kind::Expression(_) => {
            if let Kind::Expression(expression) = std::mem::replace(&mut statement.kind, Kind::Empty) {
                statement.kind = Kind::Return(Some(expression));
            }
        }
        Kind::Block(body) => add(body),
        Kind::If(parts) => {
            add_to(&mut parts.1);
            if let Some(otherwise) = &mut parts.2 {
                add_to(otherwise);
            }
        }
        Kind::Try(parts) => {
            add(&mut parts.body);
            for catch in &mut parts.catches {
                add(&mut catch.body);
            }
        }
        Kind::Switch(parts) => {
            let count = parts.1.len();
            for (at, case) in parts.1.iter_mut().enumerate() {
                let ends = matches!(case.body.last(), Some(Statement { kind: Kind::Break(None), .. }));
                if ends {
                    let length = case.body.len() - 1;
                    add(&mut case.body[..length]);
                } else if case.value.is_none() || at + 1 == count {
                    add(&mut case.body);
                }
            }
        }
        _ => {}
    }
}
