//! How Java reads and writes texts, where that decides what a plan does: numbers, property files, addresses,
//! charsets. Nothing here knows a plan or a script, so that all can use it.

mod charset;
mod form_coding;
mod hash_map;
mod number;
mod properties;
mod random;
mod string;
mod uri;
mod url;

pub use charset::{Charset, Decoder};
pub use form_coding::{UrlDecodeError, push_escaped, url_decode, url_encode};
pub use hash_map::{sort_as_hash_map, spread_hash};
pub use number::{
    decode_long, double_text, float_text, parse_boolean, parse_double, parse_int, parse_int_radix, parse_long,
    parse_long_radix, radix_text,
};
pub use properties::{parse_properties, push_property};
pub use random::Random;
pub use string::{split, string_hash, trim};
pub use uri::{Uri, UriSyntaxError};
pub use url::{MalformedUrl, Url};
