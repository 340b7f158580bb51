//! What the script that runs now works on, for those who ask through `ctx`.

use super::sample_result::{holding, shared};
use crate::model::VirtualUser;
use crate::script::Value;

/// The objects of a user that scripts share.
#[derive(Default)]
pub struct Current {
    /// `prev`; `Null` before the first sample.
    previous: Value,
    /// Whether a script is at work, so that `previous` is up to date.
    is_running: bool,
    /// `ctx.getSamplerContext()`, kept until the user ends.
    pub(super) sampler_context: Option<Value>,
}

/// Lets a script work on the previous result: it is in an object meanwhile, and goes back to the user afterwards.
pub fn with_previous<T>(vu: &mut VirtualUser, work: impl FnOnce(&mut VirtualUser, &Value) -> T) -> T {
    if vu.own::<Current>().is_running {
        let previous = vu.own::<Current>().previous.clone();
        return work(vu, &previous);
    }
    let previous = vu.previous.take().map_or(Value::Null, holding);
    let done = with_object(vu, previous.clone(), |vu| work(vu, &previous));
    vu.previous = shared(&previous);
    done
}

/// Lets a script work that judges or hears of a result, which is in an object already. The result is `prev` as well, unless it
/// is that of a transaction: then `prev` stays the last sample.
pub fn with_result<T>(vu: &mut VirtualUser, result: &Value, work: impl FnOnce(&mut VirtualUser, &Value) -> T) -> T {
    let sample = vu.previous.take().map(holding);
    let previous = sample.as_ref().unwrap_or(result);
    let done = with_object(vu, previous.clone(), |vu| work(vu, previous));
    vu.previous = sample.as_ref().and_then(shared);
    done
}

/// Lets a script work on a result that is already in an object.
fn with_object<T>(vu: &mut VirtualUser, previous: Value, work: impl FnOnce(&mut VirtualUser) -> T) -> T {
    let current = vu.own::<Current>();
    let outer = std::mem::replace(&mut current.previous, previous);
    let was_running = std::mem::replace(&mut current.is_running, true);
    let done = work(vu);
    let current = vu.own::<Current>();
    current.previous = outer;
    current.is_running = was_running;
    done
}

/// `prev` for whoever asks while a script runs.
pub(super) fn previous(vu: &mut VirtualUser) -> Value {
    vu.own::<Current>().previous.clone()
}
