//! `spctl local ips`: the list that the local control plane answers with.

use serde_json::{Value, json};

use crate::local::Served;
use crate::support::Lab;

const US_EAST_1: [&str; 5] = ["ips", "--provider", "aws", "--region", "us-east-1"];

fn shown(lab: &Lab) -> Value {
    lab.bare(["local", "ips", "show"]).finish().exits(0).json()
}

#[test]
fn what_is_set_is_what_is_answered() {
    let lab = Lab::new();
    lab.bare(["local", "ips", "show"]).finish().exits(5);
    let sample = lab.local(US_EAST_1).finish().exits(0).out();
    let mut list = shown(&lab);
    list["outbound"]["aws"]["us-east-1"] = json!(["198.51.100.7", "203.0.113.0/30"]);
    // In what the documentation wraps it in, too.
    let wrapped = json!({ "controlPlane": list }).to_string();
    let set = lab.bare(["local", "ips", "set", "-"]).stdin(&wrapped).finish().exits(0);
    assert_eq!(set.out(), "entries\t38\nadded\t1\nremoved\t2\n");
    for line in [
        "+ 203.0.113.2/31  Atlas control plane outbound aws us-east-1",
        "- 198.51.100.23/32  Atlas control plane outbound aws us-east-1",
        "- 203.0.113.12/32  Atlas control plane outbound aws us-east-1",
    ] {
        assert!(set.err().contains(line), "{}", set.shown());
    }
    assert_eq!(shown(&lab), list);
    let after = lab.local(US_EAST_1).finish().exits(0).out();
    assert_eq!(after, "198.51.100.7/32\n203.0.113.0/30\n");
    // They are no samples any more, whatever is set.
    let other = r#"{"outbound": {"aws": {"us-east-1": ["9.9.9.9"]}}}"#;
    lab.bare(["local", "ips", "set", "-"]).stdin(other).finish().exits(0);
    let noted = lab.local(US_EAST_1).and(&["-o", "json"]).finish().exits(0);
    assert!(
        noted.err().contains("the local control plane's addresses, not Atlas' own"),
        "{}",
        noted.shown()
    );
    assert!(!noted.shown().contains("sample"), "{}", noted.shown());
    assert_eq!(noted.json()[0]["source"], "local control plane");
    lab.bare(["local", "ips", "set", "-"]).stdin(&wrapped).finish().exits(0);
    let reset = lab.bare(["local", "ips", "reset", "-o", "json"]).finish().exits(0).json();
    assert_eq!(reset["added"], 2);
    assert_eq!(lab.local(US_EAST_1).finish().exits(0).out(), sample);
}

#[test]
fn a_server_that_runs_answers_with_the_new_list() {
    let lab = Lab::new();
    let served = Served::start(&lab);
    let list = r#"{"outbound": {"aws": {"us-east-1": ["203.0.113.77"]}}}"#;
    lab.bare(["local", "ips", "set", "-"]).stdin(list).finish().exits(0);
    let url = served.get("MONGODB_ATLAS_BASE_URL").expect("an address").to_owned();
    let answer = lab.bare(US_EAST_1).env("MONGODB_ATLAS_BASE_URL", &url).finish().exits(0);
    assert_eq!(answer.out(), "203.0.113.77/32\n");
}

#[test]
fn what_is_no_list_replaces_nothing() {
    let lab = Lab::new();
    lab.bare(["local", "init"]).finish().exits(0);
    let before = shown(&lab);
    let region =
        |entries: &str| format!(r#"{{"outbound": {{"aws": {{"us-east-1": [{entries}]}}}}}}"#);
    for (text, why) in [
        (String::new(), "it is empty"),
        ("[]".to_owned(), "neither inbound nor outbound"),
        ("198.51.100.7\n".to_owned(), "not a list"),
        (r#"{"outbound": {}}"#.to_owned(), "no addresses"),
        (region(""), "no addresses"),
        (region(r#""198.51.100.7", "broker.example""#), "'broker.example'"),
        (region(r#""198.51.100.7/24""#), "'198.51.100.7/24'"),
        (region(r#""0.0.0.0/0""#), "cover every address"),
        (region(r#""198.51.100.7"], "us-east-1": ["198.51.100.8""#), "given more than once"),
        (r#"{"status": 503, "content": {"outbound": {}}}"#.to_owned(), "status 503"),
    ] {
        let refused = lab.bare(["local", "ips", "set", "-"]).stdin(&text).finish().exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains(why), "{text}: {}", refused.shown());
    }
    lab.bare(["local", "ips", "set", "nothing.json"]).finish().exits(2);
    assert_eq!(shown(&lab), before);
}
