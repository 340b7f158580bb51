//! Test plans.

use std::sync::Arc;

use loadline::engine::{self, Policy};
use loadline::functions::FUNCTIONS;
use loadline::jmx;
use loadline::model::{FunctionTable, Properties, Run};

pub(crate) const SEEDS: &[&[u8]] = &[
    include_bytes!("../../../plans/demo.jmx"),
    include_bytes!("../../../plans/thread_groups/open_model_thread_group.jmx"),
    include_bytes!("../../../plans/thread_groups/ultimate_thread_group.jmx"),
    br#"<?xml version="1.0"?><jmeterTestPlan><hashTree/></jmeterTestPlan>"#,
];

/// A plan that can be read can be written, and reads the same again; and whatever it says, loading it is safe.
pub(crate) fn read(data: &[u8]) {
    let Ok(plan) = jmx::read(data, "fuzz.jmx".into()) else { return };
    let text = jmx::write(&plan);
    match jmx::read(text.as_bytes(), "again.jmx".into()) {
        Ok(again) => assert_eq!(text, jmx::write(&again)),
        Err(error) => panic!("what was written cannot be read: {error}\n{text}"),
    }
    let functions = FunctionTable::of(FUNCTIONS);
    let run = Run::new("fuzz.jmx".into(), Properties::default(), Properties::default(), functions, Some(1));
    let _ = engine::prepare(&plan, &Arc::new(run), Policy::Fail);
}
