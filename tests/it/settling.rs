//! What was changed a moment ago and is not seen everywhere yet: it is read again for a while, and a
//! change that was refused for it is sent again; a typo costs no wait.

use std::thread;
use std::time::Duration;

use bytes::Bytes;
use spctl::local::{Fault, FaultAction};

use crate::meanwhile::roles;
use crate::support::Lab;

const ROLES: &str = "listGroupCustomDbRoleRoles";
const GET_USER: &str = "getGroupDatabaseUser";
const UPDATE_USER: &str = "updateGroupDatabaseUser";

fn order(lab: &Lab, operation: &'static str, times: u32, action: FaultAction) {
    lab.faults.push(Fault { operation: Some(operation), times, action });
}

fn refusal(code: &str) -> FaultAction {
    FaultAction::Status { status: 400, error_code: Some(code.to_owned()), retry_after: None }
}

/// What a command that only reads was answered by this operation.
fn answered(lab: &Lab, line: &str, path: &str) -> Bytes {
    lab.requests();
    lab.typed(line).finish().exits(0);
    let exchanges = lab.exchanges();
    let one = exchanges.iter().find(|exchange| exchange.target.contains(path));
    Bytes::from(one.expect("it was asked").response_body.clone())
}

fn sent(lab: &Lab, method: &str) -> usize {
    lab.requests().iter().filter(|request| request.starts_with(method)).count()
}

#[test]
fn a_listing_that_lags_does_not_hide_a_new_role() {
    let lab = Lab::faulty();
    let earlier = answered(&lab, "roles list --custom -q", "customDBRoles");
    lab.typed("roles create fresh --action startStreamProcessor --yes").finish().exits(0);
    for (times, line) in [
        (2, "users grant bob --role fresh --yes"),
        (1, "users create zoe --role fresh --generate-password --yes"),
        (1, "users grant frank --role fresh --action FIND@shop.orders --yes"),
        (2, "connections execute-as shop fresh --instance orders --yes"),
        (1, "roles create above --inherit fresh --yes"),
        (2, "roles update fresh --add-action stopStreamProcessor --yes"),
        (1, "roles clone fresh copied --yes"),
    ] {
        order(&lab, ROLES, times, FaultAction::Body(earlier.clone()));
        lab.requests();
        lab.typed(line).finish().exits(0);
        let asked = lab.requests();
        let by_name = |request: &&String| request.ends_with("customDBRoles/roles/fresh");
        assert!(asked.iter().filter(by_name).count() <= 3, "{line}: {asked:?}");
        // What a command did not ask for is not left for the next.
        while !lab.typed("roles list --custom -q").finish().out().contains("fresh") {}
    }
    assert!(roles(&lab, "bob").contains(&"fresh@admin".to_owned()));
}

#[test]
fn a_typo_costs_no_wait() {
    let lab = Lab::faulty();
    lab.requests();
    let typo = lab.typed("users grant bob --role streamOperatr --yes").finish().exits(5);
    assert!(typo.err().contains("streamOperator"), "{}", typo.shown());
    let asked = lab.requests();
    let about_roles = asked.iter().filter(|request| request.contains("customDBRoles"));
    assert_eq!(about_roles.count(), 2, "the listing, and the name once: {asked:?}");
    lab.typed("connections execute-as shop streamOperatr --instance orders --yes")
        .finish()
        .exits(5);
    lab.typed("roles update streamOperatr --add-action dropStreamProcessor --yes")
        .finish()
        .exits(5);
}

#[test]
fn a_role_that_is_refused_as_missing_is_sent_again_until_it_is_known() {
    let lab = Lab::faulty();
    lab.typed("roles create fresh --action startStreamProcessor --yes").finish().exits(0);
    lab.requests();
    // 0.25 s, and 0.5 s more.
    order(&lab, UPDATE_USER, 2, refusal("UNSUPPORTED_ROLE"));
    let told = lab.typed("users grant bob --role fresh --yes").finish().exits(0);
    assert!(told.err().contains("may not be known everywhere yet"), "{}", told.shown());
    assert_eq!(told.err().matches("reading again").count(), 1, "{}", told.shown());
    assert!(roles(&lab, "bob").contains(&"fresh@admin".to_owned()));
    let requests = lab.requests();
    let patches = requests.iter().filter(|request| request.starts_with("PATCH ")).count();
    assert_eq!(patches, 3, "{requests:?}");
    let last = requests.iter().rposition(|request| request.starts_with("PATCH ")).unwrap();
    assert!(requests[last - 1].starts_with("GET "), "read again before it: {requests:?}");

    order(&lab, "createGroupDatabaseUser", 1, refusal("ATLAS_CUSTOM_ROLE_NOT_FOUND"));
    let line = "users create zoe --role fresh --generate-password --yes";
    let created = lab.typed(line).finish().exits(0);
    assert!(created.out().len() > 20, "{}", created.shown());
    order(&lab, "updateGroupStreamConnection", 1, refusal("STREAM_CONNECTION_INVALID_DB_ROLE"));
    lab.typed("connections execute-as shop fresh --instance orders --yes").finish().exits(0);
}

#[test]
fn a_role_that_is_let_go_of_can_be_deleted() {
    let lab = Lab::faulty();
    lab.typed("roles create fresh --action startStreamProcessor --yes").finish().exits(0);
    lab.requests();
    let in_use = |times| {
        let error_code = Some("ATLAS_CUSTOM_ROLE_IN_USE".to_owned());
        let action = FaultAction::Status { status: 409, error_code, retry_after: None };
        order(&lab, "deleteGroupCustomDbRoleRole", times, action);
    };
    in_use(2);
    lab.typed("roles delete fresh --yes").finish().exits(0);
    assert_eq!(sent(&lab, "DELETE "), 3);
    assert!(!lab.typed("roles list --custom -q").finish().exits(0).out().contains("fresh"));
}

#[test]
fn while_a_role_is_not_known_one_change_of_a_batch_tries() {
    let lab = Lab::faulty();
    lab.requests();
    order(&lab, UPDATE_USER, 4, refusal("UNSUPPORTED_ROLE"));
    let line = "users grant alice bob frank --role streamViewer --yes";
    lab.typed(line).finish().exits(0);
    // Three at first, one that is refused again, and one that is not; then the others.
    assert_eq!(sent(&lab, "PATCH "), 3 + 2 + 2);
    for user in ["alice", "bob", "frank"] {
        assert!(roles(&lab, user).contains(&"streamViewer@admin".to_owned()), "{user}");
    }
}

#[test]
fn what_is_refused_for_something_else_is_sent_once() {
    let lab = Lab::faulty();
    for code in ["UNEXPECTED_ERROR", "INVALID_ATTRIBUTE"] {
        lab.requests();
        order(&lab, UPDATE_USER, 1, refusal(code));
        lab.typed("users grant bob --role read@z --yes").finish().exits(1);
        assert_eq!(sent(&lab, "PATCH "), 1, "{code}");
    }
    // Nor what was sent as it is.
    order(&lab, UPDATE_USER, 1, refusal("UNSUPPORTED_ROLE"));
    let line = "api PATCH groups/{project}/databaseUsers/admin/bob --input - --yes";
    lab.typed(line).stdin("{\"description\": \"A\"}").finish().exits(1);
    assert_eq!(sent(&lab, "PATCH "), 1);
}

#[test]
fn an_old_state_that_is_read_back_is_read_again() {
    let lab = Lab::faulty();
    let earlier = answered(&lab, "users get bob -q", "databaseUsers/admin/bob");
    // The look-up in two databases, the look before the sending, and then it is read back.
    order(&lab, GET_USER, 3, FaultAction::Delay(Duration::ZERO));
    order(&lab, GET_USER, 2, FaultAction::Body(earlier.clone()));
    lab.typed("users grant bob --role read@z --yes").finish().exits(0);
    assert_eq!(sent(&lab, "PATCH "), 1);
    // After several edits in a row, what is read back may be older than what was changed.
    order(&lab, GET_USER, 3, FaultAction::Delay(Duration::ZERO));
    order(&lab, GET_USER, 1, FaultAction::Body(earlier));
    lab.typed("users grant bob --role read@y --yes").finish().exits(0);
    assert_eq!(sent(&lab, "PATCH "), 1);
    assert_eq!(roles(&lab, "bob").iter().filter(|role| role.starts_with("read@")).count(), 2);

    let earlier = answered(&lab, "roles list --custom -q", "customDBRoles");
    order(&lab, ROLES, 1, FaultAction::Delay(Duration::ZERO));
    order(&lab, ROLES, 2, FaultAction::Body(earlier));
    lab.typed("roles create fresh --action startStreamProcessor --yes").finish().exits(0);
    assert_eq!(sent(&lab, "POST "), 1);
}

#[test]
fn what_does_not_settle_fails_within_a_while_as_the_server_says() {
    thread::scope(|scope| {
        scope.spawn(|| {
            let lab = Lab::faulty();
            lab.requests();
            order(&lab, UPDATE_USER, 99, refusal("UNSUPPORTED_ROLE"));
            let told = lab.typed("users grant bob --role streamViewer --yes").finish().exits(1);
            assert!(told.err().contains("UNSUPPORTED_ROLE"), "{}", told.shown());
            let patches = sent(&lab, "PATCH ");
            assert!((4..=8).contains(&patches), "it was sent {patches} times");
        });
        scope.spawn(|| {
            let lab = Lab::faulty();
            let earlier = answered(&lab, "users get bob -q", "databaseUsers/admin/bob");
            order(&lab, GET_USER, 3, FaultAction::Delay(Duration::ZERO));
            order(&lab, GET_USER, 99, FaultAction::Body(earlier));
            let told = lab.typed("users grant bob --role read@z --yes").finish().exits(1);
            let why = "accepted, but reading it back does not show the change";
            assert!(told.err().contains(why), "{}", told.shown());
            assert_eq!(sent(&lab, "PATCH "), 1);
        });
    });
}
