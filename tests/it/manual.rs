//! The man pages: each says what the command exits with, what it reads, and how it is used; and its
//! examples can be pasted as they stand.

use crate::support::Lab;
use std::path::Path;
use std::process::Command;

use spctl::commands::generate;
use spctl::error::{Kind, SUCCESS};

use crate::support::skipped;

/// Help is not wrapped on a terminal of 80 columns, and neither is the manual, which indents more.
const WIDEST: usize = 76;

fn pages() -> Vec<(String, String)> {
    let files = generate::files(spctl::cli::command()).expect("they are generated");
    let pages = files.into_iter().filter(|(path, _)| path.starts_with("man"));
    let text = |bytes| String::from_utf8(bytes).expect("text");
    pages.map(|(path, page)| (path.display().to_string(), text(page))).collect()
}

/// The lines of a page's section.
fn section<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let lines = page.lines().skip_while(|line| line.replace('"', "") != format!(".SH {name}"));
    lines.skip(1).take_while(|line| !line.starts_with(".SH ")).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
}

#[test]
fn every_page_has_every_section() {
    let pages = pages();
    assert!(pages.len() > 100, "{} pages", pages.len());
    for (name, page) in &pages {
        assert!(page.is_ascii(), "{name} depends on an encoding");
        for (title, holds) in [
            ("SYNOPSIS", "spctl"),
            ("DESCRIPTION", ""),
            ("EXIT STATUS", "130"),
            ("ENVIRONMENT", "SPCTL_PROFILE"),
            ("FILES", "local-ca.pem"),
            ("EXAMPLES", "spctl "),
        ] {
            let text = unescaped(&section(page, title).join("\n"));
            assert!(!text.is_empty() && text.contains(holds), "{name}: {title}:\n{text}");
        }
        assert!(!page.contains("[OPTIONS]"), "{name}");
    }
    let page = |name: &str| &pages.iter().find(|(page, _)| page == name).expect("a page").1;
    let synopsis = |name: &str| unescaped(&section(page(name), "SYNOPSIS").join(" "));
    assert_eq!(
        synopsis("man/spctl-users-grant.1").replace("\\[u2026]", "…"),
        "spctl users grant NAME... {--role ROLE,… | --action ACTION,…} \
         [--auth-db DB] [--failed FILE] [--role-name NAME] [--verbatim] [global options]"
    );
    assert_eq!(synopsis("man/spctl-users.1"), "spctl users [global options] command");
}

/// Help is wrapped to the width of the terminal: lines that were broken by hand would be broken twice.
#[test]
fn no_sentence_of_help_is_broken_by_hand() {
    fn look(command: &clap::Command, broken: &mut Vec<String>) {
        let texts = [
            command.get_long_about(),
            command.get_before_help(),
            command.get_after_help(),
            command.get_after_long_help(),
        ];
        for text in texts.into_iter().flatten().map(ToString::to_string) {
            let lines: Vec<&str> = text.lines().collect();
            let is_prose = |line: &str| !line.is_empty() && !line.starts_with(' ');
            let within = lines.windows(2).filter(|pair| {
                is_prose(pair[0]) && is_prose(pair[1]) && !pair[0].ends_with(['.', ':'])
            });
            broken.extend(within.map(|pair| format!("{}: {}", command.get_name(), pair[0])));
        }
        command.get_subcommands().for_each(|command| look(command, broken));
    }
    let mut broken = Vec::new();
    look(&spctl::cli::command(), &mut broken);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// One table for the help, the manual and the README.
#[test]
fn exit_codes_are_the_readmes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("a README");
    let help = spctl::cli::command().render_help().to_string();
    let errors = Kind::ALL.map(|kind| (kind.exit_code(), kind.meaning()));
    for (code, meaning) in [(0, SUCCESS)].into_iter().chain(errors) {
        assert!(readme.contains(&format!("| {code} | {meaning} |\n")), "{code} {meaning}");
        assert!(help.contains(&format!("\n  {code:<3}  {meaning}")), "{code} {meaning}:\n{help}");
    }
}

#[test]
fn formatters_have_nothing_to_warn_of() {
    if Command::new("groff").arg("--version").output().is_err() {
        return skipped("groff is not installed");
    }
    let place = tempfile::tempdir().expect("a temporary directory");
    let write = |(at, (_, page)): (usize, (String, String))| {
        let path = place.path().join(at.to_string());
        std::fs::write(&path, page).expect("a file");
        path
    };
    let paths: Vec<_> = pages().into_iter().enumerate().map(write).collect();
    let output = Command::new("groff").args(["-man", "-ww", "-Tutf8"]).args(paths).output();
    let output = output.expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// An example's lines as a shell reads them, and that they fit.
fn check(name: &str, examples: &[String], root: &clap::Command) -> usize {
    let text = examples.join("\n");
    for line in examples {
        assert!(line.len() + 2 <= WIDEST, "{name}: this is wrapped:\n{line}");
    }
    let whole = text.replace("\\\n", "");
    for line in whole.lines() {
        assert!(
            !line.starts_with(' ') && !line.ends_with('\\'),
            "{name}: half an example:\n{text}"
        );
        let words = shell_words::split(line).unwrap_or_else(|e| panic!("{name}: {line}: {e}"));
        let at = words.iter().position(|word| word.ends_with("spctl") || word.contains("$(spctl "));
        let at = at.unwrap_or_else(|| panic!("{name}: no command: {line}"));
        // What stands within a substitution is one word.
        let said = words[at..].join(" ");
        let said = said.split("spctl ").nth(1).unwrap_or_default();
        let noun = said.split([' ', ')']).find(|word| !word.starts_with('-'));
        let is_known = noun.is_some_and(|noun| root.find_subcommand(noun).is_some());
        assert!(is_known, "{name}: {line}");
    }
    whole.lines().count()
}

#[test]
fn examples_can_be_pasted() {
    let mut root = spctl::cli::command().disable_help_subcommand(true);
    root.build();
    let mut count = 0;
    let mut commands = vec![(String::from("spctl"), &root)];
    while let Some((name, command)) = commands.pop() {
        if command.is_hide_set() {
            continue;
        }
        let examples = generate::examples(command);
        assert!(!examples.is_empty(), "{name} has no example");
        count += check(&name, &examples, &root);
        let below = command.get_subcommands();
        commands.extend(below.map(|sub| (format!("{name} {}", sub.get_name()), sub)));
        // What stands elsewhere in the text may not run over a line's end either.
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in help.lines().filter(|line| line.starts_with("  ")) {
            assert!(line.len() <= WIDEST, "{name}: {line}");
        }
    }
    assert!(count > 200, "{count} examples");
}

#[test]
fn examples_of_targets_can_be_pasted() {
    let lab = Lab::new();
    for target in spctl::brokers::targets::TARGETS {
        let target = target.name();
        let help = lab.bare(["ips", "--for", target, "--help"]).finish().exits(0).out();
        let lines = help.lines().skip_while(|line| *line != "Example:").skip(1);
        let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        let lines: Vec<String> = lines.iter().map(|line| line[2..].to_owned()).collect();
        assert_eq!(check(target, &lines, &spctl::cli::command()), 1);
    }
}
