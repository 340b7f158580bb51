//! What elements share beyond one user: one value of each type, made at its first use.

use std::any::{Any, TypeId};
use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

type Values = FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>;

/// Values by their type. What is static in a JMeter class belongs here: to a run or to a thread group of it.
#[derive(Default)]
pub struct Shared(Mutex<Values>);

impl Shared {
    /// The value of that type, made now if there is none yet.
    pub fn get_or_make<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let mut values = self.0.lock();
        let value = values.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(make())).clone();
        value.downcast().expect("values stand under their own type")
    }

    /// The value of that type, if there is one.
    #[must_use]
    pub fn find<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let value = self.0.lock().get(&TypeId::of::<T>()).cloned()?;
        value.downcast().ok()
    }

    /// The value of that type, its default at first.
    pub fn get<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        self.get_or_make(T::default)
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
        assert_eq!((*shared.get::<Mutex<i32>>().lock(), shared.get_or_make(|| "text".to_owned()).len()), (2, 4));
    }
}
