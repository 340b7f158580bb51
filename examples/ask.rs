//! throw-away harness
#![allow(warnings)]
use loadline::script::class::*;
use loadline::script::*;
use std::any::Any;
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Duration;
struct H {
    vars: std::collections::BTreeMap<String, Value>,
    out: String,
}
impl Host for H {
    fn state(&mut self) -> &mut dyn Any {
        self
    }
    fn now(&mut self) -> i64 {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64
    }
    fn nanos(&mut self) -> i64 {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as i64
    }
    fn sleep(&mut self, t: Duration) -> bool {
        std::thread::sleep(t);
        true
    }
    fn print(&mut self, t: &str) {
        self.out.push_str(t);
    }
    fn thread_name(&mut self) -> Arc<str> {
        "users 1-1".into()
    }
}
static VARS: Static = Static::new(|| Class::new("org.apache.jmeter.threads.JMeterVariables").methods(VARS_M));
struct Vars;
impl HostObject for Vars {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&VARS)
    }
    fn get(&self, m: &mut Machine<'_>, _t: &Value, name: &str) -> Option<Outcome> {
        if name == "class" {
            return None;
        }
        let h = m.host.state().downcast_mut::<H>().unwrap();
        Some(Ok(h.vars.get(name).cloned().unwrap_or_default()))
    }
}
const VARS_M: &[Row] = &[
    row("get", "String", |c| {
        let k = c.text(0)?.to_string();
        let v = {
            let h = c.machine.host.state().downcast_mut::<H>().unwrap();
            h.vars.get(&k).cloned()
        };
        match v {
            None | Some(Value::Null) => Ok(Value::Null),
            Some(v) => Ok(Value::from(c.machine.text(&v)?)),
        }
    }),
    row("getObject", "String", |c| {
        let k = c.text(0)?.to_string();
        let h = c.machine.host.state().downcast_mut::<H>().unwrap();
        Ok(h.vars.get(&k).cloned().unwrap_or_default())
    }),
    row("put", "String, String", |c| {
        let k = c.text(0)?.to_string();
        let v = c.arg(1).clone();
        let h = c.machine.host.state().downcast_mut::<H>().unwrap();
        h.vars.insert(k, v);
        Ok(Value::Null)
    }),
    row("putObject", "String, Object", |c| {
        let k = c.text(0)?.to_string();
        let v = c.arg(1).clone();
        let h = c.machine.host.state().downcast_mut::<H>().unwrap();
        h.vars.insert(k, v);
        Ok(Value::Null)
    }),
    row("remove", "String", |c| {
        let k = c.text(0)?.to_string();
        let h = c.machine.host.state().downcast_mut::<H>().unwrap();
        Ok(h.vars.remove(&k).unwrap_or_default())
    }),
];
static LOG: Static = Static::new(|| Class::new("org.apache.logging.slf4j.Log4jLogger").methods(LOG_M));
struct Log;
impl HostObject for Log {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&LOG)
    }
}
const LOG_M: &[Row] = &[
    row("info", "String", |c| Ok(Value::Null)),
    row("info", "String, Object...", |c| Ok(Value::Null)),
    row("warn", "String, Object...", |c| Ok(Value::Null)),
    row("error", "String, Object...", |c| Ok(Value::Null)),
    row("debug", "String, Object...", |c| Ok(Value::Null)),
];
static CTX: Static = Static::new(|| Class::new("org.apache.jmeter.threads.JMeterContext").methods(CTX_M));
struct Ctx;
impl HostObject for Ctx {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CTX)
    }
}
const CTX_M: &[Row] =
    &[row("getThreadNum", "", |c| Ok(Value::Int(0))), row("getVariables", "", |c| Ok(Value::object(Vars)))];
static SAMPLER: Static =
    Static::new(|| Class::new("org.apache.jmeter.protocol.java.sampler.JavaSampler").methods(SAMPLER_M));
struct Sampler(String);
impl HostObject for Sampler {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&SAMPLER)
    }
}
const SAMPLER_M: &[Row] = &[
    row("getName", "", |c| Ok(c.this_as::<Sampler>()?.0.clone().into())),
    row("getSampleLabel", "", |c| Ok(c.this_as::<Sampler>()?.0.clone().into())),
    row("isSuccessful", "", |c| Ok(true.into())),
    row("getResponseDataAsString", "", |c| Ok(format!("[{}]", c.this_as::<Sampler>()?.0).into())),
];

fn main() {
    let lang = std::env::args().nth(1).unwrap();
    let library = Library::with(&[&VARS, &LOG, &CTX, &SAMPLER]);
    let stdin = std::io::stdin();
    let mut h = H { vars: Default::default(), out: String::new() };
    let props = Value::Map(Arc::new(loadline::script::collection::Map::of(
        &loadline::script::java::properties::PROPERTIES,
        loadline::script::collection::Order::Concurrent,
    )));
    let pm = match &props {
        Value::Map(m) => m.clone(),
        _ => panic!(),
    };
    {
        let mut m = Machine::new(&mut h, library.clone(), Dialect::Java, Limits::default());
        pm.put(&mut m, "fn.prop".into(), "P".into());
        pm.put(&mut m, "given".into(), "99".into());
    }
    for line in stdin.lock().lines() {
        let line = line.unwrap();
        if line.is_empty() {
            continue;
        }
        let q: serde_json::Value = serde_json::from_str(&line).unwrap();
        let language = match lang.as_str() {
            "jexl3" => Language::Jexl3,
            "jexl2" => Language::Jexl2,
            "jexl" => Language::LenientJexl2,
            "js" => Language::JavaScript,
            "groovy" => Language::Groovy,
            _ => panic!(),
        };
        for (k, v) in q["vars"].as_object().into_iter().flatten() {
            h.vars.insert(k.clone(), v.as_str().unwrap().into());
        }
        let bindings = Bindings::new();
        let label = q["label"].as_str().unwrap_or("x").to_string();
        let prev = q["prev"].as_str().map(|p| Value::object(Sampler(p.to_string()))).unwrap_or_default();
        for (k, v) in [
            ("log", Value::object(Log)),
            ("vars", Value::object(Vars)),
            ("props", props.clone()),
            ("ctx", Value::object(Ctx)),
            ("threadName", "users 1-1".into()),
            ("sampler", Value::object(Sampler(label.clone()))),
            ("sampleResult", prev.clone()),
            ("OUT", Value::object(loadline::script::java::writer::Writer::standard(false))),
            ("Label", label.clone().into()),
            ("FileName", "".into()),
            ("Parameters", "".into()),
        ] {
            if k == "OUT" && lang == "js" {
                continue;
            }
            bindings.set(k, v);
        }
        let text = q["expr"].as_str().unwrap();
        h.out.clear();
        let t = std::time::Instant::now();
        let r = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match compile(language, text, &library) {
            Err(e) => serde_json::json!({"error": e.text(), "compile": true, "line": e.line}),
            Ok(s) => match s.run(&bindings, &mut h, Limits::default()) {
                Err(e) => serde_json::json!({"error": e.text(), "line": e.line, "is_error": format!("{:?}", e.kind)}),
                Ok(v) => {
                    let c = v.class().simple_name();
                    match s.text(&v, &mut h) {
                        Ok(t) => serde_json::json!({"text": &*t, "class": &*c, "null": v.is_null()}),
                        Err(e) => serde_json::json!({"error": e.text()}),
                    }
                }
            },
        }));
        let mut r = match r {
            Ok(r) => r,
            Err(p) => serde_json::json!({"error": format!("PANIC {:?}", p.downcast_ref::<String>())}),
        };
        r["us"] = (t.elapsed().as_micros() as u64).into();
        r["out"] = h.out.clone().into();
        println!("{r}");
    }
}
