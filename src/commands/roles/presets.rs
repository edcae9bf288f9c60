//! `roles presets`.

use serde_json::json;

use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::presets::{PRESETS, Preset};
use crate::ui::{Cell, Column, Listing, row};

static LISTING: Listing<&'static Preset> = Listing {
    columns: &[
        Column::identifying("name", |p| p.name.into()),
        Column::new("allows", |p| p.allows.into()),
        Column::new("actions", |p| {
            Cell::List(p.actions().map(|a| a.documented.to_owned()).collect())
        }),
    ],
    default: 3,
    name: |p| p.name.to_owned(),
};

/// Lists the presets.
pub(super) fn run(context: &Context) -> Result<()> {
    let rows = PRESETS.iter().map(|preset| {
        let actions: Vec<&str> = preset.actions().map(|action| action.api).collect();
        let document = json!({"name": preset.name, "allows": preset.allows, "actions": actions});
        Ok((row::document(&document)?, preset))
    });
    context.ui.list_all(&LISTING, rows, "").map(drop)
}
