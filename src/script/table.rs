//! The methods of a class and of all that it comes from, and which of them fits a call.

use rustc_hash::FxHashMap;

use super::class::{Class, Dialect, Row};
use super::machine::{Args, Machine, Outcome};
use super::parameter::Signature;
use super::value::Value;

/// A method with its parsed signature, and how far up in the lineage it is.
pub struct Method {
    /// Its row.
    pub row: &'static Row,
    /// The types of its parameters.
    pub signature: Signature,
    level: u16,
}

/// The methods of a class and of all that it comes from.
pub struct Table {
    methods: FxHashMap<&'static str, Vec<Method>>,
    statics: FxHashMap<&'static str, Vec<Method>>,
    constructors: Vec<Method>,
    getters: FxHashMap<String, &'static str>,
}

/// Which method fits the arguments.
pub enum Choice<'t> {
    /// This one.
    Method(&'t Method),
    /// There is none of that name, or none for such arguments.
    None,
    /// No arguments were given, and several methods would take a `null`.
    Unclear,
    /// Several fit equally well.
    Ambiguous(Vec<&'t Method>),
}

impl Table {
    /// Gathers the methods of a class.
    #[must_use]
    pub fn of(class: &'static Class, dialect: Dialect) -> Self {
        let mut table = Self {
            methods: FxHashMap::default(),
            statics: FxHashMap::default(),
            constructors: class.constructors.iter().map(|row| Method::of(row, 0)).collect(),
            getters: FxHashMap::default(),
        };
        for (level, ancestor) in class.lineage().into_iter().enumerate() {
            let level = level as u16;
            table.add(level, ancestor.methods, ancestor.statics);
            if dialect == Dialect::Groovy {
                for extension in super::groovy::gdk::extensions(ancestor) {
                    table.add(level, extension.methods, extension.statics);
                }
            }
        }
        table
    }

    fn add(&mut self, level: u16, methods: &'static [Row], statics: &'static [Row]) {
        for row in methods {
            let method = Method::of(row, level);
            if let Some(property) = method.property() {
                self.getters.entry(property).or_insert(row.name);
            }
            self.methods.entry(row.name).or_default().push(method);
        }
        for row in statics {
            self.statics.entry(row.name).or_default().push(Method::of(row, level));
        }
    }

    /// The method for those arguments.
    #[must_use]
    pub fn choose(&self, name: &str, args: &[Value]) -> Choice<'_> {
        self.methods.get(name).map_or(Choice::None, |methods| choose(methods, args))
    }

    /// The static method for those arguments.
    #[must_use]
    pub fn choose_static(&self, name: &str, args: &[Value]) -> Choice<'_> {
        self.statics.get(name).map_or(Choice::None, |methods| choose(methods, args))
    }

    /// The constructor for those arguments.
    #[must_use]
    pub fn choose_constructor(&self, args: &[Value]) -> Choice<'_> {
        choose(&self.constructors, args)
    }

    /// Whether there is a method of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.methods.contains_key(name)
    }

    /// Whether there is a static method of that name.
    #[must_use]
    pub fn has_static(&self, name: &str) -> bool {
        self.statics.contains_key(name)
    }

    /// The name of the method that reads a property.
    #[must_use]
    pub fn getter(&self, property: &str) -> Option<&'static str> {
        self.getters.get(property).copied()
    }

    /// The name of the method that sets a property.
    #[must_use]
    pub fn setter(&self, property: &str) -> Option<&'static str> {
        let mut name = String::with_capacity(property.len() + 3);
        name.push_str("set");
        let mut chars = property.chars();
        name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(chars.as_str());
        self.methods.get_key_value(name.as_str()).map(|(name, _)| *name)
    }

    /// All properties that can be read, sorted.
    #[must_use]
    pub fn properties(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.getters.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }
}

fn choose<'t>(methods: &'t [Method], args: &[Value]) -> Choice<'t> {
    let mut best: Option<(&Method, u32)> = None;
    let mut rivals: Vec<&Method> = Vec::new();
    for method in methods {
        if best.is_some_and(|(chosen, _)| chosen.level != method.level) {
            break;
        }
        let Some(distance) = method.signature.distance(args) else { continue };
        match best {
            Some((_, nearest)) if distance > nearest => {}
            Some((chosen, nearest)) if distance == nearest => {
                if method.signature.is_numeric() && chosen.signature.is_numeric() {
                    rivals.push(method);
                }
            }
            _ => {
                best = Some((method, distance));
                rivals.clear();
            }
        }
    }
    match best {
        Some((chosen, _)) if rivals.is_empty() => Choice::Method(chosen),
        Some((chosen, _)) => {
            rivals.insert(0, chosen);
            Choice::Ambiguous(rivals)
        }
        None if args.is_empty() => without_arguments(methods),
        None => Choice::None,
    }
}

/// Called without arguments, a method of one parameter gets a `null` — if there is only one such method.
fn without_arguments(methods: &[Method]) -> Choice<'_> {
    match methods {
        [only] if only.signature.takes_one_object() => Choice::Method(only),
        [_] | [] => Choice::None,
        _ => Choice::Unclear,
    }
}

impl Method {
    fn of(row: &'static Row, level: u16) -> Self {
        Self { row, signature: Signature::of(row.parameters), level }
    }

    /// The property that it reads: `getName()` reads `name`, `isFile()` `file`.
    fn property(&self) -> Option<String> {
        if self.signature.needs_arguments() {
            return None;
        }
        let bare = self.row.name.strip_prefix("get").or_else(|| self.row.name.strip_prefix("is"))?;
        let first = bare.chars().next()?;
        if !first.is_uppercase() {
            return None;
        }
        // As `Introspector.decapitalize`: URL stays URL.
        if bare.chars().nth(1).is_some_and(char::is_uppercase) {
            return Some(bare.to_owned());
        }
        Some(first.to_lowercase().chain(bare.chars().skip(1)).collect())
    }

    /// Runs the method.
    ///
    /// # Errors
    /// What its body throws.
    pub fn run(&self, machine: &mut Machine<'_>, this: &Value, mut args: Args) -> Outcome {
        if args.is_empty() && !self.signature.is_empty() && self.signature.takes_one_object() {
            args.push(Value::Null);
        }
        self.signature.convert(machine, &mut args)?;
        (self.row.body)(&mut super::call::Call { machine, this, args: &args })
    }
}
