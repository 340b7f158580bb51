//! The order in which `java.util.HashMap` gives what was put into it.

/// The buckets of a map that was made without a size.
const FIRST_BUCKETS: u32 = 16;

/// Sorts entries with different names as a `HashMap` that they were put into one by one has them: by bucket, in a bucket
/// as they came.
pub fn sort_as_hash_map<T>(entries: &mut [T], name: impl Fn(&T) -> &str) {
    let mut buckets = FIRST_BUCKETS;
    while entries.len() > buckets as usize / 4 * 3 {
        buckets *= 2;
    }
    entries.sort_by_key(|entry| spread_hash(name(entry)) & (buckets - 1));
}

/// What decides about a text's bucket: its hash, the upper half mixed into the lower.
#[must_use]
pub fn spread_hash(text: &str) -> u32 {
    let hash = super::string_hash(text) as u32;
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_javas_order() {
        let mut names = ["Sec-WebSocket-Protocol", "X-A", "Host", "Authorization", "Cookie"];
        sort_as_hash_map(&mut names, |name| name);
        assert_eq!(names, ["Authorization", "Cookie", "Host", "X-A", "Sec-WebSocket-Protocol"]);
        let mut many: Vec<String> = (0..13).map(|number| format!("h{number}")).collect();
        sort_as_hash_map(&mut many, |name| name);
        assert_eq!(many.join(" "), "h10 h0 h12 h1 h11 h2 h3 h4 h5 h6 h7 h8 h9");
    }
}
