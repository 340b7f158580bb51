//! What the exit code says.

/// The run ended, whatever its samples were; or what was asked for was done.
pub(super) const DONE: u8 = 0;
/// The plan, or a file that it needs, cannot be read or is faulty: nothing was run.
pub(super) const BAD_PLAN: u8 = 1;
/// The command line is wrong.
pub(super) const USAGE: u8 = 2;
/// The plan has elements that Loadline does not have: nothing was run.
pub(super) const UNSUPPORTED: u8 = 3;
/// The run ended, but something was lost: a results file could not be written, or users did not stop.
pub(super) const INCOMPLETE: u8 = 4;
/// The run was stopped by Ctrl-C.
pub(super) const INTERRUPTED: u8 = 130;
/// The run was stopped by SIGTERM.
pub(super) const TERMINATED: u8 = 143;

/// The table for `--help`.
pub(super) const HELP: &str = "\
Exit codes:
  0    the run ended, whatever its samples were
  1    the plan, or a file that it needs, cannot be read or is faulty; nothing was run
  2    the command line is wrong
  3    the plan has elements that Loadline does not have; nothing was run
  4    the run ended, but something was lost: results could not be written, or users did not stop
  130  the run was stopped by Ctrl-C; its results are complete up to then
  143  the run was stopped by SIGTERM; its results are complete up to then";
