//! From words to a tree: each operator binds more or less tightly than others.

use super::JmesPathError;
use super::ast::{Comparison, Expr, JmesPath};
use super::function;
use super::lexer::{Token, Word, words};

/// How deep expressions may stand in each other.
const DEPTH: u32 = 200;

impl JmesPath {
    /// Compiles an expression.
    ///
    /// # Errors
    /// When the text is none, or calls a function that does not exist.
    pub fn new(text: &str) -> Result<Self, JmesPathError> {
        let syntax = |what: String| JmesPathError::Syntax(text.to_owned(), what);
        let words = words(text).map_err(syntax)?;
        let mut parser = Parser { text, words, at: 0, depth: 0 };
        let expression = parser.expression(0).map_err(syntax)?;
        match parser.peek() {
            None => Ok(Self { expression }),
            Some(_) => Err(syntax(parser.complaint("<EOF>", |next| next.is_none()))),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    words: Vec<Word>,
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

/// What an expression may begin with, as JMeter's messages list it.
const EXPRESSION: &str = "{'!', '(', '*', '[', '{', '[?', '@', '`', RAW_STRING, JSON_CONSTANT, NAME, STRING}";
/// What may stand behind a dot.
const BEHIND_DOT: &str = "{'*', '[', '{', JSON_CONSTANT, NAME, STRING}";
/// What may name a member of an object.
const NAME: &str = "{JSON_CONSTANT, NAME, STRING}";

fn begins_expression(token: Option<&Token>) -> bool {
    !matches!(token, None | Some(Token::Number(_)))
        && !matches!(token, Some(Token::Symbol(symbol)) if !["!", "(", "*", "[", "[]", "{", "[?", "@", "&"].contains(symbol))
}

fn stands_behind_dot(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Name(_) | Token::Symbol("*" | "{" | "[")))
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.token(0)
    }

    /// The word that is so many words ahead.
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.words.get(self.at + ahead).map(|word| &word.token)
    }

    /// What is said of a word that does not fit (`org.antlr.v4.runtime.DefaultErrorStrategy`): it is superfluous if the next
    /// one would do.
    fn complaint(&self, expected: &str, fits: impl Fn(Option<&Token>) -> bool) -> String {
        let (word, position) = self.here();
        let is_superfluous = self.peek().is_some() && fits(self.token(1));
        let kind = if is_superfluous { "extraneous" } else { "mismatched" };
        format!("{kind} input '{word}' expecting {expected} at position {position}")
    }

    /// What is said when no kind of brackets fits.
    fn no_alternative(&self, from: usize) -> String {
        let (last, position) = self.here();
        let last = if self.peek().is_some() { last } else { "" };
        let first: String = self.words[from..self.at].iter().map(|word| &self.text[word.start..word.end]).collect();
        format!("no viable alternative at input '{first}{last}' at position {position}")
    }

    /// The text of the next word, and where it stands.
    fn here(&self) -> (&str, usize) {
        match self.words.get(self.at) {
            Some(word) => (&self.text[word.start..word.end], self.text[..word.start].chars().count()),
            None => ("<EOF>", self.text.chars().count()),
        }
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
        if self.skip(symbol) {
            return Ok(());
        }
        // A bracket that was forgotten at the end is told as missing.
        if self.peek().is_none() && [")", "]"].contains(&symbol) {
            let (word, position) = self.here();
            return Err(format!("missing '{symbol}' at '{word}' at position {position}"));
        }
        let fits = |next: Option<&Token>| matches!(next, Some(Token::Symbol(found)) if *found == symbol);
        Err(self.complaint(&format!("'{symbol}'"), fits))
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
        let Some(token) = self.peek().filter(|token| begins_expression(Some(token))).cloned() else {
            return Err(self.complaint(EXPRESSION, begins_expression));
        };
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
            Token::Number(_) | Token::Symbol(_) => {
                self.at -= 1;
                return Err(self.complaint(EXPRESSION, begins_expression));
            }
        })
    }

    /// Whether brackets hold a number, a slice or a star: not a list of expressions.
    fn starts_index(&self) -> bool {
        match self.token(1) {
            Some(Token::Number(_) | Token::Symbol(":")) => true,
            Some(Token::Symbol("*")) => self.token(2) == Some(&Token::Symbol("]")),
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
            _ => return Err(self.complaint("<EOF>", |next| next.is_none())),
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
            _ => Err(self.complaint(BEHIND_DOT, stands_behind_dot)),
        }
    }

    fn index(&mut self, left: Box<Expr>) -> Parsed {
        let from = self.at.saturating_sub(1);
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
                _ => return Err(self.no_alternative(from)),
            }
            self.at += 1;
        }
        self.at += 1;
        match (place, parts[0]) {
            (0, Some(index)) => Ok(Expr::Sub(left, Box::new(Expr::Index(index)))),
            (0, None) => Err(self.no_alternative(from)),
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
            let Some(Token::Name(name)) = self.peek().cloned() else {
                return Err(self.complaint(NAME, |next| matches!(next, Some(Token::Name(_)))));
            };
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
