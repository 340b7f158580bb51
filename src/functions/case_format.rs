//! `${__caseFormat(text,mode,variable)}`: the words of a text, joined as the mode says.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__caseFormat", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?.into_owned();
    let mode = parameters.text(1, vu)?;
    let result = formatted(&text, if mode.is_empty() { "LOWER_CAMEL_CASE" } else { &mode });
    let result = result.unwrap_or_else(|| {
        log::error!(target: "k.a.j.f.CaseFormat", "Unknown mode {mode}, returning {text} unchanged");
        text
    });
    parameters.store(2, &result, vu)?;
    Ok(result)
}

/// `None` for an unknown mode.
fn formatted(text: &str, mode: &str) -> Option<String> {
    let words = words(text);
    Some(match mode.to_uppercase().as_str() {
        "LOWER_CAMEL_CASE" => {
            let mut words = words.into_iter();
            words.next().unwrap_or_default().to_lowercase() + &words.map(capitalized).collect::<String>()
        }
        "UPPER_CAMEL_CASE" => words.into_iter().map(capitalized).collect(),
        "SNAKE_CASE" | "LOWER_UNDERSCORE" => words.join("_").to_lowercase(),
        "KEBAB_CASE" | "LISP_CASE" | "SPINAL_CASE" | "LOWER_HYPHEN" => words.join("-").to_lowercase(),
        "TRAIN_CASE" => words.join("-").to_uppercase(),
        "UPPER_UNDERSCORE" => words.join("_").to_uppercase(),
        _ => return None,
    })
}

/// The words between white space, hyphens and underscores. Before a separator at the start there is an empty one.
fn words(text: &str) -> Vec<&str> {
    let is_separator = |char: char| matches!(char, ' ' | '\t'..='\r' | '-' | '_');
    let mut words: Vec<_> = text.split(is_separator).enumerate().collect();
    words.retain(|(place, word)| *place == 0 || !word.is_empty());
    words.into_iter().map(|(_, word)| word).collect()
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes() {
        let check = |text, mode, expected| assert_eq!(formatted(text, mode).as_deref(), expected, "{text} {mode}");
        check("hello big-World_x", "lower_camel_case", Some("helloBigWorldX"));
        check("hello BIG world", "UPPER_CAMEL_CASE", Some("HelloBigWorld"));
        check("Hello  - world", "SNAKE_CASE", Some("hello_world"));
        check(" a b ", "LOWER_UNDERSCORE", Some("_a_b"));
        check("a B", "KEBAB_CASE", Some("a-b"));
        check("a b", "TRAIN_CASE", Some("A-B"));
        check("a b", "UPPER_UNDERSCORE", Some("A_B"));
        check("camelCase", "SNAKE_CASE", Some("camelcase"));
        check("a", "NO_CASE", None);
    }
}
