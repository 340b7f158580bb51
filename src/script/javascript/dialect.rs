//! Refuses syntax that Rhino with language version 0 does not know: `let`, classes, default parameters, spread...
//!
//! A script that JMeter refuses gives no result there; it must not give one here.

/// A word of a script, as far as the check needs to know.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word<'t> {
    Name(&'t str),
    Number(&'t str),
    /// A text, a template or a regular expression.
    Literal,
    Symbol(&'t str),
}

/// Finds the first construct that Rhino would refuse: its words for that, and the line.
///
/// # Errors
/// There is one.
pub fn check(text: &str) -> Result<(), (&'static str, u32)> {
    let words = words(text);
    for at in 0..words.len() {
        if let Some(message) = refused(&words, at) {
            return Err((message, words[at].1));
        }
    }
    Ok(())
}

fn refused(words: &[(Word<'_>, u32)], at: usize) -> Option<&'static str> {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|at| words.get(at)).map(|(word, _)| *word);
    let after_dot = word(-1) == Some(Word::Symbol("."));
    let next_is_name = matches!(word(1), Some(Word::Name(_)));
    let opens_binding = next_is_name || matches!(word(1), Some(Word::Symbol("[" | "{")));
    match words[at].0 {
        Word::Name("let") if !after_dot && opens_binding => Some("missing ; before statement"),
        Word::Name("class") if !after_dot && (next_is_name || word(1) == Some(Word::Symbol("{"))) => {
            Some("identifier is a reserved word: class")
        }
        Word::Name("async") if word(1) == Some(Word::Name("function")) => Some("missing ; before statement"),
        Word::Name("await" | "import" | "export" | "super") if !after_dot && next_is_name => Some("syntax error"),
        Word::Name("function") if word(1) == Some(Word::Symbol("*")) => Some("missing ( before function parameters."),
        Word::Name("const") if word(-1) == Some(Word::Symbol("(")) && word(-2) == Some(Word::Name("for")) => {
            Some("syntax error")
        }
        Word::Name("of") if !after_dot && is_loop_header(words, at) => Some("missing ; after for-loop initializer"),
        Word::Symbol("..." | "**" | "**=" | "??" | "?." | "??=" | "&&=" | "||=") => Some("syntax error"),
        Word::Number(number) if is_new_number(number) => Some("missing ; before statement"),
        Word::Symbol("=") if is_parameter(words, at) => Some("missing ) after formal parameters"),
        Word::Symbol("{") if begins_object(words, at) => match (word(1), word(2)) {
            (Some(Word::Name(name)), Some(Word::Symbol("," | "}"))) if name != "return" => {
                Some("missing : after property id")
            }
            (Some(Word::Symbol("[")), _) => Some("invalid property id"),
            _ => None,
        },
        _ => None,
    }
}

fn is_new_number(number: &str) -> bool {
    let lower = number.to_ascii_lowercase();
    lower.starts_with("0b") || lower.starts_with("0o") || (lower.ends_with('n') && !lower.starts_with("0x"))
}

/// Whether `of` stands in `for (var x of ..)`.
fn is_loop_header(words: &[(Word<'_>, u32)], at: usize) -> bool {
    let mut start = at;
    while start > 0 && !matches!(words[start - 1].0, Word::Symbol("(" | ";" | ")")) {
        start -= 1;
        if at - start > 12 {
            return false;
        }
    }
    start > 1 && at > start && words[start - 1].0 == Word::Symbol("(") && words[start - 2].0 == Word::Name("for")
}

/// Whether a `=` gives a parameter a default: it stands directly inside the parentheses of a function.
fn is_parameter(words: &[(Word<'_>, u32)], at: usize) -> bool {
    let mut depth = 0;
    let Some(open) = words[..at].iter().rposition(|(word, _)| match word {
        Word::Symbol(")" | "]" | "}") => {
            depth += 1;
            false
        }
        Word::Symbol("(" | "[" | "{") => {
            depth -= 1;
            depth < 0
        }
        _ => false,
    }) else {
        return false;
    };
    if words[open].0 != Word::Symbol("(") {
        return false;
    }
    let before = |offset: usize| open.checked_sub(offset).map(|at| words[at].0);
    let is_function = before(1) == Some(Word::Name("function")) || before(2) == Some(Word::Name("function"));
    is_function || is_arrow(words, at)
}

/// Whether the parentheses around a place are followed by `=>`.
fn is_arrow(words: &[(Word<'_>, u32)], at: usize) -> bool {
    let mut depth = 0;
    let close = words[at..].iter().position(|(word, _)| match word {
        Word::Symbol("(" | "[" | "{") => {
            depth += 1;
            false
        }
        Word::Symbol(")" | "]" | "}") => {
            depth -= 1;
            depth < 0
        }
        _ => false,
    });
    close.is_some_and(|close| words.get(at + close + 1).is_some_and(|(word, _)| *word == Word::Symbol("=>")))
}

/// Whether a `{` begins an object rather than a block.
fn begins_object(words: &[(Word<'_>, u32)], at: usize) -> bool {
    at > 0
        && matches!(
            words[at - 1].0,
            Word::Symbol("(" | "=" | "," | ":" | "[" | "?" | "&&" | "||")
                | Word::Name("return" | "var" | "const" | "in")
        )
}

const SYMBOLS: [&str; 18] =
    ["...", "**=", "??=", "&&=", "||=", "=>", "==", "!=", "<=", ">=", "**", "??", "?.", "&&", "||", "++", "--", "+="];

fn words(text: &str) -> Vec<(Word<'_>, u32)> {
    let mut words: Vec<(Word<'_>, u32)> = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '\n' => {
                line += 1;
                at += 1;
                continue;
            }
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '/' if rest.starts_with("//") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                line += rest[..end].matches('\n').count() as u32;
                at += end;
                continue;
            }
            '\'' | '"' | '`' => quoted(rest, first),
            '/' if begins_expression(words.last().map(|(word, _)| *word)) => expression(rest),
            '0'..='9' => {
                rest.find(|char: char| !char.is_alphanumeric() && char != '.' && char != '_').unwrap_or(rest.len())
            }
            _ if first.is_alphabetic() || first == '_' || first == '$' => {
                rest.find(|char: char| !char.is_alphanumeric() && char != '_' && char != '$').unwrap_or(rest.len())
            }
            _ => {
                let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                // `a?.5:b` is a condition, not a chain.
                let is_condition = rest.starts_with("?.") && rest[2..].starts_with(|char: char| char.is_ascii_digit());
                symbol.filter(|_| !is_condition).map_or(first.len_utf8(), |symbol| symbol.len())
            }
        };
        let piece = &rest[..length];
        let word = match first {
            '\'' | '"' | '`' => Word::Literal,
            '/' if length > 1 => Word::Literal,
            '0'..='9' => Word::Number(piece),
            _ if first.is_alphabetic() || first == '_' || first == '$' => Word::Name(piece),
            _ => Word::Symbol(piece),
        };
        words.push((word, line));
        line += piece.matches('\n').count() as u32;
        at += length;
    }
    words
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a regular expression with its flags.
fn expression(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = text[at + 1..].find(|char: char| !char.is_alphanumeric()).unwrap_or(text.len() - at - 1);
                return at + 1 + flags;
            }
            '\n' => return 1,
            _ => {}
        }
    }
    1
}

/// Whether a `/` after that word begins a regular expression.
fn begins_expression(before: Option<Word<'_>>) -> bool {
    match before {
        None => true,
        Some(Word::Name(name)) => {
            matches!(name, "return" | "typeof" | "in" | "case" | "delete" | "void" | "throw" | "new")
        }
        Some(Word::Number(_) | Word::Literal) => false,
        Some(Word::Symbol(symbol)) => !matches!(symbol, ")" | "]" | "}" | "++" | "--"),
    }
}
