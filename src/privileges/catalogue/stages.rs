//! What the stages of a pipeline need on the cluster behind a connection.
//!
//! Source: the pages of the manual on change streams, `$lookup`, `$merge` and `$emit`, and the modes
//! of `$merge` in the server (`src/mongo/db/pipeline/merge_processor.cpp`).

/// Watching a collection, a database or a whole cluster.
pub const WATCHES: &[&str] = &["CHANGE_STREAM", "FIND"];

/// Looking up documents.
pub const READS: &[&str] = &["FIND"];

/// Adding documents: to a time series, or to a dead-letter queue.
pub const ADDS: &[&str] = &["INSERT"];

/// What `$merge` does with a document that is there already, by `whenMatched`; `None` if an
/// expression decides that.
pub fn when_matched(mode: Option<&str>) -> &'static [&'static str] {
    match mode {
        Some("fail") => &[],
        Some("delete") => &["REMOVE"],
        Some(_) => &["UPDATE"],
        None => &["REMOVE", "UPDATE"],
    }
}

/// What `$merge` does with a document that is new, by `whenNotMatched`; `None` if an expression
/// decides that.
pub fn when_not_matched(mode: Option<&str>) -> &'static [&'static str] {
    match mode {
        Some("discard" | "fail") => &[],
        _ => ADDS,
    }
}

/// Stages whose arguments are fields of the data: what looks like the name of a connection is none.
const ON_DATA: &[&str] = &[
    "$addFields",
    "$densify",
    "$fill",
    "$group",
    "$limit",
    "$match",
    "$project",
    "$redact",
    "$replaceRoot",
    "$replaceWith",
    "$set",
    "$setWindowFields",
    "$skip",
    "$sort",
    "$unset",
    "$unwind",
];

/// Whether a stage only looks at the data that passes through it.
pub fn is_on_data(stage: &str) -> bool {
    ON_DATA.contains(&stage)
}
