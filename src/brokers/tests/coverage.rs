use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn nets(texts: &[&str]) -> Vec<IpNet> {
    let net =
        |text: &&str| text.parse().unwrap_or_else(|_| IpNet::from(text.parse::<IpAddr>().unwrap()));
    texts.iter().map(net).collect()
}

fn meant(texts: &[&str]) -> Coverage {
    Coverage::new(nets(texts), Reading::Widest)
}

fn opens(before: &[&str], after: &[&str]) -> bool {
    Opening::of(&nets(before), &[nets(before), nets(after)].concat()).is_some()
}

#[test]
fn what_stands_for_ipv4_is_the_ipv4_that_it_stands_for() {
    let shown = |text: &str| match nets(&[text])[..] {
        [IpNet::V6(net)] => stands_for(net).map(|net| net.to_string()),
        _ => panic!("one block of IPv6"),
    };
    for (text, ipv4) in [
        ("::ffff:192.0.2.1", "192.0.2.1/32"),
        ("::ffff:0:0/96", "0.0.0.0/0"),
        ("::ffff:c000:200/120", "192.0.2.0/24"),
        ("::192.0.2.0/120", "192.0.2.0/24"),
        ("::ffff:0:192.0.2.1", "192.0.2.1/32"),
        ("2002::/16", "0.0.0.0/0"),
        ("2002:c000:200::/40", "192.0.2.0/24"),
        ("2002:c000:201::/48", "192.0.2.1/32"),
        ("2002:c000:201:5::7", "192.0.2.1/32"),
        ("64:ff9b::/96", "0.0.0.0/0"),
        ("64:ff9b::c000:201", "192.0.2.1/32"),
        ("64:ff9b:1::/48", "0.0.0.0/0"),
        ("64:ff9b:1:2::/64", "0.0.0.0/0"),
        ("64:ff9b:1:2:3:4:192.0.2.0/120", "192.0.2.0/24"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(ipv4), "{text}");
    }
    for text in
        ["::", "::/0", "::/96", "::1", "2001:db8::1", "64:ff9b::/95", "64:ff9b:2::1", "2002::/15"]
    {
        assert_eq!(shown(text), None, "{text}");
    }
}

#[test]
fn private_addresses_are_not_counted() {
    for text in [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "::1",
        "fc00::/7",
        "fe80::/10",
        "::ffff:10.0.0.0/104",
        "2002:a00::/24",
        "64:ff9b::10.0.0.0/104",
    ] {
        let coverage = meant(&[text]);
        assert_eq!(Family::ALL.map(|family| coverage.public(family)), [0, 0], "{text}");
        assert!(!opens(&[], &[text]), "{text}");
    }
    assert_eq!(meant(&["10.0.0.0/7"]).public(Family::V4), 1 << 24);
    assert_eq!(
        meant(&["0.0.0.0/0"]).public(Family::V4),
        (1 << 32) - 17_891_328 - 20_971_520 - 65_536
    );
}

#[test]
fn the_limit_is_reached_by_a_block_or_by_many_and_by_each_family_alone() {
    for entries in [
        &["9.0.0.0/8"][..],
        &["9.0.0.0/9", "11.0.0.0/9"],
        &["8.0.0.0/9", "::ffff:9.0.0.0/105"],
        &["8.0.0.0/9", "2002:900::/25"],
        &["2600::/20"],
        &["2600::/21", "2a00::/21"],
        &["2000::/3"],
        &["fc00::/6"],
        &["::fffe:0:0/95"],
    ] {
        assert!(opens(&[], entries), "{entries:?}");
        let (last, others) = entries.split_last().unwrap();
        assert!(others.is_empty() || opens(others, &[last]), "{entries:?}");
    }
    for entries in [
        &["9.0.0.0/9", "9.0.0.0/10", "9.64.0.0/10"][..],
        &["9.0.0.0/9", "::ffff:9.0.0.0/105", "2002:900::/25", "64:ff9b::9.0.0.0/105"],
        &["9.0.0.0/9", "2600::/21"],
        &["9.0.0.0/9", "11.0.0.0/10", "11.64.0.0/11", "10.0.0.0/8"],
    ] {
        assert!(!opens(&[], entries), "{entries:?}");
    }
}

#[test]
fn what_a_server_may_widen_is_everybody() {
    for base in ["0.0.0.0", "::", "::ffff:0.0.0.0", "64:ff9b::", "2002::"] {
        assert!(opens(&[], &[base]), "{base}");
    }
    for length in 0..=32 {
        assert!(opens(&[], &[&format!("0.0.0.0/{length}")]), "{length}");
        assert!(opens(&[], &[&format!("::ffff:0.0.0.0/{}", 96 + length)]), "{length}");
    }
    for length in 0..=128 {
        assert!(opens(&[], &[&format!("::/{length}")]), "{length}");
    }
    assert!(!opens(&[], &["0.0.0.1", "::1"]));
}

#[test]
fn an_open_list_lets_everything_through_but_another_opening() {
    for (before, after) in [
        (&["0.0.0.0/0"][..], &["203.0.113.0/24"][..]),
        (&["0.0.0.0/0"], &["9.0.0.0/8"]),
        (&["0.0.0.0/0"], &["128.0.0.0/1", "::ffff:0:0/96", "0.0.0.0"]),
        (&["9.0.0.0/8"], &["203.0.113.0/24", "11.0.0.0/9"]),
        (&["0.0.0.0"], &["203.0.113.0/24"]),
        (&["::ffff:0:0/96"], &["203.0.113.0/24"]),
        (&["2000::/3"], &["2001:db8::/32"]),
        (&["2002::/16"], &["2001:db8::/32"]),
        (&["2002:800::/23", "29.0.0.0/9"], &["31.0.0.0/9"]),
    ] {
        assert!(!opens(before, after), "{before:?} {after:?}");
    }
    for (before, after) in [
        (&["9.0.0.0/8"][..], &["11.0.0.0/8"][..]),
        (&["0.0.0.0/1"], &["128.0.0.0/1"]),
        (&["0.0.0.0/0"], &["::/0"]),
        (&["::/0"], &["0.0.0.0/0"]),
        // Whether these were everybody is not known; the whole of IPv4 is.
        (&["0.0.0.0"], &["0.0.0.0/0"]),
        (&["2002::/16"], &["0.0.0.0/0"]),
        (&["2002::/16"], &["2600::/21", "2a00::/21"]),
    ] {
        assert!(opens(before, after), "{before:?} {after:?}");
    }
}

/// Blocks of 256 addresses around the edges of private ranges and of forms, some of them in a form.
fn small() -> impl Strategy<Value = IpNet> {
    let bases = [
        "9.255.255.0",
        "10.0.0.0",
        "203.0.113.0",
        "::ffff:203.0.113.0",
        "2001:db8::",
        "64:ff9b::203.0.113.0",
    ];
    (select(bases.to_vec()), any::<u8>(), 0u8..=8).prop_map(|(base, low, bits)| {
        let base = match base.parse().unwrap() {
            IpAddr::V4(v4) => IpAddr::from(Ipv4Addr::from_bits(v4.to_bits() | u32::from(low))),
            IpAddr::V6(v6) => IpAddr::from(Ipv6Addr::from_bits(v6.to_bits() | u128::from(low))),
        };
        let net = IpNet::from(base);
        IpNet::new(base, net.max_prefix_len() - bits).unwrap().trunc()
    })
}

/// Blocks of every size and form.
fn any_net() -> impl Strategy<Value = IpNet> {
    let heads: [u128; 9] = [
        0,
        0xffff_0000_0000,
        0xfffe_0000_0000,
        0xffff_0000_0000_0000,
        0x2002 << 112,
        0x2003 << 112,
        0x0064_ff9b << 96,
        0x0064_ff9b_0001 << 80,
        0xfc00 << 112,
    ];
    let v6 = |(head, tail, shift, length): (u128, u128, u32, u8)| {
        IpNet::from(Ipv6Net::new_assert(Ipv6Addr::from_bits(head | tail >> shift), length).trunc())
    };
    let v4 = |(bits, length): (u32, u8)| {
        IpNet::from(Ipv4Net::new_assert(Ipv4Addr::from_bits(bits), length).trunc())
    };
    prop_oneof![
        (any::<u32>(), 0u8..=32).prop_map(v4),
        (select(heads.to_vec()), any::<u128>(), 16u32..128, 0u8..=128).prop_map(v6),
    ]
}

/// Every address of these small blocks, in the form that is counted, private ones left out.
fn by_hand(nets: &[IpNet]) -> [u128; 2] {
    let mut seen = BTreeSet::new();
    for net in nets {
        seen.extend(net.hosts_and_edges().map(|address| match address {
            IpAddr::V6(v6) if v6.segments()[..2] == [0x64, 0xff9b] => {
                IpAddr::from(Ipv4Addr::from_bits(v6.to_bits() as u32))
            }
            other => other.to_canonical(),
        }));
    }
    seen.retain(|address| !matches!(address, IpAddr::V4(v4) if v4.is_private()));
    let (v4, v6): (Vec<IpAddr>, Vec<IpAddr>) = seen.into_iter().partition(IpAddr::is_ipv4);
    [v4.len() as u128, v6.len() as u128]
}

trait Addresses {
    fn hosts_and_edges(&self) -> impl Iterator<Item = IpAddr>;
}

impl Addresses for IpNet {
    fn hosts_and_edges(&self) -> impl Iterator<Item = IpAddr> {
        let many = 1u32 << (self.max_prefix_len() - self.prefix_len());
        let first = self.network();
        (0..many).map(move |offset| match first {
            IpAddr::V4(v4) => Ipv4Addr::from_bits(v4.to_bits() + offset).into(),
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() + u128::from(offset)).into(),
        })
    }
}

fn halves(net: IpNet) -> Vec<IpNet> {
    match net.prefix_len() == net.max_prefix_len() {
        true => vec![net],
        false => net.subnets(net.prefix_len() + 1).unwrap().collect(),
    }
}

proptest! {
    #[test]
    fn a_union_is_counted_as_by_hand(nets in vec(small(), 0..12)) {
        let coverage = Coverage::new(nets.iter().copied(), Reading::Widest);
        prop_assert_eq!(Family::ALL.map(|family| coverage.public(family)), by_hand(&nets));
    }

    #[test]
    fn what_is_added_and_what_was_there_are_all_there_is(a in vec(small(), 0..8), b in vec(small(), 0..8)) {
        let [before, after] = [&a, &b].map(|nets| Coverage::new(nets.iter().copied(), Reading::Widest));
        let both = Coverage::new(a.iter().chain(&b).copied(), Reading::Widest);
        for family in Family::ALL {
            let added = after.without(&before).public(family);
            prop_assert_eq!(added + before.public(family), both.public(family));
        }
        for net in &a {
            for address in net.hosts_and_edges() {
                prop_assert!(before.contains(address, Reading::Widest));
                let left = before.without(&after);
                prop_assert_eq!(left.contains(address, Reading::Widest), !after.contains(address, Reading::Widest));
            }
        }
    }

    #[test]
    fn halves_order_and_repetition_change_nothing(nets in vec(any_net(), 1..8)) {
        let whole = Coverage::new(nets.iter().copied(), Reading::Widest);
        let mut pieces: Vec<IpNet> = nets.iter().copied().flat_map(halves).flat_map(halves).collect();
        prop_assert_eq!(&whole, &Coverage::new(pieces.iter().copied(), Reading::Widest));
        pieces.reverse();
        pieces.extend(nets);
        prop_assert_eq!(&whole, &Coverage::new(pieces, Reading::Widest));
    }

    #[test]
    fn ipv4_is_counted_alike_in_each_form(bits in any::<u32>(), length in 1u8..=32) {
        let v4 = Ipv4Net::new_assert(Ipv4Addr::from_bits(bits), length).trunc();
        let plain = Coverage::new([v4.into()], Reading::Widest);
        let bits = u128::from(v4.network().to_bits());
        let forms = [(0xffff << 32 | bits, 96), (0x0064_ff9b << 96 | bits, 96), (0x2002 << 112 | bits << 80, 16)];
        for (bits, at) in forms {
            let net = IpNet::from(Ipv6Net::new_assert(Ipv6Addr::from_bits(bits), at + length));
            prop_assert_eq!(&plain, &Coverage::new([net], Reading::Widest), "{}", net);
        }
    }

    #[test]
    fn pieces_open_a_list_as_their_whole_does(nets in vec(any_net(), 1..6), stands in 0usize..6) {
        let (before, _) = nets.split_at(stands.min(nets.len()));
        let pieces: Vec<IpNet> = nets.iter().copied().flat_map(halves).collect();
        // From an empty list, whatever opens it in one step opens it in the other spelling.
        prop_assert_eq!(Opening::of(&[], &nets).is_some(), Opening::of(&[], &pieces).is_some());
        // What is there already opens nothing.
        prop_assert_eq!(Opening::of(&nets, &nets), None);
        prop_assert_eq!(Opening::of(&nets, before), None);
    }
}
