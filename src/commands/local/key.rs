//! `spctl local key`.

use std::path::Path;

use clap::Subcommand;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{show, would};
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::local::admin::{Admin, Credential, CredentialKind};
use crate::local::{Clock, Create};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create an API key with exactly these roles; its private half is shown only once
    #[command(after_help = "Examples:
  spctl local key create --role 'Project Read Only'
  spctl local key create --role project-owner --service-account")]
    Create {
        /// A role, by any of its names (project-read-only, GROUP_READ_ONLY)
        #[arg(long = "role", required = true, value_name = "ROLE,…", num_args = 1..)]
        roles: Vec<CommaList<String>>,
        /// Create a service account instead
        #[arg(long)]
        service_account: bool,
    },
}

pub(super) fn run(context: &Context, path: &Path, command: Command) -> Result<()> {
    context.ui.check_record()?;
    let Command::Create { roles, service_account } = command;
    let roles = roles.into_items();
    if context.dry_run {
        let noun = if service_account { "a service account" } else { "an API key" };
        return would(context, &format!("create {noun} with the roles {}", roles.join(", ")));
    }
    let kind = match service_account {
        true => CredentialKind::ServiceAccount,
        false => CredentialKind::ApiKey,
    };
    // The first use of a store creates it, whichever command it is.
    let mut admin = open_or_create(path)?;
    let project = context.flags.project.as_deref();
    let credential = admin.create_credential(kind, &roles, project)?;
    context.ui.note(format!("local control plane: {}", path.display()));
    print(context, kind, &credential)
}

fn open_or_create(path: &Path) -> Result<Admin> {
    match Admin::open(path, Clock::System) {
        Err(error) if error.kind() == Kind::NotFound => {
            Admin::init(path, Create::default(), Clock::System, false)
        }
        other => other,
    }
}

fn print(context: &Context, kind: CredentialKind, credential: &Credential) -> Result<()> {
    let (name, secret) = match kind {
        CredentialKind::ApiKey => ("MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"),
        CredentialKind::ServiceAccount => {
            ("MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET")
        }
    };
    context.ui.known().learn(credential.secret.expose_secret());
    if context.ui.wants_data() {
        let (name, secret) = match kind {
            CredentialKind::ApiKey => ("publicKey", "privateKey"),
            CredentialKind::ServiceAccount => ("clientId", "clientSecret"),
        };
        return show(
            context,
            &json!({
                name: credential.name,
                secret: credential.secret.expose_secret(),
                "roles": credential.roles,
            }),
        );
    }
    context.ui.line(format!("export {name}={}", credential.name))?;
    context.ui.line(format!("export {secret}={}", credential.secret.expose_secret()))
}
