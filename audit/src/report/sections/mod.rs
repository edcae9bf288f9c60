//! What a page says, section by section.

pub(super) mod coverage;
pub(super) mod failures;
pub(super) mod findings;
pub(super) mod overview;
pub(super) mod ranking;
pub(super) mod reading;
pub(super) mod sessions;
pub(super) mod timeline;

use super::html::Html;

/// A section with its heading.
pub(super) fn section(
    html: &mut Html,
    id: &'static str,
    title: &'static str,
    inside: impl FnOnce(&mut Html),
) {
    let heading = format!("{id}-heading");
    html.element("section", &[("id", &id), ("aria-labelledby", &heading)], |html| {
        html.words("h2", &[("id", &heading)], title);
        inside(html);
    });
}

/// The numbers of a drawing, which are shown when they are asked for.
fn numbers(html: &mut Html, of: &str, inside: impl FnOnce(&mut Html)) {
    html.element("details", &[], |html| {
        html.words("summary", &[], format!("{of} in numbers"));
        inside(html);
    });
}

/// A name from outside, or a word for that there is none.
fn name_or(html: &mut Html, name: Option<&str>, none: &'static str) {
    match name {
        Some(name) if !name.is_empty() => html.outside(name),
        _ => html.words("span", &[("class", &"muted")], none),
    }
}

/// A remark.
fn note(html: &mut Html, text: impl std::fmt::Display) {
    html.words("p", &[("class", &"note")], text);
}
