//! Synchronizing Timer: holds users back until so many have come, and lets them go on together.

use std::pin::pin;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::Instant;

use super::barrier::{Barrier, Passed};
use super::{Delay, Timer};
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{Fault, Fields, GroupRun, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("SyncTimer", "Synchronizing Timer", load);

struct SyncTimer {
    name: Label,
    /// 0 stands for all users of the group.
    group_size: Prop<i32>,
    /// Milliseconds; 0 for no end.
    timeout: Prop<i64>,
    barrier: Arc<Barrier>,
    /// How many users the barrier waits for: known when the test starts, or else when the first user does.
    users: OnceLock<u32>,
}

fn load(fields: &Fields<'_>) -> Element {
    let group_size = fields.prop("groupSize", 0);
    if let Some(size) = group_size.as_fixed().filter(|size| **size < 0) {
        fields.error("groupSize", format!("there cannot be {size} users together: java.lang.IllegalArgumentException"));
    }
    Element::timer_with_hooks(SyncTimer {
        name: Label::new(fields.name()),
        group_size,
        timeout: fields.prop("timeoutInMs", 0),
        barrier: Arc::default(),
        users: OnceLock::new(),
    })
}

impl Hooks for SyncTimer {
    fn test_started(&self, main: &mut VirtualUser) -> Result<(), String> {
        let size = self.group_size.get(main).map_err(|fault| fault.to_string())?;
        match u32::try_from(size) {
            Ok(0) => {}
            Ok(size) => drop(self.users.set(size)),
            Err(_) => {
                return Err(format!("Synchronizing Timer: java.lang.IllegalArgumentException: groupSize is {size}"));
            }
        }
        Ok(())
    }
}

impl Timer for SyncTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let users = *self.users.get_or_init(|| vu.group.users);
        if users == 0 {
            return Err(Fault::exception("java.lang.NullPointerException", "the group has no number of users"));
        }
        let timeout = self.timeout.get(vu)?;
        let name = self.name.get(vu)?;
        let Ok(limit) = u64::try_from(timeout) else {
            let message = format!("Negative value for timeout:{timeout} in Synchronizing Timer {name}");
            return Err(Fault::illegal_argument(message));
        };
        let limit = (limit > 0).then(|| Instant::now() + Duration::from_millis(limit));
        let end = vu.end.map(|end| vu.run.clock.instant(end));
        let deadline = [limit, end].into_iter().flatten().min();
        let (barrier, group, handle) = (self.barrier.clone(), vu.group.clone(), vu.handle.clone());
        Ok(Delay::Until(Box::pin(async move {
            let wait = async {
                tokio::select! {
                    passed = barrier.wait(users, deadline) => passed,
                    () = group.until(GroupRun::is_stopping) => Passed::Open,
                }
            };
            match handle.guard(None, pin!(wait)).await {
                Ok(Passed::TimedOut) => {
                    let target = "o.a.j.t.SyncTimer";
                    log::warn!(target: target, "SyncTimer {name} timeouted waiting for users after: {timeout}ms");
                }
                Ok(Passed::Open) => {}
                // The sample that follows is interrupted, too.
                Err(_) => handle.interrupt(),
            }
            Ok(None)
        })))
    }
}
