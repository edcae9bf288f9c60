//! Every operation is called by a command: a step is an operation and the command line that calls
//! it, run in order on one control plane a noun.

mod access_lists;
mod api;
mod audit;
mod connections;
mod events;
mod instances;
mod ips;
mod members;
mod peerings;
mod private_links;
mod processors;
mod projects;
mod roles;
mod users;

use std::collections::BTreeSet;

use crate::support::Lab;

/// An operation, and the command line that calls it; `@project` stands for the project's id,
/// and `@member` for that of somebody in it.
type Step = (&'static str, &'static str);

const NOUNS: &[&[Step]] = &[
    access_lists::STEPS,
    api::STEPS,
    audit::STEPS,
    connections::STEPS,
    events::STEPS,
    instances::STEPS,
    ips::STEPS,
    members::STEPS,
    peerings::STEPS,
    private_links::STEPS,
    processors::STEPS,
    projects::STEPS,
    roles::STEPS,
    users::STEPS,
];

#[test]
fn every_operation_is_called_by_a_command() {
    let mut called = BTreeSet::new();
    for steps in NOUNS {
        let lab = Lab::ticking();
        for (operation, line) in *steps {
            let mut line = line.replace("@project", lab.project());
            if line.contains("@member") {
                line = line.replace("@member", &member(&lab));
            }
            let mut run = lab.spctl([]);
            run.args = line.split(' ').map(str::to_owned).collect();
            let finished = run.finish().exits(0);
            let met: Vec<_> = lab.exchanges().into_iter().filter_map(|e| e.operation).collect();
            assert!(
                met.iter().any(|m| m == operation),
                "{operation}: {met:?}\n{}",
                finished.shown()
            );
            called.extend(met);
        }
    }
    let answered = spctl::local::operations().map(|o| o.id.to_owned()).collect();
    let missing: Vec<_> = BTreeSet::difference(&answered, &called).collect();
    assert!(missing.is_empty(), "no step calls {missing:?}");
}

fn member(lab: &Lab) -> String {
    let run = lab.spctl(["members", "get", "sam@example.com", "--jq", ".id"]).finish().exits(0);
    run.out().trim().trim_matches('"').to_owned()
}
