//! Properties of characters: `\p{Alpha}`, `\p{IsLatin}`, `\p{javaLowerCase}`.

use super::Flags;

/// POSIX classes, which are ASCII's.
const POSIX: &[(&str, &str)] = &[
    ("Lower", "a-z"),
    ("Upper", "A-Z"),
    ("ASCII", r"\x{0}-\x{7F}"),
    ("Alpha", "a-zA-Z"),
    ("Digit", "0-9"),
    ("Alnum", "a-zA-Z0-9"),
    ("Punct", r"!-/:-@\x{5B}-\x{60}\x{7B}-\x{7E}"),
    ("Graph", r"!-\x{7E}"),
    ("Print", r"\x{20}-\x{7E}"),
    ("Blank", r"\t\x{20}"),
    ("Cntrl", r"\x{0}-\x{1F}\x{7F}"),
    ("XDigit", "0-9a-fA-F"),
    ("Space", r"\t-\r\x{20}"),
];

/// The same with the flag U.
const UNICODE: &[(&str, &str)] = &[
    ("Lower", r"\p{Lowercase}"),
    ("Upper", r"\p{Uppercase}"),
    ("Alpha", r"\p{Alphabetic}"),
    ("Digit", r"\p{Nd}"),
    ("Alnum", r"\p{Alphabetic}\p{Nd}"),
    ("Punct", r"\p{P}"),
    ("Blank", r"\p{Zs}\t"),
    ("Cntrl", r"\p{Cc}"),
    ("XDigit", r"\p{Nd}\p{Hex_Digit}"),
    ("Space", r"\p{White_Space}"),
];

/// What Java's `Character` and its own names mean.
const NAMED: &[(&str, &str)] = &[
    ("javaLowerCase", r"\p{Lowercase}"),
    ("javaUpperCase", r"\p{Uppercase}"),
    ("javaAlphabetic", r"\p{Alphabetic}"),
    ("javaIdeographic", r"\p{Ideographic}"),
    ("javaTitleCase", r"\p{Lt}"),
    ("javaDigit", r"\p{Nd}"),
    ("javaDefined", r"\p{Any}--\p{Cn}"),
    ("javaLetter", r"\p{L}"),
    ("javaLetterOrDigit", r"\p{L}\p{Nd}"),
    ("javaSpaceChar", r"\p{Z}"),
    ("javaWhitespace", r"\t-\r\x{1C}-\x{20}\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}"),
    ("javaISOControl", r"\p{Cc}"),
    ("LC", r"\p{Lu}\p{Ll}\p{Lt}"),
    ("LD", r"\p{L}\p{Nd}"),
    ("L1", r"\x{0}-\x{FF}"),
    ("all", r"\x{0}-\x{10FFFF}"),
    ("IsAlphabetic", r"\p{Alphabetic}"),
    ("IsIdeographic", r"\p{Ideographic}"),
    ("IsLetter", r"\p{Alphabetic}"),
    ("IsLowercase", r"\p{Lowercase}"),
    ("IsUppercase", r"\p{Uppercase}"),
    ("IsTitlecase", r"\p{Lt}"),
    ("IsWhite_Space", r"\p{White_Space}"),
    ("IsControl", r"\p{Cc}"),
    ("IsPunctuation", r"\p{P}"),
    ("IsDigit", r"\p{Nd}"),
    ("IsHex_Digit", r"\p{Nd}\p{Hex_Digit}"),
    ("IsAssigned", r"\p{Any}--\p{Cn}"),
    ("IsNoncharacter_Code_Point", r"\p{Noncharacter_Code_Point}"),
    ("InBasicLatin", r"\x{0}-\x{7F}"),
    ("InLatin-1Supplement", r"\x{80}-\x{FF}"),
    ("InGreek", r"\x{370}-\x{3FF}"),
    ("InCyrillic", r"\x{400}-\x{4FF}"),
    ("InHiragana", r"\x{3040}-\x{309F}"),
    ("InKatakana", r"\x{30A0}-\x{30FF}"),
    ("InCJKUnifiedIdeographs", r"\x{4E00}-\x{9FFF}"),
    ("InHangulSyllables", r"\x{AC00}-\x{D7AF}"),
];

/// The characters of a property, without brackets; `None` if there is no such property.
pub(super) fn class(name: &str, flags: Flags) -> Option<String> {
    let find = |table: &[(&'static str, &'static str)], name: &str| {
        table.iter().find(|(known, _)| *known == name).map(|(_, class)| (*class).to_owned())
    };
    // With the flag i the two cases and the title case are one.
    let name = match name {
        "Lower" | "Upper" if flags.fold_case => "Alpha",
        "Lu" | "Ll" | "Lt" | "IsLu" | "IsLl" | "IsLt" if flags.fold_case => "LC",
        name => name,
    };
    if flags.unicode_classes
        && let Some(class) = find(UNICODE, name)
    {
        return Some(class);
    }
    find(POSIX, name).or_else(|| find(NAMED, name)).or_else(|| unicode(name))
}

/// A script or a general category.
fn unicode(name: &str) -> Option<String> {
    let class = match name.split_once('=') {
        Some((key, value)) => match key.to_ascii_lowercase().as_str() {
            "sc" | "script" => format!("\\p{{sc={value}}}"),
            "gc" | "general_category" => format!("\\p{{gc={value}}}"),
            _ => return None,
        },
        None => match name.strip_prefix("Is") {
            Some(script) if script.len() > 2 => format!("\\p{{sc={script}}}"),
            Some(category) => format!("\\p{{gc={category}}}"),
            None if name.len() <= 2 => format!("\\p{{gc={name}}}"),
            None => return None,
        },
    };
    // The target knows which there are.
    regex::Regex::new(&class).ok().map(|_| class)
}
