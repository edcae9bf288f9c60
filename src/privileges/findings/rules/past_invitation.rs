//! Invitations past their time.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::project::PrincipalKind;
use crate::times::rfc3339;

pub(super) static RULE: Rule = Rule {
    id: "SP407",
    name: "past-invitation",
    family: Family::Hygiene,
    severity: Severity::Low,
    title: "Invitation past its time",
    what: "Somebody who was invited and has not accepted before the invitation ended.",
    why: "The roles were meant for somebody who never came. Renewed by habit, the invitation gives them to \
whoever reads that mailbox by now.",
    passes: "Invitations that still stand, and people who have accepted.",
    mend: "Withdraw it; invite again whoever is still needed.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let principals = view.project.principals.iter();
    let invited = principals.filter(|principal| principal.kind == PrincipalKind::Invited);
    let past = invited.filter_map(|principal| Some((principal, principal.invited_until?)));
    let past = past.filter(|(_, until)| *until <= view.facts.now);
    let found = past.map(|(principal, until)| {
        let summary = format!("was invited until {}, and has not accepted", rfc3339(until));
        let object = Object::new("member", &principal.name);
        let remedy = Remedy::new("members remove").name(&principal.name);
        Finding::new(&RULE, view, object, summary, remedy)
    });
    Ok(found.collect())
}
