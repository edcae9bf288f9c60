//! The rules of the house, as ARCHITECTURE.md states them, read from the source: which room may use
//! which, who touches the terminal and the environment, and what is process-wide.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What any room may use: these use no other room themselves.
const COMMON: &[&str] = &[
    "comma_list",
    "error",
    "files",
    "fingerprint",
    "hex",
    "json",
    "mask",
    "near",
    "object",
    "pem",
    "shell",
    "times",
    "unseen",
];

/// Each room, and the rooms that it may use beside the common ones. Only `cli` uses whatever it
/// likes, and nothing uses it.
const ROOMS: &[(&str, &[&str])] = &[
    ("privileges", &["audit", "brokers"]),
    ("brokers", &[]),
    ("signals", &[]),
    ("atlas", &[]),
    ("policy", &["atlas", "privileges"]),
    ("report", &["atlas", "privileges"]),
    ("local", &["privileges"]),
    ("ui", &["signals"]),
    ("config", &["atlas"]),
    ("secret_input", &["config"]),
    ("bucket", &["atlas", "config", "signals"]),
    ("session", &["atlas", "config", "local"]),
    ("context", &["atlas", "config", "local", "session", "signals", "ui"]),
    ("options", &["config", "ui"]),
    ("noun", &["options"]),
    ("usage", &["ui"]),
    ("change", &["atlas", "context", "signals", "ui"]),
    (
        "commands",
        &[
            "atlas",
            "audit",
            "brokers",
            "bucket",
            "change",
            "config",
            "context",
            "local",
            "policy",
            "privileges",
            "secret_input",
            "session",
            "signals",
            "ui",
        ],
    ),
];

/// A source file of the program, without comments and without its unit tests.
struct Source {
    /// Below `src`.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The room that it stands in: a directory or a file of `src`.
    fn room(&self) -> String {
        let first = self.path.components().next().expect("a name").as_os_str();
        first.to_string_lossy().trim_end_matches(".rs").to_owned()
    }

    /// How many `super`s lead from its module to the crate's root.
    fn depth(&self) -> usize {
        let is_index = self.path.file_name().is_some_and(|name| name == "mod.rs");
        self.path.components().count() - usize::from(is_index)
    }

    /// The rooms that its paths lead to.
    fn uses(&self) -> BTreeSet<String> {
        let out = "super::".repeat(self.depth());
        let mut rooms = BTreeSet::new();
        for start in ["crate::", out.as_str()] {
            for (at, _) in self.text.match_indices(start) {
                let before = self.text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':')) {
                    continue;
                }
                rooms.extend(first_names(&self.text[at + start.len()..]));
            }
        }
        rooms.remove("super");
        rooms
    }
}

/// The first names of a path, or of each path of a group.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut names, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn sources() -> Vec<Source> {
    let sources = below("src");
    assert!(sources.len() > 200, "{} files", sources.len());
    sources
}

/// The sources in a directory, with their paths below it.
fn below(directory: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut sources = Vec::new();
    let mut directories = vec![root.clone()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true if path.ends_with("tests") => {}
                true => directories.push(path),
                false if path.file_name().is_some_and(|name| name == "tests.rs") => {}
                false => {
                    let text = fs::read_to_string(&path).expect("source");
                    let path = path.strip_prefix(&root).expect("below src").to_owned();
                    sources.push(Source { path, text: program(&text) });
                }
            }
        }
    }
    sources
}

/// A file's text without comments and what stands behind the first `#[cfg(test)]`, where unit tests
/// are.
fn program(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The places where a program's text has one of these, but for the files where it may.
fn places(words: &[&str], allowed: &[&str], inside: &[&str]) -> Vec<String> {
    places_of(sources(), words, allowed, inside)
}

fn places_of(
    sources: Vec<Source>,
    words: &[&str],
    allowed: &[&str],
    inside: &[&str],
) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let path = source.path.to_string_lossy().into_owned();
        let is_inside = inside.is_empty() || inside.iter().any(|room| path.starts_with(room));
        if !is_inside || allowed.iter().any(|file| path.starts_with(file)) {
            continue;
        }
        for line in source.text.lines() {
            found.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{path}: {word}: {}", line.trim())),
            );
        }
    }
    found
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn rooms_use_only_those_they_may() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut needed = BTreeSet::new();
    for source in sources() {
        let room = source.room();
        let allowed: &[&str] = match ROOMS.iter().find(|(name, _)| *name == room) {
            Some((_, allowed)) => allowed,
            None if COMMON.contains(&room.as_str()) => &[],
            None => continue,
        };
        seen.insert(room.clone());
        for used in source.uses() {
            let fits = used == room
                || COMMON.contains(&used.as_str())
                || allowed.contains(&used.as_str())
                // Items of the root itself.
                || used.starts_with(char::is_uppercase);
            if !fits {
                wrong.push(format!("{} uses {used}", source.path.display()));
            }
            needed.insert((room.clone(), used));
        }
    }
    for (room, allowed) in ROOMS {
        let unused = allowed
            .iter()
            .filter(|used| !needed.contains(&((*room).to_owned(), (**used).to_owned())));
        wrong.extend(unused.map(|used| format!("{room} may use {used}, and does not")));
    }
    none(wrong);
    let missing: Vec<_> = ROOMS.iter().filter(|(name, _)| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "no such rooms: {missing:?}");
}

#[test]
fn only_the_terminals_room_writes_to_it() {
    let words = ["println!", "print!(", "io::stdout", "io::stderr"];
    // It asks whether somebody is there to answer, and writes nothing.
    none(places(&words, &["ui/", "config/secrets/keyring.rs"], &[]));
}

#[test]
fn pure_rooms_do_nothing_but_compute() {
    let words = ["std::env", "env::var", "process::exit", "std::fs", "TcpStream", "std::thread"];
    none(places(&words, &[], &["privileges/", "policy/", "brokers/"]));
    // Logs of gigabytes are read on all cores.
    none(places_of(below("audit/src"), &words, &["scan/", "sinks/"], &[]));
    let words = ["println!", "print!(", "io::stdout", "io::stderr"];
    none(places_of(below("audit/src"), &words, &[], &[]));
    let words = ["std::env", "env::var", "process::exit", "clap::", "dialoguer", "spctl "];
    none(places(&words, &[], &["atlas/"]));
}

#[test]
fn commands_build_no_addresses() {
    none(places(&["reqwest", "Url::parse", "url::form_urlencoded"], &[], &["commands/"]));
}

#[test]
fn nothing_is_process_wide_but_what_is_named() {
    let words = ["thread_local!", "static mut", "set_hook", "set_global", "set_default_store"];
    let allowed = [
        // The keyring's store, which its library keeps for the whole process.
        "config/secrets/",
        // What a panic says, and where traces go: both libraries know one of it.
        "ui/crash.rs",
        "ui/trace.rs",
    ];
    let mut found = places(&words, &allowed, &[]);
    let statics = places(&["static "], &allowed, &[]).into_iter();
    let changes = ["Lock<", "Mutex<", "Atomic", "Cell<"];
    found.extend(statics.filter(|line| changes.iter().any(|kind| line.contains(kind))));
    none(found);
}

/// What a hint says to paste has to be there.
#[test]
fn command_lines_in_texts_name_commands() {
    let mut root = spctl::cli::command();
    root.build();
    let is_name =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for source in sources() {
        let text = source.text.replace("\\\n", "").replace("\\n", " ");
        for (at, _) in text.match_indices("spctl ") {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let line: String = text[at..].chars().take_while(|c| *c != '\n').collect();
            let line = line.replace("--local ", "");
            let mut words = line.split([' ', ',', '.', ';', '"', '`', '\'']).skip(1);
            let noun = words.find(|word| !word.is_empty()).filter(|word| is_name(word));
            // What the shells know of a command is no line to paste, nor is a certificate's name.
            let is_other = source.path.ends_with("commands/completion.rs")
                || source.path.starts_with("local/authority");
            let Some(noun) =
                noun.filter(|_| !is_other && !before.is_alphanumeric() && before != '-')
            else {
                continue;
            };
            let verb = words.find(|word| !word.is_empty()).filter(|word| is_name(word));
            let known = root.find_subcommand(noun);
            let is_verb = |noun: &clap::Command| match verb {
                Some(verb) if noun.is_subcommand_required_set() => {
                    noun.find_subcommand(verb).is_some()
                }
                _ => true,
            };
            seen += 1;
            if !known.is_some_and(is_verb) {
                wrong.push(format!("{}: {line}", source.path.display()));
            }
        }
    }
    none(wrong);
    assert!(seen > 200, "{seen} command lines");
}

/// The string literals of a text.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    // What a value is called on the command line is no name of anything.
    let lines = text.lines().filter(|line| !line.contains("value_name"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn variables_that_are_read_are_in_the_manual() {
    let is_ours = |word: &str| word.starts_with("SPCTL_") || word.starts_with("MONGODB_ATLAS_");
    let is_name = |word: &&str| {
        let letters = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        word.len() > 3 && word.chars().all(letters) && !word.ends_with('_')
            || word.ends_with("_proxy")
    };
    let mut read = BTreeSet::new();
    for source in sources() {
        let path = source.path.to_string_lossy().into_owned();
        let is_room = ["config/", "options.rs", "cli.rs", "session/"];
        let is_reader = is_room.iter().any(|room| path.starts_with(room));
        if path == "config/variables.rs" {
            continue;
        }
        let names = literals(&source.text).filter(is_name);
        read.extend(names.filter(|name| is_reader || is_ours(name)).map(str::to_owned));
    }
    // Read by the library that knows the platform's places.
    read.extend(["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"].map(str::to_owned));
    let told = spctl::config::VARIABLES.iter().flat_map(|variable| variable.names);
    assert_eq!(read, told.map(|name| (*name).to_owned()).collect());
}

#[test]
fn files_that_are_kept_are_in_the_manual() {
    let kinds = [".toml", ".sqlite", ".pem", ".json", ".lock"];
    let mut kept = BTreeSet::new();
    for source in sources() {
        let path = source.path.to_string_lossy().into_owned();
        if !["config/", "local/"].iter().any(|room| path.starts_with(room))
            || path == "config/places.rs"
        {
            continue;
        }
        let names = literals(&source.text).filter(|word| !word.contains([' ', '/', '{']));
        let names = names.filter(|word| kinds.iter().any(|kind| word.ends_with(kind)));
        kept.extend(names.map(str::to_owned));
    }
    let told = spctl::config::PLACES.iter().filter_map(|place| place.path.rsplit('/').next());
    assert_eq!(kept, told.map(str::to_owned).collect());
}
