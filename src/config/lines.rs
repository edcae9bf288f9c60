//! Keeping the ends of a file's lines where its text is edited.

use std::collections::HashMap;

/// The new text, whose lines end in `\n`, with the ends that its lines had in the old one. A line that
/// is new ends like most of the others.
pub(super) fn ends_kept(old: &str, new: &str) -> String {
    let before: Vec<(&str, &str)> = old.split_inclusive('\n').map(parted).collect();
    let after: Vec<&str> = new.split_inclusive('\n').map(|line| parted(line).0).collect();
    let returns = before.iter().filter(|(_, end)| *end == "\r\n").count();
    let ended = before.iter().filter(|(_, end)| !end.is_empty()).count();
    let usual = if returns * 2 > ended { "\r\n" } else { "\n" };
    let same = |(line, (other, _)): &(&&str, &(&str, &str))| *line == other;
    let head = after.iter().zip(&before).take_while(same).count();
    let room = after.len().min(before.len()) - head;
    let tail = after.iter().rev().zip(before.iter().rev()).take(room).take_while(same).count();
    // In what was edited, a line is the next one of the same text.
    let mut edited: HashMap<&str, Vec<&str>> = HashMap::new();
    for (line, end) in before[head..before.len() - tail].iter().rev() {
        edited.entry(line).or_default().push(end);
    }
    let mut text = String::with_capacity(new.len() + after.len());
    let last = after.len().saturating_sub(1);
    for (index, line) in after.iter().enumerate() {
        let end = match index {
            _ if index < head => before[index].1,
            _ if index >= after.len() - tail => before[before.len() - (after.len() - index)].1,
            _ => edited.get_mut(line).and_then(Vec::pop).unwrap_or(usual),
        };
        text.push_str(line);
        // Only the last line of a file may lack an end.
        text.push_str(if end.is_empty() && index < last { usual } else { end });
    }
    text
}

/// A line, and its end.
fn parted(line: &str) -> (&str, &str) {
    let bare = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    line.split_at(bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_that_stays_keeps_its_end() {
        for (old, new, kept) in [
            ("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n"),
            ("a\nb\n", "a\nx\nb\n", "a\nx\nb\n"),
            ("a\r\nb\nc\r\nd", "a\nb\nx\nd\n", "a\r\nb\nx\r\nd"),
            ("a\nb", "a\nb\n", "a\nb"),
            ("a\r\nb", "a\nb\nc\n", "a\r\nb\r\nc\r\n"),
            ("", "a\n", "a\n"),
            ("a\r\n", "", ""),
            ("a\r\nb\nc\r\n", "x\nb\ny\nc\n", "x\r\nb\ny\r\nc\r\n"),
        ] {
            assert_eq!(ends_kept(old, new), kept, "{old:?} {new:?}");
        }
    }
}
