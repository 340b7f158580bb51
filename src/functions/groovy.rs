//! `${__groovy(script,variable)}`: a script of Groovy.

use super::call::{Parameters, call_with_result};
use super::script::run;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::script::Language;

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__groovy",
    arity: Arity::Between(1, 2),
    make: |parameters, main| call_with_result(parameters, main, groovy),
};

/// A script that fails gives nothing.
fn groovy(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    match run(Language::Groovy, "org.apache.jmeter.functions.Groovy", parameters, vu)? {
        Ok(value) => {
            let value = value.as_deref().unwrap_or_default();
            parameters.store(1, value, vu)?;
            Ok(value.to_owned())
        }
        Err(error) => {
            log::warn!(target: "o.a.j.f.Groovy", "Error running groovy script {error}");
            Ok(String::new())
        }
    }
}
