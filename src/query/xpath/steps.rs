//! Paths: their steps, and which nodes each step takes.

use super::XPathError;
use super::ast::{Expr, Start, Step, Test};
use super::axis::{AXES, Axis};
use super::lexer::Token;
use super::parser::{Parsed, Parser, syntax};

impl Parser {
    pub(super) fn path(&mut self) -> Parsed {
        let mut steps = Vec::new();
        let start = if self.skip("//") {
            steps.push(anywhere());
            steps.push(self.step()?);
            Start::Root
        } else if self.skip("/") {
            if self.starts_step() {
                steps.push(self.step()?);
            }
            Start::Root
        } else if self.starts_primary() {
            let primary = self.filtered()?;
            if !self.peek_is("/") && !self.peek_is("//") {
                return Ok(primary);
            }
            Start::At(Box::new(primary))
        } else {
            steps.push(self.step()?);
            Start::Here
        };
        loop {
            if self.skip("//") {
                steps.push(anywhere());
            } else if !self.skip("/") {
                return Ok(Expr::Path(start, steps));
            }
            steps.push(self.step()?);
        }
    }

    fn starts_step(&self) -> bool {
        matches!(self.peek(), Some(Token::Name(_) | Token::Operator("." | ".." | "@")))
            || self.is_three() && self.starts_primary()
    }

    /// Whether a value begins here that is no step of a path.
    fn starts_primary(&self) -> bool {
        match self.peek() {
            Some(Token::Number(_) | Token::Literal(_) | Token::Variable(_) | Token::Operator("(")) => true,
            Some(Token::Operator(".")) => self.is_three() && !self.follows(1, "/") && !self.follows(1, "//"),
            Some(Token::Name(name)) => self.follows(1, "(") && kind_test(name).is_none(),
            _ => false,
        }
    }

    pub(super) fn predicates(&mut self) -> Result<Vec<Expr>, XPathError> {
        let mut predicates = Vec::new();
        while self.skip("[") {
            predicates.push(self.sequence()?);
            self.expect("]")?;
        }
        Ok(predicates)
    }

    fn step(&mut self) -> Result<Step, XPathError> {
        if self.skip("..") {
            let predicates = self.predicates()?;
            return Ok(Step::Axis { axis: Axis::Parent, test: Test::Node, predicates });
        }
        if self.peek_is(".") {
            self.at += 1;
            let predicates = self.predicates()?;
            return Ok(Step::Axis { axis: Axis::Itself, test: Test::Node, predicates });
        }
        if self.is_three() && self.starts_primary() {
            return Ok(Step::Expr(self.filtered()?));
        }
        let axis = self.axis()?;
        let test = self.test()?;
        let predicates = self.predicates()?;
        Ok(Step::Axis { axis, test, predicates })
    }

    fn axis(&mut self) -> Result<Axis, XPathError> {
        if self.skip("@") {
            return Ok(Axis::Attribute);
        }
        match self.peek() {
            Some(Token::Name(name)) if self.follows(1, "::") => {
                let axis = AXES.iter().find(|(known, _)| known == name).map(|(_, axis)| *axis);
                let axis = axis.ok_or_else(|| syntax(format!("illegal axis name: {name}")))?;
                self.at += 2;
                Ok(axis)
            }
            Some(Token::Name(name)) if name == "attribute" && self.follows(1, "(") => Ok(Axis::Attribute),
            _ => Ok(Axis::Child),
        }
    }

    fn test(&mut self) -> Result<Test, XPathError> {
        let Some(Token::Name(name)) = self.peek().cloned() else { return Err(self.unexpected()) };
        self.at += 1;
        if self.peek_is("(")
            && let Some(test) = kind_test(&name)
        {
            self.at += 1;
            let argument = match self.peek().cloned() {
                Some(Token::Literal(text) | Token::Name(text)) => {
                    self.at += 1;
                    Some(text)
                }
                _ => None,
            };
            self.expect(")")?;
            return Ok(match (test, argument) {
                (Test::Instruction(_), target) => Test::Instruction(target),
                (Test::Element | Test::Attribute, Some(name)) if name != "*" => self.name_test(&name),
                (test, _) => test,
            });
        }
        Ok(match name.as_str() {
            "*" => Test::Any,
            _ if name.starts_with("*:") => Test::AnyPrefix(name[2..].to_owned()),
            _ => match name.strip_suffix(":*") {
                Some(prefix) => {
                    self.prefixes.push(prefix.to_owned());
                    Test::AnyIn(prefix.to_owned())
                }
                None => self.name_test(&name),
            },
        })
    }

    fn name_test(&mut self, name: &str) -> Test {
        match name.split_once(':') {
            Some((prefix, local)) => {
                self.prefixes.push(prefix.to_owned());
                Test::Name(Some(prefix.to_owned()), local.to_owned())
            }
            None => Test::Name(None, name.to_owned()),
        }
    }
}

/// `descendant-or-self::node()`, which `//` stands for.
fn anywhere() -> Step {
    Step::Axis { axis: Axis::DescendantOrItself, test: Test::Node, predicates: Vec::new() }
}

fn kind_test(name: &str) -> Option<Test> {
    Some(match name {
        "node" => Test::Node,
        "text" => Test::Text,
        "comment" => Test::Comment,
        "processing-instruction" => Test::Instruction(None),
        "element" => Test::Element,
        "attribute" => Test::Attribute,
        "document-node" => Test::Document,
        _ => return None,
    })
}
