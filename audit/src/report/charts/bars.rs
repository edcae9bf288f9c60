//! Upright bars over time.

use super::{marks, percent, short};
use crate::report::html::Html;

/// Height of the tallest bar, in pixels.
const HEIGHT: u32 = 132;
/// Above the tallest bar, where the uppermost mark's number needs half its height.
const ABOVE: u32 = 8;
/// Below the bars, for their names.
const BELOW: u32 = 24;

/// Bars, each with the name that the axis may show of it.
pub(in crate::report) struct Bars<'a> {
    /// What tells these from others of a page.
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: &'a str,
    pub(in crate::report) description: &'a str,
    /// Of which sort they are: `events`, `failures`.
    pub(in crate::report) class: &'static str,
    pub(in crate::report) bars: &'a [(String, u64)],
}

/// Draws them, with an axis at the left and names below.
pub(in crate::report) fn bars(html: &mut Html, chart: &Bars<'_>) {
    let marks = marks(chart.bars.iter().map(|(_, count)| *count).max().unwrap_or(0));
    let top = marks.last().copied().unwrap_or(1);
    let height = |count: u64| count as f64 / top as f64 * f64::from(HEIGHT);
    let bottom = f64::from(ABOVE + HEIGHT);
    let whole = ABOVE + HEIGHT + BELOW;
    html.element("figure", &[("class", &"plot")], |html| {
        html.words("figcaption", &[], chart.title);
        let axis: &[(&'static str, &dyn std::fmt::Display)] =
            &[("class", &"axis"), ("aria-hidden", &"true"), ("width", &"44"), ("height", &whole)];
        html.element("svg", axis, |html| {
            for mark in &marks {
                let y = format!("{:.1}", bottom - height(*mark) + 4.0);
                html.words(
                    "text",
                    &[("x", &"38"), ("y", &y), ("text-anchor", &"end")],
                    short(*mark),
                );
            }
        });
        let (title, description) = (format!("{}-title", chart.id), format!("{}-text", chart.id));
        let labels = format!("{title} {description}");
        html.element(
            "svg",
            &[
                ("role", &"img"),
                ("aria-labelledby", &labels),
                ("width", &"100%"),
                ("height", &whole),
            ],
            |html| {
                html.words("title", &[("id", &title)], chart.title);
                html.words("desc", &[("id", &description)], chart.description);
                for mark in &marks {
                    let y = format!("{:.1}", bottom - height(*mark));
                    let class = if *mark == 0 { "base" } else { "line" };
                    html.shape(
                        "line",
                        &[("class", &class), ("x2", &"100%"), ("y1", &y), ("y2", &y)],
                    );
                }
                let step = 1.0 / chart.bars.len().max(1) as f64;
                // Few bars are as narrow as many would be.
                let width = (step * 0.78).min(0.06);
                for (index, (_, count)) in
                    chart.bars.iter().enumerate().filter(|(_, bar)| bar.1 > 0)
                {
                    // What is there is seen, however much more there is elsewhere.
                    let height = height(*count).max(1.5);
                    html.shape(
                        "rect",
                        &[
                            ("class", &chart.class),
                            ("x", &percent((index as f64 + 0.5) * step - width / 2.0)),
                            ("width", &percent(width)),
                            ("y", &format!("{:.1}", bottom - height)),
                            ("height", &format!("{height:.1}")),
                        ],
                    );
                }
                names(html, chart.bars);
            },
        );
    });
}

/// The names of some bars: as many as have room on a wide screen, every second marked as one that a narrow
/// screen leaves out.
fn names(html: &mut Html, bars: &[(String, u64)]) {
    let all = bars.len() as f64;
    let step = bars.len().div_ceil(5).max(1);
    let y = ABOVE + HEIGHT + 17;
    for (place, index) in (0..bars.len()).step_by(step).enumerate() {
        let (from, to) = (index as f64 / all, (index as f64 + 1.0) / all);
        let middle = (from + to) / 2.0;
        // Near an end there is no room at one side.
        let (x, anchor) = match middle {
            _ if bars.len() == 1 => (middle, "middle"),
            _ if middle < 0.13 => (from, "start"),
            _ if middle > 0.87 => (to, "end"),
            _ => (middle, "middle"),
        };
        let class = if place % 2 == 1 { "between" } else { "name" };
        html.words(
            "text",
            &[("class", &class), ("x", &percent(x)), ("y", &y), ("text-anchor", &anchor)],
            &bars[index].0,
        );
    }
}
