//! Secrets that commands are given: the same from each source, for every command that takes one.

use std::io::Write;
use std::process::{Command, Stdio};

use secrecy::ExposeSecret;
use serde_json::Value;
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;

const KAFKA: &str = "--bootstrap-servers b.example:9092 --yes";
const OWNER: &str = "GROUP_STREAM_PROCESSING_OWNER";

#[test]
fn the_open_half_of_a_credential_is_taken_as_the_secret_one_is() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, OWNER);
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    for (option, known) in [("--public-key", &key), ("--client-id", &account)] {
        let login = |id: &str| {
            let url = lab.url();
            let line = ["auth", "login", "--base-url", url, "--secret-env", "S"];
            lab.bare(line)
                .and(&["--insecure-storage", "--yes", option, id])
                .env("S", known.secret.expose_secret())
        };
        for id in ["\u{feff}ID", "ID\n", "ID\r\n"] {
            login(&id.replace("ID", &known.name)).finish().exits(0);
        }
        for (id, said) in [("ID\r", "a carriage return"), ("I\u{1b}D", "control character U+001B")]
        {
            let refused = login(id).finish().exits(2);
            assert!(refused.err().contains(&format!("{option} holds ")), "{}", refused.shown());
            assert!(refused.err().contains(said), "{}", refused.shown());
        }
    }
}

#[test]
fn a_setting_holds_no_control_character() {
    let lab = Lab::new();
    for pair in
        ["public_key=abc\r", "client_id=mdb\n", "project=shop\t", "credential_command=a\r\n"]
    {
        let refused = lab.bare(["profiles", "set", "--profile", "p", pair]).finish().exits(2);
        let key = pair.split('=').next().unwrap();
        assert!(
            refused.err().contains(&format!("the value of {key} holds ")),
            "{}",
            refused.shown()
        );
    }
    assert_eq!(lab.bare(["profiles", "list", "-q"]).finish().exits(0).out(), "");
}

/// The bodies that changes sent, since they were last asked for.
fn sent(lab: &Lab) -> Vec<Value> {
    let exchanges = lab.exchanges();
    let bodies = exchanges.iter().filter(|exchange| !exchange.request_body.is_empty());
    bodies.map(|exchange| serde_json::from_slice(&exchange.request_body).expect("JSON")).collect()
}

/// Every command that takes a secret, without the options of its source: what these begin with, and
/// where the secret stands in what is sent.
fn takers() -> [(String, &'static str, &'static str); 6] {
    let connection =
        |more: &str| format!("connections create NAME --instance orders {KAFKA} {more}");
    let ssl = "--protocol SSL --client-certificate cert.pem --client-key key.pem";
    [
        (connection("--mechanism PLAIN --username u"), "password", "/authentication/password"),
        ("users create NAME --role read@shop --yes".into(), "password", "/password"),
        ("users update NAME --yes".into(), "password", "/password"),
        (
            connection("--mechanism OAUTHBEARER --client-id c --token-url https://t.example"),
            "client-secret",
            "/authentication/clientSecret",
        ),
        (connection(ssl), "key-password", "/authentication/sslKeyPassword"),
        (
            "connections update order-events --instance orders --username u --yes".into(),
            "password",
            "/authentication/password",
        ),
    ]
}

fn lab() -> Lab {
    let lab = Lab::new();
    let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    std::fs::write(lab.file("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(lab.file("key.pem"), made.signing_key.serialize_pem()).unwrap();
    lab
}

/// The line of a taker for a name that is free, or of a user who is there.
fn line(lab: &Lab, taker: &str, number: usize) -> Run {
    let name = if taker.starts_with("users update") { "bob".into() } else { format!("n{number}") };
    lab.typed(&taker.replace("NAME", &name))
}

#[test]
fn a_secret_is_taken_as_it_stands_whatever_its_source() {
    let lab = lab();
    // What stands on stdin, in a file or in a variable, and the secret that it is.
    let texts = [
        ("two words", "two words"),
        ("  between spaces  \n", "  between spaces  "),
        ("of windows\r\n", "of windows"),
        ("\u{feff}with a mark\r\n", "with a mark"),
        ("\"quoted\" $HOME 'ü'\n", "\"quoted\" $HOME 'ü'"),
    ];
    let mut number = 0;
    for (index, (taker, option, pointer)) in takers().into_iter().enumerate() {
        // All of them for one command, and what was once trimmed for each.
        let many = if index == 0 { texts.len() } else { 4 };
        for (text, secret) in texts.into_iter().take(many) {
            std::fs::write(lab.file("secret"), text).unwrap();
            let sources = [
                (format!("--{option}-stdin"), ""),
                (format!("--{option}-file"), "secret"),
                (format!("--{option}-env"), "SECRET"),
            ];
            for (source, value) in sources {
                number += 1;
                let run = line(&lab, &taker, number).and(&[&*source]);
                let run = if value.is_empty() { run } else { run.and(&[value]) };
                let run = run.and(&["-vv"]).env("SECRET", text).stdin(text);
                let finished = run.finish().exits(0);
                let bodies = sent(&lab);
                let found = bodies.last().and_then(|body| body.pointer(pointer));
                assert_eq!(found, Some(&Value::from(secret)), "{}", finished.shown());
                let shown = finished.err();
                assert!(shown.lines().all(|line| !line.contains(secret)), "{shown}");
            }
        }
    }
}

/// Nobody could type them, and a service that signs in with the secret would read them otherwise.
#[test]
fn control_characters_are_refused_with_their_place_and_nothing_is_sent() {
    let lab = lab();
    let texts = [
        ("hush\r", "a carriage return, U+000D"),
        ("hush\r\r\n", "a carriage return, U+000D"),
        ("hu\tsh\n", "the control character U+0009"),
        ("hush\u{1b}[A\n", "the control character U+001B"),
        ("hush\u{7f}", "the control character U+007F"),
        ("\u{feff}hush\u{85}\n", "the control character U+0085"),
    ];
    for (number, (taker, option, _)) in takers().into_iter().enumerate() {
        for (text, said) in texts {
            std::fs::write(lab.file("secret"), text).unwrap();
            for (end, value, place) in
                [("stdin", "", "stdin"), ("file", "secret", "secret"), ("env", "SECRET", "SECRET")]
            {
                let source = format!("--{option}-{end}");
                let run = line(&lab, &taker, number).and(&[&*source]).stdin(text);
                let run = if value.is_empty() { run } else { run.and(&[value]) };
                let refused = run.env("SECRET", text).finish().exits(2);
                let told = format!("error: {source}: {place} holds {said}\n");
                assert!(refused.err().starts_with(&told), "{}", refused.shown());
                assert!(!refused.err().contains("hu"), "{}", refused.shown());
            }
        }
        std::fs::write(lab.file("secret"), "hush\nhush\n").unwrap();
        let file = line(&lab, &taker, number).and(&[&format!("--{option}-file"), "secret"]);
        let refused = file.finish().exits(2);
        assert!(refused.err().contains("secret holds more than one line"), "{}", refused.shown());
    }
    let requests = lab.requests();
    assert!(requests.iter().all(|request| request.starts_with("GET ")), "{requests:?}");
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
    let lab = lab();
    let login = ("auth login --client-id mdb_sa_id_1".to_owned(), "secret", "");
    for (number, (taker, option, _)) in takers().into_iter().chain([login]).enumerate() {
        for given in [format!("--{option} hunter2"), format!("--{option}=hunter2")] {
            for format in ["tsv", "json"] {
                let run = line(&lab, &taker, number).and(&["-o", format]);
                let words: Vec<&str> = given.split(' ').collect();
                let refused = run.and(&words).finish().exits(2);
                let said = refused.err();
                assert!(
                    said.contains("does not belong on the command line"),
                    "{}",
                    refused.shown()
                );
                for end in ["-stdin", "-file FILE", "-env VARIABLE"] {
                    assert!(said.contains(&format!("--{option}{end}")), "{}", refused.shown());
                }
                assert!(!said.contains("hunter2"), "{}", refused.shown());
            }
        }
    }
    let longer = lab.typed("auth login --client-id mdb_sa_id_1 --client-secret=hunter2").finish();
    let said = longer.exits(2).err();
    assert!(said.contains("--secret-stdin") && !said.contains("hunter2"), "{said}");
    for (line, option) in [
        ("auth login --private-key hunter2", "--secret-stdin"),
        ("auth login --password=hunter2", "--secret-stdin"),
        ("auth login --token hunter2", "--secret-stdin"),
        ("auth login --api-key hunter2", "--secret-stdin"),
        ("users create z --role read@a --pasword hunter2", "--password-stdin"),
        ("users update alice --passwd hunter2", "--password-stdin"),
        ("connections create k --instance orders --secret hunter2", "--client-secret-stdin"),
    ] {
        let said = lab.typed(line).finish().exits(2).err();
        assert!(said.contains(option) && !said.contains("hunter2"), "{line}: {said}");
    }
    let slip = lab.typed("users update alice --password-en HUSH").finish().exits(2).err();
    assert!(slip.contains("'--password-env'"), "{slip}");
    assert!(lab.requests().is_empty());
    // A name after a flag is none.
    for line in [
        "users update --generate-password alice --dry-run",
        "users create --role read@a --generate-password zed --dry-run",
    ] {
        lab.typed(line).finish().exits(0);
    }
    // Without a value it asks, and help is help.
    let asks = lab.typed("users update alice --password --yes").finish().exits(2);
    assert!(!asks.err().contains("command line"), "{}", asks.shown());
    lab.typed("users update --password hunter2 --help").finish().exits(0);
}

#[test]
fn a_credential_is_taken_as_any_secret_from_the_environment_and_from_a_profile() {
    let lab = lab();
    let key = lab.credential(CredentialKind::ApiKey, OWNER);
    let (id, secret) = (&key.name, key.secret.expose_secret());
    let list = |id: &str, secret: &str| {
        lab.with_key(&key, ["instances", "list", "-q"])
            .env("MONGODB_ATLAS_PUBLIC_API_KEY", id)
            .env("MONGODB_ATLAS_PRIVATE_API_KEY", secret)
            .finish()
    };
    list(&format!("\u{feff}{id}\n"), &format!("\u{feff}{secret}\r\n")).exits(0);
    for (id, secret, place) in [
        (id.clone(), format!("{secret}\r"), "MONGODB_ATLAS_PRIVATE_API_KEY"),
        (format!("{id}\r"), secret.to_owned(), "MONGODB_ATLAS_PUBLIC_API_KEY"),
    ] {
        let refused = list(&id, &secret).exits(2);
        let told = format!("error: {place} holds a carriage return, U+000D\n");
        assert!(refused.err().starts_with(&told), "{}", refused.shown());
        assert!(!refused.err().contains(secret.trim()), "{}", refused.shown());
    }
    let token = format!("{}\t", lab.token());
    let run = lab.spctl(["instances", "list"]).env("MONGODB_ATLAS_ACCESS_TOKEN", &token);
    let refused = run.finish().exits(2);
    assert!(
        refused.err().contains("MONGODB_ATLAS_ACCESS_TOKEN holds the control"),
        "{}",
        refused.shown()
    );

    let settings = |id: &str| {
        format!(
            "default_profile = \"p\"\n[profiles.p]\nbase_url = \"{}\"\nproject = \"{}\"\n\
             public_key = \"{id}\"\ncredential_command = \"cat secret\"\n",
            lab.url(),
            lab.project()
        )
    };
    let stored = |id: &str, secret: &str| {
        std::fs::create_dir_all(lab.file("config")).unwrap();
        std::fs::write(lab.file("config/config.toml"), settings(id)).unwrap();
        std::fs::write(lab.file("secret"), secret).unwrap();
        let config = lab.file("config").display().to_string();
        lab.bare(["instances", "list", "-q"]).env("SPCTL_CONFIG_DIR", &config).finish()
    };
    stored(id, &format!("\u{feff}{secret}\r\n")).exits(0);
    let helper = stored(id, &format!("{secret}\r")).exits(4);
    assert!(helper.err().contains("\"cat\" printed a carriage return"), "{}", helper.shown());
    let public = stored(&format!("{id}\\r"), secret).exits(2);
    let told = "error: the public key of profile p holds a carriage return, U+000D\n";
    assert!(public.err().starts_with(told), "{}", public.shown());
}

#[test]
fn an_empty_secret_is_refused_and_nothing_is_sent() {
    let lab = lab();
    std::fs::write(lab.file("nothing"), "").unwrap();
    std::fs::write(lab.file("blank"), "\r\n").unwrap();
    std::fs::write(lab.file("binary"), [0xff, 0xfe, 0xfd]).unwrap();
    std::fs::write(lab.file("huge"), "x".repeat((64 << 10) + 1)).unwrap();
    for (number, (taker, option, _)) in takers().into_iter().enumerate() {
        let run = |source: &str, value: &[&str]| {
            let source = format!("--{option}-{source}");
            line(&lab, &taker, number).and(&[&*source]).and(value).env("EMPTY", "")
        };
        for stdin in ["", "\n", "\r\n", "\nsecond line\n"] {
            let refused = run("stdin", &[]).stdin(stdin).finish().exits(2);
            assert!(refused.err().contains("stdin holds no secret"), "{}", refused.shown());
        }
        for (file, said) in [
            ("nothing", "nothing holds no secret"),
            ("blank", "blank holds no secret"),
            ("binary", "not UTF-8"),
            ("huge", "longer than 64 KiB"),
            ("absent", "cannot read absent"),
            (".", "cannot read ."),
        ] {
            let refused = run("file", &[file]).finish().exits(2);
            assert!(refused.err().contains(said), "{}", refused.shown());
        }
        for variable in ["EMPTY", "UNSET"] {
            run("env", &[variable]).finish().exits(2);
        }
        let two = run("env", &["EMPTY"]).and(&[&*format!("--{option}-stdin")]).finish().exits(2);
        assert!(two.err().contains("cannot be used with"), "{}", two.shown());
    }
    let requests = lab.requests();
    assert!(requests.iter().all(|request| request.starts_with("GET ")), "{requests:?}");
}

/// The first line is the secret, and the names follow.
#[test]
fn a_secret_and_names_come_through_one_stdin() {
    let lab = lab();
    let update = |stdin: &str| lab.typed("users update - --password-stdin --yes").stdin(stdin);
    for (stdin, secret) in [
        (" a secret \nbob\n", " a secret "),
        ("alice123\r\nbob\r\n", "alice123"),
        ("the secret\n\n\nbob", "the secret"),
        // A name that is read twice is one.
        ("the secret\nbob\nbob\n", "the secret"),
    ] {
        let finished = update(stdin).finish().exits(0);
        let bodies = sent(&lab);
        assert_eq!(bodies.len(), 1, "{}", finished.shown());
        assert_eq!(bodies[0]["password"], secret, "{}", finished.shown());
        assert!(finished.err().contains("updated database user bob"), "{}", finished.shown());
    }
    // One password is for one user, wherever the names come from.
    let several = update("the secret\nalice\nbob\n").finish().exits(2);
    assert!(several.err().contains("2 users need a password each"), "{}", several.shown());
    assert!(update("the secret\n").finish().exits(2).err().contains("stdin holds no names"));
    assert!(update("").finish().exits(2).err().contains("stdin holds no secret"));
    assert!(update("bob\n").finish().exits(2).err().contains("stdin holds no names"));
    let preview = update("the secret\nbob\n").and(&["--dry-run"]).finish().exits(0);
    assert!(!preview.shown().contains("the secret"), "{}", preview.shown());
    let several = lab.typed("users update - --generate-password --password-file made --yes");
    several.stdin("alice\nbob\n").finish().exits(0);
    assert_eq!(sent(&lab).len(), 2);

    lab.typed("users lock bob --record lock.json --yes").finish().exits(0);
    sent(&lab);
    let unlock = lab.typed("users unlock --from lock.json --password-stdin - --yes");
    unlock.stdin("after the lock\nbob\n").finish().exits(0);
    assert_eq!(sent(&lab)[0]["password"], "after the lock");
}

#[test]
fn what_follows_the_secret_is_left_to_the_next_program() {
    let lab = lab();
    std::fs::write(lab.file("rest"), "").unwrap();
    let lines = [
        "users create zoe --role read@shop --password-stdin --yes",
        "connections create k --instance orders --bootstrap-servers b.example:9092 --yes \
         --mechanism PLAIN --username u --password-stdin",
        "auth login --client-id mdb_sa_id_1 --secret-stdin --insecure-storage",
    ];
    for line in lines {
        let run = lab.typed(line);
        let plain = run.command();
        let mut child = Command::new("sh")
            .args(["-c", "\"$@\" >/dev/null 2>&1; cat >rest", "sh"])
            .arg(env!("CARGO_BIN_EXE_spctl"))
            .args(&run.args)
            .env_clear()
            .envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .current_dir(lab.home())
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(b"the first line\nthe second\n  the third\n").unwrap();
        drop(stdin);
        child.wait().expect("it ends");
        let rest = std::fs::read_to_string(lab.file("rest")).unwrap();
        assert_eq!(rest, "the second\n  the third\n", "{line}");
    }
}

#[test]
fn stdin_holds_one_thing_beside_a_document() {
    let lab = lab();
    let options = ["--password-stdin", "--client-secret-stdin", "--key-password-stdin", "--file=-"];
    for one in options {
        for other in options.iter().filter(|other| **other != one) {
            let run = lab.typed("connections update order-events --instance orders --yes");
            let refused = run.and(&[one, other]).stdin("one\ntwo\n").finish().exits(2);
            assert!(refused.err().contains("stdin"), "{}", refused.shown());
        }
    }
    assert!(sent(&lab).is_empty());
}

/// Spaces are part of a credential's secret too, and a helper's first line is read as stdin's is.
#[test]
fn signing_in_reads_a_secret_as_every_other_command() {
    let lab = lab();
    let account = lab.credential(CredentialKind::ServiceAccount, OWNER);
    let secret = account.secret.expose_secret();
    let login = |args: &[&str]| {
        let run = lab.bare(["auth", "login", "--no-store", "--base-url", lab.url(), "--client-id"]);
        run.and(&[&account.name]).and(args).env("SECRET", secret)
    };
    login(&["--secret-env", "SECRET"]).finish().exits(0);
    for (text, code) in [
        (secret.to_owned(), 0),
        (format!("{secret}\r\n"), 0),
        (format!("{secret} \n"), 4),
        (format!(" {secret}\n"), 4),
    ] {
        std::fs::write(lab.file("secret"), &text).unwrap();
        let of_stdin = login(&["--secret-stdin"]).stdin(&text).finish().exits(code);
        let of_file = login(&["--secret-file", "secret"]).finish().exits(code);
        let helper = ["--credential-command", "cat secret", "--dry-run"];
        let run = lab.bare(["auth", "login", "--base-url", lab.url(), "--client-id"]);
        let of_helper = run.and(&[&account.name]).and(&helper).finish().exits(code);
        for finished in [of_stdin, of_file, of_helper] {
            assert!(!finished.shown().contains(secret), "{}", finished.shown());
        }
    }
    let several = login(&["--secret-stdin"]).stdin(&format!("{secret}\nrest\n"));
    several.finish().exits(0);
    login(&["--secret-file", "secret", "--secret-stdin"]).finish().exits(2);
    let run = lab.bare(["auth", "login", "--client-id", "mdb_sa_id_1", "--secret-file", "secret"]);
    run.and(&["--credential-command", "cat secret"]).finish().exits(2);
}
