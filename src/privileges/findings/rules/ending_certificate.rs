//! Certificates of connections that have ended, or will soon.

use crate::pem;
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::times::{rfc3339, span_of};

pub(super) static RULE: Rule = Rule {
    id: "SP302",
    name: "ending-certificate",
    family: Family::Secrets,
    severity: Severity::Medium,
    title: "Certificate of a connection that ends soon",
    what: "A certificate that a connection trusts brokers by, or shows to them, that ends within 30 days. High \
once it has ended. Of a chain each certificate counts.",
    why: "From that moment on the connection fails, and with it every processor that uses it.",
    passes: "Certificates that end later; what is no certificate, which spctl connections check tells.",
    mend: "Get a new certificate, and set it.",
    needs: None,
    look,
};

/// The fields that hold certificates, and how they are set.
const FIELDS: [(&str, &str, &str); 2] = [
    ("security", "brokerPublicCertificate", "--broker-ca-file FILE"),
    ("authentication", "sslCertificate", "--client-certificate FILE --client-key FILE"),
];

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let now = view.facts.now;
    let mut found = Vec::new();
    for (instance, connection) in view.connections() {
        for (group, field, option) in FIELDS {
            let text = connection.document[group][field].as_str().unwrap_or_default();
            let chain = pem::certificates(text.as_bytes()).unwrap_or_default();
            let ends = chain.iter().filter_map(|der| Some(pem::validity(der)?.1));
            // The first of a chain to end ends it.
            let Some(end) = ends.min() else { continue };
            let left = end.duration_since(now);
            let (severity, summary) = match left {
                left if left.is_negative() || left.is_zero() => {
                    (Severity::High, format!("{group}.{field} ended at {}", rfc3339(end)))
                }
                left if left <= view.facts.soon => {
                    let (at, left) = (rfc3339(end), span_of(left));
                    (RULE.severity, format!("{group}.{field} ends at {at}, in {left}"))
                }
                _ => continue,
            };
            let object = Object::inside("connection", &connection.name, &instance.name);
            let remedy = Remedy::new("connections update")
                .name(&connection.name)
                .option("--instance", &instance.name)
                .word(option);
            let finding = Finding::new(&RULE, view, object, summary, remedy).graded(severity);
            found.push(finding.told_apart(view, field));
        }
    }
    Ok(found)
}
