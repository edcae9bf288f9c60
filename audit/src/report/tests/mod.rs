mod gathered;
mod samples;

use std::borrow::Cow;

use super::*;
use crate::folds::series::Count;
use samples::{DAY, NOVEMBER, empty, hostile, of};

/// Shows control characters by their codes, and those that turn the direction of text.
fn visible(text: &str) -> Cow<'_, str> {
    let shown = |c: char| match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            c.escape_unicode().to_string()
        }
        c if c.is_control() && c != '\n' => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect::<String>().into()
}

fn made(report: &Report) -> String {
    page(report, visible)
}

/// The words of a page, without its style, a line for each element that has any.
fn words(page: &str) -> String {
    let body = page.split_once("</style>").unwrap().1;
    let mut words = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let is_inline = ["b", "time", "span", "strong", "code", "/"];
        if !is_inline.iter().any(|name| tag.starts_with(name)) && !words.ends_with('\n') {
            words.push('\n');
        }
        words.push_str(text);
    }
    words
}

/// The tags of a page, each with whether it opens, closes, or does both.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).map(|piece| piece.split_once('>').expect("a tag ends").0)
}

#[track_caller]
fn check_well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for tag in tags(page) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "what is opened last is closed first");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        if let Some((_, id)) = tag.split_once(" id=\"") {
            assert!(ids.insert(id.split('"').next().unwrap()), "an id is there once: {tag}");
        }
        if !tag.ends_with('/') && !["meta", "!DOCTYPE"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for tag in tags(page) {
        for (_, reference) in
            [" href=\"#", "labelledby=\""].iter().filter_map(|key| tag.split_once(key))
        {
            for id in reference.split('"').next().unwrap().split(' ') {
                assert!(ids.contains(id), "{id} is somewhere");
            }
        }
    }
}

#[test]
fn pages_of_all_sizes_are_well_formed_and_the_same_again() {
    let many: Vec<String> = (0..25).map(|index| format!("admin.user-{index}")).collect();
    for report in [empty(), of(1, &many[..1]), of(720, &many), of(8760, &many), of(99, &hostile())]
    {
        let page = made(&report);
        check_well_formed(&page);
        assert!(page == made(&report), "the same report makes the same page");
        let later = made(&Report { made: report.made + DAY, ..report.clone() });
        let differ = page.split('<').zip(later.split('<')).filter(|(one, other)| one != other);
        assert_eq!(differ.count(), 1, "but for when it was made");
    }
}

#[test]
fn no_name_becomes_markup_whatever_it_is() {
    let harmless: Vec<String> = (0..hostile().len()).map(|index| format!("user-{index}")).collect();
    let (page, plain) = (made(&of(99, &hostile())), made(&of(99, &harmless)));
    // What says how much of a very long name is left out is an element of its own, and so are the words
    // for that there is none.
    let skeleton = |page: &str| {
        tags(page)
            .map(|tag| tag.split(' ').next().unwrap().to_owned())
            .filter(|name| !["span", "/span", "bdi", "/bdi"].contains(&name.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(skeleton(&page), skeleton(&plain));
    assert!(!page.contains('\u{202e}') && page.contains("\\u{202e}"));
    assert!(!page.contains('\0') && !page.contains('\u{1b}'));
    assert!(page.len() < 2 * plain.len(), "{} {}", page.len(), plain.len());
    for tag in tags(&page) {
        assert!(!tag.contains(" on") && !tag.contains("javascript:"), "{tag}");
    }
}

#[test]
fn the_page_asks_for_nothing_and_admits_its_own_style_alone() {
    let page = made(&of(99, &hostile()));
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    assert!(
        page.contains(&format!("default-src &#39;none&#39;; style-src &#39;sha256-{hash}&#39;"))
    );
    assert!(page.contains(&format!("<style>{STYLE}</style>")));
    assert!(!STYLE.contains(['<', '\r']) && !STYLE.contains("@import") && !STYLE.contains("//"));
    assert!(STYLE.matches("url(").count() == STYLE.matches("url(#").count());
    for tag in tags(&page) {
        assert!(!tag.contains(" src=") && !tag.contains(" style="), "{tag}");
        let href = tag.split_once("href=\"").map(|(_, href)| href);
        assert!(href.is_none_or(|href| href.starts_with('#')), "{tag}");
    }
}

#[test]
fn drawings_say_in_words_what_they_show() {
    let page = made(&of(720, &["alice".to_owned()]));
    let images = tags(&page).filter(|tag| tag.contains("role=\"img\"")).count();
    assert_eq!(images, 4, "events, failures, and the week in its two forms");
    assert_eq!(page.matches("<desc ").count(), images);
    let hidden =
        tags(&page).filter(|tag| tag.starts_with("svg") && tag.contains("aria-hidden=\"true\""));
    assert_eq!(hidden.count() + images, tags(&page).filter(|tag| tag.starts_with("svg")).count());
    assert!(page.contains("Bars from 1 Nov 2026 to 2 Dec 2026, 720 in all; the highest is 24 at"));
}

#[test]
fn gaps_are_told() {
    let words = words(&made(&of(720, &["alice".to_owned()])));
    let gaps = words.split_once("\nGaps\n").unwrap().1;
    assert!(gaps.contains("\norders\n2026-11-16\n2026-11-17\n2\n"), "{gaps}");
    assert!(!words.contains("always been audited"), "which is told of older ranges alone");
    let mut old = of(48, &["alice".to_owned()]);
    old.asked.since = Some(NOVEMBER - 300 * DAY);
    let words = self::words(&made(&old));
    assert!(words.contains("Instances have always been audited since 2026-02-16."), "{words}");
    assert!(words.contains("\norders\n2026-01-05\n2026-10-31\n300\n"), "{words}");
}

#[test]
fn silence_up_to_now_is_a_gap_of_a_log_that_goes_on() {
    let mut report = of(48, &["alice".to_owned()]);
    assert!(!words(&made(&report)).contains("2026-11-05"), "of a file nothing is known later");
    report.asked.until_now = true;
    let gaps = words(&made(&report));
    assert!(gaps.contains("\norders\n2026-11-05\n2026-11-29\n25\n"), "{gaps}");
    // What was asked for in vain for years is told, and does not take the room of the rest.
    report.asked.since = Some(0);
    let gaps = words(&made(&report));
    assert!(
        gaps.contains("From 1970-01-01, which was asked for, to 2026-11-01 there are no events.")
    );
    assert!(gaps.contains("\n29 days from 2026-11-01"), "{gaps}");
}

#[test]
fn only_the_gravest_of_many_findings_are_shown() {
    let names: Vec<String> = (0..60).map(|index| format!("user-{index}")).collect();
    let page = made(&of(720, &names));
    assert_eq!(page.matches("<article ").count(), 50);
    assert!(words(&page).contains("And 10 more findings, none of them graver"));
}

#[test]
fn a_log_of_more_than_rules_tell_apart_is_said_to_be_one() {
    let said = "There are too many users, addresses or moments to tell all apart";
    let mut report = of(5, &["alice".to_owned()]);
    assert!(words(&made(&report)).contains(said));
    if let Some(findings) = &mut report.findings {
        findings.is_crowded = false;
    }
    assert!(!words(&made(&report)).contains(said));
}

#[test]
fn an_empty_log_has_a_page_that_says_so() {
    let words = words(&made(&empty()));
    for said in [
        "No event with a time was read, so no day is covered.",
        "There are no events to count.",
        "No event in this range failed.",
        "No line names a session.",
        "No rule found anything. That is no proof that nothing happened.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn what_was_not_read_is_told() {
    let mut report = of(5, &["alice".to_owned()]);
    report.lines.malformed = 2;
    report.sources[0].unreadable = Some("unexpected end of file".to_owned());
    report.coverage[0].undated = 4;
    let words = words(&made(&report));
    for said in [
        "2 lines no event, 1 source not read to the end",
        "not to its end: unexpected end of file",
        "4 events without a time cannot be drawn.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}
