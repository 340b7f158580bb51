//! Java Request: the two samplers that come with JMeter for trying plans out. Other Java classes cannot run here.

use std::sync::Arc;

use super::{Sampled, Sampler, Sampling};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Argument, DataType, Fault, Fields, Interrupted, Label, SampleResult, VirtualUser, arguments};

pub(super) const ELEMENT: ElementType =
    ElementType::new("JavaSampler", "Java Request", load).with_defaults(&["JavaConfigGui", "SimpleConfigGui"]);

struct JavaSampler {
    name: Label,
    class: Class,
    arguments: Vec<Argument>,
}

/// What to run.
enum Class {
    JavaTest,
    SleepTest,
    /// A class that does not exist, for a plan that names none or nonsense: each sample fails.
    Missing(String),
}

fn load(fields: &Fields<'_>) -> Element {
    let class = fields.text_now("classname", "");
    let mut own = fields.node.properties.iter().filter(|property| property.name() == "classname");
    let is_own = own.any(|property| property.text().is_some_and(|text| !text.is_empty()));
    let class = match class.trim().strip_prefix("org.apache.jmeter.protocol.java.test.") {
        // JMeter looks for the class when the test starts, before it completes elements by defaults.
        _ if !is_own && !class.is_empty() => {
            fields.warn(
                "classname",
                "the class of Java Request Defaults comes too late: each sample will fail, as in JMeter",
            );
            Class::Missing(class)
        }
        Some("JavaTest") => Class::JavaTest,
        Some("SleepTest") => Class::SleepTest,
        _ => {
            fields.warn("classname", format!("there is no class {class}: each sample will fail, as without its jar"));
            Class::Missing(class)
        }
    };
    let mut own = arguments(fields, "arguments");
    own.extend(fields.defaults().iter().flat_map(|defaults| arguments(defaults, "arguments")));
    Element::sampler(JavaSampler { name: Label::new(fields.name()), class, arguments: own })
}

impl Sampler for JavaSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.run(vu))
    }
}

impl JavaSampler {
    async fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let name = self.name.get(vu)?;
        let given = Given::evaluate(&self.arguments, vu)?;
        let mut result = SampleResult::starting(name, vu.now());
        match &self.class {
            Class::JavaTest => java_test(&mut result, &given, vu).await,
            Class::SleepTest => sleep_test(&mut result, &given, vu).await,
            Class::Missing(class) => {
                result.successful = false;
                result.label = format!("ERROR: {class}").into();
                result.response_data = format!("Class not found: {class}").into();
                result.data_encoding = "UTF-8".into();
            }
        }
        Ok(Some(result))
    }
}

/// The arguments with their values. The first of two equal names counts.
struct Given(Vec<(String, String)>);

impl Given {
    fn evaluate(arguments: &[Argument], vu: &mut VirtualUser) -> Result<Self, Fault> {
        let mut given = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let name = argument.name.text(vu)?.into_owned();
            given.push((name, argument.value.text(vu)?.into_owned()));
        }
        Ok(Self(given))
    }

    fn text<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.0.iter().find(|(given, _)| given == name).map_or(default, |(_, value)| value)
    }

    fn number(&self, name: &str, default: i64) -> i64 {
        java::decode_long(self.text(name, "")).unwrap_or(default)
    }
}

/// `JavaTest`: sleeps and answers as its arguments say.
async fn java_test(result: &mut SampleResult, given: &Given, vu: &mut VirtualUser) {
    let label = given.text("Label", "");
    if !label.is_empty() {
        result.label = Arc::from(label);
    }
    result.response_code = given.text("ResponseCode", "").to_owned().into();
    result.response_message = given.text("ResponseMessage", "").to_owned().into();
    let sampler_data = given.text("SamplerData", "");
    if !sampler_data.is_empty() {
        result.sent_bytes = sampler_data.encode_utf16().count() as u64;
        result.sampler_data = Some(sampler_data.to_owned().into());
    }
    let data = given.text("ResultData", "");
    if !data.is_empty() {
        result.set_text(data.to_owned());
        result.data_encoding = "UTF-8".into();
    }
    result.data_type = DataType::Text;
    result.start = vu.now();
    let slept = sleep(given.number("Sleep_Time", 100), given.number("Sleep_Mask", 0xff), vu).await;
    result.end = vu.now();
    result.successful = slept.is_ok() && given.text("Status", "OK").eq_ignore_ascii_case("OK");
}

/// `SleepTest`: sleeps.
async fn sleep_test(result: &mut SampleResult, given: &Given, vu: &mut VirtualUser) {
    let (time, mask) = (given.number("SleepTime", 1000), given.number("SleepMask", 0x3ff));
    result.sampler_data = Some(format!("Sleep Test: time = {}", stretched(time, mask, vu.now())).into());
    result.start = vu.now();
    if sleep(time, mask, vu).await.is_err() {
        result.successful = false;
        result.response_message = "java.lang.InterruptedException: sleep interrupted".into();
    }
    result.end = vu.now();
}

async fn sleep(time: i64, mask: i64, vu: &mut VirtualUser) -> Result<(), Interrupted> {
    match u64::try_from(stretched(time, mask, vu.now())) {
        Ok(millis) if millis > 0 => vu.sleep(millis).await,
        _ => Ok(()),
    }
}

/// That long, and by the clock a bit longer, so that not all users sleep alike.
fn stretched(time: i64, mask: i64, now: i64) -> i64 {
    if time > 0 && mask > 0 { time + now % mask } else { time }
}
