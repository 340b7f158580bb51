//! Classes of characters, `[a-z\d]`, as they are written for the target.

use std::fmt::Write;

/// A class in the making: what stands between the brackets.
#[derive(Debug, Default)]
pub(super) struct Class {
    items: String,
}

impl Class {
    /// Adds one character.
    pub fn add(&mut self, char: char) {
        if char.is_ascii_alphanumeric() {
            self.items.push(char);
        } else {
            let _ = write!(self.items, "\\x{{{:X}}}", char as u32);
        }
    }

    /// Adds the characters from one to another.
    pub fn add_range(&mut self, first: char, last: char) {
        self.add(first);
        self.items.push('-');
        self.add(last);
    }

    /// Adds a class that is written in the target's syntax.
    pub fn add_class(&mut self, class: &str) {
        self.items.push_str(class);
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The class as the target writes it.
    pub fn finish(&self, negated: bool) -> String {
        match (self.items.as_str(), negated) {
            // An empty class is no class there.
            ("", false) => NOTHING.to_owned(),
            ("", true) => EVERYTHING.to_owned(),
            (items, false) => format!("[{items}]"),
            (items, true) => format!("[^{items}]"),
        }
    }
}

/// A class without characters.
pub(super) const NOTHING: &str = "[^\\x{0}-\\x{10FFFF}]";
/// A class of all characters.
pub(super) const EVERYTHING: &str = "[\\x{0}-\\x{10FFFF}]";
