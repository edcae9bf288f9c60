use proptest::collection::btree_set;
use proptest::prelude::*;

use super::*;

fn scope() -> impl Strategy<Value = Scope> {
    let kind =
        prop_oneof![Just(ScopeKind::Stream), Just(ScopeKind::Cluster), Just(ScopeKind::DataLake)];
    (kind, "[a-e]").prop_map(|(kind, name)| Scope { kind, name })
}

fn names() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set("[a-e]", 0..3)
}

prop_compose! {
    fn restriction()(
        exactly in names(), add in names(), remove in names(),
        clusters in names(), federations in names(), keep_clusters: bool,
    ) -> Restriction {
        Restriction { exactly, add, remove, clusters, federations, keep_clusters, allow_gain: false }
    }
}

/// Whether a user with these scopes can act on `thing`, told from the rule alone.
fn reaches(scopes: &Scopes, thing: &Scope) -> bool {
    scopes.is_empty() || scopes.contains(thing)
}

proptest! {
    #[test]
    fn nothing_is_gained_that_was_not_asked_for(
        before in btree_set(scope(), 0..6),
        things in btree_set(scope(), 0..10),
        restriction in restriction(),
        probe in scope(),
    ) {
        let estate = Estate { things };
        if let Ok(after) = restriction.apply(&before, &estate) {
            prop_assert!(!after.is_empty());
            let asked = probe.kind == ScopeKind::Stream && restriction.add.contains(&probe.name);
            if reaches(&after, &probe) && !asked {
                prop_assert!(reaches(&before, &probe), "gained {probe}");
            }
        }
    }

    #[test]
    fn other_kinds_of_scopes_stay_as_they_are(
        before in btree_set(scope(), 1..6),
        exactly in btree_set("[a-e]", 1..3),
    ) {
        let restriction = Restriction { exactly: exactly.clone(), allow_gain: true, ..Default::default() };
        let after = restriction.apply(&before, &Estate::default()).unwrap();
        let others = |s: &Scopes| s.iter().filter(|s| s.kind != ScopeKind::Stream).cloned().collect::<Scopes>();
        prop_assert_eq!(others(&before), others(&after));
        let streams: BTreeSet<String> =
            after.iter().filter(|s| s.kind == ScopeKind::Stream).map(|s| s.name.clone()).collect();
        prop_assert_eq!(streams, exactly);
    }

    #[test]
    fn a_difference_says_what_reach_says(
        before in btree_set(scope(), 0..6),
        after in btree_set(scope(), 0..6),
        things in btree_set(scope(), 0..10),
    ) {
        let estate = Estate { things };
        let found = difference(&before, &after, &estate);
        for thing in &estate.things {
            let (was, is) = (reaches(&before, thing), reaches(&after, thing));
            prop_assert_eq!(found.gained.contains(thing), !was && is);
            prop_assert_eq!(found.lost.contains(thing), was && !is);
        }
    }
}

fn set(scopes: &[(ScopeKind, &str)]) -> Scopes {
    scopes.iter().map(|(kind, name)| Scope::new(*kind, *name)).collect()
}

#[test]
fn the_last_scope_is_never_taken_away() {
    let before = set(&[(ScopeKind::Stream, "orders")]);
    let restriction = Restriction { remove: ["orders".into()].into(), ..Default::default() };
    assert_eq!(restriction.apply(&before, &Estate::default()), Err(Refusal::WouldUnrestrict));
}

#[test]
fn keep_clusters_names_what_an_unrestricted_user_reaches_today() {
    let things = set(&[
        (ScopeKind::Stream, "orders"),
        (ScopeKind::Cluster, "main"),
        (ScopeKind::DataLake, "lake"),
    ]);
    let estate = Estate { things: things.clone() };
    let restriction = Restriction {
        exactly: ["orders".into()].into(),
        keep_clusters: true,
        ..Default::default()
    };
    assert_eq!(restriction.apply(&Scopes::new(), &estate), Ok(things));
}

#[test]
fn an_unrestricted_user_has_no_list_to_add_to() {
    let restriction = Restriction { add: ["orders".into()].into(), ..Default::default() };
    assert_eq!(restriction.apply(&Scopes::new(), &Estate::default()), Err(Refusal::Unrestricted));
}
