//! Kubernetes: its own schemas, and those of Strimzi's resources.

use crate::consumers::{self, Python};
use crate::run::Finished;
use crate::support::Lab;

/// What a target writes for some addresses.
fn manifest(lab: &Lab, target: &str) -> String {
    let list = r#"{"outbound": {"aws": {"us-east-1": ["198.51.100.7", "203.0.113.0/31", "2001:db8::5"]}}}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let line = "ips --from-file list.json --provider aws --region us-east-1 --for";
    lab.typed(&format!("{line} {target}")).finish().exits(0).out()
}

/// Fails unless a check takes the text and refuses it with a word replaced, saying why.
#[track_caller]
fn told_apart(check: impl Fn(&str) -> Finished, text: &str, wrong: &[(&str, &str, &str)]) {
    check(text).exits(0);
    for (right, written, why) in wrong {
        assert!(text.contains(right), "{right}: {text}");
        let refused = check(&text.replace(right, written)).exits(1);
        assert!(refused.err().contains(why), "{}", refused.shown());
    }
}

#[test]
fn kubernetes_takes_a_network_policy() {
    let Some(python) = consumers::python("kubernetes-validate") else { return };
    let lab = Lab::new();
    // Words that YAML may take for something else, and texts that Kubernetes does.
    for more in ["--name atlas", "--name 1e3 --namespace on", "--name null --selector 1=y,t/a=0x1f"]
    {
        let options = format!("kubernetes {more} --selector app=kafka --port 9094,9095");
        let policy = manifest(&lab, &options);
        let wrong = [
            ("ipBlock", "ipblock", "'ipblock' was unexpected"),
            ("port: 9094", "port: true", "True is not"),
            ("matchLabels:", "matchlabels:", "'matchlabels' was unexpected"),
        ];
        told_apart(|text| python.run("kubernetes.py", &[], text), &policy, &wrong);
    }
}

/// The check of a resource by a release of Strimzi that serves this version of it.
fn strimzi(python: &Python, api: &str, resource: &str) -> Option<impl Fn(&str) -> Finished> {
    let release = if api == "v1" { "strimzi-1.2.0" } else { "strimzi-0.45.0" };
    let definition = consumers::part(release)?.join(format!("{resource}.yaml"));
    let python = python.clone();
    Some(move |text: &str| {
        python.run("kubernetes.py", &[definition.to_str().expect("a path of text")], text)
    })
}

#[test]
fn strimzi_takes_a_listener() {
    let Some(python) = consumers::python("jsonschema") else { return };
    let lab = Lab::new();
    for api in ["v1", "v1beta2"] {
        let Some(check) = strimzi(&python, api, "kafka") else { continue };
        let kafka = manifest(
            &lab,
            &format!("strimzi --name orders --listener external --port 9094 --api-version {api}"),
        );
        let wrong = [
            ("cidr:", "cidrs:", "'cidrs' was unexpected"),
            ("loadBalancerSourceRanges", "sourceRanges", "'sourceRanges' was unexpected"),
            ("name: external", "name: twelve-chars", "does not match"),
            ("port: 9094", "port: 9091", "less than the minimum"),
            ("tls: true", "tls: maybe", "is not of type"),
        ];
        told_apart(check, &kafka, &wrong);
    }
}

#[test]
fn strimzi_takes_a_user() {
    let Some(python) = consumers::python("jsonschema") else { return };
    let lab = Lab::new();
    for api in ["v1", "v1beta2"] {
        let Some(check) = strimzi(&python, api, "kafkauser") else { continue };
        let options =
            "--topic orders,* --group asp --operation Read,Write,Create,Describe,DescribeConfigs";
        let user =
            manifest(&lab, &format!("strimzi-user --name atlas {options} --api-version {api}"));
        let wrong = [
            ("- Read", "- read", "is not one of"),
            ("host:", "hosts:", "'hosts' was unexpected"),
            ("type: group", "type: groups", "is not one of"),
        ];
        told_apart(check, &user, &wrong);
    }
}
