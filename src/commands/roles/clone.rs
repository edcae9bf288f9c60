//! `roles clone`.

use super::creation::{check_name, make};
use super::obscure;
use super::view;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::graph::RoleKind;
use crate::shell::quote;

/// Which role to copy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl roles clone streamOperator night-shift")]
pub struct Args {
    /// The custom role to copy
    #[arg(value_name = "NAME")]
    name: String,
    /// The new role
    #[arg(value_name = "NEW")]
    new: String,
}

/// Creates a copy of a custom role.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    check_name(&args.new)?;
    let on = context.project().await?;
    let name = super::plain(&args.name);
    let graph = view::graph(&view::fetch_with(on, [name]).await?);
    let definition = match graph.kind(name) {
        RoleKind::Custom(definition) => definition.clone(),
        RoleKind::Obscure => return Err(obscure(name)),
        RoleKind::BuiltIn(_) => {
            return Err(Error::usage(format!("{name} is built in and cannot be cloned")).hint(
                format!("spctl roles create {} --inherit {}", quote(&args.new), quote(name)),
            ));
        }
        RoleKind::Unknown => return Err(super::missing(name, graph.names())),
    };
    make(context, on, &args.new, definition, &graph).await
}
