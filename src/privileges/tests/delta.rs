use super::*;
use crate::privileges::definition::Definition;
use crate::privileges::graph::RoleReading;
use crate::privileges::project::{Cluster, Connection, Instance};

const START: &str = "startStreamProcessor";

fn role(text: &str) -> GrantedRole {
    let (name, database) = text.split_once('@').unwrap_or((text, "admin"));
    GrantedRole::from((name.to_owned(), database.to_owned()))
}

fn user(name: &str, roles: &[&str], instances: &[&str]) -> DatabaseUser {
    DatabaseUser {
        name: name.to_owned(),
        database: "admin".to_owned(),
        roles: roles.iter().map(|text| role(text)).collect(),
        scopes: instances.iter().map(|name| Scope::new(ScopeKind::Stream, *name)).collect(),
        ..DatabaseUser::default()
    }
}

fn custom(name: &str, actions: &[&str], inherits: &[&str]) -> (String, RoleReading) {
    let permissions = actions.iter().map(|action| action.parse().unwrap()).collect();
    let inherits = inherits.iter().map(|name| ((*name).to_owned(), "admin".to_owned())).collect();
    (name.to_owned(), RoleReading::Understood(Definition { permissions, inherits }))
}

fn project(users: Vec<DatabaseUser>) -> Project {
    let mut project = Project { users, ..Project::default() };
    for name in ["orders", "payments"] {
        project.instances.push(Instance { name: name.to_owned(), ..Instance::default() });
        project.estate.things.insert(Scope::new(ScopeKind::Stream, name));
    }
    project.estate.things.insert(Scope::new(ScopeKind::Cluster, "shop"));
    project.roles = [
        custom("operator", &[START, "stopStreamProcessor"], &[]),
        custom("lead", &["FIND@shop.orders"], &["operator"]),
    ]
    .into_iter()
    .collect();
    project
}

/// `who action @ places <- chain`
fn told(gained: &[Access]) -> Vec<String> {
    let line =
        |a: &Access| format!("{} {} @ {} <- {}", a.who, a.action, a.places, a.chain.join(" > "));
    gained.iter().map(line).collect()
}

#[test]
fn nothing_differs_from_itself() {
    let one = project(vec![user("a", &["lead"], &[]), user("b", &["atlasAdmin"], &["orders"])]);
    assert_eq!(between(&one, &one.clone()), Delta::default());
}

#[test]
fn a_new_user_gains_by_the_chain_that_lets_it() {
    let delta = between(&project(vec![]), &project(vec![user("a", &["lead"], &["orders"])]));
    assert_eq!(
        told(&delta.gained),
        [
            "a@admin startStreamProcessor @ instance orders <- lead@admin > operator@admin",
            "a@admin stopStreamProcessor @ instance orders <- lead@admin > operator@admin",
        ]
    );
    assert_eq!(delta.lost, []);
    let back = between(&project(vec![user("a", &["lead"], &["orders"])]), &project(vec![]));
    assert_eq!((back.lost, back.gained), (delta.gained, vec![]));
}

#[test]
fn scopes_gain_what_they_add_and_the_future() {
    let old = project(vec![user("a", &["operator"], &["orders"])]);
    let more = project(vec![user("a", &["operator"], &["orders", "tomorrow"])]);
    let places = |gained: &[Access]| -> BTreeSet<String> {
        gained.iter().map(|access| access.places.to_string()).collect()
    };
    assert_eq!(places(&gained(&old, &more)), ["instance tomorrow".to_owned()].into());
    let all = project(vec![user("a", &["lead"], &[])]);
    assert_eq!(
        places(&gained(&old, &all)),
        [
            "instance payments, everything created later".to_owned(),
            "cluster shop, everything created later".to_owned(),
        ]
        .into()
    );
    assert_eq!(gained(&all, &old), []);
    // What it was promised is no gain when it comes.
    let mut grown = all.clone();
    grown.estate.things.insert(Scope::new(ScopeKind::Stream, "new"));
    assert_eq!(gained(&all, &grown), []);
}

#[test]
fn another_role_gains_only_what_the_old_ones_did_not_cover() {
    let gains = |before: &[&str], after: &[&str]| -> BTreeSet<String> {
        let (old, new) =
            (project(vec![user("a", before, &[])]), project(vec![user("a", after, &[])]));
        gained(&old, &new).into_iter().map(|access| access.action).collect()
    };
    assert_eq!(gains(&["atlasAdmin"], &["lead"]), BTreeSet::new());
    assert_eq!(gains(&["readAnyDatabase"], &["read@shop"]), BTreeSet::new());
    assert_eq!(gains(&["operator"], &["lead"]), ["FIND@shop.orders".to_owned()].into());
    assert!(gains(&["read@shop"], &["readAnyDatabase"]).contains("FIND@*"));
    assert!(gains(&["readAnyDatabase"], &["readWriteAnyDatabase"]).contains(START));
    let doubt = "nosuch@admin, which is neither built in nor a role of this project".to_owned();
    assert_eq!(gains(&["atlasAdmin"], &["atlasAdmin", "nosuch"]), [doubt].into());
}

#[test]
fn a_role_that_grows_reaches_all_who_inherit_it() {
    let old = project(vec![user("a", &["lead"], &["orders"]), user("b", &["read@shop"], &[])]);
    let mut new = old.clone();
    new.roles.insert(
        "operator",
        Definition {
            permissions: [START, "stopStreamProcessor", "dropStreamProcessor"]
                .iter()
                .map(|action| action.parse().unwrap())
                .collect(),
            ..Definition::default()
        },
    );
    assert_eq!(
        told(&gained(&old, &new)),
        ["a@admin dropStreamProcessor @ instance orders <- lead@admin > operator@admin"]
    );
}

#[test]
fn who_expires_loses_and_who_expires_later_gains() {
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let with = |end: Option<&str>, taken: &str| {
        let expires = end.map(at);
        let user = DatabaseUser { expires, ..user("a", &["operator"], &["orders"]) };
        Project { taken: at(taken), ..project(vec![user]) }
    };
    let (now, then) = ("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z");
    let ends = with(Some(then), now);
    assert_eq!(gained(&ends, &with(Some(then), then)), []);
    assert_eq!(between(&ends, &with(Some(then), then)).lost.len(), 2);
    let places: BTreeSet<_> =
        gained(&ends, &with(None, now)).iter().map(|a| a.places.to_string()).collect();
    assert_eq!(places, [format!("instance orders after {then}")].into());
    assert_eq!(gained(&with(None, now), &ends), []);
}

#[test]
fn a_connection_gains_by_the_role_it_executes_as() {
    let with = |role: Option<&str>, cluster: &str| {
        let mut project = project(vec![]);
        project.instances[0].connections = Some(vec![Connection {
            name: "sink".to_owned(),
            kind: "Cluster".to_owned(),
            cluster: Some(Cluster { name: cluster.to_owned(), project: None }),
            executes_as: role.map(self::role),
            ..Connection::default()
        }]);
        project
    };
    let reads = with(Some("readAnyDatabase"), "shop");
    assert_eq!(gained(&reads, &reads.clone()), []);
    assert!(
        told(&gained(&reads, &with(Some("readWriteAnyDatabase"), "shop"))).contains(
            &"orders/sink INSERT@* @ cluster shop <- readWriteAnyDatabase@admin".to_owned()
        )
    );
    assert_eq!(gained(&with(Some("readWriteAnyDatabase"), "shop"), &reads), []);
    assert!(!gained(&reads, &with(Some("readAnyDatabase"), "ledger")).is_empty());
}

#[test]
fn people_gain_the_roles_that_theirs_do_not_include() {
    let with = |roles: &[(&str, Option<&str>)]| {
        let mut project = project(vec![]);
        let held = roles.iter().map(|(role, team)| PrincipalRole {
            role: (*role).to_owned(),
            team: team.map(str::to_owned),
        });
        project.principals.push(Principal {
            name: "ana@example.com".to_owned(),
            roles: held.collect(),
            ..Principal::default()
        });
        project
    };
    let owner = with(&[("GROUP_OWNER", None)]);
    let reader = with(&[("GROUP_READ_ONLY", None)]);
    assert_eq!(gained(&owner, &reader), []);
    assert_eq!(
        told(&gained(&reader, &with(&[("GROUP_OWNER", Some("ops"))]))),
        ["ana@example.com Project Owner @ the project <- Project Owner through team ops"]
    );
    assert_eq!(gained(&with(&[("ORG_OWNER", None)]), &owner), []);
}

#[test]
fn ten_thousand_users_are_compared_by_their_distinct_roles() {
    let names: Vec<String> = (0..10_000).map(|n| format!("u{n}")).collect();
    let one = |role: &str| {
        project(names.iter().map(|name| user(name, &[role, "read@shop"], &["orders"])).collect())
    };
    let delta = between(&one("operator"), &one("lead"));
    // A scope on an instance alone reaches no cluster.
    assert_eq!(delta, Delta::default());
    let delta = between(&one("read@shop"), &one("operator"));
    assert_eq!((delta.gained.len(), delta.lost.len()), (20_000, 0));
}
