//! `${__StringFromFile(file,variable,first number,last number)}`: the next line of a file, or of a sequence of files.

use std::fs::File;
use std::sync::Arc;

use parking_lot::Mutex;

use super::call::{Parameters, store};
use super::decimal_format::DecimalFormat;
use super::text_reader::TextReader;
use crate::java::{self, Charset};
use crate::model::{Arity, Fault, Function, FunctionType, VirtualUser};

const LOG: &str = "o.a.j.f.StringFromFile";
const UNREADABLE: &str = "**ERR**";

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__StringFromFile",
    arity: Arity::Between(1, 4),
    make: |parameters, _| {
        Ok(Arc::new(StringFromFile { parameters: Parameters::new(parameters), state: Mutex::default() }))
    },
};

/// All users read on where one of them has stopped.
struct StringFromFile {
    parameters: Parameters,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    was_opened: bool,
    reader: Option<TextReader>,
    /// The number of the next file; none before the first.
    number: Option<i32>,
    /// The number of the last file.
    last: Option<i32>,
}

impl Function for StringFromFile {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let variable = match self.parameters.count() {
            1 => "StringFromFile_".into(),
            _ => self.parameters.trimmed(1, vu)?,
        };
        let mut state = self.state.lock();
        if !state.was_opened {
            self.open(&mut state, vu)?;
            state.was_opened = true;
        }
        let mut line = String::new();
        if !state.read(&mut line) {
            if state.reader.is_some() {
                self.open(&mut state, vu)?;
            }
            match (&state.reader, state.last) {
                (Some(_), _) => {
                    // An empty file has no line, whatever Java prints for that.
                    if !state.read(&mut line) {
                        line.push_str("null");
                    }
                }
                (None, Some(_)) => {
                    log::info!(target: LOG, "{} Detected end of sequence.", vu.thread_name);
                    return Err(Fault::StopThread("End of sequence".into()));
                }
                (None, None) => line.push_str(UNREADABLE),
            }
        }
        drop(state);
        store(&variable, &line, vu);
        Ok(line)
    }
}

impl State {
    /// Reads a line; false if there is none.
    fn read(&mut self, line: &mut String) -> bool {
        let Some(reader) = &mut self.reader else { return false };
        reader.read_line(line).unwrap_or_else(|error| {
            log::error!(target: LOG, "error reading file {error}");
            line.push_str(UNREADABLE);
            true
        })
    }
}

impl StringFromFile {
    /// Opens the file, or the next one of the sequence.
    fn open(&self, state: &mut State, vu: &mut VirtualUser) -> Result<(), Fault> {
        state.reader = None;
        let mut file = self.parameters.text(0, vu)?.into_owned();
        let first = self.number(2, "Start", vu)?;
        let number = *state.number.get_or_insert(first.unwrap_or(1));
        state.last = self.number(3, "End", vu)?;
        if self.parameters.count() > 2 {
            if let Some(last) = state.last.filter(|last| number > *last) {
                log::info!(target: LOG, "{} No more files to process, {number} > {last}", vu.thread_name);
                return Ok(());
            }
            if first.is_some() {
                log::info!(target: LOG, "{} using format {file}", vu.thread_name);
                file = DecimalFormat::new(&file).map_err(Fault::illegal_argument)?.format(i64::from(number));
            }
            state.number = Some(number.wrapping_add(1));
        }
        log::info!(target: LOG, "{} opening file {file}", vu.thread_name);
        match File::open(&file) {
            Ok(file) if file.metadata().is_ok_and(|about| about.is_dir()) => {
                log::error!(target: LOG, "openFile() error: Is a directory");
            }
            Ok(file) => state.reader = Some(TextReader::new(Box::new(file), Charset::UTF_8)),
            Err(error) => log::error!(target: LOG, "openFile() error: {file}: {error}"),
        }
        Ok(())
    }

    /// A number of the sequence; none if it is not given or none.
    fn number(&self, place: usize, what: &str, vu: &mut VirtualUser) -> Result<Option<i32>, Fault> {
        if place >= self.parameters.count() {
            return Ok(None);
        }
        let text = self.parameters.text(place, vu)?;
        let number = java::parse_int(&text).filter(|number| *number != -2);
        if number.is_none() {
            log::warn!(
                target: LOG,
                "Exception parsing {text} as int, value will not be considered as {what} Number sequence"
            );
        }
        Ok(number)
    }
}
