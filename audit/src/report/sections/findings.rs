//! What deserves a look, with the lines that it rests on.

use super::{note, section};
use crate::detect::Severity;
use crate::report::data::{Finding, Findings};
use crate::report::html::Html;
use crate::report::table::{moment, number, table, text};
use crate::report::words;

/// How many findings are shown.
const MOST: usize = 50;

/// Writes the section, of events that meet these conditions.
pub(in crate::report) fn findings(html: &mut Html, findings: &Findings, conditions: &[String]) {
    section(html, "findings", "Findings", |html| {
        if findings.rows.is_empty() {
            html.words("p", &[], "No rule found anything. That is no proof that nothing happened.");
        }
        for finding in findings.rows.iter().take(MOST) {
            html.element("article", &[("class", &class(finding.severity))], |html| {
                one(html, finding)
            });
        }
        if let Some(more @ 1..) = findings.rows.len().checked_sub(MOST) {
            let more = words::counted(more as u64, "more finding");
            note(html, format!("And {more}, none of them graver: spctl audit detect lists all."));
        }
        if !conditions.is_empty() {
            note(html, "The rules saw only the events that meet the conditions above.");
        }
        if findings.is_crowded {
            let crowd = "There are too many users, addresses or moments to tell all apart: what those of the \
                         fewest events did counts together, and may not be found.";
            note(html, crowd);
        }
        if !findings.skipped.is_empty() {
            html.words("h3", &[], "Rules that were not applied");
            let columns = [text("Rule"), text("Reason")];
            table(
                html,
                "Rules that were not applied",
                &columns,
                &findings.skipped,
                |html, row, column| match column {
                    0 => html.outside(&row.0),
                    _ => html.outside(&row.1),
                },
            );
        }
    });
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "finding low",
        Severity::Medium => "finding medium",
        Severity::High => "finding high",
        Severity::Critical => "finding critical",
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

fn one(html: &mut Html, finding: &Finding) {
    html.element("h3", &[], |html| {
        html.words("span", &[("class", &"severity")], name(finding.severity));
        html.markup(" ");
        html.outside(&finding.summary);
    });
    html.element("p", &[("class", &"facts")], |html| {
        html.text(format!("{} (", finding.title));
        html.words("code", &[], finding.rule);
        html.text(format!(") · {} · ", words::counted(finding.events, "event")));
        let (from, to) = finding.range;
        html.moment(from);
        if to != from {
            html.markup(" to ");
            html.moment(to);
        }
    });
    html.words("p", &[], finding.why);
    if finding.evidence.is_empty() {
        return;
    }
    let columns = [text("Source"), number("Line"), moment("Time (UTC)")];
    let shown = finding.evidence.len() as u64;
    let caption = match finding.events > shown {
        true => format!(
            "Evidence: {} of {}",
            words::grouped(shown),
            words::counted(finding.events, "line")
        ),
        false => "Evidence".to_owned(),
    };
    table(html, &caption, &columns, &finding.evidence, |html, line, column| match column {
        0 => html.outside(&line.source),
        1 => html.text(line.line),
        _ => html.moment(line.moment),
    });
}
