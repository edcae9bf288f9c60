//! Profiles are listed, edited without losing a comment, and taken over from elsewhere.

use secrecy::ExposeSecret;
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;

const CONFIG: &str = "\
# mine
default_profile = \"prod\" # the usual one

[profiles.prod]
project = \"orders\" # where orders are
output = \"tsv\"

[profiles.laptop]
kind = \"local\"
";

fn configured() -> Lab {
    let lab = Lab::new();
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    std::fs::write(lab.file(".config/spctl/config.toml"), CONFIG).unwrap();
    lab
}

fn config(lab: &Lab) -> String {
    std::fs::read_to_string(lab.file(".config/spctl/config.toml")).unwrap()
}

fn without_keyring(run: Run) -> Run {
    run.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
}

#[test]
fn profiles_are_listed_and_shown() {
    let lab = configured();
    let listed = lab.bare(["profiles", "list", "-q"]).finish().exits(0);
    assert_eq!(listed.out(), "laptop\nprod\n");
    let json = lab.bare(["profiles", "list", "-o", "json"]).finish().exits(0).json();
    assert_eq!(json[1]["default"], true);
    assert_eq!(json[0]["baseUrl"], serde_json::Value::Null);
    let run = lab.bare(["profile", "get", "-", "-o", "table"]).stdin("prod\nlaptop\n");
    let shown = run.finish().exits(0).out();
    assert!(shown.contains("orders") && shown.contains("local"), "{shown}");
    lab.bare(["profiles", "get", "nope"]).finish().exits(5);
    let none = Lab::new();
    let empty = none.bare(["profiles", "list"]).finish().exits(0);
    assert!(empty.stdout.is_empty() && empty.err().contains("auth login"));
}

#[test]
fn our_variable_names_the_profile_for_every_command() {
    let lab = configured();
    let ours = |run: Run| run.env("SPCTL_PROFILE", "prod").env("MONGODB_ATLAS_PROFILE", "missing");
    let remote = ours(lab.local(["users", "list"])).finish().exits(2);
    let said = "--local conflicts with the remote profile \"prod\" (SPCTL_PROFILE)";
    assert!(remote.err().contains(said), "{}", remote.shown());
    let set = ours(lab.bare(["profiles", "set", "org=acme"])).finish().exits(0);
    assert!(set.err().contains("prod: org: none -> acme"), "{}", set.shown());
    let local = lab.bare(["instances", "list", "-q"]).env("SPCTL_PROFILE", "laptop");
    assert!(local.finish().exits(0).out().contains("orders\n"));
    let used = ours(lab.bare(["profiles", "use", "laptop"])).finish().exits(0);
    assert!(used.err().contains("SPCTL_PROFILE names prod"), "{}", used.shown());
    let typo = lab.bare(["users", "list"]).env("SPCTL_PROFILE", "prd").finish().exits(5);
    assert!(typo.err().contains("no profile \"prd\" (SPCTL_PROFILE)"), "{}", typo.shown());
}

#[test]
fn a_profile_without_a_name_is_refused_by_every_command() {
    let lab = configured();
    for command in ["users list", "auth status", "auth login", "profiles set org=a", "ips regions"]
    {
        for empty in ["", " "] {
            let run = lab.typed(command).and(&["--profile", empty]).finish().exits(2);
            let said = "error: --profile is empty\nhint: is a variable of the script not set?\n";
            assert_eq!(run.err(), said, "{}", run.shown());
        }
    }
    // What no profile can be called is not suggested as a name.
    let odd = lab.typed("users list").and(&["--profile", "my shop"]).finish().exits(5);
    assert!(!odd.err().contains("creates it"), "{}", odd.shown());
}

#[test]
fn an_edit_keeps_what_it_does_not_touch() {
    let lab = configured();
    lab.bare(["profiles", "set", "project=other", "org=acme", "--dry-run"]).finish().exits(0);
    assert_eq!(config(&lab), CONFIG);
    let set = lab.bare(["profiles", "set", "project=other", "org=acme"]).finish().exits(0);
    assert!(set.err().contains("prod: project: orders -> other"), "{}", set.shown());
    let wanted =
        CONFIG.replace("\"orders\"", "\"other\"").replace("\"tsv\"\n", "\"tsv\"\norg = \"acme\"\n");
    assert_eq!(config(&lab), wanted);
    let same = lab.bare(["profiles", "set", "project=other"]).finish().exits(0);
    assert!(same.err().contains("unchanged"));
    lab.bare(["profiles", "unset", "org"]).finish().exits(0);
    lab.bare(["profiles", "use", "laptop"]).finish().exits(0);
    assert!(
        config(&lab).contains("default_profile = \"laptop\" # the usual one"),
        "{}",
        config(&lab)
    );
    lab.bare(["profiles", "rename", "laptop", "here"]).finish().exits(0);
    assert!(config(&lab).contains("default_profile = \"here\""));
    lab.bare(["profiles", "set", "--profile", "new", "output=json"]).finish().exits(0);
    assert!(config(&lab).contains("[profiles.new]\noutput = \"json\"\n"));
    lab.bare(["profiles", "remove", "here", "new"]).finish().exits(2);
    lab.bare(["profiles", "remove", "here", "new", "--yes"]).finish().exits(0);
    let left = config(&lab);
    assert!(!left.contains("profiles.here") && left.contains("# where orders are"), "{left}");
    use std::os::unix::fs::PermissionsExt;
    let file = std::fs::metadata(lab.file(".config/spctl/config.toml")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_profile_takes_no_foreign_comment_with_it() {
    let lab = configured();
    let text = "# top\ndefault_profile = \"a\"\n\n# about both\n\n# about a\n[profiles.a]\n\
                output = \"tsv\"\n\n# about b\n[profiles.b]\noutput = \"csv\"\n# end\n";
    std::fs::write(lab.file(".config/spctl/config.toml"), text).unwrap();
    lab.bare(["profiles", "remove", "a", "--yes"]).finish().exits(0);
    let left = config(&lab);
    assert!(!left.contains("about a\n"), "{left}");
    let places: Vec<_> =
        ["# top", "# about both", "# about b\n[profiles.b]", "# end"].map(|c| left.find(c)).into();
    assert!(places.is_sorted() && places[0] == Some(0), "{places:?}:\n{left}");
    lab.bare(["profiles", "remove", "b", "--yes"]).finish().exits(0);
    let left = config(&lab);
    assert!(left.contains("# top") && left.contains("# end"), "{left}");
}

#[test]
fn a_broken_file_is_told_of_by_its_line() {
    let lab = configured();
    std::fs::write(lab.file(".config/spctl/config.toml"), "[profiles.a]\nproject = \"x\"\ny = [\n")
        .unwrap();
    let said = lab.bare(["profiles", "list"]).finish().exits(1);
    assert!(said.err().contains("line 3") || said.err().contains("line 4"), "{}", said.shown());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let lab = configured();
    for (code, args) in [
        (2, ["profiles", "set", "colour=red"]),
        (2, ["profiles", "set", "client_secret=canary"]),
        (2, ["profiles", "set", "canary"]),
        (2, ["profiles", "set", "output=loud"]),
        (2, ["profiles", "set", "base_url=cloud"]),
        (2, ["profiles", "set", "client_id=mdb_sa_sk_canary"]),
        (2, ["profiles", "unset", "secret"]),
        (5, ["profiles", "use", "nope"]),
        (5, ["profiles", "remove", "nope"]),
    ] {
        let refused = lab.bare(args).finish().exits(code);
        assert!(!refused.err().contains("canary"), "{}", refused.shown());
    }
    lab.bare(["profiles", "rename", "prod", "laptop"]).finish().exits(6);
    lab.bare(["profiles", "rename", "prod", "a b"]).finish().exits(2);
    assert_eq!(config(&lab), CONFIG);
    // A default that is not there stops commands, and not those that put it right.
    std::fs::write(lab.file(".config/spctl/config.toml"), "default_profile = \"gone\"\n").unwrap();
    lab.bare(["projects", "list"]).finish().exits(5);
    lab.bare(["profiles", "list"]).finish().exits(0);
}

#[test]
fn official_profiles_become_ours() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    let secret = key.secret.expose_secret();
    let theirs = format!(
        "version = 2\n\n[default]\npublic_api_key = \"{}\"\nprivate_api_key = \"{secret}\"\n\
         project_id = \"{}\"\nops_manager_url = \"{}\"\ntelemetry_enabled = false\n\
         [person]\nauth_type = \"user_account\"\naccess_token = \"canary\"\norg_id = \"o\"\n",
        key.name,
        lab.project(),
        lab.url(),
    );
    std::fs::create_dir_all(lab.file(".config/atlascli")).unwrap();
    std::fs::write(lab.file(".config/atlascli/config.toml"), &theirs).unwrap();
    let import = |args: [&str; 5]| without_keyring(lab.bare(args));
    let shown = import(["profiles", "import", "--dry-run", "--no-secrets", "-y"]).finish().exits(0);
    assert!(
        shown.err().contains(&key.name) && shown.err().contains("not imported: telemetry_enabled")
    );
    assert!(!shown.err().contains(secret) && !shown.err().contains("canary"));
    // Without a keyring a choice is demanded.
    without_keyring(lab.bare(["profiles", "import", "-y"])).finish().exits(1);
    import(["profiles", "import", "nope", "--insecure-storage", "-y"]).finish().exits(5);
    lab.bare(["profiles", "import", "--insecure-storage"]).finish().exits(2);
    assert!(!lab.file(".config/spctl/config.toml").exists());

    without_keyring(lab.bare(["profiles", "import", "--insecure-storage", "-y"])).finish().exits(0);
    assert!(!config(&lab).contains(secret));
    lab.bare(["instances", "list", "-q"]).finish().exits(0);
    lab.bare(["instances", "list", "--profile", "person"]).finish().exits(4);
    let now = std::fs::read_to_string(lab.file(".config/atlascli/config.toml")).unwrap();
    assert_eq!(now, theirs, "theirs stays as it is");
    import(["profiles", "import", "default", "--insecure-storage", "-y"]).finish().exits(6);
    let again = import(["profiles", "import", "--insecure-storage", "-y", "-v"]).finish().exits(0);
    assert!(again.err().contains("nothing to import"), "{}", again.shown());
    lab.bare(["profiles", "import", "--from", "none.toml"]).finish().exits(5);
}

#[test]
fn without_a_default_profile_those_there_are_are_named() {
    let lab = configured();
    lab.bare(["profiles", "remove", "prod", "--yes"]).finish().exits(0);
    let finished = lab.bare(["users", "list"]).finish().exits(4);
    let told = finished.err();
    assert!(told.contains("profiles use") && told.contains("laptop"), "{told}");
}

#[test]
fn a_key_is_not_set_twice_at_once() {
    let lab = configured();
    lab.bare(["profiles", "set", "project=a", "org=b", "project=c"]).finish().exits(2);
    assert_eq!(config(&lab), CONFIG);
}

#[test]
fn those_that_are_there_are_removed_and_the_others_are_told_of() {
    let lab = configured();
    let removed = lab.bare(["profiles", "remove", "prod", "nope", "laptop", "--yes"]);
    let removed = removed.finish().exits(5);
    assert!(removed.err().contains("nope"), "{}", removed.shown());
    assert!(!config(&lab).contains("[profiles"), "{}", config(&lab));
}

#[test]
fn a_local_profile_gets_no_address() {
    let lab = configured();
    let set = ["profiles", "set", "--profile", "laptop", "base_url=https://atlas.example"];
    lab.bare(set).finish().exits(2);
    assert_eq!(config(&lab), CONFIG);
}

#[test]
fn the_ends_of_lines_stay_as_they_are() {
    let lab = configured();
    let path = lab.file(".config/spctl/config.toml");
    let returns = |text: &str| text.replace('\n', "\r\n");
    std::fs::write(&path, returns(CONFIG)).unwrap();
    lab.bare(["profiles", "set", "project=other", "org=acme"]).finish().exits(0);
    let wanted =
        CONFIG.replace("\"orders\"", "\"other\"").replace("\"tsv\"\n", "\"tsv\"\norg = \"acme\"\n");
    assert_eq!(config(&lab), returns(&wanted));
    lab.bare(["profiles", "set", "--profile", "new", "output=json"]).finish().exits(0);
    lab.bare(["profiles", "unset", "org"]).finish().exits(0);
    lab.bare(["profiles", "rename", "laptop", "here"]).finish().exits(0);
    lab.bare(["profiles", "remove", "here", "--yes"]).finish().exits(0);
    lab.bare(["profiles", "use", "new"]).finish().exits(0);
    let left = config(&lab);
    assert_eq!(left.matches('\n').count(), left.matches("\r\n").count(), "{left:?}");
    assert!(left.contains("# where orders are") && !left.contains("profiles.here"), "{left:?}");
    // A file of both kinds, whose last line lacks its end.
    std::fs::write(&path, "# a\r\n[profiles.x]\norg = \"o\"\r\n\r\n# b\n[profiles.y]\norg = \"p\"")
        .unwrap();
    lab.bare(["profiles", "set", "--profile", "x", "project=s"]).finish().exits(0);
    let wanted =
        "# a\r\n[profiles.x]\norg = \"o\"\r\nproject = \"s\"\n\r\n# b\n[profiles.y]\norg = \"p\"";
    assert_eq!(config(&lab), wanted);
}

#[test]
fn a_link_stays_a_link_whether_or_not_it_leads_somewhere() {
    use std::os::unix::fs::symlink;
    let lab = Lab::new();
    std::fs::create_dir_all(lab.file(".config")).unwrap();
    std::fs::create_dir_all(lab.file("dotfiles")).unwrap();
    // The directory, too, leads to where nothing is yet.
    symlink(lab.file("dotfiles/spctl"), lab.file(".config/spctl")).unwrap();
    lab.bare(["profiles", "set", "--profile", "a", "project=x"]).finish().exits(0);
    let dir = lab.file("dotfiles/spctl");
    std::fs::remove_file(dir.join("config.toml")).unwrap();
    symlink("../middle.toml", dir.join("config.toml")).unwrap();
    symlink("end.toml", lab.file("dotfiles/middle.toml")).unwrap();
    for project in ["y", "z"] {
        let pair = format!("project={project}");
        lab.bare(["profiles", "set", "--profile", "a", &pair]).finish().exits(0);
        let text = std::fs::read_to_string(lab.file("dotfiles/end.toml")).unwrap();
        assert_eq!(text, format!("[profiles.a]\nproject = \"{project}\"\n"));
        assert!(
            dir.join("config.toml").is_symlink() && lab.file("dotfiles/middle.toml").is_symlink()
        );
    }
    std::fs::remove_file(lab.file("dotfiles/middle.toml")).unwrap();
    symlink("middle.toml", lab.file("dotfiles/middle.toml")).unwrap();
    let told = lab.bare(["profiles", "set", "--profile", "a", "project=x"]).finish();
    assert_eq!(told.code, Some(1), "{}", told.shown());
}

#[test]
fn secrets_in_a_file_behind_a_link_are_written_and_removed_there() {
    use std::os::unix::fs::symlink;
    let lab = Lab::new();
    let made = lab.credential(CredentialKind::ServiceAccount, "GROUP_OWNER");
    std::fs::create_dir_all(lab.file(".config/spctl")).unwrap();
    use std::os::unix::fs::PermissionsExt;
    let private = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(lab.file(".config/spctl"), private).unwrap();
    symlink(lab.file("kept.toml"), lab.file(".config/spctl/credentials.toml")).unwrap();
    let login = lab
        .bare(["auth", "login", "--client-id", &made.name, "--secret-stdin", "--insecure-storage"])
        .env("MONGODB_ATLAS_BASE_URL", lab.url())
        .stdin(made.secret.expose_secret());
    login.finish().exits(0);
    let kept = std::fs::read_to_string(lab.file("kept.toml")).unwrap();
    assert!(kept.contains(made.secret.expose_secret()));
    lab.bare(["auth", "logout", "--yes"]).finish().exits(0);
    assert!(!lab.file("kept.toml").exists(), "the secret is left behind");
}
