//! What to change in a list so that it lets in what is wanted.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::Problem;
use super::blocks::{Block, Blocks};
use super::compare::{Standing, compare};
use super::coverage::{Coverage, Family, Reading};
use super::lists::{List, Listed};
use super::set::{AddressSet, everybody, is_label};

/// What to do with entries of a list that are not Atlas'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// They stay.
    Keep,
    /// They go.
    Remove,
}

/// The entries of a list that are Atlas', wanted or not.
///
/// An entry is, if all of its addresses are on the list that Atlas publishes, of whatever region,
/// direction or gateway, or if its label is one that rules are written with.
#[derive(Debug, Clone)]
pub struct Atlas(Coverage);

impl Atlas {
    /// By what is wanted and what is published. A published block that is everyone's shows nothing.
    pub fn new(wanted: &AddressSet, published: impl IntoIterator<Item = IpNet>) -> Self {
        let wanted = wanted.entries().iter().map(|entry| entry.net);
        let published = published.into_iter().filter(|net| everybody(&[*net]).is_ok());
        Atlas(Coverage::new(wanted.chain(published), Reading::Literal))
    }

    /// Whether an entry is Atlas'.
    pub fn owns(&self, entry: &Listed) -> bool {
        let published = |net: &IpNet| self.0.lacks(*net).is_empty();
        let labelled = entry.label.as_deref().is_some_and(is_label);
        labelled || (!entry.nets.is_empty() && entry.nets.iter().all(published))
    }
}

/// What to change in a list. What is added comes first: a list that is changed in this order never
/// shuts out what was let in and is still wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<'a> {
    /// The list as it is.
    pub list: &'a List,
    /// What is wanted and no entry lets in that stays: sorted, and nothing that is there already.
    pub add: Option<Blocks>,
    /// The entries that must go, sorted, each text once. Each stands for addresses or is dead.
    pub remove: Vec<&'a Listed>,
    /// The entries that are not Atlas' and that stand for addresses or are dead: those of `remove`,
    /// or kept ones.
    pub foreign: Vec<&'a Listed>,
    /// The entries that are no addresses, and that a list of addresses cannot have.
    pub opaque: Vec<&'a Listed>,
    /// What is wanted and of a kind that the list does not take.
    pub elsewhere: Vec<IpNet>,
    /// What is wanted and denied, which nothing that is added lets in.
    pub denied: Vec<IpNet>,
    /// The whole list afterwards: all that is wanted, and what is kept of others.
    pub merged: Blocks,
}

impl<'a> Delta<'a> {
    /// What to change so that a list lets in the wanted addresses and, but for entries of others
    /// that are kept, no more.
    ///
    /// Entries that are neither wanted nor kept go: also those that let in more than is wanted, and
    /// those that never match.
    ///
    /// # Errors
    /// Entries that are kept and let in everyone; a list that takes no block of a kind that is wanted.
    pub fn new(
        wanted: &AddressSet,
        atlas: &Atlas,
        list: &'a List,
        foreign: Foreign,
    ) -> Result<Self, Problem> {
        let blocks = Blocks::from(wanted);
        let fits = |net: &IpNet| list.family.is_none_or(|family| family == Family::of(net));
        let nets = blocks.iter().map(|block| block.net);
        let (nets, elsewhere): (Vec<IpNet>, Vec<IpNet>) = nets.partition(fits);
        if let (None, Some(other)) = (nets.first(), elsewhere.first()) {
            let (holder, family, block) = ("this list", Family::of(other), other.to_string());
            return Err(Problem::WrongFamily { holder, family, block });
        }
        let found = compare(&nets, list);
        let (mut stay, mut remove, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (entry, standing) in found.entries {
            let needed = matches!(standing, Standing::Needed | Standing::Opaque);
            let is_foreign = !needed && !atlas.owns(entry);
            if is_foreign {
                others.push(entry);
            }
            match needed || (is_foreign && foreign == Foreign::Keep) {
                true => stay.push(entry),
                false => remove.push(entry),
            }
        }
        let alive = |entry: &&Listed| entry.dead.is_none();
        let let_in = Coverage::new(
            stay.iter().copied().filter(alive).flat_map(|entry| entry.nets.iter().copied()),
            Reading::Literal,
        );
        let lacking = blocks.iter().filter(|block| fits(&block.net)).flat_map(|block| {
            let piece = |net| Block { net, label: block.label.clone() };
            let_in.lacks(block.net).into_iter().map(piece)
        });
        let add = Blocks::new(lacking)?;
        let kept = others.iter().filter(|_| foreign == Foreign::Keep).copied().filter(alive);
        let kept = kept.flat_map(|entry| {
            let label = entry.label.clone().unwrap_or_else(|| "kept, not of Atlas".to_owned());
            entry.nets.iter().map(move |net| Block { net: *net, label: label.clone() })
        });
        let merged = Blocks::new(blocks.iter().cloned().chain(kept))?;
        let denied = list.denied.iter().flat_map(|entry| entry.nets.iter().copied());
        let denied = Coverage::new(denied, Reading::Literal);
        let allowed = Coverage::new(nets.iter().copied(), Reading::Literal);
        let opaque = |entry: &&Listed| entry.dead.is_none() && entry.nets.is_empty();
        Ok(Delta {
            list,
            add,
            remove: sorted(remove),
            foreign: sorted(others),
            opaque: list.entries.iter().filter(opaque).collect(),
            elsewhere,
            denied: allowed.without(&allowed.without(&denied)).blocks(),
            merged: merged.unwrap_or(blocks),
        })
    }

    /// Whether addresses are neither added nor removed.
    pub fn is_empty(&self) -> bool {
        self.add.is_none() && self.remove.is_empty()
    }
}

/// In the order of addresses, whatever that of the list is, each text once.
fn sorted(mut entries: Vec<&Listed>) -> Vec<&Listed> {
    entries.sort_by(|a, b| (&a.nets, &a.text).cmp(&(&b.nets, &b.text)));
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(&entry.text));
    entries
}

#[cfg(test)]
#[path = "tests/delta.rs"]
mod tests;
