//! Everything in a project that uses a role.

use std::collections::{BTreeSet, HashSet};

use futures_util::{StreamExt, TryStreamExt, future, stream};
use serde::Serialize;

use super::view;
use crate::atlas::connections;
use crate::atlas::failover_connections::PrimaryConnection;
use crate::atlas::roles::CustomRole;
use crate::atlas::users::User;
use crate::atlas::{ApiError, Row};
use crate::commands::consequence::Around;
use crate::commands::user_names::UserNames;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::project::{Cluster, Connection, DatabaseUser, Instance};
use crate::session::ProjectClient;

/// How many instances are asked for their connections concurrently.
const AT_ONCE: usize = 8;

/// Everything in a project that can use a role.
pub struct Users {
    /// The custom roles.
    pub roles: Vec<Row<CustomRole>>,
    /// The same, and the built-in ones.
    pub graph: RoleGraph,
    users: Vec<User>,
    names: UserNames,
    executors: Vec<Executor>,
    /// The names of the project's instances, if they were listed.
    instances: Option<Result<Vec<String>, Error>>,
    /// Why connections could not be read, and whose.
    unseen: Vec<String>,
}

/// A connection that executes as a role of the project.
#[derive(Debug, Clone)]
pub struct Executor {
    /// The project of its instance.
    pub project: String,
    /// The instance.
    pub instance: String,
    /// By which name pipelines know it.
    pub connection: String,
    /// The cluster that it acts on.
    pub cluster: String,
    /// The role.
    pub role: String,
    /// `instance/connection`, and what else tells it apart.
    pub name: String,
}

/// What can use a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum UsedBy {
    /// Holds it.
    #[value(name = "users", alias = "user")]
    User,
    /// Inherits it.
    #[value(name = "roles", alias = "role")]
    Role,
    /// Executes as it.
    #[value(name = "connections", alias = "connection")]
    Connection,
}

impl UsedBy {
    /// `user`.
    pub fn word(self) -> &'static str {
        match self {
            UsedBy::User => "user",
            UsedBy::Role => "role",
            UsedBy::Connection => "connection",
        }
    }
}

/// One use of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    pub(super) role: String,
    #[serde(rename = "usedBy")]
    pub(super) kind: UsedBy,
    /// A user's name as `users list` gives it, a role's, or `instance/connection`.
    pub(super) name: String,
    /// The custom role through which it is held, if it is not held directly.
    pub(super) through: Option<String>,
}

impl Use {
    /// Whether the API would refuse to delete the role because of it.
    pub fn is_direct(&self) -> bool {
        self.through.is_none()
    }

    /// Whether it is by an object of this kind.
    pub fn is_by(&self, kind: UsedBy) -> bool {
        self.kind == kind
    }

    /// The custom role that inherits the role.
    pub fn as_role(&self) -> Option<&str> {
        self.is_by(UsedBy::Role).then_some(self.name.as_str())
    }
}

/// Uses for a sentence: `users alice, bob; connection orders/shop`.
pub fn told<'a>(uses: impl IntoIterator<Item = &'a Use>) -> String {
    const MOST: usize = 10;
    let mut kinds: Vec<(UsedBy, Vec<String>)> = Vec::new();
    for one in uses {
        let name = match &one.through {
            Some(through) => format!("{} (through {through})", one.name),
            None => one.name.clone(),
        };
        match kinds.iter_mut().find(|(kind, _)| *kind == one.kind) {
            Some((_, names)) => names.push(name),
            None => kinds.push((one.kind, vec![name])),
        }
    }
    let group = |(kind, names): (UsedBy, Vec<String>)| {
        let more = names.len().saturating_sub(MOST);
        let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let many = if names.len() > 1 { "s" } else { "" };
        format!("{}{many} {shown}{more}", kind.word())
    };
    kinds.into_iter().map(group).collect::<Vec<_>>().join("; ")
}

impl Users {
    /// Lists them concurrently.
    pub async fn fetch(on: &ProjectClient) -> Result<Users> {
        let users = on.client.users(&on.project).map_ok(|row| row.view).try_collect();
        let roles = on.client.custom_roles(&on.project).try_collect();
        let connections = async { Ok(connections(on, &on.project).await) };
        let (users, roles, (instances, connections)) =
            tokio::try_join!(users, roles, connections).map_err(Error::from)?;
        let mut users = Users::of_users(users, roles);
        users.instances = Some(instances);
        users.add(connections, "")?;
        Ok(users)
    }

    /// The same, with the connections of other projects that execute as roles of this one.
    pub async fn fetch_everywhere(on: &ProjectClient) -> Result<Users> {
        let mut users = Users::fetch(on).await?;
        let others =
            on.client.projects().try_filter(|row| future::ready(row.view.id != on.project));
        let looked = others
            .map_ok(async |row| {
                let there = on.elsewhere(row.view.id);
                let (_, found) = connections(&there, &on.project).await;
                Ok((format!(" of project {}", row.view.name), found))
            })
            .try_buffered(AT_ONCE)
            .try_collect::<Vec<_>>();
        for (of, found) in looked.await.map_err(Error::from)? {
            users.add(found, &of)?;
        }
        Ok(users)
    }

    /// Adds connections. A credential that may change roles may not be allowed to see them.
    fn add(&mut self, found: Result<Vec<Executor>>, of: &str) -> Result<()> {
        match found {
            Ok(found) => self.executors.extend(found.into_iter().map(|executor| {
                let name = executor.name + of;
                Executor { name, ..executor }
            })),
            Err(error) if error.kind() == Kind::NotPermitted => {
                self.unseen
                    .push(format!("connections{of} that execute as a role are not shown: {error}"));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// The connections that execute as a role, or as one that inherits it.
    pub fn executors(&self, role: &str) -> Vec<&Executor> {
        let heirs = self.graph.heirs(role);
        let is_it = |name: &str| name == role || heirs.iter().any(|heir| heir.role == name);
        self.executors.iter().filter(|executor| is_it(&executor.role)).collect()
    }

    /// The same, with the custom roles as they are now.
    pub fn with(&self, roles: Vec<Row<CustomRole>>) -> Users {
        let (executors, unseen) = (self.executors.clone(), self.unseen.clone());
        let instances =
            self.instances.as_ref().map(|read| read.as_ref().cloned().map_err(Error::again));
        Users { executors, instances, unseen, ..Users::of_users(self.users.clone(), roles) }
    }

    /// Warns if connections could not be read.
    pub fn warn(&self, context: &Context) {
        self.unseen.iter().for_each(|why| context.ui.warn(why));
    }

    /// Users and roles that were fetched already; connections are left out.
    pub fn of_users(users: Vec<User>, roles: Vec<Row<CustomRole>>) -> Users {
        let (graph, names) = (view::graph(&roles), UserNames::among(&users));
        let (executors, unseen) = (Vec::new(), Vec::new());
        Users { roles, graph, users, names, executors, instances: None, unseen }
    }

    /// What the consequences of a change depend on besides, without what was read for this.
    pub fn around(&self, context: &Context, on: &ProjectClient) -> Around {
        let around = Around::new(context, on);
        match &self.instances {
            Some(names) => around.with_instances(names.as_deref()),
            None => around,
        }
    }

    /// The users that hold one of these roles themselves.
    pub fn holders(&self, roles: &BTreeSet<String>) -> Vec<DatabaseUser> {
        let holds = |user: &&User| user.roles.iter().any(|role| roles.contains(&role.role_name));
        self.users.iter().filter(holds).cloned().map(policy::database_user).collect()
    }

    /// The connections that execute as one of these roles, each as an instance of its whole name.
    pub fn executions(&self, roles: &BTreeSet<String>) -> Vec<Instance> {
        let executors = self.executors.iter().filter(|executor| roles.contains(&executor.role));
        let instance = |executor: &Executor| {
            let connection = Connection {
                cluster: Some(Cluster { name: executor.cluster.clone(), project: None }),
                executes_as: Some(GrantedRole::on_admin(&executor.role)),
                ..Connection::default()
            };
            let connections = Some(vec![connection]);
            Instance { name: executor.name.clone(), connections, ..Instance::default() }
        };
        executors.map(instance).collect()
    }

    /// What a user is called.
    pub fn called(&self, name: &str, database: &str) -> String {
        self.names.called(name, database)
    }

    /// Whether a project has this role.
    pub fn has(&self, role: &str) -> bool {
        self.graph.has(role)
    }

    /// All uses of a role: users first, then roles, then connections.
    pub fn of(&self, role: &str) -> Vec<Use> {
        let heirs = self.graph.heirs(role);
        let mut uses = Vec::new();
        let mut add = |kind, name: String, through: Option<&String>| {
            let (role, through) = (role.to_owned(), through.cloned());
            uses.push(Use { role, kind, name, through });
        };
        for user in &self.users {
            let held = |name: &str| user.roles.iter().any(|r| r.role_name == name);
            if held(role) {
                add(UsedBy::User, self.names.of(user), None);
            } else if let Some(heir) = heirs.iter().find(|heir| held(&heir.role)) {
                add(UsedBy::User, self.names.of(user), Some(&heir.role));
            }
        }
        for heir in &heirs {
            add(UsedBy::Role, heir.role.clone(), heir.through.first());
        }
        for executor in &self.executors {
            let name = executor.name.clone();
            if executor.role == role {
                add(UsedBy::Connection, name, None);
            } else if let Some(heir) = heirs.iter().find(|heir| heir.role == executor.role) {
                add(UsedBy::Connection, name, Some(&heir.role));
            }
        }
        uses
    }

    /// Users that hold a role, directly or through another, except these.
    pub fn holders_but(&self, role: &str, users: &HashSet<String>) -> Vec<Use> {
        let uses = self.of(role).into_iter();
        uses.filter(|one| one.is_by(UsedBy::User) && !users.contains(&one.name)).collect()
    }
}

/// The names of a project's instances; and their connections, failover connections included, that
/// execute as a role of the project `home`: a connection to another project's cluster executes as a role
/// of that project.
async fn connections(
    on: &ProjectClient,
    home: &str,
) -> (Result<Vec<String>>, Result<Vec<Executor>>) {
    let instances = on.client.instances(&on.project).map_ok(|row| row.view.name);
    let instances: Vec<String> = match instances.try_collect().await.map_err(Error::from) {
        Ok(instances) => instances,
        Err(error) => return (Err(error.again()), Err(error)),
    };
    let each = instances.iter().map(|instance| executors(on, home, instance));
    let all = stream::iter(each).buffered(AT_ONCE).try_concat().await;
    (Ok(instances), all.map_err(Error::from))
}

async fn executors(
    on: &ProjectClient,
    home: &str,
    instance: &str,
) -> Result<Vec<Executor>, ApiError> {
    let all = on.client.connections(&on.project, instance).map_ok(|row| row.view);
    let all: Vec<connections::Connection> = all.try_collect().await?;
    let mut found = Vec::new();
    for connection in all.into_iter().filter(|connection| connection.kind == "Cluster") {
        let primary = connection.name.clone();
        let mut add = |connection: connections::Connection, name: String| {
            let is_home = connection.cluster_group_id.as_deref().unwrap_or(&on.project) == home;
            let executes = connection.db_role_to_execute.filter(|_| is_home);
            found.extend(executes.map(|executes| Executor {
                project: on.project.clone(),
                instance: instance.to_owned(),
                connection: primary.clone(),
                cluster: connection.cluster_name.unwrap_or_default(),
                role: executes.role,
                name,
            }));
        };
        let of = PrimaryConnection { project: &on.project, instance, connection: &primary };
        let failover: Vec<connections::Connection> =
            on.client.failover_connections(of).map_ok(|row| row.view).try_collect().await?;
        for spare in failover {
            let region = spare.region.clone().unwrap_or_default();
            add(spare, format!("{instance}/{primary} (failover {region})"));
        }
        add(connection, format!("{instance}/{primary}"));
    }
    Ok(found)
}
