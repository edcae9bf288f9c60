//! Custom roles of database users.

use serde_json::Value;

use crate::local::domain::custom_roles::{self as roles, RoleName};
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/customDBRoles/roles";
const ONE: &str = "/groups/{groupId}/customDBRoles/roles/{roleName}";
const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupCustomDbRoleRoles", "GET", ALL, DATE, list),
    Route::json("createGroupCustomDbRoleRole", "POST", ALL, DATE, create),
    Route::json("getGroupCustomDbRoleRole", "GET", ONE, DATE, get),
    Route::json("updateGroupCustomDbRoleRole", "PATCH", ONE, DATE, update),
    Route::json("deleteGroupCustomDbRoleRole", "DELETE", ONE, DATE, delete),
];

fn list(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(Value::Array(roles::list(&call.work, call.project())?)))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(roles::get(&call.work, named(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::json(202, roles::create(&call.work, call.project(), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(roles::update(&call.work, named(call), &call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    roles::delete(&call.work, named(call))?;
    Ok(Reply::no_content())
}

fn named<'a>(call: &Admitted<'a>) -> RoleName<'a> {
    RoleName { project: call.project(), name: call.param("roleName") }
}
