//! `java.text.DecimalFormat` for whole numbers: `000`, `#,##0`, `'u'00`, `0.##E0`, `0;(0)`.

/// A pattern for numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecimalFormat {
    positive: Affixes,
    negative: Affixes,
    number: Number,
    multiplier: i128,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Affixes {
    prefix: String,
    suffix: String,
}

/// The part of a pattern that stands for the digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Number {
    least_integer: usize,
    most_integer: usize,
    least_fraction: usize,
    most_fraction: usize,
    /// Digits between two commas; 0 for none.
    group: usize,
    shows_point: bool,
    /// Digits of the exponent, where there is one.
    exponent: Option<usize>,
}

impl DecimalFormat {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What Java finds wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let malformed = || format!("Malformed pattern \"{pattern}\"");
        let mut parser = Parser { chars: pattern.chars().collect(), at: 0, multiplier: 1 };
        let mut format = Self { multiplier: 1, ..Self::default() };
        let prefix = parser.affix(true)?;
        let digits = parser.digits()?;
        let suffix = parser.affix(false)?;
        format.positive = Affixes { prefix, suffix };
        format.number = digits.number().ok_or_else(malformed)?;
        format.multiplier = parser.multiplier;
        let mut has_negative = false;
        if parser.at < parser.chars.len() {
            parser.at += 1;
            parser.multiplier = 1;
            let prefix = parser.affix(true)?;
            parser.skip_digits();
            let suffix = parser.affix(false)?;
            format.negative = Affixes { prefix, suffix };
            has_negative = true;
        }
        if !has_negative || format.negative == format.positive {
            format.negative = Affixes { prefix: format!("-{}", format.positive.prefix), ..format.positive.clone() };
        }
        if pattern.is_empty() {
            format.number = Number { most_integer: usize::MAX, group: 3, ..Number::default() };
        }
        Ok(format)
    }

    /// The text of a number.
    #[must_use]
    pub fn format(&self, number: i64) -> String {
        let magnitude = i128::from(number).unsigned_abs() * self.multiplier.unsigned_abs();
        let affixes = if number < 0 { &self.negative } else { &self.positive };
        let digits = if magnitude == 0 { String::new() } else { magnitude.to_string() };
        let text = match self.number.exponent {
            Some(exponent) => self.number.scientific(&digits, exponent),
            None => self.number.plain(&digits),
        };
        format!("{}{text}{}", affixes.prefix, affixes.suffix)
    }
}

/// A number with a comma between thousands.
#[must_use]
pub fn grouped(number: i64) -> String {
    DecimalFormat::new("#,##0").map_or_else(|_| number.to_string(), |format| format.format(number))
}

impl Number {
    fn plain(&self, digits: &str) -> String {
        let digits = &digits[digits.len() - digits.len().min(self.most_integer)..];
        let count = digits.len().max(self.least_integer);
        let zeros = std::iter::repeat_n('0', count - digits.len());
        let mut text = String::new();
        for (place, digit) in zeros.chain(digits.chars()).enumerate() {
            let left = count - place;
            if place > 0 && self.group > 0 && left.is_multiple_of(self.group) {
                text.push(',');
            }
            text.push(digit);
        }
        if text.is_empty() && self.least_fraction == 0 {
            text.push('0');
        }
        if self.shows_point || self.least_fraction > 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', self.least_fraction));
        text
    }

    fn scientific(&self, digits: &str, exponent_digits: usize) -> String {
        // Where the point stands in `0.digits`.
        let mut point = digits.len() as i64;
        let digits = rounded(digits, self.most_integer + self.most_fraction, &mut point);
        let repeat = self.most_integer as i64;
        let mut least_integer = self.least_integer as i64;
        let mut exponent = point;
        if repeat > 1 && repeat > least_integer {
            exponent = (if exponent >= 1 { exponent - 1 } else { exponent - repeat }) / repeat * repeat;
            least_integer = 1;
        } else {
            exponent -= least_integer;
        }
        let integer = if digits.is_empty() { least_integer } else { point - exponent };
        let least = (self.least_integer + self.least_fraction) as i64;
        let total = (digits.len() as i64).max(least).max(integer);
        let mut text = String::new();
        for place in 0..total {
            if place == integer {
                text.push('.');
            }
            text.push(digits.chars().nth(place as usize).unwrap_or('0'));
        }
        if self.shows_point && total == integer {
            text.push('.');
        }
        let exponent = if digits.is_empty() { 0 } else { exponent };
        let sign = if exponent < 0 { "-" } else { "" };
        format!("{text}E{sign}{:0exponent_digits$}", exponent.unsigned_abs())
    }
}

/// At most so many digits, the rest rounded half to even, without zeros at the end.
fn rounded(digits: &str, most: usize, point: &mut i64) -> String {
    let mut kept: Vec<u8> = digits.bytes().take(most.max(1)).collect();
    let rest = &digits.as_bytes()[kept.len()..];
    let half = rest.first().map(|first| (first, rest[1..].iter().any(|digit| *digit != b'0')));
    let goes_up = match half {
        Some((b'5', false)) => kept.last().is_some_and(|digit| digit % 2 == 1),
        Some((digit, _)) => *digit >= b'5',
        None => false,
    };
    if goes_up {
        while kept.last() == Some(&b'9') {
            kept.pop();
        }
        match kept.last_mut() {
            Some(digit) => *digit += 1,
            None => {
                kept.push(b'1');
                *point += 1;
            }
        }
    }
    String::from_utf8_lossy(&kept).trim_end_matches('0').to_owned()
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    multiplier: i128,
}

/// What stands for the digits, counted.
#[derive(Default)]
struct Digits {
    left: usize,
    zeros: usize,
    right: usize,
    point: Option<usize>,
    group: Option<usize>,
    exponent: Option<usize>,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The text before or behind the digits.
    fn affix(&mut self, is_prefix: bool) -> Result<String, String> {
        let mut affix = String::new();
        let pattern: String = self.chars.iter().collect();
        while let Some(char) = self.peek() {
            match char {
                '#' | '0' | ',' | '.' if is_prefix => break,
                '#' | '0' | ',' | '.' => {
                    return Err(format!("Unquoted special character '{char}' in pattern \"{pattern}\""));
                }
                ';' if is_prefix => return Err(format!("Unquoted special character ';' in pattern \"{pattern}\"")),
                ';' => break,
                '\'' => {
                    self.at += 1;
                    self.quoted(&mut affix, &pattern)?;
                    continue;
                }
                '%' | '\u{2030}' => {
                    if self.multiplier != 1 {
                        return Err(format!("Too many percent/per mille characters in pattern \"{pattern}\""));
                    }
                    self.multiplier = if char == '%' { 100 } else { 1000 };
                    affix.push(char);
                }
                _ => affix.push(char),
            }
            self.at += 1;
        }
        Ok(affix)
    }

    fn quoted(&mut self, affix: &mut String, pattern: &str) -> Result<(), String> {
        if self.peek() == Some('\'') {
            affix.push('\'');
            self.at += 1;
            return Ok(());
        }
        while let Some(char) = self.peek() {
            self.at += 1;
            match char {
                '\'' if self.peek() == Some('\'') => {
                    affix.push('\'');
                    self.at += 1;
                }
                '\'' => return Ok(()),
                char => affix.push(char),
            }
        }
        Err(format!("Malformed pattern \"{pattern}\""))
    }

    /// Those of a negative pattern are those of the positive one, whatever they are.
    fn skip_digits(&mut self) {
        while matches!(self.peek(), Some('#' | '0' | ',' | '.' | 'E')) {
            self.at += 1;
        }
    }

    fn digits(&mut self) -> Result<Digits, String> {
        let mut digits = Digits::default();
        let pattern: String = self.chars.iter().collect();
        while let Some(char) = self.peek() {
            match char {
                '#' if digits.zeros > 0 => digits.right += 1,
                '#' => digits.left += 1,
                '0' if digits.right > 0 => return Err(format!("Unexpected '0' in pattern \"{pattern}\"")),
                '0' => digits.zeros += 1,
                ',' => digits.group = Some(0),
                '.' if digits.point.is_some() => {
                    return Err(format!("Multiple decimal separators in pattern \"{pattern}\""));
                }
                '.' => digits.point = Some(digits.total()),
                'E' => {
                    self.at += 1;
                    let zeros = self.chars[self.at..].iter().take_while(|char| **char == '0').count();
                    self.at += zeros;
                    if digits.left + digits.zeros < 1 || zeros < 1 {
                        return Err(format!("Malformed exponential pattern \"{pattern}\""));
                    }
                    digits.exponent = Some(zeros);
                    return Ok(digits);
                }
                _ => return Ok(digits),
            }
            if matches!(char, '#' | '0') && digits.point.is_none() {
                digits.group = digits.group.map(|group| group + 1);
            }
            self.at += 1;
        }
        Ok(digits)
    }
}

impl Digits {
    fn total(&self) -> usize {
        self.left + self.zeros + self.right
    }

    /// What they mean; `None` if they are malformed.
    fn number(mut self) -> Option<Number> {
        if let (0, Some(point)) = (self.zeros, self.point)
            && self.left > 0
        {
            // `#.#` has one digit before the point at least.
            let point = point.max(1);
            (self.right, self.left, self.zeros) = (self.left - point.min(self.left), point - 1, 1);
        }
        let total = self.total();
        let is_misplaced = match self.point {
            None => self.right > 0,
            Some(point) => point < self.left || point > self.left + self.zeros,
        };
        if is_misplaced || self.group == Some(0) {
            return None;
        }
        let least_integer = self.point.unwrap_or(total) - self.left;
        Some(Number {
            least_integer,
            most_integer: if self.exponent.is_some() { self.left + least_integer } else { usize::MAX },
            least_fraction: self.point.map_or(0, |point| self.left + self.zeros - point),
            most_fraction: self.point.map_or(0, |point| total - point),
            group: self.group.unwrap_or(0),
            shows_point: self.point.is_some_and(|point| point == 0 || point == total),
            exponent: self.exponent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(pattern: &str, number: i64) -> String {
        DecimalFormat::new(pattern).map_or_else(|error| error, |format| format.format(number))
    }

    #[test]
    fn numbers() {
        let check = |pattern, number, expected: &str| assert_eq!(format(pattern, number), expected, "{pattern}");
        check("000", 7, "007");
        check("000", -7, "-007");
        check("#", 0, "0");
        check("#,##0", 1_234_567, "1,234,567");
        check("'u'00", 3, "u03");
        check("0%", 2, "200%");
        check("0.00", 5, "5.00");
        check("0;(0)", -5, "(5)");
        check("0.##E0", 12_345, "1.23E4");
        check("0.##E0", 12_350, "1.24E4");
        check("0.##E0", 12_450, "1.24E4");
        check("##0.##E0", 123_456, "123.46E3");
        check("'it''s' #", 1, "it's 1");
        check("#,##0", i64::MIN, "-9,223,372,036,854,775,808");
    }

    #[test]
    fn what_is_no_pattern() {
        let check = |pattern, expected: &str| assert_eq!(format(pattern, 1), expected);
        check("0#", "Malformed pattern \"0#\"");
        check("#0#0", "Unexpected '0' in pattern \"#0#0\"");
        check("0.0.0", "Multiple decimal separators in pattern \"0.0.0\"");
        check("0 #", "Unquoted special character '#' in pattern \"0 #\"");
        check("0'x", "Malformed pattern \"0'x\"");
        check("0E", "Malformed exponential pattern \"0E\"");
    }
}
