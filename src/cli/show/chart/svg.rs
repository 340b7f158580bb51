//! Load curves as a picture, one panel below the other, in light and dark colours.

use std::fmt::Write;

use super::super::load::{GroupLoad, is_worth_drawing, span, summary};
use super::super::quantity::{number, time};
use super::axis::{labels, time_step, value_step};
use crate::elements::thread_groups::{LoadCurve, LoadUnit};

const WIDTH: f64 = 860.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
/// From the top of a panel to its area.
const HEAD: f64 = 52.0;
const HEIGHT: f64 = 150.0;
/// From the area to the end of a panel.
const FOOT: f64 = 38.0;
/// Points that are nearer to each other than that are one.
const NEAR: f64 = 0.5;

const STYLE: &str = "\
  :root { --paper: #fff; --ink: #1f2933; --faint: #7b8794; --grid: #e4e7eb; --users: #2563eb; --arrivals: #0b8a5f; --fault: #c02626 }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #12171d; --ink: #e4e7eb; --faint: #8c98a5; --grid: #2a323c; --users: #6ea3ff; --arrivals: #4cc79a; --fault: #ff7b7b }
  }
  svg { background: var(--paper); font: 12px system-ui, sans-serif }
  text { fill: var(--faint) } .name { fill: var(--ink); font-size: 15px; font-weight: 600 } .fault { fill: var(--fault) }
  .grid { stroke: var(--grid) } .line { fill: none; stroke-width: 2; stroke-linejoin: round } .area { opacity: .16 }
  .users .line { stroke: var(--users) } .users .area { fill: var(--users) }
  .arrivals .line { stroke: var(--arrivals) } .arrivals .area { fill: var(--arrivals) }
";

/// The loads of all groups.
pub(in crate::cli::show) fn draw(loads: &[GroupLoad]) -> String {
    let (mut panels, mut top) = (String::new(), 0.0);
    for load in loads {
        top += panel(load, top, &mut panels);
    }
    let height = top.max(FOOT);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n<style>\n{STYLE}</style>\n\
         {panels}</svg>\n"
    )
}

/// Draws the load of one group and gives the height of its panel.
fn panel(load: &GroupLoad, top: f64, svg: &mut String) -> f64 {
    let GroupLoad { title, name, curve } = load;
    let _ = writeln!(svg, "<g transform=\"translate(0 {top})\">");
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"26\" class=\"name\">{}</text>", escape(name));
    let (class, words) = match curve {
        Ok(curve) => ("", summary(curve)),
        Err(fault) => (" class=\"fault\"", format!("cannot start: {fault}")),
    };
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"43\"{class}>{} · {}</text>", escape(title), escape(&words));
    let chart = curve.as_ref().ok().filter(|curve| is_worth_drawing(curve));
    if let Some(curve) = chart {
        Chart { curve, peak: curve.peak(), span: span(curve) }.draw(svg);
    }
    svg.push_str("</g>\n");
    if chart.is_some() { HEAD + HEIGHT + FOOT } else { HEAD + 8.0 }
}

struct Chart<'a> {
    curve: &'a LoadCurve,
    peak: f64,
    span: f64,
}

impl Chart<'_> {
    fn draw(&self, svg: &mut String) {
        let (right, bottom) = (WIDTH - RIGHT, HEAD + HEIGHT);
        for value in labels(value_step(self.peak, 4), self.peak) {
            let (y, label) = (coordinate(self.y(value)), number(value));
            let _ = writeln!(svg, "<path class=\"grid\" d=\"M{LEFT} {y}H{right}\"/>");
            let _ =
                writeln!(svg, "<text x=\"{}\" y=\"{y}\" dy=\".35em\" text-anchor=\"end\">{label}</text>", LEFT - 8.0);
        }
        let step = time_step(self.span, 8);
        for seconds in labels(step, self.span) {
            let (x, label) = (coordinate(self.x(seconds)), time(seconds, step));
            let _ = writeln!(svg, "<path class=\"grid\" d=\"M{x} {bottom}v5\"/>");
            let _ = writeln!(svg, "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", bottom + 19.0);
        }
        let line = self.line();
        let class = if self.curve.unit == LoadUnit::Users { "users" } else { "arrivals" };
        let first = line.first().map_or(LEFT, |(x, _)| *x);
        let last = line.last().map_or(LEFT, |(x, _)| *x);
        let points: Vec<String> = line.iter().map(|(x, y)| format!("{} {}", coordinate(*x), coordinate(*y))).collect();
        let (points, first, last) = (points.join("L"), coordinate(first), coordinate(last));
        let _ = writeln!(svg, "<g class=\"{class}\">");
        let _ = writeln!(svg, "<path class=\"area\" d=\"M{first} {bottom}L{points}L{last} {bottom}Z\"/>");
        let _ = writeln!(svg, "<path class=\"line\" d=\"M{points}\"/>");
        svg.push_str("</g>\n");
    }

    /// The line in the picture, without points that nobody could tell apart.
    fn line(&self) -> Vec<(f64, f64)> {
        let end = self.curve.is_open.then(|| (self.span, self.curve.at(self.span)));
        let corners = self.curve.corners.iter().copied().chain(end);
        let mut line: Vec<(f64, f64)> = Vec::new();
        let mut left_out = None;
        for (seconds, value) in corners {
            let point = (self.x(seconds), self.y(value));
            let is_near = line.last().is_some_and(|(x, y)| (x - point.0).abs() < NEAR && (y - point.1).abs() < NEAR);
            left_out = is_near.then_some(point);
            if !is_near {
                line.push(point);
            }
        }
        line.extend(left_out);
        line
    }

    fn x(&self, seconds: f64) -> f64 {
        LEFT + seconds / self.span * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        HEAD + HEIGHT - value / self.peak * HEIGHT
    }
}

fn coordinate(value: f64) -> String {
    number((value * 10.0).round() / 10.0)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_panel_for_each_group() {
        let curve =
            |corners: &[(f64, f64)]| LoadCurve { unit: LoadUnit::Users, corners: corners.to_vec(), is_open: false };
        let load = |name: &str, curve| GroupLoad { title: "Thread Group", name: name.into(), curve };
        let svg = draw(&[
            load("a < b", Ok(curve(&[(0.0, 0.0), (10.0, 4.0), (20.0, 4.0), (20.0, 0.0)]))),
            load("late", Err("Invalid delay".into())),
        ]);
        for expected in [
            "viewBox=\"0 0 860 300\"",
            "class=\"name\">a &lt; b<",
            "at most 4 users · 20 s<",
            "d=\"M64 202L64 202L450 52L836 52L836 202L836 202Z\"",
            "cannot start: Invalid delay<",
        ] {
            assert!(svg.contains(expected), "{expected} is missing in {svg}");
        }
    }

    #[test]
    fn many_users_make_no_large_picture() {
        let corners =
            (0..100_000).flat_map(|user| [0.0, 1.0].map(|up| (f64::from(user) / 1000.0, f64::from(user) + up)));
        let curve = LoadCurve { unit: LoadUnit::Users, corners: corners.collect(), is_open: true };
        let svg = draw(&[GroupLoad { title: "Thread Group", name: "many".into(), curve: Ok(curve) }]);
        assert!(svg.len() < 40_000, "{}", svg.len());
    }
}
