//! What a command's help says behind its options, in parts.

use clap::Command;

/// A paragraph.
#[derive(Debug)]
pub enum Block<'a> {
    /// The lines below `Examples:`, without their indentation.
    Examples(Vec<&'a str>),
    /// Anything else but exit codes, of which every page has a section.
    Prose(Vec<&'a str>),
}

/// What a command's help says behind its options.
pub fn text(command: &Command) -> String {
    let help = command.get_after_long_help().or_else(|| command.get_after_help());
    help.map(ToString::to_string).unwrap_or_default()
}

/// The paragraphs of such a text.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for paragraph in text.split("\n\n") {
        let lines: Vec<&str> = paragraph.lines().collect();
        match lines.split_first() {
            Some((&("Examples:" | "Example:"), lines)) => {
                let unindented = lines.iter().map(|line| line.strip_prefix("  ").unwrap_or(line));
                blocks.push(Block::Examples(unindented.collect()));
            }
            Some((&"Exit codes:", _)) | None => {}
            Some(_) => blocks.push(Block::Prose(lines)),
        }
    }
    blocks
}

/// The lines of a command's examples; of a noun, which has none, each verb's first.
pub fn examples(command: &Command) -> Vec<String> {
    let text = text(command);
    let own = blocks(&text).into_iter().find_map(|block| match block {
        Block::Examples(lines) => Some(lines.into_iter().map(str::to_owned).collect()),
        Block::Prose(_) => None,
    });
    own.unwrap_or_else(|| {
        let verbs = command.get_subcommands().filter(|verb| !verb.is_hide_set());
        verbs.flat_map(|verb| first(examples(verb))).collect()
    })
}

/// The first example, which goes on behind a backslash.
fn first(mut lines: Vec<String>) -> Vec<String> {
    let end = lines.iter().position(|line| !line.ends_with('\\'));
    lines.truncate(end.map_or(lines.len(), |end| end + 1));
    lines
}
