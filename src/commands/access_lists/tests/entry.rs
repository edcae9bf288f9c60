use super::*;

fn shown(text: &str) -> String {
    EntryTarget::parse(text).map_or_else(|e| format!("{e}"), |t| format!("{t} {}", t.value()))
}

#[test]
fn one_entry_has_one_name() {
    assert_eq!(shown("198.51.100.7"), "198.51.100.7 198.51.100.7");
    assert_eq!(shown("198.51.100.7/32"), "198.51.100.7 198.51.100.7");
    assert_eq!(shown("10.0.0.0/8"), "10.0.0.0/8 10.0.0.0/8");
    assert_eq!(shown("2001:DB8::/32"), "2001:db8::/32 2001:db8:0:0:0:0:0:0/32");
    assert_eq!(shown("2001:db8:0:0::1/128"), "2001:db8::1 2001:db8:0:0:0:0:0:1");
    assert_eq!(shown("sg-0a1b"), "sg-0a1b sg-0a1b");
    assert_eq!(shown("123456789012/sg-0a1b"), "123456789012/sg-0a1b 123456789012/sg-0a1b");
}

#[test]
fn what_is_no_entry_is_refused() {
    for text in [
        "",
        "10.0.0",
        "10.0.0.0/33",
        "sg-",
        "sg-xyz",
        "a/sg-1",
        "example.org",
        "::/129",
        "010.0.0.0/8",
        "10.0.0.0/08",
    ] {
        assert!(EntryTarget::parse(text).is_err(), "{text}");
    }
    let error = EntryTarget::parse("10.1.2.3/8").unwrap_err();
    assert!(error.hints()[0].contains("10.0.0.0/8"), "{:?}", error.hints());
}
#[test]
fn what_lets_in_everybody_is_told_in_every_spelling() {
    let told = |text: &str| {
        let target = EntryTarget::parse(text).unwrap();
        format!("{}: {}", target.kind(), target.extent())
    };
    assert_eq!(told("0.0.0.0/0"), "anywhere: every address there is");
    assert_eq!(
        told("0.0.0.0"),
        "anywhere: address, which servers may read as every address there is"
    );
    assert_eq!(
        told("::ffff:0:0/96"),
        "anywhere: 4294967296 addresses, ::ffff:0.0.0.0 to ::ffff:255.255.255.255, \
         which servers may read as 0.0.0.0/0 of IPv4"
    );
    assert_eq!(
        told("2002:c000:201::1"),
        "address: address, which servers may read as 192.0.2.1 of IPv4"
    );
    assert_eq!(told("10.0.0.0/8"), "network: 16777216 addresses, 10.0.0.0 to 10.255.255.255");
    assert!(told("8.0.0.0/7").starts_with("anywhere: 33554432 addresses"));
    assert_eq!(EntryTarget::parse("0.0.0.0").unwrap().document()["ipAddress"], "0.0.0.0");
}
