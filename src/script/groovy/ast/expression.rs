//! Expressions, and what they are made of.

use std::sync::Arc;

use super::{Code, Slot};
use crate::script::class::ClassRef;
use crate::script::groovy::cast::Target;
use crate::script::value::Value;

/// An item of a list or an argument.
#[derive(Debug)]
pub enum Item {
    /// One value.
    One(Expr),
    /// `*list`
    Spread(Expr),
}

/// An entry of a map.
#[derive(Debug)]
pub enum Entry {
    /// `key: value`
    Pair(Expr, Expr),
    /// `*: map`
    Spread(Expr),
}

/// How a member is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// `a.b`
    Plain,
    /// `a?.b`
    Safe,
    /// `a*.b`
    Spread,
    /// `a.@b`
    Field,
}

/// The name of a member.
#[derive(Debug)]
pub enum Name {
    /// Written as it is.
    Fixed(Arc<str>),
    /// Worked out: `a."$b"`.
    Dynamic(Expr),
}

/// Operators between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named as their signs are called")]
pub enum Operator {
    Plus,
    Minus,
    Multiply,
    Divide,
    Modulo,
    Power,
    LeftShift,
    RightShift,
    RightShiftUnsigned,
    And,
    Or,
    Xor,
    Equal,
    NotEqual,
    Identical,
    NotIdentical,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Compare,
    Find,
    Match,
    In,
    NotIn,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "**",
            Self::LeftShift => "<<",
            Self::RightShift => ">>",
            Self::RightShiftUnsigned => ">>>",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Identical => "===",
            Self::NotIdentical => "!==",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Compare => "<=>",
            Self::Find => "=~",
            Self::Match => "==~",
            Self::In => "in",
            Self::NotIn => "!in",
        }
    }
}

/// Operators before a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named as their signs are called")]
pub enum Prefix {
    Minus,
    Plus,
    Not,
    BitwiseNot,
}

/// A call of a method.
#[derive(Debug)]
pub struct Call {
    /// The object; none for a call without one.
    pub object: Option<Expr>,
    /// The method.
    pub name: Name,
    /// The arguments.
    pub args: Vec<Item>,
    /// How it is reached.
    pub access: Access,
    /// The line.
    pub line: u32,
}

/// `new Type(args) { body }`
#[derive(Debug)]
pub struct New {
    /// The class.
    pub class: ClassRef,
    /// The arguments.
    pub args: Vec<Item>,
    /// The line.
    pub line: u32,
    /// For a class without a name: the variables that it sees, as it sees them and as they are here.
    pub captures: Vec<(Arc<str>, Slot)>,
}

/// A place that is assigned to.
#[derive(Debug)]
pub enum Place {
    /// A local variable with its type.
    Local(Slot, Target),
    /// A variable of the script.
    Name(Arc<str>),
    /// A member.
    Property(Expr, Name, Access),
    /// An item.
    Index(Expr, Vec<Item>),
    /// Several at once.
    Many(Vec<Place>),
}

/// An expression.
#[derive(Debug)]
pub enum Expr {
    /// A constant.
    Literal(Value),
    /// A text with values in it.
    GString(Arc<[Arc<str>]>, Vec<Expr>),
    /// A local variable.
    Local(Slot),
    /// A variable of the script, or whatever else has that name.
    Name(Arc<str>),
    /// `this`
    This,
    /// `super`
    Super,
    /// A class.
    Class(ClassRef),
    /// A class that does not exist here.
    UnknownClass(Arc<str>),
    /// `[a, b]`
    List(Vec<Item>),
    /// `[a: b]`
    Map(Vec<Entry>),
    /// `a..b`
    Range(Box<(Expr, Expr)>, bool),
    /// `{ a -> b }`
    Closure(Arc<Code>),
    /// `a.b`
    Property(Box<(Expr, Name)>, Access),
    /// `a[b]`
    Index(Box<Expr>, Vec<Item>, bool),
    /// `a.b(c)`
    Call(Box<Call>),
    /// `a(b)`
    Invoke(Box<Expr>, Vec<Item>),
    /// `this(a)` or `super(a)` in a constructor.
    Constructor(bool, Vec<Item>),
    /// `new A(b)`
    New(Box<New>),
    /// `new int[3][]`: the type of the whole, the sizes that are given.
    NewArray(ClassRef, Vec<Expr>),
    /// `{a, b}` where an array is wanted.
    Array(ClassRef, Vec<Item>),
    /// An operator before a value.
    Prefix(Prefix, Box<Expr>),
    /// An operator between two values.
    Binary(Operator, Box<(Expr, Expr)>),
    /// `a && b`
    Both(Box<(Expr, Expr)>),
    /// `a || b`
    Either(Box<(Expr, Expr)>),
    /// `a ? b : c`
    Ternary(Box<(Expr, Expr, Expr)>),
    /// `a ?: b`
    Elvis(Box<(Expr, Expr)>),
    /// `a = b`
    Assign(Box<(Place, Expr)>),
    /// `a += b`
    Update(Box<(Place, Expr)>, Operator),
    /// `a ?= b`
    AssignIfFalse(Box<(Place, Expr)>),
    /// `a++`: the place, the step, and whether the old value is the result.
    Step(Box<Place>, i32, bool),
    /// `(A) b`
    Cast(Target, Box<Expr>),
    /// `a as B`
    Coerce(Target, Box<Expr>),
    /// `a instanceof B`
    InstanceOf(Box<Expr>, ClassRef, bool),
    /// `a.&b`
    Method(Box<(Expr, Name)>),
    /// `def a = b`
    Declare(Slot, Target, Option<Box<Expr>>),
    /// `def (a, b) = c`
    DeclareMany(Vec<(Slot, Target)>, Box<Expr>),
    /// A part of an assertion: its column, from 0.
    Recorded(u32, Box<Expr>),
}
