//! Policies of any content: written and read again they are the same, byte for byte.

mod faults;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::*;
use crate::privileges::project::Unseen;
use crate::privileges::scopes::{Scope, ScopeKind};

/// Texts that a careless writer of YAML would change.
fn text() -> impl Strategy<Value = String> {
    let odd = [
        "",
        "no",
        "~",
        "null",
        "1e3",
        "0x1f",
        "010",
        "1_000",
        "-",
        "- a",
        "a: b",
        "#c",
        "'",
        "\"",
        "|",
        ">",
        "%a",
        "@a",
        "`",
        "&a",
        "*a",
        "!a",
        "{",
        "[a]",
        "a\nb",
        " a ",
        "a\n",
        "\ta",
        "=",
        "<<",
        ".inf",
        "2026-11-30T08:00:00Z",
        "12:30:45",
        "\u{feff}a",
        "é\u{301}",
        "\u{1f980}",
        "a\u{7f}\u{1b}b",
        "\r\n",
        "true",
        "\\",
        "a\u{2028}b",
        "---",
        "...",
        "? a",
    ];
    prop_oneof![
        prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        "[a-zA-Z0-9 .:#'\"{}\\[\\],&*!|>%@`\\n-]{0,30}",
        any::<String>(),
        "[a-z]{90,300}",
    ]
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[a-zA-Z0-9-]{1,8}", 0..5).prop_map(|set| set.into_iter().collect())
}

fn documents() -> impl Strategy<Value = Policy> {
    let user = (text(), any::<bool>(), names(), names(), text(), text()).prop_map(
        |(name, is_external, roles, scopes, about, label)| {
            let role = |role| json!({"roleName": role, "databaseName": "admin"});
            let scope = |name| json!({"type": "STREAM", "name": name});
            json!({
                "databaseName": if is_external { "$external" } else { "admin" }, "username": name,
                "roles": roles.into_iter().map(role).collect::<Vec<_>>(), "links": [],
                "scopes": scopes.into_iter().map(scope).collect::<Vec<_>>(),
                "description": about, "labels": [{"key": label, "value": ""}], "groupId": "g",
                "ldapAuthType": "NONE", "deleteAfterDate": null,
            })
        },
    );
    let role = (text(), names()).prop_map(|(name, inherited)| {
        let inherited = inherited.iter().map(|role| json!({"role": role, "db": "admin"}));
        json!({
            "roleName": name, "inheritedRoles": inherited.collect::<Vec<_>>(),
            "actions": [{"action": "FIND", "resources": [{"db": name, "collection": ""}]}],
        })
    });
    let connection = (text(), text(), any::<bool>()).prop_map(|(name, value, has_key)| {
        let mut connection = json!({
            "name": name, "type": "Kafka", "id": "x", "state": "READY",
            "authentication": {"mechanism": "PLAIN", "username": value},
            "config": {"a": value, "sasl.jaas.config": value},
        });
        if has_key {
            connection["headers"] = json!({"X": value, "x-y": "z"});
            connection["url"] = "https://u:p@host.example/in".into();
        }
        connection
    });
    let processor = (text(), text()).prop_map(|(name, value)| {
        json!({
            "name": name, "stats": {"n": 1}, "state": "STARTED",
            "pipeline": [{"$sort": {"z": 1, "a": value, "m": null}}, {"$match": {"x": [2.5, true]}}],
        })
    });
    let instance = (
        text(),
        prop::option::of(prop::collection::vec(connection, 0..4)),
        prop::option::of(prop::collection::vec(processor, 0..3)),
    )
        .prop_map(|(name, connections, processors)| Instance {
            document: json!({"name": name, "_id": "1", "hostnames": ["h"]}),
            connections,
            processors,
        });
    (
        prop::option::of(prop::collection::vec(user, 0..6)),
        prop::option::of(prop::collection::vec(role, 0..4)),
        prop::option::of(prop::collection::vec(instance, 0..4)),
        prop::option::of(names()),
        prop::collection::vec(text(), 0..2),
        prop::option::of(0_i64..4_000_000_000),
    )
        .prop_map(|(users, roles, instances, clusters, unseen, taken)| {
            let mut policy = Policy::default();
            policy.project = Named { id: "a".repeat(24), name: "shop".to_owned() };
            policy.taken = taken.map(|second| Timestamp::from_second(second).unwrap());
            let kind = |key| kind(key).unwrap();
            users.into_iter().for_each(|list| policy.set(kind("users"), list));
            roles.into_iter().for_each(|list| policy.set(kind("roles"), list));
            instances.into_iter().for_each(|list| policy.set_instances(list));
            let clusters = clusters.map(|list| list.into_iter().map(Value::String));
            clusters.into_iter().for_each(|list| policy.set(kind("clusters"), list));
            let unseen = unseen.into_iter().map(|what| Unseen { what, why: "because".to_owned() });
            policy.unseen = unseen.collect();
            policy
        })
}

/// The same document with the elements of its lists and the keys of its objects in another order,
/// but for pipelines.
fn shuffled(value: Value, order: &[Index]) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            let by = order[fields.len() % order.len()].index(fields.len().max(1));
            fields.rotate_left(by);
            let each = fields.into_iter().map(|(key, value)| match key.as_str() {
                "pipeline" => (key, value),
                _ => (key, shuffled(value, order)),
            });
            Value::Object(each.collect())
        }
        Value::Array(mut items) => {
            let by = order[items.len() % order.len()].index(items.len().max(1));
            items.rotate_left(by);
            Value::Array(items.into_iter().map(|item| shuffled(item, order)).collect())
        }
        value => value,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_written_is_read_again(policy in documents()) {
        let document = policy.value();
        for text in [yaml(&document).unwrap(), document.to_string(), format!("{document:#}")] {
            let read = parse(&text).map_err(|broken| TestCaseError::fail(format!("{broken:?}\n{text}")))?;
            prop_assert_eq!(&read, &document, "{}", text);
            let again = Policy::read(read).map_err(|faults| TestCaseError::fail(format!("{faults:?}")))?;
            prop_assert_eq!(&again, &policy);
            prop_assert!(differences(&policy, &again).objects.is_empty());
            prop_assert_eq!(yaml(&again.value()).unwrap(), yaml(&document).unwrap());
        }
    }

    #[test]
    fn order_says_nothing(policy in documents(), order in prop::collection::vec(any::<Index>(), 7)) {
        // Of two of one name the last would win: which that is, is a fault of its own.
        prop_assume!(!check(&policy.value()).iter().any(|fault| fault.message.contains("twice")));
        let mut document = policy.value();
        let unseen = document["unseen"].take();
        let mut other = shuffled(document, &order);
        other["unseen"] = unseen;
        let other = Policy::read(other).unwrap();
        prop_assert_eq!(other.value(), policy.value());
    }

    #[test]
    fn no_secret_is_written(policy in documents()) {
        let text = yaml(&policy.value()).unwrap();
        prop_assert!(!text.contains("u:p@"), "{}", text);
        for instance in policy.instances.iter().flatten() {
            for connection in instance.connections.iter().flatten() {
                let is_reference = |value: &Value| value[REFERENCE].is_string();
                prop_assert!(is_reference(&connection["config"]["sasl.jaas.config"]));
                prop_assert!(is_reference(&connection["authentication"]["password"]));
                if let Some(headers) = connection["headers"].as_object() {
                    prop_assert!(headers.values().all(is_reference));
                }
            }
        }
    }

    #[test]
    fn every_object_that_is_taken_away_is_a_difference(policy in documents(), at in any::<Index>()) {
        let users = policy.each("users");
        prop_assume!(!users.is_empty());
        let mut other = policy.clone();
        let gone = at.index(users.len());
        let kept = users.iter().enumerate().filter(|(index, _)| *index != gone);
        other.set(kind("users").unwrap(), kept.map(|(_, user)| user.clone()));
        let found = differences(&policy, &other).objects;
        prop_assume!(!check(&policy.value()).iter().any(|fault| fault.message.contains("twice")));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].before.as_ref(), Some(&users[gone]));
        prop_assert_eq!(differences(&other, &policy).objects.len(), 1);
        prop_assert!(differences(&policy, &policy).objects.is_empty());
    }
}

#[test]
fn a_policy_is_the_project_that_it_describes() {
    let document = parse(
        "spctlPolicy: 1
project: {id: p1, name: shop}
taken: 2026-11-28T00:00:00Z
users:
- {username: alice, databaseName: admin, roles: [{roleName: ops, databaseName: admin}],
   scopes: [{type: STREAM, name: orders}], deleteAfterDate: 2026-11-30T00:00:00Z, x509Type: CUSTOMER,
   labels: [{key: a, value: b}]}
roles:
- {roleName: ops, inheritedRoles: [{role: read, db: shop}]}
instances:
- name: orders
  dataProcessRegion: {cloudProvider: AWS, region: VIRGINIA_USA}
  connections:
  - {name: shop, type: Cluster, clusterName: main, clusterGroupId: p2,
     dbRoleToExecute: {role: readAnyDatabase, type: BUILT_IN}}
  processors: [{name: copy, state: STARTED, pipeline: [{$source: {connectionName: shop}}]}]
- name: empty
clusters: [main]
members:
- {username: pat@example.com, roles: [GROUP_OWNER], orgRoles: [ORG_MEMBER], teamIds: [t1],
   inheritedRoles: [GROUP_READ_ONLY]}
- {username: nia@example.com, orgMembershipStatus: PENDING, invitationExpiresAt: 2026-12-01T00:00:00Z}
apiKeys: [{publicKey: abcd, id: k1, roles: [{groupId: p1, roleName: GROUP_OWNER}]}]
serviceAccounts: [{clientId: mdb_sa_id_1, roles: [GROUP_READ_ONLY]}]
accessList: [{ipAddress: 192.0.2.1, cidrBlock: 192.0.2.1/32, comment: office}]
unseen: [{what: VPC peerings, why: not permitted}]
",
    )
    .unwrap();
    let project = Policy::read(document).unwrap().project();
    let alice = &project.users[0];
    assert_eq!(
        (&*alice.name, &*alice.database, &*alice.authentication),
        ("alice", "admin", "X.509")
    );
    assert_eq!(alice.roles[0].to_string(), "ops@admin");
    assert_eq!(alice.scopes, [Scope::new(ScopeKind::Stream, "orders")].into());
    assert!(alice.expires.is_some());
    assert!(project.roles.has_custom("ops") && project.roles.heirs("read")[0].role == "ops");
    let names: Vec<&str> = project.instances.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["empty", "orders"]);
    let orders = &project.instances[1];
    let connection = &orders.connections.as_ref().unwrap()[0];
    assert_eq!(connection.cluster.as_ref().unwrap().project.as_deref(), Some("p2"));
    assert_eq!(connection.executes_as.as_ref().unwrap().role, "readAnyDatabase");
    assert_eq!(orders.processors.as_ref().unwrap()[0].pipeline.len(), 1);
    assert!(project.instances[0].connections.is_none());
    assert!(project.estate.has(ScopeKind::Cluster, "main"));
    let held = |name: &str| -> Vec<String> {
        let one = project.principals.iter().find(|one| one.name == name).unwrap();
        let each = one.roles.iter();
        each.map(|held| format!("{} {}", held.role, held.team.as_deref().unwrap_or("-"))).collect()
    };
    assert_eq!(held("pat@example.com"), ["GROUP_OWNER -", "ORG_MEMBER -", "GROUP_READ_ONLY t1"]);
    assert_eq!(held("abcd"), ["GROUP_OWNER -"]);
    assert_eq!(held("mdb_sa_id_1"), ["GROUP_READ_ONLY -"]);
    assert!(project.principals.iter().any(|one| one.invited_until.is_some()));
    assert_eq!(project.access_list[0].entry, "192.0.2.1");
    let unseen: Vec<&str> = project.unseen.iter().map(|one| &*one.what).collect();
    assert_eq!(
        unseen,
        [
            "VPC peerings",
            "federated databases",
            "private links",
            "connections of empty",
            "processors of empty",
        ]
    );
}

#[test]
fn a_scope_of_an_unknown_type_restricts_all_the_same() {
    let document = parse(
        "spctlPolicy: 1
project: {id: p1, name: shop}
users:
- {username: alice, databaseName: admin, roles: [], scopes: [{type: VECTOR_STORE, name: orders}]}
instances: [{name: orders}]
clusters: []
",
    )
    .unwrap();
    assert!(check(&document).iter().all(|fault| fault.level == Level::Warning));
    let project = Policy::read(document).unwrap().project();
    let alice = &project.users[0];
    assert_eq!(alice.scopes, [Scope::new(ScopeKind::Other, "orders")].into());
    assert_eq!(alice.reach(ScopeKind::Stream, "orders"), None);
    assert!(project.estate.dangling(&alice.scopes).is_empty());
}
