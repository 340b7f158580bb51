//! `${__samplerName(variable)}`: the name of the sampler whose turn it is.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__samplerName", arity: Arity::Between(0, 1), make: |parameters, _| call(parameters, run) };

/// The name is being asked for already: it is made from itself.
#[derive(Default)]
struct IsAsked(bool);

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    if std::mem::replace(&mut vu.own::<IsAsked>().0, true) {
        return Err(Fault::Error("java.lang.StackOverflowError".into()));
    }
    let name = vu.sampler_name.clone().get(vu);
    vu.own::<IsAsked>().0 = false;
    let name = name?;
    parameters.store(0, &name, vu)?;
    Ok(name.to_string())
}
