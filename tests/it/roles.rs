//! `spctl roles`: what is shown, what is sent, and what is refused; and `users grant` and `revoke`
//! with privilege actions, which find or make roles.

use insta::assert_snapshot;
use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;

/// A command line as one types it.
/// Several command lines and what came of them, with the exit codes they must have.
fn shown(lab: &Lab, lines: &[(i32, &str)]) -> String {
    lines.iter().map(|(code, line)| lab.typed(line).finish().exits(*code).shown()).collect()
}

/// Method, last part of the path, and body of what was changed since the last look.
fn sent(lab: &Lab) -> Vec<(String, String, Value)> {
    let exchanges = lab.exchanges().into_iter().filter(|e| e.method != "GET");
    let plain = |e: spctl::local::Exchange| {
        let last = e.target.rsplit('/').next().unwrap_or_default().to_owned();
        (e.method, last, serde_json::from_slice(&e.request_body).unwrap_or(Value::Null))
    };
    exchanges.map(plain).collect()
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

fn stream(action: &str) -> Value {
    json!({ "action": action, "resources": [{ "cluster": true }] })
}

#[test]
fn they_are_listed_and_shown() {
    let lab = Lab::new();
    let mut text = shown(
        &lab,
        &[
            (0, "roles list --custom"),
            (0, "roles get streamDeveloper readAnyDatabase"),
            (5, "roles get nobody"),
            (0, "roles presets --columns name,actions"),
            (0, "roles used-by streamViewer"),
            (0, "roles used-by ordersWriter readWriteAnyDatabase -o csv"),
            (0, "roles used-by backup"),
            (5, "roles used-by nobody"),
        ],
    );
    for format in ["table", "json", "yaml", "csv"] {
        text.push_str(&lab.typed(&format!("roles get ordersWriter -o {format}")).shown());
    }
    assert_snapshot!("roles_shown", text);
    let all = lab.typed("roles list -q").finish().exits(0).out();
    let custom = lab.typed("roles list --custom -q").finish().exits(0).out();
    let built_in = lab.typed("roles list --built-in -q").finish().exits(0).out();
    assert_eq!(all, format!("{custom}{built_in}"));
    assert!(built_in.contains("atlasAdmin") && custom.contains("ordersWriter"));
    lab.typed("roles list --custom --built-in").finish().exits(2);
    let piped = lab.typed("roles get - -o ndjson").stdin(&all).finish().exits(0).out();
    assert_eq!(piped.lines().count(), all.lines().count());
    only_reads(&lab);

    let empty = lab.local(["local", "init", "--empty"]);
    Run { args: empty.args[1..].to_vec(), ..empty }.finish().exits(0);
    let none = lab.local(["roles", "list", "--custom"]).finish().exits(0);
    assert!(none.stdout.is_empty() && none.err().contains("no custom roles"), "{}", none.shown());
}

#[test]
fn actions_are_read_in_either_spelling_and_merged() {
    let lab = Lab::new();
    let line = "roles create night-shift --action startStreamProcessor START_STREAM_PROCESSOR \
                --action find@shop.orders find@shop.invoices --inherit read@ref --yes";
    lab.typed(line).finish().exits(0);
    let on = |name: &str| json!({ "db": "shop", "collection": name });
    let find = json!({ "action": "FIND", "resources": [on("invoices"), on("orders")] });
    let body = json!({
        "roleName": "night-shift",
        "actions": [find, stream("START_STREAM_PROCESSOR")],
        "inheritedRoles": [{ "db": "ref", "role": "read" }],
    });
    assert_eq!(sent(&lab), [("POST".to_owned(), "roles".to_owned(), body)]);
    for preset in ["viewer", "operator", "developer", "Administrator"] {
        let line = format!("roles create all-{preset} --preset {preset} --yes");
        lab.typed(&line).finish().exits(0);
    }
    let sizes: Vec<_> =
        sent(&lab).iter().map(|(.., body)| body["actions"].as_array().map(Vec::len)).collect();
    assert_eq!(sizes, [Some(4), Some(7), Some(10), Some(11)]);

    let text = shown(
        &lab,
        &[
            (6, "roles create night-shift --preset viewer --yes"),
            (6, "roles create atlasAdmin --preset viewer --yes"),
            (2, "roles create x"),
            (2, "roles create a.b --preset viewer"),
            (2, "roles create x --action find"),
            (2, "roles create x --action startStreamProcessor@shop"),
            (2, "roles create x --preset king"),
            (2, "roles create x --preset viewer"),
            (0, "roles create x --preset viewer --action serverStatus --dry-run"),
        ],
    );
    assert_snapshot!("roles_create_refused", text);
    only_reads(&lab);
    let unknown = "roles create x --action flyToTheMoon --yes";
    let refused = lab.typed(unknown).finish().exits(2);
    assert!(refused.err().contains("there is no action FLY_TO_THE_MOON"), "{}", refused.shown());
    lab.typed(unknown).and(&["--verbatim"]).finish().exits(1);
    let answer = lab.typed("roles clone night-shift day-shift --yes -o json").finish().exits(0);
    assert_eq!(
        answer.json()["actions"],
        lab.typed("roles get night-shift -o json").finish().json()["actions"]
    );
    lab.typed("roles clone nobody x --yes").finish().exits(5);
    lab.typed("roles clone atlasAdmin x --yes").finish().exits(2);
    lab.typed("roles clone night-shift day-shift --yes").finish().exits(6);
}

#[test]
fn a_change_names_everybody_it_affects_and_sends_only_itself() {
    let lab = Lab::new();
    let line = "roles update streamOperator --add-action dropStreamProcessor --yes";
    assert_snapshot!("roles_update", lab.typed(line).shown());
    let changed = sent(&lab);
    let [(method, name, body)] = &changed[..] else { panic!("one change: {changed:?}") };
    assert_eq!((method.as_str(), name.as_str()), ("PATCH", "streamOperator"));
    assert_eq!(body["actions"].as_array().map(Vec::len), Some(5), "{body}");
    assert!(body.get("inheritedRoles").is_none(), "{body}");
    assert!(lab.typed(line).finish().exits(0).err().contains("unchanged"));

    let text = shown(
        &lab,
        &[
            (2, "roles update streamOperator --remove-action getStreamProcessor --yes"),
            (
                2,
                "roles update ordersWriter --remove-action find@shop.orders insert@shop.orders update@shop.orders --yes",
            ),
            (2, "roles update atlasAdmin --add-action dropStreamProcessor --yes"),
            (2, "roles update streamViewer --add-action dropStreamProcessor"),
            (2, "roles update streamViewer"),
            (2, "roles update streamViewer --add-inherit x --remove-inherit x@admin"),
            (5, "roles update nobody --add-action dropStreamProcessor --yes"),
        ],
    );
    assert_snapshot!("roles_update_refused", text);
    only_reads(&lab);
    let line = "roles update - --remove-inherit streamViewer --add-inherit read@shop --yes \
                --failed failed -o json";
    let batch = lab.typed(line).stdin("streamOperator\nnobody\n").finish().exits(5);
    assert_eq!(batch.json()[0]["inheritedRoles"], json!([{ "db": "shop", "role": "read" }]));
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nobody\n");
    lab.typed("roles update - --add-action dropStreamProcessor").stdin("").finish().exits(2);
}

#[test]
fn a_role_in_use_is_not_deleted() {
    let lab = Lab::new();
    lab.typed("roles create spare --preset viewer --yes").finish().exits(0);
    lab.typed("roles create heir --inherit spare --yes").finish().exits(0);
    sent(&lab);
    let text = shown(
        &lab,
        &[
            (6, "roles delete streamViewer --yes"),
            (6, "roles delete ordersWriter --yes"),
            (6, "roles delete spare --yes"),
            (2, "roles delete atlasAdmin --yes"),
            (5, "roles delete nobody --yes"),
            (2, "roles delete heir"),
            (0, "roles delete heir spare --dry-run"),
        ],
    );
    assert_snapshot!("roles_delete_refused", text);
    only_reads(&lab);
    // What inherits goes first, whatever the order they are named in.
    let batch = lab.typed("roles delete - --yes --failed failed");
    batch.stdin("spare\nordersWriter\nheir\nnobody\n").finish().exits(6);
    let names: Vec<_> = sent(&lab).into_iter().map(|(method, name, _)| (method, name)).collect();
    let deleted = |name: &str| ("DELETE".to_owned(), name.to_owned());
    assert_eq!(names, [deleted("heir"), deleted("spare")]);
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nobody\nordersWriter\n");
    lab.typed("roles delete - --yes").stdin("").finish().exits(2);
}

fn roles_of(lab: &Lab, user: &str) -> Vec<String> {
    let out = lab.typed(&format!("users get {user} --columns roles -o csv")).finish().exits(0);
    let roles = out.out().lines().nth(1).unwrap_or_default().trim_matches('"').to_owned();
    roles.split(',').map(|role| role.trim().to_owned()).collect()
}

#[test]
fn exactly_these_actions_are_granted() {
    let lab = Lab::new();
    let line = "users grant bob grace --action stopstreamprocessor START_STREAM_PROCESSOR --yes";
    assert_snapshot!("users_grant_action", lab.typed(line).shown());
    let changed = sent(&lab);
    // Bob may do so already, through a custom role.
    let [(.., role), (_, user, roles)] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!(
        role["actions"],
        json!([stream("START_STREAM_PROCESSOR"), stream("STOP_STREAM_PROCESSOR")])
    );
    assert_eq!(role["inheritedRoles"], json!([]));
    assert_eq!(user, "grace");
    assert_eq!(roles["roles"][1]["roleName"], role["roleName"]);
    assert_eq!(roles["roles"][0]["roleName"], "readAnyDatabase");

    // Now the role is there, and is found.
    let line = "users grant dave --action startStreamProcessor stopStreamProcessor --yes";
    let found = lab.typed(line).finish().exits(0);
    assert!(found.err().contains("(existing)"), "{}", found.shown());
    assert_eq!(sent(&lab).len(), 1);
    assert!(lab.typed(line).finish().exits(0).err().contains("unchanged"));
    let line =
        "users grant grace --role read@shop --action dropStreamProcessor --role-name dropper --yes";
    lab.typed(line).finish().exits(0);
    assert_eq!(
        roles_of(&lab, "grace"),
        ["readAnyDatabase@admin", "stream-start-stop@admin", "read@shop", "dropper@admin"]
    );
    sent(&lab);
    let text = shown(
        &lab,
        &[
            (0, "users grant erin --action dropStreamProcessor --dry-run"),
            (0, "users grant erin --action modifyStreamProcessor --dry-run"),
            (2, "users grant erin --action modifyStreamProcessor"),
            (6, "users grant erin --action modifyStreamProcessor --role-name streamViewer --yes"),
            (5, "users grant nobody --action modifyStreamProcessor --yes"),
            (2, "users grant erin"),
            (2, "users grant erin --role read --role-name x"),
        ],
    );
    assert_snapshot!("users_grant_action_refused", text);
    only_reads(&lab);
}

#[test]
fn exactly_this_action_is_revoked() {
    let lab = Lab::new();
    let before = lab.typed("roles get streamOperator -o json").finish().exits(0).out();
    let line = "users revoke alice frank --action stopStreamProcessor --yes";
    assert_snapshot!("users_revoke_action", lab.typed(line).shown());
    let after = lab.typed("roles get streamOperator -o json").finish().exits(0).out();
    assert_eq!(before, after, "a role that others hold stays as it is");
    assert_eq!(roles_of(&lab, "erin"), ["streamOperator@admin"]);
    assert_eq!(roles_of(&lab, "frank"), ["stream-7-actions@admin"]);
    assert_eq!(roles_of(&lab, "alice"), ["readWrite@shop", "stream-7-actions@admin"]);
    assert!(lab.typed(line).finish().exits(0).err().contains("unchanged"));
    for (code, slip) in [
        (2, "users revoke bob --action stopStreamProcesor --yes"),
        (2, "roles update streamOperator --remove-action stopStreamProcesor --yes"),
        (5, "roles update streamOperator --remove-inherit nope --yes"),
    ] {
        let slip = lab.typed(slip).finish().exits(code);
        assert!(slip.err().contains("there is no "), "{}", slip.shown());
    }

    // Nothing is left of the one role, and the other stays.
    lab.typed("users grant bob --action dropStreamProcessor --role-name dropper --yes")
        .finish()
        .exits(0);
    lab.typed("users revoke bob --role streamDeveloper --yes").finish().exits(0);
    let last = lab.typed("users revoke bob --action dropStreamProcessor --yes").finish().exits(2);
    assert!(last.err().contains("last role"), "{}", last.shown());
    lab.typed("users grant bob --role read@shop --yes").finish().exits(0);
    lab.typed("users revoke bob --action dropStreamProcessor --yes").finish().exits(0);
    assert_eq!(roles_of(&lab, "bob"), ["read@shop"]);

    sent(&lab);
    let text = shown(
        &lab,
        &[
            (2, "users revoke dave --action stopStreamProcessor --yes"),
            (2, "users revoke erin --action stopStreamProcessor"),
            (0, "users revoke erin --action sampleStreamProcessor --dry-run"),
            (2, "users revoke erin"),
        ],
    );
    assert_snapshot!("users_revoke_action_refused", text);
    only_reads(&lab);
    // An action that an inherited built-in role brings.
    lab.typed("roles create reader --inherit readAnyDatabase --yes").finish().exits(0);
    lab.typed("users grant erin --role reader --yes").finish().exits(0);
    let line = "users revoke erin dave --role reader atlasAdmin --action stopStreamProcessor --yes";
    let both = lab.typed(line).finish();
    assert_eq!(both.code, Some(2), "dave would lose his last role: {}", both.shown());
    assert_eq!(roles_of(&lab, "erin"), ["stream-7-actions@admin"]);
}

#[test]
fn users_grant_needs_the_role_before_the_user() {
    let lab = Lab::faulty();
    let action = spctl::local::FaultAction::Status {
        status: 403,
        error_code: Some("USER_UNAUTHORIZED".to_owned()),
        retry_after: None,
    };
    let operation = Some("createGroupCustomDbRoleRole");
    lab.faults.push(spctl::local::Fault { operation, times: 1, action });
    let line = "users grant erin --action modifyStreamProcessor --yes";
    let refused = lab.typed(line).finish().exits(4);
    assert!(refused.err().contains("not started"), "{}", refused.shown());
    assert_eq!(roles_of(&lab, "erin"), ["streamOperator@admin"]);
}

#[test]
fn every_change_leaves_an_event() {
    let lab = Lab::new();
    for line in [
        "roles create spare --preset viewer --yes",
        "roles update spare --add-action dropStreamProcessor --yes",
        "users grant bob --role spare --yes",
        "users revoke bob --role spare --yes",
        "roles delete spare --yes",
        "users create zoe --role streamViewer --generate-password --yes",
        "users delete zoe --yes",
    ] {
        lab.typed(line).finish().exits(0);
    }
    let text = |event: &Value, key: &str| event[key].as_str().unwrap_or("-").to_owned();
    let events = lab.events();
    let events: Vec<String> = events
        .iter()
        .map(|e| format!("{} {}", text(e, "eventTypeName"), text(e, "dbUserUsername")))
        .filter(|event| event.starts_with("MONGODB_"))
        .collect();
    assert_eq!(
        events,
        [
            "MONGODB_ROLE_ADDED -",
            "MONGODB_ROLE_UPDATED -",
            "MONGODB_USER_UPDATED bob",
            "MONGODB_USER_UPDATED bob",
            "MONGODB_ROLE_DELETED -",
            "MONGODB_USER_ADDED zoe",
            "MONGODB_USER_DELETED zoe",
        ]
    );
}

#[test]
fn a_role_is_found_by_the_name_that_a_user_s_roles_show() {
    let lab = Lab::ticking();
    for line in [
        "roles get streamViewer@admin -q",
        "roles used-by streamViewer@admin streamViewer --noun users",
        "roles update streamViewer@admin --add-action dropStreamProcessor --dry-run",
        "roles clone streamViewer@admin copy --dry-run",
    ] {
        let shown = lab.typed(line).finish().exits(0);
        let plain = lab.typed(&line.replacen("@admin", "", 1)).finish().exits(0);
        assert_eq!((shown.out(), shown.err()), (plain.out(), plain.err()), "{line}");
    }
    lab.typed("roles clone streamViewer copy --yes").finish().exits(0);
    lab.typed("roles delete copy@admin copy --yes").finish().exits(0);
    let other = lab.typed("roles used-by readWrite@shop").finish().exits(5);
    assert!(other.err().contains("did you mean readWrite?"), "{}", other.shown());
}

#[test]
fn a_role_is_used_where_its_project_s_clusters_are() {
    let lab = Lab::ticking();
    let staging = "--project shop-staging";
    lab.typed(&format!("roles create xp --action FIND@a.b {staging} --yes")).finish().exits(0);
    lab.typed("roles create xp --action FIND@z.z --yes").finish().exits(0);
    let create = "connections create cross --instance orders --cluster staging-main \
                  --cluster-project shop-staging --execute-as xp --yes --wait";
    lab.typed(create).finish().exits(0);
    // The namesake of this project is free; the other project's is not, as the API says.
    let used = lab.typed("roles used-by xp").finish().exits(0);
    assert!(used.stdout.is_empty(), "{}", used.shown());
    lab.typed("roles delete xp --yes").finish().exits(0);
    let kept = lab.typed(&format!("roles delete xp {staging} --yes")).finish().exits(6);
    assert!(kept.err().contains("connection orders/cross of project shop"), "{}", kept.shown());
    // Whatever tells who uses a role tells of the same uses.
    let cross = "orders/cross of project shop";
    let used = lab.typed(&format!("roles used-by xp {staging}")).finish().exits(0);
    assert_eq!(used.out(), format!("xp\tconnection\t{cross}\t\n"));
    let names = lab.typed(&format!("roles used-by xp --noun connections -q {staging}")).finish();
    assert_eq!(names.out(), format!("{cross}\n"));
    let users = lab.typed(&format!("roles used-by xp --noun users {staging}")).finish().exits(0);
    assert!(users.stdout.is_empty(), "{}", users.shown());
    let gains = format!("roles update xp --add-action INSERT@a.b --dry-run {staging}");
    let gains = lab.typed(&gains).finish().exits(0);
    assert!(gains.err().contains(&format!("affects:  connection {cross}\n")), "{}", gains.shown());

    lab.typed("roles create spare --action FIND@a.b --yes").finish().exits(0);
    let add = "connections failover add shop --instance orders --region us-east-2 \
               --execute-as spare --yes --wait";
    lab.typed(add).finish().exits(0);
    let used = lab.typed("roles used-by spare").finish().exits(0);
    assert!(used.out().contains("orders/shop (failover OHIO_USA)"), "{}", used.shown());
    let kept = lab.typed("roles delete spare --yes").finish().exits(6);
    assert!(kept.err().contains("hint: "), "{}", kept.shown());
}

#[test]
fn who_may_change_roles_need_not_see_connections() {
    let lab = Lab::new();
    lab.typed("roles create unused --action FIND@a.b --yes").finish().exits(0);
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_DATABASE_ACCESS_ADMIN");
    let used = lab.with_key(&key, ["roles", "used-by", "streamOperator"]).finish().exits(0);
    assert!(used.out().contains("\talice\t"), "{}", used.shown());
    assert!(used.err().contains("warning: connections"), "{}", used.shown());
    lab.with_key(&key, ["roles", "delete", "unused", "--yes"]).finish().exits(0);
}

#[test]
fn what_is_inherited_through_a_role_that_is_not_understood_is_inherited() {
    // No document knows yet what a later version of the API may say.
    let lab = Lab::faulty();
    for role in [
        "odd --inherit dbAdminAnyDatabase --action FIND@a.b",
        "far --inherit odd",
        "ring --inherit far",
    ] {
        lab.typed(&format!("roles create {role} --yes")).finish().exits(0);
    }
    let user = "users create ringbearer --role ring --generate-password --yes";
    lab.typed(user).finish().exits(0);
    let store = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    let set = "UPDATE resources SET doc = json_set(doc, ?1, json(?2)) \
               WHERE kind = 'custom_role' AND key = ?3";
    let until = ("$.actions[0].resources[0].until", "\"tomorrow\"", "odd");
    assert_eq!(store.execute(set, until).unwrap(), 1);
    // A circle, which the API would refuse.
    let circle = r#"[{"db":"admin","role":"odd"},{"db":"admin","role":"ring"}]"#;
    assert_eq!(store.execute(set, ("$.inheritedRoles", circle, "far")).unwrap(), 1);
    drop(store);
    let used = lab.typed("roles used-by dbAdminAnyDatabase -o csv").finish().exits(0);
    let role = "dbAdminAnyDatabase";
    let wanted = format!(
        "role,used-by,name,through\n{role},user,ringbearer,ring\n{role},role,odd,\n\
         {role},role,far,odd\n{role},role,ring,far\n"
    );
    assert_eq!(used.out(), wanted);
    let line = "connections execute-as shop ring --instance orders --yes";
    let refused = lab.typed(line).finish().exits(2);
    let way = "ring is an administrator's role, through dbAdminAnyDatabase";
    assert!(refused.err().contains(way), "{}", refused.shown());
    // What the odd role says beyond that is not guessed at.
    let line = "users revoke ringbearer --action VALIDATE@shop --yes";
    let refused = lab.typed(line).finish().exits(2);
    let doubt = "cannot tell whether VALIDATE@shop would still be possible: ringbearer -> \
                 ring@admin -> far@admin -> odd@admin, which this program does not";
    assert!(refused.err().contains(doubt), "{}", refused.shown());
    let inherits = lab.typed("roles update odd --add-inherit ring --yes").finish().exits(1);
    assert!(inherits.err().contains("it is left unchanged"), "{}", inherits.shown());
}
