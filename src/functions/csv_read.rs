//! `${__CSVRead(file,column)}`: a column of a file's current row; `next` lets go of the row, `*NAME` gives the file a name.

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::call::{Parameters, call};
use super::text_reader::TextReader;
use crate::java::{self, Charset};
use crate::model::{Arity, Fault, FunctionType, Run, VirtualUser};

const FUNCTION_LOG: &str = "o.a.j.f.CSVRead";
const LOG: &str = "o.a.j.f.FileWrapper";

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__CSVRead",
    arity: Arity::Exactly(2),
    make: |parameters, vu| {
        // Each call that is read forgets all files.
        *vu.run.shared::<Files>().0.lock() = Open::default();
        vu.own::<Rows>().0.clear();
        call(parameters, run)
    },
};

/// The files that users have in common.
#[derive(Default)]
struct Files(Mutex<Open>);

#[derive(Default)]
struct Open {
    /// By name or alias.
    files: FxHashMap<String, Arc<CsvFile>>,
    /// The first that was opened, for calls without a name.
    default: String,
}

struct CsvFile {
    rows: Vec<Vec<String>>,
    next: Mutex<usize>,
}

/// The files that a user knows, each with the row that the user has.
#[derive(Default)]
struct Rows(FxHashMap<String, (Arc<CsvFile>, Option<usize>)>);

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let file = parameters.text(0, vu)?.into_owned();
    let column = parameters.text(1, vu)?.into_owned();
    if column.starts_with('*') {
        open(&file, &column, vu);
        return Ok(String::new());
    }
    if column == "next" || column == "next()" {
        end_row(&file, vu);
        return Ok(String::new());
    }
    let Some(number) = java::parse_int(&column) else {
        log::warn!(target: FUNCTION_LOG, "{} - can't parse column number: {column}", vu.thread_name);
        return Ok(String::new());
    };
    Ok(value(file, number, vu))
}

fn value(mut file: String, column: i32, vu: &mut VirtualUser) -> String {
    if !vu.own::<Rows>().0.contains_key(&file) {
        if file.starts_with('*') {
            log::warn!(target: LOG, "Cannot perform initial open using alias {file}");
            return String::new();
        }
        file = or_default(file, &vu.run);
        open(&file, &file, vu);
    }
    let Some((csv, row)) = vu.own::<Rows>().0.get_mut(&file) else { return String::new() };
    let row = *row.get_or_insert_with(|| csv.take_row());
    let value = usize::try_from(column).ok().and_then(|column| csv.rows.get(row)?.get(column));
    if let Some(value) = value {
        return value.clone();
    }
    log::warn!(target: FUNCTION_LOG, "{} - invalid column number: {column} at row {row}", vu.thread_name);
    String::new()
}

fn end_row(file: &str, vu: &mut VirtualUser) {
    let file = or_default(file.to_owned(), &vu.run);
    match vu.own::<Rows>().0.get_mut(&file) {
        None => log::warn!(target: LOG, "endRow(): no entry for {file}"),
        Some((_, row)) => {
            if row.take().is_none() {
                log::warn!(target: LOG, "endRow() called twice in succession");
            }
        }
    }
}

/// No name means the only file that is open.
fn or_default(file: String, run: &Run) -> String {
    if !file.is_empty() {
        return file;
    }
    let files = run.shared::<Files>();
    let open = files.0.lock();
    if open.files.len() == 1 && !open.default.is_empty() {
        log::warn!(target: LOG, "Using default: {}", open.default);
        return open.default.clone();
    }
    log::error!(target: LOG, "Cannot determine default file name");
    file
}

/// Makes a file known to a user by a name.
fn open(file: &str, name: &str, vu: &mut VirtualUser) {
    let file = or_default(file.to_owned(), &vu.run);
    if vu.own::<Rows>().0.contains_key(name) {
        return;
    }
    let files = vu.run.shared::<Files>();
    let mut open = files.0.lock();
    let known = match open.files.get(name) {
        Some(known) => known.clone(),
        None => {
            let Some(csv) = CsvFile::read(&file, &vu.run) else { return };
            let csv = Arc::new(csv);
            open.files.insert(name.to_owned(), csv.clone());
            if open.default.is_empty() {
                open.default = file;
            }
            csv
        }
    };
    drop(open);
    vu.own::<Rows>().0.insert(name.to_owned(), (known, None));
}

impl CsvFile {
    /// Reads a file up to its end or an empty line.
    fn read(file: &str, run: &Run) -> Option<Self> {
        let delimiter = run.properties.text("csvread.delimiter", ",");
        let mut rows = Vec::new();
        let read = std::fs::File::open(run.resolve(file)).and_then(|source| {
            let mut reader = TextReader::new(Box::new(source), Charset::UTF_8);
            let mut line = String::new();
            while reader.read_line(&mut line)? && !line.is_empty() {
                rows.push(line.split(|char| delimiter.contains(char)).map(str::to_owned).collect());
            }
            Ok(())
        });
        if let Err(error) = read {
            log::warn!(target: "o.a.j.f.FileRowColContainer", "{file}: {error}");
            return None;
        }
        Some(Self { rows, next: Mutex::default() })
    }

    /// The next row, after the last one the first.
    fn take_row(&self) -> usize {
        let mut next = self.next.lock();
        let row = *next;
        *next = if row + 1 >= self.rows.len() { 0 } else { row + 1 };
        row
    }
}
