//! What one connection is: to which instance, from where, and who has signed in on it.

use std::net::SocketAddr;

use super::failure::Failure;
use super::sign_in::Progress;
use crate::local::crypto;
use crate::local::domain::actor::{Actor, Identity};

/// The instance that a connection is to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::local) struct Instance {
    /// Id of its project.
    pub(in crate::local) project: String,
    /// Its name.
    pub(in crate::local) name: String,
}

/// Who has signed in, or wants to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignedIn {
    /// The authentication database.
    pub(super) database: String,
    /// The name.
    pub(super) name: String,
    /// `SCRAM-SHA-256` or `MONGODB-X509`.
    pub(super) mechanism: &'static str,
    /// Which of those who had the name, once that is proved.
    pub(super) row: Option<i64>,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) instance: Instance,
    pub(super) peer: SocketAddr,
    /// A UUID, which ties what happens on the connection together in the audit log.
    pub(super) id: String,
    /// The number of the connection, as clients are told it.
    pub(super) number: i32,
    /// The subject of the client's certificate (RFC 2253), if it has shown one that is trusted.
    pub(super) subject: Option<String>,
    pub(super) user: Option<SignedIn>,
    /// How far signing in has come.
    pub(super) progress: Progress,
}

impl Session {
    /// A connection on which nobody has signed in yet.
    ///
    /// # Errors
    /// The system has no random numbers for its id.
    pub(super) fn new(
        instance: Instance,
        peer: SocketAddr,
        number: i32,
        subject: Option<String>,
    ) -> Result<Session, getrandom::Error> {
        let (id, progress) = (crypto::random_uuid()?, Progress::default());
        Ok(Session { instance, peer, id, number, subject, user: None, progress })
    }

    /// Who has signed in, as the domain knows an actor.
    ///
    /// # Errors
    /// Nobody has.
    pub(super) fn actor(&self, command: &str) -> Result<Actor, Failure> {
        let user = self.user.as_ref().ok_or_else(|| Failure::requires_authentication(command))?;
        Ok(self.actor_of(user))
    }

    /// A user on this connection, signed in or about to be.
    pub(super) fn actor_of(&self, user: &SignedIn) -> Actor {
        let Instance { project, name: instance } = self.instance.clone();
        let (database, row) = (user.database.clone(), user.row);
        let identity = Identity::DatabaseUser { project, database, instance, row };
        Actor {
            identity,
            name: user.name.clone(),
            id: String::new(),
            roles: Vec::new(),
            address: self.peer,
            session: Some(self.id.clone()),
        }
    }
}
