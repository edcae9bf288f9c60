//! Everything a command needs: resolved settings, the terminal, and a client made on first use.

use std::cell::OnceCell;
use std::future::Future;
use std::pin::{Pin, pin};

use jiff::Timestamp;
use tokio::runtime::{self, Runtime};
use url::Url;

use crate::atlas::{Client, Credential};
use crate::config::{Environment, Flags, Settings, Target};
use crate::error::{Error, Result};
use crate::local;
use crate::session::{self, ProjectClient, Session};
use crate::signals::Signals;
use crate::ui::Ui;

/// What a command is given. There is no other process-wide state.
pub struct Context {
    /// The terminal.
    pub ui: Ui,
    /// Ctrl-C and termination requests.
    pub signals: Signals,
    /// What the command line says about the target.
    pub flags: Flags,
    /// `--dry-run`: a change is shown, but not made.
    pub dry_run: bool,
    /// The target and its settings, each with its source.
    pub settings: Settings,
    /// The environment of the process.
    pub environment: Environment,
    session: OnceCell<Session>,
    project: OnceCell<ProjectClient>,
    // Dropped last: the other fields may need it to shut down.
    runtime: OnceCell<Runtime>,
}

impl Context {
    /// A context whose settings are these, with nothing opened.
    pub fn new(
        ui: Ui,
        flags: Flags,
        dry_run: bool,
        settings: Settings,
        environment: Environment,
    ) -> Self {
        Context {
            signals: ui.signals().clone(),
            ui: ui.with_default_format(settings.output.as_ref().map(|o| o.value.as_str())),
            flags,
            dry_run,
            settings,
            environment,
            session: OnceCell::new(),
            project: OnceCell::new(),
            runtime: OnceCell::new(),
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
        // Unboxed, the runtime would be compiled once for each of a hundred futures.
        let future: Pin<&mut dyn Future<Output = Result<T>>> = pin!(future);
        runtime.block_on(future)
    }

    /// The client, made on first use.
    ///
    /// # Errors
    /// Missing or contradictory credentials; a local store that cannot be opened.
    pub fn client(&self) -> Result<&Client> {
        Ok(self.session(|| self.settings.credential())?.client())
    }

    /// A client for operations that need no credentials.
    ///
    /// # Errors
    /// A local store that cannot be opened; certificates that cannot be read.
    pub fn public_client(&self) -> Result<&Client> {
        Ok(self.session(|| Ok(Credential::None))?.client())
    }

    fn session(&self, credential: impl FnOnce() -> Result<Credential>) -> Result<&Session> {
        if let Some(session) = self.session.get() {
            return Ok(session);
        }
        let session = Session::open(&self.settings, self.ui.known(), credential)?;
        if let Some(now) = session.local_time() {
            self.ui.set_now(now);
        }
        Ok(self.session.get_or_init(|| session))
    }

    /// The time that spans are relative to: the system's, or that of the local store, whose clock may
    /// have been moved.
    ///
    /// # Errors
    /// A local store that cannot be opened.
    pub fn now(&self) -> Result<Timestamp> {
        if let Target::Local { .. } = self.settings.target {
            self.client()?;
        }
        Ok(self.ui.now())
    }

    /// A separate client, for an address and a credential other than those of the settings.
    ///
    /// # Errors
    /// Certificates that cannot be read; plain http to another machine.
    pub fn connect(&self, base_url: Url, credential: Credential) -> Result<Client> {
        session::connect(&self.settings, self.ui.known(), base_url, credential)
    }

    /// How an address other than Atlas' is reached.
    #[cfg(feature = "lake")]
    pub fn reached(&self, base_url: Url) -> crate::atlas::Settings {
        let mut settings = session::reached(&self.settings, self.ui.known(), base_url);
        // It may be asked for where everything else is local.
        settings.allow_http |= self.flags.allow_http;
        settings
    }

    /// The options of the local control plane over the settings' file.
    ///
    /// # Errors
    /// Usage, if the settings name Atlas.
    pub fn local_options(&self) -> Result<local::Options> {
        session::local_options(&self.settings)
    }

    /// The client on the project of `--project`, the environment or the profile, looked up once.
    ///
    /// # Errors
    /// Usage, if none is chosen; not found, if no project has this name.
    pub async fn project(&self) -> Result<&ProjectClient> {
        if let Some(on) = self.project.get() {
            return Ok(on);
        }
        let session = self.session(|| self.settings.credential())?;
        let on = session.project(&self.settings).await?;
        Ok(self.project.get_or_init(|| on))
    }

    /// The id of the organisation that `--org` or the environment names, if any does.
    ///
    /// # Errors
    /// Not found, if the credential cannot access an organisation of this name.
    pub async fn org(&self) -> Result<Option<String>> {
        if self.settings.org.is_none() {
            return Ok(None);
        }
        self.session(|| self.settings.credential())?.org(&self.settings).await
    }

    /// Reports on stderr that a change is made locally, and where.
    pub fn say_where(&self) {
        if let Target::Local { store } = &self.settings.target {
            self.ui.note(format!("local control plane: {}", store.display()));
        }
    }
}
