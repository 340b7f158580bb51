//! `${__regexFunction(pattern,template,number,between,default,variable,input variable)}`: matches in the last result.

use super::call::{Parameters, call_with_result};
use super::match_template::MatchTemplate;
use super::regex_engine::dialect;
use crate::java;
use crate::model::{Arity, Fault, FunctionType, Variables, VirtualUser};
use crate::query::regex::{Match, compiled};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__regexFunction",
    arity: Arity::Between(2, 7),
    make: |parameters, main| call_with_result(parameters, main, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let template = MatchTemplate::new(&parameters.text(1, vu)?);
    let [number, between, default, name, input] = [2, 3, 4, 5, 6].map(|place| parameters.text(place, vu));
    let (number, between, default) = (number?, between?, default?.into_owned());
    let (name, input) = (name?, input?);
    if !vu.has_variables {
        return Ok(default);
    }
    if !name.is_empty() {
        vu.variables.put(&name, default.as_str());
    }
    let text = if input.is_empty() {
        let encoding = vu.run.properties.text("sampleresult.default.encoding", "UTF-8");
        vu.previous.as_ref().map(|previous| previous.response_text(&encoding).into_owned())
    } else {
        vu.variables.text(&input).map(|text| text.to_string())
    };
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(default) };
    let pattern = parameters.text(0, vu)?;
    let pattern = compiled(&pattern, dialect(&vu.run.properties)).map_err(|error| format!("{pattern}: {error}"));
    let matches: Vec<_> = pattern.as_ref().map(|pattern| pattern.matches(&text).collect()).unwrap_or_default();
    if !name.is_empty() {
        vu.variables.put(&format!("{name}_matchNr"), matches.len().to_string());
    }
    if let Err(error) = &pattern {
        log::error!(target: "o.a.j.f.RegexFunction", "Malformed cache pattern:{error}");
        return Ok(String::new());
    }
    let variables = vu.variables.clone();
    let result = |found: &Match<'_>| result(found, &name, &template, &variables);
    if matches.is_empty() {
        return Ok(default);
    }
    if number == "ALL" {
        return Ok(matches.iter().map(result).collect::<Vec<_>>().join(&between));
    }
    let chosen = if number == "RAND" { Some(vu.random_index(matches.len())) } else { place(&number, matches.len())? };
    Ok(chosen.map_or(default, |place| result(&matches[place])))
}

/// Where in a list of matches the wanted one is: a number from 1, or a share of them all. `None` beyond the end.
fn place(number: &str, matches: usize) -> Result<Option<usize>, Fault> {
    let number = if number.is_empty() { "1" } else { number };
    let place = match java::parse_int(number) {
        Some(number) if i64::from(number) > matches as i64 => return Ok(None),
        Some(number) => i64::from(number) - 1,
        None => {
            let share = java::parse_double(number).ok_or_else(|| Fault::number_format(number))?;
            (f64::from(matches as f32 * share as f32) + 0.5) as i64 - 1
        }
    };
    match usize::try_from(place) {
        Ok(place) if place < matches => Ok(Some(place)),
        _ => Err(Fault::exception(
            "java.lang.IndexOutOfBoundsException",
            format!("Index {place} out of bounds for length {matches}"),
        )),
    }
}

/// What a match becomes. Its groups go to variables, even to `_g0` if the variable has no name.
fn result(found: &Match<'_>, name: &str, template: &MatchTemplate, variables: &Variables) -> String {
    for group in 0..=found.groups() {
        let variable = format!("{name}_g{group}");
        match found.group(group) {
            Some(text) => variables.put(&variable, text),
            None => drop(variables.remove(&variable)),
        }
    }
    let result = template.text(found);
    if !name.is_empty() {
        variables.put(name, result.as_str());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let check = |number, matches, expected: Result<Option<usize>, &str>| {
            let found = place(number, matches).map_err(|fault| fault.to_string());
            assert_eq!(found.as_ref().map(|place| *place).map_err(String::as_str), expected, "{number}");
        };
        check("", 3, Ok(Some(0)));
        check("3", 3, Ok(Some(2)));
        check("4", 3, Ok(None));
        check("0.5", 4, Ok(Some(1)));
        check(" 1", 3, Ok(Some(2)));
        check("0", 3, Err("java.lang.IndexOutOfBoundsException: Index -1 out of bounds for length 3"));
        check("1.5", 3, Err("java.lang.IndexOutOfBoundsException: Index 4 out of bounds for length 3"));
        check("x", 3, Err("java.lang.NumberFormatException: For input string: \"x\""));
    }
}
