//! Statements.

use std::sync::Arc;

use super::super::ast::{Case, Catch, Expr, ForIn, ForLoop, Kind, Statement, Try};
use super::super::token::{Syntax, is_keyword};
use super::scope::anything;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::java::throwable;

impl Parser {
    /// A statement; none for a lone semicolon, an import, a class, a method.
    pub(super) fn statement(&mut self) -> Parsed<Option<Statement>> {
        if self.eat(";") {
            return Ok(None);
        }
        let line = self.line();
        let kind = self.nested(Self::kind_of_statement)?;
        Ok(kind.map(|kind| Statement { kind, line }))
    }

    fn kind_of_statement(&mut self) -> Parsed<Option<Kind>> {
        let Some(name) = self.word().name().cloned() else {
            if self.is("{") && (self.is_loose() || !self.is_closure_ahead()) {
                return self.block().map(|body| Some(Kind::Block(body)));
            }
            if self.is("@") || self.is("<") {
                return self.member_or_variable();
            }
            return self.expression_statement().map(Some);
        };
        let after_dot = self.word_after(1).is(".");
        if self.word_after(1).is(":") && !self.word_after(1).is("::") && !is_keyword(&name) && self.is_label() {
            self.advance();
            self.advance();
            return self.labelled(&name);
        }
        let kind = match &*name {
            "import" => {
                self.advance();
                self.import()?;
                return self.end_of_statement().map(|()| None);
            }
            "package" => {
                self.advance();
                while self.word().name().is_some() || self.is(".") {
                    self.advance();
                }
                return self.end_of_statement().map(|()| None);
            }
            "if" => self.if_statement()?,
            "while" => self.while_statement(None)?,
            "do" => self.do_statement(None)?,
            "for" => self.for_statement(None)?,
            "switch" => self.switch_statement()?,
            "try" => self.try_statement()?,
            "return" => self.return_statement()?,
            "throw" => {
                self.advance();
                let value = self.expression()?;
                self.end_of_statement()?;
                Kind::Throw(value)
            }
            "break" | "continue" => {
                self.advance();
                let label = if self.word().after_line { None } else { self.word().name().cloned() };
                if label.is_some() {
                    self.advance();
                }
                self.end_of_statement()?;
                if &*name == "break" { Kind::Break(label) } else { Kind::Continue(label) }
            }
            "assert" => self.assert_statement()?,
            "synchronized" if self.word_after(1).is("(") => {
                self.advance();
                self.expect("(")?;
                self.expression()?;
                self.expect(")")?;
                Kind::Block(self.block()?)
            }
            "this" | "super" | "new" | "null" | "true" | "false" => self.expression_statement()?,
            _ if !after_dot => return self.member_or_variable(),
            _ => return self.member_or_variable(),
        };
        Ok(Some(kind))
    }

    /// Whether `name:` is a label and not an entry of a map.
    fn is_label(&self) -> bool {
        let next = self.word_after(2);
        next.after_line || ["for", "while", "do"].iter().any(|word| next.is_name(word))
    }

    fn labelled(&mut self, label: &Arc<str>) -> Parsed<Option<Kind>> {
        let label = Some(label.clone());
        Ok(Some(match self.word().name().map(|name| &**name) {
            Some("for") => self.for_statement(label)?,
            Some("while") => self.while_statement(label)?,
            Some("do") => self.do_statement(label)?,
            _ => return self.kind_of_statement(),
        }))
    }

    /// A method, class or variable with its modifiers, or an expression.
    fn member_or_variable(&mut self) -> Parsed<Option<Kind>> {
        if self.is_type_definition() {
            self.type_definition()?;
            return Ok(None);
        }
        if self.is_loose() && self.is_method_definition() {
            let modifiers = self.modifiers()?;
            let method = self.method(modifiers)?;
            return Ok(Some(Kind::Define(Arc::new(method))));
        }
        if self.scopes.is_script() && self.is_method_definition() {
            self.script_method()?;
            return Ok(None);
        }
        if self.script_field()? {
            return Ok(None);
        }
        self.skip_annotations()?;
        if self.is_declaration() {
            let mut declared = self.declaration()?;
            self.end_of_statement()?;
            return Ok(Some(match declared.len() {
                1 => Kind::Expression(declared.remove(0)),
                _ => {
                    let line = self.line();
                    let statements = declared.into_iter().map(|one| Statement { kind: Kind::Expression(one), line });
                    Kind::Block(statements.collect())
                }
            }));
        }
        self.expression_statement().map(Some)
    }

    fn expression_statement(&mut self) -> Parsed<Kind> {
        let expression = self.command_or_expression()?;
        self.end_of_statement()?;
        Ok(Kind::Expression(expression))
    }

    /// A statement ends with its line, a semicolon or the block around it.
    pub(super) fn end_of_statement(&mut self) -> Parsed<()> {
        // Groovy's lines end statements; in BeanShell only a semicolon does.
        let is_over =
            |parser: &Self| parser.word().after_line || parser.is("}") || parser.is_end() || parser.is_name("else");
        if self.eat(";") || self.syntax == Syntax::Groovy && is_over(self) {
            return Ok(());
        }
        self.fail()
    }

    /// `{ statements }`
    pub(super) fn block(&mut self) -> Parsed<Vec<Statement>> {
        self.expect("{")?;
        self.scopes.begin();
        let outcome = self.bracketed(|parser| parser.statements("}"));
        self.scopes.end();
        outcome
    }

    fn statements(&mut self, close: &str) -> Parsed<Vec<Statement>> {
        let mut body = Vec::new();
        while !self.eat(close) {
            if self.is_end() {
                return self.fail();
            }
            body.extend(self.statement()?);
        }
        Ok(body)
    }

    /// The body of a loop or branch: a block or one statement.
    fn body(&mut self) -> Parsed<Statement> {
        let line = self.line();
        if self.is("{") {
            return Ok(Statement { kind: Kind::Block(self.block()?), line });
        }
        if self.eat(";") {
            return Ok(Statement { kind: Kind::Empty, line });
        }
        self.scopes.begin();
        let statement = self.statement();
        self.scopes.end();
        Ok(statement?.unwrap_or(Statement { kind: Kind::Empty, line }))
    }

    fn condition(&mut self) -> Parsed<Expr> {
        self.expect("(")?;
        let condition = self.bracketed(Self::expression)?;
        self.expect(")")?;
        Ok(condition)
    }

    fn if_statement(&mut self) -> Parsed<Kind> {
        self.advance();
        let condition = self.condition()?;
        let then = self.body()?;
        let mark = self.at;
        while self.eat(";") {}
        if self.eat_name("else") {
            let otherwise = self.body()?;
            return Ok(Kind::If(Box::new((condition, then, Some(otherwise)))));
        }
        self.at = mark;
        Ok(Kind::If(Box::new((condition, then, None))))
    }

    fn while_statement(&mut self, label: Option<Arc<str>>) -> Parsed<Kind> {
        self.advance();
        let condition = self.condition()?;
        Ok(Kind::While(Box::new((condition, self.body()?)), label))
    }

    fn do_statement(&mut self, label: Option<Arc<str>>) -> Parsed<Kind> {
        self.advance();
        let body = self.body()?;
        while self.eat(";") {}
        if !self.eat_name("while") {
            return self.fail();
        }
        let condition = self.condition()?;
        self.end_of_statement()?;
        Ok(Kind::DoWhile(Box::new((body, condition)), label))
    }

    fn for_statement(&mut self, label: Option<Arc<str>>) -> Parsed<Kind> {
        self.advance();
        self.expect("(")?;
        self.scopes.begin();
        let outcome =
            self.bracketed(|parser| if parser.is_for_in() { parser.for_in(label) } else { parser.for_loop(label) });
        self.scopes.end();
        outcome
    }

    /// Whether `in` or `:` follows the variable of a loop.
    fn is_for_in(&self) -> bool {
        let mut at = self.at;
        while self.word_at(at).is_name("final") || self.word_at(at).is_name("def") || self.word_at(at).is_name("var") {
            at += 1;
        }
        let separates = |at: usize| self.words.get(at).is_some_and(|word| word.is_name("in") || word.is(":"));
        if self.word_at(at).name().is_some() && separates(at + 1) {
            return true;
        }
        self.after_type(at).is_some_and(|end| self.word_at(end).name().is_some() && separates(end + 1))
    }

    fn for_in(&mut self, label: Option<Arc<str>>) -> Parsed<Kind> {
        while self.eat_name("final") {}
        let (target, _) = self.declared_type()?;
        let name = self.name()?;
        self.advance();
        let items = self.expression()?;
        self.expect(")")?;
        let slot = self.scopes.declare(&name, &target);
        let body = self.body()?;
        Ok(Kind::ForIn(Box::new(ForIn { slot, target, items, body }), label))
    }

    fn for_loop(&mut self, label: Option<Arc<str>>) -> Parsed<Kind> {
        let mut init = Vec::new();
        if !self.eat(";") {
            if self.is_declaration() {
                init = self.declaration()?;
            } else {
                init.push(self.expression()?);
                while self.eat(",") {
                    init.push(self.expression()?);
                }
            }
            self.expect(";")?;
        }
        let condition = if self.is(";") { None } else { Some(self.expression()?) };
        self.expect(";")?;
        let mut update = Vec::new();
        while !self.eat(")") {
            update.push(self.expression()?);
            if !self.eat(",") && !self.is(")") {
                return self.fail();
            }
        }
        let body = self.body()?;
        Ok(Kind::For(Box::new(ForLoop { init, condition, update, body }), label))
    }

    fn switch_statement(&mut self) -> Parsed<Kind> {
        self.advance();
        let value = self.condition()?;
        self.expect("{")?;
        self.scopes.begin();
        let cases = self.bracketed(Self::cases);
        self.scopes.end();
        Ok(Kind::Switch(Box::new((value, cases?))))
    }

    fn cases(&mut self) -> Parsed<Vec<Case>> {
        let mut cases = Vec::new();
        while !self.eat("}") {
            let value = if self.eat_name("default") {
                None
            } else if self.eat_name("case") {
                Some(self.expression()?)
            } else {
                return self.fail();
            };
            self.expect(":")?;
            let mut body = Vec::new();
            while !(self.is("}") || self.is_name("case") || self.is_name("default") && self.word_after(1).is(":")) {
                if self.is_end() {
                    return self.fail();
                }
                body.extend(self.statement()?);
            }
            cases.push(Case { value, body });
        }
        Ok(cases)
    }

    fn try_statement(&mut self) -> Parsed<Kind> {
        self.advance();
        self.scopes.begin();
        let outcome = self.try_parts();
        self.scopes.end();
        Ok(Kind::Try(Box::new(outcome?)))
    }

    fn try_parts(&mut self) -> Parsed<Try> {
        let mut resources = Vec::new();
        if self.eat("(") {
            while !self.eat(")") {
                if self.eat(";") {
                    continue;
                }
                match self
                    .bracketed(|parser| if parser.is_declaration() { parser.declaration() } else { Ok(Vec::new()) })?
                {
                    declared if declared.is_empty() => {
                        let value = self.bracketed(Self::expression)?;
                        resources.push((self.hidden("resource"), value));
                    }
                    declared => {
                        for one in declared {
                            if let Expr::Declare(slot, _, Some(value)) = one {
                                resources.push((slot, *value));
                            }
                        }
                    }
                }
            }
        }
        let body = self.block()?;
        let mut catches = Vec::new();
        while self.eat_name("catch") {
            catches.push(self.catch()?);
        }
        let finally = if self.eat_name("finally") { Some(self.block()?) } else { None };
        if catches.is_empty() && finally.is_none() && resources.is_empty() {
            return self.fail();
        }
        Ok(Try { resources, body, catches, finally })
    }

    fn catch(&mut self) -> Parsed<Catch> {
        self.expect("(")?;
        self.eat_name("final");
        let mut classes = Vec::new();
        if self.word_after(1).is(")") {
            // Without a type it is `Exception`.
            classes.push(ClassRef::Java(throwable::class("java.lang.Exception")));
        } else {
            self.eat_name("def");
            loop {
                classes.push(self.read_type()?);
                if !self.eat("|") {
                    break;
                }
            }
        }
        let name = self.name()?;
        self.expect(")")?;
        self.scopes.begin();
        let slot = self.scopes.declare(&name, &anything());
        let body = self.block();
        self.scopes.end();
        Ok(Catch { classes, slot, body: body? })
    }

    fn return_statement(&mut self) -> Parsed<Kind> {
        self.advance();
        let is_bare = self.word().after_line || self.is(";") || self.is("}") || self.is_end();
        let value = if is_bare { None } else { Some(self.command_or_expression()?) };
        self.end_of_statement()?;
        Ok(Kind::Return(value))
    }
}
