//! A results file that is open: where it begins, what is still to be written, how it ends.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::csv;
use super::save_config::{Field, SaveConfig};
use super::xml::{self, END_TAG};
use crate::model::SampleResult;

/// So much is gathered before it is written.
const BUFFER: usize = 64 * 1024;
/// XML files that are shorter hold nothing and are begun anew.
const SHORTEST_XML: u64 = 65;
/// In so many bytes at the end of an XML file its end tag is looked for.
const XML_TAIL: u64 = END_TAG.len() as u64 + 10;
const LOG: &str = "o.a.j.r.ResultCollector";

/// A results file, shared by all that write to it.
pub(super) struct Output {
    path: PathBuf,
    file: File,
    buffer: Vec<u8>,
    flushes_each: bool,
    /// It is XML and still needs its end tag.
    is_open_xml: bool,
    /// Why nothing more can be written.
    failed: Option<(io::ErrorKind, String)>,
    names: Vec<Name>,
}

/// One of the names that a file goes by in a plan.
struct Name {
    text: String,
    sinks: u32,
    /// What was written last under that name, if several sinks use it.
    last: Option<Arc<SampleResult>>,
}

impl Output {
    /// Opens a file and writes its head, or continues the one that is there.
    pub(super) fn open(path: &Path, config: &SaveConfig) -> io::Result<Self> {
        let is_xml = config.fields.has(Field::Xml);
        // CSV is continued whatever is there, even nothing: then without a head.
        let continues = if is_xml { cut_end_tag(path)? } else { path.exists() };
        let file = if continues { OpenOptions::new().append(true).open(path)? } else { File::create(path)? };
        let mut buffer = Vec::with_capacity(BUFFER + BUFFER / 4);
        if !continues {
            if is_xml {
                xml::write_head(config, &mut buffer);
            } else if config.fields.has(Field::FieldNames) {
                csv::write_head(config, &mut buffer);
            }
        }
        let (path, flushes_each) = (path.to_owned(), config.flushes_each);
        let mut output =
            Self { path, file, buffer, flushes_each, is_open_xml: is_xml, failed: None, names: Vec::new() };
        output.flush()?;
        Ok(output)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The number of a name that a sink knows the file by.
    pub(super) fn name(&mut self, text: &str) -> usize {
        let known = self.names.iter().position(|name| name.text == text);
        let number = known.unwrap_or_else(|| {
            self.names.push(Name { text: text.into(), sinks: 0, last: None });
            self.names.len() - 1
        });
        self.names[number].sinks += 1;
        number
    }

    /// Whether the result was written before by another sink of the same name; it counts as written from now on.
    pub(super) fn has(&mut self, name: usize, result: &Arc<SampleResult>) -> bool {
        let name = &mut self.names[name];
        if name.sinks < 2 {
            return false;
        }
        if name.last.as_ref().is_some_and(|last| Arc::ptr_eq(last, result)) {
            return true;
        }
        name.last = Some(result.clone());
        false
    }

    /// Takes what the closure appends.
    pub(super) fn write(&mut self, append: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.check()?;
        append(&mut self.buffer);
        if self.flushes_each || self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// Hands over to the system what was gathered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.check()?;
        let written = self.file.write_all(&self.buffer);
        self.buffer.clear();
        // One huge response does not keep its room for ever.
        self.buffer.shrink_to(16 * BUFFER);
        if let Err(error) = written {
            self.failed = Some((error.kind(), format!("{}: {error}", self.path.display())));
        }
        self.check()
    }

    /// Completes the file. Only the first call does anything: there are no more results then for any sink.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_open_xml) {
            self.buffer.extend_from_slice(format!("\n{END_TAG}\n").as_bytes());
        }
        self.names.iter_mut().for_each(|name| name.last = None);
        self.flush()
    }

    fn check(&self) -> io::Result<()> {
        match &self.failed {
            Some((kind, message)) => Err(io::Error::new(*kind, message.clone())),
            None => Ok(()),
        }
    }
}

impl Drop for Output {
    /// A run that breaks off keeps what it has gathered.
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// Cuts the end tag off an XML file, so that more results can follow; `false` if there is none or if it has none: such a
/// file is begun anew.
fn cut_end_tag(path: &Path) -> io::Result<bool> {
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    if length < SHORTEST_XML {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length - XML_TAIL))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let Some(end) = memchr::memmem::find(&tail, END_TAG.as_bytes()) else {
        log::warn!(target: LOG, "Unexpected EOF trying to find XML end marker in {}", path.display());
        return Ok(false);
    };
    file.set_len(length - XML_TAIL + end as u64)?;
    Ok(true)
}

/// The one name of a file, however it is spelled; its folder is made.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent()
        && !folder.exists()
    {
        fs::create_dir_all(folder)?;
        log::info!(target: LOG, "Folder at {} was created", folder.display());
    }
    if let Ok(path) = path.canonicalize() {
        return Ok(path);
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => Ok(folder.join(name)),
        _ => Ok(path),
    }
}
