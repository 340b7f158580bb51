//! What plans use of Apache Commons: Lang, Codec, IO.

mod codec;
mod file_utils;
mod random;
mod string_utils;

pub use codec::unhex;

use crate::script::class::Static;

/// All classes.
pub static CLASSES: &[&Static] = &[
    &codec::BASE64,
    &codec::DIGEST_UTILS,
    &codec::HEX,
    &codec::HMAC_UTILS,
    &file_utils::FILE_UTILS,
    &file_utils::IO_UTILS,
    &random::RANDOM_STRING_UTILS,
    &random::RANDOM_STRING_UTILS_2,
    &random::RANDOM_UTILS,
    &string_utils::ESCAPE_UTILS,
    &string_utils::ESCAPE_UTILS_2,
    &string_utils::ESCAPE_UTILS_TEXT,
    &string_utils::STRING_UTILS,
    &string_utils::STRING_UTILS_2,
];
