//! `--jq`: a jq filter over the JSON that the command would print.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read};

use super::Ui;
use crate::error::{Error, Result};

/// Whether the filter compiles; called before anything is sent.
///
/// # Errors
/// A usage error that shows the filter.
pub(super) fn check(filter: &str) -> Result<()> {
    run_filter(filter, None, &mut |_| Ok(()))
}

/// Runs the filter over one JSON document; each output is one line, strings without quotes.
pub(super) fn run(ui: &Ui, filter: &str, json: &str) -> Result<()> {
    let input = read::parse_single(json.as_bytes())
        .map_err(|e| Error::failed("the answer is not JSON").source(e.to_string()))?;
    run_filter(filter, Some(input), &mut |value| match value {
        Val::TStr(text) => ui.line(String::from_utf8_lossy(text)),
        other => ui.line(other.to_string()),
    })
}

fn run_filter(
    filter: &str,
    input: Option<Val>,
    each: &mut dyn FnMut(&Val) -> Result<()>,
) -> Result<()> {
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(defs)
        .load(&arena, File { code: filter, path: () })
        .map_err(|_| unusable(filter))?;
    let compiled =
        Compiler::default().with_funs(funs).compile(modules).map_err(|_| unusable(filter))?;
    let Some(input) = input else { return Ok(()) };
    let context = Ctx::<data::JustLut<Val>>::new(&compiled.lut, Vars::new([]));
    for output in compiled.id.run((context, input)).map(unwrap_valr) {
        let value = output.map_err(|e| Error::failed(format!("the jq filter failed: {e}")))?;
        each(&value)?;
    }
    Ok(())
}

fn unusable(filter: &str) -> Error {
    Error::usage(format!("--jq: not a jq filter: {filter}"))
        .hint("a list is filtered as in --jq '.[].name'; look at the document with -o json")
}
