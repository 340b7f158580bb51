use super::*;
use crate::query::dom::Document;

fn options(namespaces: bool) -> Options {
    Options { namespaces, doctype: true }
}

#[test]
fn what_is_no_xml() {
    let check = |text: &str, expected: &str| {
        assert_eq!(
            read(text, options(false)).err().map(|error| error.to_string()).as_deref(),
            Some(expected),
            "{text}"
        );
    };
    check("", "Premature end of file.");
    check("hello", "Content is not allowed in prolog.");
    check(" <?xml version='1.0'?><a/>", "The processing instruction target matching \"[xX][mM][lL]\" is not allowed.");
    check("<a/><b/>", "The markup in the document following the root element must be well-formed.");
    check("<a/>x", "Content is not allowed in trailing section.");
    check("<a><b></a>", "The element type \"b\" must be terminated by the matching end-tag \"</b>\".");
    check("<a>", "XML document structures must start and end within the same entity.");
    check("<a>&nope;</a>", "The entity \"nope\" was referenced, but not declared.");
    check("<a x='1' x='2'/>", "Attribute \"x\" was already specified for element \"a\".");
    check("<a b=c/>", "Open quote is expected for attribute \"b\" associated with an  element type  \"a\".");
    check("<a>1 < 2</a>", "The content of elements must consist of well-formed character data or markup.");
    let bound = read("<p:a/>", options(true)).err().map(|error| error.to_string());
    assert_eq!(bound.as_deref(), Some("The prefix \"p\" for element \"p:a\" is not bound."));
}

#[test]
fn places_of_errors() {
    let error = read("<a>\n<name>1</a>", options(false)).unwrap_err();
    assert_eq!((error.line, error.column), (2, 11));
}

#[test]
fn written_again() {
    let check = |text: &str, expected: &str| {
        let document = read(text, options(true)).unwrap();
        assert_eq!(write_plain(&document, Document::ROOT), expected);
    };
    check("<a b='2' a='&lt;&#65;'>x<![CDATA[<y>]]></a>", "<a a=\"&lt;A\" b=\"2\">x&lt;y&gt;</a>");
    check("<!DOCTYPE a [<!ENTITY e \"t&amp;t\">]><a>&e;</a>", "<a>t&amp;t</a>");
    let document = read("<a><b>1</b><c><d/></c></a>", options(true)).unwrap();
    assert_eq!(write_indented(&document, Document::ROOT), "<a>\n   <b>1</b>\n   <c>\n      <d/>\n   </c>\n</a>");
}
