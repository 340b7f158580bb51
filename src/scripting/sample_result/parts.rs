//! The parts of a result, and what assertions said.

use std::sync::Arc;

use super::object::{Results, alter, change, look, of_place, result_of};
use crate::script::call::Call;
use crate::script::class::{ClassRef, Row, row};
use crate::script::collection::Array;
use crate::script::{Outcome, Thrown, Value, ok};
use crate::scripting::assertion_result;
use crate::scripting::variables::user;

pub(super) const METHODS: &[Row] = &[
    row("getSubResults", "", |c| {
        let place = c.this_as::<Results>()?.place();
        let count = look(c.this, |result| result.sub_results.len())?;
        let parts = (0..count).map(|number| of_place(place.part(number))).collect();
        ok(Value::Array(Arc::new(Array::of(ClassRef::Java(&super::CLASS), parts))))
    }),
    row("removeSubResults", "", |c| change(c, |result| result.sub_results.clear())),
    row("addSubResult", "SampleResult", |c| add(c, true)),
    row("addSubResult", "SampleResult, boolean", |c| add(c, true)),
    row("addRawSubResult", "SampleResult", |c| add(c, false)),
    row("storeSubResult", "SampleResult", |c| add(c, false)),
    row("storeSubResult", "SampleResult, boolean", |c| add(c, false)),
    row("getParent", "", |c| {
        let parent = c.this_as::<Results>()?.place().parent();
        ok(parent.map(of_place))
    }),
    row("setParent", "SampleResult", |_| Ok(Value::Null)),
    row("getAssertionResults", "", |c| {
        let all = look(c.this, |result| result.assertions.clone())?;
        let objects = all.into_iter().map(assertion_result::object).collect();
        ok(Value::Array(Arc::new(Array::of(ClassRef::Java(&assertion_result::CLASS), objects))))
    }),
    row("addAssertionResult", "AssertionResult", |c| {
        let judgement =
            assertion_result::judgement(c.arg(0)).ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))?;
        change(c, |result| result.assertions.push(judgement))
    }),
    row("removeAssertionResults", "", |c| change(c, |result| result.assertions.clear())),
    row("getFirstAssertionFailureMessage", "", |c| {
        let bad = look(c.this, |result| {
            let bad = result.assertions.iter().find(|judgement| judgement.failure || judgement.error);
            bad.and_then(|judgement| judgement.message.clone())
        })?;
        ok(bad)
    }),
];

/// Adds a part; `counted` says that the result grows by it.
fn add(c: &mut Call<'_, '_>, counted: bool) -> Outcome {
    let Some(part) = result_of(c.arg(0)) else { return Ok(Value::Null) };
    let user = user(c.machine);
    let renames = !user.run.properties.flag("subresults.disable_renaming", false);
    let name = user.thread_name.clone();
    let rename = if c.count() > 1 { c.bool(1) } else { renames };
    let number = alter(c.this, |result| {
        if counted {
            if result.thread_name.is_empty() {
                result.thread_name = name;
            }
            result.add_part(part, rename);
        } else {
            result.store_part(part, rename);
        }
        result.sub_results.len() - 1
    })?;
    let place = c.this_as::<Results>()?.place().part(number);
    if let Some(object) = c.arg(0).downcast::<Results>() {
        object.moved(place);
    }
    Ok(Value::Null)
}
