//! The elements of a header, `name=value; parameter="quoted", next`, as Apache HttpCore 4 reads them (`TokenParser`,
//! `BasicHeaderValueParser`, `NetscapeDraftHeaderParser`).

/// A part of a header: a name, its value, its parameters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeaderElement {
    pub name: String,
    pub value: Option<String>,
    pub parameters: Vec<(String, Option<String>)>,
}

/// All elements of a header.
pub(super) fn parse_all(header: &str) -> Vec<HeaderElement> {
    let mut cursor = Cursor::new(header);
    let mut elements = Vec::new();
    while !cursor.at_end() {
        let ((name, value), mut end) = cursor.pair(&[';', ',']);
        let mut parameters = Vec::new();
        while !cursor.at_end() && end != Some(',') {
            let (parameter, parameter_end) = cursor.pair(&[';', ',']);
            parameters.push(parameter);
            end = parameter_end;
        }
        if !name.is_empty() || value.is_some() {
            elements.push(HeaderElement { name, value, parameters });
        }
    }
    elements
}

/// The one element that a header is to those who know neither lists nor quotes.
pub(super) fn parse_netscape(header: &str) -> HeaderElement {
    let mut cursor = Cursor::new(header);
    let (name, value) = cursor.netscape_pair();
    let mut parameters = Vec::new();
    while !cursor.at_end() {
        parameters.push(cursor.netscape_pair());
    }
    HeaderElement { name, value, parameters }
}

/// What is left of a header.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub fn new(header: &'a str) -> Self {
        Self { rest: header }
    }

    pub fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes one character.
    pub fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    /// A text up to one of the delimiters; runs of white space in it are one blank.
    pub fn token(&mut self, delimiters: &[char]) -> String {
        self.text(delimiters, false)
    }

    /// The same, where quotes protect what is in them.
    pub fn value(&mut self, delimiters: &[char]) -> String {
        self.text(delimiters, true)
    }

    fn text(&mut self, delimiters: &[char], knows_quotes: bool) -> String {
        let mut text = String::new();
        let mut after_blank = false;
        while let Some(next) = self.rest.chars().next().filter(|char| !delimiters.contains(char)) {
            if is_blank(next) {
                self.rest = self.rest.trim_start_matches(is_blank);
                after_blank = true;
                continue;
            }
            if after_blank && !text.is_empty() {
                text.push(' ');
            }
            after_blank = false;
            if knows_quotes && next == '"' {
                self.quoted(&mut text);
                continue;
            }
            let ends = |char: char| delimiters.contains(&char) || is_blank(char) || knows_quotes && char == '"';
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end..];
        }
        text
    }

    fn quoted(&mut self, text: &mut String) {
        self.next();
        let mut is_escaped = false;
        while let Some(char) = self.next() {
            match char {
                '"' | '\\' if is_escaped => text.push(char),
                other if is_escaped => text.extend(['\\', other]),
                '"' => return,
                '\\' => {
                    is_escaped = true;
                    continue;
                }
                '\r' | '\n' => {}
                other => text.push(other),
            }
            is_escaped = false;
        }
    }

    /// A name, its value, and what ended them.
    fn pair(&mut self, ends: &[char; 2]) -> ((String, Option<String>), Option<char>) {
        let name = self.token(&['=', ends[0], ends[1]]);
        match self.next() {
            Some('=') => {
                let value = self.value(ends);
                ((name, Some(value)), self.next())
            }
            end => ((name, None), end),
        }
    }

    fn netscape_pair(&mut self) -> (String, Option<String>) {
        let name = self.token(&['=', ';']);
        if self.next() != Some('=') {
            return (name, None);
        }
        let value = self.token(&[';']);
        self.next();
        (name, Some(value))
    }
}

/// White space, as HTTP knows it.
pub(super) fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(elements: &[HeaderElement]) -> String {
        let pair = |name: &str, value: &Option<String>| match value {
            Some(value) => format!("{name}=<{value}>"),
            None => name.to_owned(),
        };
        let element = |element: &HeaderElement| {
            let mut parts = vec![pair(&element.name, &element.value)];
            parts.extend(element.parameters.iter().map(|(name, value)| pair(name, value)));
            parts.join(" ")
        };
        elements.iter().map(element).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn headers_have_elements() {
        let check = |header: &str, expected: &str| assert_eq!(shown(&parse_all(header)), expected, "{header}");
        check("a=1; path=/; secure", "a=<1> path=</> secure");
        check("a=1, b=2;x", "a=<1> | b=<2> x");
        check("a=\"1, \\\"2\\\" \\x\" ; b = c  d ", "a=<1, \"2\" \\x> b=<c d>");
        check("=x, ,a", "=<x> | a");
        check("", "");
    }

    #[test]
    fn netscape_knows_no_lists() {
        let check = |header: &str, expected: &str| assert_eq!(shown(&[parse_netscape(header)]), expected, "{header}");
        check("a=1, b=\"2;\"; path=/", "a=<1, b=\"2> \" path=</>");
        check("a", "a");
    }
}
