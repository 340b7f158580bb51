//! `${__strReplace(text,pattern,replacement,variable)}`: a text with all matches replaced, as `String.replaceAll` does it.

use super::call::{Parameters, call, store};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::query::regex::{Dialect, Match, compiled};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__strReplace", arity: Arity::AtLeast(3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?.into_owned();
    let pattern = parameters.text(1, vu)?.into_owned();
    let replacement = parameters.text(2, vu)?.into_owned();
    let result = replaced(&text, &pattern, &replacement)?;
    store(&parameters.text(3, vu)?, &result, vu);
    Ok(result)
}

fn replaced(text: &str, pattern: &str, replacement: &str) -> Result<String, Fault> {
    let pattern =
        compiled(pattern, Dialect::Java).map_err(|error| Fault::exception(error.java_class(), error.to_string()))?;
    let (mut out, mut end) = (String::new(), 0);
    for found in pattern.matches(text) {
        out.push_str(&text[end..found.range().start]);
        append(replacement, &found, &mut out)?;
        end = found.range().end;
    }
    out.push_str(&text[end..]);
    Ok(out)
}

/// Appends a replacement: `$1` is a group, a backslash makes the next character an ordinary one.
fn append(replacement: &str, found: &Match<'_>, out: &mut String) -> Result<(), Fault> {
    let mut rest = replacement;
    while let Some(place) = rest.find(['\\', '$']) {
        out.push_str(&rest[..place]);
        let is_group = rest[place..].starts_with('$');
        rest = &rest[place + 1..];
        if is_group {
            let (group, after) = group(rest, found.groups())?;
            out.push_str(found.group(group).unwrap_or_default());
            rest = after;
        } else {
            let Some(char) = rest.chars().next() else {
                return Err(Fault::illegal_argument("character to be escaped is missing"));
            };
            out.push(char);
            rest = &rest[char.len_utf8()..];
        }
    }
    out.push_str(rest);
    Ok(())
}

/// The number of a group, of as many digits as there are groups for, and what follows it.
fn group(text: &str, groups: usize) -> Result<(usize, &str), Fault> {
    let digit = |text: &str| text.bytes().next().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
    let Some(mut number) = digit(text) else {
        let what =
            if text.is_empty() { "Illegal group reference: group index is missing" } else { "Illegal group reference" };
        return Err(Fault::illegal_argument(what));
    };
    if number > groups {
        return Err(Fault::exception("java.lang.IndexOutOfBoundsException", format!("No group {number}")));
    }
    let mut rest = &text[1..];
    while let Some(longer) = digit(rest).map(|digit| number * 10 + digit).filter(|longer| *longer <= groups) {
        number = longer;
        rest = &rest[1..];
    }
    Ok((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements() {
        let check = |text, pattern, replacement, expected: &str| {
            let result = replaced(text, pattern, replacement).unwrap_or_else(|fault| fault.to_string());
            assert_eq!(result, expected, "{text} {pattern} {replacement}");
        };
        check("a.b.c", ".", "x", "xxxxx");
        check("a.b.c", "\\.", "-", "a-b-c");
        check("ab", "(a)(x)?", "<$1$2$0>", "<aa>b");
        check("ab", "(a)", "$10", "a0b");
        check("ab", "a", "\\$1\\\\", "$1\\b");
        check("ab", "", "-", "-a-b-");
        check("ab", "x", "$", "ab");
        check("ab", "a", "$1", "java.lang.IndexOutOfBoundsException: No group 1");
        check("ab", "a", "$x", "java.lang.IllegalArgumentException: Illegal group reference");
        check("ab", "a", "$", "java.lang.IllegalArgumentException: Illegal group reference: group index is missing");
        check("ab", "a", "\\", "java.lang.IllegalArgumentException: character to be escaped is missing");
        assert!(
            matches!(replaced("ab", "(", ""), Err(Fault::Exception { class, .. }) if class.ends_with("PatternSyntaxException"))
        );
    }
}
