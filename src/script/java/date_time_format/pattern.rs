//! Reading a pattern (`DateTimeFormatterBuilder.appendPattern`).

use super::Field;
use super::locale::Style;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Literal(String),
    Number(Number),
    /// Nanoseconds as so many decimals.
    Fraction {
        digits: usize,
        subsequent: Subsequent,
    },
    Text {
        field: Field,
        style: Style,
        alone: bool,
    },
    /// `in the morning`
    DayPeriod,
    Offset {
        form: OffsetForm,
        zero: &'static str,
    },
    /// `GMT+2`, or in full `GMT+02:00`.
    LocalizedOffset {
        full: bool,
    },
    ZoneId,
    ZoneText {
        full: bool,
        generic: bool,
    },
    Optional(Vec<Item>),
    /// An item that blanks fill up to a width.
    Padded(usize, Box<Item>),
}

/// A field in digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub field: Field,
    pub least: usize,
    pub most: usize,
    pub sign: Sign,
    /// The last two digits of a year from 2000 on.
    pub reduced: bool,
    pub subsequent: Subsequent,
}

/// What is known of the digits that follow without anything between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subsequent {
    /// Nothing.
    None,
    /// The number has exactly its width.
    Fixed,
    /// So many digits belong to the numbers behind.
    Digits(usize),
}

/// Which signs a number may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Normal,
    NotNegative,
    /// A plus, if the number is wider than its least width.
    ExceedsPad,
}

/// How an offset is written: `+HHmm` has minutes only if there are some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OffsetForm {
    pub colon: bool,
    pub minutes: Presence,
    pub seconds: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Never,
    IfAny,
    Always,
}

/// The longest number that Java reads.
const LONGEST: usize = 19;

/// Reads a pattern.
pub(super) fn items(pattern: &str) -> Result<Vec<Item>, String> {
    let mut parser = Parser { pattern, rest: pattern.chars().peekable(), levels: vec![Level::default()] };
    parser.run()?;
    let mut levels = parser.levels;
    // Optional parts that are not closed end with the pattern.
    while levels.len() > 1 {
        let inner = levels.pop().unwrap_or_default();
        let outer = levels.last_mut().expect("the first level is never taken");
        outer.push(Item::Optional(inner.items));
    }
    Ok(levels.pop().unwrap_or_default().items)
}

struct Parser<'a> {
    pattern: &'a str,
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// The items of the whole, and of each optional part that is open.
    levels: Vec<Level>,
}

#[derive(Default)]
struct Level {
    items: Vec<Item>,
    /// The number that those which follow directly take digits from.
    adjacent: Option<usize>,
    /// The width that the next item is filled to.
    pad: usize,
}

impl Level {
    fn push(&mut self, item: Item) {
        let item = match std::mem::take(&mut self.pad) {
            0 => item,
            width => Item::Padded(width, Box::new(item)),
        };
        self.items.push(item);
        self.adjacent = None;
    }

    /// Appends a number. One of fixed width leaves the number before it fewer digits.
    fn push_number(&mut self, mut item: Item) {
        let width = fixed_width(&item);
        match (self.adjacent, width) {
            (Some(base), Some(width)) => {
                if let Some(subsequent) = subsequent(&mut self.items[base]) {
                    *subsequent = match *subsequent {
                        Subsequent::Digits(digits) => Subsequent::Digits(digits + width),
                        Subsequent::None | Subsequent::Fixed => Subsequent::Digits(width),
                    };
                }
                if let Some(subsequent) = subsequent(&mut item) {
                    *subsequent = Subsequent::Fixed;
                }
                self.push(item);
                self.adjacent = Some(base);
            }
            (base, _) => {
                if let Some(subsequent) = base.and_then(|base| subsequent(&mut self.items[base])) {
                    *subsequent = Subsequent::Fixed;
                }
                self.push(item);
                self.adjacent = Some(self.items.len() - 1);
            }
        }
    }
}

fn subsequent(item: &mut Item) -> Option<&mut Subsequent> {
    match item {
        Item::Number(Number { subsequent, .. }) | Item::Fraction { subsequent, .. } => Some(subsequent),
        _ => None,
    }
}

fn fixed_width(item: &Item) -> Option<usize> {
    match item {
        Item::Number(Number { least, most, sign: Sign::NotNegative, .. }) if least == most => Some(*most),
        Item::Fraction { digits, .. } => Some(*digits),
        _ => None,
    }
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(char) = self.rest.next() {
            match char {
                'a'..='z' | 'A'..='Z' => {
                    let count = self.count(char);
                    self.letters(char, count)?;
                }
                '\'' => {
                    let literal = self.literal()?;
                    self.push(Item::Literal(literal));
                }
                '[' => {
                    self.level().adjacent = None;
                    self.levels.push(Level::default());
                }
                ']' => {
                    let Some(inner) = self.levels.pop().filter(|_| !self.levels.is_empty()) else {
                        return Err("Pattern invalid as it contains ] without previous [".into());
                    };
                    self.push(Item::Optional(inner.items));
                }
                '{' | '}' | '#' => return Err(format!("Pattern includes reserved character: '{char}'")),
                char => self.push(Item::Literal(char.into())),
            }
        }
        Ok(())
    }

    fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("the first level is never taken")
    }

    fn push(&mut self, item: Item) {
        self.level().push(item);
    }

    /// How often a letter stands there, once included.
    fn count(&mut self, letter: char) -> usize {
        let mut count = 1;
        while self.rest.next_if_eq(&letter).is_some() {
            count += 1;
        }
        count
    }

    fn literal(&mut self) -> Result<String, String> {
        let mut literal = String::new();
        while let Some(char) = self.rest.next() {
            if char != '\'' {
                literal.push(char);
            } else if self.rest.next_if_eq(&'\'').is_some() {
                literal.push('\'');
            } else {
                return Ok(if literal.is_empty() { "'".into() } else { literal });
            }
        }
        Err(format!("Pattern ends with an incomplete string literal: {}", self.pattern))
    }

    fn letters(&mut self, letter: char, count: usize) -> Result<(), String> {
        if letter == 'p' {
            let Some(next) = self.rest.next_if(char::is_ascii_alphabetic) else {
                let pattern = self.pattern;
                return Err(format!("Pad letter 'p' must be followed by valid pad pattern: {pattern}"));
            };
            self.level().pad = count;
            let count = self.count(next);
            return self.letters(next, count);
        }
        let item = match Field::of_letter(letter) {
            Some(field) => field_item(letter, count, field)?,
            None => other_item(letter, count)?,
        };
        match item {
            Item::Number(_) | Item::Fraction { .. } => self.level().push_number(item),
            item => self.push(item),
        }
        Ok(())
    }
}

fn too_many<T>(letter: char) -> Result<T, String> {
    Err(format!("Too many pattern letters: {letter}"))
}

/// A number of at least so many digits.
fn number(field: Field, least: usize, most: usize, sign: Sign) -> Item {
    Item::Number(Number { field, least, most, sign, reduced: false, subsequent: Subsequent::None })
}

/// A number of any width for one letter, of exactly two digits for two.
fn plain(field: Field, count: usize) -> Item {
    if count == 1 { number(field, 1, LONGEST, Sign::Normal) } else { number(field, count, count, Sign::NotNegative) }
}

fn text(field: Field, letter: char, count: usize, alone: bool) -> Result<Item, String> {
    let style = match count {
        1..=3 => Style::Short,
        4 => Style::Full,
        5 => Style::Narrow,
        _ => return too_many(letter),
    };
    Ok(Item::Text { field, style, alone })
}

fn field_item(letter: char, count: usize, field: Field) -> Result<Item, String> {
    Ok(match (letter, count) {
        ('u' | 'y', 2) => Item::Number(Number {
            field,
            least: 2,
            most: 2,
            sign: Sign::NotNegative,
            reduced: true,
            subsequent: Subsequent::None,
        }),
        ('u' | 'y', _) => number(field, count, LONGEST, if count < 4 { Sign::Normal } else { Sign::ExceedsPad }),
        ('c', 1) | ('e', 1 | 2) => number(Field::LocalizedDayOfWeek, count, count, Sign::NotNegative),
        ('c', 2) => return Err("Invalid pattern \"cc\"".into()),
        ('F' | 'D', 1) | ('M' | 'L' | 'Q' | 'q' | 'd' | 'h' | 'H' | 'k' | 'K' | 'm' | 's', 1 | 2) => {
            plain(field, count)
        }
        ('c' | 'L' | 'q', _) => text(field, letter, count, true)?,
        ('M' | 'Q' | 'E' | 'e' | 'G', _) => text(field, letter, count, false)?,
        ('a', 1) => Item::Text { field, style: Style::Short, alone: false },
        ('S', _) if count <= 9 => Item::Fraction { digits: count, subsequent: Subsequent::None },
        ('S', _) => {
            return Err(format!("Maximum width must be from 1 to 9 inclusive but was {count}"));
        }
        ('D', 2 | 3) => number(field, count, 3, Sign::NotNegative),
        ('g', _) => number(field, count, LONGEST, Sign::Normal),
        ('A' | 'n' | 'N', _) => number(field, count, LONGEST, Sign::NotNegative),
        _ => return too_many(letter),
    })
}

fn other_item(letter: char, count: usize) -> Result<Item, String> {
    Ok(match (letter, count) {
        ('z', 1..=4) => Item::ZoneText { full: count == 4, generic: false },
        ('V', 2) => Item::ZoneId,
        ('V', _) => return Err(format!("Pattern letter count must be 2: {letter}")),
        ('v', 1 | 4) => Item::ZoneText { full: count == 4, generic: true },
        ('Z', 1..=3) => offset(2, "+0000"),
        ('Z', 4) => Item::LocalizedOffset { full: true },
        ('Z', 5) => offset(5, "Z"),
        ('O', 1 | 4) => Item::LocalizedOffset { full: count == 4 },
        ('O', _) => return Err(format!("Pattern letter count must be 1 or 4: {letter}")),
        ('X', 1..=5) => offset(count, "Z"),
        ('x', 1..=5) => offset(
            count,
            match count {
                1 => "+00",
                2 | 4 => "+0000",
                _ => "+00:00",
            },
        ),
        ('W', 1) => number(Field::WeekOfMonth, 1, 1, Sign::NotNegative),
        ('w', 1 | 2) => number(Field::WeekOfYear, count, 2, Sign::NotNegative),
        ('Y', 2) => Item::Number(Number {
            field: Field::WeekBasedYear,
            least: 2,
            most: 2,
            sign: Sign::NotNegative,
            reduced: true,
            subsequent: Subsequent::None,
        }),
        ('Y', _) => {
            let sign = if count < 4 { Sign::Normal } else { Sign::ExceedsPad };
            number(Field::WeekBasedYear, count, LONGEST, sign)
        }
        ('B', 1 | 4 | 5) => Item::DayPeriod,
        ('v' | 'B', _) => return Err(format!("Wrong number of pattern letters: {letter}")),
        ('z' | 'Z' | 'X' | 'x' | 'W' | 'w', _) => return too_many(letter),
        _ => return Err(format!("Unknown pattern letter: {letter}")),
    })
}

/// The form of so many letters `X`.
fn offset(count: usize, zero: &'static str) -> Item {
    use Presence::{Always, IfAny, Never};
    let (colon, minutes, seconds) = match count {
        1 => (false, IfAny, Never),
        2 => (false, Always, Never),
        3 => (true, Always, Never),
        4 => (false, Always, IfAny),
        _ => (true, Always, IfAny),
    };
    Item::Offset { form: OffsetForm { colon, minutes, seconds }, zero }
}
