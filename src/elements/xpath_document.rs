//! A response as a document that `XPath` expressions are about, as elements with `XPath` 1.0 read it.

use crate::model::{Fault, Fields, Prop, VirtualUser};
use crate::query::dom::Document;
use crate::query::html;
use crate::query::xml::{Options, XmlError, read, read_bytes};
use crate::query::xpath::{Item, Version, XPathError, compiled};

/// How an element reads documents.
pub(super) struct DocumentKind {
    /// Pages are read as `JTidy` reads them.
    tolerant: Prop<bool>,
    /// Prefixes stand for namespaces.
    namespace: Prop<bool>,
}

/// Settings that make no difference to results: how much `JTidy` says, and whether what stands outside of a document is
/// fetched, which nothing is.
const WITHOUT_EFFECT: &[&str] = &["quiet", "report_errors", "show_warnings", "whitespace", "download_dtds"];

/// Why there is no document.
pub(super) enum DocumentError {
    Xml(XmlError),
    Fault(Fault),
}

/// A document that was read.
pub(super) struct Parsed {
    pub document: Document,
    /// It was read as `JTidy` reads pages.
    pub is_tidied: bool,
}

impl DocumentKind {
    pub fn load(fields: &Fields<'_>, prefix: &str, tolerant: &'static str, namespace: &'static str) -> Self {
        let names: Vec<String> = WITHOUT_EFFECT.iter().map(|name| format!("{prefix}{name}")).collect();
        fields.skip(&names.iter().map(String::as_str).collect::<Vec<_>>());
        Self { tolerant: fields.prop(tolerant, false), namespace: fields.prop(namespace, false) }
    }

    /// Reads a text.
    pub fn read(&self, text: &str, vu: &mut VirtualUser) -> Result<Parsed, DocumentError> {
        if self.tolerant.get(vu).map_err(DocumentError::Fault)? {
            return tidied(text);
        }
        let options = self.options(vu).map_err(DocumentError::Fault)?;
        let document = read(text, options).map_err(DocumentError::Xml)?;
        Ok(Parsed { document, is_tidied: false })
    }

    /// Reads bytes in the encoding that the document names.
    pub fn read_bytes(&self, bytes: &[u8], vu: &mut VirtualUser) -> Result<Parsed, DocumentError> {
        if self.tolerant.get(vu).map_err(DocumentError::Fault)? {
            return tidied(&String::from_utf8_lossy(bytes));
        }
        let options = self.options(vu).map_err(DocumentError::Fault)?;
        let document = read_bytes(bytes, options).map_err(DocumentError::Xml)?;
        Ok(Parsed { document, is_tidied: false })
    }

    fn options(&self, vu: &mut VirtualUser) -> Result<Options, Fault> {
        Ok(Options { namespaces: self.namespace.get(vu)?, doctype: true })
    }
}

fn tidied(text: &str) -> Result<Parsed, DocumentError> {
    // JTidy keeps an XML declaration as a node of a kind that Xalan does not know.
    if text.trim_start().starts_with("<?xml") {
        let message = "Could not resolve the node to a handle";
        return Err(DocumentError::Fault(Fault::exception("java.lang.RuntimeException", message)));
    }
    Ok(Parsed { document: html::tidied(text), is_tidied: true })
}

impl Parsed {
    /// The values of an expression of `XPath` 1.0, and whether they are nodes.
    pub fn find(&self, expression: &str) -> Result<(Vec<Item>, bool), XPathError> {
        let xpath = compiled(expression, Version::One)?;
        let values = xpath.evaluate(&self.document, &self.namespaces())?;
        Ok((values, xpath.gives_nodes()))
    }

    /// The namespaces that the outermost element declares (`PrefixResolverDefault`): a prefix of its own name stands for
    /// the namespace of the element, and for none where namespaces are not looked at.
    fn namespaces(&self) -> Vec<(String, String)> {
        let Some(root) = self.document.root_element() else { return Vec::new() };
        let own = self.document.name(root);
        let declared = self.document.namespaces(root).into_iter().filter(|(prefix, _)| !prefix.is_empty());
        let is_known = |prefix: &str| own.is_none_or(|name| name.prefix() != prefix || name.uri().is_some());
        declared
            .filter(|(prefix, _)| is_known(prefix))
            .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
            .collect()
    }
}
