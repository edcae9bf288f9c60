use std::collections::BTreeMap;

use std::fs::File;

use super::super::wal::word;
use super::super::{docs, open, open_existing, private_directory};
use super::*;

/// A store as a killed process leaves it, with a log; `checkpointed` is whether a part of it
/// stands in the file already.
fn killed(dir: &Path, checkpointed: bool) -> PathBuf {
    let (path, other) = (dir.join("local.db"), dir.join("serving.db"));
    let db = open(&other, |_| Ok(())).unwrap();
    let fill = |from: i64| {
        let tx = db.unchecked_transaction().unwrap();
        for n in from..from + 400 {
            let doc = serde_json::json!({ "name": "x".repeat(500) });
            docs::add(&tx, "cluster", "p", &n.to_string(), &doc, None).unwrap();
        }
        tx.commit().unwrap();
    };
    fill(0);
    if checkpointed {
        db.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(())).unwrap();
    }
    fill(1000);
    for suffix in ["", "-wal", "-shm"] {
        fs::copy(with_suffix(&other, suffix), with_suffix(&path, suffix)).unwrap();
    }
    drop(db);
    for suffix in ["", ".lock"] {
        fs::remove_file(with_suffix(&other, suffix)).unwrap();
    }
    path
}

fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|p| p.is_file()).map(|p| (p.clone(), fs::read(p).unwrap())).collect()
}

fn cut(path: &Path, length: u64) {
    File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

/// What is done to a store, and what is said of it.
type Damage = (&'static str, fn(&Path));

#[test]
fn a_damaged_store_is_refused_and_stays_as_it_is() {
    let damages: &[Damage] = &[
        ("is empty", |p| cut(p, 0)),
        ("shorter than its header says", |p| cut(p, 50)),
        ("shorter than its header says", |p| cut(p, 4096)),
        ("shorter than its header says", |p| cut(p, fs::metadata(p).unwrap().len() / 2)),
        ("shorter than its header says", |p| cut(p, fs::metadata(p).unwrap().len() - 81_921)),
        ("it is missing, but local.db-wal exists", |p| fs::remove_file(p).unwrap()),
        ("it is missing, but local.db-shm exists", |p| {
            fs::remove_file(p).unwrap();
            fs::remove_file(with_suffix(p, "-wal")).unwrap();
        }),
        ("not a store", |p| {
            fs::remove_file(p).unwrap();
            fs::create_dir(p).unwrap();
        }),
        ("write-ahead log is damaged", |p| fs::write(with_suffix(p, "-wal"), [7; 999]).unwrap()),
        ("a journal", |p| fs::write(with_suffix(p, "-journal"), "").unwrap()),
        ("not a store", |p| fs::write(p, [7; 8192]).unwrap()),
        ("unsupported file format", |p| {
            let mut bytes = fs::read(p).unwrap();
            bytes[44..48].fill(9);
            fs::write(p, bytes).unwrap();
        }),
        ("not a store", |p| {
            let mut bytes = fs::read(p).unwrap();
            bytes[68..72].copy_from_slice(b"gpkg");
            fs::write(p, bytes).unwrap();
            fs::remove_file(with_suffix(p, "-wal")).unwrap();
        }),
    ];
    for (said, damage) in damages {
        let dir = private_directory();
        let path = killed(dir.path(), true);
        damage(&path);
        #[cfg(unix)]
        for entry in fs::read_dir(dir.path()).unwrap() {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::Permissions::from_mode(0o700);
            fs::set_permissions(entry.unwrap().path(), mode).unwrap();
        }
        let before = files(dir.path());
        for opened in [open(&path, |_| Ok(())), open_existing(&path)] {
            let error = opened.expect_err(said);
            assert!(error.to_string().contains(said), "{said}: {error}");
            assert!(error.hints().iter().any(|hint| hint.contains("mkdir")), "{error:?}");
            assert_eq!(error.kind(), crate::error::Kind::Failed);
        }
        let mut after = files(dir.path());
        after.remove(&with_suffix(&path, ".lock"));
        assert!(after == before, "{said}: {:?}", after.keys());
    }
}

#[test]
fn a_store_whose_process_was_killed_is_whole() {
    for checkpointed in [false, true] {
        let dir = private_directory();
        let path = killed(dir.path(), checkpointed);
        let db = open_existing(&path).unwrap();
        assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
    }
}

/// Runs the command that a hint ends with.
#[cfg(unix)]
fn run(error: &Error, introduced: &str) {
    let hint = error.hints().iter().find_map(|hint| hint.split_once(introduced));
    let command = hint.expect("such a hint").1;
    let done = std::process::Command::new("sh").args(["-c", command]).status().unwrap();
    assert!(done.success(), "{command}");
}

#[cfg(unix)]
#[test]
fn what_was_committed_behind_damage_is_not_forgotten_in_silence() {
    let damages: &[Damage] = &[
        // A page, a frame's salt, and the log's header.
        ("log is damaged", |log| flip(log, 32 + 2 * (24 + 4096) + 99)),
        ("log is damaged", |log| flip(log, 32 + 4 * (24 + 4096) + 9)),
        ("log is damaged", |log| flip(log, 13)),
        ("log is missing", |log| fs::remove_file(log).unwrap()),
    ];
    for (said, damage) in damages {
        let dir = private_directory();
        let path = killed(dir.path(), false);
        owned_only(dir.path());
        damage(&with_suffix(&path, "-wal"));
        let before = files(dir.path());
        let error = open_existing(&path).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(files(dir.path()) == before);
        run(&error, "creates a new store: ");
        assert!(fs::read_dir(dir.path().join("aside")).unwrap().count() > 0);
    }
}

#[cfg(unix)]
#[test]
fn what_stands_before_damage_can_be_gone_on_with() {
    let dir = private_directory();
    let path = killed(dir.path(), true);
    owned_only(dir.path());
    let log = with_suffix(&path, "-wal");
    let db = Connection::open(&path).unwrap();
    for n in 0..3 {
        let doc = serde_json::json!({ "name": "x".repeat(99_000) });
        docs::add(&db, "project", "p", &n.to_string(), &doc, None).unwrap();
    }
    let bytes = fs::read(&log).unwrap();
    drop(db);
    fs::write(&log, &bytes).unwrap();
    owned_only(dir.path());
    flip(&log, bytes.len() / 2);
    let error = open_existing(&path).unwrap_err();
    run(&error, "a copy of the whole: ");
    let kept = docs::count_kind(&open_existing(&path).unwrap(), "project").unwrap();
    assert!((0..3).contains(&kept), "{kept}");
    assert!(dir.path().join("aside/local.db-wal").exists());
}

#[cfg(unix)]
#[test]
fn a_cut_tail_and_what_was_given_up_are_no_damage() {
    for cut_off in [1, 24 + 4096, 3 * 4096] {
        let dir = private_directory();
        let path = killed(dir.path(), true);
        let log = with_suffix(&path, "-wal");
        cut(&log, fs::metadata(&log).unwrap().len() - cut_off);
        open_existing(&path).unwrap();
    }
    let dir = private_directory();
    let path = dir.path().join("local.db");
    let db = open(&path, |_| Ok(())).unwrap();
    db.execute_batch("PRAGMA cache_size = 5").unwrap();
    let large = serde_json::json!({ "name": "x".repeat(9000) });
    let tx = db.unchecked_transaction().unwrap();
    for n in 0..200 {
        docs::add(&tx, "cluster", "p", &n.to_string(), &large, None).unwrap();
    }
    drop(tx);
    docs::add(&db, "cluster", "p", "kept", &large, None).unwrap();
    let log = fs::metadata(with_suffix(&path, "-wal")).unwrap().len();
    assert!(log > 200 * 4096, "what was given up is in the log: {log}");
    assert_eq!(docs::count_kind(&open_existing(&path).unwrap(), "cluster").unwrap(), 1);
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[cfg(unix)]
fn owned_only(dir: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(dir).unwrap() {
        let mode = fs::Permissions::from_mode(0o600);
        fs::set_permissions(entry.unwrap().path(), mode).unwrap();
    }
}

#[test]
fn a_command_in_a_hint_takes_no_path_for_an_option() {
    let command = moves(Path::new("-data/local.db"), &[PathBuf::from("-data/local.db-wal")]);
    assert_eq!(command, "mkdir -- -data/aside && mv -- -data/local.db-wal -data/aside");
    let command = moves(Path::new("my data/a"), &[PathBuf::from("my data/a")]);
    assert_eq!(command, "mkdir 'my data/aside' && mv 'my data/a' 'my data/aside'");
}

#[test]
fn a_store_killed_while_its_log_was_taken_in_is_whole() {
    let dir = private_directory();
    let path = killed(dir.path(), false);
    // The first page is in the file already, those behind it are in the log alone.
    let log = fs::read(with_suffix(&path, "-wal")).unwrap();
    let frames = log[32..].chunks_exact(24 + 4096);
    let first = frames.rev().find(|frame| word(frame, 0) == 1).unwrap();
    let mut file = fs::read(&path).unwrap();
    file[..4096].copy_from_slice(&first[24..]);
    fs::write(&path, file).unwrap();
    let db = open_existing(&path).unwrap();
    assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
}

#[test]
fn a_store_that_stands_in_its_log_alone_is_ours() {
    let dir = private_directory();
    let path = killed(dir.path(), false);
    // As a first process left it that made the store in its place and was killed.
    let mut file = fs::read(&path).unwrap();
    file[68..72].fill(0);
    fs::write(&path, file).unwrap();
    let db = open_existing(&path).unwrap();
    assert_eq!(docs::count_kind(&db, "cluster").unwrap(), 800);
}

#[cfg(unix)]
#[test]
fn what_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    for (suffix, wide, right) in
        [("", 0o644, "600"), ("-wal", 0o640, "600"), ("-shm", 0o604, "600"), ("/..", 0o750, "700")]
    {
        let dir = private_directory();
        let path = killed(dir.path(), true);
        let opened = match suffix {
            "/.." => dir.path().to_owned(),
            suffix => with_suffix(&path, suffix),
        };
        fs::set_permissions(&opened, fs::Permissions::from_mode(wide)).unwrap();
        let error = open(&path, |_| Ok(())).unwrap_err();
        let mend = format!("chmod {right} {}", opened.display());
        assert!(error.hints().iter().any(|hint| hint.contains(&mend)), "{error:?}");
        fs::set_permissions(&opened, fs::Permissions::from_mode(0o700)).unwrap();
        open(&path, |_| Ok(())).unwrap();
    }
}
