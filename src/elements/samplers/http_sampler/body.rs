//! The body of a request, and what it does to the headers (`HTTPHC4Impl.setupHttpEntityEnclosingRequestData`).

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::files::{self, File};
use super::headers::HeaderList;
use super::parameters::{self, Parameter};
use super::{form, multipart};
use crate::java::Charset;
use crate::model::{Fault, VirtualUser};
use crate::protocol::http::{BodyPiece, RequestBody};

/// What results show in place of a file.
pub(super) const FILE_NOT_SHOWN: &str = "<actual file content, not shown here>";

/// A body.
#[derive(Debug)]
pub(super) struct Body {
    pub data: Data,
    /// In bytes.
    pub length: u64,
    /// The type that the headers name if they name no other.
    pub content_type: Option<String>,
    /// What results show.
    pub shown: String,
}

/// Where the bytes of a body are.
#[derive(Debug)]
pub(super) enum Data {
    Memory(Vec<u8>),
    Pieces(Vec<BodyPiece>),
    /// A file cannot be read: sending it fails.
    Unreadable(Fault),
}

/// What a body is made from.
pub(super) struct Ingredients<'a> {
    pub parameters: &'a [Parameter],
    pub files: &'a [File],
    /// The charset's name.
    pub encoding: &'a str,
    /// `DO_MULTIPART_POST`.
    pub is_multipart: bool,
    /// `BROWSER_COMPATIBLE_MULTIPART`.
    pub is_browser_compatible: bool,
    /// The parameters' values are the body as it is.
    pub is_raw: bool,
    /// `http.post_add_content_type_if_missing`.
    pub adds_content_type: bool,
}

impl Body {
    /// The body to be sent, with its bytes.
    pub fn as_request_body(&self) -> RequestBody<'_> {
        match &self.data {
            Data::Memory(bytes) => RequestBody::Bytes(bytes),
            Data::Pieces(pieces) => RequestBody::Pieces(pieces),
            Data::Unreadable(_) => RequestBody::Empty,
        }
    }
}

impl Ingredients<'_> {
    /// Makes the body. Headers that depend on it are changed.
    ///
    /// # Errors
    /// What Java throws before anything is sent.
    pub fn body(&self, headers: &mut HeaderList<'_>, vu: &mut VirtualUser) -> Result<Body, Fault> {
        let charset = form::charset(self.encoding)?;
        if self.is_multipart || files::make_multipart(self.files) {
            headers.remove("Content-Type");
            return self.multipart(charset, vu);
        }
        let has_type = headers.first("Content-Type").is_some_and(|value| !value.is_empty());
        let mime_type = self.files.first().map_or("", |file| file.mime_type.as_str());
        let sends_file = self.parameters.is_empty() && files::is_body(self.files);
        if sends_file || self.is_raw {
            if !has_type && !mime_type.is_empty() {
                headers.set("Content-Type", mime_type.to_owned());
            } else if !has_type && self.adds_content_type {
                headers.set("Content-Type", "application/x-www-form-urlencoded");
            }
        } else if !has_type && self.adds_content_type {
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        }
        let named = Charset::java_name(self.encoding).unwrap_or(self.encoding);
        match self.files {
            [file] if sends_file => Ok(file_body(&file.location(vu))),
            _ if self.is_raw => {
                let text = form::raw_body(self.parameters, charset, vu)?;
                Ok(Self::text(text, charset, format!("text/plain; charset={named}")))
            }
            _ => {
                let text = form::form_body(self.parameters, charset, vu)?;
                let kind = format!("application/x-www-form-urlencoded; charset={named}");
                Ok(Self::text(text, charset, kind))
            }
        }
    }

    fn text(text: String, charset: Charset, content_type: String) -> Body {
        let bytes = if charset == Charset::UTF_8 { text.clone().into_bytes() } else { charset.encode(&text) };
        let length = bytes.len() as u64;
        Body { data: Data::Memory(bytes), length, content_type: Some(content_type), shown: text }
    }

    fn multipart(&self, charset: Charset, vu: &mut VirtualUser) -> Result<Body, Fault> {
        let named = Charset::java_name(self.encoding).unwrap_or(self.encoding);
        let mut parts = multipart::Multipart::new(charset, named, self.is_browser_compatible, vu);
        for parameter in self.parameters {
            parts.add_parameter(parameter, vu)?;
        }
        for file in self.files {
            parts.add_file(file, vu)?;
        }
        Ok(parts.finish())
    }
}

/// Whether the parameters' values make the body as they are.
pub(super) fn is_raw(post_body_raw: bool, parameters: &[Parameter], vu: &mut VirtualUser) -> Result<bool, Fault> {
    Ok(post_body_raw || parameters::are_nameless(parameters, vu)?)
}

/// A file as the whole body.
fn file_body(path: &Path) -> Body {
    let (data, length) = match file_piece(path) {
        Ok((piece, length)) => (Data::Pieces(vec![piece]), length),
        Err(error) => (Data::Unreadable(unreadable(path, &error)), 0),
    };
    Body { data, length, content_type: None, shown: FILE_NOT_SHOWN.into() }
}

/// A file as a piece of a body, and its length.
pub(super) fn file_piece(path: &Path) -> io::Result<(BodyPiece, u64)> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let length = found.len();
    Ok((BodyPiece::File { path: Arc::from(path), range: 0..length }, length))
}

/// What Java throws for a file that it cannot open.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Fault {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "No such file or directory",
        io::ErrorKind::PermissionDenied => "Permission denied",
        io::ErrorKind::IsADirectory => "Is a directory",
        _ => &error.to_string(),
    };
    Fault::exception("java.io.FileNotFoundException", format!("{} ({reason})", path.display()))
}

/// Bytes as a piece of a body.
pub(super) fn bytes_piece(bytes: Vec<u8>) -> BodyPiece {
    BodyPiece::Bytes(Bytes::from(bytes))
}
