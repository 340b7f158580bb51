//! Types in a script: `int`, `Map<String, List<Integer>>`, `java.util.Date[]`.

use std::sync::Arc;

use super::super::cast::Target;
use super::super::token::{Syntax, Token, is_keyword, is_primitive};
use super::scope::anything;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::java::{object::OBJECT, primitive};

impl Parser {
    /// Where a type that begins at a word ends; none if there is no type.
    pub(super) fn after_type(&self, start: usize) -> Option<usize> {
        let first = self.word_at(start).name()?;
        if is_keyword(first) && !is_primitive(first) {
            return None;
        }
        let mut at = start + 1;
        let mut last = first;
        while !is_primitive(first) && self.word_at(at).is(".") {
            let Some(name) = self.words.get(at + 1).and_then(|word| word.name()) else { break };
            last = name;
            at += 2;
        }
        if !is_primitive(first) && !last.starts_with(|char: char| char.is_uppercase() || char == '$' || char == '_') {
            return None;
        }
        if self.word_at(at).is("<") && self.syntax == Syntax::Groovy {
            at = self.after_type_arguments(at)?;
        }
        while self.word_at(at).is("[") && self.words.get(at + 1).is_some_and(|word| word.is("]")) {
            at += 2;
        }
        Some(at)
    }

    fn after_type_arguments(&self, open: usize) -> Option<usize> {
        let mut depth = 0;
        for at in open..self.words.len() {
            match self.word_at(at).token {
                Token::Symbol("<") => depth += 1,
                Token::Symbol(">") => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                Token::Symbol("," | "." | "?" | "[" | "]" | "&") | Token::Name(_) => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether a local variable with a type is declared here: `Type name`.
    pub(super) fn is_typed_declaration(&self) -> bool {
        let Some(end) = self.after_type(self.at) else { return false };
        let word = self.word_at(end);
        let is_variable = word.name().is_some_and(|name| !is_keyword(name));
        is_variable && !word.after_line && !self.words.get(end + 1).is_some_and(|next| next.is("(") && !next.after_line)
    }

    /// Reads a type.
    pub(super) fn read_type(&mut self) -> Parsed<ClassRef> {
        let line = self.line();
        let first = self.any_name()?;
        let base = if is_primitive(&first) {
            let class = primitive::ALL.iter().find(|class| class.name == &*first);
            class.map_or(ClassRef::Java(&OBJECT), |class| ClassRef::Java(class))
        } else if matches!(&*first, "def" | "var") {
            ClassRef::Java(&OBJECT)
        } else {
            let mut name = first.to_string();
            while self.is(".") && self.word_after(1).name().is_some() {
                self.advance();
                name.push('.');
                name.push_str(&self.any_name()?);
            }
            self.class_or_unknown(&name, line)
        };
        self.skip_type_arguments();
        Ok(self.dimensions(base))
    }

    /// Skips `<A, B>` after a type.
    pub(super) fn skip_type_arguments(&mut self) {
        if self.is("<")
            && let Some(end) = self.after_type_arguments(self.at)
        {
            self.at = end;
        }
    }

    fn dimensions(&mut self, mut class: ClassRef) -> ClassRef {
        while self.is("[") && self.word_after(1).is("]") {
            self.advance();
            self.advance();
            class = ClassRef::Array(Arc::new(class));
        }
        class
    }

    /// The class of a name; one that does not exist counts as `Object` and is remembered.
    pub(super) fn class_or_unknown(&mut self, name: &str, line: u32) -> ClassRef {
        if let Some(class) = self.resolve_class(name) {
            return class;
        }
        // The type parameters of generic classes and methods have one letter.
        if name.len() > 1 {
            self.unknown_class(name, line);
        }
        ClassRef::Java(&OBJECT)
    }

    /// The class of a simple or full name.
    pub(super) fn resolve_class(&self, name: &str) -> Option<ClassRef> {
        match name.split_once('.') {
            None => self.class_named(name),
            Some((first, rest)) => self.qualified(name).or_else(|| {
                // `Map.Entry`, `Outer.Inner`.
                let outer = self.class_named(first)?;
                let inner = format!("{}${rest}", outer.name());
                let own = rest.rsplit('.').next().and_then(|name| self.class_named(name));
                self.qualified(&inner).or(own.filter(|class| matches!(class, ClassRef::Script(_))))
            }),
        }
    }

    /// The type of a declaration: `def`, `var`, a type, or nothing before a name. Whether one was written.
    pub(super) fn declared_type(&mut self) -> Parsed<(Target, bool)> {
        if self.is_name("def") || self.is_name("var") && self.word_after(1).name().is_some() {
            self.advance();
            // `def String x` has a type as well.
            if !self.is_typed_declaration() {
                return Ok((anything(), false));
            }
        }
        if self.is_typed_declaration() || self.after_type(self.at).is_some_and(|end| self.word_at(end).is("...")) {
            let class = self.read_type()?;
            return Ok((Target::of(class), true));
        }
        Ok((anything(), false))
    }
}
