//! Gains and losses as lines of a preview.

use std::collections::HashMap;

use crate::change::Fact;
use crate::commands::policy::access::AccessChange;
use crate::privileges::catalogue::actions;
use crate::privileges::delta::Places;
use crate::privileges::permission::action_names;
use crate::privileges::scopes::Scopes;

/// The most actions on data that one line names: a built-in role has dozens. Stream actions are few,
/// and are all named.
const MOST: usize = 5;

/// The most places that one line names.
const MOST_PLACES: usize = 10;

/// That a change of grants gives and takes nothing, and why if there is a reason to tell.
pub(super) fn nothing(why: &str) -> Fact {
    match why {
        "" => Fact::means("access", "stays as it is"),
        why => Fact::means("access", format!("stays as it is: {why}")),
    }
}

/// `gains` or `loses`.
pub fn label(is_gain: bool) -> &'static str {
    if is_gain { "gains" } else { "loses" }
}

/// What one holder gains and loses.
pub(super) fn facts<'a>(changes: impl IntoIterator<Item = &'a AccessChange>) -> Vec<Fact> {
    let fact = |change: &AccessChange| {
        let (named, beyond) = named(&change.actions);
        let (places, others) = places(&change.places);
        let text = format!("{named} on {places}");
        Fact::means(label(change.is_gain), text).leaves_out(beyond + &others)
    };
    let facts: Vec<Fact> = changes.into_iter().map(fact).collect();
    if facts.is_empty() { vec![nothing("")] } else { facts }
}

/// Actions for one line, and those that it leaves out. What is named first of data is reading and writing
/// it, as in the API's own list.
pub fn named(actions: &[String]) -> (String, String) {
    let (streams, mut data): (Vec<&str>, Vec<&str>) =
        actions.iter().map(String::as_str).partition(|action| actions::find(action).is_some());
    if data.len() > MOST {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        // Each action once, before its further resources.
        let rank = |action| {
            let name = action_name(action);
            let times = seen.entry(name).or_default();
            *times += 1;
            let position = action_names().position(|known| known == name);
            ((*times, position.unwrap_or(usize::MAX)), action)
        };
        let mut ranked: Vec<_> = data.into_iter().map(rank).collect();
        ranked.sort();
        data = ranked.into_iter().map(|(_, action)| action).collect();
    }
    let (shown, beyond) = data.split_at(MOST.min(data.len()));
    let shown = streams.iter().chain(shown).copied().collect::<Vec<_>>().join(", ");
    match beyond.len() {
        0 => (shown, String::new()),
        more => (format!("{shown} and {more} more"), beyond.join(", ")),
    }
}

/// `FIND` of `FIND@shop`.
fn action_name(action: &str) -> &str {
    action.split_once('@').map_or(action, |(name, _)| name)
}

/// Places for one line, and those that it leaves out.
pub(super) fn places(places: &Places) -> (String, String) {
    let Some(first) = places.things.iter().nth(MOST_PLACES) else {
        return (places.to_string(), String::new());
    };
    let (mut shown, mut beyond) = (places.clone(), places.clone());
    beyond.things = shown.things.split_off(first);
    let more = format!("{} more", beyond.things.len());
    let rest = Places { things: Scopes::new(), ..shown.clone() };
    shown = Places { things: shown.things, ..Places::default() };
    let rest = rest.to_string();
    let and = if rest.is_empty() { format!(" and {more}") } else { format!(", {more}, {rest}") };
    (format!("{shown}{and}"), beyond.to_string())
}
