//! The date of `Expires` as RFC 6265 reads it: its parts in any order, between whatever separates them (`LaxExpiresHandler`).

use crate::elements::config::http_date::millis;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Milliseconds since 1970.
pub(super) fn parse(text: &str) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for word in text.split(is_delimiter).filter(|word| !word.is_empty()) {
        let found = take(&mut time, || clock(word))
            || take(&mut day, || number(word, 1, 2))
            || take(&mut month, || month_named(word));
        if !found {
            take(&mut year, || number(word, 2, 4));
        }
    }
    let (time, day, month, year) = (time?, day?, month?, year?);
    let year = match year {
        70..=99 => 1900 + year,
        0..=69 => 2000 + year,
        _ => year,
    };
    let is_valid = (1..=31).contains(&day) && year >= 1601 && time[0] <= 23 && time[1] <= 59 && time[2] <= 59;
    is_valid.then(|| millis(year, month, day, time))
}

/// Reads a part that was not found yet.
fn take<T>(part: &mut Option<T>, read: impl FnOnce() -> Option<T>) -> bool {
    if part.is_none() {
        *part = read();
        return part.is_some();
    }
    false
}

fn is_delimiter(char: char) -> bool {
    matches!(char, '\t' | ' '..='/' | ';'..='@' | '['..='`' | '{'..='~')
}

/// Hours, minutes and seconds, whatever follows them.
fn clock(word: &str) -> Option<[i64; 3]> {
    let mut parts = word.splitn(3, ':');
    let whole = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| number(part, 1, 2)).flatten();
    Some([whole(parts.next()?)?, whole(parts.next()?)?, number(parts.next()?, 1, 2)?])
}

/// A number of so many digits, followed by no further one.
fn number(word: &str, least: usize, most: usize) -> Option<i64> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (least..=most).contains(&digits).then(|| word[..digits].parse().ok()).flatten()
}

/// A month, which counts from 0.
fn month_named(word: &str) -> Option<i64> {
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).map(|at| at as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_any_order() {
        let check = |text: &str, seconds: Option<i64>| {
            assert_eq!(parse(text), seconds.map(|seconds| seconds * 1000), "{text}");
        };
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777));
        check("Sun, 06-Nov-94 08:49:37 GMT", Some(784_111_777));
        check("1994 nov 6th 8:49:37am", Some(784_111_777));
        check("6th november 1994 8:49:37am", Some(784_111_777));
        check("8:49:37 06 Nov 94", Some(784_111_777));
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
        check("Thu, 01 Jan 1970 24:00:00 GMT", None);
        check("Thu, 01 Jan 1500 00:00:00 GMT", None);
        check("tomorrow", None);
    }
}
