//! Statements.

use std::sync::Arc;

use super::super::ast::{Case, ForIn, ForLoop, Kind, Statement, Try};
use super::super::{compare, iterate, truth};
use super::Run;
use crate::script::class::ClassRef;
use crate::script::collection::Range;
use crate::script::java::throwable;
use crate::script::machine::{Outcome, Thrown};
use crate::script::value::Value;

/// Where to go after a statement.
pub enum Flow {
    /// To the next one.
    Next,
    /// Out of the function.
    Return(Value),
    /// Out of a loop.
    Break(Option<Arc<str>>),
    /// To the next turn of a loop.
    Continue(Option<Arc<str>>),
}

/// What a loop does after a turn.
enum Turn {
    On,
    Out(Flow),
}

fn after_turn(flow: Flow, label: Option<&Arc<str>>) -> Turn {
    match flow {
        Flow::Next | Flow::Continue(None) => Turn::On,
        Flow::Break(None) => Turn::Out(Flow::Next),
        Flow::Continue(Some(name)) if Some(&name) == label => Turn::On,
        Flow::Break(Some(name)) if Some(&name) == label => Turn::Out(Flow::Next),
        other => Turn::Out(other),
    }
}

impl Run<'_, '_> {
    /// Runs a statement.
    ///
    /// # Errors
    /// What it throws, with the line where that was.
    pub fn exec(&mut self, statement: &Statement) -> Outcome<Flow> {
        self.exec_kind(&statement.kind).map_err(|mut thrown| {
            if thrown.line == 0 {
                thrown.line = statement.line;
                throwable::set_line(&thrown.exception, statement.line);
            }
            thrown
        })
    }

    fn exec_kind(&mut self, kind: &Kind) -> Outcome<Flow> {
        match kind {
            Kind::Expression(expression) => {
                self.eval(expression)?;
                Ok(Flow::Next)
            }
            Kind::Return(None) => Ok(Flow::Return(Value::Null)),
            Kind::Return(Some(value)) => self.eval(value).map(Flow::Return),
            Kind::Block(body) => self.exec_block(body),
            Kind::If(parts) => {
                if self.truth(&parts.0)? {
                    return self.exec(&parts.1);
                }
                parts.2.as_ref().map_or(Ok(Flow::Next), |otherwise| self.exec(otherwise))
            }
            Kind::While(parts, label) => {
                while self.truth(&parts.0)? {
                    self.machine.step()?;
                    if let Turn::Out(flow) = after_turn(self.exec(&parts.1)?, label.as_ref()) {
                        return Ok(flow);
                    }
                }
                Ok(Flow::Next)
            }
            Kind::DoWhile(parts, label) => loop {
                self.machine.step()?;
                if let Turn::Out(flow) = after_turn(self.exec(&parts.0)?, label.as_ref()) {
                    return Ok(flow);
                }
                if !self.truth(&parts.1)? {
                    return Ok(Flow::Next);
                }
            },
            Kind::For(parts, label) => self.within(|run| run.for_loop(parts, label.as_ref())),
            Kind::ForIn(parts, label) => self.within(|run| run.for_in(parts, label.as_ref())),
            Kind::Switch(parts) => {
                let value = self.eval(&parts.0)?;
                self.switch(&value, &parts.1)
            }
            Kind::Try(parts) => self.try_statement(parts),
            Kind::Throw(value) => {
                let value = self.eval(value)?;
                if value.is_null() {
                    return Err(Thrown::bare("java.lang.NullPointerException"));
                }
                if !value.class().is_a("java.lang.Throwable") {
                    return Err(crate::script::java::object::cannot_cast(&value, "java.lang.Throwable"));
                }
                Err(Thrown::of(value))
            }
            Kind::Break(label) => Ok(Flow::Break(label.clone())),
            Kind::Continue(label) => Ok(Flow::Continue(label.clone())),
            Kind::Assert(assert) => self.assert(assert).map(|()| Flow::Next),
            Kind::Define(method) => {
                if let Some(names) = self.names() {
                    names.define(method.clone());
                }
                Ok(Flow::Next)
            }
            Kind::Empty => Ok(Flow::Next),
        }
    }

    /// Runs the statements of a block.
    fn exec_block(&mut self, body: &[Statement]) -> Outcome<Flow> {
        self.within(|run| run.exec_all(body))
    }

    pub(super) fn exec_all(&mut self, body: &[Statement]) -> Outcome<Flow> {
        for statement in body {
            match self.exec(statement)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn for_loop(&mut self, parts: &ForLoop, label: Option<&Arc<str>>) -> Outcome<Flow> {
        for init in &parts.init {
            self.eval(init)?;
        }
        loop {
            if let Some(condition) = &parts.condition
                && !self.truth(condition)?
            {
                return Ok(Flow::Next);
            }
            self.machine.step()?;
            if let Turn::Out(flow) = after_turn(self.exec(&parts.body)?, label) {
                return Ok(flow);
            }
            for update in &parts.update {
                self.eval(update)?;
            }
        }
    }

    fn for_in(&mut self, parts: &ForIn, label: Option<&Arc<str>>) -> Outcome<Flow> {
        let items = self.eval(&parts.items)?;
        // One variable for all turns: closures that keep it see its last value.
        self.declare(parts.slot, Value::Null);
        if let Value::Range(range) = &items {
            return self.for_range(parts, range, label);
        }
        let guard = iterate::Guard::of(&items);
        for (at, item) in iterate::items(self.machine, &items)?.into_iter().enumerate() {
            if !guard.may_go_on(at)? {
                break;
            }
            if let Turn::Out(flow) = self.turn(parts, item, label)? {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn for_range(&mut self, parts: &ForIn, range: &Range, label: Option<&Arc<str>>) -> Outcome<Flow> {
        for at in 0..range.len() {
            let item = range.get(at).unwrap_or_default();
            if let Turn::Out(flow) = self.turn(parts, item, label)? {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn turn(&mut self, parts: &ForIn, item: Value, label: Option<&Arc<str>>) -> Outcome<Turn> {
        self.machine.step()?;
        let item = if parts.target.is_anything() { item } else { parts.target.cast(self.machine, item)? };
        self.set_local(parts.slot, item);
        Ok(after_turn(self.exec(&parts.body)?, label))
    }

    fn switch(&mut self, value: &Value, cases: &[Case]) -> Outcome<Flow> {
        let mut start = None;
        for (at, case) in cases.iter().enumerate() {
            if let Some(expected) = &case.value {
                let expected = self.eval(expected)?;
                if compare::is_case(self.machine, &expected, value)? {
                    start = Some(at);
                    break;
                }
            }
        }
        let start = start.or_else(|| cases.iter().position(|case| case.value.is_none()));
        for case in cases.iter().skip(start.unwrap_or(cases.len())) {
            match self.exec_all(&case.body)? {
                Flow::Next => {}
                Flow::Break(None) => return Ok(Flow::Next),
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn try_statement(&mut self, parts: &Try) -> Outcome<Flow> {
        let mut outcome = self.try_body(parts);
        if let Err(thrown) = outcome {
            outcome = self.catch(parts, thrown);
        }
        if let Some(finally) = &parts.finally
            && !matches!(&outcome, Err(thrown) if thrown.is_stop())
        {
            match self.exec_block(finally)? {
                Flow::Next => {}
                // What `finally` does wins.
                flow => return Ok(flow),
            }
        }
        outcome
    }

    fn try_body(&mut self, parts: &Try) -> Outcome<Flow> {
        for (slot, resource) in &parts.resources {
            let value = self.eval(resource)?;
            self.declare(*slot, value);
        }
        let outcome = self.exec_block(&parts.body);
        for (slot, _) in parts.resources.iter().rev() {
            let value = self.local(*slot);
            if !value.is_null() {
                super::invoke(self.machine, &value, "close", &[])?;
            }
        }
        outcome
    }

    fn catch(&mut self, parts: &Try, thrown: Thrown) -> Outcome<Flow> {
        if thrown.is_stop() || thrown.is_mistake {
            return Err(thrown);
        }
        let class = thrown.exception.class();
        let catches = |wanted: &ClassRef| wanted.is_above(&class);
        match parts.catches.iter().find(|catch| catch.classes.iter().any(catches)) {
            Some(catch) => {
                let exception = thrown.into_exception();
                self.within(|run| {
                    run.declare(catch.slot, exception);
                    run.exec_all(&catch.body)
                })
            }
            None => Err(thrown),
        }
    }

    /// Whether a condition holds.
    ///
    /// # Errors
    /// What it throws.
    pub fn truth(&mut self, condition: &super::super::ast::Expr) -> Outcome<bool> {
        match self.eval(condition)? {
            Value::Bool(truth) => Ok(truth),
            value => truth::of(self.machine, &value),
        }
    }
}
