//! `${__XPath(file,expression)}`: the text of the next match in an XML file, for all users together, again from the first
//! after the last.

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::query::dom::{Document, NodeId};
use crate::query::xml::{Options, read_bytes};
use crate::query::xpath::{Item, Version, compiled};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__XPath", arity: Arity::Exactly(2), make: |parameters, _| call(parameters, run) };

const LOG: &str = "o.a.j.f.XPathFileContainer";

/// What was found in files, by file and expression, and how far it was handed out.
#[derive(Default)]
struct Containers(Mutex<FxHashMap<(String, String), Container>>);

struct Container {
    texts: Arc<[String]>,
    next: usize,
}

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let file = parameters.text(0, vu)?.into_owned();
    let expression = parameters.text(1, vu)?.into_owned();
    let containers = vu.run.shared::<Containers>();
    let mut containers = containers.0.lock();
    let container = containers.entry((file, expression)).or_insert_with_key(|(file, expression)| {
        let texts = find(file, expression).unwrap_or_else(|message| {
            log::warn!(target: LOG, "{file} {expression}: {message}");
            Vec::new()
        });
        Container { texts: texts.into(), next: 0 }
    });
    let Some(text) = container.texts.get(container.next) else { return Ok(String::new()) };
    let text = text.clone();
    container.next = (container.next + 1) % container.texts.len();
    Ok(text)
}

/// The texts of all matches in a file.
fn find(file: &str, expression: &str) -> Result<Vec<String>, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let document =
        read_bytes(&bytes, Options { namespaces: false, doctype: true }).map_err(|error| error.to_string())?;
    let xpath = compiled(expression, Version::One).map_err(|error| error.to_string())?;
    let namespaces: Vec<(String, String)> = match document.root_element() {
        Some(root) => {
            let known = document.namespaces(root).into_iter();
            known.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect()
        }
        None => Vec::new(),
    };
    let items = xpath.evaluate(&document, &namespaces).map_err(|error| error.to_string())?;
    let text = |item: Item| match item {
        Item::Node(node) => Some(node_text(&document, node)),
        _ => None,
    };
    Ok(items.into_iter().filter_map(text).collect())
}

/// The value of a node's first child, or else the node's own; `null` if there is none (`XPathUtil.getValueForNode`).
fn node_text(document: &Document, node: NodeId) -> String {
    let value = match document.children(node).first() {
        Some(first) => document.value(*first),
        None => document.value(node),
    };
    value.unwrap_or("null").to_owned()
}
