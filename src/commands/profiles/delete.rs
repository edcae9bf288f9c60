//! `spctl profiles remove`, also called `delete`.

use std::path::Path;

use super::{existing, is_dry};
use crate::commands::auth::sign_out::sign_out;
use crate::commands::names::{self, Named};
use crate::config::edit::{self, Editor};
use crate::config::{Flags, Settings, keep};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::plural;

pub(super) fn run(context: &Context, dir: &Path, named: &Named) -> Result<()> {
    let names = &names::read(context, &named.names)?;
    let known = edit::read(dir)?;
    let mut failed = Vec::new();
    let mut there = Vec::new();
    for name in names {
        match existing(&known, name) {
            Ok(_) => there.push(name),
            Err(error) => failed.push(error),
        }
    }
    if there.is_empty() {
        return names::failures(context, failed, names.len(), "profile");
    }
    for name in &there {
        let secret = known.profiles[*name].secret;
        let secret = secret.map(|place| format!(", with its secret ({place})")).unwrap_or_default();
        context.ui.note(format!("remove the profile {name}{secret}"));
    }
    if is_dry(context) {
        return names::failures(context, failed, names.len(), "profile");
    }
    let question = format!("Remove {}?", plural(there.len(), "profile"));
    if !context.ui.confirm(&question)? {
        return Err(Error::new(Kind::Usage, "not confirmed, nothing was changed"));
    }
    for name in there {
        let profile = &known.profiles[name];
        let flags = Flags { profile: Some(name.clone()), ..context.flags.clone() };
        let settings = Settings::resolve(&flags, &context.environment);
        let done = sign_out(
            context,
            settings.as_ref().unwrap_or(&context.settings),
            Some((name, profile)),
            || {
                let unfound = keep::forget_secret(dir, name, profile)?;
                let mut editor = Editor::open(dir)?;
                editor.remove(name);
                editor.save()?;
                context.ui.note(format!("removed the profile {name}"));
                unfound.map_or(Ok(()), Err)
            },
        );
        failed.extend(done.report(context).err());
    }
    names::failures(context, failed, names.len(), "profile")
}
