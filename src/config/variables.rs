//! The environment variables that are read, for the manual.

#[cfg(feature = "lake")]
use super::aws;
use super::credential::{CLIENT_ID, CLIENT_SECRET, PRIVATE_KEY, PUBLIC_KEY, TOKEN};
use super::target::{BASE_URL, PROFILE};

/// Variables of one meaning; of several the first that is set counts, unless the meaning says otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Their names.
    pub names: &'static [&'static str],
    /// What they say, as one sentence or more.
    pub meaning: &'static str,
}

const fn variable(names: &'static [&'static str], meaning: &'static str) -> Variable {
    Variable { names, meaning }
}

/// All of them. Which variable holds a password is for the command line to say (`--password-env`).
pub const VARIABLES: &[Variable] = &[
    variable(
        &PROFILE,
        "The profile to use, as with --profile. The second is ignored where everything is local.",
    ),
    variable(
        &["SPCTL_LOCAL"],
        "1 makes every command local, as with --local, except ips. 0 is the same as unset.",
    ),
    variable(CLIENT_ID, "The id of a service account."),
    variable(CLIENT_SECRET, "The secret of a service account."),
    variable(PUBLIC_KEY, "The public half of an API key."),
    variable(PRIVATE_KEY, "The private half of an API key."),
    variable(TOKEN, "An access token. Only one kind of credential may be set."),
    variable(&["MONGODB_ATLAS_PROJECT_ID"], "The project, by id or name, as with --project."),
    variable(&["MONGODB_ATLAS_ORG_ID"], "The organisation, by id or name, as with --org."),
    variable(
        BASE_URL,
        "The address of another Atlas, such as https://cloud.mongodbgov.com. If both are set, they \
         must be the same.",
    ),
    variable(&["MONGODB_ATLAS_OUTPUT"], "The output format, as with --output."),
    variable(
        &["SSL_CERT_FILE"],
        "A PEM file of the certificate authorities to trust, as with --ca-file.",
    ),
    variable(&["HTTPS_PROXY", "https_proxy"], "The proxy for connections to Atlas."),
    variable(&["NO_PROXY", "no_proxy"], "The hosts that are reached without the proxy."),
    variable(
        &["SPCTL_CONFIG_DIR"],
        "The directory of profiles and stored secrets, instead of ~/.config/spctl.",
    ),
    variable(
        &["SPCTL_DATA_DIR"],
        "The directory of the local control plane, instead of ~/.local/share/spctl.",
    ),
    variable(
        &["SPCTL_CACHE_DIR"],
        "The directory of cached tokens and addresses, instead of ~/.cache/spctl.",
    ),
    variable(
        &["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"],
        "Where these three directories are by default.",
    ),
    #[cfg(feature = "lake")]
    variable(aws::KEY_ID, "The id of an AWS access key, for exports to s3://."),
    #[cfg(feature = "lake")]
    variable(aws::SECRET, "The secret of that key."),
    #[cfg(feature = "lake")]
    variable(aws::TOKEN, "The session token that temporary keys come with."),
    #[cfg(feature = "lake")]
    variable(aws::REGION, "The region of the bucket, as with --region."),
    #[cfg(feature = "lake")]
    variable(aws::ENDPOINT, "The address of another S3, as with --endpoint."),
    variable(&["NO_COLOR"], "Any value turns colours off."),
    variable(&["TERM"], "dumb turns colours off."),
    variable(&["COLUMNS"], "The width of tables, instead of the terminal's."),
];
