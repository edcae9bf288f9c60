//! The decisions against an enumeration that knows nothing of how they are made.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::privileges::catalogue::actions::{self, ACTIONS};
use crate::privileges::definition::Definition;
use crate::privileges::graph::{RoleGraph, RoleReading};
use crate::privileges::permission::Permission;
use crate::privileges::project::{Cluster, Connection, PrincipalRole};
use crate::privileges::scopes::Estate;

const ROLES: [&str; 9] = [
    "r0",
    "r1",
    "r2",
    "r3",
    "ghost",
    "atlasAdmin",
    "readAnyDatabase",
    "readWriteAnyDatabase",
    "read",
];
const INSTANCES: [&str; 3] = ["orders", "payments", "telemetry"];
const NOW: i64 = 1_000_000;

/// A custom role, as plain as it can be.
#[derive(Debug, Clone)]
struct Role {
    actions: Vec<usize>,
    inherits: Vec<usize>,
    is_obscure: bool,
}

#[derive(Debug, Clone)]
struct User {
    roles: Vec<usize>,
    /// 0 to 2 are instances, 3 one that does not exist, 4 a cluster named as an instance is.
    scopes: Vec<usize>,
    expires: Option<i64>,
}

#[derive(Debug, Clone)]
struct World {
    roles: Vec<Role>,
    users: Vec<User>,
}

fn worlds() -> impl Strategy<Value = World> {
    let some = |from: usize, most: usize| {
        prop::collection::btree_set(0..from, 0..=most).prop_map(|set| set.into_iter().collect())
    };
    let role = (some(ACTIONS.len(), 3), some(ROLES.len(), 3), prop::bool::weighted(0.1));
    let role =
        role.prop_map(|(actions, inherits, is_obscure)| Role { actions, inherits, is_obscure });
    let expires = prop::option::weighted(0.3, prop::sample::select(vec![NOW - 1, NOW, NOW + 1]));
    let user = (some(ROLES.len(), 3), some(5, 2), expires);
    let user = user.prop_map(|(roles, scopes, expires)| User { roles, scopes, expires });
    (prop::collection::vec(role, 4), prop::collection::vec(user, 1..4))
        .prop_map(|(roles, users)| World { roles, users })
}

impl World {
    fn project(&self) -> Project {
        let on_admin = |index: &usize| (ROLES[*index].to_owned(), "admin".to_owned());
        let roles = self.roles.iter().enumerate().map(|(index, role)| {
            let inherits = role.inherits.iter().map(on_admin).collect();
            let permissions = role.actions.iter().map(|i| Permission::stream(&ACTIONS[*i]));
            let reading = match role.is_obscure {
                true => RoleReading::Inheritance(inherits),
                false => RoleReading::Understood(Definition {
                    permissions: permissions.collect(),
                    inherits,
                }),
            };
            (ROLES[index].to_owned(), reading)
        });
        let scope = |index: &usize| match index {
            4 => Scope::new(ScopeKind::Cluster, INSTANCES[0]),
            3 => Scope::new(ScopeKind::Stream, "gone"),
            index => Scope::new(ScopeKind::Stream, INSTANCES[*index]),
        };
        let users = self.users.iter().enumerate().map(|(index, user)| DatabaseUser {
            name: format!("u{index}"),
            database: "admin".to_owned(),
            roles: user.roles.iter().map(|i| GrantedRole::on_admin(ROLES[*i])).collect(),
            scopes: user.scopes.iter().map(scope).collect(),
            expires: user.expires.map(|end| Timestamp::from_second(end).unwrap()),
            ..DatabaseUser::default()
        });
        let instance = |name: &str| Instance { name: name.to_owned(), ..Instance::default() };
        Project {
            taken: Timestamp::from_second(NOW).unwrap(),
            users: users.collect(),
            roles: roles.collect(),
            instances: INSTANCES.map(instance).into(),
            ..Project::default()
        }
    }

    /// Every path from a role that does not meet a role twice, each with whether what it ends in allows
    /// the action (`Some(true)`), might (`Some(false)`), or leads on only.
    fn walk(&self, path: Vec<usize>, action: usize, found: &mut BTreeSet<(bool, Vec<usize>)>) {
        let last = path[path.len() - 1];
        let Some(role) = self.roles.get(last) else {
            if ACTIONS[action].held_by.contains(&ROLES[last]) {
                found.insert((true, path));
            } else if ROLES[last] == "ghost" {
                found.insert((false, path));
            }
            return;
        };
        if role.is_obscure {
            found.insert((false, path));
            return;
        }
        if role.actions.contains(&action) {
            found.insert((true, path.clone()));
        }
        for next in &role.inherits {
            if !path.contains(next) {
                let mut further = path.clone();
                further.push(*next);
                self.walk(further, action, found);
            }
        }
    }

    fn may_be(&self, user: &User, instance: usize) -> bool {
        let is_there = user.expires.is_none_or(|end| NOW < end);
        is_there && (user.scopes.is_empty() || user.scopes.contains(&instance))
    }
}

proptest! {
    #[test]
    fn every_user_action_and_instance_is_as_enumerated(world in worlds()) {
        let project = world.project();
        let decider = Decider::new(&project);
        let mut rows = BTreeSet::new();
        for (spec, user) in world.users.iter().zip(&project.users) {
            for (index, action) in ACTIONS.iter().enumerate() {
                let mut paths = BTreeSet::new();
                spec.roles.iter().for_each(|role| world.walk(vec![*role], index, &mut paths));
                let is_sure = paths.iter().any(|(sure, _)| *sure);
                let wanted = match (is_sure, paths.is_empty()) {
                    (true, _) => Verdict::Yes,
                    (false, false) => Verdict::Might,
                    (false, true) => Verdict::No,
                };
                let names = |path: &Vec<usize>| {
                    path.iter().map(|role| ROLES[*role].to_owned()).collect::<Vec<_>>()
                };
                let ways: BTreeSet<Vec<String>> =
                    paths.iter().filter(|(sure, _)| *sure == is_sure).map(|(_, p)| names(p)).collect();
                let told = decider.ways(user, action);
                prop_assert!(!told.has_more);
                let told = told.chains.iter().map(|chain| {
                    chain.roles.iter().map(|role| role.role.clone()).collect::<Vec<_>>()
                });
                prop_assert_eq!(told.collect::<BTreeSet<_>>(), ways);
                for (place, instance) in INSTANCES.iter().enumerate() {
                    let here = world.may_be(spec, place);
                    let wanted = if here { wanted } else { Verdict::No };
                    prop_assert_eq!(decider.verdict(user, action, instance), wanted);
                    let obstacles = decider.obstacles(user, action, instance);
                    prop_assert_eq!(obstacles.is_empty(), wanted != Verdict::No);
                    if wanted != Verdict::No {
                        rows.insert((user.name.as_str(), action.documented, *instance, is_sure));
                    }
                }
            }
        }
        let asked = Asked {
            actions: ACTIONS.iter().collect(),
            all: false,
            instances: INSTANCES.to_vec(),
            may_be_others: false,
        };
        let grants = who_can(&decider, &asked);
        let told = grants.iter().flat_map(|grant| {
            let on = grant.instances.names().iter();
            on.map(|i| (grant.name, grant.action.documented, *i, grant.is_certain))
        });
        prop_assert_eq!(told.collect::<BTreeSet<_>>(), rows);
    }

    #[test]
    fn who_may_do_several_may_do_each(
        world in worlds(), one in 0..ACTIONS.len(), two in 0..ACTIONS.len(), place in 0..3_usize,
    ) {
        let project = world.project();
        let decider = Decider::new(&project);
        let actions = vec![&ACTIONS[one], &ACTIONS[two]];
        let instances = vec![INSTANCES[place]];
        let asked = Asked { actions: actions.clone(), all: true, instances, may_be_others: false };
        let told: BTreeSet<&str> = who_can(&decider, &asked).iter().map(|grant| grant.name).collect();
        let may = |user: &&DatabaseUser| {
            actions.iter().all(|a| decider.verdict(user, a, INSTANCES[place]) != Verdict::No)
        };
        let wanted = project.users.iter().filter(may).map(|user| user.name.as_str());
        prop_assert_eq!(told, wanted.collect::<BTreeSet<_>>());
    }
}

/// Which actions a role of the project or organisation does directly, and which it can grant itself: as
/// a person, and as a program.
#[test]
fn people_and_programs_act_by_the_roles_that_operations_require() {
    let inside = ["processStreamProcessor", "sampleStreamProcessor"];
    let words = |role: &str, kind: PrincipalKind, action: &Action| {
        let held = PrincipalRole { role: role.to_owned(), team: None };
        let principal = Principal { kind, roles: vec![held], ..Principal::default() };
        let ways = principal_ways(&principal, action);
        ways.first().map(|way| match way.obtains {
            None => "does",
            Some(Obtained::Database(_)) => "grants",
            Some(Obtained::Project(_)) => "joins",
        })
    };
    for action in ACTIONS {
        let direct = if inside.contains(&action.documented) { None } else { Some("does") };
        let lists = if action.documented == "listConnections" { Some("does") } else { None };
        for (role, person, program) in [
            ("ORG_OWNER", direct.or(Some("grants")), direct.or(Some("grants"))),
            ("ORG_STREAM_PROCESSING_ADMIN", direct.or(Some("grants")), direct.or(Some("grants"))),
            ("GROUP_OWNER", direct.or(Some("grants")), direct.or(Some("grants"))),
            ("GROUP_STREAM_PROCESSING_OWNER", direct.or(Some("grants")), direct.or(Some("grants"))),
            ("GROUP_STREAM_PROCESSING_MANAGER", direct, direct),
            ("GROUP_DATABASE_ACCESS_ADMIN", Some("grants"), Some("grants")),
            ("GROUP_ACCESS_MANAGER", Some("joins"), None),
            ("GROUP_DATA_ACCESS_ADMIN", lists, lists),
            ("GROUP_DATA_ACCESS_READ_ONLY", lists, lists),
            ("GROUP_READ_ONLY", None, None),
            ("ORG_READ_ONLY", None, None),
            ("ORG_MEMBER", None, None),
            ("GROUP_BACKUP_MANAGER", None, None),
        ] {
            let what = format!("{role} {}", action.documented);
            assert_eq!(words(role, PrincipalKind::Person, action), person, "{what}");
            assert_eq!(words(role, PrincipalKind::ApiKey, action), program, "{what}");
            assert_eq!(words(role, PrincipalKind::ServiceAccount, action), program, "{what}");
            assert_eq!(words(role, PrincipalKind::Invited, action), None, "{what}");
        }
    }
}

#[test]
fn a_way_through_a_team_names_it() {
    let held = PrincipalRole { role: "GROUP_OWNER".to_owned(), team: Some("ops".to_owned()) };
    let principal = Principal { roles: vec![held], ..Principal::default() };
    let ways = principal_ways(&principal, actions::find("startStreamProcessor").unwrap());
    assert_eq!(told(&ways[0].links()), "team ops: GROUP_OWNER -> startGroupStreamProcessor");
    let ways = principal_ways(&principal, actions::find("processStreamProcessor").unwrap());
    let way = "team ops: GROUP_OWNER -> createGroupDatabaseUser -> readWriteAnyDatabase@admin";
    assert_eq!(told(&ways[0].links()), way);
}

#[test]
fn a_path_gives_more_where_the_user_holds_less() {
    let cluster = |name: &str, project: Option<&str>| {
        Some(Cluster { name: name.to_owned(), project: project.map(str::to_owned) })
    };
    let connection = |name: &str, to, role: Option<&str>| Connection {
        name: name.to_owned(),
        cluster: to,
        executes_as: role.map(GrantedRole::on_admin),
        ..Connection::default()
    };
    let writes: Definition = Definition {
        permissions: ["FIND@shop.orders", "INSERT@shop.orders"].map(|p| p.parse().unwrap()).into(),
        ..Definition::default()
    };
    let creates = Definition {
        permissions: [Permission::stream(actions::find("createStreamProcessor").unwrap())].into(),
        ..Definition::default()
    };
    let everywhere =
        Definition { permissions: ["FIND@*".parse().unwrap()].into(), ..Definition::default() };
    let user = |name: &str, roles: &[GrantedRole], clusters: &[&str]| DatabaseUser {
        name: name.to_owned(),
        roles: roles.iter().cloned().chain([GrantedRole::on_admin("creates")]).collect(),
        scopes: [Scope::new(ScopeKind::Stream, "orders")]
            .into_iter()
            .chain(clusters.iter().map(|name| Scope::new(ScopeKind::Cluster, *name)))
            .collect(),
        ..DatabaseUser::default()
    };
    let read_write = GrantedRole::from(("readWrite".to_owned(), "shop".to_owned()));
    let project = Project {
        id: "here".to_owned(),
        users: vec![
            user("bare", &[], &["main"]),
            user("elsewhere", std::slice::from_ref(&read_write), &["archive"]),
            user("as-much", &[read_write], &["main"]),
            user("reads-all", &[GrantedRole::on_admin("readAnyDatabase")], &["main"]),
            DatabaseUser { roles: Vec::new(), ..user("cannot-write", &[], &["main"]) },
        ],
        roles: [("writes", writes), ("creates", creates), ("everywhere", everywhere)]
            .map(|(name, role)| (name.to_owned(), RoleReading::Understood(role)))
            .into_iter()
            .collect::<RoleGraph>(),
        instances: vec![Instance {
            name: "orders".to_owned(),
            connections: Some(vec![
                connection("main", cluster("main", Some("here")), Some("writes")),
                connection("far", cluster("main", Some("there")), Some("readAnyDatabase")),
                connection("plain", cluster("main", None), None),
                connection("gone", cluster("main", None), Some("ghost")),
                connection("all", cluster("main", None), Some("everywhere")),
                connection("broker", None, None),
            ]),
            ..Instance::default()
        }],
        estate: Estate::default(),
        ..Project::default()
    };
    let decider = Decider::new(&project);
    let paths = paths::Paths::new(&decider);
    let told = |name: &str| {
        let user = project.users.iter().find(|user| user.name == name).unwrap();
        let told = paths.from(user).map(|path| {
            let more = path.gain.is_more().map_or("?", |more| if more { "more" } else { "same" });
            format!("{} {more}: {}", path.connection.name, path.gain.told())
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        told("bare"),
        [
            "main more: FIND@shop.orders and 1 more",
            "far more: a cluster of another project",
            "plain ?: the connection names no role to execute as",
            "gone ?: the role that the connection executes as is not understood",
            "all more: FIND@*",
        ]
    );
    assert!(told("elsewhere").iter().all(|path| path.contains(" more: ")));
    assert!(told("as-much").contains(&"main same: its own roles allow as much".to_owned()));
    // A built-in role on every database leaves out two that a custom one does not.
    assert!(told("reads-all").contains(&"all more: FIND@*".to_owned()));
    assert!(told("cannot-write").is_empty());
}

#[test]
fn what_is_between_two_snapshots_is_unknown() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let user = |name: &str, role: &str| DatabaseUser {
        name: name.to_owned(),
        database: "admin".to_owned(),
        roles: vec![GrantedRole::on_admin(role)],
        ..DatabaseUser::default()
    };
    let snapshot = |taken, users: Vec<DatabaseUser>| Project {
        taken: at(taken),
        users,
        instances: vec![Instance { name: "orders".to_owned(), ..Instance::default() }],
        ..Project::default()
    };
    let snapshots = [
        snapshot(10, vec![user("ann", "atlasAdmin"), user("bea", "read")]),
        snapshot(20, vec![user("ann", "read"), user("cyd", "ghost")]),
    ];
    let start = actions::find("startStreamProcessor").unwrap();
    let asked = (false, &[][..]);
    let standings = between(&snapshots, (at(5), at(20)), &[start], asked, |_, _| true);
    let told = |name: &str| {
        let standing = standings.iter().find(|standing| standing.name == name)?;
        let part = |period: &Period| {
            let (from, until) = (period.from.as_second(), period.until.as_second());
            format!("{from}-{until} {}", period.could.word())
        };
        Some(standing.periods.iter().map(part).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(told("ann").unwrap(), "5-10 unknown, 10-10 yes, 10-20 unknown, 20-20 no");
    assert_eq!(told("cyd").unwrap(), "5-10 unknown, 10-10 no, 10-20 unknown, 20-20 might");
    assert_eq!(told("bea"), None);
    // What a snapshot does not show is not denied by it.
    let blind = between(&snapshots, (at(10), at(20)), &[start], asked, |_, _| false);
    assert_eq!(blind[0].periods.last().map(|period| period.could), Some(Moment::Unknown));
}
