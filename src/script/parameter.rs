//! The types of a method's parameters: which values fit, how well, and what they become.
//!
//! The distances follow Groovy's: a `BigDecimal` fits a `double`, no fraction fits an `int`, a `GString` is a `String`.

use num_traits::ToPrimitive;

use super::class::ClassRef;
use super::java;
use super::machine::{Args, Machine, Outcome};
use super::number::Decimal;
use super::value::Value;

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// `boolean`.
    Bool,
    /// `byte`.
    Byte,
    /// `short`.
    Short,
    /// `char`.
    Char,
    /// `int`.
    Int,
    /// `long`.
    Long,
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `Object`: anything.
    Object,
    /// `String`.
    Text,
    /// `CharSequence`.
    Chars,
    /// `BigDecimal`; whole numbers become one.
    Decimal,
    /// `BigInteger`; whole numbers become one.
    BigInteger,
    /// `Closure` and all interfaces with one method.
    Function,
    /// `byte[]`.
    Bytes,
    /// Any other class, by name.
    Class(&'static str),
}

/// The types of all parameters of a method.
#[derive(Debug)]
pub struct Signature {
    parameters: Vec<Parameter>,
    required: usize,
    is_variable: bool,
}

impl Signature {
    /// Reads `String, int?, Object...`.
    #[must_use]
    pub fn of(text: &'static str) -> Self {
        let mut signature = Self { parameters: Vec::new(), required: 0, is_variable: false };
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let bare = part.trim_end_matches("...").trim_end_matches('?');
            signature.parameters.push(Parameter::named(bare));
            if part.ends_with("...") {
                signature.is_variable = true;
            } else if !part.ends_with('?') {
                signature.required = signature.parameters.len();
            }
        }
        signature
    }

    /// The type of a parameter; the last one of a variable number goes on.
    #[must_use]
    pub fn parameter(&self, at: usize) -> Option<Parameter> {
        self.parameters.get(at).or(if self.is_variable { self.parameters.last() } else { None }).copied()
    }

    /// Whether there are no parameters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parameters.is_empty()
    }

    /// Whether it cannot be called without arguments, or takes any number of them.
    #[must_use]
    pub fn needs_arguments(&self) -> bool {
        self.required > 0 || self.is_variable
    }

    /// Whether all parameters are numbers of the primitive kind.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        use Parameter::{Byte, Double, Float, Int, Long, Short};
        self.parameters.iter().all(|parameter| matches!(parameter, Byte | Short | Int | Long | Float | Double))
    }

    /// Whether there is one parameter, and it can be `null`.
    #[must_use]
    pub fn takes_one_object(&self) -> bool {
        self.required == 1 && self.parameters.len() == 1 && self.parameters[0].distance(&Value::Null).is_some()
    }

    /// How far the arguments are from the parameters; `None` when they do not fit.
    #[must_use]
    pub fn distance(&self, args: &[Value]) -> Option<u32> {
        let fixed = self.parameters.len() - usize::from(self.is_variable);
        if args.len() < self.required || (args.len() > fixed && !self.is_variable) {
            return None;
        }
        let mut distance = 0;
        for (parameter, arg) in self.parameters[..fixed].iter().zip(args) {
            distance += parameter.distance(arg)?;
        }
        if self.is_variable {
            distance += 1000;
            let rest = args.get(fixed..).unwrap_or_default();
            if let [Value::Array(_) | Value::Null] = rest {
                return Some(distance);
            }
            for arg in rest {
                distance += self.parameters[fixed].distance(arg)?;
            }
        }
        Some(distance)
    }

    /// Makes the arguments what the parameters are.
    ///
    /// # Errors
    /// What a closure inside a text throws.
    pub fn convert(&self, machine: &mut Machine<'_>, args: &mut Args) -> Outcome<()> {
        for (at, arg) in args.iter_mut().enumerate() {
            let Some(parameter) = self.parameters.get(at).or(self.parameters.last()) else { break };
            parameter.convert(machine, arg)?;
        }
        Ok(())
    }
}

impl Parameter {
    fn named(name: &'static str) -> Self {
        match name {
            "boolean" => Self::Bool,
            "byte" => Self::Byte,
            "short" => Self::Short,
            "char" => Self::Char,
            "int" => Self::Int,
            "long" => Self::Long,
            "float" => Self::Float,
            "double" => Self::Double,
            "Object" => Self::Object,
            "String" => Self::Text,
            "CharSequence" => Self::Chars,
            "BigDecimal" => Self::Decimal,
            "BigInteger" => Self::BigInteger,
            "Closure" | "Function" => Self::Function,
            "byte[]" => Self::Bytes,
            other => Self::Class(other),
        }
    }

    /// How far a value is from the type; `None` when it does not fit.
    #[must_use]
    pub fn distance(self, value: &Value) -> Option<u32> {
        let rank = number_rank(value);
        match self {
            Self::Object => Some(object_distance(value)),
            Self::Bool => matches!(value, Value::Bool(_)).then_some(0),
            Self::Char => matches!(value, Value::Char(_)).then_some(0),
            Self::Byte => matches!(value, Value::Byte(_)).then_some(0),
            Self::Short => rank.filter(|rank| *rank <= 1).map(|rank| 1 - rank),
            Self::Int if matches!(value, Value::Char(_)) => Some(50),
            Self::Int => rank.filter(|rank| *rank <= 2).map(|rank| 2 - rank),
            Self::Long => rank.filter(|rank| *rank <= 3).map(|rank| 3 - rank),
            Self::Float => match rank? {
                rank @ 0..=4 => Some(6 - rank),
                5 => Some(0),
                7 => Some(2),
                _ => None,
            },
            Self::Double => match rank? {
                rank @ 0..=4 => Some(8 - rank),
                5 => Some(1),
                _ => Some(0),
            },
            Self::Decimal => match rank {
                Some(7) => Some(0),
                Some(rank @ 0..=4) => Some(20 - rank),
                Some(_) => None,
                None => value.is_null().then_some(1),
            },
            Self::BigInteger => match rank {
                Some(4) => Some(0),
                Some(rank @ 0..=3) => Some(20 - rank),
                Some(_) => None,
                None => value.is_null().then_some(1),
            },
            Self::Text => match value {
                Value::Str(_) => Some(0),
                Value::GString(_) => Some(1),
                other => other.is_null().then_some(1),
            },
            Self::Chars => match value {
                Value::Str(_) | Value::GString(_) => Some(1),
                other if other.is_null() => Some(2),
                other => other.class().is_a("java.lang.CharSequence").then_some(1),
            },
            Self::Function => match value {
                Value::Closure(_) => Some(0),
                Value::Object(object) => is_function(&object.class()).then_some(1),
                other => other.is_null().then_some(1),
            },
            Self::Bytes => match value {
                Value::Array(array) if array.is_bytes() => Some(0),
                other => other.is_null().then_some(2),
            },
            Self::Class(name) => class_distance(name, value),
        }
    }

    /// Makes a value that fits what the type is.
    ///
    /// # Errors
    /// What a closure inside a text throws.
    pub fn convert(self, machine: &mut Machine<'_>, value: &mut Value) -> Outcome<()> {
        let converted = match (self, &*value) {
            (Self::Int, Value::Int(_))
            | (Self::Text | Self::Chars, Value::Str(_))
            | (Self::Object | Self::Class(_), _) => {
                return Ok(());
            }
            (Self::Int, Value::Char(unit)) => Value::Int(i32::from(*unit)),
            (Self::Int, other) => other.to_i64().map(|number| number as i32).into(),
            (Self::Short, other) => other.to_i64().map(|number| number as i16).into(),
            (Self::Long, other) => other.to_i64().into(),
            (Self::Float, other) => other.to_f64().map(|number| number as f32).into(),
            (Self::Double, other) => other.to_f64().into(),
            (Self::Decimal, other) => other.to_decimal().into(),
            (Self::BigInteger, Value::Int(_) | Value::Long(_) | Value::Short(_) | Value::Byte(_)) => {
                num_bigint::BigInt::from(value.to_i64().unwrap_or_default()).into()
            }
            (Self::Text | Self::Chars, Value::GString(_)) | (Self::Chars, Value::Object(_)) => {
                machine.text(value)?.into()
            }
            _ => return Ok(()),
        };
        *value = converted;
        Ok(())
    }
}

/// Whether objects of the class count as functions.
fn is_function(class: &ClassRef) -> bool {
    const INTERFACES: [&str; 12] = [
        "Comparator",
        "Runnable",
        "Callable",
        "Function",
        "BiFunction",
        "Predicate",
        "Consumer",
        "Supplier",
        "UnaryOperator",
        "BinaryOperator",
        "BiConsumer",
        "Closure",
    ];
    INTERFACES.iter().any(|name| class.is_a(name))
}

/// Where a number is in the order byte, short, int, long, `BigInteger`, float, double, `BigDecimal`.
fn number_rank(value: &Value) -> Option<u32> {
    Some(match value {
        Value::Byte(_) => 0,
        Value::Short(_) => 1,
        Value::Int(_) => 2,
        Value::Long(_) => 3,
        Value::BigInteger(_) => 4,
        Value::Float(_) => 5,
        Value::Double(_) => 6,
        Value::Decimal(_) => 7,
        _ => return None,
    })
}

/// `Object` fits everything, but worse than any other type would.
fn object_distance(value: &Value) -> u32 {
    if value.is_null() { 90 } else { 100 }
}

fn class_distance(name: &'static str, value: &Value) -> Option<u32> {
    if value.is_null() {
        return Some(2);
    }
    match (name, value) {
        ("Object[]", Value::Array(array)) => return (!array.is_primitive()).then_some(3),
        ("Array", Value::Array(_)) => return Some(4),
        (_, Value::Array(array)) if name.ends_with("[]") => {
            return (*array.class().simple_name() == *name).then_some(0);
        }
        ("Comparable", Value::Str(_) | Value::GString(_) | Value::Char(_) | Value::Bool(_)) => return Some(10),
        ("Number" | "Comparable", number) if number.is_number() => return Some(10),
        ("Class", Value::Class(_)) => return Some(0),
        _ => {}
    }
    let class = value.class();
    if !class.is_a(name) {
        return None;
    }
    Some(if *class.simple_name() == *name { 0 } else { 5 })
}

impl Value {
    /// The number as a whole one, cut and wrapped as Java casts do; `None` for what is no number.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        Some(match self {
            Self::Int(number) => i64::from(*number),
            Self::Long(number) => *number,
            Self::Short(number) => i64::from(*number),
            Self::Byte(number) => i64::from(*number),
            Self::Char(unit) => i64::from(*unit),
            Self::Double(number) => *number as i64,
            Self::Float(number) => *number as i64,
            Self::BigInteger(number) => wrapped(number),
            Self::Decimal(number) => wrapped(&number.to_integer()),
            _ => return None,
        })
    }

    /// The number as a `double`; `None` for what is no number.
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        Some(match self {
            Self::Double(number) => *number,
            Self::Float(number) => f64::from(*number),
            Self::Decimal(number) => number.to_double(),
            Self::BigInteger(number) => number.to_f64().unwrap_or(f64::INFINITY),
            other => other.to_i64()? as f64,
        })
    }

    /// The number as a `BigDecimal`; `None` for what is no finite number.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        Some(match self {
            Self::Decimal(number) => Decimal::clone(number),
            Self::BigInteger(number) => Decimal::from(num_bigint::BigInt::clone(number)),
            Self::Double(number) => Decimal::of_double(*number)?,
            Self::Float(number) => Decimal::of_double(f64::from(*number))?,
            other => Decimal::from(other.to_i64()?),
        })
    }
}

/// The low 64 bits.
fn wrapped(number: &num_bigint::BigInt) -> i64 {
    let low = number.magnitude().iter_u64_digits().next().unwrap_or(0) as i64;
    if number.sign() == num_bigint::Sign::Minus { low.wrapping_neg() } else { low }
}

/// The type names of arguments and their texts, as Groovy and BeanShell put them into messages.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn describe(machine: &mut Machine<'_>, args: &[Value]) -> Outcome<(String, String)> {
    let mut types = Vec::with_capacity(args.len());
    let mut values = Vec::with_capacity(args.len());
    for arg in args {
        types.push(if arg.is_null() { "null".into() } else { arg.class().simple_name() });
        values.push(java::object::short_text(machine, arg)?);
    }
    Ok((types.join(", "), values.join(", ")))
}
