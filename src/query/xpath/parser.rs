//! From words to a tree.

use super::ast::{Comparison, Expr, Operator, XPath};
use super::decimal::Decimal;
use super::item::parse_double;
use super::lexer::{Token, tokens};
use super::{Item, Version, XPathError, core_functions, further_functions};

/// How deep expressions may stand in each other.
const DEPTH: u32 = 200;

impl XPath {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Why the text is none: for 1.0 in the words of Xalan.
    pub fn new(text: &str, version: Version) -> Result<Self, XPathError> {
        if version == Version::One && text.trim().is_empty() {
            return Err(syntax("Empty expression!"));
        }
        let tokens = tokens(text, version)?;
        let mut parser = Parser { tokens, at: 0, version, prefixes: Vec::new(), depth: 0 };
        let expression = parser.sequence()?;
        let rest: Vec<_> = parser.tokens[parser.at..].iter().map(|token| format!("'{}'", token.text())).collect();
        if !rest.is_empty() {
            return Err(syntax(format!("Extra illegal tokens: {}", rest.join(", "))));
        }
        Ok(Self { version, expression, prefixes: parser.prefixes })
    }
}

pub(super) fn syntax(message: impl Into<String>) -> XPathError {
    XPathError::Syntax(message.into())
}

/// A place in the words of an expression.
pub(super) struct Parser {
    pub tokens: Vec<Token>,
    pub at: usize,
    version: Version,
    /// The prefixes of names so far.
    pub prefixes: Vec<String>,
    depth: u32,
}

pub(super) type Parsed = Result<Expr, XPathError>;

/// Operators that join two values, from the loosest to the tightest.
const LEVELS: &[&[&str]] = &[
    &["or"],
    &["and"],
    &["=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "is", "<<", ">>"],
    &["||"],
    &["to"],
    &["+", "-"],
    &["*", "div", "idiv", "mod"],
    &["|", "union"],
    &["intersect", "except"],
];

impl Parser {
    pub(super) fn is_three(&self) -> bool {
        self.version == Version::Three
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn peek_is(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(Token::Operator(found)) if *found == symbol)
    }

    pub(super) fn peek_name(&self, name: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(found)) if found == name)
    }

    pub(super) fn follows(&self, places: usize, symbol: &str) -> bool {
        matches!(self.tokens.get(self.at + places), Some(Token::Operator(found)) if *found == symbol)
    }

    pub(super) fn skip(&mut self, symbol: &str) -> bool {
        let is_there = self.peek_is(symbol);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Result<(), XPathError> {
        if self.skip(symbol) {
            return Ok(());
        }
        Err(match self.peek() {
            Some(token) => syntax(format!("Expected {symbol}, but found: {}", token.text())),
            None if self.is_three() => syntax(format!("expected \"{symbol}\", found \"<eof>\"")),
            None => syntax(format!("Expected {symbol}, but found: null")),
        })
    }

    /// Values joined by commas (3.1), or one value.
    pub(super) fn sequence(&mut self) -> Parsed {
        let first = self.single()?;
        if !self.is_three() || !self.peek_is(",") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.skip(",") {
            all.push(self.single()?);
        }
        Ok(Expr::Sequence(all))
    }

    fn single(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(syntax("the expression is nested too deeply"));
        }
        let single = self.single_in_depth();
        self.depth -= 1;
        single
    }

    fn single_in_depth(&mut self) -> Parsed {
        let next_is_variable = matches!(self.tokens.get(self.at + 1), Some(Token::Variable(_)));
        if self.is_three() {
            match self.peek() {
                Some(Token::Name(word)) if next_is_variable => match word.as_str() {
                    "for" => return self.bindings(&[Token::Operator("in")], "return", Expr::For),
                    "let" => return self.bindings(&[Token::Operator(":=")], "return", Expr::Let),
                    "some" => return self.quantified(false),
                    "every" => return self.quantified(true),
                    _ => {}
                },
                Some(Token::Name(word)) if word == "if" && self.follows(1, "(") => return self.conditional(),
                _ => {}
            }
        }
        self.binary(0)
    }

    /// `for $a in ..., $b in ... return ...`, and `let` likewise.
    fn bindings(&mut self, between: &[Token], word: &str, make: fn(String, Box<Expr>, Box<Expr>) -> Expr) -> Parsed {
        self.at += 1;
        let mut bound = Vec::new();
        loop {
            let Some(Token::Variable(name)) = self.peek().cloned() else { return Err(self.unexpected()) };
            self.at += 1;
            if !self.peek().is_some_and(|token| between.contains(token)) {
                return Err(self.unexpected());
            }
            self.at += 1;
            bound.push((name, self.single()?));
            if !self.skip(",") {
                break;
            }
        }
        self.expect(word)?;
        let body = self.single()?;
        let nested = bound.into_iter().rev();
        Ok(nested.fold(body, |body, (name, value)| make(name, Box::new(value), Box::new(body))))
    }

    fn quantified(&mut self, every: bool) -> Parsed {
        let make: fn(String, Box<Expr>, Box<Expr>) -> Expr = if every {
            |variable, among, satisfies| Expr::Quantified { every: true, variable, among, satisfies }
        } else {
            |variable, among, satisfies| Expr::Quantified { every: false, variable, among, satisfies }
        };
        self.bindings(&[Token::Operator("in")], "satisfies", make)
    }

    fn conditional(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let condition = self.sequence()?;
        self.expect(")")?;
        self.expect("then")?;
        let then = self.single()?;
        self.expect("else")?;
        let otherwise = self.single()?;
        Ok(Expr::If(Box::new(condition), Box::new(then), Box::new(otherwise)))
    }

    /// Values joined by the operators of that level or a tighter one.
    fn binary(&mut self, level: usize) -> Parsed {
        let Some(operators) = LEVELS.get(level) else { return self.cast() };
        let mut left = self.binary(level + 1)?;
        while let Some(Token::Operator(symbol)) = self.peek()
            && operators.contains(symbol)
        {
            let symbol = *symbol;
            self.at += 1;
            let right = Box::new(self.binary(level + 1)?);
            left = join(symbol, Box::new(left), right);
        }
        Ok(left)
    }

    fn cast(&mut self) -> Parsed {
        let value = self.arrow()?;
        let only_asks = match self.peek() {
            Some(Token::Operator("cast")) => false,
            Some(Token::Operator("castable")) => true,
            Some(Token::Operator(word @ ("instance" | "treat"))) => {
                return Err(XPathError::Unsupported(format!("\"{word}\" in XPath")));
            }
            _ => return Ok(value),
        };
        self.at += 1;
        if !self.skip("as") && !self.peek_name("as") {
            return Err(self.unexpected());
        }
        self.at += usize::from(self.peek_name("as"));
        let Some(Token::Name(to)) = self.peek().cloned() else { return Err(self.unexpected()) };
        self.at += 1;
        self.skip("?");
        Ok(Expr::Cast { value: Box::new(value), to, only_asks })
    }

    /// `value => function(more)`
    fn arrow(&mut self) -> Parsed {
        let mut value = self.unary()?;
        while self.skip("=>") {
            let Some(Token::Name(name)) = self.peek().cloned() else {
                return Err(XPathError::Unsupported("a function as a value in XPath".into()));
            };
            self.at += 1;
            let mut arguments = vec![value];
            arguments.extend(self.arguments()?);
            value = self.call(name, arguments)?;
        }
        Ok(value)
    }

    fn unary(&mut self) -> Parsed {
        let mut is_negative = false;
        let mut has_sign = false;
        loop {
            if self.skip("-") {
                is_negative = !is_negative;
            } else if !(self.is_three() && self.skip("+")) {
                break;
            }
            has_sign = true;
        }
        let mut value = self.path()?;
        while self.skip("!") {
            value = Expr::Map(Box::new(value), Box::new(self.path()?));
        }
        Ok(if has_sign && is_negative { Expr::Negative(Box::new(value)) } else { value })
    }

    pub(super) fn filtered(&mut self) -> Parsed {
        let primary = self.primary()?;
        let predicates = self.predicates()?;
        Ok(if predicates.is_empty() { primary } else { Expr::Filter(Box::new(primary), predicates) })
    }

    fn primary(&mut self) -> Parsed {
        let Some(token) = self.peek().cloned() else { return Err(self.unexpected()) };
        self.at += 1;
        Ok(match token {
            Token::Number(text) => Expr::Literal(self.number(&text)),
            Token::Literal(text) => Expr::Literal(Item::Text(text)),
            Token::Variable(name) => Expr::Variable(name),
            Token::Operator(".") => Expr::Context,
            Token::Operator("(") => {
                if self.is_three() && self.skip(")") {
                    return Ok(Expr::Sequence(Vec::new()));
                }
                let inner = self.sequence()?;
                self.expect(")")?;
                inner
            }
            Token::Name(name) => {
                let arguments = self.arguments()?;
                self.call(name, arguments)?
            }
            Token::Operator(_) => {
                self.at -= 1;
                return Err(self.unexpected());
            }
        })
    }

    fn number(&self, text: &str) -> Item {
        match () {
            () if !self.is_three() || text.contains(['e', 'E']) => Item::Double(parse_double(text)),
            () if text.contains('.') => Decimal::parse(text).map_or(Item::Double(f64::NAN), Item::Decimal),
            () => text.parse().map_or_else(|_| Item::Double(parse_double(text)), Item::Integer),
        }
    }

    fn arguments(&mut self) -> Result<Vec<Expr>, XPathError> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        if self.skip(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.single()?);
            if !self.skip(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(arguments)
    }

    fn call(&mut self, name: String, arguments: Vec<Expr>) -> Parsed {
        let name = name.strip_prefix("fn:").map(str::to_owned).unwrap_or(name);
        let count = arguments.len();
        let is_known = core_functions::is_known(&name) || self.is_three() && further_functions::is_known(&name);
        if is_known {
            return Ok(Expr::Call(name, arguments));
        }
        Err(match self.version {
            Version::One => syntax(format!("Could not find function: {name}")),
            Version::Three if further_functions::is_missing(&name) => {
                XPathError::Unsupported(format!("the XPath function {name}()"))
            }
            Version::Three => syntax(format!(
                "Cannot find a {count}-argument function named Q{{http://www.w3.org/2005/xpath-functions}}{name}()"
            )),
        })
    }

    /// What is wrong at this place.
    pub(super) fn unexpected(&self) -> XPathError {
        match (self.peek(), self.version) {
            (None, Version::Three) => syntax("Expected an expression, but reached the end of the input"),
            (None, Version::One) => {
                syntax("A location path was expected, but the end of the XPath expression was found instead.")
            }
            (Some(Token::Operator(symbol @ ("{" | "?" | "#"))), Version::Three) => {
                XPathError::Unsupported(format!("\"{symbol}\" in XPath"))
            }
            (Some(token), Version::Three) => {
                syntax(format!("Unexpected token \"{}\" at start of expression", token.text()))
            }
            (Some(token), Version::One) => syntax(format!(
                "A location path was expected, but the following token was encountered:  {}",
                token.text()
            )),
        }
    }
}

fn join(symbol: &str, left: Box<Expr>, right: Box<Expr>) -> Expr {
    match symbol {
        "or" => Expr::Or(left, right),
        "and" => Expr::And(left, right),
        "=" => Expr::General(Comparison::Equal, left, right),
        "!=" => Expr::General(Comparison::NotEqual, left, right),
        "<" => Expr::General(Comparison::Less, left, right),
        "<=" => Expr::General(Comparison::LessOrEqual, left, right),
        ">" => Expr::General(Comparison::Greater, left, right),
        ">=" => Expr::General(Comparison::GreaterOrEqual, left, right),
        "eq" => Expr::Single(Comparison::Equal, left, right),
        "ne" => Expr::Single(Comparison::NotEqual, left, right),
        "lt" => Expr::Single(Comparison::Less, left, right),
        "le" => Expr::Single(Comparison::LessOrEqual, left, right),
        "gt" => Expr::Single(Comparison::Greater, left, right),
        "ge" => Expr::Single(Comparison::GreaterOrEqual, left, right),
        "is" => Expr::Single(Comparison::Is, left, right),
        "<<" => Expr::Single(Comparison::Before, left, right),
        ">>" => Expr::Single(Comparison::After, left, right),
        "||" => Expr::Concat(left, right),
        "to" => Expr::Range(left, right),
        "+" => Expr::Arithmetic(Operator::Add, left, right),
        "-" => Expr::Arithmetic(Operator::Subtract, left, right),
        "*" => Expr::Arithmetic(Operator::Multiply, left, right),
        "div" => Expr::Arithmetic(Operator::Divide, left, right),
        "idiv" => Expr::Arithmetic(Operator::DivideWhole, left, right),
        "mod" => Expr::Arithmetic(Operator::Modulo, left, right),
        "intersect" => Expr::Intersect(left, right),
        "except" => Expr::Except(left, right),
        _ => Expr::Union(left, right),
    }
}
