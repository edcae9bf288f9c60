//! A canary in the place of each secret: it goes through every command, and is looked for in
//! everything that a command leaves. It may be found only where it is meant to be kept.

mod cage;
pub mod lines;

use std::collections::BTreeSet;

use secrecy::ExposeSecret;

use crate::tls::quoting;
use crate::tour;
use cage::{As, Cage, HEADER, formats};

/// What a step does with the credential alone: a read in every format, a change as a dry run and
/// in earnest; and both as somebody whom the server refuses.
fn keeps_its_secrets(cage: &Cage, number: usize, line: &str) {
    let formats = formats(line);
    let format = |n: usize| formats[n % formats.len()];
    let whom = |n: usize| [As::Key, As::Account, As::Token][n % 3];
    cage.run(line, whom(number).wrong(), &["-vv", "-o", format(number)], "");
    if line.contains("--yes") {
        cage.run(line, whom(number + 1), &["-vv", "-o", format(number + 1), "--dry-run"], "");
        let finished = cage.run(line, whom(number), &["-vv", "-o", format(number + 2)], "");
        assert_eq!(finished.code, Some(0), "{}", finished.shown());
        return;
    }
    for (n, format) in formats.iter().enumerate() {
        cage.run(line, whom(n), &["-vv", "-o", format], "");
    }
}

#[test]
fn no_command_shows_or_leaves_the_secret_of_its_credential() {
    std::thread::scope(|scope| {
        for steps in tour::NOUNS {
            scope.spawn(move || {
                let cage = Cage::new();
                for (number, (_, line)) in steps.iter().enumerate() {
                    keeps_its_secrets(&cage, number, line);
                }
                cage.search();
            });
        }
        scope.spawn(|| {
            let cage = Cage::new();
            for (number, line) in lines::OTHERS.iter().enumerate() {
                keeps_its_secrets(&cage, number, line);
            }
            cage.search();
        });
    });
}

#[test]
fn no_command_shows_or_leaves_a_secret_that_it_is_given() {
    std::thread::scope(|scope| {
        for (line, stdin) in lines::CARRIERS {
            scope.spawn(move || {
                let cage = Cage::new();
                // What the server quotes comes back with every word that was sent.
                let quoting = format!("http://{}", quoting(cage.lab.url()));
                for format in formats(line) {
                    let options = ["-vv", "-o", format, "--dry-run"];
                    let finished = cage.run(line, As::Key, &options, stdin);
                    assert_eq!(finished.code, Some(0), "{}", finished.shown());
                    // Where the header is no answer, it is nowhere.
                    assert!(!finished.out().contains(HEADER), "{}", finished.shown());
                }
                for (whom, format) in
                    [(As::Key, "ndjson"), (As::Account, "json"), (As::Token, "yaml")]
                {
                    let run = cage.prepared(line, whom, &["-vv", "-o", format], stdin);
                    let finished = cage.watched(run.env("MONGODB_ATLAS_BASE_URL", &quoting));
                    assert_ne!(finished.code, Some(0), "{}", finished.shown());
                    assert!(!finished.out().contains(HEADER), "{}", finished.shown());
                }
                // Without --yes: refused, after the change was shown.
                let finished = cage.run(&line.replace(" --yes", ""), As::Token, &["-vv"], stdin);
                assert_eq!(finished.code, Some(2), "{}", finished.shown());
                cage.run(line, As::Account.wrong(), &["-vv"], stdin);
                let finished = cage.run(line, As::Account, &["-vv", "-o", "json"], stdin);
                assert_eq!(finished.code, Some(0), "{}", finished.shown());
                cage.search();
            });
        }
    });
}

#[test]
fn what_is_made_here_is_told_once_and_kept_nowhere() {
    let cage = Cage::new();
    let finished = cage.lab.spctl(["users", "create", "zoe", "--role", "streamViewer", "-vv"]);
    let finished = { finished }.and(&["--generate-password", "--yes"]).finish().exits(0);
    let password = finished.out().trim().to_owned();
    assert!(password.len() >= 16 && !finished.err().contains(&password), "{}", finished.shown());
    cage.search_for(&[password]);

    let args = ["users", "create", "yann", "--role", "streamViewer", "-vv", "--yes"];
    let run = cage.lab.spctl(args).and(&["--generate-password", "--password-file", "kept"]);
    let finished = run.finish().exits(0);
    let password = std::fs::read_to_string(cage.lab.file("kept")).unwrap().trim().to_owned();
    let shown = format!("{}{}", finished.out(), finished.err());
    assert!(password.len() >= 16 && !shown.contains(&password), "{}", finished.shown());
    cage.search_but(&[password], &["kept"]);

    for kind in [None, Some("--service-account")] {
        let run = cage.lab.bare(["local", "key", "create", "--role", "GROUP_OWNER", "-vv"]);
        let finished = run.and(kind.as_slice()).finish().exits(0);
        let out = finished.out();
        let secret = out.lines().filter_map(|l| l.split_once('=')).next_back().unwrap().1;
        assert!(!finished.err().contains(secret), "{}", finished.shown());
        cage.search_for(&[secret.to_owned()]);
    }
}

#[test]
fn what_a_profile_keeps_stands_in_its_file_alone() {
    for whom in [As::Key, As::Account] {
        let cage = Cage::new();
        let (option, credential) = match whom {
            As::Key => ("--public-key", &cage.key),
            _ => ("--client-id", &cage.account),
        };
        let secret = credential.secret.expose_secret();
        let theirs = format!(
            "[taken]\npublic_api_key = \"{}\"\nprivate_api_key = \"{}\"\nops_manager_url = \"{}\"\n",
            cage.key.name,
            cage.key.secret.expose_secret(),
            cage.lab.url(),
        );
        std::fs::write(cage.lab.file("given/official.toml"), theirs).unwrap();
        let mut tokens = Vec::new();
        for line in lines::OF_A_PROFILE {
            tokens.extend(cage.kept());
            let mut options = vec!["-vv"];
            if line.starts_with("auth login") {
                options.extend([option, &*credential.name]);
            }
            let run = cage.prepared(line, As::Profile, &options, secret);
            if *line == "auth token --yes" {
                // The other profile is an API key's, which has none.
                run.finish().exits(2);
                let run = cage.prepared(line, As::Profile, &["-vv", "--profile=default"], "");
                let finished = run.finish();
                let token = cage.kept();
                assert_eq!(finished.code, Some(if token.is_some() { 0 } else { 2 }));
                assert!(token.is_none_or(|token| finished.out().trim() == token));
                continue;
            }
            let finished = cage.watched(run);
            assert_eq!(finished.code, Some(0), "{}", finished.shown());
            cage.search_but(&[secret.to_owned()], &["config/credentials.toml"]);
        }
        assert_eq!(tokens.is_empty(), whom == As::Key);
        cage.search();
        cage.search_for(&tokens);
    }
}

/// The commands that do something, as they are typed.
fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let path = format!("{path} {}", verb.get_name()).trim_start().to_owned();
        if !verb.has_subcommands() || !verb.is_subcommand_required_set() {
            found.insert(path.clone());
        }
        leaves(verb, &path, found);
    }
}

/// The command that a line calls, by its own name.
fn called(root: &clap::Command, line: &str) -> String {
    let (mut at, mut path) = (root, Vec::new());
    for word in line.split(' ') {
        match at.find_subcommand(word) {
            Some(verb) => (at, _) = (verb, path.push(verb.get_name().to_owned())),
            None => break,
        }
    }
    path.join(" ")
}

#[test]
fn every_command_takes_part() {
    let mut root = spctl::cli::command();
    root.build();
    let mut all = BTreeSet::new();
    leaves(&root, "", &mut all);
    let tours = tour::NOUNS.iter().flat_map(|steps| steps.iter().map(|(_, line)| *line));
    let carriers = lines::CARRIERS.iter().map(|(line, _)| *line);
    let lines = tours.chain(carriers).chain(lines::OTHERS.iter().copied());
    let lines = lines.chain(lines::OF_A_PROFILE.iter().copied());
    let taking_part: BTreeSet<_> = lines.map(|line| called(&root, line)).collect();
    let without: BTreeSet<_> = lines::WITHOUT_SECRETS.iter().map(ToString::to_string).collect();
    let missing: Vec<_> =
        all.iter().filter(|c| !taking_part.contains(*c) && !without.contains(*c)).collect();
    assert!(missing.is_empty(), "tests/it/canary/lines.rs knows nothing of {missing:?}");
    let gone: Vec<_> = without.difference(&all).collect();
    assert!(gone.is_empty(), "there is no {gone:?}");
}
