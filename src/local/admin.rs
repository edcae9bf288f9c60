//! What `spctl local` does to a store without the API: creating and resetting it, its clock, and
//! keys. A server may be running on the same file meanwhile.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::authority;
use super::clock::Clock;
use super::crypto;
use super::seed::Create;
use super::store::docs::{self, kind};
use super::store::endpoints::{self, Listening};
pub use super::store::meta::{ACCESS_LIST_LIMIT, Limit, USER_LIMIT};
use super::store::principals::{self, Assignment, Principal};
use super::store::{self, meta, scram, serving};
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::privileges::catalogue::atlas_roles::{self, AtlasRole, RoleLevel};

/// A store, opened for administration.
pub struct Admin {
    db: Connection,
    path: PathBuf,
    clock: Clock,
}

/// What a store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The file.
    pub path: PathBuf,
    /// The store's time.
    pub now: Timestamp,
    /// How far it is ahead of the system's.
    pub offset: SignedDuration,
    /// Id of the default project.
    pub default_project: String,
    /// Id of the default organisation.
    pub default_org: String,
    /// Kind of document and number, in a fixed order.
    pub documents: Vec<(&'static str, i64)>,
    /// API keys and service accounts.
    pub keys: i64,
    /// Lines in audit logs.
    pub audit_lines: i64,
}

/// Where an instance is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceEndpoint {
    /// Id of its project.
    pub project: String,
    /// Its name.
    pub name: String,
    /// What to connect to.
    pub address: SocketAddr,
    /// The file of the authority that clients of its TLS must trust, in PEM.
    pub ca_file: PathBuf,
    /// Whether clients may sign in with certificates.
    pub takes_certificates: bool,
}

/// A new credential. The secret is not stored: it can be shown this once.
#[derive(Debug)]
pub struct Credential {
    /// The public half of an API key (8 letters), or a service account's id.
    pub name: String,
    /// The private half, or the secret.
    pub secret: SecretString,
    /// What it may do.
    pub roles: Vec<Assignment>,
}

/// What kind of credential to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// A pair of keys for HTTP Digest.
    ApiKey,
    /// An id and a secret for OAuth.
    ServiceAccount,
}

/// The error when a store is to be created and already exists.
pub fn there_already(path: &Path) -> Error {
    Error::new(Kind::Conflict, format!("a local store already exists: {}", path.display()))
        .hint("--force deletes it, with its keys, and starts over")
}

/// How long a server may take to listen for an instance that is new.
const NEW: Duration = Duration::from_secs(5);
/// How often to look whether it does.
const LOOK: Duration = Duration::from_millis(20);

/// Whether a store already exists.
///
/// # Errors
/// What is there is not a store, is damaged, or can be read by others.
pub fn is_there(path: &Path) -> Result<bool> {
    store::is_there(path)
}

impl Admin {
    /// Creates a store. An existing one is an error, unless `force` is set: then it is reset.
    ///
    /// # Errors
    /// [`Kind::Conflict`] for an existing store; the file is not a store, or cannot be written.
    pub fn init(path: &Path, create: Create, clock: Clock, force: bool) -> Result<Admin> {
        let mut fresh = false;
        let db = store::open(path, |db| {
            fresh = true;
            create.fill(db, clock)
        })?;
        let mut admin = Admin { db, path: path.to_owned(), clock };
        match (fresh, force) {
            (true, _) => {}
            (false, true) => admin.reset(create)?,
            (false, false) => return Err(there_already(path)),
        }
        Ok(admin)
    }

    /// Opens an existing store.
    ///
    /// # Errors
    /// [`Kind::NotFound`] when there is none.
    pub fn open(path: &Path, clock: Clock) -> Result<Admin> {
        Ok(Admin { db: store::open_existing(path)?, path: path.to_owned(), clock })
    }

    /// Deletes everything, keys included, and seeds the store again, in one transaction.
    ///
    /// # Errors
    /// The store cannot be written; it is then left unchanged.
    pub fn reset(&mut self, create: Create) -> Result<()> {
        let (clock, path) = (self.clock, self.path.clone());
        self.write(|tx| {
            store::clear(tx).map_err(|e| store::failure(&path, "cannot clear", e))?;
            create.fill(tx, clock)
        })
    }

    /// What the store holds.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn status(&self) -> Result<Status> {
        let read = || -> rusqlite::Result<Status> {
            let db = &self.db;
            let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
            let documents = kind::ALL
                .iter()
                .map(|kind| Ok((*kind, docs::count_kind(db, kind)?)))
                .collect::<rusqlite::Result<_>>()?;
            Ok(Status {
                path: self.path.clone(),
                now: self.clock.now(db)?,
                offset: SignedDuration::from_millis(
                    meta::number(db, meta::CLOCK_OFFSET)?.unwrap_or(0),
                ),
                default_project: meta::get(db, meta::DEFAULT_PROJECT)?.unwrap_or_default(),
                default_org: meta::get(db, meta::DEFAULT_ORG)?.unwrap_or_default(),
                documents,
                keys: principals::count(db)?,
                audit_lines: count("SELECT count(*) FROM audit")?,
            })
        };
        read().map_err(|e| store::failure(&self.path, "cannot read", e))
    }

    /// Moves the store's clock, and returns its new time.
    ///
    /// # Errors
    /// The time is out of range, or the store cannot be written.
    pub fn advance(&mut self, by: SignedDuration) -> Result<Timestamp> {
        let clock = self.clock;
        self.write(|tx| {
            let now = clock.now(tx).map_err(read_failed)?;
            let then = now
                .checked_add(by)
                .map_err(|e| Error::usage("the clock cannot be moved that far").source(e))?;
            clock.set(tx, then).map_err(write_failed)?;
            Ok(then)
        })
    }

    /// Sets the store's clock, which runs on from there.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn set_time(&mut self, time: Timestamp) -> Result<()> {
        let clock = self.clock;
        self.write(|tx| clock.set(tx, time).map_err(write_failed))
    }

    /// Sets how many of something a project may have; `None` is any number.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn set_limit(&mut self, limit: &Limit, most: Option<u32>) -> Result<()> {
        self.write(|tx| meta::set_limit(tx, limit, most).map_err(write_failed))
    }

    /// The control plane's addresses, as the endpoint answers them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn control_plane_addresses(&self) -> Result<Option<Value>> {
        let read =
            || docs::get(&self.db, self.clock.now(&self.db)?, kind::CONTROL_PLANE_IPS, "", "");
        read().map_err(|e| store::failure(&self.path, "cannot read", e))
    }

    /// Replaces them.
    ///
    /// # Errors
    /// The store cannot be written; it is then left unchanged.
    pub fn set_control_plane_addresses(&mut self, document: &Value) -> Result<()> {
        let clock = self.clock;
        self.write(|tx| {
            let now = clock.now(tx).map_err(read_failed)?;
            let kind = kind::CONTROL_PLANE_IPS;
            let put = || {
                docs::delete(tx, now, kind, "", "")?;
                docs::insert(tx, now, kind, "", "", document, None)
            };
            put().map_err(write_failed).map(drop)
        })
    }

    /// Whether the store knows a password of a database user, so that it can sign in to an
    /// instance.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn has_password(&self, project: &str, database: &str, name: &str) -> Result<bool> {
        let key = docs::user_key(database, name);
        let found =
            self.clock.now(&self.db).and_then(|now| scram::get(&self.db, now, project, &key));
        Ok(found.map_err(|e| store::failure(&self.path, "cannot read", e))?.is_some())
    }

    /// Whether users may sign in to instances with certificates; `None` as long as no server listens
    /// for those.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn takes_certificates(&self) -> Result<Option<bool>> {
        if !serving::is_claimed(&self.path)? {
            return Ok(None);
        }
        let listening = Listening::get(&self.db);
        let listening = listening.map_err(|e| store::failure(&self.path, "cannot read", e))?;
        Ok(Some(listening.takes_certificates))
    }

    /// Where a project's instances are served (by the project's id or name; the default project when
    /// `None`), the oldest first. Waits for a moment for one that is new.
    ///
    /// # Errors
    /// [`Kind::Unavailable`] when no server listens for them; no such project.
    pub fn endpoints(&self, project: Option<&str>) -> Result<Vec<InstanceEndpoint>> {
        let (_, id) = home(&self.db, project)?;
        let began = Instant::now();
        loop {
            if !serving::is_claimed(&self.path)? {
                return Err(not_served(&self.path));
            }
            let all = endpoints::list(&self.db)
                .map_err(|e| store::failure(&self.path, "cannot read", e))?;
            let own = all.into_iter().filter(|endpoint| endpoint.project == id);
            let Listening { ports, takes_certificates } = Listening::get(&self.db)
                .map_err(|e| store::failure(&self.path, "cannot read", e))?;
            let ca_file = authority::ca_file(store::directory(&self.path));
            let served: Option<Vec<InstanceEndpoint>> = own
                .map(|endpoint| {
                    let address =
                        SocketAddr::from((Ipv4Addr::LOCALHOST, *ports.get(&endpoint.row)?));
                    let (project, name, ca_file) =
                        (endpoint.project, endpoint.name, ca_file.clone());
                    Some(InstanceEndpoint { project, name, address, ca_file, takes_certificates })
                })
                .collect();
            match served {
                Some(served) => return Ok(served),
                None if began.elapsed() > NEW => return Err(not_served(&self.path)),
                None => thread::sleep(LOOK),
            }
        }
    }

    /// Makes a credential with exactly these roles. Roles of projects are held in `project` (id
    /// or name; the default project when `None`), the others in that project's organisation.
    ///
    /// # Errors
    /// No role, or an unknown one; no such project.
    pub fn create_credential(
        &mut self,
        kind: CredentialKind,
        roles: &[String],
        project: Option<&str>,
    ) -> Result<Credential> {
        self.write(|tx| {
            let (org, project) = home(tx, project)?;
            if roles.is_empty() {
                return Err(Error::usage("a key needs a role").hint(known_roles()));
            }
            let roles: Vec<Assignment> = roles
                .iter()
                .map(|name| Ok(assignment(role(name)?, &org, &project)))
                .collect::<Result<_>>()?;
            let (name, secret) = fresh_pair(kind).map_err(|e| {
                Error::failed("cannot get random numbers from the system").source(e)
            })?;
            let secret_digest = match kind {
                CredentialKind::ApiKey => crypto::ha1(&name, secret.expose_secret()),
                CredentialKind::ServiceAccount => crypto::sha256_hex(secret.expose_secret()),
            };
            let id = meta::next_id(tx).map_err(write_failed)?;
            let principal =
                Principal { name: name.clone(), id, secret_digest, roles: roles.clone() };
            principals::insert(tx, &principal).map_err(write_failed)?;
            Ok(Credential { name, secret, roles })
        })
    }

    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let failed = |e| store::failure(&self.path, "cannot write", e);
        let tx =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let done = work(&tx)?;
        tx.commit().map_err(failed)?;
        Ok(done)
    }
}

/// The error when nobody listens for the instances of a store.
pub fn not_served(path: &Path) -> Error {
    let what = format!("no server listens for the instances of {}", path.display());
    Error::new(Kind::Unavailable, what).hint("start one: spctl local serve")
}

fn read_failed(error: rusqlite::Error) -> Error {
    Error::failed("cannot read the local store").source(error)
}

fn write_failed(error: rusqlite::Error) -> Error {
    Error::failed("cannot write the local store").source(error)
}

fn role(name: &str) -> Result<&'static AtlasRole> {
    let displayed = || atlas_roles::ROLES.iter().map(|role| role.display);
    atlas_roles::find(name).ok_or_else(|| {
        Error::usage(format!("there is no role {name:?}")).hint(near::hint(
            name,
            displayed(),
            known_roles(),
        ))
    })
}

fn known_roles() -> String {
    let names: Vec<&str> = atlas_roles::ROLES.iter().map(|role| role.display).collect();
    format!("the roles are {}", names.join(", "))
}

fn assignment(role: &AtlasRole, org: &str, project: &str) -> Assignment {
    let (org_id, group_id) = match role.level {
        RoleLevel::Organization => (Some(org.to_owned()), None),
        RoleLevel::Project => (None, Some(project.to_owned())),
    };
    Assignment { role_name: role.api.to_owned(), org_id, group_id }
}

/// Organisation and project, by the project's id or name, or the default ones.
fn home(db: &Connection, project: Option<&str>) -> Result<(String, String)> {
    let wanted = match project {
        Some(project) => project.to_owned(),
        None => meta::get(db, meta::DEFAULT_PROJECT).map_err(read_failed)?.unwrap_or_default(),
    };
    let projects = docs::list_below(db, Timestamp::MIN, kind::PROJECT, "").map_err(read_failed)?;
    let text = |doc: &Value, name: &str| doc[name].as_str().unwrap_or_default().to_owned();
    projects
        .iter()
        .find(|doc| doc["id"] == wanted.as_str() || doc["name"] == wanted.as_str())
        .map(|doc| (text(doc, "orgId"), text(doc, "id")))
        .ok_or_else(|| {
            let names: Vec<String> = projects.iter().map(|doc| text(doc, "name")).collect();
            Error::not_found(format!("there is no project {wanted:?} in the local store"))
                .hint(format!("its projects are {}", names.join(", ")))
        })
}

/// A new name and secret, in the shapes that Atlas gives them.
pub(super) fn fresh_pair(kind: CredentialKind) -> Result<(String, SecretString), getrandom::Error> {
    Ok(match kind {
        CredentialKind::ApiKey => {
            let digits = crypto::random_hex()?;
            let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
            (crypto::random_letters::<8>()?, SecretString::from(groups.join("-")))
        }
        CredentialKind::ServiceAccount => (
            format!("mdb_sa_id_{}", &crypto::random_hex()?[..24]),
            SecretString::from(format!("mdb_sa_sk_{}", crypto::random_token()?)),
        ),
    })
}
