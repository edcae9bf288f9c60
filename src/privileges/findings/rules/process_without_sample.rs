//! Users who may run a pipeline and not see its output.

use crate::privileges::catalogue::actions::{self, PROCESS, SAMPLE};
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::Holder;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP409",
    name: "process-without-sample",
    family: Family::Hygiene,
    severity: Severity::Low,
    title: "User who may process and not sample",
    what: "A database user whose roles allow processStreamProcessor and not sampleStreamProcessor.",
    why: "sp.process() runs a pipeline and shows its output, and needs both: it fails, after the grant of the \
one has already let the user run any pipeline.",
    passes: "Users with both, from whichever roles; users with sampleStreamProcessor alone, which is of use \
by itself.",
    mend: "Grant the second, or take the first away.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let found = view.holders.iter().filter(|holder| holder.may(PROCESS) && !holder.may(SAMPLE));
    let finding = |holder: &Holder<'_>| {
        let name = |api: &str| actions::find(api).map_or("", |action| action.documented);
        let (has, lacks) = (name(PROCESS), name(SAMPLE));
        let summary = format!("may {has} and not {lacks}: sp.process() needs both");
        let remedy = Remedy::new("users grant").name(&holder.name).option("--action", lacks);
        Finding::new(&RULE, view, Object::new("database user", &holder.name), summary, remedy)
    };
    Ok(found.map(finding).collect())
}
