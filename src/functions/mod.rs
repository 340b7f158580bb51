//! The functions that `${__name()}` calls: one file per function and this table.

mod call;
mod change_case;
mod char;
mod counter;
pub mod csv_record;
mod date_time_convert;
pub mod date_time_format;
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
pub mod java_duration;
mod java_script;
mod jexl;
mod long_sum;
pub mod match_template;
mod p;
mod property;
mod random;
mod random_date;
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
mod time;
mod time_shift;
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
    &file_to_string::FUNCTION,
    &p::FUNCTION,
    &random::FUNCTION,
    &random_date::FUNCTION,
    &random_from_multiple_vars::FUNCTION,
    &random_string::FUNCTION,
    &string_to_file::FUNCTION,
    &test_plan_name::FUNCTION,
    &uuid::FUNCTION,
    &v::FUNCTION,
    &change_case::FUNCTION,
    &char::FUNCTION,
    &counter::FUNCTION,
    &date_time_convert::FUNCTION,
    &escape_html::FUNCTION,
    &escape_oro_regexp_chars::FUNCTION,
    &escape_xml::FUNCTION,
    &eval::FUNCTION,
    &eval_var::FUNCTION,
    &int_sum::FUNCTION,
    &is_prop_defined::FUNCTION,
    &is_var_defined::FUNCTION,
    &iteration_num::FUNCTION,
    &java_script::FUNCTION,
    &jexl::JEXL2,
    &jexl::JEXL3,
    &long_sum::FUNCTION,
    &property::FUNCTION,
    &sampler_name::FUNCTION,
    &set_property::FUNCTION,
    &split::FUNCTION,
    &thread_group_name::FUNCTION,
    &thread_num::FUNCTION,
    &time::FUNCTION,
    &time_shift::FUNCTION,
    &tst_feedback::FUNCTION,
    &unescape::FUNCTION,
    &unescape_html::FUNCTION,
    &urldecode::FUNCTION,
    &urlencode::FUNCTION,
];
