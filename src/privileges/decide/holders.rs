//! Everybody who may do something, each with the way.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Decider, Link, kind_of, links, principals};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::graph::GrantedRole;
use crate::privileges::project::{DatabaseUser, Principal};
use crate::privileges::rights::Verdict;
use crate::privileges::scopes::ScopeKind;

/// What is asked about.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    /// The actions: who may do one is told, or with `all` who may do every one of them.
    pub actions: Vec<&'static Action>,
    /// Whether every action is needed, on one instance.
    pub all: bool,
    /// The instances.
    pub instances: Vec<&'a str>,
    /// Whether there may be others, which could not be seen, and which whoever is not restricted may act
    /// on as well.
    pub may_be_others: bool,
}

/// Where somebody may do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instances<'a> {
    /// On every instance, those to come included.
    Every(Rc<[&'a str]>),
    /// On these alone.
    Named(Vec<&'a str>),
}

impl<'a> Instances<'a> {
    /// Those that are asked about.
    pub fn names(&self) -> &[&'a str] {
        match self {
            Instances::Every(names) => names,
            Instances::Named(names) => names,
        }
    }
}

/// That somebody may do an action, and the way.
#[derive(Debug, Clone)]
pub struct Grant<'a> {
    /// `database_user`, `person`, `api_key` or `service_account`.
    pub kind: &'static str,
    /// The user name, the public key or the client id.
    pub name: &'a str,
    /// The authentication database of a database user.
    pub database: Option<&'a str>,
    /// The action.
    pub action: &'static Action,
    /// Where.
    pub instances: Instances<'a>,
    /// What lets it: `unrestricted`, `project` or `organization`; none for scopes, which say so one by one.
    pub scope: Option<&'static str>,
    /// The roles, from the one that is held on.
    pub links: Rc<[Link]>,
    /// Whether it may for sure.
    pub is_certain: bool,
    /// Whether there are more ways than are told.
    pub has_more: bool,
}

impl Grant<'_> {
    /// What lets it act on one of its instances.
    pub fn scope_on(&self, instance: &str) -> String {
        match self.scope {
            Some(scope) => scope.to_owned(),
            None => format!("{} {instance}", ScopeKind::Stream.noun()),
        }
    }
}

/// Everybody who may do what is asked about: database users first, then people, then programs.
pub fn who_can<'a>(decider: &Decider<'a>, asked: &Asked<'a>) -> Vec<Grant<'a>> {
    let every: Rc<[&str]> = asked.instances.clone().into();
    let mut ways = Told::default();
    let mut grants = Vec::new();
    for user in &decider.project.users {
        of_user(decider, asked, user, &every, &mut ways, &mut grants);
    }
    let mut principals: Vec<&Principal> = decider.project.principals.iter().collect();
    principals.sort_by_key(|principal| (principal.kind, &principal.name));
    let has_any = !every.is_empty() || asked.may_be_others;
    for principal in principals.into_iter().filter(|_| has_any) {
        of_principal(asked, principal, &every, &mut grants);
    }
    grants
}

/// The ways from roles to actions, which many users share.
#[derive(Default)]
struct Told<'a>(HashMap<(&'a GrantedRole, &'static str), Rc<ToldWays>>);

struct ToldWays {
    links: Vec<Rc<[Link]>>,
    has_more: bool,
}

impl<'a> Told<'a> {
    fn of(
        &mut self,
        decider: &Decider<'_>,
        role: &'a GrantedRole,
        action: &'static Action,
    ) -> Rc<ToldWays> {
        let told = self.0.entry((role, action.documented)).or_insert_with(|| {
            let ways = decider.roles.ways(role, action);
            let links = ways.chains.iter().map(|chain| links(chain).into()).collect();
            Rc::new(ToldWays { links, has_more: ways.has_more })
        });
        Rc::clone(told)
    }
}

fn of_user<'a>(
    decider: &Decider<'a>,
    asked: &Asked<'a>,
    user: &'a DatabaseUser,
    every: &Rc<[&'a str]>,
    ways: &mut Told<'a>,
    grants: &mut Vec<Grant<'a>>,
) {
    let rights = decider.rights(user);
    let may = |action: &&'static Action| rights.verdict(action) != Verdict::No;
    if asked.all && !asked.actions.iter().all(&may) {
        return;
    }
    let at = decider.project.taken;
    let mut on = asked.instances.iter().copied().filter(|name| user.may_be_on(name, at)).peekable();
    let on_others = asked.may_be_others && user.scopes.is_empty() && !user.has_expired(at);
    if on.peek().is_none() && !on_others {
        return;
    }
    let instances = match user.scopes.is_empty() {
        true => Instances::Every(Rc::clone(every)),
        false => Instances::Named(on.collect()),
    };
    for action in asked.actions.iter().copied().filter(may) {
        let wanted = rights.verdict(action);
        for role in &user.roles {
            // Beside what allows it for sure, what might is of no interest.
            if decider.roles.of(&role.role).verdict(action) != wanted {
                continue;
            }
            let told = ways.of(decider, role, action);
            grants.extend(told.links.iter().map(|links| Grant {
                kind: "database_user",
                name: &user.name,
                database: Some(&user.database),
                action,
                instances: instances.clone(),
                scope: user.scopes.is_empty().then_some("unrestricted"),
                links: Rc::clone(links),
                is_certain: wanted == Verdict::Yes,
                has_more: told.has_more,
            }));
        }
    }
}

fn of_principal<'a>(
    asked: &Asked<'a>,
    principal: &'a Principal,
    every: &Rc<[&'a str]>,
    grants: &mut Vec<Grant<'a>>,
) {
    let ways: Vec<_> =
        asked.actions.iter().map(|action| (*action, principals::ways(principal, action))).collect();
    if asked.all && ways.iter().any(|(_, ways)| ways.is_empty()) {
        return;
    }
    for (action, ways) in ways {
        grants.extend(ways.into_iter().map(|way| Grant {
            kind: kind_of(principal),
            name: &principal.name,
            database: None,
            action,
            instances: Instances::Every(Rc::clone(every)),
            scope: Some(if way.is_of_organization() { "organization" } else { "project" }),
            links: way.links().into(),
            is_certain: true,
            has_more: false,
        }));
    }
}
