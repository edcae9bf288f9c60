//! `spctl auth status`.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::Serialize;
use serde_json::{Value, json};

use super::report::{self, StatusLine};
use super::view::{self, CredentialView};
use crate::atlas::Credential;
use crate::atlas::status::KeyRole;
use crate::config::{CredentialKind, Identity, Sourced, Target};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::catalogue::{atlas_roles, operations};
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Listing, relative};

/// One operation, and whether the credential may call it.
#[derive(Serialize)]
struct Permitted {
    operation: &'static str,
    allowed: Option<bool>,
}

static LISTING: Listing<Permitted> = Listing {
    columns: &[
        Column::identifying("operation", |p| p.operation.into()),
        Column::new("allowed", |p| match p.allowed {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => "unknown".into(),
        }),
        Column::new("roles", |p| {
            let roles = operations::roles(p.operation).unwrap_or_default();
            Cell::List(roles.iter().map(|role| (*role).to_owned()).collect())
        }),
    ],
    default: 3,
    name: |p| p.operation.to_owned(),
};

pub(super) fn run(context: &Context, list_operations: bool) -> Result<()> {
    if list_operations {
        context.ui.check(&LISTING)?;
    }
    if let Target::Local { .. } = &context.settings.target {
        let (mut lines, document) = settings(context);
        lines.push(StatusLine::new("credential", "not needed"));
        return report::show(context, &lines, &document);
    }
    let identity = context.settings.identity();
    let (identity, mut failure) = match identity {
        Ok(identity) => (identity, None),
        Err(error) => (None, Some(error)),
    };
    let mut seen = None;
    if failure.is_none() {
        match context.block_on(examine(context, identity.as_ref())) {
            Ok(found) => seen = Some(found),
            Err(error) => failure = Some(error),
        }
    }
    let (sight, until) = seen.map_or((None, None), |(sight, until)| (Some(sight), until));
    let permitted = permitted(context, sight.as_ref());
    if list_operations && failure.is_none() {
        return show_operations(context, permitted);
    }
    let (mut lines, mut document) = settings(context);
    tell_identity(identity.as_ref(), &mut lines, &mut document);
    let valid = match failure.as_ref().map(Error::kind) {
        None => Some(true),
        Some(Kind::NotPermitted) => Some(false),
        Some(_) => None,
    };
    let word = valid.map_or("unknown", |valid| if valid { "yes" } else { "no" });
    lines.push(StatusLine::new("valid", word));
    document["valid"] = json!(valid);
    if let Some(sight) = &sight {
        let when = until.map_or("unknown".to_owned(), |until| {
            format!("{} ({})", rfc3339(until), relative(until, context.ui.now()))
        });
        match identity.as_ref().map(|identity| identity.kind) {
            Some(CredentialKind::ApiKey) => lines.push(StatusLine::new("until", "it is deleted")),
            _ => lines.push(StatusLine::new("token until", when)),
        }
        document["until"] = json!(until.map(rfc3339));
        lines.extend(sight.lines().into_iter().map(|(label, value)| StatusLine::new(label, value)));
        (document["organisations"], document["projects"]) = sight.json();
        let roles = sight.roles();
        lines.push(StatusLine::new(
            "roles",
            match roles {
                Some([]) => "none".to_owned(),
                Some(roles) => {
                    roles.iter().map(|role| sight.role_text(role)).collect::<Vec<_>>().join(", ")
                }
                None => "unknown: the API reports them for API keys only".to_owned(),
            },
        ));
        document["roles"] = roles.map_or(Value::Null, |roles| {
            let role = |r: &KeyRole| json!({ "role": r.role_name, "groupId": r.group_id, "orgId": r.org_id });
            roles.iter().map(role).collect()
        });
        lines.push(StatusLine::new("may run", summary(context, &permitted)));
        document["operations"] = json!(permitted);
    }
    report::show(context, &lines, &document)?;
    failure.map_or(Ok(()), Err)
}

/// What the credential can access, and until when its token is valid.
async fn examine(
    context: &Context,
    identity: Option<&Identity>,
) -> Result<(CredentialView, Option<Timestamp>)> {
    // Fetched once: a helper program may ask its question only once.
    let credential = context.settings.credential()?;
    let until = match (&credential, identity) {
        (Credential::Bearer(token), Some(_)) => expiry(token.expose_secret()),
        _ => None,
    };
    let Target::Atlas { base_url } = &context.settings.target else {
        return Err(Error::usage("this is about Atlas"));
    };
    let client = context.connect(base_url.clone(), credential)?;
    let sight = view::look(&client).await?;
    let token = client.access_token().await.map_err(Error::from)?;
    Ok((sight, token.map(|(_, until)| until).or(until)))
}

/// The expiry that a token states itself (a JWT).
pub(super) fn expiry(token: &str) -> Option<Timestamp> {
    let claims = token.split('.').nth(1)?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Timestamp::from_second(claims.get("exp")?.as_i64()?).ok()
}

/// Each setting, and where it comes from.
fn settings(context: &Context) -> (Vec<StatusLine>, Value) {
    let settings = &context.settings;
    let (mut lines, mut document) = (Vec::new(), json!({}));
    let source = &settings.target_source;
    match &settings.target {
        Target::Local { store } => {
            document["target"] = json!("local");
            document["store"] =
                json!(Sourced::<String>::new(store.display().to_string(), source.clone()));
            lines.push(StatusLine::new("target", "local control plane").from(source));
            lines.push(StatusLine::new("store", store.display().to_string()));
        }
        Target::Atlas { base_url } => {
            document["target"] = json!("atlas");
            document["baseUrl"] = json!(Sourced::<String>::new(base_url.as_str(), source.clone()));
            lines.push(StatusLine::new("base URL", base_url.as_str()).from(source));
        }
    }
    let file = settings.ca_file.as_ref();
    let file = file.map(|f| Sourced::new(f.value.display().to_string(), f.source.clone()));
    let proxy = settings.proxy().map(|(proxy, _)| Sourced {
        value: context.ui.known().mask(&proxy.value).into_owned(),
        ..proxy
    });
    for (label, key, value, always) in [
        ("profile", "profile", settings.profile.clone(), true),
        ("project", "project", settings.project.clone(), true),
        ("organisation", "org", settings.org.clone(), true),
        ("output", "output", settings.output.clone(), false),
        ("CA file", "caFile", file, false),
        ("proxy", "proxy", proxy, false),
    ] {
        if always || value.is_some() {
            tell(label, key, value.as_ref(), &mut lines, &mut document);
        }
    }
    (lines, document)
}

fn tell(
    label: &'static str,
    key: &str,
    value: Option<&Sourced<String>>,
    lines: &mut Vec<StatusLine>,
    document: &mut Value,
) {
    document[key] = json!(value);
    lines.push(match value {
        Some(Sourced { value, source }) => StatusLine::new(label, value).from(source),
        None => StatusLine::new(label, "none"),
    });
}

fn tell_identity(identity: Option<&Identity>, lines: &mut Vec<StatusLine>, document: &mut Value) {
    let Some(identity) = identity else {
        lines.push(StatusLine::new("kind", "none"));
        document["kind"] = Value::Null;
        return;
    };
    if let Some(id) = &identity.id {
        tell(identity.kind.id_name(), "id", Some(id), lines, document);
    }
    let source = identity.secret_source();
    lines.push(StatusLine::new("kind", identity.kind.to_string()));
    lines.push(StatusLine::new(identity.kind.secret_name(), "not shown").from(&source));
    document["kind"] = json!(identity.kind);
    document["secret"] = json!({ "source": source });
}

/// Every operation of the API. With a project chosen, the roles are those that count in it.
fn permitted(context: &Context, sight: Option<&CredentialView>) -> Vec<Permitted> {
    let ids = operations::TABLE.iter().flat_map(|(_, ids)| ids.iter().copied());
    let held = sight.and_then(|sight| held(context, sight));
    let judge = |operation| {
        let allowed = match (&held, operations::caller(operation)) {
            (_, Some(operations::Caller::Anyone)) => Some(true),
            (_, Some(operations::Caller::Authenticated)) if sight.is_some() => Some(true),
            (Some(held), _) => {
                Some(operations::allowed(held.iter().map(String::as_str), operation))
            }
            (None, _) => None,
        };
        Permitted { operation, allowed }
    };
    let mut all: Vec<_> = ids.map(judge).collect();
    all.sort_unstable_by_key(|p| p.operation);
    all
}

/// The display names of the roles that count; `None` if the API does not report any.
fn held(context: &Context, sight: &CredentialView) -> Option<Vec<String>> {
    let roles = sight.roles()?;
    let wanted = context.settings.project.as_ref();
    let project = wanted.map(|wanted| {
        let seen = sight.project(&wanted.value);
        let id = seen.map_or(wanted.value.as_str(), |p| p.id.as_str());
        (id, seen.and_then(|p| p.org_id.as_deref()))
    });
    let counts = |role: &&KeyRole| match (&project, &role.group_id, &role.org_id) {
        (None, ..) | (_, None, None) => true,
        (Some((id, _)), Some(group), _) => group == id,
        (Some((_, org)), None, Some(in_org)) => org.is_none_or(|org| org == in_org),
    };
    let display = |role: &KeyRole| {
        atlas_roles::find(&role.role_name).map_or(role.role_name.clone(), |r| r.display.into())
    };
    Some(roles.iter().filter(counts).map(display).collect())
}

fn summary(context: &Context, permitted: &[Permitted]) -> String {
    if permitted.iter().any(|p| p.allowed.is_none()) {
        return "unknown".to_owned();
    }
    let denied: Vec<_> =
        permitted.iter().filter(|p| p.allowed == Some(false)).map(|p| p.operation).collect();
    let place = match &context.settings.project {
        Some(_) => "in this project",
        None => "somewhere",
    };
    let may = permitted.len() - denied.len();
    match denied.is_empty() {
        true => format!("all {may} operations {place}"),
        false => {
            format!("{may} of {} operations {place}; --operations lists them", permitted.len())
        }
    }
}

fn show_operations(context: &Context, permitted: Vec<Permitted>) -> Result<()> {
    context.ui.list_computed(&LISTING, permitted, "there are no operations").map(drop)
}
