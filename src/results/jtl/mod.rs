//! Results files as JMeter writes and reads them: CSV and XML.

mod columns;
mod csv;
mod csv_reader;
mod date_pattern;
mod files;
mod output;
mod save_config;
mod xml;

pub use columns::Column;
pub use csv_reader::{CsvError, CsvReader, Row};
pub use date_pattern::DatePattern;
pub use files::{JtlFiles, Wanted};
pub use save_config::{DelimiterError, Field, FieldSet, OwnConfig, SaveConfig, TimeFormat};
