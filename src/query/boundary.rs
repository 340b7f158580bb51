//! Texts between two boundaries.

use memchr::memmem::Finder;

/// The texts between a left and a right boundary, in order. The search goes on right behind the *left* boundary of the last
/// hit, so that hits may lie inside each other.
///
/// Without a left boundary there is only the text before the first right one, without a right boundary only the text behind
/// the first left one, without both the whole text.
pub struct Between<'b, 't> {
    left: Finder<'b>,
    right: Finder<'b>,
    /// What is still to be searched; `None` when that is over.
    rest: Option<&'t str>,
}

/// The texts between those boundaries.
#[must_use]
pub fn between<'b, 't>(text: &'t str, left: &'b str, right: &'b str) -> Between<'b, 't> {
    Between { left: Finder::new(left), right: Finder::new(right), rest: Some(text) }
}

impl<'t> Iterator for Between<'_, 't> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest.take()?;
        let (left, right) = (self.left.needle().len(), self.right.needle().len());
        let start = self.left.find(rest.as_bytes())? + left;
        let rest = &rest[start..];
        if right == 0 {
            return Some(rest);
        }
        let end = self.right.find(rest.as_bytes())?;
        self.rest = (left > 0).then_some(rest);
        Some(&rest[..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_between() {
        let check = |text, left, right, expected: &[&str]| {
            assert_eq!(between(text, left, right).collect::<Vec<_>>(), expected, "{text} {left} {right}");
        };
        check("<a><b>", "<", ">", &["a", "b"]);
        check("((in)", "(", ")", &["(in", "in"]);
        check("x=1;x=2", "x=", ";", &["1"]);
        check("a;b;c", "", ";", &["a"]);
        check("a;b;c", ";", "", &["b;c"]);
        check("abc", "", "", &["abc"]);
        check("abc", "x", "y", &[]);
        check("é<ü>", "é<", ">", &["ü"]);
        check("<>", "<", ">", &[""]);
    }
}
