//! Save Responses to a file: each response, and each of its parts, in a file of its own.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Prop, SampleResult, VirtualUser};
use crate::results::jtl::DatePattern;

use super::Listener;

pub(super) const ELEMENT: ElementType =
    ElementType::new("ResultSaver", "Save Responses to a file", |fields| Element::listener(ResultSaver::load(fields)));

struct ResultSaver {
    /// What names begin with.
    prefix: Prop<String>,
    /// What names go on with: when the test started, if asked for.
    time: String,
    without_number: Prop<bool>,
    /// Numbers have at least so many digits.
    digits: usize,
    without_suffix: Prop<bool>,
    /// The variable that gets the name of the file.
    variable: Prop<String>,
    errors_only: Prop<bool>,
    successes_only: Prop<bool>,
    ignores_transactions: Prop<bool>,
    /// The number of the last file, whichever user wrote it.
    number: AtomicU64,
}

impl ResultSaver {
    fn load(fields: &Fields<'_>) -> Self {
        let digits = fields.prop("FileSaver.numberPadLen", 0).get(&mut fields.loading.main.borrow_mut());
        Self {
            prefix: fields.text("FileSaver.filename", ""),
            time: if fields.flag("FileSaver.addTimstamp", false) { time(fields) } else { String::new() },
            without_number: fields.prop("FileSaver.skipautonumber", false),
            digits: digits.ok().and_then(|digits: i32| usize::try_from(digits).ok()).unwrap_or(0),
            without_suffix: fields.prop("FileSaver.skipsuffix", false),
            variable: fields.text("FileSaver.variablename", ""),
            errors_only: fields.prop("FileSaver.errorsonly", false),
            successes_only: fields.prop("FileSaver.successonly", false),
            ignores_transactions: fields.prop("FileSaver.ignoreTC", true),
            number: AtomicU64::new(0),
        }
    }

    /// Saves a result and its parts; `place` counts all of them, saved or not.
    fn save(&self, result: &mut SampleResult, place: &mut u32, vu: &mut VirtualUser) -> Result<(), Fault> {
        if self.wants(result, vu)? {
            let name = self.file_name(&result.content_type, vu)?;
            let variable = self.variable.text(vu)?;
            match *place {
                _ if variable.is_empty() => {}
                0 => vu.variables.put(&variable, name.as_str()),
                place => vu.variables.put(&format!("{variable}{place}"), name.as_str()),
            }
            if let Err(error) = write(Path::new(&name), &result.response_data) {
                log::error!(target: "o.a.j.r.ResultSaver", "Error saving sample {} to {name}: {error}", result.label);
            }
            result.file_name = name.into();
        }
        *place += 1;
        result.sub_results.iter_mut().try_for_each(|part| self.save(part, place, vu))
    }

    fn wants(&self, result: &SampleResult, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let unwanted = if result.successful { &self.errors_only } else { &self.successes_only };
        Ok(!(unwanted.get(vu)? || result.is_transaction() && self.ignores_transactions.get(vu)?))
    }

    fn file_name(&self, content_type: &str, vu: &mut VirtualUser) -> Result<String, Fault> {
        let prefix = self.prefix.text(vu)?;
        let mut name = vu.run.output_file(&prefix).to_string_lossy().into_owned();
        name.push_str(&self.time);
        if !self.without_number.get(vu)? {
            let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
            let _ = write!(name, "{number:0width$}", width = self.digits);
        }
        if !self.without_suffix.get(vu)? {
            name.push('.');
            name.push_str(suffix(content_type));
        }
        Ok(name)
    }
}

impl Listener for ResultSaver {
    fn sample_occurred(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.save(result, &mut 0, vu)
    }

    fn is_called(&self) -> bool {
        true
    }

    fn blocks(&self) -> bool {
        true
    }
}

/// When the test started, as names have it.
fn time(fields: &Fields<'_>) -> String {
    let mut time = Vec::new();
    if let Ok(pattern) = DatePattern::parse("yyyyMMdd-HHmm_") {
        pattern.write(fields.loading.run.clock.now(), &mut time);
    }
    String::from_utf8_lossy(&time).into_owned()
}

/// The kind of a content type: `html` of `text/html; charset=utf-8`.
fn suffix(content_type: &str) -> &str {
    match content_type.split_once('/') {
        Some((_, kind)) => kind.split(';').next().unwrap_or(kind),
        None => "unknown",
    }
}

fn write(file: &Path, data: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent()
        && !folder.exists()
    {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, data)
}
