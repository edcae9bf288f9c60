//! Signing in unattended, where secrets are kept, and what is said of a credential.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use serde_json::json;
use spctl::local::admin::{Credential, CredentialKind};

use crate::run::Run;
use crate::support::{Lab, skipped};

const OWNER: &str = "GROUP_STREAM_PROCESSING_OWNER";

fn account(lab: &Lab) -> Credential {
    lab.credential(CredentialKind::ServiceAccount, OWNER)
}

/// A sign-in of a service account, its secret on stdin.
fn login<const N: usize>(lab: &Lab, account: &Credential, more: [&str; N]) -> Run {
    let mut run = lab.bare(["auth", "login", "--base-url", lab.url(), "--client-id"]);
    run.args.push(account.name.clone());
    run.args.push("--secret-stdin".to_owned());
    run.args.extend(more.map(str::to_owned));
    run.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none").stdin(account.secret.expose_secret())
}

fn mode(lab: &Lab, name: &str) -> u32 {
    std::fs::metadata(lab.file(name)).unwrap().permissions().mode() & 0o777
}

#[test]
fn without_a_keyring_a_choice_is_demanded() {
    let lab = Lab::new();
    let account = account(&lab);
    let begin = Instant::now();
    let refused = login(&lab, &account, []).finish().exits(1);
    assert!(begin.elapsed() < Duration::from_secs(3));
    assert!(refused.err().contains("--insecure-storage") && refused.err().contains("--no-store"));
    assert!(lab.requests().is_empty(), "nothing is tried before it can be kept");

    let printed = login(&lab, &account, ["--no-store"]).finish().exits(0);
    assert!(printed.out().contains(&format!("export MONGODB_ATLAS_CLIENT_ID={}\n", account.name)));
    assert!(!printed.shown().contains(account.secret.expose_secret()), "{}", printed.shown());
    assert!(!lab.file(".config/spctl/config.toml").exists());

    login(&lab, &account, ["--insecure-storage"]).finish().exits(0);
    assert_eq!(mode(&lab, ".config/spctl"), 0o700);
    assert_eq!(mode(&lab, ".config/spctl/config.toml"), 0o600);
    assert_eq!(mode(&lab, ".config/spctl/credentials.toml"), 0o600);
    let config = std::fs::read_to_string(lab.file(".config/spctl/config.toml")).unwrap();
    assert!(!config.contains(account.secret.expose_secret()));
    lab.requests();
    for _ in 0..3 {
        lab.bare(["projects", "list", "-q"]).finish().exits(0);
    }
    let tokens = lab.requests().into_iter().filter(|r| r.contains("oauth/token")).count();
    assert_eq!(tokens, 0, "the one of the sign-in is kept");
}

#[test]
fn of_a_broken_file_of_secrets_the_line_is_told_and_not_shown() {
    let lab = Lab::new();
    login(&lab, &account(&lab), ["--insecure-storage"]).finish().exits(0);
    let file = lab.file(".config/spctl/credentials.toml");
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{whole}key = hunter2\n")).unwrap();
    let broken = lab.bare(["projects", "list"]).finish().exits(1);
    let said = format!("credentials.toml is not TOML: line {}", whole.lines().count() + 1);
    assert!(broken.err().contains(&said), "{}", broken.shown());
    assert!(broken.err().contains("hint: ") && !broken.err().contains("hunter2"));
}

#[test]
fn what_others_may_read_is_refused() {
    let lab = Lab::new();
    let account = account(&lab);
    login(&lab, &account, ["--insecure-storage"]).finish().exits(0);
    for (name, wide, right) in
        [(".config/spctl", 0o755, 0o700), (".config/spctl/credentials.toml", 0o640, 0o600)]
    {
        let set = |mode| {
            std::fs::set_permissions(lab.file(name), PermissionsExt::from_mode(mode)).unwrap();
        };
        set(wide);
        let refused = lab.bare(["projects", "list"]).finish().exits(1);
        let said = format!("mode {wide:04o}");
        assert!(refused.err().contains(&said) && refused.err().contains("chmod"), "{said}");
        login(&lab, &account, ["--insecure-storage"]).finish().exits(1);
        set(right);
    }
    lab.bare(["projects", "list"]).finish().exits(0);
    // To be rid of it is possible all the same.
    let file = lab.file(".config/spctl/credentials.toml");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    lab.bare(["auth", "logout", "--yes"]).finish().exits(0);
    assert!(!file.exists());
}

#[test]
fn a_sign_in_asks_for_one_token() {
    let lab = Lab::new();
    let account = account(&lab);
    let about_tokens =
        |lab: &Lab| lab.requests().into_iter().filter(|r| r.contains("oauth/")).count();
    login(&lab, &account, ["--insecure-storage"]).finish().exits(0);
    lab.bare(["projects", "list", "-q"]).finish().exits(0);
    assert_eq!(about_tokens(&lab), 1);
    let out = lab.bare(["auth", "logout", "--yes"]).finish().exits(0);
    assert!(out.err().contains("revoked the token"), "{}", out.shown());
    lab.requests();
    // A trial leaves none behind.
    login(&lab, &account, ["--insecure-storage", "--dry-run"]).finish().exits(0);
    login(&lab, &account, ["--no-store"]).finish().exits(0);
    let asked = lab.requests();
    let count = |what: &str| asked.iter().filter(|r| r.contains(what)).count();
    assert_eq!((count("oauth/token"), count("oauth/revoke")), (2, 2), "{asked:?}");
}

#[test]
fn a_credential_that_fails_is_not_kept() {
    let lab = Lab::new();
    let account = account(&lab);
    let kept = || lab.file(".config/spctl/config.toml").exists();
    let wrong = login(&lab, &account, ["--insecure-storage"]).stdin("not-the-secret");
    let wrong = wrong.finish().exits(4);
    assert!(!wrong.shown().contains("not-the-secret"));
    for (stdin, said) in [
        ("", "stdin holds no secret"),
        (account.name.as_str(), "the secret is the id of a service account"),
    ] {
        let run = login(&lab, &account, ["--insecure-storage"]).stdin(stdin);
        assert!(run.finish().exits(2).err().contains(said));
    }
    login(&lab, &account, ["--insecure-storage", "--default-project", "nope"]).finish().exits(5);
    login(&lab, &account, ["--insecure-storage", "--dry-run"]).finish().exits(0);
    assert!(!kept());

    let secret = account.secret.expose_secret();
    let bare = |args: [&str; 7]| lab.bare(args).env("S", secret);
    let with = |option: &str, value: &str| {
        bare(["auth", "login", option, value, "--secret-env", "S", "--insecure-storage"])
    };
    let key = with("--public-key", &account.name).finish().exits(2);
    assert!(key.err().contains("--client-id"), "{}", key.shown());
    let swapped = with("--client-id", secret).env("S", &account.name).finish().exits(2);
    assert!(!swapped.err().contains(secret), "{}", swapped.err());
    assert!(with("--kind", "service-account").finish().exits(2).err().contains("--client-id"));
    lab.bare(["auth", "login", "--local"]).finish().exits(2);
    assert!(!kept());
}

#[test]
fn a_profile_s_secret_goes_to_its_own_address_only() {
    let lab = Lab::new();
    let account = account(&lab);
    login(&lab, &account, ["--insecure-storage"]).finish().exits(0);
    let elsewhere = lab.bare(["projects", "list"]);
    let elsewhere = elsewhere.env("MONGODB_ATLAS_BASE_URL", "http://127.0.0.1:9").finish().exits(4);
    assert!(elsewhere.err().contains("MONGODB_ATLAS_BASE_URL"), "{}", elsewhere.shown());
    // Nor where somebody edits the address.
    let path = lab.file(".config/spctl/config.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace(lab.url(), "http://127.0.0.1:9")).unwrap();
    lab.bare(["projects", "list"]).finish().exits(4);
}

#[test]
fn a_helper_prints_the_secret() {
    let lab = Lab::new();
    let account = account(&lab);
    std::fs::write(lab.file("helper-says"), account.secret.expose_secret()).unwrap();
    let line = format!("cat {}", lab.file("helper-says").display());
    let args = ["auth", "login", "--base-url", lab.url(), "--client-id", &account.name];
    let [a, b, c, d, e, f] = args;
    lab.bare([a, b, c, d, e, f, "--credential-command", &line]).finish().exits(0);
    assert!(!lab.file(".config/spctl/credentials.toml").exists());
    let status = lab.bare(["auth", "whoami", "-o", "json"]).finish().exits(0).json();
    assert_eq!(status["secret"]["source"], "credential_command cat");
    let failing = "credential_command=sh -c 'echo canary-of-the-helper; exit 3'";
    lab.bare(["profiles", "set", failing]).finish().exits(0);
    let refused = lab.bare(["projects", "list"]).finish().exits(4);
    assert!(!refused.shown().contains("canary"), "{}", refused.shown());
}

#[test]
fn the_status_tells_where_each_value_comes_from() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, OWNER);
    let run = lab.with_key(&key, ["auth", "status", "-o", "json"]);
    let status = run.env("MONGODB_ATLAS_ORG_ID", lab.org()).finish().exits(0).json();
    assert_eq!(status["baseUrl"]["source"], "MONGODB_ATLAS_BASE_URL");
    assert_eq!(status["id"]["value"], *key.name);
    assert_eq!(status["id"]["source"], "MONGODB_ATLAS_PUBLIC_API_KEY");
    assert_eq!(status["secret"]["source"], "MONGODB_ATLAS_PRIVATE_API_KEY");
    assert_eq!(status["roles"][0]["role"], OWNER);
    assert_eq!(status["valid"], true);
    let operations = status["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 81);
    let may = |id: &str| &operations.iter().find(|o| o["operation"] == id).unwrap()["allowed"];
    assert_eq!(
        (may("createGroupStreamWorkspace"), may("deleteGroup")),
        (&true.into(), &false.into())
    );
    let listed = lab.with_key(&key, ["auth", "status", "--operations"]).finish().exits(0);
    assert_eq!(listed.out().lines().count(), 81);

    let flagged = lab.with_key(&key, ["auth", "status", "--project", "shop"]).finish().exits(0);
    assert!(flagged.out().contains("project\tshop\t--project\n"), "{}", flagged.shown());
    let wrong = lab.with_key(&key, ["auth", "status"]);
    let wrong = wrong.env("MONGODB_ATLAS_PRIVATE_API_KEY", "no").finish().exits(4);
    assert!(wrong.out().contains("valid\tno\n"), "{}", wrong.shown());
    assert!(lab.bare(["auth", "status"]).finish().exits(4).out().contains("kind\tnone\n"));
    // A table is for people, here as everywhere.
    let table = lab.bare(["auth", "status", "-o", "table"]).finish().exits(4);
    let kind = table.out().lines().find(|line| line.starts_with("kind ")).map(str::to_owned);
    assert_eq!(kind.unwrap().split_whitespace().last(), Some("none"));
    lab.local(["auth", "status"]).finish().exits(0);
    let mine = lab.spctl(["auth", "status", "-o", "json"]);
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    let config =
        "[profiles.mine]\norg = \"o\"\n[profiles.laptop]\nkind = \"local\"\nproject = \"shop\"\n";
    std::fs::write(lab.file(".config/spctl/config.toml"), config).unwrap();
    let mine = mine.env("SPCTL_PROFILE", "mine").env("HTTPS_PROXY", "http://me:hush@p.example");
    let mine = mine.env("MONGODB_ATLAS_PROFILE", "other").and(&["--ca-file", "none.pem"]);
    let mine = mine.finish().exits(0).json();
    assert_eq!(mine["profile"], json!({ "value": "mine", "source": "SPCTL_PROFILE" }));
    assert_eq!(mine["org"], json!({ "value": "o", "source": "profile mine" }));
    assert_eq!(mine["caFile"], json!({ "value": "none.pem", "source": "--ca-file" }));
    assert_eq!(mine["proxy"]["source"], "HTTPS_PROXY");
    assert!(!mine["proxy"]["value"].as_str().unwrap().contains("hush"), "{mine}");
    let laptop =
        lab.bare(["auth", "status"]).env("SPCTL_PROFILE", "laptop").finish().exits(0).out();
    for line in [
        "target\tlocal control plane\tprofile laptop",
        "profile\tlaptop\tSPCTL_PROFILE",
        "project\tshop\tprofile laptop",
    ] {
        assert!(laptop.lines().any(|l| l == line), "{line}: {laptop}");
    }
    let unreached =
        lab.spctl(["auth", "status"]).env("MONGODB_ATLAS_BASE_URL", "http://127.0.0.1:9");
    assert!(unreached.finish().exits(7).out().contains("valid\tunknown\n"));
    lab.exchanges();
}

#[test]
fn a_token_is_printed_for_other_tools() {
    let lab = Lab::new();
    let account = account(&lab);
    login(&lab, &account, ["--insecure-storage"]).finish().exits(0);
    let token = lab.bare(["auth", "token"]).finish().exits(0).out();
    let used = lab.spctl(["projects", "list", "-q"]);
    used.env("MONGODB_ATLAS_ACCESS_TOKEN", token.trim()).finish().exits(0);
    let key = lab.credential(CredentialKind::ApiKey, OWNER);
    lab.with_key(&key, ["auth", "token"]).finish().exits(2);

    lab.bare(["auth", "logout"]).finish().exits(2);
    let dry = lab.bare(["auth", "logout", "--dry-run"]).finish().exits(0);
    assert!(dry.err().contains("remove the secret"), "{}", dry.shown());
    lab.bare(["projects", "list"]).finish().exits(0);
    lab.bare(["auth", "logout", "--yes"]).finish().exits(0);
    assert!(!lab.file(".config/spctl/credentials.toml").exists());
    let used = lab.spctl(["projects", "list", "-q"]);
    used.env("MONGODB_ATLAS_ACCESS_TOKEN", token.trim()).finish().exits(4);
    let again = lab.bare(["auth", "logout", "--yes"]).finish().exits(0);
    assert!(again.err().contains("no credential is stored"), "{}", again.shown());
}

/// A real Secret Service, on a bus of its own.
#[test]
fn the_keyring_keeps_the_secret() {
    let there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !there("gnome-keyring-daemon") || !there("dbus-run-session") {
        return skipped("gnome-keyring-daemon and dbus-run-session are not installed");
    }
    if cfg!(not(feature = "keyring")) {
        return skipped("this build knows no keyring");
    }
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, OWNER);
    let script = "
        printf 'canary\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        set -ex
        $SPCTL auth login --profile one --base-url $URL --public-key $KEY --secret-env SECRET
        grep -q 'secret = \"keyring\"' .config/spctl/config.toml
        test ! -e .config/spctl/credentials.toml
        $SPCTL auth status --jq .secret.source
        $SPCTL profiles rename one two
        $SPCTL projects list -q
        $SPCTL auth login --base-url $URL --public-key $KEY --secret-env SECRET --insecure-storage
        $SPCTL projects list -q
        $SPCTL auth login --base-url $URL --public-key $KEY --secret-env SECRET
        test ! -e .config/spctl/credentials.toml
        $SPCTL auth logout --yes
        ! $SPCTL projects list -q";
    let mut command = Command::new("timeout");
    command
        .args(["60", "dbus-run-session", "--", "sh", "-c", script])
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("HOME", lab.home())
        .env("SPCTL", env!("CARGO_BIN_EXE_spctl"))
        .env("URL", lab.url())
        .env("KEY", &key.name)
        .env("SECRET", key.secret.expose_secret())
        .current_dir(lab.home());
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "keyring\nshop\nshop\n");
    assert!(!said.contains(key.secret.expose_secret()), "{said}");
}
