//! Samplers: what they ask for, and where.

use super::super::facts::Facts;
use super::super::quantity::{counted, millis};
use super::{Row, around, assignments, when};

pub(super) const ROWS: &[Row] = &[
    ("HTTPSamplerProxy", http),
    ("HTTPSampler", http),
    ("HTTPSampler2", http),
    ("JavaSampler", java),
    ("TestAction", |facts| vec![action(facts)]),
    ("DebugSampler", |_| Vec::new()),
    ("JSR223Sampler", script),
    ("BeanShellSampler", script),
    ("JDBCSampler", |facts| vec![facts.text("dataSource"), excerpt(&facts.text("query"))]),
    ("kg.apc.jmeter.control.sampler.SetVariablesAction", |facts| {
        assignments(facts.within("SetVariablesAction").map(|list| list.arguments()).unwrap_or_default())
    }),
    ("eu.luminis.jmeter.wssampler.OpenWebSocketSampler", |facts| vec![web_socket(facts)]),
    ("eu.luminis.jmeter.wssampler.RequestResponseWebSocketSampler", exchange),
    ("eu.luminis.jmeter.wssampler.SingleWriteWebSocketSampler", exchange),
    ("eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler", |facts| vec![own_connection(facts)]),
    ("eu.luminis.jmeter.wssampler.PingPongSampler", |facts| vec![own_connection(facts)]),
    ("eu.luminis.jmeter.wssampler.CloseWebSocketSampler", |facts| {
        vec![around("status ", &facts.text("statusCode"), "")]
    }),
];

/// Longer texts are cut.
const LONG: usize = 60;

fn http(facts: &Facts<'_>) -> Vec<String> {
    let method = facts.text("HTTPSampler.method");
    let method = if method.is_empty() { "GET" } else { &method };
    let limit = |name, words| {
        let text = facts.text(name);
        when(!matches!(text.as_str(), "" | "0"), format!("{words} within {}", millis(&text)))
    };
    vec![
        format!("{method} {}", url(facts)),
        body(facts),
        when(!facts.files().is_empty(), format!("files {}", facts.files().join(", "))),
        when(facts.flag("HTTPSampler.image_parser"), "with embedded resources"),
        limit("HTTPSampler.connect_timeout", "connected"),
        limit("HTTPSampler.response_timeout", "answered"),
    ]
}

/// The address, as far as it is known.
pub(super) fn url(facts: &Facts<'_>) -> String {
    let [protocol, domain, port, path] =
        ["protocol", "domain", "port", "path"].map(|part| facts.text(&format!("HTTPSampler.{part}")));
    if path.starts_with("http://") || path.starts_with("https://") || domain.is_empty() {
        return path;
    }
    let protocol = if protocol.is_empty() { "http" } else { &protocol };
    let is_usual = matches!((protocol, port.as_str()), (_, "") | ("http", "80") | ("https", "443"));
    let port = when(!is_usual, format!(":{port}"));
    let slash = if path.starts_with('/') || path.is_empty() { "" } else { "/" };
    format!("{protocol}://{domain}{port}{slash}{path}")
}

fn body(facts: &Facts<'_>) -> String {
    let arguments = facts.within("HTTPsampler.Arguments").map(|list| list.arguments()).unwrap_or_default();
    match arguments.as_slice() {
        [] => String::new(),
        [(name, body)] if name.is_empty() => excerpt(body),
        some => counted(some.len() as f64, "parameter"),
    }
}

impl Facts<'_> {
    /// The files of an HTTP Request.
    fn files(&self) -> Vec<String> {
        let list = self.within("HTTPsampler.Files");
        let files = list.map(|list| list.items("HTTPFileArgs.files")).unwrap_or_default();
        files.iter().map(|file| file.text("File.path")).collect()
    }
}

fn java(facts: &Facts<'_>) -> Vec<String> {
    let class = facts.text("classname");
    let arguments = facts.within("arguments").map(|list| list.arguments()).unwrap_or_default();
    let sleep = arguments.iter().find(|(name, _)| matches!(name.as_str(), "Sleep_Time" | "SleepTime"));
    let class = class.rsplit('.').next().unwrap_or_default().to_owned();
    vec![class, sleep.map_or(String::new(), |(_, time)| format!("sleeps {}", millis(time)))]
}

fn action(facts: &Facts<'_>) -> String {
    let target = if facts.whole("ActionProcessor.target") == Some(2) { "test" } else { "user" };
    match facts.whole("ActionProcessor.action").unwrap_or(0) {
        1 => format!("pause {}", millis(&facts.raw("ActionProcessor.duration"))),
        2 => format!("stop the {target} at once"),
        3 => "next turn of the thread group".to_owned(),
        4 => "next turn of the current loop".to_owned(),
        5 => "break the current loop".to_owned(),
        _ => format!("stop the {target}"),
    }
}

/// The language and the size of a script.
pub(super) fn script(facts: &Facts<'_>) -> Vec<String> {
    let (file, lines) = (facts.text("filename"), facts.lines("script"));
    let source = if file.is_empty() { when(lines > 0, counted(lines as f64, "line")) } else { file };
    vec![facts.text("scriptLanguage"), source]
}

fn web_socket(facts: &Facts<'_>) -> String {
    let is_secure = facts.flag("TLS");
    let (server, port, path) = (facts.text("server"), facts.text("port"), facts.text("path"));
    let (protocol, usual) = if is_secure { ("wss", "443") } else { ("ws", "80") };
    let port = when(port != usual && !port.is_empty(), format!(":{port}"));
    let slash = if path.starts_with('/') || path.is_empty() { "" } else { "/" };
    format!("{protocol}://{server}{port}{slash}{path}")
}

fn own_connection(facts: &Facts<'_>) -> String {
    if facts.flag("createNewConnection") { web_socket(facts) } else { String::new() }
}

fn exchange(facts: &Facts<'_>) -> Vec<String> {
    vec![own_connection(facts), excerpt(&facts.text("requestData"))]
}

/// The beginning of a text.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
