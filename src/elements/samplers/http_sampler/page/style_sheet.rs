//! The style sheets that a style sheet imports. What else it names a browser fetches only when a rule matches, so nobody
//! does here (`CssParserCacheLoader`).

use super::html::unescaped;
use crate::elements::samplers::http_sampler::redirects::relative_url;
use crate::java::Url;

/// The imported style sheets, wherever they stand outside of blocks.
pub(super) fn imports(text: &str, sheet: &Url) -> Vec<Url> {
    let mut found = Vec::new();
    let mut scanner = Scanner { rest: text };
    while let Some(statement) = scanner.statement() {
        let address = statement.get(..7).filter(|word| word.eq_ignore_ascii_case("@import"));
        let address = address.and_then(|word| import_address(&statement[word.len()..]));
        let address = address.filter(|address| !address.is_empty());
        found.extend(address.and_then(|address| relative_url(sheet, &unescaped(address)).ok()));
    }
    found
}

/// The address in what follows `@import`, if that is well-formed.
fn import_address(text: &str) -> Option<&str> {
    let text = without_space(text);
    let is_function = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("url("));
    let inner = if is_function { without_space(&text[4..]) } else { text };
    let (address, after) = match inner.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = string_end(inner, quote)?;
            (&inner[1..end], &inner[end + 1..])
        }
        _ if is_function => {
            let end = inner.find(|char: char| char == ')' || char.is_ascii_whitespace())?;
            inner.split_at(end)
        }
        _ => return None,
    };
    let media = if is_function { without_space(after).strip_prefix(')')? } else { after };
    // Media types and features may follow, functions and blocks may not.
    let is_plain =
        |media: &str| !media.contains(['{', '}']) && !media.contains("supports(") && !media.contains("layer");
    is_plain(media).then_some(address)
}

/// Where a string ends that begins with that quote.
fn string_end(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().skip(1).find_map(|(at, char)| {
        let ends = char == quote && !is_escaped;
        is_escaped = char == '\\' && !is_escaped;
        ends.then_some(at)
    })
}

/// Without white space and comments at the beginning.
fn without_space(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix("/*").and_then(|comment| comment.split_once("*/")) {
        Some((_, after)) => without_space(after),
        None => text,
    }
}

/// Goes through the rules and at-rules of a style sheet.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// The next statement up to its `;` or its block, which is skipped. One that does not end is none.
    fn statement(&mut self) -> Option<&'a str> {
        self.skip_between();
        let start = self.rest;
        let mut at = 0;
        let mut depth = 0_usize;
        while let Some(char) = start[at..].chars().next() {
            let length = match char {
                '"' | '\'' => string_end(&start[at..], char).map_or(1, |end| end + 1),
                '/' if start[at..].starts_with("/*") => start[at..].find("*/").map_or(2, |end| end + 2),
                _ => char.len_utf8(),
            };
            at += length;
            match char {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(char, ';' | '}') {
                self.rest = &start[at..];
                return Some(&start[..at - 1]);
            }
        }
        self.rest = "";
        None
    }

    fn skip_between(&mut self) {
        loop {
            self.rest = without_space(self.rest);
            let marks = ["<!--", "-->", ";", "}"];
            match marks.iter().find_map(|mark| self.rest.strip_prefix(mark)) {
                Some(after) => self.rest = after,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found() {
        let sheet = Url::parse("http://h/d/p").unwrap();
        let check = |css: &str, expected: &str| {
            let found: Vec<String> = imports(css, &sheet).iter().map(|url| url.as_str().to_owned()).collect();
            assert_eq!(found.join(" "), expected, "{css}");
        };
        check("@import \"c.css\"; .a{}", "http://h/d/c.css");
        check(
            "@charset \"utf-8\"; @IMPORT url(x.css) screen;@import url( 'y.css' );",
            "http://h/d/x.css http://h/d/y.css",
        );
        check("/* c */ <!-- @import/**/\"z.css\"/**/; -->", "http://h/d/z.css");
        check(".x{} @import \"late.css\"; @import \"late.css\";", "http://h/d/late.css http://h/d/late.css");
        check(".x { @import \"n.css\"; } @font-face { src: url(f.woff) }", "");
        check("@import \"a.css\" .b{}", "");
        check("@import \"a.css\"", "");
        check("@import a.css;", "");
        check("@import url(a b.css);", "");
        check("@import \"\"; @import \"k.css\" screen and (min-width: 3px);", "http://h/d/k.css");
        check("@import \"a.css\"; .a { color: red; ; } } @@@ .c {", "http://h/d/a.css");
        check("html text @import \"x.css\";", "");
    }
}
