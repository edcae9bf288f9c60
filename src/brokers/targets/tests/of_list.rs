use super::super::options::{BOOTSTRAP_SERVER, PRINCIPAL};
use super::*;
use crate::brokers::lists::{Reading, read};
use crate::brokers::targets::{Misuse, Writer, arguments, find};

/// A target of the broker's or the group's options that adds and removes entries one by one.
#[derive(Debug)]
struct Steps(&'static [&'static str]);

impl Target for Steps {
    fn name(&self) -> &'static str {
        "steps"
    }

    fn about(&self) -> &'static str {
        ""
    }

    fn applied(&self) -> &'static str {
        ""
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some("")
    }

    fn extension(&self) -> &'static str {
        ""
    }

    fn takes(&self) -> &'static [&'static Argument] {
        let is_own = |argument: &&Argument| self.0.contains(&argument.flag);
        arguments().into_iter().filter(is_own).collect::<Vec<_>>().leak()
    }

    fn prepare(&self, _: &Options) -> Result<Box<dyn Writer>, Misuse> {
        unreachable!("nothing is written")
    }
}

const BROKER: &dyn Target =
    &Steps(&["principal", "bootstrap-server", "topic", "group", "operation"]);
const FIREWALL: &dyn Target = &Steps(&["id", "port"]);

/// What a broker lists: a line for each `principal host operation kind resource`.
fn broker(entries: &[&str]) -> Vec<List> {
    let mut text = String::new();
    for entry in entries {
        let [principal, host, operation, kind, name] =
            entry.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let (name, pattern) = match name.strip_suffix('…') {
            Some(beginning) => (beginning, "PREFIXED"),
            None => (name, "LITERAL"),
        };
        text += &format!(
            "Current ACLs for resource `ResourcePattern(resourceType={kind}, name={name}, patternType={pattern})`: \n\
             \t(principal={principal}, host={host}, operation={operation}, permissionType=ALLOW)\n"
        );
    }
    read(text.as_bytes(), None, Reading::default()).unwrap().lists
}

fn options(given: &[(&'static Argument, &[&str])]) -> Options {
    let mut options = Options::default();
    for (argument, values) in given {
        options.insert(argument, values.iter().map(|value| (*value).to_owned()).collect());
    }
    options
}

/// The lists that are meant, each with what its options say of ports, topics and groups.
fn shown(
    target: &dyn Target,
    given: &[(&'static Argument, &[&str])],
    lists: &[List],
    are_named: bool,
) -> Result<Vec<String>, Vec<String>> {
    let lists = meant(target, &options(given), lists, are_named)?;
    let shown = |meant: &Meant| {
        let options = meant.options.given().filter(|a| **a != PRINCIPAL && **a != BOOTSTRAP_SERVER);
        let options = options.map(|a| format!("{}={}", a.flag, meant.options.all(a).join(",")));
        format!("{}: {}", meant.list.name, options.collect::<Vec<_>>().join(" "))
    };
    Ok(lists.iter().map(shown).collect())
}

const SERVER: (&Argument, &[&str]) = (&BOOTSTRAP_SERVER, &["b:9092"]);
const ATLAS: (&Argument, &[&str]) = (&PRINCIPAL, &["User:atlas"]);

#[test]
fn options_choose_among_lists_and_each_is_written_with_its_own() {
    let lists = broker(&[
        "User:atlas 192.0.2.1 READ TOPIC orders",
        "User:atlas 192.0.2.1 READ TOPIC returns",
        "User:atlas 192.0.2.1 DESCRIBE TOPIC orders",
        "User:atlas 192.0.2.1 READ TOPIC ord…",
        "User:atlas 192.0.2.1 READ GROUP asp",
        "User:billing 192.0.2.1 READ TOPIC orders",
    ]);
    let chosen = |given: &[(&'static Argument, &[&str])]| shown(BROKER, given, &lists, false);
    let orders = "User:atlas Read topic orders: operation=Read topic=orders";
    let asp = "User:atlas Read group asp: group=asp";
    assert_eq!(chosen(&[SERVER, ATLAS, (&TOPIC, &["orders"])]).unwrap(), [orders]);
    assert_eq!(chosen(&[SERVER, ATLAS, (&GROUP, &["asp"])]).unwrap(), [asp]);
    let both = [SERVER, ATLAS, (&TOPIC, &["orders"]), (&GROUP, &["asp"])];
    assert_eq!(chosen(&both).unwrap(), [orders, asp]);
    // What the broker does not have yet is a list of its own.
    let more: [(_, &[&str]); 4] =
        [SERVER, ATLAS, (&TOPIC, &["orders", "new"]), (&GROUP, &["asp", "x"])];
    let new = ["--topic new: topic=new", "--group x: group=x"];
    assert_eq!(chosen(&more).unwrap(), [&[orders, asp][..], &new].concat());
    // Nothing says whose entries are meant, or of what.
    assert_eq!(chosen(&[SERVER]).unwrap_err().len(), 4);
    assert!(chosen(&[SERVER, ATLAS]).is_err());
    assert!(chosen(&[SERVER, (&TOPIC, &["orders"])]).is_err());
    assert!(
        chosen(&[SERVER, (&PRINCIPAL, &["User:x"]), (&TOPIC, &["orders"])]).unwrap().is_empty()
    );
    // Lines of blocks do not say of which list they are.
    assert_eq!(shown(find("plain").unwrap(), &[], &lists, false).unwrap_err().len(), lists.len());
}

#[test]
fn one_list_tells_the_options_that_are_not_given() {
    let lists = broker(&["User:atlas 192.0.2.1 WRITE TOPIC orders"]);
    let written = "User:atlas Write topic orders: operation=Write topic=orders";
    assert_eq!(shown(BROKER, &[SERVER], &lists, true).unwrap(), [written]);
    // Nobody said that writing is meant.
    assert!(shown(BROKER, &[SERVER], &lists, false).unwrap().is_empty());
    let prefix = broker(&["User:atlas 192.0.2.1 READ TOPIC ord…"]);
    assert!(shown(BROKER, &[SERVER], &prefix, true).unwrap().is_empty());
    assert_eq!(
        shown(find("plain").unwrap(), &[], &prefix, false).unwrap(),
        ["User:atlas Read topic prefix ord: "]
    );
}

#[test]
fn ports_and_ids_choose_rules_of_a_group() {
    let rule = |name: &str, ports: RangeInclusive<u16>| List {
        id: Some("sg-1".into()),
        ports: vec![ports],
        ..List::new(name)
    };
    let lists = [rule("sg-1 tcp/22", 22..=22), rule("sg-1 tcp/9194", 9194..=9194)];
    let chosen = |given: &[(&'static Argument, &[&str])], lists: &[List]| {
        shown(FIREWALL, given, lists, false)
    };
    assert_eq!(
        chosen(&[(&PORT, &["9194", "9196"])], &lists).unwrap(),
        ["sg-1 tcp/9194: id=sg-1 port=9194", "--port 9196: id=sg-1 port=9196"]
    );
    assert!(chosen(&[], &lists).is_err());
    assert!(chosen(&[(&PORT, &["9194"]), (&ID, &["sg-2"])], &lists).unwrap().is_empty());
    assert_eq!(chosen(&[], &lists[1..]).unwrap(), ["sg-1 tcp/9194: id=sg-1 port=9194"]);
    let range = [rule("sg-1 tcp/9000-9999", 9000..=9999)];
    assert_eq!(chosen(&[], &range).unwrap(), ["sg-1 tcp/9000-9999: id=sg-1"]);
    assert_eq!(
        chosen(&[(&PORT, &["9194"])], &range).unwrap(),
        ["sg-1 tcp/9000-9999: id=sg-1 port=9194"]
    );
    let other = List { id: Some("sg-2".into()), ..lists[1].clone() };
    assert!(chosen(&[(&PORT, &["9194"])], &[lists[1].clone(), other]).is_err());
}
