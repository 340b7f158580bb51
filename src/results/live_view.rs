//! A view of the running test for people at a terminal: a few lines that are drawn anew in place, and a table at the end.

mod frame;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use parking_lot::Mutex;

pub use frame::{State, final_table, frame};

use super::statistics::Statistics;
use super::{SampleEvent, Sink};
use crate::model::Run;

/// The rate is that of so many last milliseconds.
const RECENT: i64 = 5000;
/// No more labels are shown while the test runs.
const LABELS: usize = 10;
/// Lines of a frame beside its labels, and the line of the cursor.
const OTHER_LINES: usize = 7;

/// Draws what happens; a sink of all results.
pub struct LiveView {
    run: Arc<Run>,
    terminal: Above,
    /// Columns and lines of the terminal.
    size: Box<dyn Fn() -> (usize, usize) + Send>,
    start: i64,
    end: Option<i64>,
    statistics: Statistics,
    /// The number of samples at the last ticks.
    recent: VecDeque<(i64, u64)>,
}

impl LiveView {
    /// A view on that terminal, which has so many columns and lines whenever asked. `end` is when the test will end, in
    /// milliseconds since 1970, if that is known.
    #[must_use]
    pub fn new(
        run: Arc<Run>,
        terminal: Box<dyn Write + Send>,
        size: impl Fn() -> (usize, usize) + Send + 'static,
        end: Option<i64>,
    ) -> Self {
        let terminal = Above(Arc::new(Mutex::new(Terminal { out: terminal, shown: String::new() })));
        let start = run.clock.now();
        let (statistics, recent) = (Statistics::default(), VecDeque::from([(start, 0)]));
        Self { run, terminal, size: Box::new(size), start, end, statistics, recent }
    }

    /// Where other lines go while the view is up: above it.
    #[must_use]
    pub fn above(&self) -> Above {
        self.terminal.clone()
    }

    /// Samples per second of the last seconds.
    fn rate(&mut self, now: i64) -> f64 {
        let samples = self.statistics.total().samples;
        self.recent.push_back((now, samples));
        while self.recent.len() > 2 && self.recent[0].0 < now - RECENT {
            self.recent.pop_front();
        }
        let (since, before) = self.recent[0];
        if now > since { (samples - before) as f64 / (now - since) as f64 * 1000.0 } else { 0.0 }
    }
}

impl Sink for LiveView {
    fn sample(&mut self, event: &SampleEvent) -> io::Result<()> {
        self.statistics.add(&event.result);
        Ok(())
    }

    fn reads_contents(&self) -> bool {
        false
    }

    fn tick(&mut self, now: i64) -> io::Result<()> {
        let state = State {
            rate: self.rate(now),
            elapsed: now - self.start,
            duration: self.end.map(|end| end - self.start),
            users: self.run.active.load(Ordering::Relaxed),
            statistics: &self.statistics,
        };
        let (columns, lines) = (self.size)();
        let frame = frame(&state, columns, lines.saturating_sub(OTHER_LINES).min(LABELS));
        self.terminal.0.lock().show(frame)
    }

    fn finish(&mut self, _now: i64) -> io::Result<()> {
        let mut terminal = self.terminal.0.lock();
        terminal.show(String::new())?;
        terminal.print(final_table(&self.statistics, (self.size)().0).as_bytes())
    }
}

/// Writes whole lines above the live view.
#[derive(Clone)]
pub struct Above(Arc<Mutex<Terminal>>);

impl Write for Above {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().print(text)?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().out.flush()
    }
}

/// A terminal with a frame at its end.
struct Terminal {
    out: Box<dyn Write + Send>,
    shown: String,
}

impl Terminal {
    /// Replaces the frame. Lines are overwritten rather than erased first, so that nothing flickers.
    fn show(&mut self, frame: String) -> io::Result<()> {
        let mut text = self.to_top();
        for line in frame.lines() {
            text.push_str(line);
            text.push_str("\x1b[K\n");
        }
        text.push_str("\x1b[J");
        self.shown = frame;
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Writes lines above the frame.
    fn print(&mut self, lines: &[u8]) -> io::Result<()> {
        let frame = std::mem::take(&mut self.shown);
        if !frame.is_empty() {
            self.shown.clone_from(&frame);
            let top = self.to_top() + "\x1b[J";
            self.out.write_all(top.as_bytes())?;
        }
        self.out.write_all(lines)?;
        self.out.write_all(frame.as_bytes())?;
        self.shown = frame;
        self.out.flush()
    }

    /// Moves the cursor to where the frame begins.
    fn to_top(&self) -> String {
        match self.shown.lines().count() {
            0 => String::new(),
            lines => format!("\x1b[{lines}A"),
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::results::sink::tests::{event, run, sample};

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.0.lock().extend_from_slice(text);
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn taken(&self) -> String {
            String::from_utf8(std::mem::take(&mut self.0.lock())).unwrap().replace('\x1b', "ESC")
        }
    }

    #[test]
    fn the_view_is_drawn_in_place() {
        let screen = Screen::default();
        let run = run(&[]);
        let mut view = LiveView::new(run, Box::new(screen.clone()), || (60, 24), None);
        let start = view.start;
        view.tick(start).unwrap();
        expect![[r#"
            0:00:00ESC[K
            0 users  0 samples  0.0/s  errors 0 (0.00%)ESC[K
            p50 0  p95 0  p99 0  max 0 ms  0 B/s in  0 B/s outESC[K
            ESC[J"#]]
        .assert_eq(&screen.taken());
        writeln!(view.above(), "a line").unwrap();
        expect![[r#"
            ESC[3AESC[Ja line
            0:00:00
            0 users  0 samples  0.0/s  errors 0 (0.00%)
            p50 0  p95 0  p99 0  max 0 ms  0 B/s in  0 B/s out
        "#]]
        .assert_eq(&screen.taken());
        view.sample(&event(sample("a", 20))).unwrap();
        view.tick(start + 2000).unwrap();
        let drawn = screen.taken();
        assert!(drawn.starts_with("ESC[3A0:00:02ESC[K\n0 users  1 samples  0.5/s"), "{drawn}");
        view.finish(start + 3000).unwrap();
        expect![[r#"
            ESC[6AESC[Jlabel             samples      /s    p50    p95  errors
            a                       1    50.0     20     20       0
            Total                   1    50.0     20     20       0
        "#]]
        .assert_eq(&screen.taken());
        writeln!(view.above(), "afterwards").unwrap();
        assert_eq!(screen.taken(), "afterwards\n");
    }

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let run = run(&[]);
        let mut view = LiveView::new(run, Box::new(io::sink()), || (80, 24), None);
        let start = view.start;
        let mut rates = Vec::new();
        for second in 1..=10 {
            let samples = if second <= 3 { 10 } else { 0 };
            (0..samples).for_each(|_| view.sample(&event(sample("a", 1))).unwrap());
            rates.push(view.rate(start + second * 1000));
        }
        assert_eq!(rates, [10.0, 10.0, 10.0, 7.5, 6.0, 4.0, 2.0, 0.0, 0.0, 0.0]);
    }
}
