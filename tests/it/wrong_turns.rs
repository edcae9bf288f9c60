//! Wrong turns, and the lines that are said to paste instead: each of them is read, and acts where the
//! line that was typed did.

use crate::support::Lab;

/// The lines to paste that an error names.
fn lines(said: &str) -> Vec<&str> {
    let tips = said.lines().filter(|line| line.trim_start().starts_with("tip: "));
    tips.filter_map(|tip| Some(&tip[tip.find(": spctl ")? + 2..])).collect()
}

#[test]
fn a_wrong_turn_about_an_instance_gets_the_right_line() {
    let lab = Lab::new();
    for (typed, meant) in [
        ("users list orders", "spctl users list --instance orders"),
        ("users list alice", "spctl users get alice"),
        (
            "users create bob orders --role read",
            "spctl users create bob --role read --instance orders",
        ),
        ("users restrict --instance orders alice", "spctl users restrict alice --instance orders"),
        ("connections orders", "spctl connections list orders"),
        ("connections --instance orders", "spctl connections list --instance orders"),
        ("connections get orders", "spctl connections list orders"),
        ("connections get shop orders", "spctl connections get shop --instance orders"),
        ("connections get orders shop", "spctl connections get shop --instance orders"),
        ("connections list orders shop", "spctl connections get shop --instance orders"),
        ("connections delete shop orders", "spctl connections delete shop --instance orders"),
        ("connections check all orders", "spctl connections check all --instance orders"),
        (
            "connections execute-as shop writer orders",
            "spctl connections execute-as shop writer --instance orders",
        ),
        (
            "connections failover list shop orders",
            "spctl connections failover list shop --instance orders",
        ),
        ("processors stop p1 orders", "spctl processors stop p1 --instance orders"),
        ("processors stop orders p1", "spctl processors stop p1 --instance orders"),
        ("processors start --all orders", "spctl processors start --all --instance orders"),
        ("processors list orders p1", "spctl processors get p1 --instance orders"),
        ("processors get p1", "spctl processors get p1 --instance INSTANCE"),
        ("processors stats p1 orders", "spctl processors stats p1 --instance orders"),
        ("processors logs orders p1", "spctl processors logs orders --processor p1"),
        (
            "processors logs p1 --instance orders",
            "spctl processors logs --instance orders --processor p1",
        ),
        ("audit orders", "spctl audit download orders"),
        ("audit list orders", "spctl audit download orders"),
        ("audit --instance orders", "spctl audit download --instance orders"),
        ("instances orders", "spctl instances get orders"),
        ("ips orders", "spctl ips --instance orders"),
        (
            "--project my-shop connections get 'a orders",
            r"spctl --project my-shop connections get ''\''a' --instance orders",
        ),
    ] {
        let finished = lab.typed(typed).finish().exits(2);
        let said = finished.err();
        assert!(lines(&said).contains(&meant), "{typed}: {said}");
    }
}

#[test]
fn an_instance_is_named_alone_or_by_its_option() {
    let lab = Lab::new().idle();
    for (alone, option) in [
        ("connections list orders", "connections list --instance orders"),
        ("processors list orders", "processors list --workspace orders"),
        ("instances get orders -o json", "instances get --instance orders -o json"),
        ("audit download orders --dry-run", "audit download --instance orders --dry-run"),
        (
            "audit download orders payments --dry-run",
            "audit download orders --instance payments --dry-run",
        ),
        ("processors logs orders --out -", "processors logs --instance orders --out -"),
        ("instances delete telemetry --dry-run", "instances delete --instance telemetry --dry-run"),
        (
            "instances update orders --tier SP50 --dry-run",
            "instances update --instance orders --tier SP50 --dry-run",
        ),
    ] {
        let (alone, option) = (lab.typed(alone).finish(), lab.typed(option).finish().exits(0));
        assert_eq!(alone.code, Some(0), "{}", alone.shown());
        assert_eq!((alone.err(), alone.stdout.len()), (option.err(), option.stdout.len()));
    }
}

#[test]
fn a_hint_to_paste_acts_where_the_command_did() {
    let lab = Lab::new();
    let hint = "hint: spctl --local --project shop users list";
    let finished = lab.local(["--project", "shop", "users", "get", "nosuch"]).finish().exits(5);
    assert!(finished.err().contains(hint), "{}", finished.shown());
    let finished =
        lab.local(["--project", "shop", "users", "get", "nosuch", "-o", "json"]).finish().exits(5);
    assert!(finished.err().contains(&hint[6..]), "{}", finished.shown());
    let finished = lab.local(["connections", "list", "nosuch"]).finish().exits(5);
    assert!(finished.err().contains("spctl --local instances list"), "{}", finished.shown());
}

#[test]
fn what_removes_goes_by_any_of_its_names() {
    let mut root = spctl::cli::command();
    root.build();
    let names = ["delete", "remove", "rm"];
    let mut found = 0;
    let mut nouns = vec![&root];
    while let Some(noun) = nouns.pop() {
        nouns.extend(noun.get_subcommands().filter(|noun| noun.get_name() != "help"));
        if noun.get_subcommands().any(|verb| names.contains(&verb.get_name())) {
            found += 1;
            for name in names {
                assert!(noun.find_subcommand(name).is_some(), "{noun} {name}");
            }
        }
    }
    assert!(found >= 11, "{found} nouns");
}

#[test]
fn tips_name_each_command_once_and_conflicts_show_the_usage() {
    let lab = Lab::new();
    for (typed, shown) in [
        ("proc list", "exists: 'processors'\n"),
        ("users lst", "exists: 'list'\n"),
        ("-q users list -o csv", "Usage: spctl users list [OPTIONS]\n"),
        ("--org a projects list --org b", "Usage: spctl projects list [OPTIONS]\n"),
    ] {
        let finished = lab.typed(typed).finish().exits(2);
        assert!(finished.err().contains(shown), "{typed}: {}", finished.shown());
    }
}

#[test]
fn help_wins_over_what_is_wrong_with_the_line() {
    let lab = Lab::new();
    for line in ["ips -q -o csv --help", "ips -h --bogus", "users list -q -o csv --help"] {
        let finished = lab.typed(line).finish().exits(0);
        let help = finished.out();
        assert!(help.contains("Usage: spctl ") && help.contains("--help"), "{help}");
    }
    let help = lab.typed("ips -h --for kafka-acls").finish().exits(0).out();
    assert!(help.contains("Usage: spctl ips --for kafka-acls"), "{help}");
}
