//! Regular expressions and paths into JSON and XML: the first line is the expression, the rest is what it is applied to.

use loadline::query::html;
use loadline::query::jmespath::{JmesPath, read_strict};
use loadline::query::json::Json;
use loadline::query::json_path::JsonPath;
use loadline::query::regex::{Dialect, Pattern};
use loadline::query::xml;
use loadline::query::xpath::{Version, XPath};

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

pub(crate) const JMESPATHS: &[&[u8]] = &[
    b"store.book[?p < `10` && !t || i].{a: t, b: [p, @][0]} | [0:2]\n{\"store\":{\"book\":[{\"t\":\"A\",\"p\":8.95},{\"p\":12,\"i\":1}]}}",
    b"sort_by(a, &b)[-1].not_null('x', \"c\\n\") && length(a[].b[])\n{\"a\":[{\"b\":[1]},{\"b\":[0]}]}",
];
pub(crate) const XPATHS: &[&[u8]] = &[
    b"//item[@id='2' and position() < last()]/preceding-sibling::*[1]/name | //a\n<r xmlns:x='u'><item id='1'>&lt;</item><item id='2'/><a/></r>",
    b"for $i in //x:b return if (some $j in (1 to 3) satisfies $j = $i) then upper-case($i) else -1.5e1 div count(.//@*)\n<!DOCTYPE a [<!ENTITY e 'v'>]><a><b c='d'>&e;<![CDATA[x]]></b></a>",
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

/// `JMESPath`, applied to a document.
pub(crate) fn jmespath(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (path, document) = text.split_once('\n').unwrap_or((&text, "[1]"));
    if let (Ok(path), Ok((document, _))) = (JmesPath::new(path), read_strict(document)) {
        let _ = path.search(&document);
    }
}

/// `XPath` of both versions, applied to a document of XML, and to what tidying makes of it.
pub(crate) fn xpath(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (path, document) = text.split_once('\n').unwrap_or((&text, "<a/>"));
    let options = xml::Options { namespaces: true, doctype: true };
    let documents = [xml::read(document, options).ok(), Some(html::tidied(document))];
    for version in [Version::One, Version::Three] {
        let Ok(path) = XPath::new(path, version) else { continue };
        for document in documents.iter().flatten() {
            let _ = path.evaluate(document, &[]);
        }
    }
}
