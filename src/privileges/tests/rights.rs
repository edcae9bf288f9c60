use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::privileges::effective::Chain;

/// A project's roles, any of them: with circles, built-in roles, one that does not exist and some that
/// are not understood.
fn graphs() -> impl Strategy<Value = RoleGraph> {
    let inherited = prop::collection::btree_set(0_usize..10, 0..4);
    let role = (any::<u16>(), inherited, prop::bool::weighted(0.15));
    prop::collection::vec(role, 1..7).prop_map(|roles| {
        let reading = |(bits, inherited, is_obscure): (u16, BTreeSet<usize>, bool)| {
            let inherits = inherited.into_iter().map(|i| (name(i), "admin".to_owned())).collect();
            match is_obscure {
                true => RoleReading::Inheritance(inherits),
                false => {
                    let actions = ActionSet(bits & (bits >> 5) & ActionSet::ALL.0);
                    let permissions = actions.iter().map(Permission::stream).collect();
                    RoleReading::Understood(Definition { permissions, inherits })
                }
            }
        };
        roles.into_iter().map(reading).enumerate().map(|(i, role)| (name(i), role)).collect()
    })
}

fn name(index: usize) -> String {
    match index {
        7 => "readAnyDatabase".to_owned(),
        8 => "atlasAdmin".to_owned(),
        9 => "readWrite".to_owned(),
        // Of which there may be fewer than are inherited.
        index => format!("role{index}"),
    }
}

proptest! {
    #[test]
    fn all_roles_at_once_are_as_each_by_its_closure(graph in graphs()) {
        let rights = graph.rights();
        for index in 0..10 {
            let held = GrantedRole::on_admin(name(index));
            let closure = graph.closure([held.clone()]);
            let sure: ActionSet = closure.stream_actions().collect();
            prop_assert_eq!(rights.of(&held.role).sure, sure);
            for action in ACTIONS {
                let ways = graph.ways(std::slice::from_ref(&held), &Permission::stream(action));
                let verdict = match ways.first() {
                    Some(way) if way.is_sure() => Verdict::Yes,
                    Some(_) => Verdict::Might,
                    None => Verdict::No,
                };
                prop_assert_eq!(rights.of(&held.role).verdict(action), verdict);
                let all = rights.ways(&held, action).chains;
                prop_assert_eq!(all.is_empty(), verdict == Verdict::No);
                prop_assert!(all.iter().all(|way| way.is_sure() == (verdict == Verdict::Yes)));
                // The shortest way is one of them.
                let alike = ways.iter().filter(|way| way.is_sure() == (verdict == Verdict::Yes));
                let nearest = alike.map(|way| way.roles.len()).min();
                prop_assert_eq!(all.first().map(|way: &Chain| way.roles.len()), nearest);
            }
        }
    }
}

#[test]
fn both_ways_around_are_told() {
    let role = |actions: &[&str], inherits: &[&str]| {
        let actions = actions.iter().filter_map(|name| actions::find(name));
        let inherits = inherits.iter().map(|role| ((*role).to_owned(), "admin".to_owned()));
        let permissions = actions.map(Permission::stream).collect();
        RoleReading::Understood(Definition { permissions, inherits: inherits.collect() })
    };
    let graph: RoleGraph = [
        ("lead", role(&[], &["day", "night"])),
        ("day", role(&[], &["starts"])),
        ("night", role(&["stopStreamProcessor"], &["starts"])),
        ("starts", role(&["startStreamProcessor"], &["lead"])),
    ]
    .map(|(name, role)| (name.to_owned(), role))
    .into_iter()
    .collect();
    let start = actions::find("startStreamProcessor").unwrap();
    let rights = graph.rights();
    let ways = rights.ways(&GrantedRole::on_admin("lead"), start);
    let told: Vec<String> = ways.chains.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "lead@admin -> day@admin -> starts@admin -> startStreamProcessor",
            "lead@admin -> night@admin -> starts@admin -> startStreamProcessor"
        ]
    );
    assert!(!ways.has_more);
}

#[test]
fn roles_in_every_direction_end_somewhere() {
    let all: Vec<String> = (0..60).map(|i| format!("role{i}")).collect();
    let inherits = || all.iter().map(|role| (role.clone(), "admin".to_owned())).collect();
    let start = actions::find("startStreamProcessor").unwrap();
    let roles = all.iter().map(|name| {
        let permissions = [Permission::stream(start)].into_iter().collect();
        let role = Definition { permissions, inherits: inherits() };
        (name.clone(), RoleReading::Understood(role))
    });
    let graph: RoleGraph = roles.collect();
    let rights = graph.rights();
    assert_eq!(rights.of("role7").verdict(start), Verdict::Yes);
    let ways = rights.ways(&GrantedRole::on_admin("role7"), start);
    assert!(ways.has_more && ways.chains.len() == MOST_WAYS);
    assert_eq!(ways.chains[0].roles.len(), 1);
}
