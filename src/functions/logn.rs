//! `${__logn(text,level,throwable)}`: nothing; the text is logged.

use super::call::{Parameters, call};
use super::log::write;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__logn", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?.into_owned();
    let level = parameters.text(1, vu)?.into_owned();
    let throwable = parameters.text(2, vu)?;
    let throwable = (parameters.count() > 2).then_some(throwable.as_ref());
    write("o.a.j.f.LogFunction2", &vu.thread_name.clone(), &text, &level, throwable, "");
    Ok(String::new())
}
