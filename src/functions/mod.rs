//! The functions that `${__name()}` calls: one file per function and this table.

mod base64_decode;
mod base64_encode;
mod bean_shell;
mod call;
mod case_format;
mod change_case;
mod char;
mod choose_random;
mod counter;
mod csv_read;
pub mod csv_record;
mod date_time_convert;
pub mod decimal_format;
pub mod digest;
mod double_sum;
mod env;
mod escape_html;
mod escape_oro_regexp_chars;
mod escape_xml;
mod eval;
mod eval_var;
mod file_to_string;
mod groovy;
pub mod html_entities;
mod if_equal;
mod int_sum;
mod is_defined;
mod is_prop_defined;
mod is_var_defined;
mod iteration_num;
pub mod java_duration;
mod java_script;
mod jexl;
mod log;
mod logn;
mod long_sum;
mod lowercase;
mod machine_ip;
mod machine_name;
pub mod match_template;
mod md5;
mod p;
mod property;
mod random;
mod random_date;
mod random_from_multiple_vars;
mod random_string;
pub mod regex_engine;
mod regex_function;
mod sampler_name;
mod script;
mod set_property;
mod split;
mod str_len;
mod str_replace;
mod string_from_file;
mod string_to_file;
mod substring;
mod test_plan_name;
pub mod text_reader;
mod thread_group_name;
mod thread_num;
mod time;
mod time_shift;
mod tst_feedback;
mod unescape;
mod unescape_html;
mod uppercase;
mod urldecode;
mod urlencode;
mod uuid;
mod v;
mod xpath;

use crate::model::FunctionType;

/// All functions.
pub const FUNCTIONS: &[&FunctionType] = &[
    &bean_shell::FUNCTION,
    &csv_read::FUNCTION,
    &file_to_string::FUNCTION,
    &md5::FUNCTION,
    &p::FUNCTION,
    &random::FUNCTION,
    &random_date::FUNCTION,
    &random_from_multiple_vars::FUNCTION,
    &random_string::FUNCTION,
    &string_from_file::FUNCTION,
    &string_to_file::FUNCTION,
    &test_plan_name::FUNCTION,
    &uuid::FUNCTION,
    &v::FUNCTION,
    &xpath::FUNCTION,
    &base64_decode::FUNCTION,
    &base64_encode::FUNCTION,
    &case_format::FUNCTION,
    &change_case::FUNCTION,
    &char::FUNCTION,
    &choose_random::FUNCTION,
    &counter::FUNCTION,
    &date_time_convert::FUNCTION,
    &digest::FUNCTION,
    &double_sum::FUNCTION,
    &env::FUNCTION,
    &escape_html::FUNCTION,
    &escape_oro_regexp_chars::FUNCTION,
    &escape_xml::FUNCTION,
    &eval::FUNCTION,
    &eval_var::FUNCTION,
    &groovy::FUNCTION,
    &if_equal::FUNCTION,
    &int_sum::FUNCTION,
    &is_defined::FUNCTION,
    &is_prop_defined::FUNCTION,
    &is_var_defined::FUNCTION,
    &iteration_num::FUNCTION,
    &java_script::FUNCTION,
    &jexl::JEXL2,
    &jexl::JEXL3,
    &log::FUNCTION,
    &logn::FUNCTION,
    &long_sum::FUNCTION,
    &lowercase::FUNCTION,
    &machine_ip::FUNCTION,
    &machine_name::FUNCTION,
    &property::FUNCTION,
    &regex_function::FUNCTION,
    &sampler_name::FUNCTION,
    &set_property::FUNCTION,
    &split::FUNCTION,
    &str_len::FUNCTION,
    &str_replace::FUNCTION,
    &substring::FUNCTION,
    &thread_group_name::FUNCTION,
    &thread_num::FUNCTION,
    &time::FUNCTION,
    &time_shift::FUNCTION,
    &tst_feedback::FUNCTION,
    &unescape::FUNCTION,
    &unescape_html::FUNCTION,
    &uppercase::FUNCTION,
    &urldecode::FUNCTION,
    &urlencode::FUNCTION,
];
