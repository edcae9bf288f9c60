//! Names that were probably meant: only near ones are suggested.

use strsim::osa_distance;

use crate::shell::quote;

/// Longer names are not compared: that takes time with the square of their length.
const LONGEST: usize = 256;

/// So many letters say enough for the rest of a name to be guessed.
const TELLING: usize = 3;

/// So many names are suggested at most.
const MOST: usize = 3;

/// The candidates that a name was probably meant to be, the nearest first.
///
/// Those are near whose difference is at most a third of the longer word: letters that are added,
/// left out, replaced or swapped with their neighbour, whatever their case. A name that only one
/// candidate begins with is near to it as well, and to what that candidate is the beginning of; so
/// is one that is near to a candidate's last words.
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    ranked(name, candidates).into_iter().map(|(_, candidate)| candidate).collect()
}

/// The near candidates with how far they are, the nearest first.
fn ranked<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let name = letters(name);
    let all = candidates.into_iter().map(|candidate| (candidate, letters(candidate)));
    let all = Vec::from_iter(all.filter(|(_, other)| other.len().max(name.len()) <= LONGEST));
    let mut begun: Vec<&String> =
        all.iter().map(|(_, other)| other).filter(|other| other.starts_with(&name)).collect();
    begun.sort_by_key(|other| other.len());
    let is_one = begun.iter().all(|other| other.starts_with(begun[0]));
    let count = name.chars().count();
    let is_telling = count >= TELLING;
    let rank = |other: &String| {
        let whole = distance(&name, other, 3);
        let begins = (is_telling && is_one && begun.contains(&other)).then_some(1);
        let last = last_words(other, &name).filter(|_| is_telling);
        // A part must be nearer than the whole.
        let last = last.and_then(|last| distance(&name, last, 4)).map(|distance| distance + 1);
        [whole, begins, last].into_iter().flatten().min()
    };
    let near = all.iter().filter_map(|(c, other)| Some((rank(other)?, other.len(), *c)));
    let mut near: Vec<(usize, usize, &str)> = near.collect();
    near.sort_by_key(|(rank, length, _)| (*rank, *length));
    near.into_iter().map(|(rank, _, candidate)| (rank, candidate)).collect()
}

/// How many letters differ, if those are at most this part of the longer word.
fn distance(name: &str, other: &str, part: usize) -> Option<usize> {
    let most = name.chars().count().max(other.chars().count()) / part;
    Some(osa_distance(name, other)).filter(|distance| *distance <= most)
}

/// What is compared of a name: the hyphens before an option's make it no nearer to another.
fn letters(name: &str) -> String {
    name.trim_start_matches('-').to_lowercase()
}

/// What stands between the words of a name.
const BREAKS: [char; 3] = ['-', '_', ' '];

/// As many of a name's words, from its end, as another has, if it has more: `owner` of
/// `project-owner`.
fn last_words<'a>(name: &'a str, other: &str) -> Option<&'a str> {
    let count = other.matches(BREAKS).count();
    let (at, _) = name.rmatch_indices(BREAKS).nth(count)?;
    name.get(at + 1..)
}

/// What to say about a name that is not known: which known ones were probably meant, or else
/// `otherwise`.
pub fn hint<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(hint) = parted(name, |part| known.contains(&part)) {
        return hint;
    }
    let near = ranked(name, known);
    // What is twice as far as the nearest was hardly meant.
    let most = near.first().map_or(0, |(rank, _)| 2 * rank);
    let near = near.into_iter().filter(|(rank, _)| *rank <= most);
    suggestion(near.map(|(_, name)| name), otherwise)
}

/// What to say about known names that commas join, where they are separated by spaces.
pub fn parted(name: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let is_list = name.contains(',') && !parts.is_empty() && parts.iter().all(|p| is_known(p));
    is_list.then(|| {
        let parts: Vec<_> = parts.into_iter().map(quote).collect();
        format!("names are separated by spaces: {}", parts.join(" "))
    })
}

/// Names that were probably meant, the likeliest first, as a hint; or else `otherwise`.
pub fn suggestion<'a>(
    near: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    let mut each = Vec::new();
    for name in near.into_iter().map(quote) {
        if each.len() < MOST && !each.contains(&name) {
            each.push(name);
        }
    }
    match each.split_last() {
        None => otherwise.into(),
        Some((last, [])) => format!("did you mean {last}?"),
        Some((last, others)) => format!("did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_a_comma_joins_are_told_apart() {
        let known = ["alice", "bob", "CN=a,O=b"];
        let parted = "names are separated by spaces: alice bob";
        assert_eq!(hint("alice,bob", known, "x"), parted);
        assert_eq!(hint("alice, bob,", known, "x"), parted);
        assert_eq!(hint("CN=a,O=c", known, "x"), "did you mean 'CN=a,O=b'?");
        assert_eq!(hint(",", known, "x"), "x");
    }

    fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        near(name, candidates).into_iter().next()
    }

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
    fn a_hint_names_what_is_near_and_otherwise_what_to_do() {
        let roles = ["project-owner", "project-stream-processing-owner", "project-read-only"];
        assert_eq!(
            hint("Owner", roles, ""),
            "did you mean project-owner or project-stream-processing-owner?"
        );
        assert_eq!(hint("ordres", ["orders", "payments"], ""), "did you mean orders?");
        assert_eq!(hint("Owner", ["Project Owner"], ""), "did you mean 'Project Owner'?");
        let types = ["MONGODB_USER_ADDED", "MONGODB_USER_UPDATED", "MONGODB_USER_DELETED"];
        assert_eq!(hint("MONGODB_USER_ADED", types, ""), "did you mean MONGODB_USER_ADDED?");
        assert_eq!(hint("Ownr", ["Project Owner"], ""), "did you mean 'Project Owner'?");
        let people = ["sam@example.com", "pat@example.com"];
        assert_eq!(hint("pat@exmaple.com", people, ""), "did you mean pat@example.com?");
        assert_eq!(hint("nosuch", ["orders"], "see the list"), "see the list");
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
