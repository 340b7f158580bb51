//! Where properties come from: property files and options, later ones winning.

use std::fs;
use std::io;
use std::path::Path;

use super::args::PropertyOption;
use crate::java::parse_properties;
use crate::model::Properties;

/// The version of JMeter whose plans run as they do there.
pub(super) const JMETER_VERSION: &str = "5.6.3";

/// What JMeter's own `jmeter.properties` sets beyond the program's defaults.
const SHIPPED: &[(&str, &str)] = &[("sampleresult.timestamp.start", "true"), ("summariser.name", "summary")];

/// What plans ask the Java virtual machine for: the answers of the one that JMeter 5.6.3 needs at most.
fn system_defaults() -> Vec<(&'static str, String)> {
    let folder = |path: Option<std::path::PathBuf>| path.map(|path| path.display().to_string()).unwrap_or_default();
    let user = |name: &str| std::env::var(name).unwrap_or_default();
    vec![
        ("file.encoding", "UTF-8".into()),
        ("file.separator", std::path::MAIN_SEPARATOR.to_string()),
        ("java.io.tmpdir", folder(Some(std::env::temp_dir()))),
        ("java.version", "17".into()),
        ("line.separator", if cfg!(windows) { "\r\n" } else { "\n" }.into()),
        ("os.arch", std::env::consts::ARCH.replace("x86_64", "amd64")),
        (
            "os.name",
            if cfg!(target_os = "macos") {
                "Mac OS X"
            } else if cfg!(windows) {
                "Windows"
            } else {
                "Linux"
            }
            .into(),
        ),
        ("path.separator", if cfg!(windows) { ";" } else { ":" }.into()),
        ("user.dir", folder(std::env::current_dir().ok())),
        ("user.home", folder(std::env::home_dir())),
        ("user.name", if cfg!(windows) { user("USERNAME") } else { user("USER") }),
    ]
}

/// JMeter's properties and Java's system properties.
pub(super) struct AllProperties {
    /// JMeter's.
    pub jmeter: Properties,
    /// Java's.
    pub system: Properties,
}

/// Gathers all properties. What cannot be read is said in `complaints`, as JMeter goes on without it.
pub(super) fn gather(
    main_file: Option<&Path>,
    options: &[PropertyOption],
    complaints: &mut Vec<String>,
) -> AllProperties {
    let all = AllProperties { jmeter: Properties::default(), system: Properties::default() };
    system_defaults().into_iter().for_each(|(name, value)| drop(all.system.set(name, value)));
    match main_file {
        Some(file) => read_into(file, &all.jmeter, complaints),
        None => SHIPPED.iter().for_each(|(name, value)| drop(all.jmeter.set(name, *value))),
    }
    // Plans ask for it, and it is JMeter's plans that run.
    all.jmeter.set("jmeter.version", JMETER_VERSION);
    let own = |property: &str| all.jmeter.text(property, property).to_string();
    let (user_file, system_file) = (own("user.properties"), own("system.properties"));
    if Path::new(&user_file).is_file() {
        read_into(Path::new(&user_file), &all.jmeter, complaints);
    }
    if Path::new(&system_file).is_file() {
        read_into(Path::new(&system_file), &all.system, complaints);
    }
    for option in options {
        match option {
            PropertyOption::JMeter(name, value) => assign(&all.jmeter, name, value.as_deref()),
            PropertyOption::System(name, value) => {
                assign(&all.system, name, value.as_deref());
                assign(&all.jmeter, name, value.as_deref());
            }
            PropertyOption::JMeterFile(file) => read_into(file, &all.jmeter, complaints),
            PropertyOption::SystemFile(file) => read_into(file, &all.system, complaints),
        }
    }
    all
}

fn assign(properties: &Properties, name: &str, value: Option<&str>) {
    match value {
        Some(value) => drop(properties.set(name, value)),
        None => drop(properties.remove(name)),
    }
}

fn read_into(file: &Path, properties: &Properties, complaints: &mut Vec<String>) {
    match read_file(file) {
        Ok(rows) => rows.into_iter().for_each(|(name, value)| drop(properties.set(&name, value))),
        Err(_) => complaints.push(format!("Can't find additional property file: {}", file.display())),
    }
}

fn read_file(file: &Path) -> io::Result<Vec<(String, String)>> {
    // A Java property file is ISO 8859-1: each byte is a character.
    let bytes = fs::read(file)?;
    Ok(parse_properties(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>()))
}
