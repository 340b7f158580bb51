//! The interfaces with one method, which closures stand for: `Runnable`, `Function`...

use std::sync::Arc;

use crate::script::class::{Class, Row, Static, row};
use crate::script::machine::ok;
use crate::script::value::{Callable, Value};

/// `java.util.function.Predicate`.
pub static PREDICATE: Static = Static::new(|| Class::interface("java.util.function.Predicate"));
/// `java.lang.Runnable`.
pub static RUNNABLE: Static = Static::new(|| Class::interface("java.lang.Runnable"));
/// `java.util.concurrent.Callable`.
pub static CALLABLE: Static = Static::new(|| Class::interface("java.util.concurrent.Callable"));
/// `java.util.function.Function`.
pub static FUNCTION: Static = Static::new(|| Class::interface("java.util.function.Function").statics(FUNCTION_STATICS));
/// `java.util.function.BiFunction`.
pub static BI_FUNCTION: Static = Static::new(|| Class::interface("java.util.function.BiFunction"));
/// `java.util.function.Consumer`.
pub static CONSUMER: Static = Static::new(|| Class::interface("java.util.function.Consumer"));
/// `java.util.function.BiConsumer`.
pub static BI_CONSUMER: Static = Static::new(|| Class::interface("java.util.function.BiConsumer"));
/// `java.util.function.Supplier`.
pub static SUPPLIER: Static = Static::new(|| Class::interface("java.util.function.Supplier"));
/// `java.util.function.UnaryOperator`.
pub static UNARY_OPERATOR: Static =
    Static::new(|| Class::interface("java.util.function.UnaryOperator").extends(&[&FUNCTION]));
/// `java.util.function.BinaryOperator`.
pub static BINARY_OPERATOR: Static =
    Static::new(|| Class::interface("java.util.function.BinaryOperator").extends(&[&BI_FUNCTION]));

const FUNCTION_STATICS: &[Row] = &[row("identity", "", |_| ok(Value::Closure(Arc::new(Identity))))];

/// Gives what it gets.
struct Identity;

impl Callable for Identity {
    fn call(
        &self,
        _machine: &mut crate::script::machine::Machine<'_>,
        args: &[Value],
    ) -> crate::script::machine::Outcome {
        Ok(args.first().cloned().unwrap_or_default())
    }

    fn arity(&self) -> usize {
        1
    }

    fn class(&self) -> crate::script::class::ClassRef {
        crate::script::class::ClassRef::Java(&FUNCTION)
    }
}
