//! What a Groovy script is read into.
//!
//! Local variables are numbered while the script is read, so that nothing looks for their names at run time.

use std::sync::{Arc, OnceLock};

use super::cast::Target;
use super::definition::GroovyClass;
use crate::script::class::ClassRef;
use crate::script::value::Value;

/// The number of a local variable within its function.
pub type Slot = u16;

/// A function: the script itself, a method, a closure.
#[derive(Debug, Default)]
pub struct Code {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it does.
    pub body: Vec<Statement>,
    /// The names of its local variables, and whether closures share them.
    pub locals: Vec<Local>,
    /// The variables that it takes from the function around it: where they are there, and here.
    pub captures: Vec<(Slot, Slot)>,
    /// Whether its only parameter is the `it` that nobody wrote.
    pub has_implicit_it: bool,
}

/// A local variable.
#[derive(Debug)]
pub struct Local {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a closure shares it.
    pub is_shared: bool,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Arc<str>,
    /// Where its value goes.
    pub slot: Slot,
    /// Its type.
    pub target: Target,
    /// Whether a type was written.
    pub is_typed: bool,
    /// What it is when the call leaves it out.
    pub default: Option<Expr>,
    /// Whether it takes all arguments that are left.
    pub is_variable: bool,
}

/// A statement and its line.
#[derive(Debug)]
pub struct Statement {
    /// What it does.
    pub kind: Kind,
    /// The line, from 1.
    pub line: u32,
}

/// The kinds of statements.
#[derive(Debug)]
pub enum Kind {
    /// An expression whose value nobody needs.
    Expression(Expr),
    /// `return`, or the last expression of a function.
    Return(Option<Expr>),
    /// `{ }`
    Block(Vec<Statement>),
    /// `if`
    If(Box<(Expr, Statement, Option<Statement>)>),
    /// `while`
    While(Box<(Expr, Statement)>, Option<Arc<str>>),
    /// `do while`
    DoWhile(Box<(Statement, Expr)>, Option<Arc<str>>),
    /// `for (a; b; c)`
    For(Box<ForLoop>, Option<Arc<str>>),
    /// `for (a in b)`
    ForIn(Box<ForIn>, Option<Arc<str>>),
    /// `switch`
    Switch(Box<(Expr, Vec<Case>)>),
    /// `try`
    Try(Box<Try>),
    /// `throw`
    Throw(Expr),
    /// `break`
    Break(Option<Arc<str>>),
    /// `continue`
    Continue(Option<Arc<str>>),
    /// `assert`
    Assert(Box<Assert>),
    /// BeanShell: a method of the variables around it.
    Define(Arc<Method>),
    /// Nothing.
    Empty,
}

/// `for (init; condition; update) body`
#[derive(Debug)]
pub struct ForLoop {
    /// What is done first.
    pub init: Vec<Expr>,
    /// Whether to go on.
    pub condition: Option<Expr>,
    /// What is done after each turn.
    pub update: Vec<Expr>,
    /// What is repeated.
    pub body: Statement,
}

/// `for (variable in items) body`
#[derive(Debug)]
pub struct ForIn {
    /// The variable.
    pub slot: Slot,
    /// Its type.
    pub target: Target,
    /// What it runs over.
    pub items: Expr,
    /// What is repeated.
    pub body: Statement,
}

/// A branch of a `switch`; without a value it is `default`.
#[derive(Debug)]
pub struct Case {
    /// The value.
    pub value: Option<Expr>,
    /// What is done from there on.
    pub body: Vec<Statement>,
}

/// `try`
#[derive(Debug)]
pub struct Try {
    /// What is closed afterwards.
    pub resources: Vec<(Slot, Expr)>,
    /// What may fail.
    pub body: Vec<Statement>,
    /// What is done then.
    pub catches: Vec<Catch>,
    /// What is done in any case.
    pub finally: Option<Vec<Statement>>,
}

/// `catch`
#[derive(Debug)]
pub struct Catch {
    /// The classes that it catches.
    pub classes: Vec<ClassRef>,
    /// The variable.
    pub slot: Slot,
    /// What is done.
    pub body: Vec<Statement>,
}

/// `assert`
#[derive(Debug)]
pub struct Assert {
    /// What has to hold; its parts are recorded.
    pub condition: Expr,
    /// The message.
    pub message: Option<Expr>,
    /// The source of the statement.
    pub source: Arc<str>,
    /// The condition in the words of Groovy's compiler.
    pub words: Arc<str>,
    /// The variables that the message shows.
    pub variables: Vec<(Arc<str>, Expr)>,
}

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
#[allow(missing_docs)]
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

/// Operators before a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
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

/// A script.
#[derive(Debug)]
pub struct Program {
    /// The script's own statements.
    pub code: Arc<Code>,
    /// Its methods.
    pub methods: Vec<Arc<Method>>,
    /// Its classes, the numbered ones without a name last.
    pub classes: Vec<Arc<GroovyClass>>,
    /// Its `@Field`s.
    pub fields: Vec<Field>,
    /// Classes that it names and that do not exist here.
    pub unknown: Vec<Unknown>,
}

/// A class that a script names and that does not exist here.
#[derive(Debug)]
pub struct Unknown {
    /// Its name.
    pub name: String,
    /// The line, from 1.
    pub line: u32,
    /// Whether Groovy's compiler looks for it: a type, not just the path of an expression.
    pub is_type: bool,
}

/// A method.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: Arc<str>,
    /// What it does.
    pub code: Arc<Code>,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Whether it has no body.
    pub is_abstract: bool,
    /// Its result's type; `Object` when none was written.
    pub result: Target,
    /// Whether it gives nothing.
    pub is_void: bool,
}

/// A field or property of a class.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub target: Target,
    /// What it is at first; a function without parameters.
    pub value: Option<Arc<Code>>,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Whether it is `final`.
    pub is_final: bool,
    /// Whether others see it as a property.
    pub is_property: bool,
    /// Whether it is made when it is first read: `@Lazy`.
    pub is_lazy: bool,
}

/// What a class is, known once its body was read.
#[derive(Debug, Default)]
pub struct Body {
    /// Its superclass and interfaces.
    pub parents: Vec<ClassRef>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its methods.
    pub methods: Vec<Arc<Method>>,
    /// Its constructors.
    pub constructors: Vec<Arc<Code>>,
    /// What runs when an object is made, before the constructor.
    pub initializers: Vec<Arc<Code>>,
    /// What runs when the class is first used.
    pub static_initializers: Vec<Arc<Code>>,
    /// The constants of an enumeration: names and arguments.
    pub constants: Vec<(Arc<str>, Arc<Code>)>,
    /// What annotations add.
    pub traits: Traits,
    /// The class around it.
    pub outer: Option<ClassRef>,
}

/// What annotations add to a class.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)]
pub struct Traits {
    /// It is an enumeration.
    pub is_enum: bool,
    /// It is an interface.
    pub is_interface: bool,
    /// It is a trait: an interface with fields and bodies.
    pub is_trait: bool,
    /// It is abstract.
    pub is_abstract: bool,
    /// `@Canonical`, `@ToString`: a text of all properties.
    pub has_text: bool,
    /// `@ToString(includeNames = true)`
    pub has_names_in_text: bool,
    /// `@Canonical`, `@EqualsAndHashCode`
    pub has_equality: bool,
    /// `@Canonical`, `@TupleConstructor`
    pub has_tuple_constructor: bool,
    /// `@Immutable`
    pub is_immutable: bool,
}

/// A body that is set once.
pub type LateBody = OnceLock<Body>;
