//! Taking rights away is judged by what is possible afterwards: `users revoke` and `roles update`
//! where a right remains by another way.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Finished;
use crate::support::Lab;

/// Custom roles that allow to read orders, each in its way, and some that do not.
const ROLES: &[(&str, &str)] = &[
    ("ordersReader", "--action FIND@shop.orders"),
    ("shopReader", "--action FIND@shop"),
    ("anyReader", "--action FIND@*"),
    ("ordersAnywhere", "--action FIND@*.orders"),
    ("heir", "--inherit shopReader"),
    ("farHeir", "--inherit heir --action INSERT@shop.orders"),
    ("dbHeir", "--inherit read@shop"),
    ("anyHeir", "--inherit readAnyDatabase --action FIND@shop.orders"),
    ("both", "--action FIND@shop FIND@shop.orders"),
    ("spooky", "--action FIND@ghost.x"),
];

fn lab() -> Lab {
    stocked(Lab::new())
}

fn stocked(lab: Lab) -> Lab {
    for (name, says) in ROLES {
        lab.typed(&format!("roles create {name} {says} --yes")).finish().exits(0);
    }
    lab
}

fn user(lab: &Lab, name: &str, roles: &str) {
    let line = format!("users create {name} --role {roles} --generate-password --yes");
    lab.typed(&line).finish().exits(0);
}

fn roles_of(lab: &Lab, user: &str) -> Vec<String> {
    let got = lab.typed(&format!("users get {user} -o json")).finish().exits(0).json();
    let got = got.get(0).unwrap_or(&got).clone();
    let text = |role: &Value, key: &str| role[key].as_str().unwrap_or_default().to_owned();
    let shown = |role| format!("{}@{}", text(role, "roleName"), text(role, "databaseName"));
    got["roles"].as_array().expect("roles").iter().map(shown).collect()
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

#[track_caller]
fn says(finished: &Finished, what: &str) {
    assert!(finished.err().contains(what), "{what:?} in {}", finished.shown());
}

#[test]
fn an_action_that_would_stay_possible_is_not_unchanged() {
    let lab = lab();
    let cases = [
        ("shopReader", "FIND@shop.orders", "shopReader@admin -> FIND@shop"),
        ("shopReader", "FIND@*.orders", "shopReader@admin -> FIND@shop"),
        ("anyReader", "FIND@shop.orders", "anyReader@admin -> FIND@*"),
        ("anyReader", "FIND@shop", "anyReader@admin -> FIND@*"),
        ("ordersAnywhere", "FIND@shop", "ordersAnywhere@admin -> FIND@*.orders"),
        ("heir", "FIND@shop.orders", "heir@admin -> shopReader@admin -> FIND@shop"),
        (
            "farHeir",
            "find@shop.orders",
            "farHeir@admin -> heir@admin -> shopReader@admin -> FIND@shop",
        ),
        ("dbHeir", "FIND@shop.orders", "dbHeir@admin -> read@shop -> FIND@shop"),
        ("anyHeir", "FIND@shop.orders", "anyHeir@admin -> readAnyDatabase@admin -> FIND@*"),
        ("read@shop", "FIND@shop.orders", "read@shop -> FIND@shop"),
        ("read@shop.orders", "FIND@shop.orders", "read@shop.orders -> FIND@shop.orders"),
        ("readWrite@shop", "REMOVE@shop.orders", "readWrite@shop -> REMOVE@shop"),
        ("dbAdmin@shop", "collMod@shop.orders", "dbAdmin@shop -> COLL_MOD@shop"),
        ("readAnyDatabase", "FIND@shop.orders", "readAnyDatabase@admin -> FIND@*"),
        ("readWriteAnyDatabase", "INSERT@*", "readWriteAnyDatabase@admin -> INSERT@*"),
        ("dbAdminAnyDatabase", "VALIDATE@shop", "dbAdminAnyDatabase@admin -> VALIDATE@*"),
        ("clusterMonitor", "serverStatus", "clusterMonitor@admin -> SERVER_STATUS"),
        ("clusterMonitor", "FIND@local.x", "clusterMonitor@admin -> FIND@local"),
        ("backup", "LIST_INDEXES@shop.orders", "backup@admin -> LIST_INDEXES@*"),
        ("enableSharding", "reshardCollection", "enableSharding@admin -> RESHARD_COLLECTION@*"),
        ("atlasAdmin", "FIND@shop.orders", "atlasAdmin@admin -> FIND@*"),
        ("atlasAdmin", "stopStreamProcessor", "atlasAdmin@admin -> stopStreamProcessor"),
        ("readAnyDatabase", "listConnections", "readAnyDatabase@admin -> listConnections"),
    ];
    for (index, (role, action, chain)) in cases.into_iter().enumerate() {
        let name = format!("u{index}");
        // A custom role that allows it, too, must not make the rest of it disappear.
        user(&lab, &name, &format!("{role} ordersReader"));
        lab.requests();
        let refused = lab.typed(&format!("users revoke {name} --action {action} --yes"));
        let refused = refused.finish().exits(2);
        says(&refused, "would still be possible: ");
        says(&refused, &format!("{name} -> {chain}"));
        says(&refused, "hint: --allow-remaining");
        only_reads(&lab);
    }
}

#[test]
fn what_nobody_can_tell_is_not_unchanged() {
    // No document knows yet what a later version of the API may say.
    let lab = stocked(Lab::faulty());
    lab.typed("roles create spookyHeir --inherit spooky --yes").finish().exits(0);
    user(&lab, "ghost", "ordersReader");
    user(&lab, "haunted", "spooky");
    let cases = [
        ("dave", "killOp", "atlasAdmin@admin, which the documentation leaves open"),
        ("dave", "INSERT@config.shards", "atlasAdmin@admin, which the documentation"),
        ("grace", "outToS3", "readAnyDatabase@admin, which the documentation"),
    ];
    lab.requests();
    for (name, action, why) in cases {
        let refused = lab.typed(&format!("users revoke {name} --action {action} --yes"));
        let refused = refused.finish().exits(2);
        says(&refused, "cannot tell whether ");
        says(&refused, &format!("{name} -> {why}"));
        only_reads(&lab);
    }
    // Roles of a kind that this program is too old for, and such as are gone.
    let store = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    let set = "UPDATE resources SET doc = json_set(doc, ?1, ?2) WHERE kind = ?3 AND key LIKE ?4";
    let roles = ("$.roles[0].roleName", "laterRole", "database_user", "%ghost");
    assert_eq!(store.execute(set, roles).unwrap(), 1);
    let nested = ("$.actions[0].resources[0].until", "tomorrow", "custom_role", "spooky");
    assert_eq!(store.execute(set, nested).unwrap(), 1);
    drop(store);
    for (name, why) in [
        ("ghost", "laterRole@admin, which is neither built in nor a role of this project"),
        ("haunted", "spooky@admin, which this program does not fully understand"),
    ] {
        let line = format!("users revoke {name} --action FIND@shop.orders --yes");
        let refused = lab.typed(&line).finish().exits(2);
        says(
            &refused,
            &format!(
                "cannot tell whether FIND@shop.orders would still be possible: {name} -> {why}"
            ),
        );
        says(&refused, "hint: --allow-remaining");
        let left = lab.typed(&format!("{line} --allow-remaining")).finish().exits(0);
        says(&left, "warning: ");
        says(&left, why);
        says(&left, "unchanged");
    }
    let line = "roles update spookyHeir --remove-action FIND@shop.orders --yes";
    let refused = lab.typed(line).finish().exits(2);
    says(
        &refused,
        "still be possible: spookyHeir@admin -> spooky@admin, which this program does not",
    );
    let own = lab.typed("roles update spooky --remove-action FIND@shop.orders --yes").finish();
    says(&own.exits(1), "it is left unchanged");
}

#[test]
fn what_can_be_taken_is_taken_where_that_is_allowed() {
    let lab = lab();
    user(&lab, "twice", "readWrite@shop ordersReader");
    let line = "users revoke twice --action FIND@shop.orders --yes";
    assert_snapshot!("revoke_remaining", {
        let refused = lab.typed(line).shown();
        refused + &lab.typed(&format!("{line} --allow-remaining")).shown()
    });
    assert_eq!(roles_of(&lab, "twice"), ["readWrite@shop"]);
    // Again: nothing is there to take, and that it is still possible is said again.
    let again = lab.typed(&format!("{line} --allow-remaining")).finish().exits(0);
    says(&again, "is still possible: twice -> readWrite@shop -> FIND@shop");

    // An inherited built-in role stays, the role's own right goes.
    user(&lab, "mixed", "anyHeir read@ledger");
    let line = "users revoke mixed --action FIND@shop.orders --allow-remaining --yes";
    let taken = lab.typed(line).finish().exits(0);
    says(&taken, "revokes:         FIND@shop.orders");
    let roles = roles_of(&lab, "mixed");
    let made = roles[1].split('@').next().unwrap();
    let role = lab.typed(&format!("roles get {made} -o json")).finish().exits(0).json();
    let role = role.get(0).unwrap_or(&role).clone();
    assert_eq!(role["inheritedRoles"][0]["role"], "readAnyDatabase", "{role}");
    assert_eq!(role["actions"], json!([]), "{role}");
}

#[test]
fn a_right_on_the_whole_deployment_is_one_on_all_of_its_data() {
    let lab = lab();
    let role = json!({
        "roleName": "wide",
        "actions": [{ "action": "FIND", "resources": [{ "cluster": true }] }],
    });
    std::fs::write(lab.file("role.json"), role.to_string()).unwrap();
    let path = "groups/{project}/customDBRoles/roles";
    lab.spctl(["api", "POST", path, "--input", "role.json", "--yes"]).finish().exits(0);
    user(&lab, "wendy", "wide read@ledger");
    let refused = lab.typed("users revoke wendy --action FIND@shop.orders --yes");
    let refused = refused.finish().exits(2);
    says(&refused, "wendy -> wide@admin -> FIND@*");
    says(&refused, "users revoke wendy --action 'FIND@*'");
    let all = lab.typed("users revoke wendy --action FIND@* --yes").finish().exits(2);
    says(&all, "wendy -> read@ledger -> FIND@ledger");
    lab.typed("users revoke wendy --action FIND@* --allow-remaining --yes").finish().exits(0);
    assert_eq!(roles_of(&lab, "wendy"), ["read@ledger"]);
}

#[test]
fn a_batch_refuses_those_who_keep_it_and_goes_on() {
    let lab = lab();
    user(&lab, "plain", "ordersReader read@ledger");
    user(&lab, "mighty", "ordersReader readWrite@shop");
    let line = "users revoke - --action FIND@shop.orders --yes --failed failed";
    let batch = lab.typed(line).stdin("plain\nmighty\n").finish();
    assert_ne!(batch.code, Some(0), "{}", batch.shown());
    says(&batch, "mighty -> readWrite@shop -> FIND@shop");
    assert_eq!(roles_of(&lab, "plain"), ["read@ledger"]);
    assert_eq!(roles_of(&lab, "mighty"), ["ordersReader@admin", "readWrite@shop"]);
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "mighty\n");
}

#[test]
fn a_place_is_taken_with_all_that_lies_in_it() {
    let lab = lab();
    user(&lab, "narrow", "both read@ledger");
    let taken = lab.typed("users revoke narrow --action FIND@shop --yes").finish().exits(0);
    says(&taken, "FIND@shop, FIND@shop.orders");
    assert_eq!(roles_of(&lab, "narrow"), ["read@ledger"]);
    // Now it is so, and was so for somebody who may read elsewhere only.
    lab.requests();
    for action in ["FIND@shop.orders", "FIND@shop", "INSERT@ledger.x", "stopStreamProcessor"] {
        let line = format!("users revoke narrow --action {action} --yes");
        let unchanged = lab.typed(&line).finish().exits(0);
        says(&unchanged, "unchanged: database user narrow");
        assert!(!unchanged.err().contains("warning"), "{}", unchanged.shown());
    }
    only_reads(&lab);
}

#[test]
fn a_role_that_would_still_allow_it_is_not_unchanged() {
    let lab = lab();
    lab.requests();
    for (role, action, chain) in [
        ("shopReader", "FIND@shop.orders", "shopReader@admin -> FIND@shop"),
        ("anyReader", "FIND@shop", "anyReader@admin -> FIND@*"),
        ("both", "FIND@shop.orders", "both@admin -> FIND@shop"),
        ("heir", "FIND@shop.orders", "heir@admin -> shopReader@admin -> FIND@shop"),
        ("dbHeir", "FIND@shop.orders", "dbHeir@admin -> read@shop -> FIND@shop"),
        ("anyHeir", "FIND@shop.orders", "anyHeir@admin -> readAnyDatabase@admin -> FIND@*"),
    ] {
        let line = format!("roles update {role} --remove-action {action} --yes");
        let refused = lab.typed(&line).finish().exits(2);
        says(&refused, &format!("{action} would still be possible: {chain}"));
        says(&refused, "hint: --allow-remaining");
        only_reads(&lab);
    }
    let actions = |role: &str| {
        let got = lab.typed(&format!("roles get {role} -o json")).finish().exits(0).json();
        got.get(0).unwrap_or(&got)["actions"].clone()
    };
    // A redundant action can be removed all the same, and the rest is told.
    let line = "roles update anyHeir --remove-action FIND@shop.orders --allow-remaining --yes";
    says(&lab.typed(line).finish().exits(0), "anyHeir@admin -> readAnyDatabase@admin -> FIND@*");
    assert_eq!(actions("anyHeir"), json!([]));
    let again = lab.typed(line).finish().exits(0);
    says(&again, "warning: custom role anyHeir: still possible: ");
    // What is added by intent is no remainder; what contradicts the removal is refused.
    let narrow = "roles update shopReader --remove-action FIND@shop --add-action FIND@shop.orders";
    lab.typed(&format!("{narrow} --yes")).finish().exits(0);
    assert_eq!(actions("shopReader")[0]["resources"][0]["collection"], "orders");
    let both = "roles update both --remove-action FIND@shop.orders --add-action FIND@shop --yes";
    says(&lab.typed(both).finish().exits(2), "which allows it");
    let none = "roles update ordersReader --remove-action FIND@ledger.orders --yes";
    let none = lab.typed(none).finish().exits(0);
    says(&none, "unchanged: custom role ordersReader");
    assert!(!none.err().contains("warning"), "{}", none.shown());
}

#[test]
fn a_role_that_others_cover_is_told() {
    let lab = lab();
    user(&lab, "rich", "readAnyDatabase readWriteAnyDatabase");
    let line = "users revoke rich --role readAnyDatabase --yes";
    let covered = "all that readAnyDatabase@admin allows (rich -> readWriteAnyDatabase@admin)";
    let done = lab.typed(line).finish().exits(0);
    says(&done, &format!("still allowed:  {covered}"));
    let again = lab.typed(line).finish().exits(0);
    says(
        &again,
        &format!("warning: rich does not hold readAnyDatabase@admin, but is allowed {covered}"),
    );
    let inherited = lab.typed("users revoke alice --role streamViewer --yes").finish().exits(0);
    says(&inherited, "(alice -> streamOperator@admin -> streamViewer@admin)");

    user(&lab, "some", "readWrite@shop ordersReader read@ledger");
    let part = lab.typed("users revoke some --role readWrite@shop --yes").finish().exits(0);
    // Reading one collection is not reading all of them.
    assert!(!part.err().contains("still allowed"), "{}", part.shown());

    lab.typed("roles update dbHeir --add-inherit readWrite@shop --yes").finish().exits(0);
    let line = "roles update dbHeir --remove-inherit read@shop --yes";
    let covered = "all that read@shop allows (dbHeir@admin -> readWrite@shop)";
    says(&lab.typed(line).finish().exits(0), covered);
    let again = lab.typed(line).finish().exits(0);
    says(&again, &format!("warning: custom role dbHeir: still allowed: {covered}"));
}
