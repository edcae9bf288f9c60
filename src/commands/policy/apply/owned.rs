//! The kinds of objects that a policy owns, and how their present state is listed.

use std::collections::BTreeMap;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::atlas::members::{Home, MemberFilter};
use crate::atlas::users::User;
use crate::change::ObjectId;
use crate::commands::access_lists::entry;
use crate::commands::user_names::full_name;
use crate::commands::{roles, users};
use crate::error::{Error, Kind, Result};
use crate::policy::{self, tidied};
use crate::session::ProjectClient;

/// How many instances are asked concurrently for their connections.
const AT_ONCE: usize = 8;

/// A kind that a policy owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owned {
    /// Entries of the access list.
    Entries,
    /// Instances: created where they are missing, and nothing else.
    Instances,
    /// Custom roles.
    Roles,
    /// Database users, without their passwords.
    Users,
    /// Connections: created where they are missing and need no secret, and the role that they execute
    /// as.
    Connections,
    /// People, and the roles in the project that they hold themselves.
    Members,
}

/// All of them.
pub const ALL: [Owned; 6] = [
    Owned::Entries,
    Owned::Instances,
    Owned::Roles,
    Owned::Users,
    Owned::Connections,
    Owned::Members,
];

impl Owned {
    /// What one of them is called, in messages and in records.
    pub fn noun(self) -> &'static str {
        match self {
            Owned::Entries => entry::NOUN,
            Owned::Instances => "instance",
            Owned::Roles => roles::NOUN,
            Owned::Users => users::NOUN,
            Owned::Connections => "connection",
            Owned::Members => "project member",
        }
    }

    /// The key of their list in a policy.
    pub fn key(self) -> &'static str {
        match self {
            Owned::Entries => "accessList",
            Owned::Instances => "instances",
            Owned::Roles => "roles",
            Owned::Users => "users",
            Owned::Connections => "connections",
            Owned::Members => "members",
        }
    }

    /// The kind that goes by this noun.
    pub fn of_noun(noun: &str) -> Option<Owned> {
        ALL.into_iter().find(|owned| owned.noun() == noun)
    }

    /// What a policy says of an object, from the API's document or from a policy's.
    pub fn said(self, document: &Value) -> Value {
        match policy::kind(self.key()) {
            Some(kind) => tidied(kind, document),
            None => document.clone(),
        }
    }

    /// What an object is called, by its document. A connection's name is told apart by its instance.
    pub fn name(self, document: &Value) -> Option<String> {
        let text = |key: &str| document[key].as_str().map(str::to_owned);
        match self {
            Owned::Entries => {
                let entry = serde_json::from_value(document.clone()).ok()?;
                Some(entry::name(&entry)).filter(|name| !name.is_empty())
            }
            Owned::Instances | Owned::Connections => text("name"),
            Owned::Roles => text("roleName"),
            Owned::Users => {
                let user: User = serde_json::from_value(document.clone()).ok()?;
                (!user.username.is_empty()).then(|| full_name(&user))
            }
            Owned::Members => text("username"),
        }
    }

    /// All of them in a project. `instances` are those whose connections are asked for.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn fetch(self, on: &ProjectClient, instances: &[String]) -> Result<Live> {
        let (client, id) = (&on.client, on.project.as_str());
        macro_rules! raw {
            ($rows:expr) => {
                $rows.map_ok(|row| row.raw).map_err(Error::from).try_collect::<Vec<_>>().await?
            };
        }
        let rows: Vec<Box<RawValue>> = match self {
            Owned::Entries => raw!(client.access_list(id)),
            Owned::Instances => raw!(client.instances(id)),
            Owned::Roles => raw!(client.custom_roles(id)),
            Owned::Users => raw!(client.users(id)),
            Owned::Members => {
                raw!(client.members(&Home::Project(id.to_owned()), MemberFilter::default()))
            }
            Owned::Connections => return connections(on, instances).await,
        };
        let named = |raw: Box<RawValue>| {
            let document: Value = serde_json::from_str(raw.get()).ok()?;
            Some((self.name(&document)?, raw))
        };
        Ok(rows.into_iter().filter_map(named).collect())
    }
}

/// The present objects of a kind, by name, as the API answers them.
pub type Live = BTreeMap<String, Box<RawValue>>;

/// The connections of instances, `orders/sink`; an instance that is not there has none.
async fn connections(on: &ProjectClient, instances: &[String]) -> Result<Live> {
    let of_one = async |instance: &String| {
        let rows = on.client.connections(&on.project, instance);
        let rows: Vec<_> = match rows.try_collect().await.map_err(Error::from) {
            Err(error) if error.kind() == Kind::NotFound => Vec::new(),
            rows => rows?,
        };
        let named = |row: crate::atlas::Row<crate::atlas::connections::Connection>| {
            (connection_name(instance, &row.view.name), row.raw)
        };
        Ok::<_, Error>(rows.into_iter().map(named).collect::<Vec<_>>())
    };
    let each: Vec<Vec<_>> =
        stream::iter(instances).map(of_one).buffered(AT_ONCE).try_collect().await?;
    Ok(each.into_iter().flatten().collect())
}

/// The name by which a connection is told from those of other instances.
pub fn connection_name(instance: &str, name: &str) -> String {
    format!("{instance}/{name}")
}

/// One object of a policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Its kind.
    pub kind: Owned,
    /// Its name.
    pub name: String,
}

impl Key {
    /// The object in a project.
    pub fn object(&self, project: &str) -> ObjectId {
        ObjectId::new(self.kind.noun(), project, &self.name)
    }

    /// The instance of a connection.
    pub fn instance(&self) -> Option<&str> {
        let (instance, _) = self.name.split_once('/')?;
        (self.kind == Owned::Connections).then_some(instance)
    }
}
