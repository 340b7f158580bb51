//! Reads results files in CSV, row by row.

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use super::columns::{COLUMNS, Column};
use super::save_config::{SaveConfig, TimeFormat};
use crate::java;

/// A results file in CSV, with a head or as the properties say.
pub struct CsvReader<R: Read> {
    rows: csv::Reader<Chain<Cursor<Vec<u8>>, BufReader<R>>>,
    record: csv::StringRecord,
    /// Where each column is.
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
    time_format: TimeFormat,
    stamps_start: bool,
    has_head: bool,
}

/// One row. What the file has no column for is 0, empty, or, for success, true.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named as in SampleResult")]
pub struct Row<'a> {
    /// In milliseconds since 1970, whether the file has that or the end.
    pub start: i64,
    pub elapsed: i64,
    pub label: &'a str,
    pub response_code: &'a str,
    pub response_message: &'a str,
    pub thread_name: &'a str,
    pub successful: bool,
    pub failure_message: &'a str,
    pub bytes: i64,
    pub sent_bytes: i64,
    pub group_threads: i64,
    pub all_threads: i64,
    pub latency: i64,
    pub idle: i64,
    pub connect: i64,
}

/// Why a results file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// It cannot be read at all, or is no UTF-8.
    #[error("{0}")]
    Read(#[from] csv::Error),
    /// It ends before it begins.
    #[error("the file is empty")]
    Empty,
    /// A row is longer or shorter than the head.
    #[error(
        "line {line}: expected {expected} columns, found {found}; \
         was the file written with the same properties jmeter.save.saveservice.*?"
    )]
    Width {
        /// The line where the row begins, from 1.
        line: u64,
        /// The columns of the head.
        expected: usize,
        /// The columns of the row.
        found: usize,
    },
    /// A number or a time is none.
    #[error("line {line}: {column}: expected {expected}, found \"{found}\"")]
    Value {
        /// The line where the row begins, from 1.
        line: u64,
        /// The name of the column.
        column: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
}

impl<R: Read> CsvReader<R> {
    /// Reads the head, if there is one.
    ///
    /// # Errors
    /// When there is nothing to read.
    pub fn new(input: R, config: &SaveConfig) -> Result<Self, CsvError> {
        let mut input = BufReader::with_capacity(64 * 1024, input);
        let mut first = Vec::new();
        input.read_until(b'\n', &mut first).map_err(csv::Error::from)?;
        if first.is_empty() {
            return Err(CsvError::Empty);
        }
        let line = String::from_utf8_lossy(&first);
        let head = head(line.trim_end_matches(['\r', '\n']), config.delimiter);
        let has_head = head.is_some();
        let (places, width, delimiter) = head.unwrap_or_else(|| configured(config));
        if has_head {
            first.clear();
        }
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        let rows = builder.from_reader(Cursor::new(first).chain(input));
        let (record, time_format) = (csv::StringRecord::new(), config.time_format.clone());
        Ok(Self { rows, record, places, width, time_format, stamps_start: config.stamps_start, has_head })
    }

    /// Whether the file has a head.
    #[must_use]
    pub fn has_head(&self) -> bool {
        self.has_head
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.places[column as usize].is_some()
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read, or the row is not as it should be.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, CsvError> {
        if !self.rows.read_record(&mut self.record)? {
            return Ok(None);
        }
        if self.record.len() != self.width {
            return Err(CsvError::Width { line: self.line(), expected: self.width, found: self.record.len() });
        }
        let (stamp, elapsed) = (self.time()?, self.number(Column::Elapsed)?);
        Ok(Some(Row {
            start: if self.stamps_start { stamp } else { stamp - elapsed },
            elapsed,
            label: self.text(Column::Label),
            response_code: self.text(Column::ResponseCode),
            response_message: self.text(Column::ResponseMessage),
            thread_name: self.text(Column::ThreadName),
            successful: !self.has(Column::Success) || java::parse_boolean(self.text(Column::Success)),
            failure_message: self.text(Column::FailureMessage),
            bytes: self.number(Column::Bytes)?,
            sent_bytes: self.number(Column::SentBytes)?,
            group_threads: self.number(Column::GroupThreads)?,
            all_threads: self.number(Column::AllThreads)?,
            latency: self.number(Column::Latency)?,
            idle: self.number(Column::IdleTime)?,
            connect: self.number(Column::Connect)?,
        }))
    }

    /// The line where the row begins that was read last, from 1.
    fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line) + u64::from(self.has_head)
    }

    fn text(&self, column: Column) -> &str {
        self.places[column as usize].and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    fn number(&self, column: Column) -> Result<i64, CsvError> {
        if !self.has(column) {
            return Ok(0);
        }
        let text = self.text(column);
        java::parse_long(text.trim()).ok_or_else(|| self.fault(column, "a whole number"))
    }

    fn time(&self) -> Result<i64, CsvError> {
        match &self.time_format {
            TimeFormat::Pattern(pattern) if self.has(Column::TimeStamp) => {
                let text = self.text(Column::TimeStamp);
                let time = pattern.read(text).or_else(|| java::parse_long(text));
                time.ok_or_else(|| {
                    self.fault(Column::TimeStamp, "a time as jmeter.save.saveservice.timestamp_format says")
                })
            }
            _ => self.number(Column::TimeStamp),
        }
    }

    fn fault(&self, column: Column, expected: &'static str) -> CsvError {
        CsvError::Value { line: self.line(), column: column.name(), expected, found: self.text(column).into() }
    }
}

type Layout = ([Option<usize>; COLUMNS.len()], usize, u8);

/// The columns that a first line names; `None` if it is no head. Names in quotes are those of variables. A file may have
/// been written with another delimiter than the configured one: then the first that can be none of a name's letters.
fn head(line: &str, configured: u8) -> Option<Layout> {
    let other = line.bytes().find(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    [Some(configured), other].into_iter().flatten().find_map(|delimiter| {
        let mut places = [None; COLUMNS.len()];
        let mut width = 0;
        for (place, name) in line.split(char::from(delimiter)).enumerate() {
            width += 1;
            match COLUMNS.iter().find(|(_, known, _)| *known == name) {
                Some((column, ..)) => places[*column as usize] = Some(place),
                None if name.len() > 2 && name.starts_with('"') && name.ends_with('"') => {}
                None => return None,
            }
        }
        Some((places, width, delimiter))
    })
}

/// The columns that the properties say.
fn configured(config: &SaveConfig) -> Layout {
    let mut places = [None; COLUMNS.len()];
    let mut width = 0;
    for column in Column::of(config.fields) {
        places[column as usize] = Some(width);
        width += 1;
    }
    (places, width + config.variables.len(), config.delimiter)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::model::Properties;

    fn read(text: &str, set: &[(&str, &str)]) -> String {
        let properties = Properties::default();
        properties.set("sampleresult.timestamp.start", "true");
        for (name, value) in set {
            properties.set(&format!("jmeter.save.saveservice.{name}"), *value);
        }
        let config = SaveConfig::from_properties(&properties, false).unwrap();
        let mut lines = Vec::new();
        let mut reader = match CsvReader::new(text.as_bytes(), &config) {
            Ok(reader) => reader,
            Err(error) => return error.to_string(),
        };
        loop {
            lines.push(match reader.next_row() {
                Ok(Some(row)) => {
                    let Row { start, elapsed, label, response_code, successful, bytes, connect, .. } = row;
                    format!("{start}+{elapsed} {label:?} {response_code:?} {successful} {bytes} {connect}")
                }
                Ok(None) => break,
                Err(error) => error.to_string(),
            });
        }
        lines.join("\n")
    }

    const HEAD: &str = "timeStamp,elapsed,label,responseCode,success,bytes,Connect,\"v\"\n";

    #[test]
    fn rows_are_read_by_the_head() {
        let rows = "1000,20,\"a, \"\"b\"\"\",200,true,5,1,null\n1001,7,\"two\nlines\",,FALSE,0,0,\"\"\n";
        expect![[r#"
            1000+20 "a, \"b\"" "200" true 5 1
            1001+7 "two\nlines" "" false 0 0"#]]
        .assert_eq(&read(&format!("{HEAD}{rows}"), &[]));
        let check = |text: &str, set: &[(&str, &str)], expected: &str| assert_eq!(read(text, set), expected, "{text}");
        check("elapsed;label\n5;a,b\n", &[], "0+5 \"a,b\" \"\" true 0 0");
        check("elapsed\tlabel\r\n5\ta\r\n", &[("default_delimiter", "\\t")], "0+5 \"a\" \"\" true 0 0");
        check("label\nx\n", &[], "0+0 \"x\" \"\" true 0 0");
    }

    #[test]
    fn without_a_head_the_properties_say_the_columns() {
        let row = "1000,20,a,200,OK,users 1-1,text,false,no,5,6,1,2,null,3,0,4\n";
        assert_eq!(read(row, &[]), "1000+20 \"a\" \"200\" false 5 4");
        let stamp = "1970/01/01 00:00:01,1,a,200,OK,users 1-1,text,false,no,5,6,1,2,null,3,0,4\n";
        let zone = [("timestamp_format", "yyyy/MM/dd HH:mm:ss")];
        let local = jiff::civil::date(1970, 1, 1).at(0, 0, 1, 0);
        let local = local.to_zoned(jiff::tz::TimeZone::system()).unwrap().timestamp().as_millisecond();
        assert_eq!(read(stamp, &zone), format!("{local}+1 \"a\" \"200\" false 5 4"));
    }

    #[test]
    fn faults_name_the_line_and_the_column() {
        expect![[r#"
            line 2: elapsed: expected a whole number, found "x"
            line 3: expected 8 columns, found 1; was the file written with the same properties jmeter.save.saveservice.*?
            1+2 "c" "" true 0 0"#]]
        .assert_eq(&read(&format!("{HEAD}1,x,a,,true,0,0,v\n1\n1,2,c,,true,0,0,v\n"), &[]));
        assert_eq!(read("", &[]), "the file is empty");
    }
}
