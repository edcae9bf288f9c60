//! What somebody else changes between the preview and the request apart from the object itself:
//! whole lists, inherited roles, objects of the same name.

use crate::meanwhile::{amid, roles};
use crate::support::Lab;
use crate::terminal::Terminal;

const LIST: &str = "listGroupAccessListEntries";

/// Runs a line, and the others at its prompt, which is then answered with yes.
fn at_the_prompt(lab: &Lab, line: &str, others: &[&str]) -> Terminal {
    let mut terminal = Terminal::start(&lab.typed(line));
    terminal.sees("[y/N]");
    for other in others {
        lab.typed(&format!("{other} --yes")).finish().exits(0);
    }
    terminal.answers("y");
    terminal
}

fn entries(lab: &Lab) -> String {
    lab.typed("access-lists list -q").finish().exits(0).out()
}

#[test]
fn a_replaced_list_never_lacks_what_was_to_remain() {
    let lab = Lab::new();
    let entry = entries(&lab).lines().next().unwrap().to_owned();
    std::fs::write(lab.file("want"), format!("{entry}\n")).unwrap();
    let replace = "access-lists replace want --lock-myself-out";
    let before = entries(&lab).lines().count();
    let remove = format!("access-lists remove {entry} --lock-myself-out");
    // The read right before the removals finds that what was to remain is gone.
    let told = amid(&lab, LIST, 1, &remove, replace).exits(6);
    assert!(told.err().contains("was removed meanwhile; nothing was removed"), "{}", told.shown());
    assert_eq!(entries(&lab).lines().count(), before - 1);
}

#[test]
fn a_list_that_differs_from_the_file_is_reported() {
    let lab = Lab::new();
    let text = format!("{}5.5.5.5\n", entries(&lab));
    std::fs::write(lab.file("want"), text).unwrap();
    let replace = "access-lists replace want --lock-myself-out";
    let told = amid(&lab, LIST, 1, "access-lists add 9.9.9.9", replace).exits(6);
    assert!(told.err().contains("it also contains 9.9.9.9"), "{}", told.shown());
}

#[test]
fn a_list_opened_by_two_halves_is_reported() {
    let lab = Lab::new();
    // The other one reads before this one has written, and writes after it.
    let (other, line) = ("access-lists add 1.0.0.0/9", "access-lists add 2.0.0.0/9");
    let told = amid(&lab, LIST, 2, other, line).exits(6);
    assert!(told.err().contains("someone else changed the list meanwhile"), "{}", told.shown());
}

#[test]
fn a_change_of_a_role_that_would_take_more_is_refused() {
    let lab = Lab::new();
    let list = "listGroupCustomDbRoleRoles";
    lab.typed("roles create r1 --action FIND@shop.orders INSERT@z.z --yes").finish().exits(0);
    let told = amid(
        &lab,
        list,
        1,
        "roles update r1 --add-action FIND@shop.secret",
        "roles update r1 --remove-action FIND@shop",
    )
    .exits(6);
    assert!(told.err().contains("changed in the meantime"), "{}", told.shown());
    lab.typed("roles create r2 --action FIND@x.y --yes").finish().exits(0);
    let widen = "roles update r2 --add-action REMOVE@shop";
    amid(&lab, list, 1, widen, "roles update r1 --add-inherit r2").exits(6);
    let widen = "roles update r2 --add-action REMOVE@ledger";
    let line = "connections execute-as shop r2 --instance orders";
    amid(&lab, list, 1, widen, line).exits(6);
}

#[test]
fn what_a_preview_depends_on_is_read_again_after_a_question() {
    let lab = Lab::new();
    lab.typed("roles create r1 --action FIND@x.y --yes").finish().exits(0);
    let line = "roles update r1 --add-action REMOVE@shop";
    let mut terminal = at_the_prompt(&lab, line, &["users grant grace --role r1"]);
    terminal.sees("no longer as shown").sees("grace").sees("[y/N]").answers("n");
    terminal.ends(2);
    lab.typed("instances create fresh --provider aws --region us-east-1 --tier SP10 --yes")
        .finish()
        .exits(0);
    let line = "users restrict alice --instance fresh";
    let terminal = at_the_prompt(&lab, line, &["instances delete fresh --wait"]);
    let screen = terminal.ends(5);
    assert!(screen.contains("fresh"), "{screen}");
    lab.typed("users grant bob --role r1 --yes").finish().exits(0);
    let line = "users revoke bob --role streamDeveloper";
    let mut terminal =
        at_the_prompt(&lab, line, &["roles update r1 --add-inherit streamDeveloper"]);
    terminal.sees("still allowed").sees("[y/N]").answers("n");
    terminal.ends(2);
}

#[test]
fn another_object_of_the_same_name_is_another_object() {
    let lab = Lab::ticking().idle();
    lab.typed("roles create r1 --action FIND@x.y --yes").finish().exits(0);
    let anew = [
        "connections delete shop --instance orders --wait",
        "connections create shop --instance orders --cluster payments-ledger \
         --execute-as ordersWriter --wait",
    ];
    let line = "connections execute-as shop r1 --instance orders";
    let mut terminal = at_the_prompt(&lab, line, &anew);
    terminal.sees("no longer as shown").sees("[y/N]").answers("n");
    terminal.ends(2);
    let anew = ["users delete grace", "users create grace --role atlasAdmin --generate-password"];
    let line = "users update grace --generate-password --password-file p";
    let mut terminal = at_the_prompt(&lab, line, &anew);
    terminal.sees("no longer as shown").sees("[y/N]").answers("n");
    terminal.ends(2);
}

#[test]
fn a_lock_is_not_claimed_for_a_user_that_was_created_again() {
    let lab = Lab::new();
    let update = "updateGroupDatabaseUser";
    lab.meanwhile(
        update,
        1,
        vec![
            lab.typed("users delete grace --yes"),
            lab.typed("users create grace --role atlasAdmin --generate-password --yes"),
        ],
    );
    let told = lab.typed("users lock grace --record r --yes").finish().exits(6);
    assert!(told.err().contains("another change made after it"), "{}", told.shown());
}

#[test]
fn a_name_that_becomes_shorter_means_the_same_user() {
    let lab = Lab::new();
    // Either name of hers, in both databases.
    let (look, requests) = ("getGroupDatabaseUser", 4);
    let line = "users grant carol@admin --role read@z";
    amid(&lab, look, requests, "users delete carol@$external", line).exits(0);
    assert!(roles(&lab, "carol").contains(&"read@z".to_owned()));
}
