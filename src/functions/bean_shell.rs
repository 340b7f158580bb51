//! `${__BeanShell(script,variable)}`: a script of `BeanShell`. Each call in a plan has an interpreter of its own, which keeps
//! its variables and which all users share.

use std::sync::Arc;

use super::call::Parameters;
use crate::model::{Arity, Fault, Function, FunctionType, VirtualUser};
use crate::script::{Bindings, Language, Value, beanshell};
use crate::scripting;

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__BeanShell",
    arity: Arity::Between(1, 2),
    make: |parameters, main| {
        main.run.announce_reader();
        let interpreter = beanshell::interpreter("");
        interpreter.set("log", scripting::logger("org.apache.jmeter.functions.BeanShell"));
        Ok(Arc::new(BeanShell { parameters: Parameters::new(parameters), interpreter }))
    },
};

struct BeanShell {
    parameters: Parameters,
    interpreter: Bindings,
}

impl Function for BeanShell {
    /// A script that fails gives nothing.
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let text = self.parameters.text(0, vu)?.into_owned();
        let outcome = scripting::with_previous(vu, |vu, previous| {
            self.bind(previous, vu);
            scripting::evaluate(Language::BeanShell, &text, &self.interpreter, vu)
        });
        match outcome {
            Ok(value) => {
                let value = value.as_deref().unwrap_or_default();
                self.parameters.store(1, value, vu)?;
                Ok(value.to_owned())
            }
            Err(error) => {
                log::warn!(target: "o.a.j.f.BeanShell", "Error running BSH script {error}");
                Ok(String::new())
            }
        }
    }
}

impl BeanShell {
    fn bind(&self, previous: &Value, vu: &mut VirtualUser) {
        let bound = &self.interpreter;
        bound.set("threadName", Value::Str(vu.thread_name.clone()));
        bound.set("props", scripting::properties());
        bound.set("ctx", scripting::context());
        bound.set("Sampler", scripting::current_sampler(vu));
        bound.set("SampleResult", previous.clone());
        if vu.has_variables {
            bound.set("vars", scripting::variables());
        }
    }
}
