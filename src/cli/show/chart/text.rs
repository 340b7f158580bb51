//! A load curve in the signs of a terminal: an area of blocks, each row in eighths.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::super::load::{GroupLoad, is_worth_drawing, span, summary};
use super::super::quantity::{number, time};
use super::super::style::{Paint, Style};
use super::axis::{labels, time_step};
use crate::elements::thread_groups::{LoadCurve, LoadUnit};

/// A chart gets no wider.
const WIDEST: usize = 120;
/// Columns for one label of the time axis.
const LABEL: usize = 12;
/// What fills a row by eighths.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The loads of all groups.
pub(in crate::cli::show) fn draw_all(loads: &[GroupLoad], columns: usize, style: Style) -> String {
    let charts = loads.iter().filter(|load| load.curve.as_ref().is_ok_and(is_worth_drawing)).count();
    // Of many charts, a screen should hold more than one.
    let rows = if charts > 3 { 4 } else { 8 };
    let drawn: Vec<String> = loads.iter().map(|load| draw(load, rows, columns, style)).collect();
    drawn.join("\n")
}

/// The load of a group: a line of words, and a chart of so many rows where there is something to see.
fn draw(load: &GroupLoad, rows: usize, columns: usize, style: Style) -> String {
    let GroupLoad { title, name, curve } = load;
    let head = format!("{} {}", style.paint(Paint::Green, title), style.paint(Paint::Bold, &format!("\"{name}\"")));
    match curve {
        Err(fault) => format!("{head}  {}\n", style.paint(Paint::Red, &format!("cannot start: {fault}"))),
        Ok(curve) => {
            let chart =
                if is_worth_drawing(curve) { Chart::of(curve, rows, columns).text(style) } else { String::new() };
            format!("{head}  {}\n{chart}", style.paint(Paint::Dim, &summary(curve)))
        }
    }
}

struct Chart<'a> {
    curve: &'a LoadCurve,
    peak: f64,
    /// Seconds.
    span: f64,
    /// Rows of the area.
    rows: usize,
    /// Columns left of the area, and of the area itself.
    margin: usize,
    width: usize,
}

impl<'a> Chart<'a> {
    fn of(curve: &'a LoadCurve, rows: usize, columns: usize) -> Self {
        let peak = curve.peak();
        let margin = number(peak).width() + 4;
        let width = columns.min(WIDEST).saturating_sub(margin).max(LABEL);
        Self { curve, peak, span: span(curve), rows, margin, width }
    }

    fn text(&self, style: Style) -> String {
        let paint = if self.curve.unit == LoadUnit::Users { Paint::Cyan } else { Paint::Magenta };
        let heights: Vec<usize> = (0..self.width).map(|column| self.height(column)).collect();
        let mut text = String::new();
        for row in (0..self.rows).rev() {
            let label = match row + 1 {
                top if top == self.rows => number(self.peak),
                half if half * 2 == self.rows => self.half(),
                _ => String::new(),
            };
            let tick = if label.is_empty() { '│' } else { '┤' };
            let area: String = heights.iter().map(|height| BLOCKS[height.saturating_sub(row * 8).min(8)]).collect();
            let (axis, area) = (format!("{label:>width$} {tick}", width = self.margin - 2), area.trim_end().to_owned());
            let _ = writeln!(text, "{}{}", style.paint(Paint::Dim, &axis), style.paint(paint, &area));
        }
        text.push_str(&style.paint(Paint::Dim, &self.time_axis()));
        text
    }

    /// The label in the middle, unless it takes more room than the one at the top: there is no half a user.
    fn half(&self) -> String {
        let label = number(self.peak / 2.0);
        if label.width() + 4 > self.margin { String::new() } else { label }
    }

    /// Eighths of rows in a column. What is more than nothing can be seen.
    fn height(&self, column: usize) -> usize {
        let seconds = (column as f64 + 0.5) / self.width as f64 * self.span;
        let share = self.curve.at(seconds) / self.peak;
        let eighths = (share * (self.rows * 8) as f64).round() as usize;
        if share > 0.0 { eighths.max(1) } else { 0 }
    }

    fn time_axis(&self) -> String {
        let step = time_step(self.span, self.width / LABEL);
        let (mut line, mut words) = (vec!['─'; self.width], String::new());
        for seconds in labels(step, self.span) {
            let column = (seconds / self.span * self.width as f64) as usize;
            if let Some(place) = line.get_mut(column) {
                *place = '┬';
                let label = time(seconds, step);
                if column + label.width() <= self.width {
                    let missing = column.saturating_sub(words.width());
                    words.extend(std::iter::repeat_n(' ', missing));
                    words.push_str(&label);
                }
            }
        }
        if self.curve.is_open
            && let Some(last) = line.last_mut()
        {
            *last = '→';
        }
        let (zero, indent) = (format!("{:>width$} └", 0, width = self.margin - 2), " ".repeat(self.margin));
        format!("{zero}{}\n{indent}{words}\n", line.into_iter().collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn shown(unit: LoadUnit, corners: &[(f64, f64)], is_open: bool, columns: usize) -> String {
        let curve = LoadCurve { unit, corners: corners.to_vec(), is_open };
        draw(&GroupLoad { title: "Thread Group", name: "users".into(), curve: Ok(curve) }, 8, columns, Style::Plain)
    }

    #[test]
    fn a_ramp_rises_and_falls() {
        expect![[r#"
            Thread Group "users"  at most 20 users · 55 s
              20 ┤         ▆███████████████████████████████████████▃
                 │       ▁▇█████████████████████████████████████████
                 │      ▂███████████████████████████████████████████▆
                 │     ▄█████████████████████████████████████████████▁
              10 ┤    ▅███████████████████████████████████████████████
                 │   ▇████████████████████████████████████████████████▄
                 │ ▂███████████████████████████████████████████████████
                 │▃████████████████████████████████████████████████████▇
               0 └┬─────────────┬──────────────┬──────────────┬─────────
                  0 s           15 s           30 s           45 s
        "#]]
        .assert_eq(&shown(LoadUnit::Users, &[(0.0, 0.0), (10.0, 20.0), (50.0, 20.0), (55.0, 0.0)], false, 60));
    }

    #[test]
    fn steps_stay_steps() {
        expect![[r#"
            Thread Group "users"  at most 3/s · 2 min · about 270 arrivals
              3 ┤                      ███████████████████████
                │                      ███████████████████████
                │                      ███████████████████████
                │                      ███████████████████████
                │█████████████████████████████████████████████
                │█████████████████████████████████████████████
                │█████████████████████████████████████████████
                │█████████████████████████████████████████████
              0 └┬─────────────────────┬──────────────────────
                 0 s                   1 min
        "#]]
        .assert_eq(&shown(
            LoadUnit::Arrivals,
            &[(0.0, 0.0), (0.0, 1.5), (60.0, 1.5), (60.0, 3.0), (120.0, 3.0), (120.0, 0.0)],
            false,
            50,
        ));
    }

    #[test]
    fn an_open_end_has_an_arrow() {
        expect![[r#"
            Thread Group "users"  2 users within 1 s, until they end
              2 ┤                              █████
                │                              █████
                │                              █████
                │                              █████
              1 ┤███████████████████████████████████
                │███████████████████████████████████
                │███████████████████████████████████
                │███████████████████████████████████
              0 └┬─────────────────────────────┬───→
                 0 s                           1 s
        "#]]
        .assert_eq(&shown(LoadUnit::Users, &[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 2.0)], true, 40));
    }

    #[test]
    fn what_is_plain_is_said_in_words() {
        let check = |unit, corners: &[(f64, f64)], is_open, expected: &str| {
            assert_eq!(shown(unit, corners, is_open, 80), format!("Thread Group \"users\"  {expected}\n"));
        };
        check(LoadUnit::Users, &[(0.0, 0.0), (0.0, 5.0)], true, "5 users at once");
        check(LoadUnit::Users, &[], false, "nobody starts");
        check(LoadUnit::Arrivals, &[(0.0, 0.0), (9.0, 0.0)], false, "nobody arrives");
    }
}
