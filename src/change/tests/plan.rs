//! A plan of several nouns and projects: objects that share a name stay apart in all that is made of it.

use serde_json::value::RawValue;

use super::*;
use crate::atlas::{roles, users};
use crate::change::failed::Names;
use crate::change::{ReadBack, Stage, preview};

const USER: &str = "database user";

fn role() -> ObjectId {
    ObjectId::new("custom role", "here", "ops")
}

fn user(project: &str) -> ObjectId {
    ObjectId::new(USER, project, "ops")
}

/// About users of the project `here`.
fn plan() -> Plan {
    let mut plan = Plan::new("here", USER, "apply", "applied");
    plan.change(Change::new(role(), roles::delete_call("here", "ops"), Expect::Gone));
    for project in ["here", "there"] {
        let call = users::delete_call(project, "admin", "ops");
        plan.change(Change::new(user(project), call, Expect::Gone));
    }
    plan
}

#[test]
fn objects_of_one_name_are_several() {
    let mut plan = plan();
    assert_eq!(plan.asked(), 3);
    assert!(plan.has(&user("there")) && !plan.has(&user("elsewhere")));
    assert_eq!(preview::question(&[&plan]), "apply 1 custom role and 2 database users?");
    // Said in two ways, it is one object all the same.
    plan.unchanged(user("here"));
    assert_eq!((plan.asked(), plan.objects().len()), (3, 3));
}

#[test]
fn what_is_read_back_of_one_tells_nothing_of_another() {
    let found = ReadBack::from([(role(), RawValue::NULL.to_owned())]);
    assert!(Expect::Gone.holds(&user("here"), &found));
    assert!(!Expect::Gone.holds(&role(), &found));
}

#[test]
fn a_name_is_fed_back_where_it_means_its_object() {
    let mut plan = plan();
    let named = |name: &str| ObjectId::new(USER, "here", name);
    let far = ObjectId::new(USER, "there", "far");
    plan.typed(&far, "far-id");
    let names = Names::of(&[Stage::new(plan, async || Ok(ReadBack::new()))]).unwrap();
    assert!(!names.is_own(&role()));
    assert_eq!(names.name(&user("here")), Some("ops"));
    assert_eq!(names.name(&user("there")), None);
    assert_eq!(names.name(&far), Some("far-id"));
    for name in ["a\nb", "a\r", " ", "", "\u{feff}a"] {
        assert_eq!(names.name(&named(name)), None, "{name:?}");
    }
    for name in ["carol@$external", "a b", " a ", "-", "CN=x,O=y", "é"] {
        assert_eq!(names.name(&named(name)), Some(name));
    }
}

#[test]
fn the_error_of_a_request_is_told_once_what_it_is_about() {
    let named = Error::failed("database user ops: no").about(user("here"));
    assert_eq!(named.of(&user("here")).to_string(), "database user ops: no");
    let bare = Error::failed("no").of(&user("here"));
    assert_eq!(bare.to_string(), "database user ops: no");
    assert_eq!(bare.again().object(), Some(&user("here")));
    assert!(users::delete_call("here", "admin", "ops").names("ops"));
    // What is called ops is not what is worded: the path holds more than the message says.
    assert!(!users::delete_call("here", "admin", "ops").names("here"));
    assert!(!users::delete_call("here", "admin", "ops").names("op"));
}
