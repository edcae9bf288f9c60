//! The page about all rules, which is kept with the sources.

use std::fmt::Write as _;

use crate::privileges::findings::{Family, RULES};

const BEGIN: &str = "# What lint looks for

`spctl lint` looks at a project, or with `--snapshot` at a policy file, and finds what of its privileges,
connections and access list somebody should mend. `spctl lint --explain NUMBER` prints one of these pages.
A rule keeps its number for ever. The first digit is its family's.

Exit code 3 means that something at or above `--fail-on` (default: high) was found that is neither in the
`--baseline` nor suppressed with `--suppress`. A file of suppressions is YAML:

```yaml
- rule: SP102
  object: database user dave
  reason: break-glass account, reviewed every quarter
  until: 2027-01-31
```

Without `object` a suppression is of all that the rule finds. One that has ended suppresses nothing, and is
told of, as is one that has nothing to suppress.
";

/// The page, in Markdown.
pub fn page() -> String {
    let mut page = BEGIN.to_owned();
    for family in Family::ALL {
        let name = family.name();
        let _ = write!(page, "\n## {}{}\n", name[..1].to_uppercase(), &name[1..]);
        for rule in RULES.iter().filter(|rule| rule.family == family) {
            let severity = rule.severity.name();
            let _ =
                write!(page, "\n### {} {}\n\n{} ({severity})\n", rule.id, rule.name, rule.title);
            for (label, text) in rule.parts() {
                let _ = write!(page, "\n**{label}**: {text}\n");
            }
        }
    }
    page
}
