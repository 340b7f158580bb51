//! The functions that `${__name()}` calls: one file per function and this table.

mod call;
mod change_case;
mod char;
mod counter;
pub mod csv_record;
pub mod decimal_format;
mod escape_html;
mod escape_oro_regexp_chars;
mod escape_xml;
mod eval;
mod eval_var;
mod file_to_string;
pub mod html_entities;
mod int_sum;
mod is_prop_defined;
mod is_var_defined;
mod iteration_num;
mod long_sum;
pub mod match_template;
mod p;
mod property;
mod random;
mod random_from_multiple_vars;
mod random_string;
mod sampler_name;
mod set_property;
mod split;
mod string_to_file;
mod test_plan_name;
pub mod text_reader;
mod thread_group_name;
mod thread_num;
mod tst_feedback;
mod unescape;
mod unescape_html;
mod urldecode;
mod urlencode;
mod uuid;
mod v;

use crate::model::FunctionType;

/// All functions.
pub const FUNCTIONS: &[&FunctionType] = &[
    &change_case::FUNCTION,
    &char::FUNCTION,
    &counter::FUNCTION,
    &escape_html::FUNCTION,
    &escape_oro_regexp_chars::FUNCTION,
    &escape_xml::FUNCTION,
    &eval::FUNCTION,
    &eval_var::FUNCTION,
    &file_to_string::FUNCTION,
    &int_sum::FUNCTION,
    &is_prop_defined::FUNCTION,
    &is_var_defined::FUNCTION,
    &iteration_num::FUNCTION,
    &long_sum::FUNCTION,
    &p::FUNCTION,
    &property::FUNCTION,
    &random::FUNCTION,
    &random_from_multiple_vars::FUNCTION,
    &random_string::FUNCTION,
    &sampler_name::FUNCTION,
    &set_property::FUNCTION,
    &split::FUNCTION,
    &string_to_file::FUNCTION,
    &test_plan_name::FUNCTION,
    &thread_group_name::FUNCTION,
    &thread_num::FUNCTION,
    &tst_feedback::FUNCTION,
    &unescape::FUNCTION,
    &unescape_html::FUNCTION,
    &urldecode::FUNCTION,
    &urlencode::FUNCTION,
    &uuid::FUNCTION,
    &v::FUNCTION,
];
