//! Service accounts: OAuth 2.0 client credentials.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, Method, header};
use jiff::Timestamp;
use reqwest::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::Retry;
use super::auth::{Authorization, bearer};
use super::cache::{self, LOOK, Removed, StoredToken, Turn};
use super::caller;
use super::error::{ApiError, Cause};
use super::retry::Patience;
use super::wire::{self, Wire};
use crate::mask::Known;

/// A token is not used in the last minutes of its life, in seconds.
const MARGIN: i64 = 300;
/// The assumed lifetime of a token that does not announce one, in seconds.
const SHORT_LIFE: i64 = 600;

/// How long no other token is requested after a new one was refused.
const IN_VAIN: Duration = Duration::from_secs(60);
/// How long to wait before saying so.
const NOTICED: Duration = Duration::from_secs(2);

/// The tokens of one service account. Calls that start together wait for the one that requests.
pub(super) struct Tokens {
    id: String,
    secret: SecretString,
    cache: Option<PathBuf>,
    /// How often somebody had signed out when the secret was read.
    sign_outs: u64,
    base_url: String,
    retry: Retry,
    known: Known,
    /// Token requests that have ended.
    rounds: AtomicU64,
    state: Mutex<TokenState>,
}

#[derive(Default)]
struct TokenState {
    generation: u64,
    token: Option<Token>,
    /// How the last token request failed.
    failure: Option<ApiError>,
    /// When a refused token was last replaced by a new one.
    replaced: Option<Instant>,
}

struct Token {
    value: SecretString,
    use_until: i64,
    /// When it ends, if its lifetime was announced.
    ends: Option<i64>,
}

/// A token that was stored on disk, and has been removed.
pub struct RemovedToken(Removed);

impl RemovedToken {
    /// Removes the token of a service account from its file, whatever address it is for; `None` if
    /// none is stored for this account. Waits a while for a process that is requesting one.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn take(path: &Path, id: &str) -> io::Result<Option<RemovedToken>> {
        Ok(cache::remove(path, id)?.map(RemovedToken))
    }

    /// When it expires, if known.
    pub fn ends(&self) -> Option<Timestamp> {
        match &self.0 {
            Removed::Token(kept) => kept.ends.and_then(|ends| Timestamp::from_second(ends).ok()),
            Removed::Unreadable => None,
        }
    }

    /// Whether it could be read.
    pub fn is_readable(&self) -> bool {
        matches!(self.0, Removed::Token(_))
    }
}

impl Token {
    fn is_usable(&self) -> bool {
        Timestamp::now().as_second() < self.use_until
    }
}

/// Whether another request would fail in the same way: the id or the secret is wrong.
fn is_final(failure: &ApiError) -> bool {
    failure.status().is_some_and(|status| status.is_client_error()) && !failure.is_throttled()
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    expires_in: Option<i64>,
}

impl Tokens {
    pub(super) fn new(
        id: String,
        secret: SecretString,
        cache: Option<PathBuf>,
        wire: &Wire,
        retry: Retry,
    ) -> Self {
        let (base_url, known) = (wire.base().as_str().to_owned(), wire.known().clone());
        let (rounds, state) = (AtomicU64::default(), Mutex::default());
        let sign_outs = cache.as_deref().map_or(0, cache::sign_outs);
        Tokens { id, secret, cache, sign_outs, base_url, retry, known, rounds, state }
    }

    /// The id of the account.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) async fn authorize(&self, wire: &Wire) -> Result<Authorization, ApiError> {
        let before = self.rounds.load(Ordering::Relaxed);
        let mut state = self.state.lock().await;
        let usable = state.token.take().filter(Token::is_usable);
        let known = usable.is_some();
        let token = match usable.or_else(|| self.kept(None)) {
            Some(token) => token,
            None => self.obtain(wire, &mut state, before, None).await?,
        };
        state.generation += u64::from(!known);
        let header = bearer(&token.value)?;
        state.token = Some(token);
        Ok(Authorization { header: Some(header), generation: state.generation })
    }

    /// The token in use, stored or new, and until when it is used, in seconds since 1970.
    pub(super) async fn current(&self, wire: &Wire) -> Result<(SecretString, i64), ApiError> {
        self.authorize(wire).await?;
        let state = self.state.lock().await;
        let token = state.token.as_ref().map(|token| (token.value.clone(), token.use_until));
        token.ok_or_else(|| ApiError::new(Cause::Setup, "there is no token"))
    }

    /// Replaces a token that was refused: by the one that another process has stored since, or by a
    /// new one. Returns whether there is another one; a server that refuses whatever it issues is
    /// not asked again for every call.
    pub(super) async fn renew(&self, wire: &Wire, generation: u64) -> Result<bool, ApiError> {
        let before = self.rounds.load(Ordering::Relaxed);
        let mut state = self.state.lock().await;
        if state.generation != generation {
            return Ok(true);
        }
        let refused = state.token.take();
        let other = self.kept(refused.as_ref());
        if other.is_none() && state.replaced.is_some_and(|at| at.elapsed() < IN_VAIN) {
            state.token = refused;
            return Ok(false);
        }
        let token = match other {
            Some(token) => token,
            None => {
                let token = self.obtain(wire, &mut state, before, refused.as_ref()).await?;
                state.replaced = Some(Instant::now());
                token
            }
        };
        state.token = Some(token);
        state.generation += 1;
        Ok(true)
    }

    /// Revokes the token in use; returns whether there was one.
    pub(super) async fn revoke(&self, wire: &Wire) -> Result<bool, ApiError> {
        match self.state.lock().await.token.take() {
            Some(token) => {
                self.revoke_token(wire, token.value.expose_secret()).await.map(|()| true)
            }
            None => Ok(false),
        }
    }

    /// Revokes a stored token, if it was issued for our secret.
    pub(super) async fn revoke_removed(
        &self,
        wire: &Wire,
        taken: &RemovedToken,
    ) -> Result<(), ApiError> {
        let Removed::Token(kept) = &taken.0 else {
            return Err(ApiError::new(Cause::Unreadable, "the stored token could not be read"));
        };
        wire.known().learn(&kept.access_token);
        match kept.base_url == self.base_url && kept.is_sealed_by(&self.secret) {
            true => self.revoke_token(wire, &kept.access_token).await,
            false => Err(ApiError::new(
                Cause::Refused,
                "the stored token was issued for another secret or by another server",
            )),
        }
    }

    async fn revoke_token(&self, wire: &Wire, token: &str) -> Result<(), ApiError> {
        let form = [("token", token), ("token_type_hint", "access_token")];
        self.post(wire, "/api/oauth/revoke", &form).await.map(drop)
    }

    /// The token stored on disk, unless it is the one that was refused.
    fn kept(&self, refused: Option<&Token>) -> Option<Token> {
        let kept = cache::load(self.cache.as_deref()?)?;
        let ours = kept.base_url == self.base_url && kept.client_id == self.id;
        let ours = ours && kept.is_sealed_by(&self.secret);
        let refused = refused.is_some_and(|r| r.value.expose_secret() == kept.access_token);
        let StoredToken { access_token, use_until, ends, .. } = kept;
        self.known.learn(&access_token);
        let token = Token { value: access_token.into(), use_until, ends };
        Some(token).filter(|token| ours && !refused && token.is_usable())
    }

    /// A token other than the refused one. Of several processes, one requests it while the others
    /// wait for it to be stored. A failure is shared by the calls that waited for it and, if the
    /// secret itself was refused, by all that follow. `before` is the value of `rounds` before the
    /// caller waited.
    async fn obtain(
        &self,
        wire: &Wire,
        state: &mut TokenState,
        before: u64,
        refused: Option<&Token>,
    ) -> Result<Token, ApiError> {
        if let Some(failure) = &state.failure
            && (is_final(failure) || self.rounds.load(Ordering::Relaxed) != before)
        {
            return Err(failure.clone());
        }
        let turn = self.turn(refused).await;
        let outcome = match self.kept(refused) {
            Some(token) => Ok(token),
            None => self.ask(wire).await,
        };
        drop(turn);
        self.rounds.fetch_add(1, Ordering::Relaxed);
        state.failure = outcome.as_ref().err().cloned();
        outcome
    }

    /// Waits until no other process is requesting a token, or one has stored its token. A suspended
    /// process keeps its turn, but must not keep the others waiting.
    async fn turn(&self, refused: Option<&Token>) -> Option<Turn> {
        let path = self.cache.as_deref()?;
        let turn = Turn::at(path)?;
        let started = Instant::now();
        let mut said = false;
        while turn.is_taken(path) {
            if self.kept(refused).is_some() {
                return None;
            }
            if started.elapsed() >= NOTICED && !std::mem::replace(&mut said, true) {
                let seconds = self.retry.longest_wait.as_secs();
                tracing::warn!("another process is requesting a token; waiting up to {seconds} s");
            }
            if started.elapsed() >= self.retry.longest_wait {
                tracing::warn!("another process is still requesting a token; requesting one too");
                return None;
            }
            tokio::time::sleep(LOOK).await;
        }
        Some(turn)
    }

    async fn ask(&self, wire: &Wire) -> Result<Token, ApiError> {
        let response =
            self.post(wire, "/api/oauth/token", &[("grant_type", "client_credentials")]).await?;
        let answer: TokenAnswer = serde_json::from_slice(&wire::read_json(response).await?)
            .map_err(|_| {
                ApiError::new(Cause::Unreadable, "the answer to the token request holds no token")
            })?;
        self.known.learn(&answer.access_token);
        let now = Timestamp::now().as_second();
        let life = answer.expires_in.unwrap_or(SHORT_LIFE).max(0);
        let told = answer.expires_in.map(|_| now.saturating_add(life));
        let ends = told.or_else(|| caller::end_of(&answer.access_token).map(Timestamp::as_second));
        // A token that lives shorter than the margin is used for the first half of its life.
        let use_until = now.saturating_add(life - MARGIN.min(life / 2));
        let token = Token { value: answer.access_token.into(), use_until, ends };
        // After signing out, nothing may be stored.
        if let Some(path) = self.cache.as_ref().filter(|p| cache::sign_outs(p) == self.sign_outs) {
            self.store(path, &token);
        }
        Ok(token)
    }

    /// Stores the token in use, if there is one, for later commands.
    pub(super) async fn keep(&self, path: &Path) {
        if let Some(token) = &self.state.lock().await.token {
            self.store(path, token);
        }
    }

    fn store(&self, path: &Path, token: &Token) {
        let (text, times) = (token.value.expose_secret(), (token.use_until, token.ends));
        let kept = StoredToken::sealed(&self.base_url, &self.id, text, times, &self.secret);
        cache::store(path, &kept);
    }

    /// Both halves for a header. Unlike in RFC 6749, neither is percent-encoded.
    fn pair(&self) -> String {
        BASE64_STANDARD.encode(format!("{}:{}", self.id, self.secret.expose_secret()))
    }

    /// Waits out the throttling of these endpoints while the other calls wait for this one.
    async fn post(
        &self,
        wire: &Wire,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<Response, ApiError> {
        let basic = format!("Basic {}", self.pair());
        let mut basic = HeaderValue::from_str(&basic)
            .map_err(|error| ApiError::new(Cause::Setup, error.to_string()))?;
        basic.set_sensitive(true);
        let mut patience = Patience::new(&self.retry);
        loop {
            patience.attempts += 1;
            let request = wire
                .request(&Method::POST, wire.url(path)?)
                .header(header::AUTHORIZATION, basic.clone())
                .header(header::ACCEPT, "application/json")
                .form(form);
            let failure = match wire.exchange(request, patience.attempts).await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => {
                    let (status, headers) = (response.status(), response.headers().clone());
                    let body = wire::read(response).await.unwrap_or_default();
                    wire.refusal(status, &headers, &body)
                }
                Err(failure) => failure,
            };
            // An extra token does no harm, so this is repeated like a read.
            match patience.after(&Method::GET, &failure) {
                Some(wait) => patience.sleep(wait, &failure).await,
                None => return Err(failure.spent()),
            }
        }
    }
}
