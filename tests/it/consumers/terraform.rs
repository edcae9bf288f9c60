//! Terraform: its own layout and values, and another reader's idea of the text.

use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::consumers::{self, python, tool};
use crate::support::Lab;

/// Addresses of both kinds, in two regions.
const LIST: &str = r#"{"outbound": {"aws": {
    "us-east-1": ["198.51.100.7", "203.0.113.0/31", "2001:db8::5"],
    "us-west-2": ["192.0.2.200/29", "2001:db8:1::/64"]}}}"#;

/// What is written to be a `.tf` file, with each of the options that may change its layout.
const LINES: &[&str] = &[
    "terraform-aws --name atlas --id sg-0123456789abcdef0 --port 9194",
    "terraform-aws --name a_1 --id aws_security_group.broker[0].id --port 9194,9196 --description $!{x}#",
    "terraform-aws-prefix-list --name atlas --family ipv4",
    "terraform-aws-prefix-list --name atlas-6 --family ipv6 --max-entries 20 --description {x}${y}",
    "terraform-google --name atlas --network default --port 9092",
    "terraform-google --name a-1 --network google_compute_network.main.id --port 1,2 --priority 9 \
     --description ${x}%{y}\"z\"\\",
    "terraform-azure --name atlas --id azurerm_network_security_group.x --port 9092 --priority 200",
    "terraform-azure --name a-1 --port 1,2 --priority 4095 --description \"${x}\" \
     --id /subscriptions/0-1/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/n",
];

/// What is written for a line, of one region or of two.
fn written(lab: &Lab, line: &str) -> [String; 2] {
    std::fs::write(lab.file("list.json"), LIST).unwrap();
    let region = "--provider aws --region us-east-1 --from-file list.json";
    [region, &format!("{region} --region us-west-2")]
        .map(|region| lab.typed(&format!("ips {region} --for {line}")).finish().exits(0).out())
}

fn terraform(terraform: &Path, home: &Lab) -> Command {
    let mut command = Command::new(terraform);
    // Neither this machine's settings nor a question whether there is a newer one.
    command.env("TF_CLI_CONFIG_FILE", "/dev/null").env("CHECKPOINT_DISABLE", "1");
    command.current_dir(home.file(""));
    command
}

#[test]
fn terraform_would_lay_it_out_the_same() {
    let Some(program) = tool("terraform") else { return };
    let lab = Lab::new();
    for line in LINES {
        for text in written(&lab, line) {
            let fmt = || terraform(&program, &lab);
            let told = consumers::run(fmt().args(["fmt", "-check", "-diff", "-"]), &text);
            assert_eq!(told.code, Some(0), "{line}: {}", told.shown());
            let crooked = text.replace(" = ", "  = ");
            consumers::run(fmt().args(["fmt", "-check", "-"]), &crooked).exits(3);
        }
    }
}

#[test]
fn a_variable_has_the_value() {
    let Some(program) = tool("terraform") else { return };
    let lab = Lab::new();
    let [text, _] = written(&lab, "tfvars --name atlas");
    std::fs::write(lab.file("atlas.auto.tfvars.json"), text).unwrap();
    std::fs::write(lab.file("main.tf"), "variable \"atlas\" {\n  type = set(string)\n}\n").unwrap();
    let mut console = terraform(&program, &lab);
    let told = consumers::run(console.arg("console"), "join(\",\", var.atlas)\n").exits(0);
    assert_eq!(told.out().trim(), "\"198.51.100.7/32,2001:db8::5/128,203.0.113.0/31\"");
}

/// What is evaluated is what was given: no template in a description, and no quote, is one.
#[test]
fn a_text_is_evaluated_to_itself() {
    let Some(program) = tool("terraform") else { return };
    let lab = Lab::new();
    for description in ["${x}%{y}\"z\"\\", "$${x} %%{y} $$$", "plain", "größe 'x'"] {
        std::fs::write(lab.file("list.json"), LIST).unwrap();
        let mut run = lab.local(["ips", "--provider", "aws", "--region", "us-east-1"]);
        let line = "--from-file list.json --for terraform-google --name a --network n --port 1";
        run.args.extend(line.split(' ').map(str::to_owned));
        run.args.extend(["--description", description].map(str::to_owned));
        let text = run.finish().exits(0).out();
        let value = text.lines().find_map(|line| line.split_once("description = ")).unwrap().1;
        let mut console = terraform(&program, &lab);
        let asked = format!("base64encode({value})\n");
        let told = consumers::run(console.arg("console"), &asked).exits(0).out();
        let bytes = BASE64_STANDARD.decode(told.trim().trim_matches('"')).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), description, "{value}");
    }
}

#[test]
fn another_reader_finds_the_addresses() {
    let Some(python) = python("python-hcl2") else { return };
    let lab = Lab::new();
    for line in LINES {
        for text in written(&lab, line) {
            let read = python.run("python_hcl2.py", &[], &text).exits(0).json();
            let resources = read["resource"].as_array().map_or(0, Vec::len);
            assert!((1..=4).contains(&resources), "{line}: {read}");
        }
    }
    let [text, _] = written(&lab, LINES[0]);
    let read = python.run("python_hcl2.py", &[], &text).exits(0).json();
    let rule = &read["resource"][0]["\"aws_vpc_security_group_ingress_rule\""]["\"atlas_9194\""];
    let label = "\"Atlas control plane outbound aws us-east-1\"";
    let expected = json!({"\"198.51.100.7/32\"": label, "\"203.0.113.0/31\"": label});
    assert_eq!(rule["for_each"], expected, "{read}");
    assert_eq!(rule["from_port"], Value::from(9194));
    python.run("python_hcl2.py", &[], text.replace('}', "")).exits(1);
}
