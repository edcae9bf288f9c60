use proptest::collection::{btree_map, btree_set};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::privileges::actions;
use crate::privileges::presets;

fn on_admin(role: &str) -> RoleOn {
    (role.to_owned(), "admin".to_owned())
}

fn permission() -> impl Strategy<Value = Permission> {
    let others = ["FIND@shop.orders", "INSERT@shop", "SERVER_STATUS"];
    let spelled: Vec<&str> = actions::ACTIONS.iter().map(|a| a.api).chain(others).collect();
    select(spelled).prop_map(|text| text.parse().unwrap())
}

fn shape() -> impl Strategy<Value = Shape> {
    let role = select(vec!["a", "b", "c", "d", "readAnyDatabase", "backup"]).prop_map(on_admin);
    (btree_set(permission(), 0..5), btree_set(role, 0..3))
        .prop_map(|(permissions, inherits)| Shape { permissions, inherits })
}

fn catalogue() -> impl Strategy<Value = Catalogue> {
    btree_map("[a-d]", shape().prop_map(Some), 0..5).prop_map(Catalogue)
}

proptest! {
    #[test]
    fn a_role_that_is_there_is_found(mut catalogue in catalogue(), shape in shape()) {
        let name = catalogue.fresh_name(&shape);
        prop_assert!(!catalogue.0.contains_key(&name));
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        prop_assert!(name.len() <= 64 && name.chars().all(fits), "{}", name);
        let there = catalogue.0.values().any(|other| other.as_ref() == Some(&shape));
        prop_assert_eq!(catalogue.exactly(&shape).is_some(), there);
        catalogue.0.insert(name.clone(), Some(shape.clone()));
        let found = catalogue.exactly(&shape).unwrap();
        prop_assert_eq!(catalogue.0[found].as_ref(), Some(&shape));
    }
}

#[test]
fn names_say_what_a_role_allows() {
    let named = |actions: &[&str]| {
        let permissions = actions.iter().map(|a| a.parse().unwrap()).collect();
        Catalogue::default().fresh_name(&Shape { permissions, ..Shape::default() })
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
    let mut catalogue = Catalogue::default();
    catalogue.0.insert("odd".to_owned(), None);
    let stop = Permissions::from(["stopStreamProcessor".parse().unwrap()]);
    assert_eq!(catalogue.without(&Held::from(on_admin("odd")), &stop), None);
    assert_eq!(catalogue.exactly(&Shape::default()), None);
}
