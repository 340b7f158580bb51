//! Load curves as charts: in text for a terminal, and as SVG.

mod axis;
pub(super) mod svg;
pub(super) mod text;
