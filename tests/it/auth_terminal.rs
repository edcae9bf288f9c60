//! Signing in at a terminal: each question answered, refused and interrupted.

use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret;
use spctl::local::admin::{Credential, CredentialKind};
use spctl::local::{Fault, FaultAction};

use crate::support::Lab;
use crate::terminal::Terminal;

const OWNER: &str = "GROUP_STREAM_PROCESSING_OWNER";

/// What is asked, and what is answered: a service account, at an address of one's own, on a
/// machine without a keyring.
fn questions(lab: &Lab, account: &Credential) -> Vec<(&'static str, String)> {
    vec![
        ("which kind of credential", String::new()),
        ("where", "jj".to_owned()),
        ("base URL", lab.url().to_owned()),
        ("client id", account.name.clone()),
        ("where to store the secret", "j".to_owned()),
        ("client secret", account.secret.expose_secret().to_owned()),
        ("default project", String::new()),
    ]
}

fn login(lab: &Lab) -> Terminal {
    Terminal::start(&lab.bare(["auth", "login"]).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none"))
}

fn kept(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != ".lock").collect()
}

#[test]
fn a_person_signs_in_and_the_status_explains_itself() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let mut terminal = login(&lab);
    for (question, answer) in questions(&lab, &account) {
        terminal.sees(question).types(&answer);
    }
    let screen = terminal.ends(0);
    assert!(screen.contains("signed in as the profile default"), "{screen}");
    assert!(!screen.contains(account.secret.expose_secret()), "{screen}");

    let mut terminal = Terminal::start(&lab.bare(["auth", "status"]));
    terminal.sees(&account.name).sees("(profile default)");
    terminal.sees("(credentials.toml)").sees("valid").sees("yes");
    terminal.ends(0);
    // The chosen project is the profile's.
    lab.bare(["users", "list", "-q"]).finish().exits(0);

    // A token is not printed to whoever looks over a shoulder.
    let screen = Terminal::start(&lab.bare(["auth", "token"])).ends(2);
    assert!(screen.contains("--yes"), "{screen}");
    Terminal::start(&lab.bare(["auth", "token", "--yes"])).ends(0);

    let mut terminal = Terminal::start(&lab.bare(["auth", "logout"]));
    terminal.sees("Sign out?").answers("n");
    terminal.ends(2);
    lab.bare(["users", "list", "-q"]).finish().exits(0);
    let mut terminal = Terminal::start(&lab.bare(["auth", "logout"]));
    terminal.sees("Sign out?").answers("y");
    let screen = terminal.ends(0);
    assert!(screen.contains("revoked the token"), "{screen}");
    lab.bare(["users", "list", "-q"]).finish().exits(4);
}

#[test]
fn an_interrupted_question_leaves_nothing() {
    let lab = Lab::new();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let dir = lab.file(".config/spctl");
    let questions = questions(&lab, &account);
    for last in 0..questions.len() {
        let mut terminal = login(&lab);
        for (question, answer) in &questions[..last] {
            terminal.sees(question).types(answer);
        }
        terminal.sees(questions[last].0).interrupts();
        let screen = terminal.ends(130);
        assert!(screen.contains("nothing was changed"), "{screen}");
        assert!(kept(&dir).is_empty(), "after {:?}: {:?}", questions[last].0, kept(&dir));
        assert!(!lab.file(".cache/spctl/token.json").exists());
    }
}

#[test]
fn a_trial_that_gets_no_answer_can_be_interrupted() {
    let lab = Lab::faulty();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let questions = questions(&lab, &account);
    let tried = questions.iter().position(|(question, _)| question.contains("default project"));
    let late = FaultAction::Delay(Duration::from_secs(25));
    lab.faults.push(Fault { operation: None, times: 1, action: late });
    let mut terminal = login(&lab);
    for (question, answer) in &questions[..tried.expect("it is asked last")] {
        terminal.sees(question).types(answer);
    }
    std::thread::sleep(Duration::from_secs(2));
    terminal.interrupts();
    let screen = terminal.ends(130);
    assert!(screen.contains("nothing was stored"), "{screen}");
}

#[test]
fn another_credential_is_replaced_only_by_a_yes() {
    let lab = Lab::new();
    let first = lab.credential(CredentialKind::ApiKey, OWNER);
    let second = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let secret = |credential: &Credential| credential.secret.expose_secret().to_owned();
    let args = ["auth", "login", "--base-url", lab.url(), "--insecure-storage"];
    let with = |more: [&str; 2]| {
        let [a, b, c, d, e] = args;
        lab.bare([a, b, c, d, e, more[0], more[1]])
    };
    let mut terminal = Terminal::start(&with(["--public-key", &first.name]));
    terminal.sees("private key").types(&secret(&first)).sees("default project").types("j");
    terminal.ends(0);
    let before = std::fs::read_to_string(lab.file(".config/spctl/credentials.toml")).unwrap();

    for (answer, code) in [("n", 2), ("y", 0)] {
        // The id of a service account is recognised where a key's half is asked for.
        let mut terminal = Terminal::start(&with(["--kind", "api-key"]));
        terminal.sees("public key").types(&second.name).sees("Sign in as that").answers("y");
        terminal.sees("client secret").types(&secret(&second));
        terminal.sees("default project").types("").sees("Replace the API key").answers(answer);
        terminal.ends(code);
        let after = std::fs::read_to_string(lab.file(".config/spctl/credentials.toml")).unwrap();
        assert_eq!(after == before, code == 2);
    }
    let shown = lab.bare(["profiles", "get", "default", "-o", "json"]).finish().exits(0).json();
    assert_eq!(shown["id"], *second.name);
    assert_eq!(shown["credential"], "service-account");
}
