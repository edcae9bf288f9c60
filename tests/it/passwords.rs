//! What the local control plane stores of a database user's password, and reports of users without one.

use crate::support::Lab;

const NOTE: &str = "cannot sign in to instances: the local control plane has no password";

/// How many verifiers the server's store has, and whether a text occurs in any of its files.
fn stored(lab: &Lab, text: &str) -> (i64, bool) {
    let file = lab.file("server/store.db");
    let db = rusqlite::Connection::open(&file).expect("the store is there");
    let count = db.query_row("SELECT count(*) FROM scram", [], |row| row.get(0)).expect("a table");
    let folder = std::fs::read_dir(file.parent().expect("a folder")).expect("it can be read");
    let holds = |path: std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    (count, folder.map(|entry| entry.expect("an entry").path()).any(holds))
}

#[test]
fn a_user_without_a_password_is_reported_until_one_is_set() {
    let lab = Lab::new();
    let get = |names: &[&str]| lab.local(["users", "get"]).and(names).finish().exits(0);
    let told = get(&["alice"]).err();
    let line = format!("alice {NOTE}; spctl --local users update alice --password sets one\n");
    assert_eq!(told, line);
    let two = get(&["alice", "bob"]);
    assert!(two.err().contains(&format!("alice, bob {NOTE}; spctl --local users update NAME")));
    // Data is what a script asks for, and no notes.
    let two = get(&["alice", "bob", "-o", "json"]);
    assert_eq!(two.err(), "");
    assert!(two.json().to_string().contains("\"username\":\"bob\"") && !two.out().contains("salt"));
    let many = get(&["alice", "bob", "dave", "erin"]).err();
    assert!(many.contains(&format!("4 of these users {NOTE}")), "{many}");
    // Users with other authentication methods have no password anywhere.
    let other = get(&["carol@$external"]).err();
    assert!(!other.contains(NOTE), "{other}");

    let update = ["users", "update", "alice", "--password-stdin", "--yes"];
    lab.local(update).stdin("correct horse\n").finish().exits(0);
    let told = get(&["alice"]).err();
    assert!(!told.contains(NOTE), "{told}");
    assert!(get(&["bob"]).err().contains(NOTE));
    let create = ["users", "create", "zoe", "--role", "streamViewer", "--password-stdin", "--yes"];
    lab.local(create).stdin("a fine one\n").finish().exits(0);
    assert!(!get(&["zoe"]).err().contains(NOTE));
}

#[test]
fn nothing_is_reported_of_passwords_on_another_server() {
    let lab = Lab::new();
    let told = lab.spctl(["users", "get", "alice"]).finish().exits(0).err();
    assert!(!told.contains("password"), "{told}");
}

#[test]
fn what_is_stored_is_not_the_password_and_is_deleted_with_the_user() {
    let lab = Lab::new();
    let secret = "correct horse battery";
    assert_eq!(stored(&lab, secret), (0, false), "the sample's users have none");
    let update = ["users", "update", "alice", "--password-stdin", "--yes"];
    lab.spctl(update).stdin(&format!("{secret}\n")).finish().exits(0);
    assert_eq!(stored(&lab, secret), (1, false));
    lab.spctl(["users", "delete", "alice", "--yes"]).finish().exits(0);
    assert_eq!(stored(&lab, secret), (0, false));
}

#[test]
fn a_password_that_nobody_could_sign_in_with_is_refused() {
    let lab = Lab::new();
    let update = ["users", "update", "alice", "--password-stdin", "--yes"];
    let refused = lab.spctl(update).stdin("hush\u{e000}hush\n").finish().exits(1);
    assert!(refused.err().contains("SASLprep"), "{}", refused.shown());
    assert!(!refused.err().contains("hush"), "{}", refused.shown());
    assert_eq!(stored(&lab, "hush").0, 0);
}
