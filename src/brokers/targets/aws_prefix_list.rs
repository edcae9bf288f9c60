//! A managed prefix list of AWS, which security groups and routes refer to.

use serde_json::{Value, json};

use super::aws::{self, Descriptions};
use super::options::{DESCRIPTION, FAMILY, ID, NAME};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::{Block, Blocks};
use crate::brokers::coverage::Family;
use crate::brokers::delta::Delta;

/// Entries that one call adds or removes.
pub(super) const CALL: usize = 100;

/// Entries that a list holds.
pub(super) const LIST: usize = 1000;

/// How much room there is.
pub(super) const MAX_ENTRIES: Argument = Argument::new(
    "max-entries",
    "NUMBER",
    Values::Text,
    "How many entries the list can hold, up to 1000 [default: as many as it gets]",
);

/// Which change is the next.
pub const CURRENT_VERSION: Argument = Argument::new(
    "current-version",
    "NUMBER",
    Values::Text,
    "The version of the list of --id, as describe-managed-prefix-lists tells it",
);

/// The input of a call that makes a list, or adds to one.
#[derive(Debug)]
pub(super) struct AwsPrefixList;

impl Target for AwsPrefixList {
    fn name(&self) -> &'static str {
        "aws-prefix-list"
    }

    fn about(&self) -> &'static str {
        "Input of `aws ec2 create-managed-prefix-list --cli-input-json`"
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&NAME, &ID, &FAMILY, &MAX_ENTRIES, &CURRENT_VERSION, &DESCRIPTION]
    }

    fn applied(&self) -> &'static str {
        "aws ec2 create-managed-prefix-list --cli-input-json file://FILE"
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some(aws::APPLIED_DELTA)
    }

    fn between(&self) -> &'static str {
        super::command::IN_TURN
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn bites(&self) -> &'static str {
        "It takes --name, which makes a list, or --id, which adds to one and is applied with `aws ec2 \
         modify-managed-prefix-list`. A list holds addresses of one kind and at most 1000; a call \
         takes 100. A security group that refers to a list holds as many rules less as the list can \
         hold entries, so no room is left unless --max-entries asks for it."
    }

    fn example(&self) -> &'static str {
        "--name atlas-stream-processing"
    }

    fn example_delta(&self) -> &'static str {
        "--id pl-0123456789abcdef0 --current-version 3"
    }

    fn undivided(&self, options: &Options) -> Option<&'static str> {
        let counted =
            "each call to the list of --id has to name the version that the one before made";
        options.has(&ID).then_some(counted)
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(List::read(options)?))
    }
}

impl Writer for List {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        Ok(format!("{:#}\n", self.input(blocks)?))
    }

    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        let To::Old { id, version } = &self.to else {
            return Err(Problem::NotTold { what: "the prefix list's id", flag: ID.flag });
        };
        let Some(version) = version.or(delta.list.version) else {
            let (what, flag) = ("the prefix list's version", CURRENT_VERSION.flag);
            return Err(Problem::NotTold { what, flag });
        };
        let added = match &delta.add {
            Some(add) => self.room.one_family(add)?.1,
            None => Vec::new(),
        };
        let mut calls = Vec::new();
        if !added.is_empty() {
            calls.push(self.room.grown(id, delta.list.entries.len() + added.len())?);
        }
        let added: Vec<Value> = added.into_iter().map(|block| self.entry(block)).collect();
        let removed: Vec<Value> =
            aws::removed(delta).iter().map(|net| json!({ "Cidr": net.to_string() })).collect();
        let changes = added.chunks(CALL).map(|entries| ("AddEntries", entries));
        let changes = changes.chain(removed.chunks(CALL).map(|entries| ("RemoveEntries", entries)));
        for (version, (change, entries)) in (version..).zip(changes) {
            if !calls.is_empty() {
                calls.push(settled(id));
            }
            let input = json!({ "PrefixListId": id, "CurrentVersion": version, change: entries });
            calls.push(aws::call("modify-managed-prefix-list", &input));
        }
        Ok(aws::in_turn(&calls))
    }
}

/// Waits until a list has taken the change before: until then it takes no other.
fn settled(id: &str) -> String {
    format!(
        "while aws ec2 describe-managed-prefix-lists --prefix-list-ids {id} \
         --query 'PrefixLists[0].State' --output text | grep -q in-progress; do sleep 1; done"
    )
}

/// A list, and how it is changed.
#[derive(Debug)]
struct List {
    to: To,
    room: Room,
    descriptions: Descriptions,
}

/// What takes the entries.
#[derive(Debug)]
enum To {
    /// A list to make, of this name.
    New(String),
    /// A list that is there, and its version where that is known.
    Old { id: String, version: Option<u64> },
}

impl List {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let id = aws::id(options, "pl", "a prefix list")?;
        let version = options.number(&CURRENT_VERSION, 1..=u64::MAX)?;
        let to = match (id, options.one(&NAME)) {
            (Some(id), None) => To::Old { id, version },
            (None, Some(_)) if version.is_some() => {
                return Err(Misuse::new(
                    "--current-version needs --id",
                    "a list that --name makes has no version yet",
                ));
            }
            (None, Some(name)) => To::New(list_name(name)?),
            (Some(_), Some(_)) => {
                return Err(Misuse::new(
                    "--name and --id exclude each other",
                    "--name makes a list, and --id adds to one that is there",
                ));
            }
            (None, None) => {
                return Err(Misuse::new(
                    "--for aws-prefix-list needs --name or --id",
                    "--name makes a list, and --id adds to one that is there",
                ));
            }
        };
        Ok(List { to, room: Room::read(options)?, descriptions: Descriptions::read(options)? })
    }

    /// One call, with every block.
    fn input(&self, blocks: &Blocks) -> Result<Value, Problem> {
        let (family, blocks) = self.room.blocks(blocks)?;
        let max_entries = self.room.max_entries(&blocks)?;
        let entries: Vec<Value> = blocks.iter().map(|block| self.entry(block)).collect();
        Ok(match &self.to {
            To::New(name) => json!({
                "PrefixListName": name,
                "AddressFamily": family.to_string(),
                "MaxEntries": max_entries,
                "Entries": entries,
            }),
            To::Old { id, version } => {
                let mut input = json!({ "PrefixListId": id, "AddEntries": entries });
                if let Some(version) = version {
                    input["CurrentVersion"] = (*version).into();
                }
                input
            }
        })
    }

    fn entry(&self, block: &Block) -> Value {
        let mut entry = json!({ "Cidr": block.net.to_string() });
        if let Some(description) = self.descriptions.of(block) {
            entry["Description"] = description.into();
        }
        entry
    }
}

/// Which blocks a list takes, and how many.
#[derive(Debug)]
pub(super) struct Room {
    family: Option<Family>,
    max_entries: Option<usize>,
}

impl Room {
    /// # Errors
    /// A kind or a number that there is not.
    pub(super) fn read(options: &Options) -> Result<Self, Misuse> {
        let family = options.one(&FAMILY).map(|word| match word {
            "ipv4" => Family::V4,
            _ => Family::V6,
        });
        let max_entries = options.number(&MAX_ENTRIES, 1..=LIST as u64)?;
        Ok(Room { family, max_entries: max_entries.map(|number| number as usize) })
    }

    /// The blocks that one call puts into one list, and their kind.
    ///
    /// # Errors
    /// Blocks of two kinds or none, or more than a call takes.
    pub(super) fn blocks<'a>(
        &self,
        blocks: &'a Blocks,
    ) -> Result<(Family, Vec<&'a Block>), Problem> {
        let (family, blocks) = self.one_family(blocks)?;
        if blocks.len() > CALL {
            let holder = "a call that fills a prefix list";
            let rules = blocks.len();
            return Err(Problem::TooManyRules { rules, holder, limit: CALL, per_block: 1 });
        }
        Ok((family, blocks))
    }

    /// The blocks that may be in one list, and their kind.
    fn one_family<'a>(&self, blocks: &'a Blocks) -> Result<(Family, Vec<&'a Block>), Problem> {
        let kinds: Vec<Family> =
            Family::ALL.into_iter().filter(|family| blocks.of(*family).next().is_some()).collect();
        let family = match (self.family, &kinds[..]) {
            (Some(family), kinds) if kinds.contains(&family) => family,
            (Some(family), _) => return Err(Problem::NoneOfFamily { family }),
            (None, [family]) => *family,
            (None, _) => return Err(Problem::BothFamilies { holder: "a prefix list" }),
        };
        Ok((family, blocks.of(family).collect()))
    }

    /// Makes room in a list for so many entries, in a call of its own, if there is none.
    fn grown(&self, id: &str, rules: usize) -> Result<String, Problem> {
        let limit = self.max_entries.unwrap_or(LIST);
        if rules > limit {
            let holder = "a prefix list";
            return Err(Problem::TooManyRules { rules, holder, limit, per_block: 1 });
        }
        let size = self.max_entries.unwrap_or(rules);
        Ok(format!(
            "{{ [ \"$(aws ec2 describe-managed-prefix-lists --prefix-list-ids {id} \
             --query 'PrefixLists[0].MaxEntries' --output text)\" -ge {size} ] || \
             aws ec2 modify-managed-prefix-list --prefix-list-id {id} --max-entries {size}; }}"
        ))
    }

    /// How many entries a list with these blocks can hold.
    ///
    /// # Errors
    /// Fewer than there are.
    pub(super) fn max_entries(&self, blocks: &[&Block]) -> Result<usize, Problem> {
        let rules = blocks.len();
        match self.max_entries {
            Some(limit) if limit < rules => {
                let holder = "the list of --max-entries";
                Err(Problem::TooManyRules { rules, holder, limit, per_block: 1 })
            }
            given => Ok(given.unwrap_or(rules)),
        }
    }
}

/// The name of a list to make.
///
/// # Errors
/// A name that AWS would refuse.
pub(super) fn list_name(name: &str) -> Result<String, Misuse> {
    let refused = |remedy: &str| {
        Err(Misuse::new(format!("--name {name:?} cannot name a prefix list"), remedy.to_owned()))
    };
    match name {
        _ if name.chars().count() > aws::LENGTH => refused("a name has 255 characters at most"),
        _ if name.starts_with("com.amazonaws") => refused("com.amazonaws begins AWS' own names"),
        _ => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;
    use crate::brokers::delta::{Atlas, Foreign};
    use crate::brokers::lists::{self, Listed};
    use crate::brokers::set::tests::set;

    fn list(given: &[(&'static Argument, &str)]) -> Result<List, Misuse> {
        let mut options = Options::default();
        for (argument, value) in given {
            options.insert(argument, vec![(*value).to_owned()]);
        }
        List::read(&options)
    }

    const DESCRIBED: &str = "Atlas control plane outbound aws us-east-1";

    #[test]
    fn a_list_is_made_as_large_as_it_gets() {
        let input = list(&[(&NAME, "atlas")]).unwrap().input(&blocks(&["203.0.113.0/31"]));
        let expected = json!({
            "PrefixListName": "atlas",
            "AddressFamily": "IPv4",
            "MaxEntries": 1,
            "Entries": [{"Cidr": "203.0.113.0/31", "Description": DESCRIBED}],
        });
        assert_eq!(input, Ok(expected));
        let roomy = list(&[(&NAME, "atlas"), (&MAX_ENTRIES, "20")]).unwrap();
        assert_eq!(roomy.input(&blocks(&["2001:db8::/64"])).unwrap()["MaxEntries"], 20);
        let tight = list(&[(&NAME, "atlas"), (&MAX_ENTRIES, "1")]).unwrap();
        assert!(tight.input(&blocks(&["192.0.2.1/32", "192.0.2.2/32"])).is_err());
    }

    #[test]
    fn a_list_that_is_there_is_added_to_and_keeps_its_size() {
        let old = list(&[(&ID, "pl-0123"), (&CURRENT_VERSION, "7")]).unwrap();
        let expected = json!({
            "PrefixListId": "pl-0123",
            "CurrentVersion": 7,
            "AddEntries": [{"Cidr": "203.0.113.0/31", "Description": DESCRIBED}],
        });
        assert_eq!(old.input(&blocks(&["203.0.113.0/31"])), Ok(expected));
    }

    #[test]
    fn one_kind_is_written() {
        let both = blocks(&["192.0.2.1/32", "2001:db8::/64"]);
        let named = list(&[(&NAME, "atlas")]).unwrap();
        let refused = Problem::BothFamilies { holder: "a prefix list" };
        assert_eq!(named.input(&both), Err(refused));
        for (word, family, count) in [("ipv4", "IPv4", 1), ("ipv6", "IPv6", 1)] {
            let input = list(&[(&NAME, "a"), (&FAMILY, word)]).unwrap().input(&both).unwrap();
            assert_eq!(input["AddressFamily"], family);
            assert_eq!(input["Entries"].as_array().unwrap().len(), count);
        }
        let none = list(&[(&NAME, "a"), (&FAMILY, "ipv6")]).unwrap();
        let refused = Problem::NoneOfFamily { family: Family::V6 };
        assert_eq!(none.input(&blocks(&["192.0.2.1/32"])), Err(refused));
    }

    #[test]
    fn a_call_takes_a_hundred() {
        let nets: Vec<String> = (0..101).map(|n| format!("192.0.2.{n}/32")).collect();
        let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
        let new = list(&[(&NAME, "atlas")]).unwrap();
        assert!(new.input(&blocks(&nets[..100])).is_ok());
        assert!(matches!(new.input(&blocks(&nets)), Err(Problem::TooManyRules { limit: 100, .. })));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let long = "x".repeat(256);
        for given in [
            &[][..],
            &[(&NAME, "a"), (&ID, "pl-1")],
            &[(&NAME, "a"), (&CURRENT_VERSION, "1")],
            &[(&ID, "sg-1")],
            &[(&ID, "pl-1"), (&CURRENT_VERSION, "0")],
            &[(&NAME, "com.amazonaws.x")],
            &[(&NAME, &long)],
            &[(&NAME, "a"), (&MAX_ENTRIES, "1001")],
            &[(&NAME, "a"), (&MAX_ENTRIES, "many")],
        ] {
            assert!(list(given).is_err(), "{given:?}");
        }
    }

    /// The lines that make a list of these entries and this version let in what is wanted.
    fn lines(
        given: &[(&'static Argument, &str)],
        wanted: &[String],
        there: &[String],
        version: Option<u64>,
    ) -> Result<Vec<String>, Problem> {
        let entries = there.iter().map(|text| Listed::new(text.as_str())).collect();
        let list = lists::List { entries, version, ..lists::List::new("pl-0123") };
        let wanted = set(&wanted.iter().map(String::as_str).collect::<Vec<_>>());
        let atlas = Atlas::new(&wanted, []);
        let delta = Delta::new(&wanted, &atlas, &list, Foreign::Remove)?;
        let given = [&[(&ID, "pl-0123")], given].concat();
        let text = self::list(&given).unwrap().delta(&delta)?;
        assert!(text.ends_with('\n'), "{text}");
        Ok(text.trim_end().split(" &&\n").map(str::to_owned).collect())
    }

    /// The input of a call.
    fn input(line: &str) -> Value {
        let words = shell_words::split(line).unwrap();
        assert_eq!(words[..4].join(" "), "aws ec2 modify-managed-prefix-list --cli-input-json");
        serde_json::from_str(&words[4]).unwrap()
    }

    fn nets(numbers: std::ops::Range<u32>) -> Vec<String> {
        numbers.map(|n| format!("10.1.{}.{}/32", n / 100, n % 100 * 2)).collect()
    }

    #[test]
    fn a_delta_makes_room_adds_and_removes_in_calls_of_a_hundred() {
        let lines = lines(&[], &nets(0..150), &nets(150..261), Some(7)).unwrap();
        // Room, two calls that add, two that remove, and a wait before each but the first.
        assert_eq!(lines.len(), 9, "{lines:?}");
        assert!(lines[0].contains("-ge 261 ]") && lines[0].contains("--max-entries 261;"));
        let waits = lines.iter().skip(1).step_by(2);
        assert!(waits.clone().all(|line| line.contains("grep -q in-progress")), "{lines:?}");
        let calls: Vec<Value> = lines.iter().skip(2).step_by(2).map(|line| input(line)).collect();
        let of = |key: &str| -> Vec<usize> {
            let entries = calls.iter().filter_map(|call| call.get(key)?.as_array());
            entries.map(Vec::len).collect()
        };
        assert_eq!((of("AddEntries"), of("RemoveEntries")), (vec![100, 50], vec![100, 11]));
        let versions: Vec<u64> =
            calls.iter().filter_map(|call| call["CurrentVersion"].as_u64()).collect();
        assert_eq!(versions, [7, 8, 9, 10]);
        assert!(calls[0].get("AddEntries").is_some() && calls[2].get("AddEntries").is_none());
    }

    #[test]
    fn what_only_goes_needs_no_room() {
        let lines = lines(&[], &nets(0..1), &nets(0..2), Some(3)).unwrap();
        let [line] = &lines[..] else { panic!("{lines:?}") };
        let expected = json!({
            "PrefixListId": "pl-0123",
            "CurrentVersion": 3,
            "RemoveEntries": [{"Cidr": "10.1.0.2/32"}],
        });
        assert_eq!(input(line), expected);
    }

    #[test]
    fn a_delta_needs_the_version_and_keeps_to_the_size() {
        let refused = lines(&[], &nets(0..2), &nets(0..1), None);
        assert!(matches!(refused, Err(Problem::NotTold { flag: "current-version", .. })));
        let given = lines(&[(&CURRENT_VERSION, "9")], &nets(0..2), &nets(0..1), None).unwrap();
        assert_eq!(input(&given[2])["CurrentVersion"], 9);
        let roomy = lines(&[(&MAX_ENTRIES, "40")], &nets(0..2), &nets(0..1), Some(1)).unwrap();
        assert!(roomy[0].contains("--max-entries 40;"), "{roomy:?}");
        for (given, wanted, there) in
            [(&[(&MAX_ENTRIES, "2")][..], 2, 4..6), (&[][..], 600, 600..1001)]
        {
            let refused = lines(given, &nets(0..wanted), &nets(there), Some(1));
            assert!(matches!(refused, Err(Problem::TooManyRules { .. })), "{refused:?}");
        }
    }
}
