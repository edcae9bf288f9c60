//! Everything a command needs: settings resolved, the terminal, and a client when first asked for.

use std::cell::OnceCell;
use std::future::Future;
use std::mem;
use std::pin::{Pin, pin};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use tokio::runtime::{self, Runtime};

use crate::atlas::{self, Client};
use crate::config::{Environment, Settings, Target};
use crate::error::{Error, Kind, Result};
use crate::local;
use crate::options::Global;
use crate::session::ProjectClient;
use crate::signals::Signals;
use crate::ui::Ui;

/// What a command is given. There is no process-wide state beside it.
pub struct Context {
    /// The terminal.
    pub ui: Ui,
    /// Ctrl-C and requests to end.
    pub signals: Signals,
    /// The global options.
    pub global: Global,
    /// What is talked to, and where that was said.
    pub settings: Settings,
    /// The environment of the process.
    pub environment: Environment,
    runtime: OnceCell<Runtime>,
    session: OnceCell<Session>,
    project: OnceCell<ProjectClient>,
}

/// A client, and the control plane behind it where that is ours.
struct Session {
    client: Client,
    local: Option<local::Server>,
}

impl Context {
    /// Settles everything that needs no connection.
    ///
    /// # Errors
    /// Those of [`Settings::resolve`], with the terminal to show them on.
    ///
    /// With `mends`, for commands that put profiles right, settings that contradict each other or
    /// a profile that is not there are no error: the command then works without a profile.
    pub fn new(
        ui: Ui,
        global: Global,
        environment: Environment,
        mends: bool,
    ) -> Result<Self, Box<(Ui, Error)>> {
        let flags = global.flags();
        let resolved = match Settings::resolve(&flags, &environment) {
            Err(_) if mends => Settings::without_profile(&flags, &environment),
            resolved => resolved,
        };
        match resolved {
            Ok(settings) => Ok(Context {
                signals: ui.signals().clone(),
                ui: ui.with_default_format(settings.output.as_ref().map(|o| o.value.as_str())),
                global,
                settings,
                environment,
                runtime: OnceCell::new(),
                session: OnceCell::new(),
                project: OnceCell::new(),
            }),
            Err(error) => Err(Box::new((ui, error))),
        }
    }

    /// Runs what waits for the network, on this thread.
    ///
    /// # Errors
    /// Those of the future, or that no runtime could be started.
    pub fn block_on<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        let runtime = match self.runtime.get() {
            Some(runtime) => runtime,
            None => {
                let runtime = runtime::Builder::new_current_thread().enable_all().build();
                let failed = |e| Error::failed("cannot start the runtime").source(e);
                let runtime = runtime.map_err(failed)?;
                self.runtime.get_or_init(|| runtime)
            }
        };
        // As itself it would have the runtime compiled for each of a hundred futures.
        let future: Pin<&mut dyn Future<Output = Result<T>>> = pin!(future);
        runtime.block_on(future)
    }

    /// Ends what has an end of its own, the control plane that writes to a file. All else ends with
    /// the process: taking it apart would take longer than the exit.
    pub fn end(mut self) {
        if let Some(Session { local: Some(server), .. }) = self.session.take() {
            server.stop();
        }
        mem::forget(self);
    }

    /// The client, made when first asked for.
    ///
    /// # Errors
    /// Missing or contradictory credentials; a local store that cannot be opened.
    pub fn client(&self) -> Result<&Client> {
        Ok(&self.session(|| self.settings.credential())?.client)
    }

    /// A client for operations that need no credentials.
    ///
    /// # Errors
    /// A local store that cannot be opened; certificates that cannot be read.
    pub fn public_client(&self) -> Result<&Client> {
        Ok(&self.session(|| Ok(atlas::Credential::None))?.client)
    }

    fn session(&self, credential: impl Fn() -> Result<atlas::Credential>) -> Result<&Session> {
        if let Some(session) = self.session.get() {
            return Ok(session);
        }
        let session = match &self.settings.target {
            Target::Local { .. } => self.start_local()?,
            Target::Atlas { base_url } => {
                Session { client: self.connect(base_url.clone(), credential()?)?, local: None }
            }
        };
        Ok(self.session.get_or_init(|| session))
    }

    /// The moment that spans are reckoned from: the system's time, or that of the local store, whose
    /// clock may have been moved.
    ///
    /// # Errors
    /// A local store that cannot be opened.
    pub fn now(&self) -> Result<Timestamp> {
        if let Target::Local { .. } = self.settings.target {
            self.client()?;
        }
        Ok(self.ui.now())
    }

    /// A client of its own for an address and a credential that the settings do not name.
    ///
    /// # Errors
    /// Certificates that cannot be read; plain http to another machine.
    pub fn connect(&self, base_url: url::Url, credential: atlas::Credential) -> Result<Client> {
        let mut settings = atlas::Settings::new(base_url);
        settings.credential = credential;
        settings.known = self.ui.known().clone();
        settings.ca_file = self.settings.ca_file.clone();
        settings.allow_http = self.settings.allow_http;
        settings.proxy = self.settings.proxy().map(|(url, except)| atlas::Proxy { url, except });
        Ok(Client::new(settings)?)
    }

    fn start_local(&self) -> Result<Session> {
        let server = local::Server::start(self.local_options()?)?;
        self.ui.set_now(server.began());
        let url = server.url().parse().map_err(|e: url::ParseError| {
            Error::failed("the local control plane has no address").source(e)
        })?;
        let mut settings = atlas::Settings::new(url);
        settings.credential = atlas::Credential::Bearer(server.token().clone());
        settings.known = self.ui.known().clone();
        Ok(Session { client: Client::new(settings)?, local: Some(server) })
    }

    /// How the local control plane is started, over the file that the settings name.
    ///
    /// # Errors
    /// Usage, where the settings name Atlas.
    pub fn local_options(&self) -> Result<local::Options> {
        match &self.settings.target {
            Target::Local { store } => Ok(local::Options::new(store.clone())),
            Target::Atlas { .. } => {
                Err(Error::usage("this talks to Atlas, not to a local control plane")
                    .hint("add --local"))
            }
        }
    }

    /// `spctl` with the options of this command line that say what is talked to: a command that
    /// shall follow this one needs them, too.
    pub fn spctl(&self) -> String {
        let global = &self.global;
        let mut words = vec!["spctl".to_owned()];
        words.extend(global.local.then(|| "--local".to_owned()));
        for (option, value) in [("--profile", &global.profile), ("--project", &global.project)] {
            words.extend(value.iter().map(|value| format!("{option} {}", quoted(value))));
        }
        words.join(" ")
    }

    /// Whether `--local` itself is on the command line.
    pub fn local_was_typed(&self) -> bool {
        self.global.local
    }

    /// The client on the project of `--project`, the environment or the profile; a name is looked up.
    ///
    /// # Errors
    /// Usage, where none is chosen; not found, where no project has this name.
    pub async fn project(&self) -> Result<&ProjectClient> {
        if let Some(on) = self.project.get() {
            return Ok(on);
        }
        let client = self.client()?;
        let server = self.session.get().and_then(|s| s.local.as_ref());
        let wanted = match (&self.settings.project, server) {
            (Some(wanted), _) => wanted.value.clone(),
            (None, Some(server)) => server.default_project().to_owned(),
            (None, None) => {
                return Err(Error::usage("no project is chosen")
                    .hint("add --project, or set MONGODB_ATLAS_PROJECT_ID; spctl projects list shows what there is"));
            }
        };
        if wanted.trim().is_empty() {
            return Err(Error::usage("the project's name is empty")
                .hint("is a variable of the script not set?"));
        }
        let id = match is_id(&wanted) {
            true => wanted,
            false => {
                let found = client.project_by_name(&wanted).await.map_err(Error::from);
                found.map_err(|e| no_such_project(e, &wanted))?.view.id
            }
        };
        Ok(self.project.get_or_init(|| ProjectClient { client: client.clone(), project: id }))
    }

    /// Checks that no project is named where all of them are asked for.
    ///
    /// # Errors
    /// Usage: `--project` is on the command line.
    pub fn all_projects(&self) -> Result<()> {
        match self.global.project {
            None => Ok(()),
            Some(_) => Err(Error::usage("--project names one, and --all-projects means all")
                .hint("leave one of them away")),
        }
    }

    /// The id of the organisation that `--org` or the environment names, if any does.
    ///
    /// # Errors
    /// Not found, where the credential sees no organisation of this name.
    pub async fn org_filter(&self) -> Result<Option<String>> {
        let Some(wanted) = self.settings.org.as_ref().map(|org| &org.value) else {
            return Ok(None);
        };
        if is_id(wanted) {
            return Ok(Some(wanted.clone()));
        }
        let orgs: Vec<_> = self.client()?.orgs().try_collect().await.map_err(Error::from)?;
        let found = orgs.into_iter().find(|org| org.view.name == *wanted);
        found.map(|org| Some(org.view.id)).ok_or_else(|| {
            Error::not_found(format!("there is no organisation {wanted:?}"))
                .hint("spctl orgs list shows what this credential sees")
        })
    }

    /// Says on stderr that a change is made locally, and where.
    pub fn say_where(&self) {
        if let Target::Local { store } = &self.settings.target {
            self.ui.note(format!("local control plane: {}", store.display()));
        }
    }
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// Whether this is an id of the API: 24 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn no_such_project(error: Error, name: &str) -> Error {
    match error.kind() {
        Kind::NotFound => Error::not_found(format!("there is no project {name:?}"))
            .hint("spctl projects list shows what this credential sees"),
        _ => error,
    }
}
