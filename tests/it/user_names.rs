//! What users are called is the same everywhere, and costs the same however many they are.

use std::process::Command;

use serde_json::Value;
use spctl::local::{Exchange, RateLimits};

use crate::support::Lab;

/// The lines that a shell prints in the lab's home.
#[track_caller]
fn shell(lab: &Lab, script: &str) -> Vec<String> {
    let mut sh = Command::new("sh");
    let out = sh.args(["-c", script]).env("LC_ALL", "C").current_dir(lab.home()).output().unwrap();
    assert!(out.status.success(), "{script}: {out:?}");
    String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Writes what a line prints into a file.
fn save(lab: &Lab, line: &str, file: &str) {
    let out = lab.typed(line).finish().exits(0).out();
    std::fs::write(lab.file(file), out).unwrap();
}

#[test]
fn names_join_at_any_number_of_users() {
    for users in [3, 489, 490, 501, 1200] {
        let lab = Lab::new().crowded(users, RateLimits::default());
        save(&lab, "users list -q", "all");
        save(&lab, "roles used-by readAnyDatabase --noun users -q", "used");
        save(&lab, "instances get orders --jq .effective.reachedBy.unrestricted[]", "reach");
        shell(&lab, "for f in all used reach; do tr -d '\"' < $f | sort > $f.sorted; done");
        let both = shell(&lab, "comm -12 all.sorted used.sorted");
        // Beside the sample's carol@admin and grace, who hold it too.
        assert!(both.len() >= users + 2, "{users}: {} join", both.len());
        assert!(both.contains(&"carol@admin".to_owned()) && both.contains(&"u00002".to_owned()));
        for other in ["used", "reach"] {
            let strange = shell(&lab, &format!("comm -13 all.sorted {other}.sorted"));
            assert!(strange.is_empty(), "{users}, {other}: {strange:?}");
        }
    }
}

#[test]
fn a_name_is_the_same_in_listings_plans_errors_and_failed_files() {
    let lab = Lab::new();
    let all = lab.typed("users list -q").finish().exits(0).out();
    for name in all.lines() {
        for line in ["users get NAME -q", "users update NAME --description x --yes -q"] {
            let mut run = lab.spctl([]);
            run.args = line.split(' ').map(|word| word.replace("NAME", name)).collect();
            assert_eq!(run.finish().exits(0).out(), format!("{name}\n"), "{line}");
        }
    }
    for (database, name) in [("admin", "alice"), ("$external", "carol@$external")] {
        let short = name.split('@').next().unwrap();
        let line = format!("users get {short}@{database} -q");
        assert_eq!(lab.typed(&line).finish().exits(0).out(), format!("{name}\n"));
        let line = format!("users get {short} --auth-db {database} -q");
        assert_eq!(lab.typed(&line).finish().exits(0).out(), format!("{name}\n"));
    }
    let line = "users lock alice carol@$external --record r --yes";
    lab.typed(line).finish().exits(0);
    let unlock = "users unlock --from r --generate-password --password-file p --yes";
    let told = lab.typed(unlock).finish().exits(0);
    assert!(told.err().contains("unlocked database user alice\n"), "{}", told.shown());
    assert!(told.err().contains("unlocked database user carol@$external\n"), "{}", told.shown());
    // Again, it knows by the record's long names who was unlocked.
    let again = lab.typed("users unlock --from r --generate-password --yes").finish().exits(0);
    assert!(again.err().contains("unchanged: database user alice\n"), "{}", again.shown());
    let failed = "users revoke grace@admin --role readAnyDatabase --failed f --yes";
    lab.typed(failed).finish().exits(2);
    assert_eq!(std::fs::read_to_string(lab.file("f")).unwrap(), "grace\n");
    let used = lab.typed("roles create watch --action LIST_CONNECTIONS --yes");
    used.finish().exits(0);
    lab.typed("users grant grace --role watch --yes").finish().exits(0);
    let kept = lab.typed("roles delete watch --yes").finish().exits(6);
    assert!(kept.err().contains("is in use: user grace\n"), "{}", kept.shown());
}

#[test]
fn uses_are_listed_of_one_noun_if_asked() {
    let lab = Lab::new();
    let used = |noun: &str| {
        let line = format!("roles used-by streamViewer --noun {noun} -o csv --columns used-by");
        lab.typed(&line).finish().exits(0).out()
    };
    for (noun, word) in [("users", "user"), ("role", "role"), ("roles", "role")] {
        let kinds = used(noun);
        assert!(
            kinds.lines().count() > 1 && kinds.lines().skip(1).all(|kind| kind == word),
            "{kinds}"
        );
    }
    let none = lab.typed("roles used-by streamViewer --noun connections").finish().exits(0);
    assert!(none.err().contains("no connection uses role streamViewer"), "{}", none.shown());
    lab.typed("roles used-by streamViewer --noun instances").finish().exits(2);
}

/// The requests of each line, as `METHOD operation`, sorted.
fn requests(lab: &Lab, lines: &[&str]) -> Vec<Vec<String>> {
    lab.exchanges();
    let each = lines.iter().map(|line| {
        lab.typed(line).finish().exits(0);
        let exchanges = lab.exchanges();
        let request = |e: &Exchange| format!("{} {}", e.method, e.operation.as_deref().unwrap());
        // Several are sent at the same time.
        let mut requests: Vec<String> = exchanges.iter().map(request).collect();
        requests.sort();
        requests
    });
    each.collect()
}

#[test]
fn one_user_costs_the_same_at_ten_users_and_at_ten_thousand() {
    let lines = [
        "users create zoe --role streamViewer --generate-password --yes",
        "users update u00003 --description x --yes",
        "users update u00003@admin --generate-password --yes -v",
        "users update zoe --label team=a --yes",
        "users grant zoe --role read@shop --yes",
        "users restrict u00004 --instance orders --allow-gain --yes",
        "users get zoe@admin",
        "users get u00005",
        "users lock u00006 --record r --yes",
        "users unlock --from r --generate-password --yes",
        "users delete zoe --yes",
    ];
    let few = requests(&Lab::new().crowded(10, RateLimits::default()).unlimited(), &lines);
    let many = requests(&Lab::new().crowded(10_000, RateLimits::default()).unlimited(), &lines);
    for ((line, few), many) in lines.iter().zip(few).zip(many) {
        assert_eq!(few, many, "{line}");
        // Three of them list what there is to reach, for who gains and loses what.
        assert!(few.len() <= 13, "{line}: {few:?}");
        let listed = few.iter().any(|request| request.contains("listGroupDatabaseUsers"));
        assert!(!listed, "{line}: {few:?}");
    }
}

#[test]
fn a_plan_says_how_a_new_user_authenticates() {
    let lab = Lab::new();
    let plan = |args: &[&str]| {
        let create = ["users", "create", "--role", "streamViewer", "--dry-run"];
        let run = lab.spctl(create).and(args).finish().exits(0);
        let line = run.err().lines().find(|l| l.contains("authentication:")).map(str::to_owned);
        line.expect("it says so").split_once(':').unwrap().1.trim().to_owned()
    };
    assert_eq!(plan(&["mona"]), "password");
    assert_eq!(plan(&["CN=ci,O=x", "--x509", "customer"]), "X.509 customer");
    assert_eq!(plan(&["arn:aws:iam::111122223333:role/ci", "--iam", "role"]), "AWS IAM role");
    assert_eq!(plan(&["64d613677e1ad50839cce4db/ci", "--oidc", "group"]), "OIDC idp_group");
    assert_eq!(plan(&["mona", "--ldap", "user"]), "LDAP user");
    assert_eq!(plan(&["CN=ci,O=x", "--password-user"]), "password");

    lab.exchanges();
    let looks = [
        ("arn:aws:iam::111122223333:role/ci", "--iam role"),
        ("arn:aws:iam::111122223333:user/ci", "--iam user"),
        ("CN=ci,OU=build,O=example", "--x509 customer"),
        ("cn=ci", "--x509 customer"),
        ("64d613677e1ad50839cce4db/ci", "--oidc"),
    ];
    for (name, method) in looks {
        let create = ["users", "create", name, "--role", "streamViewer", "--generate-password"];
        let refused = lab.spctl(create).and(&["--yes"]).finish().exits(2);
        for hint in ["--password-user", method] {
            assert!(refused.err().contains(hint), "{}", refused.shown());
        }
    }
    for (name, method, hint) in [
        ("plain", "--iam role", "arn:aws:iam::"),
        ("CN=a,O=b", "--iam user", "arn:aws:iam::"),
        ("arn:aws:iam::111122223333:role/ci", "--iam user", "did you mean --iam role?"),
        ("arn:aws:iam::111122223333:user/ci", "--iam role", "did you mean --iam user?"),
        ("plain", "--x509 customer", "--x509 managed takes a plain name"),
        ("arn:aws:iam::111122223333:user/ci", "--x509 customer", "as in CN="),
        ("people", "--oidc group", "as in IDP/NAME"),
        ("CN=a/b", "--oidc user", "as in IDP/NAME"),
    ] {
        let create = lab.spctl(["users", "create", name, "--role", "streamViewer", "--yes"]);
        let method: Vec<&str> = method.split(' ').collect();
        let refused = create.and(&method).finish().exits(2);
        assert!(refused.err().contains(hint), "{}", refused.shown());
    }
    assert!(lab.requests().is_empty());
    let both = ["users", "create", "mona", "--role", "read@a", "--iam", "role", "--password-user"];
    lab.spctl(both).finish().exits(2);
    let args = ["users", "update", "CN=gateway,OU=telemetry,O=ExampleShop", "--generate-password"];
    let refused = lab.spctl(args).and(&["--yes"]).finish().exits(2);
    assert!(refused.err().contains("X.509 customer"), "{}", refused.shown());
}

#[test]
fn names_that_no_url_can_hold_are_refused_when_they_are_made() {
    let lab = Lab::new();
    lab.exchanges();
    for name in [".", ".."] {
        for line in [
            "users create NAME --role streamViewer --generate-password --yes",
            "roles create NAME --preset viewer --yes",
            "roles clone streamViewer NAME --yes",
            "users grant grace --action LIST_CONNECTIONS --role-name NAME --yes",
            "instances create NAME --provider aws --region us-east-1 --yes",
            "connections create NAME --instance orders --cluster shop-main --yes",
            "processors create NAME --instance orders --pipeline [] --yes",
            "projects create NAME --yes",
        ] {
            let refused = lab.typed(&line.replace("NAME", name)).finish().exits(2);
            assert!(refused.err().contains(&format!("{name:?}")), "{}", refused.shown());
        }
    }
    let requests = lab.requests();
    assert!(requests.iter().all(|request| request.starts_with("GET ")), "{requests:?}");
}

#[test]
fn names_whose_path_is_another_operations_are_refused_when_they_are_made() {
    let lab = Lab::new();
    let instances = [
        "accountDetails",
        "activeVpcPeeringConnections",
        "privateLinkConnections",
        "vpcPeeringConnections",
    ];
    let instance =
        |name: &&str| format!("instances create {name} --provider aws --region us-east-1");
    let user = |name: &&str| format!("users create {name} --role streamViewer --x509 managed");
    for line in instances.iter().map(instance).chain(["certs"].iter().map(user)) {
        let refused = lab.typed(&line).and(&["--yes"]).finish().exits(2);
        assert!(refused.err().contains("could never be changed or deleted"), "{}", refused.shown());
    }
    assert!(lab.requests().is_empty());
    // The letters' case counts in a path, and so does what a role or a connection is called.
    for line in [
        "users create Certs --role streamViewer --x509 managed",
        "roles create certs --preset viewer",
        "connections create certs --instance orders --url https://certs.example",
    ] {
        lab.typed(line).and(&["--yes"]).finish().exits(0);
    }
    lab.typed("users delete Certs --yes").finish().exits(0);
    // Other clients are refused as well.
    let user = r#"{"username":"certs","databaseName":"$external","x509Type":"MANAGED","roles":[{"roleName":"read","databaseName":"a"}]}"#;
    let instance = r#"{"name":"accountDetails","dataProcessRegion":{"cloudProvider":"AWS","region":"VIRGINIA_USA"}}"#;
    for (path, body) in [("databaseUsers", user), ("streams", instance)] {
        let path = format!("/api/atlas/v2/groups/{{groupId}}/{path}");
        let post = ["api", "POST", &path, "--input", "-", "--yes"];
        let refused = lab.spctl(post).stdin(body).finish();
        assert!(refused.err().contains("path would be"), "{}", refused.shown());
    }
}

#[test]
fn an_expiry_is_lifted() {
    let lab = Lab::new();
    // A store whose clock is that of the caller.
    let typed = |line: &str| lab.local([]).and(&line.split(' ').collect::<Vec<_>>());
    let end = |name: &str| {
        let user: Value = typed(&format!("users get {name} -o json")).finish().exits(0).json();
        user["deleteAfterDate"].clone()
    };
    typed("users update bob --expires 8h --yes").finish().exits(0);
    assert!(end("bob").is_string());
    let told = typed("users update bob --expires never --yes").finish().exits(0);
    assert!(told.err().contains("-> never"), "{}", told.shown());
    assert!(end("bob").is_null());
    let told = typed("users update bob --expires never --yes").finish().exits(0);
    assert!(told.err().contains("unchanged: database user bob"), "{}", told.shown());
    let create = "users create zoe --role read@a --expires NEVER --generate-password --yes";
    typed(create).finish().exits(0);
    assert!(end("zoe").is_null());
    let wrong = typed("users update bob --expires nevr --yes").finish().exits(2);
    assert!(wrong.err().contains("never"), "{}", wrong.shown());

    // An entry of the access list cannot be changed.
    let add = |args: &str| typed(&format!("access-lists add {args} --yes")).finish();
    add("203.0.113.9 --expires never").exits(0);
    add("203.0.113.10 --expires 8h").exits(0);
    let kept = add("203.0.113.10 --expires never").exits(6);
    assert!(kept.err().contains("remove it, then add it again"), "{}", kept.shown());
}
