# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_spctl_global_optspecs
    string join \n profile= local project= org= ca-file= allow-http o/output= jq= columns= q/names y/yes dry-run v/verbose h/help V/version
end

function __fish_spctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_spctl_global_optspecs) -- $cmd 2>/dev/null
    or argparse -s (__fish_spctl_global_optspecs) -- $cmd '' 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_spctl_using_subcommand
    set -l cmd (__fish_spctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c spctl -n "__fish_spctl_needs_command" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_needs_command" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_needs_command" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_needs_command" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_needs_command" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_needs_command" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_needs_command" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_needs_command" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_needs_command" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_needs_command" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_needs_command" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_needs_command" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_needs_command" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_needs_command" -s V -l version -d 'Print version'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "users" -d 'Database users: who may act on which instance'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "members" -d 'People with roles in the project, or with --in-org in the organisation'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "roles" -d 'Database roles and stream privilege actions'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "privileges" -d 'Who may do what on which instance, and by which way'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "instances" -d 'Stream processing instances (workspaces)'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "workspaces" -d 'Stream processing instances (workspaces)'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "connections" -d 'Connections of an instance, and the roles they execute as'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "access-lists" -d 'Addresses allowed to reach the project\'s databases'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "processors" -d 'Stream processors of an instance'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "peerings" -d 'VPC peering connections to brokers'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "private-links" -d 'Private links to brokers'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "policy" -d 'A project\'s policy as a file: users, roles, instances, and what lets them in'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "projects" -d 'Projects'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "orgs" -d 'Organisations'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "lint" -d 'Find what of privileges, connections and the access list somebody should mend'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "audit" -d 'Audit logs of instances'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "events" -d 'Project events: what administrators changed and viewed'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "ips" -d 'The control plane\'s IP addresses, for brokers to allow'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "local" -d 'The embedded control plane'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "auth" -d 'Sign in and out, and show who commands act as'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "profiles" -d 'Profiles: named settings in config.toml'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "api" -d 'Any operation of the Admin API, signed and paged'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "completion" -d 'Print a shell\'s completion script'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "generate" -d 'Write completions, man pages and schemas into a directory'
complete -c spctl -n "__fish_spctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "list" -d 'List database users, with their roles and scopes'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "get" -d 'Show database users: effective access, dangling scopes, expiry'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "create" -d 'Create a database user'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "update" -d 'Update passwords, descriptions, labels or expiry of database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "delete" -d 'Delete database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "grant" -d 'Grant roles, or individual privilege actions, to database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "revoke" -d 'Revoke roles, or individual privilege actions, from database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "lock" -d 'Lock out database users immediately: replace their passwords, delete those without one'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "unlock" -d 'Restore locked database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "restrict" -d 'Restrict database users to named instances'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "unrestrict" -d 'Let database users reach everything in the project again'
complete -c spctl -n "__fish_spctl_using_subcommand users; and not __fish_seen_subcommand_from list get create update delete grant revoke lock unlock restrict unrestrict help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l instance -l workspace -d 'Only users who can reach this instance, unrestricted ones included; if repeated, any of them' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l label -d 'Only users with this label; if repeated, with all of them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l role -d 'Only users who hold this role, as ROLE or ROLE@DATABASE; if repeated, any of them' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l all-projects -d 'List users of all projects that the credential can access; with --org, of that organisation'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l role -d 'A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l instance -l workspace -d 'Restrict the user to this instance; with no scopes it reaches everything' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l cluster -d 'Let the user reach this cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l federation -d 'Let the user reach this federated database' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l expires -d 'When the user expires, within a week: a duration such as 8h, a date, or never' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l description -d 'What the user is for' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l label -d 'Add a label; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l x509 -d 'Authenticate by X.509 certificate' -r -f -a "customer\t''
managed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l iam -d 'Authenticate by AWS IAM' -r -f -a "user\t''
role\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l oidc -d 'Authenticate by OIDC: a workload (user) or a group of people (group)' -r -f -a "user\t''
group\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l ldap -d 'Authenticate by LDAP' -r -f -a "user\t''
group\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l auth-db -d 'The authentication database, if not the default of the authentication method' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l password-file -d 'Read the password from this file, or write the generated one to it (0600)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l allow-future-instance -d 'Allow instances that do not exist yet'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l password-user -d 'Authenticate by password, although the name looks like an ARN, a distinguished name or IDP/NAME'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l generate-password -d 'Generate a password; it is printed once, to stdout or to --password-file'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l password-file -d 'Read the password from this file, or write the generated one to it (0600)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l expires -d 'When the user expires, within a week: a duration such as 8h, or a date; never lifts an expiry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l description -d 'What the user is for' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l label -d 'Set a label; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l remove-label -d 'Remove a label' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l password -d 'Prompt for a new password'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l generate-password -d 'Generate a password; it is printed once, to stdout or to --password-file'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l role -d 'A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l action -d 'A privilege action, in either spelling; with @DATABASE.COLLECTION for one on data' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l role-name -d 'The name of the custom role for the actions, which is created unless it exists' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l role -d 'A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l action -d 'A privilege action, in either spelling; with @DATABASE.COLLECTION for one on data' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l allow-remaining -d 'Remove what can be removed, even if the action stays possible in other ways'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l record -d 'Record the users in this file [default: locked-users-TIME.json in the current directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from lock" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l from -d 'The record written by users lock' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l password-file -d 'Read the password from this file, or write the generated one to it (0600)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l again -d 'Also set new passwords for users already unlocked from this record, or whose lock failed or has an unknown outcome'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l generate-password -d 'Generate a password; it is printed once, to stdout or to --password-file'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unlock" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l instance -l workspace -d 'Set the user\'s instances to exactly these' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l add -d 'Add these instances' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l remove -d 'Remove these instances' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l cluster -d 'Let the user reach this cluster as well' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l federation -d 'Let the user reach this federated database as well' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l keep-clusters -d 'Keep the clusters and federated databases that the user reaches today'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l allow-gain -d 'Let the user gain access to something it does not reach today'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l allow-future-instance -d 'Allow instances that do not exist yet'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from restrict" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l auth-db -d 'The authentication database, if two users share a name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from unrestrict" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "list" -d 'List database users, with their roles and scopes'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show database users: effective access, dangling scopes, expiry'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a database user'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "update" -d 'Update passwords, descriptions, labels or expiry of database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "grant" -d 'Grant roles, or individual privilege actions, to database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke roles, or individual privilege actions, from database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "lock" -d 'Lock out database users immediately: replace their passwords, delete those without one'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "unlock" -d 'Restore locked database users'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "restrict" -d 'Restrict database users to named instances'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "unrestrict" -d 'Let database users reach everything in the project again'
complete -c spctl -n "__fish_spctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "list" -d 'List people, including those with access through the organisation or a team'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "get" -d 'Show people: roles, invitation, last login'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "invite" -d 'Grant people roles; newcomers get an invitation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "grant" -d 'Grant members further roles'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "revoke" -d 'Revoke roles from members'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "update" -d 'Set the roles of members in the organisation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "footprint" -d 'List what people hold, made and may know: roles, database users, secrets'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "offboard" -d 'Take back what people who leave hold, their database users too, with a record'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "remove" -d 'Remove people from the project, or from the organisation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and not __fish_seen_subcommand_from list get invite grant revoke update footprint offboard remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l email -d 'Only this person' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l all-projects -d 'List people in all projects and organisations that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l pending -d 'Only people who have not accepted their invitation yet'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l role -d 'A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from invite" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l role -d 'A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l role -d 'A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l role -d 'A role: Project Owner, project-owner or GROUP_OWNER (spctl roles list --project-roles)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l audit -d 'Audit logs that tell what their database users made: instances, archives, directories or files, or - for stdin, as the audit commands take them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from footprint" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l user -d 'Also lock this database user, which is theirs' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l audit -d 'Audit logs that tell what their database users made: instances, archives, directories or files, or - for stdin, as the audit commands take them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l confirm -d 'Confirm the loss of your own or the last owner\'s access with the project\'s name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l record -d 'Write down what is done in this file [default: offboarded-TIME.json in the current directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l from-org -d 'Remove them from the organisation, and so from all its projects'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from offboard" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l in-org -d 'Use the organisation: that of --org, of the environment, or of the project. Implied by --org on the command line, unless --project is given too'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "list" -d 'List people, including those with access through the organisation or a team'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show people: roles, invitation, last login'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "invite" -d 'Grant people roles; newcomers get an invitation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "grant" -d 'Grant members further roles'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke roles from members'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "update" -d 'Set the roles of members in the organisation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "footprint" -d 'List what people hold, made and may know: roles, database users, secrets'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "offboard" -d 'Take back what people who leave hold, their database users too, with a record'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove people from the project, or from the organisation'
complete -c spctl -n "__fish_spctl_using_subcommand members; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "list" -d 'List the project\'s custom roles and the built-in ones'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "get" -d 'Show roles: what each allows and inherits'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "create" -d 'Create a custom role'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "update" -d 'Add or remove actions and inherited roles of custom roles'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "delete" -d 'Delete custom roles that nothing uses'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "clone" -d 'Create a copy of a custom role'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "used-by" -d 'List who holds a role, what inherits it, and which connections execute as it'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "actions" -d 'List the stream privilege actions: both spellings, what each allows, who holds it'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "presets" -d 'List the presets: sets of stream actions for viewers, operators, developers, administrators'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and not __fish_seen_subcommand_from list get create update delete clone used-by actions presets help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l built-in -d 'Only the built-in roles, which every project has'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l custom -d 'Only the project\'s custom roles'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l project-roles -d 'The roles of people, API keys and service accounts instead, and what each allows'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l action -d 'An action to allow, in either spelling; with @DATABASE.COLLECTION for an action on data' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l inherit -d 'A role to inherit; the database defaults to admin' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l preset -d 'The actions of a preset: viewer, operator, developer or administrator' -r -f -a "viewer\t''
operator\t''
developer\t''
administrator\t''"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l add-action -d 'Allow this action' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l remove-action -d 'Stop allowing this action' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l add-inherit -d 'Inherit this role' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l remove-inherit -d 'Stop inheriting this role' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l allow-remaining -d 'Remove what can be removed, even if the action stays possible in other ways'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from clone" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l noun -d 'Only uses by this noun, as for -q, whose names feed the next command' -r -f -a "users\t'Holds it'
roles\t'Inherits it'
connections\t'Executes as it'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from used-by" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from actions" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from presets" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the project\'s custom roles and the built-in ones'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show roles: what each allows and inherits'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a custom role'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "update" -d 'Add or remove actions and inherited roles of custom roles'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete custom roles that nothing uses'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "clone" -d 'Create a copy of a custom role'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "used-by" -d 'List who holds a role, what inherits it, and which connections execute as it'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "actions" -d 'List the stream privilege actions: both spellings, what each allows, who holds it'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "presets" -d 'List the presets: sets of stream actions for viewers, operators, developers, administrators'
complete -c spctl -n "__fish_spctl_using_subcommand roles; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "who-can" -d 'List who may do an action: database users, people, programs, each with the way'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "of" -d 'Show what database users and people may do, and why: actions, clusters, pipelines, expiry'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "can" -d 'Tell whether a database user may do an action on an instance: exit code 0 or 3'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "check" -d 'Check policies for what they must not allow: exit code 0 or 3'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "matrix" -d 'Show users by actions, for each instance'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "paths" -d 'List which clusters users reach through pipelines, and what that gives them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "unused" -d 'List what users may do, with what the audit logs show of its use'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "suggest" -d 'Suggest the least role that covers what the audit logs show in use'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "trim" -d 'Give users the least role that covers what the audit logs show in use, with a record'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and not __fish_seen_subcommand_from who-can of can check matrix paths unused suggest trim help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l and -d 'Only whoever may do these as well, on the same instance' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l instance -l workspace -d 'Only on these instances' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l kind -d 'Only holders of these kinds' -r -f -a "database-user\t'Database users'
person\t'People'
api-key\t'API keys'
service-account\t'Service accounts'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l between -d 'Who could from one time until another; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l snapshots -d 'The directory of the policies that tell of that time' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from who-can" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from of" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from can" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -f -a "no-new-access" -d 'Check that a policy allows nothing that another one did not'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -f -a "not-granted" -d 'Check that a policy lets nobody do an action on an instance'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l instance -l workspace -d 'Only these instances' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l html -d 'Write a heat map as a page' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l force -d 'Replace an existing file'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from matrix" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l to -d 'Only paths to this cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l from -d 'Only paths of this database user' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l html -d 'Write a page' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l more -d 'Only paths that give more than the user holds, or may'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l dot -d 'Write a graph for Graphviz'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l force -d 'Replace an existing file'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from paths" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l audit -d 'The audit logs: instances, archives, directories or files, or - for stdin, as the audit commands take them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l window -d 'How far back use is looked for: a span such as 90d, or a date [default: 90d, or as far back as the logs go]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l user -d 'Only these users' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l instance -l workspace -d 'Only what they may do on these instances' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l only -d 'Only actions of which this can be said' -r -f -a "used\t''
unused\t''
unobservable\t''
too-new\t''
unknown\t''"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l no-project-events -d 'Leave out the project\'s events, which tell of modifications and of how old a grant is'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from unused" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l user -d 'The least role for this database user' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l role -d 'The least role for all who hold this role, directly or by inheritance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l connection -d 'The least role for this connection to execute as on its cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l instance -l workspace -d 'The instance of the connection, or of logs that do not name theirs' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l audit -d 'The audit logs: instances, archives, directories or files, or - for stdin, as the audit commands take them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l window -d 'How far back use is looked for: a span such as 90d, or a date [default: 90d, or as far back as the logs go]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l keep -d 'Allow these actions whether they were seen in use or not' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l name -d 'What the role is called [default: one with exactly this definition, else a new name]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l as -d 'What to write' -r -f -a "policy\t'A policy file, of what would change'
commands\t'Commands'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l no-project-events -d 'Leave out the project\'s events, which tell of modifications and of how old a grant is'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l drop-unknown -d 'Leave out as well what the logs may not show because they have gaps in the window'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l keep-scopes -d 'Leave a user\'s scopes as they are: do not restrict it to the instances where it was seen'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from suggest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l user -d 'The users' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l audit -d 'The audit logs: instances, archives, directories or files, or - for stdin, as the audit commands take them; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l window -d 'How far back use is looked for: a span such as 90d, or a date [default: 90d, or as far back as the logs go]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l instance -l workspace -d 'The instance of logs that do not name theirs' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l keep -d 'Allow these actions whether they were seen in use or not' -r -f -a "processStreamProcessor\t'Run a pipeline interactively without saving it; sp.process() needs sampleStreamProcessor as well.'
createStreamProcessor\t'Save a new stream processor under a name.'
modifyStreamProcessor\t'Change the pipeline or the options of a stopped processor.'
startStreamProcessor\t'Start a stopped processor.'
stopStreamProcessor\t'Stop a running processor.'
dropStreamProcessor\t'Delete a saved processor.'
sampleStreamProcessor\t'View the documents that a running processor outputs.'
getStreamProcessor\t'Read the definition and state of one processor.'
listStreamProcessors\t'List the processors of an instance.'
streamProcessorStats\t'Read the throughput and state statistics of a processor.'
listConnections\t'List the names of the connections that pipelines can use.'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l record -d 'Record the users in this file [default: trimmed-users-TIME.json in the current directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l undo -d 'Undo what this record says was done' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l no-project-events -d 'Leave out the project\'s events, which tell of modifications and of how old a grant is'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l drop-unknown -d 'Leave out as well what the logs may not show because they have gaps in the window'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l keep-scopes -d 'Leave a user\'s scopes as they are: do not restrict it to the instances where it was seen'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l changed-since -d 'With --undo, also put back users that were changed again since'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from trim" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "who-can" -d 'List who may do an action: database users, people, programs, each with the way'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "of" -d 'Show what database users and people may do, and why: actions, clusters, pipelines, expiry'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "can" -d 'Tell whether a database user may do an action on an instance: exit code 0 or 3'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check policies for what they must not allow: exit code 0 or 3'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "matrix" -d 'Show users by actions, for each instance'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "paths" -d 'List which clusters users reach through pipelines, and what that gives them'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "unused" -d 'List what users may do, with what the audit logs show of its use'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "suggest" -d 'Suggest the least role that covers what the audit logs show in use'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "trim" -d 'Give users the least role that covers what the audit logs show in use, with a record'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "list" -d 'List the instances of the project'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "get" -d 'Show instances: regions in all their names, hostnames, connections, who can reach them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "create" -d 'Create an instance'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "update" -d 'Change an instance\'s size or failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "uri" -d 'Show the connection strings of instances, for shells and drivers'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "delete" -d 'Delete instances with their processors and connections'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l region -d 'The region, by any of its names' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l tier -d 'The default tier of processors' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l max-tier -d 'The largest tier that a processor may request' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l failover-region -d 'A region to fail over to; at most two' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l sample -d 'Add the sample connection sample_stream_solar'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l tier -d 'The default tier of processors' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l max-tier -d 'The largest tier that a processor may request' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l failover-region -d 'The regions to fail over to, replacing the existing ones' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l no-failover-regions -d 'Remove all failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l username -d 'The database user who is to sign in' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l auth-db -d 'The authentication database, if two users share the name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l tls -d 'By TLS, to the local control plane; Atlas has nothing else'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from uri" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the instances of the project'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show instances: regions in all their names, hostnames, connections, who can reach them'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an instance'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change an instance\'s size or failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "uri" -d 'Show the connection strings of instances, for shells and drivers'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete instances with their processors and connections'
complete -c spctl -n "__fish_spctl_using_subcommand instances; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "list" -d 'List the instances of the project'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "get" -d 'Show instances: regions in all their names, hostnames, connections, who can reach them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "create" -d 'Create an instance'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "update" -d 'Change an instance\'s size or failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "uri" -d 'Show the connection strings of instances, for shells and drivers'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "delete" -d 'Delete instances with their processors and connections'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and not __fish_seen_subcommand_from list get create update uri delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l region -d 'The region, by any of its names' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l tier -d 'The default tier of processors' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l max-tier -d 'The largest tier that a processor may request' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l failover-region -d 'A region to fail over to; at most two' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l sample -d 'Add the sample connection sample_stream_solar'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l tier -d 'The default tier of processors' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l max-tier -d 'The largest tier that a processor may request' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l failover-region -d 'The regions to fail over to, replacing the existing ones' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l no-failover-regions -d 'Remove all failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l username -d 'The database user who is to sign in' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l auth-db -d 'The authentication database, if two users share the name' -r -f -a "admin\t''
$external\t''"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l tls -d 'By TLS, to the local control plane; Atlas has nothing else'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from uri" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the instances of the project'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show instances: regions in all their names, hostnames, connections, who can reach them'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an instance'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change an instance\'s size or failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "uri" -d 'Show the connection strings of instances, for shells and drivers'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete instances with their processors and connections'
complete -c spctl -n "__fish_spctl_using_subcommand workspaces; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "list" -d 'List the connections of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "get" -d 'Show connections of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "create" -d 'Create a connection, from options or a file'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "update" -d 'Change a connection; only what changes is sent'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "execute-as" -d 'Change the role that a Cluster connection reads and writes as'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "delete" -d 'Delete connections'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "check" -d 'Check when the certificates of connections expire'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "diagnose" -d 'Tell why the broker of a connection does not answer'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "failover" -d 'Manage what replaces a connection when its instance fails over to another region'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and not __fish_seen_subcommand_from list get create update execute-as delete check diagnose failover help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l type -d 'The type: Kafka, Cluster, Sample, Https, S3, AWSLambda, AWSKinesisDataStreams, SchemaRegistry, AzureBlobStorage or GCPPubSub' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l file -d 'A document in JSON or YAML, or - for stdin; ${NAME} in it stands for the environment variable NAME' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l bootstrap-servers -d 'The brokers' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l mechanism -d 'The authentication mechanism: PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER or AWS_MSK_IAM' -r -f -a "PLAIN\t''
SCRAM-256\t''
SCRAM-512\t''
OAUTHBEARER\t''
AWS_MSK_IAM\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l username -d 'The user for PLAIN and SCRAM, or for a schema registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l password-file -d 'Read the password from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-id -d 'OAUTHBEARER: the client\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-secret-file -d 'Read the OAUTHBEARER client\'s secret from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-secret-env -d 'Read the OAUTHBEARER client\'s secret from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l token-url -d 'OAUTHBEARER: the token endpoint' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l scope -d 'OAUTHBEARER: the scope to request' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l sasl-extensions -d 'OAUTHBEARER: extensions' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l protocol -d 'The security protocol: SASL_SSL, SASL_PLAINTEXT or PLAINTEXT (no TLS), or SSL (client certificate only)' -r -f -a "SASL_SSL\t''
SASL_PLAINTEXT\t''
SSL\t''
PLAINTEXT\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l broker-ca-file -d 'The CA certificates to trust brokers by, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-certificate -d 'The client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-key -d 'The private key of the client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l key-password-file -d 'Read the password of the client key from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l key-password-env -d 'Read the password of the client key from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l config -d 'A Kafka client setting; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l cluster -d 'The cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l cluster-project -d 'The cluster\'s project, if it is another one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l url -d 'The URL to send requests to' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l header -d 'A header; use --header-env for one that holds a key; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l header-env -d 'A header whose value is in an environment variable; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l role-arn -d 'The IAM role to assume; for Kafka too, with AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l test-bucket -d 'S3: a bucket to test the role with' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l registry-url -d 'A URL of the registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l storage-account -d 'The storage account' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l service-principal -d 'The service principal\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l service-account -d 'The service account\'s e-mail address' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l networking -d 'The network access: PUBLIC, VPC or PRIVATE_LINK' -r -f -a "PUBLIC\t''
VPC\t''
PRIVATE_LINK\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l private-link -d 'The private link to connect through' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l execute-as -d 'The role that pipelines read and write the cluster as' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l client-secret-stdin -d 'Read the OAUTHBEARER client\'s secret from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l key-password-stdin -d 'Read the password of the client key from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l inherit-sasl -d 'Authenticate as the Kafka connection does'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l built-in -d 'The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l custom -d 'The role is a custom role of the cluster\'s project'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l allow-administrator -d 'Let pipelines act as an administrator of the cluster'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l file -d 'A document in JSON or YAML, or - for stdin; ${NAME} in it stands for the environment variable NAME' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l bootstrap-servers -d 'The brokers' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l mechanism -d 'The authentication mechanism: PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER or AWS_MSK_IAM' -r -f -a "PLAIN\t''
SCRAM-256\t''
SCRAM-512\t''
OAUTHBEARER\t''
AWS_MSK_IAM\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l username -d 'The user for PLAIN and SCRAM, or for a schema registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l password-file -d 'Read the password from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-id -d 'OAUTHBEARER: the client\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-secret-file -d 'Read the OAUTHBEARER client\'s secret from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-secret-env -d 'Read the OAUTHBEARER client\'s secret from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l token-url -d 'OAUTHBEARER: the token endpoint' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l scope -d 'OAUTHBEARER: the scope to request' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l sasl-extensions -d 'OAUTHBEARER: extensions' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l protocol -d 'The security protocol: SASL_SSL, SASL_PLAINTEXT or PLAINTEXT (no TLS), or SSL (client certificate only)' -r -f -a "SASL_SSL\t''
SASL_PLAINTEXT\t''
SSL\t''
PLAINTEXT\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l broker-ca-file -d 'The CA certificates to trust brokers by, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-certificate -d 'The client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-key -d 'The private key of the client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l key-password-file -d 'Read the password of the client key from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l key-password-env -d 'Read the password of the client key from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l config -d 'A Kafka client setting; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l cluster -d 'The cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l cluster-project -d 'The cluster\'s project, if it is another one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l url -d 'The URL to send requests to' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l header -d 'A header; use --header-env for one that holds a key; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l header-env -d 'A header whose value is in an environment variable; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l role-arn -d 'The IAM role to assume; for Kafka too, with AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l test-bucket -d 'S3: a bucket to test the role with' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l registry-url -d 'A URL of the registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l storage-account -d 'The storage account' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l service-principal -d 'The service principal\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l service-account -d 'The service account\'s e-mail address' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l networking -d 'The network access: PUBLIC, VPC or PRIVATE_LINK' -r -f -a "PUBLIC\t''
VPC\t''
PRIVATE_LINK\t''"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l private-link -d 'The private link to connect through' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l execute-as -d 'The role that pipelines read and write the cluster as' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l client-secret-stdin -d 'Read the OAUTHBEARER client\'s secret from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l key-password-stdin -d 'Read the password of the client key from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l inherit-sasl -d 'Authenticate as the Kafka connection does'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l built-in -d 'The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l custom -d 'The role is a custom role of the cluster\'s project'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l allow-administrator -d 'Let pipelines act as an administrator of the cluster'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l built-in -d 'The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l custom -d 'The role is a custom role of the cluster\'s project'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l allow-administrator -d 'Let pipelines act as an administrator of the cluster'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from execute-as" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l within -d 'Exit with code 3 if a certificate expires within this time' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l as -d 'How the file is written, where that is not recognised' -r -f -a "plain\t'Addresses, blocks or ranges, one on a line; # begins a comment'
json\t'spctl ips -o json, ndjson or yaml; the API\'s own list; an array of addresses; *.tfvars.json'
kafka-acls\t'kafka-acls.sh --list, or commands that add entries; a list for each principal, operation and resource'
kubernetes\t'NetworkPolicy, Service of a load balancer, Strimzi\'s Kafka and KafkaUser, in YAML or JSON'
aws-security-group\t'aws ec2 describe-security-groups, describe-security-group-rules, or the input that adds rules'
aws-prefix-list\t'aws ec2 get-managed-prefix-list-entries, behind describe-managed-prefix-lists for the id and version'
terraform\t'terraform show -json of a state or a plan, or terraform.tfstate; a list for each rule'
gcloud\t'gcloud compute firewall-rules list or describe --format json, create or update; a list for each rule'
gcp-managed-kafka\t'gcloud managed-kafka clusters describe or list --format json, or clusters update'
azure-nsg\t'az network nsg show or list, az network nsg rule list or show; a list for each rule'
azure-event-hubs\t'az eventhubs namespace network-rule-set show or list, or the rules for Azure\'s API'
confluent\t'confluent iam ip-group describe or list -o json, or confluent iam ip-group create'
aiven\t'avn service get --json, avn service list --json, or avn service update -c ip_filter=…'
nftables\t'nft -j list ruleset or list set: a list for a chain\'s rules of the same ports, and for each other set'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l list -d 'Only the lists of these names or ids, where the file has several; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l against -d 'The file that says who is let in today, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l cidr -d 'Access-control entries may name blocks: brokers of Kafka 4.4 or later, and Redpanda'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -f -a "list" -d 'List the failover connections of a connection'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -f -a "add" -d 'Add a failover connection for one of the instance\'s failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -f -a "update" -d 'Change a failover connection; only what changes is sent'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -f -a "remove" -d 'Remove failover connections'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the connections of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show connections of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a connection, from options or a file'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a connection; only what changes is sent'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "execute-as" -d 'Change the role that a Cluster connection reads and writes as'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete connections'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check when the certificates of connections expire'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "diagnose" -d 'Tell why the broker of a connection does not answer'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "failover" -d 'Manage what replaces a connection when its instance fails over to another region'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "list" -d 'List the entries of the project\'s IP access list'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "get" -d 'Show entries: what each one lets in, its comment, when it expires'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "add" -d 'Add addresses, blocks or security groups in one request'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "remove" -d 'Remove entries'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "replace" -d 'Replace the list with the entries in a file: additions first, then removals'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "status" -d 'Show whether entries have been applied in all clouds: ACTIVE, PENDING or FAILED'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and not __fish_seen_subcommand_from list get add remove replace status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l comment -d 'A comment for the entries, at most 80 characters' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l expires -d 'When the entries expire: a span such as 7d, or a date, at most a week ahead; or never' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l current-ip -d 'Add your current IPv4 address'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l allow-anywhere -d 'Allow entries that make the list effectively open to everyone'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l owner -d 'Whose objects are yours, instead of the profile\'s owner: those tagged owner=NAME for others are left alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l lock-myself-out -d 'Allow removing what lets in your current address'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l allow-empty -d 'Allow an empty list, which lets no one in'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l allow-anywhere -d 'Allow a list that is effectively open to everyone'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l allow-empty -d 'Allow an empty list, which lets no one in'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l lock-myself-out -d 'Allow a list that does not let in your current address'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the entries of the project\'s IP access list'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show entries: what each one lets in, its comment, when it expires'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add addresses, blocks or security groups in one request'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove entries'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "replace" -d 'Replace the list with the entries in a file: additions first, then removals'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show whether entries have been applied in all clouds: ACTIVE, PENDING or FAILED'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "list" -d 'List the processors of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "get" -d 'Show processors: state, tier, connections, stages'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "create" -d 'Create a processor without starting it'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "update" -d 'Change a processor that is not running'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "start" -d 'Start processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "stop" -d 'Stop processors; they keep their checkpoints'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "delete" -d 'Delete processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "stats" -d 'Show the statistics of processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "logs" -d 'Download the operational log of the instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and not __fish_seen_subcommand_from list get create update start stop delete stats logs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l state -d 'Only processors in this state: CREATED, STARTED, STOPPED, FAILED' -r -f -a "CREATED\t''
STARTED\t''
STOPPED\t''
FAILED\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l pipeline -d 'A file with the pipeline, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l tier -d 'The processor\'s tier: SP2, SP5, SP10, SP30 or SP50' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l dlq-connection -d 'The cluster connection of the dead letter queue, for documents that cannot be processed' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l dlq-db -d 'The database of the dead letter queue' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l dlq-coll -d 'The collection of the dead letter queue' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l failover -d 'Whether the processor moves to a failover region when its own region fails' -r -f -a "true\t''
false\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l pipeline -d 'A file with the new pipeline, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l rename -d 'A new name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l tier -d 'The processor\'s tier: SP2, SP5, SP10, SP30 or SP50' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l dlq-connection -d 'The cluster connection of the dead letter queue, for documents that cannot be processed' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l dlq-db -d 'The database of the dead letter queue' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l dlq-coll -d 'The collection of the dead letter queue' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l failover -d 'Whether the processor moves to a failover region when its own region fails' -r -f -a "true\t''
false\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l from-scratch -d 'Discard the checkpoint, and start as a new processor would'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l state -d 'Only those in this state: CREATED, STARTED, STOPPED, FAILED' -r -f -a "CREATED\t''
STARTED\t''
STOPPED\t''
FAILED\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l with -d 'A file with options in JSON or YAML, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l tier -d 'The tier to run on: SP2, SP5, SP10, SP30 or SP50' -r -f -a "SP2\t''
SP5\t''
SP10\t''
SP30\t''
SP50\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l at -d 'The time from which a change stream source reads' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l failover-region -d 'Run in this region of the instance instead' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l failover-mode -d 'How to stop it in its current region: graceful or forced' -r -f -a "graceful\t''
forced\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l all -d 'All processors of the instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l from-scratch -d 'Do not resume from the checkpoint'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l state -d 'Only those in this state: CREATED, STARTED, STOPPED, FAILED' -r -f -a "CREATED\t''
STARTED\t''
STOPPED\t''
FAILED\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l all -d 'All processors of the instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l state -d 'Only those in this state: CREATED, STARTED, STOPPED, FAILED' -r -f -a "CREATED\t''
STARTED\t''
STOPPED\t''
FAILED\t''"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l all -d 'All processors of the instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l instance -l workspace -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l instance -l workspace -d 'The same as the name alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l until -d 'The end of the range, exclusive [default: now]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l processor -d 'Only events of this stream processor' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l out -d 'A file, a directory, or - for stdout [default: the server\'s file name, in this directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l decompress -d 'Write plain lines instead of gzip'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l force -d 'Replace existing files'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the processors of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show processors: state, tier, connections, stages'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a processor without starting it'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a processor that is not running'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "start" -d 'Start processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "stop" -d 'Stop processors; they keep their checkpoints'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Show the statistics of processors'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "logs" -d 'Download the operational log of the instance'
complete -c spctl -n "__fish_spctl_using_subcommand processors; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "list" -d 'List incoming peerings: the active ones, or all that an account has requested'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "get" -d 'Show peerings: who requests them, the networks they join, their state'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "accept" -d 'Accept peerings, after checking their account and VPC'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "reject" -d 'Reject peerings that await acceptance'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "delete" -d 'Delete peerings; connections that use them stop working'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "account" -d 'Show the account, network and addresses to request peerings with in a region'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and not __fish_seen_subcommand_from list get accept reject delete account help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l account-id -d 'The account that requests the peering' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l active -d 'Only active peerings, from any account; the default if no account is named'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l account-id -d 'The account that requests the peering' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l account-id -d 'The account that requests the peering' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l vpc-id -d 'Accept only peerings that this VPC requests' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from accept" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l account-id -d 'The account that requests the peering' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l account-id -d 'The account that requests the peering' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l provider -d 'aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l region -d 'The region, by any of its names' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from account" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "list" -d 'List incoming peerings: the active ones, or all that an account has requested'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show peerings: who requests them, the networks they join, their state'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "accept" -d 'Accept peerings, after checking their account and VPC'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Reject peerings that await acceptance'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete peerings; connections that use them stop working'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "account" -d 'Show the account, network and addresses to request peerings with in a region'
complete -c spctl -n "__fish_spctl_using_subcommand peerings; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "list" -d 'List the private links of the project'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "get" -d 'Show private links: what they connect to, and their state'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "create" -d 'Create a private link, from options or a file'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "update" -d 'Change the DNS domain of a private link; nothing else can be changed'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "delete" -d 'Delete private links; one that a connection uses cannot be deleted'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and not __fish_seen_subcommand_from list get create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l file -d 'A file with the whole document in JSON or YAML, or - for stdin; options override it' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l provider -d 'aws, azure or gcp' -r -f -a "aws\t''
azure\t''
gcp\t''"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l vendor -d 'The kind of service. On AWS: msk, confluent, kinesis, s3, lambda; on Azure: eventhub, confluent, azure-blob-storage; on Google Cloud: confluent, pubsub [default: generic]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l region -d 'The region of the service, by its provider\'s name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l service-endpoint -d 'The service: the name of a VPC endpoint service, or the id of an Event Hubs namespace' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l arn -d 'The service\'s ARN, for MSK' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l dns-domain -d 'The domain of the service\'s host names' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l dns-sub-domain -d 'A subdomain with its domain, usually an availability zone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l azure-resource-id -d 'The resource of an availability zone, for Confluent on Azure' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l gcp-service-attachment -d 'The service attachment of an availability zone, for Confluent on Google Cloud; at most three' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l gcp-connection-id -d 'The id of a Private Service Connect connection; at most three' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l authentication -d 'How connections authenticate: tls, sasl-scram or iam' -r -f -a "tls\t''
sasl-scram\t''
iam\t''"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l dns-domain -d 'The domain of the service\'s host names; once set, it can be changed only while the private link is IDLE' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the private links of the project'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show private links: what they connect to, and their state'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a private link, from options or a file'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change the DNS domain of a private link; nothing else can be changed'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete private links; one that a connection uses cannot be deleted'
complete -c spctl -n "__fish_spctl_using_subcommand private-links; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "export" -d 'Write all that a project\'s policy is as one YAML document'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "apply" -d 'Make the project what a policy says'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "rollback" -d 'Put back what a record says was there before'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "diff" -d 'Compare the project with a policy file: what would have to change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "validate" -d 'Say everything that is wrong with policy files; nothing is asked or sent'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and not __fish_seen_subcommand_from export apply rollback diff validate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l to -d 'Write a file that only you can read, whole or not at all' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l force -d 'Replace the file if it exists'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l undated -d 'Leave out when it was read, so that the file changes only when the policy does'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l owner -d 'Whose objects are yours, instead of the profile\'s owner: those tagged owner=NAME for others are left alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l foreign -d 'Also change this object of another owner, by its name: alice@admin, 203.0.113.0/24' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l confirm -d 'Confirm the loss of your own or the last administrator\'s access with the project\'s name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l record -d 'Write down what is done in this file [default: applied-POLICY.json in the current directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l prune -d 'Also remove the users, roles, entries and people\'s roles that the policy does not name'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l without-secrets -d 'Go on without what cannot be brought back: passwords, secrets, invitations, private links'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l password-file -d 'Read the password from this file, or write the generated one to it (0600)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l changed-since -d 'Also put back objects that were changed again since'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l generate-password -d 'Generate a password; it is printed once, to stdout or to --password-file'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l no-prune -d 'Leave out objects that FILE does not name'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write all that a project\'s policy is as one YAML document'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Make the project what a policy says'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "rollback" -d 'Put back what a record says was there before'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare the project with a policy file: what would have to change'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "validate" -d 'Say everything that is wrong with policy files; nothing is asked or sent'
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -f -a "list" -d 'List the projects that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -f -a "get" -d 'Show projects, by id or name'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -f -a "create" -d 'Create projects in an organisation'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -f -a "delete" -d 'Delete projects that have no instances or clusters'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and not __fish_seen_subcommand_from list get create delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l owner -d 'The id of the member to make Project Owner [default: the organisation\'s first owner]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the projects that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show projects, by id or name'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create projects in an organisation'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete projects that have no instances or clusters'
complete -c spctl -n "__fish_spctl_using_subcommand projects; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -f -a "list" -d 'List the organisations that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -f -a "get" -d 'Show organisations, by id or name'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and not __fish_seen_subcommand_from list get help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the organisations that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show organisations, by id or name'
complete -c spctl -n "__fish_spctl_using_subcommand orgs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l snapshot -d 'Answer from a policy file, as `spctl policy export` writes it, not from the project; - is stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l audit -d 'Audit logs, for the rules that need them: instances, archives or files; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l stale -d 'How long a user was not seen who is stale' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l baseline -d 'Findings that are known: what an earlier lint -o json wrote. Unless they have grown since, they are told and fail nothing' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l suppress -d 'Findings that are accepted: a file of suppressions' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l fail-on -d 'The least severity that fails: low, medium, high, critical, or never' -r -f -a "low\t''
medium\t''
high\t''
critical\t''
never\t''"
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l explain -d 'Explain a rule by its number or name, or list all of them' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand lint" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand lint" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "download" -d 'Download the audit logs of instances'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "pull" -d 'Archive the audit logs of instances, adding what is new'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "verify" -d 'Prove that an archive is complete and unchanged'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "show" -d 'Show events: from instances, archives, files or stdin'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "follow" -d 'Write new events as they appear'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "summary" -d 'Count events by user, event, address, day and more'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "sessions" -d 'List sessions: what each connection did from its logon to its logoff'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "timeline" -d 'Tell the lives of stream processors: created, started, stopped, dropped, by whom'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "detect" -d 'Find what somebody should look at, and explain what is looked for'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "report" -d 'Write a page about logs, for a browser or paper'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "export" -d 'Export events as files by day: to a directory or a bucket, for query engines and shippers'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and not __fish_seen_subcommand_from download pull verify show follow summary sessions timeline detect report export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l until -d 'The end of the range, exclusive [default: now]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l processor -d 'Only events of this stream processor' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l out -d 'A file, a directory, or - for stdout [default: the server\'s file name, in this directory]' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l decompress -d 'Write plain lines instead of gzip'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l force -d 'Replace existing files'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l instance -l workspace -d 'The same as the names alone' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l since -d 'How far back the archive goes: 365d, a date, seconds since 1970, or all [default: a new one 365d, another as far as it does]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l to -d 'The directory of the archive; it is made if it is not there' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l jobs -d 'How many instances are read at the same time' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l all -d 'All instances of the project'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l all-projects -d 'All instances of all projects that the credential can access'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l head -d 'A head that was kept: nothing before it must have been changed' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l jobs -d 'How many files are read at the same time [default: one per core]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against-events -d 'Compare with the project\'s events'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s n -l lines -d 'Only the first N, or with --reverse the last N' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l reverse -d 'The last one first'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l raw -d 'Write the lines byte for byte, without a filter also those that are no event'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l report-shape -d 'Show which keys the lines have, with the types of their values and counts, but no value'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l interval -d 'The time between two looks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l state -d 'The file that keeps what is known between runs; a new one is created' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: now]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l once -d 'Look once, and end; needs --state'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l raw -d 'Write lines byte for byte, as -o ndjson does'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from follow" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l by -d 'What to count by [default: event]' -r -f -a "user\t'Who acted'
event\t'What was done, named as on the product page'
ip\t'The address it came from'
instance\t'The instance'
processor\t'The stream processor it was done to'
day\t'The day'
hour\t'The hour of the day of each day'
weekday-hour\t'The hour of the week, Monday first'
outcome\t'Success or failure'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s n -l top -d 'Only the N largest' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from summary" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l state -d 'Only sessions in this state' -r -f -a "closed\t''
open\t''
began-before\t''
refused\t''
acts-only\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s n -l newest -d 'Only so many, the newest' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from sessions" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l project-events -d 'Weave in the project\'s events though the sources are files'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l no-project-events -d 'Tell what the log tells, without the project\'s events'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from timeline" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l rules -d 'A file of rules, or builtin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l baseline -d 'An earlier log, which shows who and what is usual; of the range, what came before; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l learn -d 'How much of the beginning of each log is learned from [default: 7d, or the first half]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l locked -d 'Records of users lock: users who are locked since then; not split at commas' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l explain -d 'Explain a rule, or list all of them' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from detect" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l out -d 'The file to write; - is stdout' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l force -d 'Replace an existing file'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l since -d 'The start of the range: 7d, a date, seconds since 1970, or all [default: of an instance the last 30 days, of anything else all]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l until -d 'The end of the range, exclusive' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l user -d 'Only events by these users: alice, alice@admin or admin.alice; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l event -d 'Only these events, in any spelling: "failed authentication", drop_stream_processor' -r -f -a "successfulAuthentication\t''
failedAuthentication\t''
connectionTermination\t''
startStreamProcessor\t''
createStreamProcessor\t''
stopStreamProcessor\t''
dropStreamProcessor\t''
process\t''
sample\t''
auditLogAccessed\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l outcome -d 'Only events that ended so' -r -f -a "success\t''
failure\t''"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l ip -d 'Only events from these addresses or networks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l processor -d 'Only events about these stream processors' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l instance -l workspace -d 'Only events of these instances, of sources that hold several' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l session -d 'Only events of this session' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l grep -d 'Only lines that hold this text' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l bad -d 'Keep the lines that are no event in this file, as JSON lines with where they stand and why; every line is parsed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l to -d 'A directory, or a place in a bucket' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l format -d 'What files hold' -r -f -a "parquet\t'Columns and the line itself, for query engines'
ndjson\t'The lines as they are'
csv\t'Columns and the line itself, as comma-separated values'
ecs\t'Documents by the Elastic Common Schema'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l layout -d 'How files are laid out' -r -f -a "plain\t'A directory for each day, day=YYYY-MM-DD'
security-lake\t'As Amazon Security Lake expects custom sources'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l region -d 'The region of the bucket, and of Security Lake\'s layout [default: AWS_REGION]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l account -d 'The AWS account that Security Lake\'s layout names: twelve digits' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l source-name -d 'What names of Security Lake\'s custom sources begin with' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l endpoint -d 'The address of a server that speaks like S3 [default: AWS_ENDPOINT_URL_S3]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l verbatim -d 'Look for event names that are not known here as well, as lines have them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-prefilter -d 'Parse even lines without what is asked for: slower, and every fault is seen'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l gzip -d 'Compress ndjson, csv and ecs'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l force -d 'Replace files even if they hold lines that this export has not'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "download" -d 'Download the audit logs of instances'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "pull" -d 'Archive the audit logs of instances, adding what is new'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Prove that an archive is complete and unchanged'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show events: from instances, archives, files or stdin'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "follow" -d 'Write new events as they appear'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "summary" -d 'Count events by user, event, address, day and more'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "sessions" -d 'List sessions: what each connection did from its logon to its logoff'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "timeline" -d 'Tell the lives of stream processors: created, started, stopped, dropped, by whom'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "detect" -d 'Find what somebody should look at, and explain what is looked for'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "report" -d 'Write a page about logs, for a browser or paper'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "export" -d 'Export events as files by day: to a directory or a bucket, for query engines and shippers'
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List events, newest first: who changed or viewed what'
complete -c spctl -n "__fish_spctl_using_subcommand events; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l since -d 'The start of the range: 7d, a date, or seconds since 1970' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l until -d 'The end of the range [default: now]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l type -d 'Only events of these types or groups of types' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l exclude-type -d 'Exclude events of these types or groups of types' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l by -d 'Only events by this person, key or program: an email address, key, name or id, or part of one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l about -d 'Only events about this: the name of a user, instance, connection or entry, or part of one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l verbatim -d 'Send a name that is not known here all the same, for what Atlas has added since'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from help" -f -a "list" -d 'List events, newest first: who changed or viewed what'
complete -c spctl -n "__fish_spctl_using_subcommand events; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l region -d 'Regions, by the provider\'s, the instance\'s or Atlas\' name; all for every region' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l instance -l workspace -d 'What the connections of this instance need, in its region and its failover regions; needs credentials' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l connection -d 'Only what these connections of the instance need' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l gateway -d 'Also allow the addresses of this gateway, a group that one service connects from; all for every gateway, list to see which there are' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l direction -d 'As seen from the control plane: outbound or inbound' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l for -d 'Write the rules of this kind of broker or firewall; --help then shows its options' -r -f -a "plain\t'One CIDR block per line'
kafka-acls\t'Commands that allow single addresses, for a broker with an authorizer'
strimzi\t'A listener of a Strimzi Kafka resource that a load balancer is in front of'
strimzi-user\t'Access-control entries of a Strimzi KafkaUser, for the user that Atlas signs in as'
kubernetes\t'A NetworkPolicy of Kubernetes for the broker\'s pods'
nftables\t'A table of nftables that lets the addresses in to ports of this machine, and nobody else'
gcloud\t'A `gcloud` command that makes or updates a firewall rule of a VPC network'
gcp-managed-kafka\t'A `gcloud` command that sets the source ranges of a managed Kafka cluster'
azure-nsg\t'An inbound rule of a network security group, as Azure Resource Manager takes it'
azure-event-hubs\t'The network rules of an Event Hubs namespace, as Azure Resource Manager takes them'
confluent\t'A `confluent` command that makes an IP group, or adds to one, for IP filters to let in'
aiven\t'An `avn` command that sets the IP filter of an Aiven service'
aws-security-group\t'Input of `aws ec2 authorize-security-group-ingress --cli-input-json`'
aws-prefix-list\t'Input of `aws ec2 create-managed-prefix-list --cli-input-json`'
tfvars\t'The value of a Terraform variable that is a list of blocks'
terraform-aws\t'Terraform resources of AWS: aws_vpc_security_group_ingress_rule'
terraform-aws-prefix-list\t'A Terraform resource of AWS: aws_ec2_managed_prefix_list'
terraform-google\t'A Terraform resource of Google Cloud: google_compute_firewall'
terraform-azure\t'A Terraform resource of Azure: azurerm_network_security_rule'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l principal -d 'The principal that Atlas signs in to the broker as, such as User:atlas (kafka-acls)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l bootstrap-server -d 'The broker to send the commands to (kafka-acls)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l command-config -d 'The properties file that kafka-acls.sh signs in with (kafka-acls)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l topic -d 'A topic to allow access to (kafka-acls, strimzi-user)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l group -d 'A consumer group to allow reading in; a source joins one (kafka-acls, strimzi-user)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l operation -d 'What to allow on the topics: Read for a source, Write for a sink [default: Read] (kafka-acls, strimzi-user)' -r -f -a "Read\t''
Write\t''
Create\t''
Describe\t''
DescribeConfigs\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l name -d 'The name of the rule, set, list or group to make (strimzi, strimzi-user, kubernetes, nftables, gcloud, azure-nsg, confluent, aws-prefix-list, tfvars, terraform-aws, terraform-aws-prefix-list, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l listener -d 'The broker\'s listener that the addresses connect to (strimzi)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l port -d 'The broker\'s ports (strimzi, kubernetes, nftables, gcloud, azure-nsg, aws-security-group, terraform-aws, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l namespace -d 'The namespace, in place of the one that kubectl is set to (strimzi, strimzi-user, kubernetes)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l api-version -d 'The version of the resource: v1beta2 for Strimzi before 0.49 [default: v1] (strimzi, strimzi-user)' -r -f -a "v1\t''
v1beta2\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l selector -d 'A label that the broker\'s pods have, and no others (kubernetes)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l network -d 'The network that the broker is in (gcloud, terraform-google)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l id -l group-id -d 'The id of the rule set that takes the addresses (gcloud, gcp-managed-kafka, confluent, aiven, aws-security-group, aws-prefix-list, terraform-aws, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l priority -d 'The rule\'s priority; a lower number goes first (gcloud, azure-nsg, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l description -d 'What to say of the rules, in place of whose addresses they are (gcloud, azure-nsg, aiven, aws-security-group, aws-prefix-list, terraform-aws, terraform-aws-prefix-list, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l cloud-project -d 'The provider\'s project that the broker or firewall is in (gcloud, gcp-managed-kafka, aiven)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l location -d 'The region that the cluster is in (gcp-managed-kafka)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l family -d 'Which blocks to write, where there are some of both kinds (aws-prefix-list, terraform-aws-prefix-list)' -r -f -a "ipv4\t''
ipv6\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l max-entries -d 'How many entries the list can hold, up to 1000 [default: as many as it gets] (aws-prefix-list, terraform-aws-prefix-list)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l current-version -d 'The version of the list of --id, as describe-managed-prefix-lists tells it (aws-prefix-list)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l chunk -d 'Write files of at most this many blocks each, for platforms whose rule sets hold only so many' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l out -d 'The directory that --chunk writes to; the paths of the files are printed' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l no-failover -d 'Leave out the instance\'s failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l aggregate -d 'Merge blocks into fewer ones with exactly the same addresses'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l help -d 'Print help, with --for that of the target (see a summary with \'-h\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -s h -d 'Print a summary of the help'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l cidr -d 'Write blocks as they are, for Kafka 4.4 (metadata version 4.4-IV1) or later, and for Redpanda (kafka-acls, strimzi-user)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l plaintext -d 'The listener has no TLS (strimzi)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "regions" -d 'List the regions that have addresses'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "contains" -d 'Say whose addresses these are: Atlas\' or not'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "diff" -d 'Compare two lists that were saved'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "project" -d 'List the addresses of the project\'s clusters'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "check" -d 'Check whether a broker or firewall lets in these addresses, and no others'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "delta" -d 'Write what to add to a list and what to remove, so that it lets in these addresses'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "watch" -d 'Report what changes in the addresses, as it happens'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "targets" -d 'List the kinds of brokers and firewalls that --for writes rules for'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and not __fish_seen_subcommand_from regions contains diff project check delta watch targets help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l provider -d 'Regions of this provider only: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l direction -d 'As seen from the control plane: outbound or inbound' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from regions" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from contains" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l cluster -d 'Only addresses of these clusters' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l direction -d 'As seen from the clusters: outbound, inbound, or both' -r -f -a "inbound\t''
outbound\t''
both\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l future -d 'Include addresses that are announced but not yet in use'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from project" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l against -d 'The file that says who is let in today, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l as -d 'How the file is written, where that is not recognised' -r -f -a "plain\t'Addresses, blocks or ranges, one on a line; # begins a comment'
json\t'spctl ips -o json, ndjson or yaml; the API\'s own list; an array of addresses; *.tfvars.json'
kafka-acls\t'kafka-acls.sh --list, or commands that add entries; a list for each principal, operation and resource'
kubernetes\t'NetworkPolicy, Service of a load balancer, Strimzi\'s Kafka and KafkaUser, in YAML or JSON'
aws-security-group\t'aws ec2 describe-security-groups, describe-security-group-rules, or the input that adds rules'
aws-prefix-list\t'aws ec2 get-managed-prefix-list-entries, behind describe-managed-prefix-lists for the id and version'
terraform\t'terraform show -json of a state or a plan, or terraform.tfstate; a list for each rule'
gcloud\t'gcloud compute firewall-rules list or describe --format json, create or update; a list for each rule'
gcp-managed-kafka\t'gcloud managed-kafka clusters describe or list --format json, or clusters update'
azure-nsg\t'az network nsg show or list, az network nsg rule list or show; a list for each rule'
azure-event-hubs\t'az eventhubs namespace network-rule-set show or list, or the rules for Azure\'s API'
confluent\t'confluent iam ip-group describe or list -o json, or confluent iam ip-group create'
aiven\t'avn service get --json, avn service list --json, or avn service update -c ip_filter=…'
nftables\t'nft -j list ruleset or list set: a list for a chain\'s rules of the same ports, and for each other set'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l list -d 'Only the lists of these names or ids, where the file has several; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l port -d 'Only the lists that let in to these ports' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l fail-on -d 'What ends with exit code 3' -r -f -a "missing\t'Something is missing or dead'
any\t'Anything differs'
never\t'Nothing'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l region -d 'Regions, by the provider\'s, the instance\'s or Atlas\' name; all for every region' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l instance -l workspace -d 'What the connections of this instance need, in its region and its failover regions; needs credentials' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l connection -d 'Only what these connections of the instance need' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l gateway -d 'Also allow the addresses of this gateway, a group that one service connects from; all for every gateway, list to see which there are' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l direction -d 'As seen from the control plane: outbound or inbound' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l cidr -d 'Access-control entries may name blocks: brokers of Kafka 4.4 or later, and Redpanda'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l no-failover -d 'Leave out the instance\'s failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l against -d 'The file that says who is let in today, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l as -d 'How the file is written, where that is not recognised' -r -f -a "plain\t'Addresses, blocks or ranges, one on a line; # begins a comment'
json\t'spctl ips -o json, ndjson or yaml; the API\'s own list; an array of addresses; *.tfvars.json'
kafka-acls\t'kafka-acls.sh --list, or commands that add entries; a list for each principal, operation and resource'
kubernetes\t'NetworkPolicy, Service of a load balancer, Strimzi\'s Kafka and KafkaUser, in YAML or JSON'
aws-security-group\t'aws ec2 describe-security-groups, describe-security-group-rules, or the input that adds rules'
aws-prefix-list\t'aws ec2 get-managed-prefix-list-entries, behind describe-managed-prefix-lists for the id and version'
terraform\t'terraform show -json of a state or a plan, or terraform.tfstate; a list for each rule'
gcloud\t'gcloud compute firewall-rules list or describe --format json, create or update; a list for each rule'
gcp-managed-kafka\t'gcloud managed-kafka clusters describe or list --format json, or clusters update'
azure-nsg\t'az network nsg show or list, az network nsg rule list or show; a list for each rule'
azure-event-hubs\t'az eventhubs namespace network-rule-set show or list, or the rules for Azure\'s API'
confluent\t'confluent iam ip-group describe or list -o json, or confluent iam ip-group create'
aiven\t'avn service get --json, avn service list --json, or avn service update -c ip_filter=…'
nftables\t'nft -j list ruleset or list set: a list for a chain\'s rules of the same ports, and for each other set'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l list -d 'Only the lists of these names or ids, where the file has several; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l region -d 'Regions, by the provider\'s, the instance\'s or Atlas\' name; all for every region' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l instance -l workspace -d 'What the connections of this instance need, in its region and its failover regions; needs credentials' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l connection -d 'Only what these connections of the instance need' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l gateway -d 'Also allow the addresses of this gateway, a group that one service connects from; all for every gateway, list to see which there are' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l direction -d 'As seen from the control plane: outbound or inbound' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l for -d 'Write the rules of this kind of broker or firewall; --help then shows its options' -r -f -a "plain\t'One CIDR block per line'
kafka-acls\t'Commands that allow single addresses, for a broker with an authorizer'
strimzi\t'A listener of a Strimzi Kafka resource that a load balancer is in front of'
strimzi-user\t'Access-control entries of a Strimzi KafkaUser, for the user that Atlas signs in as'
kubernetes\t'A NetworkPolicy of Kubernetes for the broker\'s pods'
nftables\t'A table of nftables that lets the addresses in to ports of this machine, and nobody else'
gcloud\t'A `gcloud` command that makes or updates a firewall rule of a VPC network'
gcp-managed-kafka\t'A `gcloud` command that sets the source ranges of a managed Kafka cluster'
azure-nsg\t'An inbound rule of a network security group, as Azure Resource Manager takes it'
azure-event-hubs\t'The network rules of an Event Hubs namespace, as Azure Resource Manager takes them'
confluent\t'A `confluent` command that makes an IP group, or adds to one, for IP filters to let in'
aiven\t'An `avn` command that sets the IP filter of an Aiven service'
aws-security-group\t'Input of `aws ec2 authorize-security-group-ingress --cli-input-json`'
aws-prefix-list\t'Input of `aws ec2 create-managed-prefix-list --cli-input-json`'
tfvars\t'The value of a Terraform variable that is a list of blocks'
terraform-aws\t'Terraform resources of AWS: aws_vpc_security_group_ingress_rule'
terraform-aws-prefix-list\t'A Terraform resource of AWS: aws_ec2_managed_prefix_list'
terraform-google\t'A Terraform resource of Google Cloud: google_compute_firewall'
terraform-azure\t'A Terraform resource of Azure: azurerm_network_security_rule'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l principal -d 'The principal that Atlas signs in to the broker as, such as User:atlas (kafka-acls)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l bootstrap-server -d 'The broker to send the commands to (kafka-acls)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l command-config -d 'The properties file that kafka-acls.sh signs in with (kafka-acls)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l topic -d 'A topic to allow access to (kafka-acls, strimzi-user)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l group -d 'A consumer group to allow reading in; a source joins one (kafka-acls, strimzi-user)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l operation -d 'What to allow on the topics: Read for a source, Write for a sink [default: Read] (kafka-acls, strimzi-user)' -r -f -a "Read\t''
Write\t''
Create\t''
Describe\t''
DescribeConfigs\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l name -d 'The name of the rule, set, list or group to make (strimzi, strimzi-user, kubernetes, nftables, gcloud, azure-nsg, confluent, aws-prefix-list, tfvars, terraform-aws, terraform-aws-prefix-list, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l listener -d 'The broker\'s listener that the addresses connect to (strimzi)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l port -d 'The broker\'s ports (strimzi, kubernetes, nftables, gcloud, azure-nsg, aws-security-group, terraform-aws, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l namespace -d 'The namespace, in place of the one that kubectl is set to (strimzi, strimzi-user, kubernetes)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l api-version -d 'The version of the resource: v1beta2 for Strimzi before 0.49 [default: v1] (strimzi, strimzi-user)' -r -f -a "v1\t''
v1beta2\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l selector -d 'A label that the broker\'s pods have, and no others (kubernetes)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l network -d 'The network that the broker is in (gcloud, terraform-google)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l id -l group-id -d 'The id of the rule set that takes the addresses (gcloud, gcp-managed-kafka, confluent, aiven, aws-security-group, aws-prefix-list, terraform-aws, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l priority -d 'The rule\'s priority; a lower number goes first (gcloud, azure-nsg, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l description -d 'What to say of the rules, in place of whose addresses they are (gcloud, azure-nsg, aiven, aws-security-group, aws-prefix-list, terraform-aws, terraform-aws-prefix-list, terraform-google, terraform-azure)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l cloud-project -d 'The provider\'s project that the broker or firewall is in (gcloud, gcp-managed-kafka, aiven)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l location -d 'The region that the cluster is in (gcp-managed-kafka)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l family -d 'Which blocks to write, where there are some of both kinds (aws-prefix-list, terraform-aws-prefix-list)' -r -f -a "ipv4\t''
ipv6\t''"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l max-entries -d 'How many entries the list can hold, up to 1000 [default: as many as it gets] (aws-prefix-list, terraform-aws-prefix-list)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l current-version -d 'The version of the list of --id, as describe-managed-prefix-lists tells it (aws-prefix-list)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l keep-foreign -d 'Keep entries that are not Atlas\''
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l no-failover -d 'Leave out the instance\'s failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l help -d 'Print help, with --for that of the target (see a summary with \'-h\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -s h -d 'Print a summary of the help'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l cidr -d 'Write blocks as they are, for Kafka 4.4 (metadata version 4.4-IV1) or later, and for Redpanda (kafka-acls, strimzi-user)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l plaintext -d 'The listener has no TLS (strimzi)'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from delta" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l provider -d 'The cloud provider: aws, azure or gcp' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l region -d 'Regions, by the provider\'s, the instance\'s or Atlas\' name; all for every region' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l instance -l workspace -d 'What the connections of this instance need, in its region and its failover regions; needs credentials' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l connection -d 'Only what these connections of the instance need' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l gateway -d 'Also allow the addresses of this gateway, a group that one service connects from; all for every gateway, list to see which there are' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l direction -d 'As seen from the control plane: outbound or inbound' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l from-file -d 'Read the list from a file, or from stdin with -, instead of from the API' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l allow-stale -d 'If Atlas cannot be reached, use its last answer unless it is older than this, such as 24h or 7d' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l save -d 'Also write the whole list as it was fetched to this file, for --from-file and diff' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l interval -d 'The time between two looks' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l exec -d 'The program that gets each change on stdin, with its arguments; run without a shell' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l max-change -d 'The largest share of the known blocks that a change may remove' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l state -d 'The file that keeps what is known between runs; a new one is created' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l no-failover -d 'Leave out the instance\'s failover regions'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l force -d 'Replace files that exist'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l accept -d 'Pass on the first change even if it removes more than --max-change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l once -d 'Look once, and end; needs --state'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from targets" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "regions" -d 'List the regions that have addresses'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "contains" -d 'Say whose addresses these are: Atlas\' or not'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare two lists that were saved'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "project" -d 'List the addresses of the project\'s clusters'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check whether a broker or firewall lets in these addresses, and no others'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "delta" -d 'Write what to add to a list and what to remove, so that it lets in these addresses'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Report what changes in the addresses, as it happens'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "targets" -d 'List the kinds of brokers and firewalls that --for writes rules for'
complete -c spctl -n "__fish_spctl_using_subcommand ips; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "serve" -d 'Serve the Admin API over the local store, and its instances, until interrupted'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "init" -d 'Create the local store'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "status" -d 'Show what the local store holds'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "reset" -d 'Delete everything in the local store, including keys, and fill it again'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "endpoints" -d 'Show where instances are served while `spctl local serve` runs: addresses, connection strings'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "clock" -d 'Show, advance or set the local store\'s clock'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "ips" -d 'Show or replace the control plane\'s addresses, which ips lists'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "key" -d 'Create credentials for the local control plane'
complete -c spctl -n "__fish_spctl_using_subcommand local; and not __fish_seen_subcommand_from serve init status reset endpoints clock ips key help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l listen -d 'The loopback address to listen on' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l allow-host -d 'Also answer requests to this host name, with any port' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l tls -d 'Answer https as well, on the same port; --tls only refuses plain http' -r -f -a "both\t'https and plain http'
only\t'https only'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l instances -d 'Listen for instances from this port on (by default 37017), or not at all' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l client-ca -d 'Let clients sign in to instances with certificates by the authorities in this file (PEM)' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l rate-limit -d 'Answer this many requests per minute, including challenges, and refuse the rest with 429' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l sliding -d 'Count the last 60 seconds, instead of each minute separately'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l seed -d 'The number that ids and sample events are derived from' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l now -d 'The initial time of the store\'s clock' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l limit-users -d 'The most database users a project may have, or none for no limit [default: 100, as in Atlas]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l limit-access-list -d 'The most entries a project\'s IP access list may have, or none for no limit [default: 200, as in Atlas]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l empty -d 'Create only one organisation with one project, instead of the sample'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l force -d 'Delete an existing store first'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l seed -d 'The number that ids and sample events are derived from' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l now -d 'The initial time of the store\'s clock' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l limit-users -d 'The most database users a project may have, or none for no limit [default: 100, as in Atlas]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l limit-access-list -d 'The most entries a project\'s IP access list may have, or none for no limit [default: 200, as in Atlas]' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l empty -d 'Create only one organisation with one project, instead of the sample'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from endpoints" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -f -a "show" -d 'Show the store\'s time'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -f -a "advance" -d 'Advance the clock'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -f -a "set" -d 'Set the clock, which continues from there'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -f -a "show" -d 'Show the list, as the API answers it'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -f -a "set" -d 'Replace the list with one from a file'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -f -a "reset" -d 'Replace the list with that of the sample'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -f -a "create" -d 'Create an API key with exactly these roles; its private half is shown only once'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Serve the Admin API over the local store, and its instances, until interrupted'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "init" -d 'Create the local store'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show what the local store holds'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "reset" -d 'Delete everything in the local store, including keys, and fill it again'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "endpoints" -d 'Show where instances are served while `spctl local serve` runs: addresses, connection strings'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "clock" -d 'Show, advance or set the local store\'s clock'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "ips" -d 'Show or replace the control plane\'s addresses, which ips lists'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "key" -d 'Create credentials for the local control plane'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "login" -d 'Sign in: try a credential, and store it as a profile'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "status" -d 'Show who commands act as, until when, and where each setting comes from'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "logout" -d 'Sign out: revoke the token and remove the stored credential'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "token" -d 'Print an access token for other tools'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l kind -d 'The kind of credential' -r -f -a "service-account\t'A service account: its tokens expire, and its secret can be replaced'
api-key\t'An API key: a public and a private half'
access-token\t'An access token, which expires within the hour and is not renewed'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l base-url -d 'The address of the API' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'The client id of a service account' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l public-key -d 'The public half of an API key' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l secret-file -d 'Read the secret from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l secret-env -d 'Read the secret from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l credential-command -d 'Store no secret: this program prints it on its first line whenever it is needed' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l default-project -d 'The default project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l gov -d 'Use Atlas for Government'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l secret-stdin -d 'Read the secret from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l insecure-storage -d 'Store the secret in plain text, in a file that only you can read'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-store -d 'Store nothing; print the environment to set instead'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l operations -d 'List each operation of the API, and whether the credential may call it'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'Sign in: try a credential, and store it as a profile'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show who commands act as, until when, and where each setting comes from'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'Sign out: revoke the token and remove the stored credential'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "token" -d 'Print an access token for other tools'
complete -c spctl -n "__fish_spctl_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "list" -d 'List the profiles'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "get" -d 'Show profiles'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "use" -d 'Make a profile the default one'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "set" -d 'Set keys of the profile given with --profile, or of the default profile'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "unset" -d 'Unset keys of the profile given with --profile, or of the default profile'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "remove" -d 'Remove profiles and their stored secrets'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "rename" -d 'Rename a profile, along with its secret'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "import" -d 'Import the profiles of MongoDB\'s own command-line tool'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and not __fish_seen_subcommand_from list get use set unset remove rename import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l from -d 'The tool\'s configuration file, if it is not in its usual place' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l insecure-storage -d 'Store secrets in plain text, in a file that only you can read'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l no-secrets -d 'Do not import secrets'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the profiles'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show profiles'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "use" -d 'Make a profile the default one'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set keys of the profile given with --profile, or of the default profile'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Unset keys of the profile given with --profile, or of the default profile'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove profiles and their stored secrets'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Rename a profile, along with its secret'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import the profiles of MongoDB\'s own command-line tool'
complete -c spctl -n "__fish_spctl_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -n "__fish_spctl_using_subcommand api" -s f -l field -d 'A field whose value is text; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -s F -l typed-field -d 'A field whose value is true, false, null, a number or other JSON; @FILE reads it from a file; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l input -d 'The JSON body: a file, or - for stdin' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand api" -l api-version -d 'The API version, a date; append +gzip to request a compressed answer' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l out -d 'Write the answer\'s bytes to this file, or - for stdout' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand api" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand api" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand api" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand api" -l paginate -d 'Fetch all pages of a list, as one array'
complete -c spctl -n "__fish_spctl_using_subcommand api" -l force -d 'Replace an existing file'
complete -c spctl -n "__fish_spctl_using_subcommand api" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand api" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand api" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand api" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand api" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand api" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand api" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand completion" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand completion" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l profile -d 'The profile in config.toml to use, rather than SPCTL_PROFILE\'s or the default one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l project -d 'The project, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l org -d 'The organisation, by id or name' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l ca-file -d 'A PEM file of the certificate authorities to trust, instead of the system\'s' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand generate" -s o -l output -d 'Output format: table, json, ndjson, yaml, csv or tsv; of findings: sarif, ocsf, junit' -r -f -a "table\t'Padded columns with relative times, for people'
json\t'What the API sent, as one JSON document'
ndjson\t'What the API sent, one JSON document a line'
yaml\t'What the API sent, as YAML'
csv\t'Columns with a header line'
tsv\t'Columns separated by tabs, without a header: for cut and awk'
sarif\t'Findings as one SARIF 2.1.0 document: for code scanning services and editors'
ocsf\t'Findings as OCSF events, one a line: for security lakes and SIEMs'
junit\t'Findings as a JUnit report, in XML: for what shows the results of tests'"
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l jq -d 'Filter the JSON output with a jq expression' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l columns -d 'The columns to write, in this order' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l local -d 'Use the embedded control plane instead of Atlas'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l allow-http -d 'Allow plain http to other hosts: credentials are sent in clear text'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -s q -l names -d 'Names only, one per line: feeds the next command'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -s y -l yes -d 'Confirm every change'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -l dry-run -d 'Show the requests of a change without sending them'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -s v -l verbose -d 'Log requests to stderr (-v), with headers and bodies (-vv); secrets are masked'
complete -c spctl -n "__fish_spctl_using_subcommand generate" -s h -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "users" -d 'Database users: who may act on which instance'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "members" -d 'People with roles in the project, or with --in-org in the organisation'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "roles" -d 'Database roles and stream privilege actions'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "privileges" -d 'Who may do what on which instance, and by which way'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "instances" -d 'Stream processing instances (workspaces)'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "connections" -d 'Connections of an instance, and the roles they execute as'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "access-lists" -d 'Addresses allowed to reach the project\'s databases'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "processors" -d 'Stream processors of an instance'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "peerings" -d 'VPC peering connections to brokers'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "private-links" -d 'Private links to brokers'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "policy" -d 'A project\'s policy as a file: users, roles, instances, and what lets them in'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "projects" -d 'Projects'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "orgs" -d 'Organisations'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "lint" -d 'Find what of privileges, connections and the access list somebody should mend'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "audit" -d 'Audit logs of instances'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "events" -d 'Project events: what administrators changed and viewed'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "ips" -d 'The control plane\'s IP addresses, for brokers to allow'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "local" -d 'The embedded control plane'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "auth" -d 'Sign in and out, and show who commands act as'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "profiles" -d 'Profiles: named settings in config.toml'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "api" -d 'Any operation of the Admin API, signed and paged'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "completion" -d 'Print a shell\'s completion script'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "generate" -d 'Write completions, man pages and schemas into a directory'
complete -c spctl -n "__fish_spctl_using_subcommand help; and not __fish_seen_subcommand_from users members roles privileges instances connections access-lists processors peerings private-links policy projects orgs lint audit events ips local auth profiles api completion generate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c spctl -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from no-new-access" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from not-granted" -l action -d 'The stream action' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from not-granted" -l instance -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from not-granted" -l to -d 'Only to these: database users, people by their address, API keys, service accounts' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from not-granted" -l kind -d 'Only to holders of these kinds' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand privileges; and __fish_seen_subcommand_from check; and __fish_seen_subcommand_from not-granted" -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from list" -l instance -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from list" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l instance -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l region -d 'The failover region, by any of its names' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l file -d 'A document in JSON or YAML, or - for stdin; ${NAME} in it stands for the environment variable NAME' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l bootstrap-servers -d 'The brokers' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l mechanism -d 'The authentication mechanism: PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER or AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l username -d 'The user for PLAIN and SCRAM, or for a schema registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l password-file -d 'Read the password from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-id -d 'OAUTHBEARER: the client\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-secret-stdin -d 'Read the OAUTHBEARER client\'s secret from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-secret-file -d 'Read the OAUTHBEARER client\'s secret from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-secret-env -d 'Read the OAUTHBEARER client\'s secret from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l token-url -d 'OAUTHBEARER: the token endpoint' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l scope -d 'OAUTHBEARER: the scope to request' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l sasl-extensions -d 'OAUTHBEARER: extensions' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l protocol -d 'The security protocol: SASL_SSL, SASL_PLAINTEXT or PLAINTEXT (no TLS), or SSL (client certificate only)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l broker-ca-file -d 'The CA certificates to trust brokers by, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-certificate -d 'The client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l client-key -d 'The private key of the client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l key-password-stdin -d 'Read the password of the client key from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l key-password-file -d 'Read the password of the client key from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l key-password-env -d 'Read the password of the client key from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l config -d 'A Kafka client setting; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l cluster -d 'The cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l cluster-project -d 'The cluster\'s project, if it is another one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l url -d 'The URL to send requests to' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l header -d 'A header; use --header-env for one that holds a key; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l header-env -d 'A header whose value is in an environment variable; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l role-arn -d 'The IAM role to assume; for Kafka too, with AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l test-bucket -d 'S3: a bucket to test the role with' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l registry-url -d 'A URL of the registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l inherit-sasl -d 'Authenticate as the Kafka connection does'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l storage-account -d 'The storage account' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l service-principal -d 'The service principal\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l service-account -d 'The service account\'s e-mail address' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l networking -d 'The network access: PUBLIC, VPC or PRIVATE_LINK' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l private-link -d 'The private link to connect through' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l execute-as -d 'The role that pipelines read and write the cluster as' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l built-in -d 'The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l custom -d 'The role is a custom role of the cluster\'s project'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l allow-administrator -d 'Let pipelines act as an administrator of the cluster'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l wait -d 'Wait until the change has taken effect'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l wait-limit -d 'The longest time to wait' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from add" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l instance -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l file -d 'A document in JSON or YAML, or - for stdin; ${NAME} in it stands for the environment variable NAME' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l bootstrap-servers -d 'The brokers' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l mechanism -d 'The authentication mechanism: PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER or AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l username -d 'The user for PLAIN and SCRAM, or for a schema registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l password-file -d 'Read the password from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l password-env -d 'Read the password from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-id -d 'OAUTHBEARER: the client\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-secret-stdin -d 'Read the OAUTHBEARER client\'s secret from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-secret-file -d 'Read the OAUTHBEARER client\'s secret from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-secret-env -d 'Read the OAUTHBEARER client\'s secret from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l token-url -d 'OAUTHBEARER: the token endpoint' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l scope -d 'OAUTHBEARER: the scope to request' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l sasl-extensions -d 'OAUTHBEARER: extensions' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l protocol -d 'The security protocol: SASL_SSL, SASL_PLAINTEXT or PLAINTEXT (no TLS), or SSL (client certificate only)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l broker-ca-file -d 'The CA certificates to trust brokers by, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-certificate -d 'The client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l client-key -d 'The private key of the client certificate, in PEM form' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l key-password-stdin -d 'Read the password of the client key from the first line of stdin'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l key-password-file -d 'Read the password of the client key from this file' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l key-password-env -d 'Read the password of the client key from this environment variable' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l config -d 'A Kafka client setting; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l cluster -d 'The cluster' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l cluster-project -d 'The cluster\'s project, if it is another one' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l url -d 'The URL to send requests to' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l header -d 'A header; use --header-env for one that holds a key; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l header-env -d 'A header whose value is in an environment variable; not split at commas' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l role-arn -d 'The IAM role to assume; for Kafka too, with AWS_MSK_IAM' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l test-bucket -d 'S3: a bucket to test the role with' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l registry-url -d 'A URL of the registry' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l inherit-sasl -d 'Authenticate as the Kafka connection does'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l storage-account -d 'The storage account' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l service-principal -d 'The service principal\'s id' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l service-account -d 'The service account\'s e-mail address' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l networking -d 'The network access: PUBLIC, VPC or PRIVATE_LINK' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l private-link -d 'The private link to connect through' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l execute-as -d 'The role that pipelines read and write the cluster as' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l built-in -d 'The role is built in: atlasAdmin, readWriteAnyDatabase or readAnyDatabase'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l custom -d 'The role is a custom role of the cluster\'s project'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l allow-administrator -d 'Let pipelines act as an administrator of the cluster'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from update" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from remove" -l instance -d 'The instance' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from remove" -l failed -d 'Write the names that failed to this file, ready to be read back with -' -r -F
complete -c spctl -n "__fish_spctl_using_subcommand connections; and __fish_seen_subcommand_from failover; and __fish_seen_subcommand_from remove" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock; and __fish_seen_subcommand_from show" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock; and __fish_seen_subcommand_from advance" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from clock; and __fish_seen_subcommand_from set" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips; and __fish_seen_subcommand_from show" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips; and __fish_seen_subcommand_from set" -l help -d 'Print help (see more with \'--help\')'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from ips; and __fish_seen_subcommand_from reset" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key; and __fish_seen_subcommand_from create" -l role -d 'A role, by any of its names (project-read-only, GROUP_READ_ONLY)' -r -f
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key; and __fish_seen_subcommand_from create" -l service-account -d 'Create a service account instead'
complete -c spctl -n "__fish_spctl_using_subcommand local; and __fish_seen_subcommand_from key; and __fish_seen_subcommand_from create" -l help -d 'Print help'
complete -c spctl -n "__fish_spctl_using_subcommand access-lists; and __fish_seen_subcommand_from replace" -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from apply" -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from diff" -F
complete -c spctl -n "__fish_spctl_using_subcommand policy; and __fish_seen_subcommand_from validate" -F
complete -c spctl -n "__fish_spctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -F
