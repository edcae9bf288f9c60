//! Completions and man pages are those of the command line as it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn completions_and_man_pages_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut expected = BTreeSet::new();
    for (path, text) in
        spctl::commands::generate::files(spctl::cli::command()).expect("they are generated")
    {
        let kept = fs::read(root.join(&path)).unwrap_or_default();
        assert!(kept == text, "{} is stale: run  cargo run -- generate .", path.display());
        expected.insert(path);
    }
    let kept: BTreeSet<PathBuf> = ["completions", "man"]
        .iter()
        .flat_map(|dir| fs::read_dir(root.join(dir)).expect("a directory"))
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.strip_prefix(root).expect("below the root").to_owned())
        .collect();
    assert_eq!(kept, expected, "a file that nothing generates is left over");
}

/// Every help text on one page, so that a change of the command line is seen as a whole. The
/// options that every command takes stand with the root command only.
#[test]
fn the_command_reference() {
    let mut root = spctl::cli::command().disable_help_subcommand(true);
    root.build();
    let mut page = String::new();
    reference(root, true, &mut page);
    insta::assert_snapshot!("reference", page);
}

fn reference(mut command: clap::Command, is_root: bool, page: &mut String) {
    let name = command.get_bin_name().unwrap_or("spctl").to_owned();
    let subcommands: Vec<_> =
        command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned().collect();
    if !is_root {
        command = command.mut_args(|arg| match arg.get_help_heading() == Some("Global options") {
            true => arg.hide(true),
            false => arg,
        });
    }
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    page.push_str(&format!("# {name}\n\n{}\n\n", lines.join("\n").trim()));
    for sub in subcommands {
        reference(sub, false, page);
    }
}
