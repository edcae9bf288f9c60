//! Tables. On a narrow screen each row is a block of its own, its cells under each other with their
//! columns' names; the roles are spelled out, since a table that is laid out otherwise loses them.

use super::html::Html;

/// A column.
pub(super) struct Column {
    pub(super) name: &'static str,
    class: &'static str,
}

/// A column of text.
pub(super) const fn text(name: &'static str) -> Column {
    Column { name, class: "text" }
}

/// A column of addresses.
pub(super) const fn address(name: &'static str) -> Column {
    Column { name, class: "address" }
}

/// A column of numbers.
pub(super) const fn number(name: &'static str) -> Column {
    Column { name, class: "number" }
}

/// A column of moments, or of something else that is not to be broken into lines.
pub(super) const fn moment(name: &'static str) -> Column {
    Column { name, class: "moment" }
}

/// A column of drawings.
pub(super) const fn drawing(name: &'static str) -> Column {
    Column { name, class: "drawing" }
}

/// Writes a table of these rows; the first cell of each names it.
pub(super) fn table<R>(
    html: &mut Html,
    caption: &str,
    columns: &[Column],
    rows: &[R],
    cell: impl Fn(&mut Html, &R, usize),
) {
    html.element("table", &[("role", &"table")], |html| {
        html.words("caption", &[], caption);
        html.element("thead", &[("role", &"rowgroup")], |html| {
            html.element("tr", &[("role", &"row")], |html| {
                for column in columns {
                    html.words(
                        "th",
                        &[("role", &"columnheader"), ("scope", &"col"), ("class", &column.class)],
                        column.name,
                    );
                }
            });
        });
        html.element("tbody", &[("role", &"rowgroup")], |html| {
            for row in rows {
                html.element("tr", &[("role", &"row")], |html| {
                    for (index, column) in columns.iter().enumerate() {
                        one(html, column, index == 0, |html| cell(html, row, index));
                    }
                });
            }
        });
    });
}

fn one(html: &mut Html, column: &Column, names_row: bool, inside: impl FnOnce(&mut Html)) {
    let inside = |html: &mut Html| html.element("div", &[], inside);
    let (class, label): (&dyn std::fmt::Display, _) =
        (&column.class, ("data-label", &column.name as _));
    match names_row {
        true => html.element(
            "th",
            &[("role", &"rowheader"), ("scope", &"row"), ("class", class), label],
            inside,
        ),
        false => html.element("td", &[("role", &"cell"), ("class", class), label], inside),
    }
}
