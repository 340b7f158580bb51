//! What elements have in common beyond one user: one value of each type, made at its first use.

use std::any::{Any, TypeId};
use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

/// Values by their type. What is static in a JMeter class belongs here: to a run or to a thread group of it.
#[derive(Default)]
pub(super) struct Shared(Mutex<FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Shared {
    /// The value of that type, its default at first.
    pub(super) fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let value = self.0.lock().entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        value.downcast().expect("a type has a place of its own")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_value_of_each_type() {
        let shared = Shared::default();
        *shared.get::<Mutex<i32>>().lock() += 1;
        *shared.get::<Mutex<i32>>().lock() += 1;
        assert_eq!((*shared.get::<Mutex<i32>>().lock(), *shared.get::<Mutex<u8>>().lock()), (2, 0));
    }
}
