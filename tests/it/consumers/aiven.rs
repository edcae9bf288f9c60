//! Aiven: its command line, against a stand-in for the service.

use serde_json::{Value, json};

use super::addresses;
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
