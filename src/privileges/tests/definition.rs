use proptest::collection::{btree_map, btree_set};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::privileges::catalogue::actions;
use crate::privileges::catalogue::presets;
use crate::privileges::graph::RoleReading;

fn on_admin(role: &str) -> RoleOn {
    (role.to_owned(), "admin".to_owned())
}

fn permission() -> impl Strategy<Value = Permission> {
    let others = ["FIND@shop.orders", "INSERT@shop", "SERVER_STATUS"];
    let spelled: Vec<&str> = actions::ACTIONS.iter().map(|a| a.api).chain(others).collect();
    select(spelled).prop_map(|text| text.parse().unwrap())
}

fn definition() -> impl Strategy<Value = Definition> {
    let role = select(vec!["a", "b", "c", "d", "readAnyDatabase", "backup"]).prop_map(on_admin);
    (btree_set(permission(), 0..5), btree_set(role, 0..3))
        .prop_map(|(permissions, inherits)| Definition { permissions, inherits })
}

fn graph() -> impl Strategy<Value = RoleGraph> {
    btree_map("[a-d]", definition().prop_map(RoleReading::Understood), 0..5)
        .prop_map(RoleGraph::from_iter)
}

proptest! {
    #[test]
    fn a_role_that_is_there_is_found(mut graph in graph(), definition in definition()) {
        let name = graph.fresh_name(&definition);
        prop_assert!(!graph.has_custom(&name));
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        prop_assert!(name.len() <= 64 && name.chars().all(fits), "{}", name);
        let there = graph.definitions().any(|(_, other)| *other == definition);
        prop_assert_eq!(graph.exactly(&definition).is_some(), there);
        graph.insert(&name, definition.clone());
        let found = graph.exactly(&definition).unwrap();
        prop_assert_eq!(graph.kind(found), RoleKind::Custom(&definition));
    }
}

#[test]
fn names_say_what_a_role_allows() {
    let named = |actions: &[&str]| {
        let permissions = actions.iter().map(|a| a.parse().unwrap()).collect();
        RoleGraph::default().fresh_name(&Definition { permissions, ..Definition::default() })
    };
    assert_eq!(named(&["startStreamProcessor", "stopStreamProcessor"]), "stream-start-stop");
    assert_eq!(named(&["listConnections", "streamProcessorStats"]), "stream-connections-stats");
    assert_eq!(named(&["find@shop.orders", "startStreamProcessor"]), "custom-find-start");
    let viewer: Vec<_> = presets::find("viewer").unwrap().actions().map(|a| a.api).collect();
    assert_eq!(named(&viewer), "stream-viewer");
    let many: Vec<_> = actions::ACTIONS.iter().skip(2).map(|a| a.api).collect();
    assert_eq!(named(&many), "stream-9-actions");
}

#[test]
fn a_role_that_is_not_understood_is_left_alone() {
    let odd = ("odd".to_owned(), RoleReading::Inheritance(BTreeSet::new()));
    let graph = RoleGraph::from_iter([odd]);
    let stop = Permissions::from(["stopStreamProcessor".parse().unwrap()]);
    assert_eq!(graph.without(&GrantedRole::from(on_admin("odd")), &stop), None);
    assert_eq!(graph.exactly(&Definition::default()), None);
}
