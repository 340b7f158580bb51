//! Property files, as `java.util.Properties` reads and writes them.

/// What stands between names and values beside `=` and `:`, and before a line.
const BLANKS: [char; 3] = [' ', '\t', '\x0c'];

/// The names and values of a property file, in its order. A file in bytes is ISO 8859-1: each byte is a character.
#[must_use]
pub fn parse_properties(text: &str) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let mut lines = text.lines().map(|line| line.trim_start_matches(BLANKS));
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let mut logical = line.to_owned();
        while continues(&logical) {
            logical.pop();
            logical.push_str(lines.next().unwrap_or_default());
        }
        entries.push(entry(&logical));
    }
    entries
}

/// Whether a line ends in an odd number of backslashes.
fn continues(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The name ends at the first `=`, `:` or blank that is not escaped.
fn entry(line: &str) -> (String, String) {
    let mut escaped = false;
    let end = line.char_indices().find(|(_, char)| {
        let ends = !escaped && (matches!(char, '=' | ':') || BLANKS.contains(char));
        escaped = *char == '\\' && !escaped;
        ends
    });
    let end = end.map_or(line.len(), |(at, _)| at);
    let rest = line[end..].trim_start_matches(BLANKS);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches(BLANKS);
    (unescaped(&line[..end]), unescaped(rest))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\x0c'),
            Some('u') => {
                let hex: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// Appends the line of a property.
pub fn push_property(name: &str, value: &str, out: &mut String) {
    push_escaped(name, true, out);
    out.push('=');
    push_escaped(value, false, out);
    out.push('\n');
}

fn push_escaped(text: &str, is_name: bool, out: &mut String) {
    for (at, char) in text.char_indices() {
        match char {
            ' ' if is_name || at == 0 => out.push_str("\\ "),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' | '=' | ':' | '#' | '!' => {
                out.push('\\');
                out.push(char);
            }
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn property_files_are_read() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let entries = parse_properties(text);
            let entries: Vec<_> = entries.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(entries, expected, "{text}");
        };
        check("# comment\n! other\n\n a = 1 \nb:2\nc 3\nd", &[("a", "1 "), ("b", "2"), ("c", "3"), ("d", "")]);
        check("long = one,\\\n   two\nend\\\\\nx=y", &[("long", "one,two"), ("end\\", ""), ("x", "y")]);
        check("k\\=e\\ y = \\u00e9\\t\\q", &[("k=e y", "\u{e9}\tq")]);
        check("a==b", &[("a", "=b")]);
        check(
            "a=1\nb = 2\n#c\nd:x\\ny\n long\\\n   er v\\u0041l",
            &[("a", "1"), ("b", "2"), ("d", "x\ny"), ("longer", "vAl")],
        );
        check("\u{a0}a=\u{a0}", &[("\u{a0}a", "\u{a0}")]);
        check("open=\\", &[("open", "")]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let check = |name: &str, value: &str, line: &str| {
            let mut out = String::new();
            push_property(name, value, &mut out);
            assert_eq!(out, line);
            assert_eq!(parse_properties(&out), [(name.to_owned(), value.to_owned())]);
        };
        check("a", "1", "a=1\n");
        check("a b:c", " x y", "a\\ b\\:c=\\ x y\n");
        check("#k", "two\nlines\t\\", "\\#k=two\\nlines\\t\\\\\n");
    }
}
