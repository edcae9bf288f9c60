use std::collections::BTreeSet;

use super::*;
use crate::brokers::blocks::tests::blocks;

fn options(given: &[(&'static Argument, &str)]) -> Options {
    let mut options = Options::default();
    for (argument, value) in given {
        options.insert(argument, vec![(*value).to_owned()]);
    }
    options
}

/// A value that every option takes which is declared.
fn value(argument: &Argument) -> &'static str {
    match (argument.flag, argument.values) {
        ("principal", _) => "User:atlas",
        ("bootstrap-server", _) => "broker:9092",
        ("selector", _) => "app=kafka",
        ("id", _) => "sg-0123",
        (_, Values::Ports) => "9092",
        (_, Values::Word(words) | Values::Words(words)) => words[0],
        (_, Values::Text | Values::Texts | Values::None) => "orders",
    }
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
        let own: Vec<_> = target.arguments().map(|argument| (argument, value(argument))).collect();
        let text = target.read(&options(&own)).unwrap().write(&blocks(&["192.0.2.1/32"])).unwrap();
        assert!(text.contains("192.0.2.1"), "{text}");
        let others = arguments().into_iter().filter(|a| !target.arguments().any(|own| own == *a));
        for other in others {
            let given = [&own[..], &[(other, value(other))][..]].concat();
            let misuse = target.read(&options(&given)).err().unwrap();
            assert!(misuse.problem.contains(other.flag), "{misuse}");
            assert!(takers(other).iter().all(|taker| misuse.remedy.contains(*taker)), "{misuse:?}");
        }
        for needed in target.needs() {
            let given: Vec<_> = own.iter().filter(|(a, _)| a != needed).copied().collect();
            let misuse = target.read(&options(&given)).err().unwrap();
            assert!(misuse.problem.ends_with(&format!("needs --{}", needed.flag)), "{misuse}");
        }
    }
}

#[test]
fn empty_and_broken_words_are_refused_by_every_target() {
    for target in TARGETS {
        for (at, broken) in target.arguments().enumerate() {
            for bad in ["", "a\nb", "a\tb", "a\u{1b}[1m"] {
                let mut given: Vec<_> = target.arguments().map(|a| (a, value(a))).collect();
                given[at].1 = bad;
                let misuse = target.read(&options(&given)).err().unwrap();
                assert!(misuse.problem.contains(broken.flag), "{misuse}");
            }
        }
    }
}
