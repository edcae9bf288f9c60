//! Addresses and blocks, one or more on a line.

use super::{Document, Format, List, Listed, Reading, Unreadable};

/// What `ips` itself prints, and what people keep in a file.
#[derive(Debug)]
pub(super) struct Plain;

/// So many words tell what a text is.
const LOOKED_AT: usize = 1_000;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn about(&self) -> &'static str {
        "Addresses, blocks or ranges, one on a line; # begins a comment"
    }

    /// A text most of whose words are addresses.
    fn recognises(&self, document: &Document<'_>) -> bool {
        if !document.values.is_empty() {
            return false;
        }
        let lines = document.text.lines();
        let entries: Vec<Listed> = lines.flat_map(entries).take(LOOKED_AT).collect();
        let read = entries.iter().filter(|entry| !entry.nets.is_empty()).count();
        read > 0 && read * 2 >= entries.len()
    }

    fn read(&self, document: &Document<'_>, _: Reading) -> Result<Vec<List>, Unreadable> {
        let entries = entries(document.text);
        if let Some(entry) = entries.iter().find(|entry| shuts_out(&entry.text)) {
            let why = "a plain list names only whom to let in";
            return Err(Unreadable::Wrong(format!("it has {:?}: {why}", entry.text)));
        }
        Ok(vec![List { entries, ..List::new("list") }])
    }
}

/// Whether a word says that somebody is not let in.
fn shuts_out(word: &str) -> bool {
    const WORDS: &[&str] = &["deny", "drop", "reject", "block", "except", "not"];
    let bare = word.trim_end_matches(':');
    word.starts_with('!') || WORDS.iter().any(|word| word.eq_ignore_ascii_case(bare))
}

fn entries(text: &str) -> Vec<Listed> {
    let mut entries = Vec::new();
    for line in text.lines() {
        let (words, comment) = match line.split_once('#') {
            Some((words, comment)) => (words, Some(comment.trim())),
            None => (line, None),
        };
        let mut words =
            words.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let text = match words.next_if_eq(&"-") {
                Some(_) => format!("{word}-{}", words.next().unwrap_or_default()),
                None => word.trim_end_matches('\r').to_owned(),
            };
            entries.push(Listed::new(text).label(comment));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let nets = |entry: &Listed| {
            let nets: Vec<String> = entry.nets.iter().map(ToString::to_string).collect();
            let label = entry.label.iter().map(|label| format!(" ({label})"));
            format!("{}={}{}", entry.text, nets.join("+"), label.collect::<String>())
        };
        entries(text).iter().map(nets).collect()
    }

    #[test]
    fn entries_are_read_however_they_are_set() {
        let text = "# head\n\n198.51.100.7 # one\r\n  203.0.113.9/24\r\n2001:db8::5/48,::1;192.0.2.1\r\n\
                    192.0.2.4/255.255.255.252\n0.0.0.0/0";
        assert_eq!(
            shown(text),
            [
                "198.51.100.7=198.51.100.7/32 (one)",
                "203.0.113.9/24=203.0.113.0/24",
                "2001:db8::5/48=2001:db8::/48",
                "::1=::1/128",
                "192.0.2.1=192.0.2.1/32",
                "192.0.2.4/255.255.255.252=192.0.2.4/30",
                "0.0.0.0/0=0.0.0.0/0",
            ]
        );
    }

    #[test]
    fn a_range_is_its_blocks_and_one_that_ends_before_it_begins_is_none() {
        assert_eq!(
            shown("192.0.2.1-192.0.2.4"),
            ["192.0.2.1-192.0.2.4=192.0.2.1/32+192.0.2.2/31+192.0.2.4/32"]
        );
        assert_eq!(shown("192.0.2.1 - 192.0.2.1"), ["192.0.2.1-192.0.2.1=192.0.2.1/32"]);
        assert_eq!(shown("0.0.0.0-255.255.255.255"), ["0.0.0.0-255.255.255.255=0.0.0.0/0"]);
        assert_eq!(shown("::1-::2"), ["::1-::2=::1/128+::2/128"]);
        for broken in ["192.0.2.4-192.0.2.1", "192.0.2.1-", "192.0.2.1-::1"] {
            assert_eq!(shown(broken), [format!("{broken}=")]);
        }
    }

    #[test]
    fn what_is_no_address_is_kept_as_it_is() {
        for text in ["broker.example", "192.0.2.01", "192.0.2.1/33", "192.0.2.300"] {
            assert_eq!(shown(text), [format!("{text}=")]);
        }
    }
}
