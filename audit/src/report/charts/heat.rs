//! Weekdays by hours: the darker the more, and each number is written into its field.

use super::percent;
use crate::report::html::Html;

pub(in crate::report) const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// How many degrees of darkness there are.
const DEGREES: u64 = 5;

/// Counts by weekday, Monday first, and hour.
pub(in crate::report) type Week = [[u64; 24]; 7];

/// Draws it twice: hours across for wide screens, and weekdays across for narrow ones. The style shows one.
pub(in crate::report) fn heat(html: &mut Html, title: &str, description: &str, week: &Week) {
    let most = week.iter().flatten().copied().max().unwrap_or(0);
    html.element("figure", &[("class", &"heat")], |html| {
        html.words("figcaption", &[], title);
        let hour = |hour: usize| format!("{hour:02}");
        let day = |day: usize| WEEKDAYS[day].to_owned();
        grid(html, "heat-wide", (title, description), (24, hour), (7, day), |x, y| {
            (week[y][x], degree(week[y][x], most))
        });
        grid(html, "heat-tall", (title, description), (7, day), (24, hour), |x, y| {
            (week[x][y], degree(week[x][y], most))
        });
        legend(html, most);
    });
}

/// From 0, nothing, to the darkest.
fn degree(count: u64, most: u64) -> u64 {
    (u128::from(count) * u128::from(DEGREES)).div_ceil(u128::from(most.max(1))) as u64
}

fn grid(
    html: &mut Html,
    id: &'static str,
    (title, description): (&str, &str),
    (columns, column): (usize, impl Fn(usize) -> String),
    (rows, row): (usize, impl Fn(usize) -> String),
    field: impl Fn(usize, usize) -> (u64, u64),
) {
    const HEIGHT: usize = 26;
    const HEAD: usize = 20;
    let height = HEAD + rows * HEIGHT;
    let y = |row: usize| HEAD + row * HEIGHT;
    let across = |column: usize| column as f64 / columns as f64;
    html.element("div", &[("class", &id)], |html| {
        let axis: &[(&'static str, &dyn std::fmt::Display)] =
            &[("class", &"axis"), ("aria-hidden", &"true"), ("width", &"44"), ("height", &height)];
        html.element("svg", axis, |html| {
            for index in 0..rows {
                let y = y(index) + 17;
                html.words("text", &[("x", &"38"), ("y", &y), ("text-anchor", &"end")], row(index));
            }
        });
        let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
        let labels = format!("{title_id} {text_id}");
        let drawing: &[(&'static str, &dyn std::fmt::Display)] = &[
            ("role", &"img"),
            ("aria-labelledby", &labels),
            ("width", &"100%"),
            ("height", &height),
        ];
        html.element("svg", drawing, |html| {
            html.words("title", &[("id", &title_id)], title);
            html.words("desc", &[("id", &text_id)], description);
            for index in 0..columns {
                let x = percent(across(index) + 0.5 / columns as f64);
                html.words(
                    "text",
                    &[("x", &x), ("y", &"13"), ("text-anchor", &"middle")],
                    column(index),
                );
            }
            for (x, y_index) in
                (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)))
            {
                let (count, degree) = field(x, y_index);
                let class = format!("h{degree}");
                html.shape(
                    "rect",
                    &[
                        ("class", &class),
                        ("x", &percent(across(x))),
                        ("y", &(y(y_index) + 1)),
                        ("width", &percent(0.96 / columns as f64)),
                        ("height", &(HEIGHT - 2)),
                    ],
                );
                if count > 0 {
                    let middle = percent(across(x) + 0.48 / columns as f64);
                    let class = format!("t{degree}");
                    html.words(
                        "text",
                        &[
                            ("class", &class),
                            ("x", &middle),
                            ("y", &(y(y_index) + 17)),
                            ("text-anchor", &"middle"),
                        ],
                        super::short(count),
                    );
                }
            }
        });
    });
}

/// Which numbers have which darkness.
fn legend(html: &mut Html, most: u64) {
    html.element("ul", &[("class", &"legend"), ("aria-label", &"Degrees")], |html| {
        for degree in 0..=DEGREES {
            let up_to =
                |degree| (u128::from(most) * u128::from(degree) / u128::from(DEGREES)) as u64;
            let upper = up_to(degree);
            let lower = degree.checked_sub(1).map_or(0, |below| up_to(below) + 1);
            if upper < lower {
                continue;
            }
            html.element("li", &[], |html| {
                let class = format!("h{degree}");
                html.element(
                    "svg",
                    &[("width", &"14"), ("height", &"14"), ("aria-hidden", &"true")],
                    |html| {
                        html.shape(
                            "rect",
                            &[("class", &class), ("width", &"14"), ("height", &"14")],
                        );
                    },
                );
                let (lower, upper) = (super::short(lower), super::short(upper));
                match lower == upper {
                    true => html.text(lower),
                    false => html.text(format!("{lower} to {upper}")),
                }
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_light_and_the_most_is_darkest() {
        assert_eq!([0, 1, 20, 21, 100].map(|count| degree(count, 100)), [0, 1, 1, 2, 5]);
        assert_eq!(degree(1, 1), 5);
        assert_eq!(degree(u64::MAX, u64::MAX), 5);
    }
}
