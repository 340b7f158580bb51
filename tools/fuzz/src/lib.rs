//! What is fed with arbitrary bytes, and what must hold then: nothing panics, nothing grows without bound, and pieces mean
//! the same as the whole.
//!
//! `cargo test -p fuzz` runs each target on mutations of its seeds, for a bounded number of times; with
//! [cargo-fuzz](https://rust-fuzz.github.io/book/) it runs as long as you like:
//!
//! ```text
//! TARGET=plan cargo +nightly fuzz run --fuzz-dir tools/fuzz --features libfuzzer target
//! ```

mod coding;
mod frames;
mod page;
mod plan;
mod query;
mod response;
mod script;
mod template;

/// Something that reads foreign bytes.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Reads them; a panic is a finding.
    pub run: fn(&[u8]),
    /// What mutations begin with.
    pub seeds: &'static [&'static [u8]],
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "coding", run: coding::decode, seeds: coding::SEEDS },
    Target { name: "frames", run: frames::decode, seeds: frames::SEEDS },
    Target { name: "jmespath", run: query::jmespath, seeds: query::JMESPATHS },
    Target { name: "json_path", run: query::json_path, seeds: query::JSON_PATHS },
    Target { name: "page", run: page::resources, seeds: page::PAGES },
    Target { name: "plan", run: plan::read, seeds: plan::SEEDS },
    Target { name: "regex", run: query::regex, seeds: query::REGEXES },
    Target { name: "response", run: response::read, seeds: response::SEEDS },
    Target { name: "script", run: script::read, seeds: script::SEEDS },
    Target { name: "selector", run: page::selector, seeds: page::SELECTORS },
    Target { name: "template", run: template::parse, seeds: template::SEEDS },
    Target { name: "xpath", run: query::xpath, seeds: query::XPATHS },
];

/// The targets' names.
#[must_use]
pub fn names() -> Vec<&'static str> {
    TARGETS.iter().map(|target| target.name).collect()
}
