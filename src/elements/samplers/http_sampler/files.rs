//! The files that a request sends, alone as its body or as parts of a multipart body.

use std::path::PathBuf;

use crate::model::{Fault, Fields, Prop, VirtualUser};

/// The property that holds them.
pub(super) const FILES: &str = "HTTPsampler.Files";

/// A file as the plan has it (`HTTPFileArg`).
#[derive(Debug)]
pub(super) struct FileArgument {
    path: Prop<String>,
    parameter: Prop<String>,
    mime_type: Prop<String>,
}

/// A file to be sent now.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub path: String,
    pub parameter: String,
    pub mime_type: String,
}

impl FileArgument {
    pub fn load_all(fields: &Fields<'_>) -> Vec<Self> {
        let own = fields.element(FILES);
        let default = || fields.defaults().into_iter().find_map(|defaults| defaults.element(FILES));
        let Some(list) = own.or_else(default) else { return Vec::new() };
        let rows = list.items("HTTPFileArgs.files");
        let load = |row: &Fields<'_>| Self {
            path: row.text("File.path", ""),
            parameter: row.text("File.paramname", ""),
            mime_type: row.text("File.mimetype", ""),
        };
        rows.iter().map(load).collect()
    }

    pub fn now(&self, vu: &mut VirtualUser) -> Result<File, Fault> {
        Ok(File {
            path: self.path.text(vu)?.into_owned(),
            parameter: self.parameter.text(vu)?.into_owned(),
            mime_type: self.mime_type.text(vu)?.into_owned(),
        })
    }
}

impl File {
    /// Where it is: as named, else in the plan's folder.
    pub fn location(&self, vu: &VirtualUser) -> PathBuf {
        let named = PathBuf::from(&self.path);
        if named.is_absolute() || named.exists() {
            return named;
        }
        let found = vu.run.folder().join(named);
        std::path::absolute(&found).unwrap_or(found)
    }

    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }
}

/// Whether one file is the whole body (`HTTPSamplerBase.getSendFileAsPostBody`).
pub(super) fn is_body(files: &[File]) -> bool {
    matches!(files, [file] if !file.path.is_empty() && file.parameter.is_empty())
}

/// Whether the files make a multipart body: none of them lacks its path, and it is not one that is the whole body.
pub(super) fn make_multipart(files: &[File]) -> bool {
    if files.iter().any(|file| file.path.is_empty()) {
        log::warn!(target: "o.a.j.p.h.s.HTTPSamplerBase", "A file is invalid as no path is defined");
        return false;
    }
    !files.is_empty() && !is_body(files)
}
