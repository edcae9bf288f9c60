//! Authenticating requests.

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::caller::{self, Caller};
use super::digest::Challenge;
use super::error::{ApiError, Cause};
use super::oauth::Tokens;
use super::wire::{self, Wire};
use super::{Credential, Retry, status};

use crate::hex::hex;

/// How the requests of one client are authenticated.
pub(super) enum Auth {
    Nobody,
    Key(Key),
    Account(Tokens),
    Bearer { token: SecretString, header: HeaderValue },
}

/// What goes into one request.
pub(super) struct Authorization {
    pub(super) header: Option<HeaderValue>,
    /// Which challenge or token it is made from; it grows with every new one.
    pub(super) generation: u64,
}

/// Calls that start together wait here for the one that fetches the challenge.
pub(super) struct Key {
    public: String,
    private: SecretString,
    state: Mutex<KeyState>,
}

#[derive(Default)]
struct KeyState {
    generation: u64,
    challenge: Option<Challenge>,
}

impl Auth {
    pub(super) fn new(credential: Credential, wire: &Wire, retry: Retry) -> Result<Self, ApiError> {
        let known = wire.known();
        Ok(match credential {
            Credential::None => Auth::Nobody,
            Credential::ApiKey { public, private } => {
                known.learn(private.expose_secret());
                Auth::Key(Key { public, private, state: Mutex::default() })
            }
            Credential::ServiceAccount { id, secret, cache } => {
                known.learn(secret.expose_secret());
                Auth::Account(Tokens::new(id, secret, cache, wire, retry))
            }
            Credential::Bearer(token) => {
                known.learn(token.expose_secret());
                Auth::Bearer { header: bearer(&token)?, token }
            }
        })
    }

    /// As whom requests are made.
    pub(super) fn caller(&self) -> Caller {
        match self {
            Auth::Nobody => Caller::Nobody,
            Auth::Key(key) => Caller::Key(key.public.clone()),
            Auth::Account(tokens) => Caller::Account(tokens.id().to_owned()),
            Auth::Bearer { token, .. } => {
                Caller::Token { ends: caller::end_of(token.expose_secret()) }
            }
        }
    }

    /// The `Authorization` of one request; fetches a challenge or a token if there is none.
    pub(super) async fn authorize(
        &self,
        wire: &Wire,
        method: &Method,
        uri: &str,
    ) -> Result<Authorization, ApiError> {
        match self {
            Auth::Nobody => Ok(Authorization { header: None, generation: 0 }),
            Auth::Bearer { header, .. } => {
                Ok(Authorization { header: Some(header.clone()), generation: 0 })
            }
            Auth::Account(tokens) => tokens.authorize(wire).await,
            Auth::Key(key) => key.authorize(wire, method, uri).await,
        }
    }

    /// After a 401: gets a new challenge or token, unless another call already did. Returns whether
    /// there is one.
    pub(super) async fn renew(
        &self,
        wire: &Wire,
        generation: u64,
        headers: &HeaderMap,
    ) -> Result<bool, ApiError> {
        match self {
            Auth::Nobody | Auth::Bearer { .. } => Ok(false),
            Auth::Account(tokens) => tokens.renew(wire, generation).await,
            Auth::Key(key) => key.renew(wire, generation, headers).await.map(|()| true),
        }
    }
}

/// The header of a bearer token.
pub(super) fn bearer(token: &SecretString) -> Result<HeaderValue, ApiError> {
    let mut header = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
        .map_err(|_| ApiError::new(Cause::Setup, "the access token cannot be sent in a header"))?;
    header.set_sensitive(true);
    Ok(header)
}

impl Key {
    async fn authorize(
        &self,
        wire: &Wire,
        method: &Method,
        uri: &str,
    ) -> Result<Authorization, ApiError> {
        let mut state = self.state.lock().await;
        if state.challenge.is_none() {
            state.challenge = Some(fetch(wire).await?);
            state.generation += 1;
        }
        let generation = state.generation;
        let cnonce = random_hex::<16>()?;
        let header = state
            .challenge
            .as_mut()
            .and_then(|challenge| challenge.sign(&self.public, &self.private, method, uri, &cnonce))
            .ok_or_else(|| ApiError::new(Cause::Setup, "the API key cannot be sent in a header"))?;
        Ok(Authorization { header: Some(header), generation })
    }

    async fn renew(
        &self,
        wire: &Wire,
        generation: u64,
        headers: &HeaderMap,
    ) -> Result<(), ApiError> {
        let mut state = self.state.lock().await;
        if state.generation == generation {
            state.challenge = Some(match Challenge::of(headers) {
                Some(challenge) => challenge,
                None => fetch(wire).await?,
            });
            state.generation += 1;
        }
        Ok(())
    }
}

/// Requests a challenge at the API's root, so that no body is sent in vain and no log is requested
/// anonymously: an attempt to read an audit log is an event in that log.
async fn fetch(wire: &Wire) -> Result<Challenge, ApiError> {
    let request = wire
        .request(&status::GET.method, wire.url(status::GET.path)?)
        .header(http::header::ACCEPT, status::GET.media_type());
    let response = wire.exchange(request, 1).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let no_digest = |cause| {
        let why = "the server offers no digest challenge that an API key can answer";
        Err(ApiError::new(cause, why))
    };
    match Challenge::of(&headers) {
        Some(challenge) if status == StatusCode::UNAUTHORIZED => Ok(challenge),
        None if status == StatusCode::UNAUTHORIZED => no_digest(Cause::Status(status)),
        _ if status.is_success() => no_digest(Cause::Unreadable),
        _ => Err(wire.refusal(status, &headers, &wire::read(response).await?)),
    }
}

/// Random bytes in hexadecimal.
pub(super) fn random_hex<const N: usize>() -> Result<String, ApiError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        ApiError::new(Cause::Setup, format!("cannot get random numbers: {error}"))
    })?;
    Ok(hex(&bytes))
}
