//! AWS: its client's own check of a call.

use serde_json::json;

use crate::consumers;
use crate::support::Lab;

/// Runs a script that calls `aws` and `spctl` against a stand-in for AWS.
fn at_aws(script: &str) {
    let Some(_) = consumers::python("awscli") else { return };
    let Some(python) = consumers::python("moto") else { return };
    let lab = Lab::new();
    let list = |name: &str, nets: &[String]| {
        let list = json!({"outbound": {"aws": {"us-east-1": nets}}});
        std::fs::write(lab.file(name), list.to_string()).unwrap();
    };
    let nets = |nets: &[&str]| Vec::from_iter(nets.iter().map(|net| (*net).to_owned()));
    list("old.json", &nets(&["198.51.100.7", "203.0.113.0/31", "2001:db8::5"]));
    list("old-ipv4.json", &nets(&["198.51.100.7", "203.0.113.0/31"]));
    list("new.json", &nets(&["198.51.100.7", "192.0.2.200/29", "2001:db8::9"]));
    let many = (0..150).map(|n| format!("192.0.2.{}", n + 1));
    list("many.json", &many.collect::<Vec<_>>());
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_spctl")).parent().unwrap();
    let mut command = python.command("moto.py", &[&binary.display().to_string()]);
    let command = command.current_dir(lab.file("")).env("HOME", lab.file(""));
    let told = consumers::run(command, script);
    assert_eq!(told.code, Some(0), "{}", told.shown());
}

#[test]
fn a_security_group_is_filled_checked_and_changed() {
    at_aws(include_str!("aws_security_group.sh"));
}

#[test]
fn a_prefix_list_is_made_checked_and_changed() {
    at_aws(include_str!("aws_prefix_list.sh"));
}

#[test]
fn the_client_takes_a_security_group() {
    let Some(python) = consumers::python("botocore") else { return };
    let lab = Lab::new();
    let line = "--local ips --provider aws --region us-east-1 --for aws-security-group \
                --group-id sg-0123456789abcdef0 --port 9092";
    let call = lab.typed(line).finish().exits(0);
    let check =
        |text: &str| python.run("botocore.py", &["ec2", "AuthorizeSecurityGroupIngress"], text);
    check(&call.out()).exits(0);
    let misspelt = call.out().replace("CidrIp", "Cidr");
    let refused = check(&misspelt).exits(1);
    assert!(refused.err().contains("Unknown parameter"), "{}", refused.shown());
}

#[test]
fn the_client_takes_a_prefix_list() {
    let Some(python) = consumers::python("botocore") else { return };
    let lab = Lab::new();
    let wanted =
        "--local ips --provider aws --region us-east-1 --for aws-prefix-list --family ipv4";
    for (operation, options) in [
        ("CreateManagedPrefixList", "--name atlas --max-entries 20"),
        ("ModifyManagedPrefixList", "--id pl-0123456789abcdef0 --current-version 3"),
    ] {
        let input = lab.typed(&format!("{wanted} {options}")).finish().exits(0).out();
        let check = |text: &str| python.run("botocore.py", &["ec2", operation], text);
        check(&input).exits(0);
        let refused = check(&input.replace("Cidr", "CidrIp")).exits(1);
        assert!(refused.err().contains("Unknown parameter"), "{}", refused.shown());
    }
}
