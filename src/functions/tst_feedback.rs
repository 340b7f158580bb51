//! `${__tstFeedback(TIMER,start,max,spare)}`: as many users as a Throughput Shaping Timer needs, for the target of a Concurrency
//! Thread Group.
//!
//! The timer says each second how many samples there were and how many users waited; each value counts for one step
//! (`TSTFeedback.java`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::call::Parameters;
use crate::java;
use crate::model::{Arity, Fault, Function, FunctionType, Properties, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__tstFeedback",
    arity: Arity::Between(2, 4),
    make: |parameters, _| {
        Ok(Arc::new(TstFeedback { parameters: Parameters::new(parameters), has_started: AtomicBool::new(false) }))
    },
};

struct TstFeedback {
    parameters: Parameters,
    has_started: AtomicBool,
}

impl Function for TstFeedback {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let timer = self.parameters.text(0, vu)?.into_owned();
        let concurrency = format!("{timer}_concurrency");
        if !self.has_started.swap(true, Ordering::SeqCst) {
            let start = self.parameters.text(1, vu)?.into_owned();
            vu.run.properties.set(&concurrency, start);
        }
        let limit = match self.parameters.count() {
            ..=2 => i32::MAX,
            _ => java::parse_int(&self.parameters.text(2, vu)?).unwrap_or(i32::MAX),
        };
        let spare = match self.parameters.count() {
            ..=3 => 0.1,
            _ => java::parse_double(&self.parameters.text(3, vu)?).unwrap_or(1.0),
        };
        let properties = &vu.run.properties;
        let seen = Seen::read(&timer, &concurrency, properties)?;
        let needed = seen.needed(spare).max(1).min(limit);
        properties.set(&concurrency, needed.to_string());
        properties.set(&format!("{timer}_rps"), "0");
        Ok(needed.to_string())
    }
}

/// What the timer and the group were last seen to do.
struct Seen {
    users: i32,
    /// Users that waited for the timer.
    delayed: i32,
    /// Samples in the last second.
    sent: i32,
    /// Samples wanted; 0 if the timer has said nothing new.
    rate: f32,
}

impl Seen {
    fn read(timer: &str, concurrency: &str, properties: &Properties) -> Result<Self, Fault> {
        let number = |name: &str, default: &str| {
            let text = properties.text(name, default);
            java::parse_int(&text).ok_or_else(|| Fault::number_format(&text))
        };
        Ok(Self {
            users: number(concurrency, "1")?,
            delayed: number(&format!("{timer}_cntDelayed"), "0")?,
            sent: number(&format!("{timer}_cntSent"), "0")?,
            rate: properties.decimal(&format!("{timer}_rps"), 0.0) as f32,
        })
    }

    /// How many users there should be, with so many to spare: a number, or a share if it is below 1.
    fn needed(&self, spare: f64) -> i32 {
        let users = f64::from(self.users);
        if self.rate <= 0.0 {
            return self.users;
        }
        if self.delayed <= 0 {
            let missing = (self.sent as f32) < self.rate;
            let more = f64::from(self.users as f32 * (2.0 - self.sent as f32 / self.rate)).ceil();
            return if missing { more as i32 } else { self.users };
        }
        if spare >= 1.0 {
            let needed = (users - (f64::from(self.delayed) - spare)).trunc();
            return if users > spare { spare.max(needed) as i32 } else { needed as i32 };
        }
        if f64::from(self.delayed) > (users * spare).ceil() { (users * (1.0 - spare)) as i32 } else { self.users }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Template;
    use crate::model::virtual_user::tests::user;

    #[test]
    fn users_follow_the_timer() {
        let check = |users, delayed, sent, rate, spare, expected| {
            assert_eq!(Seen { users, delayed, sent, rate }.needed(spare), expected, "{users} {delayed} {sent} {rate}");
        };
        check(10, 5, 3, 0.0, 0.1, 10);
        check(10, 0, 5, 10.0, 0.1, 15);
        check(1, 0, 0, 10.0, 0.1, 2);
        check(10, 0, 10, 10.0, 0.1, 10);
        check(10, 2, 10, 10.0, 0.1, 9);
        check(10, 1, 10, 10.0, 0.1, 10);
        check(10, 5, 10, 10.0, 2.0, 7);
        check(3, 9, 10, 10.0, 2.0, 2);
        check(2, 3, 10, 10.0, 2.0, 1);
    }

    #[test]
    fn each_value_counts_for_one_step() {
        let mut vu = user();
        let parameters = ["tst", "2", "4"].map(Template::literal).to_vec();
        let feedback = (FUNCTION.make)(parameters, &mut vu).unwrap();
        assert_eq!(feedback.call(&mut vu), Ok("2".into()));
        vu.run.properties.set("tst_rps", "10.0");
        assert_eq!(feedback.call(&mut vu), Ok("4".into()));
        assert_eq!(feedback.call(&mut vu), Ok("4".into()));
        vu.run.properties.set("tst_rps", "10.0");
        assert_eq!(feedback.call(&mut vu), Ok("4".into()), "there is a maximum");
        assert_eq!(vu.run.properties.get("tst_concurrency").as_deref(), Some("4"));
    }
}
