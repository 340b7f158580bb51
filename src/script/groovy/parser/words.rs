//! Going through the words of a script.

use std::sync::Arc;

use super::super::ast::{Code, Field, Kind, Method, Program, Statement, Unknown};
use super::super::definition::GroovyClass;
use super::super::lexer;
use super::super::token::{Syntax, Token, Word, is_keyword};
use super::imports::Imports;
use super::scope::Scopes;
use super::{Mistake, Parsed, Parser};
use crate::script::error::ScriptError;
use crate::script::library::Library;

/// How deeply a script may be nested.
const MOST_DEPTH: u32 = 150;

/// What a script declares beside its statements.
#[derive(Default)]
pub struct Declarations {
    pub methods: Vec<Arc<Method>>,
    pub classes: Vec<Arc<GroovyClass>>,
    pub fields: Vec<Field>,
    pub unknown: Vec<Unknown>,
    /// How many classes without a name there are.
    pub anonymous: u32,
}

/// Reads a script of Groovy.
///
/// # Errors
/// `MultipleCompilationErrorsException`.
pub fn parse(text: &str, library: &Arc<Library>) -> Result<Program, ScriptError> {
    read(text, Syntax::Groovy, library).map_err(|Mistake { message, line, .. }| {
        let message =
            format!("startup failed:\nScript1.groovy: {line}: {message} @ line {line}, column 1.\n\n1 error\n");
        ScriptError::compile("org.codehaus.groovy.control.MultipleCompilationErrorsException", message, line)
    })
}

/// Reads a script.
///
/// # Errors
/// The first mistake in it.
pub fn read(text: &str, syntax: Syntax, library: &Arc<Library>) -> Parsed<Program> {
    let words = lexer::words(text, syntax).map_err(|(message, line)| Mistake { message, line, at: usize::MAX })?;
    let mut parser = Parser {
        words,
        at: 0,
        source: text.into(),
        library: library.clone(),
        scopes: Scopes::default(),
        imports: Imports::default(),
        declarations: Declarations::default(),
        depth: 0,
        syntax,
        class_depth: 0,
        assertion: None,
        no_closures: syntax == Syntax::BeanShell,
    };
    parser.announce_classes();
    let code = parser.script()?;
    Ok(Program {
        code: Arc::new(code),
        methods: parser.declarations.methods,
        classes: parser.declarations.classes,
        fields: parser.declarations.fields,
        unknown: parser.declarations.unknown,
    })
}

impl Parser {
    /// Makes the classes of the script known before any use of them is read.
    fn announce_classes(&mut self) {
        for at in 0..self.words.len().saturating_sub(1) {
            let is_class = ["class", "interface", "enum", "trait"].iter().any(|word| self.words[at].is_name(word));
            let after_dot = at > 0 && (self.words[at - 1].is(".") || self.words[at - 1].is("?."));
            if let Some(name) = self.words[at + 1].name()
                && is_class
                && !after_dot
                && !is_keyword(name)
            {
                self.declarations.classes.push(GroovyClass::new(name.clone()));
            }
        }
    }

    fn script(&mut self) -> Parsed<Code> {
        self.scopes.open(scope_kind(), true);
        let mut body = Vec::new();
        while !self.is_end() {
            if let Some(statement) = self.statement()? {
                body.push(statement);
            }
        }
        self.add_return(&mut body);
        let mut code = self.scopes.close();
        code.body = body;
        Ok(code)
    }

    /// Whether it is BeanShell outside of classes, where variables are looked for by their names.
    pub(super) fn is_loose(&self) -> bool {
        self.syntax == Syntax::BeanShell && self.class_depth == 0
    }

    /// Makes the last statement give the function's value; in BeanShell only if it is an expression.
    pub(super) fn add_return(&self, body: &mut [Statement]) {
        let is_expression = matches!(body.last(), Some(Statement { kind: Kind::Expression(_), .. }));
        if is_expression || self.syntax == Syntax::Groovy {
            super::returns::add(body);
        }
    }

    pub(super) fn word(&self) -> &Word {
        &self.words[self.at]
    }

    pub(super) fn word_after(&self, count: usize) -> &Word {
        &self.words[(self.at + count).min(self.words.len() - 1)]
    }

    pub(super) fn line(&self) -> u32 {
        self.word().line
    }

    pub(super) fn is_end(&self) -> bool {
        matches!(self.word().token, Token::End)
    }

    pub(super) fn advance(&mut self) -> Word {
        let word = self.words[self.at].clone();
        self.at = (self.at + 1).min(self.words.len() - 1);
        word
    }

    pub(super) fn is(&self, symbol: &str) -> bool {
        self.word().is(symbol)
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        self.word().is_name(name)
    }

    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn eat_name(&mut self, name: &str) -> bool {
        let found = self.is_name(name);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) { Ok(()) } else { self.fail() }
    }

    /// The name that comes next; words of the language are none.
    pub(super) fn name(&mut self) -> Parsed<Arc<str>> {
        match self.word().name() {
            Some(name) if !is_keyword(name) => {
                let name = name.clone();
                self.advance();
                Ok(name)
            }
            _ => self.fail(),
        }
    }

    pub(super) fn fail<T>(&self) -> Parsed<T> {
        let word = self.word();
        let found = match &word.token {
            Token::End => "<EOF>".to_owned(),
            _ => self.source.get(word.start as usize..word.end as usize).unwrap_or_default().to_owned(),
        };
        self.fail_with(format!("Unexpected input: '{found}'"))
    }

    pub(super) fn fail_with<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(Mistake { message: message.into(), line: self.line(), at: self.word().start as usize })
    }

    /// Reads something that may contain itself.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        let outcome = if self.depth > MOST_DEPTH { self.fail_with("nested too deeply") } else { read(self) };
        self.depth -= 1;
        outcome
    }

    /// Reads other words with the same knowledge: an expression inside a text.
    pub(super) fn inside<T>(&mut self, words: &Arc<[Word]>, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let outer = std::mem::replace(&mut self.words, words.clone());
        let (at, assertion) = (self.at, self.assertion.take());
        self.at = 0;
        let outcome = self.nested(read);
        self.words = outer;
        self.at = at;
        self.assertion = assertion;
        outcome
    }

    /// Reads something between brackets, where a `{` is a closure again.
    pub(super) fn bracketed<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let is_loose = self.is_loose();
        let outer = std::mem::replace(&mut self.no_closures, is_loose);
        let outcome = read(self);
        self.no_closures = outer;
        outcome
    }

    /// Where the bracket that opens at a word is closed.
    pub(super) fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for at in open..self.words.len() {
            let Token::Symbol(symbol) = self.words[at].token else { continue };
            match symbol {
                "(" | "[" | "{" | "?[" => depth += 1,
                ")" | "]" | "}" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at;
                    }
                }
                _ => {}
            }
        }
        self.words.len() - 1
    }
}

fn scope_kind() -> super::scope::Kind {
    super::scope::Kind::Function
}
