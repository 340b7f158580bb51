//! `BeanShell` Sampler: a sample whose work is a script; three variables of the script say how it went.

use super::{Sampled, Sampler, Sampling};
use crate::elements::scripts::{BeanShell, Failure, Properties, boolean};
use crate::elements::{Element, ElementType};
use crate::model::{DataType, SampleResult, VirtualUser};
use crate::script::{Bindings, Value};
use crate::scripting::{self, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("BeanShellSampler", "BeanShell Sampler", |fields| {
    Element::sampler(BeanShellSampler(BeanShell::load(fields, &PROPERTIES)))
});

const PROPERTIES: Properties = Properties {
    script: "BeanShellSampler.query",
    file: "BeanShellSampler.filename",
    parameters: "BeanShellSampler.parameters",
    reset: "BeanShellSampler.resetInterpreter",
    init: "beanshell.sampler.init",
};

struct BeanShellSampler(BeanShell);

/// What the script says: its value, the code, the message, whether all is well.
struct Said {
    data: Option<String>,
    code: String,
    message: String,
    good: bool,
}

impl BeanShellSampler {
    fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.0.name(vu)?, 0);
        result.successful = false;
        result.data_type = DataType::Text;
        result.sampler_data = Some(self.0.shown(vu)?.into());
        (result.start, result.end) = (vu.now(), 0);
        let object = sample_result::new_result(result);
        let said = scripting::with_previous(vu, |vu, previous| self.execute(&object, previous, vu));
        let mut result = sample_result::result_of(&object).unwrap_or_default();
        match said {
            Ok(said) => {
                if let Some(text) = said.data {
                    sample_result::set_text(&mut result, &text, vu);
                }
                result.response_code = said.code.into();
                result.response_message = said.message.into();
                result.successful = said.good;
            }
            Err(failure) => {
                let message = failure.settle()?;
                log::warn!(target: "o.a.j.p.j.s.BeanShellSampler", "Exception executing script. {message}");
                result.successful = false;
                result.response_code = "500".into();
                result.response_message = message.into();
            }
        }
        if result.end == 0 {
            result.end = vu.now();
        }
        Ok(Some(result))
    }

    fn execute(&self, object: &Value, previous: &Value, vu: &mut VirtualUser) -> Result<Said, Failure> {
        let bindings = self.0.interpreter(vu)?;
        let names = vec![
            ("SampleResult", object.clone()),
            ("ResponseCode", "200".into()),
            ("ResponseMessage", "OK".into()),
            ("IsSuccess", true.into()),
        ];
        let value = self.0.run(&bindings, previous, names, vu)?;
        let data = value.map(|value| scripting::plain_text(&value, vu)).transpose();
        Ok(Said {
            data: data.map_err(|error| Failure::of(&error))?,
            code: variable(&bindings, "ResponseCode", vu)?,
            message: variable(&bindings, "ResponseMessage", vu)?,
            good: boolean(&variable(&bindings, "IsSuccess", vu)?),
        })
    }
}

/// The text of a variable of the script.
fn variable(bindings: &Bindings, name: &str, vu: &mut VirtualUser) -> Result<String, Failure> {
    match bindings.get(name) {
        None | Some(Value::Null | Value::Void) => Err(Failure::Exception(
            "java.lang.NullPointerException: Cannot invoke \"Object.toString()\" because the return value of \
             \"org.apache.jmeter.util.BeanShellInterpreter.get(String)\" is null"
                .into(),
        )),
        Some(value) => scripting::plain_text(&value, vu).map_err(|error| Failure::of(&error)),
    }
}

impl Sampler for BeanShellSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async { self.run(vu) })
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
