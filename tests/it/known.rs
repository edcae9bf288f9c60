//! What a command line names is held against what is known: a typo is no answer, and no success.

use spctl::local::admin::CredentialKind;

use crate::support::Lab;

/// Lines with a slip in one name, the exit code, and what is proposed instead.
const SLIPS: &[(&str, i32, &str)] = &[
    // Words of known sets.
    ("members revoke pat@example.com --role Owner --yes", 2, "'Project Owner'"),
    ("members invite nia@example.com --role Ownr --yes", 2, "'Project Owner'"),
    ("members grant pat@example.com --role project-raed-only --yes", 2, "'Project Read Only'"),
    ("members update pat@example.com --in-org --role Memebr --yes", 2, "'Organization Member'"),
    ("members revoke pat@example.com --role GROUP_OWNR --yes", 2, "GROUP_OWNER?"),
    ("members revoke pat@example.com --role cook --yes", 2, "roles list --project-roles"),
    ("local key create --role Ownr", 2, "'Project Owner'"),
    ("events list --type MONGODB_USER_ADED", 2, "MONGODB_USER_ADDED?"),
    ("events list --exclude-type DB_USER_ADDED", 2, "MONGODB_USER_ADDED?"),
    ("events list --type user,procesors", 2, "processors?"),
    ("events list --type foo", 2, "users, roles, access"),
    ("roles create x --action startStreamProcesor --yes", 2, "startStreamProcessor"),
    ("roles create x --action FNID@shop --yes", 2, "FIND?"),
    ("roles update stream-reader --add-action stopStreamProcesor --yes", 2, "stopStreamProcessor"),
    ("roles update stream-reader --remove-action getStreamProcesor --yes", 2, "getStreamProcessor"),
    ("users grant alice --action STOP_STREAM_PROCESOR --yes", 2, "stopStreamProcessor"),
    ("users revoke alice --action stopStreamProcesor --yes", 2, "stopStreamProcessor"),
    ("roles create x --preset viwer --yes", 2, "'viewer'"),
    ("processors list --instance orders --state STARTD", 2, "'STARTED'"),
    ("processors stop --all --state TYPO --instance orders --yes", 2, "STOPPED"),
    ("processors start --all --state STOPED --instance orders --yes", 2, "'STOPPED'"),
    ("processors delete --all --state FALED --instance orders --yes", 2, "'FAILED'"),
    ("processors start x --instance orders --tier SP11 --yes", 2, "'SP10'"),
    ("processors create x --instance orders --pipeline - --tier SP3 --yes", 2, "'SP30'"),
    ("instances create x --provider aws --region us-east-1 --tier SP40 --yes", 2, "'SP"),
    ("instances create x --provider aws --region useast1 --yes", 2, "us-east-1"),
    ("instances create x --provider azure --region westeurop --yes", 2, "westeurope?"),
    ("instances create x --provider gcp --region us-centrl1 --yes", 2, "us-central1?"),
    ("instances create x --provider aws --region VIRGINA_USA --yes", 2, "VIRGINIA_USA?"),
    ("instances update orders --failover-region us-eats-2 --yes", 2, "us-east-2"),
    ("peerings account --provider aws --region useast1", 2, "us-east-1"),
    ("private-links create --provider aws --vendor confluen --yes", 2, "confluent?"),
    ("private-links create --provider aws --vendor s3 --region useast1 --yes", 2, "us-east-1"),
    ("ips --provider aws --region useast1 --local", 2, "us-east-1"),
    ("ips --for terraform --provider aws --region us-east-1 --local", 2, "--for plain"),
    ("ips --for kafka-acl --provider aws --region us-east-1 --local", 2, "'kafka-acls'"),
    ("connections create c --instance orders --type Kafk --yes", 2, "Kafka?"),
    ("connections failover add shop --instance orders --region us-eats-2 --yes", 2, "us-east-2?"),
    ("users list --columns nme", 2, "name?"),
    ("profiles unset projct", 2, "project?"),
    // Names of what should be there.
    ("users list --project shop-stagin", 5, "shop-staging?"),
    ("projects get shop-stagin", 5, "shop-staging?"),
    ("projects delete shop-stagin --yes", 5, "shop-staging?"),
    ("members list --org ExampleSho", 5, "ExampleShop?"),
    ("orgs get ExampleSho", 5, "ExampleShop?"),
    ("users list --instance ordres", 5, "orders?"),
    ("users list --role streamOperater", 5, "streamOperator?"),
    ("users list --role read write", 5, "there is no role \"write\""),
    ("users list --role readWirte@shop", 5, "readWrite?"),
    ("users list --all-projects --role streamOperater", 5, "streamOperator?"),
    ("users get alcie", 5, "alice?"),
    ("users get orders", 5, "orders is an instance"),
    ("users grant alice --role streamOperater --yes", 5, "streamOperator?"),
    ("users revoke alice --role streamOperater --yes", 5, "streamOperator?"),
    ("users create z --role red@shop --generate-password --yes", 5, "read?"),
    ("users restrict alice --instance ordres --yes", 5, "orders?"),
    ("users restrict erin --add ordres --yes", 5, "orders?"),
    ("users restrict erin --remove ordres --yes", 5, "orders?"),
    ("users restrict alice --instance orders --cluster shop-mian --yes", 5, "shop-main?"),
    ("users restrict alice --instance orders --federation lakehose --yes", 5, "lakehouse?"),
    ("users lock orders --yes", 5, "orders is an instance"),
    ("users restrict alice orders", 2, "users restrict alice --instance orders"),
    ("members get pat@exmaple.com", 5, "pat@example.com?"),
    ("members remove pat@exmaple.com --yes", 5, "pat@example.com?"),
    ("roles get streamOperater", 5, "streamOperator?"),
    ("roles used-by streamOperater", 5, "streamOperator?"),
    ("roles clone streamOperater x --yes", 5, "streamOperator?"),
    ("roles delete streamOperater --yes", 5, "streamOperator?"),
    ("roles update streamOperater --add-action getStreamProcessor --yes", 5, "streamOperator?"),
    ("roles create x --inherit streamOperater --yes", 5, "streamOperator?"),
    ("instances get ordres", 5, "orders?"),
    ("instances update ordres --tier SP30 --yes", 5, "orders?"),
    ("instances delete ordres --yes", 5, "orders?"),
    ("ips --instance ordres --local", 5, "orders?"),
    ("ips project --cluster shop-mian --local", 5, "shop-main?"),
    ("connections list --instance ordres", 5, "orders?"),
    ("connections get shop --instance ordres", 5, "orders?"),
    ("connections get orderevents --instance orders", 5, "order-events?"),
    ("connections update orderevents --instance orders --username a --yes", 5, "order-events?"),
    ("connections delete orderevents --instance orders --yes", 5, "order-events?"),
    ("connections check orderevents --instance orders", 5, "order-events?"),
    ("connections execute-as shp readAnyDatabase --instance orders --yes", 5, "shop?"),
    ("connections execute-as shop readAnyDatabse --instance orders --yes", 5, "readAnyDatabase"),
    ("connections failover list orderevents --instance orders", 5, "order-events?"),
    (
        "connections create c --instance orders --cluster shop-mian --execute-as readAnyDatabase --yes",
        5,
        "shop-main?",
    ),
    (
        "connections create c --instance orders --cluster shop-main --cluster-project shop-stagin \
         --execute-as readAnyDatabase --yes",
        5,
        "shop-staging?",
    ),
    ("processors list --instance ordres", 5, "orders?"),
    ("processors get orders-to-shp --instance orders", 5, "orders-to-shop?"),
    ("processors get orders-to-shop --instance ordres", 5, "orders?"),
    ("processors stats orders-to-shp --instance orders", 5, "orders-to-shop?"),
    ("processors stop orders-to-shp --instance orders --yes", 5, "orders-to-shop?"),
    ("processors update orders-to-shp --instance orders --tier SP30 --yes", 5, "orders-to-shop?"),
    (
        "processors update orders-to-shop --instance orders --dlq-connection shp --dlq-db a \
         --dlq-coll b --yes",
        5,
        "shop?",
    ),
    ("audit download ordres --out -", 5, "orders?"),
    ("audit download orders --processor orders-to-shp --out -", 5, "orders-to-shop?"),
    ("processors logs --instance ordres --out -", 5, "orders?"),
    ("processors logs --instance orders --processor orders-to-shp --out -", 5, "orders-to-shop?"),
    ("users list --profile nosuch", 5, "there is no profile"),
    ("processors list --instance orders --state strated", 2, "'STARTED'"),
    ("connections create c --instance orders --bootstrap-servers b:1 --networking vcp", 2, "'VPC'"),
    ("users list --role @admin", 2, "expected ROLE"),
    ("users list --role streamOperator@admn", 2, "granted on admin, not on admn"),
    ("users list --role atlasAdmin@shop", 2, "granted on admin, not on shop"),
    // Lists of names with commas.
    ("users restrict alice --instance orders --cluster orders --yes", 5, "orders is an instance: "),
    ("users get alice,bob", 5, "separated by spaces: alice bob"),
    ("users lock alice, --yes", 5, "separated by spaces: alice"),
    ("instances get orders,payments", 5, "separated by spaces: orders payments"),
    (
        "roles update streamViewer,streamOperator --add-action FIND@a --yes",
        5,
        "separated by spaces",
    ),
    ("members get pat@example.com,sam@example.com", 5, "separated by spaces"),
    ("members invite a@example.org,b@example.org --role project-owner --yes", 2, "by spaces"),
    ("members invite a@b@example.org --role project-owner --yes", 2, "not an e-mail address"),
    // Roles where none of their kind is granted.
    ("users create z --role streamOperator@shop --generate-password --yes", 2, "not on shop"),
    ("users create z --role read@a,streamViewer@b --generate-password --yes", 2, "not on b"),
    ("users create z --role streamOperator@admin.x --generate-password --yes", 2, "a collection"),
    ("users grant bob --role ordersWriter@orders.events --yes", 2, "not on orders"),
    ("users grant bob --role readAnyDatabase@shop --yes", 2, "the built-in role readAnyDatabase"),
    ("users grant bob --role backup@shop --action find@a.b --yes", 2, "not on shop"),
    ("roles create x --inherit streamViewer@shop --yes", 2, "not on shop"),
    ("roles update streamViewer --add-inherit ordersWriter@shop --yes", 2, "not on shop"),
    // Databases that there cannot be.
    ("users create z --role read@a/b --generate-password --yes", 2, "the name of no database"),
    ("users grant bob --role read@$x --yes", 2, "the name of no database"),
    ("roles create x --inherit read@a/b --yes", 2, "the name of no database"),
    ("roles create x --action find@a$.b --yes", 2, "the name of no database"),
    // Nothing at all.
    ("events list --by=", 2, "--by is empty"),
    ("events list --about=", 2, "--about is empty"),
    ("users restrict alice bob orders telemetry", 2, "orders telemetry are instances: "),
];

#[test]
fn a_slip_is_refused_with_the_nearest_name() {
    let lab = Lab::new();
    let mut wrong = String::new();
    for (line, code, near) in SLIPS {
        let mut run = lab.typed(line);
        // The sample addresses are a local store's own.
        if line.ends_with("--local") || line.starts_with("local") {
            run = lab.bare([]).and(&line.split(' ').collect::<Vec<_>>());
        }
        let finished = run.finish();
        let is_told = finished.err().contains(near);
        if finished.code != Some(*code) || !is_told || !is_empty_log(&finished.stdout) {
            wrong += &format!("expected {code} and {near}:\n{}\n", finished.shown());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let sent = lab.requests();
    assert!(sent.iter().all(|request| request.starts_with("GET ")), "{sent:#?}");
}

#[test]
fn an_empty_answer_names_who_was_probably_meant() {
    let lab = Lab::new();
    for (line, told) in [
        ("members list --email pat@exmaple.com", "did you mean pat@example.com?"),
        ("events list --by dana@exmaple.com", "did you mean dana@example.com?"),
        ("events list --about alcie", "did you mean alice?"),
    ] {
        let run = lab.typed(line).finish().exits(0);
        assert!(run.stdout.is_empty() && run.err().contains(told), "{}", run.shown());
    }
    let list = lab.typed("users list --jq .username").finish().exits(1);
    assert!(list.err().contains("--jq '.[].name'"), "{}", list.shown());
    for line in [
        "members list --email nobody@elsewhere.example",
        "members list --email SAM@example.com --pending",
        "events list --by dana --type logs",
    ] {
        let run = lab.typed(line).finish().exits(0);
        assert!(!run.err().contains("did you mean"), "{}", run.shown());
    }
    let active = lab.typed("members list --email sam@example.com --pending").finish().exits(0);
    assert!(active.err().contains("has no pending invitation"), "{}", active.shown());
}

#[test]
fn a_word_of_several_names_is_no_database() {
    let lab = Lab::new();
    let line = ["users", "create", "z", "--role", "read@a,readWrite@b streamOperator"];
    let refused = lab.spctl(line).and(&["--generate-password", "--yes"]).finish().exits(2);
    assert!(refused.err().contains("it holds ' '"), "{}", refused.shown());
    assert!(lab.requests().is_empty());
}

/// Nothing, or a log of no line as it is stored.
fn is_empty_log(stdout: &[u8]) -> bool {
    stdout.is_empty() || stdout.len() < 32 && stdout.starts_with(&[0x1f, 0x8b])
}

#[test]
fn what_the_api_may_know_beyond_this_is_sent_when_asked_for() {
    let lab = Lab::new();
    for (line, sent) in [
        ("members invite nia@example.com --role GROUP_COOK", "[\"GROUP_COOK\"]"),
        ("roles create x --action flyToTheMoon", "\"FLY_TO_THE_MOON\""),
        ("users grant bob --action flyToTheMoon --role-name x", "\"FLY_TO_THE_MOON\""),
        ("instances create x --provider aws --region OSLO_NOR", "\"OSLO_NOR\""),
        ("instances create x --provider aws --region STOCKHOLM_SWE", "\"STOCKHOLM_SWE\""),
        ("instances update orders --failover-region OSLO_NOR", "\"OSLO_NOR\""),
        ("connections create c --instance orders --type Pulsar", "\"Pulsar\""),
        ("private-links create --provider aws --vendor pulsar", "\"PULSAR\""),
        ("private-links create --provider aws --vendor s3 --region mars-1", "\"mars-1\""),
    ] {
        lab.typed(line).and(&["--dry-run"]).finish().exits(2);
        let run = lab.typed(line).and(&["--verbatim", "--dry-run"]).finish().exits(0);
        assert!(run.out().contains(sent), "{}", run.shown());
    }
    lab.requests();
    lab.typed("events list --type SOLAR_FLARE --verbatim").finish().exits(0);
    assert!(lab.requests().concat().contains("eventType=SOLAR_FLARE"));
    // What a role allows or a person holds is known, whatever this version knows.
    lab.typed("roles create x --action flyToTheMoon --verbatim --yes").finish().exits(1);
    lab.typed("members grant pat@example.com --role GROUP_COOK --verbatim --yes").finish().exits(1);
}

#[test]
fn further_roles_of_atlas_are_known_by_each_of_their_names() {
    let lab = Lab::new();
    for name in ["GROUP_CLUSTER_MANAGER", "project-cluster-manager", "Project Cluster Manager"] {
        let invite = ["members", "invite", "nia@example.com", "--dry-run", "--role", name];
        let run = lab.spctl(invite).finish().exits(0);
        assert!(run.out().contains("[\"GROUP_CLUSTER_MANAGER\"]"), "{}", run.shown());
    }
    let there = "members invite nia@example.com --role organization-billing-admin --dry-run";
    assert!(lab.typed(there).finish().exits(2).err().contains("--in-org"));
}

#[test]
fn a_real_region_without_addresses_is_not_a_slip() {
    let lab = Lab::new();
    let line = "ips --provider aws --region eu-north-1 --local";
    let none = lab.bare([]).and(&line.split(' ').collect::<Vec<_>>()).finish().exits(5);
    assert!(none.err().contains("no outbound addresses are listed for aws region eu-north-1"));
    let there = lab.typed("instances create x --provider aws --region eu-north-1 --yes");
    let there = there.finish().exits(2);
    assert!(there.err().contains("no instance is known to run in aws region eu-north-1"));
}

#[test]
fn a_log_outlives_its_processors_and_their_names_are_looked_up_last() {
    let lab = Lab::ticking();
    for verb in ["stop", "delete"] {
        lab.typed(&format!("processors {verb} orders-to-shop --instance orders --yes"))
            .finish()
            .exits(0);
    }
    lab.requests();
    // Deleted, and still in the log.
    let there = "audit download orders --processor orders-to-shop --since all --decompress --out -";
    let there = lab.typed(there).finish().exits(0);
    assert!(!there.stdout.is_empty(), "{}", there.shown());
    let asked = lab.requests();
    assert!(asked.iter().all(|request| !request.contains("/processor")), "{asked:?}");
    let none = lab.typed("audit download orders --processor nosuch").finish().exits(5);
    assert!(none.err().contains("no events in this range") || none.err().contains("nothing"));
    let files = std::fs::read_dir(lab.home()).unwrap().filter_map(Result::ok);
    let logs = files.filter(|file| file.file_name().to_string_lossy().contains("audit.log"));
    assert_eq!(logs.count(), 0, "no log of what nobody knows is kept");
}

#[test]
fn what_may_not_be_looked_up_is_said_and_passes() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "Project Data Access Read Only");
    let line =
        ["audit", "download", "orders", "--processor", "nosuch", "--decompress", "--out", "-"];
    let run = lab.with_key(&key, line).finish().exits(0);
    assert!(run.err().contains("not checked whether there is"), "{}", run.shown());
    let key = lab.credential(CredentialKind::ApiKey, "Project Read Only");
    lab.with_key(&key, ["users", "list", "--instance", "orders"]).finish().exits(0);
    lab.with_key(&key, ["users", "list", "--instance", "ordres"]).finish().exits(5);
}
