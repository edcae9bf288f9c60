use proptest::prelude::*;

use super::super::catalogue::actions::ACTIONS;
use super::super::graph::{GrantedRole, RoleReading};
use super::super::permission::Permission;
use super::super::scopes::{Estate, Scope};
use super::*;
use crate::privileges::definition::Definition;

const INSTANCES: [&str; 2] = ["orders", "payments"];

fn day(number: i64) -> Timestamp {
    // 1 October 2026.
    Timestamp::from_second(1_790_812_800 + number * 86_400).unwrap()
}

fn window() -> Span {
    Span { since: day(0), until: day(30) }
}

/// A project with one user, who holds one custom role of these actions, on these instances.
fn project(actions: &[&'static Action], scopes: &[&str]) -> Project {
    let permissions = actions.iter().map(|action| Permission::stream(action)).collect();
    let definition = Definition { permissions, ..Definition::default() };
    let things = INSTANCES.map(|name| Scope::new(ScopeKind::Stream, name));
    Project {
        users: vec![DatabaseUser {
            name: "dave".to_owned(),
            database: "admin".to_owned(),
            roles: vec![GrantedRole::on_admin("worker")],
            scopes: scopes.iter().map(|name| Scope::new(ScopeKind::Stream, *name)).collect(),
            ..DatabaseUser::default()
        }],
        roles: [("worker".to_owned(), RoleReading::Understood(definition))].into_iter().collect(),
        estate: Estate { things: things.into_iter().collect() },
        ..Project::default()
    }
}

fn known() -> Changes {
    Changes::Known { users: BTreeMap::new(), roles: BTreeMap::new() }
}

/// Logs of these instances, which cover the window; nothing was done.
fn evidence(instances: &[&str]) -> Evidence {
    Evidence {
        window: window(),
        uses: BTreeMap::new(),
        gaps: instances.iter().map(|name| ((*name).to_owned(), Vec::new())).collect(),
        changes: known(),
    }
}

fn verdicts(evidence: &Evidence, project: &Project) -> BTreeMap<&'static str, Verdict> {
    let judged = evidence.judge(project, &project.users[0], &|_| true);
    judged.into_iter().map(|one| (one.action.documented, one.verdict)).collect()
}

fn all() -> Vec<&'static Action> {
    ACTIONS.iter().collect()
}

#[test]
fn what_no_log_records_is_never_unused() {
    let verdicts = verdicts(&evidence(&INSTANCES), &project(&all(), &[]));
    assert_eq!(verdicts.len(), ACTIONS.len());
    for action in ACTIONS {
        let expected = match traces::of(action) {
            Trace::Log => Verdict::Unused,
            Trace::Events(_) | Trace::Nowhere => Verdict::Unobservable,
        };
        assert_eq!(verdicts[action.documented], expected, "{}", action.documented);
    }
}

#[test]
fn unused_takes_the_logs_of_all_instances_that_are_reached() {
    let start = &ACTIONS[3];
    let said = |scopes: &[&str], logs: &[&str]| {
        verdicts(&evidence(logs), &project(&[start], scopes))[start.documented]
    };
    assert_eq!(said(&[], &["orders"]), Verdict::Unknown);
    assert_eq!(said(&["orders"], &["orders"]), Verdict::Unused);
    assert_eq!(said(&["payments"], &["orders"]), Verdict::Unknown);
    assert_eq!(said(&[], &INSTANCES), Verdict::Unused);
    let nowhere = project(&[start], &["gone"]);
    assert!(evidence(&INSTANCES).judge(&nowhere, &nowhere.users[0], &|_| true).is_empty());
}

#[test]
fn unused_takes_a_grant_that_is_older_than_the_window() {
    let (start, project) = (&ACTIONS[3], project(&all(), &[]));
    let said = |users: &[&str], roles: &[&str]| {
        let at = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), day(20))).collect();
        let changes = Changes::Known { users: at(users), roles: at(roles) };
        verdicts(&Evidence { changes, ..evidence(&INSTANCES) }, &project)[start.documented]
    };
    assert_eq!(said(&[], &[]), Verdict::Unused);
    assert_eq!(said(&["dave"], &[]), Verdict::TooNew);
    assert_eq!(said(&[], &["worker"]), Verdict::TooNew);
    assert_eq!(said(&["erin"], &["other"]), Verdict::Unused);
    let changes = Changes::Unknown("a file".to_owned());
    let unknown = verdicts(&Evidence { changes, ..evidence(&INSTANCES) }, &project);
    assert_eq!(unknown[start.documented], Verdict::Unknown);
}

#[test]
fn a_grant_is_as_old_as_the_oldest_way_to_it() {
    let start = &ACTIONS[3];
    let mut project = project(&[start], &[]);
    let allows = Definition {
        permissions: [Permission::stream(start)].into_iter().collect(),
        ..Definition::default()
    };
    project.roles.insert("further", allows);
    project.users[0].roles.push(GrantedRole::on_admin("further"));
    let changed = |names: &[&str]| {
        let roles = names.iter().map(|name| ((*name).to_owned(), day(20))).collect();
        let changes = Changes::Known { users: BTreeMap::new(), roles };
        verdicts(&Evidence { changes, ..evidence(&INSTANCES) }, &project)[start.documented]
    };
    assert_eq!(changed(&["further"]), Verdict::Unused);
    assert_eq!(changed(&["further", "worker"]), Verdict::TooNew);
}

#[test]
fn a_use_counts_where_the_user_reaches_and_brings_what_it_needs() {
    let project = project(&all(), &["orders"]);
    let seen = |action: &str, instance: &str, one: Use| {
        let mut evidence = evidence(&INSTANCES);
        let action = super::super::catalogue::actions::find(action).unwrap().documented;
        let places = [(instance.to_owned(), one)].into_iter().collect();
        let uses = [(action, places)].into_iter().collect();
        evidence.uses.insert(("admin".to_owned(), "dave".to_owned()), uses);
        verdicts(&evidence, &project)
    };
    let once = Use { count: 1, denied: 0, first: Some(day(1)), last: Some(day(1)) };
    let process = seen("processStreamProcessor", "orders", once);
    assert_eq!(process["processStreamProcessor"], Verdict::Used);
    assert_eq!(process["sampleStreamProcessor"], Verdict::Used, "a shell samples what it runs");
    assert_eq!(process["startStreamProcessor"], Verdict::Unused);
    let elsewhere = seen("stopStreamProcessor", "payments", once);
    assert_eq!(elsewhere["stopStreamProcessor"], Verdict::Unused);
    let denied = seen("stopStreamProcessor", "orders", Use { denied: 2, ..Use::default() });
    assert_eq!(denied["stopStreamProcessor"], Verdict::Unused, "what was denied is no use");
    let modified = seen("modifyStreamProcessor", "orders", once);
    assert_eq!(
        modified["modifyStreamProcessor"],
        Verdict::Used,
        "as an event of the project tells"
    );
}

#[test]
fn a_group_is_not_named_in_logs() {
    let mut project = project(&all(), &[]);
    project.users[0].authentication = "LDAP group".to_owned();
    let verdicts = verdicts(&evidence(&INSTANCES), &project);
    assert!(verdicts.values().all(|verdict| *verdict == Verdict::Unobservable), "{verdicts:?}");
}

/// Events at these hours, from the window's start on.
fn events(hours: &[i64], is_live: bool) -> Events {
    let at = |hour: &i64| day(0).checked_add(SignedDuration::from_hours(*hour)).unwrap();
    let mut times: Vec<Timestamp> = hours.iter().map(at).collect();
    times.sort();
    let begin = |time: &Timestamp| {
        Timestamp::from_second(time.as_second().div_euclid(86_400) * 86_400).unwrap()
    };
    let mut days: Vec<Timestamp> = times.iter().map(begin).collect();
    days.dedup();
    Events { first: times.first().copied(), last: times.last().copied(), days, is_live }
}

#[test]
fn what_a_log_covers_is_where_it_has_events() {
    let daily: Vec<i64> = (0..30).map(|day| day * 24 + 9).collect();
    assert_eq!(events(&daily, false).gaps(window()), []);
    assert_eq!(events(&daily, true).gaps(window()), []);
    assert_eq!(events(&[], true).gaps(window()), [window()]);
    // It begins late.
    let late = events(&daily[10..], true).gaps(window());
    assert_eq!(late, [Span { since: day(0), until: events(&daily[10..], true).first.unwrap() }]);
    // A week is missing in the middle, of which only the log of an instance itself knows that it was quiet.
    let torn = [&daily[..10], &daily[17..]].concat();
    assert_eq!(events(&torn, false).gaps(window()), [Span { since: day(10), until: day(17) }]);
    assert_eq!(events(&torn, true).gaps(window()), []);
    // It ends early.
    let early = events(&daily[..20], false).gaps(window());
    assert_eq!(early.last().map(|gap| gap.until), Some(day(30)));
    assert_eq!(events(&daily[..20], true).gaps(window()), []);
}

#[test]
fn before_auditing_was_always_on_nothing_is_covered() {
    let before = ALWAYS_AUDITED.checked_sub(SignedDuration::from_hours(48)).unwrap();
    let until = ALWAYS_AUDITED.checked_add(SignedDuration::from_hours(12)).unwrap();
    let window = Span { since: before, until };
    let events = Events { first: Some(before), last: Some(until), days: Vec::new(), is_live: true };
    assert_eq!(events.gaps(window), [Span { since: before, until: ALWAYS_AUDITED }]);
}

proptest! {
    /// Whatever is known, "unused" is said only where the log would have shown the use.
    #[test]
    fn unused_is_never_said_too_early(
        scoped: bool,
        logs in proptest::sample::subsequence(INSTANCES.to_vec(), 0..=2),
        torn in proptest::option::of(0_usize..2),
        user_changed: bool,
        role_changed: bool,
        is_known: bool,
        used in proptest::option::of((0_usize..11, 0_usize..2)),
    ) {
        let scopes: &[&str] = if scoped { &INSTANCES[..1] } else { &[] };
        let project = project(&all(), scopes);
        let mut evidence = evidence(&logs);
        if let Some(gaps) = torn.and_then(|at| evidence.gaps.get_mut(INSTANCES[at])) {
            gaps.push(Span { since: day(3), until: day(4) });
        }
        let at = |is: bool, name: &str| is.then(|| (name.to_owned(), day(9))).into_iter().collect();
        evidence.changes = match is_known {
            true => Changes::Known { users: at(user_changed, "dave"), roles: at(role_changed, "worker") },
            false => Changes::Unknown("nobody looked".to_owned()),
        };
        if let Some((action, place)) = used {
            let one = Use { count: 1, denied: 0, first: Some(day(1)), last: Some(day(1)) };
            let places = [(INSTANCES[place].to_owned(), one)].into_iter().collect();
            let uses = [(ACTIONS[action].documented, places)].into_iter().collect();
            evidence.uses.insert(("admin".to_owned(), "dave".to_owned()), uses);
        }
        let reached = if scoped { &INSTANCES[..1] } else { &INSTANCES[..] };
        let covered = reached.iter().all(|name| {
            logs.contains(name) && torn.is_none_or(|at| INSTANCES[at] != *name)
        });
        let may_be_said = covered && is_known && !user_changed && !role_changed;
        for (name, verdict) in verdicts(&evidence, &project) {
            let action = super::super::catalogue::actions::find(name).unwrap();
            let was_used = used.is_some_and(|(at, place)| {
                let seen = &ACTIONS[at];
                let is_it = seen.documented == name
                    || traces::needing(action).any(|other| other.documented == seen.documented);
                is_it && reached.contains(&INSTANCES[place])
            });
            prop_assert_eq!(verdict == Verdict::Used, was_used, "{}", name);
            let is_recorded = traces::of(action) == Trace::Log;
            let unused = may_be_said && is_recorded && !was_used;
            prop_assert_eq!(verdict == Verdict::Unused, unused, "{}: {:?}", name, verdict);
        }
    }
}
