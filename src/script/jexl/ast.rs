//! What a JEXL text is read into.

use std::sync::Arc;

use crate::script::value::Value;

/// The dialects of JEXL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2.1 as the function `__jexl2` runs it: unknown names and nulls are errors.
    Two,
    /// 2.1 as the script language `jexl`: unknown names are null, and nulls count as zero.
    LenientTwo,
    /// 3.2: unknown names and nulls are errors.
    Three,
}

impl Version {
    /// Whether it is version 3.
    #[must_use]
    pub fn is_three(self) -> bool {
        self == Self::Three
    }

    /// Whether nulls and unknown names are errors.
    #[must_use]
    pub fn is_strict(self) -> bool {
        self != Self::LenientTwo
    }
}

/// A script: its statements, one after the other.
#[derive(Debug)]
pub struct Program {
    /// The statements.
    pub statements: Vec<Node>,
    /// The dialect that it was read as.
    pub version: Version,
}

/// A function of the script.
#[derive(Debug)]
pub struct Function {
    /// The names of its parameters.
    pub parameters: Vec<Arc<str>>,
    /// What it does.
    pub body: Node,
    /// The dialect.
    pub version: Version,
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, `div`
    Divide,
    /// `%`, `mod`
    Modulo,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `==`, `eq`
    Equal,
    /// `!=`, `ne`
    NotEqual,
    /// `<`, `lt`
    Less,
    /// `<=`, `le`
    LessOrEqual,
    /// `>`, `gt`
    Greater,
    /// `>=`, `ge`
    GreaterOrEqual,
    /// `=~`: matches, or is in
    Matches,
    /// `!~`
    MatchesNot,
    /// `=^`
    StartsWith,
    /// `!^`
    StartsNotWith,
    /// `=$`
    EndsWith,
    /// `!$`
    EndsNotWith,
    /// `..`
    Range,
}

/// An operator before a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `~`
    Complement,
    /// `!`, `not`
    Not,
    /// `empty`
    Empty,
    /// `size`
    Size,
}

/// An expression or statement.
#[derive(Debug)]
pub enum Node {
    /// A constant.
    Literal(Value),
    /// A text with expressions in it: `` `a${b}` ``.
    Template(Vec<Node>),
    /// A variable.
    Variable(Arc<str>),
    /// `[a, b]`
    Array(Vec<Node>),
    /// `{a, b}`
    Set(Vec<Node>),
    /// `{a : b}`
    Map(Vec<(Node, Node)>),
    /// An operator before a value.
    Prefix(Prefix, Box<Node>),
    /// An operator between two values.
    Binary(Operator, Box<(Node, Node)>),
    /// `&&`
    And(Box<(Node, Node)>),
    /// `||`
    Or(Box<(Node, Node)>),
    /// `a ? b : c`
    Ternary(Box<(Node, Node, Node)>),
    /// `a ?: b`
    Elvis(Box<(Node, Node)>),
    /// `a ?? b`
    Coalesce(Box<(Node, Node)>),
    /// `a = b`, `a += b`
    Assign(Box<Node>, Option<Operator>, Box<Node>),
    /// `a.b`, `a?.b`
    Property(Box<Node>, Arc<str>),
    /// `a[b]`
    Index(Box<(Node, Node)>),
    /// `a.b(c)`, `a?.b(c)`
    Call(Box<Node>, Arc<str>, Vec<Node>),
    /// `f(a)`
    Invoke(Box<Node>, Vec<Node>),
    /// `new(a, b)`
    New(Vec<Node>),
    /// `function(a) { }`, `a -> b`
    Lambda(Arc<Function>),
    /// `{ a; b; }`
    Block(Vec<Node>),
    /// `if (a) b else c`
    If(Box<(Node, Node, Option<Node>)>),
    /// `while (a) b`
    While(Box<(Node, Node)>),
    /// `do a while (b)`
    DoWhile(Box<(Node, Node)>),
    /// `for (a : b) c`
    For(Arc<str>, Box<(Node, Node)>),
    /// `var a = b`
    Declare(Arc<str>, Option<Box<Node>>),
    /// `return a`
    Return(Box<Node>),
    /// `break`
    Break,
    /// `continue`
    Continue,
}
