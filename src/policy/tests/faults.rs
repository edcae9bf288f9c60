//! What is wrong with a policy is found, and where it is.

use super::super::*;

/// The faults of a text, as `LINE:COLUMN LEVEL KEY: MESSAGE`.
fn faults(text: &str) -> Vec<String> {
    let document = parse(text).unwrap();
    let lines = Lines::of(text);
    let shown = |fault: &Fault| {
        let (line, column) = lines.find(&fault.place).unwrap_or_default();
        let hint = fault.hint.iter().map(|hint| format!("; {hint}")).collect::<String>();
        let level = if fault.level == Level::Error { "error" } else { "warning" };
        format!("{line}:{column} {level} {}: {}{hint}", path(&fault.place), fault.message)
    };
    check(&document).iter().map(shown).collect()
}

#[track_caller]
fn finds(text: &str, wanted: &[&str]) {
    let found = faults(&format!("spctlPolicy: 1\n{text}"));
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn what_is_right_is_not_found_wrong() {
    finds("", &[]);
    finds("users: []\nroles: []\ninstances: []", &[]);
    finds(
        "users: [{username: a, databaseName: admin, scopes: [], roles: [{roleName: read, databaseName: d}]}]\nroles: []",
        &[],
    );
    // What the policy does not say, it does not contradict.
    finds(
        "users: [{username: a, databaseName: admin, scopes: [], roles: [{roleName: ops, databaseName: d}]}]",
        &[],
    );
    // What the API has learnt since.
    finds("users: [{username: a, databaseName: admin, scopes: [], colour: {of: blue}}]", &[]);
}

#[test]
fn the_shape() {
    finds("usres: []", &["2:1 error usres: usres is not known here; did you mean users?"]);
    finds("users: {}", &["2:1 error users: it is an object, and should be a list"]);
    finds(
        "taken: yesterday",
        &["2:1 error taken: \"yesterday\" is no time; write it as 2026-11-30T08:00:00Z"],
    );
    finds(
        "users:\n- username: a\n  scopes: []\n  databaseNam: admin",
        &[
            "5:3 error users[0].databaseNam: databaseNam is not known here; did you mean databaseName?",
            "3:3 error users[0]: databaseName is missing",
        ],
    );
    finds(
        "users:\n- username: 7\n  databaseName: admn\n  scopes:\n  - {name: a, type: STREEM}",
        &[
            "3:3 error users[0].username: it is a number, and should be a text",
            "4:3 error users[0].databaseName: \"admn\" is not among the known values; did you mean admin?",
            "6:15 error users[0].scopes[0].type: \"STREEM\" is not among the known values; did you mean STREAM?",
        ],
    );
    finds("clusters: [a, 1]", &["2:15 error clusters[1]: it is a number, and should be a text"]);
    assert_eq!(
        faults("spctlPolicy: 2"),
        ["1:1 error spctlPolicy: format 2 is not known, only 1 is"]
    );
    assert_eq!(
        faults("spctlpolicy: 1"),
        [
            "1:1 error : it has no spctlPolicy, so it is no policy; is spctlpolicy meant to be spctlPolicy?",
        ]
    );
    assert_eq!(faults("[]"), ["1:1 error : it is a list, and should be an object"]);
}

#[test]
fn secrets_do_not_belong_in_a_file() {
    let reference = "write {secretRef: NAME} in its place; apply asks for it";
    let wrong = |key: &str| format!("{key}: a secret does not belong in a policy; {reference}");
    let connection = |rest: &str| {
        format!("instances: [{{name: i, connections: [{{name: c, type: Kafka, {rest}}}]}}]")
    };
    for (rest, key) in [
        ("authentication: {password: hunter2}", "authentication.password"),
        ("authentication: {sslKey: x}", "authentication.sslKey"),
        ("config: {sasl.jaas.config: x}", "config.sasl.jaas.config"),
        ("url: 'https://u:p@host/'", "url"),
        ("myApiKey: x", "myApiKey"),
    ] {
        let found = faults(&format!("spctlPolicy: 1\n{}", connection(rest)));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].ends_with(&wrong(&format!("instances[0].connections[0].{key}"))),
            "{found:?}"
        );
        assert!(!found[0].contains("hunter2"));
    }
    finds(&connection("authentication: {password: {secretRef: x}}"), &[]);
    let masked = faults(&format!("spctlPolicy: 1\n{}", connection("bootstrapServers: '********'")));
    assert!(masked[0].contains("a masked value"), "{masked:?}");
}

#[test]
fn names_that_nothing_has() {
    finds(
        "users:
- username: a
  databaseName: admin
  roles: [{roleName: streamOps, databaseName: admin}, {roleName: ops, databaseName: shop}]
  scopes: [{type: STREAM, name: ordres}, {type: CLUSTER, name: any}, {type: DATA_LAKE, name: any}]
roles:
- {roleName: ops, actions: [{action: START_STREAM_PROCESSR, resources: [{cluster: true}]}]}
- {roleName: none}
instances:
- name: orders
  connections:
  - {name: one, type: Cluster, clusterName: mian, dbRoleToExecute: {role: opps, type: CUSTOM}}
  - {name: two, type: Cluster, clusterName: main, dbRoleToExecute: {role: read, type: BUILT_IN}}
  - {name: far, type: Cluster, clusterName: x, clusterGroupId: p2, dbRoleToExecute: {role: x, type: CUSTOM}}
  processors:
  - {name: p, pipeline: [{$source: {connectionName: onne}}]}
clusters: [main]
",
        &[
            "5:12 error users[0].roles[0].roleName: there is no role streamOps: neither built in nor in roles; add it to roles, or name one that is there",
            "5:71 error users[0].roles[1].databaseName: custom role ops is granted on shop, not on admin",
            "6:27 warning users[0].scopes[0].name: the scope points at nothing: there is no instance ordres; did you mean orders?",
            "6:58 warning users[0].scopes[1].name: the scope points at nothing: there is no cluster any",
            "8:30 error roles[0].actions[0].action: action START_STREAM_PROCESSR is not known; did you mean START_STREAM_PROCESSOR?",
            "9:3 error roles[1]: role none allows nothing; a role needs an action or a role that it inherits",
            "13:69 error instances[0].connections[0].dbRoleToExecute.role: it executes as opps, which is not in roles; did you mean ops?",
            "13:32 warning instances[0].connections[0].clusterName: there is no cluster mian; did you mean main?",
            "14:69 error instances[0].connections[1].dbRoleToExecute.role: connections cannot execute as read; built-in roles for it are atlasAdmin, readWriteAnyDatabase, readAnyDatabase",
            "17:5 warning instances[0].processors[0]: its pipeline uses connection onne, which is not there; did you mean one?",
        ],
    );
}

#[test]
fn circles_and_twins() {
    finds(
        "roles:
- {roleName: a, inheritedRoles: [{role: b, db: admin}]}
- {roleName: b, inheritedRoles: [{role: c, db: admin}]}
- {roleName: c, inheritedRoles: [{role: a, db: admin}]}
- {roleName: d, inheritedRoles: [{role: a, db: admin}]}
- {roleName: e, inheritedRoles: [{role: e, db: admin}]}
",
        &[
            "3:17 error roles[0].inheritedRoles: role a inherits itself: a -> b -> c -> a",
            "4:17 error roles[1].inheritedRoles: role b inherits itself: b -> c -> a -> b",
            "5:17 error roles[2].inheritedRoles: role c inherits itself: c -> a -> b -> c",
            "7:17 error roles[4].inheritedRoles: role e inherits itself: e -> e",
        ],
    );
    finds(
        "users:
- {username: a, databaseName: admin, scopes: []}
- {username: a, databaseName: $external, scopes: []}
- {username: a, databaseName: admin, scopes: []}
instances:
- {name: i, connections: [{name: c, type: Kafka}, {name: c, type: Sample}]}
clusters: [x, x]
",
        &[
            "5:3 error users[2]: database user a is there twice, here and as users[0]",
            "8:15 error clusters[1]: cluster x is there twice, here and as clusters[0]",
            "7:51 error instances[0].connections[1]: connection c is there twice, here and as connections[0]",
        ],
    );
}

#[test]
fn entries_of_the_access_list() {
    finds(
        "accessList:
- {ipAddress: 192.0.2.300}
- {cidrBlock: 10.0.0.0/33}
- {ipAddress: 192.0.2.1, cidrBlock: 192.0.2.0/24}
- {comment: nothing}
- {ipAddress: 192.0.2.1, cidrBlock: 192.0.2.1/32}
- {awsSecurityGroup: sg-1}
",
        &[
            "3:4 error accessList[0].ipAddress: \"192.0.2.300\" is no address",
            "4:4 error accessList[1].cidrBlock: \"10.0.0.0/33\" is no block of addresses",
            "5:26 error accessList[2].cidrBlock: 192.0.2.0/24 is not the address 192.0.2.1 alone",
            "6:3 error accessList[3]: the entry names no address, block or security group",
        ],
    );
}

#[test]
fn texts_that_are_no_document_say_where() {
    let broken = |text: &str| parse(text).unwrap_err();
    assert_eq!(broken("a: 1\nb: [1\nc: 2\n").at.map(|(line, _)| line), Some(3));
    assert_eq!(broken("{\"a\": 1,\n \"a\": 2}").why, "\"a\" is given more than once");
    assert_eq!(broken("a: 1\na: 2").why, "the key a is there twice");
    assert!(parse(&"[".repeat(600)).is_err());
    assert!(parse(&format!("a: {}", "[".repeat(200))).is_err());
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    assert!(parse(bomb).is_err());
}
