//! A client's settings: where, as whom, and how patiently.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::mask::Known;

/// How requests are authenticated.
#[derive(Debug, Clone, Default)]
pub enum Credential {
    /// Not at all: only public operations answer.
    #[default]
    None,
    /// An API key, by HTTP Digest.
    ApiKey {
        /// The public half.
        public: String,
        /// The private half.
        private: SecretString,
    },
    /// A service account, by OAuth 2.0 client credentials.
    ServiceAccount {
        /// The client id, `mdb_sa_id_…`.
        id: String,
        /// The client secret, `mdb_sa_sk_…`.
        secret: SecretString,
        /// The file that stores the token between runs; without one, every run requests a token.
        cache: Option<PathBuf>,
    },
    /// A bearer token given outright.
    Bearer(SecretString),
}

/// A proxy for https; plain http never goes through one.
#[derive(Clone)]
pub struct Proxy {
    /// The proxy's URL, as in `https_proxy`.
    pub url: String,
    /// Hosts that are reached directly, as in `no_proxy`.
    pub except: Option<String>,
}

/// The URL may hold a password: it is not shown.
impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxy").field("except", &self.except).finish_non_exhaustive()
    }
}

/// How patiently a request is repeated.
#[derive(Debug, Clone)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The wait before the second attempt; doubled each time, and jittered.
    pub first_wait: Duration,
    /// The longest wait for one attempt. A `Retry-After` beyond it ends the call.
    pub longest_wait: Duration,
    /// The time for one call, waits and attempts included: no attempt begins later.
    pub budget: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            attempts: 5,
            first_wait: Duration::from_millis(400),
            longest_wait: Duration::from_secs(90),
            budget: Duration::from_secs(180),
        }
    }
}

/// A client's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the API is: `https://cloud.mongodb.com`.
    pub base_url: Url,
    /// As whom.
    pub credential: Credential,
    /// The `User-Agent`.
    pub user_agent: String,
    /// Plain http to any host; without it, to loopback only.
    pub allow_http: bool,
    /// A PEM bundle of the authorities to trust, in place of the system's.
    pub ca_file: Option<PathBuf>,
    /// A proxy for https.
    pub proxy: Option<Proxy>,
    /// The time to make a connection.
    pub connect_timeout: Duration,
    /// The longest silence of the server, before the first byte of an answer and between two.
    pub idle_timeout: Duration,
    /// How patiently a request is repeated.
    pub retry: Retry,
    /// The window of the server's rate limits; the API counts by the minute.
    pub rate_window: Duration,
    /// Where the secrets of the credential, of tokens and of requests are registered.
    pub known: Known,
}

impl Settings {
    /// Settings for a base URL, without a credential.
    pub fn new(base_url: Url) -> Self {
        Settings {
            base_url,
            credential: Credential::None,
            user_agent: concat!("spctl/", env!("CARGO_PKG_VERSION")).to_owned(),
            allow_http: false,
            ca_file: None,
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            retry: Retry::default(),
            rate_window: Duration::from_secs(60),
            known: Known::default(),
        }
    }
}
