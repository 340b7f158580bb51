//! `${__escapeXml(text)}`: the text as it stands in XML 1.0, without the characters that may not.

use std::fmt::Write;

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__escapeXml", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    Ok(escaped(&parameters.text(0, vu)?))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            // Allowed, but better not written as they are.
            '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' => {
                let _ = write!(out, "&#{};", char as u32);
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("<a b='c'>\u{1}&\"é\u{80}\n"), "&lt;a b=&apos;c&apos;&gt;&amp;&quot;é&#128;\n");
    }
}
