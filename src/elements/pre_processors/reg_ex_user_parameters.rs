//! `RegEx` User Parameters: gives the parameters of the next request the values that a Regular Expression Extractor has found.
//!
//! The extractor finds names in one group and values in another, in all matches (match number -1).

use rustc_hash::FxHashMap;

use super::PreProcessor;
use super::current_request::CurrentRequest;
use crate::elements::{Element, ElementType};
use crate::java::parse_int;
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("RegExUserParameters", "RegEx User Parameters", |fields: &Fields<'_>| {
        Element::pre_processor(RegExUserParameters {
            name: Label::new(fields.name()),
            reference: fields.text("RegExUserParameters.regex_ref_name", ""),
            names_group: fields.text("RegExUserParameters.param_names_gr_nr", ""),
            values_group: fields.text("RegExUserParameters.param_values_gr_nr", ""),
        })
    });

struct RegExUserParameters {
    name: Label,
    reference: Prop<String>,
    names_group: Prop<String>,
    values_group: Prop<String>,
}

impl PreProcessor for RegExUserParameters {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let Some(request) = CurrentRequest::of(vu) else { return Ok(()) };
        let found = self.found(vu)?;
        if found.is_empty() {
            let name = self.name.get(vu)?;
            log::info!(
                target: "o.a.j.p.h.m.RegExUserParameters",
                "RegExUserParameters element: {name} => Referenced RegExp was not found, no parameter will be changed"
            );
            return Ok(());
        }
        let mut parameters = request.parameters(vu);
        for parameter in &mut parameters {
            if let Some(value) = found.get(&*parameter.name.text(vu)?) {
                parameter.value = Prop::fixed("Argument.value", value.clone());
            }
        }
        CurrentRequest::set_parameters(vu, parameters);
        Ok(())
    }
}

impl RegExUserParameters {
    /// Values by name.
    fn found(&self, vu: &mut VirtualUser) -> Result<FxHashMap<String, String>, Fault> {
        let reference = self.reference.text(vu)?;
        let (names, values) = (self.names_group.text(vu)?, self.values_group.text(vu)?);
        let text = |vu: &VirtualUser, name: String| vu.variables.text(&name).map(|text| text.to_string());
        let pair = |vu: &VirtualUser, number: i32| {
            let name = text(vu, format!("{reference}_{number}_g{names}"))?;
            Some((name, text(vu, format!("{reference}_{number}_g{values}"))?))
        };
        let (Some(count), Some(_)) = (text(vu, format!("{reference}_matchNr")), pair(vu, 1)) else {
            return Ok(FxHashMap::default());
        };
        let count = parse_int(&count).ok_or_else(|| Fault::number_format(&count))?;
        Ok((1..=count).filter_map(|number| pair(vu, number)).collect())
    }
}
