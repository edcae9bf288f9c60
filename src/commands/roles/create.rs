//! `roles create`.

use super::arg::{ActionParser, Inherit, check_added, check_given, preset, preset_name};
use super::creation::{check_name, make};
use super::view;
use crate::comma_list::{CommaList, CommaListParser, Items};
use crate::commands::known::Verbatim;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::privileges::definition::Definition;
use crate::privileges::permission::Permission;

/// The role to create.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Stream actions are written as in the documentation (startStreamProcessor) \
or as in the API (START_STREAM_PROCESSOR), and apply to a whole instance; actions on data name \
their database and collection, as in FIND@shop.orders. spctl roles actions and spctl roles presets list them.

Examples:
  spctl roles create night-shift --preset operator
  spctl roles create starter \\
      --action startStreamProcessor stopStreamProcessor
  spctl roles create orders-rw \\
      --action FIND@shop.orders INSERT@shop.orders --inherit read@ref"
)]
pub struct Args {
    /// The role's name: letters, digits, hyphens and underscores
    #[arg(value_name = "NAME")]
    name: String,
    /// An action to allow, in either spelling; with @DATABASE.COLLECTION for an action on data
    #[arg(long = "action", value_name = "ACTION,…", num_args = 1.., value_parser = CommaListParser(ActionParser), hide_possible_values = true)]
    actions: Vec<CommaList<Permission>>,
    /// A role to inherit; the database defaults to admin
    #[arg(long = "inherit", value_name = "ROLE[@DB],…", num_args = 1..)]
    inherits: Vec<CommaList<Inherit>>,
    /// The actions of a preset: viewer, operator, developer or administrator
    #[arg(long, value_name = "PRESET", value_parser = preset_name(), hide_possible_values = true, ignore_case = true)]
    preset: Option<String>,
    #[command(flatten)]
    verbatim: Verbatim,
}

/// Creates one role.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    check_name(&args.name)?;
    let presets = args.preset.iter().flat_map(|name| preset(name));
    let definition = Definition {
        permissions: args.actions.items().cloned().chain(presets).collect(),
        inherits: args.inherits.into_items().into_iter().map(|Inherit(role)| role).collect(),
    };
    if definition.is_empty() {
        return Err(Error::usage("a role needs an action or an inherited role").hint(
            "add --action, --preset or --inherit; spctl roles actions and spctl roles presets list \
             what is available",
        ));
    }
    check_added(&definition.permissions, args.verbatim)?;
    let on = context.project().await?;
    let inherited = definition.inherits.iter().map(|(role, _)| role.as_str());
    let graph = view::graph(&view::fetch_with(on, inherited).await?);
    check_given(definition.inherits.iter().cloned().map(Into::into), &graph)?;
    make(context, on, &args.name, definition, &graph).await
}
