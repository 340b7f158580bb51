//! Texts as numbers, digests and codes.

use super::super::cast::Target;
use crate::java::{parse_double, trim};
use crate::script::call::Call;
use crate::script::class::{ClassRef, Row, Static, row};
use crate::script::java::commons::unhex;
use crate::script::java::digest::{digested, hex};
use crate::script::java::{boolean, coding, decimals, file, floating, numbers};
use crate::script::machine::{Outcome, ok};
use crate::script::number::Decimal;
use crate::script::value::Value;

/// The methods of texts.
pub const METHODS: &[Row] = &[
    row("toInteger", "", |c| converted(c, &numbers::INTEGER)),
    row("toLong", "", |c| converted(c, &numbers::LONG)),
    row("toShort", "", |c| converted(c, &numbers::SHORT)),
    row("toByte", "", |c| converted(c, &numbers::BYTE)),
    row("toDouble", "", |c| converted(c, &floating::DOUBLE)),
    row("toFloat", "", |c| converted(c, &floating::FLOAT)),
    row("toBigDecimal", "", |c| converted(c, &decimals::BIG_DECIMAL)),
    row("toBigInteger", "", |c| converted(c, &decimals::BIG_INTEGER)),
    row("toBoolean", "", |c| {
        let text = c.this_text()?;
        let text = trim(&text).to_lowercase();
        ok(matches!(&*text, "y" | "true" | "1"))
    }),
    row("toCharacter", "", |c| converted(c, &boolean::CHARACTER)),
    row("isInteger", "", |c| ok(trim(&c.this_text()?).parse::<i32>().is_ok())),
    row("isLong", "", |c| ok(trim(&c.this_text()?).parse::<i64>().is_ok())),
    row("isDouble", "", |c| ok(parse_double(trim(&c.this_text()?)).is_some())),
    row("isFloat", "", |c| ok(parse_double(trim(&c.this_text()?)).is_some())),
    row("isNumber", "", is_decimal),
    row("isBigDecimal", "", is_decimal),
    row("isBigInteger", "", |c| ok(trim(&c.this_text()?).parse::<num_bigint::BigInt>().is_ok())),
    row("md5", "", |c| ok(hex(&digested("MD5", c.this_text()?.as_bytes())?))),
    row("sha256", "", |c| ok(hex(&digested("SHA-256", c.this_text()?.as_bytes())?))),
    row("digest", "String", |c| ok(hex(&digested(c.text(0)?, c.this_text()?.as_bytes())?))),
    row("decodeBase64", "", |c| ok(coding::leniently_decoded(&c.this_text()?))),
    row("decodeBase64Url", "", |c| ok(coding::leniently_decoded(&c.this_text()?))),
    row("decodeHex", "", |c| ok(unhex(&c.this_text()?)?)),
    row("toURL", "", |c| crate::script::java::url::parse(&c.this_text()?)),
    row("toFile", "", |c| ok(Value::object(file::File::new(&c.this_text()?)))),
];

fn converted(c: &mut Call<'_, '_>, class: &'static Static) -> Outcome {
    Target::of(ClassRef::Java(class)).coerce(c.machine, c.this.clone())
}

fn is_decimal(c: &mut Call<'_, '_>) -> Outcome {
    ok(Decimal::parse(trim(&c.this_text()?)).is_ok())
}
