//! The help of a target, which `ips` has in place of its own where `--for` is on the line.

use clap::Command;
use clap::builder::StyledStr;

use super::for_target::option;
use crate::brokers::targets::{self, Target};

/// The help that these words of an `ips` ask for, if it is a target's.
pub fn target_help(words: &[&str]) -> Option<StyledStr> {
    let named = words.iter().enumerate().find_map(|(at, word)| match *word {
        "--for" => words.get(at + 1).copied(),
        word => word.strip_prefix("--for="),
    });
    let mut page = page(targets::find(named?)?);
    let is_short = words.iter().find(|word| matches!(**word, "-h" | "--help")) == Some(&"-h");
    Some(if is_short { page.render_help() } else { page.render_long_help() })
}

/// What one target takes.
fn page(target: &'static dyn Target) -> Command {
    let needed = target.needs().iter().map(|argument| option(argument).required(true));
    let taken = target.takes().iter().map(|argument| option(argument));
    let named = format!("spctl ips --for {}", target.name());
    let mut after = String::new();
    if !target.limits().is_empty() {
        after += &format!("{}\n\n", target.limits());
    }
    after += &format!("Example:\n  {named} --provider aws --region us-east-1");
    if !target.example().is_empty() {
        after += &format!(" \\\n      {}", target.example());
    }
    after += "\n\nSee spctl ips --help for the addresses that are written.";
    Command::new("ips")
        .bin_name(named)
        .about(target.about())
        .max_term_width(100)
        .args(needed)
        .args(taken)
        .after_help(after)
}
