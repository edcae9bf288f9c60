//! `spctl auth token`.

use secrecy::ExposeSecret;
use serde_json::json;

use super::not_local;
use super::status::expiry;
use crate::atlas::Credential;
use crate::config::CredentialKind;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::rfc3339;
use crate::ui::record;

pub(super) fn run(context: &Context) -> Result<()> {
    not_local(context, "has no token for other tools")?;
    if context.ui.stdout_is_terminal() && !context.ui.assumes_yes() {
        return Err(Error::usage(
            "stdout is a terminal, and anyone who reads the token can use it",
        )
        .hint("pipe it to another tool, or add --yes"));
    }
    let kind = context.settings.identity()?.map(|identity| identity.kind);
    if kind == Some(CredentialKind::ApiKey) {
        return Err(Error::usage("an API key has no token: it signs each request")
            .hint("sign in with a service account: spctl auth login --kind service-account"));
    }
    let given = match kind {
        Some(CredentialKind::AccessToken) => match context.settings.credential()? {
            Credential::Bearer(token) => Some((token.clone(), expiry(token.expose_secret()))),
            _ => None,
        },
        _ => {
            let client = context.client()?;
            let token = context.block_on(async { Ok(client.access_token().await?) })?;
            token.map(|(token, until)| (token, Some(until)))
        }
    };
    let (token, until) = given.ok_or_else(|| Error::failed("there is no token"))?;
    if !context.ui.wants_data() {
        return context.ui.line(token.expose_secret());
    }
    let until = until.map(rfc3339);
    let document = json!({ "accessToken": token.expose_secret(), "until": until });
    context.ui.record(&record::lines(&document), &document)
}
