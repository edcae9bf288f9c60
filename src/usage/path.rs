//! Which command a line names, whether or not the parser can make sense of the rest.

use clap::{Arg, Command};

/// The command that a line names.
pub struct Path<'a> {
    /// From the root down; the root at least.
    pub commands: Vec<&'a Command>,
    /// Where the words after its name begin.
    pub end: usize,
}

impl<'a> Path<'a> {
    /// The path that the words lead to. The root is one that has parsed them, or is built whole: only
    /// then has a noun its verbs.
    pub fn of(root: &'a Command, words: &[&str]) -> Self {
        let mut path = Path { commands: vec![root], end: 1 };
        let mut at = 1;
        while let Some(word) = words.get(at) {
            let command = path.command();
            if let Some(below) = command.find_subcommand(word) {
                path.commands.push(below);
                path.end = at + 1;
            } else if !word.starts_with('-') {
                break;
            }
            at += if takes_next(command, word) { 2 } else { 1 };
        }
        path
    }

    /// The last one.
    pub fn command(&self) -> &'a Command {
        self.commands[self.commands.len() - 1]
    }
}

/// Whether the word after this one is the value of an option.
fn takes_next(command: &Command, word: &str) -> bool {
    let option = match word.strip_prefix("--") {
        Some(long) => command.get_arguments().find(|arg| arg.get_long() == Some(long)),
        None => {
            let mut letters = word.chars().skip(1);
            let (letter, rest) = (letters.next(), letters.next());
            let option = command.get_arguments().find(|arg| arg.get_short() == letter);
            option.filter(|_| rest.is_none() && word.starts_with('-'))
        }
    };
    option.is_some_and(|arg: &Arg| arg.get_action().takes_values())
}
