//! What `spctl ips --for` writes for a shell: it calls the programs that it names, with the words that
//! were given, and does nothing else.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use spctl::brokers::targets::TARGETS;

use crate::support::Lab;

/// What would do something, wherever a shell looked into it.
const HOSTILE: &str = "$(touch taken); `touch taken` 'a' \"b\" #c {d,e} !f *";

/// The calls that a script makes, each program being one that notes its words.
fn calls(lab: &Lab, script: &str) -> Vec<Vec<String>> {
    let log = lab.file("calls");
    std::fs::write(&log, "").unwrap();
    for program in ["gcloud", "avn", "confluent", "kafka-acls.sh", "aws"] {
        let path = lab.file(program);
        let note = format!(
            "#!/bin/sh\nprintf '%s\\0' {program} \"$@\" >>'{0}'\necho >>'{0}'\n",
            log.display()
        );
        std::fs::write(&path, note).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::join_paths([lab.home(), "/bin".as_ref(), "/usr/bin".as_ref()]).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(lab.home()).env("PATH", path);
    assert!(shell.status().unwrap().success(), "{script}");
    assert!(!lab.file("taken").exists(), "{script}");
    let calls = std::fs::read_to_string(&log).unwrap();
    let words = |line: &str| line.split_terminator('\0').map(str::to_owned).collect();
    calls.lines().map(words).collect()
}

#[test]
fn a_script_calls_what_it_names_and_nothing_else() {
    let lab = Lab::new();
    let script = |target: &str, options: &[&str]| {
        let run = lab.local(["ips", "--provider", "aws", "--region", "us-east-1", "--for", target]);
        run.and(options).finish().exits(0).out()
    };
    let mut tried = 0;
    for target in TARGETS.iter().filter(|target| target.extension() == "sh") {
        let mut options = shell_words::split(target.example()).unwrap();
        for argument in target.takes().iter().filter(|argument| argument.flag == "description") {
            options.extend([format!("--{}", argument.flag), HOSTILE.to_owned()]);
        }
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let script = script(target.name(), &options);
        let lines = script.lines().filter(|line| !line.starts_with('#'));
        let expected: Vec<_> = lines.map(|line| shell_words::split(line).unwrap()).collect();
        assert!(!expected.is_empty(), "{script}");
        assert_eq!(calls(&lab, &script), expected);
        tried += 1;
    }
    assert!(tried > 4, "{tried}");
    let named = calls(&lab, &script("confluent", &["--name", HOSTILE]));
    assert_eq!(named[0][..5], ["confluent", "iam", "ip-group", "create", HOSTILE]);
    let said =
        calls(&lab, &script("gcloud", &["--name", "a", "--port", "1", "--description", HOSTILE]));
    assert_eq!(said[0].last().unwrap(), &format!("--description={HOSTILE}"));
    // A name that a program would take for an option.
    for target in TARGETS.iter().filter(|target| target.extension() == "sh") {
        let names = target.arguments().filter(|a| ["name", "id"].contains(&a.flag));
        for name in names {
            let hyphen = format!("--{}=--help", name.flag);
            let run = lab.local(["ips", "--provider", "aws", "--region", "us-east-1"]);
            let finished = run.and(&["--for", target.name(), &hyphen]).finish().exits(2);
            assert!(finished.stdout.is_empty(), "{}", finished.shown());
        }
    }
}
