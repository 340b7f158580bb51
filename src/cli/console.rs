//! Standard output while a plan runs: JMeter's lines, and at a terminal the live view below them.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use crate::model::Run;
use crate::results::Sink;
use crate::results::live_view::{Above, LiveView};

/// Where a run says how it goes.
pub(super) struct Console {
    view: Option<LiveView>,
    above: Option<Above>,
}

impl Console {
    /// The console of a run; with a live view if standard output is a terminal.
    pub(super) fn new(run: &Arc<Run>) -> Self {
        if !io::stdout().is_terminal() {
            return Self { view: None, above: None };
        }
        let size =
            || terminal_size::terminal_size().map_or((80, 24), |(width, height)| (width.0.into(), height.0.into()));
        let view = LiveView::new(run.clone(), Box::new(io::stdout()), size, None);
        let above = view.above();
        Self { view: Some(view), above: Some(above) }
    }

    /// The live view, for the results; once.
    pub(super) fn take_view(&mut self) -> Option<Box<dyn Sink>> {
        self.view.take().map(|view| Box::new(view) as Box<dyn Sink>)
    }

    /// Where others write lines.
    pub(super) fn writer(&self) -> Box<dyn Write + Send> {
        match &self.above {
            Some(above) => Box::new(above.clone()),
            None => Box::new(io::stdout()),
        }
    }

    /// Prints a line. Nobody listening is no reason to stop.
    pub(super) fn tell(&mut self, text: &str) {
        let mut out = self.writer();
        let _ = writeln!(out, "{text}");
        let _ = out.flush();
    }
}
