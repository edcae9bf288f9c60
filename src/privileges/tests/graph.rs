use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const CUSTOM: [&str; 5] = ["a", "b", "c", "d", "e"];
const OTHERS: [&str; 3] = ["readAnyDatabase", "read", "missing"];

fn name() -> impl Strategy<Value = &'static str> {
    select([CUSTOM.as_slice(), OTHERS.as_slice()].concat())
}

/// Custom roles that inherit each other, in circles too, and built-in roles and such as are not
/// there; some are not understood.
fn graph() -> impl Strategy<Value = RoleGraph> {
    let database = select(vec!["admin", "shop"]).prop_map(str::to_owned);
    let inherits = btree_set((name().prop_map(str::to_owned), database), 0..4);
    let reading = (inherits, weighted(0.8, Just(()))).prop_map(|(inherits, whole)| match whole {
        Some(()) => RoleReading::Understood(Definition { inherits, ..Definition::default() }),
        None => RoleReading::Inheritance(inherits),
    });
    btree_map(select(CUSTOM.to_vec()).prop_map(str::to_owned), reading, 0..6)
        .prop_map(RoleGraph::from_iter)
}

/// What a role inherits by itself.
fn inherits<'a>(graph: &'a RoleGraph, role: &str) -> Vec<&'a str> {
    let reading = graph.custom.get(role).into_iter();
    reading.flat_map(RoleReading::inherits).map(|(name, _)| name.as_str()).collect()
}

/// The names that a role comes to, told by adding to them until nothing is added.
fn names(graph: &RoleGraph, role: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::from([role.to_owned()]);
    loop {
        let further: BTreeSet<String> =
            names.iter().flat_map(|name| inherits(graph, name)).map(str::to_owned).collect();
        if further.is_subset(&names) {
            return names;
        }
        names.extend(further);
    }
}

proptest! {
    #[test]
    fn a_closure_is_all_that_is_inherited(graph in graph(), role in name()) {
        let closure = graph.closure([GrantedRole::on_admin(role)]);
        let reached: BTreeSet<String> = closure.0.iter().map(|r| r.role.role.clone()).collect();
        prop_assert_eq!(reached, names(&graph, role));
        let roles: BTreeSet<_> = closure.0.iter().map(|r| &r.role).collect();
        prop_assert_eq!(roles.len(), closure.0.len());
    }

    #[test]
    fn who_holds_a_role_is_its_heir_and_nobody_else(
        graph in graph(), role in name(), heir in name(),
    ) {
        let closure = graph.closure([GrantedRole::on_admin(heir)]);
        let holds = closure.0.iter().any(|reached| reached.role.role == role);
        let heirs = graph.heirs(role);
        let is_heir = heirs.iter().any(|one| one.role == heir);
        prop_assert_eq!(holds, is_heir || heir == role);
        prop_assert!(heirs.iter().all(|one| one.role != role && graph.has_custom(&one.role)));
    }

    #[test]
    fn a_chain_goes_from_role_to_inherited_role(
        graph in graph(), starts in vec(name().prop_map(GrantedRole::on_admin), 1..3),
    ) {
        for reached in graph.closure(starts.clone()).0 {
            let chain = reached.chain();
            prop_assert!(starts.contains(&chain[0]));
            for pair in chain.windows(2) {
                prop_assert!(inherits(&graph, &pair[0].role).contains(&pair[1].role.as_str()));
            }
            prop_assert_eq!(reached.kind, graph.kind(&reached.role.role));
            let is_obscure = |role: &GrantedRole| graph.kind(&role.role) == RoleKind::Obscure;
            prop_assert_eq!(reached.is_certain, !reached.through.iter().any(is_obscure));
        }
    }

    #[test]
    fn an_heir_says_through_whom(graph in graph(), role in name()) {
        for heir in graph.heirs(role) {
            let mut way = vec![heir.role];
            way.extend(heir.through);
            way.push(role.to_owned());
            for pair in way.windows(2) {
                prop_assert!(inherits(&graph, &pair[0]).contains(&pair[1].as_str()));
            }
            // By no way with fewer roles in between.
            let mut nearer = BTreeSet::from([way[0].clone()]);
            for _ in 2..way.len() {
                let next = nearer.iter().flat_map(|name| inherits(&graph, name));
                let next: BTreeSet<String> = next.map(str::to_owned).collect();
                prop_assert!(!next.contains(role), "{:?}", way);
                nearer.extend(next);
            }
        }
    }

    #[test]
    fn a_role_is_certain_where_one_way_to_it_is(graph in graph(), role in name()) {
        let whole: RoleGraph = graph
            .custom
            .iter()
            .filter(|(_, reading)| matches!(reading, RoleReading::Understood(_)))
            .map(|(name, reading)| (name.clone(), reading.clone()))
            .collect();
        let certain: BTreeSet<GrantedRole> = graph
            .closure([GrantedRole::on_admin(role)])
            .certain()
            .map(|reached| reached.role.clone())
            .collect();
        let of_whole = whole.closure([GrantedRole::on_admin(role)]);
        prop_assert_eq!(certain, of_whole.0.into_iter().map(|r| r.role).collect::<BTreeSet<_>>());
    }
}

#[test]
fn a_role_that_is_not_there_stays_as_it_is() {
    let inherits = BTreeSet::from([("missing".to_owned(), "admin".to_owned())]);
    let mut graph = RoleGraph::default();
    graph.insert("a", Definition { inherits, ..Definition::default() });
    let closure = graph.closure([GrantedRole::on_admin("a")]);
    assert_eq!(closure.0.last().unwrap().kind, RoleKind::Unknown);
    assert!(closure.others().contains(&("missing".to_owned(), "admin".to_owned())));
    let heir = Heir { role: "a".to_owned(), through: Vec::new() };
    assert_eq!(graph.heirs("missing"), [heir]);
    assert!(graph.has("a") && graph.has("read") && !graph.has("missing"));
}
