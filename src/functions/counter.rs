//! `${__counter(TRUE,variable)}`: counts its calls, for all users together or for each one.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use super::call::Parameters;
use crate::java;
use crate::model::{Arity, Fault, Function, FunctionType, Local, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__counter",
    arity: Arity::Between(1, 2),
    make: |parameters, _| {
        let (shared, own) = (AtomicI32::new(0), Local::made_now());
        Ok(Arc::new(Counter { parameters: Parameters::new(parameters), shared, own }))
    },
};

struct Counter {
    parameters: Parameters,
    shared: AtomicI32,
    own: Local<i32>,
}

impl Function for Counter {
    fn call(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let counts_own = java::parse_boolean(&self.parameters.text(0, vu)?);
        let count = if counts_own {
            let own = vu.local(&self.own);
            *own = own.wrapping_add(1);
            *own
        } else {
            self.shared.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
        };
        let result = count.to_string();
        self.parameters.store(1, &result, vu)?;
        Ok(result)
    }
}
