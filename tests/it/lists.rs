//! Options that take several values: repeated, separated by spaces, separated by commas.

use crate::support::Lab;

/// Lines whose last option takes these two values, so that both make a difference.
const LINES: &[(&str, &str, &str, &str)] = &[
    ("users list", "--columns", "name", "roles"),
    ("users list", "--role", "streamOperator", "readAnyDatabase@admin"),
    ("users list", "--instance", "orders", "telemetry"),
    ("users restrict alice --dry-run", "--instance", "orders", "payments"),
    ("users restrict erin --allow-gain --dry-run", "--add", "orders", "payments"),
    (
        "users restrict alice --instance orders --dry-run",
        "--cluster",
        "shop-main",
        "sensor-archive",
    ),
    ("users create new --dry-run", "--role", "read@a", "readWrite@b.orders"),
    ("users create new --role read@a --dry-run", "--instance", "orders", "payments"),
    ("users grant bob --dry-run", "--role", "read@a", "readWrite@b"),
    ("users grant bob --dry-run", "--action", "startStreamProcessor", "FIND@shop.orders"),
    ("roles create new --dry-run", "--action", "INSERT@a.b", "stopStreamProcessor"),
    ("roles create new --dry-run", "--inherit", "read@a", "readWrite@b"),
    (
        "members grant sam@example.com --dry-run",
        "--role",
        "project-owner",
        "GROUP_DATA_ACCESS_ADMIN",
    ),
    ("instances update orders --dry-run", "--failover-region", "us-east-2", "us-west-2"),
    (
        "instances create new --provider aws --region us-east-1 --dry-run",
        "--failover-region",
        "us-east-2",
        "us-west-2",
    ),
    ("processors list --instance telemetry", "--state", "started", "STOPPED"),
    (
        "connections create k --instance orders --mechanism PLAIN --username u --password-stdin \
         --dry-run",
        "--bootstrap-servers",
        "a:9092",
        "b:9092",
    ),
    (
        "connections create k --instance orders --bootstrap-servers a:9092 --mechanism OAUTHBEARER \
         --client-id c --client-secret-stdin --token-url https://a.example --dry-run",
        "--sasl-extensions",
        "a=b",
        "c=d",
    ),
    (
        "connections create r --instance orders --inherit-sasl --dry-run",
        "--registry-url",
        "https://a.example",
        "https://b.example",
    ),
    (
        "private-links create --provider aws --vendor confluent --service-endpoint vpce --dns-domain d \
         --dry-run",
        "--dns-sub-domain",
        "a",
        "b",
    ),
    ("peerings list", "--account-id", "444455556666", "111122223333"),
    ("events list --columns type", "--type", "users", "ROLES"),
    ("events list --columns type", "--exclude-type", "users", "STREAM_TENANT_AUDIT_LOGS"),
    ("--local ips --provider aws", "--region", "us-east-1", "us-east-2"),
    (
        "--local ips --provider aws --region us-east-1 --for aws-security-group --id sg-0123456789abcdef0",
        "--port",
        "9092",
        "9094",
    ),
    (
        "--local ips --provider aws --region us-east-1 --for kafka-acls --principal User:CN=a,OU=b \
         --bootstrap-server b:9092 --topic t",
        "--group",
        "a",
        "b",
    ),
    (
        "--local ips --provider aws --region us-east-1 --for kafka-acls --principal User:a \
         --bootstrap-server b:9092",
        "--topic",
        "a",
        "b",
    ),
    (
        "--local ips --provider aws --region us-east-1 --for kafka-acls --principal User:a \
         --bootstrap-server b:9092 --topic t",
        "--operation",
        "Read",
        "Write",
    ),
    ("ips project", "--cluster", "shop-main", "sensor-archive"),
    ("--local local key create --dry-run", "--role", "project-owner", "GROUP_READ_ONLY"),
];

#[test]
fn several_values_are_given_in_any_way() {
    let lab = Lab::new();
    for &(line, option, one, other) in LINES {
        let run = |rest: &[&str]| match line.strip_prefix("--local ") {
            None => lab.typed(line).and(rest).finish(),
            Some(line) => {
                let mut run = lab.local([]);
                run.args.extend(lab.typed(line).args);
                run.and(rest).finish()
            }
        };
        let said = |rest: &[&str]| {
            let run = run(rest).exits(0);
            (run.out(), run.err())
        };
        let repeated = said(&[option, one, option, other]);
        assert_eq!(said(&[option, one, other]), repeated, "{line} {option}: by a space");
        for commas in
            [format!("{one},{other}"), format!("{one}, {other},"), format!(",{one},,{other}")]
        {
            assert_eq!(said(&[option, &commas]), repeated, "{line} {option} {commas}");
        }
        assert_ne!(said(&[option, one]), repeated, "{line} {option}: {other} makes a difference");
        let nothing = run(&[option, ""]).exits(2);
        assert!(
            nothing.err().contains("it is empty; is a variable not set?"),
            "{}",
            nothing.shown()
        );
    }
}

#[test]
fn a_comma_that_is_escaped_is_part_of_the_value() {
    let lab = Lab::new();
    let roles =
        lab.spctl(["users", "create", "new", "--dry-run", "--role", r"read@a\,b,readWrite@c"]);
    let roles = roles.finish().exits(0).out();
    assert!(roles.contains(r#"{"databaseName":"a,b","roleName":"read"}"#), "{roles}");
    assert!(roles.contains(r#"{"databaseName":"c","roleName":"readWrite"}"#), "{roles}");
    let run = lab.spctl(["roles", "create", "new", "--dry-run", "--action", r"FIND@shop.a\,b"]);
    let action = run.finish().exits(0).out();
    assert!(action.contains(r#"{"db":"shop","collection":"a,b"}"#), "{action}");
}

#[test]
fn settings_and_names_keep_their_commas() {
    let lab = Lab::new();
    let label =
        lab.spctl(["users", "update", "alice", "--dry-run", "--label", r"a=1,b=2\,3", "c=4"]);
    let label = label.finish().exits(0).out();
    let sent = r#""labels":[{"key":"a","value":"1,b=2\\\\,3"},{"key":"c","value":"4"}]"#;
    assert!(label.contains(sent), "{label}");
    let kafka = "connections create k --instance orders --bootstrap-servers a:9092 --mechanism PLAIN \
                 --username u --password-stdin --dry-run --config a=b,c d=e";
    let kafka = lab.typed(kafka).finish().exits(0).out();
    assert!(kafka.contains(r#""config":{"a":"b,c","d":"e"}"#), "{kafka}");
    let name = lab.spctl(["users", "get", "CN=gateway,OU=telemetry,O=ExampleShop", "alice", "-q"]);
    assert_eq!(name.finish().exits(0).out().lines().count(), 2);
}

#[test]
fn a_name_that_a_list_took_is_explained() {
    let lab = Lab::new();
    let tip = "takes every word after it; put the names before the options";
    for line in [
        "users get --columns name alice",
        "users restrict --instance orders alice",
        "connections create --config acks=all events",
        "users update --label a=b alice",
    ] {
        let run = lab.typed(line).finish().exits(2);
        assert!(run.err().contains(tip), "{}", run.shown());
    }
}
