//! Database users. Their passwords are none of a policy's business: a new one gets a random password
//! that nobody learns.

use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::super::phase::Phase;
use super::{Subject, line, text, texts};
use crate::atlas::users::{self, User};
use crate::change::{Change, Expect, Fact};
use crate::commands::users::{has_password, random_password};
use crate::error::{Error, Kind, Result};
use crate::privileges::scopes::{Scope, ScopeKind};

/// How a user authenticates, which cannot be changed.
const FIXED: [(&str, &str); 4] = [
    ("awsIAMType", "IAM"),
    ("ldapAuthType", "LDAP"),
    ("oidcAuthType", "OIDC"),
    ("x509Type", "X.509"),
];

/// What can be changed, each with what says that there is none.
fn changeable() -> [(&'static str, &'static str, Value); 5] {
    [
        ("roles", "roles", json!([])),
        ("scopes", "scopes", json!([])),
        ("labels", "labels", json!([])),
        ("description", "description", json!("")),
        ("deleteAfterDate", "expires", Value::Null),
    ]
}

impl Subject<'_> {
    pub(super) fn create_user(&self, wanted: &Value) -> Result<(Phase, Change)> {
        let user = view(wanted)?;
        let mut expect: Map<String, Value> = wanted.as_object().cloned().unwrap_or_default();
        expect.remove("groupId");
        let mut body = expect.clone();
        body.insert("groupId".to_owned(), json!(self.project));
        let mut facts = vec![
            Fact::means("roles", told("roles", wanted)),
            Fact::means("scopes", scopes(wanted)),
        ];
        if has_password(&user) {
            let password = random_password()?;
            body.insert("password".to_owned(), json!(password.expose_secret()));
            facts.push(Fact::new("password", "a random one that nobody learns"));
        }
        let call = users::create_call(self.project, Value::Object(body));
        let expect = Expect::Has(Value::Object(expect));
        let change = Change::new(self.key.object(self.project), call, expect).facts(facts);
        Ok((Phase::CreateUsers, change))
    }

    pub(super) fn delete_user(&self, live: &Value) -> (Phase, Change) {
        let (database, name) = (text(live, "databaseName"), text(live, "username"));
        let call = users::delete_call(self.project, &database, &name);
        let change = Change::new(self.key.object(self.project), call, Expect::Gone);
        let facts =
            [Fact::means("roles", told("roles", live)), Fact::means("scopes", scopes(live))];
        (Phase::DeleteUsers, change.facts(facts))
    }

    pub(super) fn update_user(&self, said: &Value, wanted: &Value) -> Result<Vec<(Phase, Change)>> {
        if let Some((_, what)) = FIXED.iter().find(|(key, _)| said[*key] != wanted[*key]) {
            let why = format!("database user {} cannot change how it authenticates", self.key.name);
            return Err(Error::new(Kind::Conflict, why).hint(format!(
                "it differs in {what}: delete it first, so that it is created anew"
            )));
        }
        let (mut fields, mut facts) = (Map::new(), Vec::new());
        for (key, label, nothing) in changeable() {
            if said[key] == wanted[key] {
                continue;
            }
            let after = if wanted[key].is_null() { nothing } else { wanted[key].clone() };
            facts.extend(match key {
                "scopes" => line(label, &scopes(said), &scopes(wanted)),
                _ => line(label, &told(key, said), &told(key, wanted)),
            });
            fields.insert(key.to_owned(), after);
        }
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let phase = match only_loses(said, wanted) {
            true => Phase::RestrictUsers,
            false => Phase::ChangeUsers,
        };
        let (database, name) = (text(said, "databaseName"), text(said, "username"));
        let fields = Value::Object(fields);
        let call = users::update_call(self.project, &database, &name, fields.clone());
        let change = Change::new(self.key.object(self.project), call, Expect::Has(fields));
        Ok(vec![(phase, self.was(change).facts(facts))])
    }
}

fn view(document: &Value) -> Result<User> {
    serde_json::from_value(document.clone())
        .map_err(|e| Error::usage("a database user of the policy is not understood").source(e))
}

/// Whether a user has nothing afterwards that it did not have before.
fn only_loses(said: &Value, wanted: &Value) -> bool {
    let all = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let within = |key: &str| all(wanted, key).iter().all(|one| all(said, key).contains(one));
    let fewer_scopes = match (all(said, "scopes").is_empty(), all(wanted, "scopes").is_empty()) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => within("scopes"),
    };
    let ends = |value: &Value| -> Option<jiff::Timestamp> {
        value["deleteAfterDate"].as_str().and_then(|date| date.parse().ok())
    };
    let sooner = match (ends(said), ends(wanted)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(before), Some(after)) => after <= before,
    };
    within("roles") && fewer_scopes && sooner
}

fn scopes(document: &Value) -> String {
    match told("scopes", document) {
        none if none.is_empty() => "unrestricted".to_owned(),
        some => some,
    }
}

/// A field in words.
fn told(key: &str, document: &Value) -> String {
    let value = &document[key];
    match key {
        "roles" => texts(value, |role| {
            let collection = text(role, "collectionName");
            let on = format!("{}@{}", text(role, "roleName"), text(role, "databaseName"));
            if collection.is_empty() { on } else { format!("{on}.{collection}") }
        }),
        "scopes" => texts(value, |scope| {
            let kind = ScopeKind::from_api(&text(scope, "type"));
            Scope::new(kind, text(scope, "name")).to_string()
        }),
        "labels" => {
            texts(value, |label| format!("{}={}", text(label, "key"), text(label, "value")))
        }
        _ => value.as_str().unwrap_or_default().to_owned(),
    }
}
