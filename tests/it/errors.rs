//! The exit codes: a public table.

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn each_wrong_turn_has_its_exit_code_and_a_sentence() {
    let lab = Lab::new();
    let list = || lab.spctl(["users", "list"]);
    let turns = [
        (0, lab.bare(["--version"])),
        (2, lab.spctl(["users", "lst"])),
        (2, lab.spctl(["users", "list", "--colums", "a"])),
        (4, list().without("MONGODB_ATLAS_ACCESS_TOKEN")),
        (2, list().without("MONGODB_ATLAS_PROJECT_ID")),
        (4, list().env("MONGODB_ATLAS_ACCESS_TOKEN", "wrong")),
        (5, list().env("MONGODB_ATLAS_PROJECT_ID", "ffffffffffffffffffffffff")),
        (5, lab.spctl(["instances", "get", "nothing"])),
        (7, list().env("MONGODB_ATLAS_BASE_URL", "http://127.0.0.1:9")),
        (2, list().env("SPCTL_LOCAL", "1")),
    ];
    lab.bare([]).finish().exits(2);
    let mut shown = String::new();
    for (code, run) in turns {
        let finished = run.finish();
        if finished.code != Some(code) {
            shown.push_str(&format!("!!! expected {code}\n"));
        }
        shown.push_str(&finished.shown());
    }
    assert!(!shown.contains("!!!"), "{shown}");
    // The version is the package's.
    assert_snapshot!("wrong_turns", shown.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
}

#[test]
fn json_asks_for_json_errors() {
    let lab = Lab::new();
    let finished = lab.spctl(["instances", "get", "nothing", "-o", "json"]).finish().exits(5);
    let error: serde_json::Value = serde_json::from_str(&finished.err()).expect("JSON on stderr");
    assert!(finished.err().contains("not_found"), "{error}");
}

#[test]
fn what_the_parser_refuses_is_json_too() {
    let lab = Lab::new();
    let lines: [&[&str]; 4] = [
        &["users", "lst", "-o", "json"],
        &["-o=ndjson", "users", "list", "--colums", "a"],
        &["members", "list", "-ojson", "--org"],
        &["users", "list", "-q", "--output", "json"],
    ];
    for line in lines {
        let mut run = lab.spctl([]);
        run.args = line.iter().map(|word| (*word).to_owned()).collect();
        let finished = run.finish().exits(2);
        let error: serde_json::Value =
            serde_json::from_str(&finished.err()).expect("JSON on stderr");
        assert_eq!(error["kind"], "usage", "{}", finished.shown());
        let hint = error["hint"].as_str().expect("a hint");
        assert!(!hint.is_empty() && finished.stdout.is_empty(), "{}", finished.shown());
        if line.contains(&"--org") {
            assert!(hint.contains("--in-org"), "{error}");
        }
    }
}

#[test]
fn what_is_wrong_is_told_before_anything_is_sent() {
    let lab = Lab::new();
    std::fs::write(lab.file("list.json"), "[]").unwrap();
    std::fs::write(lab.file("other.json"), r#"{"name": "h2", "type": "Sample"}"#).unwrap();
    let lines = [
        "audit download orders --since 2099-01-01",
        "audit download orders --since 1d --until 7d",
        "users create CN=z --x509 managed --role read@shop --generate-password --yes",
        "users create zoe --role read@shop --password-env NOWHERE --yes",
        "users get ",
        "api GET groups -f name",
        "audit download orders --jq . --out -",
        "audit download orders --columns a --out -",
        "users update bob --label a=b --remove-label a --yes",
        "users update - --password-stdin --yes",
        "audit download orders --processor= --out -",
        "members invite nobody --role project-owner --yes",
        "processors start totals --instance orders --with list.json --yes",
        "connections create hook --instance orders --file other.json --yes",
        "users update bob --description A --yes --columns bogus",
        "users delete bob --yes -o csv --columns bogus",
        "users update bob --description A --yes --jq .[",
        "users lock bob --yes --columns name",
        "users list --all-projects --project shop",
        "members list --all-projects --project shop",
        "users list --project=",
        "ips --instance=",
        "users update - bob --description A --yes",
        "ips --provider aws --region us-east-1 --for kafka-acls --principal User:a \
         --bootstrap-server broker:9092 --topic ..",
        "ips --provider aws --region us-east-1 --for kafka-acls --principal User:a \
         --bootstrap-server broker:0 --topic t",
        "roles delete stream-reader --yes --columns name",
        "access-lists add 192.0.2.7 --yes --columns bogus",
        "instances update orders --tier SP30 --yes -o csv --columns bogus",
        "private-links delete 66f1a2b3c4d5e6f708192a3b --yes --jq .[",
        "api DELETE groups/{project}/databaseUsers/admin/bob --yes --jq .[",
        "ips --provider aws --region us-east-1 --for kafka-acls --principal User:a \
         --bootstrap-server broker --topic t",
    ];
    for line in lines {
        let mut run = lab.spctl([]);
        run.args = line.split(' ').filter(|w| !w.contains('\n')).map(str::to_owned).collect();
        let finished = run.finish().exits(2);
        assert!(finished.err().contains("hint: "), "{}", finished.shown());
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
    }
    let reads = lab.requests();
    assert!(reads.iter().all(|r| r.starts_with("GET ") && !r.contains("auditLogs")), "{reads:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_whatever_is_written() {
    let lab = Lab::new();
    for line in ["users list", "users list --help", "--help", "completion bash"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = lab.typed(line).command().stdout(full).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{line}: {told}");
        assert!(told.contains("cannot write to stdout"), "{line}: {told}");
    }
}

#[test]
fn a_password_in_an_address_is_not_repeated() {
    let lab = Lab::new();
    for line in ["auth status", "users list", "profiles list"] {
        for other in ["", "https://atlas.example"] {
            let run = lab.typed(line).env("MONGODB_ATLAS_OPS_MANAGER_URL", other);
            let address = "https://me:hunter2@atlas.example";
            let finished = run.env("MONGODB_ATLAS_BASE_URL", address).finish();
            assert!(!finished.shown().contains("hunter2"), "{}", finished.shown());
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_the_same_error_everywhere() {
    let lab = Lab::new();
    let lines = [
        "ips --provider aws --region us-east-1 --from-file gone",
        "access-lists replace gone --yes",
        "connections create c --instance orders --file gone --yes",
        "private-links create --file gone --yes",
        "processors create p --instance orders --pipeline gone --yes",
        "processors start totals --instance orders --with gone --yes",
        "users unlock --from gone --yes",
        "api POST groups/{project}/streams --input gone --yes",
        "api POST groups/{project}/streams -F name=@gone --yes",
    ];
    for line in lines {
        let mut run = lab.spctl([]);
        run.args = line.split(' ').map(str::to_owned).collect();
        let finished = run.finish().exits(2);
        assert!(finished.err().contains("cannot read gone"), "{}", finished.shown());
        assert!(finished.err().contains("hint: check the path"), "{}", finished.shown());
        assert!(finished.stdout.is_empty());
    }
}

#[test]
fn the_token_is_never_shown() {
    let lab = Lab::new();
    let finished = lab.spctl(["users", "list", "-vv"]).finish().exits(0);
    assert!(!finished.err().contains(lab.token()), "{}", finished.shown());
}

#[test]
fn a_try_of_a_token_does_not_mask_words() {
    let lab = Lab::new();
    let run = lab.typed("instances list").env("MONGODB_ATLAS_ACCESS_TOKEN", "t");
    let told = run.finish().exits(4).err();
    assert!(!told.contains("****"), "{told}");
}
