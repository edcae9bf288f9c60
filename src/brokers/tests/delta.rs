use proptest::prelude::*;

use super::*;
use crate::brokers::set::tests::set;

const A: &str = "198.51.100.7/32";
const B: &str = "203.0.113.0/31";

fn list(entries: &[&str]) -> List {
    List { entries: entries.iter().map(|text| Listed::new(*text)).collect(), ..List::new("list") }
}

fn delta<'a>(wanted: &[&str], published: &[&str], list: &'a List, foreign: Foreign) -> Delta<'a> {
    let wanted = set(wanted);
    let published = published.iter().map(|net| net.parse().unwrap());
    Delta::new(&wanted, &Atlas::new(&wanted, published), list, foreign).unwrap()
}

/// What is added, what is removed, and the list afterwards.
fn shown(delta: &Delta<'_>) -> [String; 3] {
    let nets = |blocks: &Blocks| {
        let nets: Vec<String> = blocks.iter().map(|block| block.net.to_string()).collect();
        nets.join(" ")
    };
    let texts: Vec<&str> = delta.remove.iter().map(|entry| entry.text.as_str()).collect();
    [delta.add.as_ref().map(nets).unwrap_or_default(), texts.join(" "), nets(&delta.merged)]
}

#[test]
fn only_what_is_not_let_in_is_added_and_what_nobody_needs_removed() {
    let list = list(&["192.0.2.1", "203.0.113.1"]);
    let delta = delta(&[A, B], &[], &list, Foreign::Remove);
    assert_eq!(
        shown(&delta),
        ["198.51.100.7/32 203.0.113.0/32", "192.0.2.1", "198.51.100.7/32 203.0.113.0/31"]
    );
    assert!(!delta.is_empty());
}

#[test]
fn the_same_addresses_in_other_words_need_no_change() {
    for entries in [
        &["198.51.100.7", "203.0.113.0/31"][..],
        &["203.0.113.1", "203.0.113.0", "198.51.100.7-198.51.100.7"],
    ] {
        let list = list(entries);
        assert!(delta(&[A, B], &[], &list, Foreign::Remove).is_empty(), "{entries:?}");
    }
}

#[test]
fn a_wide_entry_makes_an_addition_unnecessary_only_where_it_stays() {
    let list = list(&["198.51.100.0/24"]);
    let kept = delta(&[A, B], &[], &list, Foreign::Keep);
    assert_eq!(shown(&kept), [B, "", "198.51.100.0/24 198.51.100.7/32 203.0.113.0/31"]);
    let removed = delta(&[A, B], &[], &list, Foreign::Remove);
    assert_eq!(shown(&removed), [&format!("{A} {B}"), "198.51.100.0/24", &format!("{A} {B}")]);
    // It is Atlas', with addresses of another region.
    let ours = delta(&[A, B], &["198.51.100.0/24"], &list, Foreign::Keep);
    assert_eq!(shown(&ours), shown(&removed));
    assert!(ours.foreign.is_empty());
}

#[test]
fn entries_of_others_stay_with_their_labels_or_go_and_are_named() {
    let mut list = list(&[A, "10.1.2.0/24", "192.0.2.9"]);
    list.entries[1].label = Some("office".into());
    let kept = delta(&[A], &[], &list, Foreign::Keep);
    assert!(kept.is_empty());
    let labels: Vec<&str> = kept.merged.iter().map(|block| block.label.as_str()).collect();
    assert_eq!(
        labels,
        ["office", "kept, not of Atlas", "Atlas control plane outbound aws us-east-1"]
    );
    for foreign in [Foreign::Keep, Foreign::Remove] {
        let delta = delta(&[A], &[], &list, foreign);
        let names: Vec<&str> = delta.foreign.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(names, ["10.1.2.0/24", "192.0.2.9"]);
    }
    assert_eq!(shown(&delta(&[A], &[], &list, Foreign::Remove))[1], "10.1.2.0/24 192.0.2.9");
}

#[test]
fn what_was_written_here_goes_whether_it_is_still_published_or_not() {
    let mut list = list(&["192.0.2.9", "192.0.2.10", "192.0.2.11"]);
    list.entries[0].label = Some("Atlas control plane outbound aws us-east-1".into());
    list.entries[1].label = Some("atlas-gateway-x-inbound-gcp-us-central1".into());
    list.entries[2].label = Some("Atlas the shipping company".into());
    assert_eq!(shown(&delta(&[A], &[], &list, Foreign::Keep))[1], "192.0.2.9 192.0.2.10");
}

#[test]
fn what_never_matches_is_replaced_and_lets_nobody_in() {
    let mut list = list(&[A, "10.0.0.0/24", "broker.example", "sg-0123"]);
    for entry in &mut list.entries[..3] {
        entry.dead = Some("it never matches");
    }
    let kept = delta(&[A], &[], &list, Foreign::Keep);
    assert_eq!(shown(&kept), [A, A, A]);
    let removed = delta(&[A], &[], &list, Foreign::Remove);
    assert_eq!(shown(&removed), [A, &format!("broker.example 10.0.0.0/24 {A}"), A]);
    assert_eq!(removed.opaque[0].text, "sg-0123");
}

#[test]
fn what_is_denied_is_told_and_not_added_in_vain() {
    let list = List { denied: vec![Listed::new("203.0.113.1")], ..list(&[A, B]) };
    let delta = delta(&[A, B], &[], &list, Foreign::Remove);
    assert!(delta.is_empty());
    assert_eq!(delta.denied, ["203.0.113.1/32".parse().unwrap()]);
}

#[test]
fn a_list_of_one_kind_takes_what_fits() {
    let list = List { family: Some(Family::V4), ..list(&["192.0.2.9"]) };
    let both = delta(&[A, "2001:db8::5/128"], &[], &list, Foreign::Remove);
    // Who replaces it writes all.
    assert_eq!(shown(&both), [A, "192.0.2.9", &format!("{A} 2001:db8::5/128")]);
    assert_eq!(both.elsewhere, ["2001:db8::5/128".parse().unwrap()]);
    let wanted = set(&["2001:db8::5/128"]);
    let none = Delta::new(&wanted, &Atlas::new(&wanted, []), &list, Foreign::Remove);
    assert!(matches!(none, Err(Problem::WrongFamily { .. })), "nothing would be left of it");
}

#[test]
fn what_lets_in_everyone_cannot_be_kept() {
    let list = list(&["0.0.0.0/0"]);
    let wanted = set(&[A]);
    // A list with such a block in it must not make everything Atlas'.
    let atlas = Atlas::new(&wanted, ["0.0.0.0/0".parse().unwrap()]);
    let kept = Delta::new(&wanted, &atlas, &list, Foreign::Keep);
    assert!(matches!(kept, Err(Problem::Everybody(_))));
    let removed = Delta::new(&wanted, &atlas, &list, Foreign::Remove).unwrap();
    assert_eq!(shown(&removed), [A, "0.0.0.0/0", A]);
}

prop_compose! {
    fn entries()(given in prop::collection::vec((0_u8..64, 27_u8..=32), 0..12)) -> Vec<Listed> {
        let entry = |(n, length): (u8, u8)| {
            let entry = Listed::new(format!("192.0.2.{n}/{length}"));
            Listed { dead: n.is_multiple_of(5).then_some("it never matches"), ..entry }
        };
        given.into_iter().map(entry).collect()
    }
}

fn covered<'a>(entries: impl IntoIterator<Item = &'a Listed>) -> Coverage {
    let alive = entries.into_iter().filter(|entry| entry.dead.is_none());
    Coverage::new(alive.flat_map(|entry| entry.nets.iter().copied()), Reading::Literal)
}

proptest! {
    #[test]
    fn applied_to_the_old_list_it_gives_the_new_one(
        wanted in prop::collection::vec((0_u8..64, 29_u8..=32), 1..10),
        published in prop::collection::vec((0_u8..64, 29_u8..=32), 0..10),
        entries in entries(),
        keep in any::<bool>(),
    ) {
        let text = |(n, length): (u8, u8)| {
            let net: IpNet = format!("192.0.2.{n}/{length}").parse().unwrap();
            net.trunc().to_string()
        };
        let wanted: Vec<String> = wanted.into_iter().map(text).collect();
        let published: Vec<String> = published.into_iter().map(text).collect();
        let as_str = |texts: &[String]| -> Vec<&'static str> {
            texts.iter().map(|text| &*text.clone().leak()).collect()
        };
        let (wanted, published) = (as_str(&wanted), as_str(&published));
        let foreign = if keep { Foreign::Keep } else { Foreign::Remove };
        let old = List { entries, ..List::new("list") };
        let delta = delta(&wanted, &published, &old, foreign);

        let gone = |entry: &&Listed| delta.remove.iter().any(|r| r.text == entry.text);
        let mut new: Vec<Listed> = old.entries.iter().filter(|e| !gone(e)).cloned().collect();
        let added = delta.add.iter().flat_map(Blocks::iter);
        new.extend(added.map(|block| Listed::new(block.net.to_string())));
        let merged = delta.merged.iter().map(|block| block.net);
        let merged = Coverage::new(merged, Reading::Literal);
        prop_assert_eq!(&covered(&new), &merged);

        let wanted: Vec<IpNet> = wanted.iter().map(|net| net.parse().unwrap()).collect();
        let all = Coverage::new(wanted.iter().copied(), Reading::Literal);
        prop_assert!(wanted.iter().all(|net| merged.lacks(*net).is_empty()));
        if foreign == Foreign::Remove {
            prop_assert_eq!(&merged, &all);
        }
        if foreign == Foreign::Keep {
            prop_assert!(covered(delta.foreign.iter().copied()).without(&merged) == Coverage::default());
        }
        // Nothing that stays is added once more.
        let stays = covered(old.entries.iter().filter(|e| !gone(e)));
        for block in delta.add.iter().flat_map(Blocks::iter) {
            prop_assert!(!stays.meets(block.net));
        }
        // What was done need not be done again, and the order of the list does not matter.
        let mut shuffled = old.clone();
        shuffled.entries.reverse();
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let again = self::delta(&wanted, &published, &shuffled, foreign);
        prop_assert_eq!(shown(&again), shown(&delta));
        let new = List { entries: new, ..List::new("list") };
        prop_assert!(self::delta(&wanted, &published, &new, foreign).is_empty());
    }
}
