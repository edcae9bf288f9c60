//! Where links lead.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many links are followed, as Linux does.
const MOST: usize = 40;

/// The path that a chain of links leads to, whether or not anything is there; a path that is no link
/// leads to itself.
///
/// # Errors
/// Links that lead in a circle; what the file system says, but not that something is missing.
pub fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            // A relative link starts at the directory that it is in.
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(error) => {
                return match error.kind() {
                    io::ErrorKind::InvalidInput | io::ErrorKind::NotFound => Ok(path),
                    _ => Err(error),
                };
            }
        }
    }
    Err(io::Error::other("too many links, or links in a circle"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_chain_leads_to_its_end_even_where_nothing_is() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("sub")).unwrap();
        symlink("sub/two", at("one")).unwrap();
        symlink("../three", at("sub/two")).unwrap();
        assert_eq!(target(&at("one")).unwrap(), at("sub/../three"));
        fs::write(at("three"), "").unwrap();
        assert_eq!(target(&at("one")).unwrap(), at("sub/../three"));
        assert_eq!(target(&at("none")).unwrap(), at("none"));
        symlink("round", at("round")).unwrap();
        assert!(target(&at("round")).is_err());
    }
}
