//! People with roles in an organisation.

use serde_json::json;

use super::people;
use crate::local::domain::people::organization::{self as members, Member};
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/orgs/{orgId}/users";
const ONE: &str = "/orgs/{orgId}/users/{userId}";
const ROLES: &str = "/orgs/{orgId}/users/{userId}/roles";
const ADD: &str = "/orgs/{orgId}/users/{userId}:addRole";
const REMOVE: &str = "/orgs/{orgId}/users/{userId}:removeRole";
const DATE: &str = "2025-02-19";

pub const ROUTES: &[Route] = &[
    Route::json("listOrgUsers", "GET", ALL, people::ACCOUNTS, accounts),
    Route::json("listOrgUsers", "GET", ALL, DATE, list),
    Route::json("createOrgUser", "POST", ALL, DATE, create),
    Route::json("getOrgUser", "GET", ONE, DATE, get),
    Route::json("updateOrgUser", "PATCH", ONE, DATE, update),
    Route::json("removeOrgUser", "DELETE", ONE, people::ACCOUNTS, remove),
    Route::json("removeOrgUser", "DELETE", ONE, DATE, remove),
    Route::json("updateOrgUserRoles", "PUT", ROLES, "2023-01-01", set_roles),
    Route::json("addOrgUserRole", "POST", ADD, DATE, add_role),
    Route::json("removeOrgUserRole", "POST", REMOVE, DATE, remove_role),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let filter = people::filter(call)?;
    paging::page(call, |part| members::list(&call.work, call.param("orgId"), &filter, part))
}

fn accounts(call: &Admitted<'_>) -> Outcome {
    let org = call.param("orgId");
    people::accounts(call, |filter, part| members::list(&call.work, org, filter, part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    people::filter(call)?;
    Ok(Reply::ok(members::get(&call.work, named(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::json(201, members::invite(&call.work, call.param("orgId"), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(members::update(&call.work, named(call), &call.object()?)?))
}

fn remove(call: &Admitted<'_>) -> Outcome {
    members::remove(&call.work, named(call))?;
    Ok(Reply::no_content())
}

fn set_roles(call: &Admitted<'_>) -> Outcome {
    let roles = members::set_roles(&call.work, named(call), &call.object()?)?;
    Ok(Reply::ok(json!({ "links": [], "orgRoles": roles })))
}

fn add_role(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(members::add_role(&call.work, named(call), &call.object()?)?))
}

fn remove_role(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(members::remove_role(&call.work, named(call), &call.object()?)?))
}

fn named<'a>(call: &Admitted<'a>) -> Member<'a> {
    Member { org: call.param("orgId"), id: call.param("userId") }
}
