//! What a change of roles takes from pipelines: named before it is made.

use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;

use crate::support::Lab;

/// A stored processor of an instance of the default project.
fn processor(
    lab: &Lab,
    project: &str,
    instance: &str,
    name: &str,
    pipeline: &Value,
    options: Value,
) {
    let document = json!({
        "_id": "64a1b2c3d4e5f6a7b8c9d0e1", "name": name, "state": "STARTED", "tier": "SP10",
        "pipeline": pipeline, "options": options,
    });
    lab.add("processor", &format!("{project}/{instance}"), name, &document);
}

/// A pipeline that watches, looks up and merges through the connection `shop`.
fn busy() -> Value {
    json!([
        { "$source": { "connectionName": "shop", "db": "shop", "coll": "carts" } },
        { "$tumblingWindow": { "pipeline": [
            { "$lookup": { "from": { "connectionName": "shop", "db": "ref", "coll": "prices" } } },
        ] } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "$kind" } } },
    ])
}

fn dead() -> Value {
    json!({ "dlq": { "connectionName": "shop", "db": "streams", "coll": "rejected" } })
}

#[track_caller]
fn says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_connections_new_role_is_held_against_what_runs_through_it() {
    let lab = Lab::new().idle();
    processor(&lab, lab.project(), "orders", "busy", &busy(), dead());
    processor(&lab, lab.project(), "payments", "elsewhere", &busy(), json!({}));
    let reader =
        lab.typed("connections execute-as shop readAnyDatabase --instance orders").finish();
    let missing = [
        "would be missing:  INSERT@shop, UPDATE@shop ($merge, where an expression names the place: \
         any is assumed) for processor busy",
        "would be missing:  INSERT@streams.rejected (the dead-letter queue) for processor busy",
        "used by:           processor busy (STARTED)",
    ];
    says(&reader.exits(2).err(), &missing);
    let line = "connections update shop --instance orders --execute-as readAnyDatabase --dry-run";
    says(&lab.typed(line).finish().exits(0).err(), &missing);
    std::fs::write(
        lab.file("role.json"),
        r#"{"dbRoleToExecute": {"role": "readAnyDatabase", "type": "BUILT_IN"}}"#,
    )
    .unwrap();
    let line = "connections update shop --instance orders --file role.json --dry-run";
    says(&lab.typed(line).finish().exits(0).err(), &missing);
    // Failover connections do the same work, in another region.
    let line = "connections failover add shop --instance orders --region us-east-2 --execute-as \
                readWriteAnyDatabase --yes";
    let added = lab.typed(line).finish().exits(0).err();
    assert!(!added.contains("missing"), "{added}");
    let line = "connections failover update shop us-east-2 --instance orders --execute-as \
                readAnyDatabase --dry-run";
    says(&lab.typed(line).finish().exits(0).err(), &missing);

    lab.typed(
        "roles create narrow --action FIND@shop.carts FIND@ref --inherit readWrite@streams --yes",
    )
    .finish()
    .exits(0);
    let narrow =
        lab.typed("connections execute-as shop narrow --instance orders --dry-run").finish();
    let narrow = narrow.exits(0).err();
    says(&narrow, &["CHANGE_STREAM@shop.carts ($source) for processor busy", "INSERT@shop"]);
    assert!(!narrow.contains("FIND@") || !narrow.contains("rejected"), "{narrow}");
    let line = "connections execute-as shop readWriteAnyDatabase --instance orders --yes";
    let enough = lab.typed(line).finish().exits(0).err();
    assert!(!enough.contains("missing") && !enough.contains("cannot tell"), "{enough}");
}

#[test]
fn what_a_role_loses_is_told_by_the_pipelines_that_need_it() {
    let lab = Lab::new().idle();
    let merge = json!([
        { "$source": { "connectionName": "order-events", "topic": "t" } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } },
    ]);
    processor(&lab, lab.project(), "orders", "writer", &merge, json!({}));
    let missing = "would be missing:  UPDATE@shop.orders ($merge) for processor writer through \
                   connection orders/shop";
    let line = "roles update ordersWriter --remove-action UPDATE@shop.orders";
    says(&lab.typed(line).finish().exits(2).err(), &[missing]);
    let unused = lab.typed("roles update ordersWriter --remove-action FIND@shop.orders --dry-run");
    let unused = unused.finish().exits(0).err();
    assert!(!unused.contains("missing"), "{unused}");
    // The role cannot be deleted, and what that would have broken is said.
    let deleted = lab.typed("roles delete ordersWriter --yes").finish().exits(6).err();
    says(&deleted, &["INSERT@shop.orders, UPDATE@shop.orders ($merge) for processor writer"]);

    // Two roles that both bring it: neither alone takes it away, both together do.
    for role in ["one", "two"] {
        let line = format!("roles create {role} --action INSERT@shop UPDATE@shop FIND@shop --yes");
        lab.typed(&line).finish().exits(0);
    }
    lab.typed("roles create both --inherit one two --yes").finish().exits(0);
    lab.typed("connections execute-as shop both --instance orders --yes").finish().exits(0);
    let take = |roles: &str| {
        let line = format!("roles update {roles} --remove-action INSERT@shop --dry-run");
        lab.typed(&line).finish().exits(0).err()
    };
    assert!(!take("one").contains("missing"), "{}", take("one"));
    says(&take("one two"), &["INSERT@shop.orders ($merge) for processor writer"]);
    let line = "roles update both --remove-inherit one two --add-inherit read@shop --dry-run";
    says(&lab.typed(line).finish().exits(0).err(), &["INSERT@shop.orders, UPDATE@shop.orders"]);
    let line = "roles update both --remove-inherit one --dry-run";
    let one = lab.typed(line).finish().exits(0).err();
    assert!(!one.contains("missing"), "{one}");
}

#[test]
fn connections_of_other_projects_count_where_they_execute_as_a_role_of_this_one() {
    let lab = Lab::new();
    let on = |line: &str| lab.typed(&format!("{line} --project shop-staging --yes"));
    on("instances create staged --provider aws --region us-east-1 --tier SP10").finish().exits(0);
    let line = "connections create sink --instance staged --cluster shop-main --execute-as \
                ordersWriter --cluster-project shop";
    on(line).finish().exits(0);
    let staging = lab.typed("projects get shop-staging --jq .id").finish().exits(0).out();
    let staging = staging.trim().trim_matches('"').to_owned();
    let merge = json!([
        { "$source": { "connectionName": "s", "topic": "t" } },
        { "$merge": { "into": { "connectionName": "sink", "db": "shop", "coll": "orders" } } },
    ]);
    processor(&lab, &staging, "staged", "remote", &merge, json!({}));
    let line = "roles update ordersWriter --remove-action INSERT@shop.orders --dry-run";
    says(
        &lab.typed(line).finish().exits(0).err(),
        &[
            "INSERT@shop.orders ($merge) for processor remote through connection staged/sink of project \
         shop-staging",
        ],
    );
}

#[test]
fn what_the_credential_may_not_read_is_said() {
    let lab = Lab::new();
    // It may change roles, and read nothing of streams.
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_DATABASE_ACCESS_ADMIN");
    let line =
        ["roles", "update", "ordersWriter", "--remove-action", "INSERT@shop.orders", "--dry-run"];
    let blind = lab.with_key(&key, line).finish().exits(0).err();
    assert!(blind.contains("connections that execute as a role are not shown"), "{blind}");
}
