//! What a command line is read as.

use super::*;
use crate::comma_list;

fn read(line: &str) -> Result<Cli, String> {
    let line: Vec<OsString> = line.split(' ').map(Into::into).collect();
    Cli::read(&line).map_err(|error| usage::text(&error))
}

#[test]
fn a_value_that_is_called_like_a_noun_is_a_value() {
    let cli = read("spctl --project users roles list").unwrap();
    assert!(matches!(cli.command, Command::Roles(_)));
    assert_eq!(cli.global.project.as_deref(), Some("users"));
    let cli = read("spctl workspace ls --project get").unwrap();
    assert!(matches!(cli.command, Command::Instances(_)));
    let cli = read("spctl ips project --cluster orders").unwrap();
    assert!(matches!(cli.command, Command::Ips(_)));
}

#[test]
fn help_and_hints_are_of_the_command_that_is_meant() {
    let help = read("spctl --help users").unwrap_err();
    assert!(help.contains("processors"), "{help}");
    let verb = read("spctl users list --help").unwrap_err();
    assert!(verb.contains("Usage: spctl users list"), "{verb}");
    let noun = read("spctl users --project list --help").unwrap_err();
    assert!(noun.contains("restrict"), "{noun}");
    let typo = read("spctl user restrct").unwrap_err();
    assert!(typo.contains("restrict"), "{typo}");
}

#[test]
fn an_option_that_is_not_suggested_is_not_in_the_usage_either() {
    let far = read("spctl audit download orders --failed x").unwrap_err();
    assert!(!far.contains("--ca-file") && far.contains("'--failed' found"), "{far}");
    let none = read("spctl zebra list").unwrap_err();
    assert!(!none.contains("\n\n\n") && none.contains("Usage: spctl"), "{none}");
}

/// Lines with each kind of command, and where in them an option of every command may stand.
const LINES: [&str; 5] = [
    "spctl users restrict alice --instance=orders",
    "spctl local key create --role=ORG_OWNER",
    "spctl ips --provider=aws --region=all",
    "spctl ips regions",
    "spctl instance ls",
];

/// Each of these lines with the options put into it at every two places.
fn with(one: &str, other: &str) -> impl Iterator<Item = String> {
    LINES.iter().flat_map(move |line| {
        let words: Vec<&str> = line.split(' ').collect();
        let places = (1..=words.len()).flat_map(|a| (a..=words.len()).map(move |b| (a, b)));
        let insert = |(a, b): (usize, usize)| {
            let parts = [&words[..a], &[one], &words[a..b], &[other], &words[b..]];
            parts.concat().join(" ").trim_end().replace("  ", " ")
        };
        places.map(insert).collect::<Vec<_>>()
    })
}

#[test]
fn options_of_every_command_mean_the_same_wherever_they_stand() {
    for (one, other) in [
        ("--local", "--local"),
        ("-q", "--names"),
        ("--yes", "-y"),
        ("--dry-run", "--allow-http"),
        ("-v", "-vv"),
        ("--project=a", "--org=b"),
        ("--columns=a", "--columns=b,c"),
        ("--project users", "-o json"),
        ("-ojson", "--columns=a"),
        ("--profile=-x", "--ca-file list"),
    ] {
        let mut read: Vec<_> = with(one, other)
            .map(|line| read(&line).unwrap_or_else(|e| panic!("{line}: {e}")).global)
            .collect();
        assert!(read.len() > 40);
        read.dedup();
        assert_eq!(read.len(), 1, "{one} {other}: {read:?}");
    }
    let twice = read("spctl -v users -v list -v --columns=a --columns=b").unwrap().global;
    assert_eq!((twice.verbose, twice.columns.unwrap().len()), (3, 2));
}

#[test]
fn options_that_exclude_each_other_do_so_wherever_they_stand() {
    for (one, other) in [
        ("--jq=.", "-o yaml"),
        ("--jq=.", "--columns=a"),
        ("--jq=.", "-q"),
        ("-q", "-o=csv"),
        ("--names", "--columns=a,b"),
        ("-o json", "-o yaml"),
        ("--jq=.", "--jq=."),
        ("--profile=a", "--profile=b"),
        ("--project a", "--project a"),
        ("--org=a", "--org=b"),
        ("--ca-file=a", "--ca-file=b"),
    ] {
        for line in with(one, other).chain(with(other, one)) {
            let error = read(&line).expect_err(&line);
            let first = error.lines().next().unwrap();
            assert!(first.contains("' cannot be used "), "{line}: {error}");
        }
    }
    let error = read("spctl --local -q ips regions -o csv").unwrap_err();
    let said = "error: the argument '--names' cannot be used with '--output <FORMAT>'";
    assert!(error.starts_with(said), "{error}");
    let error = read("spctl ips --local --provider aws regions").unwrap_err();
    let said = "error: the subcommand 'regions' cannot be used with '--provider <PROVIDER>'";
    assert!(error.starts_with(said), "{error}");
}

#[test]
fn the_parser_suggests_what_is_near() {
    for (line, meant) in [
        ("spctl usres list", "'users'"),
        ("spctl proc list", "'processors'"),
        ("spctl users lsit", "'list'"),
        ("spctl user restrct", "'restrict'"),
        ("spctl users list --colums a", "'--columns'"),
        ("spctl users list -o jsn", "'json'"),
        ("spctl users list -o tabel", "'table'"),
        ("spctl ips --for kafka-acl", "'kafka-acls'"),
        ("spctl ips --prot 9092", "'--port'"),
    ] {
        let said = read(line).unwrap_err();
        assert!(said.contains(meant) && said.contains("exist"), "{line}: {said}");
    }
}

#[test]
fn the_parser_suggests_nothing_that_is_far() {
    for line in [
        "spctl doctor",
        "spctl jk",
        "spctl network list",
        "spctl users expire",
        "spctl users list --expires",
        "spctl users list -o xml",
        "spctl ips --for zookeeper",
        "spctl ips --firewall 9",
    ] {
        let said = read(line).unwrap_err();
        assert!(!said.contains("exist") && !said.contains("tip:  "), "{line}: {said}");
        assert!(said.contains("try '--help'"), "{line}: {said}");
    }
}

#[test]
fn help_before_a_verb_is_the_nouns() {
    for noun in ["users", "ips", "local", "profiles", "audit"] {
        for flag in ["-h", "--help"] {
            let verb = if noun == "ips" { "regions" } else { "list" };
            let help = read(&format!("spctl {noun} {flag} {verb}")).unwrap_err();
            assert!(help.contains(&format!("Usage: spctl {noun} ")), "{noun} {flag}: {help}");
        }
    }
    let page = read("spctl ips --help --for kafka-acls").unwrap_err();
    assert!(page.contains("Usage: spctl ips --for kafka-acls"), "{page}");
}

#[test]
fn the_command_line_is_consistent() {
    command().debug_assert();
}

/// Options with several values in which a comma is part of a value: settings with their names.
const UNSPLIT: [&str; 11] = [
    "audit",
    "label",
    "config",
    "header",
    "header-env",
    "field",
    "typed-field",
    "list",
    "user",
    "baseline",
    "locked",
];

/// Options that take one value each time they are given: what follows may be the method and path, or a
/// source.
const ONE_AT_A_TIME: [&str; 5] = ["field", "typed-field", "user", "baseline", "locked"];

/// A command and those below it, with the words that lead to them.
fn tree(path: &str, command: &clap::Command) -> Vec<(String, clap::Command)> {
    let below = command.get_subcommands().filter(|below| below.get_name() != "help");
    let below = below.flat_map(|below| tree(&format!("{path} {}", below.get_name()), below));
    std::iter::once((path.to_owned(), command.clone())).chain(below).collect()
}

#[test]
fn what_takes_several_values_takes_them_in_every_way_or_says_so() {
    let mut root = command();
    root.build();
    let (mut lists, mut others) = (0, 0);
    for (path, command) in tree("spctl", &root) {
        // The two ends of a range are no list.
        let is_pair = |arg: &clap::Arg| arg.get_value_names().is_some_and(|names| names.len() == 2);
        let several = |arg: &&clap::Arg| comma_list::takes_several(arg) && !is_pair(arg);
        for arg in command.get_arguments().filter(several) {
            let place = format!("{path}: {arg}");
            let option = arg.get_long().unwrap_or_default();
            // Names of users in logs hold commas; those of database users are told apart by them.
            let of_users = ["spctl privileges", "spctl members offboard"];
            let is_name = option == "user" && of_users.iter().any(|of| path.starts_with(of));
            let is_list = !arg.is_positional() && (is_name || !UNSPLIT.contains(&option));
            if !command.is_subcommand_required_set() && !ONE_AT_A_TIME.contains(&option) {
                assert_eq!(arg.get_num_args().unwrap().max_values(), usize::MAX, "{place}");
            }
            assert_eq!(comma_list::is_list(arg), is_list, "{place}: its placeholder says it");
            let help = arg.get_long_help().or(arg.get_help()).unwrap().to_string();
            assert_eq!(help.ends_with("; not split at commas"), !is_list, "{place}: {help}");
            if is_list {
                let said = read(&format!("{path} --{option}=,")).unwrap_err();
                assert!(said.contains(&format!("invalid value ',' for '{arg}': it is empty")));
                lists += 1;
            } else {
                others += 1;
            }
        }
    }
    assert!(lists > 90 && others > 30, "{lists} and {others}");
}

#[test]
fn what_is_wrong_in_a_list_is_named_by_itself() {
    for (line, wrong) in [
        ("spctl users grant alice --role read@a,@b", "'@b'"),
        ("spctl users grant alice --action startStreamProcessor,@x", "'@x'"),
        ("spctl ips --port 9092,x", "'x'"),
        ("spctl ips --operation Read,Wirte", "'Write'"),
        ("spctl local serve --allow-host a.example,b:1", "'b:1'"),
    ] {
        let said = read(line).unwrap_err();
        assert!(said.contains(wrong), "{line}: {said}");
    }
}
