//! The files that are kept between runs, for the manual.

/// A file that is kept between runs.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The variable that names its directory, if one does.
    pub variable: Option<&'static str>,
    /// Where it is if that variable is not set.
    pub path: &'static str,
    /// What it holds.
    pub meaning: &'static str,
}

const fn place(variable: Option<&'static str>, path: &'static str, meaning: &'static str) -> Place {
    Place { variable, path, meaning }
}

const CONFIG: Option<&str> = Some("SPCTL_CONFIG_DIR");
const DATA: Option<&str> = Some("SPCTL_DATA_DIR");
const CACHE: Option<&str> = Some("SPCTL_CACHE_DIR");

/// All of them.
pub const PLACES: &[Place] = &[
    place(CONFIG, "~/.config/spctl/config.toml", "Profiles: what is not secret."),
    place(
        CONFIG,
        "~/.config/spctl/credentials.toml",
        "Secrets of profiles in plain text, after auth login --insecure-storage. It is refused if \
         others can read it.",
    ),
    place(CONFIG, "~/.config/spctl/.lock", "Held while one of these is edited."),
    place(
        CACHE,
        "~/.cache/spctl/token.json",
        "Tokens of service accounts until they expire, sealed with the account's secret.",
    ),
    place(
        CACHE,
        "~/.cache/spctl/addresses/HOST/addresses.json",
        "The last list of addresses that an Atlas answered, for ips --allow-stale.",
    ),
    place(DATA, "~/.local/share/spctl/local.sqlite", "The local control plane's store."),
    place(
        DATA,
        "~/.local/share/spctl/local-authority.pem",
        "The key of the authority that certifies what local serve answers by TLS.",
    ),
    place(
        DATA,
        "~/.local/share/spctl/local-ca.pem",
        "That authority's certificate, for clients to trust.",
    ),
    place(
        None,
        "~/.config/atlascli/config.toml",
        "Profiles of MongoDB's own command-line tool, which profiles import reads.",
    ),
];
