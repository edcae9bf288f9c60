//! Paths as a graph for Graphviz: users, the connections that they act through, and clusters.

use std::collections::BTreeSet;

use super::paths::Row;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::project::Project;

/// Writes the graph; each edge once.
pub(super) fn write(
    context: &Context,
    project: &Project,
    paths: impl Iterator<Item = Row>,
) -> Result<()> {
    let mut seen = BTreeSet::new();
    let mut once = |line: String| match seen.insert(line.clone()) {
        true => context.ui.line(line),
        false => Ok(()),
    };
    context.ui.line(format!("digraph {} {{", quoted(&project.name)))?;
    context.ui.line("  rankdir=LR; node [shape=box, style=rounded];")?;
    for path in paths {
        let user = quoted(&format!("user {}", path.called));
        let connection = quoted(&format!("{}/{}", path.instance, path.connection));
        let cluster = match &path.project {
            Some(project) => quoted(&format!("cluster {} of {project}", path.cluster)),
            None => quoted(&format!("cluster {}", path.cluster)),
        };
        once(format!("  {connection} [shape=component];"))?;
        once(format!("  {cluster} [shape=cylinder];"))?;
        let role = quoted(path.role.as_deref().unwrap_or("unnamed role"));
        once(format!("  {connection} -> {cluster} [label={role}];"))?;
        let style = match path.more {
            "yes" => " [color=red, penwidth=2, label=\"more\"]",
            "unclear" => " [style=dashed, label=\"unclear\"]",
            _ => "",
        };
        once(format!("  {user} -> {connection}{style};"))?;
    }
    context.ui.line("}")?;
    context.ui.flush()
}

/// A string of the language: only quotes and backslashes mean something in one.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
