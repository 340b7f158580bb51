//! The functions that `${__name()}` calls: one file per function and this table.

pub mod csv_record;
pub mod decimal_format;
pub mod html_entities;
pub mod match_template;
pub mod text_reader;

use crate::model::FunctionType;

/// All functions.
pub const FUNCTIONS: &[&FunctionType] = &[];
