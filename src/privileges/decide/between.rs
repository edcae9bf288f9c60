//! Who could do something in a stretch of time, as far as snapshots tell: what was so when one was
//! taken is known, and nothing is known of the time between two.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Asked, Decider, Grant, Link, who_can};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::project::Project;

/// What a snapshot tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It could.
    Yes,
    /// It might have, by a role that is not understood.
    Might,
    /// It could not.
    No,
    /// Nobody knows: no snapshot was taken then, or it does not show such holders.
    Unknown,
}

impl Moment {
    /// `yes`, `might`, `no` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Moment::Yes => "yes",
            Moment::Might => "might",
            Moment::No => "no",
            Moment::Unknown => "unknown",
        }
    }
}

/// A part of the time that is asked about: a snapshot's moment, or the time between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// What is known of it.
    pub could: Moment,
}

/// Somebody who could do an action on an instance, at some time.
#[derive(Debug, Clone)]
pub struct Standing {
    /// As in a [`Grant`].
    pub kind: &'static str,
    /// As in a [`Grant`].
    pub name: String,
    /// As in a [`Grant`].
    pub database: Option<String>,
    /// The action.
    pub action: &'static Action,
    /// The instance.
    pub instance: String,
    /// What let it, when it last could.
    pub scope: String,
    /// By which way, when it last could.
    pub links: Vec<Link>,
    /// The whole time, in order.
    pub periods: Vec<Period>,
}

type Key = (&'static str, String, Option<String>, &'static str, String);

/// Who could, from a moment to another, by snapshots in the order in which they were taken. `instances`
/// are asked about by name; none means all that a snapshot has. `shows` tells whether a snapshot shows
/// all holders of a kind.
pub fn between(
    snapshots: &[Project],
    (from, until): (Timestamp, Timestamp),
    actions: &[&'static Action],
    (all, instances): (bool, &[String]),
    shows: impl Fn(&Project, &str) -> bool,
) -> Vec<Standing> {
    let mut standings: BTreeMap<Key, (Standing, BTreeMap<Timestamp, Moment>)> = BTreeMap::new();
    for project in snapshots {
        let decider = Decider::new(project);
        let of_project = project.instances.iter().map(|instance| instance.name.as_str());
        let is_asked =
            |name: &&str| instances.is_empty() || instances.iter().any(|asked| asked == name);
        let asked = Asked {
            actions: actions.to_vec(),
            all,
            instances: of_project.filter(is_asked).collect(),
            may_be_others: false,
        };
        for grant in who_can(&decider, &asked) {
            let could = if grant.is_certain { Moment::Yes } else { Moment::Might };
            for instance in grant.instances.names() {
                let standing = standing(&grant, instance);
                let (known, moments) = standings
                    .entry(key(&grant, instance))
                    .or_insert_with(|| (standing.clone(), BTreeMap::new()));
                // The first way of the latest snapshot is told.
                if moments.insert(project.taken, could).is_none() {
                    *known = standing;
                }
            }
        }
    }
    let finish = |(mut standing, moments): (Standing, BTreeMap<Timestamp, Moment>)| {
        let of = |project: &Project| match moments.get(&project.taken) {
            Some(could) => *could,
            None if shows(project, standing.kind) => Moment::No,
            None => Moment::Unknown,
        };
        let known = snapshots.iter().map(|project| (project.taken, of(project)));
        standing.periods = periods(known, (from, until));
        standing
    };
    standings.into_values().map(finish).collect()
}

/// The whole time: what is known at moments, and nothing between them.
fn periods(
    known: impl Iterator<Item = (Timestamp, Moment)>,
    (from, until): (Timestamp, Timestamp),
) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    let mut end = from;
    for (taken, could) in known {
        if taken > end {
            periods.push(Period { from: end, until: taken, could: Moment::Unknown });
        }
        periods.push(Period { from: taken, until: taken, could });
        end = taken;
    }
    if until > end {
        periods.push(Period { from: end, until, could: Moment::Unknown });
    }
    periods
}

fn key(grant: &Grant<'_>, instance: &str) -> Key {
    let database = grant.database.map(str::to_owned);
    (grant.kind, grant.name.to_owned(), database, grant.action.documented, instance.to_owned())
}

fn standing(grant: &Grant<'_>, instance: &str) -> Standing {
    Standing {
        kind: grant.kind,
        name: grant.name.to_owned(),
        database: grant.database.map(str::to_owned),
        action: grant.action,
        instance: instance.to_owned(),
        scope: grant.scope_on(instance),
        links: grant.links.to_vec(),
        periods: Vec::new(),
    }
}
