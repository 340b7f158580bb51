//! One sample from pre-processors to listeners, and the end of transactions.
//!
//! The order of work is that of JMeter's `JMeterThread.executeSamplePackage`.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{Collector, parallel};
use crate::elements::assertions::{Assertion, Targets};
use crate::elements::controllers::{Transaction, TransactionPackage};
use crate::elements::timers::Delay;
use crate::elements::{Ear, Ears, Hooks, SamplePackage, Work};
use crate::model::{AssertionResult, Fault, Label, NextAction, OnSampleError, SampleResult, Stop, VirtualUser};
use crate::results::SampleEvent;

/// How deep the parts of a sample are judged.
const PARTS_DEPTH: u32 = 3;

/// Results, each with the transaction that is to hear of it.
pub(super) type Heard = Arc<Mutex<Vec<(Arc<Transaction>, Arc<SampleResult>)>>>;

/// What a user works with beside itself.
#[derive(Clone)]
pub(super) struct Surroundings {
    pub collector: Collector,
    pub hooks: Arc<[Arc<dyn Hooks>]>,
    /// The names of transactions that are evaluated when a user starts.
    pub transactions: Arc<[Label]>,
    /// The names of the variables that results carry (`sample_variables`).
    pub sample_variables: Arc<[Arc<str>]>,
    /// `timer.factor`.
    pub timer_factor: f64,
    /// Where results go that become parts of a Parallel Controller's; listeners do not hear of them.
    pub parts: Option<Arc<Mutex<Vec<Arc<SampleResult>>>>>,
    /// Where results of a branch go that a transaction around the Parallel Controller is to hear of.
    pub heard: Option<Heard>,
}

impl Surroundings {
    /// Takes a sample with all that belongs to it. `inside` are the transactions around it that make parts, innermost first.
    pub async fn execute(
        &self,
        package: &Arc<SamplePackage>,
        inside: &[Arc<TransactionPackage>],
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        vu.sampler_name = package.name.clone();
        vu.contents_are_read = package.contents_are_read || vu.run.results_are_read();
        vu.previous_sampler = std::mem::replace(&mut vu.sampler, package.planned.clone());
        let outcome = self.try_execute(package, inside, vu).await;
        vu.overrides.clear();
        vu.evaluate_anew();
        vu.sample_deadline = None;
        outcome
    }

    async fn try_execute(
        &self,
        package: &SamplePackage,
        inside: &[Arc<TransactionPackage>],
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        for pre_processor in &package.pre_processors {
            if let Some(waiting) = pre_processor.wait(vu) {
                waiting.await?;
            } else {
                pre_processor.process(vu)?;
            }
        }
        if !package.timers.is_empty() {
            vu.begin();
            self.delay(package, vu).await?;
        }
        if !vu.is_running() {
            return Ok(());
        }
        vu.begin();
        self.hooks.iter().for_each(|hook| hook.sample_starting(vu));
        let sampled = match &package.work {
            Work::Sampler(sampler) => sampler.sample(vu).await?,
            Work::Parallel(branches) => parallel::sample(self, &package.name, branches, vu).await?,
        };
        let intended_start = vu.intended_start.take();
        let Some(mut result) = sampled else { return Ok(()) };
        vu.sample_deadline = None;
        if result.ignored {
            vu.set_last_sample_ok(result.successful);
            apply_flow(&result, vu);
            return Ok(());
        }
        result.fill_thread(&vu.thread_name, vu.active_threads());
        result.intended_start = intended_start;
        vu.previous = Some(Arc::new(result));
        for post_processor in &package.post_processors {
            post_processor.process(vu)?;
        }
        let Some(mut result) = vu.previous.take() else { return Ok(()) };
        let judged = self.judge_and_report(package, inside, &mut result, vu);
        vu.previous = Some(result.clone());
        judged?;
        apply_flow(&result, vu);
        Ok(())
    }

    fn judge_and_report(
        &self,
        package: &SamplePackage,
        inside: &[Arc<TransactionPackage>],
        result: &mut Arc<SampleResult>,
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        judge(&package.assertions, result, vu)?;
        if result.ignored {
            return Ok(());
        }
        self.report(&package.listeners, false, result, vu)?;
        if let Some(around) = inside.first() {
            add_part(&around.transaction, result, vu);
        }
        Ok(())
    }

    /// Waits as long as the timers in scope ask for, all together.
    async fn delay(&self, package: &SamplePackage, vu: &mut VirtualUser) -> Result<(), Fault> {
        let (mut total, arrival) = (0_i64, vu.intended_start);
        for timer in &package.timers {
            let delay = match timer.delay(vu)? {
                Delay::Millis(millis) => millis,
                Delay::Until(done) => {
                    vu.intended_start = done.await?.or(vu.intended_start);
                    0
                }
            };
            let stretched = timer.is_modifiable() && (self.timer_factor - 1.0).abs() > f64::EPSILON;
            let delay = if stretched { (delay as f64 * self.timer_factor).round() as i64 } else { delay };
            total = total.saturating_add(delay);
        }
        if total <= 0 {
            return Ok(());
        }
        // Who arrives is meant to wait; a timer that paces knows the time itself.
        if let Some(arrival) = arrival.filter(|arrival| vu.intended_start == Some(*arrival)) {
            vu.intended_start = Some(arrival.saturating_add(total));
        }
        if vu.end.is_some_and(|end| vu.now().saturating_add(total) > end) {
            // The schedule ends before the timers do: neither the wait nor the sample takes place.
            vu.stop_thread();
            return Ok(());
        }
        let _ = vu.sleep(total as u64).await;
        Ok(())
    }

    /// Tells listeners of a result. What becomes a part of a Parallel Controller's own sample they do not hear of, nor of the
    /// sums of transactions inside of it.
    fn report(
        &self,
        ears: &Ears,
        is_transaction: bool,
        result: &mut Arc<SampleResult>,
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        if let Some(parts) = &self.parts {
            if !is_transaction {
                parts.lock().push(result.clone());
            }
            return Ok(());
        }
        let mut outcome = Ok(());
        if ears.calls {
            outcome = self.report_in_turn(ears, is_transaction, result, vu);
        } else {
            let lean = !ears.reads_contents && !ears.sinks.is_empty() && result.sub_results.is_empty();
            let heard = if lean { Arc::new(result.without_contents()) } else { result.clone() };
            self.send(&ears.sinks, is_transaction, heard, vu);
        }
        if !is_transaction {
            for ear in &ears.all {
                if let Ear::Transaction(transaction) = ear {
                    self.tell_transaction(transaction, result, vu);
                }
            }
        }
        outcome
    }

    /// Tells a transaction that sums up; one around a Parallel Controller hears of it when all branches have ended.
    pub fn tell_transaction(&self, transaction: &Arc<Transaction>, result: &Arc<SampleResult>, vu: &mut VirtualUser) {
        let open = vu.local(&transaction.state);
        match &self.heard {
            Some(heard) if open.result.is_none() => heard.lock().push((transaction.clone(), result.clone())),
            _ => open.hear(result, transaction.includes_timers),
        }
    }

    /// Tells listeners one after the other: what one changes the next one sees.
    fn report_in_turn(
        &self,
        ears: &Ears,
        is_transaction: bool,
        result: &mut Arc<SampleResult>,
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        for ear in &ears.all {
            match ear {
                Ear::Sink(sink) => self.send(&Arc::from([*sink]), is_transaction, result.clone(), vu),
                Ear::Listener(listener) => listener.sample_occurred(Arc::make_mut(result), vu)?,
                Ear::Transaction(_) => {}
            }
        }
        Ok(())
    }

    fn send(&self, sinks: &Arc<[u32]>, is_transaction: bool, result: Arc<SampleResult>, vu: &VirtualUser) {
        let values = self.sample_variables.iter().map(|name| vu.variables.text(name));
        // Nothing collected would still be allocated.
        let variables = if self.sample_variables.is_empty() { Arc::default() } else { values.collect() };
        self.collector.send(SampleEvent { result, variables, is_transaction }, sinks);
    }

    /// Tells listeners of the sums of transactions that have ended. Who hears of them are the listeners of the last sample.
    pub fn report_finished(&self, package: Option<&Arc<SamplePackage>>, vu: &mut VirtualUser) -> Result<(), Fault> {
        for finished in std::mem::take(&mut vu.finished_transactions) {
            let Some(package) = package else { continue };
            self.report(&package.listeners_in_scope, true, &mut Arc::new(finished), vu)?;
        }
        Ok(())
    }

    /// Ends the innermost of these transactions: its sample becomes a part of the one around it, or is told to listeners.
    /// One that has not come to its end is told in the middle, and again at its end; files take its result once only.
    pub fn end_transaction(&self, inside: &[Arc<TransactionPackage>], vu: &mut VirtualUser) -> Result<(), Fault> {
        let Some((package, around)) = inside.split_first() else { return Ok(()) };
        let Some((mut result, told)) = vu.local(&package.transaction.state).tell() else { return Ok(()) };
        result.fill_thread_itself(&vu.thread_name, vu.active_threads());
        let mut result = Arc::new(result);
        judge(&package.assertions, &mut result, vu)?;
        match around.first() {
            Some(around) => add_part(&around.transaction, &result, vu),
            None if told => self.report(&package.listeners.without_sinks(), false, &mut result, vu)?,
            None => self.report(&package.listeners, false, &mut result, vu)?,
        }
        vu.local(&package.transaction.state).go_on(&result);
        Ok(())
    }

    /// Ends all transactions that make parts, from the innermost outwards, because the user ends in the middle of them.
    pub fn end_all(&self, inside: &[Arc<TransactionPackage>], vu: &mut VirtualUser) -> Result<(), Fault> {
        (0..inside.len()).try_for_each(|depth| self.end_transaction(&inside[depth..], vu))
    }
}

/// Lets assertions judge a result.
fn judge(assertions: &[Arc<dyn Assertion>], result: &mut Arc<SampleResult>, vu: &mut VirtualUser) -> Result<(), Fault> {
    if !assertions.is_empty() {
        let result = Arc::make_mut(result);
        for assertion in assertions {
            let targets = assertion.targets();
            if matches!(targets, Targets::Main | Targets::All) {
                judge_one(assertion, result, vu)?;
            }
            if matches!(targets, Targets::Parts | Targets::All) {
                judge_parts(assertion, result, vu, PARTS_DEPTH)?;
            }
        }
    }
    vu.set_last_sample_ok(result.successful);
    Ok(())
}

/// Nothing survives one of Java's errors.
fn judge_one(assertion: &Arc<dyn Assertion>, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
    let judgement = match assertion.check(result, vu) {
        Ok(judgement) => judgement,
        Err(fault @ Fault::Error(_)) => return Err(fault),
        Err(fault) => {
            log::error!(target: "o.a.j.t.JMeterThread", "Exception processing Assertion. {fault}");
            AssertionResult::error("Assertion failed! See log file.", fault.to_string())
        }
    };
    result.successful &= !(judgement.failure || judgement.error);
    result.assertions.push(judgement);
    Ok(())
}

fn judge_parts(
    assertion: &Arc<dyn Assertion>,
    result: &mut SampleResult,
    vu: &mut VirtualUser,
    depth: u32,
) -> Result<(), Fault> {
    let mut failed = false;
    for part in &mut result.sub_results {
        judge_one(assertion, part, vu)?;
        if depth > 0 {
            judge_parts(assertion, part, vu, depth - 1)?;
        }
        failed |= !part.successful;
    }
    if failed && result.successful {
        let name = assertion.name(vu);
        result.assertions.push(AssertionResult::failed(name, "One or more sub-samples failed"));
        result.successful = false;
    }
    Ok(())
}

/// A sample is over: the transaction around it makes a part of it.
fn add_part(transaction: &Transaction, part: &SampleResult, vu: &mut VirtualUser) {
    vu.local(&transaction.state).add_part(part.clone());
}

/// What a result says about where its user goes, and what its failing does in this group.
fn apply_flow(result: &SampleResult, vu: &mut VirtualUser) {
    let on_error = if result.successful { OnSampleError::Continue } else { vu.on_sample_error };
    if result.stop_thread || on_error == OnSampleError::StopThread {
        vu.stop_thread();
    }
    if result.stop_test || on_error == OnSampleError::StopTest {
        vu.stop_test(Stop::Graceful);
    }
    if result.stop_test_now || on_error == OnSampleError::StopTestNow {
        vu.stop_test(Stop::Now);
    }
    if result.next_action != NextAction::Continue {
        vu.next_action = result.next_action;
    }
}
