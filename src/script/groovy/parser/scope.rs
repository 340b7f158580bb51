//! The local variables that are known at a place of a script.

use std::sync::Arc;

use super::super::ast::{Code, Local, Slot};
use super::super::cast::Target;
use crate::script::class::ClassRef;
use crate::script::java::object::OBJECT;

/// What kind of function is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The script or a method: it sees no variables of others.
    Function,
    /// A closure: it sees those around it.
    Closure,
    /// The body of a class without a name: its methods see the variables around it as fields.
    Class,
}

/// The functions that are being read, the innermost last.
#[derive(Default)]
pub struct Scopes {
    functions: Vec<Function>,
}

struct Function {
    kind: Kind,
    /// Whether it is the body of the script.
    is_script: bool,
    locals: Vec<Local>,
    types: Vec<Target>,
    /// The variables that can be seen, the newest last.
    visible: Vec<(Arc<str>, Slot)>,
    /// How many could be seen where each block began.
    blocks: Vec<usize>,
    captures: Vec<(Slot, Slot)>,
    /// For a class without a name: what its methods took from around it.
    fields: Vec<(Arc<str>, Slot)>,
}

/// Where a name leads.
pub enum Found {
    /// A local variable and its type.
    Local(Slot, Target),
    /// A variable around a class without a name: a field in it.
    Field,
    /// Nowhere.
    Nothing,
}

impl Scopes {
    /// Begins a function.
    pub fn open(&mut self, kind: Kind, is_script: bool) {
        self.functions.push(Function {
            kind,
            is_script,
            locals: Vec::new(),
            types: Vec::new(),
            visible: Vec::new(),
            blocks: Vec::new(),
            captures: Vec::new(),
            fields: Vec::new(),
        });
    }

    /// Ends a function.
    pub fn close(&mut self) -> Code {
        match self.functions.pop() {
            Some(function) => Code { locals: function.locals, captures: function.captures, ..Code::default() },
            None => Code::default(),
        }
    }

    /// Ends a class without a name and gives what it took from around it.
    pub fn close_class(&mut self) -> Vec<(Arc<str>, Slot)> {
        self.functions.pop().map(|function| function.fields).unwrap_or_default()
    }

    /// Whether the statements of the script itself are read.
    pub fn is_script(&self) -> bool {
        self.functions.last().is_some_and(|function| function.is_script)
    }

    /// Begins a block.
    pub fn begin(&mut self) {
        if let Some(function) = self.functions.last_mut() {
            function.blocks.push(function.visible.len());
        }
    }

    /// Ends a block: its variables are not seen any more.
    pub fn end(&mut self) {
        if let Some(function) = self.functions.last_mut()
            && let Some(length) = function.blocks.pop()
        {
            function.visible.truncate(length);
        }
    }

    /// Makes a variable.
    pub fn declare(&mut self, name: &Arc<str>, target: &Target) -> Slot {
        match self.functions.last_mut() {
            Some(function) => {
                let slot = function.add(name, target);
                function.visible.push((name.clone(), slot));
                slot
            }
            None => 0,
        }
    }

    /// Whether the innermost function has such a variable here already.
    pub fn is_declared(&self, name: &str) -> bool {
        let function = self.functions.last();
        function.is_some_and(|function| function.visible.iter().any(|(other, _)| **other == *name))
    }

    /// The type of a variable of the innermost function.
    pub fn type_of(&self, slot: Slot) -> Target {
        let function = self.functions.last();
        function.and_then(|function| function.types.get(slot as usize)).cloned().unwrap_or_else(anything)
    }

    /// The name of a variable of the innermost function.
    pub fn name_of(&self, slot: Slot) -> Arc<str> {
        let function = self.functions.last();
        function
            .and_then(|function| function.locals.get(slot as usize))
            .map(|local| local.name.clone())
            .unwrap_or_default()
    }

    /// Looks for a variable.
    pub fn find(&mut self, name: &str) -> Found {
        match self.functions.len() {
            0 => Found::Nothing,
            count => self.find_from(count - 1, name),
        }
    }

    fn find_from(&mut self, level: usize, name: &str) -> Found {
        let function = &self.functions[level];
        if let Some((_, slot)) = function.visible.iter().rev().find(|(other, _)| **other == *name) {
            return Found::Local(*slot, function.types[*slot as usize].clone());
        }
        let kind = function.kind;
        if level == 0 || (kind == Kind::Function && self.functions[level - 1].kind != Kind::Class) {
            return Found::Nothing;
        }
        match (self.find_from(level - 1, name), kind) {
            (Found::Local(outer, _), Kind::Class) => {
                self.functions[level - 1].locals[outer as usize].is_shared = true;
                let fields = &mut self.functions[level].fields;
                if !fields.iter().any(|(other, _)| **other == *name) {
                    fields.push((name.into(), outer));
                }
                Found::Field
            }
            (Found::Local(outer, target), Kind::Closure) => {
                self.functions[level - 1].locals[outer as usize].is_shared = true;
                let function = &mut self.functions[level];
                if let Some((_, own)) = function.captures.iter().find(|(other, _)| *other == outer) {
                    return Found::Local(*own, target);
                }
                let own = function.add(&name.into(), &target);
                function.locals[own as usize].is_shared = true;
                function.captures.push((outer, own));
                Found::Local(own, target)
            }
            (found, _) => found,
        }
    }
}

impl Function {
    fn add(&mut self, name: &Arc<str>, target: &Target) -> Slot {
        self.locals.push(Local { name: name.clone(), is_shared: false });
        self.types.push(target.clone());
        (self.locals.len() - 1) as Slot
    }
}

/// The type of a variable without one.
pub fn anything() -> Target {
    Target::of(ClassRef::Java(&OBJECT))
}
