//! `processors stats`: counters, whose names the server decides.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::NOUN;
use super::lookup::one;
use crate::atlas::Row;
use crate::atlas::processors::Processor;
use crate::commands::effective;
use crate::commands::instance_args::OnInstance;
use crate::commands::names::{self, Listed};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Detail, LaterColumns, Listing, row};

/// Whose counters to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl processors stats --instance orders orders-to-shop
  spctl processors list --instance orders -q | spctl processors stats \\
      --instance orders - -o csv")]
pub struct Args {
    #[command(flatten)]
    on: OnInstance,
    #[command(flatten)]
    named: names::Named,
}

/// A processor, and the names of all counters shown.
struct Counted {
    processor: Processor,
    names: std::rc::Rc<Vec<String>>,
}

/// The counters that have columns of their own.
const COLUMNS: [Column<Counted>; 9] = [
    Column::identifying("name", |c| c.processor.name.as_str().into()),
    Column::telling_apart("state", |c| c.processor.state.as_str().into()),
    Column::new("in", |c| c.count("inputMessageCount")),
    Column::new("in-bytes", |c| c.bytes("inputMessageSize")),
    Column::new("out", |c| c.count("outputMessageCount")),
    Column::new("out-bytes", |c| c.bytes("outputMessageSize")),
    Column::new("dlq", |c| c.count("dlqMessageCount")),
    Column::new("state-bytes", |c| c.bytes("stateSize")),
    Column::new("dlq-share", |c| dead(&c.processor)),
];

/// How many of them the default view has.
const DEFAULT: usize = 7;

impl Counted {
    fn cell(&self, name: &str, number: fn(u64) -> Cell) -> Cell {
        match self.processor.stats.get(name) {
            None | Some(Value::Null) => Cell::Empty,
            Some(Value::String(text)) => text.as_str().into(),
            Some(value) => value.as_u64().map_or_else(|| value.to_string().into(), number),
        }
    }

    fn count(&self, name: &str) -> Cell {
        self.cell(name, Cell::Count)
    }

    fn bytes(&self, name: &str) -> Cell {
        self.cell(name, Cell::Bytes)
    }
}

/// The counters of a processor, without the descriptive fields next to them.
fn counters(processor: &Processor) -> impl Iterator<Item = (&String, &Value)> {
    let told = |name: &str| !matches!(name, "name" | "note" | "processorId" | "status");
    processor.stats.iter().filter(move |(name, _)| told(name))
}

/// The share of incoming messages that went to the dead letter queue.
fn dead(processor: &Processor) -> Cell {
    let count = |name: &str| processor.stats.get(name).and_then(Value::as_u64);
    match (count("dlqMessageCount"), count("inputMessageCount")) {
        (Some(part), Some(whole)) => Cell::Share { part, whole },
        _ => Cell::Empty,
    }
}

/// Shows the counters of processors by name.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LaterColumns)?;
    let (on, instance) = (context.project().await?, &args.on.name);
    let listed = Listed::default();
    let fetch =
        async |name: &str, many: bool| one(on, instance, name, many.then_some(&listed)).await;
    let found = names::look_up(context, &args.named.names, fetch).await?;
    let names: BTreeSet<&String> = found
        .rows
        .iter()
        .flat_map(|row| counters(&row.view).filter(|(_, value)| !value.is_object()))
        .map(|(name, _)| name)
        .collect();
    let names = std::rc::Rc::new(names.into_iter().cloned().collect::<Vec<_>>());
    let others = names.iter().enumerate().map(|(index, name)| {
        Column::nth(name.as_str(), index, |c: &Counted, index| c.count(&c.names[index]))
    });
    let columns: Vec<_> = COLUMNS.into_iter().chain(others).collect();
    let listing = Listing {
        columns: &columns,
        default: DEFAULT,
        name: |c: &Counted| c.processor.name.clone(),
    };
    // People must not miss the server's notes on its counters.
    let notes: BTreeSet<String> = found
        .rows
        .iter()
        .filter_map(|row| row.view.stats.get("note").and_then(Value::as_str).map(str::to_owned))
        .collect();
    let rows = found.rows.into_iter().map(|row| {
        let row = document(row)?;
        Ok((row.raw, Counted { processor: row.view, names: names.clone() }))
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let shown = match rows.is_empty() {
        true => Ok(()),
        false => context.ui.show_asked(&listing, rows, names::is_one(&args.named.names), detail),
    };
    let outcome = shown.and_then(|()| names::failures(context, found.failed, found.asked, NOUN));
    for note in &notes {
        context.ui.note(note);
    }
    outcome
}

fn document(row: Row<Processor>) -> Result<Row<Processor>> {
    let p = &row.view;
    let raw = row::document(&json!({ "name": p.name, "state": p.state, "stats": p.stats }))?;
    effective::with(Row { raw, view: row.view }, |processor| {
        let share = dead(processor).machine().parse::<f64>().ok();
        Ok(share.map_or_else(|| json!({}), |share| json!({ "dlqShare": share })))
    })
}

fn detail(counted: &Counted) -> Detail {
    let processor = &counted.processor;
    let line = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name} {text}"),
        value => format!("{name} {value}"),
    };
    vec![
        ("processor", vec![processor.name.clone()]),
        ("state", vec![processor.state.clone()]),
        ("counters", counters(processor).map(line).collect()),
    ]
}
