//! Everything between a plan as read and a plan that can be compiled: what `run`, `check` and `show` have in common.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::expand::expand;
use super::load::{LoadedPlan, Policy, load};
use crate::jmx::Plan;
use crate::model::{GroupRun, Loading, OnSampleError, Problem, Problems, Run, Severity, Variables, VirtualUser};

/// A plan that was loaded, and what there is to say about it.
pub struct Prepared {
    /// The plan; `None` if there is no Test Plan in it.
    pub plan: Option<LoadedPlan>,
    /// JMeter's main thread, with the variables that users start with.
    pub main: VirtualUser,
    /// What is wrong with the plan, or worth knowing.
    pub problems: Vec<Problem>,
}

impl Prepared {
    /// Whether there is a problem as bad as that.
    #[must_use]
    pub fn has(&self, severity: Severity) -> bool {
        self.problems.iter().any(|problem| problem.severity >= severity)
    }
}

/// Expands and loads a plan for that run.
#[must_use]
pub fn prepare(plan: &Plan, run: &Arc<Run>, policy: Policy) -> Prepared {
    let mut problems = Problems::default();
    let main = main_thread(run);
    let Some(expanded) = expand(plan, &run.properties, &mut problems) else {
        let problems = plan.nodes.iter().take(1);
        let message = "there is no Test Plan at the root of the file";
        let problems = problems.map(|node| Problem::of(node, node.class(), Severity::Error, message)).collect();
        return Prepared { plan: None, main, problems };
    };
    let loading = Loading::new(run.clone(), main);
    let loaded = load(&expanded, &loading, policy);
    let (main, found) = loading.finish();
    found.sorted().into_iter().for_each(|problem| problems.add(problem));
    Prepared { plan: Some(loaded), main, problems: problems.sorted() }
}

/// JMeter's main thread: it evaluates what is evaluated once, and has no variables until those of the Test Plan are made.
fn main_thread(run: &Arc<Run>) -> VirtualUser {
    let name: Arc<str> = "StandardJMeterEngine-1".into();
    let group = GroupRun::new(name.clone(), 0, 0, OnSampleError::Continue, true);
    let mut main = VirtualUser::new(run.clone(), Arc::new(group), 0, name, Variables::default());
    main.has_variables = false;
    let millis = run.clock.at(run.clock.started());
    main.variables.put("START.MS", millis.to_string());
    main.variables.put("TESTSTART.MS", millis.to_string());
    if let Ok(timestamp) = Timestamp::from_millisecond(millis) {
        let local = timestamp.to_zoned(TimeZone::system());
        main.variables.put("START.YMD", local.strftime("%Y%m%d").to_string());
        main.variables.put("START.HMS", local.strftime("%H%M%S").to_string());
    }
    main
}
