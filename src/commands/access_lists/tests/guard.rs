use super::*;

fn leases(names: &[&str]) -> Vec<Lease> {
    let lease = |name: &&str| {
        let (name, until) = name.split_once(" until ").unwrap_or((*name, ""));
        let until = until.parse::<i64>().ok().map(|s| Timestamp::from_second(s).unwrap());
        Lease { target: EntryTarget::parse(name).unwrap(), until }
    };
    names.iter().map(lease).collect()
}

fn targets(names: &[&str]) -> impl Iterator<Item = EntryTarget> {
    leases(names).into_iter().map(|lease| lease.target)
}

/// What is said when these are added; nothing where they may be.
fn told(before: &[&str], new: &[&str]) -> String {
    let (before, new) = (leases(before), leases(new));
    let after = [before.clone(), new].concat();
    anywhere(&before, &after, false).map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn the_entry_or_the_sum_is_named_and_how_many_addresses() {
    assert_eq!(
        told(&[], &["203.0.113.0/24", "2000::/3"]),
        "2000::/3 lets in 2^125 public IPv6 addresses, which is effectively everyone"
    );
    assert_eq!(
        told(&["9.0.0.0/9"], &["11.0.0.0/9"]),
        "the list would let in 16777216 public IPv4 addresses, which is effectively everyone; \
         this adds 8388608 public IPv4 addresses"
    );
    assert_eq!(
        told(&[], &["0.0.0.0"]),
        "0.0.0.0 lets in 4256038912 public IPv4 addresses, which is effectively everyone, \
         as a server may read it"
    );
    assert_eq!(
        told(&[], &["8.0.0.0/7", "16.0.0.0/4"]),
        "16.0.0.0/4 lets in 268435456 public IPv4 addresses, which is effectively everyone; \
         so do 1 more"
    );
    assert_eq!(told(&["0.0.0.0/0"], &["203.0.113.0/24"]), "");
    assert!(anywhere(&[], &leases(&["::/0"]), true).is_ok());
}

#[test]
fn what_ends_before_the_new_entries_excuses_nothing() {
    let halves = ["0.0.0.0/1", "128.0.0.0/1"];
    assert_eq!(told(&["0.0.0.0/0"], &halves), "");
    assert!(told(&["0.0.0.0/0 until 10"], &halves).contains("after 1970-01-01T00:00:10Z"));
    assert_ne!(told(&["0.0.0.0/0 until 10"], &["128.0.0.0/1 until 11"]), "");
    assert_eq!(told(&["0.0.0.0/0 until 10"], &["128.0.0.0/1 until 10"]), "");
    assert_eq!(told(&["0.0.0.0/0 until 10"], &["203.0.113.0/24"]), "");
    assert_ne!(told(&["9.0.0.0/9 until 10"], &["11.0.0.0/9 until 10"]), "");
    assert_ne!(told(&["9.0.0.0/8 until 10", "11.0.0.0/9 until 20"], &["12.0.0.0/9"]), "");
}

#[test]
fn who_is_let_in_twice_may_lose_one_entry() {
    let shuts = |before: &[&str], own: [u8; 4], after: &[&str]| {
        shuts_out(IpAddr::from(own), targets(before), targets(after)).is_err()
    };
    let before = ["192.0.2.7", "192.0.2.0/24"];
    assert!(shuts(&before, [192, 0, 2, 7], &[]));
    assert!(!shuts(&before, [192, 0, 2, 7], &["192.0.2.0/24"]));
    assert!(!shuts(&before, [203, 0, 113, 1], &[]));
}

#[test]
fn who_is_let_in_under_another_spelling_is_let_in() {
    let own = [192, 0, 2, 7];
    let shuts = |before: &str, after: &str| {
        let shut = shuts_out(own.into(), targets(&[before]), targets(&[after]));
        shut.is_err()
    };
    assert!(!shuts("192.0.2.7", "::ffff:192.0.2.0/120"));
    assert!(!shuts("::ffff:192.0.2.7", "192.0.2.0/24"));
    assert!(shuts("::ffff:192.0.2.7", "203.0.113.1"));
    assert!(shuts("::ffff:0:0/96", "203.0.113.1"));
    // Whether a server widens it is not known.
    assert!(shuts("0.0.0.0", "203.0.113.1"));
    assert!(shuts("0.0.0.0/0", "0.0.0.0"));
    assert!(!shuts("0.0.0.0", "0.0.0.0/0"));
    // What comes through a translator is another way in.
    assert!(shuts("192.0.2.7", "2002:c000:207::/48"));
}
