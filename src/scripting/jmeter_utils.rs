//! `JMeterUtils`: properties, and where JMeter would be.

use super::properties;
use super::variables::user;
use crate::java;
use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::{Outcome, Value, ok};

/// `org.apache.jmeter.util.JMeterUtils`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.util.JMeterUtils").statics(STATICS));

const STATICS: &[Row] = &[
    row("getProperty", "String", |c| ok(property(c)?)),
    row("setProperty", "String, String", |c| {
        let (name, value) = (c.text(0)?.clone(), c.text(1)?.clone());
        let before = user(c.machine).run.properties.set(&name, value);
        ok(before.map(|value| value.text()))
    }),
    row("getPropDefault", "String, String", |c| {
        let value = property(c)?;
        Ok(value.map_or_else(|| c.arg(1).clone(), Value::Str))
    }),
    row("getPropDefault", "String, int", |c| {
        let value = property(c)?;
        ok(value.and_then(|text| java::parse_int(text.trim())).unwrap_or_else(|| c.int(1)))
    }),
    row("getPropDefault", "String, long", |c| {
        let value = property(c)?;
        ok(value.and_then(|text| java::parse_long(text.trim())).unwrap_or_else(|| c.long(1)))
    }),
    row("getPropDefault", "String, float", |c| {
        let value = property(c)?;
        ok(value.and_then(|text| text.trim().parse::<f32>().ok()).unwrap_or_else(|| c.double(1) as f32))
    }),
    row("getPropDefault", "String, boolean", |c| {
        let value = property(c)?;
        ok(value.map_or_else(
            || c.bool(1),
            |text| {
                let text = text.trim();
                text.eq_ignore_ascii_case("true") || text.parse::<i32>().is_ok_and(|number| number == 1)
            },
        ))
    }),
    row("getJMeterProperties", "", |_| Ok(properties())),
    row("getJMeterHome", "", |c| home(c, "")),
    row("getJMeterBinDir", "", |c| home(c, "/bin")),
    row("getJMeterVersion", "", |_| ok("5.6.3")),
    row("getJMeterCopyright", "", |_| ok("Copyright (c) 1998-2024 The Apache Software Foundation")),
    row("getResString", "String, String?", |c| Ok(c.arg(0).clone())),
    row("getLocalHostName", "", |_| ok(gethostname::gethostname().to_string_lossy().into_owned())),
    row("getLocalHostFullName", "", |_| ok(gethostname::gethostname().to_string_lossy().into_owned())),
];

fn property(c: &mut Call<'_, '_>) -> Outcome<Option<std::sync::Arc<str>>> {
    let name = c.text(0)?.clone();
    Ok(user(c.machine).run.properties.get(&name))
}

/// There is no JMeter: its home is what the property says, or else the working directory.
fn home(c: &mut Call<'_, '_>, below: &str) -> Outcome {
    let named = user(c.machine).run.properties.get("jmeter.home");
    let home = named.map_or_else(
        || std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
        |home| home.to_string(),
    );
    ok(home + below)
}
