//! Secrets that come back: whatever a server quotes, however it spells it and wherever it stands,
//! nothing that is known to be secret is shown.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::parrot::{self, PLACES, core, spellings};
use crate::run::{Finished, Run};
use crate::support::Lab;
use crate::terminal::Terminal;

/// With every character that is spelled in more than one way.
const SECRET: &str = r#"Zq7&<w>"o'r/d+x y%41\n-Kj0_Pw~"#;
const PASSWORD: &str = r#"Pw9\"&amp; <%20>/+u0041'{x}"#;

/// What says how much is said.
const VOICES: [&[&str]; 5] = [&[], &["-o", "json"], &["-v"], &["-vv"], &["-vv", "-o", "json"]];

#[track_caller]
fn holds_none(finished: &Finished, spelled: &[String], place: &str) {
    for spelling in spelled {
        let shown = finished.err();
        assert!(!shown.contains(core(spelling)), "{spelling:?} of {place}:\n{shown}");
    }
    // Nor the whole beginning of it, where a text is cut.
    let beginning: String = spelled[0].chars().take(12).collect();
    assert!(!finished.err().contains(&beginning), "{place}:\n{}", finished.err());
}

/// Runs these for each place and voice, against a server that quotes this secret there.
fn sweep(secret: &str, id: &str, run: impl Fn(&Lab, &str) -> Run) -> u64 {
    let lab = Lab::faulty();
    let spelled = spellings(secret, id);
    let mut tried = 0;
    for place in PLACES {
        let texts = spelled.clone();
        let address = parrot::serve(move |_, _| parrot::quoting(place, &texts));
        for voice in VOICES {
            let run = run(&lab, &format!("http://{address}"));
            let finished = run.and(voice).finish();
            assert_ne!(finished.code, Some(0), "{}", finished.shown());
            holds_none(&finished, &spelled, place);
            // The server was asked, and what it said was shown.
            if ["detail", "errorCode"].contains(&place) {
                assert!(finished.err().contains("********"), "{place}: {}", finished.shown());
            }
            tried += spelled.len() as u64;
        }
    }
    tried
}

#[test]
fn no_spelling_of_a_secret_is_shown_wherever_a_server_puts_it() {
    let tried = AtomicU64::new(0);
    let count = |number| tried.fetch_add(number, Ordering::Relaxed);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            count(sweep(SECRET, "mdb_sa_id_1", |lab, url| {
                let run = lab.typed("instances list").without("MONGODB_ATLAS_ACCESS_TOKEN");
                let run = run.env("MONGODB_ATLAS_BASE_URL", url);
                run.env("MONGODB_ATLAS_CLIENT_ID", "mdb_sa_id_1")
                    .env("MONGODB_ATLAS_CLIENT_SECRET", SECRET)
            }))
        });
        scope.spawn(|| {
            count(sweep(SECRET, "abcdefgh", |lab, url| {
                let run = lab.typed("instances list").without("MONGODB_ATLAS_ACCESS_TOKEN");
                let run = run.env("MONGODB_ATLAS_BASE_URL", url);
                run.env("MONGODB_ATLAS_PUBLIC_API_KEY", "abcdefgh")
                    .env("MONGODB_ATLAS_PRIVATE_API_KEY", SECRET)
            }))
        });
        scope.spawn(|| {
            count(sweep(SECRET, "id", |lab, url| {
                let run = lab.typed("instances list").env("MONGODB_ATLAS_BASE_URL", url);
                run.env("MONGODB_ATLAS_ACCESS_TOKEN", SECRET)
            }))
        });
        scope.spawn(|| {
            count(sweep(PASSWORD, "zoe", |lab, url| {
                let line = "users create zoe --role read@shop --password-env NEW --yes";
                lab.typed(line).env("MONGODB_ATLAS_BASE_URL", url).env("NEW", PASSWORD)
            }))
        });
    });
    let tried = tried.into_inner();
    assert_eq!(tried, 4 * 8 * 5 * 22, "each in each place, said in each way");
}

/// A token that nobody knew before it came.
#[test]
fn a_token_that_was_fetched_is_masked_from_the_answer_on_that_brings_it() {
    const TOKEN: &str = "eyJhbGciOi.canary-of-a-token.c2lnbmF0dXJl";
    let lab = Lab::faulty();
    let address = parrot::serve(|head, _| {
        let quoted = format!("X-Request-Id: {TOKEN}\r\nX-Echo: {TOKEN}\r\n");
        match head.contains("/api/oauth/token") {
            true => (200, quoted, json!({"access_token": TOKEN, "expires_in": 3600}).to_string()),
            false => (403, quoted, json!({"error": 403, "detail": TOKEN}).to_string()),
        }
    });
    for voice in VOICES {
        let run = lab.typed("instances list").without("MONGODB_ATLAS_ACCESS_TOKEN").and(voice);
        let run = run.env("SPCTL_CACHE_DIR", &lab.file("cache").display().to_string());
        let run = run.env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}"));
        let run = run.env("MONGODB_ATLAS_CLIENT_ID", "mdb_sa_id_1");
        let finished = run.env("MONGODB_ATLAS_CLIENT_SECRET", "mdb_sa_sk_canary").finish().exits(4);
        assert!(!finished.shown().contains("canary"), "{}", finished.shown());
        assert!(finished.err().contains("********"), "{}", finished.shown());
    }
}

#[test]
fn what_a_server_sends_goes_to_stdout_byte_for_byte() {
    let lab = Lab::faulty();
    let body = json!({"name": "orders", "note": "secret-of-the-token \u{200b}"}).to_string();
    let answer = body.clone();
    let address = parrot::serve(move |_, _| (200, String::new(), answer.clone()));
    let run = lab.typed("api GET groups/{project}/streams/orders -vv");
    let run = run.env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}"));
    let finished = run.env("MONGODB_ATLAS_ACCESS_TOKEN", "secret-of-the-token").finish().exits(0);
    assert_eq!(finished.out().trim_end(), body);
    assert!(!finished.err().contains("secret-of"), "{}", finished.shown());
}

#[test]
fn a_dry_run_shows_no_secret_that_is_known() {
    let lab = Lab::new();
    for format in ["json", "ndjson", "yaml", "csv", "tsv", "table"] {
        let run = lab.typed("users create zoe --role read@shop --password-env NEW --dry-run");
        let run = run.and(&["-o", format, "--description", "it is Tr0ub4dor&3 as always"]);
        let finished = run.env("NEW", "Tr0ub4dor&3").finish().exits(0);
        let shown = format!("{}{}", finished.out(), finished.err());
        assert!(!shown.contains("Tr0ub4dor") && shown.contains("as always"), "{shown}");
    }
}

#[test]
fn what_is_given_for_the_name_of_a_variable_is_not_repeated() {
    let lab = Lab::new();
    let kafka = "connections create c --instance orders --bootstrap-servers b.example:9092 --yes \
                 --mechanism PLAIN --username u";
    let https = "connections create c --instance orders --url https://hook.example --yes";
    let login = "auth login --public-key abcdefgh --insecure-storage --base-url http://127.0.0.1:9";
    let lines = [
        ("users create zoe --role read@shop --yes", "--password-env", ""),
        ("users update bob --yes", "--password-env", ""),
        (kafka, "--password-env", ""),
        (kafka, "--client-secret-env", ""),
        (kafka, "--key-password-env", ""),
        (https, "--header-env", "X-Key="),
        // The parser's own words.
        (https, "--header-env", ""),
        (login, "--secret-env", ""),
        ("users list", "--password-env", ""),
    ];
    for (line, option, before) in lines {
        for secret in ["hunter2-hunter2", "hunter2", "hunter2 with spaces"] {
            let word = format!("{before}{secret}");
            let joined = format!("{option}={word}");
            for words in [&[option, &word][..], &[joined.as_str()]] {
                for format in [&[][..], &["-o", "json"]] {
                    let finished = lab.typed(line).and(words).and(format).finish().exits(2);
                    assert!(!finished.err().contains("hunter2"), "{}", finished.shown());
                }
            }
        }
    }
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn the_parser_repeats_no_secret_of_the_environment() {
    let lab = Lab::new();
    for line in
        ["users lst T", "users list T", "users list --project x --T", "T", "-o T users list"]
    {
        for format in [&[][..], &["-o", "json"]] {
            let mut run = lab.typed(line).and(format);
            run.args.iter_mut().for_each(|word| *word = word.replace('T', "canary-of-a-token"));
            let run = run.env("MONGODB_ATLAS_ACCESS_TOKEN", "canary-of-a-token");
            let finished = run.finish().exits(2);
            assert!(!finished.shown().contains("'canary"), "{}", finished.shown());
            assert!(!finished.err().contains("canary"), "{}", finished.err());
        }
    }
}

/// Whoever gives the secret to an option that reads it from stdin.
#[test]
fn what_is_given_to_an_option_without_a_value_is_not_repeated() {
    let lab = Lab::new();
    for line in [
        "users create zoe --role read@shop --yes --password-stdin",
        "connections create c --instance orders --password-stdin",
        "connections create c --instance orders --client-secret-stdin",
        "auth login --client-id i --secret-stdin",
        "users list --password-stdin",
    ] {
        for secret in ["hunter2-hunter2", "hunter2", "hunter2=x"] {
            for format in [&[][..], &["-o", "json"]] {
                let line = format!("{line}={secret}");
                let finished = lab.typed(&line).and(format).finish().exits(2);
                assert!(!finished.err().contains("hunter2"), "{}", finished.shown());
            }
        }
    }
}

#[test]
fn secrets_in_a_query_are_not_shown() {
    let lab = Lab::faulty();
    let path =
        "groups/{project}/alerts?password=hunter2-in-a-path&pass%77ord=hunter2-2&token=hunter2";
    let date = ["--api-version", "2023-01-01"];
    let lines: [&[&str]; 6] = [
        &["api", "DELETE", path, "--dry-run"],
        &["api", "DELETE", path, "--dry-run", "-o", "json"],
        &["api", "DELETE", path, "--yes", "-vv"],
        &["api", "GET", "groups/{project}/alerts", "-f", "password=hunter2-field", "-vv"],
        &["api", "GET", "groups/{project}/alerts", "-F", "client_secret=hunter2", "-vv"],
        &["api", "DELETE", path],
    ];
    for line in lines {
        let finished = lab.typed("").and(line).and(&date).finish();
        let shown = finished.shown();
        // The line itself is shown first.
        let shown = shown.split_once('\n').map_or("", |(_, rest)| rest);
        let said = format!("{}{}", finished.out(), finished.err());
        assert!(!said.contains("hunter2") && said.contains("********"), "{shown}");
    }
    // One that is not known.
    let finished = lab.typed("").and(&["api", "GET", "groups/x/nothing?pwd=hunter2"]).finish();
    assert!(!finished.exits(2).err().contains("hunter2"));
}

#[test]
fn what_a_configuration_says_in_the_wrong_place_is_not_repeated() {
    let lab = Lab::new();
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    for text in [
        "[profiles.p]\nkind = \"hunter2-kind\"\n",
        "[profiles.p]\nsecret = \"hunter2, expected hunter2\"\n",
        "profiles = \"hunter2-profiles\"\n",
        "[profiles]\np = \"hunter2-p\"\n",
        "[profiles.p]\nclient_id = [\"hunter2\"]\n",
        "[profiles.p]\nhunter2-key = 1\n",
        "[profiles.p]\norg = hunter2-org\n",
        "[profiles.p]\norg = \"a\"\norg = \"hunter2\"\n",
        "default_profile = 5\nhunter2 = 1\n",
        "[profiles.p\norg = \"hunter2\"\n",
    ] {
        std::fs::write(lab.file(".config/spctl/config.toml"), text).unwrap();
        for line in [
            &["profiles", "list"][..],
            &["instances", "list", "-o", "json"],
            &["auth", "logout", "--yes"],
        ] {
            let finished = lab.bare([]).and(line).finish().exits(1);
            let said = finished.err();
            assert!(!said.contains("hunter2") && said.contains("config.toml"), "{text}: {said}");
        }
    }
}

#[test]
fn a_password_in_the_address_of_a_profile_is_not_shown() {
    let lab = Lab::new();
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    let text = "[profiles.p]\nbase_url = \"https://u:hunter2@atlas.example\"\n\
                [profiles.q]\nbase_url = \"u:hunter2@atlas.example\"\n";
    std::fs::write(lab.file(".config/spctl/config.toml"), text).unwrap();
    for line in
        ["list", "list -o json", "list -o csv", "get p", "get q", "get p -o yaml", "get q -o json"]
    {
        let run = lab.bare(["profiles"]).and(&line.split(' ').collect::<Vec<_>>());
        let finished = run.finish().exits(0);
        assert!(!finished.out().contains("hunter2"), "{}", finished.shown());
        assert!(finished.out().contains("********@atlas.example"), "{}", finished.shown());
    }
}

/// A server that writes lines of its own into ours.
#[test]
fn what_a_server_says_stays_in_its_line() {
    let lab = Lab::faulty();
    let row = json!({"name": "a\tb\nc", "id": "1"});
    let list = json!({"results": [row], "totalCount": 1}).to_string();
    let address = parrot::serve(move |head, _| {
        match head.starts_with("GET /api/atlas/v2/groups?") {
            true => (200, String::new(), list.clone()),
            false => {
                let said = json!({"error": 403, "detail": "no\nhint: run this\r\nx", "errorCode": "A\nwarning: b"});
                (403, String::new(), said.to_string())
            }
        }
    });
    let run =
        |line: &str| lab.typed(line).env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}"));
    let finished = run("instances list").finish().exits(4);
    let said = finished.err();
    assert!(
        said.contains("no\\nhint: run this\\r\\nx") && said.contains("A\\nwarning: b"),
        "{said}"
    );
    assert!(!said.contains("\nhint: run this") && !said.contains("\nwarning:"), "{said}");
    let finished = run("projects list -o table").finish().exits(0);
    assert!(finished.out().contains("a\\u{9}b\\u{a}c"), "{}", finished.shown());
    assert!(finished.err().contains("stands for an invisible character"), "{}", finished.shown());
}

/// The private half has the form of a UUID, wherever it is put.
#[test]
fn a_private_half_in_another_place_is_neither_sent_nor_shown() {
    const HALF: &str = "0f5a3c1e-9b7d-4e2a-8c6f-1234567890ab";
    let lab = Lab::new();
    let (public, private) = ("MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY");
    let (id, secret) = ("MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET");
    let pairs = [
        [(public, HALF), (private, "abcdefgh")],
        [(public, HALF), (private, HALF)],
        [(id, HALF), (secret, "mdb_sa_sk_x")],
        [(id, "mdb_sa_id_x"), (secret, HALF)],
    ];
    for pair in pairs {
        for line in ["instances list -vv", "auth status", "auth status -o json", "auth token"] {
            let run = lab.typed(line).without("MONGODB_ATLAS_ACCESS_TOKEN");
            let run = pair.iter().fold(run, |run, (name, value)| run.env(name, value));
            let finished = run.finish().exits(2);
            assert!(!finished.shown().contains(HALF), "{}", finished.shown());
        }
    }
    let run = lab.typed("instances list -vv").env("MONGODB_ATLAS_ACCESS_TOKEN", HALF);
    assert!(!run.finish().exits(2).shown().contains(HALF));
    let profile = format!("[profiles.p]\npublic_key = \"{HALF}\"\ncredential_command = \"true\"\n");
    std::fs::create_dir(lab.file("config")).unwrap();
    std::fs::write(lab.file("config/config.toml"), profile).unwrap();
    let lines = [
        (0, "profiles list --columns name,id"),
        (0, "profiles list -o json"),
        (0, "profiles get p"),
        (0, "auth logout --profile p --dry-run"),
        (2, "instances list --profile p"),
        (2, "auth status --profile p"),
        (0, "profiles unset --profile p public_key --dry-run"),
    ];
    for (code, line) in lines {
        let run = lab.bare([]).and(&line.split(' ').collect::<Vec<_>>());
        let run = run.env("SPCTL_CONFIG_DIR", &lab.file("config").display().to_string());
        let finished = run.finish().exits(code);
        assert!(!finished.shown().contains(HALF), "{}", finished.shown());
    }
    let word = format!("public_key={HALF}");
    for args in [["profiles", "set", &word], ["auth", "login", &format!("--public-key={HALF}")]] {
        let finished = lab.bare([]).and(&args).and(&["--profile", "q"]).finish().exits(2);
        assert!(!finished.err().contains(HALF), "{}", finished.err());
    }
    assert!(lab.requests().is_empty());
}

#[test]
fn of_a_helper_the_program_alone_is_shown() {
    let lab = Lab::new();
    let line = "credential_command=pass show --key=canary-of-an-argument atlas";
    let set = lab.bare(["profiles", "set", "client_id=mdb_sa_id_1", line, "--profile", "p"]);
    assert!(!set.finish().exits(0).err().contains("canary"));
    for words in
        ["list -o json", "get p", "get p -o json", "get p -o yaml", "list --columns name,secret"]
    {
        let run = lab.bare(["profiles"]).and(&words.split(' ').collect::<Vec<_>>());
        let finished = run.finish().exits(0);
        assert!(!finished.shown().contains("canary-of"), "{}", finished.shown());
        let named = !words.starts_with("get") || finished.out().contains("pass");
        assert!(named && !finished.out().contains("show"), "{}", finished.shown());
    }
    let unset = lab.bare(["profiles", "unset", "credential_command", "--profile", "p"]);
    assert!(!unset.finish().exits(0).err().contains("canary"));
}

#[test]
fn nobody_can_have_a_core_dump_of_it() {
    let lab = Lab::new();
    // It waits for its helper, which looks at what it was left.
    let look = "credential_command=sh -c 'ulimit -c >&2; cat /proc/$PPID/limits >&2'";
    let set = ["profiles", "set", "client_id=mdb_sa_id_1", look, "--profile", "p"];
    lab.bare(set).finish().exits(0);
    let mut command = lab.bare(["instances", "list", "--profile", "p"]).command();
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let limit = said.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    let numbers: Vec<_> = limit.split_whitespace().skip(4).take(2).collect();
    assert_eq!(numbers, ["0", "0"], "{said}");
    assert!(said.starts_with("0\n"), "{said}");
}

/// What two names differ in is seen, and said.
#[test]
fn names_that_look_alike_do_not_on_a_terminal() {
    const NAMES: [(&str, &str); 12] = [
        ("a\u{200b}", "a\\u{200b}"),
        ("b\u{e0041}", "b\\u{e0041}"),
        ("c\u{fe0f}", "c\\u{fe0f}"),
        ("d\u{ad}", "d\\u{ad}"),
        ("e\u{200f}", "e\\u{200f}"),
        ("f\u{202e}x", "f\\u{202e}x"),
        ("g\u{9b}2J", "g\\u{9b}2J"),
        ("h\u{7f}", "h\\u{7f}"),
        ("i\u{3164}", "i\\u{3164}"),
        ("j\u{a0}k", "j\\u{a0}k"),
        ("l\u{feff}", "l\\u{feff}"),
        ("m\u{2066}n", "m\\u{2066}n"),
    ];
    let lab = Lab::faulty();
    let rows: Vec<_> =
        NAMES.iter().map(|(name, shown)| json!({"name": name, "id": shown})).collect();
    let list = json!({"results": rows, "totalCount": rows.len()}).to_string();
    let refusals = Arc::new(Mutex::new(String::new()));
    let said = refusals.clone();
    let address =
        parrot::serve(move |head, _| match head.starts_with("GET /api/atlas/v2/groups?") {
            true => (200, String::new(), list.clone()),
            false => {
                let detail = said.lock().unwrap().clone();
                (403, String::new(), json!({"error": 403, "detail": detail}).to_string())
            }
        });
    let run =
        |line: &str| lab.typed(line).env("MONGODB_ATLAS_BASE_URL", &format!("http://{address}"));
    let raw = |screen: &str| NAMES.iter().any(|(name, _)| screen.contains(name));
    for line in
        ["projects list", "projects list -q", "projects list -o csv", "projects list -o yaml"]
    {
        let screen = Terminal::start(&run(line)).ends_somehow();
        assert!(!raw(&screen), "{line}: {screen:?}");
        // Names of control characters are left out, or have an escape of the format's own.
        let leaves_out = line.ends_with("-q") || line.ends_with("yaml");
        for (_, shown) in NAMES.iter().filter(|(name, _)| {
            !leaves_out || !name.contains(|c: char| c.is_control() || c == '\u{feff}')
        }) {
            assert!(screen.contains(shown), "{line}: {shown} in {screen:?}");
        }
        assert!(screen.contains("stands for an invisible character"), "{line}: {screen:?}");
    }
    let screen = Terminal::start(&run("projects list -o json")).ends(0);
    assert!(!raw(&screen) && screen.contains("\\udb40\\udc41"), "{screen:?}");
    // In a pipe everything is as it came.
    for format in ["json", "ndjson", "csv"] {
        let finished =
            run("projects list").and(&["-o", format, "--project", "x"]).finish().exits(0);
        for (name, _) in NAMES {
            let as_json = serde_json::to_string(name).unwrap();
            assert!(finished.out().contains(name) || finished.out().contains(&as_json), "{name:?}");
        }
    }
    // stderr is for people wherever it goes.
    for (name, shown) in NAMES {
        *refusals.lock().unwrap() = format!("no {name} here");
        for voice in VOICES {
            let finished = run("instances list").and(voice).finish().exits(4);
            let said = finished.err();
            assert!(!said.contains(name), "{voice:?}: {said:?}");
            if voice == ["-o", "json"] {
                let error: serde_json::Value = serde_json::from_str(&said).expect("JSON alone");
                assert!(error["message"].as_str().unwrap().contains(name), "{said}");
            } else if voice.is_empty() {
                assert!(
                    said.contains(shown) && said.contains("stands for an invisible character"),
                    "{said}"
                );
            }
        }
        // The parser's own errors.
        let wrong = lab.typed("users").and(&[name]).finish().exits(2);
        assert!(!wrong.err().contains(name) && wrong.err().contains(shown), "{}", wrong.shown());
        let wrong = lab.typed("users -o json").and(&[name]).finish().exits(2);
        assert!(!wrong.err().contains(name), "{}", wrong.shown());
        serde_json::from_str::<serde_json::Value>(&wrong.err()).expect("JSON alone");
    }
}

#[test]
fn what_is_empty_and_would_be_used_is_an_error() {
    let lab = Lab::new();
    let address = ["MONGODB_ATLAS_BASE_URL", "MONGODB_ATLAS_OPS_MANAGER_URL"];
    for name in address {
        for blank in ["", "  "] {
            for line in ["instances list", "auth status", "auth login --client-id i --secret-env S"]
            {
                let run = lab.typed(line).without(address[0]).env(name, blank);
                let finished = run.env("S", "secret").finish().exits(2);
                assert!(finished.err().contains(name), "{}", finished.shown());
            }
        }
        for line in ["profiles list", "completion bash", "projects list --local"] {
            let run = lab.typed(line).without(address[0]).without("MONGODB_ATLAS_ACCESS_TOKEN");
            run.env(name, "").finish().exits(0);
        }
    }
    let credential = |pairs: &[(&str, &str)]| {
        let run = lab.typed("instances list -q").without("MONGODB_ATLAS_ACCESS_TOKEN");
        pairs.iter().fold(run, |run, (name, value)| run.env(name, value)).finish()
    };
    let (token, id, secret) =
        ("MONGODB_ATLAS_ACCESS_TOKEN", "MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET");
    for pairs in [
        &[(token, "")][..],
        &[(token, " ")],
        &[(id, "mdb_sa_id_1"), (secret, "")],
        &[(id, ""), (secret, "mdb_sa_sk_1")],
        &[(id, ""), (secret, "")],
        &[("MONGODB_ATLAS_PUBLIC_KEY", "abcdefgh"), ("MONGODB_ATLAS_PRIVATE_KEY", "")],
    ] {
        let finished = credential(pairs).exits(2);
        let named = pairs
            .iter()
            .any(|(name, value)| value.trim().is_empty() && finished.err().contains(name));
        assert!(named, "{}", finished.shown());
    }
    // Another one acts: what is empty is as good as unset.
    credential(&[(token, lab.token()), (id, ""), (secret, "")]).exits(0);
    let whole = [("MONGODB_ATLAS_ORG_ID", ""), ("MONGODB_ATLAS_PROFILE", ""), ("HTTPS_PROXY", "")];
    credential(&[&[(token, lab.token())][..], &whole].concat()).exits(0);
    lab.exchanges();
}
