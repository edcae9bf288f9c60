//! Aiven: its command line, against a stand-in for the service.

use serde_json::{Value, json};

use super::{addresses, wanted};
use crate::consumers;
use crate::support::Lab;

#[test]
fn avn_sets_the_filter() {
    let Some(python) = consumers::python("aiven-client") else { return };
    let lab = Lab::new();
    let filter = |more: &[&str]| -> Value {
        let set =
            addresses(&lab, "both", "aiven").and(&["--id", "kafka", "--cloud-project", "shop"]);
        let line = set.and(more).finish().exits(0).out();
        python.run("aiven.py", &[r#"["192.0.2.1/32"]"#], line).exits(0).json()["user_config"]["ip_filter"].clone()
    };
    let nets = ["198.51.100.7/32", "203.0.113.0/31", "2001:db8::5/128"];
    assert_eq!(filter(&[]), json!(nets));
    let text = r#"it's "Atlas" at größe; $(id) \n"#;
    let entries = nets.map(|net| json!({"network": net, "description": text}));
    assert_eq!(filter(&["--description", text]), json!(entries));
}

#[test]
fn what_avn_prints_is_read_and_changed() {
    let Some(python) = consumers::python("aiven-client") else { return };
    let lab = Lab::new();
    let office = json!({"network": "192.0.2.0/28", "description": "office, it's ours"});
    let mut filter = json!(["198.51.100.7", office]).to_string();
    // Runs commands, and keeps what `avn service get` prints then.
    let mut apply = |commands: &str| {
        let service = python.run("aiven.py", &[&filter], commands).exits(0);
        std::fs::write(lab.file("service.json"), &service.stdout).unwrap();
        filter = service.json()["user_config"]["ip_filter"].to_string();
        service.json()["user_config"]["ip_filter"].clone()
    };
    let check = |fail_on, code| {
        let against = ["--against", "service.json", "--fail-on", fail_on];
        wanted(&lab, &["ips", "check"], "both").and(&against).finish().exits(code)
    };
    let change = |more: &[&str]| {
        let delta = wanted(&lab, &["ips", "delta"], "both").and(&["--against", "service.json"]);
        let options = ["--for", "aiven", "--id", "kafka", "--cloud-project", "shop"];
        delta.and(&options).and(more).finish().exits(0).out()
    };
    apply("true");
    check("missing", 3);
    let kept = apply(&change(&["--keep-foreign"]));
    assert_eq!(kept, json!([office, "198.51.100.7/32", "203.0.113.0/31", "2001:db8::5/128"]));
    check("missing", 0);
    check("any", 3);
    apply(&change(&[]));
    check("any", 0);
    assert_eq!(change(&[]), "");
}
