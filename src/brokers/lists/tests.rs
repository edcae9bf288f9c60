use std::collections::BTreeSet;

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
