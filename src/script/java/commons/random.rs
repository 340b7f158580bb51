//! `RandomStringUtils` and `RandomUtils`.

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::machine::{Machine, Outcome, illegal_argument, ok};

/// `org.apache.commons.lang3.RandomStringUtils`.
pub static RANDOM_STRING_UTILS: Static =
    Static::new(|| Class::new("org.apache.commons.lang3.RandomStringUtils").statics(STATICS));
/// `org.apache.commons.lang.RandomStringUtils`.
pub static RANDOM_STRING_UTILS_2: Static =
    Static::new(|| Class::new("org.apache.commons.lang.RandomStringUtils").statics(STATICS));
/// `org.apache.commons.lang3.RandomUtils`.
pub static RANDOM_UTILS: Static =
    Static::new(|| Class::new("org.apache.commons.lang3.RandomUtils").statics(NUMBER_STATICS));

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

const STATICS: &[Row] = &[
    row("random", "int", |c| text(c, &ascii())),
    row("random", "int, boolean, boolean", |c| text(c, &alphabet(c.bool(1), c.bool(2)))),
    row("random", "int, String", |c| {
        let from = c.text(1)?.to_string();
        text(c, &from)
    }),
    row("random", "int, char[]", |c| {
        let from = c.text_of(1)?.to_string();
        text(c, &from)
    }),
    row("randomAlphabetic", "int, int?", |c| text(c, &alphabet(true, false))),
    row("randomAlphanumeric", "int, int?", |c| text(c, &alphabet(true, true))),
    row("randomNumeric", "int, int?", |c| text(c, DIGITS)),
    row("randomAscii", "int, int?", |c| text(c, &ascii())),
    row("randomPrint", "int, int?", |c| text(c, &ascii())),
    row("randomGraph", "int, int?", |c| text(c, &ascii()[1..])),
];

fn ascii() -> String {
    (b' '..=b'~').map(char::from).collect()
}

fn alphabet(letters: bool, numbers: bool) -> String {
    match (letters, numbers) {
        (true, true) => [LOWER, UPPER, DIGITS].concat(),
        (true, false) => [LOWER, UPPER].concat(),
        (false, true) => DIGITS.to_owned(),
        (false, false) => ascii(),
    }
}

/// A random text: as long as the first argument says, or up to the second.
fn text(c: &mut Call<'_, '_>, from: &str) -> Outcome {
    let least = c.int(0);
    let length = match c.args.get(1) {
        Some(crate::script::Value::Int(most)) => below(c.machine, i64::from(least), i64::from(*most)) as i32,
        _ => least,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(illegal_argument(format!("Requested random string length {length} is less than 0.")));
    };
    crate::script::machine::check_size(length)?;
    let from: Vec<char> = from.chars().collect();
    if from.is_empty() {
        return Err(illegal_argument("The chars array must not be empty"));
    }
    ok((0..length).map(|_| from[below(c.machine, 0, from.len() as i64) as usize]).collect::<String>())
}

/// A number from `least` on and below `end`.
fn below(machine: &mut Machine<'_>, least: i64, end: i64) -> i64 {
    let range = end.saturating_sub(least).max(1) as u64;
    least.saturating_add((machine.host.random() % range) as i64)
}

const NUMBER_STATICS: &[Row] = &[
    row("nextInt", "", |c| ok(below(c.machine, 0, i64::from(i32::MAX)) as i32)),
    row("nextInt", "int, int", |c| ok(below(c.machine, c.long(0), c.long(1)) as i32)),
    row("nextLong", "", |c| ok(below(c.machine, 0, i64::MAX))),
    row("nextLong", "long, long", |c| ok(below(c.machine, c.long(0), c.long(1)))),
    row("nextBoolean", "", |c| ok(c.machine.host.random().is_multiple_of(2))),
    row("nextDouble", "", |c| ok((c.machine.host.random() >> 11) as f64 / (1_u64 << 53) as f64)),
    row("nextDouble", "double, double", |c| {
        let part = (c.machine.host.random() >> 11) as f64 / (1_u64 << 53) as f64;
        ok(c.double(0) + (c.double(1) - c.double(0)) * part)
    }),
];
