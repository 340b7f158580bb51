//! Entities and references to them.

use rustc_hash::FxHashMap;

use super::XmlError;
use super::cursor::Cursor;

/// The entities that a document declares.
#[derive(Default)]
pub(super) struct Entities(FxHashMap<String, String>);

/// How deep entities may stand in entities, and how long the text of one may become: a document that asks for more is an
/// attack.
const DEPTH: u32 = 20;
const LENGTH: usize = 1 << 20;

impl Entities {
    /// Declares an entity; of two with the same name the first counts.
    pub fn declare(&mut self, name: &str, text: String) {
        self.0.entry(name.to_owned()).or_insert(text);
    }

    /// Reads a reference behind its `&` and appends what it stands for.
    pub fn read(&self, cursor: &mut Cursor<'_>, out: &mut String) -> Result<(), XmlError> {
        if cursor.skip("#") {
            return read_character(cursor, out);
        }
        let name = cursor.take_name();
        if name.is_empty() {
            return cursor.error("The entity name must immediately follow the '&' in the entity reference.");
        }
        if !cursor.skip(";") {
            return cursor.error(format!("The reference to entity \"{name}\" must end with the ';' delimiter."));
        }
        self.write(name, cursor, out, DEPTH)
    }

    fn write(&self, name: &str, place: &Cursor<'_>, out: &mut String, depth: u32) -> Result<(), XmlError> {
        match name {
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "amp" => out.push('&'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            _ => {
                let Some(text) = self.0.get(name) else {
                    return place.error(format!("The entity \"{name}\" was referenced, but not declared."));
                };
                if depth == 0 || out.len() > LENGTH {
                    return place.error(
                        "JAXP00010001: The parser has encountered too many entity expansions in this document.",
                    );
                }
                let mut inner = Cursor::new(text);
                while let Some(plain) = inner.take_until("&") {
                    out.push_str(plain);
                    if inner.skip("#") {
                        read_character(&mut inner, out)?;
                        continue;
                    }
                    let name = inner.take_name();
                    if name.is_empty() || !inner.skip(";") {
                        return place.error("The entity name must immediately follow the '&' in the entity reference.");
                    }
                    self.write(name, place, out, depth - 1)?;
                }
                out.push_str(inner.rest());
            }
        }
        Ok(())
    }
}

/// Reads a character's number behind `&#`.
fn read_character(cursor: &mut Cursor<'_>, out: &mut String) -> Result<(), XmlError> {
    let (radix, digits) = if cursor.skip("x") { (16, "a hexadecimal") } else { (10, "a decimal") };
    let rest = cursor.rest();
    let end = rest.find(|char: char| !char.is_digit(radix)).unwrap_or(rest.len());
    if end == 0 {
        return cursor.error(format!(
            "{} representation must immediately follow the \"&#{}\" in a character reference.",
            if radix == 16 { "A hexadecimal" } else { "A decimal" },
            if digits == "a hexadecimal" { "x" } else { "" }
        ));
    }
    let code = u32::from_str_radix(&rest[..end], radix).ok();
    cursor.advance(end);
    if !cursor.skip(";") {
        return cursor.error("The character reference must end with the ';' delimiter.");
    }
    match code.and_then(char::from_u32).filter(|char| super::cursor::is_allowed(*char)) {
        Some(char) => out.push(char),
        None => {
            return cursor.error(format!("Character reference \"&#{}\" is an invalid XML character.", &rest[..end]));
        }
    }
    Ok(())
}
