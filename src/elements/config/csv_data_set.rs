//! CSV Data Set Config: variables from the lines of a file.
//!
//! Each turn of the controller around takes a line. All properties are read once by each user, at its first turn. Without
//! quotes an empty line counts as the end of the file for that turn (`CSVDataSet.iterationStart`).

mod data_file;

use std::cell::RefCell;
use std::sync::Arc;

use self::data_file::{DataFile, DataFiles, Owner, ReadError};
use crate::elements::{Element, ElementType, Hooks};
use crate::functions::csv_record::read_record;
use crate::functions::text_reader::TextReader;
use crate::java::Charset;
use crate::model::{Fault, Fields, Label, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("CSVDataSet", "CSV Data Set Config", load);

struct CsvDataSet {
    name: Label,
    filename: Prop<String>,
    file_encoding: Prop<String>,
    variable_names: Prop<String>,
    delimiter: Prop<String>,
    quoted_data: Prop<bool>,
    ignore_first_line: Prop<bool>,
    recycle: Prop<bool>,
    stop_thread: Prop<bool>,
    share_mode: Prop<String>,
    /// What variables hold when the file has ended.
    end_of_file: Arc<str>,
    opened: Local<Option<Arc<Opened>>>,
    /// What users share whose properties came out the same.
    last_opened: parking_lot::Mutex<Option<Arc<Opened>>>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::config_with_hooks(CsvDataSet {
        name: Label::new(fields.name()),
        filename: fields.text("filename", ""),
        file_encoding: fields.text("fileEncoding", ""),
        variable_names: fields.text("variableNames", ""),
        delimiter: fields.text("delimiter", ""),
        quoted_data: fields.prop("quotedData", false),
        ignore_first_line: fields.prop("ignoreFirstLine", false),
        recycle: fields.prop("recycle", false),
        stop_thread: fields.prop("stopThread", false),
        share_mode: fields.text("shareMode", ""),
        end_of_file: fields.loading.run.properties.text("csvdataset.eofstring", "<EOF>"),
        opened: fields.local(),
        last_opened: parking_lot::Mutex::default(),
    })
}

/// The data set as a user has opened it.
#[derive(PartialEq)]
struct Opened {
    file: Arc<DataFile>,
    filename: String,
    names: Vec<Arc<str>>,
    delimiter: String,
    quoted: bool,
    /// The first line holds no values.
    has_header: bool,
    recycle: bool,
    stop_thread: bool,
}

thread_local! {
    /// What lines are read into: they are not kept, only their values are.
    static LINE: RefCell<Line> = RefCell::default();
}

#[derive(Default)]
struct Line {
    text: String,
    fields: Vec<String>,
}

impl Hooks for CsvDataSet {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let opened = match vu.local(&self.opened) {
            Some(opened) => opened.clone(),
            None => self.open(vu)?,
        };
        let has_values = LINE.with_borrow_mut(|line| opened.take_line(line, vu))?;
        if has_values {
            return Ok(());
        }
        if opened.stop_thread {
            let (file, name) = (&opened.filename, self.name.get(vu)?);
            return Err(Fault::StopThread(format!(
                "End of file:{file} detected for CSV DataSet:{name} configured with stopThread:true, recycle:{}",
                opened.recycle
            )));
        }
        for name in &opened.names {
            vu.variables.put_shared(name, self.end_of_file.clone());
        }
        Ok(())
    }
}

impl CsvDataSet {
    fn open(&self, vu: &mut VirtualUser) -> Result<Arc<Opened>, Fault> {
        let filename = self.filename.text(vu)?.trim().to_owned();
        let delimiter = match self.delimiter.text(vu)?.as_ref() {
            "\\t" => "\t".to_owned(),
            "" => ",".to_owned(),
            other => other.to_owned(),
        };
        let names = self.variable_names.text(vu)?;
        let ignore_first_line = self.ignore_first_line.get(vu)?;
        let has_header = names.is_empty() || ignore_first_line;
        let (alias, owner) = self.alias(&filename, vu)?;
        let encoding = self.file_encoding.text(vu)?;
        let (file, header) =
            vu.run.shared::<DataFiles>().reserve(alias, owner, (&filename, &encoding), has_header, &vu.run)?;
        let names = if names.is_empty() {
            header_names(&header, &delimiter, &filename)?
        } else {
            truncated(&names).map(|name| name.trim().into()).collect()
        };
        let opened = Opened {
            file,
            filename,
            names,
            delimiter,
            quoted: self.quoted_data.get(vu)?,
            has_header,
            recycle: self.recycle.get(vu)?,
            stop_thread: self.stop_thread.get(vu)?,
        };
        let opened = self.share(opened);
        *vu.local(&self.opened) = Some(opened.clone());
        Ok(opened)
    }

    /// The same thing for all users that have opened the same.
    fn share(&self, opened: Opened) -> Arc<Opened> {
        let mut last = self.last_opened.lock();
        match &*last {
            Some(last) if **last == opened => last.clone(),
            _ => last.insert(Arc::new(opened)).clone(),
        }
    }

    /// The name under which the file's position is known, and who shares it.
    fn alias(&self, filename: &str, vu: &mut VirtualUser) -> Result<(String, Owner), Fault> {
        let mode = self.share_mode.text(vu)?;
        Ok(match mode.as_ref() {
            "" | "shareMode.all" | "All threads" => (filename.to_owned(), Owner::All),
            "shareMode.group" | "Current thread group" => (filename.to_owned(), Owner::group(&vu.group)),
            "shareMode.thread" | "Current thread" => (filename.to_owned(), Owner::user(&vu.handle)),
            other => (format!("{filename}@{other}"), Owner::All),
        })
    }
}

impl Opened {
    /// Sets the variables to the values of the next line; false if there is none.
    fn take_line(&self, line: &mut Line, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let taken = if self.quoted {
            let delimiter = self.delimiter.chars().next().unwrap_or(',');
            self.file.read_fields(self.recycle, self.has_header, delimiter, &mut line.fields)
        } else {
            self.file.read_line(self.recycle, self.has_header, &mut line.text)
        };
        match taken {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(ReadError::Fault(fault)) => return Err(fault),
            Err(ReadError::Io(message)) => {
                log::error!(target: "o.a.j.c.CSVDataSet", "{message}");
                return Ok(false);
            }
        }
        Ok(if self.quoted {
            self.set(line.fields.iter().map(String::as_str), vu)
        } else {
            self.set(split(&line.text, &self.delimiter), vu)
        })
    }

    /// Sets the variables as far as there are values; false if there are none.
    fn set<'v>(&self, values: impl Iterator<Item = &'v str>, vu: &mut VirtualUser) -> bool {
        let mut values = values.peekable();
        let has_values = values.peek().is_some();
        for (name, value) in self.names.iter().zip(values) {
            vu.variables.put_shared(name, value);
        }
        has_values
    }
}

fn header_names(header: &str, delimiter: &str, filename: &str) -> Result<Vec<Arc<str>>, Fault> {
    let delimiter = delimiter.chars().next().unwrap_or(',');
    let mut names = Vec::new();
    let bytes = std::io::Cursor::new(header.to_owned().into_bytes());
    match read_record(&mut TextReader::new(Box::new(bytes), Charset::UTF_8), delimiter, &mut names) {
        Ok(()) => Ok(names.iter().map(|name| name.trim().into()).collect()),
        Err(_) => Err(Fault::illegal_argument(format!("Could not split CSV header line from file:{filename}"))),
    }
}

/// The values of a line (`JOrphanUtils.split`): an empty line has none.
fn split<'l>(line: &'l str, delimiter: &'l str) -> impl Iterator<Item = &'l str> {
    (!line.is_empty()).then(|| line.split(delimiter)).into_iter().flatten()
}

/// The names in a list, commas that follow each other counting as one.
fn truncated(names: &str) -> impl Iterator<Item = &str> {
    let names = names.trim_end_matches(',').trim_start_matches(',');
    names.split(',').filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests;
