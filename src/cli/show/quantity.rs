//! Numbers and times as people write them.

/// A number with at most two decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `1 user`, `2 users`.
pub(super) fn counted(count: f64, one: &str) -> String {
    let many = if (count - 1.0).abs() < f64::EPSILON { "" } else { "s" };
    format!("{} {one}{many}", number(count))
}

/// A time as a text: `90` becomes `1 min 30 s`; a text that is no number stays as it is.
pub(super) fn seconds(text: &str) -> String {
    text.trim().parse().map_or_else(|_| format!("{} s", text.trim()), duration)
}

/// A time as a text in milliseconds.
pub(super) fn millis(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(millis) if millis >= 10_000.0 => duration(millis / 1000.0),
        Ok(millis) => format!("{} ms", number(millis)),
        Err(_) => format!("{} ms", text.trim()),
    }
}

/// So many seconds: `1 min 30 s`.
pub(super) fn duration(seconds: f64) -> String {
    if !(60.0..1e9).contains(&seconds) {
        return format!("{} s", number(seconds));
    }
    let whole = seconds.floor();
    let parts = [(whole / 3600.0, "h"), (whole % 3600.0 / 60.0, "min"), (seconds % 60.0, "s")];
    let mut texts = Vec::new();
    for (place, (amount, unit)) in parts.into_iter().enumerate() {
        let amount = if place < 2 { amount.floor() } else { amount };
        if amount > 0.0 {
            texts.push(format!("{} {unit}", number(amount)));
        }
    }
    texts.join(" ")
}

/// A point in time, for an axis with that distance between its labels.
pub(super) fn time(seconds: f64, step: f64) -> String {
    let whole = |seconds: f64| seconds.round() as u64;
    match seconds {
        _ if seconds < 60.0 => format!("{} s", number(seconds)),
        _ if seconds < 3600.0 && step % 60.0 == 0.0 => format!("{} min", whole(seconds) / 60),
        _ if seconds < 3600.0 => format!("{}:{:02} min", whole(seconds) / 60, whole(seconds) % 60),
        _ if step % 3600.0 == 0.0 => format!("{} h", whole(seconds) / 3600),
        _ => format!("{}:{:02} h", whole(seconds) / 3600, whole(seconds) % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_do() {
        let check = |text, expected: &str| assert_eq!(seconds(text), expected);
        check("0", "0 s");
        check("1.5", "1.5 s");
        check("90", "1 min 30 s");
        check("3600", "1 h");
        check("3725", "1 h 2 min 5 s");
        check("${ramp}", "${ramp} s");
        assert_eq!([millis("300"), millis("90000"), millis("x")], ["300 ms", "1 min 30 s", "x ms"]);
    }

    #[test]
    fn labels_of_an_axis_are_short() {
        let check = |seconds, step, expected: &str| assert_eq!(time(seconds, step), expected);
        check(0.5, 0.5, "0.5 s");
        check(90.0, 30.0, "1:30 min");
        check(120.0, 60.0, "2 min");
        check(5400.0, 1800.0, "1:30 h");
        check(7200.0, 3600.0, "2 h");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([number(2.0), number(0.126), number(-0.0)], ["2", "0.13", "0"]);
        assert_eq!([counted(1.0, "user"), counted(2.5, "user")], ["1 user", "2.5 users"]);
    }
}
