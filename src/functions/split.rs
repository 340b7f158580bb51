//! `${__split(text,prefix,separators)}`: sets `PREFIX_1`, `PREFIX_2`... and `PREFIX_n`. Each separator is one character; an empty part is `?`.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__split", arity: Arity::Between(2, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?;
    let prefix = parameters.trimmed(1, vu)?;
    let separators = parameters.text(2, vu)?;
    let separators = if separators.is_empty() { ",".into() } else { separators };
    if !vu.has_variables {
        return Err(Fault::exception("java.lang.NullPointerException", "there are no variables yet"));
    }
    let parts = parts(&text, &separators);
    vu.variables.put(&prefix, text.as_ref());
    vu.variables.put(&format!("{prefix}_n"), parts.len().to_string());
    for (place, part) in parts.iter().enumerate() {
        vu.variables.put(&format!("{prefix}_{}", place + 1), *part);
    }
    vu.variables.remove(&format!("{prefix}_{}", parts.len() + 1));
    Ok(text.into_owned())
}

/// The parts between separators. Two that follow each other, or one at the end, have an empty part between or behind them;
/// before one at the start there is none.
fn parts<'t>(text: &'t str, separators: &str) -> Vec<&'t str> {
    let mut parts: Vec<_> = text.split(|char| separators.contains(char)).collect();
    if parts.first() == Some(&"") {
        parts.remove(0);
    }
    parts.into_iter().map(|part| if part.is_empty() { "?" } else { part }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_characters() {
        let check = |text, separators, expected: &[&str]| assert_eq!(parts(text, separators), expected, "{text}");
        check("a,b", ",", &["a", "b"]);
        check("a,,c", ",", &["a", "?", "c"]);
        check("a,", ",", &["a", "?"]);
        check(",a", ",", &["a"]);
        check("a--b-c", "--", &["a", "?", "b", "c"]);
        check("a;b|c", "|;", &["a", "b", "c"]);
        check(",,a", ",", &["?", "a"]);
        check(",", ",", &["?"]);
        check("", ",", &[]);
    }
}
