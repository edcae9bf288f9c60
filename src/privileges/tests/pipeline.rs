use serde_json::json;

use super::*;

/// What a pipeline does through the connection `c`: `by ACTION@place`, with a `?` where an
/// expression names the place.
fn uses(pipeline: Value, queue: Option<(&str, &str, &str)>) -> Vec<String> {
    let queue = queue.map(|(connection, database, collection)| DeadLetterQueue {
        connection,
        database,
        collection,
    });
    let found = PipelineUse::of(pipeline.as_array().unwrap(), queue, "c");
    let known = found.known.iter().map(|one| {
        let varies = if one.is_dynamic { "?" } else { "" };
        format!("{} {}{varies}", one.by, one.permission)
    });
    known.chain(found.unknown.iter().map(|stage| format!("{stage} unknown"))).collect()
}

fn merge(more: Value) -> Vec<String> {
    let mut arguments = json!({"into": {"connectionName": "c", "db": "d", "coll": "x"}});
    arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    uses(json!([{ "$merge": arguments }]), None)
}

#[test]
fn a_source_watches_and_a_lookup_reads() {
    let at = |place: Value| {
        let mut source = json!({"connectionName": "c"});
        source.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        uses(json!([{ "$source": source }]), None)
    };
    assert_eq!(
        at(json!({"db": "d", "coll": "x"})),
        ["$source CHANGE_STREAM@d.x", "$source FIND@d.x"]
    );
    assert_eq!(at(json!({"db": "d"})), ["$source CHANGE_STREAM@d", "$source FIND@d"]);
    assert_eq!(at(json!({})), ["$source CHANGE_STREAM@*", "$source FIND@*"]);
    assert_eq!(at(json!({"db": "d", "coll": ["x", "y"]})).len(), 4);
    let lookup = json!([{"$lookup": {"from": {"connectionName": "c", "db": "d", "coll": "x"}}}]);
    assert_eq!(uses(lookup, None), ["$lookup FIND@d.x"]);
}

#[test]
fn a_merge_needs_what_its_modes_do() {
    assert_eq!(merge(json!({})), ["$merge INSERT@d.x", "$merge UPDATE@d.x"]);
    assert_eq!(merge(json!({"whenMatched": "fail"})), ["$merge INSERT@d.x"]);
    assert_eq!(merge(json!({"whenNotMatched": "discard"})), ["$merge UPDATE@d.x"]);
    assert_eq!(
        merge(json!({"whenMatched": "delete", "whenNotMatched": "discard"})),
        ["$merge REMOVE@d.x"]
    );
    assert_eq!(merge(json!({"whenMatched": [{"$set": {"a": 1}}]})).len(), 2);
    let by_expression = json!({"whenMatched": {"$cond": ["$gone", "delete", "merge"]}});
    assert_eq!(
        merge(by_expression),
        ["$merge INSERT@d.x", "$merge REMOVE@d.x", "$merge UPDATE@d.x"]
    );
}

#[test]
fn what_an_expression_names_is_anything() {
    let into = |db: Value, coll: Value| {
        let into = json!({"connectionName": "c", "db": db, "coll": coll});
        let merge = json!({"into": into, "whenMatched": "fail"});
        uses(json!([{ "$merge": merge }]), None)
    };
    assert_eq!(into(json!("d"), json!("$kind")), ["$merge INSERT@d?"]);
    assert_eq!(into(json!({"$concat": ["a", "$b"]}), json!("x")), ["$merge INSERT@*.x?"]);
    assert_eq!(into(json!("$a"), json!("$b")), ["$merge INSERT@*?"]);
}

#[test]
fn stages_are_found_in_windows_facets_and_lookups() {
    let lookup = json!({"$lookup": {"from": {"connectionName": "c", "db": "d", "coll": "x"}}});
    for around in [
        json!({"$tumblingWindow": {"pipeline": [lookup]}}),
        json!({"$sessionWindow": {"pipeline": [{"$hoppingWindow": {"pipeline": [lookup]}}]}}),
        json!({"$facet": {"one": [], "two": [lookup]}}),
    ] {
        assert_eq!(uses(json!([around]), None), ["$lookup FIND@d.x"]);
    }
    let inside = json!([
        {"$lookup": {"from": "y", "pipeline": [{"$unionWith": {"coll": "z"}}]}},
        {"$graphLookup": {"from": "g"}},
        {"$unionWith": "u"},
    ]);
    let from = json!({"connectionName": "c", "db": "d", "coll": "x"});
    assert_eq!(
        uses(json!([{"$cachedLookup": {"from": from, "pipeline": inside}}]), None),
        [
            "$cachedLookup FIND@d.x",
            "$graphLookup FIND@d.g",
            "$lookup FIND@d.y",
            "$unionWith FIND@d.u",
            "$unionWith FIND@d.z",
        ]
    );
}

#[test]
fn other_connections_data_and_queues_are_told_apart() {
    let other = json!({"connectionName": "other", "db": "d", "coll": "x"});
    assert!(uses(json!([{"$source": other}, {"$merge": {"into": other}}]), None).is_empty());
    assert!(uses(json!([{"$match": {"connectionName": "c"}}]), None).is_empty());
    assert_eq!(uses(json!([{"$newStage": {"connectionName": "c"}}]), None), ["$newStage unknown"]);
    let emit = json!([{"$emit": {"connectionName": "c", "db": "d", "coll": "x"}}]);
    assert_eq!(
        uses(emit, Some(("c", "q", "dead"))),
        ["$emit INSERT@d.x", "the dead-letter queue INSERT@q.dead"]
    );
    assert!(uses(json!([]), Some(("other", "q", "dead"))).is_empty());
}

#[test]
fn a_part_of_the_place_is_not_all_of_it() {
    let held = |role: &str| [GrantedRole::on_admin(role)];
    let graph = RoleGraph::default();
    let wanted = |text: &str| text.parse::<Permission>().unwrap();
    let standing = |role: &str, text: &str| graph.standing(&held(role), &wanted(text));
    assert_eq!(standing("readWriteAnyDatabase", "INSERT@*"), Standing::Allowed);
    assert_eq!(standing("readAnyDatabase", "INSERT@d.x"), Standing::Missing);
    assert_eq!(standing("readAnyDatabase", "FIND@config.x"), Standing::Missing);
    let read = [GrantedRole { database: "d".into(), ..GrantedRole::on_admin("read") }];
    assert_eq!(graph.standing(&read, &wanted("FIND@d")), Standing::Allowed);
    assert_eq!(graph.standing(&read, &wanted("FIND@*")), Standing::Missing);
    assert!(matches!(standing("nobody", "FIND@d.x"), Standing::Unclear(_)));
}
