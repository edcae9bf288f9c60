//! A page of its own about something else than a log, in the same style.

use super::head;
use super::html::{Html, Visible};

/// How such a page looks: as the report does, and what is on such pages alone.
const STYLE: &str = concat!(include_str!("style.css"), include_str!("sheet.css"));

/// What stands at the top and at the end of a page.
pub struct Sheet<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it is about, from outside.
    pub about: &'a str,
    /// The program that makes it.
    pub program: &'a str,
    /// When what it shows was so, in microseconds since 1970.
    pub taken: i64,
}

/// The page. It needs no network and holds no script.
pub fn sheet(about: &Sheet<'_>, visible: Visible, body: impl FnOnce(&mut Html)) -> String {
    let mut html = Html::new(visible);
    html.markup("<!DOCTYPE html>\n");
    html.element("html", &[("lang", &"en")], |html| {
        head(html, about.title, STYLE);
        html.element("body", &[], |html| {
            html.element("div", &[("class", &"page wide")], |html| {
                html.element("header", &[], |html| {
                    html.element("p", &[("class", &"kicker")], |html| html.outside(about.about));
                    html.words("h1", &[], about.title);
                    html.element("p", &[("class", &"conditions")], |html| {
                        html.markup("As it was at ");
                        html.moment(about.taken);
                        html.markup(" UTC.");
                    });
                });
                html.element("main", &[("id", &"main")], body);
                html.element("footer", &[], |html| {
                    html.markup("Made by ");
                    html.text(about.program);
                    html.markup(".");
                });
            });
        });
    });
    html.markup("\n");
    html.finish()
}
