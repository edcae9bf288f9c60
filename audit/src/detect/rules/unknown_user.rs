//! Users who may not act any more.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

use crate::detect::finding::{Finding, Severity, list, number};
use crate::detect::log::{Act, Mark, Track};
use crate::detect::page::Page;
use crate::detect::span;
use crate::detect::{Rule, Skipped, Users, View, or_none};

/// Somebody acts who is not there, or is locked.
pub(super) struct UnknownUser;

static PAGE: Page = Page {
    id: "unknown-user",
    title: "Activity by a user who is gone or locked",
    severity: Severity::High,
    what: "A database user gets something done after being deleted or locked. Where it is not known since \
when the user is gone, any activity is found, as a finding of low severity.",
    why: "A session that was open before goes on: a new password, or deleting the user, does not end it at \
once. Or the user was there for a short time only, and that is what should be looked at.",
    normal: "A user who acted, and was deleted or locked later.",
    tuning: "Give the record of spctl users lock with --locked. Without permission to read the project's \
users and events, the rule is skipped or knows no times.",
    false_positives: "The log of another project; a user who was deleted and made again under the same name.",
    blind: "A user with a new password is locked by nothing that could be read: only the record says so. \
Members of groups (OIDC, LDAP) are no users of the project, and are not judged where there are groups. \
People and API keys who act through Atlas itself are no database users either.",
    settings: &[],
};

/// The databases that users of a project authenticate against.
const DATABASES: [&str; 2] = ["admin", "$external"];

impl Rule for UnknownUser {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let users = view.beside.users.as_ref().map_err(|why| Skipped(why.clone()))?;
        let there: HashSet<&str> = users.there.iter().map(String::as_str).collect();
        let mut groups: BTreeMap<_, Vec<&Track>> = BTreeMap::new();
        for track in view.tracks.iter().copied().filter(|track| track.is_done()) {
            if let Some(user) = track.user.as_ref().filter(|user| is_judged(user, users)) {
                groups.entry((&track.project, user)).or_default().push(track);
            }
        }
        if !groups.is_empty() && !groups.keys().any(|(_, user)| there.contains(&***user)) {
            let why = "no user of the log is a user of the project: is it another project's log?";
            return Err(Skipped(why.to_owned()));
        }
        let mut findings = Vec::new();
        for ((_, user), tracks) in groups {
            let gone =
                users.gone.iter().filter(|gone| *gone.user == **user).max_by_key(|g| g.since);
            let finding = match gone {
                Some(gone) => since(user, &tracks, gone.since, gone.how),
                None if there.contains(&**user) => None,
                None => Some(at_some_time(user, &tracks)),
            };
            findings.extend(finding);
        }
        Ok(findings)
    }
}

fn is_judged(user: &str, users: &Users) -> bool {
    let database = user.split_once('.').map(|(database, _)| database);
    let is_of_a_project = database.is_some_and(|database| DATABASES.contains(&database));
    is_of_a_project && !(users.has_groups && database == Some(DATABASES[1]))
}

/// What was done since the user is gone.
fn since(user: &Arc<str>, tracks: &[&Track], since: i64, how: &str) -> Option<Finding> {
    let later = |track: &Track| {
        let marks = track.spans.iter().flat_map(|span| [span.first, span.last]);
        marks.filter(|mark| mark.time > since).collect::<Vec<Mark>>()
    };
    let acts: Vec<&Track> = tracks.iter().copied().filter(|t| !later(t).is_empty()).collect();
    let mut marks: Vec<Mark> = acts.iter().flat_map(|track| later(track)).collect();
    marks.sort_unstable();
    marks.dedup();
    let (first, last) = (marks.first()?, marks.last()?);
    let summary = format!(
        "{user} acted {} after it {how}, for {}",
        span::show(first.time - since),
        span::show(last.time - first.time)
    );
    let spans = acts.iter().flat_map(|track| &track.spans);
    let count = spans.filter(|span| span.first.time > since).map(|span| span.count).sum();
    let identity = [or_none(Some(user)), how, &since.to_string()];
    Some(Finding::new(&PAGE, &acts, &identity, summary).proven(marks).of(u64::max(count, 1)))
}

fn at_some_time(user: &Arc<str>, tracks: &[&Track]) -> Finding {
    let logons: u64 = tracks.iter().filter(|t| t.act == Act::Logon).map(|t| t.count()).sum();
    let from = list(tracks.iter().filter_map(|track| track.address));
    let summary = format!(
        "{user} is no user of the project (any more): {}, from {from}",
        number(logons, "logon")
    );
    Finding::new(&PAGE, tracks, &[or_none(Some(user))], summary).graded(Severity::Low)
}
