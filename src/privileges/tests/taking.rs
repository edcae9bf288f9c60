use std::collections::BTreeSet;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::privileges::definition::RoleOn;
use crate::privileges::graph::{RoleKind, RoleReading};
use crate::privileges::permission::Resource;

const DATABASES: &[&str] = &["shop", "ledger"];
const COLLECTIONS: &[&str] = &["orders", "invoices"];

fn on(role: &str, database: &str) -> RoleOn {
    (role.to_owned(), database.to_owned())
}

fn permission() -> impl Strategy<Value = Permission> {
    let place = select(vec!["*", "shop", "ledger", "*.orders", "shop.orders", "ledger.invoices"]);
    let on_data = (select(vec!["FIND", "INSERT"]), place).prop_map(|(a, p)| format!("{a}@{p}"));
    let elsewhere = select(vec!["stopStreamProcessor", "getStreamProcessor", "serverStatus"]);
    let text = prop_oneof![4 => on_data, 1 => elsewhere.prop_map(str::to_owned)];
    text.prop_map(|text| text.parse().unwrap())
}

fn role() -> impl Strategy<Value = RoleOn> {
    let built_in = [("read", "shop"), ("readWrite", "ledger"), ("readAnyDatabase", "admin")];
    let built_in = select(built_in.to_vec()).prop_map(|(role, database)| on(role, database));
    let custom = select(vec!["a", "b", "c", "d", "missing"]).prop_map(|role| on(role, "admin"));
    prop_oneof![2 => built_in, 5 => custom]
}

fn definition() -> impl Strategy<Value = Definition> {
    (btree_set(permission(), 0..4), btree_set(role(), 0..3))
        .prop_map(|(permissions, inherits)| Definition { permissions, inherits })
}

/// Custom roles, some of them not understood, some inheriting each other in circles.
fn graph() -> impl Strategy<Value = RoleGraph> {
    let reading =
        (definition(), weighted(0.9, Just(()))).prop_map(|(definition, whole)| match whole {
            Some(()) => RoleReading::Understood(definition),
            None => RoleReading::Inheritance(definition.inherits),
        });
    btree_map("[a-d]", reading, 2..5).prop_map(RoleGraph::from_iter)
}

fn held() -> impl Strategy<Value = Vec<GrantedRole>> {
    let limited = |(role, collection): (RoleOn, Option<&str>)| {
        let collection = collection.filter(|_| role.0.starts_with("read") && role.1 != "admin");
        GrantedRole { collection: collection.map(str::to_owned), ..GrantedRole::from(role) }
    };
    vec((role(), weighted(0.3, select(COLLECTIONS.to_vec()))).prop_map(limited), 1..4)
}

/// Whether a place holds one collection, told apart from the code under test.
fn holds(resource: &Resource, database: &str, collection: &str) -> bool {
    match resource {
        Resource::Cluster => true,
        Resource::Namespace { database: d, collection: c } => {
            (d.is_empty() || d == database) && (c.is_empty() || c == collection)
        }
    }
}

/// `Some(true)` where roles allow an action on one collection, `None` where that cannot be told.
fn possible(
    graph: &RoleGraph,
    roles: &[GrantedRole],
    action: &str,
    (database, collection): (&str, &str),
    seen: &mut BTreeSet<String>,
) -> Option<bool> {
    let reads = ["FIND", "GET_STREAM_PROCESSOR"].contains(&action);
    let mut all = Some(false);
    for role in roles {
        let here = role.database == database
            && role.collection.as_deref().is_none_or(|only| only == collection);
        let one = match (graph.custom.get(&role.role), role.role.as_str()) {
            (Some(RoleReading::Inheritance(_)), _) | (None, "missing" | "a" | "b" | "c" | "d") => {
                None
            }
            (Some(RoleReading::Understood(definition)), name) => {
                let own = definition.permissions.iter();
                let own = own.filter(|p| p.action == action);
                if own.clone().any(|p| holds(&p.resource, database, collection)) {
                    Some(true)
                } else if seen.insert(name.to_owned()) {
                    let inherits: Vec<GrantedRole> =
                        definition.inherits.iter().cloned().map(GrantedRole::from).collect();
                    possible(graph, &inherits, action, (database, collection), seen)
                } else {
                    Some(false)
                }
            }
            (None, "readAnyDatabase") => Some(reads),
            (None, "read") => Some(here && action == "FIND"),
            (None, "readWrite") => Some(here && ["FIND", "INSERT"].contains(&action)),
            (None, other) => panic!("{other} is not made here"),
        };
        all = match (all, one) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, _) | (_, None) => None,
            _ => Some(false),
        };
    }
    all
}

/// The same over everything that was to be taken.
fn any_possible(graph: &RoleGraph, roles: &[GrantedRole], wanted: &Permissions) -> Option<bool> {
    let mut all = Some(false);
    for permission in wanted {
        for database in DATABASES {
            for collection in COLLECTIONS {
                if !holds(&permission.resource, database, collection) {
                    continue;
                }
                let at = (*database, *collection);
                match possible(graph, roles, &permission.action, at, &mut BTreeSet::new()) {
                    Some(true) => return Some(true),
                    None => all = None,
                    Some(false) => {}
                }
            }
        }
    }
    all
}

/// The roles as they are held afterwards, and the graph with those that take others' place.
fn afterwards(
    graph: &RoleGraph,
    held: &[GrantedRole],
    taking: &Revocation,
) -> (RoleGraph, Vec<GrantedRole>) {
    let mut after = graph.clone();
    let roles = held.iter().zip(&taking.instead).enumerate().map(|(index, (role, instead))| {
        let Some(definition) = instead else { return role.clone() };
        let name = format!("new-{index}");
        after.insert(&name, definition.clone());
        GrantedRole::from(on(&name, "admin"))
    });
    let roles = roles.collect();
    (after, roles)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_was_taken_is_no_longer_possible_or_the_chain_is_told(
        graph in graph(), held in held(), wanted in btree_set(permission(), 1..3),
    ) {
        let taking = graph.take(&held, &wanted);
        let (after, roles) = afterwards(&graph, &held, &taking);
        let possible = any_possible(&after, &roles, &wanted);
        let sure = taking.remaining.iter().any(Chain::is_sure);
        match taking.remaining.is_empty() {
            true => prop_assert_eq!(possible, Some(false)),
            false if sure => prop_assert_eq!(possible, Some(true)),
            false => prop_assert_eq!(possible, None),
        }
        if taking.lost.is_empty() {
            // Nothing was there to take, so nothing is sent.
            prop_assert!(taking.instead.iter().all(Option::is_none));
            prop_assert_eq!(any_possible(&graph, &held, &wanted), possible);
        }
    }

    #[test]
    fn a_chain_that_is_told_really_gives_it(
        graph in graph(), held in held(), wanted in btree_set(permission(), 1..3),
    ) {
        for chain in graph.take(&held, &wanted).remaining {
            prop_assert!(held.contains(&chain.roles[0]), "{}", chain);
            for pair in chain.roles.windows(2) {
                let RoleKind::Custom(definition) = graph.kind(&pair[0].role) else { panic!() };
                let step = (pair[1].role.clone(), pair[1].database.clone());
                prop_assert!(definition.inherits.contains(&step), "{}", chain);
            }
            let last = chain.roles.last().unwrap();
            let End::Allows(given) = &chain.end else {
                prop_assert!(!matches!(graph.kind(&last.role), RoleKind::Custom(_)), "{}", chain);
                continue;
            };
            let alone = Permissions::from([given.permission.clone()]);
            let last = std::slice::from_ref(last);
            prop_assert_eq!(any_possible(&graph, last, &alone), Some(true), "{}", chain);
            let acts = |p: &Permission| p.action == given.permission.action;
            prop_assert!(wanted.iter().any(acts), "{}", chain);
        }
    }

    #[test]
    fn nothing_goes_but_what_was_taken(
        graph in graph(), held in held(), wanted in btree_set(permission(), 1..3),
        other in permission(),
    ) {
        let taking = graph.take(&held, &wanted);
        let (after, roles) = afterwards(&graph, &held, &taking);
        let is_apart = |database: &str, collection: &str| {
            !wanted.iter().any(|w| w.action == other.action && holds(&w.resource, database, collection))
        };
        for database in DATABASES {
            for collection in COLLECTIONS {
                let at = (*database, *collection);
                let before =
                    possible(&graph, &held, &other.action, at, &mut BTreeSet::new());
                let then = possible(&after, &roles, &other.action, at, &mut BTreeSet::new());
                prop_assert!(before == then || !is_apart(database, collection));
            }
        }
    }

    #[test]
    fn a_role_that_was_narrowed_no_longer_allows_it(
        graph in graph(), removed in btree_set(permission(), 1..3),
    ) {
        for (name, definition) in graph.definitions() {
            let mut after = definition.clone();
            after.permissions.retain(|p| !is_taken(p, &removed));
            let still = graph.still_allows(name, &after, &removed, &Permissions::new());
            let mut then = graph.clone();
            then.insert(name, after);
            let possible = any_possible(&then, &[GrantedRole::from(on(name, "admin"))], &removed);
            match still.first() {
                None => prop_assert_eq!(possible, Some(false)),
                Some(chain) if chain.is_sure() => prop_assert_eq!(possible, Some(true)),
                Some(_) => prop_assert_eq!(possible, None),
            }
        }
    }

    #[test]
    fn what_a_role_shares_with_others_stays_possible_without_it(
        graph in graph(), role in role(), others in held(),
    ) {
        let overlap = graph.overlap(&GrantedRole::from(role.clone()), &others);
        for (permission, chain) in &overlap.permissions {
            prop_assert!(others.contains(&chain.roles[0]));
            let alone = Permissions::from([permission.clone()]);
            // Some part of it at the least; the tests of places hold covering to all of it.
            if any_possible(&graph, &[GrantedRole::from(role.clone())], &alone) == Some(true) {
                prop_assert_eq!(any_possible(&graph, &others, &alone), Some(true));
            }
        }
    }
}

#[test]
fn a_whole_role_is_covered_by_a_mightier_one() {
    let overlap = |role: &str, other: &str| {
        let parse = |text: &str| {
            let (role, database) = text.split_once('@').unwrap();
            GrantedRole::from(on(role, database))
        };
        let overlap = RoleGraph::default().overlap(&parse(role), &[parse(other)]);
        (!overlap.permissions.is_empty(), overlap.is_whole)
    };
    for role in ["readWriteAnyDatabase", "dbAdminAnyDatabase", "clusterMonitor", "backup"] {
        assert_eq!(overlap(&format!("{role}@admin"), "atlasAdmin@admin"), (true, true), "{role}");
    }
    assert_eq!(overlap("read@shop", "readWrite@shop"), (true, true));
    assert_eq!(overlap("read@shop", "readAnyDatabase@admin"), (true, true));
    assert_eq!(overlap("readWrite@shop", "readAnyDatabase@admin"), (true, false));
    assert_eq!(overlap("read@config", "readAnyDatabase@admin"), (false, false));
    assert_eq!(overlap("missing@admin", "atlasAdmin@admin"), (false, false));
}
