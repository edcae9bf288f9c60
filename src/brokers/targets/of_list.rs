//! Which lists of a file options mean, and the options that a list tells.

use std::ops::RangeInclusive;

use super::options::{GROUP, ID, NAME, PORT, TOPIC};
use super::{Argument, Options, Target};
use crate::brokers::lists::List;

/// A list that is to be changed, and the options to write the change with.
#[derive(Debug, Clone)]
pub struct Meant {
    /// The list; an empty one, if options name what the file has nothing of.
    pub list: List,
    /// The options that were given, and what the list tells besides: whose it is, and its id. For a
    /// target that adds and removes, they are of topics, groups and ports only the list's own.
    pub options: Options,
}

/// The lists that options of a target mean: all that fit them.
///
/// # Errors
/// The options do not say which list of the file is meant, or the target cannot say it: the names of
/// those that fit.
pub fn meant(
    target: &dyn Target,
    given: &Options,
    lists: &[List],
    are_named: bool,
) -> Result<Vec<Meant>, Vec<String>> {
    let fit = |list: &List| {
        Some(Meant { list: list.clone(), options: of(target, given, list, are_named)? })
    };
    let mut fitting: Vec<Meant> = lists.iter().filter_map(fit).collect();
    let by_steps = target.applied_delta().is_some();
    // A platform that replaces lists takes those of one object at once, and those that are named.
    let alike = |(at, one): (usize, &Meant)| {
        let object = &one.list.options;
        let apart = |other: &Meant| object.is_empty() || other.list.options != *object;
        let same = |other: &Meant| match by_steps {
            true => other.options == one.options,
            false => !are_named && apart(other),
        };
        fitting[..at].iter().any(same)
    };
    let is_chosen = |argument: &'static Argument| {
        let mut told = lists.iter().map(|list| told(argument, list));
        let first = told.next();
        // A list is about a topic or a group.
        let is_resource = [&TOPIC, &GROUP].contains(&argument);
        let is_given =
            given.has(argument) || (is_resource && (given.has(&TOPIC) || given.has(&GROUP)));
        is_given || told.all(|other| Some(other) == first)
    };
    if fitting.iter().enumerate().any(alike)
        || !(are_named || fitting.is_empty() || target.arguments().all(is_chosen))
    {
        return Err(fitting.into_iter().map(|meant| meant.list.name).collect());
    }
    if !fitting.is_empty() && by_steps && !are_named {
        let new = [&TOPIC, &GROUP, &PORT].map(|argument| unlisted(argument, given, &fitting));
        fitting.extend(new.into_iter().flatten());
    }
    Ok(fitting)
}

/// What a list tells of an option that says which list is meant. What is done with topics is Read,
/// unless it is given, and so always chosen.
fn told(argument: &Argument, list: &List) -> Vec<String> {
    match argument.flag {
        "operation" => Vec::new(),
        "id" => list.id.iter().cloned().collect(),
        "port" => list.ports.iter().map(|ports| format!("{ports:?}")).collect(),
        flag => {
            let told = list.options.iter().filter(|(told, _)| *told == flag);
            told.map(|(_, value)| value.clone()).collect()
        }
    }
}

/// The options of a list; none, if those that were given mean another one.
fn of(target: &dyn Target, given: &Options, list: &List, is_named: bool) -> Option<Options> {
    let find = |flag: &str| target.arguments().find(|argument| argument.flag == flag);
    let mut options = given.clone();
    let by_steps = target.applied_delta().is_some();
    let tells = |argument: &Argument| list.options.iter().any(|(told, _)| *told == argument.flag);
    for (own, other) in [(&TOPIC, &GROUP), (&GROUP, &TOPIC)] {
        if by_steps && tells(own) {
            if given.has(other) && !given.has(own) {
                return None;
            }
            options.remove(other);
        }
    }
    let known = list.options.iter().filter(|(flag, _)| find(flag).is_some()).count();
    // A list that the target cannot describe whole, it cannot change.
    if by_steps && known > 0 && known < list.options.len() {
        return None;
    }
    // What is to be made has no id.
    let id = list.id.clone().filter(|_| !given.has(&NAME)).map(|id| (ID.flag, id));
    let told = list.options.iter().cloned().chain(id);
    for (flag, value) in told {
        let Some(argument) = find(flag) else { continue };
        let is_default = flag == "operation" && !is_named && !options.has(argument);
        if (is_default && value != "Read")
            || (options.has(argument) && !options.all(argument).contains(&value))
        {
            return None;
        }
        match options.has(argument) {
            true if by_steps => options.insert(argument, vec![value]),
            true => {}
            false => options.insert_default(argument, vec![value]),
        }
    }
    if let Some(argument) = find(PORT.flag).filter(|_| !list.ports.is_empty()) {
        let ports = ports(options.all(argument), &list.ports)?;
        match options.has(argument) {
            true if by_steps => options.insert(argument, ports),
            true => {}
            false if ports.is_empty() => {}
            false => options.insert_default(argument, ports),
        }
    }
    Some(options)
}

/// The ports that are given and a list's; without any, the list's, where those are single ones.
/// None, if the list has other ports.
fn ports(given: &[String], of_list: &[RangeInclusive<u16>]) -> Option<Vec<String>> {
    let is_of_list = |text: &&String| {
        text.parse().is_ok_and(|port| of_list.iter().any(|ports| ports.contains(&port)))
    };
    let single =
        |ports: &RangeInclusive<u16>| (ports.start() == ports.end()).then_some(*ports.start());
    if given.is_empty() {
        let all: Option<Vec<u16>> = of_list.iter().map(single).collect();
        return Some(all.unwrap_or_default().iter().map(u16::to_string).collect());
    }
    let found: Vec<String> = given.iter().filter(is_of_list).cloned().collect();
    (!found.is_empty()).then_some(found)
}

/// An empty list for what is given and no list has.
fn unlisted(argument: &'static Argument, given: &Options, lists: &[Meant]) -> Option<Meant> {
    let has =
        |value: &&String| lists.iter().any(|meant| meant.options.all(argument).contains(value));
    let values: Vec<String> = given.all(argument).iter().filter(|v| !has(v)).cloned().collect();
    if values.is_empty() {
        return None;
    }
    let mut options = given.clone();
    let is_port = argument == &PORT;
    if !is_port {
        options.remove(&TOPIC);
        options.remove(&GROUP);
    }
    let told = &lists.first()?.options;
    let own = ["topic", "group", "port", "operation"];
    for other in told.given().filter(|other| !own.contains(&other.flag)) {
        options.insert_default(other, told.all(other).to_vec());
    }
    let mut list = List::new(format!("--{} {}", argument.flag, values.join(",")));
    let ports = values.iter().filter_map(|port| port.parse::<u16>().ok()).map(|port| port..=port);
    list.ports = ports.filter(|_| is_port).collect();
    options.insert(argument, values);
    Some(Meant { list, options })
}

#[cfg(test)]
#[path = "tests/of_list.rs"]
mod tests;
