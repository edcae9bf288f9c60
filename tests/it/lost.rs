//! Answers to a change that are lost, or come from somebody who does not know: reading back decides,
//! and what it cannot decide is said.

use std::fs;
use std::time::Duration;

use spctl::local::{Fault, FaultAction};

use crate::support::Lab;

const CREATE: &str = "createGroupDatabaseUser";
const UPDATE: &str = "updateGroupDatabaseUser";
const DELETE: &str = "deleteGroupDatabaseUser";
const GET: &str = "getGroupDatabaseUser";

fn order(lab: &Lab, operation: &'static str, times: u32, action: FaultAction) {
    lab.faults.push(Fault { operation: Some(operation), times, action });
}

fn names(lab: &Lab) -> String {
    lab.typed("users list -q").finish().exits(0).out()
}

#[test]
fn what_a_gateway_says_of_a_change_is_not_the_last_word() {
    let lab = Lab::faulty();
    for status in [500, 502, 504, 404] {
        order(&lab, UPDATE, 1, FaultAction::Gateway(status));
        let line = format!("users update bob --description a{status} --yes");
        let told = lab.typed(&line).finish().exits(0);
        assert!(told.err().contains("reading it back shows that it was done"), "{}", told.shown());
    }
    order(&lab, CREATE, 1, FaultAction::Gateway(504));
    let args = "users create zoe --role streamViewer --generate-password --yes";
    let created = lab.typed(args).finish().exits(0);
    assert!(created.out().len() > 20, "{}", created.shown());
    order(&lab, DELETE, 1, FaultAction::Gateway(502));
    lab.typed("users delete zoe --yes").finish().exits(0);
    assert!(!names(&lab).contains("zoe"));
    assert_eq!(lab.requests().iter().filter(|r| r.starts_with("PATCH ")).count(), 4);
}

#[test]
fn what_is_not_there_after_a_lost_answer_may_still_come() {
    let lab = Lab::faulty();
    order(
        &lab,
        UPDATE,
        1,
        FaultAction::Status { status: 504, error_code: None, retry_after: None },
    );
    let told = lab.typed("users update bob --description A --yes").finish().exits(7);
    assert!(told.err().contains("reading it back does not show the change"), "{}", told.shown());
}

#[test]
fn what_cannot_be_read_back_is_said_to_be_unknown() {
    let lab = Lab::faulty();
    order(&lab, DELETE, 1, FaultAction::Gateway(504));
    let refused = FaultAction::Status { status: 403, error_code: None, retry_after: None };
    // The first requests are those of the look-up, and of the look right before the sending.
    order(&lab, GET, 3, FaultAction::Delay(Duration::ZERO));
    order(&lab, GET, 9, refused);
    let told = lab.typed("users delete bob --yes").finish().exits(7);
    assert!(told.err().contains("it is unknown whether it was applied"), "{}", told.shown());
    order(&lab, CREATE, 1, FaultAction::Gateway(504));
    let line = "api POST groups/{project}/databaseUsers --input - --yes";
    let body =
        r#"{"username": "x", "databaseName": "admin", "password": "long enough", "roles": []}"#;
    let told = lab.typed(line).stdin(body).finish().exits(7);
    assert!(told.err().contains("it is unknown whether it was applied"), "{}", told.shown());
}

#[test]
fn a_generated_password_is_not_lost_with_the_answer() {
    let lab = Lab::faulty();
    order(&lab, UPDATE, 1, FaultAction::Gateway(504));
    let line = "users update bob --generate-password --password-file p --yes";
    let told = lab.typed(line).finish().exits(7);
    assert!(told.err().contains("whether bob has this password"), "{}", told.shown());
    let kept = fs::read_to_string(lab.file("p")).unwrap();
    assert_eq!(kept.trim().len(), 32);
    let sent = lab.exchanges();
    let sent = sent.iter().find(|exchange| exchange.method == "PATCH").unwrap();
    assert!(String::from_utf8_lossy(&sent.request_body).contains(kept.trim()));
}

#[test]
fn a_lock_of_unknown_outcome_is_not_passed_over_by_the_unlock() {
    let lab = Lab::faulty();
    order(&lab, UPDATE, 1, FaultAction::Gateway(504));
    lab.typed("users lock bob --record r --yes").finish().exits(7);
    lab.requests();
    let unlock = "users unlock --from r --generate-password --yes";
    let told = lab.typed(unlock).finish().exits(6);
    assert!(told.err().contains("--again"), "{}", told.shown());
    assert!(told.stdout.is_empty(), "{}", told.shown());
    assert!(lab.requests().iter().all(|request| request.starts_with("GET ")));
    let again = lab.typed(&format!("{unlock} --again")).finish().exits(0);
    assert!(again.out().len() > 20, "{}", again.shown());
}

#[test]
fn a_page_of_a_proxy_is_no_object_that_is_missing() {
    let lab = Lab::faulty();
    order(&lab, "listGroupStreamConnections", 1, FaultAction::Gateway(404));
    let told = lab.typed("connections list --instance orders").finish().exits(1);
    assert!(told.err().contains("web page"), "{}", told.shown());
    order(&lab, "getGroupDatabaseUser", 1, FaultAction::MalformedJson);
    let cut = lab.typed("api GET groups/{project}/databaseUsers/admin/bob").finish().exits(1);
    assert!(cut.stdout.is_empty(), "{}", cut.shown());
}
