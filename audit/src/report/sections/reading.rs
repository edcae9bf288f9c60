//! What was read, and how it is to be read.

use super::{name_or, note, section};
use crate::report::data::{Read, Report};
use crate::report::html::Html;
use crate::report::table::{number, table, text};
use crate::report::words;

/// How many sources are listed.
const MOST: usize = 100;

/// Writes the section.
pub(in crate::report) fn reading(html: &mut Html, report: &Report) {
    section(html, "sources", "Sources and method", |html| {
        html.words("p", &[], lines(report));
        // Those with something amiss are told whatever their number.
        let mut rows: Vec<&Read> = report.sources.iter().collect();
        if rows.len() > MOST {
            rows.sort_by_key(|source| source.unreadable.is_none());
            rows.truncate(MOST);
        }
        let columns = [text("Source"), number("Events"), text("Read")];
        table(html, "What was read", &columns, &rows, |html, source, column| match column {
            0 => name_or(html, source.label.as_deref(), "not opened"),
            1 => html.text(words::grouped(source.events)),
            _ => match &source.unreadable {
                Some(reason) => {
                    html.markup(match &source.label {
                        Some(_) => "<strong>not to its end:</strong> ",
                        None => "<strong>not at all:</strong> ",
                    });
                    html.outside(reason);
                }
                None => html.text("to its end"),
            },
        });
        if report.sources.len() > rows.len() {
            let more = (report.sources.len() - rows.len()) as u64;
            note(html, format!("And {}.", words::counted(more, "more source")));
        }
        html.markup(METHOD);
    });
}

/// `1,234 lines: 1,200 events, 30 blank, 4 malformed.`
fn lines(report: &Report) -> String {
    let lines = report.lines;
    let kinds =
        [(lines.blank, "blank"), (lines.zero, "of NUL bytes"), (lines.malformed, "malformed")];
    let mut said = format!(
        "{} read: {}",
        words::counted(lines.all(), "line"),
        words::counted(lines.events, "event")
    );
    for (count, kind) in kinds.iter().filter(|(count, _)| *count > 0) {
        said += &format!(", {} {kind}", words::grouped(*count));
    }
    if report.all.events != lines.events {
        said += &format!(". {} meet the conditions", words::counted(report.all.events, "event"));
    }
    said + "."
}

/// What a reader has to know of such logs.
const METHOD: &str = "<h3>How to read this page</h3><ul class=\"method\">\
<li>All times are UTC. Days and weekdays begin at midnight UTC.</li>\
<li>A failure is an event whose line says so. Some lines state no outcome; it is inferred then: \
a logon without an actor failed, anything else succeeded.</li>\
<li>The log records logons, logoffs, and the creation, start, stop, drop, processing and sampling of \
processors. It does not record that a processor was modified, nor reads such as listing processors or \
connections: this page cannot prove that those did not happen.</li>\
<li>Newest lines can take five minutes to appear in a log.</li>\
<li>Lines that are no event are counted, and nothing else is derived from them.</li>\
</ul>";
