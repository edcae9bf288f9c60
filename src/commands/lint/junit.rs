//! Findings as a JUnit report: a suite for each family, a case for each finding, and one for each rule
//! that found nothing.

use std::fmt::Write as _;

use super::Run;
use super::row::{FindingRow, Status};
use crate::privileges::findings::{Family, Finding, RULES, Rule};

/// The report, in XML. What fails here is what fails the command.
pub(super) fn document(run: &Run<'_>) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    for family in Family::ALL {
        let mut cases = Cases::default();
        for rule in RULES.iter().copied().filter(|rule| rule.family == family) {
            cases.rule(run, rule);
        }
        let _ = write!(
            suites,
            "\n  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" errors=\"0\">{}\n  </testsuite>",
            family.name(),
            cases.tests,
            cases.failures,
            cases.skipped,
            cases.text
        );
        tests += cases.tests;
        failures += cases.failures;
        skipped += cases.skipped;
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"spctl lint\" tests=\"{tests}\" \
         failures=\"{failures}\" skipped=\"{skipped}\" errors=\"0\">{suites}\n</testsuites>"
    )
}

#[derive(Default)]
struct Cases {
    text: String,
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Cases {
    fn rule(&mut self, run: &Run<'_>, rule: &'static Rule) {
        let findings = run.found.findings.iter().zip(&run.rows).zip(&run.fails);
        let mut found = findings.filter(|((finding, _), _)| finding.rule == rule).peekable();
        if let Some((_, why)) = run.found.skipped.iter().find(|(skipped, _)| *skipped == rule) {
            self.skipped += 1;
            let inner = format!("<skipped message=\"{}\"/>", escaped(&why.0));
            return self.case(rule, rule.title, &inner);
        }
        if found.peek().is_none() {
            return self.case(rule, rule.title, "");
        }
        for ((finding, row), fails) in found {
            let inner = self.outcome(finding, row, *fails);
            self.case(rule, &finding.object.to_string(), &inner);
        }
    }

    fn outcome(&mut self, finding: &Finding, row: &FindingRow, fails: bool) -> String {
        let place = row.place().map(|(file, line)| format!("{file}:{line}\n")).unwrap_or_default();
        let text = format!("{place}{}\n{}", finding.rule.why, row.remedy);
        match &row.status {
            Status::Suppressed(accepted) => {
                self.skipped += 1;
                let why = format!("{} (until {})", accepted.reason, accepted.until);
                format!("<skipped message=\"{}\"/>", escaped(&why))
            }
            _ if fails => {
                self.failures += 1;
                format!(
                    "<failure type=\"{}\" message=\"{}\">{}</failure>",
                    finding.severity.name(),
                    escaped(&finding.summary),
                    escaped(&text)
                )
            }
            status => {
                let what =
                    format!("{} ({}): {}", finding.severity.name(), status.word(), finding.summary);
                format!("<system-out>{}\n{}</system-out>", escaped(&what), escaped(&text))
            }
        }
    }

    fn case(&mut self, rule: &Rule, name: &str, inner: &str) {
        self.tests += 1;
        let (id, rule, name) = (rule.id, rule.name, escaped(name));
        let head = format!("\n    <testcase classname=\"{id}.{rule}\" name=\"{id} {name}\"");
        let _ = match inner {
            "" => write!(self.text, "{head}/>"),
            inner => write!(self.text, "{head}>{inner}</testcase>"),
        };
    }
}

/// A text in XML 1.0, which cannot hold most control characters at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_cannot_break_out() {
        let name = "a\"><failure/>&\u{1b}[31m\u{0}";
        assert_eq!(super::escaped(name), "a&quot;&gt;&lt;failure/&gt;&amp;\\u{1b}[31m\\u{0}");
    }
}
