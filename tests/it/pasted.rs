//! Command lines in hints are pasted: a shell takes every name in them as one word.

use crate::support::Lab;

/// Names that a shell would take apart.
const PERSON: &str = "o'brien x";
const PERSON_IN_FULL: &str = "o'brien x@admin";
const SUBJECT: &str = "CN=ci x,OU=build & run,O=$example";
const SUBJECT_IN_FULL: &str = "CN=ci x,OU=build & run,O=$example@$external";

/// What is typed; how what the hint says to type begins, word by word.
fn cases(record: &str) -> Vec<(Vec<&str>, Vec<&str>)> {
    vec![
        (
            vec!["users", "create", PERSON, "--role", "read@a", "--generate-password"],
            vec!["users", "get", PERSON_IN_FULL],
        ),
        (
            vec!["users", "create", SUBJECT, "--role", "read@a", "--x509", "customer"],
            vec!["users", "get", SUBJECT_IN_FULL],
        ),
        (
            vec!["users", "lock", PERSON, "--record", record],
            vec!["users", "unlock", "--from", record],
        ),
        (vec!["projects", "create", "shop(new)'s"], vec!["projects", "get", "shop(new)'s"]),
        (
            vec!["processors", "get", "a b", "--instance", "orders"],
            vec!["processors", "list", "--instance", "orders"],
        ),
        (
            vec![
                "connections",
                "create",
                "a*b",
                "--instance",
                "orders",
                "--url",
                "https://h.example/in",
            ],
            vec!["connections", "get", "a*b", "--instance", "orders"],
        ),
        (
            vec!["members", "revoke", "o'hara@example.com", "--role", "project-read-only"],
            vec!["members", "remove", "o'hara@example.com"],
        ),
    ]
}

/// The words of the first command line in what was said.
fn words(said: &str, count: usize) -> Vec<String> {
    let hint = said.lines().find(|line| line.starts_with("hint: ") && line.contains("spctl "));
    let hint = hint.unwrap_or_else(|| panic!("no command line in:\n{said}"));
    let line = &hint[hint.find("spctl ").expect("it is there")..];
    // What follows may hold an apostrophe of its own, which no shell would read to its end.
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let read = ends.filter_map(|end| shell_words::split(&line[..end]).ok());
    let read = read.map(|words| words.into_iter().filter(|word| word != "--yes"));
    let read = read.map(|words| words.skip(1).take(count).collect::<Vec<_>>());
    read.max_by_key(Vec::len).unwrap_or_default()
}

#[test]
fn names_in_hints_are_one_word_each() {
    let lab = Lab::new();
    let record = lab.file("my lock; x.json").display().to_string();
    for setup in [
        &["users", "create", PERSON, "--role", "read@a", "--generate-password"][..],
        &["users", "create", SUBJECT, "--role", "read@a", "--x509", "customer"],
        &["projects", "create", "shop(new)'s"],
        &["connections", "create", "a*b", "--instance", "orders", "--url", "https://h.example/in"],
        &["members", "invite", "o'hara@example.com", "--role", "project-read-only"],
    ] {
        lab.spctl(["--yes"]).and(setup).finish().exits(0);
    }
    for (typed, meant) in cases(&record) {
        let said = lab.spctl(["--yes"]).and(&typed).finish().err();
        assert_eq!(words(&said, meant.len()), meant, "{typed:?}:\n{said}");
    }
}
