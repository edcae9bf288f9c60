//! Error answers in the API's shape, and the one table that maps the domain's refusals to a status
//! and to Atlas' `errorCode`.

use serde_json::{Value, json};

use crate::local::domain::refusal::{Reason, Refusal, Subject};

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorReply {
    /// HTTP status.
    pub status: u16,
    /// Atlas' `errorCode`.
    pub code: String,
    /// A sentence for a person.
    pub detail: String,
    /// Headers beyond the usual, such as a challenge.
    pub headers: Vec<(&'static str, String)>,
}

impl ErrorReply {
    /// A refusal of any status.
    pub fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        ErrorReply { status, code: code.to_owned(), detail: detail.into(), headers: Vec::new() }
    }

    /// 400
    pub fn bad(code: &str, detail: impl Into<String>) -> Self {
        ErrorReply::new(400, code, detail)
    }

    /// 400, about the query.
    pub fn query(detail: impl Into<String>) -> Self {
        ErrorReply::bad("INVALID_QUERY_PARAMETER", detail)
    }

    /// 404
    pub fn not_found(code: &str, detail: impl Into<String>) -> Self {
        ErrorReply::new(404, code, detail)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The body.
    pub fn body(&self) -> Value {
        json!({
            "detail": self.detail,
            "error": self.status,
            "errorCode": self.code,
            "parameters": [],
            "reason": reason(self.status),
        })
    }
}

fn reason(status: u16) -> &'static str {
    http::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Error")
}

/// Status and code of what the domain refuses, by reason and subject.
#[rustfmt::skip]
const CODES: &[(Reason, Subject, u16, &str)] = {
    use Subject as S;
    &[
        (Reason::NotFound, S::Organization, 404, "ORG_NOT_FOUND"),
        (Reason::NotFound, S::Project, 404, "GROUP_NOT_FOUND"),
        (Reason::NotFound, S::ProjectName, 404, "GROUP_NAME_NOT_FOUND"),
        (Reason::NotFound, S::Cluster, 404, "CLUSTER_NOT_FOUND"),
        (Reason::NotFound, S::DatabaseUser, 404, "USERNAME_NOT_FOUND"),
        (Reason::NotFound, S::CustomRole, 404, "ATLAS_CUSTOM_ROLE_NOT_FOUND"),
        (Reason::NotFound, S::Instance, 404, "STREAM_TENANT_NOT_FOUND"),
        (Reason::NotFound, S::Connection, 404, "STREAM_CONNECTION_NOT_FOUND"),
        (Reason::NotFound, S::FailoverConnection, 404, "STREAM_FAILOVER_CONNECTION_NOT_FOUND"),
        (Reason::NotFound, S::Processor, 404, "STREAM_PROCESSOR_NOT_FOUND"),
        (Reason::NotFound, S::Peering, 404, "STREAM_VPC_PEERING_NOT_FOUND"),
        (Reason::NotFound, S::PrivateLink, 404, "STREAM_PRIVATE_LINK_NOT_FOUND"),
        (Reason::NotFound, S::AccessListEntry, 404, "ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND"),
        (Reason::NotFound, S::Person, 404, "USER_NOT_FOUND"),
        (Reason::NotFound, S::Team, 404, "TEAM_NOT_FOUND"),
        (Reason::NotFound, S::ControlPlaneAddresses, 404, "RESOURCE_NOT_FOUND"),
        (Reason::NotFound, S::Assignment, 400, "ROLE_NOT_ASSIGNED"),
        (Reason::Taken, S::Project, 409, "GROUP_ALREADY_EXISTS"),
        (Reason::Taken, S::DatabaseUser, 409, "USER_ALREADY_EXISTS"),
        (Reason::Taken, S::CustomRole, 409, "ATLAS_CUSTOM_ROLE_ALREADY_EXISTS"),
        (Reason::Taken, S::Instance, 409, "STREAM_TENANT_ALREADY_EXISTS"),
        (Reason::Taken, S::Connection, 409, "STREAM_CONNECTION_ALREADY_EXISTS"),
        (Reason::Taken, S::FailoverConnection, 409, "STREAM_FAILOVER_CONNECTION_ALREADY_EXISTS"),
        (Reason::Taken, S::Processor, 409, "STREAM_PROCESSOR_ALREADY_EXISTS"),
        (Reason::Taken, S::PrivateLink, 409, "STREAM_PRIVATE_LINK_ALREADY_EXISTS"),
        (Reason::Taken, S::OrganizationMember, 409, "USER_ALREADY_IN_ORG"),
        (Reason::Taken, S::ProjectMember, 409, "USER_ALREADY_IN_GROUP"),
        (Reason::Taken, S::Assignment, 409, "ROLE_ALREADY_ASSIGNED"),
        (Reason::Invalid, S::Attribute, 400, "INVALID_ATTRIBUTE"),
        (Reason::Invalid, S::GrantedRole, 400, "UNSUPPORTED_ROLE"),
        (Reason::Invalid, S::ExecutedRole, 400, "STREAM_CONNECTION_INVALID_DB_ROLE"),
        (Reason::Invalid, S::Action, 400, "ATLAS_DUPLICATE_CUSTOM_ROLE_ACTION"),
        (Reason::Invalid, S::InstanceRegion, 400, "STREAM_TENANT_INVALID_REGION"),
        (Reason::Invalid, S::Connection, 400, "STREAM_CONNECTION_NOT_FOUND"),
        (Reason::Invalid, S::Checkpoint, 400, "STREAM_PROCESSOR_CHECKPOINT_INCOMPATIBLE"),
        (Reason::Invalid, S::CloudProvider, 400, "INVALID_CLOUD_PROVIDER"),
        (Reason::Invalid, S::Region, 400, "INVALID_REGION"),
        (Reason::Invalid, S::Network, 400, "INVALID_IP_ADDRESS_OR_CIDR_NOTATION"),
        (Reason::Invalid, S::EmailAddress, 400, "INVALID_EMAIL_ADDRESS"),
        (Reason::Invalid, S::AdministrativeRole, 400, "INVALID_ENUM_VALUE"),
        (Reason::InUse { by: S::Cluster }, S::Project, 409, "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS"),
        (Reason::InUse { by: S::Instance }, S::Project, 409, "CANNOT_CLOSE_GROUP_ACTIVE_STREAMS_RESOURCE"),
        (Reason::InUse { by: S::DatabaseUser }, S::CustomRole, 409, "ATLAS_CUSTOM_ROLE_IN_USE"),
        (Reason::InUse { by: S::Connection }, S::CustomRole, 409, "ATLAS_CUSTOM_ROLE_IN_USE"),
        (Reason::InUse { by: S::CustomRole }, S::CustomRole, 409, "ATLAS_CUSTOM_ROLE_IN_USE"),
        (Reason::InUse { by: S::Processor }, S::Instance, 403, "STREAM_TENANT_HAS_STREAM_PROCESSORS"),
        (Reason::InUse { by: S::Processor }, S::Connection, 403, "STREAM_CONNECTION_HAS_STREAM_PROCESSORS"),
        (Reason::InUse { by: S::Connection }, S::PrivateLink, 409, "STREAM_PRIVATE_LINK_IN_USE"),
        (Reason::LimitReached, S::DatabaseUser, 409, "MAX_DATABASE_USERS_PER_GROUP_EXCEEDED"),
        (Reason::LimitReached, S::AccessListEntry, 409, "ATLAS_NETWORK_PERMISSION_ENTRY_LIMIT_EXCEEDED"),
        (Reason::Running, S::Processor, 409, "STREAM_PROCESSOR_RUNNING"),
        (Reason::WrongState, S::Processor, 409, "STREAM_PROCESSOR_INVALID_STATE"),
        (Reason::WrongState, S::PrivateLink, 409, "STREAM_PRIVATE_LINK_NOT_IDLE"),
        (Reason::WrongState, S::Peering, 409, "STREAM_VPC_PEERING_NOT_PENDING"),
        (Reason::BeingDeleted, S::Connection, 409, "STREAM_CONNECTION_IS_DELETING"),
        (Reason::BeingDeleted, S::PrivateLink, 409, "STREAM_PRIVATE_LINK_BEING_DELETED"),
        (Reason::BeingDeleted, S::Peering, 409, "STREAM_VPC_PEERING_BEING_DELETED"),
        (Reason::LastOne, S::Assignment, 400, "CANNOT_REMOVE_LAST_ROLE"),
        (Reason::LastOne, S::OrganizationOwner, 409, "CANNOT_REMOVE_LAST_ORG_OWNER"),
    ]
};

fn coded(reason: Reason, subject: Subject) -> (u16, &'static str) {
    match reason {
        Reason::NotPermitted => (403, "USER_UNAUTHORIZED"),
        Reason::Missing => (400, "MISSING_ATTRIBUTE"),
        Reason::Failed => (500, "UNEXPECTED_ERROR"),
        _ => {
            let row = CODES.iter().find(|(r, s, ..)| (*r, *s) == (reason, subject));
            row.map_or((500, "UNEXPECTED_ERROR"), |(_, _, status, code)| (*status, code))
        }
    }
}

impl From<Refusal> for ErrorReply {
    fn from(refusal: Refusal) -> Self {
        let (status, code) = coded(refusal.reason, refusal.subject);
        ErrorReply::new(status, code, refusal.detail)
    }
}

impl From<rusqlite::Error> for ErrorReply {
    fn from(error: rusqlite::Error) -> Self {
        Refusal::from(error).into()
    }
}

impl From<getrandom::Error> for ErrorReply {
    fn from(error: getrandom::Error) -> Self {
        Refusal::from(error).into()
    }
}

impl From<std::io::Error> for ErrorReply {
    fn from(error: std::io::Error) -> Self {
        Refusal::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::domain::tests::refusals;

    #[test]
    fn everything_that_the_domain_refuses_has_a_code() {
        let pairs = refusals();
        assert!(pairs.len() > 40, "{}", pairs.len());
        for (reason, subject) in &pairs {
            let by_reason = ["NotPermitted", "Missing", "Failed"].contains(&reason.as_str());
            let names = |(r, s, ..): &(Reason, Subject, u16, &str)| {
                format!("{r:?}").split(' ').next() == Some(reason) && format!("{s:?}") == *subject
            };
            assert!(by_reason || CODES.iter().any(names), "{reason} {subject}");
        }
        for (reason, subject, ..) in CODES {
            let name = format!("{reason:?}");
            let pair = (name.split(' ').next().unwrap().to_owned(), format!("{subject:?}"));
            assert!(pairs.contains(&pair), "nothing refuses {pair:?}");
        }
    }
}
