//! The verdicts, counted.

use std::collections::BTreeMap;
use std::fmt;

/// What the server said of all cases.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<String, usize>,
    /// The cases that are not simply OK.
    notable: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, case: &str, behavior: String, ending: &str) {
        if !matches!(behavior.as_str(), "OK" | "INFORMATIONAL") {
            self.notable.push(format!("{case} {behavior}: {ending}"));
        }
        *self.counts.entry(behavior).or_default() += 1;
    }

    pub fn is_passed(&self, non_strict_limit: usize) -> bool {
        let count = |behavior| self.counts.get(behavior).copied().unwrap_or(0);
        let good = count("OK") + count("INFORMATIONAL") + count("NON-STRICT");
        let all: usize = self.counts.values().sum();
        all > 0 && good == all && count("NON-STRICT") <= non_strict_limit
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.notable {
            writeln!(f, "{line}")?;
        }
        write!(f, "{} cases", self.counts.values().sum::<usize>())?;
        for (behavior, count) in &self.counts {
            write!(f, ", {count} {behavior}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(behaviors: &[&str], expected: bool, summary: &str) {
        let mut tally = Tally::default();
        for behavior in behaviors {
            tally.add("1.1.1", (*behavior).to_owned(), "normal closure");
        }
        assert_eq!((tally.is_passed(1), tally.to_string().as_str()), (expected, summary));
    }

    #[test]
    fn only_so_many_cases_may_be_less_than_ok() {
        check(&["OK", "OK", "INFORMATIONAL"], true, "3 cases, 1 INFORMATIONAL, 2 OK");
        check(&["NON-STRICT"], true, "1.1.1 NON-STRICT: normal closure\n1 cases, 1 NON-STRICT");
        let two = "1.1.1 NON-STRICT: normal closure\n1.1.1 NON-STRICT: normal closure\n2 cases, 2 NON-STRICT";
        check(&["NON-STRICT", "NON-STRICT"], false, two);
        check(&["OK", "FAILED"], false, "1.1.1 FAILED: normal closure\n2 cases, 1 FAILED, 1 OK");
        check(&["UNIMPLEMENTED"], false, "1.1.1 UNIMPLEMENTED: normal closure\n1 cases, 1 UNIMPLEMENTED");
        check(&[], false, "0 cases");
    }
}
