//! Reading an element's properties while a plan is loaded.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    FromText, Local, Problem, Problems, Prop, Run, Scope, Severity, Template, UnknownReference, Value, VirtualUser,
};
use crate::jmx::{Content, Node, Position, Property};

/// What loading a plan needs and gathers beside the elements themselves.
pub struct Loading {
    /// The run to come.
    pub run: Arc<Run>,
    /// JMeter's main thread: evaluates what is evaluated only once, with the start variables as far as they are known.
    pub main: RefCell<VirtualUser>,
    problems: RefCell<Problems>,
    slots: Cell<u32>,
    /// `function.cache.per.iteration`.
    keeps_texts: bool,
}

impl Loading {
    /// Loading for that run; `main` is the user that evaluates what is evaluated once.
    #[must_use]
    pub fn new(run: Arc<Run>, main: VirtualUser) -> Self {
        let keeps_texts = run.properties.flag("function.cache.per.iteration", false);
        let (main, problems) = (RefCell::new(main), RefCell::default());
        Self { run, main, problems, slots: Cell::new(0), keeps_texts }
    }

    /// Adds a problem.
    pub fn add(&self, problem: Problem) {
        self.problems.borrow_mut().add(problem);
    }

    /// JMeter's main thread as it is after loading, and all problems found.
    #[must_use]
    pub fn finish(self) -> (VirtualUser, Problems) {
        (self.main.into_inner(), self.problems.into_inner())
    }

    /// Whether there is a problem as bad as that.
    #[must_use]
    pub fn has(&self, severity: Severity) -> bool {
        self.problems.borrow().any(severity)
    }

    /// A place where each user keeps its own state of one element.
    #[must_use]
    pub fn local<T>(&self) -> Local<T> {
        Local::in_slot(self.slot())
    }

    fn slot(&self) -> u32 {
        let slot = self.slots.get();
        self.slots.set(slot + 1);
        slot
    }

    /// Parses a text of that property, with its faults as problems.
    pub fn template(&self, text: &str, problem: impl Fn(Severity, String) -> Problem) -> Template {
        let mut unknown = Vec::new();
        let main = &mut self.main.borrow_mut();
        let parsed = Template::parse(text, &self.run.functions, main, &mut unknown);
        for UnknownReference(name) in unknown {
            let function = name.split('(').next().unwrap_or_default().to_owned();
            let message = format!("there is no function {function}: ${{{name}}} stays as it is written");
            let problem = problem(Severity::Warning, message);
            self.add(match self.run.functions.nearest(&function) {
                Some(nearest) => problem.with_help(format!("did you mean {nearest}?")),
                None => problem,
            });
        }
        match parsed {
            Ok(template) if self.keeps_texts => template.kept(self.slot()),
            Ok(template) => template,
            Err(error) => {
                self.add(problem(Severity::Error, error.to_string()));
                Template::literal("")
            }
        }
    }
}

/// The properties of one element, or of one row of a list in it. Remembers what was read: a property that has a value
/// and that nobody reads is reported when this is dropped, so that nothing is silently ignored.
pub struct Fields<'a> {
    /// What loading gathers.
    pub loading: &'a Loading,
    /// The element as written.
    pub node: &'a Node,
    /// What the element sees of the tree around it.
    pub scope: &'a Scope<'a>,
    title: &'static str,
    /// The row of a list, or the element inside another, whose properties these are.
    inner: Option<&'a Property>,
    properties: &'a [Property],
    /// Elements whose properties count where the element has none or an empty one, nearest first.
    defaults: Vec<&'a Node>,
    read: RefCell<FxHashSet<String>>,
}

/// Properties that mean nothing to a run, in any element.
const MEANINGLESS: &[&str] = &[
    "TestPlan.comments",
    "TestElement.gui_class",
    "TestElement.test_class",
    "TestElement.name",
    "TestElement.enabled",
    "displayName",
    "TestElement.comments",
];

impl<'a> Fields<'a> {
    /// The properties of that node. `title` is how messages call its kind.
    #[must_use]
    pub fn new(loading: &'a Loading, node: &'a Node, title: &'static str, scope: &'a Scope<'a>) -> Self {
        let (properties, read) = (&node.properties[..], RefCell::default());
        Self { loading, node, scope, title, inner: None, properties, defaults: Vec::new(), read }
    }

    /// The same properties, completed by those of defaults elements.
    #[must_use]
    pub fn with_defaults(mut self, defaults: Vec<&'a Node>) -> Self {
        self.defaults = defaults;
        self
    }

    /// The element's name, evaluated at each use.
    #[must_use]
    pub fn name(&self) -> Prop<String> {
        self.parse("TestElement.name", self.raw_name(), self.node.position)
    }

    /// The element's name as written.
    #[must_use]
    pub fn raw_name(&self) -> &'a str {
        let Some(inner) = self.inner else { return self.node.name() };
        let property = inner.nested().iter().find(|property| property.name() == "TestElement.name");
        property.and_then(Property::text).or_else(|| inner.attribute("testname")).unwrap_or_default()
    }

    /// A text; `absent` when the property is missing.
    #[must_use]
    pub fn text(&self, name: &'static str, absent: &str) -> Prop<String> {
        match self.find(name) {
            Some((text, position)) => self.parse(name, text, position),
            None => Prop::fixed(name, absent.to_owned()),
        }
    }

    /// A number or a truth value; `absent` when the property is missing. A literal that is none is reported here.
    #[must_use]
    pub fn prop<T: FromText>(&self, name: &'static str, absent: T) -> Prop<T> {
        let Some((text, position)) = self.find(name) else { return Prop::fixed(name, absent) };
        let template = self.template(name, text, position);
        let Some(literal) = template.as_literal() else { return Prop::template(name, template) };
        let value = T::from_text(literal);
        if value.is_none() && !literal.trim().is_empty() {
            let message = format!("expected {}, found \"{}\"", T::EXPECTED, excerpt(literal));
            let help = "it counts as 0 (or false), as in JMeter";
            self.loading.add(self.problem(Severity::Warning, message).at_property(name, position).with_help(help));
        }
        Prop::fixed(name, value.unwrap_or(T::OTHERWISE))
    }

    /// A truth value that is known before the run; `absent` when the property is missing.
    #[must_use]
    pub fn flag(&self, name: &'static str, absent: bool) -> bool {
        let prop = self.prop(name, absent);
        prop.get(&mut self.loading.main.borrow_mut()).unwrap_or(false)
    }

    /// A text that is known before the run: evaluated now, once.
    #[must_use]
    pub fn text_now(&self, name: &'static str, absent: &str) -> String {
        let prop = self.text(name, absent);
        let text = prop.text(&mut self.loading.main.borrow_mut()).map(std::borrow::Cow::into_owned);
        text.unwrap_or_else(|fault| {
            self.error(name, fault.to_string());
            String::new()
        })
    }

    /// The text as written, without evaluating it; `None` when the property is missing.
    #[must_use]
    pub fn raw(&self, name: &'static str) -> Option<&'a str> {
        self.find(name).map(|(text, _)| text)
    }

    /// The property as written, for what is neither text nor list.
    #[must_use]
    pub fn property(&self, name: &'static str) -> Option<&'a Property> {
        self.read.borrow_mut().insert(name.to_owned());
        self.properties.iter().find(|property| property.name() == name)
    }

    /// Whether the element itself has that property.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|property| property.name() == name)
    }

    /// The element inside an `elementProp`.
    #[must_use]
    pub fn element(&self, name: &'static str) -> Option<Fields<'a>> {
        Some(self.inside(self.property(name)?))
    }

    /// The elements of a list, those of the defaults after the element's own.
    #[must_use]
    pub fn items(&self, name: &'static str) -> Vec<Fields<'a>> {
        let own = self.property(name).map(Property::nested).unwrap_or_default();
        let elements = own.iter().filter(|item| matches!(item.content, Content::Nested(_)));
        elements.map(|item| self.inside(item)).collect()
    }

    /// The texts of a list.
    #[must_use]
    pub fn texts(&self, name: &'static str) -> Vec<Prop<String>> {
        let own = self.property(name).map(Property::nested).unwrap_or_default();
        let texts = own.iter().filter_map(|item| Some((item.text()?, item.position)));
        texts.map(|(text, position)| self.parse(name, text, position)).collect()
    }

    /// The lists of texts in a list.
    #[must_use]
    pub fn rows(&self, name: &'static str) -> Vec<Vec<Prop<String>>> {
        let own = self.property(name).map(Property::nested).unwrap_or_default();
        let row = |row: &Property| {
            let texts = row.nested().iter().filter_map(|item| Some((item.text()?, item.position)));
            texts.map(|(text, position)| self.parse(name, text, position)).collect()
        };
        own.iter().map(row).collect()
    }

    /// The elements whose properties complete this one's, nearest first, as properties of their own.
    #[must_use]
    pub fn defaults(&self) -> Vec<Fields<'a>> {
        let each = self.defaults.iter().map(|node| {
            let fields = self.within(&node.properties);
            // They are shared: what this element doesn't read another may.
            fields.read.borrow_mut().extend(node.properties.iter().map(|property| property.name().to_owned()));
            fields
        });
        each.collect()
    }

    /// Says that these properties mean nothing to a run.
    pub fn skip(&self, names: &[&str]) {
        self.read.borrow_mut().extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Says that all remaining properties are read elsewhere.
    pub fn skip_all(&self) {
        self.read.borrow_mut().extend(self.properties.iter().map(|property| property.name().to_owned()));
    }

    /// A place where each user keeps its own state of this element.
    #[must_use]
    pub fn local<T>(&self) -> Local<T> {
        self.loading.local()
    }

    /// Reports something about one property.
    pub fn warn(&self, name: &str, message: impl Into<String>) {
        self.loading.add(self.problem_at(name, Severity::Warning, message));
    }

    /// Reports a fault that keeps the plan from running.
    pub fn error(&self, name: &str, message: impl Into<String>) {
        self.loading.add(self.problem_at(name, Severity::Error, message));
    }

    /// Reports a feature that Loadline does not have.
    pub fn unsupported(&self, name: &str, message: impl Into<String>) {
        self.loading.add(self.problem_at(name, Severity::Unsupported, message));
    }

    /// A problem of this element as a whole.
    pub fn problem(&self, severity: Severity, message: impl Into<String>) -> Problem {
        Problem::of(self.node, self.title, severity, message)
    }

    fn problem_at(&self, name: &str, severity: Severity, message: impl Into<String>) -> Problem {
        let position = self.properties.iter().find(|property| property.name() == name);
        let position = position.map_or(self.node.position, |property| property.position);
        self.problem(severity, message).at_property(name, position)
    }

    /// The element's own text, or the nearest default's if that is missing or an empty literal.
    fn find(&self, name: &str) -> Option<(&'a str, Position)> {
        self.read.borrow_mut().insert(name.to_owned());
        let text = |properties: &'a [Property]| {
            let property = properties.iter().find(|property| property.name() == name)?;
            Some((property.text()?, property.position))
        };
        let own = text(self.properties);
        if own.is_some_and(|(text, _)| !text.is_empty()) {
            return own;
        }
        let mut default = self.defaults.iter().filter_map(|node| text(&node.properties));
        default.find(|(text, _)| !text.is_empty()).or(own)
    }

    fn parse(&self, name: &'static str, text: &str, position: Position) -> Prop<String> {
        let template = self.template(name, text, position);
        match template.as_literal() {
            Some(literal) => Prop::fixed(name, literal.to_owned()),
            None => Prop::template(name, template),
        }
    }

    fn template(&self, name: &str, text: &str, position: Position) -> Template {
        let problem = |severity, message: String| self.problem(severity, message).at_property(name, position);
        self.loading.template(text, problem)
    }

    fn inside(&self, property: &'a Property) -> Fields<'a> {
        let mut fields = self.within(property.nested());
        fields.inner = Some(property);
        fields
    }

    fn within(&self, properties: &'a [Property]) -> Fields<'a> {
        let (loading, node, scope, title) = (self.loading, self.node, self.scope, self.title);
        Fields { loading, node, scope, title, inner: None, properties, defaults: Vec::new(), read: RefCell::default() }
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        let read = std::mem::take(self.read.get_mut());
        for property in self.properties {
            let name = property.name();
            let empty = matches!(property.text(), Some("" | "false"))
                || property.nested().is_empty() && property.text().is_none();
            if read.contains(name) || MEANINGLESS.contains(&name) {
                continue;
            }
            // JMeter parses all properties, read or not, and refuses the plan for a fault in one.
            if let Some(text) = property.text() {
                let _ = self.template(name, text, property.position);
            }
            if !empty && !name.is_empty() {
                let message = "Loadline does not know this property: it has no effect";
                self.loading.add(self.problem(Severity::Note, message).at_property(name, property.position));
            }
        }
    }
}

/// The beginning of a text, for messages.
fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|char| if char.is_control() { ' ' } else { char }).collect();
    if text.chars().nth(40).is_some() {
        short.push_str("...");
    }
    short
}

/// Sets start variables, as `Arguments` elements do when a test begins.
impl Loading {
    /// Sets a variable that all users start with.
    pub fn put_start_variable(&self, name: &str, value: impl Into<Value>) {
        self.main.borrow().variables.put(name, value);
    }
}
