//! The document type declaration: of it only the entities count, and those only that stand in the document itself.

use super::XmlError;
use super::cursor::Cursor;
use super::references::Entities;

/// Reads a declaration behind `<!DOCTYPE`.
pub(super) fn read(cursor: &mut Cursor<'_>, entities: &mut Entities) -> Result<(), XmlError> {
    if !cursor.skip_blanks() {
        return cursor.error("White space is required after \"<!DOCTYPE\" in the document type declaration.");
    }
    let name = cursor.take_name();
    if name.is_empty() {
        return cursor.error("The root element type must appear after \"<!DOCTYPE\" in the document type declaration.");
    }
    let unfinished = format!("The document type declaration for root element type \"{name}\" must end with '>'.");
    cursor.skip_blanks();
    if cursor.skip("SYSTEM") || cursor.skip("PUBLIC") {
        while let Some(quote @ ('"' | '\'')) = after_blanks(cursor) {
            cursor.advance(1);
            if cursor.take_until(&quote.to_string()).is_none() {
                return cursor.error(unfinished);
            }
        }
    }
    cursor.skip_blanks();
    if cursor.skip("[") {
        read_subset(cursor, entities)?;
    }
    cursor.skip_blanks();
    if cursor.skip(">") { Ok(()) } else { cursor.error(unfinished) }
}

fn after_blanks(cursor: &mut Cursor<'_>) -> Option<char> {
    cursor.skip_blanks();
    cursor.peek()
}

/// Reads what stands in brackets.
fn read_subset(cursor: &mut Cursor<'_>, entities: &mut Entities) -> Result<(), XmlError> {
    loop {
        cursor.skip_blanks();
        let good = if cursor.skip("]") {
            return Ok(());
        } else if cursor.skip("<!--") {
            cursor.take_until("-->").is_some()
        } else if cursor.skip("<?") {
            cursor.take_until("?>").is_some()
        } else if cursor.skip("<!ENTITY") {
            read_entity(cursor, entities)
        } else if cursor.skip("<!") {
            skip_declaration(cursor)
        } else if cursor.skip("%") {
            cursor.take_until(";").is_some()
        } else {
            false
        };
        if !good {
            return cursor.error(
                "The markup declarations contained or pointed to by the document type declaration must be well-formed.",
            );
        }
    }
}

/// Reads a declaration of an entity; false if it is none.
fn read_entity(cursor: &mut Cursor<'_>, entities: &mut Entities) -> bool {
    cursor.skip_blanks();
    let is_parameter = cursor.skip("%");
    cursor.skip_blanks();
    let name = cursor.take_name();
    cursor.skip_blanks();
    let value = match cursor.peek() {
        Some(quote @ ('"' | '\'')) => {
            cursor.advance(1);
            cursor.take_until(&quote.to_string())
        }
        // What is not in the document is not fetched, and is empty.
        _ => Some(""),
    };
    let Some(value) = value.filter(|_| !name.is_empty()) else { return false };
    if !is_parameter {
        entities.declare(name, value.to_owned());
    }
    skip_declaration(cursor)
}

/// Skips to the end of a declaration, quoted texts as a whole.
fn skip_declaration(cursor: &mut Cursor<'_>) -> bool {
    while let Some(char) = cursor.peek() {
        cursor.advance(char.len_utf8());
        match char {
            '>' => return true,
            '"' | '\'' if cursor.take_until(&char.to_string()).is_none() => return false,
            _ => {}
        }
    }
    false
}
