use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Known, MASK};

fn known(secrets: &[&str]) -> Known {
    let known = Known::default();
    secrets.iter().for_each(|secret| known.learn(secret));
    known
}

#[test]
fn a_secret_is_masked_and_what_stands_around_it_stays() {
    let known = known(&["hunter2-hunter2", "short"]);
    assert_eq!(known.mask("nothing here"), "nothing here");
    assert_eq!(known.mask("hunter2-hunter2"), MASK);
    assert_eq!(known.mask("a hunter2-hunter2, short"), format!("a {MASK}, short"));
    assert_eq!(known.mask("hunter2-hunter2hunter2-hunter2ä"), format!("{MASK}ä"));
    assert_eq!(known.mask("hunter2-hunter"), "hunter2-hunter");
}

#[test]
fn addresses_lose_their_users() {
    let none = Known::default();
    assert_eq!(
        none.mask("to https://u:p@example.com/a@b and http://x@y"),
        format!("to https://{MASK}@example.com/a@b and http://{MASK}@y")
    );
    assert_eq!(none.mask("https://example.com/@me?a=b@c"), "https://example.com/@me?a=b@c");
    let known = Known::default();
    known.learn_address("http://user:p%40ssword-1@proxy:3128");
    assert_eq!(known.mask("p@ssword-1 or p%40ssword-1"), format!("{MASK} or {MASK}"));
}

#[test]
fn a_key_is_known_line_by_line() {
    let known =
        known(&["-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n"]);
    assert_eq!(known.mask("line kqhkiG9w0BAQEF"), format!("line {MASK}"));
    assert_eq!(known.mask("-----BEGIN KEY-----"), "-----BEGIN KEY-----");
}

#[test]
fn a_document_is_masked_and_stays_one() {
    let known = known(&["top\"secret\\1"]);
    let mut value = json!({"a": ["x top\"secret\\1"], "top\"secret\\1": 1, "n": null});
    known.mask_json(&mut value);
    assert_eq!(value, json!({"a": [format!("x {MASK}")], MASK: 1, "n": null}));
}

/// The ways in which servers quote a text.
const WAYS: u8 = 10;

fn quoted(text: &str, way: u8) -> String {
    let percent = |c: char, all: bool| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' if !all => c.to_string(),
        c => c.to_string().bytes().map(|byte| format!("%{byte:02x}")).collect(),
    };
    let each = |how: &dyn Fn(char) -> String| text.chars().map(how).collect::<String>();
    match way {
        0 => each(&|c| percent(c, false)),
        1 => each(&|c| percent(c, true)).to_uppercase(),
        2 => each(&|c| if c == ' ' { "+".to_owned() } else { percent(c, false) }),
        3 => each(&|c| format!("&#{};", u32::from(c))),
        4 => each(&|c| format!("&#x{:X};", u32::from(c))),
        5 => each(&|c| match c {
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '&' => "&amp;".to_owned(),
            '\'' => "&#39;".to_owned(),
            c => c.to_string(),
        }),
        6 => each(&|c| {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }),
        7 => Value::from(text).to_string().replace('/', "\\/").trim_matches('"').to_owned(),
        8 => format!("{text:?}").trim_matches('"').to_owned(),
        9 => each(&|c| format!("\\u{{{:x}}}", u32::from(c))),
        _ => text.to_owned(),
    }
}

/// Characters of secrets, those that begin an escape among them.
const SECRET: &str = "[a-zA-Z0-9%&+/=<>' äß😀_.\\\\-]{8,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_secret_is_found_however_it_is_quoted(
        secret in SECRET,
        ways in prop::collection::vec(0..=WAYS, 3),
    ) {
        let known = known(&[&secret]);
        let text = ways.iter().fold(secret.clone(), |text, way| quoted(&text, *way));
        let masked = known.mask(&text);
        prop_assert_eq!(&*masked, MASK, "{} as {}", secret, text);
    }

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins(
        secret in SECRET,
        before in "[a-z:]{0,7}",
        behind in "[a-z:]{0,5}",
    ) {
        let known = known(&[&secret]);
        let plain = format!("{before}{secret}{behind}");
        for text in [BASE64_STANDARD.encode(&plain), BASE64_URL_SAFE_NO_PAD.encode(&plain)] {
            let masked = known.mask(&text);
            prop_assert!(masked.contains(MASK), "{}", masked);
            // Nothing is left of it but what the neighbours' characters share.
            prop_assert!(masked.len() <= MASK.len() + (before.len() + behind.len()) * 4 / 3 + 3);
            let escaped = text.replace('/', "%2F").replace('+', "%2B");
            prop_assert!(known.mask(&escaped).contains(MASK));
        }
    }

    #[test]
    fn any_text_is_masked_without_a_fault(secret in "\\PC{8,12}", text in "[%&\\\\u{}0-9a-f;#xé]{0,60}") {
        let known = known(&[&secret]);
        let masked = known.mask(&text);
        prop_assert!(text.contains(&secret) || *masked == text);
    }
}

#[test]
fn names_of_html_are_taken_back_with_and_without_a_semicolon() {
    let known = known(&["grüße-ÿ€<&>\u{e6}"]);
    for text in [
        "gr&uuml;&szlig;e-&yuml;&euro;&lt;&amp;&gt;&aelig;",
        "gr&uuml&szlige-&yuml&euro;&lt&amp&gt&aelig",
        "gr&#252&#223e-&#255&#8364&#60&#38&#62&#230",
        "gr&#xfc;&#xdf;e-&#XFF&#x20ac&#60;&#38;&#62;&#xe6;",
        "gr&amp;uuml;&amp;szlig;e-&amp;yuml;&amp;euro;&amp;lt;&amp;amp;&amp;gt;&amp;aelig;",
    ] {
        assert_eq!(known.mask(text), MASK, "{text}");
    }
}

#[test]
fn a_secret_is_found_in_base64_of_several_lines() {
    let secret = "Kj0_Pw~Zq7-a-rather-long-secret-of-a-service-account-0123456789-and-more-of-it";
    let known = known(&[secret]);
    for (width, end) in [(76, "\n"), (64, "\r\n"), (64, "\\n"), (76, "\\r\\n"), (20, "\r\n ")] {
        let encoded = BASE64_STANDARD.encode(format!("id:{secret}"));
        let lines: Vec<_> = encoded
            .as_bytes()
            .chunks(width)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let masked = known.mask(&lines.join(end)).into_owned();
        assert!(masked.contains(MASK) && masked.len() < MASK.len() + 10, "{masked}");
    }
}

#[test]
fn a_secret_in_another_case_is_found() {
    let known = known(&["mdb_sa_sk_AbCdEf", "all-lower-words"]);
    assert_eq!(known.mask("http://mdb_sa_sk_abcdef.example/"), format!("http://{MASK}.example/"));
    assert_eq!(known.mask("MDB_SA_SK_ABCDEF: 1"), format!("{MASK}: 1"));
    assert_eq!(known.mask("All-Lower-Words"), "All-Lower-Words");
}

#[test]
fn of_secrets_that_overlap_nothing_stays() {
    let known = known(&["abcdefghij", "ghijklmnop", "nopqrstuvw"]);
    assert_eq!(known.mask("<abcdefghijklmnopqrstuvw>"), format!("<{MASK}>"));
}

#[test]
fn each_address_of_a_text_is_learnt() {
    let known = Known::default();
    known.learn_address("http://u1:password-1@a:80,http://u2:password-2@b,u3:password-3@c/x");
    for text in ["password-1", "password-2", "password-3"] {
        assert_eq!(known.mask(text), MASK);
    }
}

#[test]
fn a_long_text_is_masked_piece_by_piece() {
    let known = known(&["top \"secret\" ä of all"]);
    let quoted = "top%20%22secret%22%20%C3%A4%20of%20all";
    for before in [65_500, 65_520, 65_536, 131_050, 131_072] {
        let text = format!("{}{quoted}{}", "ä".repeat(before / 2), "\\u00e4".repeat(20_000));
        let masked = known.mask(&text);
        assert_eq!(masked.len(), text.len() - quoted.len() + MASK.len(), "{before}");
    }
}

#[test]
fn many_escapes_take_no_time() {
    let known = known(&["\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\x", "%25%25%25%25%25%25x"]);
    for unit in ["\\", "%25", "&amp;", "%", "&amp;#38;"] {
        let text = unit.repeat(1_000);
        assert_eq!(known.mask(&text), text);
    }
}
