//! A person, and all that is theirs.

use serde_json::Value;

use super::made::{self, Feed};
use super::secret::{secret, undoing};
use super::{Person, Relation, Sign, Trace};
use crate::atlas::members::{Assignment, Member};
use crate::audit::detect::name_in_log;
use crate::commands::audit::Traces;
use crate::commands::members::role::display;
use crate::commands::members::{all_projects, home, view};
use crate::commands::user_names::{UserNames, split};
use crate::commands::{processors, users};
use crate::context::Context;
use crate::policy::Policy;
use crate::privileges::project::{DatabaseUser, Project};
use crate::shell::quote;
use crate::times::rfc3339;

/// A person, and all that is theirs.
pub struct Footprint {
    /// Who.
    pub person: Person,
    /// Whether the project or its organisation has them.
    pub is_known: bool,
    /// What is theirs.
    pub traces: Vec<Trace>,
    /// The full names of the database users that are certainly theirs, each with why.
    pub users: Vec<(String, String)>,
    /// All that are or may be theirs: as listings call them, and as logs do.
    pub(super) logged: Vec<(String, String)>,
}

/// Who it is, what they hold, and which database users are or may be theirs.
pub(super) fn begin(policy: &Policy, project: &Project, org: &[Member], name: &str) -> Footprint {
    let document = policy.each("members").iter().find(|one| {
        let is = |key: &str| one[key].as_str().is_some_and(|text| text.eq_ignore_ascii_case(name));
        is("username") || is("id")
    });
    let in_project: Option<Member> =
        document.and_then(|one| serde_json::from_value(one.clone()).ok());
    let in_org = org.iter().find(|member| home::is_called(member, name));
    let member = in_org.or(in_project.as_ref());
    let person = match member {
        None => Person::of(name),
        Some(member) => Person {
            address: member.username.clone(),
            id: Some(member.id.clone()).filter(|id| !id.is_empty()),
            name: view::person(member),
        },
    };
    let mut footprint = Footprint {
        is_known: member.is_some(),
        traces: Vec::new(),
        users: Vec::new(),
        logged: Vec::new(),
        person,
    };
    footprint.holds(policy, document, in_org, member);
    footprint.database_users(project);
    footprint
}

impl Footprint {
    fn add(
        &mut self,
        relation: Relation,
        kind: &str,
        name: &str,
        why: impl Into<String>,
    ) -> &mut Trace {
        self.traces.push(Trace {
            person: Some(self.person.address.clone()),
            relation,
            kind: kind.to_owned(),
            name: name.to_owned(),
            why: why.into(),
            at: None,
            remedy: None,
        });
        let last = self.traces.len() - 1;
        &mut self.traces[last]
    }

    fn holds(
        &mut self,
        policy: &Policy,
        document: Option<&Value>,
        in_org: Option<&Member>,
        member: Option<&Member>,
    ) {
        let roles = |document: &Value, key: &str| -> Vec<String> {
            let all = document[key].as_array().into_iter().flatten();
            all.filter_map(|role| role.as_str().map(display)).collect()
        };
        let project = &policy.project.name;
        if let Some(document) = document {
            for role in roles(document, "roles") {
                self.add(Relation::Holds, "project role", &role, format!("in project {project}"));
            }
            for role in roles(document, "inheritedRoles") {
                let why = format!("in project {project}, through a team");
                self.add(Relation::Holds, "project role", &role, why);
            }
        }
        match (in_org, document) {
            (Some(member), _) => {
                for role in &member.roles.own {
                    let role = display(role);
                    self.add(Relation::Holds, "organisation role", &role, "in the organisation");
                }
                let is_other = |one: &&Assignment| one.group_id != policy.project.id;
                for other in member.roles.projects.iter().filter(is_other) {
                    for role in &other.group_roles {
                        let why = format!("in project {}", other.group_id);
                        self.add(Relation::Holds, "project role", &display(role), why);
                    }
                }
                for team in &member.team_ids {
                    self.add(Relation::Holds, "team", team, "with the roles that it has");
                }
            }
            (None, Some(document)) => {
                for role in roles(document, "orgRoles") {
                    self.add(Relation::Holds, "organisation role", &role, "in the organisation");
                }
            }
            (None, None) => {}
        }
        if let Some(member) = member.filter(|member| view::is_pending(member)) {
            let by = member.inviter_username.as_deref().unwrap_or("somebody");
            let until = member.invitation_expires_at.clone();
            self.add(Relation::Holds, "invitation", &member.username, format!("sent by {by}")).at =
                until;
        }
    }

    fn database_users(&mut self, project: &Project) {
        let names = UserNames::among_names(project.users.iter().map(|user| user.name.as_str()));
        let signs: Vec<(&DatabaseUser, Sign)> =
            project.users.iter().filter_map(|user| Some((user, self.person.sign(user)?))).collect();
        for (user, sign) in signs {
            let called = names.called(&user.name, &user.database);
            let full = format!("{}@{}", user.name, user.database);
            self.logged.push((called.clone(), logged(&full)));
            match sign {
                Sign::Certain(why) => {
                    self.users.push((full, why.clone()));
                    self.add(Relation::Uses, users::NOUN, &called, why).remedy =
                        Some(format!("spctl users lock {}", quote(&called)));
                }
                Sign::Likely(why) => {
                    self.add(Relation::MayUse, users::NOUN, &called, why).remedy =
                        Some(format!("spctl users lock {}", quote(&called)));
                }
            }
        }
    }

    /// What stays with them who are removed from a project: all that is not a role of their own in it.
    pub fn kept(&self, project: &str) -> impl Iterator<Item = &Trace> {
        let own = format!("in project {project}");
        let holds = self.traces.iter().filter(|trace| trace.relation == Relation::Holds);
        holds.filter(move |trace| trace.why != own)
    }

    /// Adds what they made, and what they may know.
    pub(super) fn complete(
        &mut self,
        context: &Context,
        policy: &Policy,
        project: &Project,
        feed: &Feed,
        traces: Option<&Traces>,
    ) {
        let own: Vec<String> = self.users.iter().map(|(full, _)| short(full).to_owned()).collect();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let mut made: Vec<(&'static str, String)> = Vec::new();
        for did in feed.by(&self.person, &own) {
            let is_own = did.noun == users::NOUN && own.contains(&did.name.as_str());
            let standing = made::stands(policy, did.noun, &did.name);
            if is_own || standing == Some(false) {
                continue;
            }
            let unsure = if standing.is_none() { "; whether it stands cannot be seen" } else { "" };
            if did.is_creation {
                made.push((did.noun, did.name.clone()));
                let why = format!("they created it{unsure}");
                let trace = self.add(Relation::Made, did.noun, &did.name, why);
                trace.at.clone_from(&did.at);
                trace.remedy = undoing(did);
            }
        }
        self.made_inside(traces, policy, &mut made);
        self.invited(policy);
        for did in feed.by(&self.person, &own) {
            let is_own = did.noun == users::NOUN && own.contains(&did.name.as_str());
            let is_told = self.traces.iter().any(|trace| {
                trace.relation == Relation::MayKnow
                    && trace.kind == did.noun
                    && trace.name == did.name
            });
            if is_own || is_told || made::stands(policy, did.noun, &did.name) == Some(false) {
                continue;
            }
            let Some((secret, remedy)) = secret(policy, project, did) else { continue };
            let verb = if did.is_creation { "created" } else { "changed" };
            let trace = self.add(
                Relation::MayKnow,
                did.noun,
                &did.name,
                format!("{secret}: they {verb} it"),
            );
            trace.at.clone_from(&did.at);
            trace.remedy = remedy;
        }
        for trace in &mut self.traces {
            trace.remedy = trace.remedy.take().map(|line| context.ui.pasteable(&line));
        }
    }

    /// What the audit logs tell.
    fn made_inside(
        &mut self,
        traces: Option<&Traces>,
        policy: &Policy,
        made: &mut Vec<(&'static str, String)>,
    ) {
        let Some(traces) = traces else { return };
        for trace in self.traces.iter_mut().filter(|trace| trace.kind == users::NOUN) {
            let named = self.logged.iter().find(|(called, _)| *called == trace.name);
            if let Some(last) = named.and_then(|(_, logged)| traces.last.get(logged)) {
                trace.why += &format!("; last acted on a processor {}", rfc3339(*last));
            }
        }
        let own: Vec<String> = self.users.iter().map(|(full, _)| logged(full)).collect();
        for created in traces.created.iter().filter(|one| own.contains(&one.by)) {
            let key = (processors::NOUN, created.name());
            let stands = made::stands(policy, processors::NOUN, &key.1);
            if stands == Some(false) || made.contains(&key) {
                continue;
            }
            let why = format!("their database user {} created it", short_of_log(&created.by));
            self.add(Relation::Made, processors::NOUN, &key.1, why).at = created.at.map(rfc3339);
            made.push(key);
        }
    }

    /// Whom they invited, and who has not come yet.
    fn invited(&mut self, policy: &Policy) {
        for member in policy.each("members") {
            let text = |key: &str| member[key].as_str().unwrap_or_default();
            if text("orgMembershipStatus") == "PENDING" && self.person.is(text("inviterUsername")) {
                let name = text("username").to_owned();
                let until = member["invitationExpiresAt"].as_str().map(str::to_owned);
                let trace = self.add(Relation::Made, "invitation", &name, "they invited them");
                trace.at = until;
                trace.remedy = Some(format!("spctl members remove {}", quote(&name)));
            }
        }
    }

    pub(super) fn name_projects(&mut self, projects: &all_projects::Names) {
        for trace in &mut self.traces {
            let id = trace.why.strip_prefix("in project ").unwrap_or_default();
            if let Some(name) = projects.get(id) {
                trace.why = format!("in project {name}");
            }
        }
    }
}

/// A user's name without its database.
fn short(full: &str) -> &str {
    split(full).0
}

/// A user as logs name it.
fn logged(full: &str) -> String {
    let (name, database) = split(full);
    name_in_log(database.unwrap_or("admin"), name)
}

fn short_of_log(user: &str) -> &str {
    user.split_once('.').map_or(user, |(_, name)| name)
}
