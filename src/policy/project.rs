//! A policy as the value that questions are answered from.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::document::{Instance, Policy};
use super::kinds::{KINDS, kind};
use super::roles;
use crate::atlas::access_lists;
use crate::atlas::connections;
use crate::atlas::members::Member;
use crate::atlas::processors;
use crate::atlas::roles::CustomRole;
use crate::atlas::users::{self, User};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::project::{
    self, AccessEntry, Cluster, Connection, DatabaseUser, Principal, PrincipalKind, PrincipalRole,
    Processor, Project, Unseen,
};
use crate::privileges::scopes::{Estate, Scope, ScopeKind};

/// Where custom roles are granted.
const ADMIN: &str = "admin";

impl Policy {
    /// What is known of the project. Lists that the policy does not have are unseen.
    pub fn project(&self) -> Project {
        let mut unseen = self.unseen.clone();
        for kind in KINDS {
            let is_there = match kind.key {
                "instances" => self.instances.is_some(),
                key => self.list(key).is_some(),
            };
            if !is_there && !unseen.iter().any(|unseen| unseen.what == kind.plural) {
                unseen.push(missing(kind.plural.to_owned()));
            }
        }
        for instance in self.instances.iter().flatten() {
            for (key, is_there) in [
                ("connections", instance.connections.is_some()),
                ("processors", instance.processors.is_some()),
            ] {
                let what = format!("{key} of {}", instance.name());
                if !is_there && !unseen.iter().any(|unseen| unseen.what == what) {
                    unseen.push(missing(what));
                }
            }
        }
        let mut views = Views { unseen };
        let users = views.all(self, "users", user);
        let graph = RoleGraph::from_iter(views.all(self, "roles", |role: CustomRole, document| {
            (role.role_name.clone(), roles::reading(&role, document))
        }));
        let instances =
            self.instances.iter().flatten().map(|instance| views.instance(instance)).collect();
        let mut principals = views.all(self, "members", principal);
        principals
            .extend(self.each("apiKeys").iter().map(|key| program(PrincipalKind::ApiKey, key)));
        principals.extend(
            self.each("serviceAccounts")
                .iter()
                .map(|one| program(PrincipalKind::ServiceAccount, one)),
        );
        let access_list =
            views.all(self, "accessList", |entry: access_lists::AccessEntry, _| AccessEntry {
                entry: entry.value().to_owned(),
                comment: entry.comment.clone().filter(|comment| !comment.is_empty()),
                expires: moment(entry.delete_after_date.as_deref()),
            });
        Project {
            id: self.project.id.clone(),
            name: self.project.name.clone(),
            taken: self.taken.unwrap_or_default(),
            users,
            roles: graph,
            instances,
            estate: self.estate(),
            principals,
            access_list,
            unseen: views.unseen,
        }
    }

    /// Everything that a scope can point at.
    fn estate(&self) -> Estate {
        let instances = self.instances.iter().flatten().map(Instance::name);
        let instances = instances.map(|name| Scope::new(ScopeKind::Stream, name));
        let named = [(ScopeKind::Cluster, "clusters"), (ScopeKind::DataLake, "federatedDatabases")];
        let named = named.iter().flat_map(|(kind, key)| {
            self.each(key).iter().filter_map(Value::as_str).map(|name| Scope::new(*kind, name))
        });
        Estate { things: instances.chain(named).collect() }
    }
}

fn missing(what: String) -> Unseen {
    Unseen { what, why: "the policy does not say".to_owned() }
}

/// Reads documents, and remembers those that it cannot.
struct Views {
    unseen: Vec<Unseen>,
}

impl Views {
    fn all<'a, T: Deserialize<'a>, P>(
        &mut self,
        policy: &'a Policy,
        key: &'static str,
        read: impl Fn(T, &'a Value) -> P,
    ) -> Vec<P> {
        self.each(policy.each(key), key, "", read)
    }

    fn each<'a, T: Deserialize<'a>, P>(
        &mut self,
        documents: &'a [Value],
        key: &'static str,
        place: &str,
        read: impl Fn(T, &'a Value) -> P,
    ) -> Vec<P> {
        let mut all = Vec::with_capacity(documents.len());
        for document in documents {
            match T::deserialize(document) {
                Ok(view) => all.push(read(view, document)),
                Err(error) => {
                    let (noun, identity) =
                        kind(key).map_or((key, &[][..]), |kind| (kind.noun, kind.identity));
                    let name = identity.iter().find_map(|field| document[*field].as_str());
                    let what = format!("{noun} {}{place}", name.unwrap_or("without a name"));
                    self.unseen
                        .push(Unseen { what, why: format!("it is not understood: {error}") });
                }
            }
        }
        all
    }

    fn instance(&mut self, instance: &Instance) -> project::Instance {
        let region = &instance.document["dataProcessRegion"];
        let text = |key: &str| region[key].as_str().unwrap_or_default().to_owned();
        let place = format!(" of {}", instance.name());
        let connections = instance.connections.as_ref();
        let processors = instance.processors.as_ref();
        project::Instance {
            name: instance.name().to_owned(),
            region: (text("cloudProvider"), text("region")),
            connections: connections
                .map(|documents| self.each(documents, "connections", &place, connection)),
            processors: processors
                .map(|documents| self.each(documents, "processors", &place, processor)),
        }
    }
}

fn user(user: User, _: &Value) -> DatabaseUser {
    database_user(user)
}

/// A database user of the API, as `privileges` knows it.
pub fn database_user(user: User) -> DatabaseUser {
    let scope = |scope: &users::Scope| Scope::new(ScopeKind::from_api(&scope.kind), &scope.name);
    let granted = |role: &users::Role| GrantedRole {
        role: role.role_name.clone(),
        database: role.database_name.clone(),
        collection: role.collection_name.clone(),
    };
    DatabaseUser {
        authentication: authentication(&user).to_owned(),
        roles: user.roles.iter().map(granted).collect(),
        scopes: user.scopes.iter().map(scope).collect(),
        expires: moment(user.delete_after_date.as_deref()),
        labels: user.labels.into_iter().map(|label| (label.key, label.value)).collect(),
        description: user.description.filter(|text| !text.is_empty()),
        name: user.username,
        database: user.database_name,
    }
}

fn authentication(user: &User) -> &'static str {
    let is = |kind: &Option<String>| kind.as_deref().is_some_and(|kind| kind != "NONE");
    let kinds = [
        ("X.509", &user.x509_type),
        ("AWS IAM", &user.aws_iam_type),
        ("LDAP", &user.ldap_auth_type),
        ("OIDC", &user.oidc_auth_type),
    ];
    let held = kinds.into_iter().find(|(_, kind)| is(kind));
    held.map_or("SCRAM", |(name, kind)| match (name, kind.as_deref()) {
        // Its members sign in, and are what logs name.
        ("LDAP", Some("GROUP")) => "LDAP group",
        ("OIDC", Some("IDP_GROUP")) => "OIDC group",
        _ => name,
    })
}

/// A connection of the API, as `privileges` knows it.
pub fn connection(connection: connections::Connection, document: &Value) -> Connection {
    Connection {
        name: connection.name,
        kind: connection.kind,
        cluster: connection
            .cluster_name
            .map(|name| Cluster { name, project: connection.cluster_group_id }),
        executes_as: connection.db_role_to_execute.map(|role| GrantedRole {
            role: role.role,
            database: ADMIN.to_owned(),
            collection: None,
        }),
        document: document.clone(),
    }
}

fn processor(processor: processors::Processor, document: &Value) -> Processor {
    Processor {
        name: processor.name,
        state: processor.state,
        pipeline: processor.pipeline,
        document: document.clone(),
    }
}

fn principal(member: Member, document: &Value) -> Principal {
    let kind = match member.org_membership_status.as_str() {
        "" | "ACTIVE" => PrincipalKind::Person,
        _ => PrincipalKind::Invited,
    };
    let through = match member.team_ids.as_slice() {
        [one] => one.clone(),
        [] => "a team or the organisation".to_owned(),
        _ => "a team".to_owned(),
    };
    let held = |key: &str, team: Option<String>| {
        let roles = document[key].as_array().into_iter().flatten().filter_map(Value::as_str);
        roles.map(move |role| PrincipalRole { role: role.to_owned(), team: team.clone() })
    };
    let own = held("roles", None).chain(held("orgRoles", None));
    Principal {
        kind,
        roles: own.chain(held("inheritedRoles", Some(through))).collect(),
        invited_until: moment(member.invitation_expires_at.as_deref()),
        name: member.username,
        id: member.id,
        document: document.clone(),
    }
}

/// A program: its roles are names, or objects that name one.
fn program(kind: PrincipalKind, document: &Value) -> Principal {
    let text = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| document[*key].as_str());
        found.unwrap_or_default().to_owned()
    };
    let roles = document["roles"].as_array().into_iter().flatten();
    let roles = roles.filter_map(|role| role.as_str().or_else(|| role["roleName"].as_str()));
    Principal {
        kind,
        name: text(&["publicKey", "clientId"]),
        id: text(&["id", "clientId"]),
        roles: roles.map(|role| PrincipalRole { role: role.to_owned(), team: None }).collect(),
        invited_until: None,
        document: document.clone(),
    }
}

fn moment(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}
