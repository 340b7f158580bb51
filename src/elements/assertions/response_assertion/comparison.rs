//! Where two texts differ, for the message of a failed comparison (`ResponseAssertion.equalsComparisonText`).

use std::sync::Arc;

use crate::model::Fields;

/// How differences are shown.
pub(super) struct Comparison {
    /// How much of each part is shown, in UTF-16 units.
    section: usize,
    start: Arc<str>,
    end: Arc<str>,
}

impl Comparison {
    pub fn load(fields: &Fields<'_>) -> Self {
        let properties = &fields.loading.run.properties;
        Self {
            section: usize::try_from(properties.integer("assertion.equals_section_diff_len", 100)).unwrap_or(0),
            start: properties.text("assertion.equals_diff_delta_start", "[[["),
            end: properties.text("assertion.equals_diff_delta_end", "]]]"),
        }
    }

    /// Both texts, with what differs between marks.
    pub fn text(&self, received: &str, expected: &str) -> String {
        let received: Vec<u16> = received.encode_utf16().collect();
        let expected: Vec<u16> = expected.encode_utf16().collect();
        let first = received.iter().zip(&expected).take_while(|(one, other)| one == other).count();
        let (mut received_end, mut expected_end) = (received.len(), expected.len());
        // One unit at least is left to differ on each side.
        while received_end > first + 1
            && expected_end > first + 1
            && received[received_end - 1] == expected[expected_end - 1]
        {
            received_end -= 1;
            expected_end -= 1;
        }
        let ending = self.beginning_of(&received[received_end..]);
        if ending.is_empty() {
            (received_end, expected_end) = (received.len(), expected.len());
        }
        let starting = self.end_of(&received[..first]);
        let mut differing = [
            self.beginning_of(&received[first..received_end.max(first)]),
            self.beginning_of(&expected[first..expected_end.max(first)]),
        ];
        let length = |text: &String| text.encode_utf16().count();
        let longest = differing.iter().map(length).max().unwrap_or(0);
        for text in &mut differing {
            text.push_str(&" ".repeat(longest - length(text)));
        }
        let [received, expected] = differing;
        let (start, end) = (&self.start, &self.end);
        format!(
            "\n\n****** received  : {starting}{start}{received}{end}{ending}\
             \n\n****** comparison: {starting}{start}{expected}{end}{ending}\n\n"
        )
    }

    fn beginning_of(&self, units: &[u16]) -> String {
        if units.len() <= self.section {
            return String::from_utf16_lossy(units);
        }
        String::from_utf16_lossy(&units[..self.section]) + "..."
    }

    fn end_of(&self, units: &[u16]) -> String {
        if units.len() <= self.section {
            return String::from_utf16_lossy(units);
        }
        format!("...{}", String::from_utf16_lossy(&units[units.len() - self.section..]))
    }
}
