//! Options that set properties, which count in the order given.

use std::any::Any;
use std::path::PathBuf;

use clap::{ArgMatches, Args};

/// Options that set properties.
#[derive(Args, Clone)]
pub struct PropertyFlags {
    /// A JMeter property
    #[arg(short = 'J', long = "jmeterproperty", value_name = "NAME=VALUE")]
    jmeter: Vec<String>,
    /// A JMeter property for remote hosts: no effect here
    #[arg(short = 'G', long = "globalproperty", value_name = "NAME=VALUE")]
    global: Vec<String>,
    /// A Java system property
    #[arg(short = 'D', long = "systemproperty", value_name = "NAME=VALUE")]
    system: Vec<String>,
    /// A file of Java system properties
    #[arg(short = 'S', long = "systemPropertyFile", value_name = "FILE")]
    system_files: Vec<PathBuf>,
    /// A further property file
    #[arg(short = 'q', long = "addprop", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The property file in place of jmeter.properties
    #[arg(short = 'p', long = "propfile", value_name = "FILE")]
    pub main_file: Option<PathBuf>,
}

/// An option that sets properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyOption {
    /// `-J name=value`; without a value the property is removed.
    JMeter(String, Option<String>),
    /// `-D name=value`.
    System(String, Option<String>),
    /// `-q FILE`.
    JMeterFile(PathBuf),
    /// `-S FILE`.
    SystemFile(PathBuf),
}

/// The options that set properties, in the order in which they stand on the command line. A command without such options
/// has none.
pub(super) fn property_options(matches: &ArgMatches) -> Vec<PropertyOption> {
    let mut options: Vec<(usize, PropertyOption)> = Vec::new();
    gather(matches, "jmeter", |text: &String| jmeter(text), &mut options);
    gather(matches, "system", |text: &String| system(text), &mut options);
    gather(matches, "files", |file: &PathBuf| PropertyOption::JMeterFile(file.clone()), &mut options);
    gather(matches, "system_files", |file: &PathBuf| PropertyOption::SystemFile(file.clone()), &mut options);
    options.sort_by_key(|(place, _)| *place);
    options.into_iter().map(|(_, option)| option).collect()
}

fn gather<T: Any + Clone + Send + Sync>(
    matches: &ArgMatches,
    id: &str,
    make: impl Fn(&T) -> PropertyOption,
    options: &mut Vec<(usize, PropertyOption)>,
) {
    if let Ok(Some(values)) = matches.try_get_many::<T>(id) {
        options.extend(matches.indices_of(id).into_iter().flatten().zip(values.map(make)));
    }
}

fn jmeter(text: &str) -> PropertyOption {
    let (name, value) = assignment(text);
    PropertyOption::JMeter(name, value)
}

fn system(text: &str) -> PropertyOption {
    let (name, value) = assignment(text);
    PropertyOption::System(name, value)
}

/// `name=value`; an empty value is none.
fn assignment(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty())),
        None => (text.to_owned(), None),
    }
}
