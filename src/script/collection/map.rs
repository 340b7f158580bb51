//! Maps, and sets, which are maps whose values nobody looks at.
//!
//! `HashMap` runs over its entries in the order of its table, which scripts print and build requests from; so the
//! table's size is kept as Java would have it, and the order is worked out from the hashes.

use std::hash::{BuildHasherDefault, Hash, Hasher};

use indexmap::IndexMap;
use parking_lot::Mutex;
use rustc_hash::FxHasher;

use crate::script::class::Class;
use crate::script::java::map::LINKED_HASH_MAP;
use crate::script::java::object;
use crate::script::machine::{Machine, Outcome, Thrown, check_size};
use crate::script::value::Value;

/// In which order a map runs over its entries.
#[derive(Clone)]
pub enum Order {
    /// As they were put in: `LinkedHashMap`.
    Insertion,
    /// As the table of a `HashMap` has them.
    Hash,
    /// As the table of a `ConcurrentHashMap` has them; no nulls.
    Concurrent,
    /// As the table of a `Hashtable` has them; no nulls.
    Table,
    /// Sorted, by a comparator unless it is `Null`: `TreeMap`.
    Sorted(Value),
}

/// A map or set.
pub struct Map {
    /// Its class.
    pub class: &'static Class,
    /// Its order.
    pub order: Order,
    /// Whether it refuses changes.
    pub is_read_only: bool,
    /// Makes the values of keys that are missing: Groovy's `withDefault`.
    pub default: Option<Value>,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    index: IndexMap<Key, Value, BuildHasherDefault<FxHasher>>,
    capacity: usize,
}

/// A value as a key: equal when Java's `equals` says so.
#[derive(Clone)]
pub struct Key(pub Value);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        object::equals(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i32(object::hash(&self.0));
    }
}

impl Map {
    /// An empty `LinkedHashMap`.
    #[must_use]
    pub fn new() -> Self {
        Self::of(&LINKED_HASH_MAP, Order::Insertion)
    }

    /// An empty map of a class.
    #[must_use]
    pub fn of(class: &'static Class, order: Order) -> Self {
        Self { class, order, is_read_only: false, default: None, entries: Mutex::default() }
    }

    /// A `LinkedHashMap` of entries.
    #[must_use]
    pub fn with(entries: impl IntoIterator<Item = (Value, Value)>) -> Self {
        let map = Self::new();
        map.entries.lock().index.extend(entries.into_iter().map(|(key, value)| (Key(key), value)));
        map
    }

    /// The same entries as a map of another class.
    #[must_use]
    pub fn with_class(mut self, class: &'static Class) -> Self {
        self.class = class;
        self
    }

    /// The same entries, to be run over in another order.
    #[must_use]
    pub fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// The same entries, with a maker of missing ones.
    #[must_use]
    pub fn with_default(mut self, default: Option<Value>) -> Self {
        self.default = default;
        self
    }

    /// The same entries, for ever.
    #[must_use]
    pub fn frozen(mut self) -> Self {
        self.is_read_only = true;
        self
    }

    /// Makes room as Java's constructors do: the order depends on it.
    pub fn reserve(&self, capacity: usize) {
        self.entries.lock().capacity = match self.order {
            Order::Table => capacity.max(1),
            _ => capacity.clamp(1, 1 << 30).next_power_of_two(),
        };
    }

    /// Puts an entry and gives the value before.
    ///
    /// # Errors
    /// `UnsupportedOperationException`, `NullPointerException`, or what the comparator throws.
    pub fn put(&self, machine: &mut Machine<'_>, key: Value, value: Value) -> Outcome<Option<Value>> {
        if self.is_read_only {
            return Err(Thrown::bare("java.lang.UnsupportedOperationException"));
        }
        let key = if let Value::GString(_) = key { machine.text(&key)?.into() } else { key };
        let no_nulls = matches!(self.order, Order::Concurrent | Order::Table);
        if no_nulls && (key.is_null() || value.is_null()) {
            return Err(Thrown::bare("java.lang.NullPointerException"));
        }
        if let Order::Sorted(comparator) = &self.order {
            return self.put_sorted(machine, comparator, key, value);
        }
        let mut entries = self.entries.lock();
        check_size(entries.index.len().saturating_mul(size_of::<(Key, Value)>()))?;
        let before = entries.index.insert(Key(key), value);
        let count = entries.index.len();
        entries.grow(&self.order, count);
        Ok(before)
    }

    fn put_sorted(
        &self,
        machine: &mut Machine<'_>,
        comparator: &Value,
        key: Value,
        value: Value,
    ) -> Outcome<Option<Value>> {
        let place = self.search(machine, comparator, &key)?;
        let mut entries = self.entries.lock();
        Ok(match place {
            Ok(at) => entries.index.get_index_mut(at).map(|(_, slot)| std::mem::replace(slot, value)),
            Err(at) => {
                let at = at.min(entries.index.len());
                entries.index.shift_insert(at, Key(key), value)
            }
        })
    }

    /// Where a key is in a sorted map, or where it would be.
    fn search(&self, machine: &mut Machine<'_>, comparator: &Value, key: &Value) -> Outcome<Result<usize, usize>> {
        let (mut low, mut high) = (0, self.len());
        if high == 0 && comparator.is_null() {
            // Java compares the first key with itself, to see whether it can be compared.
            machine.compare(key, key)?;
        }
        while low < high {
            let middle = usize::midpoint(low, high);
            let other = self.entries.lock().index.get_index(middle).map(|(key, _)| key.0.clone()).unwrap_or_default();
            let order = if comparator.is_null() {
                machine.compare(&other, key)?
            } else {
                machine.call(comparator, &[other, key.clone()])?.to_i64().unwrap_or_default().cmp(&0)
            };
            match order {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Ok(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(Err(low))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &Value) -> Option<Value> {
        self.entries.lock().index.get(&Key(key.clone())).cloned()
    }

    /// The value of a key that is a text.
    #[must_use]
    pub fn get_text(&self, key: &str) -> Option<Value> {
        self.get(&Value::from(key))
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains(&self, key: &Value) -> bool {
        self.entries.lock().index.contains_key(&Key(key.clone()))
    }

    /// Removes a key and gives its value.
    ///
    /// # Errors
    /// `UnsupportedOperationException`.
    pub fn remove(&self, key: &Value) -> Outcome<Option<Value>> {
        if self.is_read_only {
            return Err(Thrown::bare("java.lang.UnsupportedOperationException"));
        }
        Ok(self.entries.lock().index.shift_remove(&Key(key.clone())))
    }

    /// Removes everything.
    ///
    /// # Errors
    /// `UnsupportedOperationException`.
    pub fn clear(&self) -> Outcome<()> {
        if self.is_read_only {
            return Err(Thrown::bare("java.lang.UnsupportedOperationException"));
        }
        self.entries.lock().index.clear();
        Ok(())
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.lock().index.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, in the map's order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(Value, Value)> {
        let entries = self.entries.lock();
        let pair = |(key, value): (&Key, &Value)| (key.0.clone(), value.clone());
        match self.order {
            Order::Insertion | Order::Sorted(_) => entries.index.iter().map(pair).collect(),
            Order::Hash | Order::Concurrent => {
                let mask = entries.capacity.max(16) - 1;
                let mut pairs: Vec<_> = entries.index.iter().map(pair).collect();
                pairs.sort_by_cached_key(|(key, _)| {
                    let hash = object::hash(key) as u32;
                    (hash ^ (hash >> 16)) as usize & mask
                });
                pairs
            }
            Order::Table => {
                let size = entries.capacity.max(11);
                let mut pairs: Vec<_> = entries.index.iter().rev().map(pair).collect();
                pairs.sort_by_cached_key(|(key, _)| {
                    std::cmp::Reverse((object::hash(key) & 0x7fff_ffff) as usize % size)
                });
                pairs
            }
        }
    }

    /// The keys, in the map's order.
    #[must_use]
    pub fn keys(&self) -> Vec<Value> {
        if let Order::Insertion | Order::Sorted(_) = self.order {
            return self.entries.lock().index.keys().map(|key| key.0.clone()).collect();
        }
        self.pairs().into_iter().map(|(key, _)| key).collect()
    }

    /// The values, in the map's order.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        if let Order::Insertion | Order::Sorted(_) = self.order {
            return self.entries.lock().index.values().cloned().collect();
        }
        self.pairs().into_iter().map(|(_, value)| value).collect()
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl Entries {
    /// Makes the table larger when Java would.
    fn grow(&mut self, order: &Order, count: usize) {
        match order {
            Order::Hash => {
                self.capacity = self.capacity.max(16);
                while count * 4 > self.capacity * 3 {
                    self.capacity *= 2;
                }
            }
            Order::Concurrent => {
                self.capacity = self.capacity.max(16);
                while count * 4 >= self.capacity * 3 {
                    self.capacity *= 2;
                }
            }
            Order::Table => {
                self.capacity = self.capacity.max(11);
                while count * 4 > self.capacity * 3 {
                    self.capacity = self.capacity * 2 + 1;
                }
            }
            Order::Insertion | Order::Sorted(_) => {}
        }
    }
}
