use serde_json::json;

use super::super::catalogue::built_in::ATLAS_ADMIN;
use super::super::graph::RoleReading;
use super::super::project::Connection;
use super::*;
use crate::privileges::definition::RoleOn;

fn action(word: &str) -> &'static Action {
    actions::find_by_word(word).unwrap()
}

fn judged(word: &str, verdict: Verdict) -> Judged {
    let count = u64::from(verdict == Verdict::Used);
    Judged {
        action: action(word),
        verdict,
        why: String::new(),
        is_untold: verdict == Verdict::Unknown,
        total: Use { count, ..Use::default() },
        instances: BTreeMap::new(),
        chain: Vec::new(),
    }
}

fn definition(permissions: &[&str], inherits: &[&str]) -> Definition {
    let on = |text: &&str| -> RoleOn {
        let (role, database) = text.split_once('@').unwrap_or((text, "admin"));
        (role.to_owned(), database.to_owned())
    };
    Definition {
        permissions: permissions.iter().map(|text| text.parse().unwrap()).collect(),
        inherits: inherits.iter().map(on).collect(),
    }
}

fn graph(roles: &[(&str, Definition)]) -> RoleGraph {
    let each = roles.iter().cloned();
    each.map(|(name, definition)| (name.to_owned(), RoleReading::Understood(definition))).collect()
}

fn text(definition: &Definition) -> String {
    let permissions: Vec<_> = definition.permissions.iter().map(Permission::spelled).collect();
    let inherits: Vec<_> =
        definition.inherits.iter().map(|(role, on)| format!("{role}@{on}")).collect();
    [permissions, inherits].concat().join(" ")
}

#[test]
fn it_holds_what_was_used_and_what_is_kept_and_no_more() {
    let held = [GrantedRole::on_admin(ATLAS_ADMIN.name)];
    let seen = [
        judged("start", Verdict::Used),
        judged("stop", Verdict::Unused),
        judged("list", Verdict::Unobservable),
        judged("stats", Verdict::Unobservable),
    ];
    let keep = Keep { actions: vec![action("list")], ..Keep::default() };
    let found = Suggestion::of_roles(&RoleGraph::default(), &held, &seen, &keep).unwrap();
    assert_eq!(text(&found.definition), "listStreamProcessors startStreamProcessor");
    let dropped: Vec<_> = found.dropped.iter().map(|one| one.action.word()).collect();
    assert_eq!(dropped, ["stop", "stats"]);
    assert_eq!(found.with_data, held, "a built-in role cannot be split");
    assert_eq!(found.roles_after("new"), [GrantedRole::on_admin("new")]);
}

#[test]
fn what_a_log_with_gaps_may_not_show_is_kept_unless_it_is_to_go() {
    let held = [GrantedRole::on_admin(ATLAS_ADMIN.name)];
    let seen = [judged("start", Verdict::Used), judged("stop", Verdict::Unknown)];
    let of = |keep: &Keep| Suggestion::of_roles(&RoleGraph::default(), &held, &seen, keep).unwrap();
    let kept = of(&Keep::default());
    assert_eq!(text(&kept.definition), "startStreamProcessor stopStreamProcessor");
    assert_eq!(kept.untold(), ["stopStreamProcessor"]);
    let dropped = of(&Keep { drops_untold: true, ..Keep::default() });
    assert_eq!(text(&dropped.definition), "startStreamProcessor");
}

#[test]
fn what_is_about_data_stays() {
    let roles = graph(&[
        ("worker", definition(&["startStreamProcessor", "FIND@shop.orders"], &["read@ref"])),
        ("data", definition(&["INSERT@shop.orders"], &[])),
    ]);
    let read_write: GrantedRole = ("readWrite".to_owned(), "shop".to_owned()).into();
    let data = GrantedRole::on_admin("data");
    let held = [GrantedRole::on_admin("worker"), read_write.clone(), data.clone()];
    let seen = [judged("start", Verdict::Unused)];
    let found = Suggestion::of_roles(&roles, &held, &seen, &Keep::default()).unwrap();
    assert_eq!(text(&found.definition), "FIND@shop.orders read@ref");
    assert_eq!(found.stays, [read_write, data]);
    assert_eq!(found.replaces, [GrantedRole::on_admin("worker")]);
    assert!(found.with_data.is_empty() && !found.changes_nothing());
    let used = [judged("start", Verdict::Used)];
    assert!(
        Suggestion::of_roles(&roles, &held, &used, &Keep::default()).unwrap().changes_nothing()
    );
}

#[test]
fn a_role_that_is_not_understood_is_not_replaced() {
    let obscure = RoleReading::Inheritance(std::collections::BTreeSet::new());
    let roles: RoleGraph = [("odd".to_owned(), obscure)].into_iter().collect();
    let held = [GrantedRole::on_admin("odd")];
    assert_eq!(
        Suggestion::of_roles(&roles, &held, &[], &Keep::default()).err(),
        Some("odd".to_owned())
    );
}

#[test]
fn what_one_holder_of_a_role_uses_all_of_them_keep() {
    let both = together([
        vec![judged("start", Verdict::Unused), judged("stop", Verdict::Unused)],
        vec![judged("start", Verdict::Used), judged("stop", Verdict::TooNew)],
    ]);
    let said: Vec<_> = both.iter().map(|one| (one.action.word(), one.verdict)).collect();
    assert_eq!(said, [("start".to_owned(), Verdict::Used), ("stop".to_owned(), Verdict::TooNew)]);
}

#[test]
fn a_connection_needs_what_its_pipelines_do_and_nothing_within_that() {
    let processor =
        |name: &str, pipeline: serde_json::Value, options: serde_json::Value| Processor {
            name: name.to_owned(),
            pipeline: pipeline.as_array().cloned().unwrap(),
            document: json!({"options": options}),
            ..Processor::default()
        };
    let merge = |coll: &str| json!({"$merge": {"into": {"connectionName": "shop", "db": "shop", "coll": coll}, "whenMatched": "fail"}});
    let instance = Instance {
        name: "orders".to_owned(),
        connections: Some(vec![Connection { name: "shop".to_owned(), ..Connection::default() }]),
        processors: Some(vec![
            processor("one", json!([merge("orders")]), json!({})),
            processor("two", json!([merge("orders"), merge("$where")]), json!({})),
            processor(
                "three",
                json!([merge("totals")]),
                json!({"dlq": {"connectionName": "shop", "db": "dlq", "coll": "bad"}}),
            ),
        ]),
        ..Instance::default()
    };
    let found = Suggestion::of_connection(&instance, "shop");
    // What an expression names may be any collection of the database, the others included.
    assert_eq!(text(&found.definition), "INSERT@dlq.bad INSERT@shop");
    assert_eq!(found.doubts.len(), 1, "{:?}", found.doubts);
    let reasons: Vec<_> = found.reasons.iter().map(|reason| reason.why.clone()).collect();
    assert!(reasons.contains(&Why::Needed(vec!["three: the dead-letter queue".to_owned()])));
    assert!(Suggestion::of_connection(&instance, "other").definition.is_empty());
}
