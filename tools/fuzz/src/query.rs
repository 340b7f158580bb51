//! Regular expressions and paths into JSON: the first line is the expression, the rest is what it is applied to.

use loadline::query::json::Json;
use loadline::query::json_path::JsonPath;
use loadline::query::regex::{Dialect, Pattern};

pub(crate) const REGEXES: &[&[u8]] = &[
    b"name=\"(.+?)\" value=\"([^\"]*)\"\n<input name=\"csrf\" value=\"abc\">",
    b"(?i)^\\s*[\\w&&[^\\d]]+(?=x)|\\bword\\b{2,3}$\nword x",
    b"(a|b)*?c\\1\nababcab",
];
pub(crate) const JSON_PATHS: &[&[u8]] = &[
    b"$.items[?(@.count > 1 && @.name =~ /a.*/i)].id\n{\"items\":[{\"id\":1,\"count\":2,\"name\":\"ab\"}]}",
    b"$..book[-1:].length()\n{\"book\":[1,2,[3]]}",
    b"$['a','b'][0,1]\n{\"a\":[1],\"b\":[2,3]}",
];

/// Expressions of both dialects, applied to a text.
pub(crate) fn regex(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (pattern, subject) = text.split_once('\n').unwrap_or((&text, "abc"));
    for dialect in [Dialect::Oro, Dialect::Java] {
        if let Ok(pattern) = Pattern::new(pattern, dialect) {
            for found in pattern.matches(subject).take(100) {
                assert!(
                    (0..=pattern.groups())
                        .all(|group| found.group(group).is_none_or(|text| text.len() <= subject.len()))
                );
            }
        }
    }
}

/// Paths, applied to a document.
pub(crate) fn json_path(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (path, document) = text.split_once('\n').unwrap_or((&text, "[1]"));
    if let (Ok(path), Ok(document)) = (JsonPath::new(path), Json::read(document)) {
        let _ = path.read(&document);
    }
}
