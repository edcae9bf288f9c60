//! People with roles in a project.

use serde_json::json;

use super::people;
use crate::local::domain::people::project::{self as members, IncludedMembers, Member};
use crate::local::http::paging;
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/users";
const ONE: &str = "/groups/{groupId}/users/{userId}";
const ROLES: &str = "/groups/{groupId}/users/{userId}/roles";
const ADD: &str = "/groups/{groupId}/users/{userId}:addRole";
const REMOVE: &str = "/groups/{groupId}/users/{userId}:removeRole";
const DATE: &str = "2025-02-19";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupUsers", "GET", ALL, people::ACCOUNTS, accounts),
    Route::json("listGroupUsers", "GET", ALL, DATE, list),
    Route::json("addGroupUsers", "POST", ALL, DATE, add),
    Route::json("getGroupUser", "GET", ONE, DATE, get),
    Route::json("removeGroupUser", "DELETE", ONE, people::ACCOUNTS, remove),
    Route::json("removeGroupUser", "DELETE", ONE, DATE, remove),
    Route::json("updateGroupUserRoles", "PUT", ROLES, "2023-01-01", set_roles),
    Route::json("addGroupUserRole", "POST", ADD, DATE, add_role),
    Route::json("removeGroupUserRole", "POST", REMOVE, DATE, remove_role),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let (filter, also) = (people::filter(call)?, also(call)?);
    paging::page(call, |part| members::list(&call.work, call.project(), &filter, also, part))
}

fn accounts(call: &Admitted<'_>) -> Outcome {
    let also = also(call)?;
    people::accounts(call, |filter, part| {
        members::list(&call.work, call.project(), filter, also, part)
    })
}

fn also(call: &Admitted<'_>) -> Result<IncludedMembers, ErrorReply> {
    Ok(IncludedMembers {
        teams: call.request.flag("flattenTeams")?,
        implicit: call.request.flag("includeOrgUsers")?,
    })
}

fn get(call: &Admitted<'_>) -> Outcome {
    people::filter(call)?;
    Ok(Reply::ok(members::get(&call.work, named(call))?))
}

fn add(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::json(201, members::add(&call.work, call.project(), &call.object()?)?))
}

fn remove(call: &Admitted<'_>) -> Outcome {
    members::remove(&call.work, named(call))?;
    Ok(Reply::no_content())
}

fn set_roles(call: &Admitted<'_>) -> Outcome {
    let roles = members::set_roles(&call.work, named(call), &call.object()?)?;
    Ok(Reply::ok(json!({ "groupRoles": roles, "links": [] })))
}

fn add_role(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(members::add_role(&call.work, named(call), &call.object()?)?))
}

fn remove_role(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(members::remove_role(&call.work, named(call), &call.object()?)?))
}

fn named<'a>(call: &Admitted<'a>) -> Member<'a> {
    Member { project: call.project(), id: call.param("userId") }
}
