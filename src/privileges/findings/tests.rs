//! A golden project for every rule: one that has what it finds, and ones that nearly have it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::*;
use crate::privileges::definition::Definition;
use crate::privileges::graph::GrantedRole;
use crate::privileges::project::*;
use crate::privileges::scopes::{Scope, ScopeKind};

fn now() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn days(days: i64) -> Timestamp {
    now().checked_add(SignedDuration::from_hours(24 * days)).unwrap()
}

fn role(name: &str, actions: &[&str], inherits: &[&str]) -> (String, Definition) {
    let permissions = actions.iter().map(|action| action.parse().unwrap()).collect();
    let inherits = inherits.iter().map(|role| ((*role).to_owned(), "admin".to_owned())).collect();
    (name.to_owned(), Definition { permissions, inherits })
}

fn user(name: &str, roles: &[&str], scopes: &[(ScopeKind, &str)]) -> DatabaseUser {
    DatabaseUser {
        name: name.to_owned(),
        database: "admin".to_owned(),
        roles: roles.iter().map(|role| GrantedRole::on_admin(*role)).collect(),
        scopes: scopes.iter().map(|(kind, name)| Scope::new(*kind, *name)).collect(),
        authentication: "SCRAM".to_owned(),
        ..DatabaseUser::default()
    }
}

fn kafka(name: &str, username: &str, brokers: &str) -> Connection {
    Connection {
        name: name.to_owned(),
        kind: "Kafka".to_owned(),
        document: json!({
            "authentication": {"mechanism": "SCRAM-512", "username": username},
            "bootstrapServers": brokers,
            "name": name,
            "security": {"protocol": "SASL_SSL"},
            "type": "Kafka",
        }),
        ..Connection::default()
    }
}

fn cluster(name: &str, on: &str, executes_as: Option<&str>) -> Connection {
    Connection {
        name: name.to_owned(),
        kind: "Cluster".to_owned(),
        cluster: Some(Cluster { name: on.to_owned(), project: None }),
        executes_as: executes_as.map(GrantedRole::on_admin),
        document: json!({"clusterName": on, "name": name, "type": "Cluster"}),
    }
}

fn processor(name: &str, pipeline: Value, options: Value) -> Processor {
    Processor {
        name: name.to_owned(),
        state: "STARTED".to_owned(),
        pipeline: pipeline.as_array().unwrap().clone(),
        document: json!({"name": name, "options": options}),
    }
}

fn entry(entry: &str, comment: &str) -> AccessEntry {
    AccessEntry { entry: entry.to_owned(), comment: Some(comment.to_owned()), expires: None }
}

fn person(name: &str, roles: &[&str]) -> Principal {
    let role = |role: &&str| PrincipalRole { role: (*role).to_owned(), team: None };
    Principal {
        name: name.to_owned(),
        id: format!("id-of-{name}"),
        roles: roles.iter().map(role).collect(),
        ..Principal::default()
    }
}

const ORDERS: (ScopeKind, &str) = (ScopeKind::Stream, "orders");
const SHOP: (ScopeKind, &str) = (ScopeKind::Cluster, "shop");

/// A project in which there is nothing to find.
fn clean() -> Project {
    let merge = json!([
        {"$source": {"connectionName": "events", "topic": "orders"}},
        {"$merge": {"into": {"connectionName": "shop", "db": "shop", "coll": "orders"}}},
    ]);
    let mut project = Project {
        id: "6927aaaaaaaaaaaaaaaaaaaa".to_owned(),
        name: "shop".to_owned(),
        taken: now(),
        users: vec![
            user("alice", &["operator"], &[ORDERS]),
            user("bob", &["readAnyDatabase"], &[SHOP]),
        ],
        instances: vec![Instance {
            name: "orders".to_owned(),
            region: ("AWS".to_owned(), "VIRGINIA_USA".to_owned()),
            connections: Some(vec![
                kafka("events", "atlas", "b-1.kafka.example:9196"),
                cluster("shop", "shop", Some("writer")),
            ]),
            processors: Some(vec![processor("totals", merge, json!({}))]),
        }],
        principals: vec![
            person("olivia@example.com", &["ORG_OWNER"]),
            person("sam@example.com", &["GROUP_STREAM_PROCESSING_OWNER"]),
        ],
        access_list: vec![entry("203.0.113.0/24", "office")],
        ..Project::default()
    };
    for (name, definition) in [
        role("operator", &["startStreamProcessor", "stopStreamProcessor"], &[]),
        role("writer", &["INSERT@shop.orders", "UPDATE@shop.orders"], &[]),
    ] {
        project.roles.insert(&name, definition);
    }
    project.estate.things =
        [ORDERS, SHOP].into_iter().map(|(kind, name)| Scope::new(kind, name)).collect();
    project
}

/// Everything known beside it, and nothing remarkable in it.
fn facts() -> Facts {
    let seen = [("admin.alice".to_owned(), days(-1))];
    Facts {
        log: Ok(LastSeen { begins: Some(days(-60)), users: seen.into(), ..LastSeen::default() }),
        events: Ok(Deeds { since: days(-30), ..Deeds::default() }),
        ..Facts::at(now())
    }
}

/// What is done to a clean project, and beside it.
type Change = fn(&mut Project, &mut Facts);

fn found(change: Change) -> Vec<(&'static str, Severity, String)> {
    let (mut project, mut facts) = (clean(), facts());
    change(&mut project, &mut facts);
    let found = lint(&project, &facts).findings;
    let told = found.iter().map(|one| (one.rule.id, one.severity, one.object.to_string()));
    told.collect()
}

fn connections(project: &mut Project) -> &mut Vec<Connection> {
    project.instances[0].connections.as_mut().unwrap()
}

fn grant(project: &mut Project, name: &str, actions: &[&str], inherits: &[&str]) {
    let (name, definition) = role(name, actions, inherits);
    project.roles.insert(&name, definition);
    project.users[0].roles.push(GrantedRole::on_admin(name));
}

/// A certificate that ends then.
fn certificate(end: (i32, u8, u8)) -> String {
    let mut params = rcgen::CertificateParams::new(["broker.example".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(end.0, end.1, end.2);
    params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem()
}

fn made(by: &str) -> Deed {
    Deed { kind: "MONGODB_USER_ADDED".to_owned(), at: Some(days(-3)), by: by.to_owned() }
}

/// The rule, what has it, and what nearly has it.
const GOLDEN: &[(&str, Change, &[Change])] = &[
    (
        "SP101",
        |project, _| project.users[0].scopes.clear(),
        &[
            |project, _| project.users[0].scopes = [Scope::new(SHOP.0, SHOP.1)].into(),
            // No role of it does anything on an instance.
            |project, _| project.users[0] = user("alice", &["read"], &[]),
        ],
    ),
    (
        "SP102",
        |project, _| grant(project, "lead", &[], &["atlasAdmin"]),
        &[|project, _| {
            grant(project, "lead", &["dropStreamProcessor"], &["readWriteAnyDatabase"]);
            // What it reaches through connections it holds itself.
            project.users[0].scopes.insert(Scope::new(SHOP.0, SHOP.1));
        }],
    ),
    (
        "SP103",
        |project, _| {
            let (name, definition) = role("root", &[], &["atlasAdmin"]);
            project.roles.insert(&name, definition);
            connections(project)[1] = cluster("shop", "shop", Some("root"));
            project.roles.custom.remove("writer");
        },
        &[
            |project, _| {
                connections(project).push(cluster("copy", "shop", Some("readWriteAnyDatabase")));
            },
            // A role of that name in another project is not this project's.
            |project, _| {
                grant(project, "elsewhere", &[], &["readAnyDatabase"]);
                let mut other = cluster("other", "far", Some("elsewhere"));
                other.cluster.as_mut().unwrap().project = Some("another".to_owned());
                connections(project).push(other);
            },
        ],
    ),
    (
        "SP104",
        |project, _| connections(project).push(cluster("bare", "shop", None)),
        &[|project, _| {
            let lambda = Connection {
                name: "mailer".to_owned(),
                kind: "AWSLambda".to_owned(),
                document: json!({"aws": {"roleArn": "arn:aws:iam::111122223333:role/a"}}),
                ..Connection::default()
            };
            connections(project).push(lambda);
        }],
    ),
    (
        "SP105",
        |project, _| grant(project, "author", &["createStreamProcessor"], &[]),
        &[
            |project, _| {
                grant(project, "author", &["createStreamProcessor"], &["writer"]);
                project.users[0].scopes.insert(Scope::new(SHOP.0, SHOP.1));
            },
            // What the log shows is its work.
            |project, facts| {
                grant(project, "author", &["createStreamProcessor"], &[]);
                let works = ("admin.alice".to_owned(), ["orders".to_owned()].into());
                facts.log.as_mut().unwrap().writers.extend([works]);
            },
            // Starting what others wrote decides nothing.
            |project, _| grant(project, "hand", &["startStreamProcessor"], &[]),
            |project, _| {
                grant(project, "author", &["modifyStreamProcessor"], &[]);
                project.instances[0].connections = Some(vec![kafka("events", "atlas", "b:1")]);
                project.instances[0].processors = None;
                project.roles.custom.remove("writer");
            },
        ],
    ),
    (
        "SP106",
        |project, _| project.principals.push(person("pat@example.com", &["GROUP_OWNER"])),
        &[
            |project, facts| {
                project.principals.push(person("pat@example.com", &["GROUP_OWNER"]));
                let done = [("pat@example.com".to_owned(), made("pat@example.com"))].into();
                facts.events.as_mut().unwrap().beyond_streams = done;
            },
            // Somebody has to own the project.
            |project, _| project.principals = vec![person("pat@example.com", &["GROUP_OWNER"])],
            |project, _| {
                let mut pat = person("pat@example.com", &["GROUP_OWNER"]);
                pat.roles[0].team = Some("leads".to_owned());
                project.principals.push(pat);
            },
        ],
    ),
    (
        "SP107",
        |project, _| {
            let (name, definition) = role("writer", &["INSERT@shop", "UPDATE@shop.orders"], &[]);
            project.roles.insert(&name, definition);
        },
        &[
            // Nobody stored what it is for.
            |project, _| {
                connections(project).push(cluster("copy", "shop", Some("readWriteAnyDatabase")));
            },
            // A stage that is not known here may need all of it.
            |project, _| {
                let (name, definition) =
                    role("writer", &["INSERT@shop", "UPDATE@shop.orders"], &[]);
                project.roles.insert(&name, definition);
                let odd = json!([{"$teleport": {"connectionName": "shop"}}]);
                let processors = project.instances[0].processors.as_mut().unwrap();
                processors.push(processor("odd", odd, json!({})));
            },
        ],
    ),
    (
        "SP201",
        |project, _| project.access_list = vec![entry("0.0.0.0/0", "demo")],
        &[
            |project, _| project.access_list.push(entry("10.0.0.0/8", "private")),
            |project, _| project.access_list.push(entry("198.0.0.0/9", "half a provider")),
            |project, _| project.access_list.push(entry("sg-0123abcd", "group")),
        ],
    ),
    (
        "SP202",
        |project, _| project.access_list.push(entry("0.0.0.0/0", "demo")),
        &[|project, _| {
            project.access_list = vec![entry("::/0", "demo"), entry("203.0.113.0/24", "office")];
        }],
    ),
    (
        "SP203",
        |project, _| {
            connections(project)[0].document["security"]["protocol"] = "SASL_PLAINTEXT".into();
        },
        &[
            |project, _| connections(project)[0].document["security"]["protocol"] = "SSL".into(),
            |project, _| {
                let hook = Connection {
                    name: "hook".to_owned(),
                    kind: "Https".to_owned(),
                    document: json!({"url": "https://example.com/http://x"}),
                    ..Connection::default()
                };
                connections(project).push(hook);
            },
        ],
    ),
    (
        "SP301",
        |project, _| connections(project).push(kafka("again", "atlas", "b-2.kafka.example:9196")),
        &[
            |project, _| connections(project).push(kafka("b", "atlas", "b-1.other.example:9196")),
            |project, _| connections(project).push(kafka("b", "other", "b-1.kafka.example:9196")),
            |project, _| {
                connections(project)[0].document["bootstrapServers"] =
                    "b-1.kafka.example:9196,b-2.kafka.example:9196".into()
            },
        ],
    ),
    (
        "SP302",
        |project, _| {
            let text = certificate((2026, 12, 20));
            connections(project)[0].document["security"]["brokerPublicCertificate"] = text.into();
        },
        &[
            |project, _| {
                let text = certificate((2027, 1, 20));
                let kafka = &mut connections(project)[0].document;
                kafka["security"]["brokerPublicCertificate"] = text.into();
            },
            |project, _| {
                let kafka = &mut connections(project)[0].document;
                kafka["security"]["brokerPublicCertificate"] = "not a certificate".into();
            },
        ],
    ),
    (
        "SP401",
        |project, _| {
            let (name, definition) = role("spare", &["FIND@shop"], &["writer"]);
            project.roles.insert(&name, definition);
        },
        &[
            // Reached through a role that is held.
            |project, _| {
                let (name, definition) = role("base", &["FIND@shop"], &[]);
                project.roles.insert(&name, definition);
                grant(project, "top", &[], &["base"]);
            },
        ],
    ),
    (
        "SP402",
        |project, _| project.users[1].name = "tmp-migration".to_owned(),
        &[
            |project, _| project.users[1].name = "template-tester".to_owned(),
            |project, _| {
                project.users[1].name = "tmp-migration".to_owned();
                project.users[1].expires = Some(days(3));
            },
        ],
    ),
    (
        "SP403",
        |_, facts| {
            facts.log.as_mut().unwrap().users.insert("admin.alice".to_owned(), days(-31));
        },
        &[
            |_, facts| {
                facts.log.as_mut().unwrap().users.insert("admin.alice".to_owned(), days(-29));
            },
            // The log begins too late to tell, or another instance's was read.
            |_, facts| {
                let log = LastSeen { begins: Some(days(-29)), ..LastSeen::default() };
                facts.log = Ok(log);
            },
            |_, facts| {
                let log = facts.log.as_mut().unwrap();
                log.users.clear();
                log.instances = Some(vec!["payments".to_owned()]);
            },
            // What it does on clusters is in no instance's log.
            |project, _| project.users[0] = user("alice", &["readWrite"], &[ORDERS]),
        ],
    ),
    (
        "SP404",
        |project, _| {
            project.users[0].scopes.insert(Scope::new(ScopeKind::Stream, "order"));
        },
        &[|project, _| {
            project.users[0].scopes.insert(Scope::new(ScopeKind::Cluster, "gone"));
            let why = "not permitted".to_owned();
            project.unseen.push(Unseen { what: "clusters".to_owned(), why });
        }],
    ),
    (
        "SP405",
        |project, _| project.access_list[0].expires = Some(days(-1)),
        &[|project, _| project.access_list[0].expires = Some(days(1))],
    ),
    (
        "SP406",
        |project, _| project.access_list[0].comment = Some(" ".to_owned()),
        &[|project, _| project.access_list[0].comment = Some("-".to_owned())],
    ),
    (
        "SP407",
        |project, _| {
            let invited_until = Some(days(-1));
            let nia = person("nia@example.com", &["GROUP_READ_ONLY"]);
            let kind = PrincipalKind::Invited;
            project.principals.push(Principal { kind, invited_until, ..nia });
        },
        &[
            |project, _| {
                let invited_until = Some(days(1));
                let nia = person("nia@example.com", &["GROUP_READ_ONLY"]);
                let kind = PrincipalKind::Invited;
                project.principals.push(Principal { kind, invited_until, ..nia });
            },
            |project, _| project.principals[1].invited_until = Some(days(-1)),
        ],
    ),
    (
        "SP408",
        |project, facts| {
            let entries = [("203.0.113.7".to_owned(), made("agent for dana@example.com"))];
            facts.events.as_mut().unwrap().entries = entries.into();
            project.access_list.push(entry("203.0.113.7/32", "agent"));
        },
        &[|_, facts| {
            let gone = [("bobby".to_owned(), made("agent for dana@example.com"))];
            facts.events.as_mut().unwrap().users = gone.into();
        }],
    ),
    (
        "SP409",
        |project, _| {
            grant(project, "runner", &["processStreamProcessor"], &["writer"]);
            project.users[0].scopes.insert(Scope::new(SHOP.0, SHOP.1));
        },
        &[
            |project, _| {
                grant(project, "runner", &["processStreamProcessor"], &["writer"]);
                grant(project, "seer", &["sampleStreamProcessor"], &[]);
                project.users[0].scopes.insert(Scope::new(SHOP.0, SHOP.1));
            },
            |project, _| grant(project, "seer", &["sampleStreamProcessor"], &[]),
        ],
    ),
    (
        "SP410",
        |project, _| project.users[0].roles.push(GrantedRole::on_admin("gone")),
        &[|project, _| {
            let mut other = cluster("other", "far", Some("theirs"));
            other.cluster.as_mut().unwrap().project = Some("another".to_owned());
            connections(project).push(other);
        }],
    ),
    (
        "SP411",
        |project, _| {
            let queue = json!({"dlq": {"connectionName": "shop", "db": "shop", "coll": "bad"}});
            let pipeline = json!([{"$source": {"connectionName": "events"}}]);
            let processors = project.instances[0].processors.as_mut().unwrap();
            processors.push(processor("lost", pipeline, queue));
        },
        &[|project, _| {
            // Where the place is an expression, it cannot be told.
            let into = json!({"connectionName": "shop", "db": "shop", "coll": {"$concat": ["a"]}});
            let pipeline = json!([{"$merge": {"into": into}}]);
            let processors = project.instances[0].processors.as_mut().unwrap();
            processors.push(processor("varies", pipeline, json!({})));
        }],
    ),
];

#[test]
fn nothing_is_found_in_a_project_that_is_well_kept() {
    assert_eq!(found(|_, _| {}), []);
}

#[test]
fn every_rule_finds_what_has_it_and_not_what_nearly_has_it() {
    let golden: Vec<&str> = GOLDEN.iter().map(|(id, ..)| *id).collect();
    assert_eq!(golden, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
    for (id, has, nearly) in GOLDEN {
        let of_rule = |change: Change| {
            found(change).into_iter().filter(|(rule, ..)| rule == id).collect::<Vec<_>>()
        };
        assert_eq!(
            of_rule(*has).len(),
            if *id == "SP301" { 2 } else { 1 },
            "{id}: {:?}",
            found(*has)
        );
        assert!(!nearly.is_empty());
        for (index, change) in nearly.iter().enumerate() {
            assert_eq!(of_rule(*change), [], "{id}: {index}");
        }
    }
}

#[test]
fn a_finding_is_as_grave_as_its_page_says() {
    type Told = (&'static str, Severity);
    let graded: &[(Change, Told)] = &[
        (|p, _| p.users[0].scopes.clear(), ("SP101", Severity::High)),
        (|p, _| p.users[0] = user("alice", &["readAnyDatabase"], &[]), ("SP101", Severity::Medium)),
        (
            |p, _| {
                grant(p, "author", &["createStreamProcessor"], &[]);
                connections(p).push(cluster("root", "shop", Some("atlasAdmin")));
            },
            ("SP105", Severity::High),
        ),
        (
            |p, f| {
                p.principals.push(person("pat@example.com", &["GROUP_OWNER"]));
                f.events = Err("offline".to_owned());
            },
            ("SP106", Severity::Low),
        ),
        (
            |p, _| {
                let text = certificate((2026, 11, 20));
                connections(p)[0].document["authentication"]["sslCertificate"] = text.into();
            },
            ("SP302", Severity::High),
        ),
    ];
    for (change, wanted) in graded {
        let told: Vec<Told> =
            found(*change).into_iter().map(|(id, grade, _)| (id, grade)).collect();
        assert!(told.contains(wanted), "{wanted:?}: {told:?}");
    }
}

#[test]
fn every_spelling_of_clear_text_is_found() {
    for (kind, document) in [
        ("Kafka", json!({"security": {"protocol": "PLAINTEXT"}})),
        ("Kafka", json!({"security": {}})),
        ("Kafka", json!({})),
        ("Https", json!({"url": "HTTP://hook.example/x"})),
        ("SchemaRegistry", json!({"schemaRegistryUrls": ["https://a", " http://b"]})),
    ] {
        let mut project = clean();
        let (name, kind) = ("odd".to_owned(), kind.to_owned());
        connections(&mut project).push(Connection {
            name,
            kind,
            document,
            ..Connection::default()
        });
        let found = lint(&project, &facts()).findings;
        let ids: Vec<_> = found.iter().map(|one| (one.rule.id, &*one.object.name)).collect();
        assert_eq!(ids, [("SP203", "odd")]);
    }
}

#[test]
fn credentials_of_every_kind_are_told_apart() {
    let pairs = [
        json!({"authentication": {"clientId": "c", "tokenEndpointUrl": "https://id.example"}}),
        json!({"authentication": {"sslCertificate": "-----BEGIN\nabc"}}),
        json!({"aws": {"roleArn": "arn:aws:iam::1:role/a"}}),
        json!({"authentication": {"aws": {"roleArn": "arn:aws:iam::1:role/b"}}}),
        json!({"azure": {"servicePrincipalId": "p"}}),
        json!({"gcp": {"serviceAccountId": "g"}}),
        json!({"schemaRegistryAuthentication": {"username": "u"},
               "schemaRegistryUrls": ["https://r.example:8081/x"]}),
        json!({"authentication": {"username": "u"}, "bootstrapServers": "192.0.2.7:9092"}),
    ];
    for document in pairs {
        let mut project = clean();
        for name in ["one", "two"] {
            let mut document = document.clone();
            document["security"] = json!({"protocol": "SSL"});
            let (name, kind) = (name.to_owned(), "Kafka".to_owned());
            connections(&mut project).push(Connection {
                name,
                kind,
                document,
                ..Connection::default()
            });
        }
        let found = lint(&project, &facts()).findings;
        let ids: Vec<_> = found.iter().map(|one| (one.rule.id, &*one.object.name)).collect();
        assert_eq!(ids, [("SP301", "one"), ("SP301", "two")], "{document}");
        // No secret, nor what could be one, is told.
        assert!(!found[0].summary.contains("BEGIN"), "{}", found[0].summary);
    }
}

#[test]
fn fingerprints_are_those_of_the_finding_and_of_nothing_else() {
    let of = |change: Change| {
        let (mut project, mut facts) = (clean(), facts());
        change(&mut project, &mut facts);
        let found = lint(&project, &facts).findings;
        found.into_iter().map(|one| one.fingerprint).collect::<Vec<_>>()
    };
    let one = of(|p, _| p.users[0].scopes.clear());
    let later = of(|p, f| {
        p.users[0].scopes.clear();
        p.taken = days(9);
        f.now = days(9);
        f.log = Err(String::new());
    });
    assert_eq!(one, later);
    let other = of(|p, _| {
        p.id = "another".to_owned();
        p.users[0].scopes.clear();
    });
    assert_ne!(one, other);
}

#[test]
fn pages_are_whole_and_numbers_fit_their_family() {
    let mut ids: Vec<&str> = Vec::new();
    for rule in RULES {
        let digit = rule.id.strip_prefix("SP").and_then(|number| number.chars().next());
        assert_eq!(digit, Some(rule.family.digit()), "{rule:?}");
        assert_eq!(rule.id.len(), 5, "{rule:?}");
        let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.name.chars().all(is_word), "{rule:?}");
        for (label, text) in rule.parts() {
            assert!(text.ends_with('.') || label == "needs", "{rule:?} {label}: {text}");
        }
        assert!(super::rule(&rule.name.to_uppercase()) == Some(*rule));
        ids.push(rule.id);
    }
    assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn what_could_not_be_read_is_not_found_in_order() {
    let mut project = clean();
    project.instances[0].connections = None;
    let found = lint(&project, &Facts::at(now()));
    assert_eq!(found.findings, []);
    let skipped: Vec<&str> = found.skipped.iter().map(|(rule, _)| rule.id).collect();
    assert_eq!(skipped, ["SP401", "SP403", "SP408"]);
}
