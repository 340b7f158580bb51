//! What it costs a user to find its next sampler: through three nested controllers, with a timer in scope.
//!
//! `cargo bench --bench controllers`. Each iteration takes 1000 samples, so a time of 1 ms is 1 µs for a sample; the sample itself is not taken.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use divan::counter::ItemsCount;
use loadline::elements::controllers::{Action, Cursor};
use loadline::elements::timers::Delay;
use loadline::engine::{self, Policy};
use loadline::functions::FUNCTIONS;
use loadline::jmx;
use loadline::model::{FunctionTable, GroupRun, OnSampleError, Properties, Run, Variables, VirtualUser};
use loadline::results::Consumers;

/// Samples of an iteration.
const SAMPLES: u64 = 1000;

const LOOP: &str = r#"<LoopController guiclass="g" testname="loop"><stringProp name="LoopController.loops">1000</stringProp><boolProp name="LoopController.continue_forever">true</boolProp></LoopController>"#;
const SIMPLE: &str = r#"<GenericController guiclass="g" testname="simple"/>"#;
const TRANSACTION: &str = r#"<TransactionController guiclass="g" testname="transaction"/>"#;
const INTERLEAVE: &str = r#"<InterleaveControl guiclass="g" testname="interleave"/>"#;
const IF: &str = r#"<IfController guiclass="g" testname="if"><stringProp name="IfController.condition">${yes}</stringProp><boolProp name="IfController.useExpression">true</boolProp></IfController>"#;
const CONSTANT_TIMER: &str = r#"<ConstantTimer guiclass="g" testname="timer"><stringProp name="ConstantTimer.delay">300</stringProp></ConstantTimer>"#;
const RANDOM_TIMER: &str = r#"<GaussianRandomTimer guiclass="g" testname="timer"><stringProp name="ConstantTimer.delay">${pause}</stringProp><stringProp name="RandomTimer.range">100</stringProp></GaussianRandomTimer>"#;

fn main() {
    divan::main();
}

#[divan::bench]
fn loop_simple_simple_constant_timer(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, [LOOP, SIMPLE, SIMPLE], CONSTANT_TIMER);
}

#[divan::bench]
fn loop_transaction_simple_constant_timer(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, [LOOP, TRANSACTION, SIMPLE], CONSTANT_TIMER);
}

#[divan::bench]
fn loop_interleave_if_random_timer(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, [LOOP, INTERLEAVE, IF], RANDOM_TIMER);
}

/// Samples of a group with these controllers, one in the other, and a sampler with a timer inside.
fn measure(bencher: divan::Bencher<'_, '_>, controllers: [&str; 3], timer: &str) {
    let (mut cursor, mut vu) = start(controllers, timer);
    bencher.counter(ItemsCount::new(SAMPLES)).bench_local(|| {
        (0..SAMPLES).for_each(|_| step_to_sample(&mut *cursor, &mut vu));
    });
}

/// Steps to the next sampler, and asks its timers. The group's loop has no end.
fn step_to_sample(cursor: &mut dyn Cursor, vu: &mut VirtualUser) {
    loop {
        let step = cursor.next(vu).unwrap().expect("the loop goes on");
        vu.finished_transactions.clear();
        let Action::Sample(package) = step.action else { continue };
        for timer in &package.timers {
            match timer.delay(vu).unwrap() {
                Delay::Millis(millis) => drop(divan::black_box(millis)),
                Delay::Until(_) => unreachable!("these timers know their delay at once"),
            }
        }
        return;
    }
}

fn start([outer, middle, inner]: [&str; 3], timer: &str) -> (Box<dyn Cursor>, VirtualUser) {
    let text = format!(
        r#"<jmeterTestPlan version="1.2"><hashTree><TestPlan guiclass="g" testname="plan"/><hashTree>
        <ThreadGroup guiclass="g" testname="users"><elementProp name="ThreadGroup.main_controller" elementType="LoopController"><intProp name="LoopController.loops">-1</intProp></elementProp></ThreadGroup>
        <hashTree>{outer}<hashTree>{middle}<hashTree>{inner}<hashTree>
        <TestAction guiclass="g" testname="sampler"/><hashTree>{timer}<hashTree/></hashTree>
        </hashTree></hashTree></hashTree></hashTree></hashTree></hashTree></jmeterTestPlan>"#
    );
    let plan = jmx::read(text.as_bytes(), "plan.jmx".into()).unwrap();
    let (properties, system) = (Properties::default(), Properties::default());
    let run = Arc::new(Run::new("plan.jmx".into(), properties, system, FunctionTable::of(FUNCTIONS), Some(1)));
    let loaded = engine::prepare(&plan, &run, Policy::Fail).plan.unwrap();
    let mut consumers = Consumers::new(run.clone(), Box::new(io::sink()), false).unwrap();
    let compiled = engine::compile(&loaded, &mut consumers, |_| Ok::<_, Infallible>(Vec::new())).unwrap();
    let group = GroupRun::new("users".into(), 1, 1, OnSampleError::Continue, true);
    let mut vu = VirtualUser::new(run, Arc::new(group), 0, "users 1-1".into(), Variables::default());
    vu.variables.put("yes", "true");
    vu.variables.put("pause", "300");
    let mut cursor = compiled.groups[0].controller.cursor();
    cursor.initialize(&mut vu).unwrap();
    (cursor, vu)
}
