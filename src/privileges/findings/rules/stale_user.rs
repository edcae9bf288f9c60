//! Users who have not been seen for long.

use crate::audit::detect::name_in_log;
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::Holder;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::times::{rfc3339, span_of};

pub(super) static RULE: Rule = Rule {
    id: "SP403",
    name: "stale-user",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "User who was not seen for long",
    what: "A database user with stream actions of whom the audit log shows nothing, not even a logon, for at \
least the time of --stale, on any instance that the user reaches.",
    why: "Nobody would notice if somebody else used it. What is not needed is best taken away.",
    passes: "Users who were made since, as far as the project's events are known; users who reach an \
instance whose log was not given; users without stream actions; every user, \
where the log does not go back so far. What a user does on clusters is in no instance's log.",
    mend: "Lock the user, with a record that restores it: spctl users unlock --from RECORD.",
    needs: Some("the instances' audit logs: --audit"),
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let (facts, log) = (view.facts, view.facts.log.as_ref().map_err(|why| Skipped(why.clone()))?);
    let limit = facts.now.checked_sub(facts.stale).unwrap_or(jiff::Timestamp::MIN);
    let begins = log.begins.ok_or_else(|| Skipped("the audit log has no events".to_owned()))?;
    if begins > limit {
        let reaches = span_of(facts.now.duration_since(begins));
        let why = format!("the audit log begins {} ({reaches} ago)", rfc3339(begins));
        return Err(Skipped(format!("{why}, and --stale is {}", span_of(facts.stale))));
    }
    if log.instances.is_none() && view.project.instances.len() > 1 {
        let why = "the files do not tell which instance's log they are";
        let do_so =
            "an archive of spctl audit pull does, and files as spctl audit download names them";
        return Err(Skipped(format!("{why}: {do_so}")));
    }
    let is_told = |holder: &Holder<'_>| match &log.instances {
        None => true,
        Some(known) => view.instances_of(holder).all(|one| known.contains(&one.name)),
    };
    let finding = |holder: &Holder<'_>| {
        let user = holder.user;
        let added = facts.events.as_ref().ok().and_then(|deeds| deeds.added.get(&user.name));
        if added.is_some_and(|added| *added > limit) {
            return None;
        }
        let last = log.users.get(&name_in_log(&user.database, &user.name));
        let summary = match last {
            Some(last) if *last > limit => return None,
            Some(last) => format!("was last seen {}", rfc3339(*last)),
            None => format!("was not seen since the log begins, {}", rfc3339(begins)),
        };
        let remedy = Remedy::new("users lock").name(&holder.name);
        let object = Object::new("database user", &holder.name);
        Some(Finding::new(&RULE, view, object, summary, remedy))
    };
    let acting = view.holders.iter().filter(|holder| !holder.actions.is_empty());
    let reaching = acting.filter(|holder| view.instances_of(holder).next().is_some());
    Ok(reaching.filter(|holder| is_told(holder)).filter_map(finding).collect())
}
