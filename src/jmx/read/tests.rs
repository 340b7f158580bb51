use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::jmx::write;

fn read_text(text: &str) -> Result<Plan, ReadError> {
    read(text.as_bytes(), "plan.jmx".into())
}

/// A plan as one line a tag, without positions: what must survive writing and reading.
fn outline(plan: &Plan) -> String {
    fn properties(out: &mut String, all: &[Property], depth: usize) {
        for one in all {
            let text = if let Content::Text(text) = &one.content { text.as_str() } else { "..." };
            let _ = writeln!(out, "{:depth$}- {} {:?} {text:?}", "", one.tag, one.attributes);
            properties(out, one.nested(), depth + 2);
        }
    }
    fn nodes(out: &mut String, all: &[Node], depth: usize) {
        for one in all {
            let _ = writeln!(out, "{:depth$}{} {:?}", "", one.tag, one.attributes);
            properties(out, &one.properties, depth + 2);
            nodes(out, &one.children, depth + 2);
        }
    }
    let mut out = format!("{:?}\n", plan.attributes);
    nodes(&mut out, &plan.nodes, 0);
    out
}

#[test]
fn reads_nodes_with_positions() {
    let plan = read_text(
        "<?xml version=\"1.0\"?>\n<jmeterTestPlan version=\"1.2\"><hashTree>\n  <A testclass=\"B\" testname=\"n\">\n\
         <stringProp name=\"s\">x &amp;\r\n&#13;&#x1;<![CDATA[<y>]]></stringProp>\n<collectionProp name=\"c\"> </collectionProp></A>\n\
         <hashTree><C enabled=\"false\"/><hashTree/></hashTree></hashTree></jmeterTestPlan>",
    )
    .unwrap();
    let node = &plan.nodes[0];
    assert_eq!((node.class(), node.name(), node.is_enabled()), ("B", "n", true));
    assert_eq!(node.position, Position { line: 3, column: 3 });
    assert_eq!(node.property("s").and_then(Property::text), Some("x &\n\r\u{1}<y>"));
    assert!(node.property("c").unwrap().nested().is_empty());
    assert!(!node.children[0].is_enabled());
}

#[test]
fn refuses_what_is_no_plan() {
    let check = |text: &str, expected: &str| assert_eq!(read_text(text).unwrap_err().to_string(), expected);
    check("", "plan.jmx:1:1: the file is empty: it holds no test plan");
    check("hello", "plan.jmx:1:1: the file is empty: it holds no test plan");
    check("<html/>", "plan.jmx:1:1: expected <jmeterTestPlan>, found <html>");
    check("<jmeterTestPlan>\n<A/></jmeterTestPlan>", "plan.jmx:2:1: expected <hashTree>, found <A>");
    check(
        "<jmeterTestPlan><hashTree><A></B></hashTree></jmeterTestPlan>",
        "plan.jmx:1:30: not well-formed XML: expected `</A>`, but `</B>` was found",
    );
    check("<jmeterTestPlan>\n", "plan.jmx:2:1: the file ends in the middle of the plan");
    check("<jmeterTestPlan><hashTree><A>", "plan.jmx:1:30: the file ends in the middle of the plan");
    check(
        "<jmeterTestPlan><hashTree><A><shortProp name=\"x\">1</shortProp></A></hashTree></jmeterTestPlan>",
        "plan.jmx:1:30: unknown kind of property <shortProp>",
    );
    check(
        "<!DOCTYPE a [<!ENTITY b \"c\">]><jmeterTestPlan/>",
        "plan.jmx:1:1: document type declarations are not allowed in a test plan",
    );
    check(
        "<jmeterTestPlan><hashTree><A><stringProp name=\"x\">&b;</stringProp></A></hashTree></jmeterTestPlan>",
        "plan.jmx:1:51: unknown reference &b;",
    );
    let deep = format!("<jmeterTestPlan><hashTree>{}", "<A/><hashTree>".repeat(1000));
    check(&deep, "plan.jmx:1:5613: tags are nested more than 400 deep");
}

fn text() -> impl Strategy<Value = String> {
    // A CR can't be told from a line end once it is in the file's text, but is written as a reference.
    proptest::collection::vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect())
}

fn property() -> impl Strategy<Value = Property> {
    let make = |tag: &str, name: String, content| Property {
        position: Position::default(),
        tag: tag.into(),
        attributes: vec![("name".into(), name)],
        content,
    };
    let leaf = (text(), text()).prop_map(move |(name, text)| make("stringProp", name, Content::Text(text)));
    leaf.prop_recursive(3, 12, 4, move |inner| {
        (text(), proptest::collection::vec(inner, 0..4))
            .prop_map(move |(name, nested)| make("collectionProp", name, Content::Nested(nested)))
    })
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = (text(), proptest::collection::vec(property(), 0..3)).prop_map(|(name, properties)| Node {
        file: "plan.jmx".into(),
        position: Position::default(),
        tag: "GenericController".into(),
        attributes: vec![("testname".into(), name)],
        properties,
        children: Vec::new(),
    });
    leaf.prop_recursive(4, 24, 4, |inner| {
        (inner.clone(), proptest::collection::vec(inner, 0..4)).prop_map(|(node, children)| Node { children, ..node })
    })
}

proptest! {
    #[test]
    fn a_written_plan_is_the_same_tree(nodes in proptest::collection::vec(node(), 0..3)) {
        let attributes = vec![("version".to_owned(), "1.2".to_owned())];
        let plan = Plan { file: "plan.jmx".into(), attributes, nodes };
        let again = read_text(&write(&plan)).unwrap();
        prop_assert_eq!(outline(&again), outline(&plan));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, "plan.jmx".into());
    }

    #[test]
    fn no_damaged_plan_panics(node in node(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let plan = Plan { file: "plan.jmx".into(), attributes: Vec::new(), nodes: vec![node] };
        let mut bytes = write(&plan).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes, "plan.jmx".into());
    }
}
