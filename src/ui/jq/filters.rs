//! What a filter can call: jaq's own filters, and those of jq that it lacks or that would go past us.

use std::cell::RefCell;
use std::fmt;

use jaq_core::box_iter::{BoxIter, box_once};
use jaq_core::data::HasLut;
use jaq_core::load::parse::Def;
use jaq_core::{Cv, DataT, Exn, Lut, load, native};
use jaq_json::{Val, read};

use crate::json;

/// What jaq-std does not define. Numbers and truth values are written as they are, null as nothing.
const MORE: &str = r#"
def row_(f; $format): if isarray then
    map(if isstring then f elif isnumber or isboolean then tostring elif . == null then ""
        else error("a value of type \(type) is not valid in a \($format) row") end)
  else error("a value of type \(type) cannot be a \($format) row, only an array") end;
def @csv: row_("\"" + (. / "\"" | join("\"\"")) + "\""; "csv") | join(",");
def @tsv: row_(reduce (["\\", "\\\\"], ["\t", "\\t"], ["\n", "\\n"], ["\r", "\\r"]) as $e
    (.; . / $e[0] | join($e[1])); "tsv") | join("\t");
def halt_error($code): end_;
def halt_error: end_;
"#;

/// What filters are compiled for: they may leave a last word.
pub(super) struct Kind;

/// What filters can reach while they run.
#[derive(Clone)]
pub(super) struct Running<'a> {
    pub(super) lut: &'a Lut<Kind>,
    /// What `halt_error` was given.
    pub(super) last_word: &'a RefCell<Option<Val>>,
}

impl DataT for Kind {
    type V<'a> = Val;
    type Data<'a> = Running<'a>;
}

impl<'a> HasLut<'a, Kind> for Running<'a> {
    fn lut(&self) -> &'a Lut<Kind> {
        self.lut
    }
}

/// The filters that are defined in jq's own language, the later ones in place of the earlier ones.
pub(super) fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    let more = load::parse(MORE, |parser| parser.defs()).unwrap_or_default();
    jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).chain(more)
}

/// The others.
pub(super) fn natives() -> impl Iterator<Item = native::Fun<Kind>> {
    // The environment holds credentials, and a filter may have been copied from anywhere.
    let replaced = |name: &str| matches!(name, "env" | "fromjson" | "stderr_empty" | "debug_empty");
    let theirs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    theirs.filter(move |(name, ..)| !replaced(name)).chain([
        native::run(("fromjson", native::v(0), |(_, value)| fromjson(value))),
        native::run(("end_", native::v(0), |(context, value): Cv<'_, Kind>| {
            context.data().last_word.replace(Some(value));
            box_once(Err(Exn::halt(1)))
        })),
        // Theirs write to stderr themselves.
        native::run(("stderr_empty", native::v(0), |_| Box::new(std::iter::empty()))),
        native::run(("debug_empty", native::v(0), |_| Box::new(std::iter::empty()))),
    ])
}

/// jq's own, within the limits of JSON from outside: a text of the answer may hold anything.
fn fromjson<'a>(value: Val) -> BoxIter<'a, Result<Val, Exn<'a, Val>>> {
    let refused = |why: &dyn fmt::Display| jaq_core::Error::str(format_args!("fromjson: {why}"));
    let parsed = value.try_as_utf8_bytes_owned().map(|text| match json::check(&text) {
        Err(excess) => vec![Err(refused(&excess))],
        Ok(()) => {
            let mut failed = false;
            // Behind what is no JSON the reader finds the same fault again and again.
            let rows = read::parse_many(&text)
                .take_while(|row| !std::mem::replace(&mut failed, row.is_err()));
            rows.map(|row| row.map_err(|e| refused(&e))).collect()
        }
    });
    let rows = parsed.unwrap_or_else(|error| vec![Err(error)]);
    Box::new(rows.into_iter().map(|row| row.map_err(Exn::from)))
}
