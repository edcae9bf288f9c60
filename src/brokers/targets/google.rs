//! What the targets of Google Cloud have in common: its names.

use super::options::CLOUD_PROJECT;
use super::{Argument, Misuse, Options};

/// The most characters of a resource's name (RFC 1035).
pub(super) const NAME_LENGTH: usize = 63;

/// Checks that the name of a resource is one.
///
/// # Errors
/// Another text.
pub(super) fn check_name(argument: &Argument, name: &str) -> Result<(), Misuse> {
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let first = name.starts_with(|c: char| c.is_ascii_lowercase());
    if name.len() <= NAME_LENGTH && first && !name.ends_with('-') && name.bytes().all(legal) {
        return Ok(());
    }
    let problem = format!("--{} {name:?} is not a name at Google Cloud", argument.flag);
    let rule = "it has at most 63 lower-case letters, digits and hyphens, begins with a letter and does \
                not end with a hyphen";
    Err(Misuse::new(problem, rule))
}

/// The project of `--cloud-project`.
///
/// # Errors
/// A text that is no project's id.
pub(super) fn project(options: &Options) -> Result<Option<&str>, Misuse> {
    let Some(project) = options.one(&CLOUD_PROJECT) else { return Ok(None) };
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.:".contains(&b);
    let first = project.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if first && project.bytes().all(legal) {
        return Ok(Some(project));
    }
    let problem = format!("--cloud-project {project:?} is not a project's id at Google Cloud");
    Err(Misuse::new(problem, "it looks like kafka-prod-1234; `gcloud projects list` prints them"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::targets::options::NAME;

    #[test]
    fn names_follow_the_rules_of_google_cloud() {
        for name in ["a", "atlas-kafka", "a1", &"a".repeat(63)] {
            assert!(check_name(&NAME, name).is_ok(), "{name}");
        }
        for name in
            ["", "-a", "a-", "1a", "A", "a_b", "a.b", "a b", "a;id", "größe", &"a".repeat(64)]
        {
            assert!(check_name(&NAME, name).is_err(), "{name}");
        }
        let given = |id: &str| {
            let mut options = Options::default();
            options.insert(&CLOUD_PROJECT, vec![id.to_owned()]);
            project(&options).map(|id| id.map(str::to_owned))
        };
        for id in ["kafka-prod-1234", "example.com:kafka", "123456789012"] {
            assert_eq!(given(id).unwrap().as_deref(), Some(id));
        }
        for id in ["-p", "p q", "P", "p;id", "p'"] {
            assert!(given(id).is_err(), "{id}");
        }
    }
}
