//! From settings to a client, and to the project that it works on.

mod project;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use url::Url;

use crate::atlas::{self, Client, Credential, is_id};
use crate::config::{Settings, Target};
use crate::error::{Error, Kind, Result};
use crate::local;
use crate::mask::Known;
use crate::near;

pub use project::ProjectClient;

/// A client, and the control plane behind it if that is the local one.
pub struct Session {
    client: Client,
    /// Finishes its writes when it is dropped.
    local: Option<local::Server>,
}

impl Session {
    /// Starts the local control plane, or makes a client for Atlas; sends nothing.
    ///
    /// # Errors
    /// Those of the credential; a local store that cannot be opened; certificates that cannot be
    /// read.
    pub fn open(
        settings: &Settings,
        known: &Known,
        credential: impl FnOnce() -> Result<Credential>,
    ) -> Result<Self> {
        match &settings.target {
            Target::Atlas { base_url } => {
                let client = connect(settings, known, base_url.clone(), credential()?)?;
                Ok(Session { client, local: None })
            }
            Target::Local { .. } => {
                let mut options = local_options(settings)?;
                options.object_links = false;
                let server = local::Server::start(options)?;
                let url = server.url().parse().map_err(|e: url::ParseError| {
                    Error::failed("the local control plane has no address").source(e)
                })?;
                let mut settings = atlas::Settings::new(url);
                settings.credential = Credential::Bearer(server.token().clone());
                settings.known = known.clone();
                Ok(Session { client: Client::new(settings)?, local: Some(server) })
            }
        }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// When the local control plane started, by its own clock, which may have been moved.
    pub fn local_time(&self) -> Option<Timestamp> {
        self.local.as_ref().map(local::Server::began)
    }

    /// The client on the project that the settings choose; a name is looked up.
    ///
    /// # Errors
    /// Usage, if none is chosen; not found, if no project has this name.
    pub async fn project(&self, settings: &Settings) -> Result<ProjectClient> {
        let client = self.client.clone();
        let wanted = match (&settings.project, &self.local) {
            (Some(wanted), _) => wanted.value.as_str(),
            (None, Some(server)) => server.default_project(),
            (None, None) => {
                return Err(Error::usage("no project is chosen")
                    .hint("add --project, or set MONGODB_ATLAS_PROJECT_ID; spctl projects list shows which ones exist"));
            }
        };
        if wanted.trim().is_empty() {
            return Err(Error::usage("the project's name is empty")
                .hint("is a variable of the script not set?"));
        }
        let project = project_id(&client, wanted).await?;
        Ok(ProjectClient { client, project })
    }

    /// The id of the organisation that the settings name, if they name one.
    ///
    /// # Errors
    /// Not found, if the credential cannot access an organisation of this name.
    pub async fn org(&self, settings: &Settings) -> Result<Option<String>> {
        let Some(wanted) = settings.org.as_ref().map(|org| &org.value) else {
            return Ok(None);
        };
        if is_id(wanted) {
            return Ok(Some(wanted.clone()));
        }
        let orgs: Vec<_> = self.client.orgs().try_collect().await.map_err(Error::from)?;
        match orgs.iter().find(|org| org.view.name == *wanted) {
            Some(org) => Ok(Some(org.view.id.clone())),
            None => Err(no_org(wanted, orgs.iter().map(|org| org.view.name.as_str()))),
        }
    }
}

/// The id of the project of this id or name.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn project_id(client: &Client, wanted: &str) -> Result<String> {
    if is_id(wanted) {
        return Ok(wanted.to_owned());
    }
    match client.project_by_name(wanted).await.map_err(Error::from) {
        Ok(found) => Ok(found.view.id),
        Err(error) => Err(no_project(client, error, wanted).await),
    }
}

/// The error when a project was not found: that there is none of this name, and the nearest ones.
pub async fn no_project(client: &Client, error: Error, wanted: &str) -> Error {
    if error.kind() != Kind::NotFound {
        return error;
    }
    let names = client.projects().map_ok(|row| row.view.name).try_collect::<Vec<_>>().await;
    let names = names.unwrap_or_default();
    no_project_among(wanted, names.iter().map(String::as_str)).api(error.api_facts().clone())
}

/// There is no project of this name among the known ones.
pub fn no_project_among<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let otherwise = "spctl projects list shows the projects that this credential can access";
    Error::not_found(format!("there is no project {wanted:?}"))
        .hint(near::hint(wanted, known, otherwise))
}

/// There is no organisation of this name among the known ones.
pub fn no_org<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let otherwise = "spctl orgs list shows the organisations that this credential can access";
    Error::not_found(format!("there is no organisation {wanted:?}"))
        .hint(near::hint(wanted, known, otherwise))
}

/// A client for any address and credential; certificates and proxy are those of the settings.
///
/// # Errors
/// Certificates that cannot be read; plain http to another machine.
pub fn connect(
    settings: &Settings,
    known: &Known,
    base_url: Url,
    credential: Credential,
) -> Result<Client> {
    let mut client = reached(settings, known, base_url);
    client.credential = credential;
    Ok(Client::new(client)?)
}

/// How any address is reached: certificates and proxy are those of the settings.
pub fn reached(settings: &Settings, known: &Known, base_url: Url) -> atlas::Settings {
    let mut client = atlas::Settings::new(base_url);
    client.known = known.clone();
    client.ca_file = settings.ca_file.clone().map(|file| file.value);
    client.allow_http = settings.allow_http;
    client.proxy = settings.proxy().map(|(url, except)| atlas::Proxy { url: url.value, except });
    client
}

/// The options of the local control plane over the settings' file.
///
/// # Errors
/// Usage, if the settings name Atlas.
pub fn local_options(settings: &Settings) -> Result<local::Options> {
    match &settings.target {
        Target::Local { store } => Ok(local::Options::new(store.clone())),
        Target::Atlas { .. } => {
            Err(Error::usage("this command targets Atlas, not a local control plane")
                .hint("add --local"))
        }
    }
}
