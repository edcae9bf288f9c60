//! A command's man page: what the parser knows of it, and what is the same for all.

use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::after_help::{self, Block};
use crate::config::{PLACES, VARIABLES};
use crate::error::{Kind, SUCCESS};

/// When the pages were last revised: readers of man pages expect a date, and a build has none.
const REVISED: &str = "2026-11-28";

/// What the formatter's library begins each of its texts with: how an apostrophe is written.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// The page of a command that is called `name` among the pages, as `spctl-users-list`.
///
/// # Errors
/// None that is known: the text is written to memory.
pub(super) fn page(command: &Command, name: &str) -> std::io::Result<Vec<u8>> {
    // The name must outlive the page, and clap holds names for as long as the process runs.
    let named = command.clone().name(name.to_owned()).display_name(name.to_owned());
    let man = Man::new(named)
        .title(name.to_uppercase())
        .date(REVISED)
        .source(concat!("spctl ", env!("CARGO_PKG_VERSION")))
        .manual("User commands");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(command).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    prose(command).to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.get_subcommands().any(|sub| !sub.is_hide_set()) {
        man.render_subcommands_section(&mut page)?;
    }
    for section in [exit_status(), environment(), files(), examples(command), see_also(name)] {
        section.to_writer(&mut page)?;
    }
    Ok(tidy(&String::from_utf8_lossy(&page)).into_bytes())
}

/// Each section comes with the same preamble, characters beyond ASCII depend on the reader's
/// encoding, and lists of values have empty lines that formatters warn of.
fn tidy(page: &str) -> String {
    let page = page.replace(PREAMBLE, "").replace(".br\n\n.br\n", ".sp\n");
    let mut tidy = PREAMBLE.to_owned();
    for line in page.lines().filter(|line| !line.trim().is_empty()) {
        for c in line.trim_end().chars() {
            match c.is_ascii() {
                true => tidy.push(c),
                false => tidy.push_str(&format!("\\[u{:04X}]", u32::from(c))),
            }
        }
        tidy.push('\n');
    }
    tidy
}

/// The command's own options with their values; those that every command takes are named together.
/// Names come first: an option that takes several values would take them for its own.
fn synopsis(command: &Command) -> Roff {
    let mut roff = section("SYNOPSIS");
    let mut line = vec![bold(command.get_bin_name().unwrap_or_else(|| command.get_name()))];
    let is_own = |arg: &&Arg| {
        let is_help = matches!(
            arg.get_action(),
            ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
        );
        !arg.is_hide_set() && !is_help && arg.get_help_heading() != Some("Global options")
    };
    let alternatives: Vec<Vec<&Arg>> = command
        .get_groups()
        .filter(|group| group.is_required_set())
        .map(|group| {
            let is_in = |arg: &&Arg| group.get_args().any(|id| id == arg.get_id());
            command.get_arguments().filter(is_own).filter(is_in).collect()
        })
        .filter(|members: &Vec<&Arg>| members.len() > 1)
        .collect();
    let is_alternative =
        |arg: &&Arg| alternatives.iter().flatten().any(|other| other.get_id() == arg.get_id());
    let own = command.get_arguments().filter(is_own).filter(|arg| !is_alternative(arg));
    let (names, options): (Vec<_>, Vec<_>) = own.partition(|arg| arg.is_positional());
    let (needed, optional): (Vec<_>, Vec<_>) =
        options.into_iter().partition(|arg| arg.is_required_set());
    for arg in names.into_iter().chain(needed) {
        match arg.is_required_set() {
            true => add(&mut line, "", usage(arg), ""),
            false => add(&mut line, "[", usage(arg), "]"),
        }
    }
    for members in &alternatives {
        let mut any: Vec<Inline> = Vec::new();
        for arg in members {
            if !any.is_empty() {
                any.push(roman(" | "));
            }
            any.extend(usage(arg));
        }
        add(&mut line, "{", any, "}");
    }
    for arg in optional {
        add(&mut line, "[", usage(arg), "]");
    }
    add(&mut line, "[", vec![italic("global options")], "]");
    if command.has_subcommands() {
        match command.is_subcommand_required_set() {
            true => add(&mut line, "", vec![italic("command")], ""),
            false => add(&mut line, "[", vec![italic("command")], "]"),
        }
    }
    roff.text(line);
    roff
}

fn add(line: &mut Vec<Inline>, before: &str, words: Vec<Inline>, after: &str) {
    line.push(roman(format!(" {before}")));
    line.extend(words);
    line.push(roman(after));
}

/// `--role ROLE,…`, `NAME...`.
fn usage(arg: &Arg) -> Vec<Inline> {
    let mut words = Vec::new();
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => {
            words.extend([bold(format!("-{short}")), roman("|"), bold(format!("--{long}"))]);
        }
        (Some(short), None) => words.push(bold(format!("-{short}"))),
        (None, Some(long)) => words.push(bold(format!("--{long}"))),
        (None, None) => {}
    }
    if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        let name =
            if names.is_empty() { arg.get_id().as_str().to_uppercase() } else { names.join(" ") };
        if !words.is_empty() {
            words.push(roman(" "));
        }
        words.push(italic(name));
    }
    // A value that is a list says so itself.
    let is_list = arg.get_value_names().unwrap_or_default().iter().any(|name| name.contains('…'));
    let range = arg.get_num_args();
    let several = range.is_some_and(|range| range.max_values() > range.min_values().max(1));
    if !is_list && (several || matches!(arg.get_action(), ArgAction::Append | ArgAction::Count)) {
        words.push(roman("..."));
    }
    words
}

/// What the help says behind its options, but for the examples.
fn prose(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let help = after_help::text(command);
    for block in after_help::blocks(&help) {
        let Block::Prose(lines) = block else { continue };
        roff.control("PP", []);
        let mut lines = lines.into_iter().peekable();
        while let Some(line) = lines.next() {
            let Some(literal) = line.strip_prefix("  ") else {
                roff.text([roman(line)]);
                continue;
            };
            let mut literals = vec![literal];
            while let Some(next) = lines.next_if(|next| next.starts_with("  ")) {
                literals.push(&next[2..]);
            }
            verbatim(&mut roff, &literals);
        }
    }
    roff
}

fn exit_status() -> Roff {
    let mut roff = section("EXIT STATUS");
    let errors = Kind::ALL.map(|kind| (kind.exit_code(), kind.meaning()));
    for (code, meaning) in [(0, SUCCESS)].into_iter().chain(errors) {
        term(&mut roff, vec![bold(code.to_string())], meaning);
    }
    roff
}

fn environment() -> Roff {
    let mut roff = section("ENVIRONMENT");
    for variable in VARIABLES {
        let mut names = Vec::new();
        for name in variable.names {
            if !names.is_empty() {
                names.push(roman(", "));
            }
            names.push(bold(*name));
        }
        term(&mut roff, names, variable.meaning);
    }
    roff
}

fn files() -> Roff {
    let mut roff = section("FILES");
    for place in PLACES {
        let moved = place.variable.map(|variable| format!(" ({variable} moves it.)"));
        let meaning = format!("{}{}", place.meaning, moved.unwrap_or_default());
        term(&mut roff, vec![italic(place.path)], &meaning);
    }
    roff
}

fn examples(command: &Command) -> Roff {
    let mut roff = section("EXAMPLES");
    let examples = after_help::examples(command);
    let lines: Vec<&str> = examples.iter().map(String::as_str).collect();
    verbatim(&mut roff, &lines);
    roff
}

/// The first page, which names all others.
fn see_also(name: &str) -> Roff {
    let mut roff = Roff::new();
    if name != "spctl" {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("spctl"), roman("(1)")]);
    }
    roff
}

fn section(name: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [name]);
    roff
}

fn term(roff: &mut Roff, term: Vec<Inline>, meaning: &str) {
    roff.control("TP", []);
    roff.text(term);
    roff.text([roman(meaning)]);
}

fn verbatim(roff: &mut Roff, lines: &[&str]) {
    roff.control("nf", []);
    for line in lines {
        roff.text([roman(*line)]);
    }
    roff.control("fi", []);
}
