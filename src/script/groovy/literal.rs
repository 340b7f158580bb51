//! Numbers and quoted texts of Groovy.

use num_bigint::BigInt;

use crate::script::number::Decimal;
use crate::script::value::Value;

/// How a text is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// `'text'`
    Single,
    /// `"text"`
    Double,
    /// `'''text'''`
    TripleSingle,
    /// `"""text"""`
    TripleDouble,
    /// `/text/`
    Slashy,
    /// `$/text/$`
    DollarSlashy,
    /// `"text"` of Java.
    Java,
}

impl Quote {
    /// What begins the text.
    #[must_use]
    pub fn open(self) -> &'static str {
        match self {
            Self::Single => "'",
            Self::Double | Self::Java => "\"",
            Self::TripleSingle => "'''",
            Self::TripleDouble => "\"\"\"",
            Self::Slashy => "/",
            Self::DollarSlashy => "$/",
        }
    }

    /// What ends it.
    #[must_use]
    pub fn close(self) -> &'static str {
        if self == Self::DollarSlashy { "/$" } else { self.open() }
    }

    /// Whether it may go over several lines.
    #[must_use]
    pub fn has_lines(self) -> bool {
        !matches!(self, Self::Single | Self::Double | Self::Java)
    }

    /// Whether there may be values in it.
    #[must_use]
    pub fn has_values(self) -> bool {
        !matches!(self, Self::Single | Self::TripleSingle | Self::Java)
    }

    /// What an escape at the beginning of a text stands for, and how long it is.
    #[must_use]
    pub fn escape(self, rest: &str) -> Option<(String, usize)> {
        match self {
            Self::Slashy => {
                if let Some(tail) = rest.strip_prefix("\\/") {
                    return Some(("/".into(), rest.len() - tail.len()));
                }
                unicode(rest)
            }
            Self::DollarSlashy => ["$$", "$/"].iter().find(|escape| rest.starts_with(**escape)).and_then(|escape| {
                // `$/` is an escaped slash unless the text ends there.
                Some((escape[1..].to_owned(), 2)).filter(|_| *escape == "$$" || !rest.starts_with("$/$"))
            }),
            _ => backslash(rest),
        }
    }
}

fn unicode(rest: &str) -> Option<(String, usize)> {
    let tail = rest.strip_prefix("\\u")?;
    let marks = tail.len() - tail.trim_start_matches('u').len();
    let digits = tail.get(marks..marks + 4)?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    let length = 2 + marks + 4;
    if (0xd800..0xdc00).contains(&unit)
        && let Some((low, more)) = surrogate(&rest[length..])
    {
        return Some((String::from_utf16_lossy(&[unit, low]), length + more));
    }
    Some((String::from_utf16_lossy(&[unit]), length))
}

/// The second half of a pair of escapes.
fn surrogate(rest: &str) -> Option<(u16, usize)> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    (0xdc00..0xe000).contains(&unit).then_some((unit, 6))
}

fn backslash(rest: &str) -> Option<(String, usize)> {
    let tail = rest.strip_prefix('\\')?;
    let char = tail.chars().next()?;
    let plain = match char {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\x08',
        'f' => '\x0c',
        's' => ' ',
        'u' => return unicode(rest),
        '0'..='7' => {
            let most = if char <= '3' { 3 } else { 2 };
            let digits = tail.bytes().take(most).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let code = u32::from_str_radix(&tail[..digits], 8).ok()?;
            return Some((char::from_u32(code)?.to_string(), 1 + digits));
        }
        '\r' if tail.starts_with("\r\n") => return Some((String::new(), 3)),
        '\n' => return Some((String::new(), 2)),
        '\\' | '\'' | '"' | '$' => char,
        // An escape that does not exist is an error in Groovy; keep both characters.
        _ => return Some((format!("\\{char}"), 1 + char.len_utf8())),
    };
    Some((plain.to_string(), 1 + char.len_utf8()))
}

/// The number at the beginning of a text, and how long it is.
#[must_use]
pub fn number(rest: &str) -> Option<(Value, usize)> {
    let bytes = rest.as_bytes();
    let run = |from: usize, is_digit: fn(u8) -> bool| {
        from + bytes[from..].iter().take_while(|byte| is_digit(**byte) || **byte == b'_').count()
    };
    let radix = match bytes {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        let end = run(2, |byte| byte.is_ascii_hexdigit());
        let digits = rest[2..end].replace('_', "");
        return whole(&digits, radix, rest[end..].chars().next(), end);
    }
    let mut end = run(0, |byte| byte.is_ascii_digit());
    let mut is_whole = true;
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = run(end + 1, |byte| byte.is_ascii_digit());
        is_whole = false;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let last = run(end + 1 + sign, |byte| byte.is_ascii_digit());
        if last > end + 1 + sign {
            end = last;
            is_whole = false;
        }
    }
    let digits = rest[..end].replace('_', "");
    let suffix = rest[end..].chars().next();
    let value = match suffix {
        Some('f' | 'F') => Value::Float(digits.parse().ok()?),
        Some('d' | 'D') => Value::Double(digits.parse().ok()?),
        Some('g' | 'G') if !is_whole => Decimal::parse(&digits).ok()?.into(),
        _ if is_whole => {
            let octal = digits.len() > 1 && digits.starts_with('0');
            return whole(&digits, if octal { 8 } else { 10 }, suffix, end);
        }
        _ => return Decimal::parse(&digits).ok().map(|number| (number.into(), end)),
    };
    Some((value, end + 1))
}

fn whole(digits: &str, radix: u32, suffix: Option<char>, end: usize) -> Option<(Value, usize)> {
    let number = BigInt::parse_bytes(digits.as_bytes(), radix)?;
    let value = match suffix {
        Some('L' | 'l') => Value::Long(i64::try_from(&number).ok()?),
        Some('I' | 'i') => Value::Int(i32::try_from(&number).ok()?),
        Some('G' | 'g') => number.into(),
        _ => {
            let value = match (i32::try_from(&number), i64::try_from(&number)) {
                (Ok(small), _) => Value::Int(small),
                (_, Ok(large)) => Value::Long(large),
                _ => number.into(),
            };
            return Some((value, end));
        }
    };
    Some((value, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_types() {
        let check = |text: &str, expected: &str| {
            let (value, length) = number(text).unwrap();
            assert_eq!(format!("{value:?} {} {length}", value.class().simple_name()), expected);
        };
        check("12", "12 Integer 2");
        check("2147483648", "2147483648 Long 10");
        check("9223372036854775808", "9223372036854775808 BigInteger 19");
        check("1.50", "1.50 BigDecimal 4");
        check("1e3", "1E+3 BigDecimal 3");
        check("1.5f+", "1.5 Float 4");
        check("0xFFFFFFFF", "4294967295 Long 10");
        check("017", "15 Integer 3");
        check("1_000L", "1000 Long 6");
        check("1..3", "1 Integer 1");
        check("1.5.round()", "1.5 BigDecimal 3");
    }
}
