//! People: members of a project, and of an organisation.

use futures_util::Stream;
use http::Method;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

const PROJECT: &str = "/api/atlas/v2/groups/{groupId}/users";
const PROJECT_ONE: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}";
const ORG: &str = "/api/atlas/v2/orgs/{orgId}/users";
const ORG_ONE: &str = "/api/atlas/v2/orgs/{orgId}/users/{userId}";

const fn operation(
    id: &'static str,
    method: Method,
    path: &'static str,
    paging: Paging,
    what: &'static str,
) -> Operation {
    Operation { id, method, path, version: "2025-02-19", media: Media::Json, paging, what }
}

/// The members of a project.
pub static LIST: Operation = operation(
    "listGroupUsers",
    Method::GET,
    PROJECT,
    Paging::Counted(&["id"]),
    "list the members of project {groupId}",
);
/// One member of a project.
pub static GET: Operation =
    operation("getGroupUser", Method::GET, PROJECT_ONE, Paging::None, "read member {userId}");
/// Grants somebody roles in a project; a new person is invited. Answers 201.
pub static ADD: Operation =
    operation("addGroupUsers", Method::POST, PROJECT, Paging::None, "add a project member");
/// Removes somebody from a project; answers 204 without a body.
pub static REMOVE: Operation = operation(
    "removeGroupUser",
    Method::DELETE,
    PROJECT_ONE,
    Paging::None,
    "remove project member {userId}",
);
/// Grants a project member one role.
pub static ADD_ROLE: Operation = operation(
    "addGroupUserRole",
    Method::POST,
    "/api/atlas/v2/groups/{groupId}/users/{userId}:addRole",
    Paging::None,
    "grant project member {userId} a role",
);
/// Removes one role from a project member; the last one is refused.
pub static REMOVE_ROLE: Operation = operation(
    "removeGroupUserRole",
    Method::POST,
    "/api/atlas/v2/groups/{groupId}/users/{userId}:removeRole",
    Paging::None,
    "revoke a role from project member {userId}",
);
/// The members of an organisation.
pub static ORG_LIST: Operation = operation(
    "listOrgUsers",
    Method::GET,
    ORG,
    Paging::Counted(&["id"]),
    "list the members of organisation {orgId}",
);
/// One member of an organisation.
pub static ORG_GET: Operation =
    operation("getOrgUser", Method::GET, ORG_ONE, Paging::None, "read member {userId}");
/// Invites somebody to an organisation; answers 201.
pub static ORG_INVITE: Operation = operation(
    "createOrgUser",
    Method::POST,
    ORG,
    Paging::None,
    "invite someone to the organisation",
);
/// Sets the roles of a member of an organisation.
pub static ORG_UPDATE: Operation = operation(
    "updateOrgUser",
    Method::PATCH,
    ORG_ONE,
    Paging::None,
    "update organisation member {userId}",
);
/// Removes somebody from an organisation, and so from all its projects; answers 204.
pub static ORG_REMOVE: Operation = operation(
    "removeOrgUser",
    Method::DELETE,
    ORG_ONE,
    Paging::None,
    "remove organisation member {userId}",
);
/// Grants a member of an organisation one role.
pub static ORG_ADD_ROLE: Operation = operation(
    "addOrgUserRole",
    Method::POST,
    "/api/atlas/v2/orgs/{orgId}/users/{userId}:addRole",
    Paging::None,
    "grant organisation member {userId} a role",
);
/// Removes one role from a member of an organisation; the last one is refused.
pub static ORG_REMOVE_ROLE: Operation = operation(
    "removeOrgUserRole",
    Method::POST,
    "/api/atlas/v2/orgs/{orgId}/users/{userId}:removeRole",
    Paging::None,
    "revoke a role from organisation member {userId}",
);

/// A person, as a project or an organisation lists them. Somebody who has not accepted yet has
/// an invitation and no name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Member {
    /// The id, 24 hexadecimal digits.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// The e-mail address.
    #[serde(deserialize_with = "or_default")]
    pub username: String,
    /// `ACTIVE`, `PENDING`, `INVITATION_EXPIRED` or `INVITATION_REJECTED`.
    #[serde(deserialize_with = "or_default")]
    pub org_membership_status: String,
    /// The roles, in whichever shape the listing has them.
    pub roles: Roles,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// When the account was created, RFC 3339.
    pub created_at: Option<String>,
    /// When the person last logged in, RFC 3339.
    pub last_auth: Option<String>,
    /// When the invitation was sent, RFC 3339.
    pub invitation_created_at: Option<String>,
    /// When the invitation ends, RFC 3339.
    pub invitation_expires_at: Option<String>,
    /// Who invited.
    pub inviter_username: Option<String>,
    /// Teams, by id; only an organisation lists them.
    #[serde(deserialize_with = "or_default")]
    pub team_ids: Vec<String>,
}

/// The roles of a person: a project has a flat list of them, an organisation an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// API names of the roles in the project or organisation that was asked.
    pub own: Vec<String>,
    /// What an organisation says of its projects.
    pub projects: Vec<Assignment>,
}

/// Roles in one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Assignment {
    /// The project's id.
    #[serde(deserialize_with = "or_default")]
    pub group_id: String,
    /// API names of roles.
    #[serde(deserialize_with = "or_default")]
    pub group_roles: Vec<String>,
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Shape {
            Flat(Vec<String>),
            #[serde(rename_all = "camelCase")]
            Nested {
                #[serde(default, deserialize_with = "or_default")]
                org_roles: Vec<String>,
                #[serde(default, deserialize_with = "or_default")]
                group_role_assignments: Vec<Assignment>,
            },
        }
        Ok(match Option::<Shape>::deserialize(deserializer)? {
            None => Roles::default(),
            Some(Shape::Flat(own)) => Roles { own, projects: Vec::new() },
            Some(Shape::Nested { org_roles, group_role_assignments }) => {
                Roles { own: org_roles, projects: group_role_assignments }
            }
        })
    }
}

/// Whose members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// A project, by id.
    Project(String),
    /// An organisation, by id.
    Org(String),
}

impl Home {
    fn call(&self, in_project: &'static Operation, in_org: &'static Operation) -> Call {
        match self {
            Home::Project(id) => Call::new(in_project).path("groupId", id),
            Home::Org(id) => Call::new(in_org).path("orgId", id),
        }
    }

    /// The field that carries one role.
    fn role(&self, role: &str) -> Value {
        match self {
            Home::Project(_) => json!({ "groupRole": role }),
            Home::Org(_) => json!({ "orgRole": role }),
        }
    }

    /// Grants somebody roles; a new person is invited.
    pub fn invite_call(&self, email: &str, roles: &[String]) -> Call {
        let roles = match self {
            Home::Project(_) => json!(roles),
            Home::Org(_) => json!({ "orgRoles": roles }),
        };
        self.call(&ADD, &ORG_INVITE).body(json!({ "roles": roles, "username": email }))
    }

    /// Grants a member one more role.
    pub fn add_role_call(&self, user: &str, role: &str) -> Call {
        self.call(&ADD_ROLE, &ORG_ADD_ROLE).path("userId", user).body(self.role(role))
    }

    /// Removes one role from a member.
    pub fn remove_role_call(&self, user: &str, role: &str) -> Call {
        self.call(&REMOVE_ROLE, &ORG_REMOVE_ROLE).path("userId", user).body(self.role(role))
    }

    /// Removes a member.
    pub fn remove_call(&self, user: &str) -> Call {
        self.call(&REMOVE, &ORG_REMOVE).path("userId", user)
    }
}

/// Sets the organisation's roles of a member. The roles in projects are sent as they are: whether
/// a request without them would take them away is not documented.
pub fn update_call(org: &str, user: &str, roles: &[String], projects: &[Assignment]) -> Call {
    let assignment = |a: &Assignment| json!({ "groupId": a.group_id, "groupRoles": a.group_roles });
    let projects: Vec<Value> = projects.iter().map(assignment).collect();
    Call::new(&ORG_UPDATE)
        .path("orgId", org)
        .path("userId", user)
        .body(json!({ "roles": { "groupRoleAssignments": projects, "orgRoles": roles } }))
}

/// Invites somebody to an organisation again, to what they had: its roles, those in projects, teams.
pub fn reinvite_call(org: &str, email: &str, roles: &Roles, teams: &[String]) -> Call {
    let assignment = |a: &Assignment| json!({ "groupId": a.group_id, "groupRoles": a.group_roles });
    let projects: Vec<Value> = roles.projects.iter().map(assignment).collect();
    let roles = json!({ "groupRoleAssignments": projects, "orgRoles": roles.own });
    Call::new(&ORG_INVITE).path("orgId", org).body(match teams {
        [] => json!({ "roles": roles, "username": email }),
        teams => json!({ "roles": roles, "teamIds": teams, "username": email }),
    })
}

/// Which members of a project or organisation.
#[derive(Debug, Clone, Copy, Default)]
pub struct MemberFilter<'a> {
    /// In a project, also those who have access through the organisation or through a team.
    pub inherited: bool,
    /// Only the one with this e-mail address.
    pub email: Option<&'a str>,
}

impl Client {
    /// The members of a project or organisation; by default those with roles of their own.
    pub fn members(
        &self,
        home: &Home,
        wanted: MemberFilter<'_>,
    ) -> impl Stream<Item = Result<Row<Member>, ApiError>> + use<> {
        let mut call = home.call(&LIST, &ORG_LIST);
        if wanted.inherited && matches!(home, Home::Project(_)) {
            call = call.query("flattenTeams", true).query("includeOrgUsers", true);
        }
        if let Some(email) = wanted.email {
            call = call.query("username", email);
        }
        self.list(call)
    }

    /// One member, by id.
    pub async fn member(&self, home: &Home, user: &str) -> Result<Row<Member>, ApiError> {
        self.get(&home.call(&GET, &ORG_GET).path("userId", user)).await
    }
}
