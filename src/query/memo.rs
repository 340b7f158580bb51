//! What was made from a text before, kept for the next time.

use std::sync::Arc;

use parking_lot::RwLock;
use rustc_hash::FxHashMap;

/// How many entries each of the two generations holds.
const GENERATION: usize = 500;

/// Things made from texts that only become known while the test runs. Bounded: when one generation is full, the one before
/// it is forgotten.
pub struct Memo<T> {
    generations: RwLock<Generations<T>>,
}

struct Generations<T> {
    young: FxHashMap<Box<str>, Arc<T>>,
    old: FxHashMap<Box<str>, Arc<T>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { generations: RwLock::new(Generations { young: FxHashMap::default(), old: FxHashMap::default() }) }
    }
}

impl<T> Memo<T> {
    /// What belongs to that text: as made before, or made now.
    ///
    /// # Errors
    /// What `make` fails with; that is not kept.
    pub fn get_or_make<E>(&self, text: &str, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(known) = self.generations.read().young.get(text) {
            return Ok(known.clone());
        }
        let before = self.generations.write().old.remove(text);
        let value = match before {
            Some(value) => value,
            None => Arc::new(make()?),
        };
        self.generations.write().keep(text, value.clone());
        Ok(value)
    }
}

impl<T> Generations<T> {
    fn keep(&mut self, text: &str, value: Arc<T>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_kept_and_what_is_not_is_forgotten() {
        let memo = Memo::<usize>::default();
        let get = |key: usize, make: usize| *memo.get_or_make(&key.to_string(), || Ok::<_, ()>(make)).unwrap();
        for key in 0..3 * GENERATION {
            assert_eq!(get(key, key), key);
            assert_eq!(get(0, 7), 0, "asked for all the time");
        }
        assert_eq!(get(1, 8), 8, "forgotten");
        assert_eq!(memo.get_or_make("x", || Err("no")).unwrap_err(), "no");
    }
}
