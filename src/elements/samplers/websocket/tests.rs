//! Samplers against a server that misbehaves. Each test is a conversation, row by row: what a user's samplers do, and what
//! comes of it. Rows without a note are what the real plugin, version 1.3.1, gave on Java 17.
//!
//! `open /path`, `ask TEXT` on the user's connection and `ask /path TEXT` on a new one, `write`, `read`, `ping`, `close`,
//! each with properties behind semicolons. `filter KIND` puts a filter in the scope of all that follow.

use std::fmt::Write;
use std::sync::Arc;

use crate::elements::{self, Element, Role};
use crate::jmx::{self, Node};
use crate::model::{
    ConfigInScope, DataType, Fields, FunctionTable, GroupRun, Loading, OnSampleError, Properties, Run, SampleResult,
    Scope, Variables, VirtualUser,
};
use mock_server::MockServer;

mod closing;
mod extensions;
mod filters;
mod frames;
mod handshakes;
mod headers;
mod messages;
mod mock_server;
mod payloads;

type Row<'a> = (&'a str, &'a str);

/// One user after the other does what the rows say.
async fn check(rows: &[Row<'_>]) {
    check_with(&[], rows).await;
}

/// The same with JMeter properties.
async fn check_with(properties: &[(&str, &str)], rows: &[Row<'_>]) {
    let mut pair = Pair::start(properties).await;
    for (step, expected) in rows {
        let got = pair.does(step).await;
        assert_eq!(got, *expected, "\n{step}\n{got}");
    }
}

/// A user with its server.
struct Pair {
    user: User,
    server: MockServer,
}

impl Pair {
    async fn start(properties: &[(&str, &str)]) -> Self {
        let server = MockServer::start().await;
        let user = User::new(properties, server.address.port());
        Self { user, server }
    }

    /// What comes of a step.
    async fn does(&mut self, step: &str) -> String {
        match step {
            "seen" => self.user.hide_port(&self.server.take_seen().join("\n")),
            "end" => {
                self.server.serve_during(self.user.end()).await;
                self.server.take_seen().pop().unwrap_or_default()
            }
            step => self.server.serve_during(self.user.does(step)).await,
        }
    }
}

/// What makes a user.
struct User {
    vu: VirtualUser,
    loading: Loading,
    port: u16,
    /// What is in the scope of its samplers.
    configs: Vec<Node>,
    ends: Vec<Arc<dyn elements::Hooks>>,
}

impl User {
    fn new(properties: &[(&str, &str)], port: u16) -> Self {
        let (set, system) = (Properties::default(), Properties::default());
        for (name, value) in properties {
            let value = value.replace("PORT", &port.to_string());
            match name.strip_prefix("system ") {
                Some(name) => system.set(name, value),
                None => set.set(name, value),
            };
        }
        let run = Arc::new(Run::new("plan.jmx".into(), set, system, FunctionTable::default(), Some(1)));
        let user = || {
            let group = Arc::new(GroupRun::new("users".into(), 1, 1, OnSampleError::Continue, true));
            VirtualUser::new(run.clone(), group, 0, "users 1-1".into(), Variables::default())
        };
        Self { vu: user(), loading: Loading::new(run.clone(), user()), port, configs: Vec::new(), ends: Vec::new() }
    }

    async fn does(&mut self, step: &str) -> String {
        let mut parts = step.split("; ");
        let what = parts.next().unwrap_or_default();
        let properties: Vec<(&str, &str)> = parts.filter_map(|part| part.split_once('=')).collect();
        let (verb, argument) = what.split_once(' ').unwrap_or((what, ""));
        match verb {
            "filter" => {
                let class = format!("eu.luminis.jmeter.wssampler.{argument}FrameFilter");
                self.configs.push(node(&class, "quiet", &properties));
                String::new()
            }
            "wait" => {
                tokio::time::sleep(std::time::Duration::from_millis(argument.parse().unwrap())).await;
                String::new()
            }
            "headers" => {
                self.configs.push(header_manager(argument));
                String::new()
            }
            "final" => self.vu.variables.text("websocket.last_frame_final").unwrap_or_default().to_string(),
            verb => {
                let node = self.sampler(verb, argument, &properties);
                match self.sample(&node).await {
                    Ok(Some(result)) => self.show(&result, &properties),
                    Ok(None) => "no sample".to_owned(),
                    Err(fault) => fault.to_string(),
                }
            }
        }
    }

    /// Ends the user, and leaves time for what it says to arrive.
    async fn end(&mut self) {
        self.ends.iter().for_each(|end| end.thread_finished(&mut self.vu));
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }

    fn sampler(&self, verb: &str, argument: &str, properties: &[(&str, &str)]) -> Node {
        let class = match verb {
            "open" => "OpenWebSocketSampler",
            "ask" => "RequestResponseWebSocketSampler",
            "write" => "SingleWriteWebSocketSampler",
            "read" => "SingleReadWebSocketSampler",
            "ping" => "PingPongSampler",
            "close" => "CloseWebSocketSampler",
            "talk" => return self.message_sampler(argument, properties),
            other => panic!("no sampler does {other}"),
        };
        let port = self.port.to_string();
        let (path, data) = match argument.strip_prefix('/') {
            Some(_) => argument.split_once(' ').unwrap_or((argument, "")),
            None => ("", argument),
        };
        let creates = if path.is_empty() { "false" } else { "true" };
        let defaults = [
            ("server", "127.0.0.1"),
            ("port", &port),
            ("path", path),
            ("createNewConnection", creates),
            ("requestData", data),
            ("readTimeout", "300"),
        ];
        let given = |name: &str| properties.iter().any(|(given, _)| *given == name);
        let mut all: Vec<(&str, &str)> = defaults.into_iter().filter(|(name, _)| !given(name)).collect();
        all.extend(properties);
        node(&format!("eu.luminis.jmeter.wssampler.{class}"), "s", &all)
    }

    fn message_sampler(&self, argument: &str, properties: &[(&str, &str)]) -> Node {
        let (path, payload) = argument.split_once(' ').unwrap_or((argument, ""));
        let port = self.port.to_string();
        let mut all = vec![
            ("serverAddress", "127.0.0.1"),
            ("serverPort", &port),
            ("contextPath", path),
            ("requestPayload", payload),
            ("connectionTimeout", "200"),
            ("responseTimeout", "300"),
        ];
        all.retain(|(name, _)| !properties.iter().any(|(given, _)| given == name));
        all.extend(properties);
        node("JMeter.plugins.functional.samplers.websocket.WebSocketSampler", "s", &all)
    }

    async fn sample(&mut self, node: &Node) -> crate::elements::samplers::Sampled {
        let nothing = Scope::default();
        let configs = self.configs.iter().filter_map(|node| match self.load(node, &nothing).role {
            Role::Config(element) => Some(ConfigInScope { node, element }),
            _ => None,
        });
        let scope = nothing.inside(configs.collect());
        let element = self.load(node, &scope);
        self.ends.extend(element.hooks);
        let Role::Sampler(sampler) = element.role else { panic!("{} is no sampler", node.class()) };
        sampler.sample(&mut self.vu).await
    }

    fn load(&self, node: &Node, scope: &Scope<'_>) -> Element {
        let kind = elements::of_class(node.class()).unwrap();
        (kind.load)(&Fields::new(&self.loading, node, kind.title, scope))
    }

    /// `ok CODE MESSAGE; data; headers+body sizes, bytes sent`, and the parts below it. With `show=data`, what is shown as the
    /// request, with `show=headers` all headers, with `show=log` the message, with `show=response` the data, with `show=times` the times, in tenths of a second.
    fn show(&self, result: &SampleResult, properties: &[(&str, &str)]) -> String {
        let text = match properties.iter().find(|(name, _)| *name == "show").map(|(_, what)| *what) {
            Some("data") => result.sampler_data.as_deref().unwrap_or("none").to_owned(),
            Some("log") => result.response_message.to_string(),
            Some("response") => {
                let (code, good) = (&result.response_code, result.successful);
                format!("{good} {code} {}", result.response_text("-"))
            }
            Some("headers") => format!("{}\n\n{}", result.request_headers, result.response_headers),
            Some("times") => format!(
                "{} ms, connected after {}, first byte after {}",
                result.elapsed() / 100 * 100,
                result.connect / 100 * 100,
                result.latency / 100 * 100
            ),
            _ => summary(result),
        };
        self.hide_port(&text)
    }

    fn hide_port(&self, text: &str) -> String {
        text.replace(&format!(":{}", self.port), ":PORT")
    }
}

fn summary(result: &SampleResult) -> String {
    let data = match result.data_type {
        DataType::Text => format!("{:?}", result.response_text("-")),
        DataType::Binary => format!("bin {}", result.response_data.escape_ascii()),
        DataType::Unknown if result.response_data.is_empty() => "-".to_owned(),
        DataType::Unknown => format!("unknown {}", result.response_data.escape_ascii()),
    };
    let mut text = format!(
        "{} {} {}; {data}; {}+{}, {}",
        if result.successful { "ok" } else { "failed" },
        result.response_code,
        result.response_message,
        result.headers_size,
        result.body_size,
        result.sent_bytes
    );
    for part in &result.sub_results {
        let _ = write!(text, "\n  {}: {}", part.label, summary(part));
    }
    text
}

/// An element as a plan has it.
fn node(class: &str, name: &str, properties: &[(&str, &str)]) -> Node {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "&#10;");
    let mut properties: Vec<String> = properties
        .iter()
        .filter(|(name, _)| *name != "show")
        .map(|(name, value)| format!("<stringProp name=\"{name}\">{}</stringProp>", escaped(value)))
        .collect();
    properties.push(String::new());
    parsed(&format!("<{class} guiclass=\"x\" testname=\"{name}\">{}</{class}>", properties.concat()))
}

fn header_manager(headers: &str) -> Node {
    let row = |(name, value): (&str, &str)| {
        format!(
            "<elementProp name=\"\" elementType=\"Header\"><stringProp name=\"Header.name\">{name}</stringProp>\
             <stringProp name=\"Header.value\">{value}</stringProp></elementProp>"
        )
    };
    let rows: String = headers.split('|').filter_map(|header| header.split_once('=')).map(row).collect();
    let list = format!("<collectionProp name=\"HeaderManager.headers\">{rows}</collectionProp>");
    parsed(&format!("<HeaderManager guiclass=\"x\" testname=\"headers\">{list}</HeaderManager>"))
}

fn parsed(element: &str) -> Node {
    let plan = format!("<jmeterTestPlan><hashTree>{element}<hashTree/></hashTree></jmeterTestPlan>");
    jmx::read(plan.as_bytes(), "plan.jmx".into()).unwrap().nodes.remove(0)
}
