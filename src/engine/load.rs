//! From the tree as written to elements: each loaded once, with what it sees of the tree around it. All faults of the plan
//! are gathered, so that one look at the messages is enough to mend it.

use std::sync::Arc;

use super::expand::Expanded;
use crate::elements::config::arguments;
use crate::elements::controllers::{self, Transaction};
use crate::elements::planned_sampler::{self, are_shown};
use crate::elements::{self, Element, ElementType, Role, skipped, thread_groups};
use crate::jmx::Node;
use crate::model::{ConfigInScope, Fields, Label, Loading, PlannedSampler, Problem, Problems, Scope, Severity};

/// What to do with a plan that has elements which Loadline does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Refuse the plan.
    #[default]
    Fail,
    /// Run it without them.
    Skip,
    /// Run it, and record a failed sample wherever the turn of such a sampler or controller comes; other elements are left
    /// out.
    SampleError,
}

/// A loaded plan.
pub struct LoadedPlan {
    /// What the Test Plan itself says.
    pub settings: PlanSettings,
    /// The thread groups, in tree order.
    pub groups: Vec<Loaded>,
    /// What stands directly below the Test Plan and counts for all groups.
    pub plan_level: Vec<Loaded>,
}

impl LoadedPlan {
    /// The results files that the plan's listeners name, as written.
    #[must_use]
    pub fn results_files(&self) -> Vec<String> {
        fn gather(level: &[Loaded], files: &mut Vec<String>) {
            for loaded in level {
                if let Role::Listener(listener) = &loaded.element.role {
                    files.extend(listener.results_file().map(str::to_owned));
                }
                gather(&loaded.children, files);
            }
        }
        let mut files = Vec::new();
        gather(&self.groups, &mut files);
        gather(&self.plan_level, &mut files);
        files
    }
}

/// What the Test Plan element says.
#[derive(Debug, Clone, Copy)]
pub struct PlanSettings {
    /// `TestPlan.serialize_threadgroups`: groups of a kind run one after the other.
    pub serialized: bool,
    /// `TestPlan.functional_mode`: results files hold response data.
    pub functional_mode: bool,
    /// `TestPlan.tearDown_on_shutdown`: tearDown groups run even after a stop.
    pub tear_down_on_shutdown: bool,
}

/// A loaded element with what is below it.
pub struct Loaded {
    /// Its name.
    pub name: Label,
    /// Its class.
    pub class: &'static str,
    /// The element.
    pub element: Element,
    /// What the plan says of it, if it is a sampler.
    pub planned: Option<Arc<PlannedSampler>>,
    /// Its transaction, if it is a Transaction Controller.
    pub transaction: Option<Arc<Transaction>>,
    /// What is below it, in tree order.
    pub children: Vec<Loaded>,
}

/// Loads what takes part in a plan. Faults are gathered in `loading`.
#[must_use]
pub fn load(plan: &Expanded, loading: &Loading, policy: Policy) -> LoadedPlan {
    let nothing = Scope::default();
    let fields = Fields::new(loading, &plan.test_plan, "Test Plan", &nothing);
    let settings = PlanSettings {
        serialized: fields.flag("TestPlan.serialize_threadgroups", false),
        functional_mode: fields.flag("TestPlan.functional_mode", false),
        tear_down_on_shutdown: fields.flag("TestPlan.tearDown_on_shutdown", false),
    };
    // A class path brings Java classes, and there is no Java here.
    fields.skip(&["TestPlan.user_define_classpath"]);
    arguments::define_for_plan(&fields);
    define_variables(&plan.children, loading, &nothing);

    let loader = Loader { loading, policy, shows_samplers: are_shown(&plan.children) };
    let level = loader.level(&plan.children, &nothing);
    let (groups, plan_level) =
        level.into_iter().partition(|loaded| matches!(loaded.element.role, Role::ThreadGroup(_)));
    LoadedPlan { settings, groups, plan_level }
}

/// Sets the variables of all User Defined Variables elements, in tree order.
fn define_variables(nodes: &[Node], loading: &Loading, nothing: &Scope<'_>) {
    loading.main.borrow_mut().has_variables = true;
    for node in nodes {
        if node.class() == arguments::CLASS {
            arguments::define(&Fields::new(loading, node, "User Defined Variables", nothing));
        }
        define_variables(&node.children, loading, nothing);
    }
}

struct Loader<'a> {
    loading: &'a Loading,
    policy: Policy,
    /// Somebody in the plan shows the properties of samplers.
    shows_samplers: bool,
}

impl<'a> Loader<'a> {
    /// Loads the children of one element: its config elements first, since all others see them.
    fn level(&self, nodes: &'a [Node], outside: &Scope<'a>) -> Vec<Loaded> {
        let (inside, configs) = self.configs(nodes, outside);
        self.others(nodes, &inside, configs, false)
    }

    /// The config elements among these nodes, and the scope that they make.
    fn configs(&self, nodes: &'a [Node], outside: &Scope<'a>) -> (Scope<'a>, Vec<Option<Loaded>>) {
        let mut in_scope = Vec::new();
        let mut loaded = Vec::with_capacity(nodes.len());
        for node in nodes {
            loaded.push(elements::of_class(node.class()).filter(|_| elements::is_config(node.class())).map(|kind| {
                let config = self.element(node, kind, outside, Vec::new());
                if let Role::Config(element) = &config.element.role {
                    in_scope.push(ConfigInScope { node, element: element.clone() });
                }
                config
            }));
        }
        (outside.inside(in_scope), loaded)
    }

    /// Loads the elements that are no config elements. `takes_samples` says whether samplers may stand here.
    fn others(
        &self,
        nodes: &'a [Node],
        scope: &Scope<'a>,
        configs: Vec<Option<Loaded>>,
        takes_samples: bool,
    ) -> Vec<Loaded> {
        let each = nodes.iter().zip(configs).filter_map(|(node, config)| match config {
            Some(config) => Some(config),
            None => self.node(node, scope, takes_samples),
        });
        each.collect()
    }

    fn node(&self, node: &'a Node, outside: &Scope<'a>, takes_samples: bool) -> Option<Loaded> {
        let (inside, configs) = self.configs(&node.children, outside);
        let kind = match elements::of_class(node.class()) {
            Some(kind) => kind,
            None => self.unknown(node, takes_samples)?,
        };
        let children = self.others(&node.children, &inside, configs, holds_samplers(kind));
        Some(self.element(node, kind, &inside, children))
    }

    fn element(&self, node: &'a Node, kind: &'static ElementType, scope: &Scope<'a>, children: Vec<Loaded>) -> Loaded {
        check(node, kind, self.loading);
        let defaults = defaults(kind, scope);
        let fields = Fields::new(self.loading, node, kind.title, scope).with_defaults(defaults.clone());
        let element = (kind.load)(&fields);
        let name = Label::new(fields.name());
        let transaction = match &element.role {
            Role::Controller(controller) => controller.transaction().map(|kind| {
                let (makes_parts, includes_timers) = (kind.makes_parts, kind.includes_timers);
                Arc::new(Transaction { name: name.clone(), makes_parts, includes_timers, state: fields.local() })
            }),
            _ => None,
        };
        let planned = match &element.role {
            Role::Sampler(sampler) => {
                Some(planned_sampler::plan(sampler, node, kind, &defaults, self.loading, self.shows_samplers))
            }
            _ => None,
        };
        Loaded { name, class: kind.class, element, planned, transaction, children }
    }

    /// What stands for an element that Loadline does not run; nothing if it is simply left out, as all are that cannot be
    /// samplers where they stand.
    fn unknown(&self, node: &Node, takes_samples: bool) -> Option<&'static ElementType> {
        let problem = unknown(node);
        let serious = problem.severity == Severity::Unsupported;
        let severity = if serious && self.policy != Policy::Fail { Severity::Warning } else { problem.severity };
        self.loading.add(Problem { severity, ..problem });
        match self.policy {
            Policy::SampleError if serious && takes_samples && skipped::may_take_samples(node) => {
                Some(&skipped::UNSUPPORTED_SAMPLER)
            }
            _ => None,
        }
    }
}

/// The defaults elements that complete an element of that kind, nearest first.
fn defaults<'a>(kind: &ElementType, scope: &Scope<'a>) -> Vec<&'a Node> {
    let applies = |node: &&Node| {
        let panel = node.gui_class().rsplit('.').next().unwrap_or_default();
        matches!(node.class().rsplit('.').next(), Some("ConfigTestElement" | "JavaConfig" | "LoginConfig"))
            && kind.defaults.contains(&panel)
    };
    scope.nodes().filter(applies).collect()
}

/// Whether samplers may stand below such an element.
fn holds_samplers(kind: &ElementType) -> bool {
    let tables = [thread_groups::ELEMENTS, controllers::ELEMENTS];
    tables.into_iter().flatten().any(|holder| holder.class == kind.class)
}

/// What JMeter's loader asks of every element.
fn check(node: &Node, kind: &ElementType, loading: &Loading) {
    if node.gui_class().is_empty() {
        let problem = Problem::of(node, kind.title, Severity::Error, "the attribute guiclass is missing");
        loading.add(problem.with_help("JMeter does not load an element without one; any name will do"));
    }
}

/// Adds what there is to say about a disabled element that Loadline does not know.
pub(super) fn report_unknown(node: &Node, problems: &mut Problems) {
    let problem = unknown(node);
    if problem.severity >= Severity::Unsupported {
        let message = format!("{}; it is disabled and was left out", problem.message);
        problems.add(Problem { severity: Severity::Note, message, ..problem });
    }
}

/// What there is to say about an element that Loadline does not run.
fn unknown(node: &Node) -> Problem {
    let class = node.class();
    match skipped::find(class) {
        Some(skipped::Kind::Harmless(why)) => Problem::of(node, class, Severity::Note, format!("left out: {why}")),
        Some(skipped::Kind::Missed(why)) => Problem::of(node, class, Severity::Warning, format!("left out: {why}")),
        Some(skipped::Kind::Unsupported(why)) => Problem::of(node, class, Severity::Unsupported, why),
        None => {
            let message = format!("there is no element of class {class}");
            let help = "if it comes from a plugin, Loadline does not have it";
            Problem::of(node, class, Severity::Unsupported, message).with_help(help)
        }
    }
}
