//! Entries to add, and how they compare with existing ones.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::entry::{self, EntryTarget, Lease, name};
use super::guard;
use super::idle::WholeList;
use crate::atlas::Row;
use crate::atlas::access_lists::{self, AccessEntry};
use crate::change::{Change, Expect, Fact, Plan, Remark};
use crate::commands::expiry;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::in_seconds;

/// In characters: the API's own limit.
const LONGEST_COMMENT: usize = 80;
/// The most names that a sentence lists.
const NAMED: usize = 3;

/// An entry to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What it lets in.
    pub target: EntryTarget,
    /// What it is for.
    pub comment: Option<String>,
    /// When it expires, RFC 3339; `None` if never.
    pub expires: Option<String>,
    /// Whether it was asked for that it never expires.
    pub never: bool,
}

impl NewEntry {
    fn lease(&self) -> Lease {
        let until = self.expires.as_deref().and_then(|at| at.parse().ok());
        Lease { target: self.target.clone(), until }
    }

    /// The fields that are read back as they were sent.
    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.extend(self.comment.iter().map(|text| ("comment".to_owned(), json!(text))));
        fields.extend(self.expires.iter().map(|at| ("deleteAfterDate".to_owned(), json!(at))));
        fields
    }

    fn document(&self) -> Value {
        let mut document = self.target.document();
        document.extend(self.fields());
        Value::Object(document)
    }

    fn fact(&self) -> Fact {
        let mut text = format!("{} ({})", self.target, self.target.extent());
        if let Some(date) = &self.expires {
            text.push_str(&format!(", until {date}"));
        }
        if let Some(comment) = &self.comment {
            text.push_str(&format!(", {comment:?}"));
        }
        Fact::new("entry", text)
    }
}

/// A comment that the API accepts.
///
/// # Errors
/// Usage, if it is too long.
pub fn comment(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    match text.chars().count() {
        0 => Ok(None),
        1..=LONGEST_COMMENT => Ok(Some(text.to_owned())),
        many => Err(Error::usage(format!(
            "a comment has at most {LONGEST_COMMENT} characters; {text:?} has {many}"
        ))),
    }
}

/// When an entry expires, in the API's format; `None` for `never`.
///
/// # Errors
/// Usage: unreadable, past, or more than a week ahead.
pub fn expiry(context: &Context, text: &str) -> Result<Option<String>> {
    expiry::date(context, text, "a temporary access-list entry lasts at most a week")
}

/// How long each will last: existing entries keep their own expiry.
pub fn leases(standing: &[Lease], wanted: &[NewEntry]) -> Vec<Lease> {
    let stands: HashMap<&EntryTarget, &Lease> = standing.iter().map(|l| (&l.target, l)).collect();
    let lease = |w: &NewEntry| stands.get(&w.target).map_or_else(|| w.lease(), |l| (*l).clone());
    wanted.iter().map(lease).collect()
}

/// Plans to add the missing entries in one request.
///
/// Existing entries stay as they are: the API cannot change an entry. With `strict`, one that
/// expires and should not, or the reverse, is refused instead.
pub fn plan(standing: &[Row<AccessEntry>], wanted: &[NewEntry], strict: bool, plan: &mut Plan) {
    let by_name: HashMap<String, &AccessEntry> =
        standing.iter().map(|row| (name(&row.view), &row.view)).collect();
    // Of a replaced list, only the wanted entries stay.
    let mut stays: Vec<EntryTarget> = match strict {
        true => entry::targets(standing).collect(),
        false => Vec::new(),
    };
    let mut new = Vec::new();
    let mut unchanged = Vec::new();
    for wanted in wanted {
        let object = wanted.target.to_string();
        match by_name.get(&object).map(|entry| compare(entry, wanted, strict)) {
            None => new.push(wanted),
            Some(Ok(notes)) => {
                plan.unchanged(plan.object(object));
                notes.into_iter().for_each(|note| plan.note(note));
                unchanged.push(wanted.target.clone());
            }
            Some(Err(error)) => plan.refuse(plan.object(object), error),
        }
    }
    if !strict {
        stays.extend(unchanged.iter().cloned());
    }
    for text in WholeList::of(&stays).told(&unchanged) {
        plan.note(Remark::Warning(text.to_string()));
    }
    if !new.is_empty() {
        let documents: Vec<Value> = new.iter().map(|wanted| wanted.document()).collect();
        let targets: Vec<EntryTarget> = new.iter().map(|w| w.target.clone()).collect();
        let whole = [&stays[..], &targets].concat();
        let before = WholeList::of(&stays);
        let newly = stays.iter().filter(|target| before.why(target).is_none());
        let mut notes = WholeList::of(&whole).told(newly.chain(&targets));
        if notes.is_empty() {
            notes.extend(guard::open_already(&stays, &targets));
        }
        let notes = notes.into_iter().map(|text| Fact::new("note", text));
        let each =
            new.iter().map(|w| (plan.object(w.target.to_string()), Value::Object(w.fields())));
        let call = access_lists::create_call(plan.project(), Value::Array(documents));
        plan.change(
            Change::new(plan.object(some(&new)), call, Expect::Each(each.collect()))
                .facts(new.iter().map(|wanted| wanted.fact()).chain(notes)),
        );
    }
}

/// How an existing entry differs from the wanted one; it stays as it is.
fn compare(entry: &AccessEntry, wanted: &NewEntry, strict: bool) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    let target = &wanted.target;
    let differs = |what: String| {
        Error::new(Kind::Conflict, format!("access-list entry {target} {what}"))
            .hint("the API cannot change an entry: remove it, then add it again")
    };
    match (&entry.delete_after_date, &wanted.expires) {
        (Some(date), None) if strict || wanted.never => {
            return Err(differs(format!("already exists, but expires at {}", in_seconds(date))));
        }
        (None, Some(_)) if strict => {
            return Err(differs("already exists, and never expires".to_owned()));
        }
        (None, None) => {}
        (Some(is), Some(asked)) if same_moment(is, asked) => {}
        (is, _) => {
            let end = is.as_ref().map_or("never expires".to_owned(), |date| {
                format!("expires at {}", in_seconds(date))
            });
            notes.push(format!("{target} {end}, and stays so: the API cannot change an entry"));
        }
    }
    let comment = entry.comment.as_deref().unwrap_or_default();
    if wanted.comment.as_deref().is_some_and(|wanted| wanted != comment) {
        notes.push(format!(
            "{target} keeps its comment {comment:?}: the API cannot change an entry"
        ));
    }
    Ok(notes)
}

fn same_moment(left: &str, right: &str) -> bool {
    let moment = |text: &str| text.parse::<Timestamp>().ok().map(Timestamp::as_second);
    left == right || matches!((moment(left), moment(right)), (Some(l), Some(r)) if l == r)
}

/// `a, b, c and 4 more`
fn some(new: &[&NewEntry]) -> String {
    let names: Vec<String> = new.iter().take(NAMED).map(|w| w.target.to_string()).collect();
    match new.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
