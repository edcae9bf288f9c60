//! A policy's text: read as JSON or YAML, written as YAML, and where in it something stands.

use std::collections::HashMap;

use serde_json::Value;
use serde_saphyr::granit_parser::{Event, Parser};

use super::fault::{Place, Step};
use crate::json;

/// How many values a policy may have: the largest that is read as a whole has fewer.
const MOST_NODES: usize = 16 << 20;
/// How deep a policy may be nested.
const DEEPEST: usize = 100;

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The line and the column, from 1 on, where they are known.
    pub at: Option<(usize, usize)>,
    /// Why.
    pub why: String,
}

/// The document of a text in JSON or YAML.
///
/// # Errors
/// It is neither, or too deep.
pub fn parse(text: &str) -> Result<Value, Broken> {
    // JSON's own errors are the better ones, and what begins with a bracket is meant to be JSON.
    match text.trim_start().starts_with(['{', '[']) {
        true => parse_json(text),
        false => parse_yaml(text),
    }
}

fn parse_json(text: &str) -> Result<Value, Broken> {
    json::check(text.as_bytes()).map_err(|excess| Broken { at: None, why: excess.to_string() })?;
    let broken = |error: serde_json::Error| {
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default().to_owned();
        Broken { at: Some((error.line(), error.column())), why }
    };
    serde_json::from_str::<json::UniqueKeys>(text).map_err(broken)?;
    serde_json::from_str(text).map_err(broken)
}

fn parse_yaml(text: &str) -> Result<Value, Broken> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 4 * MOST_NODES,
            max_nodes: MOST_NODES,
            max_depth: DEEPEST,
            max_aliases: 1_000,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let at = error.location().map(|at| (number(at.line()), number(at.column())));
        // It may quote what is wrong, however long that is.
        let why = error.without_snippet().to_string();
        let why = why.lines().next().unwrap_or_default();
        let why = why.split(" at line ").next().unwrap_or_default();
        let why: String = why.chars().take(200).collect();
        Broken { at, why: plainly(why.trim_start_matches("error: ")) }
    })
}

/// What a reader of YAML says, without the names of its own options.
pub fn plainly(why: &str) -> String {
    if let Some(rest) = why.strip_prefix("duplicate mapping key: ") {
        let key = rest.split(", set DuplicateKeyPolicy").next().unwrap_or(rest);
        return format!("the key {key} is there twice");
    }
    if why.contains("from_str_multiple") {
        return "it holds several documents, and one is expected".to_owned();
    }
    if why.starts_with("budget breached") {
        return "it is too large, or nested too deeply".to_owned();
    }
    let place = why.find(" at line ").or_else(|| why.find(", set "));
    place.map_or(why, |end| &why[..end]).to_owned()
}

fn number(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// A document as YAML, the same for the same document.
///
/// # Errors
/// Why it cannot be written.
pub fn yaml(document: &Value) -> Result<String, String> {
    serde_saphyr::to_string(document).map_err(|error| error.to_string())
}

/// Where in a text its keys and elements stand.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    places: HashMap<Place, (usize, usize)>,
}

/// The places that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    All,
    /// The elements of lists at the top, and of lists in those: the objects of a policy.
    Objects,
}

impl Kept {
    fn keeps(self, open: &[Open]) -> bool {
        let is_list = |open: Option<&Open>| matches!(open, Some(Open::List { .. }));
        self == Kept::All || is_list(open.last()) && matches!(open.len(), 2 | 4)
    }
}

impl Lines {
    /// The places of a text that [`parse`] reads.
    pub fn of(text: &str) -> Lines {
        Lines::kept(text, Kept::All)
    }

    /// Those of objects alone: of a large policy all places are more than its text.
    pub fn of_objects(text: &str) -> Lines {
        Lines::kept(text, Kept::Objects)
    }

    fn kept(text: &str, kept: Kept) -> Lines {
        let mut places = HashMap::new();
        let mut add = |open: &[Open], at| {
            if kept.keeps(open) {
                places.insert(place(open), at);
            }
        };
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let at = (span.start.line(), span.start.col() + 1);
            match event {
                Event::Scalar(value, ..) => match open.last_mut() {
                    Some(Open::Object { key }) if key.is_none() => {
                        *key = Some(value.into_owned());
                        add(&open, at);
                    }
                    _ => {
                        begin(&open, &mut add, at);
                        end(&mut open);
                    }
                },
                Event::Alias(..) => {
                    begin(&open, &mut add, at);
                    end(&mut open);
                }
                Event::SequenceStart(..) => {
                    begin(&open, &mut add, at);
                    open.push(Open::List { index: 0 });
                }
                Event::MappingStart(..) => {
                    begin(&open, &mut add, at);
                    open.push(Open::Object { key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    end(&mut open);
                }
                _ => {}
            }
        }
        Lines { places }
    }

    /// The line and the column, from 1 on, of a place, or of the nearest one around it.
    pub fn find(&self, place: &[Step]) -> Option<(usize, usize)> {
        (0..=place.len()).rev().find_map(|length| self.places.get(&place[..length])).copied()
    }
}

/// A collection that was begun.
enum Open {
    Object {
        /// The key whose value comes next.
        key: Option<String>,
    },
    List {
        index: usize,
    },
}

fn place(open: &[Open]) -> Place {
    let step = |open: &Open| match open {
        Open::Object { key } => key.clone().map(Step::Key),
        Open::List { index } => Some(Step::Index(*index)),
    };
    open.iter().filter_map(step).collect()
}

/// An element of a list begins here; the value of a key is found where the key is.
fn begin(open: &[Open], add: &mut impl FnMut(&[Open], (usize, usize)), at: (usize, usize)) {
    if !matches!(open.last(), Some(Open::Object { .. })) {
        add(open, at);
    }
}

/// A value has ended.
fn end(open: &mut [Open]) {
    match open.last_mut() {
        Some(Open::Object { key }) => *key = None,
        Some(Open::List { index }) => *index += 1,
        None => {}
    }
}
