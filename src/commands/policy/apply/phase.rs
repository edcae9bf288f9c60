//! The order in which a policy is applied: grants before revocations, what is built on before what
//! builds on it.

use super::owned::Owned;

/// One part of the work, in the order in which the parts are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Entries that let in.
    AddEntries,
    /// Instances, which scopes and connections name.
    CreateInstances,
    /// Roles, those that others inherit first, level by level.
    CreateRoles(usize),
    /// Roles gain what they are to allow; what they are not to allow any more they keep until nobody
    /// needs it.
    GrowRoles,
    /// New users.
    CreateUsers,
    /// Users who gain something, whatever they lose.
    ChangeUsers,
    /// New connections.
    CreateConnections,
    /// The roles that connections execute as.
    ChangeConnections,
    /// Roles that people gain.
    GrantMembers,
    /// Roles that people lose.
    RevokeMembers,
    /// The same, of those who gained some a moment ago.
    FinishMembers,
    /// Users who only lose something.
    RestrictUsers,
    /// Users.
    DeleteUsers,
    /// Roles that only lose something.
    ShrinkRoles,
    /// The same, of those that gained something a moment ago.
    FinishRoles,
    /// Connections.
    DeleteConnections,
    /// Roles, those that inherit first, level by level.
    DeleteRoles(usize),
    /// Instances.
    DeleteInstances,
    /// Entries.
    RemoveEntries,
    /// Entries that were removed a moment ago, since the API cannot take a comment or a date away.
    AddEntriesAgain,
}

impl Phase {
    /// What is changed.
    pub fn kind(self) -> Owned {
        match self {
            Phase::AddEntries | Phase::RemoveEntries | Phase::AddEntriesAgain => Owned::Entries,
            Phase::CreateInstances | Phase::DeleteInstances => Owned::Instances,
            Phase::CreateRoles(_)
            | Phase::GrowRoles
            | Phase::ShrinkRoles
            | Phase::FinishRoles
            | Phase::DeleteRoles(_) => Owned::Roles,
            Phase::CreateUsers | Phase::ChangeUsers | Phase::RestrictUsers | Phase::DeleteUsers => {
                Owned::Users
            }
            Phase::CreateConnections | Phase::ChangeConnections | Phase::DeleteConnections => {
                Owned::Connections
            }
            Phase::GrantMembers | Phase::RevokeMembers | Phase::FinishMembers => Owned::Members,
        }
    }

    /// What is done, and what it is when it is done.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Phase::AddEntries => ("add", "added"),
            Phase::AddEntriesAgain => ("add again", "added again"),
            Phase::RemoveEntries => ("remove", "removed"),
            Phase::CreateInstances
            | Phase::CreateRoles(_)
            | Phase::CreateUsers
            | Phase::CreateConnections => ("create", "created"),
            Phase::DeleteUsers
            | Phase::DeleteRoles(_)
            | Phase::DeleteConnections
            | Phase::DeleteInstances => ("delete", "deleted"),
            Phase::GrowRoles => ("extend", "extended"),
            Phase::ShrinkRoles | Phase::FinishRoles | Phase::RestrictUsers => {
                ("restrict", "restricted")
            }
            Phase::ChangeUsers | Phase::ChangeConnections => ("update", "updated"),
            Phase::GrantMembers => ("grant roles to", "granted roles to"),
            Phase::RevokeMembers | Phase::FinishMembers => {
                ("revoke roles from", "revoked roles from")
            }
        }
    }

    /// Whether the objects are read again right before they are sent. A name that is taken is refused
    /// by the API, and what this run has changed a moment ago is not as it was shown.
    pub fn looks_again(self) -> bool {
        !matches!(
            self,
            Phase::CreateInstances
                | Phase::CreateRoles(_)
                | Phase::CreateUsers
                | Phase::CreateConnections
                | Phase::FinishMembers
                | Phase::FinishRoles
                | Phase::AddEntriesAgain
        )
    }
}
