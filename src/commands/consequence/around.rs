//! What the consequences of a change depend on besides the objects that it changes: each list is read
//! once, and only if something needs it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use tokio::sync::OnceCell;

use crate::atlas::Row;
use crate::atlas::members::{Home, Member, MemberFilter};
use crate::atlas::roles::CustomRole;
use crate::atlas::users::User;
use crate::change::Remark;
use crate::commands::estate;
use crate::commands::roles::view;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::graph::RoleGraph;
use crate::privileges::scopes::{Estate, Scope, ScopeKind, Scopes};
use crate::session::ProjectClient;

/// What is there of a type that is not known.
static NONE: Scopes = Scopes::new();

/// A list, or why it could not be read.
type Read<T> = OnceCell<std::result::Result<T, Error>>;

/// What a project has beside the objects of a change. A command reads from here what it needs itself,
/// so that nothing is listed twice.
pub struct Around {
    on: ProjectClient,
    /// When it is: who has expired by then holds nothing.
    pub now: Timestamp,
    roles: Read<Vec<Row<CustomRole>>>,
    users: Read<Vec<User>>,
    members: Read<Vec<Row<Member>>>,
    instances: Read<Scopes>,
    clusters: Read<Scopes>,
    federated: Read<Scopes>,
    /// Other projects, by their ids: clusters may stand there.
    others: RefCell<BTreeMap<String, Rc<Around>>>,
}

impl Around {
    /// Nothing is read yet.
    pub fn new(context: &Context, on: &ProjectClient) -> Around {
        Around::at(context.ui.now(), on)
    }

    fn at(now: Timestamp, on: &ProjectClient) -> Around {
        Around {
            on: on.clone(),
            now,
            roles: Read::new(),
            users: Read::new(),
            members: Read::new(),
            instances: Read::new(),
            clusters: Read::new(),
            federated: Read::new(),
            others: RefCell::default(),
        }
    }

    /// The same, where the names of the instances were read already, or could not be.
    #[must_use]
    pub fn with_instances(mut self, names: std::result::Result<&[String], &Error>) -> Around {
        let scope = |name: &String| Scope::new(ScopeKind::Stream, name);
        let read = names.map(|names| names.iter().map(scope).collect());
        self.instances = Read::new_with(Some(read.map_err(Error::again)));
        self
    }

    /// The id of the project.
    pub fn project(&self) -> &str {
        &self.on.project
    }

    /// The custom roles.
    ///
    /// # Errors
    /// Those of listing them.
    pub async fn roles(&self) -> Result<&[Row<CustomRole>]> {
        strict(self.roles.get_or_init(|| view::fetch(&self.on)).await).map(Vec::as_slice)
    }

    /// The custom roles and the built-in ones.
    ///
    /// # Errors
    /// Those of listing the custom ones.
    pub async fn graph(&self) -> Result<RoleGraph> {
        self.roles().await.map(view::graph)
    }

    /// The custom roles of a project, this one or another.
    ///
    /// # Errors
    /// Those of listing them.
    pub async fn roles_of(&self, project: &str) -> Result<Vec<Row<CustomRole>>> {
        if project == self.on.project {
            return self.roles().await.map(<[_]>::to_vec);
        }
        let other = {
            let mut others = self.others.borrow_mut();
            let new = || Rc::new(Around::at(self.now, &self.on.elsewhere(project)));
            Rc::clone(others.entry(project.to_owned()).or_insert_with(new))
        };
        other.roles().await.map(<[_]>::to_vec)
    }

    /// The same, and those of these names that the listing lacks yet.
    ///
    /// # Errors
    /// Those of reading them.
    pub async fn roles_with<'a>(
        &self,
        project: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<Row<CustomRole>>> {
        let roles = self.roles_of(project).await?;
        view::with_named(&self.on.elsewhere(project), roles, names).await
    }

    /// The same with the built-in ones.
    ///
    /// # Errors
    /// Those of listing the custom ones.
    pub async fn graph_of(&self, project: &str) -> Result<RoleGraph> {
        self.roles_of(project).await.map(|roles| view::graph(&roles))
    }

    /// The database users.
    ///
    /// # Errors
    /// Those of listing them.
    pub async fn users(&self) -> Result<&[User]> {
        let list = async || {
            let users = self.on.client.users(&self.on.project).map_ok(|row| row.view);
            users.try_collect().await.map_err(Error::from)
        };
        strict(self.users.get_or_init(list).await).map(Vec::as_slice)
    }

    /// Everybody with access to the project, with all roles that count in it, wherever they come from.
    ///
    /// # Errors
    /// Those of listing them.
    pub async fn members(&self) -> Result<&[Row<Member>]> {
        let home = Home::Project(self.on.project.clone());
        let all = MemberFilter { inherited: true, email: None };
        let list =
            async || self.on.client.members(&home, all).try_collect().await.map_err(Error::from);
        strict(self.members.get_or_init(list).await).map(Vec::as_slice)
    }

    /// Everything that scopes can point at.
    ///
    /// # Errors
    /// Those of the three listings.
    pub async fn estate(&self) -> Result<Estate> {
        let (instances, clusters, federated) = tokio::try_join!(
            self.of_kind(ScopeKind::Stream),
            self.of_kind(ScopeKind::Cluster),
            self.of_kind(ScopeKind::DataLake),
        )?;
        let things = instances.iter().chain(clusters).chain(federated).cloned().collect();
        Ok(Estate { things })
    }

    /// What of that may be read; the rest is unseen.
    pub(super) async fn visible_estate(&self, unseen: &mut Unseen) -> Result<Estate> {
        let (instances, clusters, federated) = tokio::join!(
            self.of_kind(ScopeKind::Stream),
            self.of_kind(ScopeKind::Cluster),
            self.of_kind(ScopeKind::DataLake),
        );
        let mut estate = Estate::default();
        for (what, list) in
            [("instances", instances), ("clusters", clusters), ("federated databases", federated)]
        {
            let list = unseen.or_default(what, list.cloned())?;
            estate.things.extend(list);
        }
        Ok(estate)
    }

    async fn of_kind(&self, kind: ScopeKind) -> Result<&Scopes> {
        let list = match kind {
            ScopeKind::Stream => &self.instances,
            ScopeKind::Cluster => &self.clusters,
            ScopeKind::DataLake => &self.federated,
            ScopeKind::Other => return Ok(&NONE),
        };
        strict(list.get_or_init(|| estate::listed(&self.on, kind)).await)
    }
}

fn strict<T>(read: &std::result::Result<T, Error>) -> Result<&T> {
    read.as_ref().map_err(Error::again)
}

/// What could not be read, so that a preview does not count it.
#[derive(Default)]
pub(super) struct Unseen(Vec<(&'static str, Error)>);

impl Unseen {
    /// What was read, or nothing. A preview is no reason to fail a change.
    ///
    /// # Errors
    /// Interrupted.
    pub(super) fn or_default<T: Default>(
        &mut self,
        what: &'static str,
        read: Result<T>,
    ) -> Result<T> {
        match read {
            Ok(read) => Ok(read),
            Err(error) if error.kind() == Kind::Interrupted => Err(error),
            Err(error) => {
                if !self.has(what) {
                    self.0.push((what, error));
                }
                Ok(T::default())
            }
        }
    }

    /// Adds what else could not be read.
    pub(super) fn extend(&mut self, other: Unseen) {
        self.0.extend(other.0);
    }

    /// Whether something could not be read.
    pub(super) fn has(&self, what: &str) -> bool {
        self.0.iter().any(|(unseen, _)| *unseen == what)
    }

    /// What to say of it.
    pub(super) fn remarks(self) -> impl Iterator<Item = Remark> {
        self.0.into_iter().map(|(what, error)| {
            let cannot = match error.kind() {
                Kind::NotPermitted => "may not be read",
                _ => "could not be read",
            };
            Remark::Note(format!("not counted: {what}, which {cannot}: {error}"))
        })
    }
}
