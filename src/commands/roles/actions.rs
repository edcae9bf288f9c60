//! `roles actions`.

use serde_json::json;

use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::actions;
use crate::privileges::catalogue::presets::{PRESETS, Preset};
use crate::ui::{Cell, Column, Listing, row};

static LISTING: Listing<&'static actions::Action> = Listing {
    columns: &[
        Column::identifying("name", |a| a.documented.into()),
        Column::telling_apart("api", |a| a.api.into()),
        Column::new("allows", |a| a.allows.into()),
        Column::new("built-in", |a| {
            Cell::List(a.held_by.iter().map(|r| (*r).to_owned()).collect())
        }),
        Column::new("presets", |a| Cell::List(presets_with(a))),
    ],
    default: 4,
    name: |a| a.api.to_owned(),
};

fn presets_with(action: &actions::Action) -> Vec<String> {
    let holds = |preset: &&Preset| preset.actions().any(|held| held == action);
    PRESETS.iter().filter(holds).map(|preset| preset.name.to_owned()).collect()
}

/// Lists the stream actions.
pub(super) fn run(context: &Context) -> Result<()> {
    let rows = actions::ACTIONS.iter().map(|action| {
        let document = row::document(&json!({
            "name": action.documented, "api": action.api, "allows": action.allows,
            "builtIn": action.held_by, "presets": presets_with(action),
        }))?;
        Ok((document, action))
    });
    context.ui.list_all(&LISTING, rows, "").map(drop)
}
