//! `--against`: the lists of a broker or firewall, as their tools print them.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::selection::SelectionArgs;
use crate::brokers::lists::{self, FORMATS, Format, Found, List, Reading, Unreadable};
use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::shell::quote;

/// Which file, and which of its lists.
#[derive(Debug, clap::Args)]
pub(in crate::commands) struct AgainstArgs {
    /// The file that says who is let in today, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    against: String,
    /// How the file is written, where that is not recognised
    #[arg(long = "as", value_name = "FORMAT", requires = "against", value_parser = format())]
    format: Option<&'static dyn Format>,
    /// Only the lists of these names or ids, where the file has several
    #[arg(long = "list", value_name = "NAME", num_args = 1.., requires = "against")]
    lists: Vec<String>,
}

/// The lists of a file.
pub(in crate::commands) struct Against {
    /// The file, as messages name it.
    pub(in crate::commands) file: String,
    /// Those that are meant; at least one.
    pub(in crate::commands) lists: Vec<List>,
    /// The others of the file.
    pub(in crate::commands) others: Vec<List>,
    /// Whether the file has others, or `--list` chose among them.
    pub(in crate::commands) is_choice: bool,
}

fn format() -> impl TypedValueParser<Value = &'static dyn Format> {
    let value = |format: &&dyn Format| PossibleValue::new(format.name()).help(format.about());
    let names = PossibleValuesParser::new(FORMATS.iter().map(value));
    names.map(|name| lists::find(&name).unwrap_or(FORMATS[0]))
}

impl AgainstArgs {
    /// Whether the lists that are meant are named.
    pub(super) fn names_lists(&self) -> bool {
        !self.lists.is_empty()
    }

    /// Whether stdin is the file.
    fn is_stdin(&self) -> bool {
        self.against == "-"
    }

    /// Checks that stdin is read once.
    ///
    /// # Errors
    /// Usage: `--from-file` reads it, too.
    pub(super) fn check(&self, selection: &SelectionArgs) -> Result<()> {
        match &selection.list.source.from_file {
            Some(file) if file == "-" && self.is_stdin() => {
                Err(Error::usage("--against and --from-file cannot both read stdin")
                    .hint("name a file for one of them"))
            }
            _ => Ok(()),
        }
    }

    /// The arguments as typed, for a command line that reads the same; none reads stdin again.
    pub(in crate::commands) fn words(&self) -> Option<String> {
        if self.against == "-" {
            return None;
        }
        let mut words = format!("--against {}", quote(&self.against));
        if let Some(format) = self.format {
            words.push_str(&format!(" --as {}", format.name()));
        }
        self.lists.iter().for_each(|name| words.push_str(&format!(" --list {}", quote(name))));
        Some(words)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Usage: a file that cannot be read, or has no list. Not found: it has no list of a name.
    pub(in crate::commands) fn read(&self, context: &Context, reading: Reading) -> Result<Against> {
        let path = Path::new(&self.against);
        let file = input::name(path);
        let bytes = input::bytes(context, "--against", path)?;
        let found = lists::read(&bytes, self.format, reading);
        let Found { lists, .. } = found.map_err(|problem| self.refused(problem).context(&file))?;
        let is_choice = lists.len() > 1;
        self.check_names(&lists).map_err(|error| error.context(&file))?;
        let wanted = |list: &List| self.lists.is_empty() || self.lists.iter().any(|n| is(list, n));
        let (lists, others) = lists.into_iter().partition(wanted);
        Ok(Against { file, lists, others, is_choice })
    }

    /// Checks that there is a list of each name.
    fn check_names(&self, lists: &[List]) -> Result<()> {
        let Some(unknown) = self.lists.iter().find(|name| !lists.iter().any(|l| is(l, name)))
        else {
            return Ok(());
        };
        let names = || lists.iter().map(|list| list.name.as_str());
        let all = names().take(MOST).collect::<Vec<_>>().join("; ");
        let more = lists.len().saturating_sub(MOST);
        let all = if more > 0 { format!("{all}; and {more} more") } else { all };
        Err(Error::not_found(format!("there is no list {unknown:?}")).hint(near::hint(
            unknown,
            names(),
            format!("its lists: {all}"),
        )))
    }

    fn refused(&self, problem: Unreadable) -> Error {
        let names = || FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        let error = Error::usage(problem.to_string());
        match problem {
            Unreadable::Unknown => error
                .hint(format!("--as FORMAT says what it is: {}", names()))
                .hint("see spctl ips check --help for what each of them reads"),
            Unreadable::Empty => error.hint(
                "check that whatever wrote it succeeded; where nobody is to be let in yet, say so \
                 with --as plain",
            ),
            Unreadable::NoList(_) if self.format.is_none() => {
                error.hint("check that whatever wrote it found the object that was meant")
            }
            Unreadable::NoList(_) => error.hint("without --as its format is recognised"),
            _ => error,
        }
    }
}

/// Whether a list goes by this name: its own, or that of what holds it.
fn is(list: &List, name: &String) -> bool {
    list.name == *name || list.id.as_ref() == Some(name) || list.holder == *name
}

/// So many names are shown of lists that could be meant.
const MOST: usize = 10;
