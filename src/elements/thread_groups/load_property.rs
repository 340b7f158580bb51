//! Load given by a property in place of the plan's table: `spawn(2,0s,10s,1m30s,10s) spawn(...)`, as the jpgc plugins read it
//! (`threads_schedule`, `load_profile`).

/// One call in such a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::elements) struct Chunk<'a> {
    /// Its name, in small letters.
    pub name: String,
    /// Its text, for messages.
    pub text: &'a str,
    parameters: Vec<&'a str>,
}

/// The calls in a property.
pub(in crate::elements) fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let chunks = text.split(')').collect::<Vec<_>>();
    let end = chunks.iter().rposition(|chunk| !chunk.is_empty()).map_or(0, |last| last + 1);
    let chunks = chunks.into_iter().take(end).map(|text| {
        let mut parts = text.split(['(', ',']);
        let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        Chunk { name, text, parameters: parts.collect() }
    });
    chunks.collect()
}

impl Chunk<'_> {
    /// A parameter that is a whole number; `None` if it is missing or none.
    pub fn number(&self, place: usize) -> Option<i32> {
        self.parameters.get(place)?.trim().parse().ok()
    }

    /// A parameter that is a time, in seconds.
    pub fn seconds(&self, place: usize) -> Option<i32> {
        seconds(self.parameters.get(place)?)
    }
}

/// A time like `1m30s`, `2h` or `10` in seconds; `None` if it is none (`JMeterPluginsUtils.getSecondsForShortString`).
fn seconds(text: &str) -> Option<i32> {
    let (mut sum, mut digits) = (0_i32, String::new());
    for char in text.trim().chars() {
        let factor = match char.to_ascii_lowercase() {
            '0'..='9' => {
                digits.push(char);
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return None,
        };
        sum = sum.checked_add(digits.parse::<i32>().ok()?.checked_mul(factor)?)?;
        digits.clear();
    }
    if digits.is_empty() { Some(sum) } else { sum.checked_add(digits.parse().ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let check = |text, expected| assert_eq!(seconds(text), expected, "{text}");
        check("10", Some(10));
        check(" 1m30s ", Some(90));
        check("1H5", Some(3605));
        check("2d", Some(172_800));
        check("", Some(0));
        check("s", None);
        check("1.5s", None);
        check("99999999999s", None);
    }

    #[test]
    fn a_property_holds_calls() {
        let read = |text| {
            let chunks = chunks(text).into_iter();
            chunks.map(|chunk| (chunk.name.clone(), chunk.number(0), chunk.seconds(1))).collect::<Vec<_>>()
        };
        assert_eq!(
            read("const(6, 1m) Line(5,2s)"),
            [("const".into(), Some(6), Some(60)), ("line".into(), Some(5), Some(2))]
        );
        assert_eq!(read("odd(3)"), [("odd".into(), Some(3), None)]);
        assert_eq!(read(""), []);
    }
}
