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

    proptest! {
        #[test]
        fn a_name_stays_in_its_directory(name in "\\PC*") {
            let name = harmless(&name);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            prop_assert!(!name.contains(['/', '\\', ':', '\0']) && !name.starts_with(['.', '-']));
        }
    }
}
