//! `ips delta`: what to change in a list of a broker or firewall.

use super::against::{Against, AgainstArgs};
use super::for_target::TargetArgs;
use super::refused;
use super::selection::{Selected, SelectionArgs, select};
use crate::brokers::blocks::Blocks;
use crate::brokers::delta::{Atlas, Delta, Foreign};
use crate::brokers::lists::{List, Listed, Reading};
use crate::brokers::targets::{Meant, Writer, meant};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::plural;

/// What is wanted, what there is, and in which form the change is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Entries that let in nobody who is wanted go, and so do those that let in more, or never match. By \
default that includes entries that are not Atlas' own: those whose addresses Atlas does not publish, \
for whatever region, and whose label is not one of ours. They are named; --keep-foreign keeps \
them.

A list whose file has several is named by --list, or by the options of the target that tell it:
--id and --port, or --principal, --topic, --group and --operation. With a file of one list these \
default to what it says.

Nothing is written to stdout where nothing is to change. Apply what is written as \
spctl ips delta --for TARGET --help says.

Examples:
  spctl ips delta --provider aws --region us-east-1 --against allowed.txt
  aws ec2 describe-security-groups --group-ids sg-0123456789abcdef0 | \\
      spctl ips delta --instance orders --against - \\
      --for aws-security-group --port 9194
  kafka-acls.sh --bootstrap-server broker:9092 --list | \\
      spctl ips delta --instance orders --against - --for kafka-acls \\
      --bootstrap-server broker:9092 --principal User:atlas \\
      --topic orders --group asp
  spctl ips delta --for plain --help")]
pub(super) struct Args {
    #[command(flatten)]
    against: AgainstArgs,
    /// Keep entries that are not Atlas'
    #[arg(long)]
    keep_foreign: bool,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    target: TargetArgs,
}

/// Writes the change of each list that is meant.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let asked = context.ui.options();
    if asked.format.is_some() || asked.jq.is_some() || asked.columns.is_some() || asked.names {
        return Err(Error::usage("a delta is written in the form of its target")
            .hint("omit -o, --jq, --columns and -q; spctl ips check lists what differs"));
    }
    args.selection.check()?;
    args.against.check(&args.selection)?;
    let against = args.against.read(context, Reading { cidr: args.target.has("cidr") })?;
    if !args.selection.tells_ports() {
        // Before anything is asked of anyone.
        args.meant(&against, &[])?;
    }
    let selected = select(context, &args.selection).await?;
    let meant = args.meant(&against, &selected.ports)?;
    let atlas = Atlas::new(&selected.set, selected.published.iter().copied());
    let mut changes = Vec::new();
    for (Meant { list, .. }, _) in &meant {
        let place = match meant.len() > 1 || against.is_choice {
            true => format!("{}: {}", against.file, list.name),
            false => against.file.clone(),
        };
        let change = args.change(&selected, &atlas, list);
        changes.push((change.map_err(|error| error.context(&place))?, place));
    }
    let text = args.written(&changes, &meant)?;
    if let Some((change, place)) = changes.iter().find(|(change, _)| change.is_in_vain()) {
        return Err(change.in_vain().context(place));
    }
    selected.say(context);
    changes.iter().for_each(|(change, place)| change.tell(context, place));
    if changes.iter().any(|(change, _)| change.is_any()) {
        for lost in args.beside(&against, &meant) {
            context.ui.warn(format!("{}: {lost} is replaced, too", against.file));
        }
        args.target.caution().into_iter().for_each(|text| context.ui.note(text));
    }
    context.ui.write(text.as_bytes())
}

impl Args {
    /// The lists that are to be changed, each with its writer.
    fn meant(&self, against: &Against, ports: &[u16]) -> Result<Vec<(Meant, Box<dyn Writer>)>> {
        let (target, options) = (self.target.target(), self.target.options(ports));
        let lists = meant(target, &options, &against.lists, self.against.names_lists());
        let several = |names: Vec<String>| {
            let why = format!("{} has several lists that may be meant", against.file);
            Error::usage(why).hint(format!("--list NAME names one: {}", some(&names, "; ")))
        };
        let lists = lists.map_err(several)?;
        if lists.is_empty() {
            let names: Vec<&str> = against.lists.iter().map(|list| list.name.as_str()).collect();
            let why = format!("{} has no list that these options mean", against.file);
            let new = format!("spctl ips --for {} writes the rules of a new list", target.name());
            return Err(Error::not_found(why)
                .hint(format!("its lists: {}", some(&names, "; ")))
                .hint(new));
        }
        let writer = |meant: Meant| {
            let writer = self.target.writer_with(&meant.options)?;
            Ok((meant, writer))
        };
        lists.into_iter().map(writer).collect()
    }

    /// What is written: each change, or, where the whole list is written, one for all.
    fn written(
        &self,
        changes: &[(Change<'_>, String)],
        meant: &[(Meant, Box<dyn Writer>)],
    ) -> Result<String> {
        let mut text = String::new();
        let all = changes.iter().zip(meant).filter(|((change, _), _)| change.is_any());
        for ((Change { delta, .. }, place), (_, writer)) in all {
            let refused = |problem| self.target.refused(problem).context(place);
            if self.replaces() {
                Self::check_whole(meant).map_err(|error| error.context(place))?;
                let blocks = changes.iter().flat_map(|(change, _)| change.delta.merged.iter());
                let whole = Blocks::new(blocks.cloned()).map_err(refused)?;
                let merged = whole.unwrap_or_else(|| delta.merged.clone());
                return writer.delta(&Delta { merged, ..delta.clone() }).map_err(refused);
            }
            let written = writer.delta(delta).map_err(refused)?;
            if !text.is_empty() {
                text.truncate(text.trim_end().len());
                text += self.target.target().between();
            }
            text += &written;
        }
        Ok(text)
    }

    /// Checks that nothing is lost where all of an object is replaced.
    fn check_whole(meant: &[(Meant, Box<dyn Writer>)]) -> Result<()> {
        match meant.iter().find(|(meant, writer)| !writer.covers(&meant.list)) {
            None => Ok(()),
            Some((Meant { list, .. }, _)) => {
                if list.options.is_empty() {
                    return Err(Error::failed("it does not tell what its addresses may do").hint(
                        "all of the object is replaced: give the object itself as --against",
                    ));
                }
                let why = format!("{:?} would be lost: all of its object is replaced", list.name);
                Err(Error::failed(why)
                    .hint("name in the options all that the object allows")
                    .hint("or change it by hand: spctl ips check tells what is missing"))
            }
        }
    }

    /// The other lists of what is written whole.
    fn beside<'a>(&self, against: &'a Against, meant: &[(Meant, Box<dyn Writer>)]) -> Vec<&'a str> {
        let is_beside = |list: &&List| {
            let same = |meant: &Meant| meant.list.options == list.options;
            let is_meant = meant.iter().any(|(meant, _)| meant.list.name == list.name);
            !list.options.is_empty() && !is_meant && meant.iter().any(|(meant, _)| same(meant))
        };
        let all = against.lists.iter().chain(&against.others).filter(|_| self.replaces());
        all.filter(is_beside).map(|list| list.name.as_str()).collect()
    }

    /// Whether the whole list is written.
    fn replaces(&self) -> bool {
        self.target.target().applied_delta().is_none()
    }

    fn change<'a>(&self, selected: &Selected, atlas: &Atlas, list: &'a List) -> Result<Change<'a>> {
        let foreign = if self.keep_foreign { Foreign::Keep } else { Foreign::Remove };
        let replaces = self.replaces();
        let delta = Delta::new(&selected.set, atlas, list, foreign).map_err(|problem| {
            refused(problem).hint("without --keep-foreign, entries that are not Atlas' go")
        })?;
        let change = Change { delta, foreign, replaces };
        match change.loses() {
            [lost, ..] if foreign == Foreign::Keep && change.is_any() => {
                let why =
                    format!("{:?} is no address, and a list of addresses replaces it", lost.text);
                Err(Error::failed(why)
                    .hint("without --keep-foreign it goes; change the list by hand to keep it"))
            }
            _ => Ok(change),
        }
    }
}

/// What becomes of a list.
struct Change<'a> {
    delta: Delta<'a>,
    foreign: Foreign,
    /// Whether the whole list is written.
    replaces: bool,
}

impl Change<'_> {
    /// The entries that a list of addresses that replaces it cannot have.
    fn loses(&self) -> &[&Listed] {
        if self.replaces { &self.delta.opaque } else { &[] }
    }

    fn is_any(&self) -> bool {
        !self.delta.is_empty() || (self.foreign == Foreign::Remove && !self.loses().is_empty())
    }

    /// Whether some of what is wanted stays shut out, and nothing can be changed about it.
    fn is_in_vain(&self) -> bool {
        !self.is_any() && !self.delta.denied.is_empty()
    }

    fn in_vain(&self) -> Error {
        let denied = some(&self.delta.denied, ", ");
        Error::failed(format!("nothing is to be added, but {denied} is denied"))
            .hint("remove the entry that denies it; no other one lets it in")
    }

    fn tell(&self, context: &Context, place: &str) {
        let (delta, ui) = (&self.delta, &context.ui);
        let texts = |entries: &[&Listed]| {
            let texts: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
            some(&texts, ", ")
        };
        if self.is_any() {
            let nets: Vec<_> = delta.add.iter().flat_map(Blocks::iter).map(|b| b.net).collect();
            let gone: Vec<&Listed> = [&delta.remove, self.loses()].concat();
            let parts = [
                ("adds", "block", nets.len(), some(&nets, ", ")),
                ("removes", "entry", gone.len(), texts(&gone)),
            ];
            let parts = parts.into_iter().filter(|(_, _, count, _)| *count > 0);
            let parts = parts.map(|(verb, noun, count, names)| {
                format!("{verb} {}: {names}", plural(count, noun))
            });
            let whole = match self.replaces {
                true => format!("; the list has {} then", plural(delta.merged.len(), "block")),
                false => String::new(),
            };
            ui.note(format!("{place}: {}{whole}", parts.collect::<Vec<_>>().join("; ")));
        } else {
            ui.note(format!("{place}: in sync: nothing to add or remove"));
        }
        let (theirs, names) = (plural(delta.foreign.len(), "entry"), texts(&delta.foreign));
        match self.foreign {
            _ if delta.foreign.is_empty() => {}
            Foreign::Keep => ui.note(format!("{place}: keeps {theirs} not of Atlas: {names}")),
            Foreign::Remove => {
                ui.warn(format!("{place}: removes {theirs} not of Atlas: {names}"));
                ui.hint("--keep-foreign keeps them");
            }
        }
        if !delta.opaque.is_empty() && self.loses().is_empty() {
            ui.note(format!("{place}: leaves what is no address: {}", texts(&delta.opaque)));
        }
        if !self.replaces && !delta.elsewhere.is_empty() {
            let others = some(&delta.elsewhere, ", ");
            ui.warn(format!("{place}: it does not take {others}, which another list must let in"));
        }
        if !delta.denied.is_empty() {
            let denied = some(&delta.denied, ", ");
            ui.warn(format!("{place}: {denied} is denied, whatever is added"));
        }
    }
}

/// So many are named of entries or lists.
const MOST: usize = 10;

/// The first of them.
fn some(all: &[impl ToString], between: &str) -> String {
    let mut named: Vec<String> = all.iter().take(MOST).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(MOST);
    named.extend((more > 0).then(|| format!("and {more} more")));
    named.join(between)
}
