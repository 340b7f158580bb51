//! A result with whatever an element's properties say: what the Dummy elements of the plugin `jpgc-dummy` make.

use std::time::Duration;

use crate::java::Url;
use crate::model::{DataType, Fault, Fields, HttpDetails, Interrupted, Label, Prop, SampleResult, VirtualUser};

/// What the result is made from.
pub(super) struct DummyResult {
    name: Label,
    waiting: Prop<bool>,
    successful: Prop<bool>,
    response_code: Prop<String>,
    response_message: Prop<String>,
    request_data: Prop<String>,
    response_data: Prop<String>,
    response_time: Prop<i32>,
    latency: Prop<i32>,
    connect: Prop<i32>,
    url: Prop<String>,
    result_class: Prop<String>,
}

/// The class of plain results.
const PLAIN: &str = "org.apache.jmeter.samplers.SampleResult";
/// The class of results of HTTP requests.
const HTTP: &str = "org.apache.jmeter.protocol.http.sampler.HTTPSampleResult";

impl DummyResult {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            name: Label::new(fields.name()),
            waiting: fields.prop("WAITING", false),
            successful: fields.prop("SUCCESFULL", false),
            response_code: fields.text("RESPONSE_CODE", ""),
            response_message: fields.text("RESPONSE_MESSAGE", ""),
            request_data: fields.text("REQUEST_DATA", ""),
            response_data: fields.text("RESPONSE_DATA", ""),
            response_time: fields.prop("RESPONSE_TIME", 0),
            latency: fields.prop("LATENCY", 0),
            connect: fields.prop("CONNECT", 0),
            url: fields.text("URL", ""),
            result_class: fields.text("RESULT_CLASS", PLAIN),
        }
    }

    /// Makes the result; waits for as long as it says to have taken, if it is to.
    pub async fn make(&self, vu: &mut VirtualUser) -> Result<SampleResult, Fault> {
        let mut result = self.without_times(vu)?;
        let time = i64::from(self.response_time.get(vu)?);
        if self.waiting.get(vu)? {
            result.start = vu.now();
            let wait = tokio::time::sleep(Duration::from_millis(u64::try_from(time).unwrap_or(0)));
            let _: Result<(), Interrupted> = vu.interruptible(wait).await;
            result.end = vu.now();
        } else {
            result.end = vu.now();
            result.start = result.end - time;
        }
        Ok(result)
    }

    /// The result without waiting, for where nothing can wait.
    pub fn make_now(&self, vu: &mut VirtualUser) -> Result<SampleResult, Fault> {
        let mut result = self.without_times(vu)?;
        result.end = vu.now();
        result.start = result.end - i64::from(self.response_time.get(vu)?);
        Ok(result)
    }

    fn without_times(&self, vu: &mut VirtualUser) -> Result<SampleResult, Fault> {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        result.sampler_data = Some(self.request_data.text(vu)?.into_owned().into());
        result.response_code = self.response_code.text(vu)?.into_owned().into();
        result.response_message = self.response_message.text(vu)?.into_owned().into();
        result.successful = self.successful.get(vu)?;
        result.data_type = DataType::Text;
        result.response_data = self.response_data.text(vu)?.into_owned().into();
        result.url = Url::parse(&self.url.text(vu)?).ok().map(|url| url.to_string().into());
        result.latency = self.latency.get(vu)?.into();
        result.connect = self.connect.get(vu)?.into();
        match self.result_class.text(vu)?.as_ref() {
            PLAIN => {}
            HTTP => result.http = Some(Box::new(HttpDetails::default())),
            other => log::warn!(
                target: "k.a.j.d.DummyElement",
                "Failed to create sample of desired type java.lang.ClassNotFoundException: {other}"
            ),
        }
        Ok(result)
    }
}
