//! How each command takes part. A new command belongs in the tour, or in one of these lists.

/// Commands that are given a secret besides the credential: a line, and its stdin. The
/// variables and files that they name are those of the cage.
pub const CARRIERS: &[(&str, &str)] = &[
    ("users create kim --role streamViewer --password-env CANARY_PASSWORD --yes", ""),
    ("users create kim --role streamViewer --password-stdin --yes", "canary-of-the-password\n"),
    ("users update alice --password-env CANARY_PASSWORD --yes", ""),
    ("users update alice --password-stdin --yes", "canary-of-the-password\n"),
    (
        "connections create broker --instance orders --bootstrap-servers b.example:9092 \
         --mechanism SCRAM-512 --username atlas --password-env CANARY_KAFKA --yes",
        "",
    ),
    (
        "connections create broker --instance orders --bootstrap-servers b.example:9092 \
         --mechanism PLAIN --username atlas --password-file given/password --yes",
        "",
    ),
    (
        "connections create broker --instance orders --bootstrap-servers b.example:9092 \
         --mechanism OAUTHBEARER --client-id c --client-secret-stdin --token-url \
         https://idp.example/token --yes",
        "canary-of-the-kafka-client\n",
    ),
    (
        "connections create broker --instance orders --bootstrap-servers b.example:9092 \
         --protocol SSL --client-certificate given/cert.pem --client-key given/key.pem \
         --key-password-env CANARY_KAFKA --yes",
        "",
    ),
    ("connections create broker --instance orders --file given/kafka.json --yes", ""),
    (
        "connections create hook --instance orders --url https://hook.example --header-env \
         X-Key=CANARY_HEADER --yes",
        "",
    ),
    (
        "connections update order-events --instance orders --username atlas --password-env \
         CANARY_KAFKA --yes",
        "",
    ),
    ("api POST groups/{project}/databaseUsers --input given/user.json --yes", ""),
];

/// Commands that carry nothing but the credential, and that no step of the tour calls.
pub const OTHERS: &[&str] = &[
    "audit sessions orders",
    "audit timeline orders",
    "audit report orders --out -",
    "privileges who-can start",
    "privileges of alice",
    "privileges can alice start --instance orders",
    "members footprint dana@example.com --audit orders",
    "members offboard robin@example.com --confirm shop --record left.json --yes",
    "privileges matrix",
    "privileges paths",
    "privileges unused --audit orders --window 2026-07-01",
    "privileges suggest --user frank --audit orders --window 2026-07-01",
    "privileges trim --user frank --audit orders --window 2026-07-01 --record trim.json --yes",
    "users grant alice --role streamOperator --yes",
    "users revoke alice --role streamOperator --yes",
    "users restrict alice --instance orders --yes",
    "users unrestrict alice --yes",
    "users lock alice --record lock.json --yes",
    "users unlock --from lock.json --generate-password --password-file unlocked --yes",
    "peerings get pcx-0aaa1111bbb2222c1",
    "processors get orders-to-shop --instance orders",
    "roles clone streamOperator night-shift --yes",
    "roles used-by streamOperator",
    "policy export --to policy.yaml",
    "policy diff policy.yaml",
    "connections execute-as shop readAnyDatabase --built-in --instance orders --yes",
    "connections check all --instance orders",
    "connections diagnose shop --instance orders",
    "audit detect orders",
    "lint --audit orders --stale 365d",
    "instances uri orders --username alice",
    "ips check --instance orders --against given/list",
    "ips delta --instance orders --against given/list",
    "audit follow orders --once --state followed",
    "audit summary orders --by user",
    "ips watch --instance orders --once --state watched",
    "audit export orders --to exported",
    "access-lists replace given/list --yes",
    "audit pull orders --to archive",
    "audit verify archive --against-events",
    "audit show orders",
    "audit summary orders",
    "api GET groups/{project}/databaseUsers",
    "policy apply given/policy.json --without-secrets --yes",
    "policy rollback lock.json --generate-password --password-file rolled --yes",
    "privileges check no-new-access live",
    "privileges check not-granted live --action start --instance orders --to alice",
];

/// Commands that carry no secret and talk to nobody, or make one that a test of its own looks for.
pub const WITHOUT_SECRETS: &[&str] = &[
    "completion",
    "generate",
    "ips contains",
    "ips diff",
    "ips regions",
    "ips targets",
    "local clock advance",
    "local clock set",
    "local clock show",
    "local endpoints",
    "local init",
    "local ips reset",
    "local ips set",
    "local ips show",
    "local key create",
    "local reset",
    "local serve",
    "local status",
    "policy validate",
    "roles actions",
    "roles presets",
];

/// Commands on a profile whose secret is in a file; the first creates it.
pub const OF_A_PROFILE: &[&str] = &[
    "auth login --secret-stdin --insecure-storage",
    "auth status",
    "profiles list",
    "profiles get default",
    "profiles set output=json",
    "profiles unset output",
    "profiles import --from given/official.toml --insecure-storage --yes",
    "profiles rename taken other",
    "profiles use other",
    "instances list",
    "auth token --yes",
    "auth logout --profile default --yes",
    "profiles remove other --yes",
];
