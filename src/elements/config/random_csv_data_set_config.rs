//! Random CSV Data Set Config of the plugin `bzm-random-csv`: variables from the lines of a file, in any order.
//!
//! The file is read once, when the test starts. In random order each line comes once before one comes again.

use std::io::Cursor;
use std::sync::Arc;

use parking_lot::Mutex;
use rand::seq::SliceRandom;

use crate::elements::{Element, ElementType, Hooks};
use crate::functions::csv_record::read_record;
use crate::functions::text_reader::TextReader;
use crate::java::Charset;
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("com.blazemeter.jmeter.RandomCSVDataSetConfig", "Random CSV Data Set Config", load);

struct RandomCsvDataSetConfig {
    filename: Prop<String>,
    file_encoding: Prop<String>,
    delimiter: Prop<String>,
    variable_names: Prop<String>,
    random_order: Prop<bool>,
    ignore_first_line: Prop<bool>,
    rewind: Prop<bool>,
    independent: Prop<bool>,
    table: Mutex<Option<Arc<Table>>>,
    shared: Mutex<Position>,
    own: Local<Position>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::config_with_hooks(RandomCsvDataSetConfig {
        filename: fields.text("filename", ""),
        file_encoding: fields.text("fileEncoding", ""),
        delimiter: fields.text("delimiter", ""),
        variable_names: fields.text("variableNames", ""),
        random_order: fields.prop("randomOrder", false),
        ignore_first_line: fields.prop("ignoreFirstLine", false),
        rewind: fields.prop("rewindOnTheEndOfList", false),
        independent: fields.prop("independentListPerThread", false),
        table: Mutex::default(),
        shared: Mutex::default(),
        own: fields.local(),
    })
}

/// The file.
struct Table {
    names: Vec<Arc<str>>,
    rows: Vec<Vec<Arc<str>>>,
}

/// How far a list was read.
#[derive(Default)]
struct Position {
    /// The order of the rows in this round; empty for that of the file.
    order: Vec<u32>,
    next: usize,
}

impl Hooks for RandomCsvDataSetConfig {
    fn test_started(&self, main: &mut VirtualUser) -> Result<(), String> {
        let table = self.read(main).map_err(|fault| fault.to_string())?;
        *self.table.lock() = Some(Arc::new(table));
        Ok(())
    }

    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let Some(table) = self.table.lock().clone() else { return Ok(()) };
        let (random, rewinds) = (self.random_order.get(vu)?, self.rewind.get(vu)?);
        let row = if self.independent.get(vu)? {
            let mut position = vu.take_local(&self.own);
            let row = position.advance(table.rows.len(), random, rewinds, vu);
            vu.put_local(&self.own, position);
            row
        } else {
            self.shared.lock().advance(table.rows.len(), random, rewinds, vu)
        };
        let Some(row) = row.and_then(|row| table.rows.get(row)) else {
            return Err(Fault::StopThread("All records in the CSV file have been passed.".into()));
        };
        for (name, value) in table.names.iter().zip(row) {
            vu.variables.put_shared(name, value.clone());
        }
        Ok(())
    }
}

impl Position {
    /// The place of the next row; `None` when all have been read.
    fn advance(&mut self, rows: usize, random: bool, rewinds: bool, vu: &mut VirtualUser) -> Option<usize> {
        if self.next >= rows {
            if !rewinds {
                return None;
            }
            self.next = 0;
        }
        if random && self.next == 0 {
            self.order = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
            self.order.shuffle(vu.random_source());
        }
        self.next += 1;
        Some(self.order.get(self.next - 1).map_or(self.next - 1, |row| *row as usize))
    }
}

impl RandomCsvDataSetConfig {
    fn read(&self, main: &mut VirtualUser) -> Result<Table, Fault> {
        let filename = self.filename.text(main)?.into_owned();
        let encoding = self.file_encoding.text(main)?;
        let charset = match encoding.trim() {
            "" => Charset::UTF_8,
            name => Charset::named(name)
                .ok_or_else(|| Fault::exception("java.nio.charset.UnsupportedCharsetException", name))?,
        };
        let delimiter = match self.delimiter.text(main)?.as_ref() {
            "\\t" => '\t',
            other => other.chars().next().unwrap_or(','),
        };
        let bytes = std::fs::read(main.run.resolve(&filename));
        let bytes =
            bytes.map_err(|error| Fault::illegal_argument(format!("Error read csv file {filename}: {error}")))?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
        let mut reader = TextReader::new(Box::new(Cursor::new(bytes)), charset);
        let (mut rows, mut fields) = (Vec::new(), Vec::new());
        loop {
            read_record(&mut reader, delimiter, &mut fields)
                .map_err(|error| Fault::illegal_argument(format!("Error read csv file {filename}: {error}")))?;
            if fields.is_empty() {
                break;
            }
            rows.push(fields.drain(..).map(Arc::from).collect::<Vec<Arc<str>>>());
        }
        let names = self.variable_names.text(main)?;
        let has_header = names.is_empty();
        let names: Vec<Arc<str>> = if has_header {
            rows.first().cloned().unwrap_or_default()
        } else {
            names.split(',').filter(|name| !name.is_empty()).map(Arc::from).collect()
        };
        if (has_header || self.ignore_first_line.get(main)?) && !rows.is_empty() {
            rows.remove(0);
        }
        Ok(Table { names, rows })
    }
}
