//! A database user's role, as it is typed and as the API takes it.

use std::str::FromStr;

use serde_json::{Value, json};

use crate::atlas::users::Role;
use crate::privileges::graph::GrantedRole;
use crate::privileges::permission::check_database;

/// A role on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleArg(pub Role);

impl FromStr for RoleArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, place) = text.split_once('@').unwrap_or((text, "admin"));
        let (database, collection) = match place.split_once('.') {
            Some((database, collection)) => (database, Some(collection.to_owned())),
            None => (place, None),
        };
        if name.is_empty() || database.is_empty() || collection.as_deref() == Some("") {
            return Err("expected ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION".to_owned());
        }
        check_database(database)?;
        Ok(RoleArg(Role {
            role_name: name.to_owned(),
            database_name: database.to_owned(),
            collection_name: collection,
        }))
    }
}

/// A role as the API takes it.
pub fn document(role: &Role) -> Value {
    let mut document = json!({"databaseName": role.database_name, "roleName": role.role_name});
    if let Some(collection) = &role.collection_name {
        document["collectionName"] = json!(collection);
    }
    document
}

/// A role as a user holds it.
pub fn held(role: &Role) -> GrantedRole {
    GrantedRole {
        role: role.role_name.clone(),
        database: role.database_name.clone(),
        collection: role.collection_name.clone().filter(|name| !name.is_empty()),
    }
}
