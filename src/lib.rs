//! Loadline runs Apache JMeter test plans headless and natively: same plan, same samples, same results file, a tenth of the
//! machine.
//!
//! # The house, and who lives in it
//!
//! | module | |
//! |---|---|
//! | [`java`] | how Java reads and writes texts: numbers, property files, addresses, charsets; uses nothing of the others |
//! | [`jmx`] | bytes to a tree of nodes with positions, and back; knows no element |
//! | [`model`] | the words everyone speaks: properties, templates, variables, results, virtual users; no IO |
//! | [`functions`] | `${__time()}` and the others: one file per function and one table |
//! | [`query`] | questions to texts: regular expressions as ORO and Java know them, JSON paths, boundaries |
//! | [`script`] | interpreters of the script languages of plans, and the Java classes that scripts use |
//! | [`scripting`] | JMeter as scripts see it: `vars`, `props`, `log` and the others |
//! | [`protocol`] | clients that measure themselves: HTTP, WebSocket; nothing of JMeter in them |
//! | [`results`] | consumers of results: files, statistics, summaries |
//! | [`elements`] | what the elements of a plan mean: one folder per family, one file per element |
//! | [`engine`] | makes it run: expand, load, compile, schedule, collect |
//! | [`target`] | the built-in server, for demonstrations, tests and benchmarks |
//! | [`cli`] | arguments, commands, exit codes |
//!
//! Uses go one way, and a test enforces it: `{java, jmx} <- model <- results, scripting <- functions <- elements <- engine <- cli`. `query` and
//! `script` use `java` alone, `protocol` and `target` nothing.
//! `query`, `script` and `protocol` name nothing of JMeter.
//!
//! # How data flows
//!
//! ```text
//! plan.jmx --jmx::read--> nodes (as written) --engine::expand--> (disabled out, includes and modules in)
//!   --engine::load--> elements: every property typed or a compiled template; ALL faults at once, each with file:line:column
//!   --engine::compile--> ExecutionPlan: per thread group a schedule and a tree of controllers whose leaves are
//!       SamplePackages (a sampler with everything in its scope)
//!   --engine::scheduler--> one task per virtual user --engine::thread--> pre-processors, timers, sampler, post-processors,
//!       assertions --SampleResult--> engine::collector (one thread, no locks) --> results files, summary, live view
//! ```
//!
//! # The rules that make it simple
//!
//! 1. Elements are immutable and shared by all users; whatever changes belongs to the [`model::VirtualUser`].
//! 2. Controllers are asked for the next step ([`elements::controllers::Cursor`]); they never run anything.
//! 3. A schedule is a value ([`elements::thread_groups::Schedule`]); the scheduler carries it out.
//! 4. A [`model::Prop`] is a literal read when the plan is loaded, or a template evaluated at each use.
//! 5. [`model::Fields`] remembers what was read: a property that nobody knows is reported, never silently ignored.
//! 6. A failed sample is data; a [`model::Fault`] is for what JMeter throws.
//! 7. Time has one source ([`model::Clock`]), so that schedules run under paused time in tests.
//! 8. Load never waits for a results file; if the writer cannot keep up, the end of the run says so.

pub mod cli;
pub mod elements;
pub mod engine;
pub mod functions;
pub mod java;
pub mod jmx;
pub mod model;
pub mod protocol;
pub mod query;
pub mod results;
pub mod script;
pub mod scripting;
pub mod target;
