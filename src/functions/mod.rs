//! The functions that `${__name()}` calls: one file per function and this table.

pub mod decimal_format;
pub mod html_entities;
pub mod match_template;

use crate::model::FunctionType;

/// All functions.
pub const FUNCTIONS: &[&FunctionType] = &[];
