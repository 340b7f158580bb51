//! Durations as `java.time.Duration` reads them: `P1DT2H3M4.5S`.

/// The nanoseconds of a duration in days, hours, minutes and seconds; `None` if the text is none. Weeks, months and years
/// are none: nobody knows how long they are.
#[must_use]
pub fn nanos(text: &str) -> Option<i128> {
    let (negative, rest) = signed(text);
    let rest = rest.strip_prefix(['P', 'p'])?;
    let (date, time) = match rest.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_i128;
    if !date.is_empty() {
        total += whole(date.strip_suffix(['D', 'd'])?)? * 86_400_000_000_000;
    }
    let mut time = time;
    for (letters, unit) in [(['H', 'h'], 3_600_000_000_000), (['M', 'm'], 60_000_000_000)] {
        if let Some((value, after)) = time.split_once(letters) {
            total += whole(value)? * unit;
            time = after;
        }
    }
    if !time.is_empty() {
        total += seconds(time.strip_suffix(['S', 's'])?)?;
    }
    i64::try_from(total / 1_000_000_000).ok()?;
    Some(if negative { -total } else { total })
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn whole(text: &str) -> Option<i128> {
    let (negative, digits) = signed(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i128 = digits.parse::<i64>().ok().filter(|_| is_number)?.into();
    Some(if negative { -number } else { number })
}

/// Seconds with up to nine decimals, after a point or a comma.
fn seconds(text: &str) -> Option<i128> {
    let (seconds, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if decimals.len() > 9 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos: i128 = format!("{decimals:0<9}").parse().ok()?;
    let (negative, _) = signed(seconds);
    Some(whole(seconds)? * 1_000_000_000 + if negative { -nanos } else { nanos })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let check = |text, expected| assert_eq!(nanos(text), expected, "{text}");
        check("P1DT2H3M4.5S", Some(93_784_500_000_000));
        check("pt-6h+3m", Some(-21_420_000_000_000));
        check("-PT-6H+3M", Some(21_420_000_000_000));
        check("PT0.000000001s", Some(1));
        check("PT-0.5S", Some(-500_000_000));
        check("P2D", Some(172_800_000_000_000));
        for text in ["", "P", "PT", "P1DT", "P1W", "P1M", "1D", "PT1", "PT1.5H", "PT1S2M", "PT.5S", "P1.5D"] {
            check(text, None);
        }
    }
}
