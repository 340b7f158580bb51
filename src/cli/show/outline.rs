//! A plan as a tree of short descriptions.

use super::details;
use super::facts::Facts;
use super::resolver::Resolver;
use crate::elements::{self, ElementType, FAMILIES, skipped};
use crate::engine::Expanded;
use crate::jmx::Node;

/// The description of a plan.
pub(super) struct Outline {
    /// The Test Plan and all that takes part.
    pub plan: Item,
    /// How many elements of each family there are.
    pub counts: Vec<(usize, &'static str)>,
    /// Elements that are switched off, with all that is below them.
    pub disabled: usize,
}

/// The description of an element.
pub(super) struct Item {
    /// What JMeter's menus call its kind.
    pub title: String,
    /// Its name, with what is known.
    pub name: String,
    /// The place of its family among [`FAMILIES`]; none for the Test Plan, and for what Loadline does not have.
    pub family: Option<usize>,
    /// Why it does not run, if it does not.
    pub missing: Option<String>,
    /// What matters of it.
    pub details: Vec<String>,
    /// What is below it.
    pub children: Vec<Item>,
}

impl Outline {
    /// Describes what takes part in a plan, of which so many elements are disabled.
    pub(super) fn of(plan: &Expanded, disabled: usize, resolver: &Resolver) -> Self {
        let facts = Facts::new(&plan.test_plan, Vec::new(), resolver);
        let plan = Item {
            title: "Test Plan".to_owned(),
            name: resolver.now(plan.test_plan.name()),
            family: None,
            missing: None,
            details: details::of("TestPlan", &facts),
            children: items(&plan.children, &[], resolver),
        };
        let mut counts = vec![0; FAMILIES.len()];
        plan.count(&mut counts);
        let counts = counts.into_iter().zip(&FAMILIES).map(|(count, family)| (count, family.name));
        Self { counts: counts.filter(|(count, _)| *count > 0).collect(), plan, disabled }
    }
}

/// How many elements of a plan are disabled, or below a disabled one.
pub(super) fn count_disabled(nodes: &[Node]) -> usize {
    fn all(node: &Node) -> usize {
        1 + node.children.iter().map(all).sum::<usize>()
    }
    let each = nodes.iter().map(|node| if node.is_enabled() { count_disabled(&node.children) } else { all(node) });
    each.sum()
}

fn items(nodes: &[Node], outside: &[&Node], resolver: &Resolver) -> Vec<Item> {
    // Defaults elements count for what stands beside them and below, the nearest first.
    let configs = nodes.iter().filter(|node| elements::is_config(node.class()));
    let scope: Vec<&Node> = configs.chain(outside.iter().copied()).collect();
    nodes.iter().map(|node| Item::of(node, outside, &scope, resolver)).collect()
}

impl Item {
    fn of(node: &Node, outside: &[&Node], scope: &[&Node], resolver: &Resolver) -> Self {
        let kind = elements::of_class(node.class());
        let class = kind.map_or(node.class(), |kind| kind.class);
        // What a config element says counts beside it, and so not for itself; an element's own children come before.
        let around = if elements::is_config(node.class()) { outside } else { scope };
        let below = node.children.iter().filter(|child| elements::is_config(child.class()));
        let defaults = kind.map_or_else(Vec::new, |kind| {
            let all = below.chain(around.iter().copied());
            all.filter(|config| completes(kind, config)).collect()
        });
        let facts = Facts::new(node, defaults, resolver);
        Self {
            title: kind.map_or(node.class(), |kind| kind.title).to_owned(),
            name: resolver.now(node.name()),
            family: kind.and_then(family_of),
            missing: kind.is_none().then(|| missing(node.class())),
            details: details::of(class, &facts),
            children: items(&node.children, scope, resolver),
        }
    }

    /// How many elements of that family there are below this one.
    pub(super) fn count_of(&self, family: &str) -> usize {
        let mut counts = vec![0; FAMILIES.len()];
        self.children.iter().for_each(|child| child.count(&mut counts));
        let place = FAMILIES.iter().position(|other| other.name == family);
        place.map_or(0, |place| counts[place])
    }

    fn count(&self, counts: &mut [usize]) {
        if let Some(family) = self.family {
            counts[family] += 1;
        }
        self.children.iter().for_each(|child| child.count(counts));
    }
}

/// Whether a config element's properties complete those of an element of that kind.
fn completes(kind: &ElementType, config: &Node) -> bool {
    let panel = config.gui_class().rsplit('.').next().unwrap_or_default();
    kind.defaults.contains(&panel)
}

fn family_of(kind: &'static ElementType) -> Option<usize> {
    FAMILIES.iter().position(|family| family.elements.iter().any(|other| other.class == kind.class))
}

fn missing(class: &str) -> String {
    match skipped::find(class) {
        Some(skipped::Kind::Harmless(why) | skipped::Kind::Missed(why)) => format!("left out: {why}"),
        Some(skipped::Kind::Unsupported(why)) => format!("not supported: {why}"),
        None => "not supported".to_owned(),
    }
}
