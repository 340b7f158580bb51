//! The order in which Java hands out the aliases of a JKS store: that of its hash tables. Indexes of certificates count in it.

use crate::java::string_hash;

/// The order of a `java.util.Hashtable` that these were put into one by one.
pub(super) fn hashtable<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    let bucket = |alias: &str, capacity: usize| (string_hash(alias) & i32::MAX) as usize % capacity;
    let mut table: Vec<Vec<(String, T)>> = (0..11).map(|_| Vec::new()).collect();
    for (count, entry) in entries.into_iter().enumerate() {
        if count >= table.len() * 3 / 4 {
            let capacity = table.len() * 2 + 1;
            let old = std::mem::replace(&mut table, (0..capacity).map(|_| Vec::new()).collect());
            // The last bucket moves first, and each entry to the front of its new one.
            for entry in old.into_iter().rev().flatten() {
                table[bucket(&entry.0, capacity)].insert(0, entry);
            }
        }
        let place = bucket(&entry.0, table.len());
        table[place].insert(0, entry);
    }
    table.into_iter().rev().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(aliases: impl IntoIterator<Item = impl Into<String>>) -> Vec<(String, ())> {
        aliases.into_iter().map(|alias| (alias.into(), ())).collect()
    }

    fn names(ordered: Vec<(String, ())>) -> String {
        ordered.into_iter().map(|(alias, ())| alias).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn orders_are_those_of_java() {
        let few = || named(["first", "second", "third", "user"]);
        assert_eq!(names(hashtable(few())), "user third second first");
        let many = || named((1..=30).map(|number| format!("user{number}")));
        assert_eq!(
            names(hashtable(many())),
            "user14 user13 user12 user11 user10 user29 user28 user27 user26 user25 user24 user23 user22 \
             user21 user20 user30 user9 user8 user7 user6 user5 user4 user19 user3 user18 user2 user1 \
             user17 user16 user15"
        );
    }
}
