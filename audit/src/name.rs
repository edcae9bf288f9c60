//! File names of downloaded logs: the server's, made safe for file systems, scp and tar.

/// Longest name written, in bytes; most file systems allow 255.
const LONGEST: usize = 200;

/// The server's name for a log, made harmless: `:` would mean a host to scp and tar, a leading
/// hyphen an option, a leading dot a hidden file, and a slash another directory.
pub fn harmless(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| match c {
            ':' => '-',
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') => c,
            _ => '_',
        })
        .take(LONGEST)
        .collect();
    match name.chars().next() {
        Some('.' | '-') => format!("_{name}"),
        Some(_) => name,
        None => "audit.log.gz".to_owned(),
    }
}

/// The name of the log once it is unpacked.
pub fn unpacked(name: &str) -> &str {
    name.strip_suffix(".gz").unwrap_or(name)
}

/// How the names of files end that hold logs.
pub const SUFFIXES: [&str; 5] = [".gz", ".zst", ".ndjson", ".json", ".log"];

/// Whether a file of this name holds a log: by how it ends, in any case, and behind that possibly by what
/// a rotation adds, a number or a date.
pub fn is_log(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = |name: &str| SUFFIXES.iter().any(|suffix| name.ends_with(suffix));
    let rotated = name.trim_end_matches(|c: char| c.is_ascii_digit() || "-_.t".contains(c));
    // Where a name ends in a 5, as `.json5` does, that is no rotation.
    let added = &name[rotated.len()..];
    ends(&name)
        || ends(rotated)
            && added.starts_with(['.', '-', '_'])
            && added.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_names_of_servers_become_the_names_of_files() {
        let name = "orders_2026-08-10T03:12:58Z_2026-08-10T03:13:08Z_audit.log.gz";
        assert_eq!(harmless(name), "orders_2026-08-10T03-12-58Z_2026-08-10T03-13-08Z_audit.log.gz");
        assert_eq!(harmless("../../etc/passwd"), "_.._.._etc_passwd");
        assert_eq!(harmless("-rf"), "_-rf");
        assert_eq!(harmless(""), "audit.log.gz");
        assert_eq!(unpacked("a_audit.log.gz"), "a_audit.log");
    }

    #[test]
    fn a_log_is_told_by_its_name() {
        for name in [
            "a.log",
            "a.ndjson",
            "a.json",
            "a.log.gz",
            "A.LOG.GZ",
            "a.Log",
            "a.ndjson.zst",
            "a.log.1",
            "a.log.1.gz",
            "a.log-20261101",
            "a.log.2026-11-01",
            "a.LOG.12",
            "a.json_2",
            "a.gz.3",
            "a.log-2026-11-01T08",
            ".log",
        ] {
            assert!(is_log(name), "{name}");
        }
        for name in [
            "a.txt",
            "a.json5",
            "a.log.",
            "a.log-",
            "a.ndjson.gz.part",
            "a.log.old",
            "a",
            "1",
            "",
            "-1",
            "log",
            "a.log~",
            "a.jsonl.bak",
            "a.parquet",
            "a.csv",
        ] {
            assert!(!is_log(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_name_stays_in_its_directory(name in "\\PC*") {
            let name = harmless(&name);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            prop_assert!(!name.contains(['/', '\\', ':', '\0']) && !name.starts_with(['.', '-']));
        }
    }
}
