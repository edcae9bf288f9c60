mod samples;

use std::collections::BTreeSet;

use self::samples::SAMPLES;
use super::*;

#[test]
fn formats_have_one_name_each() {
    let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name()).collect();
    assert_eq!(names.len(), FORMATS.len());
    assert!(FORMATS.iter().all(|format| find(format.name()) == Some(*format)));
}

fn refused(text: &str) -> Unreadable {
    super::read(text.as_bytes(), None, Reading::default()).unwrap_err()
}

#[test]
fn what_is_no_list_is_refused_with_its_reason() {
    for text in ["", " \r\n\t\n"] {
        assert_eq!(refused(text), Unreadable::Empty);
    }
    for text in [
        "{}",
        "[]",
        "[1]",
        "{\"a\": \"192.0.2.1\"}",
        "broker.example",
        "no words here",
        "kind: Pod",
    ] {
        assert_eq!(refused(text), Unreadable::Unknown, "{text}");
    }
    for text in ["{", "[1,]", "{} x", "{\"a\": 1, \"a\": 2}", "kind: [", "kind: A\nkind: B"] {
        assert!(matches!(refused(text), Unreadable::Broken { .. }), "{text}");
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(matches!(refused(&deep), Unreadable::Excess(_)));
    let bytes = super::read(b"192.0.2.1\n\xff", None, Reading::default());
    assert_eq!(bytes.unwrap_err(), Unreadable::NotText);
}

#[test]
fn an_empty_file_is_a_list_only_where_the_format_is_named() {
    let plain = super::read(b"# nobody\n", find("plain"), Reading::default()).unwrap();
    assert!(plain.lists[0].entries.is_empty());
    let json = super::read(b"", find("kafka-acls"), Reading::default());
    assert_eq!(json.unwrap_err(), Unreadable::NoList("kafka-acls"));
}

/// A list on one line: `?` stands behind what is no address, `!` behind what never matches.
fn shown(list: &List) -> String {
    let entry = |entry: &Listed| {
        let nets: Vec<String> = entry.nets.iter().map(ToString::to_string).collect();
        let written = entry.text.contains(" except ").then(|| format!("={}", nets.join("+")));
        let label = entry.label.iter().map(|label| format!(" ({label})"));
        let mark = match (entry.dead, nets.is_empty()) {
            (Some(_), _) => "!",
            (None, true) => "?",
            (None, false) => "",
        };
        format!("{}{mark}{}{}", entry.text, written.unwrap_or_default(), label.collect::<String>())
    };
    let ports = list.ports.iter().map(|p| match p.start() == p.end() {
        true => p.start().to_string(),
        false => format!("{}-{}", p.start(), p.end()),
    });
    let mut head = vec![list.name.clone()];
    head.extend(list.family.map(|family| family.to_string()));
    head.extend(list.version.map(|version| format!("v{version}")));
    head.extend((!list.ports.is_empty()).then(|| ports.collect::<Vec<_>>().join(",")));
    let entries = list.entries.iter().map(entry);
    let denied = list.denied.iter().map(|denied| format!("not {}", entry(denied)));
    let all: Vec<String> =
        [format!("{}:", head.join(" "))].into_iter().chain(entries).chain(denied).collect();
    all.join(" ")
}

#[test]
fn every_format_is_recognised_and_read() {
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for (name, text, expected) in SAMPLES {
        let found = super::read(text.as_bytes(), None, Reading::default());
        let found = found.unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
        let lists: Vec<String> = found.lists.iter().map(shown).collect();
        if (found.format.name(), &lists[..])
            != (*name, &Vec::from_iter(expected.iter().map(|line| (*line).to_owned()))[..])
        {
            wrong.push(format!("{name} is read as {}: {lists:#?}", found.format.name()));
        }
        seen.insert(*name);
        // What is left to those two may be recognised by another.
        let general = ["plain", "json"];
        let document = Document::parse(text.as_bytes()).unwrap();
        let all = FORMATS.iter().filter(|format| format.recognises(&document));
        let others =
            all.map(|f| f.name()).filter(|other| other != name && !general.contains(other));
        wrong.extend(others.map(|other| format!("{name} is {other} too: {text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(FORMATS.iter().all(|format| seen.contains(format.name())), "{seen:?}");
}
