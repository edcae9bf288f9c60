//! What a policy changes beside users, roles and entries: people's roles, execute-as, instances. And
//! what is not done without a word, though somebody says yes.

use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction};

use crate::policy_apply::{apply, changes, document, export, named, remove, write};
use crate::support::Lab;
use crate::terminal::Terminal;

fn project(policy: &Value) -> String {
    policy["project"]["name"].as_str().unwrap().to_owned()
}

fn roles_of(policy: &mut Value, person: &str) -> Vec<String> {
    let roles = named(policy, "members", "username", person)["roles"].clone();
    let mut roles: Vec<String> = serde_json::from_value(roles).unwrap();
    roles.sort();
    roles
}

fn connection<'a>(policy: &'a mut Value, instance: &str, name: &str) -> &'a mut Value {
    let of_instance = named(policy, "instances", "name", instance);
    named(of_instance, "connections", "name", name)
}

fn reader() -> Value {
    json!({
        "roleName": "ordersReader",
        "actions": [{"action": "FIND", "resources": [{"db": "shop", "collection": "orders"}]}],
        "inheritedRoles": [],
    })
}

#[test]
fn people_gain_before_they_lose_and_get_it_back() {
    let lab = Lab::new();
    let before = export(&lab, "");
    let mut policy = document(&lab);
    named(&mut policy, "members", "username", "sam@example.com")["roles"] =
        json!(["GROUP_READ_ONLY", "GROUP_STREAM_PROCESSING_MANAGER"]);
    named(&mut policy, "members", "username", "dana@example.com")["roles"] =
        json!(["GROUP_READ_ONLY"]);
    remove(&mut policy, "members", "username", "robin@example.com");
    write(&lab, &policy);
    lab.requests();
    // A token may be anybody's, and a yes is no word.
    let word = apply(&lab, "--prune --yes").exits(2);
    let cannot = "whether you are one of them cannot be told from an access token";
    assert!(word.err().contains(cannot), "{}", word.shown());
    let confirm = format!("--confirm {}", project(&policy));
    assert!(word.err().contains(&confirm), "{}", word.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    let done = apply(&lab, &format!("--prune --yes --record r.json {confirm}")).exits(0);
    let sent = changes(&lab);
    let all = |what: &str| -> Vec<usize> {
        let found = sent.iter().enumerate().filter(|(_, request)| request.contains(what));
        found.map(|(at, _)| at).collect()
    };
    let (added, removed) = (all(":addRole"), all(":removeRole"));
    assert_eq!((added.len(), removed.len()), (2, 2), "{sent:#?}");
    assert!(added.iter().max() < removed.iter().min(), "{sent:#?}");
    assert_eq!(all("DELETE ").len(), 1, "{sent:#?}");
    assert!(done.err().contains("granted roles to project member sam@example.com"));
    let mut then = document(&lab);
    let sams = ["GROUP_READ_ONLY", "GROUP_STREAM_PROCESSING_MANAGER"];
    assert_eq!(roles_of(&mut then, "sam@example.com"), sams);
    assert_eq!(roles_of(&mut then, "dana@example.com"), ["GROUP_READ_ONLY"]);
    assert!(apply(&lab, "--prune --yes").exits(0).err().contains("unchanged"));

    lab.typed("policy rollback r.json --yes").finish().exits(0);
    let mut back = document(&lab);
    assert_eq!(roles_of(&mut back, "sam@example.com"), ["GROUP_STREAM_PROCESSING_OWNER"]);
    assert_eq!(roles_of(&mut back, "robin@example.com"), ["GROUP_READ_ONLY"]);
    assert_eq!(export(&lab, ""), before);
}

#[test]
fn an_existing_connection_executes_as_a_role_of_the_same_policy() {
    let lab = Lab::new();
    let before = export(&lab, "");
    let mut policy = document(&lab);
    policy["roles"].as_array_mut().unwrap().push(reader());
    connection(&mut policy, "orders", "shop")["dbRoleToExecute"] =
        json!({"role": "ordersReader", "type": "CUSTOM"});
    // No policy owns anything else of a connection that is there.
    connection(&mut policy, "orders", "ledger-read")["clusterName"] = "shop-main".into();
    write(&lab, &policy);
    lab.requests();
    let done = apply(&lab, "--yes --record r.json").exits(0);
    assert!(done.err().contains("ordersWriter -> ordersReader"), "{}", done.shown());
    let sent = changes(&lab);
    let [created, changed] = &sent[..] else { panic!("{sent:#?}") };
    assert!(created.contains("/customDBRoles/roles"), "{sent:#?}");
    assert!(changed.starts_with("PATCH ") && changed.ends_with("/connections/shop"), "{sent:#?}");
    let mut then = document(&lab);
    let executes = &connection(&mut then, "orders", "shop")["dbRoleToExecute"];
    assert_eq!(executes["role"], "ordersReader");
    // The connection lets go of the role before that is deleted.
    lab.typed("policy rollback r.json --yes").finish().exits(0);
    assert_eq!(export(&lab, ""), before);
}

#[test]
fn an_instance_goes_with_a_rollback_unless_something_is_in_it_since() {
    let lab = Lab::new();
    let before = export(&lab, "");
    let mut policy = document(&lab);
    let mut fresh = named(&mut policy, "instances", "name", "orders").clone();
    fresh["name"] = "fresh".into();
    fresh["processors"] = json!([]);
    fresh["connections"].as_array_mut().unwrap().retain(|one| one["name"] == "shop");
    policy["instances"].as_array_mut().unwrap().push(fresh);
    named(&mut policy, "users", "username", "alice")["scopes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "fresh", "type": "STREAM"}));
    write(&lab, &policy);
    lab.requests();
    apply(&lab, "--yes --record r.json").exits(0);
    assert_eq!(changes(&lab).len(), 3);
    assert!(apply(&lab, "--yes").exits(0).err().contains("unchanged"));

    let sample = "connections create sample_stream_solar --type Sample --instance fresh --yes";
    lab.typed(sample).finish().exits(0);
    lab.requests();
    let refused = lab.typed("policy rollback r.json --yes").finish().exits(6);
    assert!(
        refused.err().contains("instance fresh was changed again since"),
        "{}",
        refused.shown()
    );
    assert_eq!(changes(&lab), Vec::<String>::new());
    lab.typed("connections delete sample_stream_solar --instance fresh --yes").finish().exits(0);
    lab.requests();
    lab.typed("policy rollback r.json --yes").finish().exits(0);
    let sent = changes(&lab);
    let gone = |what: &str| sent.iter().position(|request| request.ends_with(what)).unwrap();
    assert!(gone("/connections/shop") < gone("/streams/fresh"), "{sent:#?}");
    assert_eq!(export(&lab, ""), before);
}

#[test]
fn a_new_connection_goes_before_the_new_role_that_it_executes_as() {
    // A connection is there for a second after its deletion was accepted.
    let lab = Lab::ticking();
    let before = export(&lab, "");
    let mut policy = document(&lab);
    policy["roles"].as_array_mut().unwrap().push(reader());
    let orders = named(&mut policy, "instances", "name", "orders");
    let mut reads = named(orders, "connections", "name", "shop").clone();
    reads["name"] = "shop-read".into();
    reads["dbRoleToExecute"] = json!({"role": "ordersReader", "type": "CUSTOM"});
    orders["connections"].as_array_mut().unwrap().push(reads);
    write(&lab, &policy);
    apply(&lab, "--yes --record r.json").exits(0);
    lab.typed("policy rollback r.json --yes").finish().exits(0);
    assert_eq!(export(&lab, ""), before);
}

#[test]
fn on_a_terminal_the_danger_is_said_and_the_word_typed() {
    let lab = Lab::new();
    let mut policy = document(&lab);
    for user in policy["users"].as_array_mut().unwrap() {
        for role in user["roles"].as_array_mut().unwrap() {
            if role["roleName"] == "atlasAdmin" {
                role["roleName"] = "readAnyDatabase".into();
            }
        }
    }
    write(&lab, &policy);
    let word = project(&policy);
    let question = format!("type {word} to go on");
    lab.requests();
    let begin = || {
        let mut terminal = Terminal::start(&lab.typed("policy apply wanted.json"));
        terminal.sees("no database user would administer").sees(&question);
        terminal
    };
    let mut terminal = begin();
    terminal.answers("yes");
    let screen = terminal.ends(2);
    assert!(screen.contains("this needs the project's name in full"), "{screen}");
    // The word is no yes, either.
    let mut terminal = begin();
    terminal.answers(&word).sees("[y/N]").answers("n");
    terminal.ends(2);
    assert_eq!(changes(&lab), Vec::<String>::new());
    let mut terminal = begin();
    terminal.answers(&word).sees("[y/N]").answers("y");
    let screen = terminal.ends(0);
    assert_eq!(screen.matches("no database user would administer").count(), 1, "{screen}");
    assert_eq!(changes(&lab).len(), 1);
}

#[test]
fn whoever_would_lose_the_own_address_needs_the_word() {
    let lab = Lab::faulty();
    lab.typed("access-lists add --current-ip --comment mine --yes").finish().exits(0);
    let mut policy = document(&lab);
    remove(&mut policy, "accessList", "comment", "mine");
    write(&lab, &policy);
    lab.requests();
    let refused = apply(&lab, "--prune --yes").exits(2);
    assert!(refused.err().contains("this would lock you out"), "{}", refused.shown());
    // Another entry that lets it in is as good.
    let list = policy["accessList"].as_array_mut().unwrap();
    list.push(json!({"cidrBlock": "127.0.0.0/8", "comment": "all of it"}));
    write(&lab, &policy);
    apply(&lab, "--prune --dry-run").exits(0);
    assert_eq!(changes(&lab), Vec::<String>::new());
    // What cannot be told counts as yes.
    let untold = FaultAction::Status { status: 404, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some("ipinfo"), times: 1, action: untold });
    let refused = apply(&lab, "--prune --yes").exits(2);
    assert!(refused.err().contains("cannot be told"), "{}", refused.shown());
    remove(&mut policy, "accessList", "comment", "all of it");
    write(&lab, &policy);
    assert_eq!(changes(&lab), Vec::<String>::new());
    apply(&lab, &format!("--prune --yes --confirm {}", project(&policy))).exits(0);
    assert_eq!(changes(&lab).len(), 1);
}

#[test]
fn a_scope_of_an_unknown_type_is_exported_compared_and_applied() {
    let lab = Lab::faulty();
    let list = lab.typed("api GET groups/{project}/databaseUsers").finish().exits(0).json();
    let mut users = list["results"].as_array().unwrap().iter();
    let mut zed = users.find(|user| user["username"] == "bob").unwrap().clone();
    zed["username"] = "zed".into();
    // One of them looks like a misspelling, and is none.
    zed["scopes"] = json!([{"name": "a", "type": "STREAMS"}, {"name": "b", "type": "VAULT"}]);
    lab.add("database_user", lab.project(), "admin/zed", &zed);
    let exported = export(&lab, "");
    assert!(exported.contains("STREAMS") && exported.contains("VAULT"), "{exported}");
    std::fs::write(lab.file("wanted.json"), &exported).unwrap();
    let same = lab.typed("policy diff wanted.json").finish().exits(0);
    let warning = "\"STREAMS\" is not among the known values; did you mean STREAM?";
    assert!(same.err().contains(warning), "{}", same.shown());
    lab.requests();
    let applied = apply(&lab, "--prune --yes").exits(0);
    assert!(applied.err().contains("unchanged"), "{}", applied.shown());
    assert_eq!(changes(&lab), Vec::<String>::new());
    // It restricts all the same.
    let line = "privileges check not-granted wanted.json --action get --instance orders --to zed";
    lab.typed(line).finish().exits(0);
}
