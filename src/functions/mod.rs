//! The functions that `${__name()}` calls: one file per function and this table.

use crate::model::FunctionType;

/// All functions.
pub const FUNCTIONS: &[&FunctionType] = &[];
