//! The target that the environment variable `TARGET` names: `TARGET=plan cargo +nightly fuzz run --fuzz-dir tools/fuzz --features libfuzzer target`.
#![no_main]

use std::sync::LazyLock;

use fuzz::{TARGETS, Target};
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("TARGET").unwrap_or_default();
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("TARGET is one of {:?}", fuzz::names()))
});

fuzz_target!(|data: &[u8]| (TARGET.run)(data));
