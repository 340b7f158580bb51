//! Elements that Loadline knows and does not run: those that only serve JMeter's window, and those of protocols that it
//! does not have.

use super::samplers::{Sampled, Sampler, Sampling};
use super::{Element, ElementType};
use crate::jmx::Node;
use crate::model::{Label, SampleResult, VirtualUser};

/// Why an element does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It makes no difference to a headless run.
    Harmless(&'static str),
    /// The samples and the results file are the same without it, but something that users may look for is missing.
    Missed(&'static str),
    /// The run would be another one without it.
    Unsupported(&'static str),
}

const DRAWS: Kind = Kind::Harmless("it only draws in JMeter's window");
const RECORDS: Kind = Kind::Harmless("it only records in JMeter's window");
const UPLOADS: Kind = Kind::Missed("results are not uploaded anywhere; the results file (-l) has them");
const BACKEND: Kind = Kind::Missed("results are not sent to a backend; the results file (-l) has them");

const AJP: Kind = Kind::Unsupported("Loadline does not speak AJP");
const DATABASE: Kind = Kind::Unsupported("Loadline has no database driver: JDBC needs Java");
const DUBBO: Kind = Kind::Unsupported("Loadline does not speak Dubbo");
const FTP: Kind = Kind::Unsupported("Loadline does not speak FTP");
const GRPC: Kind = Kind::Unsupported("Loadline does not speak gRPC");
const JAVA_CODE: Kind = Kind::Unsupported("it runs Java classes, for which Loadline has no Java machine");
const JMS: Kind = Kind::Unsupported("Loadline does not speak JMS: its providers are Java libraries");
const LDAP: Kind = Kind::Unsupported("Loadline does not speak LDAP");
const MAIL: Kind = Kind::Unsupported("Loadline does not speak SMTP, POP3 or IMAP");
const MONGO: Kind = Kind::Unsupported("Loadline does not speak the protocol of MongoDB");
const MQTT: Kind = Kind::Unsupported("Loadline does not speak MQTT");
const STREAMING: Kind = Kind::Unsupported("Loadline does not play video streams");
const TCP: Kind = Kind::Unsupported("Loadline has no bare TCP sampler");
const WEB_DRIVER: Kind = Kind::Unsupported("Loadline does not drive a browser");
const XMPP: Kind = Kind::Unsupported("Loadline does not speak XMPP");

/// Elements by class.
const SKIPPED: &[(&str, Kind)] = &[
    // Of JMeter, what takes no part in a headless run.
    ("WorkBench", DRAWS),
    ("ProxyControl", RECORDS),
    ("HttpMirrorControl", Kind::Harmless("it only starts from JMeter's window")),
    ("BackendListener", BACKEND),
    ("MailerResultCollector", Kind::Missed("no mail is sent about failures")),
    // Of JMeter, what belongs to other protocols.
    ("AjpSampler", AJP),
    ("DataSourceElement", DATABASE),
    ("JDBCDataSource", DATABASE),
    ("JDBCPostProcessor", DATABASE),
    ("JDBCPreProcessor", DATABASE),
    ("JDBCSampler", DATABASE),
    ("FTPSampler", FTP),
    ("JMSSampler", JMS),
    ("PublisherSampler", JMS),
    ("SubscriberSampler", JMS),
    ("JUnitSampler", JAVA_CODE),
    ("LDAPExtSampler", LDAP),
    ("LDAPSampler", LDAP),
    ("MailReaderSampler", MAIL),
    ("SmtpSampler", MAIL),
    ("SMIMEAssertion", MAIL),
    ("MongoScriptSampler", MONGO),
    ("MongoSourceElement", MONGO),
    ("TCPSampler", TCP),
    ("BoltConnectionElement", Kind::Unsupported("Loadline does not speak Bolt")),
    ("BoltSampler", Kind::Unsupported("Loadline does not speak Bolt")),
    // Of plugins.
    ("com.blazemeter.jmeter.correlation.CorrelationProxyControl", RECORDS),
    ("com.blazemeter.jmeter.hls.logic.HlsSampler", STREAMING),
    ("com.blazemeter.jmeter.rte.recorder.RTERecorder", RECORDS),
    ("com.blazemeter.jmeter.videostreaming.parallel.StreamingParallelController", STREAMING),
    ("com.blazemeter.jmeter.xmpp.JMeterXMPPConnection", XMPP),
    ("com.blazemeter.jmeter.xmpp.JMeterXMPPSampler", XMPP),
    ("com.github.johrstrom.config.PrometheusMetricsConfig", BACKEND),
    ("com.github.johrstrom.listener.PrometheusListener", BACKEND),
    ("com.googlecode.jmeter.plugins.webdriver.config.ChromeDriverConfig", WEB_DRIVER),
    ("com.googlecode.jmeter.plugins.webdriver.config.FirefoxDriverConfig", WEB_DRIVER),
    ("com.googlecode.jmeter.plugins.webdriver.sampler.WebDriverSampler", WEB_DRIVER),
    ("io.github.ningyu.jmeter.plugin.dubbo.sample.DubboSample", DUBBO),
    ("kg.apc.jmeter.dbmon.DbMonCollector", Kind::Missed("databases are not monitored")),
    ("kg.apc.jmeter.jmxmon.JMXMonCollector", Kind::Missed("Java servers are not monitored")),
    ("kg.apc.jmeter.listener.GraphsGeneratorListener", Kind::Missed("no graphs are drawn at the end of the run")),
    (
        "kg.apc.jmeter.perfmon.PerfMonCollector",
        Kind::Missed("servers are not monitored: there is no client for PerfMon agents"),
    ),
    ("kg.apc.jmeter.reporters.ConsoleStatusLogger", Kind::Harmless("the console shows a summary anyway")),
    ("kg.apc.jmeter.reporters.LoadosophiaUploader", UPLOADS),
    ("kg.apc.jmeter.reporters.bzm.BlazeMeterUploader", UPLOADS),
    ("kg.apc.jmeter.vizualizers.CompositeResultCollector", DRAWS),
    ("net.xmeter.samplers.ConnectSampler", MQTT),
    ("net.xmeter.samplers.DisConnectSampler", MQTT),
    ("net.xmeter.samplers.PubSampler", MQTT),
    ("net.xmeter.samplers.SubSampler", MQTT),
    ("vn.zalopay.benchmark.GRPCSampler", GRPC),
    ("vn.zalopay.benchmark.testbean.GrpcRequest", GRPC),
];

/// What is known of a class that has no element here. JMeter's own classes may come with their package.
#[must_use]
pub fn find(class: &str) -> Option<Kind> {
    let own = class.strip_prefix("org.apache.jmeter.").and_then(|rest| rest.rsplit('.').next());
    let name = own.unwrap_or(class);
    SKIPPED.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// How the classes of elements that take no samples end. Samplers and controllers go by many names, these by few.
const NO_SAMPLERS: &[&str] = &[
    "Assertion",
    "Collector",
    "Config",
    "ConfigElement",
    "Connection",
    "ConnectionElement",
    "DataSet",
    "DataSource",
    "DataSourceElement",
    "Defaults",
    "Extractor",
    "Filter",
    "Listener",
    "Manager",
    "Modifier",
    "PostProcessor",
    "PreProcessor",
    "Reporter",
    "SourceElement",
    "ThreadGroup",
    "Timer",
    "Uploader",
    "Visualizer",
];

/// Whether an element that Loadline does not have takes samples, or decides about samplers, as far as its class and its
/// panel tell.
#[must_use]
pub fn may_take_samples(node: &Node) -> bool {
    let panel = node.gui_class();
    let panel = panel.strip_suffix("Gui").or_else(|| panel.strip_suffix("GUI")).unwrap_or(panel);
    !NO_SAMPLERS.iter().any(|end| node.class().ends_with(end) || panel.ends_with(end))
}

/// Stands where a sampler is missing, if the user wants a failed sample there.
pub const UNSUPPORTED_SAMPLER: ElementType = ElementType::new("", "Unsupported element", |fields| {
    fields.skip_all();
    let class = fields.node.class().to_owned();
    Element::sampler(UnsupportedSampler { name: Label::new(fields.name()), class })
});

struct UnsupportedSampler {
    name: Label,
    class: String,
}

impl Sampler for UnsupportedSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async move { self.fail(vu) })
    }
}

impl UnsupportedSampler {
    fn fail(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        result.successful = false;
        result.response_code = "501".into();
        result.response_message = format!("Loadline has no element of class {}", self.class).into();
        Ok(Some(result))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_take_samples() {
        let check = |class: &str, panel: &str, expected: bool| {
            let text = format!(
                "<jmeterTestPlan><hashTree><TestPlan guiclass=\"TestPlanGui\" testclass=\"TestPlan\" testname=\"\"/><hashTree>\
                <{class} guiclass=\"{panel}\" testclass=\"{class}\" testname=\"\"/><hashTree/></hashTree></hashTree></jmeterTestPlan>"
            );
            let plan = crate::jmx::read(text.as_bytes(), "plan.jmx".into()).unwrap();
            let node = &plan.nodes[0].children[0];
            assert_eq!(may_take_samples(node), expected, "{class}");
        };
        check("JDBCSampler", "TestBeanGUI", true);
        check("vn.zalopay.benchmark.testbean.GrpcRequest", "TestBeanGUI", true);
        check("com.example.RepeatController", "com.example.RepeatControllerGui", true);
        check("com.example.Thing", "com.example.ThingGui", true);
        check("com.example.Thing", "com.example.ThingConfigGui", false);
        check("JDBCDataSource", "TestBeanGUI", false);
        check("MongoSourceElement", "TestBeanGUI", false);
        check("JDBCPreProcessor", "TestBeanGUI", false);
        check("SMIMEAssertion", "SMIMEAssertionGui", false);
        check("com.example.DiurnalTimer", "com.example.DiurnalTimerGui", false);
        check("com.googlecode.jmeter.plugins.webdriver.config.ChromeDriverConfig", "x", false);
    }
}
