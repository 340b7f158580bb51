//! The value of an expression.

use std::rc::Rc;

use super::ast::{Comparison, Expr, Start, Step, XPath};
use super::axis::{Axis, NameRules};
use super::{Item, Version, XPathError, arithmetic, compare, core_functions, further_functions};
use crate::query::dom::{Document, NodeId};

/// Prefixes and the namespaces that they stand for.
pub type Namespaces = [(String, String)];

/// The values of an expression.
pub(super) type Values = Result<Vec<Item>, XPathError>;

impl XPath {
    /// The values of the expression at the document.
    ///
    /// # Errors
    /// When a prefix stands for nothing, or values do not go together.
    pub fn evaluate(&self, document: &Document, namespaces: &Namespaces) -> Result<Vec<Item>, XPathError> {
        let is_known = |prefix: &&String| namespaces.iter().any(|(known, _)| known == *prefix) || **prefix == "xml";
        if let Some(unknown) = self.prefixes.iter().find(|prefix| !is_known(prefix)) {
            return Err(XPathError::Syntax(match self.version {
                Version::One => format!("Prefix must resolve to a namespace: {unknown}"),
                Version::Three => format!("Namespace prefix '{unknown}' has not been declared"),
            }));
        }
        let focus = Focus { item: Some(Item::Node(Document::ROOT)), position: 1, size: 1 };
        let scope = Scope { document, namespaces, version: self.version, variables: None };
        scope.values(&self.expression, &focus)
    }

    /// Whether the expression is about nodes, in 1.0: an empty result is then a set without nodes.
    #[must_use]
    pub fn gives_nodes(&self) -> bool {
        fn gives_nodes(expression: &Expr) -> bool {
            match expression {
                Expr::Path(..) | Expr::Union(..) => true,
                Expr::Filter(inner, _) => gives_nodes(inner),
                Expr::Call(name, _) => name == "id",
                _ => false,
            }
        }
        gives_nodes(&self.expression)
    }
}

/// What an expression is about at a moment.
#[derive(Clone)]
pub(super) struct Focus {
    pub item: Option<Item>,
    pub position: usize,
    pub size: usize,
}

/// What does not change within an expression, and its variables.
#[derive(Clone)]
pub(super) struct Scope<'d> {
    pub document: &'d Document,
    namespaces: &'d Namespaces,
    pub version: Version,
    variables: Option<Rc<Variable>>,
}

struct Variable {
    name: String,
    values: Vec<Item>,
    outer: Option<Rc<Variable>>,
}

impl Scope<'_> {
    pub fn is_one(&self) -> bool {
        self.version == Version::One
    }

    /// The values of an expression.
    pub fn values(&self, expression: &Expr, focus: &Focus) -> Values {
        Ok(match expression {
            Expr::Literal(item) => vec![item.clone()],
            Expr::Context => focus.item.iter().cloned().collect(),
            Expr::Variable(name) => self.variable(name)?,
            Expr::Sequence(parts) => {
                let mut values = Vec::new();
                for part in parts {
                    values.extend(self.values(part, focus)?);
                }
                values
            }
            Expr::Or(left, right) => boolean(self.truth(left, focus)? || self.truth(right, focus)?),
            Expr::And(left, right) => boolean(self.truth(left, focus)? && self.truth(right, focus)?),
            Expr::General(comparison, left, right) => {
                let (left, right) = (self.values(left, focus)?, self.values(right, focus)?);
                boolean(compare::general(self, *comparison, &left, &right)?)
            }
            Expr::Single(comparison, left, right) => self.single_comparison(*comparison, left, right, focus)?,
            Expr::Concat(left, right) => {
                let (left, right) = (self.optional_text(left, focus)?, self.optional_text(right, focus)?);
                vec![Item::Text(left + &right)]
            }
            Expr::Range(from, to) => self.range(from, to, focus)?,
            Expr::Arithmetic(operator, left, right) => {
                let (left, right) = (self.operand(left, focus)?, self.operand(right, focus)?);
                match (left, right) {
                    (Some(left), Some(right)) => vec![arithmetic::join(self, *operator, &left, &right)?],
                    _ => Vec::new(),
                }
            }
            Expr::Negative(value) => match self.operand(value, focus)? {
                Some(value) => vec![arithmetic::negative(self, &value)?],
                None => Vec::new(),
            },
            Expr::Union(left, right) => {
                let mut nodes = self.nodes(left, focus)?;
                nodes.extend(self.nodes(right, focus)?);
                in_order(nodes)
            }
            Expr::Intersect(left, right) => {
                let (left, right) = (self.nodes(left, focus)?, self.nodes(right, focus)?);
                in_order(left.into_iter().filter(|node| right.contains(node)).collect())
            }
            Expr::Except(left, right) => {
                let (left, right) = (self.nodes(left, focus)?, self.nodes(right, focus)?);
                in_order(left.into_iter().filter(|node| !right.contains(node)).collect())
            }
            Expr::If(condition, then, otherwise) => {
                let chosen = if self.truth(condition, focus)? { then } else { otherwise };
                self.values(chosen, focus)?
            }
            Expr::For(name, among, body) => {
                let mut values = Vec::new();
                for item in self.values(among, focus)? {
                    values.extend(self.with(name, vec![item]).values(body, focus)?);
                }
                values
            }
            Expr::Let(name, value, body) => self.with(name, self.values(value, focus)?).values(body, focus)?,
            Expr::Quantified { every, variable, among, satisfies } => {
                let mut found = false;
                for item in self.values(among, focus)? {
                    found |= self.with(variable, vec![item]).truth(satisfies, focus)? != *every;
                }
                boolean(found != *every)
            }
            Expr::Map(left, right) => each(&self.values(left, focus)?, |focus| self.values(right, focus))?,
            Expr::Call(name, arguments) => self.call(name, arguments, focus)?,
            Expr::Cast { value, to, only_asks } => self.cast(value, to, *only_asks, focus)?,
            Expr::Filter(inner, predicates) => self.filtered(self.values(inner, focus)?, predicates)?,
            Expr::Path(start, steps) => self.path(start, steps, focus)?,
        })
    }

    fn call(&self, name: &str, arguments: &[Expr], focus: &Focus) -> Values {
        if core_functions::is_known(name)
            && let Some(values) = core_functions::call(self, name, arguments, focus)?
        {
            return Ok(values);
        }
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.values(argument, focus)?);
        }
        further_functions::call(self, name, &values, focus)
    }

    fn single_comparison(&self, comparison: Comparison, left: &Expr, right: &Expr, focus: &Focus) -> Values {
        let (left, right) = (self.values(left, focus)?, self.values(right, focus)?);
        let (Some(left), Some(right)) = (self.at_most_one(left)?, self.at_most_one(right)?) else {
            return Ok(Vec::new());
        };
        Ok(boolean(compare::single(self, comparison, &left, &right)?))
    }

    fn range(&self, from: &Expr, to: &Expr, focus: &Focus) -> Values {
        let (Some(from), Some(to)) = (self.operand(from, focus)?, self.operand(to, focus)?) else {
            return Ok(Vec::new());
        };
        let (from, to) = (from.number(self.document), to.number(self.document));
        if from.is_nan() || to.is_nan() || to - from > 1e7 {
            return Err(XPathError::Dynamic("the range is not one of whole numbers".into()));
        }
        Ok((from as i128..=to as i128).map(Item::Integer).collect())
    }

    fn cast(&self, value: &Expr, to: &str, only_asks: bool, focus: &Focus) -> Values {
        let values = self.values(value, focus)?;
        let cast = further_functions::call(self, to, &[values], focus);
        if only_asks { Ok(boolean(cast.is_ok())) } else { cast }
    }

    fn variable(&self, name: &str) -> Values {
        let mut at = self.variables.as_ref();
        while let Some(variable) = at {
            if variable.name == name {
                return Ok(variable.values.clone());
            }
            at = variable.outer.as_ref();
        }
        Err(XPathError::Dynamic(match self.version {
            Version::One => {
                format!("VariableReference given for variable out of context or without definition!  Name = {name}")
            }
            Version::Three => format!("Variable ${name} has not been declared"),
        }))
    }

    /// The same with one more variable.
    fn with(&self, name: &str, values: Vec<Item>) -> Self {
        let variable = Variable { name: name.to_owned(), values, outer: self.variables.clone() };
        Self { variables: Some(Rc::new(variable)), ..self.clone() }
    }

    fn path(&self, start: &Start, steps: &[Step], focus: &Focus) -> Values {
        let mut items = match start {
            Start::Root => vec![Item::Node(Document::ROOT)],
            Start::Here => focus.item.iter().cloned().collect(),
            Start::At(expression) => self.values(expression, focus)?,
        };
        let uri = |prefix: &str| self.uri(prefix);
        let names = NameRules { uri: &uri, by_local_part: self.is_one() && !is_one_step_down(start, steps) };
        for step in steps {
            items = match step {
                Step::Axis { axis, test, predicates } => {
                    let mut found = Vec::new();
                    for item in &items {
                        let node = self.node(item)?;
                        let nodes = axis.nodes(self.document, node).into_iter();
                        let accepted = nodes.filter(|node| axis.accepts(self.document, *node, test, &names));
                        let accepted = self.filtered(accepted.map(Item::Node).collect(), predicates)?;
                        found.extend(accepted);
                    }
                    if items.len() > 1 || is_backwards(*axis) { sorted(found) } else { found }
                }
                Step::Expr(expression) => {
                    let values = each(&items, |focus| self.values(expression, focus))?;
                    sorted(values)
                }
            };
        }
        Ok(items)
    }

    fn uri(&self, prefix: &str) -> Option<String> {
        self.namespaces.iter().find(|(known, _)| known == prefix).map(|(_, uri)| uri.clone())
    }

    fn filtered(&self, mut items: Vec<Item>, predicates: &[Expr]) -> Values {
        for predicate in predicates {
            let size = items.len();
            let mut kept = Vec::new();
            for (place, item) in items.into_iter().enumerate() {
                let focus = Focus { item: Some(item.clone()), position: place + 1, size };
                let values = self.values(predicate, &focus)?;
                let holds = match values.as_slice() {
                    [number] if number.is_number() => (number.number(self.document) - (place + 1) as f64).abs() < 1e-9,
                    values => self.truth_of(values)?,
                };
                if holds {
                    kept.push(item);
                }
            }
            items = kept;
        }
        Ok(items)
    }

    fn node(&self, item: &Item) -> Result<NodeId, XPathError> {
        match item {
            Item::Node(node) => Ok(*node),
            other => Err(XPathError::Dynamic(match self.version {
                Version::One => "Can not convert a value to a NodeList!".into(),
                Version::Three => {
                    format!(
                        "The required item type of the first operand of '/' is node(); the supplied value is of type {}",
                        other.type_name()
                    )
                }
            })),
        }
    }

    pub fn nodes(&self, expression: &Expr, focus: &Focus) -> Result<Vec<NodeId>, XPathError> {
        self.values(expression, focus)?.iter().map(|item| self.node(item)).collect()
    }

    /// Whether an expression holds.
    pub fn truth(&self, expression: &Expr, focus: &Focus) -> Result<bool, XPathError> {
        self.truth_of(&self.values(expression, focus)?)
    }

    /// Whether values hold (`boolean()`).
    pub fn truth_of(&self, values: &[Item]) -> Result<bool, XPathError> {
        Ok(match values {
            [] => false,
            [Item::Node(_), ..] => true,
            [Item::Boolean(truth)] => *truth,
            [Item::Text(text) | Item::Untyped(text)] => !text.is_empty(),
            [number] if number.is_number() => {
                let number = number.number(self.document);
                number != 0.0 && !number.is_nan()
            }
            _ => {
                let message = "Effective boolean value is not defined for a sequence of two or more items";
                return Err(XPathError::Dynamic(message.into()));
            }
        })
    }

    /// One value without its node; nothing for none.
    pub fn operand(&self, expression: &Expr, focus: &Focus) -> Result<Option<Item>, XPathError> {
        let values = self.values(expression, focus)?;
        if self.is_one() {
            // Of several nodes the first counts; of none the number is none.
            return Ok(Some(Item::Double(self.number_of(&values))));
        }
        Ok(self.at_most_one(values)?.map(|item| item.atomic(self.document)))
    }

    /// The number that values are: that of the first; not a number for none.
    pub fn number_of(&self, values: &[Item]) -> f64 {
        values.first().map_or(f64::NAN, |item| item.number(self.document))
    }

    /// The text of values: that of the first; empty for none.
    pub fn text_of(&self, values: &[Item]) -> String {
        let text = |item: &Item| if self.is_one() { item.plain_text(self.document) } else { item.text(self.document) };
        values.first().map(text).unwrap_or_default()
    }

    fn optional_text(&self, expression: &Expr, focus: &Focus) -> Result<String, XPathError> {
        let values = self.values(expression, focus)?;
        Ok(self.at_most_one(values)?.map(|item| item.text(self.document)).unwrap_or_default())
    }

    /// The only value.
    pub fn at_most_one(&self, values: Vec<Item>) -> Result<Option<Item>, XPathError> {
        if values.len() > 1 && !self.is_one() {
            let message = "A sequence of more than one item is not allowed as an operand ";
            return Err(XPathError::Dynamic(message.into()));
        }
        Ok(values.into_iter().next())
    }

    /// A number as this version has it.
    pub fn count(&self, number: usize) -> Item {
        if self.is_one() { Item::Double(number as f64) } else { Item::Integer(number as i128) }
    }
}

/// Whether a path is `//name` or `name`.
fn is_one_step_down(start: &Start, steps: &[Step]) -> bool {
    match (start, steps) {
        (Start::Here, [step])
        | (Start::Root | Start::Here, [Step::Axis { axis: Axis::DescendantOrItself, .. }, step]) => {
            matches!(step, Step::Axis { axis: Axis::Child | Axis::Descendant, .. })
        }
        _ => false,
    }
}

fn is_backwards(axis: Axis) -> bool {
    matches!(axis, Axis::Ancestor | Axis::AncestorOrItself | Axis::Preceding | Axis::PrecedingSibling)
}

/// The values of something for each item in turn.
fn each(items: &[Item], of: impl Fn(&Focus) -> Values) -> Values {
    let mut values = Vec::new();
    for (place, item) in items.iter().enumerate() {
        values.extend(of(&Focus { item: Some(item.clone()), position: place + 1, size: items.len() })?);
    }
    Ok(values)
}

/// Nodes in the order of the document, each once; other values as they are.
fn sorted(items: Vec<Item>) -> Vec<Item> {
    let nodes: Option<Vec<NodeId>> =
        items.iter().map(|item| if let Item::Node(node) = item { Some(*node) } else { None }).collect();
    nodes.map_or(items, in_order)
}

fn in_order(mut nodes: Vec<NodeId>) -> Vec<Item> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes.into_iter().map(Item::Node).collect()
}

fn boolean(truth: bool) -> Vec<Item> {
    vec![Item::Boolean(truth)]
}
