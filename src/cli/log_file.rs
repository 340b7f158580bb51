//! The log file, in JMeter's format: `2026-11-20 23:38:48,750 INFO o.a.j.JMeter: text`.

use std::fs::File;
use std::io::{LineWriter, Write};
use std::path::Path;
use std::sync::OnceLock;

use jiff::Zoned;
use log::{Level, LevelFilter, Log, Metadata, Record};
use parking_lot::Mutex;

/// Where log lines go; each is written at once, so that none is lost.
struct LogFile {
    file: Mutex<Option<LineWriter<File>>>,
    levels: Vec<(String, LevelFilter)>,
    default: LevelFilter,
}

static LOG: OnceLock<LogFile> = OnceLock::new();

/// Starts logging to that file. `levels` are `LEVEL` or `CATEGORY=LEVEL`.
///
/// # Errors
/// When the file cannot be made or a level is unknown.
pub(super) fn start(file: Option<&Path>, levels: &[String]) -> Result<(), String> {
    let mut log = LogFile { file: Mutex::new(None), levels: Vec::new(), default: LevelFilter::Info };
    for text in levels {
        let (category, word) = text.split_once('=').map_or((None, text.as_str()), |(name, word)| (Some(name), word));
        let level = level(word).ok_or_else(|| format!("-L {text}: there is no level {word}"))?;
        match category {
            Some(name) => log.levels.push((category_prefix(name), level)),
            None => log.default = level,
        }
    }
    if let Some(path) = file {
        let opened =
            File::create(path).map_err(|error| format!("the log file {} cannot be made: {error}", path.display()))?;
        *log.file.lock() = Some(LineWriter::new(opened));
    } else {
        log.default = LevelFilter::Off;
    }
    let most = log.levels.iter().map(|(_, level)| *level).chain([log.default]).max().unwrap_or(LevelFilter::Info);
    if log::set_logger(LOG.get_or_init(|| log)).is_ok() {
        log::set_max_level(most);
    }
    Ok(())
}

fn level(word: &str) -> Option<LevelFilter> {
    Some(match word.to_ascii_uppercase().as_str() {
        "OFF" => LevelFilter::Off,
        "FATAL" | "ERROR" => LevelFilter::Error,
        "WARN" | "WARNING" => LevelFilter::Warn,
        "INFO" => LevelFilter::Info,
        "DEBUG" => LevelFilter::Debug,
        "TRACE" | "ALL" => LevelFilter::Trace,
        _ => return None,
    })
}

/// Log lines name packages by their initials: `org.apache.jmeter.threads` is `o.a.j.t`.
fn category_prefix(name: &str) -> String {
    let full = if name.starts_with("jmeter") || name.starts_with("jorphan") {
        format!("org.apache.{name}")
    } else {
        name.into()
    };
    let (packages, class) = match full.rsplit_once('.') {
        Some((packages, class)) if class.starts_with(char::is_uppercase) => (packages, Some(class)),
        _ => (full.as_str(), None),
    };
    let initials: Vec<&str> = packages.split('.').map(|part| part.get(..1).unwrap_or(part)).collect();
    let mut prefix = initials.join(".");
    if let Some(class) = class {
        prefix.push('.');
        prefix.push_str(class);
    }
    prefix
}

impl Log for LogFile {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let special = self.levels.iter().filter(|(prefix, _)| metadata.target().starts_with(prefix.as_str()));
        let level = special.max_by_key(|(prefix, _)| prefix.len()).map_or(self.default, |(_, level)| *level);
        metadata.level() <= level
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let level = match record.level() {
            Level::Error => "ERROR",
            Level::Warn => "WARN",
            Level::Info => "INFO",
            Level::Debug => "DEBUG",
            Level::Trace => "TRACE",
        };
        let now = Zoned::now().strftime("%Y-%m-%d %H:%M:%S,%3f");
        if let Some(file) = &mut *self.file.lock() {
            let _ = writeln!(file, "{now} {level} {}: {}", record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::category_prefix;

    #[test]
    fn categories_are_shortened_as_in_log_lines() {
        let check = |name, expected| assert_eq!(category_prefix(name), expected);
        check("jmeter", "o.a.j");
        check("org.apache.jmeter.threads", "o.a.j.t");
        check("jmeter.threads.JMeterThread", "o.a.j.t.JMeterThread");
        check("com.example", "c.e");
    }
}
