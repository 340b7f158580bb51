//! Reads a document.

use std::borrow::Cow;
use std::sync::Arc;

use super::cursor::{Cursor, is_allowed};
use super::references::Entities;
use super::{XmlError, doctype};
use crate::query::dom::{Document, Kind, Name, NodeId};

/// How a document is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether prefixes stand for namespaces. If not, a name with a prefix is just a name.
    pub namespaces: bool,
    /// Whether there may be a document type declaration.
    pub doctype: bool,
}

/// How deep elements may stand in each other.
const DEPTH: usize = 5_000;

/// Reads a document.
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str, options: Options) -> Result<Document, XmlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Lines end with LF, whatever the text has.
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { Cow::from(text) };
    let mut reader = Reader {
        cursor: Cursor::new(&text),
        options,
        document: Document::default(),
        entities: Entities::default(),
        open: Vec::new(),
        prefixes: vec![("xml".into(), "http://www.w3.org/XML/1998/namespace".into())],
    };
    reader.read()?;
    Ok(reader.document)
}

/// Reads a document whose encoding its first line names; UTF-8 if it names none.
///
/// # Errors
/// What is wrong with the text.
pub fn read_bytes(bytes: &[u8], options: Options) -> Result<Document, XmlError> {
    let named = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
        let declaration = head.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split("?>").next()?.to_owned();
        let after = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start().to_owned();
        let quote = after.chars().next()?;
        let name = after[1..].split(quote).next()?.to_owned();
        encoding_rs::Encoding::for_label(name.as_bytes())
    };
    // A byte order mark counts more than a name.
    let (text, ..) = named().unwrap_or(encoding_rs::UTF_8).decode(bytes);
    read(&text, options)
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    options: Options,
    document: Document,
    entities: Entities,
    open: Vec<Open<'t>>,
    prefixes: Vec<(Arc<str>, Arc<str>)>,
}

/// An element whose end has not come yet.
struct Open<'t> {
    node: NodeId,
    name: &'t str,
    /// How many prefixes were known outside of it.
    prefixes: usize,
}

/// The attributes of a start tag.
type Attributes<'t> = Vec<(&'t str, String)>;

impl<'t> Reader<'t> {
    fn read(&mut self) -> Result<(), XmlError> {
        if self.cursor.rest().trim_start_matches([' ', '\t', '\n', '\r']).is_empty() {
            return Err(XmlError { message: "Premature end of file.".into(), line: 0, column: 0 });
        }
        if self.cursor.starts_with("<?xml") && self.cursor.rest()[5..].starts_with([' ', '\t', '\n']) {
            let _ = self.cursor.take_until("?>");
        }
        self.read_around(false)?;
        self.read_start_tag()?;
        while let Some(open) = self.open.last() {
            let (node, name) = (open.node, open.name);
            self.read_content(node, name)?;
        }
        self.read_around(true)
    }

    /// Reads what stands before or behind the outermost element.
    fn read_around(&mut self, is_behind: bool) -> Result<(), XmlError> {
        let part = if is_behind { "following" } else { "preceding" };
        let malformed = format!("The markup in the document {part} the root element must be well-formed.");
        loop {
            self.cursor.skip_blanks();
            if self.cursor.is_at_end() {
                return if is_behind { Ok(()) } else { self.cursor.error("Premature end of file.") };
            }
            if self.cursor.skip("<!--") {
                self.read_comment(Document::ROOT)?;
            } else if self.cursor.skip("<?") {
                self.read_instruction(Document::ROOT)?;
            } else if !is_behind && self.cursor.skip("<!DOCTYPE") {
                if !self.options.doctype {
                    return self.cursor.error(
                        "DOCTYPE is disallowed when the feature \"http://apache.org/xml/features/disallow-doctype-decl\" set to true.",
                    );
                }
                doctype::read(&mut self.cursor, &mut self.entities)?;
            } else if !self.cursor.starts_with("<") {
                let place = if is_behind { "trailing section" } else { "prolog" };
                return self.cursor.error(format!("Content is not allowed in {place}."));
            } else if is_behind || !self.cursor.rest()[1..].starts_with(super::cursor::is_name_start) {
                self.cursor.advance(1);
                return self.cursor.error(malformed);
            } else {
                return Ok(());
            }
        }
    }

    /// Reads one piece of what stands in an element.
    fn read_content(&mut self, parent: NodeId, name: &'t str) -> Result<(), XmlError> {
        if self.cursor.is_at_end() {
            return self.cursor.error("XML document structures must start and end within the same entity.");
        }
        if self.cursor.skip("</") {
            return self.read_end_tag(name);
        }
        if self.cursor.skip("<!--") {
            return self.read_comment(parent);
        }
        if self.cursor.skip("<![CDATA[") {
            let Some(text) = self.cursor.take_until("]]>") else {
                return self.cursor.error("The CDATA section must end with \"]]>\".");
            };
            self.check(text, "the CDATA section")?;
            self.document.add_child(parent, Kind::CData(text.to_owned()));
            return Ok(());
        }
        if self.cursor.skip("<?") {
            return self.read_instruction(parent);
        }
        if self.cursor.starts_with("<") {
            if !self.cursor.rest()[1..].starts_with(super::cursor::is_name_start) {
                self.cursor.advance(1);
                return self
                    .cursor
                    .error("The content of elements must consist of well-formed character data or markup.");
            }
            return self.read_start_tag();
        }
        self.read_text(parent)
    }

    fn read_text(&mut self, parent: NodeId) -> Result<(), XmlError> {
        let mut text = String::new();
        loop {
            let rest = self.cursor.rest();
            let end = memchr::memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
            let plain = &rest[..end];
            if let Some(at) = plain.find("]]>") {
                self.cursor.advance(at);
                return self.cursor.error(
                    "The character sequence \"]]>\" must not appear in content unless used to mark the end of a CDATA section.",
                );
            }
            self.check(plain, "the element content")?;
            text.push_str(plain);
            self.cursor.advance(end);
            if !self.cursor.skip("&") {
                break;
            }
            self.entities.read(&mut self.cursor, &mut text)?;
        }
        self.document.add_child(parent, Kind::Text(text));
        Ok(())
    }

    fn read_start_tag(&mut self) -> Result<(), XmlError> {
        self.cursor.advance(1);
        let name = self.cursor.take_name();
        let mut attributes = Attributes::new();
        let is_empty = loop {
            let has_blank = self.cursor.skip_blanks();
            if self.cursor.skip("/>") {
                break true;
            }
            if self.cursor.skip(">") {
                break false;
            }
            let attribute = if has_blank { self.cursor.take_name() } else { "" };
            if attribute.is_empty() {
                if self.cursor.is_at_end() {
                    return self.cursor.error("XML document structures must start and end within the same entity.");
                }
                return self.cursor.error(format!(
                    "Element type \"{name}\" must be followed by either attribute specifications, \">\" or \"/>\"."
                ));
            }
            let value = self.read_value(attribute, name)?;
            if attributes.iter().any(|(known, _)| *known == attribute) {
                return self
                    .cursor
                    .error(format!("Attribute \"{attribute}\" was already specified for element \"{name}\"."));
            }
            attributes.push((attribute, value));
        };
        self.add_element(name, attributes, is_empty)
    }

    fn read_value(&mut self, attribute: &str, element: &str) -> Result<String, XmlError> {
        self.cursor.skip_blanks();
        if !self.cursor.skip("=") {
            return self.cursor.error(format!(
                "Attribute name \"{attribute}\" associated with an element type \"{element}\" must be followed by the ' = ' character."
            ));
        }
        self.cursor.skip_blanks();
        let Some(quote @ ('"' | '\'')) = self.cursor.peek() else {
            return self.cursor.error(format!(
                "Open quote is expected for attribute \"{attribute}\" associated with an  element type  \"{element}\"."
            ));
        };
        self.cursor.advance(1);
        let mut value = String::new();
        loop {
            let rest = self.cursor.rest();
            let Some(end) = memchr::memchr3(b'<', b'&', quote as u8, rest.as_bytes()) else {
                return self.cursor.error(format!(
                    "Close quote is expected for attribute \"{attribute}\" associated with an  element type  \"{element}\"."
                ));
            };
            self.check(&rest[..end], "an attribute value")?;
            value.extend(rest[..end].chars().map(|char| if matches!(char, '\n' | '\t') { ' ' } else { char }));
            self.cursor.advance(end);
            if self.cursor.skip("&") {
                self.entities.read(&mut self.cursor, &mut value)?;
            } else if self.cursor.starts_with("<") {
                return self.cursor.error(format!(
                    "The value of attribute \"{attribute}\" associated with an element type \"{element}\" must not contain the '<' character."
                ));
            } else {
                self.cursor.advance(1);
                return Ok(value);
            }
        }
    }

    fn add_element(&mut self, name: &'t str, attributes: Attributes<'t>, is_empty: bool) -> Result<(), XmlError> {
        let known = self.prefixes.len();
        if self.options.namespaces {
            for (attribute, uri) in &attributes {
                if let Some(prefix) = Name::new(*attribute, None).declares() {
                    self.prefixes.push((prefix.into(), uri.as_str().into()));
                }
            }
        }
        let parent = self.open.last().map_or(Document::ROOT, |open| open.node);
        let uri = self.uri(name, true).or_else(|prefix| {
            self.cursor.error(format!("The prefix \"{prefix}\" for element \"{name}\" is not bound."))
        })?;
        let node = self.document.add_child(parent, Kind::Element(Name::new(name, uri)));
        for (attribute, value) in attributes {
            let uri = self.uri(attribute, false).or_else(|prefix| {
                self.cursor.error(format!(
                    "The prefix \"{prefix}\" for attribute \"{attribute}\" associated with an element type \"{name}\" is not bound."
                ))
            })?;
            self.document.add_attribute(node, Name::new(attribute, uri), value);
        }
        if self.open.len() > DEPTH {
            return self.cursor.error("Elements stand too deep in each other.");
        }
        if is_empty {
            self.prefixes.truncate(known);
        } else {
            self.open.push(Open { node, name, prefixes: known });
        }
        Ok(())
    }

    /// The namespace of a name; the prefix if it stands for none.
    fn uri(&self, name: &'t str, is_element: bool) -> Result<Option<Arc<str>>, &'t str> {
        if !self.options.namespaces {
            return Ok(None);
        }
        if name == "xmlns" || name.starts_with("xmlns:") {
            return Ok(Some(Name::XMLNS.into()));
        }
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        if prefix.is_none() && !is_element {
            return Ok(None);
        }
        let found = self.prefixes.iter().rev().find(|(known, _)| **known == *prefix.unwrap_or_default());
        match (found, prefix) {
            (Some((_, uri)), _) => Ok(Some(uri.clone()).filter(|uri| !uri.is_empty())),
            (None, None) => Ok(None),
            (None, Some(prefix)) => Err(prefix),
        }
    }

    fn read_end_tag(&mut self, name: &str) -> Result<(), XmlError> {
        let mismatch = format!("The element type \"{name}\" must be terminated by the matching end-tag \"</{name}>\".");
        if self.cursor.take_name() != name {
            return self.cursor.error(mismatch);
        }
        self.cursor.skip_blanks();
        if !self.cursor.skip(">") {
            return self
                .cursor
                .error(format!("The end-tag for element type \"{name}\" must end with a '>' delimiter."));
        }
        if let Some(open) = self.open.pop() {
            self.prefixes.truncate(open.prefixes);
        }
        Ok(())
    }

    fn read_comment(&mut self, parent: NodeId) -> Result<(), XmlError> {
        let Some(text) = self.cursor.take_until("--") else {
            return self.cursor.error("XML document structures must start and end within the same entity.");
        };
        if !self.cursor.skip(">") {
            return self.cursor.error("The string \"--\" is not permitted within comments.");
        }
        self.document.add_child(parent, Kind::Comment(text.to_owned()));
        Ok(())
    }

    fn read_instruction(&mut self, parent: NodeId) -> Result<(), XmlError> {
        let target = self.cursor.take_name();
        if target.eq_ignore_ascii_case("xml") {
            return self.cursor.error("The processing instruction target matching \"[xX][mM][lL]\" is not allowed.");
        }
        self.cursor.skip_blanks();
        let Some(text) = self.cursor.take_until("?>") else {
            return self.cursor.error("XML document structures must start and end within the same entity.");
        };
        self.document.add_child(parent, Kind::Instruction(target.to_owned(), text.to_owned()));
        Ok(())
    }

    /// Whether XML allows all characters of a text.
    fn check(&self, text: &str, place: &str) -> Result<(), XmlError> {
        match text.chars().find(|char| !is_allowed(*char)) {
            None => Ok(()),
            Some(char) => self.cursor.error(format!(
                "An invalid XML character (Unicode: 0x{:x}) was found in {place}{}.",
                u32::from(char),
                if place == "the element content" { " of the document" } else { "" }
            )),
        }
    }
}
