//! Says what of a project could not be read.

use crate::context::Context;
use crate::privileges::project::Unseen;

/// Warns of each thing that could not be seen; what could not be seen for one reason is one warning.
pub fn say<'a>(context: &Context, unseen: impl IntoIterator<Item = &'a Unseen>) {
    for (what, why) in together(unseen) {
        context.ui.warn(format!("not seen: {}: {why}", what.join(", ")));
    }
}

/// By the reason, in the order in which they come.
fn together<'a>(unseen: impl IntoIterator<Item = &'a Unseen>) -> Vec<(Vec<&'a str>, &'a str)> {
    let mut all: Vec<(Vec<&str>, &str)> = Vec::new();
    for Unseen { what, why } in unseen {
        match all.iter_mut().find(|(_, other)| other == why) {
            Some((things, _)) => things.push(what),
            None => all.push((vec![what], why)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_is_told_once() {
        let one = |what: &str, why: &str| Unseen { what: what.to_owned(), why: why.to_owned() };
        let all = [one("a", "no"), one("b", "gone"), one("c", "no")];
        assert_eq!(together(&all), [(vec!["a", "c"], "no"), (vec!["b"], "gone")]);
    }
}
