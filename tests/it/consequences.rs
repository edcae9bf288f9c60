//! What previews of changed grants say of who gains and who loses what, for each noun: a gain, a loss,
//! nothing, and what may not be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;
use spctl::local::{Fault, FaultAction, RateLimits};

use crate::support::Lab;
use crate::terminal::Terminal;

/// What dry runs of these lines show, without their requests.
fn previews(lab: &Lab, lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let shown = lab.typed(line).and(&["--dry-run"]).finish().exits(0).err();
        let _ = write!(text, "$ spctl {line}\n{shown}\n");
    }
    text
}

/// The lines of a preview after the first one with this label.
fn lines(shown: &str, label: &str) -> Vec<String> {
    let of_label = |line: &str| Some(line.trim_start().strip_prefix(label)?.trim().to_owned());
    shown.lines().filter_map(of_label).collect()
}

/// An operation's request of a number, from 1, is answered with 403.
fn forbid(lab: &Lab, operation: &'static str, nth: u32) {
    let operation = Some(operation);
    let action = FaultAction::Delay(Duration::ZERO);
    lab.faults.push(Fault { operation, times: nth - 1, action });
    let action = FaultAction::Status { status: 403, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation, times: 1, action });
}

#[test]
fn users_gain_and_lose_actions_on_instances_and_data() {
    let lab = Lab::new();
    let text = previews(
        &lab,
        &[
            "users grant frank --role streamDeveloper",
            "users grant alice --role read@ledger streamViewer",
            "users grant frank --action dropStreamProcessor",
            "users revoke alice --role streamOperator",
            "users revoke frank --action stopStreamProcessor",
            "users create mona --role streamOperator --instance orders",
            "users delete frank",
            "users lock dave --record record",
            "users update frank --description x",
            // It has expired.
            "users delete erin",
            // An administrator already, and one whose scopes name nothing.
            "users grant dave --role streamOperator",
            "users grant grace --role streamOperator",
        ],
    );
    assert_snapshot!("consequences_users", text);
    lab.typed("users lock frank --record record --yes").finish().exits(0);
    let unlock = "users unlock --from record --generate-password";
    let gains = previews(&lab, &[unlock]);
    assert!(gains.contains("startStreamProcessor"), "{gains}");
    let shown = lab.typed(unlock).and(&["--yes"]).finish().exits(0);
    assert_eq!(lines(&shown.err(), "gains:"), lines(&gains, "gains:"), "--yes shows the same");
    let sooner = previews(&lab, &["users update frank --expires 8h"]);
    assert!(lines(&sooner, "loses:")[0].contains(" on instance orders after 20"), "{sooner}");
}

#[test]
fn a_user_is_changed_whatever_else_may_not_be_read() {
    let lab = Lab::faulty();
    forbid(&lab, "listGroupCustomDbRoleRoles", 1);
    let shown = lab.typed("users delete frank --yes").finish().exits(0).err();
    assert!(shown.contains("not counted: custom roles, which may not be read: "), "{shown}");
    assert_eq!(
        lines(&shown, "loses:"),
        ["whatever streamOperator@admin allows on instance orders, cluster legacy-orders"]
    );
    forbid(&lab, "listGroupStreamWorkspaces", 1);
    forbid(&lab, "listGroupDataFederation", 1);
    let shown = lab.typed("users grant alice --role streamDeveloper --yes").finish().exits(0).err();
    assert!(shown.contains("not counted: instances, which may not be read: "), "{shown}");
    assert!(shown.contains("not counted: federated databases, which may not be read: "), "{shown}");
    assert!(shown.contains("createStreamProcessor"), "{shown}");
    assert!(lines(&shown, "gains:")[1].ends_with(" on everything created later"), "{shown}");
}

#[test]
fn many_users_cost_one_listing_of_each_noun() {
    const MANY: usize = 500;
    let lab = Lab::new().crowded(MANY, RateLimits::default());
    let mut names = String::new();
    for number in 0..MANY {
        let _ = writeln!(names, "u{number:05}");
    }
    lab.exchanges();
    let run = lab.typed("users grant - --role streamOperator --dry-run").stdin(&names);
    let shown = run.finish().exits(0).err();
    let gains = lines(&shown, "gains:");
    assert_eq!(gains.iter().filter(|line| line.contains("startStreamProcessor")).count(), MANY);
    let mut listings: BTreeMap<String, usize> = BTreeMap::new();
    for exchange in lab.exchanges() {
        let path = exchange.target.split('?').next().unwrap_or_default().to_owned();
        // Users come in pages.
        let is_page =
            exchange.target.contains("pageNum=") && !exchange.target.contains("pageNum=1");
        *listings.entry(path).or_default() += usize::from(!is_page);
    }
    assert!(listings.len() <= 5 && listings.values().all(|times| *times == 1), "{listings:?}");
    // Those who gain the same are told together, and not all by name.
    lab.typed("roles create idle --action listStreamProcessors --yes").finish().exits(0);
    let run = lab.typed("users grant - --role idle --yes").stdin(&names[..13 * "u00000\n".len()]);
    run.finish().exits(0);
    let line = "roles update idle --add-action dropStreamProcessor --dry-run";
    let shown = lab.typed(line).finish().exits(0).err();
    let gains = lines(&shown, "gains:");
    assert!(gains[1].starts_with("u00000, u00001, ") && gains.len() == 2, "{shown}");
    assert!(gains[1].contains(", u00009 and 3 more: dropStreamProcessor on "), "{shown}");
    lab.exchanges();
    // Users with scopes, and with roles that are built in, need nothing else.
    lab.typed("users grant bob --role read@shop --dry-run").finish().exits(0);
    let requests = lab.requests();
    let lists = requests.iter().filter(|target| !target.contains("databaseUsers/"));
    assert_eq!(lists.count(), 1, "the roles that he holds: {requests:?}");
}

#[test]
fn a_line_names_so_many_places_and_counts_the_others() {
    let lab = Lab::new();
    for number in 10..20 {
        let create = "--provider aws --region us-east-1 --tier SP10 --yes";
        lab.typed(&format!("instances create i{number} {create}")).finish().exits(0);
    }
    let shown = previews(&lab, &["users grant alice --action dropStreamProcessor"]);
    let gains = lines(&shown, "gains:").pop().expect("a line");
    assert!(gains.starts_with("dropStreamProcessor on instance i10, instance i11, "), "{gains}");
    assert!(gains.ends_with(", instance i19, 3 more, everything created later"), "{gains}");
}

#[test]
fn roles_tell_of_all_who_hold_them() {
    let lab = Lab::new();
    lab.typed("roles create idle --action listStreamProcessors --yes").finish().exits(0);
    lab.typed("roles create spare --preset viewer --yes").finish().exits(0);
    lab.typed("users grant dave --role idle --yes").finish().exits(0);
    let text = previews(
        &lab,
        &[
            "roles update streamOperator --add-action dropStreamProcessor",
            // Through a role that inherits it.
            "roles update streamViewer --remove-action listConnections --allow-remaining",
            "roles update ordersWriter --add-action REMOVE@shop.orders",
            "roles update ordersWriter --remove-action UPDATE@shop.orders",
            // He may do anything, and nobody holds the other.
            "roles update idle --add-action dropStreamProcessor",
            "roles update spare --add-action dropStreamProcessor",
            "roles delete spare",
        ],
    );
    assert_snapshot!("consequences_roles", text);
    // Two roles of one command give the same: it is gained once.
    lab.typed("users grant frank --role idle spare --yes").finish().exits(0);
    let both = "roles update idle spare --add-action modifyStreamProcessor --dry-run";
    let shown = lab.typed(both).finish().exits(0).err();
    let gains = lines(&shown, "gains:");
    let frank = gains.iter().filter(|line| line.starts_with("frank: "));
    assert_eq!(frank.count(), 1, "{shown}");
    assert_eq!(lines(&shown, "access:"), ["stays as it is"], "{shown}");
}

#[test]
fn a_role_is_changed_whatever_else_may_not_be_read() {
    let lab = Lab::faulty();
    forbid(&lab, "listGroupClusters", 1);
    let line = "roles update streamOperator --add-action dropStreamProcessor --yes";
    let shown = lab.typed(line).finish().exits(0).err();
    assert!(shown.contains("not counted: clusters, which may not be read: "), "{shown}");
    assert!(shown.contains("alice: dropStreamProcessor on instance orders, "), "{shown}");
    // The instances that the connections were looked for on are not listed again.
    lab.exchanges();
    lab.typed(line).finish().exits(0);
    let requests = lab.requests();
    let instances = requests
        .iter()
        .filter(|target| target.split('?').next().is_some_and(|path| path.ends_with("/streams")));
    assert!(instances.count() <= 3, "one for each project: {requests:?}");
}

#[test]
fn connections_tell_who_reaches_what_through_them() {
    let lab = Lab::new();
    lab.typed("roles clone ordersWriter sameAgain --yes").finish().exits(0);
    lab.typed("roles create ordersReader --action FIND@shop.orders --yes").finish().exits(0);
    let text = previews(
        &lab,
        &[
            "connections execute-as shop readWriteAnyDatabase --instance orders",
            "connections execute-as shop ordersReader --instance orders",
            "connections execute-as shop sameAgain --instance orders",
            "connections update shop --instance orders --execute-as ordersReader",
            "connections create copy --instance orders --cluster shop-main --execute-as ordersReader",
            "connections failover add shop --instance orders --region us-east-2",
        ],
    );
    assert_snapshot!("consequences_connections", text);
}

#[test]
fn a_connection_is_changed_whatever_else_may_not_be_read() {
    let lab = Lab::faulty();
    forbid(&lab, "listGroupDatabaseUsers", 1);
    forbid(&lab, "listGroupUsers", 1);
    let line = "connections execute-as shop readAnyDatabase --instance orders --yes";
    let shown = lab.typed(line).finish().exits(0).err();
    for what in ["database users", "people"] {
        assert!(
            shown.contains(&format!("not counted: {what}, which may not be read: ")),
            "{shown}"
        );
    }
    assert!(
        lines(&shown, "reached by:")[0].starts_with("nobody, as far as can be seen"),
        "{shown}"
    );
}

#[test]
fn people_gain_and_lose_what_the_admin_api_lets_them_do() {
    let lab = Lab::new();
    let text = previews(
        &lab,
        &[
            "members grant robin@example.com --role project-stream-processing-owner",
            "members grant robin@example.com --role project-database-access-admin",
            "members grant dana@example.com --role project-owner project-data-access-admin",
            "members revoke dana@example.com --role project-database-access-admin",
            "members remove sam@example.com",
            "members invite lee@example.org --role project-owner",
            // She is an owner through the organisation, and he reads as one who does more.
            "members invite olivia@example.com --role project-read-only",
            "members grant sam@example.com --role project-read-only",
            "members update toni@example.com --in-org --role organization-owner",
            "members remove olivia@example.com --in-org",
        ],
    );
    assert_snapshot!("consequences_members", text);
}

#[test]
fn a_member_is_changed_whatever_else_may_not_be_read() {
    let lab = Lab::faulty();
    // Those with roles of their own come first.
    forbid(&lab, "listGroupUsers", 2);
    let line = "members grant robin@example.com --role project-owner --yes";
    let shown = lab.typed(line).finish().exits(0).err();
    let note = "not counted: roles that people hold through teams or the organisation, which may not be read";
    assert!(shown.contains(note), "{shown}");
    assert!(shown.contains("createStreamProcessor"), "{shown}");
}

#[test]
fn a_gain_that_grows_at_the_prompt_is_asked_about_again() {
    let lab = Lab::new();
    lab.typed("roles create r1 --action FIND@x.y --yes").finish().exits(0);
    let mut terminal = Terminal::start(&lab.typed("users grant alice --role r1"));
    terminal.sees("FIND@x.y").sees("[y/N]");
    lab.typed("roles update r1 --add-action REMOVE@ledger --yes").finish().exits(0);
    terminal.answers("y");
    terminal.sees("no longer as shown").sees("REMOVE@ledger").sees("[y/N]").answers("n");
    terminal.ends(2);
}
