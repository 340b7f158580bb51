//! Transaction Controller: sums its samples up in one of its own.
//!
//! In one mode the samples are recorded as they end and the sum after them; in the other (`parent`) they become parts of one
//! sample. The counts in the message are JMeter's, with its habit of counting one too many for each sub-controller that
//! ends before a further sampler (`TransactionController.nextWithoutTransactionSampler`).

use std::sync::Arc;

use super::{Action, Advance, Controller, Cursor, Place, Step, TransactionKind, generic_advance};
use crate::elements::assertions::Assertion;
use crate::elements::{Ears, Element, ElementType};
use crate::model::{Fault, Label, Local, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("TransactionController", "Transaction Controller", |fields| {
    Element::controller(TransactionController {
        makes_parts: fields.flag("TransactionController.parent", false),
        includes_timers: fields.flag("TransactionController.includeTimers", true),
    })
});

struct TransactionController {
    makes_parts: bool,
    includes_timers: bool,
}

impl Controller for TransactionController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        let package = place.plan.transaction.clone().expect("compiling gives a transaction its package");
        if self.makes_parts {
            Box::new(PartsCursor { place, package, ended: false, inner: None })
        } else {
            Box::new(SumCursor { place, package, rounds: 0 })
        }
    }

    fn transaction(&self) -> Option<TransactionKind> {
        Some(TransactionKind { makes_parts: self.makes_parts, includes_timers: self.includes_timers })
    }
}

/// A Transaction Controller of the plan.
pub struct Transaction {
    /// Its name.
    pub name: Label,
    /// `TransactionController.parent`: its samples become parts of its own.
    pub makes_parts: bool,
    /// `TransactionController.includeTimers`: idle time counts.
    pub includes_timers: bool,
    /// Each user's transaction.
    pub state: Local<OpenTransaction>,
}

/// A Transaction Controller with what is in its scope.
pub struct TransactionPackage {
    /// The controller.
    pub transaction: Arc<Transaction>,
    /// Innermost first, unlike a sampler's.
    pub assertions: Vec<Arc<dyn Assertion>>,
    /// Who hears of it, if it makes parts of its samples.
    pub listeners: Ears,
}

/// A transaction that a user is in.
#[derive(Default)]
pub struct OpenTransaction {
    /// What it amounts to so far; `None` while the user is not in it.
    pub result: Option<SampleResult>,
    /// Samples so far, as JMeter counts them.
    calls: u32,
    /// Failed ones among them.
    failing: u32,
    /// The sum of their times.
    total_time: i64,
    /// The sum of their connect times.
    total_connect: i64,
    /// Time between them that does not count.
    pause: i64,
    /// When the last one ended.
    previous_end: i64,
    /// A transaction of parts that has come to its end.
    finished: bool,
    /// Its result was told already, in the middle: a loop inside was broken or continued.
    told: bool,
}

impl OpenTransaction {
    fn begin(label: Arc<str>, now: i64) -> Self {
        Self { result: Some(SampleResult::starting(label, now)), previous_end: now, ..Self::default() }
    }

    /// A sample is over that stays one of its own: the sum counts it.
    pub fn hear(&mut self, sample: &SampleResult, includes_timers: bool) {
        let Some(sum) = &mut self.result else { return };
        sum.thread_name = sample.thread_name.clone();
        sum.bytes = u64::try_from(sum.received() + sample.received()).unwrap_or(0);
        sum.sent_bytes += sample.sent_bytes;
        if !includes_timers {
            self.pause += sample.end - sample.elapsed() - self.previous_end;
            self.previous_end = sample.end;
        }
        if !sample.successful {
            sum.successful = false;
            self.failing += 1;
        }
        (sum.group_threads, sum.all_threads) = (sample.group_threads, sample.all_threads);
        sum.latency += sample.latency;
        sum.connect += sample.connect;
    }

    /// A sample is over that becomes a part.
    pub fn add_part(&mut self, part: SampleResult) {
        let Some(result) = &mut self.result else { return };
        self.calls += 1;
        if self.failing == 0 {
            result.response_code.clone_from(&part.response_code);
        }
        if !part.successful {
            result.successful = false;
            self.failing += 1;
        }
        self.total_time += part.elapsed();
        self.total_connect += part.connect;
        result.add_part(part, false);
    }

    /// The result to judge and to tell, and whether it was told before. What has not come to its end goes on after it.
    pub fn tell(&mut self) -> Option<(SampleResult, bool)> {
        let told = std::mem::replace(&mut self.told, true);
        let result = if self.finished { std::mem::take(self).result } else { self.result.clone() };
        Some((result?, told))
    }

    /// Goes on with the result that was told in the middle, as assertions and listeners left it.
    pub fn go_on(&mut self, told: &SampleResult) {
        if self.result.is_some() {
            self.result = Some(told.clone());
        }
    }

    fn message(&self) -> String {
        format!("Number of samples in transaction : {}, number of failing samples : {}", self.calls, self.failing)
    }

    /// The end of a transaction of parts (`TransactionSampler.setTransactionDone`).
    fn finish_parts(&mut self, includes_timers: bool, now: i64) {
        self.finished = true;
        let message = self.message();
        let Some(result) = &mut self.result else { return };
        result.response_message = message.into();
        if result.successful {
            result.response_code = "200".into();
        }
        if !includes_timers {
            result.idle = now - result.start - self.total_time;
            result.end = now;
        }
        result.connect = self.total_connect;
    }

    /// The end of a transaction that sums up.
    fn finish_sum(&mut self, now: i64) -> Option<SampleResult> {
        let mut result = self.result.take()?;
        result.idle += self.pause;
        result.end = now;
        result.response_message = self.message().into();
        Some(result)
    }
}

/// The place in a transaction whose samples become parts: every step is one inside of it, and its end is a step as well.
struct PartsCursor {
    place: Place,
    package: Arc<TransactionPackage>,
    /// Its end was handed out.
    ended: bool,
    /// The transaction of parts that the last step was in, next to this one.
    inner: Option<Arc<TransactionPackage>>,
}

impl PartsCursor {
    fn finish(&mut self, vu: &mut VirtualUser) {
        let now = vu.now();
        let transaction = &self.package.transaction;
        vu.local(&transaction.state).finish_parts(transaction.includes_timers, now);
    }
}

impl Cursor for PartsCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if std::mem::take(&mut self.ended) {
            return Ok(Advance::Ended);
        }
        if self.place.first {
            let transaction = self.package.transaction.clone();
            let mut open = OpenTransaction::begin(transaction.name.get(vu)?, vu.now());
            if let Some(result) = &mut open.result {
                result.thread_name = vu.thread_name.clone();
            }
            vu.put_local(&transaction.state, open);
        }
        Ok(match generic_advance(self, vu)? {
            Advance::Step(mut step) => {
                if !matches!(step.action, Action::Wait(_)) {
                    self.inner = step.inside.last().cloned();
                    step.inside.push(self.package.clone());
                }
                Advance::Step(step)
            }
            Advance::Ended => {
                self.finish(vu);
                self.ended = true;
                self.inner = None;
                let mut step = Step::from(Action::EndTransaction);
                step.inside.push(self.package.clone());
                Advance::Step(step)
            }
            Advance::Again => Advance::Again,
        })
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if let Some(inner) = self.inner.take()
            && let Some(part) = vu.take_local(&inner.transaction.state).result
        {
            vu.local(&self.package.transaction.state).add_part(part);
        }
        self.finish(vu);
        self.ended = false;
        self.rewind(vu);
        Ok(())
    }

    fn abandon(&mut self, _directly: bool, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        Ok(())
    }
}

/// The place in a transaction that sums up.
struct SumCursor {
    place: Place,
    package: Arc<TransactionPackage>,
    /// Rounds without a step since the last one: JMeter counts each.
    rounds: u32,
}

impl Cursor for SumCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        let transaction = self.package.transaction.clone();
        if self.place.first {
            let open = OpenTransaction::begin(transaction.name.get(vu)?, vu.now());
            vu.put_local(&transaction.state, open);
            self.rounds = 0;
        }
        let at_end = self.place.current == self.place.order.len();
        let advance = generic_advance(self, vu)?;
        match &advance {
            Advance::Again => self.rounds += 1,
            Advance::Step(step) if matches!(step.action, Action::Wait(_)) => {}
            Advance::Ended if at_end => {
                let now = vu.now();
                let open = vu.local(&transaction.state);
                if !transaction.includes_timers {
                    open.pause += now - open.previous_end;
                }
                if let Some(mut result) = open.finish_sum(now) {
                    if result.successful {
                        result.response_code = "200".into();
                    }
                    vu.finished_transactions.push(result);
                }
            }
            Advance::Step(_) | Advance::Ended => {
                vu.local(&transaction.state).calls += 1 + std::mem::take(&mut self.rounds);
            }
        }
        Ok(advance)
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let now = vu.now();
        if let Some(mut result) = vu.local(&self.package.transaction.state).finish_sum(now) {
            result.successful = vu.last_sample_ok();
            vu.finished_transactions.push(result);
        }
        self.rewind(vu);
        Ok(())
    }

    fn abandon(&mut self, _directly: bool, vu: &mut VirtualUser) -> Result<(), Fault> {
        vu.local(&self.package.transaction.state).result = None;
        self.cut(vu)
    }
}
