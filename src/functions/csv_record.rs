//! Rows of fields that may be in quotes, as `CSVSaveService` reads them.

use std::io;

use super::text_reader::TextReader;

/// Why a row cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// A quote inside a field without quotes.
    #[error("Cannot have quote-char in plain field:[{0}]")]
    QuoteInPlainField(String),
    /// A quote that neither ends a field nor is doubled.
    #[error("Cannot have single quote-char in quoted field:[{0}]")]
    SingleQuote(String),
    /// The file ends inside of quotes.
    #[error("Missing trailing quote-char in quoted field:[\"{0}]")]
    MissingQuote(String),
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

enum State {
    Start,
    Plain,
    Quoted,
    /// A quote was read inside of quotes: the end of the field, or half of a quote that is meant.
    AfterQuote,
}

/// Reads a row into `fields`; none are left at the end of the file. An empty line has one empty field. After a fault the
/// next row begins right behind the character at fault.
///
/// # Errors
/// When quotes stand where they may not, or the file cannot be read.
pub fn read_record(reader: &mut TextReader, delimiter: char, fields: &mut Vec<String>) -> Result<(), CsvError> {
    fields.clear();
    let mut state = State::Start;
    let mut field = String::new();
    // Whether a delimiter was the last: then an empty field follows.
    let mut follows_delimiter = false;
    while let Some(char) = reader.read_char()? {
        let ends_line = char == '\n' || char == '\r';
        let ends_field = ends_line || char == delimiter;
        follows_delimiter = false;
        state = match state {
            State::Start if char == '"' => State::Quoted,
            State::Plain if char == '"' => {
                field.push(char);
                return Err(CsvError::QuoteInPlainField(field));
            }
            State::Quoted if char == '"' => State::AfterQuote,
            State::AfterQuote if char == '"' => {
                field.push(char);
                State::Quoted
            }
            State::Start | State::Plain | State::AfterQuote if ends_field => {
                fields.push(std::mem::take(&mut field));
                follows_delimiter = true;
                State::Start
            }
            State::AfterQuote => {
                field.push('"');
                return Err(CsvError::SingleQuote(field));
            }
            State::Start | State::Plain => {
                field.push(char);
                State::Plain
            }
            State::Quoted => {
                field.push(char);
                State::Quoted
            }
        };
        if ends_line && matches!(state, State::Start) {
            if char == '\r' && reader.peek()? == Some('\n') {
                reader.read_char()?;
            }
            return Ok(());
        }
    }
    match state {
        State::Quoted => return Err(CsvError::MissingQuote(field)),
        _ if !field.is_empty() || follows_delimiter || matches!(state, State::AfterQuote) => fields.push(field),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::java::Charset;

    #[test]
    fn records() {
        let check = |text: &'static str, expected: &[&str]| {
            let mut reader = TextReader::new(Box::new(text.as_bytes()), Charset::UTF_8);
            let mut fields = Vec::new();
            let mut rows = Vec::new();
            loop {
                match read_record(&mut reader, ',', &mut fields) {
                    Ok(()) if fields.is_empty() => break,
                    Ok(()) => rows.push(fields.join("|")),
                    Err(error) => rows.push(error.to_string()),
                }
            }
            assert_eq!(rows, expected, "{text}");
        };
        check("a,b\nc", &["a|b", "c"]);
        check("a,,b,\r\nx", &["a||b|", "x"]);
        check("\"a,\"\"b\"\"\r\nc\",d\re", &["a,\"b\"\r\nc|d", "e"]);
        check("a\n\nb\n", &["a", "", "b"]);
        check("\"\"", &[""]);
        check("a\"b,c", &["Cannot have quote-char in plain field:[a\"]", "b|c"]);
        check("\"a\"b,c", &["Cannot have single quote-char in quoted field:[a\"]", "|c"]);
        check("\"a", &["Missing trailing quote-char in quoted field:[\"a]"]);
        check("", &[]);
    }
}
