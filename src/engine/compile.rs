//! From loaded elements to what a user needs: each sampler with everything in its scope, each controller with its children.
//!
//! The rules of scope are those of JMeter's `TestCompiler`: every level of the tree from the sampler outwards counts, what
//! stands directly below the Test Plan as if it stood at the end of the thread group's level. Pre-processors, post-processors and
//! assertions work from the outermost level inwards, timers and listeners from the innermost outwards.

use std::sync::Arc;

use super::load::{Loaded, LoadedPlan, PlanSettings};
use crate::elements::controllers::{
    ChildPlan, ControllerPlan, GenericController, ParallelKind, TransactionPackage, TurnListener,
};
use crate::elements::thread_groups::ThreadGroup;
use crate::elements::{Branches, Ear, Ears, Hooks, Role, SamplePackage, Work};
use crate::model::{Fault, Label, VirtualUser};
use crate::results::{Consumers, Sink};

/// A plan that can run.
pub struct ExecutionPlan {
    /// What the Test Plan says.
    pub settings: PlanSettings,
    /// The thread groups, in tree order.
    pub groups: Vec<GroupPlan>,
    /// What consumes results, by number.
    pub sinks: Vec<Box<dyn Sink>>,
    /// Who wants to know when the test starts and ends.
    pub hooks: Vec<Arc<dyn Hooks>>,
}

/// A thread group that can run.
pub struct GroupPlan {
    /// Its name.
    pub name: Label,
    /// When its users run.
    pub group: Arc<dyn ThreadGroup>,
    /// What its users do.
    pub controller: Arc<ControllerPlan>,
    /// Who wants to know when a user starts and ends.
    pub hooks: Arc<[Arc<dyn Hooks>]>,
    /// The names of its transactions that are not literal.
    pub transactions: Arc<[Label]>,
    /// Whether something that the users do may block their thread.
    pub blocks: bool,
}

/// Compiles a plan. The plan's own listeners get their sinks first, in tree order; what `everywhere` makes after that gets
/// the results of all samplers.
///
/// # Errors
/// Why `everywhere` could not make its sinks.
pub fn compile<E>(
    plan: &LoadedPlan,
    consumers: &mut Consumers,
    everywhere: impl FnOnce(&mut Consumers) -> Result<Vec<Box<dyn Sink>>, E>,
) -> Result<ExecutionPlan, E> {
    let mut compiler =
        Compiler { consumers, sinks: Vec::new(), everywhere: Vec::new(), heard: Vec::new(), packages: Vec::new() };
    compiler.meet_listeners(&plan.groups);
    compiler.meet_listeners(&plan.plan_level);
    for sink in everywhere(compiler.consumers)? {
        let ear = compiler.add_sink(sink);
        compiler.everywhere.push(ear);
    }
    let mut all_hooks = Vec::new();
    collect_hooks(&plan.plan_level, &mut all_hooks);
    let groups = plan.groups.iter().filter_map(|group| {
        let Role::ThreadGroup(thread_group) = &group.element.role else { return None };
        if let Err(error) = thread_group.open_log(compiler.consumers) {
            log::error!(target: "c.b.j.r.FlushingResultCollector", "{error}");
        }
        let mut hooks: Vec<_> = group.element.hooks.iter().cloned().collect();
        collect_hooks(&group.children, &mut hooks);
        all_hooks.extend(hooks.iter().cloned());
        collect_hooks(&plan.plan_level, &mut hooks);
        let hooks: Arc<[_]> = hooks.into();
        let blocks = may_block(&group.children) || may_block(&plan.plan_level);
        let controller = compiler.group(group, thread_group, &plan.plan_level, hooks.clone());
        let mut transactions = Vec::new();
        collect_transactions(&group.children, &mut transactions);
        let (name, transactions) = (group.name.clone(), transactions.into());
        Some(GroupPlan { name, group: thread_group.clone(), controller, hooks, transactions, blocks })
    });
    let groups = groups.collect();
    Ok(ExecutionPlan { settings: plan.settings, groups, sinks: compiler.sinks, hooks: all_hooks })
}

/// Whether one of these elements or one below may block its thread.
fn may_block(level: &[Loaded]) -> bool {
    level.iter().any(|loaded| {
        let blocks = match &loaded.element.role {
            Role::Sampler(sampler) => sampler.blocks(),
            Role::PreProcessor(element) => element.blocks(),
            Role::PostProcessor(element) => element.blocks(),
            Role::Assertion(element) => element.blocks(),
            Role::Timer(element) => element.blocks(),
            Role::Listener(element) => element.blocks(),
            _ => false,
        };
        blocks || may_block(&loaded.children)
    })
}

/// The hooks of these elements and all below, in tree order.
fn collect_hooks(level: &[Loaded], hooks: &mut Vec<Arc<dyn Hooks>>) {
    for loaded in level {
        hooks.extend(loaded.element.hooks.clone());
        collect_hooks(&loaded.children, hooks);
    }
}

/// The names of transactions that are not literal, in tree order.
fn collect_transactions(level: &[Loaded], names: &mut Vec<Label>) {
    for loaded in level {
        names.extend(loaded.transaction.iter().map(|known| known.name.clone()).filter(|name| name.literal().is_none()));
        collect_transactions(&loaded.children, names);
    }
}

struct Compiler<'a> {
    consumers: &'a mut Consumers,
    sinks: Vec<Box<dyn Sink>>,
    /// Who hears of everything.
    everywhere: Vec<Ear>,
    /// The ears of listeners met so far, by the listener's address: one stands in the scope of many samplers.
    heard: Vec<(usize, Vec<Ear>)>,
    /// The transactions around the place where the compiler is that make parts of their samples, outermost first.
    packages: Vec<Arc<TransactionPackage>>,
}

/// The levels of the tree from the group inwards.
type Levels<'a> = Vec<Vec<&'a Loaded>>;

impl Compiler<'_> {
    /// Makes the sinks of all listeners.
    fn meet_listeners(&mut self, level: &[Loaded]) {
        for loaded in level {
            self.listener(loaded);
            self.meet_listeners(&loaded.children);
        }
    }

    fn add_sink(&mut self, sink: Box<dyn Sink>) -> Ear {
        let number = u32::try_from(self.sinks.len()).unwrap_or(u32::MAX);
        self.sinks.push(sink);
        Ear::Sink(number)
    }

    fn group(
        &mut self,
        group: &Loaded,
        thread_group: &Arc<dyn ThreadGroup>,
        plan_level: &[Loaded],
        hooks: Arc<[Arc<dyn Hooks>]>,
    ) -> Arc<ControllerPlan> {
        let mut levels: Levels<'_> = vec![group.children.iter().chain(plan_level).collect()];
        let (children, mut listeners) = self.children(&group.children, &mut levels);
        let outer = turn_listeners(plan_level, &mut 0, false);
        // JMeter tells the newest listener first, and its own iteration listener comes last of all.
        listeners.splice(0..0, outer.into_iter().rev());
        listeners.insert(0, TurnListener::Element(Arc::new(GroupIteration { hooks })));
        let (name, controller) = (group.name.clone(), thread_group.main_controller());
        Arc::new(ControllerPlan { name, controller, children, listeners, transaction: None })
    }

    /// The samplers and controllers among these, and who listens to the turns of the controller that they stand in.
    fn children<'a>(&mut self, level: &'a [Loaded], levels: &mut Levels<'a>) -> (Vec<ChildPlan>, Vec<TurnListener>) {
        let mut children = Vec::new();
        for loaded in level {
            match &loaded.element.role {
                Role::Sampler(sampler) => {
                    levels.push(loaded.children.iter().collect());
                    let work = Work::Sampler(sampler.clone());
                    children.push(ChildPlan::Sampler(self.package(loaded, work, levels)));
                    levels.pop();
                }
                Role::Controller(controller) => {
                    levels.push(loaded.children.iter().collect());
                    children.push(match controller.parallel() {
                        Some(kind) => ChildPlan::Sampler(self.parallel(loaded, kind, levels)),
                        None => ChildPlan::Controller(self.controller(loaded, levels)),
                    });
                    levels.pop();
                }
                _ => {}
            }
        }
        let mut listeners = turn_listeners(level, &mut 0, true);
        listeners.reverse();
        (children, listeners)
    }

    fn controller<'a>(&mut self, loaded: &'a Loaded, levels: &mut Levels<'a>) -> Arc<ControllerPlan> {
        let Role::Controller(controller) = &loaded.element.role else { unreachable!("only called for controllers") };
        let transaction = loaded.transaction.clone().map(|transaction| {
            Arc::new(TransactionPackage {
                transaction,
                assertions: collect_inwards_first(levels, |role| match role {
                    Role::Assertion(assertion) => Some(assertion.clone()),
                    _ => None,
                }),
                listeners: self.listeners(levels),
            })
        });
        let makes_parts = transaction.clone().filter(|package| package.transaction.makes_parts);
        self.packages.extend(makes_parts.clone());
        let (children, listeners) = self.children(&loaded.children, levels);
        if makes_parts.is_some() {
            self.packages.pop();
        }
        let (name, controller) = (loaded.name.clone(), controller.clone());
        Arc::new(ControllerPlan { name, controller, children, listeners, transaction })
    }

    /// A Parallel Controller: each child is a little plan of its own, whose samples are no parts of transactions around it.
    fn parallel<'a>(&mut self, loaded: &'a Loaded, kind: ParallelKind, levels: &mut Levels<'a>) -> Arc<SamplePackage> {
        let around = std::mem::take(&mut self.packages);
        let (children, _) = self.children(&loaded.children, levels);
        self.packages = around;
        let plans = children.into_iter().map(|child| {
            let (name, controller) = (Label::default(), Arc::new(GenericController));
            Arc::new(ControllerPlan {
                name,
                controller,
                children: vec![child],
                listeners: Vec::new(),
                transaction: None,
            })
        });
        let work = Work::Parallel(Branches { plans: plans.collect(), kind });
        self.package(loaded, work, levels)
    }

    fn package(&mut self, loaded: &Loaded, work: Work, levels: &Levels<'_>) -> Arc<SamplePackage> {
        let in_scope = self.listeners(levels);
        let heard = in_scope.all.iter().filter(|ear| match self.packages.last() {
            Some(around) => !around.listeners.all.iter().any(|other| ear.is(other)),
            None => true,
        });
        let listeners = self.ears(heard.cloned().collect());
        let post_processors: Vec<_> = collect_outwards_first(levels, |role| match role {
            Role::PostProcessor(element) => Some(element.clone()),
            _ => None,
        });
        let assertions: Vec<_> = collect_outwards_first(levels, |role| match role {
            Role::Assertion(element) => Some(element.clone()),
            _ => None,
        });
        Arc::new(SamplePackage {
            name: Arc::new(loaded.name.clone()),
            planned: loaded.planned.clone(),
            work,
            contents_are_read: in_scope.reads_contents
                || in_scope.calls
                || !(post_processors.is_empty() && assertions.is_empty()),
            pre_processors: collect_outwards_first(levels, |role| match role {
                Role::PreProcessor(element) => Some(element.clone()),
                _ => None,
            }),
            timers: collect_inwards_first(levels, |role| match role {
                Role::Timer(element) => Some(element.clone()),
                _ => None,
            }),
            post_processors,
            assertions,
            listeners_in_scope: in_scope,
            listeners,
        })
    }

    /// Who hears of a result at the innermost of these levels, innermost first.
    fn listeners(&mut self, levels: &Levels<'_>) -> Ears {
        let mut ears = Vec::new();
        for loaded in levels.iter().rev().flatten() {
            match (&loaded.element.role, &loaded.transaction) {
                (Role::Listener(_), _) => ears.extend(self.listener(loaded)),
                (_, Some(transaction)) if !transaction.makes_parts => ears.push(Ear::Transaction(transaction.clone())),
                _ => {}
            }
        }
        ears.extend(self.everywhere.iter().cloned());
        self.ears(ears)
    }

    fn ears(&self, all: Vec<Ear>) -> Ears {
        Ears::new(all, |sink| self.sinks[sink as usize].reads_contents())
    }

    fn listener(&mut self, loaded: &Loaded) -> Vec<Ear> {
        let Role::Listener(listener) = &loaded.element.role else { return Vec::new() };
        let address = Arc::as_ptr(listener).cast::<u8>().addr();
        if let Some((_, ears)) = self.heard.iter().find(|(other, _)| *other == address) {
            return ears.clone();
        }
        let mut ears = Vec::new();
        match listener.sink(self.consumers) {
            Ok(Some(sink)) => ears.push(self.add_sink(sink)),
            Ok(None) => {}
            Err(error) => log::error!(target: "o.a.j.r.ResultCollector", "{}: {error}", loaded.class),
        }
        if listener.is_called() {
            ears.push(Ear::Listener(listener.clone()));
        }
        self.heard.push((address, ears.clone()));
        ears
    }
}

/// Who among these elements, and below samplers among them, listens to the turns of the controller around: in the order in
/// which JMeter comes across them.
fn turn_listeners(level: &[Loaded], child: &mut usize, with_controllers: bool) -> Vec<TurnListener> {
    let mut listeners = Vec::new();
    for loaded in level {
        match &loaded.element.role {
            Role::Controller(controller) => {
                if with_controllers && controller.listens_to_parent() {
                    listeners.push(TurnListener::Child(*child));
                }
                *child += 1;
                continue;
            }
            Role::Sampler(_) => *child += 1,
            _ => {}
        }
        listeners.extend(turn_listeners(&loaded.children, &mut 0, false));
        listeners.extend(loaded.element.hooks.clone().map(TurnListener::Element));
    }
    listeners
}

/// Elements of a kind from the innermost level outwards.
fn collect_inwards_first<T>(levels: &Levels<'_>, pick: impl Fn(&Role) -> Option<T>) -> Vec<T> {
    levels.iter().rev().flatten().filter_map(|loaded| pick(&loaded.element.role)).collect()
}

/// Elements of a kind from the outermost level inwards.
fn collect_outwards_first<T>(levels: &Levels<'_>, pick: impl Fn(&Role) -> Option<T>) -> Vec<T> {
    levels.iter().flatten().filter_map(|loaded| pick(&loaded.element.role)).collect()
}

/// Tells the elements of a group that a user starts a turn of the group's loop.
struct GroupIteration {
    hooks: Arc<[Arc<dyn Hooks>]>,
}

impl Hooks for GroupIteration {
    fn turn_started(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        vu.iteration += 1;
        self.hooks.iter().for_each(|hook| hook.iteration_started(vu));
        Ok(())
    }
}
