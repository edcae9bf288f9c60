use std::collections::BTreeSet;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::privileges::permissions::Place;
use crate::privileges::shapes::RoleOn;

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

fn shape() -> impl Strategy<Value = Shape> {
    (btree_set(permission(), 0..4), btree_set(role(), 0..3))
        .prop_map(|(permissions, inherits)| Shape { permissions, inherits })
}

/// Custom roles, some of them not understood, some inheriting each other in circles.
fn catalogue() -> impl Strategy<Value = Catalogue> {
    btree_map("[a-d]", weighted(0.9, shape()), 2..5).prop_map(Catalogue)
}

fn held() -> impl Strategy<Value = Vec<Held>> {
    let limited = |(role, collection): (RoleOn, Option<&str>)| {
        let collection = collection.filter(|_| role.0.starts_with("read") && role.1 != "admin");
        Held { collection: collection.map(str::to_owned), ..Held::from(role) }
    };
    vec((role(), weighted(0.3, select(COLLECTIONS.to_vec()))).prop_map(limited), 1..4)
}

/// Whether a place holds one collection, told apart from the code under test.
fn holds(place: &Place, database: &str, collection: &str) -> bool {
    match place {
        Place::Cluster => true,
        Place::Namespace { database: d, collection: c } => {
            (d.is_empty() || d == database) && (c.is_empty() || c == collection)
        }
    }
}

/// `Some(true)` where roles allow an action on one collection, `None` where that cannot be told.
fn possible(
    catalogue: &Catalogue,
    roles: &[Held],
    action: &str,
    (database, collection): (&str, &str),
    seen: &mut BTreeSet<String>,
) -> Option<bool> {
    let reads = ["FIND", "GET_STREAM_PROCESSOR"].contains(&action);
    let mut all = Some(false);
    for role in roles {
        let here = role.database == database
            && role.collection.as_deref().is_none_or(|only| only == collection);
        let one = match (catalogue.0.get(&role.role), role.role.as_str()) {
            (Some(None), _) | (None, "missing" | "a" | "b" | "c" | "d") => None,
            (Some(Some(shape)), name) => {
                let own = shape.permissions.iter();
                let own = own.filter(|p| p.action == action);
                if own.clone().any(|p| holds(&p.place, database, collection)) {
                    Some(true)
                } else if seen.insert(name.to_owned()) {
                    let inherits: Vec<Held> =
                        shape.inherits.iter().cloned().map(Held::from).collect();
                    possible(catalogue, &inherits, action, (database, collection), seen)
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
fn any_possible(catalogue: &Catalogue, roles: &[Held], wanted: &Permissions) -> Option<bool> {
    let mut all = Some(false);
    for permission in wanted {
        for database in DATABASES {
            for collection in COLLECTIONS {
                if !holds(&permission.place, database, collection) {
                    continue;
                }
                let at = (*database, *collection);
                match possible(catalogue, roles, &permission.action, at, &mut BTreeSet::new()) {
                    Some(true) => return Some(true),
                    None => all = None,
                    Some(false) => {}
                }
            }
        }
    }
    all
}

/// The roles as they are held afterwards, and the catalogue with those that take others' place.
fn afterwards(catalogue: &Catalogue, held: &[Held], taking: &Taking) -> (Catalogue, Vec<Held>) {
    let mut after = catalogue.clone();
    let roles = held.iter().zip(&taking.instead).enumerate().map(|(index, (role, instead))| {
        let Some(shape) = instead else { return role.clone() };
        let name = format!("new-{index}");
        after.0.insert(name.clone(), Some(shape.clone()));
        Held::from(on(&name, "admin"))
    });
    let roles = roles.collect();
    (after, roles)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_was_taken_is_no_longer_possible_or_the_chain_is_told(
        catalogue in catalogue(), held in held(), wanted in btree_set(permission(), 1..3),
    ) {
        let taking = catalogue.take(&held, &wanted);
        let (after, roles) = afterwards(&catalogue, &held, &taking);
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
            prop_assert_eq!(any_possible(&catalogue, &held, &wanted), possible);
        }
    }

    #[test]
    fn a_chain_that_is_told_really_gives_it(
        catalogue in catalogue(), held in held(), wanted in btree_set(permission(), 1..3),
    ) {
        for chain in catalogue.take(&held, &wanted).remaining {
            prop_assert!(held.contains(&chain.roles[0]), "{}", chain);
            for pair in chain.roles.windows(2) {
                let shape = catalogue.0[&pair[0].role].as_ref().unwrap();
                let step = (pair[1].role.clone(), pair[1].database.clone());
                prop_assert!(shape.inherits.contains(&step), "{}", chain);
            }
            let last = chain.roles.last().unwrap();
            let End::Allows(given) = &chain.end else {
                prop_assert!(!matches!(catalogue.0.get(&last.role), Some(Some(_))), "{}", chain);
                continue;
            };
            let alone = Permissions::from([given.permission.clone()]);
            let last = std::slice::from_ref(last);
            prop_assert_eq!(any_possible(&catalogue, last, &alone), Some(true), "{}", chain);
            let acts = |p: &Permission| p.action == given.permission.action;
            prop_assert!(wanted.iter().any(acts), "{}", chain);
        }
    }

    #[test]
    fn nothing_goes_but_what_was_taken(
        catalogue in catalogue(), held in held(), wanted in btree_set(permission(), 1..3),
        other in permission(),
    ) {
        let taking = catalogue.take(&held, &wanted);
        let (after, roles) = afterwards(&catalogue, &held, &taking);
        let is_apart = |database: &str, collection: &str| {
            !wanted.iter().any(|w| w.action == other.action && holds(&w.place, database, collection))
        };
        for database in DATABASES {
            for collection in COLLECTIONS {
                let at = (*database, *collection);
                let before =
                    possible(&catalogue, &held, &other.action, at, &mut BTreeSet::new());
                let then = possible(&after, &roles, &other.action, at, &mut BTreeSet::new());
                prop_assert!(before == then || !is_apart(database, collection));
            }
        }
    }

    #[test]
    fn a_role_that_was_narrowed_no_longer_allows_it(
        catalogue in catalogue(), removed in btree_set(permission(), 1..3),
    ) {
        for (name, shape) in &catalogue.0 {
            let Some(shape) = shape else { continue };
            let mut after = shape.clone();
            after.permissions.retain(|p| !is_taken(p, &removed));
            let still = catalogue.still_allows(name, &after, &removed, &Permissions::new());
            let mut then = catalogue.clone();
            then.0.insert(name.clone(), Some(after));
            let possible = any_possible(&then, &[Held::from(on(name, "admin"))], &removed);
            match still.first() {
                None => prop_assert_eq!(possible, Some(false)),
                Some(chain) if chain.is_sure() => prop_assert_eq!(possible, Some(true)),
                Some(_) => prop_assert_eq!(possible, None),
            }
        }
    }

    #[test]
    fn what_a_role_shares_with_others_stays_possible_without_it(
        catalogue in catalogue(), role in role(), others in held(),
    ) {
        let overlap = catalogue.overlap(&Held::from(role.clone()), &others);
        for (permission, chain) in &overlap.permissions {
            prop_assert!(others.contains(&chain.roles[0]));
            let alone = Permissions::from([permission.clone()]);
            // Some part of it at the least; the tests of places hold covering to all of it.
            if any_possible(&catalogue, &[Held::from(role.clone())], &alone) == Some(true) {
                prop_assert_eq!(any_possible(&catalogue, &others, &alone), Some(true));
            }
        }
    }
}

#[test]
fn a_whole_role_is_covered_by_a_mightier_one() {
    let overlap = |role: &str, other: &str| {
        let parse = |text: &str| {
            let (role, database) = text.split_once('@').unwrap();
            Held::from(on(role, database))
        };
        let overlap = Catalogue::default().overlap(&parse(role), &[parse(other)]);
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
