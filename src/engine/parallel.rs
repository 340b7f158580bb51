//! The children of a Parallel Controller, all at the same time.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt};

use super::sample::{Heard, Surroundings};
use super::thread;
use crate::elements::Branches;
use crate::elements::samplers::Sampled;
use crate::model::{Fault, Label, NextAction, SampleResult, VirtualUser};

/// Runs the branches and waits for the last of them. They share the user's variables; each has its own place in the tree
/// and its own previous result. Gives a result if theirs are to become parts of it.
pub(super) fn sample<'a>(
    surroundings: &'a Surroundings,
    name: &'a Label,
    branches: &'a Branches,
    vu: &'a mut VirtualUser,
) -> Pin<Box<dyn Future<Output = Sampled> + Send + 'a>> {
    // Boxed, because a branch may hold a Parallel Controller as well.
    Box::pin(async move {
        let label = name.get(vu)?;
        let mut result = SampleResult::starting(label.clone(), vu.now());
        result.thread_name = vu.thread_name.clone();
        let thread_name: Arc<str> =
            if branches.kind.makes_parts { vu.thread_name.clone() } else { format!("parallel {label}").into() };
        let parts = branches.kind.makes_parts.then(Arc::default);
        let heard = Heard::default();
        let inner = Arc::new(Surroundings {
            parts: parts.clone().or_else(|| surroundings.parts.clone()),
            heard: Some(heard.clone()),
            ..surroundings.clone()
        });
        let lives: Vec<_> = branches
            .plans
            .iter()
            .map(|plan| {
                let branch = vu.branch(thread_name.clone());
                thread::live_branch(branch, plan.clone(), inner.clone())
            })
            .collect();
        let limit = branches.kind.limit.unwrap_or(lives.len()).max(1);
        let mut ends = stream::iter(lives).buffer_unordered(limit);
        while let Some(end) = ends.next().await {
            if end.stops {
                vu.stop_thread();
            }
            if end.next_thread_loop {
                vu.next_action = NextAction::StartNextThreadLoop;
            }
        }
        for (transaction, result) in heard.lock().drain(..) {
            surroundings.tell_transaction(&transaction, &result, vu);
        }
        let Some(parts) = parts else { return Ok(None) };
        result.sampler_data = Some(items(branches, vu)?.into());
        result.set_ok();
        result.end = vu.now();
        for part in parts.lock().drain(..) {
            result.successful &= part.successful;
            result.add_part(Arc::unwrap_or_clone(part), false);
        }
        Ok(Some(result))
    })
}

/// What ran, as the plugin writes it.
fn items(branches: &Branches, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut text = String::from("Parallel items:\n");
    for plan in &branches.plans {
        text.push_str(&plan.child_name(0, vu)?);
        text.push('\n');
    }
    Ok(text)
}
