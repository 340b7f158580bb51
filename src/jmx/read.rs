//! Reading a plan.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::decode::decode;
use super::{Content, Node, Plan, Position, Property, ReadError};

/// How deep tags may be nested. JMeter's own window could not show a plan that deep.
const DEPTH_LIMIT: usize = 400;

/// The tags of JMeter's property classes, as its `saveservice.properties` names them.
const PROPERTY_TAGS: &[&str] = &[
    "boolProp",
    "collectionProp",
    "doubleProp",
    "elementProp",
    "FloatProperty",
    "intProp",
    "longProp",
    "mapProp",
    "objProp",
    "stringProp",
];

/// Reads the plan in that file. `-` is standard input.
///
/// # Errors
/// When the file cannot be opened or is not a test plan.
pub fn read_file(path: &Path) -> Result<Plan, ReadError> {
    let file: Arc<str> = path.to_string_lossy().into();
    let bytes = if path == Path::new("-") { read_standard_input() } else { fs::read(path) };
    match bytes {
        Ok(bytes) => read(&bytes, file),
        Err(_) if path.is_dir() => Err(unopened(file, "this is a folder, not a test plan")),
        Err(error) => Err(unopened(file, &format!("the test plan can't be opened: {error}"))),
    }
}

fn read_standard_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
    Ok(bytes)
}

fn unopened(file: Arc<str>, message: &str) -> ReadError {
    ReadError { file, position: None, message: message.into(), help: None }
}

/// Reads a plan from its bytes; `file` is how messages call it.
///
/// # Errors
/// When the bytes are not a test plan: the first fault, with its position.
pub fn read(bytes: &[u8], file: Arc<str>) -> Result<Plan, ReadError> {
    let text = decode(bytes).map_err(|message| unopened(file.clone(), &message))?;
    let mut parser = Parser { reader: Reader::from_str(&text), lines: Lines::of(&text), file, depth: 0 };
    parser.reader.config_mut().check_end_names = true;
    parser.plan()
}

/// Pulls events and builds nodes. Tags are nested in the file's own nesting, so recursion follows the text and
/// [`DEPTH_LIMIT`] bounds it.
struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    lines: Lines<'a>,
    file: Arc<str>,
    depth: usize,
}

/// What comes next between two tags.
enum Piece<'a> {
    /// A tag opens; `empty` when it closes at once (`<a/>`).
    Open { tag: BytesStart<'a>, empty: bool, position: Position },
    /// The tag around closes, or the file ends.
    Close,
}

type Attributes = Vec<(String, String)>;

impl<'a> Parser<'a> {
    fn plan(&mut self) -> Result<Plan, ReadError> {
        let mut ignored = String::new();
        let Piece::Open { tag, empty, position } = self.next(&mut ignored)? else {
            return Err(self.error(Position { line: 1, column: 1 }, "the file is empty: it holds no test plan"));
        };
        if tag.name().as_ref() != "jmeterTestPlan" {
            let message = format!("expected <jmeterTestPlan>, found <{}>", tag.name().as_ref());
            return Err(self.error(position, message).with_help("is this a JMeter test plan (.jmx)?"));
        }
        let attributes = self.attributes(&tag, position)?;
        let nodes = if empty { Vec::new() } else { self.root()? };
        Ok(Plan { file: self.file.clone(), attributes, nodes })
    }

    /// The inside of `<jmeterTestPlan>`: one `<hashTree>`.
    fn root(&mut self) -> Result<Vec<Node>, ReadError> {
        let mut nodes = Vec::new();
        let mut ignored = String::new();
        self.descend()?;
        while let Piece::Open { tag, empty, position } = self.next(&mut ignored)? {
            if tag.name().as_ref() != "hashTree" {
                let message = format!("expected <hashTree>, found <{}>", tag.name().as_ref());
                return Err(self.error(position, message));
            }
            if !empty {
                nodes.extend(self.hash_tree()?);
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    /// The inside of a `<hashTree>`: elements, each with the `<hashTree>` of its children after it.
    fn hash_tree(&mut self) -> Result<Vec<Node>, ReadError> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut ignored = String::new();
        self.descend()?;
        while let Piece::Open { tag, empty, position } = self.next(&mut ignored)? {
            if tag.name().as_ref() == "hashTree" {
                let children = if empty { Vec::new() } else { self.hash_tree()? };
                match nodes.last_mut() {
                    Some(node) => node.children.extend(children),
                    None if children.is_empty() => {}
                    None => return Err(self.error(position, "this <hashTree> follows no element")),
                }
            } else {
                nodes.push(self.node(&tag, empty, position)?);
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    fn node(&mut self, tag: &BytesStart<'a>, empty: bool, position: Position) -> Result<Node, ReadError> {
        let attributes = self.attributes(tag, position)?;
        let mut properties = Vec::new();
        let mut ignored = String::new();
        if !empty {
            self.descend()?;
            while let Piece::Open { tag, empty, position } = self.next(&mut ignored)? {
                self.known_property(&tag, position)?;
                properties.push(self.property(&tag, empty, position)?);
            }
            self.depth -= 1;
        }
        let tag = tag.name().as_ref().to_owned();
        Ok(Node { file: self.file.clone(), position, tag, attributes, properties, children: Vec::new() })
    }

    fn known_property(&self, tag: &BytesStart<'_>, position: Position) -> Result<(), ReadError> {
        let name = tag.name().as_ref().to_owned();
        if PROPERTY_TAGS.contains(&name.as_str()) {
            return Ok(());
        }
        let help = format!("a property's tag is one of {}", PROPERTY_TAGS.join(", "));
        Err(self.error(position, format!("unknown kind of property <{name}>")).with_help(help))
    }

    fn property(&mut self, tag: &BytesStart<'a>, empty: bool, position: Position) -> Result<Property, ReadError> {
        let attributes = self.attributes(tag, position)?;
        let mut text = String::new();
        let mut nested = Vec::new();
        if !empty {
            self.descend()?;
            while let Piece::Open { tag, empty, position } = self.next(&mut text)? {
                nested.push(self.property(&tag, empty, position)?);
            }
            self.depth -= 1;
        }
        let tag = tag.name().as_ref().to_owned();
        let holds_tags = matches!(tag.as_str(), "collectionProp" | "elementProp" | "mapProp" | "objProp");
        let content = if nested.is_empty() && !holds_tags { Content::Text(text) } else { Content::Nested(nested) };
        Ok(Property { position, tag, attributes, content })
    }

    /// The next tag that opens or closes here; text before it is appended to `text`.
    fn next(&mut self, text: &mut String) -> Result<Piece<'a>, ReadError> {
        loop {
            let start = self.offset();
            let event = self.reader.read_event().map_err(|error| self.broken(&error))?;
            match event {
                Event::Start(tag) => {
                    return Ok(Piece::Open { tag, empty: false, position: self.lines.at(start) });
                }
                Event::Empty(tag) => return Ok(Piece::Open { tag, empty: true, position: self.lines.at(start) }),
                Event::Text(piece) => text.push_str(&piece),
                Event::CData(piece) => text.push_str(&piece),
                Event::GeneralRef(reference) => text.push(self.resolve(&reference, start)?),
                Event::DocType(_) => {
                    let message = "document type declarations are not allowed in a test plan";
                    return Err(self.error(self.lines.at(start), message));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.error(self.lines.at(start), "the file ends in the middle of the plan"));
                }
                Event::End(_) | Event::Eof => return Ok(Piece::Close),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn attributes(&self, tag: &BytesStart<'_>, position: Position) -> Result<Attributes, ReadError> {
        let mut attributes = Attributes::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.error(position, format!("bad attribute: {error}")))?;
            let value = self.attribute_value(&attribute.value, position)?;
            attributes.push((attribute.key.as_ref().to_owned(), value));
        }
        Ok(attributes)
    }

    /// Resolves references and, as XML asks for (3.3.3), turns line ends and tabs written as such into spaces.
    fn attribute_value(&self, raw: &str, position: Position) -> Result<String, ReadError> {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(['&', '\n', '\t']) {
            value.push_str(&rest[..at]);
            let (taken, after) = if rest.as_bytes()[at] == b'&' {
                let end = rest[at..].find(';').map_or(rest.len(), |end| at + end);
                (self.reference(&rest[at + 1..end], position)?, rest.get(end + 1..).unwrap_or_default())
            } else {
                (' ', &rest[at + 1..])
            };
            value.push(taken);
            rest = after;
        }
        value.push_str(rest);
        Ok(value)
    }

    fn resolve(&self, reference: &BytesRef<'_>, start: usize) -> Result<char, ReadError> {
        self.reference(reference, self.lines.at(start))
    }

    /// XStream writes control characters as references although XML 1.0 has no such characters; they are taken.
    fn reference(&self, name: &str, position: Position) -> Result<char, ReadError> {
        let number = match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(decimal) => decimal.parse().ok(),
            None => match name {
                "amp" => Some(u32::from('&')),
                "lt" => Some(u32::from('<')),
                "gt" => Some(u32::from('>')),
                "quot" => Some(u32::from('"')),
                "apos" => Some(u32::from('\'')),
                _ => None,
            },
        };
        // Half of a surrogate pair has no place in a Rust text: what it stood for is lost already.
        let char = number.map(|number| char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
        char.ok_or_else(|| {
            self.error(position, format!("unknown reference &{name};")).with_help("write a lone & as &amp;")
        })
    }

    fn descend(&mut self) -> Result<(), ReadError> {
        self.depth += 1;
        if self.depth <= DEPTH_LIMIT {
            return Ok(());
        }
        let message = format!("tags are nested more than {DEPTH_LIMIT} deep");
        Err(self.error(self.lines.at(self.offset()), message))
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn broken(&self, error: &quick_xml::Error) -> ReadError {
        let offset = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let mut message = error.to_string();
        for prefix in ["ill-formed document: ", "syntax error: "] {
            message = message.strip_prefix(prefix).unwrap_or(&message).to_owned();
        }
        self.error(self.lines.at(offset), format!("not well-formed XML: {message}"))
    }

    fn error(&self, position: Position, message: impl Into<String>) -> ReadError {
        ReadError { file: self.file.clone(), position: Some(position), message: message.into(), help: None }
    }
}

impl ReadError {
    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Turns byte offsets into lines and columns.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { text, starts: starts.collect() }
    }

    fn at(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or_default();
        Position { line: number(line), column: number(before.chars().count() + 1) }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
