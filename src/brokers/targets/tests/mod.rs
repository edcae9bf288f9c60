mod round_trips;

use std::collections::BTreeSet;

use super::options::{ID, NAME};
use super::*;
use crate::brokers::blocks::tests::blocks;

fn options(given: &[(&'static Argument, String)]) -> Options {
    let mut options = Options::default();
    for (argument, value) in given {
        let values = match argument.values {
            Values::Ports => value.split(',').map(str::to_owned).collect(),
            _ => vec![value.clone()],
        };
        options.insert(argument, values);
    }
    options
}

/// A value that the target takes: that of its example, where it is in there.
fn value(target: &dyn Target, argument: &Argument) -> String {
    let words = shell_words::split(target.example()).unwrap();
    let flag = format!("--{}", argument.flag);
    let shown = words.iter().position(|word| *word == flag).map(|at| words[at + 1].clone());
    let other = match (argument.flag, argument.values) {
        ("id", _) => "pl-0123",
        ("priority", _) => "200",
        ("max-entries" | "current-version", _) => "20",
        (_, Values::Ports) => "9092",
        (_, Values::Word(words) | Values::Words(words)) => words[0],
        (_, Values::Text | Values::Texts | Values::None) => "orders",
    };
    shown.unwrap_or_else(|| other.to_owned())
}

/// All that the target takes at once: what has a name to be made has no id yet.
fn own(target: &dyn Target) -> Vec<(&'static Argument, String)> {
    let names = target.takes().contains(&&NAME);
    let changes = |argument: &Argument| *argument == ID || argument.flag == "current-version";
    let taken = target.arguments().filter(|argument| !(names && changes(argument)));
    taken.map(|argument| (argument, value(target, argument))).collect()
}

#[test]
fn names_and_options_are_declared_once() {
    let names: BTreeSet<_> = TARGETS.iter().map(|target| target.name()).collect();
    assert_eq!(names.len(), TARGETS.len());
    let all: Vec<_> = TARGETS.iter().flat_map(|target| target.arguments()).collect();
    for one in &all {
        let other = all.iter().find(|a| a.flag == one.flag && *a != one);
        assert!(other.is_none(), "--{} means two things", one.flag);
    }
}

#[test]
fn every_target_takes_what_it_names_and_refuses_the_rest() {
    for target in TARGETS {
        let own = own(*target);
        let text = target.read(&options(&own)).unwrap().write(&blocks(&["192.0.2.1/32"])).unwrap();
        assert!(text.contains("192.0.2.1"), "{text}");
        let others = arguments().into_iter().filter(|a| !target.arguments().any(|own| own == *a));
        for other in others {
            let given = [&own[..], &[(other, value(*target, other))][..]].concat();
            let misuse = target.read(&options(&given)).err().unwrap();
            assert!(misuse.problem.contains(other.flag), "{misuse}");
            assert!(takers(other).iter().all(|taker| misuse.remedy.contains(*taker)), "{misuse:?}");
        }
        for needed in target.needs() {
            let given: Vec<_> = own.iter().filter(|(a, _)| a != needed).cloned().collect();
            let misuse = target.read(&options(&given)).err().unwrap();
            assert!(misuse.problem.ends_with(&format!("needs --{}", needed.flag)), "{misuse}");
        }
    }
}

#[test]
fn empty_and_broken_words_are_refused_by_every_target() {
    for target in TARGETS {
        for broken in target.arguments() {
            for bad in ["", "a\nb", "a\tb", "a\u{1b}[1m"] {
                let mut given = own(*target);
                given.retain(|(argument, _)| *argument != broken);
                given.push((broken, bad.to_owned()));
                let misuse = target.read(&options(&given)).err().unwrap();
                assert!(misuse.problem.contains(broken.flag), "{misuse}");
            }
        }
    }
}
