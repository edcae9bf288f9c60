//! What every value on the command line is held against: a table that a new option has to enter.

use std::collections::BTreeSet;

/// What a value is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Against {
    /// The parser's words: anything else is no command line.
    Words,
    /// What is known of one of the API's open sets: anything else takes `--verbatim`.
    OpenSet,
    /// A set that only the command knows.
    Set,
    /// What there is: the name of an object.
    Objects,
    /// Nothing but its form: a new name, a text, a file, a time, an address.
    Form,
}

use Against::{Form, Objects, OpenSet, Set, Words};

/// An option or an argument, after its command where it is not the same for all of them.
const VALUES: &[(Against, &[&str])] = &[
    (
        Words,
        &[
            "--output",
            "--auth-db",
            "--x509",
            "--iam",
            "--oidc",
            "--ldap",
            "--preset",
            "--noun",
            "--tls",
            "--tier",
            "--max-tier",
            "--state",
            "--failover",
            "--failover-mode",
            "--mechanism",
            "--protocol",
            "--networking",
            "--authentication",
            "--for",
            "--operation",
            "--api-version",
            "--family",
            "--kind",
            "<ACTION>",
            "--and",
            "--keep",
            "--only",
            "<SHELL>",
            "private-links create --provider",
            "ips project --direction",
            "audit summary --by",
            "--as",
            "--fail-on",
            "--outcome",
            "audit summary --by",
            "--format",
            "--layout",
            "privileges check not-granted --action",
        ],
    ),
    (
        OpenSet,
        &[
            "members --role",
            "--action",
            "--add-action",
            "--remove-action",
            "--type",
            "--exclude-type",
            "--vendor",
            "--region",
            "instances --failover-region",
            "--event",
        ],
    ),
    (
        Set,
        &[
            "--columns",
            "--provider",
            "--direction",
            "ips --region",
            "local --role",
            "profiles set <KEY=VALUE>",
            "--explain",
            "<KEY>",
        ],
    ),
    (
        Objects,
        &[
            "--profile",
            "--project",
            "--org",
            "--cluster",
            "--cluster-project",
            "--default-project",
            "--federation",
            "--instance",
            "--add",
            "--remove",
            "--role",
            "--inherit",
            "--add-inherit",
            "--remove-inherit",
            "--execute-as",
            "--private-link",
            "instances uri --username",
            "--dlq-connection",
            "--connection",
            "--processor",
            "--failover-region",
            "<NAME>",
            "<USER>",
            "privileges paths --to",
            "privileges paths --from",
            "privileges --user",
            "<NAME|all>",
            "<ROLE>",
            "<INSTANCE>",
            "<CONNECTION>",
            "<ID|REGION>",
            "<ID>",
            "<EMAIL>",
            "connections failover add --region",
            "ips --gateway",
            "--list",
            "--foreign",
            "privileges check not-granted --to",
        ],
    ),
    (
        Form,
        &[
            "--jq",
            "--user",
            "--ip",
            "--session",
            "--grep",
            "--bad",
            "--lines",
            "<SOURCE>",
            "--audit",
            "--window",
            "--undo",
            "--ca-file",
            "--label",
            "--remove-label",
            "--description",
            "--expires",
            "--comment",
            "--email",
            "--by",
            "--about",
            "--between",
            "--snapshot",
            "--snapshots",
            "--html",
            "--since",
            "--until",
            "--at",
            "--within",
            "--wait-limit",
            "--failed",
            "--out",
            "--to",
            "--account",
            "--source-name",
            "--endpoint",
            "audit export --region",
            "--file",
            "--chunk",
            "--from",
            "--with",
            "--input",
            "--pipeline",
            "--record",
            "--role-name",
            "--rename",
            "--dlq-db",
            "--dlq-coll",
            "--owner",
            "--account-id",
            "--vpc-id",
            "--password-file",
            "--password-env",
            "--client-secret-file",
            "--client-secret-env",
            "--key-password-file",
            "--key-password-env",
            "--secret-file",
            "--secret-env",
            "--bootstrap-servers",
            "--username",
            "--client-id",
            "--public-key",
            "--token-url",
            "--scope",
            "--sasl-extensions",
            "--broker-ca-file",
            "--client-certificate",
            "--client-key",
            "--config",
            "--url",
            "--header",
            "--header-env",
            "--role-arn",
            "--test-bucket",
            "--registry-url",
            "--storage-account",
            "--service-principal",
            "--service-account",
            "--service-endpoint",
            "--arn",
            "--dns-domain",
            "--dns-sub-domain",
            "--azure-resource-id",
            "--gcp-service-attachment",
            "--gcp-connection-id",
            "--from-file",
            "--against",
            "--allow-stale",
            "--interval",
            "--exec",
            "--rules",
            "--learn",
            "--locked",
            "--snapshot",
            "--baseline",
            "--stale",
            "--suppress",
            "--max-change",
            "ips watch --state",
            "audit follow --state",
            "--top",
            "--save",
            "--principal",
            "--bootstrap-server",
            "--command-config",
            "--topic",
            "--group",
            "--port",
            "--id",
            "--priority",
            "--network",
            "--location",
            "--cloud-project",
            "--name",
            "--namespace",
            "--selector",
            "--listener",
            "--network",
            "--priority",
            "--max-entries",
            "--current-version",
            "--listen",
            "--allow-host",
            "--instances",
            "--client-ca",
            "--rate-limit",
            "audit pull --to",
            "--jobs",
            "--head",
            "<DIR>",
            "--seed",
            "--now",
            "--newest",
            "--limit-users",
            "--limit-access-list",
            "--base-url",
            "--credential-command",
            "--field",
            "--typed-field",
            "--api-version",
            "<ENTRY>",
            "<FILE>",
            "<FILE|->",
            "<ADDRESS>",
            "<OLD>",
            "<POLICY>",
            "<RECORD>",
            "--confirm",
            "<SPAN>",
            "<TIME>",
            "<METHOD>",
            "<PATH>",
            "<NEW>",
            "<NEW-NAME>",
            "users create <NAME>",
            "roles create <NAME>",
            "connections create <NAME>",
            "processors create <NAME>",
            "projects create <NAME>",
            "members invite <EMAIL>",
        ],
    ),
];

/// Every option and argument with a value, with its command.
fn each(command: &clap::Command, path: &str, found: &mut Vec<(String, String, bool)>) {
    for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
        let global = arg.get_help_heading() == Some("Global options");
        if global && !path.is_empty() {
            continue;
        }
        let name = match arg.get_long() {
            Some(long) => format!("--{long}"),
            None => format!("<{}>", arg.get_value_names().map_or("", |names| names[0].as_str())),
        };
        found.push((path.to_owned(), name, !arg.get_possible_values().is_empty()));
    }
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        let path = format!("{path} {}", below.get_name());
        each(below, path.trim(), found);
    }
}

#[test]
fn every_value_is_held_against_something() {
    let mut root = spctl::cli::command().disable_help_subcommand(true);
    root.build();
    let mut found = Vec::new();
    each(&root, "", &mut found);
    let rows =
        VALUES.iter().flat_map(|(against, names)| names.iter().map(|name| (*against, *name)));
    let rows: Vec<(Against, &str)> = rows.collect();
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, name, has_words) in &found {
        // The row with the longest command counts.
        let full = format!("{path} {name}");
        let fits = |row: &&(Against, &str)| {
            let (command, of) = row.1.rsplit_once(' ').unwrap_or(("", row.1));
            of == name
                && (path == command
                    || path.starts_with(&format!("{command} "))
                    || command.is_empty())
        };
        let Some((against, row)) = rows.iter().filter(fits).max_by_key(|row| row.1.len()) else {
            wrong.push(format!("{full} is not in the table"));
            continue;
        };
        used.insert(*row);
        if (*against == Words) && !has_words {
            wrong.push(format!("{full} has no words"));
        }
    }
    wrong.extend(
        rows.iter()
            .filter(|(_, row)| !used.contains(row))
            .map(|(_, row)| format!("there is no {row}")),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
