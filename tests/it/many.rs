//! Many names on stdin: one listing for all of them, and a limit to their number.

use std::fmt::Write as _;

use crate::support::Lab;

/// Names that exist, and a number that do not.
fn names(existing: &str, others: usize, other: impl Fn(usize) -> String) -> String {
    let mut names = format!("{existing}\n");
    for number in 0..others {
        let _ = writeln!(names, "{}", other(number));
    }
    names
}

#[test]
fn many_names_are_looked_up_in_one_listing() {
    let lab = Lab::new();
    let plain = |number: usize| format!("nothing-{number}");
    let address = |number: usize| format!("10.{}.{}.1", number / 250, number % 250);
    let entry = lab.typed("access-lists list -q").finish().exits(0).out();
    let entry = entry.lines().next().expect("the sample has an entry").to_owned();
    let of_the_api = lab.typed("api GET groups --jq .results[0].name").finish().exits(0).out();
    let project = of_the_api.trim();
    let lines = [
        ("roles get -", "ordersWriter", 3),
        ("roles get -", "atlasAdmin", 3),
        ("instances get -", "orders", 6),
        ("connections get - --instance orders", "order-events", 3),
        ("processors get - --instance orders", "enrich-orders", 3),
        ("processors stats - --instance orders", "enrich-orders", 3),
        ("private-links get -", "x", 3),
        ("projects get -", project, 3),
        ("projects delete - --dry-run", project, 6),
        ("orgs get -", lab.org(), 3),
        ("users get - --auth-db admin", "bob", 8),
        ("access-lists get -", entry.as_str(), 3),
        ("access-lists status -", entry.as_str(), 3),
    ];
    for (line, existing, most) in lines {
        let other: &dyn Fn(usize) -> String =
            if line.starts_with("access") { &address } else { &plain };
        let found = lab.typed(&line.replacen(" -", &format!(" {existing}"), 1)).finish();
        let alone = line.starts_with("private-links") || line.starts_with("projects delete");
        assert!(alone || found.code == Some(0), "{}", found.shown());
        lab.requests();
        let many = lab.typed(line).stdin(&names(existing, 3_000, other)).finish();
        let requests = lab.requests().len();
        assert!(requests <= most, "{line}: {requests} requests");
        // What exists is shown as it is alone, and each of the others is reported.
        let failed = many.err().lines().filter(|line| line.starts_with("error: ")).count();
        let failures = 3_000 + usize::from(found.code != Some(0));
        assert_eq!(failed, failures + 1, "{line}");
        assert!(many.err().contains(&format!("{failures} of 3001")), "{line}");
        assert_eq!(many.stdout.is_empty(), found.stdout.is_empty(), "{line}");
    }
}

#[test]
fn a_listing_that_fails_is_asked_for_once() {
    let lab = Lab::new();
    for line in ["processors get - --instance none", "connections get - --instance none"] {
        lab.requests();
        let names = names("a", 500, |number| format!("n{number}"));
        let failed = lab.typed(line).stdin(&names).finish().exits(5);
        assert!(failed.err().contains("there is no instance"), "{}", failed.shown());
        assert!(lab.requests().len() <= 2);
    }
}

#[test]
fn the_number_of_names_is_limited() {
    let lab = Lab::new();
    let million = names("10.0.0.1", 1_000_000, |n| format!("10.{}.{}.0/24", n % 256, n / 256));
    let endless = "x".repeat(9 << 20);
    for line in ["access-lists add - --yes", "users delete - --yes", "roles get -"] {
        for stdin in [&million, &endless] {
            let refused = lab.typed(line).stdin(stdin).finish().exits(2);
            assert!(refused.err().contains("stdin holds more than"), "{:.300}", refused.err());
            assert!(refused.err().len() < 500);
        }
    }
    let big = lab.typed("access-lists replace - --yes").stdin(&"#\n".repeat(40 << 20));
    let refused = big.finish().exits(2);
    assert!(refused.err().contains("larger than 64 MiB"), "{:.300}", refused.err());
    assert_eq!(lab.requests(), Vec::<String>::new());
}
