//! Conditional comments, which Internet Explorer understood before version 10.

/// The version of Internet Explorer that a user agent names, if it is one that understands conditional comments.
pub(super) fn ie_version(user_agent: &str) -> Option<f32> {
    user_agent.match_indices("MSIE ").find_map(|(at, name)| {
        let number = &user_agent[at + name.len()..];
        let whole = number.find(|char: char| !char.is_ascii_digit())?;
        let after = number[whole..].chars().next()?.len_utf8();
        let fraction = &number[whole + after..];
        let digits = fraction.find(|char: char| !char.is_ascii_digit()).unwrap_or(fraction.len());
        let version = number.get(..whole + after + digits).filter(|_| whole > 0 && digits > 0)?;
        version.parse().ok().filter(|version| *version < 10.0)
    })
}

/// Whether that version sees what stands behind the condition, for instance `if (gte IE 6)&(lt IE 8)`.
pub(super) fn holds(condition: &str, version: f32) -> bool {
    let condition = condition.strip_prefix("if").unwrap_or(condition).replace(['(', ')'], "");
    condition.split('|').any(|any| any.split('&').all(|term| term_holds(term.trim(), version)))
}

#[expect(clippy::float_cmp, reason = "both were read from a few digits")]
fn term_holds(term: &str, version: f32) -> bool {
    let number = |term: &str| term.trim().parse::<f32>().ok();
    let comparisons: [(&str, fn(f32, f32) -> bool); 6] = [
        ("IE ", |version, other| version == other),
        ("!IE ", |version, other| version != other),
        ("lt IE ", |version, other| version < other),
        ("lte IE ", |version, other| version <= other),
        ("gt IE ", |version, other| version > other),
        ("gte IE ", |version, other| version >= other),
    ];
    let known = comparisons.iter().find_map(|(words, compare)| Some((number(term.strip_prefix(words)?)?, compare)));
    known.is_some_and(|(other, compare)| compare(version, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_browsers_are_known_by_their_name() {
        let check = |agent: &str, expected: Option<f32>| assert_eq!(ie_version(agent), expected, "{agent}");
        check("Mozilla/4.0 (compatible; MSIE 7.0; Windows)", Some(7.0));
        check("Mozilla/5.0 (compatible; MSIE 10.0)", None);
        check("Mozilla/5.0", None);
        check("MSIE ", None);
    }

    #[test]
    fn conditions_compare_versions() {
        let check = |condition: &str, expected: bool| assert_eq!(holds(condition, 7.0), expected, "{condition}");
        check("if IE", false);
        check("if !IE", false);
        check("if IE 7", true);
        check("if !IE 7", false);
        check("if !(IE 6)", true);
        check("if lt IE 7", false);
        check("if lte IE 7", true);
        check("if (gt IE 5)&(lt IE 8)", true);
        check("if (IE 6)|(IE 7)", true);
        check("if gte mso 9", false);
        check("if true", false);
    }
}
