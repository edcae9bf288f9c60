//! Writes markup that outside text cannot become a part of: markup is what stands in these sources, and
//! everything else is escaped.

use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};

use super::words;

/// Shows what cannot be seen, or turns the direction of text, by its code.
pub type Visible = fn(&str) -> Cow<'_, str>;

/// How many characters of an outside text are shown.
const LONGEST: usize = 120;

/// Attributes of an element, by name.
pub type Attributes<'a> = [(&'static str, &'a dyn Display)];

/// A page in the making.
pub struct Html {
    out: String,
    visible: Visible,
}

impl Html {
    /// Nothing yet.
    pub fn new(visible: Visible) -> Self {
        Html { out: String::new(), visible }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    /// Markup of our own.
    pub fn markup(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// Words.
    pub fn text(&mut self, text: impl Display) {
        let text = text.to_string();
        let text = (self.visible)(&text);
        // Infallible: a String takes everything.
        let _ = Escaped(&mut self.out).write_str(&text);
    }

    /// A text from outside, whose direction is kept from the words around it. One that is very long is cut,
    /// and that is said.
    pub fn outside(&mut self, text: &str) {
        self.element("bdi", &[], |html| match text.char_indices().nth(LONGEST) {
            // Nothing but spaces would look like nothing.
            None if text.trim().is_empty() => html.text(format!("{text:?}")),
            None => html.text(text),
            Some((end, _)) => {
                html.text(&text[..end]);
                html.markup("<span class=\"muted\">… (");
                html.text(words::counted(text.chars().count() as u64, "character"));
                html.markup(")</span>");
            }
        });
    }

    /// A moment, in microseconds since 1970.
    pub fn moment(&mut self, moment: i64) {
        let machine = words::rfc3339(moment);
        self.element("time", &[("datetime", &machine)], |html| html.text(words::moment(moment)));
    }

    /// A moment that is known, or a dash.
    pub fn moment_if_known(&mut self, moment: Option<i64>) {
        match moment {
            Some(moment) => self.moment(moment),
            None => self.markup("<span class=\"muted\">no time</span>"),
        }
    }

    /// An element with what is inside.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: &Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.out.push('>');
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element with nothing but words inside.
    pub fn words(&mut self, name: &'static str, attributes: &Attributes<'_>, text: impl Display) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// A shape of a drawing, which has nothing inside.
    pub fn shape(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push_str("/>");
    }

    /// An element that has no end.
    pub fn void(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push('>');
    }

    fn begin(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            let value = value.to_string();
            let _ = write!(self.out, " {key}=\"");
            let _ = Escaped(&mut self.out).write_str(&(self.visible)(&value));
            self.out.push('"');
        }
    }
}

struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_very_long_name_is_cut_and_its_length_told() {
        let mut html = Html::new(|text| text.into());
        html.outside(&"ä".repeat(100_000));
        let text = html.finish();
        assert!(text.chars().count() < 300 && text.contains("(100,000 characters)"), "{text}");
    }

    proptest! {
        #[test]
        fn outside_text_is_never_markup(name in "[<>&\"'/!a-c -]{0,40}a") {
            let mut html = Html::new(|text| text.into());
            html.element("p", &[("title", &name)], |html| html.outside(&name));
            let page = html.finish();
            let inner = page
                .strip_prefix("<p title=\"").unwrap()
                .strip_suffix("</bdi></p>").unwrap();
            let (attribute, inside) = inner.split_once("\"><bdi>").unwrap();
            prop_assert!(!attribute.contains(['<', '>', '"', '\'']));
            prop_assert!(!inside.contains(['<', '>', '"', '\'']));
            let unescape = |text: &str| text.replace("&lt;", "<").replace("&gt;", ">")
                .replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(unescape(attribute), name.clone());
            prop_assert_eq!(unescape(inside), name);
        }
    }
}
