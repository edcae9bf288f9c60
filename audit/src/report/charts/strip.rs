//! A row of days: those with events filled, those without hatched.

use super::percent;
use crate::report::html::Html;

/// A stretch of days, counted from the first one that is drawn.
pub(in crate::report) struct Stretch {
    pub(in crate::report) from: u64,
    pub(in crate::report) days: u64,
    pub(in crate::report) has_events: bool,
}

/// Draws stretches of so many days.
pub(in crate::report) fn strip(html: &mut Html, stretches: &[Stretch], days: u64) {
    let hidden: &[(&'static str, &dyn std::fmt::Display)] =
        &[("class", &"strip"), ("aria-hidden", &"true"), ("width", &"100%"), ("height", &"18")];
    html.element("svg", hidden, |html| {
        for stretch in stretches {
            let across = |days_of: u64| percent(days_of as f64 / days.max(1) as f64);
            let class = if stretch.has_events { "events" } else { "gap" };
            html.shape(
                "rect",
                &[
                    ("class", &class),
                    ("x", &across(stretch.from)),
                    ("width", &across(stretch.days)),
                    ("y", &"1"),
                    ("height", &"16"),
                ],
            );
        }
    });
}

/// What the gaps of all strips are filled with.
pub(in crate::report) const HATCH: &str = r#"<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="1.6" height="6"/></pattern></defs></svg>"#;
