//! Reads a JEXL text.

use std::sync::Arc;

use super::ast::{Function, Node, Operator, Prefix, Program, Version};
use super::lexer::{Token, tokens};
use crate::script::error::ScriptError;
use crate::script::value::Value;

/// How deeply expressions may be nested.
const MOST_DEPTH: u32 = 200;

/// Reads a script.
///
/// # Errors
/// The text is no JEXL.
pub fn parse(text: &str, version: Version) -> Result<Program, ScriptError> {
    let fail = |at: usize| {
        let class = if version.is_three() {
            "org.apache.commons.jexl3.JexlException$Parsing"
        } else {
            "org.apache.commons.jexl2.JexlException$Parsing"
        };
        let line = text[..at].matches('\n').count() as u32 + 1;
        let column = text[..at].rsplit('\n').next().map_or(0, str::len);
        ScriptError::compile(class, format!("@{line}:{column} parsing error in '{text}'"), line)
    };
    let mut parser = Parser { tokens: tokens(text, version).map_err(fail)?, at: 0, version, depth: 0 };
    let mut statements = Vec::new();
    while !matches!(parser.peek(), Token::End) {
        match parser.statement() {
            Ok(Some(statement)) => statements.push(statement),
            Ok(None) => {}
            Err(()) => return Err(fail(parser.place())),
        }
    }
    Ok(Program { statements, version })
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    version: Version,
    depth: u32,
}

type Parsed<T = Node> = Result<T, ()>;

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn peek_after(&self, count: usize) -> &Token {
        self.tokens.get(self.at + count).map_or(&Token::End, |(token, _)| token)
    }

    fn place(&self) -> usize {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> Token {
        let token = self.tokens[self.at].0.clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn is(&self, symbol: &str) -> bool {
        matches!(self.peek(), Token::Symbol(other) if *other == symbol)
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) { Ok(()) } else { Err(()) }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name) if **name == *word)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    fn name(&mut self) -> Parsed<Arc<str>> {
        match self.next() {
            Token::Name(name) => Ok(name),
            _ => Err(()),
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        let outcome = if self.depth > MOST_DEPTH { Err(()) } else { read(self) };
        self.depth -= 1;
        outcome
    }

    /// A statement; `None` for a lone semicolon.
    fn statement(&mut self) -> Parsed<Option<Node>> {
        if self.eat(";") {
            return Ok(None);
        }
        self.nested(Self::any_statement).map(Some)
    }

    fn any_statement(&mut self) -> Parsed {
        let word = match self.peek() {
            Token::Name(name) => name.clone(),
            Token::Symbol("{") if self.is_block() => return self.block(),
            _ => return self.expression_statement(),
        };
        match &*word {
            "if" => self.if_statement(),
            "while" => self.while_statement(),
            "for" => self.for_statement(),
            "foreach" if !self.version.is_three() => self.for_statement(),
            "do" if self.version.is_three() => self.do_statement(),
            "var" => {
                self.next();
                let name = self.name()?;
                let value = if self.eat("=") { Some(Box::new(self.expression()?)) } else { None };
                self.end_of_statement()?;
                Ok(Node::Declare(name, value))
            }
            "return" => {
                self.next();
                let value = Box::new(self.expression()?);
                self.end_of_statement()?;
                Ok(Node::Return(value))
            }
            "break" | "continue" if self.version.is_three() => {
                self.next();
                self.end_of_statement()?;
                Ok(if &*word == "break" { Node::Break } else { Node::Continue })
            }
            _ => self.expression_statement(),
        }
    }

    /// Whether a `{` begins a block rather than a map or a set.
    fn is_block(&self) -> bool {
        match (self.peek_after(1), self.peek_after(2)) {
            (Token::Symbol(":"), Token::Symbol("}"))
            | (Token::Literal(_) | Token::Name(_), Token::Symbol(":" | ",")) => false,
            (Token::Literal(_) | Token::Name(_), Token::Symbol("}")) if self.version.is_three() => {
                !matches!(self.peek_after(3), Token::Symbol("." | "["))
            }
            _ => true,
        }
    }

    fn expression_statement(&mut self) -> Parsed {
        let expression = self.expression()?;
        self.end_of_statement()?;
        Ok(expression)
    }

    fn end_of_statement(&mut self) -> Parsed<()> {
        let may_end = self.is("}") || self.is_word("else") || matches!(self.peek(), Token::End);
        if self.eat(";") || may_end { Ok(()) } else { Err(()) }
    }

    fn block(&mut self) -> Parsed {
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.eat("}") {
            if matches!(self.peek(), Token::End) {
                return Err(());
            }
            statements.extend(self.statement()?);
        }
        Ok(Node::Block(statements))
    }

    fn body(&mut self) -> Parsed {
        match self.statement()? {
            Some(statement) => Ok(statement),
            None => Ok(Node::Block(Vec::new())),
        }
    }

    fn if_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        let then = self.body()?;
        let otherwise = if self.eat_word("else") { Some(self.body()?) } else { None };
        Ok(Node::If(Box::new((condition, then, otherwise))))
    }

    fn while_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        Ok(Node::While(Box::new((condition, self.body()?))))
    }

    fn do_statement(&mut self) -> Parsed {
        self.next();
        let body = self.body()?;
        if !self.eat_word("while") {
            return Err(());
        }
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        self.end_of_statement()?;
        Ok(Node::DoWhile(Box::new((body, condition))))
    }

    fn for_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        self.eat_word("var");
        let name = self.name()?;
        if !self.eat(":") && (self.version.is_three() || !self.eat_word("in")) {
            return Err(());
        }
        let items = self.expression()?;
        self.expect(")")?;
        Ok(Node::For(name, Box::new((items, self.body()?))))
    }

    fn expression(&mut self) -> Parsed {
        self.nested(Self::assignment)
    }

    fn assignment(&mut self) -> Parsed {
        if let Some(lambda) = self.lambda()? {
            return Ok(lambda);
        }
        let left = self.conditional()?;
        let operator = match self.peek() {
            Token::Symbol("=") => None,
            Token::Symbol(symbol) if self.version.is_three() => match *symbol {
                "+=" => Some(Operator::Add),
                "-=" => Some(Operator::Subtract),
                "*=" => Some(Operator::Multiply),
                "/=" => Some(Operator::Divide),
                "%=" => Some(Operator::Modulo),
                "&=" => Some(Operator::BitAnd),
                "|=" => Some(Operator::BitOr),
                "^=" => Some(Operator::BitXor),
                _ => return Ok(left),
            },
            _ => return Ok(left),
        };
        if !matches!(left, Node::Variable(_) | Node::Property(..) | Node::Index(_)) {
            return Err(());
        }
        self.next();
        let value = self.expression()?;
        Ok(Node::Assign(Box::new(left), operator, Box::new(value)))
    }

    /// `function(a, b) { }`, `(a, b) -> c`, `a -> b`.
    fn lambda(&mut self) -> Parsed<Option<Node>> {
        if !self.version.is_three() {
            return Ok(None);
        }
        let is_arrow = |token: &Token| matches!(token, Token::Symbol("->" | "=>"));
        if self.is_word("function") && matches!(self.peek_after(1), Token::Symbol("(")) {
            self.next();
            let parameters = self.parameters()?;
            let body = self.block()?;
            return Ok(Some(self.function(parameters, body)));
        }
        let parameters = match self.peek() {
            Token::Name(name) if is_arrow(self.peek_after(1)) => {
                let name = name.clone();
                self.next();
                vec![name]
            }
            Token::Symbol("(") => {
                let mut close = 1;
                while matches!(self.peek_after(close), Token::Name(_) | Token::Symbol(",")) {
                    close += 1;
                }
                if !matches!(self.peek_after(close), Token::Symbol(")")) || !is_arrow(self.peek_after(close + 1)) {
                    return Ok(None);
                }
                self.parameters()?
            }
            _ => return Ok(None),
        };
        self.next();
        let body = self.block()?;
        Ok(Some(self.function(parameters, body)))
    }

    fn function(&self, parameters: Vec<Arc<str>>, body: Node) -> Node {
        Node::Lambda(Arc::new(Function { parameters, body, version: self.version }))
    }

    fn parameters(&mut self) -> Parsed<Vec<Arc<str>>> {
        self.expect("(")?;
        let mut names = Vec::new();
        while !self.eat(")") {
            self.eat_word("var");
            names.push(self.name()?);
            if !self.eat(",") && !self.is(")") {
                return Err(());
            }
        }
        Ok(names)
    }

    fn conditional(&mut self) -> Parsed {
        let condition = self.or()?;
        if self.eat("?:") {
            return Ok(Node::Elvis(Box::new((condition, self.expression()?))));
        }
        if self.version.is_three() && self.eat("??") {
            return Ok(Node::Coalesce(Box::new((condition, self.expression()?))));
        }
        if self.eat("?") {
            let then = self.expression()?;
            self.expect(":")?;
            return Ok(Node::Ternary(Box::new((condition, then, self.expression()?))));
        }
        Ok(condition)
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.eat("||") || self.eat_word("or") {
            left = Node::Or(Box::new((left, self.and()?)));
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.binary(0)?;
        while self.eat("&&") || self.eat_word("and") {
            left = Node::And(Box::new((left, self.binary(0)?)));
        }
        Ok(left)
    }

    /// The operator that comes next, and how tightly it binds.
    fn operator(&self) -> Option<(Operator, u8)> {
        use Operator as Op;
        let three = self.version.is_three();
        Some(match self.peek() {
            Token::Symbol(symbol) => match *symbol {
                "|" => (Op::BitOr, 1),
                "^" => (Op::BitXor, 2),
                "&" => (Op::BitAnd, 3),
                "==" => (Op::Equal, 4),
                "!=" => (Op::NotEqual, 4),
                ".." if three => (Op::Range, 4),
                "<" => (Op::Less, 5),
                "<=" => (Op::LessOrEqual, 5),
                ">" => (Op::Greater, 5),
                ">=" => (Op::GreaterOrEqual, 5),
                "=~" => (Op::Matches, 5),
                "!~" => (Op::MatchesNot, 5),
                "=^" if three => (Op::StartsWith, 5),
                "!^" if three => (Op::StartsNotWith, 5),
                "=$" if three => (Op::EndsWith, 5),
                "!$" if three => (Op::EndsNotWith, 5),
                "+" => (Op::Add, 6),
                "-" => (Op::Subtract, 6),
                "*" => (Op::Multiply, 7),
                "/" => (Op::Divide, 7),
                "%" => (Op::Modulo, 7),
                _ => return None,
            },
            Token::Name(name) => match &**name {
                "eq" => (Op::Equal, 4),
                "ne" => (Op::NotEqual, 4),
                "lt" => (Op::Less, 5),
                "le" => (Op::LessOrEqual, 5),
                "gt" => (Op::Greater, 5),
                "ge" => (Op::GreaterOrEqual, 5),
                "div" => (Op::Divide, 7),
                "mod" => (Op::Modulo, 7),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        // Comparisons do not chain: `1 < 2 < 3` is an error.
        let mut compared = 0;
        while let Some((operator, strength)) = self.operator() {
            if strength < least || strength == compared {
                break;
            }
            self.next();
            let right = self.nested(|parser| parser.binary(strength + 1))?;
            left = Node::Binary(operator, Box::new((left, right)));
            compared = if matches!(strength, 4 | 5) { strength } else { 0 };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        let prefix = match self.peek() {
            Token::Symbol("-") => Prefix::Minus,
            Token::Symbol("+") if self.version.is_three() => Prefix::Plus,
            Token::Symbol("~") => Prefix::Complement,
            Token::Symbol("!") => Prefix::Not,
            Token::Name(name) if **name == *"not" => Prefix::Not,
            Token::Name(name) if **name == *"empty" => Prefix::Empty,
            Token::Name(name) if **name == *"size" => Prefix::Size,
            _ => return self.reference(),
        };
        self.next();
        let operand = self.nested(Self::unary)?;
        if let (Prefix::Minus, Node::Literal(number)) = (prefix, &operand)
            && let Some(negated) = super::conversion::negated(number)
        {
            return Ok(Node::Literal(negated));
        }
        Ok(Node::Prefix(prefix, Box::new(operand)))
    }

    /// A value with all that follows it: `.name`, `[index]`, `(arguments)`.
    fn reference(&mut self) -> Parsed {
        let is_text = matches!(self.peek(), Token::Literal(Value::Str(_)) | Token::Symbol("("));
        let mut node = self.primary()?;
        // Version 2 has an index only after a name, and nothing at all after a number or a word like `null`.
        let mut may_index = self.version.is_three() || matches!(node, Node::Variable(_));
        let may_go_on = self.version.is_three() || !matches!(&node, Node::Literal(_)) || is_text;
        loop {
            if may_go_on && (self.is(".") || (self.version.is_three() && self.is("?."))) {
                self.next();
                node = self.member(node)?;
                may_index = self.version.is_three() || matches!(node, Node::Property(..));
            } else if may_index && self.eat("[") {
                let index = self.expression()?;
                self.expect("]")?;
                node = Node::Index(Box::new((node, index)));
            } else if self.version.is_three() && self.is("(") && !matches!(node, Node::Literal(_)) {
                let args = self.arguments()?;
                node = Node::Invoke(Box::new(node), args);
            } else {
                return Ok(node);
            }
        }
    }

    fn member(&mut self, object: Node) -> Parsed {
        let name = match self.next() {
            Token::Name(name) | Token::Literal(Value::Str(name)) => name,
            Token::Literal(Value::Int(number)) => number.to_string().into(),
            _ => return Err(()),
        };
        if self.is("(") {
            let args = self.arguments()?;
            return Ok(Node::Call(Box::new(object), name, args));
        }
        Ok(Node::Property(Box::new(object), name))
    }

    fn arguments(&mut self) -> Parsed<Vec<Node>> {
        self.expect("(")?;
        self.list(")")
    }

    fn list(&mut self, end: &str) -> Parsed<Vec<Node>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(self.expression()?);
            if !self.eat(",") && !self.is(end) {
                return Err(());
            }
        }
        Ok(items)
    }

    fn primary(&mut self) -> Parsed {
        match self.next() {
            Token::Literal(value) => Ok(Node::Literal(value)),
            Token::Template(text) => self.template(&text),
            Token::Name(name) => match &*name {
                "null" => Ok(Node::Literal(Value::Null)),
                "true" => Ok(Node::Literal(Value::Bool(true))),
                "false" => Ok(Node::Literal(Value::Bool(false))),
                "NaN" if self.version.is_three() => Ok(Node::Literal(Value::Double(f64::NAN))),
                "new" if self.is("(") => Ok(Node::New(self.arguments()?)),
                "if" | "else" | "for" | "while" | "return" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "div"
                | "mod" | "and" | "or" => Err(()),
                _ if self.is("(") => {
                    let args = self.arguments()?;
                    Ok(Node::Invoke(Box::new(Node::Variable(name)), args))
                }
                _ => Ok(Node::Variable(name)),
            },
            Token::Symbol("(") => {
                let inner = self.expression()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Symbol("[") => Ok(Node::Array(self.list("]")?)),
            Token::Symbol("{") => self.map(),
            _ => {
                self.at = self.at.saturating_sub(1);
                Err(())
            }
        }
    }

    /// A map or a set whose `{` was read.
    fn map(&mut self) -> Parsed {
        if self.eat(":") {
            self.expect("}")?;
            return Ok(Node::Map(Vec::new()));
        }
        if self.eat("}") {
            return if self.version.is_three() { Ok(Node::Set(Vec::new())) } else { Err(()) };
        }
        let first = self.expression()?;
        if !self.eat(":") {
            if !self.version.is_three() {
                return Err(());
            }
            let mut items = vec![first];
            while self.eat(",") {
                items.push(self.expression()?);
            }
            self.expect("}")?;
            return Ok(Node::Set(items));
        }
        let mut entries = vec![(first, self.expression()?)];
        while self.eat(",") {
            let key = self.expression()?;
            self.expect(":")?;
            entries.push((key, self.expression()?));
        }
        self.expect("}")?;
        Ok(Node::Map(entries))
    }

    fn template(&self, text: &str) -> Parsed {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            parts.push(Node::Literal(rest[..start].into()));
            let end = start + rest[start..].find('}').ok_or(())?;
            let tokens = tokens(&rest[start + 2..end], self.version).map_err(|_| ())?;
            let mut inner = Self { tokens, at: 0, version: self.version, depth: self.depth + 1 };
            parts.push(inner.expression()?);
            rest = &rest[end + 1..];
        }
        parts.push(Node::Literal(rest.into()));
        Ok(Node::Template(parts))
    }
}
