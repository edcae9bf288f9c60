//! Names that were probably meant: only near ones are suggested.

use strsim::osa_distance;

/// Longer names are not compared: that takes time with the square of their length.
const LONGEST: usize = 256;

/// So many letters say enough for the rest of a name to be guessed.
const TELLING: usize = 3;

/// The candidates that a name was probably meant to be, the nearest first.
///
/// Those are near whose difference is at most a third of the longer word: letters that are added,
/// left out, replaced or swapped with their neighbour, whatever their case. A name that only one
/// candidate begins with is near to it as well, and to what that candidate is the beginning of.
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name = letters(name);
    let all = candidates.into_iter().map(|candidate| (candidate, letters(candidate)));
    let all = Vec::from_iter(all.filter(|(_, other)| other.len().max(name.len()) <= LONGEST));
    let mut begun: Vec<&String> =
        all.iter().map(|(_, other)| other).filter(|other| other.starts_with(&name)).collect();
    begun.sort_by_key(|other| other.len());
    let is_one = begun.iter().all(|other| other.starts_with(begun[0]));
    let count = name.chars().count();
    let distance = |other: &String| {
        let begins = count >= TELLING && is_one && begun.contains(&other);
        let distance = osa_distance(&name, other);
        (begins || distance <= count.max(other.chars().count()) / 3).then_some(distance)
    };
    let mut near: Vec<(usize, &str)> =
        all.iter().filter_map(|(c, other)| Some((distance(other)?, *c))).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What is compared of a name: the hyphens before an option's make it no nearer to another.
fn letters(name: &str) -> String {
    name.trim_start_matches('-').to_lowercase()
}

/// The candidate that a name was most probably meant to be.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(name, candidates).into_iter().next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOUNS: [&str; 18] = [
        "users",
        "members",
        "roles",
        "instances",
        "connections",
        "access-lists",
        "processors",
        "peerings",
        "private-links",
        "projects",
        "orgs",
        "audit",
        "events",
        "ips",
        "local",
        "auth",
        "profiles",
        "ci",
    ];

    #[test]
    fn what_is_near_is_suggested() {
        for (name, meant) in [
            ("usres", "users"),
            ("user", "users"),
            ("Users", "users"),
            ("memebrs", "members"),
            ("rolse", "roles"),
            ("roels", "roles"),
            ("instnace", "instances"),
            ("inst", "instances"),
            ("conections", "connections"),
            ("connnections", "connections"),
            ("access_list", "access-lists"),
            ("accesslists", "access-lists"),
            ("procesor", "processors"),
            ("proc", "processors"),
            ("peering", "peerings"),
            ("private-link", "private-links"),
            ("privatelink", "private-links"),
            ("project", "projects"),
            ("prjects", "projects"),
            ("org", "orgs"),
            ("ogrs", "orgs"),
            ("aduit", "audit"),
            ("evnets", "events"),
            ("ip", "ips"),
            ("isp", "ips"),
            ("lcoal", "local"),
            ("profile", "profiles"),
        ] {
            assert_eq!(nearest(name, NOUNS), Some(meant), "{name}");
        }
        let roles = ["streamOperator", "streamViewer", "streamDeveloper", "atlasAdmin", "read"];
        assert_eq!(nearest("streamoperater", roles), Some("streamOperator"));
        assert_eq!(nearest("StreamView", roles), Some("streamViewer"));
        assert_eq!(nearest("alcie", ["bob", "alice"]), Some("alice"));
        assert_eq!(nearest("Zoé", ["zoe", "bob"]), Some("zoe"));
        assert_eq!(near("proc", ["process", "processes"]), ["process", "processes"]);
        assert_eq!(near("lst", ["last", "list", "create"]), ["last", "list"]);
    }

    #[test]
    fn what_is_not_near_is_not() {
        for name in [
            "jk",
            "ic",
            "doctor",
            "x",
            "",
            "a",
            "db",
            "api",
            "xyz",
            "cat",
            "help",
            "nodes",
            "streams",
            "kafka",
            "pro",
            "pr",
            "network",
            "database",
            "tenants",
            "listener",
            "session",
            "vpc",
            "permissions",
            "certificates",
            "logs",
            "tokens",
            "process-groups",
            "user-agents",
        ] {
            assert_eq!(nearest(name, NOUNS), None, "{name}");
        }
        assert_eq!(nearest("--db", ["--id", "--user"]), None);
        assert_eq!(nearest("stream", ["streamOperator", "streamViewer"]), None);
        assert_eq!(nearest("bob", ["rob2", "eve", "bo-backup"]), None);
        assert_eq!(nearest("orders", ["payments", "telemetry"]), None);
        assert_eq!(nearest("nobody", ["norbert", "body-double"]), None);
        assert_eq!(nearest(&"a".repeat(300), [&*"a".repeat(299)]), None);
    }

    proptest! {
        #[test]
        fn one_slip_in_a_longer_word_is_near(word in "[a-z]{6,20}", at in any::<prop::sample::Index>()) {
            let at = at.index(word.len());
            let shorter = format!("{}{}", &word[..at], &word[at + 1..]);
            prop_assert_eq!(nearest(&shorter, [&*word]), Some(&*word));
        }

        #[test]
        fn words_with_no_letter_in_common_are_never_near(one in "[a-m]{1,12}", other in "[n-z]{1,12}") {
            prop_assert_eq!(nearest(&one, [&*other]), None);
        }
    }
}
