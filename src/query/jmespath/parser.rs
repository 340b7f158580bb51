//! From words to a tree: each operator binds more or less tightly than others.

use super::JmesPathError;
use super::ast::{Comparison, Expr, JmesPath};
use super::function;
use super::lexer::{Token, tokens};

/// How deep expressions may stand in each other.
const DEPTH: u32 = 200;

impl JmesPath {
    /// Compiles an expression.
    ///
    /// # Errors
    /// When the text is none, or calls a function that does not exist.
    pub fn new(text: &str) -> Result<Self, JmesPathError> {
        let syntax = |what: String| JmesPathError::Syntax(text.to_owned(), what);
        let tokens = tokens(text).map_err(syntax)?;
        let mut parser = Parser { tokens, at: 0, depth: 0 };
        let expression = parser.expression(0).map_err(syntax)?;
        match parser.peek() {
            None => Ok(Self { expression }),
            Some(token) => Err(syntax(format!("unexpected {token:?}"))),
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

type Parsed = Result<Expr, String>;

const COMPARISONS: &[(&str, Comparison)] = &[
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    (">", Comparison::Greater),
    (">=", Comparison::GreaterOrEqual),
];

/// How tightly an operator binds what stands left of it.
fn tightness(symbol: &str) -> u32 {
    match symbol {
        "|" => 1,
        "||" => 2,
        "&&" => 3,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => 5,
        "[]" => 9,
        "[?" => 21,
        "." => 40,
        "[" => 55,
        _ => 0,
    }
}

/// What follows a projection and binds less than this ends it.
const PROJECTION: u32 = 10;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn symbol(&self) -> &'static str {
        match self.peek() {
            Some(Token::Symbol(symbol)) => symbol,
            _ => "",
        }
    }

    fn skip(&mut self, symbol: &str) -> bool {
        let is_there = self.symbol() == symbol;
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, symbol: &str) -> Result<(), String> {
        if self.skip(symbol) { Ok(()) } else { Err(format!("expected {symbol}")) }
    }

    fn expression(&mut self, tighter_than: u32) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("nested too deeply".into());
        }
        let mut left = self.prefix()?;
        while tightness(self.symbol()) > tighter_than {
            left = self.infix(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Parsed {
        let token = self.peek().cloned().ok_or("unexpected end")?;
        self.at += 1;
        Ok(match token {
            Token::Literal(value) => Expr::Literal(value),
            Token::Name(name) if self.skip("(") => self.call(name)?,
            Token::Name(name) => Expr::Field(name),
            Token::Symbol("@") => Expr::Current,
            Token::Symbol("!") => Expr::Not(Box::new(self.expression(45)?)),
            Token::Symbol("&") => Expr::Reference(Box::new(self.expression(0)?)),
            Token::Symbol("(") => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner
            }
            Token::Symbol("*") => Expr::ProjectValues(Box::new(Expr::Current), Box::new(self.projected()?)),
            Token::Symbol("{") => self.hash()?,
            Token::Symbol("[" | "[]" | "[?") => {
                self.at -= 1;
                if self.symbol() == "[" && !self.starts_index() {
                    self.at += 1;
                    return self.list();
                }
                self.infix(Expr::Current)?
            }
            token => return Err(format!("unexpected {token:?}")),
        })
    }

    /// Whether brackets hold a number, a slice or a star: not a list of expressions.
    fn starts_index(&self) -> bool {
        match self.tokens.get(self.at + 1) {
            Some(Token::Number(_) | Token::Symbol(":")) => true,
            Some(Token::Symbol("*")) => self.tokens.get(self.at + 2) == Some(&Token::Symbol("]")),
            _ => false,
        }
    }

    fn infix(&mut self, left: Expr) -> Parsed {
        let symbol = self.symbol();
        self.at += 1;
        let left = Box::new(left);
        if let Some((_, comparison)) = COMPARISONS.iter().find(|(known, _)| *known == symbol) {
            return Ok(Expr::Compare(*comparison, left, Box::new(self.expression(tightness(symbol))?)));
        }
        Ok(match symbol {
            "|" => Expr::Sub(left, Box::new(self.expression(1)?)),
            "||" => Expr::Or(left, Box::new(self.expression(2)?)),
            "&&" => Expr::And(left, Box::new(self.expression(3)?)),
            "." if self.skip("*") => Expr::ProjectValues(left, Box::new(self.projected()?)),
            "." => Expr::Sub(left, Box::new(self.after_dot(tightness("."))?)),
            "[]" => Expr::Project(Box::new(Expr::Flatten(left)), Box::new(self.projected()?)),
            "[?" => {
                let condition = Box::new(self.expression(0)?);
                self.expect("]")?;
                Expr::Filter { of: left, condition, then: Box::new(self.projected()?) }
            }
            "[" => self.index(left)?,
            other => return Err(format!("unexpected {other}")),
        })
    }

    /// What may stand behind a dot.
    fn after_dot(&mut self, tighter_than: u32) -> Parsed {
        match self.peek() {
            Some(Token::Name(_) | Token::Symbol("*" | "{")) => self.expression(tighter_than),
            Some(Token::Symbol("[")) => {
                self.at += 1;
                let list = self.list()?;
                let mut left = list;
                while tightness(self.symbol()) > tighter_than {
                    left = self.infix(left)?;
                }
                Ok(left)
            }
            token => Err(format!("unexpected {token:?} behind a dot")),
        }
    }

    fn index(&mut self, left: Box<Expr>) -> Parsed {
        if self.skip("*") {
            self.expect("]")?;
            return Ok(Expr::Project(left, Box::new(self.projected()?)));
        }
        let mut parts = [None; 3];
        let mut place = 0;
        loop {
            match self.peek() {
                Some(Token::Number(number)) if parts[place].is_none() => parts[place] = Some(*number),
                Some(Token::Symbol(":")) if place < 2 => place += 1,
                Some(Token::Symbol("]")) => break,
                token => return Err(format!("unexpected {token:?} in brackets")),
            }
            self.at += 1;
        }
        self.at += 1;
        match (place, parts[0]) {
            (0, Some(index)) => Ok(Expr::Sub(left, Box::new(Expr::Index(index)))),
            (0, None) => Err("empty brackets".into()),
            _ => {
                let step = parts[2].unwrap_or(1);
                if step == 0 {
                    return Err("a slice cannot have a step of 0".into());
                }
                let slice = Expr::Sub(left, Box::new(Expr::Slice(parts[0], parts[1], step)));
                Ok(Expr::Project(Box::new(slice), Box::new(self.projected()?)))
            }
        }
    }

    /// What is done with each item of a projection.
    fn projected(&mut self) -> Parsed {
        let symbol = self.symbol();
        if tightness(symbol) < PROJECTION {
            return Ok(Expr::Current);
        }
        if symbol == "." {
            self.at += 1;
            if self.skip("*") {
                return Ok(Expr::ProjectValues(Box::new(Expr::Current), Box::new(self.projected()?)));
            }
            return self.after_dot(20);
        }
        let mut left = self.infix(Expr::Current)?;
        while tightness(self.symbol()) > 20 {
            left = self.infix(left)?;
        }
        Ok(left)
    }

    fn list(&mut self) -> Parsed {
        let mut items = vec![self.expression(0)?];
        while self.skip(",") {
            items.push(self.expression(0)?);
        }
        self.expect("]")?;
        Ok(Expr::List(items))
    }

    fn hash(&mut self) -> Parsed {
        let mut members = Vec::new();
        loop {
            let Some(Token::Name(name)) = self.peek().cloned() else { return Err("expected a name".into()) };
            self.at += 1;
            self.expect(":")?;
            members.push((name, self.expression(0)?));
            if !self.skip(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(Expr::Hash(members))
    }

    fn call(&mut self, name: String) -> Parsed {
        let mut arguments = Vec::new();
        if !self.skip(")") {
            loop {
                arguments.push(self.expression(0)?);
                if !self.skip(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        if function::is_known(&name) {
            Ok(Expr::Call(name, arguments))
        } else {
            Err(format!("unknown function {name}"))
        }
    }
}
