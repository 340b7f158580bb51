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
    levels: Vec<(Category, LevelFilter)>,
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
            Some(name) => log.levels.push((Category::named(name), level)),
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

/// A part of the log with a level of its own: a logger, and all whose names begin with its name.
struct Category {
    full: String,
    /// As log lines name it, which is all that most loggers know of their names.
    short: String,
}

impl Category {
    fn named(name: &str) -> Self {
        let is_of_jmeter = name.starts_with("jmeter") || name.starts_with("jorphan");
        let full = if is_of_jmeter { format!("org.apache.{name}") } else { name.to_owned() };
        let is_class = full.rsplit('.').next().is_some_and(|last| last.starts_with(char::is_uppercase));
        let short = if is_class { shortened(&full) } else { shortened(&format!("{full}.")) };
        Self { short: short.trim_end_matches('.').to_owned(), full }
    }

    fn holds(&self, logger: &str) -> bool {
        let begins = |name: &String| {
            logger.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        begins(&self.full) || begins(&self.short)
    }
}

/// Log lines name packages by their initials: `org.apache.jmeter.threads.X` is `o.a.j.t.X`.
fn shortened(name: &str) -> String {
    let Some((packages, last)) = name.rsplit_once('.') else { return name.to_owned() };
    let initials = packages.split('.').map(|part| part.chars().next().map_or_else(String::new, String::from));
    let mut short = initials.collect::<Vec<_>>().join(".");
    short.push('.');
    short.push_str(last);
    short
}

impl Log for LogFile {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let special = self.levels.iter().filter(|(category, _)| category.holds(metadata.target()));
        let level = special.max_by_key(|(category, _)| category.full.len()).map_or(self.default, |(_, level)| *level);
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
            let _ = writeln!(file, "{now} {level} {}: {}", shortened(record.target()), record.args());
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_lines_name_packages_by_their_initials() {
        let check = |name, expected| assert_eq!(shortened(name), expected);
        check("org.apache.jmeter.threads.JMeterThread", "o.a.j.t.JMeterThread");
        check("org.apache.jmeter.protocol.java.sampler.JSR223Sampler.my script", "o.a.j.p.j.s.J.my script");
        check("o.a.j.t.JMeterThread", "o.a.j.t.JMeterThread");
        check("mine", "mine");
    }

    #[test]
    fn categories_hold_what_is_below_them() {
        let check =
            |name, logger, expected| assert_eq!(Category::named(name).holds(logger), expected, "{name} {logger}");
        check("jmeter", "o.a.j.t.JMeterThread", true);
        check("org.apache.jmeter.threads", "o.a.j.t.JMeterThread", true);
        check("org.apache.jmeter.threads", "o.a.j.e.StandardJMeterEngine", false);
        check("jmeter.threads.JMeterThread", "o.a.j.t.JMeterThread", true);
        check("jmeter.threads.JMeter", "o.a.j.t.JMeterThread", false);
        let script = "org.apache.jmeter.protocol.java.sampler.JSR223Sampler.my script";
        check("org.apache.jmeter.protocol.java.sampler.JSR223Sampler", script, true);
        check("org.apache.jmeter.protocol.java", script, true);
        check("com.example", "c.e.X", true);
    }
}
