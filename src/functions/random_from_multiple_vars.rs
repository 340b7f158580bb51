//! `${__RandomFromMultipleVars(a|b,variable)}`: a random one of all values that extractors have put into these variables.

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__RandomFromMultipleVars",
    arity: Arity::Between(1, 2),
    make: |parameters, _| call(parameters, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let names = parameters.trimmed(0, vu)?;
    if !vu.has_variables {
        return Ok(String::new());
    }
    let mut values = Vec::new();
    for name in names.split('|').filter(|name| !name.is_empty()) {
        let count = vu.variables.text(&format!("{name}_matchNr")).filter(|count| !count.is_empty());
        let count = match count {
            Some(count) => java::parse_int(&count).ok_or_else(|| Fault::number_format(&count))?,
            None => 0,
        };
        if count > 0 {
            values.extend((1..=count).map(|number| vu.variables.text(&format!("{name}_{number}"))));
        } else {
            values.extend(vu.variables.text(name).filter(|value| !value.is_empty()).map(Some));
        }
    }
    let chosen = vu.random_index(values.len());
    let result = match values.get(chosen) {
        Some(Some(value)) => value.to_string(),
        // A value that is not there: Java prints it so.
        Some(None) => "null".into(),
        None => String::new(),
    };
    parameters.store(1, &result, vu)?;
    Ok(result)
}
