//! `spctl local`: stores made, reset and moved through time, and several processes at one file.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::run::Finished;
use crate::support::Lab;

fn status(lab: &Lab) -> Value {
    lab.bare(["local", "status", "-o", "json"]).finish().exits(0).json()
}

fn names(lab: &Lab) -> Vec<String> {
    let out = lab.local(["users", "list", "-q"]).finish().exits(0).out();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn the_first_users_of_a_store_make_one_sample() {
    let lab = Lab::new();
    let sample = lab.spctl(["users", "list", "-q"]).finish().exits(0).out().lines().count();
    let done: Vec<Finished> = thread::scope(|scope| {
        let start = |n: usize| {
            let run = lab.local(["users", "create", "", "--role", "read@shop", "--yes"]);
            let mut run = run.env("NEW_PASSWORD", "long enough");
            run.args[3] = format!("made-{n}");
            run.args.extend(["--password-env", "NEW_PASSWORD"].map(str::to_owned));
            scope.spawn(move || run.finish())
        };
        let running: Vec<_> = (0..8).map(start).collect();
        running.into_iter().map(|run| run.join().expect("no panic")).collect()
    });
    for finished in done {
        finished.exits(0);
    }
    let names = names(&lab);
    assert_eq!(names.len(), sample + 8, "{names:?}");
    for n in 0..8 {
        assert!(names.contains(&format!("made-{n}")), "made-{n} is missing in {names:?}");
    }
    let orgs = lab.local(["orgs", "list", "-q"]).finish().exits(0).out();
    assert_eq!(orgs.lines().count(), 1, "{orgs}");
}

#[test]
fn a_store_is_made_once_and_thrown_away_by_force_only() {
    let lab = Lab::new();
    let missing = lab.bare(["local", "status"]).finish().exits(5);
    assert!(missing.err().contains("hint: "), "{}", missing.shown());
    lab.bare(["local", "init"]).finish().exits(0);
    let first = status(&lab);
    let refused = lab.bare(["local", "init"]).finish().exits(6);
    assert!(refused.err().contains("--force"), "{}", refused.shown());
    let role = "project-read-only";
    lab.bare(["local", "key", "create", "--role", role]).finish().exits(0);
    assert_eq!(status(&lab)["keys"], 1);

    lab.bare(["local", "init", "--force", "--seed", "2"]).finish().exits(0);
    let second = status(&lab);
    assert_eq!(second["keys"], 0, "{second}");
    assert_ne!(first["defaultProject"], second["defaultProject"], "other ids of another seed");
    lab.bare(["local", "init", "--force"]).finish().exits(0);
    assert_eq!(status(&lab)["defaultProject"], first["defaultProject"]);

    lab.bare(["local", "reset", "--empty"]).finish().exits(2);
    assert!(!names(&lab).is_empty(), "not confirmed, not done");
    lab.bare(["local", "reset", "--empty", "--yes"]).finish().exits(0);
    assert!(names(&lab).is_empty());
    let instances = lab.local(["instances", "list"]).finish().exits(0);
    assert!(instances.stdout.is_empty() && !instances.stderr.is_empty(), "{}", instances.shown());
    let projects = lab.local(["projects", "list", "-q"]).finish().exits(0).out();
    assert_eq!(projects.lines().count(), 1, "{projects}");
}

#[test]
fn what_is_kept_names_no_server_that_is_gone() {
    let lab = Lab::new();
    let create = ["users", "create", "zoe", "--role", "read@shop", "--generate-password", "--yes"];
    lab.local(create).finish().exits(0);
    lab.local(["access-lists", "add", "198.51.100.0/28", "--yes"]).finish().exits(0);
    for noun in ["users", "access-lists"] {
        let shown = lab.local([noun, "list", "-o", "json"]).finish().exits(0).out();
        assert!(!shown.contains("127.0.0.1"), "{shown}");
    }
}

#[test]
fn time_passes_as_it_is_told() {
    let lab = Lab::new();
    lab.bare(["local", "init", "--now", "2030-01-01"]).finish().exits(0);
    let time = status(&lab)["time"].to_string();
    assert!(time.contains("2030-01-01T00:0"), "{time}");
    assert!(names(&lab).contains(&"erin".to_owned()), "she expires within days");
    let shown = lab.bare(["local", "clock", "advance", "7d"]).finish().exits(0);
    assert!(shown.out().contains("2030-01-08T00:0"), "{}", shown.shown());
    assert!(!names(&lab).contains(&"erin".to_owned()), "she has expired");
    lab.local(["users", "get", "erin"]).finish().exits(5);
    lab.bare(["local", "clock", "set", "2031-05-01"]).finish().exits(0);
    let shown = lab.bare(["local", "clock", "show"]).finish().exits(0);
    assert!(shown.out().contains("2031-05-01T00:0"), "{}", shown.shown());
    lab.bare(["local", "clock", "advance", "2030-01-01"]).finish().exits(2);
    lab.bare(["local", "clock", "advance", "soon"]).finish().exits(2);
    lab.bare(["local", "init", "--force", "--now", "soon"]).finish().exits(2);
}

#[test]
fn a_key_has_eight_letters_and_known_roles() {
    let lab = Lab::new();
    let create = ["local", "key", "create", "-o", "json", "--role", "project-read-only"];
    let key = lab.bare(create).finish().exits(0).json();
    let public = key["publicKey"].as_str().expect("a public half");
    assert!(public.len() == 8 && public.bytes().all(|b| b.is_ascii_lowercase()), "{public}");
    assert_eq!(key["roles"][0]["roleName"], "GROUP_READ_ONLY", "{key}");
    let unknown = lab.bare(["local", "key", "create", "--role", "read-nothing"]).finish().exits(2);
    assert!(unknown.err().contains("Project Read Only"), "{}", unknown.shown());
    assert!(unknown.stdout.is_empty());
    lab.bare(["local", "key", "create"]).finish().exits(2);
    let args = ["local", "key", "create", "--role", "GROUP_OWNER", "--project", "nowhere"];
    lab.bare(args).finish().exits(5);
    let elsewhere =
        ["local", "key", "create", "--role", "GROUP_OWNER", "--project", "shop-staging"];
    lab.bare(elsewhere).finish().exits(0);
    assert_eq!(status(&lab)["keys"], 2, "refused keys are not kept");
}

#[test]
fn it_is_served_on_this_machine_only() {
    let lab = Lab::new();
    let finished = lab.bare(["local", "serve", "--listen", "0.0.0.0:0"]).finish().exits(2);
    assert!(finished.err().contains("127.0.0.1"), "{}", finished.shown());
}

#[test]
fn now_is_what_the_store_s_clock_says() {
    let lab = Lab::new();
    lab.local(["local", "init"]).finish().exits(0);
    lab.local(["local", "clock", "advance", "31d"]).finish().exits(0);
    let create = ["users", "create", "m", "--role", "read@shop", "--generate-password"];
    let create = lab.local(create).and(&["--expires", "8h", "--yes"]);
    create.finish().exits(0);
    let entry = ["access-lists", "add", "192.0.2.77", "--expires", "8h", "--yes"];
    lab.local(entry).finish().exits(0);
    let log = ["audit", "download", "orders", "--since", "1h", "--decompress", "--out", "-"];
    // What was looked at just now is a month ahead of this machine's time.
    lab.local(log).finish().exits(0);
    let again = lab.local(log).finish().exits(0);
    assert!(again.out().contains("Audit log accessed"), "{}", again.shown());
}

/// Every file of the store's directory, but the lock, which is nothing but a lock.
fn files(lab: &Lab) -> Vec<(String, Vec<u8>)> {
    let entries =
        fs::read_dir(lab.file("data")).expect("a directory").map(|e| e.expect("an entry"));
    let named = entries.map(|e| (e.file_name().into_string().expect("text"), e.path()));
    let files = named.filter(|(name, path)| path.is_file() && !name.ends_with(".lock"));
    let mut files: Vec<_> =
        files.map(|(name, path)| (name, fs::read(path).expect("a file"))).collect();
    files.sort();
    files
}

/// What every command says of a store that is not there as it was left; nothing of it changes.
fn is_refused(lab: &Lab, said: &str) -> String {
    let before = files(lab);
    let commands: [&[&str]; 8] = [
        &["--local", "users", "list"],
        &["--local", "users", "delete", "alice", "--yes"],
        &["local", "init"],
        &["local", "init", "--force"],
        &["local", "reset", "--yes"],
        &["local", "status"],
        &["local", "key", "create", "--role", "GROUP_OWNER"],
        &["local", "serve", "--listen", "127.0.0.1:0"],
    ];
    let mut hint = String::new();
    for command in commands {
        let mut run = lab.bare([]);
        run.args = command.iter().map(|&word| word.to_owned()).collect();
        let refused = run.finish().exits(1);
        assert!(refused.err().contains(said) && refused.stdout.is_empty(), "{}", refused.shown());
        assert!(files(lab) == before, "{command:?} changed what is there");
        let err = refused.err();
        let first = err.lines().find_map(|line| line.strip_prefix("hint: "));
        hint = first.expect("a hint").to_owned();
    }
    hint
}

/// What is done at a path.
type Damage = fn(&Path);

/// The command line that a hint ends with.
fn run_hint(command: &str) {
    let done = std::process::Command::new("sh").args(["-c", command]).status().expect("a shell");
    assert!(done.success(), "{command}");
}

#[test]
fn a_store_that_lost_its_file_is_not_made_anew() {
    let damages: [(&str, Damage); 3] = [
        ("it is empty", |store| fs::write(store, "").expect("a file")),
        ("it is missing", |store| fs::remove_file(store).expect("a file")),
        ("shorter than its header says", |store| {
            let file = fs::File::options().write(true).open(store).expect("a file");
            file.set_len(100_000).expect("a file");
        }),
    ];
    for (said, damage) in damages {
        let lab = Lab::new();
        let store = lab.file("data/local.sqlite");
        lab.bare(["local", "init"]).finish().exits(0);
        // As a server leaves it that is killed: with a log that nobody has taken in.
        let wal = lab.file("data/local.sqlite-wal");
        let db = rusqlite::Connection::open(&store).expect("a store");
        db.execute_batch("PRAGMA journal_mode = WAL; DELETE FROM tokens").expect("a store");
        db.execute("INSERT INTO meta VALUES ('kept', 'x')", []).expect("a store");
        let log = fs::read(&wal).expect("a log");
        drop(db);
        fs::write(&wal, log).expect("a log");
        run_hint(&format!("chmod 600 {}", wal.display()));
        damage(&store);
        let hint = is_refused(&lab, said);
        run_hint(hint.split_once("store: ").expect("a command").1);
        assert!(names(&lab).contains(&"alice".to_owned()), "a new store");
        assert!(lab.file("data/aside/local.sqlite-wal").exists(), "nothing was thrown away");
    }
}

#[test]
fn what_is_no_store_is_left_alone() {
    let contents: [Damage; 4] = [
        |store| fs::write(store, "my notes, which are no store\n".repeat(999)).expect("a file"),
        |store| fs::create_dir(store).expect("a directory"),
        |store| {
            let db = rusqlite::Connection::open(store).expect("a database");
            db.execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)").expect("SQL");
        },
        |store| std::os::unix::fs::symlink("/dev/zero", store).expect("a link"),
    ];
    for make in contents {
        let lab = Lab::new();
        lab.bare(["local", "init"]).finish().exits(0);
        let store = lab.file("data/local.sqlite");
        fs::remove_file(&store).expect("a store");
        make(&store);
        let hint = is_refused(&lab, "is not a store of spctl");
        run_hint(hint.split_once("store: ").expect("a command").1);
        assert!(names(&lab).contains(&"alice".to_owned()), "a new store");
    }
}

#[test]
fn a_store_that_others_can_read_is_refused_until_it_is_mended() {
    for (place, mode) in [("", "755"), ("local.sqlite", "644"), ("local.sqlite", "620")] {
        let lab = Lab::new();
        lab.bare(["local", "init"]).finish().exits(0);
        run_hint(&format!("chmod {mode} {}", lab.file("data").join(place).display()));
        let hint = is_refused(&lab, &format!("has mode 0{mode}"));
        run_hint(hint.split_once(',').expect("a command").0);
        assert!(names(&lab).contains(&"alice".to_owned()));
    }
}

#[test]
fn a_first_run_that_is_killed_at_any_moment_leaves_the_next_one_free() {
    let lab = Lab::new();
    let data = lab.file("data");
    for microseconds in (0..40).map(|n| n * n * 60) {
        let _ = fs::remove_dir_all(&data);
        let run = lab.local(["users", "list", "-q"]);
        let mut child = run.command().stderr(Stdio::null()).spawn().expect("the binary starts");
        thread::sleep(Duration::from_micros(microseconds));
        child.kill().expect("the child is ours");
        child.wait().expect("the child is ours");
        assert!(names(&lab).contains(&"alice".to_owned()), "after {microseconds} µs");
        let left: Vec<_> = files(&lab).into_iter().map(|(name, _)| name).collect();
        assert_eq!(left, ["local.sqlite"], "after {microseconds} µs");
    }
}

#[test]
fn a_connection_s_secrets_are_not_kept() {
    let lab = Lab::new();
    let document = |name: &str, text: &str| {
        let file = lab.file(name);
        fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let web = document(
        "web.json",
        r#"{"type": "Https", "url": "https://u:hush-1@example.com/in",
            "headers": {"Authorization": "hush-2", "X-Any": "hush-3"}}"#,
    );
    let kafka = document(
        "kafka.json",
        r#"{"type": "Kafka", "bootstrapServers": "b.example:9092",
            "authentication": {"mechanism": "PLAIN", "username": "u", "password": "hush-4"},
            "config": {"sasl.jaas.config": "password=hush-5", "debug": "msg"}}"#,
    );
    let registry = document(
        "registry.json",
        r#"{"type": "SchemaRegistry", "provider": "CONFLUENT",
            "schemaRegistryUrls": ["https://u:hush-6@example.com"],
            "schemaRegistryAuthentication": {"type": "USER_INFO", "username": "u",
                "password": "hush-7"}}"#,
    );
    let on = |verb: &str, name: &str, file: &str| {
        let args = ["connections", "", "", "--instance", "orders", "--file", "", "--yes"];
        let mut run = lab.local(args);
        for (place, word) in [(2, verb), (3, name), (7, file)] {
            run.args[place] = word.to_owned();
        }
        run.finish().exits(0)
    };
    on("create", "web", &web);
    on("create", "k", &kafka);
    on("create", "r", &registry);
    let changed = document("changed.json", r#"{"headers": {"X-Any": "hush-8"}}"#);
    on("update", "web", &changed);
    let shown = lab
        .local(["connections", "get", "web", "k", "r", "--instance", "orders", "-o", "json"])
        .finish()
        .exits(0)
        .json();
    assert_eq!(
        shown[0]["headers"],
        serde_json::json!({"Authorization": "********", "X-Any": "********"})
    );
    assert_eq!(shown[0]["url"], "https://********@example.com/in");
    assert_eq!(shown[1]["config"]["debug"], "msg");
    assert!(shown[1]["authentication"].get("password").is_none(), "{shown}");
    for (name, bytes) in files(&lab) {
        assert!(!bytes.windows(5).any(|window| window == b"hush-"), "{name}");
    }
}

/// Whatever is no file: made where a file of the store is expected.
const THINGS: [Damage; 5] = [
    |path| {
        let done = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(done.success());
    },
    |path| fs::create_dir(path).expect("a directory"),
    |path| drop(std::os::unix::net::UnixListener::bind(path).expect("a socket")),
    |path| std::os::unix::fs::symlink("/nowhere/at/all", path).expect("a link"),
    |path| std::os::unix::fs::symlink("/dev/zero", path).expect("a link"),
];

#[test]
fn what_is_no_file_is_never_opened_beside_a_store() {
    for make in THINGS {
        for suffix in ["-wal", "-shm", "-journal"] {
            let lab = Lab::new();
            lab.bare(["local", "init"]).finish().exits(0);
            lab.bare(["local", "key", "create", "--role", "GROUP_OWNER"]).finish().exits(0);
            make(&lab.file(&format!("data/local.sqlite{suffix}")));
            let hint = is_refused(&lab, &format!("local.sqlite{suffix} is a "));
            run_hint(hint.split_once("move it aside: ").expect("a command").1);
            assert_eq!(status(&lab)["keys"], 1, "the store is as it was");
        }
        // Where a store is made, twice in one directory.
        let lab = Lab::new();
        lab.bare(["local", "init"]).finish().exits(0);
        for suffix in ["", ".lock", ".new", ".new-journal"] {
            let _ = fs::remove_file(lab.file("data/local.sqlite"));
            let name = format!("local.sqlite{suffix}");
            let path = lab.file(&format!("data/{name}"));
            let _ = fs::remove_file(&path);
            make(&path);
            let run = lab.bare(["local", "init"]).finish().exits(1);
            assert!(run.err().contains(&name), "{}", run.shown());
            let command = run.err();
            let command = command.lines().find_map(|line| line.split_once(": mkdir"));
            run_hint(&format!("mkdir{}", command.expect("a command").1));
            lab.bare(["local", "init"]).finish().exits(0);
        }
        assert!(lab.file("data/aside-4").exists());
    }
}

#[test]
fn what_a_link_leads_to_stays_as_it_is() {
    let make: [Damage; 3] = [
        |path| {
            let db = rusqlite::Connection::open(path).expect("a database");
            let sql =
                "PRAGMA journal_mode = WAL; CREATE TABLE mine (a); INSERT INTO mine VALUES (1)";
            db.execute_batch(sql).expect("SQL");
            // As somebody leaves it who is killed.
            std::mem::forget(db);
        },
        |path| {
            let db = rusqlite::Connection::open(path).expect("a database");
            db.execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)").expect("SQL");
            drop(db);
            let journal = format!("{}-journal", path.display());
            fs::write(journal, [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]).expect("a file");
        },
        |path| {
            let lab = Lab::new();
            lab.bare(["local", "init"]).finish().exits(0);
            fs::copy(lab.file("data/local.sqlite"), path).expect("a store");
        },
    ];
    for make in make {
        let lab = Lab::new();
        lab.bare(["local", "init"]).finish().exits(0);
        let (store, other) = (lab.file("data/local.sqlite"), lab.file("other"));
        fs::remove_file(&store).expect("a store");
        fs::create_dir(&other).expect("a directory");
        make(&other.join("theirs.sqlite"));
        let there = || {
            let entries = fs::read_dir(&other).expect("a directory").map(|e| e.expect("an entry"));
            let mut files: Vec<_> =
                entries.map(|e| (e.file_name(), fs::read(e.path()).expect("a file"))).collect();
            files.sort();
            files
        };
        let before = there();
        std::os::unix::fs::symlink(other.join("theirs.sqlite"), &store).expect("a link");
        is_refused(&lab, "it is a symbolic link");
        assert!(there() == before);
        let first = lab.bare(["local", "status"]).finish().exits(1).err();
        let hint = first.lines().find_map(|line| line.split_once("new store: ")).expect("a hint").1;
        run_hint(hint);
        assert!(names(&lab).contains(&"alice".to_owned()), "a new store");
        assert!(there() == before);
    }
}

/// Somebody without rights of their own.
const NOBODY: u32 = 65534;

/// A command as another user runs it, with a directory that belongs to `owner`; only where the
/// tests may act as others.
fn as_nobody(owner: u32, mode: u32, of_store: Option<u32>) -> Option<(String, Option<i32>)> {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    let lab = Lab::new();
    let (data, binary) = (lab.file("data"), lab.file("spctl"));
    chown(lab.file(""), Some(0), None).ok()?;
    fs::copy(env!("CARGO_BIN_EXE_spctl"), &binary).expect("a copy");
    let reachable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(lab.file(""), reachable.clone()).expect("a directory");
    fs::set_permissions(&binary, reachable).expect("a file");
    if let Some(of_store) = of_store {
        lab.bare(["local", "init"]).finish().exits(0);
        chown(data.join("local.sqlite"), Some(of_store), None).expect("a store");
    } else {
        fs::create_dir(&data).expect("a directory");
    }
    fs::set_permissions(&data, fs::Permissions::from_mode(mode)).expect("a directory");
    chown(&data, Some(owner), None).expect("a directory");
    let mut command = std::process::Command::new(&binary);
    command.args(["--local", "users", "list"]).env_clear().env("SPCTL_DATA_DIR", &data);
    command.env("HOME", "/nowhere").current_dir("/").uid(NOBODY).gid(NOBODY);
    let done = command.output().expect("it runs");
    Some((String::from_utf8(done.stderr).expect("text"), done.status.code()))
}

#[test]
fn a_store_of_another_user_or_in_a_directory_without_rights_is_refused() {
    for (owner, mode, of_store, code, said) in [
        (NOBODY, 0o700, Some(NOBODY), 0, ""),
        (NOBODY, 0o700, None, 0, ""),
        (
            NOBODY,
            0o700,
            Some(NOBODY - 1),
            1,
            "belongs to user 65533, but this process runs as user 65534",
        ),
        (NOBODY, 0o500, Some(NOBODY), 1, "chmod u+rwx "),
        (NOBODY, 0o500, None, 1, "chmod u+rwx "),
        (NOBODY - 1, 0o700, Some(NOBODY), 1, "data belongs to user 65533"),
    ] {
        let Some((err, exit)) = as_nobody(owner, mode, of_store) else { return };
        assert_eq!(exit, Some(code), "{owner} {mode:o} {of_store:?}: {err}");
        assert!(err.contains(said), "{err}");
    }
}
