//! `instances uri`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use super::one;
use crate::atlas::Row;
use crate::atlas::instances::Instance;
use crate::atlas::users::User;
use crate::commands::connection_string::{ConnectionString, shows_certificate};
use crate::commands::instance_args::Instances;
use crate::commands::user_names::DATABASES;
use crate::commands::users::{self, sign_in};
use crate::commands::{local, names};
use crate::config::Target;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::local::domain::instances::HOST_DOMAIN;
use crate::session::ProjectClient;
use crate::ui::{Column, Listing};

/// To which instances, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl instances uri orders
  mongosh \"$(spctl instances uri orders --username alice)\"
  spctl instances uri orders --username carol --auth-db admin
  spctl --local users update alice --generate-password --yes
  spctl --local instances uri orders --username alice --tls")]
pub struct Args {
    #[command(flatten)]
    instances: Instances,
    /// The database user who is to sign in
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    /// The authentication database, if two users share the name
    #[arg(long, value_name = "DB", value_parser = DATABASES, requires = "username")]
    auth_db: Option<String>,
    /// By TLS, to the local control plane; Atlas has nothing else
    #[arg(long)]
    tls: bool,
}

/// An instance and how to connect to it.
#[derive(Debug, Clone, Serialize)]
struct UriRow {
    name: String,
    uri: String,
    /// Why the user cannot sign in there.
    #[serde(skip)]
    obstacles: Vec<String>,
}

static LISTING: Listing<UriRow> = Listing {
    columns: &[
        Column::identifying("name", |row| row.name.as_str().into()),
        Column::new("uri", |row| row.uri.as_str().into()),
    ],
    default: 2,
    name: |row| row.name.clone(),
};

pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let names = args.instances.names();
    let on = context.project().await?;
    let user = match &args.username {
        Some(name) => Some(users::one(on, name, args.auth_db.as_deref()).await?),
        None => None,
    };
    let user = user.as_ref().map(|row| &row.view);
    let found = names::look_up(context, &names, async |name, _| {
        let instance = one(on, name).await?;
        let uri = uri(context, on, &instance.view, user, args.tls)?;
        let (uri, obstacles) = (uri.0.to_string(), uri.1);
        let row = UriRow { name: instance.view.name, uri, obstacles };
        let raw = crate::ui::row::document(&row)?;
        Ok(Row { raw, view: row })
    });
    let found = found.await?;
    // The same for several instances is said once.
    let mut told = BTreeSet::new();
    let obstacles = found.rows.iter().flat_map(|row| &row.view.obstacles);
    for obstacle in obstacles.filter(|obstacle| told.insert(*obstacle)) {
        context.ui.note(obstacle);
    }
    if context.ui.wants_data() {
        let rows = found.rows.into_iter().map(|row| (row.raw, row.view)).collect();
        context.ui.show_asked(&LISTING, rows, names::is_one(&names), |_| Vec::new())?;
    } else {
        for row in found.rows {
            context.ui.line(row.view.uri)?;
        }
    }
    names::failures(context, found.failed, found.asked, "instance")
}

/// The URI of an instance, and why the user cannot sign in there.
fn uri(
    context: &Context,
    on: &ProjectClient,
    instance: &Instance,
    user: Option<&User>,
    tls: bool,
) -> Result<(ConnectionString, Vec<String>)> {
    let mut obstacles = Vec::new();
    if let Some(user) = user {
        obstacles.extend(sign_in::outside(user, &instance.name, context.ui.now()));
    }
    let string = match local_store(context, instance)? {
        Some(store) => {
            if let Some(user) = user {
                sign_in::is_offered(user)?;
            }
            let served = local::served(&store, Some(&on.project))?;
            let endpoint = served.into_iter().find(|endpoint| endpoint.name == instance.name);
            let endpoint = endpoint.ok_or_else(|| {
                let what = format!("{} has no instance {:?}", store.display(), instance.name);
                Error::not_found(what).hint("SPCTL_DATA_DIR names the directory of the store")
            })?;
            let ca_file = std::path::absolute(&endpoint.ca_file)
                .map_err(|e| Error::failed("cannot find the data directory").source(e))?;
            if let Some(user) = user {
                let is_open = endpoint.takes_certificates;
                obstacles.extend(sign_in::at_local(&store, &on.project, user, is_open)?);
            }
            let plain = ConnectionString::to([endpoint.address]);
            match tls || user.is_some_and(shows_certificate) {
                true => plain.trusting(&ca_file),
                false => plain,
            }
        }
        None if instance.hostnames.is_empty() => {
            let what = format!("instance {} has no host name yet", instance.name);
            return Err(Error::failed(what).hint("it gets one when it is set up"));
        }
        None => ConnectionString::to(&instance.hostnames).with_tls(),
    };
    let string = match user {
        Some(user) => string.for_user(user),
        None => string,
    };
    Ok((string, obstacles))
}

/// The store of the local control plane that an instance is of; none for one of Atlas.
fn local_store(context: &Context, instance: &Instance) -> Result<Option<PathBuf>> {
    if let Target::Local { store } = &context.settings.target {
        return Ok(Some(store.clone()));
    }
    let is_local = instance.hostnames.iter().any(|host| host.ends_with(HOST_DOMAIN));
    is_local.then(|| Ok(context.environment.data_dir()?.join("local.sqlite"))).transpose()
}
