//! Connections: a policy creates those that are missing and need no secret, and owns the roles that
//! they execute as.

use serde_json::{Value, json};

use super::super::phase::Phase;
use super::{Subject, line, text};
use crate::atlas::connections;
use crate::change::{Change, Expect, Fact};
use crate::error::{Error, Kind, Result};
use crate::policy;

const EXECUTES_AS: &str = "dbRoleToExecute";

impl Subject<'_> {
    /// The instance and the connection's own name.
    fn names(&self) -> (&str, &str) {
        self.key.name.split_once('/').unwrap_or(("", &self.key.name))
    }

    pub(super) fn create_connection(&self, wanted: &Value) -> Result<(Phase, Change)> {
        let secrets = policy::references(wanted);
        if let Some((_, reference)) = secrets.first() {
            let why = format!("connection {} needs a secret: {reference}", self.key.name);
            return Err(Error::new(Kind::Conflict, why)
                .hint("spctl connections create makes it, and is given the secret"));
        }
        let (instance, name) = self.names();
        let call = connections::create_call(self.project, instance, wanted.clone());
        let expect = Expect::Has(json!({ "name": name, "type": wanted["type"] }));
        let facts = [Fact::new("type", text(wanted, "type"))].into_iter().chain(role(wanted));
        let change = Change::new(self.key.object(self.project), call, expect).facts(facts);
        Ok((Phase::CreateConnections, change))
    }

    pub(super) fn delete_connection(&self, live: &Value) -> (Phase, Change) {
        let (instance, name) = self.names();
        let call = connections::delete_call(self.project, instance, name);
        let object = self.key.object(self.project);
        let change = Change::new(object, call, Expect::Going).facts(role(live));
        (Phase::DeleteConnections, change)
    }

    pub(super) fn update_connection(&self, said: &Value, wanted: &Value) -> Vec<(Phase, Change)> {
        let named = |document: &Value| text(&document[EXECUTES_AS], "role");
        let is_asked = wanted[EXECUTES_AS].is_object() && said[EXECUTES_AS] != wanted[EXECUTES_AS];
        if !is_asked {
            return Vec::new();
        }
        let (instance, name) = self.names();
        let after = json!({ EXECUTES_AS: wanted[EXECUTES_AS] });
        let mut body = after.clone();
        body["type"] = said["type"].clone();
        let call = connections::update_call(self.project, instance, name, body);
        let change = Change::new(self.key.object(self.project), call, Expect::Has(after));
        let facts = line("executes as", &named(said), &named(wanted));
        vec![(Phase::ChangeConnections, self.was(change).facts(facts))]
    }
}

fn role(document: &Value) -> Option<Fact> {
    let role = text(&document[EXECUTES_AS], "role");
    (!role.is_empty()).then(|| Fact::means("executes as", role))
}
