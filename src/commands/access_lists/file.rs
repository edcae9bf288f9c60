//! An access list in a file: one entry per line with a comment after `#`, or CSV.

use super::entry::EntryTarget;
use super::new_entry::{self, NewEntry};
use crate::context::Context;
use crate::error::{Error, Result};

/// Reads a whole list; duplicates count once.
///
/// # Errors
/// Usage, with the number of the first line that cannot be read.
pub fn read(context: &Context, text: &str) -> Result<Vec<NewEntry>> {
    let mut list: Vec<NewEntry> = Vec::new();
    for (line, [entry, comment, expires]) in records(text)? {
        let wanted = parse(context, &entry, &comment, &expires);
        let wanted = wanted.map_err(|error| error.context(format!("line {line}")))?;
        match list.iter().find(|other| other.target == wanted.target) {
            None => list.push(wanted),
            Some(other) if *other == wanted => {}
            Some(_) => {
                let target = wanted.target;
                return Err(Error::usage(format!(
                    "line {line}: {target} is listed twice, with different comments or expiries"
                )));
            }
        }
    }
    Ok(list)
}

fn parse(context: &Context, entry: &str, comment: &str, expires: &str) -> Result<NewEntry> {
    let target = EntryTarget::parse(entry)?;
    let never = expires.trim().eq_ignore_ascii_case("never");
    let expires = match expires.trim() {
        "" => None,
        _ if never => None,
        _ if matches!(target, EntryTarget::Group(_)) => {
            return Err(Error::usage(format!("{target}: a security group cannot be temporary")));
        }
        text => new_entry::expiry(context, text)?,
    };
    Ok(NewEntry { target, comment: new_entry::comment(comment)?, expires, never })
}

/// A line number, and the entry, comment and expiry on that line.
type Record = (u64, [String; 3]);

fn records(text: &str) -> Result<Vec<Record>> {
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = text.lines().find(is_content).unwrap_or_default();
    let before_comment = first.split('#').next().unwrap_or_default();
    if before_comment.contains(',') || before_comment.trim().eq_ignore_ascii_case("entry") {
        return separated(text);
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| is_content(line));
    let record = |(number, line): (u64, &str)| {
        let (entry, comment) = line.split_once('#').unwrap_or((line, ""));
        (number, [entry.to_owned(), comment.to_owned(), String::new()])
    };
    Ok(lines.map(record).collect())
}

/// CSV; the columns are entry, comment and expires, unless a header line says otherwise.
fn separated(text: &str) -> Result<Vec<Record>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut columns = [Some(0), Some(1), Some(2)];
    let mut found = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record =
            record.map_err(|e| Error::usage("the file cannot be read as CSV").source(e))?;
        let position =
            |name: &str| record.iter().position(|field| field.eq_ignore_ascii_case(name));
        if index == 0
            && let Some(entry) = position("entry")
        {
            columns = [Some(entry), position("comment"), position("expires")];
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let field = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or_default();
        found.push((line, columns.map(|column| field(column).to_owned())));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let records = records(text).unwrap();
        records.into_iter().map(|(line, fields)| format!("{line}|{}", fields.join("|"))).collect()
    }

    #[test]
    fn lines_and_tables_are_told_apart() {
        assert_eq!(
            shown("# all\n10.0.0.1 # a, b\n\n10.0.0.2\n"),
            ["2|10.0.0.1 | a, b|", "4|10.0.0.2||"]
        );
        assert_eq!(shown("10.0.0.1,office\n10.0.0.2\n"), ["1|10.0.0.1|office|", "2|10.0.0.2||"]);
        assert_eq!(
            shown("entry,comment,expires,kind\n10.0.0.1,\"a, #1\",,address\n"),
            ["2|10.0.0.1|a, #1|"]
        );
        assert_eq!(shown("kind,entry\nnetwork,10.0.0.0/8\n"), ["2|10.0.0.0/8||"]);
        assert_eq!(shown("entry\n10.0.0.1\n"), ["2|10.0.0.1||"]);
        assert!(shown("").is_empty());
    }
}
