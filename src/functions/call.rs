//! What most functions are: a text made from parameters.

use std::borrow::Cow;
use std::sync::Arc;

use crate::java;
use crate::model::{Dependence, Fault, Function, Template, VirtualUser};

/// The parameters of a call, in order.
pub(super) struct Parameters(Vec<Template>);

/// Makes the text that a call stands for.
pub(super) type Run = fn(&Parameters, &mut VirtualUser) -> Result<String, Fault>;

/// A call that keeps nothing from one time to the next.
struct Call {
    parameters: Parameters,
    run: Run,
    depends_on: Dependence,
}

/// A call with those parameters, whose text that function makes; it may do more than that.
pub(super) fn call(parameters: Vec<Template>, run: Run) -> Result<Arc<dyn Function>, String> {
    Ok(Arc::new(Call { parameters: Parameters::new(parameters), run, depends_on: Dependence::Unknown }))
}

/// The same, where that function may look at the user's last result.
pub(super) fn call_with_result(
    parameters: Vec<Template>,
    main: &VirtualUser,
    run: Run,
) -> Result<Arc<dyn Function>, String> {
    main.run.announce_reader();
    call(parameters, run)
}

/// A call with those parameters, whose text that function makes from what it reads, and that is all it does.
pub(super) fn reading_call(
    parameters: Vec<Template>,
    reads: Dependence,
    run: Run,
) -> Result<Arc<dyn Function>, String> {
    let depends_on = parameters.iter().map(Template::depends_on).fold(reads, Dependence::max);
    Ok(Arc::new(Call { parameters: Parameters::new(parameters), run, depends_on }))
}

impl Function for Call {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        (self.run)(&self.parameters, vu)
    }

    fn depends_on(&self) -> Dependence {
        self.depends_on
    }
}

impl Parameters {
    /// These parameters.
    pub fn new(parameters: Vec<Template>) -> Self {
        Self(parameters)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// A parameter's text now; empty if it is not given.
    pub fn text(&self, place: usize, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        match self.0.get(place) {
            Some(parameter) => parameter.eval(vu),
            None => Ok(Cow::Borrowed("")),
        }
    }

    /// A parameter's text without white space around it.
    pub fn trimmed(&self, place: usize, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(java::trim(&self.text(place, vu)?).to_owned())
    }

    /// All texts from that place on.
    pub fn texts(&self, from: usize, vu: &mut VirtualUser) -> Result<Vec<String>, Fault> {
        self.0[from.min(self.0.len())..].iter().map(|parameter| parameter.eval(vu).map(Cow::into_owned)).collect()
    }

    /// Stores a result in the variable that a parameter names; in none if it is empty or not given.
    pub fn store(&self, place: usize, result: &str, vu: &mut VirtualUser) -> Result<(), Fault> {
        if place < self.0.len() {
            let variable = self.trimmed(place, vu)?;
            store(&variable, result, vu);
        }
        Ok(())
    }
}

/// Sets a variable, if it has a name and there are variables yet.
pub(super) fn store(variable: &str, result: &str, vu: &VirtualUser) {
    if !variable.is_empty() && vu.has_variables {
        vu.variables.put(variable, result);
    }
}
