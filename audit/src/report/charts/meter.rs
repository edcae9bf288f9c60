//! A bar in a cell of a table, beside its number.

use super::percent;
use crate::report::html::Html;

/// Draws how much of the whole something is.
pub(in crate::report) fn meter(html: &mut Html, class: &'static str, part: u64, whole: u64) {
    let hidden: &[(&'static str, &dyn std::fmt::Display)] =
        &[("class", &"meter"), ("aria-hidden", &"true"), ("width", &"100%"), ("height", &"14")];
    html.element("svg", hidden, |html| {
        let mut bar = |class: &str, width: f64| {
            let width = percent(width);
            html.shape(
                "rect",
                &[("class", &class), ("width", &width), ("height", &"8"), ("y", &"3")],
            );
        };
        bar("track", 1.0);
        bar(class, part as f64 / whole.max(1) as f64);
    });
}
