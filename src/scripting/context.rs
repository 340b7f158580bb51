//! `ctx`: the user that a script works for (`JMeterContext`), and the service that hands it out.

use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use super::current::{self, Current};
use super::variables::user;
use super::{engine, properties, sampler, test_logical_action, thread, thread_group, variables};
use crate::model::NextAction;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::java::map::CONCURRENT_HASH_MAP;
use crate::script::{HostObject, Outcome, Value, ok};

/// `org.apache.jmeter.threads.JMeterContext`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.threads.JMeterContext").methods(METHODS));
/// `org.apache.jmeter.threads.JMeterContextService`.
pub static SERVICE: Static =
    Static::new(|| Class::new("org.apache.jmeter.threads.JMeterContextService").statics(SERVICE_METHODS));

static CONTEXT: LazyLock<Value> = LazyLock::new(|| Value::object(Context));

/// The object `ctx`.
#[must_use]
pub fn context() -> Value {
    CONTEXT.clone()
}

struct Context;

impl HostObject for Context {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const METHODS: &[Row] = &[
    row("getVariables", "", |_| Ok(variables())),
    row("getProperties", "", |_| Ok(properties())),
    row("getPreviousResult", "", |c| Ok(current::previous(user(c.machine)))),
    row("getCurrentSampler", "", |c| Ok(sampler::current(user(c.machine)))),
    row("getPreviousSampler", "", |c| Ok(sampler::previous(user(c.machine)))),
    row("getThread", "", |_| Ok(thread::thread())),
    row("getThreadGroup", "", |_| Ok(thread_group::thread_group())),
    row("getThreadNum", "", |c| ok(user(c.machine).thread_number as i32)),
    row("getEngine", "", |_| Ok(engine::engine())),
    row("isSamplingStarted", "", |_| ok(true)),
    row("isRecording", "", |_| ok(false)),
    row("isStartNextThreadLoop", "", starts_next_thread_loop),
    row("setStartNextThreadLoop", "boolean", start_next_thread_loop),
    // What the two were called before JMeter 5.
    row("isRestartNextLoop", "", starts_next_thread_loop),
    row("setRestartNextLoop", "boolean", start_next_thread_loop),
    row("getTestLogicalAction", "", |c| ok(test_logical_action::value(user(c.machine).next_action))),
    row("setTestLogicalAction", "TestLogicalAction", |c| {
        user(c.machine).next_action = test_logical_action::action(c.arg(0));
        Ok(Value::Null)
    }),
    row("getSamplerContext", "", |c| {
        if let Some(map) = &user(c.machine).own::<Current>().sampler_context {
            return Ok(map.clone());
        }
        let map = c.machine.construct(&ClassRef::Java(&CONCURRENT_HASH_MAP), &[])?;
        user(c.machine).own::<Current>().sampler_context = Some(map.clone());
        Ok(map)
    }),
];

fn starts_next_thread_loop(c: &mut Call<'_, '_>) -> Outcome {
    ok(user(c.machine).next_action == NextAction::StartNextThreadLoop)
}

fn start_next_thread_loop(c: &mut Call<'_, '_>) -> Outcome {
    let starts = c.bool(0);
    user(c.machine).next_action = if starts { NextAction::StartNextThreadLoop } else { NextAction::Continue };
    Ok(Value::Null)
}

const SERVICE_METHODS: &[Row] = &[
    row("getContext", "", |_| Ok(context())),
    row("getNumberOfThreads", "", |c| ok(user(c.machine).run.active.load(Ordering::Relaxed) as i32)),
    row("getTotalThreads", "", |c| {
        let groups = user(c.machine).run.groups();
        ok(groups.iter().map(|group| group.users).sum::<u32>() as i32)
    }),
    row("getTestStartTime", "", |c| {
        let run = user(c.machine).run.clone();
        ok(run.clock.at(run.test_start()))
    }),
];
