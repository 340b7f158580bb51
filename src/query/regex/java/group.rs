//! What stands in parentheses: groups, looking around, flags.

use super::{Atom, Flags, Parser, Step, refuse};

impl Parser {
    pub(super) fn group(&mut self) -> Step<Option<Atom>> {
        let flags = self.flags;
        if !self.take('?') {
            self.out.groups += 1;
            self.out.push("(");
            return self.group_body(flags, Atom::Text).map(Some);
        }
        let Some(kind) = self.next() else { return refuse("Unknown inline modifier", self.at) };
        match (kind, self.peek()) {
            (':', _) => self.out.push("(?:"),
            ('>', _) => self.out.push_backtracking("(?>"),
            ('=' | '!', _) => return self.look(kind, "", flags).map(Some),
            ('<', Some(behind @ ('=' | '!'))) => {
                self.at += 1;
                return self.look(behind, "<", flags).map(Some);
            }
            ('<', _) => {
                self.group_name()?;
                self.out.push("(");
            }
            ('$' | '@', _) => return refuse("Unknown group type", self.at - 1),
            _ => {
                self.at -= 1;
                if self.set_flags()? {
                    return Ok(None);
                }
                self.out.push("(?:");
            }
        }
        self.group_body(flags, Atom::Text).map(Some)
    }

    fn look(&mut self, kind: char, direction: &str, flags: Flags) -> Step<Atom> {
        self.out.push_backtracking(&format!("(?{direction}{kind}"));
        self.group_body(flags, Atom::Place)
    }

    fn group_body(&mut self, flags: Flags, atom: Atom) -> Step<Atom> {
        let start = self.out.regex.len();
        self.alternatives()?;
        let is_empty = self.out.regex.len() == start;
        if !self.take(')') {
            return refuse("Unclosed group", self.at);
        }
        self.flags = flags;
        let captures = self.out.regex[..start].ends_with('(');
        self.out.push(")");
        Ok(if is_empty && !captures { Atom::Place } else { atom })
    }

    fn group_name(&mut self) -> Step<()> {
        let name = self.name()?;
        if self.names.iter().any(|(other, _)| *other == name) {
            return refuse(format!("Named capturing group <{name}> is already defined"), self.at - 1);
        }
        self.out.groups += 1;
        self.names.push((name, self.out.groups));
        Ok(())
    }

    /// The name of a group and the bracket that ends it.
    pub(super) fn name(&mut self) -> Step<String> {
        let first = self.at;
        while self.peek().is_some_and(|char| char.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        let name: String = self.pattern[first..self.at].iter().collect();
        if !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
            return refuse("capturing group name does not start with a Latin letter", first);
        }
        if !self.take('>') {
            return refuse("named capturing group is missing trailing '>'", self.at);
        }
        Ok(name)
    }

    /// `(?i)` or `(?i:`, after its question mark; whether it is the former.
    fn set_flags(&mut self) -> Step<bool> {
        let mut on = true;
        loop {
            match self.next() {
                Some('-') if on => on = false,
                Some('i') => self.flags.fold_case = on,
                Some('m') => self.flags.lines = on,
                Some('s') => self.flags.dot_takes_all = on,
                Some('d') => self.flags.unix_lines = on,
                Some('u') => self.flags.fold_unicode = on,
                Some('x') => self.flags.comments = on,
                Some('U') => (self.flags.unicode_classes, self.flags.fold_unicode) = (on, on),
                Some(')') => return Ok(true),
                Some(':') => return Ok(false),
                _ => return refuse("Unknown inline modifier", self.at - 1),
            }
        }
    }
}
