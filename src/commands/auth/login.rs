//! `spctl auth login`.

use serde_json::json;

use super::candidate::{self, Candidate, CredentialSecret, Destination};
use super::not_local;
use super::view::{self, CredentialView};
use crate::atlas::{Client, is_id};
use crate::config::keep::{self, Keep};
use crate::config::secrets::{Secrets, helper};
use crate::config::{
    self, CredentialKind, DEFAULT_BASE_URL, Profile, ProfileKind, edit, profile_named,
};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::secret_input::SecretOptions;
use crate::shell::quote;
use crate::ui::record;

/// Answers given in advance.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The kind of credential
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) kind: Option<CredentialKind>,
    /// The address of the API
    #[arg(long, value_name = "URL", conflicts_with = "gov")]
    pub(super) base_url: Option<String>,
    /// Use Atlas for Government
    #[arg(long)]
    pub(super) gov: bool,
    /// The client id of a service account
    #[arg(long, value_name = "ID", conflicts_with = "public_key")]
    pub(super) client_id: Option<String>,
    /// The public half of an API key
    #[arg(long, value_name = "KEY")]
    pub(super) public_key: Option<String>,
    #[command(flatten)]
    pub(super) secret: SecretOptions<CredentialSecret>,
    /// Store no secret: this program prints it on its first line whenever it is needed
    #[arg(long, value_name = "COMMAND", group = "secret_source",
        conflicts_with_all = ["insecure_storage", "no_store"])]
    pub(super) credential_command: Option<String>,
    /// The default project, by id or name
    #[arg(long, value_name = "ID|NAME")]
    pub(super) default_project: Option<String>,
    /// Store the secret in plain text, in a file that only you can read
    #[arg(long, conflicts_with = "no_store")]
    pub(super) insecure_storage: bool,
    /// Store nothing; print the environment to set instead
    #[arg(long)]
    pub(super) no_store: bool,
}

pub(super) fn run(context: &Context, login: Args) -> Result<()> {
    not_local(context, "needs no sign-in")?;
    let dir = context.environment.config_dir()?;
    let known = edit::read(&dir)?;
    let named = profile_named(&context.flags, &context.environment)?;
    let name = named
        .map(|name| name.value)
        .or_else(|| known.default_profile.clone())
        .unwrap_or_else(|| "default".to_owned());
    keep::check_name(&name)?;
    let old = known.profiles.get(&name).cloned().unwrap_or_default();
    if old.kind == ProfileKind::Local {
        return Err(Error::usage(format!("the profile {name:?} is for the local control plane"))
            .hint("choose another one with --profile"));
    }
    let given = candidate::ask(context, &login, &old, &dir)?;
    let secret = candidate::secret(context, &login, &given)?;
    candidate::check(&given, &secret)?;
    let client = context.connect(given.base_url.clone(), candidate::credential(&given, &secret))?;
    // After a question Ctrl-C is ours to handle.
    let look = context.signals.interruptible(view::look(&client));
    let sight = context.block_on(look).map_err(|error| match error.kind() {
        Kind::Interrupted => error.hint("nothing was stored"),
        Kind::NotFound => error.hint("Atlas does not answer at this address: check the base URL"),
        _ => error,
    })?;
    if !context.ui.wants_data() {
        introduce(context, &given, &sight);
    }
    let project = project(context, &login, &sight, &old)?;
    if matches!(given.destination, Destination::Nowhere) {
        revoke_trial(context, &client);
        return print_environment(context, &given, project.as_deref());
    }
    let profile = Profile {
        base_url: (given.base_url.as_str().trim_end_matches('/') != DEFAULT_BASE_URL)
            .then(|| given.base_url.as_str().trim_end_matches('/').to_owned()),
        project,
        client_id: given.id.clone().filter(|_| given.kind == CredentialKind::ServiceAccount),
        public_key: given.id.clone().filter(|_| given.kind == CredentialKind::ApiKey),
        ..old.clone()
    };
    confirm_replacement(context, &name, &old, &profile)?;
    if context.dry_run {
        revoke_trial(context, &client);
        context.ui.note(format!("dry run: the profile {name} was not stored"));
        return Ok(());
    }
    let (how, place) = match &given.destination {
        Destination::SecretStore(place) => {
            (Keep::At(*place, secret), Secrets::new(&dir).describe(*place))
        }
        Destination::Command(line) => {
            let program = helper::program(line);
            (Keep::Command(line.clone()), format!("printed by {program}"))
        }
        Destination::Nowhere => (Keep::Nothing, "nowhere".to_owned()),
    };
    if let Some(left) = keep::keep(&dir, &name, &profile, &how)? {
        context.ui.warn(format!("the earlier secret of {name} is still stored: {left}"));
    }
    // The next command need not ask for a token.
    if let Some(path) = context.settings.token_cache() {
        let keep = async {
            client.keep_token(&path).await;
            Ok(())
        };
        context.block_on(context.signals.interruptible(keep))?;
    }
    context.ui.note(format!("signed in as the profile {name}; secret: {place}"));
    if profile.project.is_none() {
        let set = format!("spctl profiles set --profile {} project=NAME", quote(&name));
        context.ui.hint(format!("commands need a project: add --project, or run {set}"));
    }
    say_what_wins(context, &known, &name);
    if context.ui.wants_data() {
        let (orgs, projects) = sight.json();
        let document = json!({
            "profile": name,
            "kind": given.kind,
            "id": given.id,
            "baseUrl": given.base_url.as_str(),
            "secret": place,
            "project": profile.project,
            "organisations": orgs,
            "projects": projects,
        });
        context.ui.record(&record::lines(&document), &document)?;
    }
    Ok(())
}

/// Revokes the token of a trial of which nothing is stored.
fn revoke_trial(context: &Context, client: &Client) {
    let revoke = async { client.revoke_token().await.map_err(Error::from) };
    if let Err(error) = context.block_on(context.signals.interruptible(revoke)) {
        context.ui.warn(format!("the token used to try the credential was not revoked: {error}"));
    }
}

fn introduce(context: &Context, given: &Candidate, sight: &CredentialView) {
    let who = match &given.id {
        Some(id) => format!("{} {id}", given.kind),
        None => given.kind.to_string(),
    };
    context.ui.note(format!("{who} is valid at {}", given.base_url));
    for (label, names) in sight.lines() {
        context.ui.note(format!("{label}: {names}"));
    }
    if let Some(roles) = sight.roles() {
        let roles: Vec<_> = roles.iter().map(|role| sight.role_text(role)).collect();
        context.ui.note(format!("roles: {}", roles.join(", ")));
    }
}

fn project(
    context: &Context,
    login: &Args,
    sight: &CredentialView,
    old: &Profile,
) -> Result<Option<String>> {
    if let Some(wanted) = login.default_project.as_ref().or(context.flags.project.as_ref()) {
        return match sight.project(wanted) {
            Some(project) => Ok(Some(project.id.clone())),
            None => {
                Err(Error::not_found(format!("this credential cannot access a project {wanted:?}"))
                    .hint(near::hint(
                        wanted,
                        sight.projects.iter().map(|project| project.name.as_str()),
                        format!("it can access {}", sight.lines()[1].1),
                    )))
            }
        };
    }
    let before = old.project.as_deref().and_then(|wanted| sight.project(wanted));
    if !context.ui.can_ask() || sight.projects.is_empty() {
        return Ok(before.map(|project| project.id.clone()));
    }
    let mut choices: Vec<_> =
        sight.projects.iter().map(|p| format!("{} ({})", p.name, p.id)).collect();
    choices.push("none".to_owned());
    let marked = before.and_then(|b| sight.projects.iter().position(|p| p.id == b.id));
    let chosen = context.ui.ask_choice("default project", &choices, marked.unwrap_or(0))?;
    Ok(sight.projects.get(chosen).map(|project| project.id.clone()))
}

/// Another credential in the profile is not overwritten without confirmation.
fn confirm_replacement(context: &Context, name: &str, old: &Profile, new: &Profile) -> Result<()> {
    let same = old.id() == new.id() && old.base_url == new.base_url;
    let Some(kind) = old.credential_kind().filter(|_| !same) else { return Ok(()) };
    let id = old.shown_id().map(|id| format!(" {id}")).unwrap_or_default();
    let question = format!("Replace the {kind}{id} of the profile {name}?");
    match context.dry_run || context.ui.confirm(&question)? {
        true => Ok(()),
        false => Err(Error::new(Kind::Usage, "not confirmed, nothing was changed")),
    }
}

fn print_environment(context: &Context, given: &Candidate, project: Option<&str>) -> Result<()> {
    let (id_name, secret_name) = given.kind.variables();
    let base_url = given.base_url.as_str().trim_end_matches('/');
    let address = (base_url != DEFAULT_BASE_URL).then_some(base_url);
    let placeholder = format!("'<{}>'", given.kind.secret_name());
    let lines = [
        address.map(|url| ("MONGODB_ATLAS_BASE_URL", url)),
        id_name.zip(given.id.as_deref()),
        Some((secret_name, placeholder.as_str())),
        project.filter(|id| is_id(id)).map(|id| ("MONGODB_ATLAS_PROJECT_ID", id)),
    ];
    for (name, value) in lines.into_iter().flatten() {
        context.ui.line(format!("export {name}={value}"))?;
    }
    context
        .ui
        .note("nothing was stored: fill in the secret, and put these lines into the environment");
    Ok(())
}

/// What was stored may not be what takes effect.
fn say_what_wins(context: &Context, known: &config::Profiles, name: &str) {
    let given: Vec<_> = [
        "MONGODB_ATLAS_ACCESS_TOKEN",
        "MONGODB_ATLAS_CLIENT_ID",
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "MONGODB_ATLAS_PUBLIC_KEY",
    ]
    .into_iter()
    .filter(|name| context.environment.get(name).is_some())
    .collect();
    if !given.is_empty() {
        context
            .ui
            .warn(format!("the environment overrides the profile: {} is set", given.join(" and ")));
    }
    if let Some(default) = known.default_profile.as_deref().filter(|default| *default != name) {
        context.ui.hint(format!(
            "{default} is still the default profile; spctl profiles use {} changes that",
            quote(name)
        ));
    }
}
