//! What takes part in a run: without disabled elements, with the contents of Include and Module Controllers in place.

use std::path::{Path, PathBuf};

use crate::elements;
use crate::jmx::{self, Node, Plan, Property};
use crate::model::{Problem, Problems, Properties, Severity};

/// How deep includes and modules may bring each other in.
const DEPTH_LIMIT: usize = 50;

/// The elements of a plan that take part.
pub struct Expanded {
    /// The Test Plan element itself, without what is below it.
    pub test_plan: Node,
    /// What is directly below it, thread groups of an old file's `WorkBench` included.
    pub children: Vec<Node>,
}

/// Removes what is disabled and puts in what Include and Module Controllers stand for. Faults are added to `problems`.
///
/// Includes are looked for as named (after the property `includecontroller.prefix`), then in the plan's folder, then beside
/// the including file.
#[must_use]
pub fn expand(plan: &Plan, properties: &Properties, problems: &mut Problems) -> Option<Expanded> {
    let test_plan = plan.nodes.iter().find(|node| node.class() == "TestPlan")?;
    check_disabled(&plan.nodes, problems);
    let folder = Path::new(plan.file.as_ref()).parent().unwrap_or(Path::new("")).to_owned();
    let prefix = properties.text("includecontroller.prefix", "").to_string();
    let mut expander = Expander { roots: &plan.nodes, folder, prefix, problems, files: Vec::new(), depth: 0 };
    let mut children = expander.nodes(&test_plan.children, true);
    children.retain(|node| node.class() != "TestFragmentController");
    for bench in plan.nodes.iter().filter(|node| node.class() == "WorkBench" && node.is_enabled()) {
        let groups = expander.nodes(&bench.children, true).into_iter();
        children.extend(groups.filter(|node| is_thread_group(node.class())));
    }
    let test_plan = test_plan.without_children();
    Some(Expanded { test_plan, children })
}

/// Whether elements of that class start users.
fn is_thread_group(class: &str) -> bool {
    elements::of_class(class)
        .is_some_and(|kind| elements::thread_groups::ELEMENTS.iter().any(|group| group.class == kind.class))
}

/// JMeter refuses a plan for a module without a target even where that is disabled.
fn check_disabled(nodes: &[Node], problems: &mut Problems) {
    for node in nodes {
        if !node.is_enabled() && elements::of_class(node.class()).is_none() {
            super::load::report_unknown(node, problems);
        }
        check_disabled(&node.children, problems);
    }
}

struct Expander<'a> {
    /// The whole tree as written: where Module Controllers find their targets, disabled ones included.
    roots: &'a [Node],
    folder: PathBuf,
    prefix: String,
    problems: &'a mut Problems,
    /// The included files that the expander is in, to notice a circle.
    files: Vec<PathBuf>,
    depth: usize,
}

impl Expander<'_> {
    /// The enabled ones of these, expanded. Modules of included files have no plan to find their targets in.
    fn nodes(&mut self, nodes: &[Node], with_modules: bool) -> Vec<Node> {
        let mut expanded = Vec::with_capacity(nodes.len());
        for node in nodes {
            if node.class() == "ModuleController" && with_modules && !node.is_enabled() {
                let _ = self.target(node);
            }
            if !node.is_enabled() {
                continue;
            }
            let children = match node.class() {
                "ModuleController" if with_modules => self.module(node),
                "ModuleController" => Vec::new(),
                "IncludeController" => self.include(node),
                _ => self.nodes(&node.children, with_modules),
            };
            expanded.push(Node { children, ..node.without_children() });
        }
        expanded
    }

    fn module(&mut self, node: &Node) -> Vec<Node> {
        let Some(target) = self.target(node) else { return Vec::new() };
        if self.depth == DEPTH_LIMIT {
            self.add(node, Severity::Error, "Module Controllers bring each other in without end");
            return Vec::new();
        }
        self.depth += 1;
        let children = self.nodes(&target.children, true);
        self.depth -= 1;
        // A disabled target runs.
        let attributes = target.attributes.iter().filter(|(name, _)| name != "enabled").cloned().collect();
        vec![Node { attributes, children, ..target.without_children() }]
    }

    /// The element that a Module Controller stands for.
    fn target(&mut self, node: &Node) -> Option<Node> {
        let path = node.property("ModuleController.node_path").map(Property::nested).unwrap_or_default();
        let path: Vec<&str> = path.iter().filter_map(Property::text).collect();
        let target = path.get(1..).and_then(|path| find(self.roots, path));
        if target.is_none() {
            let message = format!("ModuleController:{} has no selected Controller", node.name());
            let wanted = path.get(1..).unwrap_or_default().join(" > ");
            let problem = Problem::of(node, "Module Controller", Severity::Error, message);
            self.problems
                .add(problem.with_help(format!("nothing in the plan is called \"{wanted}\": was it renamed?")));
        }
        target.cloned()
    }

    fn include(&mut self, node: &Node) -> Vec<Node> {
        let named = node.property("IncludeController.includepath").and_then(Property::text).unwrap_or_default().trim();
        if named.is_empty() {
            self.add(node, Severity::Warning, "no file is named: the controller is empty");
            return Vec::new();
        }
        let file = self.find_file(node, named);
        if self.files.contains(&file) || self.files.len() == DEPTH_LIMIT {
            self.add(node, Severity::Error, &format!("{named} includes itself"));
            return Vec::new();
        }
        let plan = match jmx::read_file(&file) {
            Ok(plan) => plan,
            Err(error) => {
                let name = node.name();
                let message =
                    format!("Include Controller '{name}' can't load '{named}': {error}; the controller is empty");
                self.add(node, Severity::Warning, &message);
                return Vec::new();
            }
        };
        let Some(fragment) = first_fragment(&plan) else {
            let message = format!("No Test Fragment was found in included Test Plan {named}");
            self.add(node, Severity::Error, &message);
            return Vec::new();
        };
        self.files.push(file);
        let children = self.nodes(&fragment.children, false);
        self.files.pop();
        children
    }

    fn find_file(&self, node: &Node, named: &str) -> PathBuf {
        let prefixed = PathBuf::from(format!("{}{named}", self.prefix));
        let beside = Path::new(node.file.as_ref()).parent().unwrap_or(Path::new("")).join(named);
        let places = [&prefixed, &self.folder.join(named), &beside];
        places.into_iter().find(|place| place.is_file()).unwrap_or(&prefixed).clone()
    }

    fn add(&mut self, node: &Node, severity: Severity, message: &str) {
        let title = elements::of_class(node.class()).map_or("Element", |kind| kind.title);
        self.problems.add(Problem::of(node, title, severity, message));
    }
}

/// The Test Fragment directly below the file's Test Plan, or at its root; enabled or not.
fn first_fragment(plan: &Plan) -> Option<&Node> {
    let is_fragment = |node: &&Node| node.class() == "TestFragmentController";
    let in_plan = plan.nodes.iter().filter(|node| node.class() == "TestPlan").flat_map(|node| &node.children);
    in_plan.chain(&plan.nodes).find(is_fragment)
}

/// The last element of that path of names; paths do not go through Module Controllers.
fn find<'a>(nodes: &'a [Node], path: &[&str]) -> Option<&'a Node> {
    let (name, rest) = path.split_first()?;
    let named = nodes.iter().rev().filter(|node| node.name() == *name);
    if rest.is_empty() {
        return named.into_iter().next();
    }
    named.filter(|node| node.class() != "ModuleController").find_map(|node| find(&node.children, rest))
}
