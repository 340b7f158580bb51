//! What the elements of a plan mean: one folder per family, one file per element, one row per element in its family's
//! table.
//!
//! An element is loaded once and shared by all users; whatever changes belongs to the [`VirtualUser`]. To add one, write
//! a file in its family's folder and add its row to the table in the folder's `mod.rs`.

use std::any::Any;
use std::sync::Arc;

use crate::model::{Fault, Fields, Label, PlannedSampler, VirtualUser};

pub mod assertions;
pub mod config;
pub mod controllers;
mod debug_text;
mod dummy_result;
mod fifo;
mod hex_text;
pub mod listeners;
mod pattern_prop;
pub mod planned_sampler;
pub mod post_processors;
pub mod pre_processors;
pub mod samplers;
mod saxon;
mod scripts;
pub mod skipped;
pub mod thread_groups;
pub mod timers;
mod xpath_document;

use assertions::Assertion;
use controllers::{Controller, ControllerPlan, ParallelKind, Transaction};
use listeners::Listener;
use post_processors::PostProcessor;
use pre_processors::PreProcessor;
use samplers::Sampler;
use thread_groups::ThreadGroup;
use timers::Timer;

/// A kind of element: the class that a plan names, and how one is loaded.
pub struct ElementType {
    /// The class as a `.jmx` spells it.
    pub class: &'static str,
    /// What JMeter's menus call it.
    pub title: &'static str,
    /// Makes the element. Faults of the plan are reported to the [`Fields`].
    pub load: fn(&Fields<'_>) -> Element,
    /// The panels of the defaults elements whose properties complete this element's.
    pub defaults: &'static [&'static str],
}

impl ElementType {
    /// A kind of element that takes defaults from Simple Config Elements only, as most do.
    #[must_use]
    pub const fn new(class: &'static str, title: &'static str, load: fn(&Fields<'_>) -> Element) -> Self {
        Self { class, title, load, defaults: &["SimpleConfigGui"] }
    }

    /// The same kind, completed by defaults elements with those panels.
    #[must_use]
    pub const fn with_defaults(self, defaults: &'static [&'static str]) -> Self {
        Self { defaults, ..self }
    }
}

/// A loaded element: what it is, and when else it wants to be called.
pub struct Element {
    /// What it does.
    pub role: Role,
    /// What it does at other times: when a user starts, when a controller starts a turn.
    pub hooks: Option<Arc<dyn Hooks>>,
}

/// What an element does, by family.
pub enum Role {
    /// Starts users.
    ThreadGroup(Arc<dyn ThreadGroup>),
    /// Decides which sampler is next.
    Controller(Arc<dyn Controller>),
    /// Takes a sample.
    Sampler(Arc<dyn Sampler>),
    /// Delays a sample.
    Timer(Arc<dyn Timer>),
    /// Works before a sample.
    PreProcessor(Arc<dyn PreProcessor>),
    /// Works on a result.
    PostProcessor(Arc<dyn PostProcessor>),
    /// Judges a result.
    Assertion(Arc<dyn Assertion>),
    /// Lends data to the samplers in its scope, which find it by its type.
    Config(Arc<dyn Any + Send + Sync>),
    /// Hears of results.
    Listener(Arc<dyn Listener>),
    /// Nothing: an element that only serves JMeter's window.
    Nothing,
}

impl Element {
    /// An element that does that.
    #[must_use]
    pub fn new(role: Role) -> Self {
        Self { role, hooks: None }
    }

    /// A thread group.
    pub fn thread_group(element: impl ThreadGroup + 'static) -> Self {
        Self::new(Role::ThreadGroup(Arc::new(element)))
    }

    /// A thread group that is called at other times, too.
    pub fn thread_group_with_hooks<T: Hooks + ThreadGroup + 'static>(element: T) -> Self {
        let element = Arc::new(element);
        Self { role: Role::ThreadGroup(element.clone()), hooks: Some(element) }
    }

    /// A controller.
    pub fn controller(element: impl Controller + 'static) -> Self {
        Self::new(Role::Controller(Arc::new(element)))
    }

    /// A sampler.
    pub fn sampler(element: impl Sampler + 'static) -> Self {
        Self::new(Role::Sampler(Arc::new(element)))
    }

    /// A timer.
    pub fn timer(element: impl Timer + 'static) -> Self {
        Self::new(Role::Timer(Arc::new(element)))
    }

    /// A timer that is called at other times, too.
    pub fn timer_with_hooks<T: Hooks + Timer + 'static>(element: T) -> Self {
        let element = Arc::new(element);
        Self { role: Role::Timer(element.clone()), hooks: Some(element) }
    }

    /// A pre-processor.
    pub fn pre_processor(element: impl PreProcessor + 'static) -> Self {
        Self::new(Role::PreProcessor(Arc::new(element)))
    }

    /// A post-processor.
    pub fn post_processor(element: impl PostProcessor + 'static) -> Self {
        Self::new(Role::PostProcessor(Arc::new(element)))
    }

    /// An assertion.
    pub fn assertion(element: impl Assertion + 'static) -> Self {
        Self::new(Role::Assertion(Arc::new(element)))
    }

    /// An assertion that is called at other times, too.
    pub fn assertion_with_hooks<T: Assertion + Hooks + 'static>(element: T) -> Self {
        let element = Arc::new(element);
        Self { role: Role::Assertion(element.clone()), hooks: Some(element) }
    }

    /// A config element that samplers find by its type.
    pub fn config(element: impl Any + Send + Sync) -> Self {
        Self::new(Role::Config(Arc::new(element)))
    }

    /// A config element that samplers find by its type, and that is called at other times, too.
    pub fn config_with_hooks<T: Hooks + Any>(element: T) -> Self {
        let element = Arc::new(element);
        Self { role: Role::Config(element.clone()), hooks: Some(element) }
    }

    /// A pre-processor that is called at other times, too.
    pub fn pre_processor_with_hooks<T: Hooks + PreProcessor + 'static>(element: T) -> Self {
        let element = Arc::new(element);
        Self { role: Role::PreProcessor(element.clone()), hooks: Some(element) }
    }

    /// A listener.
    pub fn listener(element: impl Listener + 'static) -> Self {
        Self::new(Role::Listener(Arc::new(element)))
    }

    /// The same, which is called at other times, too.
    #[must_use]
    pub fn with_hooks(self, hooks: Option<Arc<dyn Hooks>>) -> Self {
        Self { hooks, ..self }
    }

    /// An element that does nothing here.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new(Role::Nothing)
    }
}

/// When else an element is called.
pub trait Hooks: Send + Sync {
    /// Before the first user starts (`TestStateListener.testStarted`).
    ///
    /// # Errors
    /// Why the test cannot start.
    fn test_started(&self, _main: &mut VirtualUser) -> Result<(), String> {
        Ok(())
    }

    /// When a user starts (`ThreadListener.threadStarted`).
    fn thread_started(&self, _vu: &mut VirtualUser) {}

    /// When a user starts a turn of its group's loop (`TestIterationListener.testIterationStart`).
    fn iteration_started(&self, _vu: &mut VirtualUser) {}

    /// When the controller that the element stands in starts a turn (`LoopIterationListener.iterationStart`).
    ///
    /// # Errors
    /// What ends the user, for instance the end of a data file.
    fn turn_started(&self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }

    /// Before each sample of a user, wherever in the group the element stands (`SampleMonitor.sampleStarting`).
    fn sample_starting(&self, _vu: &mut VirtualUser) {}

    /// When a user ends (`ThreadListener.threadFinished`).
    fn thread_finished(&self, _vu: &mut VirtualUser) {}

    /// After the last user has ended (`TestStateListener.testEnded`).
    fn test_ended(&self) {}
}

/// A sampler with everything in its scope, as resolved before the run (`SamplePackage`).
pub struct SamplePackage {
    /// The sampler's name.
    pub name: Arc<Label>,
    /// What the plan says of the sampler.
    pub planned: Option<Arc<PlannedSampler>>,
    /// What takes the sample.
    pub work: Work,
    /// Outermost first.
    pub pre_processors: Vec<Arc<dyn PreProcessor>>,
    /// Innermost first.
    pub timers: Vec<Arc<dyn Timer>>,
    /// Outermost first.
    pub post_processors: Vec<Arc<dyn PostProcessor>>,
    /// Outermost first.
    pub assertions: Vec<Arc<dyn Assertion>>,
    /// All listeners in scope: they hear of the sums of transactions that end after this sample.
    pub listeners_in_scope: Ears,
    /// Those of them that hear of this sampler's results: not those that hear of the transaction around it, if that
    /// makes parts of its samples.
    pub listeners: Ears,
    /// Whether any of these may read what the sampler's own results contain.
    pub contents_are_read: bool,
}

/// What takes a sample.
pub enum Work {
    /// A sampler.
    Sampler(Arc<dyn Sampler>),
    /// The children of a Parallel Controller, all at the same time.
    Parallel(Branches),
}

/// The children of a Parallel Controller.
pub struct Branches {
    /// What each does.
    pub plans: Vec<Arc<ControllerPlan>>,
    /// How they run.
    pub kind: ParallelKind,
}

/// Who hears of a result.
#[derive(Clone)]
pub enum Ear {
    /// A listener that is called in the user's own turn and may change the result.
    Listener(Arc<dyn Listener>),
    /// A file or another consumer of results, by its number.
    Sink(u32),
    /// A Transaction Controller that sums up its samples without making parts of them.
    Transaction(Arc<Transaction>),
}

impl Ear {
    /// Whether both are the same listener of the plan.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listener(one), Self::Listener(other)) => Arc::ptr_eq(one, other),
            (Self::Sink(one), Self::Sink(other)) => one == other,
            (Self::Transaction(one), Self::Transaction(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// All who hear of a result, innermost first.
#[derive(Clone)]
pub struct Ears {
    /// Everybody, in the order of hearing.
    pub all: Vec<Ear>,
    /// The sinks alone, for the usual case that no listener changes results.
    pub sinks: Arc<[u32]>,
    /// Whether a listener is called in the user's own turn.
    pub calls: bool,
    /// Whether one of the sinks reads what results contain.
    pub reads_contents: bool,
}

impl Ears {
    /// These, of which `reads_contents` tells whether the sink of a number reads what results contain.
    #[must_use]
    pub fn new(all: Vec<Ear>, reads_contents: impl FnMut(u32) -> bool) -> Self {
        let sinks = || all.iter().filter_map(|ear| if let Ear::Sink(sink) = ear { Some(*sink) } else { None });
        let calls = all.iter().any(|ear| matches!(ear, Ear::Listener(_)));
        Self { calls, reads_contents: sinks().any(reads_contents), sinks: sinks().collect(), all }
    }

    /// All but files and other consumers of results.
    #[must_use]
    pub fn without_sinks(&self) -> Self {
        Self::new(self.all.iter().filter(|ear| !matches!(ear, Ear::Sink(_))).cloned().collect(), |_| false)
    }
}

/// The kind of that class, if Loadline runs it.
#[must_use]
pub fn of_class(class: &str) -> Option<&'static ElementType> {
    let short = class.strip_prefix("org.apache.jmeter.").and_then(|rest| rest.rsplit('.').next());
    all().find(|kind| kind.class == class || Some(kind.class) == short)
}

/// Whether elements of that class are config elements, which are loaded before the others.
#[must_use]
pub fn is_config(class: &str) -> bool {
    of_class(class).is_some_and(|kind| config::ELEMENTS.iter().any(|config| config.class == kind.class))
}

/// A family of elements: those that have the same contract.
pub struct Family {
    /// What several of its elements are called.
    pub name: &'static str,
    /// Its elements.
    pub elements: &'static [ElementType],
}

/// The families, in the order of JMeter's menus.
pub const FAMILIES: [Family; 9] = [
    Family { name: "thread groups", elements: thread_groups::ELEMENTS },
    Family { name: "controllers", elements: controllers::ELEMENTS },
    Family { name: "samplers", elements: samplers::ELEMENTS },
    Family { name: "timers", elements: timers::ELEMENTS },
    Family { name: "pre-processors", elements: pre_processors::ELEMENTS },
    Family { name: "post-processors", elements: post_processors::ELEMENTS },
    Family { name: "assertions", elements: assertions::ELEMENTS },
    Family { name: "config elements", elements: config::ELEMENTS },
    Family { name: "listeners", elements: listeners::ELEMENTS },
];

/// All kinds of elements that Loadline runs.
pub fn all() -> impl Iterator<Item = &'static ElementType> {
    FAMILIES.iter().flat_map(|family| family.elements)
}
