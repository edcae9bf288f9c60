//! What database users reach through pipelines: whoever may write one on an instance acts through the
//! instance's connections, with the roles that these execute as.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::Decider;
use crate::privileges::catalogue::actions::{self, Action};
use crate::privileges::effective::{Chain, End, GrantedPermission};
use crate::privileges::graph::GrantedRole;
use crate::privileges::permission::Permission;
use crate::privileges::project::{Cluster, Connection, DatabaseUser, Instance};
use crate::privileges::rights::Verdict;
use crate::privileges::scopes::ScopeKind;

/// The actions by which a user decides what a pipeline does.
const WRITE_PIPELINES: [&str; 3] =
    ["processStreamProcessor", "createStreamProcessor", "modifyStreamProcessor"];

/// Those actions.
pub fn writing_pipelines() -> impl Iterator<Item = &'static Action> {
    WRITE_PIPELINES.iter().filter_map(|name| actions::find(name))
}

/// A way through a connection to a cluster.
#[derive(Debug, Clone)]
pub struct Path<'a> {
    /// Who.
    pub user: &'a DatabaseUser,
    /// What it may do that lets it write pipelines.
    pub actions: Rc<[&'static Action]>,
    /// Whether it may that for sure.
    pub is_certain: bool,
    /// Where.
    pub instance: &'a str,
    /// Through what.
    pub connection: &'a Connection,
    /// The cluster.
    pub cluster: &'a Cluster,
    /// What it gives beyond what the user may do on that cluster by itself.
    pub gain: Gain,
}

/// What a path gives beyond what its user holds directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gain {
    /// Nothing: the user's own roles cover it.
    Nothing,
    /// A cluster of another project, on which a user of this one can hold nothing.
    OtherProject,
    /// A cluster that the user's scopes do not name.
    Cluster,
    /// These permissions, on a cluster that the user reaches.
    Permissions(Rc<[Permission]>),
    /// It cannot be told, and why.
    Unclear(&'static str),
}

impl Gain {
    /// Whether the path gives more than the user holds; `None` where it cannot be told.
    pub fn is_more(&self) -> Option<bool> {
        match self {
            Gain::Nothing => Some(false),
            Gain::OtherProject | Gain::Cluster | Gain::Permissions(_) => Some(true),
            Gain::Unclear(_) => None,
        }
    }

    /// Why, in a few words.
    pub fn told(&self) -> String {
        match self {
            Gain::Nothing => "its own roles allow as much".to_owned(),
            Gain::OtherProject => "a cluster of another project".to_owned(),
            Gain::Cluster => "a cluster outside its scopes".to_owned(),
            Gain::Permissions(permissions) => match &permissions[..] {
                [] => String::new(),
                [first] => first.as_argument(),
                [first, more @ ..] => format!("{} and {} more", first.as_argument(), more.len()),
            },
            Gain::Unclear(why) => (*why).to_owned(),
        }
    }
}

/// What roles give on a cluster, as far as it is known.
#[derive(Debug, Default)]
struct Given {
    permissions: Vec<GrantedPermission>,
    is_unclear: bool,
}

/// Finds paths; what a role gives is worked out once.
pub struct Paths<'d, 'a> {
    decider: &'d Decider<'a>,
    /// The instances, with their connections to clusters.
    instances: Vec<(&'a Instance, Vec<Way<'a>>)>,
    /// How many different roles these execute as.
    roles: usize,
    given: RefCell<HashMap<&'a GrantedRole, Rc<Given>>>,
}

/// A connection to a cluster.
struct Way<'a> {
    connection: &'a Connection,
    cluster: &'a Cluster,
    /// The role that it executes as, and its number among all such roles.
    role: Option<(&'a GrantedRole, usize)>,
}

/// What a user holds on clusters, and what roles give beyond it, by their numbers.
struct Held<'a> {
    user: &'a DatabaseUser,
    own: Vec<Rc<Given>>,
    gains: RefCell<Vec<Option<Gain>>>,
}

impl<'d, 'a> Paths<'d, 'a> {
    /// Paths in a project.
    pub fn new(decider: &'d Decider<'a>) -> Self {
        let mut numbers: HashMap<&'a GrantedRole, usize> = HashMap::new();
        let mut way = |connection: &'a Connection| {
            let role = connection.executes_as.as_ref().map(|role| {
                let next = numbers.len();
                (role, *numbers.entry(role).or_insert(next))
            });
            Some(Way { connection, cluster: connection.cluster.as_ref()?, role })
        };
        let mut instances = Vec::new();
        for instance in &decider.project.instances {
            let ways = instance.connections.iter().flatten().filter_map(&mut way).collect();
            instances.push((instance, ways));
        }
        Paths { decider, instances, roles: numbers.len(), given: RefCell::default() }
    }

    /// Every path, by user, instance and connection.
    pub fn all<'s>(&'s self) -> impl Iterator<Item = Path<'a>> + use<'s, 'd, 'a> {
        self.decider.project.users.iter().flat_map(|user| self.from(user))
    }

    /// The paths of a user.
    pub fn from<'s>(
        &'s self,
        user: &'a DatabaseUser,
    ) -> impl Iterator<Item = Path<'a>> + use<'s, 'd, 'a> {
        let rights = self.decider.rights(user);
        let of = |wanted| writing_pipelines().filter(move |a| rights.verdict(a) == wanted);
        let (sure, unclear): (Vec<_>, Vec<_>) =
            (of(Verdict::Yes).collect(), of(Verdict::Might).collect());
        let is_certain = !sure.is_empty();
        let actions: Rc<[_]> = if is_certain { sure } else { unclear }.into();
        let at = self.decider.project.taken;
        let may_write = !actions.is_empty();
        let instances = self.instances.iter();
        let on = instances.filter(move |(i, _)| may_write && user.may_be_on(&i.name, at));
        let own = user.roles.iter().filter(|_| may_write).map(|role| self.given(role)).collect();
        let held = Rc::new(Held { user, own, gains: RefCell::new(vec![None; self.roles]) });
        on.flat_map(move |(instance, ways)| {
            let (actions, held) = (Rc::clone(&actions), Rc::clone(&held));
            ways.iter().map(move |way| Path {
                user,
                actions: Rc::clone(&actions),
                is_certain,
                instance: &instance.name,
                connection: way.connection,
                cluster: way.cluster,
                gain: self.gain(&held, way),
            })
        })
    }

    fn gain(&self, held: &Held<'a>, way: &Way<'a>) -> Gain {
        let cluster = way.cluster;
        let own = &self.decider.project.id;
        if cluster.project.as_ref().is_some_and(|project| project != own) {
            return Gain::OtherProject;
        }
        if held.user.reach(ScopeKind::Cluster, &cluster.name).is_none() {
            return Gain::Cluster;
        }
        let Some((role, number)) = way.role else {
            return Gain::Unclear("the connection names no role to execute as");
        };
        let mut gains = held.gains.borrow_mut();
        let Some(gain) = gains.get_mut(number) else { return self.compared(held, role) };
        gain.get_or_insert_with(|| self.compared(held, role)).clone()
    }

    fn compared(&self, held: &Held<'a>, role: &'a GrantedRole) -> Gain {
        if held.user.roles.contains(role) {
            return Gain::Nothing;
        }
        let through = self.given(role);
        if through.is_unclear {
            return Gain::Unclear("the role that the connection executes as is not understood");
        }
        let covers = |given: &GrantedPermission| {
            let wanted = &given.permission;
            let mut own = held.own.iter().flat_map(|own| &own.permissions);
            own.any(|held| held.covers(wanted) && reaches_as_far(held, given))
        };
        let more = through.permissions.iter().filter(|given| !covers(given));
        let more: Vec<Permission> = more.map(|given| given.permission.clone()).collect();
        match (more.is_empty(), held.own.iter().any(|own| own.is_unclear)) {
            (true, _) => Gain::Nothing,
            (false, true) => Gain::Unclear("a role of the user is not understood"),
            (false, false) => Gain::Permissions(more.into()),
        }
    }

    /// What a role gives on data: stream actions mean nothing on a cluster.
    fn given(&self, role: &'a GrantedRole) -> Rc<Given> {
        if let Some(given) = self.given.borrow().get(role) {
            return Rc::clone(given);
        }
        let mut given = Given::default();
        let chains = self.decider.project.roles.chains(std::slice::from_ref(role));
        for Chain { end, .. } in chains {
            match end {
                End::Allows(one) if one.permission.as_stream().is_none() => {
                    given.permissions.push(one);
                }
                End::Allows(_) => {}
                End::Unclear(_) => given.is_unclear = true,
            }
        }
        let given = Rc::new(given);
        self.given.borrow_mut().insert(role, Rc::clone(&given));
        given
    }
}

/// A built-in role's permission on every database leaves some out, which a custom role's does not.
fn reaches_as_far(held: &GrantedPermission, wanted: &GrantedPermission) -> bool {
    wanted.by_built_in
        || !held.by_built_in
        || held.permission.resource != wanted.permission.resource
}
