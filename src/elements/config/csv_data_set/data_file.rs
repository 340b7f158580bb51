//! The files of data sets: each read by many users, one line after the other (`FileServer`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::functions::csv_record::{CsvError, read_record};
use crate::functions::text_reader::TextReader;
use crate::java::Charset;
use crate::model::{Fault, GroupRun, Run, UserHandle};

/// All files of a run, by the name that data sets have for them.
#[derive(Default)]
pub(super) struct DataFiles {
    files: Mutex<FxHashMap<(String, usize), Entry>>,
}

struct Entry {
    file: Arc<DataFile>,
    owner: Owner,
}

/// Who shares the position in a file.
pub(super) enum Owner {
    All,
    Group(Weak<GroupRun>),
    User(Weak<UserHandle>),
}

/// A file and how far it was read.
pub(super) struct DataFile {
    path: PathBuf,
    encoding: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    reader: Option<TextReader>,
    header: Option<String>,
}

/// Why there is no line.
pub(super) enum ReadError {
    /// It ends the user.
    Fault(Fault),
    /// It counts as the end of the file. In Java's words.
    Io(String),
}

impl Owner {
    pub fn group(group: &Arc<GroupRun>) -> Self {
        Self::Group(Arc::downgrade(group))
    }

    pub fn user(user: &Arc<UserHandle>) -> Self {
        Self::User(Arc::downgrade(user))
    }

    fn address(&self) -> usize {
        match self {
            Self::All => 0,
            Self::Group(group) => group.as_ptr().addr(),
            Self::User(user) => user.as_ptr().addr(),
        }
    }

    fn is_gone(&self) -> bool {
        match self {
            Self::All => false,
            Self::Group(group) => group.strong_count() == 0,
            Self::User(user) => user.strong_count() == 0,
        }
    }
}

impl DataFiles {
    /// The file of that alias, with its first line if that is a header.
    pub fn reserve(
        &self,
        alias: String,
        owner: Owner,
        (filename, encoding): (&str, &str),
        has_header: bool,
        run: &Run,
    ) -> Result<(Arc<DataFile>, String), Fault> {
        if filename.is_empty() {
            return Err(Fault::illegal_argument("Filename must not be null or empty"));
        }
        let mut files = self.files.lock();
        if files.len().is_power_of_two() {
            files.retain(|_, entry| !entry.owner.is_gone());
        }
        let entry = files.entry((alias, owner.address())).or_insert_with(|| {
            log::info!(target: "o.a.j.s.FileServer", "Stored: {filename}");
            let file = DataFile::new(run.resolve(filename), encoding);
            if has_header {
                file.read_header();
            }
            Entry { file: Arc::new(file), owner }
        });
        let file = entry.file.clone();
        drop(files);
        let header = file.state.lock().header.clone();
        match header {
            None if has_header => {
                Err(Fault::illegal_argument(format!("Could not read file header line for file {filename}")))
            }
            header => Ok((file, header.unwrap_or_default())),
        }
    }
}

impl PartialEq for DataFile {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl DataFile {
    fn new(path: PathBuf, encoding: &str) -> Self {
        Self { path, encoding: encoding.to_owned(), state: Mutex::default() }
    }

    fn read_header(&self) {
        let mut header = String::new();
        let read = self.read_line(false, false, &mut header);
        self.state.lock().header = matches!(read, Ok(true)).then_some(header);
    }

    /// Reads the next line; at the end begins anew if `recycle`, without the header. False when there is none.
    pub fn read_line(&self, recycle: bool, has_header: bool, line: &mut String) -> Result<bool, ReadError> {
        let state = &mut *self.state.lock();
        if self.reader(state)?.read_line(line)? {
            return Ok(true);
        }
        if !recycle {
            return Ok(false);
        }
        Ok(self.restart(state, has_header)?.read_line(line)?)
    }

    /// Reads the next row of fields that may be in quotes.
    pub fn read_fields(
        &self,
        recycle: bool,
        has_header: bool,
        delimiter: char,
        fields: &mut Vec<String>,
    ) -> Result<bool, ReadError> {
        let state = &mut *self.state.lock();
        let mut reader = self.reader(state)?;
        if recycle && reader.peek()?.is_none() {
            reader = self.restart(state, has_header)?;
        }
        match read_record(reader, delimiter, fields) {
            Ok(()) => Ok(!fields.is_empty()),
            Err(CsvError::Io(error)) => Err(error.into()),
            Err(error) => Err(ReadError::Io(format!("java.io.IOException: {error}"))),
        }
    }

    fn reader<'s>(&self, state: &'s mut State) -> Result<&'s mut TextReader, ReadError> {
        match &mut state.reader {
            Some(reader) => Ok(reader),
            none => Ok(none.insert(self.open()?)),
        }
    }

    fn restart<'s>(&self, state: &'s mut State, has_header: bool) -> Result<&'s mut TextReader, ReadError> {
        let reader = state.reader.insert(self.open()?);
        if has_header {
            reader.read_line(&mut String::new())?;
        }
        Ok(reader)
    }

    fn open(&self) -> Result<TextReader, ReadError> {
        if !self.path.is_file() {
            let name = self.path.file_name().map_or(self.path.as_path(), Path::new).display();
            let message = format!("File {name} must exist and be readable");
            return Err(ReadError::Fault(Fault::illegal_argument(message)));
        }
        let charset = match self.encoding.trim() {
            "" => Charset::UTF_8,
            name => Charset::named(name)
                .ok_or_else(|| ReadError::Io(format!("java.io.UnsupportedEncodingException: {name}")))?,
        };
        match TextReader::open(&self.path, charset) {
            Ok(reader) => Ok(reader),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                let name = self.path.file_name().map_or(self.path.as_path(), Path::new).display();
                let message = format!("File {name} must exist and be readable");
                Err(ReadError::Fault(Fault::illegal_argument(message)))
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(format!("java.io.IOException: {error}"))
    }
}
