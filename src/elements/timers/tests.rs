//! Timers as plans write them, and the delays that they give.

use std::sync::Arc;

use tokio::time::Instant;

use super::*;
use crate::elements::Role;
use crate::jmx;
use crate::model::virtual_user::tests::user;
use crate::model::{Fields, Loading, Scope, Stop};

/// A timer of that class with those properties.
fn timer(class: &str, properties: &[(&str, &str)]) -> (Arc<dyn Timer>, Vec<String>) {
    let properties: String =
        properties.iter().map(|(name, value)| format!("<stringProp name=\"{name}\">{value}</stringProp>")).collect();
    let plan = format!(
        "<jmeterTestPlan><hashTree><{class} testname=\"t\">{properties}</{class}><hashTree/></hashTree></jmeterTestPlan>"
    );
    let plan = jmx::read(plan.as_bytes(), "plan.jmx".into()).unwrap();
    let loading = Loading::new(user().run, user());
    let kind = ELEMENTS.iter().find(|kind| kind.class == class).unwrap();
    let element = (kind.load)(&Fields::new(&loading, &plan.nodes[0], kind.title, &Scope::default()));
    if let Some(hooks) = element.hooks {
        hooks.test_started(&mut user()).unwrap();
    }
    let Role::Timer(timer) = element.role else { panic!("{class} is no timer") };
    (timer, loading.finish().1.sorted().iter().map(ToString::to_string).collect())
}

async fn delay(timer: &Arc<dyn Timer>, vu: &mut VirtualUser) -> Result<i64, Fault> {
    match timer.delay(vu)? {
        Delay::Millis(millis) => Ok(millis),
        Delay::Until(done) => done.await.map(|_| 0),
    }
}

#[tokio::test(start_paused = true)]
async fn constant_and_random_timers() {
    let check = async |class: &str, constant: &str, range: &str, expected: std::ops::RangeInclusive<i64>| {
        let (timer, problems) = timer(class, &[("ConstantTimer.delay", constant), ("RandomTimer.range", range)]);
        let mut vu = user();
        for _ in 0..100 {
            let delay = delay(&timer, &mut vu).await.unwrap();
            assert!(expected.contains(&delay), "{class} {constant} {range}: {delay}");
        }
        assert_eq!(timer.is_modifiable(), class != "ConstantTimer");
        problems.len()
    };
    check("ConstantTimer", "-500", "", -500..=-500).await;
    assert_eq!(check("ConstantTimer", "5e2", "", 0..=0).await, 1);
    check("UniformRandomTimer", "500", "100.5", 500..=600).await;
    check("UniformRandomTimer", "-500", "0", 500..=500).await;
    check("GaussianRandomTimer", "-500", "0.0", 500..=500).await;
    check("GaussianRandomTimer", "500", "10", 420..=580).await;
    check("PoissonRandomTimer", "400", "20", 400..=460).await;
    check("PoissonRandomTimer", "300", "100", 340..=470).await;
    check("PoissonRandomTimer", "-500", "0", 500..=500).await;
    check("PoissonRandomTimer", "30", "-7", 30..=30).await;
}

#[tokio::test(start_paused = true)]
async fn constant_throughput() {
    let check = async |throughput, mode, gaps: [i64; 3]| {
        let (timer, _) = timer("ConstantThroughputTimer", &[("throughput", throughput), ("calcMode", mode)]);
        let mut vu = user();
        vu.wake_up();
        let mut delays = Vec::new();
        for _ in 0..3 {
            delays.push(delay(&timer, &mut vu).await.unwrap());
        }
        assert_eq!(delays, gaps, "{throughput} {mode}");
    };
    check("240", "0", [0, 250, 500]).await;
    check("60000", "1", [0, 1, 2]).await;
    check("240.0", "2", [0, 250, 500]).await;
    // The clock of all users says by how much the user's own time moves on.
    check("240", "all active threads (shared)", [0, 250, 750]).await;
}

#[tokio::test(start_paused = true)]
async fn a_rate_of_zero_never_lets_go() {
    let (timer, _) = timer("ConstantThroughputTimer", &[("throughput", "0"), ("calcMode", "0")]);
    assert!(delay(&timer, &mut user()).await.unwrap() > 1_000_000_000_000);
}

#[tokio::test(start_paused = true)]
async fn users_meet() {
    let (timer, _) = timer("SyncTimer", &[("groupSize", "2"), ("timeoutInMs", "700")]);
    let begun = Instant::now();
    let (mut one, mut other) = (user(), user());
    assert_eq!(tokio::join!(delay(&timer, &mut one), delay(&timer, &mut other)), (Ok(0), Ok(0)));
    assert_eq!(begun.elapsed().as_millis(), 0);
    assert_eq!(delay(&timer, &mut one).await, Ok(0));
    assert_eq!(begun.elapsed().as_millis(), 700);
    let stop = async { one.group.stop(Stop::Graceful) };
    let mut waits = user();
    waits.group = one.group.clone();
    assert_eq!(tokio::join!(delay(&timer, &mut waits), stop), (Ok(0), ()));
    assert_eq!(begun.elapsed().as_millis(), 700);
}

#[tokio::test(start_paused = true)]
async fn users_that_cannot_meet_are_faults() {
    let (timer_, problems) = timer("SyncTimer", &[("groupSize", "0"), ("timeoutInMs", "-1")]);
    assert!(problems.is_empty());
    let fault = delay(&timer_, &mut user()).await.unwrap_err().to_string();
    assert!(fault.ends_with("Negative value for timeout:-1 in Synchronizing Timer t"), "{fault}");
}
